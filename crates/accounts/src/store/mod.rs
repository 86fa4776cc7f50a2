//! This room's only SQL.

pub(crate) mod delegation;
pub(crate) mod log_in_step;
pub(crate) mod organisation;
pub(crate) mod passkey;
pub(crate) mod person;
pub(crate) mod provider;
pub(crate) mod revision;
pub(crate) mod role;
pub(crate) mod second_factor;
pub(crate) mod session;
