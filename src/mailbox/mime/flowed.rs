//! Paragraphs that a mail program broke softly, `format=flowed` (RFC 3676).

struct Paragraph {
    depth: usize,
    text: String,
    goes_on: bool,
}

/// Joins the lines that belong to one paragraph: a line that ends in a space goes on in the next line of
/// the same quote depth. `-- ` alone is the mark of a signature and ends a paragraph.
pub(super) fn rejoined(text: &str, del_sp: bool) -> String {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let content = line.trim_start_matches('>');
        let depth = line.len() - content.len();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_mark = content == "-- ";
        let goes_on = content.ends_with(' ') && !is_mark;
        let kept = if goes_on && del_sp { content.strip_suffix(' ').unwrap_or(content) } else { content };
        match paragraphs.last_mut() {
            Some(open) if open.goes_on && open.depth == depth && !is_mark => {
                open.text.push_str(kept);
                open.goes_on = goes_on;
            }
            Some(_) | None => paragraphs.push(Paragraph { depth, text: kept.to_owned(), goes_on }),
        }
    }
    let mut joined = String::with_capacity(text.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            joined.push('\n');
        }
        joined.extend(std::iter::repeat_n('>', paragraph.depth));
        if paragraph.depth > 0 {
            joined.push(' ');
        }
        joined.push_str(&paragraph.text);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(rejoined(text, false), expected);
    }

    #[test]
    fn a_line_that_ends_in_a_space_goes_on_in_the_next() {
        check("The list is \r\nready.\r\nAna", "The list is ready.\nAna");
        check("> What about \n> the list?\nDone.", "> What about the list?\nDone.");
    }

    #[test]
    fn the_mark_of_a_signature_joins_nothing() {
        check("Done. \n-- \nAna", "Done. \n-- \nAna");
    }

    #[test]
    fn del_sp_takes_the_last_space_with_the_break() {
        assert_eq!(rejoined("完了 \nです", true), "完了です");
    }

    #[test]
    fn a_stuffed_space_is_no_part_of_the_text() {
        check(" From here on\n >not a quote", "From here on\n>not a quote");
    }
}
