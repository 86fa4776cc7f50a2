//! Other words for a block, written as text, and how they come into the draft.

use torg_kernel::{Block, Document, Ids, Message, Problem, Result, Timestamp};
use torg_markup::{NoNames, NoResolver, body_to_markdown, parse_markdown_body};

/// A block as it is written in a form: what it points at stands there by id.
pub(super) fn written(block: &Block) -> String {
    let document = Document {
        blocks: vec![block.clone()],
    };
    body_to_markdown(&document, &NoNames).trim().to_owned()
}

/// The block that somebody wants in place of another.
///
/// # Errors
/// [`Problem::Invalid`] when the text is empty, unchanged, more than one block, or points at what
/// is not there.
pub(super) fn proposal(base: &Block, text: &str, ids: &dyn Ids, now: Timestamp) -> Result<Block> {
    let wrong = |key| Problem::field("text", Message::new(key));
    if text.trim().is_empty() {
        return Err(wrong("review-text-missing"));
    }
    if text.trim() == written(base) {
        return Err(wrong("review-suggestion-same"));
    }
    let (raw, _) =
        parse_markdown_body(text).map_err(|error| Problem::field("text", error.message()))?;
    let (mut document, notes) = torg_markup::resolve("", &raw, &NoResolver, ids, now);
    // What was in the block may stay in it; what is new has to be found.
    let before = Document {
        blocks: vec![base.clone()],
    };
    let (known, _) = torg_markup::resolve(
        "",
        &parse_markdown_body(&written(base))
            .map(|(raw, _)| raw)
            .unwrap_or_default(),
        &NoResolver,
        ids,
        now,
    );
    let links = |document: &Document| {
        let missing = |link: &&torg_kernel::LinkTarget| {
            matches!(link, torg_kernel::LinkTarget::Missing { .. })
        };
        document
            .links()
            .into_iter()
            .filter(missing)
            .cloned()
            .collect::<Vec<_>>()
    };
    let stood = links(&known);
    if links(&document).iter().any(|link| !stood.contains(link)) {
        return Err(wrong("review-suggestion-link"));
    }
    let note = notes.iter().find(|note| {
        matches!(
            note.kind,
            torg_markup::NoteKind::UnitUnknown { .. } | torg_markup::NoteKind::FactUnknown { .. }
        )
    });
    if let Some(note) = note {
        return Err(Problem::field("text", note.kind.message()));
    }
    document.keep_ids(&before);
    let mut blocks = document.blocks.into_iter();
    match (blocks.next(), blocks.next()) {
        (Some(mut block), None) => {
            block.id = base.id;
            Ok(block)
        }
        _ => Err(wrong("review-suggestion-one")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{BlockContent, BlockId, Inline, LinkTarget, PageId, SeededIds};
    use uuid::Uuid;

    fn base() -> Block {
        Block {
            id: BlockId(Uuid::from_u128(7)),
            v: BlockContent::VERSION,
            content: BlockContent::Paragraph {
                text: vec![
                    Inline::text("Läs om "),
                    Inline::Link {
                        target: LinkTarget::Page {
                            id: PageId(Uuid::from_u128(9)),
                            fragment: None,
                        },
                        text: vec![Inline::text("badet")],
                    },
                    Inline::text("."),
                ],
            },
        }
    }

    #[test]
    fn a_suggestion_keeps_the_block_and_what_it_points_at() {
        let ids = SeededIds::new(1);
        let now = Timestamp::default();
        let text = written(&base()).replace("Läs om", "Läs mer om");
        let block = proposal(&base(), &text, &ids, now).expect("good");
        assert_eq!(block.id, base().id);
        let BlockContent::Paragraph { text } = &block.content else {
            panic!("still a paragraph: {block:?}")
        };
        assert_eq!(Inline::plain(text), "Läs mer om badet.");
        let document = Document {
            blocks: vec![block.clone()],
        };
        assert_eq!(
            document.links(),
            [&LinkTarget::Page {
                id: PageId(Uuid::from_u128(9)),
                fragment: None
            }]
        );
        for wrong in ["", &written(&base()), "ett\n\ntvå", "[här](/inte-har.md)"] {
            assert!(proposal(&base(), wrong, &ids, now).is_err(), "{wrong}");
        }
    }
}
