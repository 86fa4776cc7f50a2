//! Looks at a document before anything is made of it: the rules that make it readable for all, and the
//! limits that keep one document from taking the machine.

use std::collections::BTreeSet;
use std::fmt;

use crate::error::{DocumentError, Result};
use crate::model::{Block, Document, List};
use crate::number::MOST_DECIMALS;
use crate::table::{Cell, RowKind, Table};
use crate::text::Text;

/// Most rows of all tables together.
pub const MOST_ROWS: usize = 50_000;
/// Most bytes of text and pictures together.
pub const MOST_BYTES: usize = 10_000_000;
/// Most columns of a table: Word takes 63, and paper fewer.
pub const MOST_COLUMNS: usize = 60;
/// Most lists within lists: Word knows nine levels.
const MOST_LEVELS: usize = 9;
/// Least contrast of the accent against white: WCAG 2.2, 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;
/// Most dots of a picture: a full page at 600 dots an inch.
const MOST_DOTS: u64 = 35_000_000;

/// What is wrong with how a document is built, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which part: "block 3, row 2, cell 1", counted from 1.
    pub place: String,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Without title.
    NoTitle,
    /// The accent is too pale to be read on white.
    PaleAccent,
    /// A heading says nothing.
    EmptyHeading,
    /// A heading's level is not 1 to 6.
    HeadingLevel,
    /// A heading skips a level on the way down, or the first is not of level 1.
    HeadingSkips,
    /// A heading or a page break in a note.
    NotInNote,
    /// An anchor that is not letters, digits and hyphens, or that two headings have.
    Anchor,
    /// A link to an anchor that is not there.
    DeadAnchor,
    /// A link of another kind than https, http, mailto and tel.
    LinkKind,
    /// A link without text.
    EmptyLink,
    /// A list without items, or deeper than nine levels.
    ListShape,
    /// A table without caption.
    NoCaption,
    /// A table without columns, or with more than there may be.
    Columns,
    /// Some columns have headings and some have none, or neither columns nor rows have headers.
    Headers,
    /// The groups' columns do not add up to the table's.
    Groups,
    /// A row with another number of cells than there are columns.
    RowLength,
    /// A number with more decimals than can be written.
    Decimals,
    /// A picture without words for those who do not see it.
    NoAlt,
    /// A picture's width is not 1 to 100 percent.
    Width,
    /// A picture that cannot be read, or is too large.
    BrokenPicture,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            Wrong::NoTitle => "it has no title",
            Wrong::PaleAccent => "its accent is too pale: less than 4.5 to 1 on white",
            Wrong::EmptyHeading => "the heading says nothing",
            Wrong::HeadingLevel => "a heading's level is 1 to 6",
            Wrong::HeadingSkips => "the heading skips a level",
            Wrong::NotInNote => "a note holds no headings and page breaks",
            Wrong::Anchor => "the anchor is not letters, digits and hyphens, or is taken",
            Wrong::DeadAnchor => "the link leads to an anchor that is not there",
            Wrong::LinkKind => "a link begins with https:, http:, mailto:, tel: or #",
            Wrong::EmptyLink => "the link has no text",
            Wrong::ListShape => "a list has items and at most nine levels",
            Wrong::NoCaption => "the table has no caption",
            Wrong::Columns => "a table has 1 to 60 columns",
            Wrong::Headers => "all columns have headings, or none has and the first name the rows",
            Wrong::Groups => "the groups do not cover the columns",
            Wrong::RowLength => "the row has another number of cells than there are columns",
            Wrong::Decimals => "a number has at most nine decimals",
            Wrong::NoAlt => "the picture has no alternative text",
            Wrong::Width => "a picture's width is 1 to 100 percent",
            Wrong::BrokenPicture => "the picture cannot be read, or is too large",
        };
        write!(f, "{}: {what}", self.place)
    }
}

/// Counts and looks through all of a document.
struct Look {
    faults: Vec<Fault>,
    rows: usize,
    bytes: usize,
    level: u8,
    anchors: BTreeSet<String>,
    targets: Vec<(String, String)>,
}

/// Whether a document can be made as it is.
///
/// # Errors
/// The limits first ([`DocumentError::TooManyRows`], [`DocumentError::TooManyBytes`]), then everything
/// that is built wrongly ([`DocumentError::Built`]).
pub fn check(document: &Document) -> Result<()> {
    let mut look = Look {
        faults: Vec::new(),
        rows: 0,
        bytes: 0,
        level: 0,
        anchors: BTreeSet::new(),
        targets: Vec::new(),
    };
    look.document(document);
    if look.rows > MOST_ROWS {
        return Err(DocumentError::TooManyRows {
            rows: look.rows,
            most: MOST_ROWS,
        });
    }
    if look.bytes > MOST_BYTES {
        return Err(DocumentError::TooManyBytes {
            bytes: look.bytes,
            most: MOST_BYTES,
        });
    }
    let dead: Vec<String> = look
        .targets
        .iter()
        .filter(|(anchor, _)| !look.anchors.contains(anchor))
        .map(|(_, place)| place.clone())
        .collect();
    for place in dead {
        look.wrong(&place, Wrong::DeadAnchor);
    }
    if look.faults.is_empty() {
        Ok(())
    } else {
        Err(DocumentError::Built(look.faults))
    }
}

impl Look {
    fn wrong(&mut self, place: &str, what: Wrong) {
        // A thousand rows that are wrong the same way are told of a few times.
        if self.faults.len() < 50 {
            self.faults.push(Fault {
                place: place.to_owned(),
                what,
            });
        }
    }

    fn document(&mut self, document: &Document) {
        if document.title.trim().is_empty() {
            self.wrong("the document", Wrong::NoTitle);
        }
        if document.look.accent.contrast_on_white() < LEAST_CONTRAST {
            self.wrong("the document", Wrong::PaleAccent);
        }
        for text in [&document.title, &document.subtitle, &document.description] {
            self.bytes += text.len();
        }
        for (at, block) in document.body.iter().enumerate() {
            self.block(block, &format!("block {}", at + 1), false);
        }
    }

    fn block(&mut self, block: &Block, place: &str, in_note: bool) {
        match block {
            Block::Heading(_) | Block::PageBreak if in_note => self.wrong(place, Wrong::NotInNote),
            Block::PageBreak => {}
            Block::Heading(heading) => {
                if heading.text.is_blank() {
                    self.wrong(place, Wrong::EmptyHeading);
                }
                if !(1..=6).contains(&heading.level) {
                    self.wrong(place, Wrong::HeadingLevel);
                } else if heading.level > self.level + 1 {
                    self.wrong(place, Wrong::HeadingSkips);
                }
                self.level = heading.level.min(6);
                self.anchor(&heading.anchor, place);
                self.text(&heading.text, place);
            }
            Block::Paragraph(paragraph) => self.text(&paragraph.text, place),
            Block::List(list) => self.list(list, place, 1),
            Block::Table(table) => self.table(table, place),
            Block::Note(note) => {
                self.bytes += note.title.len();
                for (at, block) in note.body.iter().enumerate() {
                    let place = format!("{place}, block {}", at + 1);
                    if matches!(block, Block::Note(_)) {
                        self.wrong(&place, Wrong::NotInNote);
                    } else {
                        self.block(block, &place, true);
                    }
                }
            }
            Block::Figure(figure) => {
                self.bytes += figure.picture.bytes().len() + figure.alt.len();
                if figure.alt.trim().is_empty() {
                    self.wrong(place, Wrong::NoAlt);
                }
                if !(1..=100).contains(&figure.width) {
                    self.wrong(place, Wrong::Width);
                }
                let dots = figure
                    .picture
                    .size()
                    .map(|(width, height)| u64::from(width) * u64::from(height));
                if dots.is_none_or(|dots| dots == 0 || dots > MOST_DOTS) {
                    self.wrong(place, Wrong::BrokenPicture);
                }
                self.text(&figure.caption, place);
            }
        }
    }

    fn anchor(&mut self, anchor: &str, place: &str) {
        if anchor.is_empty() {
            return;
        }
        let plain = anchor.len() <= 40
            && anchor
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain || !self.anchors.insert(anchor.to_owned()) {
            self.wrong(place, Wrong::Anchor);
        }
    }

    fn text(&mut self, text: &Text, place: &str) {
        for piece in &text.0 {
            self.bytes += piece.text.len() + piece.link.len();
            if piece.link.is_empty() {
                continue;
            }
            if piece.text.trim().is_empty() {
                self.wrong(place, Wrong::EmptyLink);
            }
            if let Some(anchor) = piece.link.strip_prefix('#') {
                self.targets.push((anchor.to_owned(), place.to_owned()));
            } else if !["https:", "http:", "mailto:", "tel:"]
                .iter()
                .any(|kind| piece.link.starts_with(kind))
            {
                self.wrong(place, Wrong::LinkKind);
            }
        }
    }

    fn list(&mut self, list: &List, place: &str, level: usize) {
        if list.items.is_empty() || level > MOST_LEVELS {
            self.wrong(place, Wrong::ListShape);
            return;
        }
        for (at, item) in list.items.iter().enumerate() {
            let place = format!("{place}, item {}", at + 1);
            self.text(&item.text, &place);
            if let Some(under) = &item.under {
                self.list(under, &place, level + 1);
            }
        }
    }

    fn table(&mut self, table: &Table, place: &str) {
        self.bytes += table.caption.len() + table.summary.len();
        self.rows += table.rows.len();
        if table.caption.trim().is_empty() {
            self.wrong(place, Wrong::NoCaption);
        }
        if !(1..=MOST_COLUMNS).contains(&table.columns.len()) {
            self.wrong(place, Wrong::Columns);
        }
        let headed = table
            .columns
            .iter()
            .filter(|column| !column.heading.trim().is_empty())
            .count();
        if (headed != 0 && headed != table.columns.len())
            || (headed == 0 && table.header_columns == 0)
            || table.header_columns >= table.columns.len().max(1) && table.columns.len() > 1
        {
            self.wrong(place, Wrong::Headers);
        }
        let grouped: usize = table.groups.iter().map(|group| group.columns).sum();
        if !table.groups.is_empty()
            && (grouped != table.columns.len()
                || headed == 0
                || table.groups.iter().any(|group| group.columns == 0))
        {
            self.wrong(place, Wrong::Groups);
        }
        for column in &table.columns {
            self.bytes += column.heading.len();
        }
        for (at, row) in table.rows.iter().enumerate() {
            let length = match row.kind {
                RowKind::Part => 1,
                RowKind::Ordinary | RowKind::Sum => table.columns.len(),
            };
            let place = || format!("{place}, row {}", at + 1);
            if row.cells.len() != length {
                self.wrong(&place(), Wrong::RowLength);
            }
            for cell in &row.cells {
                self.cell(cell, &place);
            }
        }
        for note in &table.notes {
            self.text(note, place);
        }
    }

    fn cell(&mut self, cell: &Cell, place: &impl Fn() -> String) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) if text.0.iter().all(|piece| piece.link.is_empty()) => {
                self.bytes += text.0.iter().map(|piece| piece.text.len()).sum::<usize>();
            }
            Cell::Text(text) => self.text(text, &place()),
            Cell::Number(number) | Cell::About(number) | Cell::Percent(number) => {
                self.bytes += 8;
                if number.decimals > MOST_DECIMALS {
                    self.wrong(&place(), Wrong::Decimals);
                }
            }
            Cell::Date(_) | Cell::Time(_) => self.bytes += 8,
        }
    }
}
