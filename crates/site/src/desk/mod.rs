//! The editor's desk: how a text becomes public. What is being written lies beside the public row
//! as a **draft** that all who edit the text share, one row for each top-level block and field,
//! outside the log. Submitting, naming, planning and publishing are events, each with the text as
//! it was. Publishing goes the way of every other change of a page ([`crate::service`]), so that
//! cache, search and redirects follow.
//!
//! **Writing.** Clients send patches (`torg_revision`) to `POST /admin/pages/{content}/draft` and
//! get what changed since they last heard; the plain form makes a patch of what was written in it.
//! A patch that was sent is in the draft or in a named conflict. The trade-off: a draft is shared,
//! so one cannot try something out alone; a version with a name is the way back.
//!
//! **Time.** What shall happen at a time is a row of `page_schedule`. Each node looks every second;
//! the group writer lets one of them do it, in the transaction that takes the row away. Whoever planned
//! it has to be allowed to do it then too; what fails says why, and keeps nothing else waiting.

mod due;
pub(crate) mod fields;
pub(crate) mod migration;
pub(crate) mod model;
mod planners;
pub(crate) mod publish;
pub(crate) mod schedule;
pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod sync;
#[cfg(test)]
mod tests;
pub use due::{run_due, run_schedule};
pub use planners::Planners;
