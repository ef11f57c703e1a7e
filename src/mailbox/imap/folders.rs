//! Which folders there are, and choosing one.

use super::{
    super::{error::MailboxError, reading::Folders},
    session::{Selected, Session},
    spelling::{folder_name, quoted, unescaped},
};
use async_imap::imap_proto::{MailboxDatum, MailboxListData, NameAttribute, Outcome, Response, ResponseCode, Status};

pub(super) const INBOX: &str = "INBOX";

/// Names of junk folders on servers that do not mark them, in lower case.
const JUNK_NAMES: [&str; 12] = [
    "junk",
    "spam",
    "junk e-mail",
    "junk-e-mail",
    "junk email",
    "junk mail",
    "bulk mail",
    "bulk",
    "spamverdacht",
    "indésirables",
    "courrier indésirable",
    "correo no deseado",
];

/// Names of folders for sent mail on servers that do not mark them, in lower case.
const SENT_NAMES: [&str; 10] = [
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "sent-mail",
    "gesendet",
    "gesendete elemente",
    "envoyés",
    "éléments envoyés",
    "enviados",
];

/// Lists the folders that concern us: by the marks of RFC 6154, else by their names.
pub(super) async fn folders(session: &mut Session) -> Result<Folders, MailboxError> {
    let marked = session.can("SPECIAL-USE") && session.can("LIST-EXTENDED");
    let command = if marked { "LIST \"\" \"*\" RETURN (SPECIAL-USE)" } else { "LIST \"\" \"*\"" };
    let mut all = Vec::new();
    let mut note = |response: &Response<'_>| {
        if let Response::MailboxData(MailboxDatum::List(listed)) = response {
            all.extend(Listed::new(listed));
        }
    };
    session.command("list the folders", command, &mut note).await?;
    let junk = choose(&all, |folder| folder.junk, &JUNK_NAMES);
    let sent = choose(&all, |folder| folder.sent, &SENT_NAMES);
    Ok(Folders { read: [Some(INBOX.to_owned()), junk].into_iter().flatten().collect(), sent })
}

/// A folder that can be selected.
#[derive(Debug)]
struct Listed {
    name: String,
    /// What stands behind the last delimiter.
    last_part: String,
    junk: bool,
    sent: bool,
}

impl Listed {
    fn new(listed: &MailboxListData<'_>) -> Option<Self> {
        let marks = &listed.name_attributes;
        let absent = |mark: &NameAttribute<'_>| {
            matches!(mark, NameAttribute::NoSelect)
                || matches!(mark, NameAttribute::Extension(name) if name.eq_ignore_ascii_case("\\NonExistent"))
        };
        if marks.iter().any(absent) {
            return None;
        }
        let name = unescaped(&listed.name);
        let delimiter = listed.delimiter.as_deref().map(unescaped).filter(|delimiter| !delimiter.is_empty());
        let last_part = match &delimiter {
            Some(delimiter) => name.rsplit(delimiter.as_str()).next().unwrap_or(&name).to_owned(),
            None => name.clone(),
        };
        let has = |wanted: NameAttribute<'_>| marks.contains(&wanted);
        Some(Self { last_part, junk: has(NameAttribute::Junk), sent: has(NameAttribute::Sent), name })
    }
}

fn choose(all: &[Listed], is_marked: impl Fn(&Listed) -> bool, names: &[&str]) -> Option<String> {
    let is_named =
        |folder: &&Listed| names.iter().any(|name| folder_name(name).eq_ignore_ascii_case(&folder.last_part));
    let chosen = all.iter().find(|folder| is_marked(folder)).or_else(|| all.iter().find(is_named));
    chosen.map(|folder| folder.name.clone())
}

/// Selects `folder` afresh and returns its UIDVALIDITY.
pub(super) async fn select(session: &mut Session, folder: &str) -> Result<u32, MailboxError> {
    session.selected = None;
    let mut uid_validity = None;
    let mut note = |response: &Response<'_>| {
        if let Response::Data { status: Status::Ok, outcome } = response
            && let Outcome { code: Some(ResponseCode::UidValidity(number)), .. } = outcome
        {
            uid_validity = Some(*number);
        }
    };
    session.command("open a folder", &format!("SELECT {}", quoted(folder)?), &mut note).await?;
    let uid_validity = uid_validity
        .filter(|number| *number > 0)
        .ok_or_else(|| MailboxError::NoUidValidity { folder: folder.to_owned() })?;
    session.selected = Some(Selected { folder: folder.to_owned(), uid_validity, grown: false });
    Ok(uid_validity)
}

/// Sees to it that `folder` is selected, and that it is still the one of `uid_validity`.
pub(super) async fn stay_in(session: &mut Session, folder: &str, uid_validity: u32) -> Result<(), MailboxError> {
    let now = match &session.selected {
        Some(selected) if selected.folder == folder => selected.uid_validity,
        Some(_) | None => select(session, folder).await?,
    };
    if now == uid_validity { Ok(()) } else { Err(MailboxError::FolderRenewed { folder: folder.to_owned() }) }
}

/// Returns the UIDs of the selected folder that fit `criteria`, in order.
pub(super) async fn search(session: &mut Session, criteria: &str) -> Result<Vec<u32>, MailboxError> {
    if let Some(selected) = &mut session.selected {
        selected.grown = false;
    }
    let mut uids = Vec::new();
    let mut note = |response: &Response<'_>| {
        if let Response::MailboxData(MailboxDatum::Search(found)) = response {
            uids.extend_from_slice(found);
        }
    };
    session.command("look for mails", &format!("UID SEARCH {criteria}"), &mut note).await?;
    uids.sort_unstable();
    uids.dedup();
    Ok(uids)
}

/// Returns the UIDs above `last_uid`, in order.
///
/// The range ends at `*`, because some servers (Courier) do not say where the UIDs end; and `n:*` names the
/// highest UID even when it lies below n (RFC 3501 section 6.4.8), so that one is dropped.
pub(super) async fn search_above(session: &mut Session, last_uid: u32) -> Result<Vec<u32>, MailboxError> {
    let Some(next) = last_uid.checked_add(1) else {
        return Ok(Vec::new());
    };
    let mut uids = search(session, &format!("UID {next}:*")).await?;
    uids.retain(|uid| *uid > last_uid);
    Ok(uids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(name: &str, marks: Vec<NameAttribute<'static>>) -> Listed {
        let listed =
            MailboxListData { name_attributes: marks, delimiter: Some("/".into()), name: name.to_owned().into() };
        Listed::new(&listed).unwrap()
    }

    #[track_caller]
    fn check(all: &[Listed], junk: Option<&str>) {
        assert_eq!(choose(all, |folder| folder.junk, &JUNK_NAMES).as_deref(), junk);
    }

    #[test]
    fn a_marked_junk_folder_wins_over_a_name() {
        check(&[listed("Spam", vec![]), listed("Ramsch", vec![NameAttribute::Junk])], Some("Ramsch"));
    }

    #[test]
    fn an_unmarked_junk_folder_is_known_by_its_last_part() {
        check(&[listed("INBOX", vec![]), listed("[Gmail]/Spam", vec![])], Some("[Gmail]/Spam"));
        check(&[listed("Courrier ind&AOk-sirable", vec![])], Some("Courrier ind&AOk-sirable"));
        check(&[listed("INBOX", vec![]), listed("Spam reports", vec![])], None);
    }

    #[test]
    fn a_folder_that_cannot_be_selected_is_no_folder() {
        for mark in [NameAttribute::NoSelect, NameAttribute::Extension("\\NonExistent".into())] {
            let listed = MailboxListData { name_attributes: vec![mark], delimiter: None, name: "Junk".into() };
            assert!(Listed::new(&listed).is_none());
        }
    }
}
