//! Which lines are headings, and of what level.

use super::lines::ruled;
use super::link::has_link;
use super::{Draft, DraftKind};
use crate::note::{Note, NoteKind};

/// The longest heading, in characters. Swedish names of steering documents come near it.
const LONGEST: usize = 120;

/// Headings of the parts of a contact section, in lower case.
const CONTACT_PARTS: &[&str] = &[
    "telefon",
    "telefontid",
    "telefontider",
    "telefon och e-post",
    "e-post",
    "epost",
    "mejl",
    "adress",
    "postadress",
    "besöksadress",
    "fakturaadress",
    "öppettider",
    "kontaktformulär",
    "fax",
    "webbplats",
    "hitta hit",
    "sociala medier",
    "chatt",
    "phone",
    "email",
    "address",
    "postal address",
    "visiting address",
    "opening hours",
    "contact form",
];

/// Headings of contact sections, which end a page and are parts of their own.
const CONTACT: &[&str] = &[
    "kontakt",
    "kontakta oss",
    "kontaktinformation",
    "kontaktuppgifter",
    "contact",
    "contact us",
];

/// What remains of forms: neither heading nor text of the page.
const FORM: &[&str] = &[
    "max ",
    "obligatorisk",
    "fyll i ",
    "ange ",
    "välj ",
    "skriv ",
];

/// Whether a line can be a heading, as far as it can tell by itself.
pub(super) fn can_be(text: &str) -> bool {
    let bare = bare(text);
    let lower = bare.to_lowercase();
    let first = bare.chars().next();
    let starts = first.is_some_and(|c| c.is_uppercase() || "\"“”’'".contains(c))
        || number_depth(bare).is_some();
    starts
        && bare.chars().count() <= LONGEST
        && bare.split(' ').count() <= 17
        && bare.chars().any(char::is_alphabetic)
        && !bare.ends_with(['.', ',', ';', '!', ')', '-', '–'])
        && !has_sentence_break(bare)
        && !has_post_code(bare)
        && !has_link(bare)
        && !FORM.iter().any(|start| lower.starts_with(start))
        && ruled(text).is_none()
}

/// Whether a line is numbered like the section of a report (`2.1 Mål`).
pub(super) fn is_numbered(text: &str) -> bool {
    number_depth(text).is_some_and(|depth| depth > 1)
}

/// Whether a heading opens what follows like "Vision:" does.
pub(super) fn is_label(text: &str) -> bool {
    text.ends_with(':')
}

/// A heading's words without colon, with one ellipsis for a row of full stops.
pub(super) fn words(text: &str) -> String {
    let inner = bare(text);
    if inner.len() < text.trim_end_matches(':').len() {
        format!("{inner} …")
    } else {
        inner.to_owned()
    }
}

fn bare(text: &str) -> &str {
    let text = text.trim_end_matches(':').trim_end();
    let inner = text.trim_end_matches(['.', '…']);
    let dots = text.len() - inner.len();
    if dots >= 3 { inner.trim_end() } else { text }
}

fn has_sentence_break(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['.', '!', '?']) {
        rest = &rest[at + 1..];
        let mut next = rest.chars();
        if next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase) {
            // "1. Inledning" has its full stop in its number.
            return number_depth(text).is_none();
        }
    }
    false
}

/// `404 82`, as in a postal address.
fn has_post_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(6).enumerate().any(|(at, six)| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(at + 6);
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_digit());
        six[3] == b' '
            && six
                .iter()
                .enumerate()
                .all(|(i, byte)| i == 3 || byte.is_ascii_digit())
            && free(before)
            && after.is_some_and(|byte| *byte == b' ')
    })
}

/// How deep the number of a heading goes: `2 Mål` 1, `2.1 Mål` 2.
fn number_depth(text: &str) -> Option<u8> {
    let number = text.split(' ').next()?;
    let rest = text[number.len()..].trim_start();
    let number = number.trim_end_matches('.');
    let good = number.len() <= 8
        && number.split('.').all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
        && rest.chars().next().is_some_and(char::is_uppercase);
    good.then(|| number.split('.').count().try_into().unwrap_or(1))
}

/// Sets the levels of all headings, and notes those with nothing below them.
pub(super) fn set_levels(drafts: &mut [Draft], notes: &mut Vec<Note>) {
    let mut base = 2;
    let mut contact = false;
    // The heading right above, when nothing has come since.
    let mut above: Option<(String, u8, u32)> = None;
    for draft in drafts {
        let (words, level) = match &mut draft.kind {
            DraftKind::Title(_) => continue,
            DraftKind::Block(_) => {
                above = None;
                continue;
            }
            DraftKind::Part(words) => {
                base = 3;
                contact = false;
                (words.clone(), 2)
            }
            DraftKind::Heading(words, level) => {
                let lower = words.to_lowercase();
                let part = CONTACT_PARTS.contains(&lower.as_str());
                if CONTACT.contains(&lower.as_str()) {
                    base = 2;
                }
                *level = match number_depth(words) {
                    Some(depth) => base + depth - 1,
                    None if contact && part => base + 1,
                    None => {
                        contact = lower.starts_with("kontakt") || lower.starts_with("contact");
                        base
                    }
                };
                // "Telefon" right under "Telefon och e-post" is a part of it.
                if let Some((outer, outer_level, _)) = &above
                    && outer.to_lowercase().starts_with(&format!("{lower} "))
                {
                    *level = outer_level + 1;
                }
                *level = (*level).min(4);
                (words.clone(), *level)
            }
        };
        note_empty(above.take(), level, notes);
        above = Some((words, level, draft.line));
    }
    note_empty(above, 0, notes);
}

fn note_empty(above: Option<(String, u8, u32)>, next: u8, notes: &mut Vec<Note>) {
    if let Some((heading, level, line)) = above
        && next <= level
    {
        notes.push(Note::new(Some(line), NoteKind::HeadingBare { heading }));
    }
}
