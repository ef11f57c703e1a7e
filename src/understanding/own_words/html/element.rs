//! What an HTML element means in a mail.

use html5ever::tokenizer::Tag;

/// What an element says about the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// Not shown.
    Hidden,
    /// A quoted block, signed as such by a mail program.
    Cite,
    /// Gmail's element around attribution, quoted block and what was typed below.
    Wrapper,
    /// Quoted altogether.
    Quote,
    /// A `blockquote` that nobody signed.
    Blockquote,
    /// From here on all is quoted.
    Cut,
    Signature,
}

/// An open element.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) block: bool,
    /// Has a blank line before and after it.
    pub(super) spaced: bool,
    pub(super) preformatted: bool,
    /// What stands before its text.
    pub(super) lead: Option<&'static str>,
    pub(super) wrapper: Option<usize>,
}

/// Class names, ids and names that mail programs give to quoted text, without the `x_` that Outlook on the
/// web puts before them.
const QUOTES: &[&str] = &[
    "gmail_attr",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "quote",
    "quoted-content",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "zmail_extra_hr",
    "airmail_ext_on",
    "messagereplysection",
    "freshdesk_quote",
    "front-quote",
    "hey_quote",
    "mailru-blockquote",
    "mail-quote-collapse",
    "hs_reply",
    "qm_message_header",
    "edo-message",
    "edison-quote",
    "aolmail_quote",
    "ymail_android_quote",
    "sogou_quote",
    "ntes_reply",
    "netease_mail_quote",
    "nylas-quote",
    "mailspring-quote",
    "inky-quote",
    "canary-quote",
    "bloop_original_html",
    "mb_reply",
    "missive_quote",
    "superhuman-quote",
    "sh-quoted-content",
];
const CUTS: &[&str] = &[
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "outlookmessageheader",
    "ms-outlook-mobile-reference-message",
    "mail-editor-reference-message-container",
    "replysplit",
    "_rc_sig_all",
    "reply_header",
    "origmsg",
    "originalmessage",
];
const WRAPPERS: &[&str] = &["gmail_quote", "gmail_quote_container", "gmail_extra_quote", "inbox_quote"];
const SIGNATURES: &[&str] = &[
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-signature",
    "signature",
    "applemailsignature",
    "apple-signature",
    "ms-outlook-mobile-signature",
    "protonmail_signature_block",
    "tutanota_signature",
    "zmail_signature_below",
    "messagesignaturesection",
    "edo-signature",
    "yahoo-signature",
    "ymail_android_signature",
    "bloop_sign",
    "mailspring-signature",
    "mobile-signature",
];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "blockquote",
    "table",
    "tr",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "center",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "form",
    "fieldset",
    "address",
    "figure",
    "body",
    "html",
    "o:p-block",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "hr",
];
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "col", "embed", "frame", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr", "img", "br", "hr",
];

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

impl Element {
    pub(super) fn hidden(name: &str) -> Self {
        Self { role: Role::Hidden, ..Self::plain(name) }
    }

    fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            role: Role::Plain,
            block: BLOCKS.contains(&name),
            spaced: matches!(
                name,
                "p" | "ul" | "ol" | "blockquote" | "table" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            ),
            preformatted: name == "pre",
            lead: match name {
                "li" => Some("- "),
                "td" | "th" => Some(" "),
                _ => None,
            },
            wrapper: None,
        }
    }

    pub(super) fn read(tag: &Tag) -> Self {
        let name: &str = tag.name.as_ref();
        let mut element = Self::plain(name);
        let mut role = match name {
            "head" | "script" | "noscript" | "template" | "object" | "svg" => Role::Hidden,
            "blockquote" => Role::Blockquote,
            _ => Role::Plain,
        };
        for attribute in &tag.attrs {
            let value = &*attribute.value;
            let found = match &*attribute.name.local {
                "class" | "id" | "name" | "data-signature-widget" | "data-marker" => role_of_names(value, name),
                "type" if name == "blockquote" && value.eq_ignore_ascii_case("cite") => Some(Role::Cite),
                "cite" if name == "blockquote" => Some(Role::Cite),
                "style" => {
                    element.preformatted |= is_preformatted(value);
                    role_of_style(value)
                }
                "hidden" => Some(Role::Hidden),
                _ => None,
            };
            role = stronger(role, found);
        }
        element.role = role;
        element
    }
}

/// A signed quote outdoes an unsigned one.
fn stronger(role: Role, found: Option<Role>) -> Role {
    match (role, found) {
        (_, None) => role,
        (Role::Plain | Role::Blockquote, Some(found)) => found,
        (kept, Some(_)) => kept,
    }
}

fn role_of_names(value: &str, element: &str) -> Option<Role> {
    let mut role = None;
    for word in value.split_ascii_whitespace().take(20) {
        let lower = word.to_ascii_lowercase();
        let mut name = lower.as_str();
        while let Some(rest) = name.strip_prefix("x_") {
            name = rest;
        }
        let found = if WRAPPERS.contains(&name) {
            Some(if element == "blockquote" { Role::Cite } else { Role::Wrapper })
        } else if CUTS.contains(&name) {
            Some(Role::Cut)
        } else if QUOTES.contains(&name) || name.starts_with("yahoo_quoted") || name.ends_with("yahoo_quoted") {
            Some(Role::Quote)
        } else if SIGNATURES.contains(&name) || name.ends_with("-signature") && !name.starts_with("no") {
            Some(Role::Signature)
        } else {
            None
        };
        role = role.or(found);
    }
    role
}

fn role_of_style(style: &str) -> Option<Role> {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let hides = ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|hidden| style.contains(hidden));
    // Outlook on the desktop draws this line above the header of what it quotes, in whatever language.
    let is_outlooks = ["border:none;border-top:solid#e1e1e11.0pt", "border:none;border-top:solid#b5c4df1.0pt"]
        .iter()
        .any(|line| style.starts_with(line));
    if hides { Some(Role::Hidden) } else { is_outlooks.then_some(Role::Cut) }
}

fn is_preformatted(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("white-space:pre") && !style.contains("white-space:pre-line")
}
