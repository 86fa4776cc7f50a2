//! Documents: a tree of blocks. HTML is made from it and never stored, so that a new look needs no
//! conversion of content.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::mem::Discriminant;

use serde::{Deserialize, Serialize};

use crate::{Block, BlockContent, BlockId, FactRef, FileId, Inline, LinkTarget, PictureId, UnitId};

/// The content of a page in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// In reading order.
    pub blocks: Vec<Block>,
}

/// The blocks with those that lie in them, each before what it holds.
fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for inner in block.content.inner() {
            walk(inner, visit);
        }
    }
}

fn walk_mut(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        for inner in block.content.inner_mut() {
            walk_mut(inner, visit);
        }
    }
}

impl Document {
    /// Calls `visit` with every block in reading order, those inside others too.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Block)) {
        walk(&self.blocks, visit);
    }

    /// The same, to change them in place.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Block)) {
        walk_mut(&mut self.blocks, visit);
    }

    /// Every fact the document shows, without doubles, sorted. A contact block shows all of its
    /// unit and is listed by [`Document::units`].
    #[must_use]
    pub fn facts(&self) -> Vec<FactRef> {
        let mut facts = Vec::new();
        self.walk(&mut |block| {
            for run in block.content.inlines() {
                Inline::walk(run, &mut |inline| {
                    if let Inline::Fact { fact } = inline {
                        facts.push(*fact);
                    }
                });
            }
        });
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// Every unit whose contact card stands in the document.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let mut units = Vec::new();
        self.walk(&mut |block| {
            if let BlockContent::Contact { unit } = block.content {
                units.push(unit);
            }
        });
        units
    }

    /// Every picture that stands in the document, without doubles.
    #[must_use]
    pub fn pictures(&self) -> Vec<PictureId> {
        let mut pictures = Vec::new();
        self.walk(&mut |block| {
            if let BlockContent::Picture { picture, .. } = block.content {
                pictures.push(picture);
            }
        });
        pictures.sort_unstable();
        pictures.dedup();
        pictures
    }

    /// Every file that can be taken home from the document, without doubles.
    #[must_use]
    pub fn files(&self) -> Vec<FileId> {
        let mut files = Vec::new();
        self.walk(&mut |block| {
            if let BlockContent::Download { file, .. } = block.content {
                files.push(file);
            }
        });
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Every place the document links to, in reading order.
    #[must_use]
    pub fn links(&self) -> Vec<&LinkTarget> {
        let mut links = Vec::new();
        self.walk(&mut |block| {
            match &block.content {
                BlockContent::Actions { actions } => {
                    links.extend(actions.iter().map(|action| &action.target));
                }
                BlockContent::Tasks { items } => {
                    links.extend(items.iter().map(|item| &item.target));
                }
                BlockContent::Service { target, .. } => links.push(target),
                _ => {}
            }
            for run in block.content.inlines() {
                Inline::walk(run, &mut |inline| {
                    if let Inline::Link { target, .. } = inline {
                        links.push(target);
                    }
                });
            }
        });
        links
    }

    /// Calls `change` with every link's target.
    pub fn change_links(&mut self, change: &mut dyn FnMut(&mut LinkTarget)) {
        fn inside(run: &mut [Inline], change: &mut dyn FnMut(&mut LinkTarget)) {
            for inline in run {
                if let Inline::Link { target, text } = inline {
                    change(target);
                    inside(text, change);
                }
            }
        }
        self.walk_mut(&mut |block| {
            match &mut block.content {
                BlockContent::Actions { actions } => {
                    actions
                        .iter_mut()
                        .for_each(|action| change(&mut action.target));
                }
                BlockContent::Tasks { items } => {
                    items.iter_mut().for_each(|item| change(&mut item.target));
                }
                BlockContent::Service { target, .. } => change(target),
                _ => {}
            }
            for run in block.content.inlines_mut() {
                inside(run, change);
            }
        });
    }

    /// The words of all headings, with the titles of boxes and accordions.
    #[must_use]
    pub fn headings(&self) -> Vec<String> {
        let mut headings = Vec::new();
        self.walk(&mut |block| match &block.content {
            BlockContent::Heading { text, .. } => headings.push(Inline::plain(text)),
            BlockContent::Box { title, .. } => headings.push(title.clone()),
            BlockContent::Accordion { folds } => {
                headings.extend(folds.iter().map(|fold| fold.title.clone()));
            }
            _ => {}
        });
        headings
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
        self.walk(&mut |block| {
            match &block.content {
                BlockContent::Heading { .. } => return,
                BlockContent::Facts { items } => {
                    for item in items {
                        push(&item.label);
                        push(&Inline::plain(&item.value));
                        push(&Inline::plain(&item.note));
                    }
                    return;
                }
                // What a button or task says is about the page that it leads to.
                BlockContent::Actions { .. } | BlockContent::Tasks { .. } => return,
                BlockContent::Service { label, note, .. } => {
                    push(label);
                    push(note);
                }
                BlockContent::Video { title, .. } | BlockContent::Download { title, .. } => {
                    push(title);
                }
                BlockContent::Picture { alt: Some(alt), .. } => push(alt),
                _ => {}
            }
            for run in block.content.inlines() {
                push(&Inline::plain(run));
            }
        });
        out
    }

    /// Gives this (newly read) document the block ids of `old` where a block is the same or stands
    /// in the place of one of the same type, so that what points at blocks keeps pointing.
    pub fn keep_ids(&mut self, old: &Self) {
        keep_ids(&mut self.blocks, &old.blocks);
    }
}

fn keep_ids(new: &mut [Block], old: &[Block]) {
    let mut same: HashMap<String, VecDeque<usize>> = HashMap::new();
    let mut free: HashMap<Discriminant<BlockContent>, BTreeSet<usize>> = HashMap::new();
    for (i, before) in old.iter().enumerate() {
        same.entry(words(&before.content)).or_default().push_back(i);
        free.entry(std::mem::discriminant(&before.content))
            .or_default()
            .insert(i);
    }
    let mut open = Vec::new();
    for (at, block) in new.iter_mut().enumerate() {
        let found = same.get_mut(&words(&block.content));
        let Some(i) = found.and_then(VecDeque::pop_front) else {
            open.push(at);
            continue;
        };
        if let Some(free) = free.get_mut(&std::mem::discriminant(&block.content)) {
            free.remove(&i);
        }
        *block = old[i].clone();
    }
    for at in open {
        let kind = std::mem::discriminant(&new[at].content);
        let Some(free) = free.get_mut(&kind) else {
            continue;
        };
        let Some(i) = nearest(free, at) else { continue };
        free.remove(&i);
        new[at].id = old[i].id;
        let before = old[i].content.inner();
        for (inner, before) in new[at].content.inner_mut().into_iter().zip(before) {
            keep_ids(inner, before);
        }
    }
}

/// The number that is nearest to one; of two that are as near, the lower.
fn nearest(numbers: &BTreeSet<usize>, at: usize) -> Option<usize> {
    let below = numbers.range(..=at).next_back();
    let above = numbers.range(at..).next();
    let near = below.into_iter().chain(above).copied();
    near.min_by_key(|number| number.abs_diff(at))
}

/// What a content says, whatever the ids of the blocks in it: equal for those that say the same, so
/// that a document of any length is compared in one go.
fn words(content: &BlockContent) -> String {
    let mut bare = Cow::Borrowed(content);
    if !content.inner().is_empty() {
        for inner in bare.to_mut().inner_mut() {
            walk_mut(inner, &mut |block| block.id = BlockId(uuid::Uuid::nil()));
        }
    }
    serde_json::to_string(&bare).expect("a block is text, numbers and lists")
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
    fn a_document_of_any_length_keeps_its_ids_in_no_time() {
        let long = |from: u128, step: u128| Document {
            blocks: (0..60_000)
                .map(|at| paragraph(from + at, &format!("{}", at / step)))
                .collect(),
        };
        let old = long(1, 1);
        let mut new = long(1_000_000, 2);
        let started = std::time::Instant::now();
        new.keep_ids(&old);
        // Looking through all for each takes minutes.
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
        let mut ids: Vec<_> = new.blocks.iter().map(|block| block.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 60_000, "each has an id of its own");
        assert!(ids.iter().all(|id| id.0.as_u128() <= 60_000));
    }

    #[test]
    fn blocks_in_blocks_are_walked_and_keep_their_ids() {
        let fact_box = |id, inner| Block {
            id: BlockId(Uuid::from_u128(id)),
            v: BlockContent::VERSION,
            content: BlockContent::Box {
                title: "Bra att veta".to_owned(),
                blocks: inner,
            },
        };
        let old = Document {
            blocks: vec![fact_box(1, vec![paragraph(2, "a"), paragraph(3, "b")])],
        };
        let mut same = Document {
            blocks: vec![fact_box(9, vec![paragraph(8, "a"), paragraph(7, "b")])],
        };
        same.keep_ids(&old);
        assert_eq!(same, old);
        let mut changed = Document {
            blocks: vec![fact_box(9, vec![paragraph(8, "b"), paragraph(7, "new")])],
        };
        changed.keep_ids(&old);
        let mut ids = Vec::new();
        changed.walk(&mut |block| ids.push(block.id.0.as_u128()));
        assert_eq!(ids, [1, 3, 2]);
        assert_eq!(changed.body_text(), "b\nnew\n");
        assert_eq!(changed.headings(), ["Bra att veta"]);
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
