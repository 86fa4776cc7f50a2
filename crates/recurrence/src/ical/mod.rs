//! iCalendar (RFC 5545, with the refresh of RFC 7986): calendars that other programs read, and what
//! they write.
//!
//! **The trade-off.** Lines, parameters and values are read here and not by a library, since those
//! that there are stop at the first broken line or pass it over in silence, and an import has to
//! say every line and property that is wrong.

mod convert;
mod line;
mod moment;
mod read;
mod windows;
mod write;
mod zone_text;

use torg_kernel::{Message, Timestamp};

use crate::pattern::Pattern;

pub use read::{MOST_BYTES, MOST_ENTRIES, MOST_ERRORS, Reading, read};
pub use windows::known_zone;
pub use write::write;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It happens.
    #[default]
    Confirmed,
    /// It may happen.
    Tentative,
    /// It does not happen, and stays visible as that.
    Cancelled,
}

/// A calendar as a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calendar {
    /// Its name, shown by those who subscribe.
    pub name: String,
    /// What it holds.
    pub description: String,
    /// Its own page.
    pub url: String,
    /// How often those who subscribe may ask again, in minutes; 0 says nothing.
    pub refresh_minutes: u32,
    /// What happens.
    pub entries: Vec<Entry>,
}

/// What happens, once or many times: a VEVENT and the ones that change single occasions of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id in all calendars, for ever.
    pub uid: String,
    /// Counted up by each change that matters.
    pub sequence: i64,
    /// How it stands.
    pub status: Status,
    /// When.
    pub pattern: Pattern,
    /// Its name.
    pub summary: String,
    /// What it is, in plain text.
    pub description: String,
    /// Where, in words.
    pub location: String,
    /// North and east in degrees.
    pub position: Option<(f64, f64)>,
    /// A page with more.
    pub url: String,
    /// Words for what sort it is.
    pub categories: Vec<String>,
    /// Who arranges it; a name, since mail addresses are not handed out to everybody.
    pub organiser: Option<String>,
    /// A picture's address.
    pub image: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed; stands as DTSTAMP too, so that an unchanged calendar is the same
    /// bytes.
    pub changed_at: Timestamp,
    /// Line of BEGIN:VEVENT in the file it was read from; 0 for what was not read.
    pub line: usize,
}

impl Entry {
    /// An entry with a name and a time.
    #[must_use]
    pub fn new(uid: impl Into<String>, summary: impl Into<String>, pattern: Pattern) -> Self {
        Self {
            uid: uid.into(),
            sequence: 0,
            status: Status::Confirmed,
            pattern,
            summary: summary.into(),
            description: String::new(),
            location: String::new(),
            position: None,
            url: String::new(),
            categories: Vec::new(),
            organiser: None,
            image: None,
            created_at: None,
            changed_at: Timestamp::default(),
            line: 0,
        }
    }
}

/// What is wrong with one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Line of the file, from 1; a folded line counts by its first.
    pub line: usize,
    /// The property, `DTSTART`; empty for what is no property.
    pub property: String,
    /// What is wrong and what to do.
    pub message: Message,
}
