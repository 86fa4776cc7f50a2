//! When something happens: patterns of occasions by the rules of RFC 5545, their words, and the
//! calendar files that other programs read and write. Pure: times come in, occasions go out, and
//! where they are kept is others' work.
//!
//! **The rule.** A pattern is civil: “every Tuesday at 18” is 18 by the clock on the wall, summer
//! and winter. Instants are worked out for each occasion, so a change of the law on summer time is
//! a new table and not new data.
//!
//! **The trade-off.** A rule without end is never expanded further than the window that is asked
//! for, and everything has a limit with an error that says so. What a city's calendar has no use
//! for (rules by the hour, minute and second) is refused rather than half supported.

mod check;
mod expand;
mod fault;
mod pattern;
mod rule;
mod rule_text;
mod steps;
mod words;

pub mod ical;

pub use expand::{Occasion, State, TooMany};
pub use fault::Fault;
pub use pattern::{
    Change, MOST_CHANGES, MOST_COUNT, MOST_MINUTES, Pattern, earliest_start, latest_start,
};
pub use rule::{End, Frequency, OnWeekday, Rule};
