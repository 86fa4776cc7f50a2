//! The rules by family. Each looks at one block at a time and keeps what it must remember itself.

pub(crate) mod headings;
mod links;
pub(crate) mod media;
pub(crate) mod page;
pub(crate) mod prose;
pub(crate) mod tables;

pub(crate) use links::Links;
