//! What a printed document is, whatever it is written as.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

use crate::picture::Picture;
use crate::table::Table;
use crate::text::Text;

/// A document to be printed: the same for Word, Excel and PDF. It knows no clock and no translations:
/// the date and every word that people read come in, so that the same document gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Title: on the first page, in the program's window and in the file's properties.
    pub title: String,
    /// A line under the title; may be empty.
    pub subtitle: String,
    /// What it is about, for the file's properties; may be empty.
    pub description: String,
    /// Language of everything that does not say another.
    pub language: Locale,
    /// Date on the first page and in the file's properties. Not "today": what the document is dated.
    pub date: Date,
    /// The organisation whose document it is. Never a person's name.
    pub author: String,
    /// How it looks.
    pub look: Look,
    /// What stands on every page, such as "Utkast" or "Demo"; empty: nothing.
    pub mark: String,
    /// Words for readers in the document's language.
    pub words: Words,
    /// Headings down to this level stand in a table of contents after the title; 0: there is none.
    pub contents_depth: u8,
    /// The paper lies down. For wide tables.
    pub landscape: bool,
    /// All that follows the title.
    pub body: Vec<Block>,
}

impl Document {
    /// An empty document, standing A4, without contents and mark.
    #[must_use]
    pub fn new(title: impl Into<String>, language: Locale, date: Date, words: Words) -> Self {
        Self {
            title: title.into(),
            subtitle: String::new(),
            description: String::new(),
            language,
            date,
            author: String::new(),
            look: Look::default(),
            mark: String::new(),
            words,
            contents_depth: 0,
            landscape: false,
            body: Vec::new(),
        }
    }

    /// All tables in the order in which they stand, also those in notes.
    #[must_use]
    pub fn tables(&self) -> Vec<&Table> {
        fn walk<'a>(blocks: &'a [Block], found: &mut Vec<&'a Table>) {
            for block in blocks {
                match block {
                    Block::Table(table) => found.push(table),
                    Block::Note(note) => walk(&note.body, found),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.body, &mut found);
        found
    }
}

/// The sender's name and colour. No coat of arms and no logotype: the name in its own type is enough,
/// and a mark that a program draws wrong is worse than none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The city's name, above the title and at the top of each page.
    pub city: String,
    /// Colour of rules, links and the heads of tables.
    pub accent: Colour,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            city: String::new(),
            accent: Colour(0x00, 0x61, 0x9c),
        }
    }
}

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Six hexadecimal digits, without `#`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The colour mixed with white, `percent` of it left.
    #[must_use]
    pub fn tint(self, percent: u8) -> Self {
        let percent = u32::from(percent.min(100));
        let mix = |part: u8| {
            let mixed = (u32::from(part) * percent + 255 * (100 - percent)) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    /// Contrast against white by WCAG 2.2 (relative luminance), from 1 to 21.
    #[must_use]
    pub fn contrast_on_white(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let luminance = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        1.05 / (luminance + 0.05)
    }
}

/// The words that the document itself adds, in its language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Heading of the table of contents: "Innehåll".
    pub contents: String,
    /// At the foot of each page, with `{page}` and `{pages}`: "Sida {page} av {pages}".
    pub page: String,
    /// Before a number that is not exact: "cirka".
    pub about: String,
    /// Name of the first sheet of a workbook: "Om dokumentet".
    pub about_document: String,
    /// Heading of the list of sheets in a workbook: "Tabeller".
    pub tables: String,
    /// Before the date: "Datum".
    pub date: String,
    /// Before the author: "Avsändare".
    pub author: String,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading. Levels begin at 1, right under the document's title, and skip none on the way down.
    Heading(Heading),
    /// Running text.
    Paragraph(Paragraph),
    /// A list with dots or numbers.
    List(List),
    /// A table.
    Table(Table),
    /// Something set apart: an instruction, a comment, a warning.
    Note(Note),
    /// A picture with what it says in words.
    Figure(Figure),
    /// What follows begins on a new page.
    PageBreak,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: Text,
    /// Name that links within the document lead to (`#name`): letters, digits and hyphens. May be empty.
    pub anchor: String,
}

/// How a paragraph stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Ordinary text.
    #[default]
    Body,
    /// What the document says in short, larger.
    Lead,
    /// Sources and remarks, smaller.
    Small,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Its text; a line break within is kept.
    pub text: Text,
    /// How it stands out.
    pub style: Style,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Numbers instead of dots.
    pub numbered: bool,
    /// What stands in it.
    pub items: Vec<Item>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its text.
    pub text: Text,
    /// A list of its own under it.
    pub under: Option<List>,
}

/// Something set apart from the running text by a rule and a tint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its own title, which is no heading; may be empty.
    pub title: String,
    /// What stands in it: no headings and no page breaks.
    pub body: Vec<Block>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The picture itself.
    pub picture: Picture,
    /// What it shows, for those who do not see it. Never empty: what says nothing is left out.
    pub alt: String,
    /// Text under it; may be empty.
    pub caption: Text,
    /// Width in percent of the text's, 1 to 100.
    pub width: u8,
}

impl Block {
    /// A heading without anchor.
    #[must_use]
    pub fn heading(level: u8, text: impl Into<Text>) -> Self {
        Self::Heading(Heading {
            level,
            text: text.into(),
            anchor: String::new(),
        })
    }

    /// A paragraph of ordinary text.
    #[must_use]
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Self::styled(Style::Body, text)
    }

    /// A paragraph that stands out.
    #[must_use]
    pub fn styled(style: Style, text: impl Into<Text>) -> Self {
        Self::Paragraph(Paragraph {
            text: text.into(),
            style,
        })
    }

    /// A flat list.
    #[must_use]
    pub fn list<T: Into<Text>>(numbered: bool, items: impl IntoIterator<Item = T>) -> Self {
        Self::List(List {
            numbered,
            items: items
                .into_iter()
                .map(|text| Item {
                    text: text.into(),
                    under: None,
                })
                .collect(),
        })
    }
}
