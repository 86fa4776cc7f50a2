//! Pages: a tree of things, each with a content for every language and variant. Public pages are
//! made from rows and documents; staff edit them as Markdown in a form. The history of a page is
//! its events in the log, not a table of its own: one truth, at the price that old versions are
//! found by reading the log.

mod care;
mod chrome;
mod comments;
mod desk;
mod details;
mod due;
mod export;
mod history;
mod import;
mod json_ld;
mod listing;
pub mod migrations;
mod model;
mod navigation;
mod published;
mod read;
mod search;
pub mod searching;
mod service;
mod staff_search;
mod store;
pub mod views;
mod web;
mod workplace;

pub use care::{
    Answer, CARE, Care, CarePeople, CarePerson, CareSettings, CityReport, Outcome, Probe,
    ProbeError, ProbeSettings, ToReview, city_report, is_public, look_at_pages, note_week,
    run_reads, to_review, write_reads,
};
pub use chrome::SiteChrome;
pub use comments::{
    CommentSettings, Comments, comparable_comment, export_comments, import_comments,
    list_comparable_comments,
};
pub use desk::{Planners, run_due, run_schedule};
pub use details::{Details, Employment, Vacancy};
pub use due::tell_due;
pub use export::{ExportNames, ExportedPage, export_pages, page_file};
pub use history::{History, HistorySettings};
pub use import::{FileReport, ImportNames, ImportReport, import_canonical, import_pages};
pub use model::{Content, PageKind};
pub use navigation::{
    Layout, Link, MENUS, Menu, Menus, Part, PartKind, Room, Target, import_menus,
};
pub use published::{PublishedPage, Topic, list_publishers, list_topics, published_between};
pub use search::{PageForSearch, PagesWanted, search_pages};
pub use service::{import_redirects, save_setting};
pub use staff_search::{TextsWanted, staff_texts};
pub use store::{
    DraftMark, PublicAddress, SYNONYMS, UnseenUse, UsingPage, find_setting, ids_in_unseen,
    list_addresses, list_addresses_of, list_canonical, list_drafts_since, list_pages_using,
    list_public_addresses, list_published_at, list_redirects, list_taken_addresses,
    list_unseen_using, list_used, pages_using, texts_needing,
};
pub use web::{FactPlace, Lookups, Neighbours, Site, SiteErrors};
pub use workplace::{
    DraftWaits, NamedPage, WaitingDraft, contents_with_fact, count_comments, named_pages,
    named_texts, waiting_drafts,
};
