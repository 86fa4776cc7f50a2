//! Work that is done later: a queue in the database, with leases, retries and schedules.
//!
//! A job is put in by the transaction whose change it follows from, so that it exists if and only
//! if the change was kept. It is done at least once: a worker that dies after the work and before
//! its word leaves it to be done again, unless the job completes itself in its own transaction
//! ([`JobContext::complete`]). The price of taking turns by the group writer is two small writes
//! for each job, which suits mails and nightly tasks and not work per reader.

mod handlers;
pub mod migrations;
mod model;
mod queue;
mod schedule;
mod store;
mod worker;

pub use handlers::{Handlers, JobContext, JobHandler};
pub use model::{Job, JobCounts, JobState, NewJob};
pub use queue::{count_jobs, enqueue, find_job, list_jobs, purge_jobs, retry_job};
pub use schedule::{Rule, Schedule};
pub use worker::{JobOptions, Worker};
