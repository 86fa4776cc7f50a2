//! The directory of units: the places and services that people come to or call, each with its
//! phone, address and hours in one place. Pages point at them and never copy them.
//!
//! A unit's properties lie in one JSON text beside a few columns: new properties cost no
//! migration, at the price that SQL cannot ask for them.

pub mod accent;
pub mod care;
pub mod check;
mod check_details;
pub mod details;
mod export;
pub mod finding;
pub mod hours;
mod import;
mod import_text;
mod kind;
pub mod migrations;
mod migrations_hours;
mod model;
mod profile;
pub mod register;
mod resolver;
mod search;
mod service;
mod service_hours;
pub mod services;
pub mod spreadsheet;
mod store;
mod text;
pub mod views;
pub(crate) mod web;

pub use export::export_units;
pub use import::{
    ImportReport, UnitInput, import_unit_texts, import_units, parse_units, preview_units,
};
pub use import_text::Handwritten;
pub use model::{Offer, Position, PostalAddress, Unit, UnitData, UnitKind, Words};
pub use profile::{MOST_SECTIONS, Part, Section, Texts};
pub use resolver::{UnitFacts, contact_card};
pub use search::{UnitForSearch, search_documents, search_keys};
pub use service::{UNIT_DETAILS_TAG, UNITS_TAG, UnitUse, remove_unit, save_unit, unit_tag};
pub use store::{find, find_by_key, find_by_slug, list, list_after, list_by_id, list_canonical};
pub use text::{LONGEST_TEXT, PageAddress, UnitPlaces};
pub use web::{Directory, DirectoryParts, UnitNeighbours, count_silent};
