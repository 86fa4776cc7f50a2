//! A patch meets a draft.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockId};

use crate::merge::{merge_text, merge_words};
use crate::order::merge_order;
use crate::patch::{ChangedBlock, ChangedField, DeletedBlock};
use crate::{Conflict, ConflictName, Deleted, Draft, Held, Part, Patch, Words};

/// What became of one part of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartResult {
    /// The draft says what the patch said.
    Taken,
    /// The draft has both changes.
    Merged,
    /// The draft says what it said, and the patch's text lies beside it as a conflict.
    Conflict,
    /// It was not taken away, since somebody changed it meanwhile.
    Kept,
    /// Nothing had to be done.
    Same,
}

/// The draft after a patch, and what became of the patch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The draft after it.
    pub draft: Draft,
    /// Whether it had been applied before; then nothing was done.
    pub repeated: bool,
    /// What became of each of its parts.
    pub results: BTreeMap<Part, PartResult>,
    /// The conflicts that it made.
    pub conflicts: Vec<Conflict>,
}

impl Outcome {
    /// The parts of the draft that are other than before.
    #[must_use]
    pub fn changed(&self) -> Vec<Part> {
        self.results
            .iter()
            .filter(|(_, result)| matches!(result, PartResult::Taken | PartResult::Merged))
            .map(|(part, _)| part.clone())
            .collect()
    }
}

/// What somebody wants a part to say, made from something.
struct Wish<'a, T> {
    value: &'a T,
    from: i64,
    base: Option<&'a T>,
}

/// What becomes of a wish for a part that is there: the new text, or the reason for none.
fn settle<T: PartialEq + Clone>(
    held: &Held<T>,
    wish: &Wish<'_, T>,
    merge: impl Fn(&T, &T, &T) -> Option<T>,
) -> (PartResult, Option<T>) {
    if held.value == *wish.value || wish.base == Some(wish.value) {
        return (PartResult::Same, None);
    }
    let seen = match wish.base {
        Some(base) => *base == held.value,
        None => wish.from == held.version,
    };
    if seen {
        return (PartResult::Taken, Some(wish.value.clone()));
    }
    match wish
        .base
        .and_then(|base| merge(base, wish.value, &held.value))
    {
        Some(merged) => (PartResult::Merged, Some(merged)),
        None => (PartResult::Conflict, None),
    }
}

/// The work on one patch.
struct Work<'a> {
    patch: &'a Patch,
    draft: Draft,
    /// The revision that this patch makes.
    revision: i64,
    results: BTreeMap<Part, PartResult>,
    conflicts: Vec<Conflict>,
}

impl Work<'_> {
    fn conflict(
        &mut self,
        part: Part,
        version: i64,
        kept: Words,
        other: Words,
        base: Option<Words>,
    ) {
        // Somebody who typed on before the answer came has one conflict, not one for each save.
        let client = &self.patch.client;
        self.draft.conflicts.retain(|_, earlier| {
            earlier.part != part
                || earlier.client != *client
                || Some(&earlier.other) != base.as_ref()
        });
        let conflict = Conflict {
            name: ConflictName::of(self.patch.id, &part),
            part,
            patch: self.patch.id,
            client: client.clone(),
            version,
            kept,
            other,
            base,
        };
        self.draft
            .conflicts
            .insert(conflict.name.clone(), conflict.clone());
        self.conflicts.push(conflict);
    }

    fn block(&mut self, changed: &ChangedBlock) {
        let id = changed.block.id;
        let part = Part::Block(id);
        let Some(held) = self.draft.blocks.get(&id).cloned() else {
            let result = self.absent(changed);
            self.results.insert(part, result);
            return;
        };
        let wish = Wish {
            value: &changed.block,
            from: changed.from,
            base: changed.base.as_ref(),
        };
        let (result, value) = settle(&held, &wish, merge_words);
        if let Some(value) = value {
            let version = self.revision;
            self.draft.blocks.insert(id, Held { version, value });
        }
        if result == PartResult::Conflict {
            let words = |block: &Block| Words::Block(Box::new(block.clone()));
            self.conflict(
                part.clone(),
                held.version,
                words(&held.value),
                words(&changed.block),
                changed.base.as_ref().map(words),
            );
        }
        self.results.insert(part, result);
    }

    /// A block that the draft does not have: new, or taken away by somebody meanwhile. The change
    /// wins over the deletion.
    fn absent(&mut self, changed: &ChangedBlock) -> PartResult {
        let id = changed.block.id;
        let gone = self.draft.deleted.get(&id).copied();
        if gone.is_some() && changed.base.as_ref() == Some(&changed.block) {
            return PartResult::Same;
        }
        self.draft.deleted.remove(&id);
        let held = Held {
            version: self.revision,
            value: changed.block.clone(),
        };
        self.draft.blocks.insert(id, held);
        let order = &mut self.draft.order;
        let place = match gone {
            Some(Deleted { after: None, .. }) => 0,
            Some(Deleted {
                after: Some(before),
                ..
            }) => order
                .iter()
                .position(|other| *other == before)
                .map_or(order.len(), |at| at + 1),
            None => order.len(),
        };
        order.insert(place, id);
        PartResult::Taken
    }

    fn delete(&mut self, deleted: &DeletedBlock) {
        let part = Part::Block(deleted.id);
        let result = match self.draft.blocks.get(&deleted.id) {
            None => PartResult::Same,
            Some(held) => {
                let seen = match &deleted.base {
                    Some(base) => *base == held.value,
                    None => deleted.from == held.version,
                };
                // A patch that both changes and deletes a block means the change.
                if seen && !self.results.contains_key(&part) {
                    self.remove(deleted.id);
                    PartResult::Taken
                } else {
                    PartResult::Kept
                }
            }
        };
        self.results.entry(part).or_insert(result);
    }

    fn remove(&mut self, id: BlockId) {
        let at = self.draft.order.iter().position(|other| *other == id);
        let after = at
            .and_then(|at| at.checked_sub(1))
            .map(|before| self.draft.order[before]);
        self.draft.order.retain(|other| *other != id);
        self.draft.blocks.remove(&id);
        let version = self.revision;
        self.draft.deleted.insert(id, Deleted { version, after });
    }

    fn field(&mut self, changed: &ChangedField) {
        let part = Part::Field(changed.name.clone());
        let held = self.draft.fields.get(&changed.name).cloned();
        let held = held.unwrap_or(Held {
            version: 0,
            value: String::new(),
        });
        let wish = Wish {
            value: &changed.value,
            from: changed.from,
            base: changed.base.as_ref(),
        };
        let merge = |base: &String, mine: &String, theirs: &String| merge_text(base, mine, theirs);
        let (result, value) = settle(&held, &wish, merge);
        if let Some(value) = value {
            let version = self.revision;
            self.draft
                .fields
                .insert(changed.name.clone(), Held { version, value });
        }
        if result == PartResult::Conflict {
            self.conflict(
                part.clone(),
                held.version,
                Words::Text(held.value),
                Words::Text(changed.value.clone()),
                changed.base.clone().map(Words::Text),
            );
        }
        self.results.insert(part, result);
    }

    /// Puts the blocks in the order that the patch and the draft agree on.
    fn arrange(&mut self) {
        let Some(mine) = &self.patch.order else {
            return;
        };
        let theirs = &self.draft.order;
        // Without the order that the client had, what it sent is all that it knew of.
        let base: Vec<BlockId> = match &self.patch.order_base {
            Some(base) => base.clone(),
            None => theirs
                .iter()
                .filter(|id| mine.contains(id))
                .copied()
                .collect(),
        };
        // A block that this patch brings has been put somewhere above; its place is in `mine`.
        let brought = |id: &BlockId| mine.contains(id) && !base.contains(id);
        let others: Vec<BlockId> = theirs.iter().filter(|id| !brought(id)).copied().collect();
        let mut merged = merge_order(&base, mine, &others);
        merged.retain(|id| self.draft.blocks.contains_key(id));
        for id in theirs {
            if !merged.contains(id) {
                merged.push(*id);
            }
        }
        self.draft.order = merged;
    }
}

/// Applies a patch to a draft. A patch that was applied before changes nothing; the revision counts
/// up by one when anything changed.
#[must_use]
pub fn apply(draft: &Draft, patch: &Patch) -> Outcome {
    let mut work = Work {
        patch,
        draft: draft.clone(),
        revision: draft.revision + 1,
        results: BTreeMap::new(),
        conflicts: Vec::new(),
    };
    let repeated = draft.applied.contains_key(&patch.id);
    if !repeated {
        patch.blocks.iter().for_each(|changed| work.block(changed));
        patch
            .deleted
            .iter()
            .for_each(|deleted| work.delete(deleted));
        patch.fields.iter().for_each(|changed| work.field(changed));
        work.arrange();
        for name in &patch.settled {
            work.draft.conflicts.remove(name);
        }
        if work.draft != *draft {
            work.draft.revision = work.revision;
        }
        let revision = work.draft.revision;
        work.draft.applied.insert(patch.id, revision);
    }
    Outcome {
        draft: work.draft,
        repeated,
        results: work.results,
        conflicts: work.conflicts,
    }
}
