//! The rules of the draft one by one, and patches as they come over the wire.

use torg_kernel::{Block, BlockContent, BlockId, Document, Inline, RequestId};
use torg_revision::{
    ChangedBlock, DeletedBlock, Draft, Part, PartResult, Patch, Words, apply, patch_between,
};
use uuid::Uuid;

fn id(number: u128) -> BlockId {
    BlockId(Uuid::from_u128(number))
}

fn paragraph(number: u128, text: &str) -> Block {
    Block {
        id: id(number),
        v: BlockContent::VERSION,
        content: BlockContent::Paragraph {
            text: vec![Inline::text(text)],
        },
    }
}

fn draft() -> Draft {
    let blocks = vec![
        paragraph(1, "Badet är öppet varje dag."),
        paragraph(2, "Ta med lås."),
        paragraph(3, "Välkommen."),
    ];
    Draft::new(
        &Document { blocks },
        [("title".to_owned(), "Badet".to_owned())],
    )
}

fn patch(number: u128, client: &str) -> Patch {
    Patch::new(RequestId(Uuid::from_u128(1000 + number)), client)
}

fn changing(number: u128, client: &str, block: Block, from: i64, base: Option<Block>) -> Patch {
    let mut patch = patch(number, client);
    patch.blocks.push(ChangedBlock { block, from, base });
    patch
}

fn texts(draft: &Draft) -> Vec<String> {
    draft
        .document()
        .blocks
        .iter()
        .map(|block| Inline::plain(block.content.inlines()[0]))
        .collect()
}

#[test]
fn different_blocks_merge_and_the_same_block_becomes_a_conflict() {
    let first = apply(
        &draft(),
        &changing(1, "a", paragraph(1, "Badet är stängt."), 1, None),
    );
    assert_eq!(first.results[&Part::Block(id(1))], PartResult::Taken);
    assert_eq!(first.draft.revision, 2);
    let second = apply(
        &first.draft,
        &changing(2, "b", paragraph(2, "Ta med två lås."), 1, None),
    );
    assert_eq!(second.results[&Part::Block(id(2))], PartResult::Taken);
    let third = apply(
        &second.draft,
        &changing(3, "c", paragraph(1, "Badet är fullt."), 1, None),
    );
    assert_eq!(third.results[&Part::Block(id(1))], PartResult::Conflict);
    assert_eq!(
        texts(&third.draft)[..2],
        ["Badet är stängt.", "Ta med två lås."]
    );
    let conflict = &third.conflicts[0];
    assert_eq!(conflict.client, "c");
    assert_eq!(
        (&conflict.kept, &conflict.other),
        (
            &Words::Block(Box::new(paragraph(1, "Badet är stängt."))),
            &Words::Block(Box::new(paragraph(1, "Badet är fullt."))),
        )
    );
    // It stays until somebody ends it.
    let mut end = patch(4, "b");
    end.settled.push(conflict.name.clone());
    let ended = apply(&third.draft, &end);
    assert!(ended.draft.conflicts.is_empty());
    assert_eq!(ended.draft.revision, third.draft.revision + 1);
}

#[test]
fn changes_inside_a_text_that_are_apart_merge() {
    let base = draft().blocks[&id(1)].value.clone();
    let mine = changing(
        1,
        "a",
        paragraph(1, "Badet är öppet varje vardag."),
        1,
        Some(base.clone()),
    );
    let theirs = changing(
        2,
        "b",
        paragraph(1, "Det nya badet är öppet varje dag."),
        1,
        Some(base),
    );
    let both = apply(&apply(&draft(), &mine).draft, &theirs);
    assert_eq!(both.results[&Part::Block(id(1))], PartResult::Merged);
    assert_eq!(
        texts(&both.draft)[0],
        "Det nya badet är öppet varje vardag."
    );
}

#[test]
fn a_wrong_version_loses_nothing_when_the_base_is_told() {
    let changed = apply(
        &draft(),
        &changing(1, "a", paragraph(1, "Stängt."), 1, None),
    )
    .draft;
    let lying = changing(
        2,
        "b",
        paragraph(1, "Öppet."),
        changed.blocks[&id(1)].version,
        Some(paragraph(1, "Badet är öppet varje dag.")),
    );
    let outcome = apply(&changed, &lying);
    assert_eq!(outcome.results[&Part::Block(id(1))], PartResult::Conflict);
}

#[test]
fn a_deletion_loses_to_a_change_whichever_comes_first() {
    let mut delete = patch(1, "a");
    delete.deleted.push(DeletedBlock {
        id: id(2),
        from: 1,
        base: None,
    });
    let change = changing(
        2,
        "b",
        paragraph(2, "Ta med två lås."),
        1,
        Some(paragraph(2, "Ta med lås.")),
    );
    for (first, second) in [(&delete, &change), (&change, &delete)] {
        let draft = apply(&apply(&draft(), first).draft, second).draft;
        assert_eq!(
            texts(&draft)[1],
            "Ta med två lås.",
            "it also keeps its place"
        );
        assert!(draft.deleted.is_empty() && draft.conflicts.is_empty());
    }
    // What nobody changed goes.
    let gone = apply(&draft(), &delete);
    assert_eq!(texts(&gone.draft).len(), 2);
    assert_eq!(gone.changed(), [Part::Block(id(2))]);
    assert_eq!(gone.draft.since(1).deleted, [id(2)]);
}

#[test]
fn somebody_who_types_on_in_a_conflict_has_one_of_them() {
    let taken = apply(
        &draft(),
        &changing(1, "a", paragraph(1, "Stängt."), 1, None),
    )
    .draft;
    let base = paragraph(1, "Badet är öppet varje dag.");
    let once = apply(
        &taken,
        &changing(2, "b", paragraph(1, "Fullt."), 1, Some(base)),
    );
    let more = changing(
        3,
        "b",
        paragraph(1, "Fullt i dag."),
        0,
        Some(paragraph(1, "Fullt.")),
    );
    let twice = apply(&once.draft, &more).draft;
    let others: Vec<_> = twice
        .conflicts
        .values()
        .map(|conflict| &conflict.other)
        .collect();
    assert_eq!(
        others,
        [&Words::Block(Box::new(paragraph(1, "Fullt i dag.")))]
    );
}

#[test]
fn a_form_makes_a_patch_of_what_it_was_shown() {
    let shown = draft();
    let after = Document {
        blocks: vec![
            paragraph(3, "Välkommen."),
            paragraph(9, "Nytt."),
            paragraph(1, "Badet är öppet varje vardag."),
        ],
    };
    let form = patch_between(
        RequestId(Uuid::from_u128(7)),
        "form",
        &shown,
        &after,
        &[("title", "Bad")],
    );
    // Meanwhile somebody wrote elsewhere.
    let meanwhile = apply(
        &shown,
        &changing(1, "a", paragraph(4, "Också nytt."), 0, None),
    )
    .draft;
    let outcome = apply(&meanwhile, &form).draft;
    assert_eq!(
        texts(&outcome),
        [
            "Välkommen.",
            "Nytt.",
            "Badet är öppet varje vardag.",
            "Också nytt."
        ]
    );
    assert_eq!(outcome.field("title"), "Bad");
    let nothing = patch_between(
        RequestId(Uuid::from_u128(8)),
        "form",
        &shown,
        &shown.document(),
        &[],
    );
    assert!(nothing.is_empty());
    assert_eq!(apply(&shown, &nothing).draft.revision, 1);
}

#[test]
fn patches_and_drafts_are_json() {
    let text = r#"{"id": "00000000-0000-0000-0000-0000000003e9", "client": "a",
        "blocks": [{"block": {"id": "00000000-0000-0000-0000-000000000001", "v": 1, "type": "paragraph",
            "text": [{"type": "text", "text": "Hej"}]}, "from": 1}],
        "fields": [{"name": "title", "value": "Nytt bad", "from": 1}],
        "settled": ["x/block:y"], "more": true}"#;
    let patch: Patch = serde_json::from_str(text).expect("a patch");
    let outcome = apply(&draft(), &patch);
    assert_eq!(outcome.draft.field("title"), "Nytt bad");
    let json = serde_json::to_string(&outcome).expect("map keys are text");
    assert!(json.contains(r#""field:title":"taken""#), "{json}");
    let back: torg_revision::Outcome = serde_json::from_str(&json).expect("just written");
    assert_eq!(back, outcome);
}
