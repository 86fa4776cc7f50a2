//! Markdown, HTML and plain text into documents, and documents into readable Markdown. Pure: it
//! reads no file and asks no database; whoever calls it brings bytes and a [`Resolver`].

mod encoding;
mod error;
mod front;
mod href;
mod html;
mod markdown;
mod note;
mod pages_csv;
mod place;
mod raw;
mod resolve;
mod run;
mod source;
mod text;
mod write;

pub use error::{ErrorKind, ParseError};
pub use front::{FrontMatter, PageType};
pub use note::{Note, NoteKind};
pub use pages_csv::{PageRow, parse_pages_csv};
pub use place::Place;
pub use raw::{Counts, RawAction, RawBlock, RawContent, RawFact, RawInline, RawItem, RawRun};
pub use resolve::{Goal, NoResolver, Resolver, resolve};
pub use source::{
    DescriptionFrom, ParsedPage, SIZE_LIMIT, SourceFile, TitleFrom, parse, parse_markdown_body,
};
pub use write::{NameLookup, NoNames, body_to_markdown, to_markdown};
