//! What is wrong with a pattern, in words that can be translated.

use torg_kernel::Message;

use crate::pattern::{MOST_CHANGES, MOST_COUNT, MOST_MINUTES};

/// Why a pattern or a rule cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No such time zone.
    Zone(String),
    /// The start lies outside 1900–2199.
    Start,
    /// Longer than [`MOST_MINUTES`].
    Long,
    /// An all-day pattern that does not begin at midnight or is not whole days.
    WholeDays,
    /// More single dates, exceptions or changes than [`MOST_CHANGES`].
    ManyDates,
    /// More than sixteen rules.
    ManyRules,
    /// The text is no rule; what could not be read.
    Text(String),
    /// A part of a rule that this calendar does not know (BYSECOND, RSCALE …).
    Part(String),
    /// Rules by the hour, minute or second.
    TooOften(String),
    /// A number of a part that is outside what the part may hold.
    Number {
        /// The part's name in RFC 5545.
        part: &'static str,
        /// What was written.
        value: String,
    },
    /// A part that this frequency may not have.
    Misplaced {
        /// The part's name in RFC 5545.
        part: &'static str,
        /// The frequency's name in RFC 5545.
        frequency: &'static str,
    },
    /// BYSETPOS without anything to choose from.
    LonelyPosition,
    /// COUNT is 0 or above [`MOST_COUNT`].
    Count,
    /// Both COUNT and UNTIL.
    TwoEnds,
    /// UNTIL before the start.
    EndsBeforeStart,
    /// No day is ever meant, as with 30 February.
    Never,
    /// A moved occasion outside 1900–2200, or one that is too long.
    Change,
}

impl Fault {
    /// The sentence.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Zone(name) => Message::new("recurrence-zone").with("zone", name),
            Self::Start => Message::new("recurrence-start"),
            Self::Long => Message::new("recurrence-long").with("days", MOST_MINUTES / (24 * 60)),
            Self::WholeDays => Message::new("recurrence-whole-days"),
            Self::ManyDates => Message::new("recurrence-many-dates").with("most", MOST_CHANGES),
            Self::ManyRules => Message::new("recurrence-many-rules"),
            Self::Text(text) => Message::new("recurrence-text").with("text", text),
            Self::Part(part) => Message::new("recurrence-part").with("part", part),
            Self::TooOften(frequency) => {
                Message::new("recurrence-too-often").with("frequency", frequency)
            }
            Self::Number { part, value } => Message::new("recurrence-number")
                .with("part", part)
                .with("value", value),
            Self::Misplaced { part, frequency } => Message::new("recurrence-misplaced")
                .with("part", part)
                .with("frequency", frequency),
            Self::LonelyPosition => Message::new("recurrence-lonely-position"),
            Self::Count => Message::new("recurrence-count").with("most", MOST_COUNT),
            Self::TwoEnds => Message::new("recurrence-two-ends"),
            Self::EndsBeforeStart => Message::new("recurrence-ends-before-start"),
            Self::Never => Message::new("recurrence-never"),
            Self::Change => Message::new("recurrence-change"),
        }
    }
}
