//! The author's lines as one text, each answer tied to the quoted line it stands below.

use super::line::{Fate, Line};
use crate::domain::understanding::{InlineAnswer, OwnWords};

/// Puts the own lines together. Where something was cut out between them a blank line stands.
pub(super) fn assemble(lines: &[Line<'_>]) -> OwnWords {
    let length = lines.iter().filter(|line| line.is_own()).map(|line| line.raw().len() + 2).sum();
    let mut words = OwnWords { text: String::with_capacity(length), ..OwnWords::default() };
    let mut quoted_above: Option<&str> = None;
    let mut cut = false;
    let mut blank = 0;
    for line in lines {
        match line.fate {
            Fate::Own if line.is_blank() => blank += 1,
            Fate::Own => {
                if !words.text.is_empty() {
                    let breaks = if cut { 2 } else { blank + 1 };
                    words.text.extend(std::iter::repeat_n('\n', breaks));
                }
                let start = words.text.len();
                words.text.push_str(line.raw().trim_end());
                let end = words.text.len();
                match (quoted_above.take(), words.inline.last_mut()) {
                    (Some(answers), _) => {
                        words.inline.push(InlineAnswer { answers: answers.to_owned(), span: start..end });
                    }
                    (None, Some(open)) => open.span.end = end,
                    (None, None) => {}
                }
                cut = false;
                blank = 0;
            }
            Fate::Quoted => {
                cut = true;
                if !line.is_blank() {
                    quoted_above = Some(line.plain());
                }
            }
            Fate::Header | Fate::Dropped => cut = true,
        }
    }
    let lead = words.text.len() - words.text.trim_start().len();
    if lead > 0 {
        words.text.drain(..lead);
        for answer in &mut words.inline {
            answer.span = answer.span.start.saturating_sub(lead)..answer.span.end.saturating_sub(lead);
        }
    }
    words
}
