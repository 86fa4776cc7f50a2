//! What a client changed.

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockId, Document};

use crate::{ConflictName, Draft, PatchId};

/// A block as a client has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedBlock {
    /// The block.
    pub block: Block,
    /// The version that it was made from; 0 for a new one, or when the client cannot know.
    #[serde(default)]
    pub from: i64,
    /// What it was made from. With it, changes that are apart are merged, and a wrong `from` loses
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Block>,
}

/// A block that a client took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedBlock {
    /// Which.
    pub id: BlockId,
    /// The version that the person saw.
    #[serde(default)]
    pub from: i64,
    /// What the person saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Block>,
}

/// A field as a client has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedField {
    /// Its name.
    pub name: String,
    /// What it says.
    pub value: String,
    /// The version that it was made from.
    #[serde(default)]
    pub from: i64,
    /// What it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
}

/// What a client changed since it last heard from the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Made by the client; a resend has the same.
    pub id: PatchId,
    /// Who sends: one window of one person.
    pub client: String,
    /// Blocks that are new or changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<ChangedBlock>,
    /// Blocks that were taken away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<DeletedBlock>,
    /// Fields that were changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ChangedField>,
    /// The client's whole order, when it added or moved something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<BlockId>>,
    /// The order that it last heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_base: Option<Vec<BlockId>>,
    /// Conflicts that the person looked at and ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<ConflictName>,
}

impl Patch {
    /// A patch that changes nothing.
    #[must_use]
    pub fn new(id: PatchId, client: impl Into<String>) -> Self {
        Self {
            id,
            client: client.into(),
            blocks: Vec::new(),
            deleted: Vec::new(),
            fields: Vec::new(),
            order: None,
            order_base: None,
            settled: Vec::new(),
        }
    }

    /// Whether there is nothing to send.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
            && self.deleted.is_empty()
            && self.fields.is_empty()
            && self.order.is_none()
            && self.settled.is_empty()
    }
}

/// The patch that leads from what somebody was shown to what they made of it: for a form without
/// script, a restored version, an accepted suggestion. `shown` is the draft that they saw; fields
/// that are not named stay as they are.
#[must_use]
pub fn patch_between(
    id: PatchId,
    client: impl Into<String>,
    shown: &Draft,
    after: &Document,
    fields: &[(&str, &str)],
) -> Patch {
    let mut patch = Patch::new(id, client);
    for block in &after.blocks {
        let held = shown.blocks.get(&block.id);
        if held.is_some_and(|held| held.value == *block) {
            continue;
        }
        patch.blocks.push(ChangedBlock {
            block: block.clone(),
            from: held.map_or(0, |held| held.version),
            base: held.map(|held| held.value.clone()),
        });
    }
    let order: Vec<BlockId> = after.blocks.iter().map(|block| block.id).collect();
    for id in shown.order.iter().filter(|id| !order.contains(id)) {
        let held = shown.blocks.get(id);
        patch.deleted.push(DeletedBlock {
            id: *id,
            from: held.map_or(0, |held| held.version),
            base: held.map(|held| held.value.clone()),
        });
    }
    if order != shown.order {
        patch.order = Some(order);
        patch.order_base = Some(shown.order.clone());
    }
    for (name, value) in fields {
        if shown.field(name) != *value {
            let held = shown.fields.get(*name);
            patch.fields.push(ChangedField {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
                from: held.map_or(0, |held| held.version),
                base: Some(shown.field(name).to_owned()),
            });
        }
    }
    patch
}
