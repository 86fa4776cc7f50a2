//! Tables: what the columns mean, not only what the cells say, so that Excel gets numbers and a screen
//! reader gets headers.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::text::Text;

/// A table. Always with a caption, since a table that cannot be named cannot be found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What the table shows, above it.
    pub caption: String,
    /// How it is built up, for those who hear it; may be empty.
    pub summary: String,
    /// Name of its sheet in a workbook; empty: the caption, shortened.
    pub sheet: String,
    /// Headings over several columns; empty: none. Their columns together are all the columns.
    pub groups: Vec<Group>,
    /// The columns. Either all have headings or none has: then only the first columns are headers.
    pub columns: Vec<Column>,
    /// How many of the first columns name their row.
    pub header_columns: usize,
    /// The rows, each with as many cells as there are columns; a part's heading has one.
    pub rows: Vec<Row>,
    /// Remarks under the table.
    pub notes: Vec<Text>,
}

/// A heading over several columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its text; may be empty, over columns that belong to no group.
    pub heading: String,
    /// How many columns it stands over, at least 1.
    pub columns: usize,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Where lines begin.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// Where lines end: numbers.
    End,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading, with the unit: "Budget (tkr)".
    pub heading: String,
    /// Where its cells' text stands.
    pub align: Align,
    /// Its width beside the others', in characters; 0: as its content needs.
    pub width: u16,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::Start,
            width: 0,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::End,
            width: 0,
        }
    }

    /// The same with a width, in characters.
    #[must_use]
    pub const fn wide(mut self, width: u16) -> Self {
        self.width = width;
        self
    }
}

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// One of many.
    #[default]
    Ordinary,
    /// Adds up others.
    Sum,
    /// A heading over the rows that follow, in one cell over all columns.
    Part,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What it is among the others.
    #[serde(default)]
    pub kind: RowKind,
    /// Its cells.
    pub cells: Vec<Cell>,
}

impl Row {
    /// One of many.
    #[must_use]
    pub const fn of(cells: Vec<Cell>) -> Self {
        Self {
            kind: RowKind::Ordinary,
            cells,
        }
    }

    /// One that adds up others.
    #[must_use]
    pub const fn sum(cells: Vec<Cell>) -> Self {
        Self {
            kind: RowKind::Sum,
            cells,
        }
    }

    /// A heading over the rows that follow.
    #[must_use]
    pub fn part(heading: impl Into<Text>) -> Self {
        Self {
            kind: RowKind::Part,
            cells: vec![Cell::Text(heading.into())],
        }
    }
}

/// What stands in a cell. Empty is "not stated" and never 0.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(Text),
    /// An exact number.
    Number(Number),
    /// A number that is about right; Excel gets the number, paper says "cirka".
    About(Number),
    /// A share in percent: 6,0 is six percent.
    Percent(Number),
    /// A date.
    Date(Date),
    /// A date with the time of day.
    Time(DateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.into())
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.into())
        }
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl Table {
    /// Whether the columns have headings.
    #[must_use]
    pub fn has_head(&self) -> bool {
        self.columns
            .iter()
            .any(|column| !column.heading.trim().is_empty())
    }

    /// Each column's width in characters: what the column says, or how much its cells say. On paper they
    /// share what there is.
    #[must_use]
    pub fn widths(&self, document: &crate::model::Document) -> Vec<u64> {
        self.columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                if column.width > 0 {
                    u64::from(column.width)
                } else {
                    self.weight(document, at, column)
                }
            })
            .collect()
    }

    fn weight(&self, document: &crate::model::Document, at: usize, column: &Column) -> u64 {
        // The first rows tell enough: a table may have fifty thousand.
        let cells = self
            .rows
            .iter()
            .filter(|row| row.kind != RowKind::Part)
            .take(200)
            .filter_map(|row| row.cells.get(at))
            .map(|cell| cell.words(document).chars().count())
            .max()
            .unwrap_or(0);
        let word = column
            .heading
            .split_whitespace()
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0);
        (cells.max(word).clamp(5, 45) + 2) as u64
    }
}

impl Cell {
    /// What the cell says on paper.
    #[must_use]
    pub fn words(&self, document: &crate::model::Document) -> String {
        let language = document.language;
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.plain(),
            Self::Number(number) => number.words(language),
            Self::About(number) => {
                format!("{} {}", document.words.about, number.words(language))
            }
            // Swedish and most others put a space before the sign.
            Self::Percent(number) if language.as_str().starts_with("en") => {
                format!("{}%", number.words(language))
            }
            Self::Percent(number) => format!("{}\u{a0}%", number.words(language)),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.strftime("%Y-%m-%d %H.%M").to_string(),
        }
    }
}

impl From<Number> for Cell {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}
