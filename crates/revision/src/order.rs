//! Two people's orders of the same blocks become one.

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use torg_kernel::BlockId;

/// The ids that stand in both lists in the same order: a longest such row.
fn standing(base: &[BlockId], mine: &[BlockId]) -> HashSet<BlockId> {
    capture_diff_slices(Algorithm::Myers, base, mine)
        .into_iter()
        .filter_map(|op| match op {
            DiffOp::Equal { old_index, len, .. } => Some(&base[old_index..old_index + len]),
            _ => None,
        })
        .flatten()
        .copied()
        .collect()
}

/// `theirs` with what `mine` moved or added against `base` put after the block that it follows in
/// `mine`. What `mine` left away is not taken away here: deleting is another matter. Each id stands
/// once in the answer, which holds all of `theirs` and all of `mine` that `base` does not have.
#[must_use]
pub fn merge_order(base: &[BlockId], mine: &[BlockId], theirs: &[BlockId]) -> Vec<BlockId> {
    let known: HashSet<BlockId> = base.iter().copied().collect();
    let still: HashSet<BlockId> = theirs.iter().copied().collect();
    let stays = standing(base, mine);
    let placed: HashSet<BlockId> = mine
        .iter()
        .copied()
        .filter(|id| !stays.contains(id) && (still.contains(id) || !known.contains(id)))
        .collect();
    // What is put after each block, and what is put first.
    let mut after: HashMap<Option<BlockId>, Vec<BlockId>> = HashMap::new();
    let mut last: Option<BlockId> = None;
    let mut seen = HashSet::new();
    for id in mine.iter().filter(|id| seen.insert(**id)) {
        if placed.contains(id) {
            after.entry(last).or_default().push(*id);
        } else if still.contains(id) {
            last = Some(*id);
        }
    }
    let mut merged = Vec::with_capacity(theirs.len() + placed.len());
    let mut once = HashSet::new();
    let mut put = |id: BlockId, merged: &mut Vec<BlockId>| {
        if once.insert(id) {
            merged.push(id);
        }
    };
    for id in after.remove(&None).unwrap_or_default() {
        put(id, &mut merged);
    }
    for id in theirs.iter().filter(|id| !placed.contains(id)) {
        put(*id, &mut merged);
        for moved in after.remove(&Some(*id)).unwrap_or_default() {
            put(moved, &mut merged);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn ids(numbers: &[u128]) -> Vec<BlockId> {
        numbers
            .iter()
            .map(|number| BlockId(Uuid::from_u128(*number)))
            .collect()
    }

    fn merged(base: &[u128], mine: &[u128], theirs: &[u128]) -> Vec<u128> {
        merge_order(&ids(base), &ids(mine), &ids(theirs))
            .iter()
            .map(|id| id.0.as_u128())
            .collect()
    }

    #[test]
    fn both_orders_are_heard() {
        // One adds, the other adds elsewhere.
        assert_eq!(
            merged(&[1, 2, 3], &[1, 9, 2, 3], &[1, 2, 3, 8]),
            [1, 9, 2, 3, 8]
        );
        // One moves the last first, the other took one away.
        assert_eq!(merged(&[1, 2, 3, 4], &[4, 1, 2, 3], &[1, 3, 4]), [4, 1, 3]);
        // Nothing of mine: theirs.
        assert_eq!(merged(&[1, 2, 3], &[1, 2, 3], &[3, 2, 1]), [3, 2, 1]);
        // Two new ones in a row keep their order.
        assert_eq!(merged(&[1], &[8, 9, 1], &[1]), [8, 9, 1]);
    }

    proptest! {
        #[test]
        fn each_stands_once_and_none_is_lost(
            base in proptest::sample::subsequence((0..9_u128).collect::<Vec<_>>(), 0..=9),
            mine in proptest::collection::vec(0..14_u128, 0..14),
            theirs in proptest::sample::subsequence((0..12_u128).collect::<Vec<_>>(), 0..=12).prop_shuffle(),
        ) {
            let out = merged(&base, &mine, &theirs);
            let mut sorted = out.clone();
            sorted.sort_unstable();
            let mut wanted: Vec<u128> = theirs.clone();
            wanted.extend(mine.iter().filter(|id| !base.contains(id)));
            wanted.sort_unstable();
            wanted.dedup();
            prop_assert_eq!(sorted, wanted);
        }
    }
}
