//! The SQL of history, review and trash.

mod events;
mod notes;
mod pages;
mod previews;
mod trash;

pub(crate) use events::find_version_of;
pub(super) use events::{Happened, find_event, list_events, stood_at};
pub(super) use notes::{
    Note, NoteKind, NoteState, find_note, insert_note, list_notes, settle_note,
};
pub(super) use pages::{
    Linking, Text, count_sources, list_below_page, list_linking, list_locales, list_sources,
    list_texts,
};
pub(super) use previews::{
    PreviewLink, end_preview, find_preview, find_preview_by_digest, insert_preview, list_previews,
};
pub(super) use trash::{
    Trashed, delete_rows, delete_trashed, insert_trashed, lead_on, list_batch, list_ripe,
    list_trash, weed_around,
};

/// Something of ours that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("{0} is stored in a form that cannot be read: {1}")]
pub(super) struct Unreadable(pub uuid::Uuid, pub String);

/// `$2, $3, …` for a number of values after the first `after`.
fn places(after: usize, count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|at| format!("${}", after + at)).collect();
    places.join(", ")
}
