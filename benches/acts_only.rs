//! temporary
#[path = "reading/acts.rs"]
mod acts;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    acts::run(std::path::Path::new("/work/shared/corpus"), args.iter().any(|a| a == "--errors"));
}
