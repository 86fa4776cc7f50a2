//! The staff's pages about care.

pub(super) mod change;
pub(super) mod panel;
pub(super) mod report;
pub(super) mod rules;
mod words;
