use base64::Engine;
fn main(){ let mut s=String::new(); std::io::Read::read_to_string(&mut std::io::stdin(),&mut s).unwrap();
 let raw=base64::engine::general_purpose::STANDARD.decode(s.trim()).unwrap();
 let m=handback::mailbox::mime::decode(&raw);
 for h in &m.headers { println!("H {}: {}",h.name,h.value.chars().take(150).collect::<String>()); }
 for p in &m.parts { println!("P {} name={:?} att={} size={} text={:?}",p.media_type,p.name,p.attached,p.size,p.text.as_deref().map(|t|t.chars().take(900).collect::<String>())); }
 println!("{:?}", handback::understanding::machine::author(&m));
 println!("{:?} text {:?}", m.defects, m.text.as_deref().map(|t|t.len()));
}
