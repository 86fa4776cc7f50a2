//! People, organisations, roles and log-ins.
//!
//! A permission comes from a role that was granted to a person for an organisation from a date to
//! a date, and reaches down within the authority; a colleague can hand theirs over for a time. What
//! is allowed is worked out from rows and remembered until a row changes, so that a permission taken
//! away works at once; the price is that the tree of organisations is always read whole, which suits
//! hundreds of them.

mod delegation;
mod effective;
mod factor;
pub mod migrations;
mod model;
mod organisation;
mod password;
mod roles;
mod service;
mod settings;
mod store;
pub mod views;
mod web;

pub use delegation::Delegation;
pub use factor::SealingKey;
pub use factor::app_code::AppKey;
pub use model::{AccountSettings, Grant, LogInMethod, Person, Role, Session};
pub use organisation::{Organisation, OrganisationKind, OrganisationTree};
pub use service::{
    ACCOUNTS_TAG, Accounts, Asked, Begin, Begun, Callback, DelegationEntry, Entry, Factors,
    GrantEntry, ImportReport, LogIn, LogInOutcome, NewDelegation, NewGrants, NewPerson, Offer,
    Opened, OrganisationChange, PasskeyEntry, PersonEntry, ProviderOutcome, ProviderRefusal,
    RoleChange, SecondFactorOutcome, SessionEntry, Source,
};
pub use settings::{
    GroupRule, ProviderSettings, SecondFactorRule, is_safe_issuer, read_group_rules,
};
pub use web::{AccountPages, DemoAccounts};
