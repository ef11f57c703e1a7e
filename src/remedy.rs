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
