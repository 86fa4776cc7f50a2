//! The pages of the room.

pub(crate) mod find;
pub(crate) mod start;
