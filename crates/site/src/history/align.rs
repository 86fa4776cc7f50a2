//! Which block of a translation belongs to which of its source.
//!
//! Nobody writes that down while translating, so it is read from what the two have in common: a block
//! with the same id, else the kinds of blocks in their order, the pictures, units and facts that they show,
//! and how long they are. Two texts are laid side by side so that this agrees best, as two versions of a
//! program are compared; the price is that a paragraph among others of its length may be off by one.

use torg_kernel::{Block, BlockContent, Document};
use uuid::Uuid;

/// What two blocks with the same id have in common: more than all else together.
const SAME_ID: u32 = 1_000;
/// The same kind.
const SAME_KIND: u32 = 20;
/// The same pictures, units or facts.
const SAME_THINGS: u32 = 40;
/// The same length.
const SAME_LENGTH: u32 = 10;

/// What is looked at of a block.
struct Shape {
    id: Uuid,
    kind: (std::mem::Discriminant<BlockContent>, u8),
    things: Vec<Uuid>,
    length: usize,
}

impl Shape {
    fn of(block: &Block) -> Self {
        let level = match &block.content {
            BlockContent::Heading { level, .. } => *level,
            _ => 0,
        };
        let document = Document {
            blocks: vec![block.clone()],
        };
        let mut things: Vec<Uuid> = Vec::new();
        things.extend(document.pictures().iter().map(|id| id.0));
        things.extend(document.units().iter().map(|id| id.0));
        things.extend(document.files().iter().map(|id| id.0));
        things.extend(document.facts().iter().map(|fact| fact.id));
        things.sort_unstable();
        things.dedup();
        let headings: usize = document.headings().iter().map(String::len).sum();
        Self {
            id: block.id.0,
            kind: (std::mem::discriminant(&block.content), level),
            things,
            length: headings + document.body_text().len(),
        }
    }

    /// How much two blocks have in common; nothing when they cannot be the same.
    fn likeness(&self, other: &Self) -> u32 {
        if self.id == other.id {
            return SAME_ID;
        }
        if self.kind != other.kind {
            return 0;
        }
        let things = !self.things.is_empty() && self.things == other.things;
        let (shorter, longer) = (
            self.length.min(other.length),
            self.length.max(other.length).max(1),
        );
        let length = u32::try_from(shorter * SAME_LENGTH as usize / longer).unwrap_or(0);
        SAME_KIND + u32::from(things) * SAME_THINGS + length
    }
}

/// The blocks of two texts beside each other, by their places; one side is `None` where the other has
/// something of its own. Takes a step for each pair of blocks: some milliseconds for the longest pages.
pub(super) fn aligned(left: &Document, right: &Document) -> Vec<(Option<usize>, Option<usize>)> {
    let left: Vec<Shape> = left.blocks.iter().map(Shape::of).collect();
    let right: Vec<Shape> = right.blocks.iter().map(Shape::of).collect();
    let width = right.len() + 1;
    // The most that what comes from each pair of places on can have in common.
    let mut best = vec![0_u32; (left.len() + 1) * width];
    for l in (0..left.len()).rev() {
        for r in (0..right.len()).rev() {
            let likeness = left[l].likeness(&right[r]);
            let together = match likeness {
                0 => 0,
                likeness => likeness + best[(l + 1) * width + r + 1],
            };
            let apart = best[(l + 1) * width + r].max(best[l * width + r + 1]);
            best[l * width + r] = together.max(apart);
        }
    }
    let (mut l, mut r) = (0, 0);
    let mut rows = Vec::with_capacity(left.len().max(right.len()));
    while l < left.len() || r < right.len() {
        if l == left.len() {
            rows.push((None, Some(r)));
            r += 1;
            continue;
        }
        if r == right.len() {
            rows.push((Some(l), None));
            l += 1;
            continue;
        }
        let here = best[l * width + r];
        let likeness = left[l].likeness(&right[r]);
        if likeness > 0 && here == likeness + best[(l + 1) * width + r + 1] {
            rows.push((Some(l), Some(r)));
            (l, r) = (l + 1, r + 1);
        } else if here == best[(l + 1) * width + r] {
            rows.push((Some(l), None));
            l += 1;
        } else {
            rows.push((None, Some(r)));
            r += 1;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{BlockId, Inline};

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::text(words)]
    }

    fn document(blocks: Vec<(u128, BlockContent)>) -> Document {
        let block = |(id, content)| Block {
            id: BlockId(Uuid::from_u128(id)),
            v: 1,
            content,
        };
        Document {
            blocks: blocks.into_iter().map(block).collect(),
        }
    }

    fn heading(words: &str) -> BlockContent {
        BlockContent::Heading {
            level: 2,
            text: text(words),
        }
    }

    fn paragraph(words: &str) -> BlockContent {
        BlockContent::Paragraph { text: text(words) }
    }

    #[test]
    fn a_block_more_in_one_text_moves_no_other() {
        let source = document(vec![
            (1, paragraph("Badet har öppet varje dag.")),
            (2, heading("Priser")),
            (
                3,
                paragraph("En längre text om vad det kostar för barn och vuxna att bada."),
            ),
            (4, heading("Hitta hit")),
        ]);
        let translation = document(vec![
            (11, paragraph("The pool is open every day.")),
            (12, paragraph("Bring a lock.")),
            (13, heading("Prices")),
            (
                14,
                paragraph("A longer text on what it costs for children and adults to swim."),
            ),
            (15, paragraph("Short.")),
            (16, heading("Find us")),
        ]);
        assert_eq!(
            aligned(&source, &translation),
            [
                (Some(0), Some(0)),
                (None, Some(1)),
                (Some(1), Some(2)),
                (Some(2), Some(3)),
                (None, Some(4)),
                (Some(3), Some(5)),
            ]
        );
        let back = aligned(&translation, &source);
        assert_eq!(back.iter().filter(|(_, right)| right.is_some()).count(), 4);
    }

    #[test]
    fn a_known_block_decides_and_nothing_is_left_out() {
        let source = document(vec![
            (1, paragraph("Ett")),
            (2, paragraph("Två")),
            (3, paragraph("Tre")),
        ]);
        let translation = document(vec![(9, paragraph("Zero")), (1, paragraph("One"))]);
        assert_eq!(
            aligned(&source, &translation),
            [
                (None, Some(0)),
                (Some(0), Some(1)),
                (Some(1), None),
                (Some(2), None)
            ]
        );
        let none = document(Vec::new());
        assert_eq!(aligned(&none, &none), []);
        assert_eq!(aligned(&none, &translation).len(), 2);
        // Kinds that have nothing in common stand apart.
        let other = document(vec![(7, heading("Rubrik"))]);
        assert_eq!(aligned(&other, &translation).len(), 3);
    }
}
