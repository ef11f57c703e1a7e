//! What should be done about an error; every error of the shell knows.

/// What should be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// It may pass: keep what there is, back off, try again.
    TryAgain,
    /// It will not pass by itself: put the thing where the owner sees it and go on with the rest.
    SetAside,
    /// Nothing should be touched until a person has looked.
    Stop,
}

/// An error with its causes in one line, for a log line or the ledger.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.ends_with(&more) {
            words = format!("{words}: {more}");
        }
        cause = error.source();
    }
    words
}
