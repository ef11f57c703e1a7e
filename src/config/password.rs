//! The four ways to say where a password is, and the one that is refused.

use super::{
    check::Surroundings,
    document::Given,
    mistake::Fault,
    review::Review,
    secret::{EnvironmentSecret, SecretSource},
};
use std::ops::Range;

/// The keys as written, the safest first.
#[derive(Debug, Clone)]
pub(super) struct RawPassword<'a> {
    /// Where a literal `password =` stands.
    pub(super) literal: Option<Range<usize>>,
    pub(super) credential: Option<&'a Given>,
    pub(super) file: Option<&'a Given>,
    pub(super) command: Option<&'a Given>,
    pub(super) env: Option<&'a Given>,
}

/// Reads where the password is; that nothing says so is a mistake.
pub(super) fn needed(raw: RawPassword<'_>, around: Surroundings<'_>, review: &mut Review) -> Option<SecretSource> {
    let refused = raw.literal.is_some();
    let said = said(&raw).next().is_some();
    let source = optional(raw, around, review);
    if !said && !refused {
        review.missing("password_file", "handback has to log in, and nothing says where the password is");
    }
    source
}

/// Reads where the password is, where one is set at all.
pub(super) fn optional(raw: RawPassword<'_>, around: Surroundings<'_>, review: &mut Review) -> Option<SecretSource> {
    if let Some(at) = &raw.literal {
        refuse_literal(at.clone(), review);
    }
    let mut said = said(&raw);
    let (key, given) = said.next()?;
    for (other, doubled) in said {
        let fault = Fault::new(format!("`{key}` says already where the password is"), "a second place")
            .help("keep one of the two lines");
        review.refuse(other, doubled.at.clone(), fault);
    }
    match key {
        "password_credential" => review.optional(key, Some(given), |name| credential(name, around)),
        "password_file" => review.optional(key, Some(given), |text| Ok(SecretSource::File(around.path(text)?))),
        "password_command" => review.optional(key, Some(given), |text| Ok(SecretSource::Command(text.to_owned()))),
        _ => {
            let warning = Fault::new("the environment is the last resort for a password", "seen by other programs").help(
                "every program handback starts inherits it, and it shows up in crash reports; better: password_file",
            );
            review.warn(key, given.at.clone(), warning);
            review.optional(key, Some(given), |name| environment(name, around))
        }
    }
}

fn said<'a>(raw: &RawPassword<'a>) -> impl Iterator<Item = (&'static str, &'a Given)> + use<'a> {
    [
        ("password_credential", raw.credential),
        ("password_file", raw.file),
        ("password_command", raw.command),
        ("password_env", raw.env),
    ]
    .into_iter()
    .filter_map(|(key, given)| Some((key, given.filter(|given| !given.value.trim().is_empty())?)))
}

fn refuse_literal(at: Range<usize>, review: &mut Review) {
    let fault = Fault::new("a password does not belong in config.toml", "anybody who reads this file has it").help(
        "write it into a file of its own with mode 0600 and name that: `password_file = \"mailbox.password\"`; \
         then change the password if others could read this file",
    );
    review.refuse("password", Some(at), fault);
}

fn credential(name: &str, around: Surroundings<'_>) -> Result<SecretSource, Fault> {
    if name.contains('/') || name.starts_with('.') {
        return Err(Fault::new(format!("`{name}` is a path, not the name of a credential"), "no name")
            .help("give the name before the colon of LoadCredential= in the unit"));
    }
    Ok(SecretSource::Credential { name: name.to_owned(), dir: around.environment.path("CREDENTIALS_DIRECTORY") })
}

fn environment(name: &str, around: Surroundings<'_>) -> Result<SecretSource, Fault> {
    let sound = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !sound {
        return Err(Fault::new(format!("`{}` is not the name of a variable", name), "no name")
            .help("name the variable, without `$`: `password_env = \"MAILBOX_PASSWORD\"`"));
    }
    let value = around.environment.get(name).map(|value| EnvironmentSecret(value.to_owned()));
    Ok(SecretSource::Environment { name: name.to_owned(), value })
}
