//! The city's calendar of days: holidays, eves and bridge days by rule, and beside them what the
//! city itself has settled: school breaks and days of its own.
//!
//! What follows from a rule is worked out each time and stands in no table, so it is right for
//! every year; what no rule gives is rows, few enough to be read whole. What hours, events and
//! feeds say of “the autumn break” or “eves” is asked here and nowhere else.

mod almanac;
mod entry;
mod file;
pub mod migrations;
mod rules;
mod service;
mod store;

pub use almanac::{Almanac, DayFacts, Kind, Named};
pub use entry::{BREAKS, Entry, EntryInput, Sort, is_key};
pub use file::{ImportReport, export_almanac, import_almanac, parse_almanac};
pub use rules::{RuleDay, easter, is_day_off, rule_days};
pub use service::{ALMANAC_TAG, remove_entry, save_entry};
pub use store::{list, list_canonical, load};
