//! Two changes of the same text become one when they are apart.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use torg_kernel::{Block, BlockContent, BlockId, Inline};

use crate::atoms::{Atom, Numbers, What, atoms, joined};

/// A stretch of the base that became another stretch.
struct Hunk {
    base: Range<usize>,
    new: Range<usize>,
}

fn hunks(base: &[u32], new: &[u32]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, base, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (base, new) = (op.old_range(), op.new_range());
        match out.last_mut() {
            Some(last) if last.base.end == base.start && last.new.end == new.start => {
                last.base.end = base.end;
                last.new.end = new.end;
            }
            _ => out.push(Hunk { base, new }),
        }
    }
    out
}

/// Three rows of atoms become one; none when the two changes meet. There has to be an unchanged
/// word between two changes: two people who each changed one side of the same comma meant one
/// sentence each.
fn merge_atoms(base: &[Atom], mine: &[Atom], theirs: &[Atom]) -> Option<Vec<Atom>> {
    let mut numbers = Numbers::default();
    let mut row =
        |atoms: &[Atom]| -> Vec<u32> { atoms.iter().map(|atom| numbers.of_atom(atom)).collect() };
    let (base_row, mine_row, theirs_row) = (row(base), row(mine), row(theirs));
    let ours = hunks(&base_row, &mine_row);
    let others = hunks(&base_row, &theirs_row);
    // Each change with whose it is, in the order of the base.
    let mut all: Vec<(bool, &Hunk)> = ours
        .iter()
        .map(|hunk| (true, hunk))
        .chain(others.iter().map(|hunk| (false, hunk)))
        .collect();
    all.sort_by_key(|(_, hunk)| (hunk.base.start, hunk.base.end));
    let text = |is_mine: bool, hunk: &Hunk| {
        let from = if is_mine { mine } else { theirs };
        from[hunk.new.clone()].to_vec()
    };
    let mut out = Vec::new();
    let mut at = 0;
    let mut before: Option<(bool, &Hunk)> = None;
    for (is_mine, hunk) in all {
        if let Some((was_mine, last)) = before
            && was_mine != is_mine
        {
            if last.base == hunk.base && text(was_mine, last) == text(is_mine, hunk) {
                continue;
            }
            let apart = last.base.end < hunk.base.start
                && base[last.base.end..hunk.base.start]
                    .iter()
                    .any(Atom::is_word);
            if !apart {
                return None;
            }
        }
        out.extend_from_slice(&base[at..hunk.base.start]);
        out.extend(text(is_mine, hunk));
        at = hunk.base.end;
        before = Some((is_mine, hunk));
    }
    out.extend_from_slice(&base[at..]);
    Some(out)
}

/// Two changes of a text become one; none when they meet. `theirs` is what stands.
#[must_use]
pub fn merge_text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let row = |text: &str| atoms(&[Inline::text(text)]);
    let merged = merge_atoms(&row(base), &row(mine), &row(theirs))?;
    Some(
        merged
            .iter()
            .map(|atom| match &atom.what {
                What::Piece(piece) => piece.as_str(),
                What::Fact(_) | What::Break => "",
            })
            .collect(),
    )
}

/// The content without its running text and inner blocks: what has to be the same in all three.
fn frame(content: &BlockContent) -> BlockContent {
    let mut frame = content.clone();
    for run in frame.inlines_mut() {
        run.clear();
    }
    for inner in frame.inner_mut() {
        inner.clear();
    }
    frame
}

/// One of the two when the other changed nothing, or both said the same.
fn one_sided<T: PartialEq + Clone>(base: &T, mine: &T, theirs: &T) -> Option<T> {
    if base == mine || mine == theirs {
        Some(theirs.clone())
    } else if base == theirs {
        Some(mine.clone())
    } else {
        None
    }
}

/// Two changes of a block become one, also in rows of lists, cells of tables and blocks of a box;
/// none when they meet, or when one of them added or took away a row, a cell or a block inside.
/// `theirs` is what stands.
#[must_use]
pub fn merge_words(base: &Block, mine: &Block, theirs: &Block) -> Option<Block> {
    if let Some(block) = one_sided(base, mine, theirs) {
        return Some(block);
    }
    let bare = frame(&base.content);
    let alike = |other: &Block| other.v == base.v && frame(&other.content) == bare;
    if !alike(mine) || !alike(theirs) {
        return None;
    }
    let mut merged = theirs.clone();
    let base_runs = base.content.inlines();
    let mine_runs = mine.content.inlines();
    for (at, run) in merged.content.inlines_mut().into_iter().enumerate() {
        let (before, ours) = (base_runs.get(at)?.to_vec(), mine_runs.get(at)?.to_vec());
        *run = match one_sided(&before, &ours, run) {
            Some(run) => run,
            None => joined(&merge_atoms(&atoms(&before), &atoms(&ours), &atoms(run))?),
        };
    }
    let (base_inner, mine_inner) = (base.content.inner(), mine.content.inner());
    for (at, blocks) in merged.content.inner_mut().into_iter().enumerate() {
        let (before, ours) = (*base_inner.get(at)?, *mine_inner.get(at)?);
        let ids = |blocks: &[Block]| {
            blocks
                .iter()
                .map(|block| block.id)
                .collect::<Vec<BlockId>>()
        };
        if ids(before) != ids(ours) || ids(before) != ids(blocks) {
            *blocks = one_sided(&before.to_vec(), &ours.to_vec(), blocks)?;
            continue;
        }
        for ((block, before), ours) in blocks.iter_mut().zip(before).zip(ours) {
            *block = merge_words(before, ours, block)?;
        }
    }
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{LinkTarget, ListItem, Mark};
    use uuid::Uuid;

    fn block(content: BlockContent) -> Block {
        Block {
            id: BlockId(Uuid::from_u128(1)),
            v: BlockContent::VERSION,
            content,
        }
    }

    fn paragraph(text: &str) -> Block {
        block(BlockContent::Paragraph {
            text: vec![Inline::text(text)],
        })
    }

    #[test]
    fn changes_that_are_apart_become_one_text() {
        assert_eq!(
            merge_text(
                "Badet är öppet varje dag.",
                "Badet är öppet varje vardag.",
                "Det nya badet är öppet varje dag."
            )
            .as_deref(),
            Some("Det nya badet är öppet varje vardag.")
        );
        // The same change by both is one.
        assert_eq!(
            merge_text("a b c", "a x c", "a x c").as_deref(),
            Some("a x c")
        );
    }

    #[test]
    fn changes_that_meet_do_not() {
        for (base, mine, theirs) in [
            ("Öppet till 17", "Öppet till 18", "Öppet till 19"),
            ("Öppet", "Öppet nu", "Öppet i dag"),
            // Neighbours: one sentence, two meanings.
            ("Öppet, kanske", "Stängt, kanske", "Öppet, säkert"),
            ("a b", "", "a b c"),
            ("", "mitt", "ditt"),
        ] {
            assert_eq!(merge_text(base, mine, theirs), None, "{base}");
        }
    }

    #[test]
    fn marks_and_links_stay() {
        let link = |text: &str| Inline::Link {
            target: LinkTarget::Path {
                path: "/sok".to_owned(),
            },
            text: vec![Inline::text(text)],
        };
        let base = block(BlockContent::Paragraph {
            text: vec![
                Inline::text("Läs mer om badet "),
                link("här på sidan"),
                Inline::text("."),
            ],
        });
        let mine = block(BlockContent::Paragraph {
            text: vec![
                Inline::Text {
                    text: "Läs".to_owned(),
                    marks: vec![Mark::Strong],
                },
                Inline::text(" mer om badet "),
                link("här på sidan"),
                Inline::text("."),
            ],
        });
        let theirs = block(BlockContent::Paragraph {
            text: vec![
                Inline::text("Läs mer om badet "),
                link("här på nya sidan"),
                Inline::text("."),
            ],
        });
        let merged = merge_words(&base, &mine, &theirs).expect("they are apart");
        assert_eq!(
            merged.content,
            BlockContent::Paragraph {
                text: vec![
                    Inline::Text {
                        text: "Läs".to_owned(),
                        marks: vec![Mark::Strong],
                    },
                    Inline::text(" mer om badet "),
                    link("här på nya sidan"),
                    Inline::text("."),
                ],
            }
        );
    }

    #[test]
    fn rows_and_inner_blocks_merge_each_by_itself() {
        let list = |words: &[&str]| {
            block(BlockContent::List {
                ordered: false,
                items: words
                    .iter()
                    .map(|word| ListItem {
                        text: vec![Inline::text(*word)],
                        items: Vec::new(),
                        ordered: false,
                    })
                    .collect(),
            })
        };
        assert_eq!(
            merge_words(
                &list(&["ett", "två"]),
                &list(&["ett!", "två"]),
                &list(&["ett", "tre"])
            ),
            Some(list(&["ett!", "tre"]))
        );
        assert_eq!(
            merge_words(&list(&["ett"]), &list(&["ett", "två"]), &list(&["nytt"])),
            None
        );
        let fact_box = |inner: Vec<Block>| {
            block(BlockContent::Box {
                title: "Bra att veta".to_owned(),
                blocks: inner,
            })
        };
        assert_eq!(
            merge_words(
                &fact_box(vec![paragraph("a b c d")]),
                &fact_box(vec![paragraph("a b c e")]),
                &fact_box(vec![paragraph("f b c d")])
            ),
            Some(fact_box(vec![paragraph("f b c e")]))
        );
    }
}
