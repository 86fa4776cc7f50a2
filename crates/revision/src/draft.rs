//! What is being written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockId, Document};

use crate::{Conflict, ConflictName, Held, PatchId};

/// A text that is being written, with a version for each part. The version of a part is the
/// revision of the draft at which it was last changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// Counts patches that changed something, from 1.
    pub revision: i64,
    /// The top-level blocks in reading order: each once.
    pub order: Vec<BlockId>,
    /// The top-level blocks.
    pub blocks: BTreeMap<BlockId, Held<Block>>,
    /// The fields beside them, by name.
    pub fields: BTreeMap<String, Held<String>>,
    /// Blocks that were taken away: kept so that a change that comes late is told from a new block.
    #[serde(default)]
    pub deleted: BTreeMap<BlockId, Deleted>,
    /// Open conflicts.
    #[serde(default)]
    pub conflicts: BTreeMap<ConflictName, Conflict>,
    /// Patches that were applied, with the revision after each. A store may keep them in a table of
    /// its own and put in only the one that is asked for.
    #[serde(default)]
    pub applied: BTreeMap<PatchId, i64>,
}

/// That a block was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// The revision at which it went.
    pub version: i64,
    /// The block that it stood after; none for the first.
    pub after: Option<BlockId>,
}

/// What somebody who knows a revision has to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The present revision.
    pub revision: i64,
    /// The whole order.
    pub order: Vec<BlockId>,
    /// Blocks that are newer.
    pub blocks: Vec<Held<Block>>,
    /// Blocks that went since.
    pub deleted: Vec<BlockId>,
    /// Fields that are newer.
    pub fields: BTreeMap<String, Held<String>>,
    /// All conflicts that are open.
    pub conflicts: Vec<Conflict>,
}

impl Draft {
    /// A first draft, at revision 1. Should two blocks have the same id, the first is kept.
    #[must_use]
    pub fn new(document: &Document, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut draft = Self {
            revision: 1,
            ..Self::default()
        };
        for block in &document.blocks {
            if draft.blocks.contains_key(&block.id) {
                continue;
            }
            draft.order.push(block.id);
            draft.blocks.insert(
                block.id,
                Held {
                    version: 1,
                    value: block.clone(),
                },
            );
        }
        draft.fields = fields
            .into_iter()
            .map(|(name, value)| (name, Held { version: 1, value }))
            .collect();
        draft
    }

    /// The blocks in reading order.
    #[must_use]
    pub fn document(&self) -> Document {
        let block = |id| self.blocks.get(id).map(|held: &Held<Block>| &held.value);
        Document {
            blocks: self.order.iter().filter_map(block).cloned().collect(),
        }
    }

    /// What a field says; nothing when there is none.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |held| held.value.as_str())
    }

    /// What changed after a revision.
    #[must_use]
    pub fn since(&self, revision: i64) -> Changes {
        Changes {
            revision: self.revision,
            order: self.order.clone(),
            blocks: self
                .order
                .iter()
                .filter_map(|id| self.blocks.get(id))
                .filter(|held| held.version > revision)
                .cloned()
                .collect(),
            deleted: self
                .deleted
                .iter()
                .filter(|(_, deleted)| deleted.version > revision)
                .map(|(id, _)| *id)
                .collect(),
            fields: self
                .fields
                .iter()
                .filter(|(_, held)| held.version > revision)
                .map(|(name, held)| (name.clone(), held.clone()))
                .collect(),
            conflicts: self.conflicts.values().cloned().collect(),
        }
    }
}
