//! What differs between two versions, side by side.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use torg_kernel::{Block, BlockId, Document};

use crate::atoms::{Numbers, pieces};
use crate::lines::{Line, Piece, PieceKind, lines};

/// How a block differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It does not.
    Same,
    /// The old version does not have it.
    Added,
    /// The new version does not have it.
    Deleted,
    /// Both have it and it says something else, or is marked up otherwise.
    Changed,
}

/// A block in one of the versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The block.
    pub block: Block,
    /// What it says, with the words marked that the other side does not have.
    pub lines: Vec<Line>,
}

/// A row of the comparison. A block that was moved stands where the new version has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How it differs.
    pub change: Change,
    /// Whether it stands elsewhere among the blocks than before.
    pub moved: bool,
    /// As it was.
    pub old: Option<Side>,
    /// As it became.
    pub new: Option<Side>,
}

/// What one piece is to the comparison: its kind and text.
fn number(piece: &Piece, numbers: &mut Numbers) -> u32 {
    numbers.of(format!("{:?} {}", piece.kind, piece.text))
}

/// Marks in both what the other does not have, and makes neighbours that are alike into one.
fn mark(old: &mut [Line], new: &mut [Line]) {
    let mut numbers = Numbers::default();
    let mut row = |lines: &[Line]| -> Vec<u32> {
        let mut row = Vec::new();
        for line in lines {
            row.extend(line.pieces.iter().map(|piece| number(piece, &mut numbers)));
            // Between lines stands something that no line says.
            row.push(numbers.of(String::new()));
        }
        row
    };
    let (old_row, new_row) = (row(old), row(new));
    let mut only_old = HashSet::new();
    let mut only_new = HashSet::new();
    for op in capture_diff_slices(Algorithm::Myers, &old_row, &new_row) {
        if !matches!(op, DiffOp::Equal { .. }) {
            only_old.extend(op.old_range());
            only_new.extend(op.new_range());
        }
    }
    for (lines, marked) in [(old, only_old), (new, only_new)] {
        let mut at = 0;
        for line in lines {
            for piece in &mut line.pieces {
                piece.marked = marked.contains(&at);
                at += 1;
            }
            at += 1;
            join(&mut line.pieces);
        }
    }
}

/// Makes neighbours of the same kind and mark into one. A space between two marked words is marked
/// with them.
fn join(pieces: &mut Vec<Piece>) {
    for at in 1..pieces.len().saturating_sub(1) {
        let space = pieces[at].text.chars().all(char::is_whitespace);
        if space && pieces[at - 1].marked && pieces[at + 1].marked {
            pieces[at].marked = true;
        }
    }
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        match out.last_mut() {
            Some(last)
                if last.kind == PieceKind::Words
                    && piece.kind == PieceKind::Words
                    && last.marked == piece.marked =>
            {
                last.text.push_str(&piece.text);
            }
            _ => out.push(piece),
        }
    }
    *pieces = out;
}

fn side(block: &Block) -> Side {
    let mut lines = lines(block);
    lines.iter_mut().for_each(|line| join(&mut line.pieces));
    Side {
        block: block.clone(),
        lines,
    }
}

fn both(old: &Block, new: &Block, moved: bool) -> Difference {
    if old.content == new.content {
        return Difference {
            change: Change::Same,
            moved,
            old: Some(side(old)),
            new: Some(side(new)),
        };
    }
    let (mut old_lines, mut new_lines) = (lines(old), lines(new));
    mark(&mut old_lines, &mut new_lines);
    let side = |block: &Block, lines| {
        Some(Side {
            block: block.clone(),
            lines,
        })
    };
    Difference {
        change: Change::Changed,
        moved,
        old: side(old, old_lines),
        new: side(new, new_lines),
    }
}

/// For each block of the new version the block of the old one that it was: the one with its id, or
/// one that says exactly the same, since an import may have given new ids.
fn pairs(old: &Document, new: &Document) -> HashMap<usize, usize> {
    // The last first, so that `pop` gives the first: a broken document may have an id twice.
    let mut by_id: HashMap<BlockId, Vec<usize>> = HashMap::new();
    for (at, block) in old.blocks.iter().enumerate().rev() {
        by_id.entry(block.id).or_default().push(at);
    }
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    let mut taken = HashSet::new();
    for (at, block) in new.blocks.iter().enumerate() {
        if let Some(was) = by_id.get_mut(&block.id).and_then(Vec::pop) {
            taken.insert(was);
            pairs.insert(at, was);
        }
    }
    let key = |block: &Block| format!("{:?}", block.content);
    let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, block) in old.blocks.iter().enumerate().rev() {
        if !taken.contains(&at) {
            by_words.entry(key(block)).or_default().push(at);
        }
    }
    for (at, block) in new.blocks.iter().enumerate() {
        if !pairs.contains_key(&at)
            && let Some(was) = by_words.get_mut(&key(block)).and_then(Vec::pop)
        {
            pairs.insert(at, was);
        }
    }
    pairs
}

/// The two versions side by side, a row for each block in reading order.
#[must_use]
pub fn compare(old: &Document, new: &Document) -> Vec<Difference> {
    let pairs = pairs(old, new);
    let paired: HashSet<usize> = pairs.values().copied().collect();
    // Each block of the old version is its own place; a new one without a pair has a place after.
    let old_row: Vec<usize> = (0..old.blocks.len()).collect();
    let new_row: Vec<usize> = (0..new.blocks.len())
        .map(|at| pairs.get(&at).copied().unwrap_or(old.blocks.len() + at))
        .collect();
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old_row, &new_row) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            let pair = |at| {
                both(
                    &old.blocks[old_index + at],
                    &new.blocks[new_index + at],
                    false,
                )
            };
            rows.extend((0..len).map(pair));
            continue;
        }
        for at in op.old_range().filter(|at| !paired.contains(at)) {
            rows.push(Difference {
                change: Change::Deleted,
                moved: false,
                old: Some(side(&old.blocks[at])),
                new: None,
            });
        }
        for at in op.new_range() {
            rows.push(match pairs.get(&at) {
                Some(was) => both(&old.blocks[*was], &new.blocks[at], true),
                None => Difference {
                    change: Change::Added,
                    moved: false,
                    old: None,
                    new: Some(side(&new.blocks[at])),
                },
            });
        }
    }
    rows
}

/// Two short texts, such as titles, each with the words marked that the other does not have.
#[must_use]
pub fn compare_text(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let line = |text: &str| Line {
        role: crate::Role::Text,
        pieces: pieces(text)
            .into_iter()
            .map(|text| Piece {
                text: text.to_owned(),
                kind: PieceKind::Words,
                marked: false,
            })
            .collect(),
    };
    let (mut old, mut new) = ([line(old)], [line(new)]);
    mark(&mut old, &mut new);
    let [old] = old;
    let [new] = new;
    (old.pieces, new.pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use torg_kernel::{BlockContent, Inline};
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

    fn document(blocks: &[(u128, &str)]) -> Document {
        Document {
            blocks: blocks
                .iter()
                .map(|(id, text)| paragraph(*id, text))
                .collect(),
        }
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece.marked {
                true => format!("[{}]", piece.text),
                false => piece.text.clone(),
            })
            .collect()
    }

    #[test]
    fn words_are_marked_and_blocks_told_apart() {
        let old = document(&[(1, "Badet är öppet till 17."), (2, "b"), (3, "c"), (4, "d")]);
        let new = document(&[
            (4, "d"),
            (1, "Badet är öppet till klockan 18."),
            (9, "c"),
            (5, "e"),
        ]);
        let rows = compare(&old, &new);
        let told: Vec<(Change, bool)> = rows.iter().map(|row| (row.change, row.moved)).collect();
        assert_eq!(
            told,
            [
                (Change::Same, true),
                (Change::Changed, false),
                (Change::Deleted, false),
                (Change::Same, false),
                (Change::Added, false),
            ]
        );
        let side = |side: &Option<Side>| {
            shown(&side.as_ref().expect("both sides have it").lines[0].pieces)
        };
        assert_eq!(side(&rows[1].old), "Badet är öppet till [17].");
        assert_eq!(side(&rows[1].new), "Badet är öppet till [klockan 18].");
    }

    proptest! {
        /// Every block of both versions stands in the comparison once, and its sides say all.
        #[test]
        fn nothing_is_left_out(
            old in proptest::collection::vec((0..8_u128, "[a-d ]{0,8}"), 0..8),
            new in proptest::collection::vec((0..8_u128, "[a-d ]{0,8}"), 0..8),
        ) {
            let make = |blocks: &[(u128, String)]| Document {
                blocks: blocks.iter().map(|(id, text)| paragraph(*id, text)).collect(),
            };
            let (old, new) = (make(&old), make(&new));
            let rows = compare(&old, &new);
            let text = |lines: &[Line]| -> String {
                lines.iter().flat_map(|line| &line.pieces).map(|piece| piece.text.as_str()).collect()
            };
            let mut left: Vec<&Block> = Vec::new();
            let mut right: Vec<&Block> = Vec::new();
            for row in &rows {
                for (side, out) in [(&row.old, &mut left), (&row.new, &mut right)] {
                    if let Some(side) = side {
                        out.push(&side.block);
                        let BlockContent::Paragraph { text: run } = &side.block.content else {
                            unreachable!("only paragraphs are made here")
                        };
                        prop_assert_eq!(text(&side.lines), Inline::plain(run));
                    }
                }
                prop_assert!(row.old.is_some() || row.new.is_some());
            }
            prop_assert_eq!(right, new.blocks.iter().collect::<Vec<_>>());
            let order = |blocks: &mut Vec<&Block>| blocks.sort_by_key(|block| (block.id, format!("{block:?}")));
            let mut all: Vec<&Block> = old.blocks.iter().collect();
            order(&mut all);
            order(&mut left);
            prop_assert_eq!(left, all);
            prop_assert!(compare(&new, &new).iter().all(|row| row.change == Change::Same && !row.moved));
        }
    }
}
