//! The city's organisation as a tree: who owns what, and which part is by law an authority of its
//! own. A few hundred rows at most, so it is always read whole.

mod csv_file;
mod tree;

pub(crate) use csv_file::{Wanted, is_key, read, write};
pub use tree::{Organisation, OrganisationKind, OrganisationTree};
