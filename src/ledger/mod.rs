//! The ledger: one SQLite file that holds all that was said, agreed, received and sent.
//!
//! It promises that what is committed is on the disk, that the past is only ever added to and that a change of it is
//! seen, that a mail is taken once and a notice planned once, and that a crash at any line repeats work instead of
//! losing it. All SQL stands here, one file for each family of tables, as constants at its top.
//!
//! | file | knows |
//! |---|---|
//! | `open`, `file` | making and opening the ledger; what is none |
//! | `lock` | one daemon to a ledger |
//! | `migration`, `migrations/` | the formats, and the way from an older one |
//! | `copy`, `backup`, `restore` | a sound copy in one file, a backup, and what follows from putting one back |
//! | `tx` | views and transactions |
//! | `event`, `chain`, `words` | the record, its hashes, and the texts that may be erased |
//! | `projection` | where things stand, folded from the record |
//! | `verify` | whether the record and what stands on it are as they were written |
//! | `person`, `task`, `letter`, `lesson`, `brake` | the tables that are folded |
//! | `blob` | raw mails and files by their hash |
//! | `intake`, `inbox`, `batch` | taking mail in, its rows, and reading it in batches |
//! | `notice`, `outbox` | what people ought to hear, and the letters on their way |
//! | `erasure`, `retention` | forgetting a person, and dropping the files of work that ended long ago |
//! | `meta` | small things under a name, the next numbers, the demo's clock |
//! | `column`, `parsed`, `error` | values in columns, those parsed last, and what can go wrong |

mod backup;
mod batch;
mod blob;
mod brake;
mod chain;
mod column;
mod copy;
mod erasure;
mod error;
mod event;
mod file;
mod inbox;
mod intake;
mod lesson;
mod letter;
mod lock;
mod meta;
mod migration;
mod notice;
mod open;
mod outbox;
mod parsed;
mod person;
mod projection;
mod restore;
mod retention;
mod task;
mod tx;
mod verify;
mod words;

pub use backup::{BackedUp, Backup, name_in};
pub use batch::{BatchEnd, Unconcluded};
pub use brake::Brake;
pub use chain::Head;
pub use erasure::Erased;
pub use error::LedgerError;
pub use event::Events;
pub use inbox::{Earlier, InboxRow, MailEnd, MailFilter, MailState};
pub use intake::{Bookmark, Taken};
pub use letter::LetterRecord;
pub use lock::{Daemon, daemon_of};
pub use notice::{NoticeRow, NoticeState};
pub use open::{Clocking, FILE, Ledger, Opening, Settings};
pub use outbox::OutboxRow;
pub use restore::{LeftSince, ReadBack, Restored};
pub use retention::Dropped;
pub use tx::{Tx, View};
pub use verify::Verdict;
pub use words::{WordsId, WordsRow};
