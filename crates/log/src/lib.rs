//! The log of facts: one event for each change, in the order in which they were committed.
//!
//! Everything else (search, page cache, mail, statistics) follows it with a cursor of its own.
//! Each event is chained to the one before by a hash over salted digests, so that a payload can be
//! weeded, salt and all, without breaking the chain. The price is one more read and two more
//! inserts for every change.

mod append;
mod cursor;
mod event;
mod evidence;
mod follower;
mod idempotence;
pub mod migrations;
mod named;
mod seal;
mod store;
mod verify;

pub use append::{Author, NewEvent, append, weed};
pub use cursor::{find_cursor, save_cursor};
pub use event::{LogEvent, PayloadClass, PayloadState};
pub use evidence::{Evidence, EvidenceFault, SealEvidence, check_evidence, evidence};
pub use follower::Follower;
pub use idempotence::{Once, purge_results, write_once};
pub use seal::{Seal, list_seals, seal_days};
pub use store::{head, history, latest, latest_by};
pub use verify::{Finding, Report, verify};
