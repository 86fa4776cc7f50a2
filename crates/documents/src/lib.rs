//! A printed document: a neutral model with writers for Word, Excel and PDF.
//!
//! Whoever has something to print builds a [`Document`] of headings, text, lists, tables and pictures, and
//! asks for it as a file. The model says what things are and not how they look, so that the same document is
//! readable in all three: headings are headings, tables have headers, pictures have words, every text has a
//! language. The price is that nobody can place anything by the millimetre.
//!
//! Nothing here knows a clock, a database or a translation: the same document gives the same bytes, which
//! is what makes a frozen document provable. Word and Excel are written here; PDF is made by the program
//! `torg-documents` ([`Printer`]), which need not be there.

mod check;
mod error;
pub mod excel;
pub mod fonts;
mod model;
mod number;
mod picture;
mod printer;
mod table;
mod text;
pub mod word;

pub use check::{Fault, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Wrong, check};
pub use error::{DocumentError, Result};
pub use model::{
    Block, Colour, Document, Figure, Heading, Item, List, Look, Note, Paragraph, Style, Words,
};
pub use number::Number;
pub use picture::{Picture, PictureKind};
pub use printer::{COMMAND, Limits, OTHER_VERSION, Order, PROGRAM, Printer, VERSION};
pub use table::{Align, Cell, Column, Group, Row, RowKind, Table};
pub use text::{Piece, Text, clean};
