//! The calendar: what happens when and where, for residents, for their own calendars and for the
//! screens in foyers.
//!
//! An event is one row and says when by a pattern; its occasions within two years are worked out into a
//! table of their own, so that any question ("free, for children, in the holidays, near me") is one walk
//! along an index. The price is that they are worked out anew when the event changes and each night.
//! Places and organisers are units by reference: nothing of them is copied.

mod check;
mod copying;
mod doubles;
mod exchange;
mod expand;
mod feeds;
mod filter;
mod import;
pub mod migrations;
mod model;
mod neighbours;
mod print;
mod prose;
mod search;
mod service;
mod signup;
mod store;
mod submission;
pub mod views;
mod vocabulary;
mod web;

pub use check::{LONGEST, check, is_skipped, last_day};
pub use copying::{DaysOff, PlannedDate, moved, next_term, planned, without_days_off};
pub use doubles::{Double, alike, find_doubles};
pub use exchange::{EventInput, ImportReport, export_events, import_events, parse_events};
pub use expand::{MOST_OCCASIONS, expand, window};
pub use filter::{FILTER_QUERY, Filter, NamedDays, OccasionQuery, When};
pub use import::{ImportFile, ImportOptions, LineReport, Planned, What, carry_out, plan};
pub use model::{
    Ages, Contact, Event, EventData, Organiser, Place, Price, Registration, Spot, Words,
    calendar_href,
};
pub use neighbours::{AreaEntry, NamedDay, Neighbours, PictureEntry, PlaceEntry};
pub use prose::{Passage, Piece, passages};
pub use search::{
    EventForSearch, SitemapEntry, event_of_search_key, search_documents, search_keys,
    sitemap_entries,
};
pub use service::{
    EVENTS_TAG, change, create, event_tag, expand_after, free_key, jobs, kind_of, needed, opened,
    set_state,
};
pub use signup::{
    LARGEST_PARTY, MOST_PLACES, SIGN_UP_KEPT, SignUp, SignUpRules, SignUpState, sign_up_jobs,
};
pub use store::{
    EventQuery, Listed, OccasionRow, Submission, count_by_state, count_occasions, delete_occasions,
    find, find_by_key, find_submission_of, list, list_after, list_all, list_at_place, list_by_id,
    list_canonical, list_occasions, list_occasions_of, list_organisations, list_overlapping,
    list_parts, list_pictured, list_pointing_at, list_with_picture, next_change,
};
pub use submission::SendSettings;
pub use vocabulary::{Audience, Category, Ease, State, Status, bits};
pub use web::{
    ALMANAC_TAG, Asked, Calendar, age_words, audience_words, drawing, event_json_ld, hours,
    last_day as last_day_of, price_words,
};
