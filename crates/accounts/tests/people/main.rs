//! People, organisations, roles and absence: whole stories over HTTP, on both databases, with two
//! nodes on each.

mod away;
mod organisations;
mod people;
mod rights;
mod roles;
mod town;
