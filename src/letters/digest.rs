//! The owner's one letter a day.

use super::{
    compose::Composed,
    error::LetterError,
    item::House,
    page::{self, Room},
    templates::{Frame, Templates},
    view::Desk,
    wrap,
};
use crate::domain::token::Token;
use crate::policy::digest::Page;
use chrono::{DateTime, Utc};
use minijinja::{Value, context, value::Serde};

/// Mail programs cut a letter off at about 100 KB, and some much earlier.
const MOST_BYTES: usize = 60 * 1024;

/// From an ordinary day's to that of a day which hardly fits.
const ROOMS: [Room; 5] = [
    Room { cards: 12, lines: 24 },
    Room { cards: 10, lines: 12 },
    Room { cards: 6, lines: 8 },
    Room { cards: 4, lines: 4 },
    Room { cards: 2, lines: 2 },
];

const TEMPLATE: &str = "digest";

/// Composes the digest of `page` for the owner. Where it would be too long, it shows less and names the rest.
///
/// # Errors
/// A template that fails; [`Templates::load`] has tried them all.
pub fn compose_digest(
    templates: &Templates,
    house: &House<'_>,
    page: &Page<'_>,
    token: Token,
    now: DateTime<Utc>,
) -> Result<Composed, LetterError> {
    let desk = Desk { house, reader: house.owner, token, now };
    let [ample, tighter @ ..] = ROOMS;
    let mut letter = within(templates, &desk, page, ample)?;
    for room in tighter {
        if letter.html.len() < MOST_BYTES {
            break;
        }
        letter = within(templates, &desk, page, room)?;
    }
    Ok(letter)
}

fn within(templates: &Templates, desk: &Desk<'_>, page: &Page<'_>, room: Room) -> Result<Composed, LetterError> {
    let (view, taps) = page::view(desk, page, room);
    let values = context! { page => Value::from(Serde(view)), ..Value::from(Serde(desk.sheet(&[]))) };
    let (text, said) = templates.text(TEMPLATE, Frame::Letter, &values)?;
    let html = templates.html(TEMPLATE, Frame::Letter, &said, &values)?;
    Ok(Composed {
        subject: said.subject,
        preheader: said.preheader,
        text: wrap::tidy(&text),
        html: templates.styled(TEMPLATE, &html)?,
        taps,
        lines: page.needs.iter().take(room.cards).map(|need| need.task.id).collect(),
    })
}
