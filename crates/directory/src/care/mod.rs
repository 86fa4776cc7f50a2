//! Care of units: who answers for each, when somebody last said that all is right, reminders, and
//! what readers say is wrong.

mod limit;
mod remind;
mod report;
mod stewards;
mod store;
mod weed;

pub use remind::{CareRules, Sender, UnitPeople, UnitPerson, run_reminders};
pub use report::{Report, ReportState, open_reports};
pub use stewards::{Steward, list_due, save_steward, steward};
pub use weed::weed_reports;

pub(crate) use limit::{Shares, source};
pub(crate) use report::{LONGEST_ANSWER, LONGEST_REPORT, Verdict, decide, submit};
pub(crate) use store::{find_report, list_reports};
