//! What exists: people, tasks, briefs, events, statements, notices, letters and mails. Values only.
//!
//! Nothing here reads a clock, a file or a socket, and nothing here can fail because of the world.
//!
//! | file | knows |
//! |---|---|
//! | `id` | the numbers and names that things keep for life |
//! | `words` | a person's own words, which alone may be erased from the ledger |
//! | `time` | wall times with their zone, and moments as precise as the words were |
//! | `calendar` | working hours, letter hours, holidays and absences of one person |
//! | `person` | the owner and the assistants |
//! | `brief` | what a task asks |
//! | `task` | one piece of work and where it stands; a fold over events |
//! | `command` | what the owner decides, by mail or at the command line |
//! | `statement` | the things a reply can say |
//! | `lesson` | what the owner said that words mean, and what is learned from it |
//! | `event` | the facts of the ledger |
//! | `notice` | something a person ought to hear, and its unique key |
//! | `letter` | a message that handback sends |
//! | `mail` | a decoded message that handback received |
//! | `understanding` | what was found in one reply, and what its reader may know |
//! | `tap` | the words that begin a reply by one touch, and the lines below them |
//! | `token` | the mark by which a reply finds its letter, and the key that makes it |

pub mod brief;
pub mod calendar;
pub mod command;
pub mod event;
pub mod id;
pub mod lesson;
pub mod letter;
pub mod mail;
pub mod notice;
pub mod person;
pub mod statement;
pub mod tap;
pub mod task;
pub mod time;
pub mod token;
pub mod understanding;
pub mod words;
