//! Why a letter could not be composed.

use crate::domain::notice::NoticeKind;
use thiserror::Error;

/// A letter could not be composed. Nothing about the world causes this: a template is wrong, or the caller is.
#[derive(Debug, Error)]
pub enum LetterError {
    #[error("no template is called `{name}`{}", nearest.map(|near| format!(" (try `{near}`)")).unwrap_or_default())]
    UnknownTemplate { name: String, nearest: Option<&'static str> },
    #[error("template `{name}` cannot be read")]
    Syntax {
        name: String,
        #[source]
        source: minijinja::Error,
    },
    #[error("template `{name}` cannot be filled in")]
    Render {
        name: String,
        #[source]
        source: minijinja::Error,
    },
    #[error("the styles of template `{name}` cannot be applied")]
    Style {
        name: String,
        #[source]
        source: css_inline::InlineError,
    },
    #[error("a letter needs something to say")]
    Empty,
    #[error("a `{}` letter needs a task", kind.name())]
    NoTask { kind: NoticeKind },
    #[error("a `{}` letter needs the assistant it is about", kind.name())]
    NoAssistant { kind: NoticeKind },
    #[error("a digest is composed from its page")]
    DigestWithoutPage,
}
