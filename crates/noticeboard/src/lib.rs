//! The digital notice board: announcements and adjusted minutes of each committee, as kommunallagen
//! (2017:725) 8:9–12 wants them on the municipality's website.
//!
//! What stands on the board follows from the clock and the rows alone: a page shows what its days
//! allow, so an announcement goes on its day even if nothing else runs. The price is that the events
//! about its days come a little later, written by a job for those who follow the log (search, feeds'
//! readers, subscriptions).

mod check;
mod deadline;
mod import;
pub mod migrations;
mod model;
mod proof;
mod search;
mod service;
mod store;
mod text;
pub mod views;
mod web;

pub use check::{check, check_change, check_reason, complete, remark};
pub use deadline::{NoticeSettings, begins, next_weekday};
pub use import::{
    AnnouncementInput, FileDays, ImportReport, export_announcements, import_announcements,
    parse_announcements,
};
pub use model::{
    Announcement, Attachment, Notice, NoticeKind, NoticeState, Withdrawal, Words, board_href,
};
pub use proof::{PROOF_FORMAT, Proof, ProofFault, ShownVersion, check_proof, make_proof, shown_by};
pub use search::{
    AnnouncementForSearch, LOCALES, PostedItem, SitemapEntry, posted_since, search_documents,
    search_keys, sitemap_entries,
};
pub use service::{ANNOUNCEMENTS_TAG, announcement_tag, jobs, save, withdraw, write_due};
pub use store::{
    find, find_by_key, list_all, list_canonical, list_current, list_current_by_id,
    list_posted_between, list_posting, next_posting,
};
pub use text::{read_text, write_text};
pub use web::{BoardUnit, Neighbours, NoticeBoard};
