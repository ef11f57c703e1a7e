//! `handback help TOPIC`: short texts for people, from `help/`.

use super::{
    assistant_file, brief,
    exit::{Exit, Trouble},
    print,
};
use crate::config::nearest::nearest;

struct Topic {
    name: &'static str,
    about: &'static str,
    text: &'static str,
    /// Shown below the text, as it could be copied.
    example: &'static str,
}

const TOPICS: &[Topic] = &[
    Topic {
        name: "start",
        about: "from nothing to the first task",
        text: include_str!("help/start.txt"),
        example: "",
    },
    Topic {
        name: "replies",
        about: "what assistants may write, and how it is read",
        text: include_str!("help/replies.txt"),
        example: "",
    },
    Topic {
        name: "owner",
        about: "deciding by mail: the words an owner can use",
        text: include_str!("help/owner.txt"),
        example: "",
    },
    Topic {
        name: "brief",
        about: "writing a task as a file",
        text: include_str!("help/brief.txt"),
        example: brief::EXAMPLE.text,
    },
    Topic {
        name: "trust",
        about: "whose mail counts, and how that is known",
        text: include_str!("help/trust.txt"),
        example: "",
    },
    Topic {
        name: "files",
        about: "where things are kept, and files of assistants",
        text: include_str!("help/files.txt"),
        example: assistant_file::EXAMPLE.text,
    },
    Topic {
        name: "exit-codes",
        about: "what the exit codes mean",
        text: include_str!("help/exit-codes.txt"),
        example: "",
    },
];

pub(super) fn run(topic: Option<&str>) -> Result<Exit, Trouble> {
    let Some(wanted) = topic else {
        print(&list())?;
        return Ok(Exit::Fine);
    };
    match TOPICS.iter().find(|topic| topic.name == wanted) {
        Some(topic) => {
            print(topic.text)?;
            print(topic.example)?;
            Ok(Exit::Fine)
        }
        None => {
            let near = nearest(wanted, TOPICS.iter().map(|topic| topic.name));
            let meant = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            let words = format!("handback: there is no topic `{wanted}`{meant}\n{}", list());
            Err(Trouble::new(Exit::Usage, words))
        }
    }
}

fn list() -> String {
    let lines = TOPICS.iter().map(|topic| format!("  handback help {:<12} {}\n", topic.name, topic.about));
    format!("Topics:\n{}\n`handback COMMAND --help` tells about a command.\n", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::exit::Exit;

    #[test]
    fn every_text_fits_a_terminal_and_ends_its_last_line() {
        for topic in TOPICS {
            assert!(topic.text.ends_with('\n'), "{}", topic.name);
            for line in topic.text.lines() {
                assert!(line.chars().count() <= 76, "{}: {line}", topic.name);
            }
        }
    }

    #[test]
    fn the_exit_codes_told_are_the_real_ones() {
        let text = TOPICS.iter().find(|topic| topic.name == "exit-codes").unwrap().text;
        for exit in [
            Exit::Fine,
            Exit::Failed,
            Exit::Usage,
            Exit::NotWell,
            Exit::LedgerInUse,
            Exit::LoginRefused,
            Exit::Config,
        ] {
            let told = text.lines().any(|line| line.split_whitespace().next() == Some(&exit.code().to_string()));
            assert!(told, "{exit:?}");
        }
    }
}
