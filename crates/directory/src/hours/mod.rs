//! When a unit is open: spans by weekday, and days that differ. A span belongs to the day on which
//! it begins, also when it runs past midnight.
//!
//! Times are civil times of the city. A time counts as reached at the first instant when the
//! clocks there show it or a later one, which settles what 02.30 means on the two nights a year
//! when the clocks are moved.

mod schedule;
mod schema;
mod status;
mod words;

pub use schedule::{Exception, Hours, Span, SpanError, Weekly};
pub use schema::specification;
pub use status::{Status, next_midnight};
pub use words::{Day, Said, day_hours, deviations, open_status, short_lines, week};

#[cfg(test)]
mod tests;
