//! Documents: a tree of blocks, each with a permanent id, a type and a schema version. HTML is
//! made from it and never stored, so that a new look needs no conversion of content.

use serde::{Deserialize, Serialize};

use crate::{BlockId, FactRef, Inline, LinkTarget, UnitId};

/// The content of a page in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// In reading order.
    pub blocks: Vec<Block>,
}

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
}

impl BlockContent {
    /// The version of the shapes that this program writes.
    pub const VERSION: u16 = 1;

    /// Every run of inline text in the block, in reading order.
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
            | Self::Notice { text, .. } => out.push(text),
            Self::List { items: list, .. } => items(list, &mut out),
            Self::Table { header, rows, .. } => {
                out.extend(header.iter().map(|cell| cell.text.as_slice()));
                out.extend(rows.iter().flatten().map(|cell| cell.text.as_slice()));
            }
            Self::Contact { .. }
            | Self::Actions { .. }
            | Self::Tasks { .. }
            | Self::Searches { .. } => {}
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
            | Self::Notice { text, .. } => out.push(text),
            Self::List { items: list, .. } => items(list, &mut out),
            Self::Table { header, rows, .. } => {
                out.extend(header.iter_mut().map(|cell| &mut cell.text));
                out.extend(rows.iter_mut().flatten().map(|cell| &mut cell.text));
            }
            Self::Contact { .. }
            | Self::Actions { .. }
            | Self::Tasks { .. }
            | Self::Searches { .. } => {}
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

impl Document {
    /// Every fact the document shows, without doubles, sorted. A contact block shows all of its
    /// unit and is listed by [`Document::units`].
    #[must_use]
    pub fn facts(&self) -> Vec<FactRef> {
        let mut facts = Vec::new();
        for run in self.blocks.iter().flat_map(|block| block.content.inlines()) {
            Inline::walk(run, &mut |inline| {
                if let Inline::Fact { fact } = inline {
                    facts.push(*fact);
                }
            });
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// Every unit whose contact card stands in the document.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        self.blocks
            .iter()
            .filter_map(|block| match block.content {
                BlockContent::Contact { unit } => Some(unit),
                _ => None,
            })
            .collect()
    }

    /// Every place the document links to, in reading order.
    #[must_use]
    pub fn links(&self) -> Vec<&LinkTarget> {
        let mut links = Vec::new();
        for block in &self.blocks {
            if let BlockContent::Actions { actions } = &block.content {
                links.extend(actions.iter().map(|action| &action.target));
            }
            if let BlockContent::Tasks { items } = &block.content {
                links.extend(items.iter().map(|item| &item.target));
            }
            for run in block.content.inlines() {
                Inline::walk(run, &mut |inline| {
                    if let Inline::Link { target, .. } = inline {
                        links.push(target);
                    }
                });
            }
        }
        links
    }

    /// Calls `change` with every link's target.
    pub fn change_links(&mut self, change: &mut dyn FnMut(&mut LinkTarget)) {
        fn walk(run: &mut [Inline], change: &mut dyn FnMut(&mut LinkTarget)) {
            for inline in run {
                if let Inline::Link { target, text } = inline {
                    change(target);
                    walk(text, change);
                }
            }
        }
        for block in &mut self.blocks {
            if let BlockContent::Actions { actions } = &mut block.content {
                for action in actions {
                    change(&mut action.target);
                }
            }
            if let BlockContent::Tasks { items } = &mut block.content {
                for item in items {
                    change(&mut item.target);
                }
            }
            for run in block.content.inlines_mut() {
                walk(run, change);
            }
        }
    }

    /// The words of all headings.
    #[must_use]
    pub fn headings(&self) -> Vec<String> {
        self.blocks
            .iter()
            .filter_map(|block| match &block.content {
                BlockContent::Heading { text, .. } => Some(Inline::plain(text)),
                _ => None,
            })
            .collect()
    }

    /// All words but the headings, one line a run: what search reads.
    #[must_use]
    pub fn body_text(&self) -> String {
        let mut out = String::new();
        let mut push = |text: &str| {
            if !text.is_empty() {
                out.push_str(text);
                out.push('\n');
            }
        };
        for block in &self.blocks {
            match &block.content {
                BlockContent::Heading { .. } => {}
                BlockContent::Facts { items } => {
                    for item in items {
                        push(&item.label);
                        push(&Inline::plain(&item.value));
                        push(&Inline::plain(&item.note));
                    }
                }
                BlockContent::Actions { actions } => {
                    actions.iter().for_each(|action| push(&action.label));
                }
                BlockContent::Tasks { items } => {
                    for item in items {
                        push(&item.label);
                        push(&item.note);
                    }
                }
                content => {
                    content
                        .inlines()
                        .iter()
                        .for_each(|run| push(&Inline::plain(run)));
                }
            }
        }
        out
    }

    /// Gives this (newly read) document the block ids of `old` where a block is the same or stands
    /// in the place of one of the same type, so that what points at blocks keeps pointing.
    pub fn keep_ids(&mut self, old: &Self) {
        let mut used = vec![false; old.blocks.len()];
        let mut open = Vec::new();
        for (at, block) in self.blocks.iter_mut().enumerate() {
            let same = old
                .blocks
                .iter()
                .enumerate()
                .position(|(i, before)| !used[i] && before.content == block.content);
            if let Some(i) = same {
                used[i] = true;
                block.id = old.blocks[i].id;
            } else {
                open.push(at);
            }
        }
        for at in open {
            let kind = std::mem::discriminant(&self.blocks[at].content);
            let near = old
                .blocks
                .iter()
                .enumerate()
                .filter(|(i, before)| !used[*i] && std::mem::discriminant(&before.content) == kind)
                .map(|(i, _)| i)
                .min_by_key(|i| i.abs_diff(at));
            if let Some(i) = near {
                used[i] = true;
                self.blocks[at].id = old.blocks[i].id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn paragraph(id: u128, text: &str) -> Block {
        Block {
            id: BlockId(Uuid::from_u128(id)),
            v: BlockContent::VERSION,
            content: BlockContent::Paragraph {
                text: vec![Inline::text(text)],
            },
        }
    }

    #[test]
    fn blocks_keep_their_ids_over_a_new_import() {
        let old = Document {
            blocks: vec![paragraph(1, "a"), paragraph(2, "b"), paragraph(3, "c")],
        };
        let mut new = Document {
            blocks: vec![paragraph(9, "b"), paragraph(8, "new c"), paragraph(7, "a")],
        };
        new.keep_ids(&old);
        let ids: Vec<_> = new
            .blocks
            .iter()
            .map(|block| block.id.0.as_u128())
            .collect();
        assert_eq!(ids, [2, 3, 1]);
    }

    #[test]
    fn json_is_flat_and_goes_there_and_back() {
        let document = Document {
            blocks: vec![paragraph(1, "Hej")],
        };
        let json = serde_json::to_string(&document).expect("no map keys but strings");
        assert!(json.contains(r#""type":"paragraph""#), "{json}");
        assert_eq!(
            serde_json::from_str::<Document>(&json).expect("just written"),
            document
        );
    }
}
