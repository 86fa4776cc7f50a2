//! Facts that are nobody else's: fees, limits, times for answers. Each stands in one place with
//! the days for which it holds, and pages point at it.
//!
//! Both the time for which a value holds and the time at which we knew it are kept, so that a page
//! can be shown as it was; the price is that a change adds a row instead of changing one.

mod import;
pub mod migrations;
mod model;
mod resolver;
mod service;
mod store;
mod text;
mod views;
mod web;

pub use import::{FactInput, ImportReport, export_facts, import_facts, parse_facts, preview_facts};
pub use model::{Fact, FactValue, day_begins};
pub use resolver::OwnFacts;
pub use service::{
    FactPlace, FactPlaces, FactUse, MayRead, Piece, Saved, end_fact, fact_tag, remove_fact,
    save_fact,
};
pub use store::{find, find_as_known, find_by_key, list, list_by_id, list_canonical};
pub use text::Text;
pub use web::FactPages;
