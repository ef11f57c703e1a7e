//! Reads the JSON Lines files of a corpus.

use base64::{Engine, engine::general_purpose::STANDARD};
use handback::{
    domain::{mail::Mail, understanding::OwnWords},
    mailbox::mime,
    understanding::own_words,
};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// A body and what its author newly typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Reply {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) kind: String,
    pub(crate) lang: String,
    pub(crate) input: String,
    pub(crate) expected_reply: String,
    #[serde(default)]
    pub(crate) also_ok: Vec<String>,
    #[serde(default)]
    pub(crate) disputed: bool,
}

impl Reply {
    /// The bytes of a row that is a mail.
    pub(crate) fn raw(&self) -> Option<Vec<u8>> {
        (self.kind == "eml").then(|| bytes(&self.input))
    }

    /// The mail of a row that is one.
    pub(crate) fn mail(&self) -> Option<Mail> {
        self.raw().map(|raw| mime::decode(&raw))
    }

    pub(crate) fn read(&self) -> OwnWords {
        match self.kind.as_str() {
            "html" => own_words::from_html(&self.input, None),
            "eml" => own_words::own_words(&self.mail().unwrap_or_default(), None),
            _ => own_words::from_text(&self.input, None),
        }
    }
}

/// A mail and who wrote it.
#[derive(Debug, Deserialize)]
pub(crate) struct Authored {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) auto: String,
    pub(crate) eml_base64: String,
    #[serde(default)]
    pub(crate) disputed: bool,
}

/// A delivery report and what it says of each recipient.
#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    pub(crate) id: String,
    pub(crate) eml_base64: String,
    pub(crate) recipients: Vec<Reported>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reported {
    pub(crate) address: Option<String>,
    pub(crate) action: String,
    #[serde(default)]
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) address_from: String,
}

pub(crate) fn mail(eml_base64: &str) -> Mail {
    mime::decode(&bytes(eml_base64))
}

/// Some rows wrap their base64, as mails do.
fn bytes(base64: &str) -> Vec<u8> {
    let joined: String = base64.split_whitespace().collect();
    STANDARD.decode(joined).expect("a corpus holds sound base64")
}

/// The rows of a file; none where the corpus has no such file.
pub(crate) fn load<T: DeserializeOwned>(corpus: &str, file: &str) -> Vec<T> {
    let path = std::path::Path::new(corpus).join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("{} is not there; left out.", path.display());
        return Vec::new();
    };
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Whether a row belongs to the half asked for.
pub(crate) fn in_half(id: &str, half: Option<u8>) -> bool {
    let digest = Sha256::digest(id.as_bytes());
    half.is_none_or(|half| digest.first().is_some_and(|byte| byte % 2 == half % 2))
}
