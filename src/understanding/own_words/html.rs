//! From an HTML body to lines, with what the elements of mail programs say about each.
//!
//! Only the tokens are read, on a stack of our own: building a tree takes quadratic time and deep
//! recursion on hostile mail, and no tree is needed to tell a quote from an answer.

mod element;

use super::line::{Hint, Line};
use element::{Element, Role};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};
use std::{borrow::Cow, cell::RefCell};

/// Elements nested more deeply than this are read as if they were not there.
const DEEPEST: usize = 512;

/// Reads an HTML body into lines.
pub(super) fn lines(html: &str) -> Vec<Line<'static>> {
    let reader = RefCell::new(Reader::default());
    let tokenizer = Tokenizer::new(Sink(&reader), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    // It could stop to have a script run, but our sink never asks for that.
    drop(tokenizer.feed(&input));
    tokenizer.end();
    drop(tokenizer);
    reader.into_inner().finish()
}

struct Sink<'r>(&'r RefCell<Reader>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => reader.open(&tag),
                TagKind::EndTag => {
                    reader.close(&tag.name);
                    TokenSinkResult::Continue
                }
            },
            Token::CharacterTokens(text) => {
                reader.text(&text);
                TokenSinkResult::Continue
            }
            Token::NullCharacterToken
            | Token::CommentToken(_)
            | Token::DoctypeToken(_)
            | Token::EOFToken
            | Token::ParseError(_) => TokenSinkResult::Continue,
        }
    }
}

/// A quote element of Gmail holds the attribution, the quoted block and whatever was typed below it.
#[derive(Debug, Clone, Copy, Default)]
struct Wrapper {
    /// Whether a quoted block stands inside.
    cites: bool,
}

#[derive(Default)]
struct Reader {
    lines: Vec<Found>,
    /// The line being read.
    current: String,
    stack: Vec<Element>,
    wrappers: Vec<Wrapper>,
    skipped: usize,
    cut: bool,
}

/// A line and where it stood.
struct Found {
    text: String,
    cites: usize,
    hint: Hint,
    /// The Gmail wrapper around it, and whether a quoted block stood before it in there.
    wrapper: Option<(usize, bool)>,
}

impl Reader {
    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = tag.name.as_ref();
        if name.contains('@')
            || name.starts_with("mailto:")
            || name.starts_with("http:")
            || name.starts_with("https:")
        {
            // `<ana@example.org>` that nobody escaped.
            self.current.push_str(&format!("<{name}>"));
            return TokenSinkResult::Continue;
        }
        match name {
            "script" => {
                self.push(Element::hidden(name));
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" | "noframes" | "noembed" | "iframe" | "xmp" => {
                self.push(Element::hidden(name));
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "title" | "textarea" => {
                self.push(Element::hidden(name));
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "br" => self.end_line(true),
            "hr" => {
                self.note(&Element::read(tag));
                self.end_line(false);
                self.current.push_str("________________");
                self.end_line(false);
            }
            "img" => self.picture(tag),
            _ if element::is_void(name) => {}
            _ => self.push(Element::read(tag)),
        }
        TokenSinkResult::Continue
    }

    fn push(&mut self, mut element: Element) {
        if element.block {
            self.end_line(false);
        }
        if self.stack.len() >= DEEPEST {
            self.skipped += 1;
            return;
        }
        self.note(&element);
        if element.role == Role::Wrapper {
            element.wrapper = Some(self.wrappers.len());
            self.wrappers.push(Wrapper::default());
        }
        if element.role == Role::Cite
            && let Some(wrapper) = self.innermost_wrapper()
            && let Some(wrapper) = self.wrappers.get_mut(wrapper)
        {
            wrapper.cites = true;
        }
        if element.spaced {
            self.blank_line();
        }
        if let Some(lead) = element.lead {
            self.current.push_str(lead);
        }
        self.stack.push(element);
    }

    /// Notes an element that says "the quoted mail begins here".
    fn note(&mut self, element: &Element) {
        if element.role == Role::Cut && !self.cut {
            self.end_line(false);
            self.cut = true;
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 && !matches!(name, "p" | "br") {
            self.skipped -= 1;
            return;
        }
        if matches!(name, "br" | "p") && !self.is_open(name) {
            self.end_line(name == "br");
            return;
        }
        if !self.is_open(name) {
            return;
        }
        while let Some(element) = self.stack.pop() {
            if element.block {
                // The element is gone from the stack: the line still belongs to it.
                self.end_line_in(Some(&element), false);
            }
            if element.spaced {
                self.blank_line();
            }
            if element.name == *name {
                break;
            }
        }
    }

    /// Whether an end tag has something to close. A cell's or a paragraph's end must not close the table around it.
    fn is_open(&self, name: &str) -> bool {
        self.stack.iter().rev().take(64).any(|element| element.name == *name)
    }

    fn text(&mut self, text: &str) {
        if self.stack.iter().any(|element| element.role == Role::Hidden) {
            return;
        }
        if self.stack.iter().any(|element| element.preformatted) {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line(true);
                }
                self.current.push_str(line.trim_end_matches('\r'));
            }
            return;
        }
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                if !self.current.is_empty() && !self.current.ends_with(' ') {
                    self.current.push(' ');
                }
            } else {
                self.current.push(c);
            }
        }
    }

    /// Mail programs draw smileys as pictures; the alternative text is what was typed.
    fn picture(&mut self, tag: &Tag) {
        let alternative =
            tag.attrs.iter().find(|attribute| &*attribute.name.local == "alt").map(|attribute| &*attribute.value);
        if let Some(sign) = alternative.filter(|text| !text.is_ascii() && text.chars().count() <= 8) {
            self.text(sign);
        }
    }

    fn innermost_wrapper(&self) -> Option<usize> {
        self.stack.iter().rev().find_map(|element| element.wrapper)
    }

    fn end_line(&mut self, even_empty: bool) {
        self.end_line_in(None, even_empty);
    }

    fn end_line_in(&mut self, closing: Option<&Element>, even_empty: bool) {
        let text = std::mem::take(&mut self.current);
        if text.trim().is_empty() && !even_empty {
            return;
        }
        let around = || self.stack.iter().chain(closing);
        let role = |role: Role| around().any(|element| element.role == role);
        let hint = if self.cut {
            Hint::Cut
        } else if role(Role::Quote) {
            Hint::Quote
        } else if role(Role::Signature) {
            Hint::Signature
        } else if role(Role::Blockquote) {
            Hint::Blockquote
        } else if around().any(|element| element.preformatted) {
            Hint::Preformatted
        } else {
            Hint::None
        };
        let cites = around().filter(|element| element.role == Role::Cite).count();
        let wrapper = around()
            .filter_map(|element| element.wrapper)
            .next_back()
            .map(|index| (index, self.wrappers.get(index).is_some_and(|wrapper| wrapper.cites)));
        self.lines.push(Found { text: text.trim_end().to_owned(), cites, hint, wrapper });
    }

    fn blank_line(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.end_line_in(None, true);
        }
    }

    fn finish(mut self) -> Vec<Line<'static>> {
        self.end_line(false);
        let wrappers = self.wrappers;
        let cites = |index: usize| wrappers.get(index).is_some_and(|wrapper| wrapper.cites);
        self.lines
            .into_iter()
            .map(|found| {
                // Text in a wrapper before its quoted block is the attribution; after it, it was typed.
                let in_wrapper = match found.wrapper {
                    Some((index, after_block)) => !cites(index) || !after_block,
                    None => false,
                };
                let hint = if in_wrapper && found.hint != Hint::Cut { Hint::Quote } else { found.hint };
                let mut line = Line::new(Cow::Owned(found.text), hint);
                line.depth += found.cites;
                line
            })
            .collect()
    }
}
