//! This room's only SQL.

pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod role;
pub(crate) mod session;
