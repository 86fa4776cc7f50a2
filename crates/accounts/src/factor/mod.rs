//! The second factors themselves: codes from an app, recovery codes, and how secrets are kept. No
//! database here.

pub(crate) mod app_code;
pub(crate) mod recovery;
mod seal;

pub use seal::SealingKey;
pub(crate) use seal::{open, seal};
