//! The editor's schema is made from the types of blocks: `web/src/editor/schema.json` holds each type
//! with the fields it writes, and a full and a bare example that the editor's own tests take there and
//! back. `TORG_TEST_WRITE=1 cargo test -p torg-kernel --test editor_schema` writes it anew; without
//! that the test fails when the file is out of date.

use std::path::Path;

use serde_json::{Map, Value, json};
use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, FactField, FactItem, FactRef, FactSource, FileId,
    Fold, Inline, LinkTarget, ListItem, Mark, NoticeTone, PageId, PictureId, TaskItem, UnitId,
};
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// Every kind of text in a block, and every kind of link.
fn run() -> Vec<Inline> {
    let link = |target, words: &str| Inline::Link {
        target,
        text: vec![Inline::text(words)],
    };
    let space = || Inline::text(" ");
    vec![
        Inline::text("Ord "),
        Inline::Text {
            text: "starka".to_owned(),
            marks: vec![Mark::Strong],
        },
        space(),
        Inline::Text {
            text: "alla tre".to_owned(),
            marks: vec![Mark::Strong, Mark::Emphasis, Mark::Code],
        },
        Inline::Break,
        Inline::Link {
            target: LinkTarget::Page {
                id: PageId(id(1)),
                fragment: None,
            },
            text: vec![
                Inline::text("sidan "),
                Inline::Text {
                    text: "med".to_owned(),
                    marks: vec![Mark::Emphasis],
                },
                Inline::Fact {
                    fact: FactRef {
                        source: FactSource::Fact,
                        id: id(2),
                        field: FactField::Value,
                    },
                },
            ],
        },
        link(
            LinkTarget::Page {
                id: PageId(id(1)),
                fragment: Some("avgift".to_owned()),
            },
            "avgiften",
        ),
        link(LinkTarget::Unit { id: UnitId(id(3)) }, "badet"),
        link(
            LinkTarget::Path {
                path: "/sok".to_owned(),
            },
            "sök",
        ),
        link(
            LinkTarget::Url {
                url: "https://www.example.org/a?b=c".to_owned(),
            },
            "någon annanstans",
        ),
        link(
            LinkTarget::Missing {
                original: "gammal.html".to_owned(),
            },
            "borta",
        ),
        Inline::Fact {
            fact: FactRef {
                source: FactSource::Unit,
                id: id(3),
                field: FactField::Phone,
            },
        },
    ]
}

fn block(number: u128, content: BlockContent) -> Block {
    Block {
        id: BlockId(id(number)),
        v: BlockContent::VERSION,
        content,
    }
}

fn paragraph(number: u128) -> Block {
    block(number, BlockContent::Paragraph { text: run() })
}

fn target() -> LinkTarget {
    LinkTarget::Url {
        url: "https://www.example.org/".to_owned(),
    }
}

/// The same type with everything said, and with as little as it can do with. A new type of block
/// does not compile before it stands here.
fn bare(full: &BlockContent) -> BlockContent {
    let words = || vec![Inline::text("a")];
    match full {
        BlockContent::Paragraph { .. } => BlockContent::Paragraph { text: words() },
        BlockContent::Heading { .. } => BlockContent::Heading {
            level: 3,
            text: words(),
        },
        BlockContent::List { .. } => BlockContent::List {
            ordered: true,
            items: vec![ListItem {
                text: words(),
                items: Vec::new(),
                ordered: false,
            }],
        },
        BlockContent::Table { .. } => BlockContent::Table {
            caption: None,
            header: vec![Cell { text: words() }],
            rows: Vec::new(),
        },
        BlockContent::Quote { .. } => BlockContent::Quote {
            text: words(),
            source: None,
        },
        BlockContent::Notice { .. } => BlockContent::Notice {
            tone: NoticeTone::Info,
            text: words(),
        },
        BlockContent::Contact { unit } => BlockContent::Contact { unit: *unit },
        BlockContent::Facts { .. } => BlockContent::Facts {
            items: vec![FactItem {
                label: "Avgift".to_owned(),
                value: words(),
                note: Vec::new(),
            }],
        },
        BlockContent::Actions { actions } => BlockContent::Actions {
            actions: actions.clone(),
        },
        BlockContent::Tasks { .. } => BlockContent::Tasks {
            items: vec![TaskItem {
                icon: String::new(),
                label: "Sök".to_owned(),
                target: target(),
                note: String::new(),
            }],
        },
        BlockContent::Searches { .. } => BlockContent::Searches {
            queries: vec!["bad".to_owned()],
        },
        BlockContent::Picture { picture, .. } => BlockContent::Picture {
            picture: *picture,
            alt: None,
            caption: Vec::new(),
        },
        BlockContent::Box { .. } => BlockContent::Box {
            title: String::new(),
            blocks: Vec::new(),
        },
        BlockContent::Accordion { .. } => BlockContent::Accordion {
            folds: vec![Fold {
                title: "Mer".to_owned(),
                blocks: Vec::new(),
            }],
        },
        BlockContent::Video { url, title, .. } => BlockContent::Video {
            url: url.clone(),
            title: title.clone(),
            sign_language: false,
            text: Vec::new(),
        },
        BlockContent::Download { file, .. } => BlockContent::Download {
            file: *file,
            title: String::new(),
        },
        BlockContent::Service { label, .. } => BlockContent::Service {
            label: label.clone(),
            target: target(),
            note: String::new(),
        },
        BlockContent::Anchor { name } => BlockContent::Anchor { name: name.clone() },
    }
}

fn full() -> Vec<BlockContent> {
    let mut all = flat();
    all.extend(nested());
    all
}

fn flat() -> Vec<BlockContent> {
    let cell = || Cell { text: run() };
    vec![
        BlockContent::Paragraph { text: run() },
        BlockContent::Heading {
            level: 2,
            text: run(),
        },
        BlockContent::List {
            ordered: false,
            items: vec![ListItem {
                text: run(),
                items: vec![ListItem {
                    text: run(),
                    items: Vec::new(),
                    ordered: false,
                }],
                ordered: true,
            }],
        },
        BlockContent::Table {
            caption: Some("Priser".to_owned()),
            header: vec![cell(), Cell { text: Vec::new() }],
            rows: vec![vec![cell(), cell()], vec![cell(), cell()]],
        },
        BlockContent::Quote {
            text: run(),
            source: Some("Karin Boye".to_owned()),
        },
        BlockContent::Notice {
            tone: NoticeTone::Warning,
            text: run(),
        },
        BlockContent::Contact {
            unit: UnitId(id(3)),
        },
        BlockContent::Facts {
            items: vec![FactItem {
                label: "Avgift".to_owned(),
                value: run(),
                note: run(),
            }],
        },
        BlockContent::Actions {
            actions: vec![Action {
                label: "Ansök".to_owned(),
                target: target(),
            }],
        },
        BlockContent::Tasks {
            items: vec![TaskItem {
                icon: "search".to_owned(),
                label: "Sök".to_owned(),
                target: target(),
                note: "Dygnet runt".to_owned(),
            }],
        },
        BlockContent::Searches {
            queries: vec!["bad".to_owned(), "sim & bastu".to_owned()],
        },
    ]
}

fn nested() -> Vec<BlockContent> {
    vec![
        BlockContent::Picture {
            picture: PictureId(id(4)),
            alt: Some(String::new()),
            caption: run(),
        },
        BlockContent::Box {
            title: "Bra att veta".to_owned(),
            blocks: vec![paragraph(11), paragraph(12)],
        },
        BlockContent::Accordion {
            folds: vec![Fold {
                title: "Mer".to_owned(),
                blocks: vec![
                    paragraph(13),
                    block(
                        14,
                        BlockContent::Box {
                            title: "Inre".to_owned(),
                            blocks: vec![paragraph(15)],
                        },
                    ),
                ],
            }],
        },
        BlockContent::Video {
            url: "https://film.example/se?v=1".to_owned(),
            title: "Så sorterar du".to_owned(),
            sign_language: true,
            text: run(),
        },
        BlockContent::Download {
            file: FileId(id(5)),
            title: "Planen".to_owned(),
        },
        BlockContent::Service {
            label: "Ansök om lott".to_owned(),
            target: target(),
            note: "Du behöver logga in.".to_owned(),
        },
        BlockContent::Anchor {
            name: "avgift".to_owned(),
        },
    ]
}

fn made() -> String {
    let mut types = Map::new();
    let mut samples = Vec::new();
    for (at, content) in (100_u128..).step_by(2).zip(full()) {
        let pair = [block(at, content.clone()), block(at + 1, bare(&content))]
            .map(|block| serde_json::to_value(block).expect("blocks can be written"));
        let own = |block: &Value| {
            let fields = block.as_object().expect("blocks are objects");
            let fields = fields
                .keys()
                .filter(|key| !["id", "v", "type"].contains(&key.as_str()));
            fields.cloned().collect::<Vec<_>>()
        };
        let always = own(&pair[1]);
        let fields: Map<String, Value> = own(&pair[0])
            .into_iter()
            .map(|name| (name.clone(), json!({ "always": always.contains(&name) })))
            .collect();
        let kind = pair[0]["type"].as_str().expect("a type is a word");
        assert!(
            types
                .insert(kind.to_owned(), Value::Object(fields))
                .is_none(),
            "two examples of {kind}"
        );
        samples.extend(pair);
    }
    let whole = json!({ "version": BlockContent::VERSION, "types": types, "samples": samples });
    format!("{whole:#}\n")
}

#[test]
fn the_editor_has_the_schema_of_these_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/editor/schema.json");
    let made = made();
    if std::env::var_os("TORG_TEST_WRITE").is_some() {
        std::fs::write(&file, &made).expect("the folder of the editor can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == made,
        "web/src/editor/schema.json is out of date: TORG_TEST_WRITE=1 cargo test -p torg-kernel --test editor_schema"
    );
}

#[test]
fn every_example_can_be_read_again() {
    let whole: Value = serde_json::from_str(&made()).expect("just made");
    for sample in whole["samples"].as_array().expect("a list") {
        let block: Block = serde_json::from_value(sample.clone()).expect("it was written from one");
        assert_eq!(
            &serde_json::to_value(&block).expect("blocks can be written"),
            sample
        );
    }
}
