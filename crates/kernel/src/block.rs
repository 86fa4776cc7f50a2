//! The types of blocks that documents are made of, each with a permanent id, a type and a schema
//! version.

use serde::{Deserialize, Serialize};

use crate::{BlockId, FileId, Inline, LinkTarget, PictureId, UnitId};

/// One block. Serialised flat: `{"id": …, "v": 1, "type": "paragraph", "text": […]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Permanent: what points at a block points at this.
    pub id: BlockId,
    /// Version of the type's shape, so that old content can be read after the shape changes.
    pub v: u16,
    /// What it is and holds.
    #[serde(flatten)]
    pub content: BlockContent,
}

/// Whether a notice informs or warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeTone {
    /// Good to know.
    Info,
    /// Something differs from the usual.
    Warning,
}

/// An item of a list, with the list below it if any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// The item's own text.
    pub text: Vec<Inline>,
    /// Items one level down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ListItem>,
    /// Whether the items one level down are numbered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
}

/// A table cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it says.
    pub text: Vec<Inline>,
}

/// Something to do, as a button-like link under the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What it says: begins with a verb.
    pub label: String,
    /// Where it leads.
    pub target: LinkTarget,
}

/// A fact in the strip under the lead: label, value, note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactItem {
    /// What it is, for example "Avgift".
    pub label: String,
    /// The value: words or a reference.
    pub value: Vec<Inline>,
    /// A smaller line below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Inline>,
}

/// Something many come for: icon, link and a line that says more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskItem {
    /// Name of a Lucide icon; an unknown name shows none.
    pub icon: String,
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub target: LinkTarget,
    /// A smaller line below.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One part of an accordion: a heading that opens what lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    /// What is always seen.
    pub title: String,
    /// What is seen when it is open.
    pub blocks: Vec<Block>,
}

/// The types of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockContent {
    /// Running text.
    Paragraph {
        /// The text.
        text: Vec<Inline>,
    },
    /// A heading of level 2 to 4; level 1 is the page's title.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// The text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered or not.
        ordered: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A table with a header row.
    Table {
        /// Shown above the table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// The header row, one cell a column.
        header: Vec<Cell>,
        /// The rows, each as long as the header.
        rows: Vec<Vec<Cell>>,
    },
    /// Somebody's words.
    Quote {
        /// The words.
        text: Vec<Inline>,
        /// Whose they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// Something set apart.
    Notice {
        /// Informs or warns.
        tone: NoticeTone,
        /// The text.
        text: Vec<Inline>,
    },
    /// The contact card of a unit: a reference, never a copy.
    Contact {
        /// The unit.
        unit: UnitId,
    },
    /// Two or three facts under the lead.
    Facts {
        /// The facts.
        items: Vec<FactItem>,
    },
    /// What one can do here.
    Actions {
        /// The first is the main one.
        actions: Vec<Action>,
    },
    /// The ruled list of what most people come for.
    Tasks {
        /// In order of weight.
        items: Vec<TaskItem>,
    },
    /// Searches that many make, each a link to its results.
    Searches {
        /// The words.
        queries: Vec<String>,
    },
    /// A picture of the media bank.
    Picture {
        /// The picture.
        picture: PictureId,
        /// What it shows, where this page needs other words than the picture's own; empty is a
        /// decoration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alt: Option<String>,
        /// Shown below.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        caption: Vec<Inline>,
    },
    /// Blocks set apart in a box with a title: a fact box.
    Box {
        /// Its title.
        title: String,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// Headings that open what lies below them.
    Accordion {
        /// In reading order.
        folds: Vec<Fold>,
    },
    /// A film that lies with somebody else; nothing is loaded from there before a click.
    Video {
        /// Its address, `https:`.
        url: String,
        /// What it is called.
        title: String,
        /// Whether it is in sign language.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        sign_language: bool,
        /// What the film shows and says, for those who do not see it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        text: Vec<Inline>,
    },
    /// A file to take home.
    Download {
        /// The file.
        file: FileId,
        /// What it is called; its type and size are shown beside it.
        title: String,
    },
    /// An e-service: something that is done elsewhere in a form.
    Service {
        /// What one does there: begins with a verb.
        label: String,
        /// Where it is.
        target: LinkTarget,
        /// What is needed, for example a log-in.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A place that links can lead to.
    Anchor {
        /// Its name in addresses.
        name: String,
    },
}

impl BlockContent {
    /// The lists of blocks that lie in this one.
    #[must_use]
    pub fn inner(&self) -> Vec<&[Block]> {
        match self {
            Self::Box { blocks, .. } => vec![blocks],
            Self::Accordion { folds } => folds.iter().map(|fold| fold.blocks.as_slice()).collect(),
            _ => Vec::new(),
        }
    }

    /// The same, to be changed in place.
    pub fn inner_mut(&mut self) -> Vec<&mut Vec<Block>> {
        match self {
            Self::Box { blocks, .. } => vec![blocks],
            Self::Accordion { folds } => folds.iter_mut().map(|fold| &mut fold.blocks).collect(),
            _ => Vec::new(),
        }
    }

    /// The version of the shapes that this program writes.
    pub const VERSION: u16 = 1;

    /// Every run of inline text of the block itself, in reading order; what lies in inner blocks is
    /// theirs.
    #[must_use]
    pub fn inlines(&self) -> Vec<&[Inline]> {
        fn items<'a>(list: &'a [ListItem], out: &mut Vec<&'a [Inline]>) {
            for item in list {
                out.push(&item.text);
                items(&item.items, out);
            }
        }
        let mut out: Vec<&[Inline]> = Vec::new();
        match self {
            Self::Paragraph { text }
            | Self::Heading { text, .. }
            | Self::Quote { text, .. }
            | Self::Notice { text, .. }
            | Self::Picture { caption: text, .. }
            | Self::Video { text, .. } => out.push(text),
            Self::List { items: list, .. } => items(list, &mut out),
            Self::Table { header, rows, .. } => {
                out.extend(header.iter().map(|cell| cell.text.as_slice()));
                out.extend(rows.iter().flatten().map(|cell| cell.text.as_slice()));
            }
            Self::Contact { .. }
            | Self::Actions { .. }
            | Self::Tasks { .. }
            | Self::Searches { .. }
            | Self::Box { .. }
            | Self::Accordion { .. }
            | Self::Download { .. }
            | Self::Service { .. }
            | Self::Anchor { .. } => {}
            Self::Facts { items } => {
                for item in items {
                    out.push(&item.value);
                    out.push(&item.note);
                }
            }
        }
        out
    }

    /// The block's inline runs, to be changed in place.
    pub fn inlines_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        fn items<'a>(list: &'a mut [ListItem], out: &mut Vec<&'a mut Vec<Inline>>) {
            for item in list {
                out.push(&mut item.text);
                items(&mut item.items, out);
            }
        }
        let mut out: Vec<&mut Vec<Inline>> = Vec::new();
        match self {
            Self::Paragraph { text }
            | Self::Heading { text, .. }
            | Self::Quote { text, .. }
            | Self::Notice { text, .. }
            | Self::Picture { caption: text, .. }
            | Self::Video { text, .. } => out.push(text),
            Self::List { items: list, .. } => items(list, &mut out),
            Self::Table { header, rows, .. } => {
                out.extend(header.iter_mut().map(|cell| &mut cell.text));
                out.extend(rows.iter_mut().flatten().map(|cell| &mut cell.text));
            }
            Self::Contact { .. }
            | Self::Actions { .. }
            | Self::Tasks { .. }
            | Self::Searches { .. }
            | Self::Box { .. }
            | Self::Accordion { .. }
            | Self::Download { .. }
            | Self::Service { .. }
            | Self::Anchor { .. } => {}
            Self::Facts { items } => {
                for item in items {
                    out.push(&mut item.value);
                    out.push(&mut item.note);
                }
            }
        }
        out
    }
}
