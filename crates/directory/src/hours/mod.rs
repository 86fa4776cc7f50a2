//! When a unit is open, as data: an ordinary week, weeks that take turns, periods, named days of the
//! almanac and exceptions. A span belongs to the day on which it begins, also when it runs past
//! midnight.
//!
//! **Which hours count on a day** — the first of these that says anything:
//!
//! 1. an exception for the date;
//! 2. a rule for a named day: a day of the city's own before a day by its name (Christmas Eve)
//!    before all holidays before all eves before all bridge days;
//! 3. the week of a period: one with dates before one for a school break before one that comes
//!    every year, and of two alike the one that stands first; or else the ordinary week. Within a
//!    week the first Tuesday of the month goes before odd and even weeks, and those before every
//!    Tuesday.
//!
//! Times are civil times of the city. A time counts as reached at the first instant when the
//! clocks there show it or a later one, which settles what 02.30 means on the two nights a year
//! when the clocks are moved. Where yesterday's hours run into today's, today's count.

mod cell;
pub(crate) mod change;
mod clocks;
mod coming;
mod faults;
mod open_now;
mod osm;
mod period;
mod plan_words;
mod rule;
mod schedule;
mod schema;
mod span;
mod status;
mod week;
mod words;

pub(crate) use cell::Cell;
pub use clocks::clock_words;
pub use coming::{Coming, coming, is_silent};
pub use open_now::{OpenNow, open_now};
pub use osm::osm;
pub use period::{During, Period};
pub(crate) use plan_words::on_words;
pub use plan_words::{PlanPart, plan_words};
pub use rule::{DayRule, Instead, On};
pub use schedule::{By, Chosen, Exception, Hours, Plan};
pub use schema::specification;
pub use span::{Span, SpanError, State};
pub use status::{Status, next_midnight};
pub use week::{DAY_NAMES, MonthDay, Turn, Weekly, When};
pub(crate) use words::capital;
pub use words::{Day, Said, day_hours, day_name, deviations, open_status, short_lines, week};

#[cfg(test)]
mod judge;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
