//! HTML as mail programs want it: people's words escaped, styles on every element.

use css_inline::{CSSInliner, InlineError};

/// Escapes `text` and keeps its lines.
pub(super) fn paragraphs(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("<br>\n")
}

/// Escapes `text` and stresses `part` where it stands in it.
pub(super) fn strong(text: &str, part: &str) -> String {
    match text.split_once(part) {
        Some((before, after)) if !part.is_empty() => {
            format!("{}<strong>{}</strong>{}", escaped(before), escaped(part), escaped(after))
        }
        Some(_) | None => escaped(text),
    }
}

/// Writes `style` into the elements it applies to. The `<style>` in the head stays as it is, for what cannot be
/// written there: narrow screens and the dark.
pub(super) fn styled(html: &str, style: &str) -> Result<String, InlineError> {
    CSSInliner::options()
        .inline_style_tags(false)
        .keep_style_tags(true)
        .load_remote_stylesheets(false)
        .extra_css(Some(style.into()))
        .build()
        .inline(html)
}

fn escaped(text: &str) -> String {
    minijinja::HtmlEscape(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_keep_their_lines() {
        assert_eq!(paragraphs("<b>&\n\"x\""), "&lt;b&gt;&amp;<br>\n&quot;x&quot;");
        assert_eq!(strong("by <Fri>, noon", "<Fri>"), "by <strong>&lt;Fri&gt;</strong>, noon");
        assert_eq!(strong("<none>", "Fri"), "&lt;none&gt;");
    }

    #[test]
    fn styles_go_into_elements_and_the_head_keeps_its_own() {
        let html = "<html><head><style>@media x { .a { color: red !important } }</style></head>\
                    <body><!--[if mso]><table><![endif]--><p class=\"a\">x</p></body></html>";
        let styled = styled(html, ".a { margin: 0 }").unwrap();
        assert!(styled.contains("<p class=\"a\" style=\"margin: 0;\">"), "{styled}");
        assert!(styled.contains("@media x") && styled.contains("<!--[if mso]>"), "{styled}");
    }
}
