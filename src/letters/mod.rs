//! From what there is to say to a finished letter.
//!
//! Every letter's first three lines say what, when on the reader's clock, and what to do by when. The words stand in
//! `templates/`, a text and an HTML file for each kind; the text template also holds the sentences that both share.
//! What people wrote is cleaned and escaped on its way in, so that nothing they write can break a letter.
//!
//! | file | knows |
//! |---|---|
//! | `item` | what a letter is made from |
//! | `compose` | one letter from one or several items |
//! | `digest` | the owner's letter from its page |
//! | `page` | what the digest's templates see |
//! | `templates` | the templates, the owner's overrides, and the try-out at start-up |
//! | `view` | what templates see of a letter and each thing it says |
//! | `task_view` | what templates see of a task |
//! | `echo` | how a date in people's words was read |
//! | `need` | why a task needs its owner |
//! | `choices` | which taps a letter offers |
//! | `tap` | links that open a reply which is already begun |
//! | `when` | times as people say them |
//! | `clean` | people's words made fit for a letter |
//! | `wrap` | plain text in columns |
//! | `html` | escaped words and inlined styles |
//! | `sample` | one letter of each kind, from made-up people |
//! | `sample_tasks` | the tasks they speak of |
//! | `error` | why a letter could not be composed |

mod choices;
mod clean;
mod compose;
mod digest;
mod echo;
mod error;
mod html;
mod item;
mod need;
mod page;
pub mod sample;
mod sample_tasks;
pub mod tap;
mod task_view;
mod templates;
mod view;
mod when;
mod wrap;

pub use compose::{Composed, compose};
pub use digest::compose_digest;
pub use echo::echo;
pub use error::LetterError;
pub use item::{FileNote, House, Item};
pub use tap::Tap;
pub use templates::Templates;
