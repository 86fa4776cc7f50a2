//! People, organisations, roles and log-ins.
//!
//! A permission comes from a role that was granted to a person for an organisation from a date to
//! a date, and reaches down the whole tree. What is allowed is computed at every request from rows
//! and remembered for two seconds at most, so that a permission taken away works at once; the
//! price is that the tree of organisations is always read whole, which suits hundreds of them.

pub mod migrations;
mod model;
mod organisation;
mod password;
mod roles;
mod service;
mod store;
pub mod views;
mod web;

pub use model::{AccountSettings, Grant, Person, Role, Session};
pub use organisation::{Organisation, OrganisationKind, OrganisationTree};
pub use service::{
    ACCOUNTS_TAG, Accounts, GrantEntry, ImportReport, LogIn, LogInOutcome, NewPerson, PersonEntry,
    SessionEntry, Source,
};
pub use web::{AccountPages, DemoAccounts};
