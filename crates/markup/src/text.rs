//! Plain text.

pub(crate) fn read(text: &str, first: u32) -> crate::source::Found {
    let read = crate::markdown::read(text, first).unwrap_or_default();
    crate::source::Found {
        blocks: read.blocks,
        notes: read.notes,
        ..crate::source::Found::default()
    }
}
