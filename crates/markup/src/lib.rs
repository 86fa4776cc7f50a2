//! Markdown, HTML and plain text into documents, and documents into readable Markdown. Pure: it
//! reads no file and asks no database; whoever calls it brings bytes and a [`Resolver`].
//!
//! A file becomes a page in two steps, since what a link means is known only when every file has
//! been seen: [`parse`] reads one file, [`ParsedPage::resolve`] turns its links and keys into ids.
//!
//! ```
//! use torg_kernel::{SeededIds, Timestamp};
//! use torg_markup::{FrontMatter, NoNames, NoResolver, SourceFile, body_to_markdown, parse};
//!
//! let file = SourceFile {
//!     path: "bad/vinter.txt".into(),
//!     bytes: "Bada på vintern\n\nTa med:\n\n • mössa\n • handduk\n".into(),
//! };
//! let page = parse(&file, &FrontMatter::default())?;
//! let (document, missing) = page.resolve(&NoResolver, &SeededIds::new(1), Timestamp::default());
//! assert_eq!(page.title, "Bada på vintern");
//! assert!(missing.is_empty());
//! assert_eq!(body_to_markdown(&document, &NoNames), "Ta med:\n\n- mössa\n- handduk\n");
//! # Ok::<(), torg_markup::ParseError>(())
//! ```

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
pub use front::{FrontMatter, PageType, VacancyFront};
pub use note::{Note, NoteKind};
pub use pages_csv::{PageRow, parse_pages_csv};
pub use place::Place;
pub use raw::{Counts, RawAction, RawBlock, RawContent, RawFact, RawInline, RawItem, RawRun};
pub use resolve::{Goal, NoResolver, Resolver, resolve};
pub use source::{
    DescriptionFrom, ParsedPage, SIZE_LIMIT, SourceFile, TitleFrom, parse, parse_markdown_body,
};
pub use write::{NameLookup, NoNames, body_to_markdown, to_markdown};
