//! Events from other systems: CSV and iCalendar, with every fault by line and column, tried before it
//! is done, and all or nothing.
//!
//! An event is found again by its key, or by a key that is made from its UID, so that the same file sent
//! again changes what is new in it. What the file does not speak of stays as the staff left it.

mod columns;
mod ical;
mod own;
mod plan;
mod record;
mod table;

use torg_kernel::{FieldError, Message, Result};

pub use plan::{ImportOptions, LineReport, Planned, What, carry_out, plan};

use record::Record;

/// Lines or events of one file at most.
const MOST: usize = 50_000;

/// A fault with its place: `LINE:COLUMN`.
fn fault(line: usize, column: &str, message: Message) -> FieldError {
    FieldError {
        field: format!("{line}:{column}"),
        message,
    }
}

/// A file with the events that could be read, and what could not.
pub struct ImportFile {
    records: Vec<Record>,
    /// What is wrong with it by itself; [`plan`] tells it with what is wrong here.
    errors: Vec<FieldError>,
    /// What was read in another way than it was written.
    pub notes: Vec<FieldError>,
}

impl ImportFile {
    /// Reads a file: iCalendar when it begins as that, else CSV.
    ///
    /// # Errors
    /// [`torg_kernel::Problem::Invalid`] when it is no text at all.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let text = table::decode(bytes)?;
        let begins = text.trim_start().get(..15).unwrap_or_default();
        Ok(if begins.eq_ignore_ascii_case("BEGIN:VCALENDAR") {
            ical::records(&text)
        } else {
            table::records(&text)
        })
    }

    /// The text of a file, for sending it back in a form; `None` when it cannot be read.
    #[must_use]
    pub fn text(bytes: &[u8]) -> Option<String> {
        table::decode(bytes).ok()
    }

    /// How many events it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}
