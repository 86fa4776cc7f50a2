//! Text inside a block.

use serde::{Deserialize, Serialize};

use crate::{FactRef, PageId, UnitId};

/// How a run of text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Strong importance.
    Strong,
    /// Stress.
    Emphasis,
    /// Something typed or shown by a computer.
    Code,
}

/// Where a link leads. A page is pointed at by id, so that moving it breaks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum LinkTarget {
    /// A page of this site.
    Page {
        /// The page, in the reader's language where it exists.
        id: PageId,
        /// Heading to go to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fragment: Option<String>,
    },
    /// A unit of the directory.
    Unit {
        /// The unit.
        id: UnitId,
    },
    /// A path of the program's own that is no page, such as `/sok`.
    Path {
        /// The path, starting with a slash.
        path: String,
    },
    /// Somewhere else: `https:`, `http:`, `mailto:` or `tel:`.
    Url {
        /// The whole address.
        url: String,
    },
    /// A relative link that an import could not find the goal of; shown as plain text.
    Missing {
        /// As it was written.
        original: String,
    },
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words themselves.
        text: String,
        /// Their marks, sorted and without doubles.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    /// A link around text; links do not nest.
    Link {
        /// Where to.
        target: LinkTarget,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A fact, shown as it stands now.
    Fact {
        /// Which.
        fact: FactRef,
    },
    /// A line break within the block.
    Break,
}

impl Inline {
    /// Plain words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            marks: Vec::new(),
        }
    }

    /// The words of a sequence, without marks and facts.
    #[must_use]
    pub fn plain(inlines: &[Self]) -> String {
        let mut out = String::new();
        Self::push_plain(inlines, &mut out);
        out
    }

    fn push_plain(inlines: &[Self], out: &mut String) {
        for inline in inlines {
            match inline {
                Self::Text { text, .. } => out.push_str(text),
                Self::Link { text, .. } => Self::push_plain(text, out),
                Self::Fact { .. } => {}
                Self::Break => out.push(' '),
            }
        }
    }

    /// Calls `visit` with each inline, links' contents included.
    pub fn walk<'a>(inlines: &'a [Self], visit: &mut dyn FnMut(&'a Self)) {
        for inline in inlines {
            visit(inline);
            if let Self::Link { text, .. } = inline {
                Self::walk(text, visit);
            }
        }
    }
}
