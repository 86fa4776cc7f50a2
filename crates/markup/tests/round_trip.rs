//! A document written as Markdown and read again is the same document. The form for editing a
//! page stands on this.
//!
//! The generator makes documents in stored form: white space squeezed, marks sorted, equal
//! neighbours joined, no breaks at the ends of a run, links neither nested, empty nor with spaces
//! at their ends, list items and labels not empty, no empty directives.

use proptest::prelude::*;
use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, Document, FactField, FactId, FactItem, FactRef,
    FactSource, FileId, Fold, Inline, LinkTarget, ListItem, Mark, NoticeTone, PageId, PictureId,
    SeededIds, TaskItem, Timestamp, UnitId,
};
use torg_markup::{
    FrontMatter, Goal, NameLookup, NoNames, NoResolver, Resolver, SourceFile, body_to_markdown,
    parse, parse_markdown_body, resolve, to_markdown,
};

/// Names some things and not others, so that both ways of writing them are tried.
struct Names;

fn named(id: uuid::Uuid) -> bool {
    id.as_u128().is_multiple_of(2)
}

impl NameLookup for Names {
    fn page(&self, id: PageId) -> Option<String> {
        named(id.0).then(|| format!("/sida/{}", id.0.as_u128()))
    }
    fn unit(&self, id: UnitId) -> Option<String> {
        named(id.0).then(|| format!("enhet_{}-å", id.0.as_u128()))
    }
    fn fact(&self, id: FactId) -> Option<String> {
        named(id.0).then(|| format!("fakta.{}", id.0.as_u128()))
    }
    fn picture(&self, id: PictureId) -> Option<String> {
        named(id.0).then(|| format!("/pictures/{}.jpg", id.0.as_u128()))
    }
    fn file(&self, id: FileId) -> Option<String> {
        named(id.0).then(|| format!("/files/{}.pdf", id.0.as_u128()))
    }
}

/// The number in `/pictures/4.jpg`.
fn media(goal: Goal<'_>, before: &str, after: &str) -> Option<uuid::Uuid> {
    let Goal::Address(address) = goal else {
        return None;
    };
    let number = address.strip_prefix(before)?.strip_suffix(after)?;
    Some(uuid::Uuid::from_u128(number.parse().ok()?))
}

impl Resolver for Names {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        let Goal::Address(address) = goal else {
            return None;
        };
        let id = address.strip_prefix("/sida/")?.parse().ok()?;
        Some(LinkTarget::Page {
            id: PageId(uuid::Uuid::from_u128(id)),
            fragment: None,
        })
    }
    fn unit(&self, key: &str) -> Option<UnitId> {
        let id = key.strip_prefix("enhet_")?.strip_suffix("-å")?;
        Some(UnitId(uuid::Uuid::from_u128(id.parse().ok()?)))
    }
    fn fact(&self, key: &str) -> Option<FactId> {
        let id = key.strip_prefix("fakta.")?;
        Some(FactId(uuid::Uuid::from_u128(id.parse().ok()?)))
    }
    fn picture(&self, goal: Goal<'_>) -> Option<PictureId> {
        media(goal, "/pictures/", ".jpg").map(PictureId)
    }
    fn file(&self, goal: Goal<'_>) -> Option<FileId> {
        media(goal, "/files/", ".pdf").map(FileId)
    }
}

fn id() -> impl Strategy<Value = uuid::Uuid> {
    (0_u128..6).prop_map(uuid::Uuid::from_u128)
}

/// Words as they are stored, full of everything that means something in Markdown.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zåäöA-ZÅÄÖ]{1,6}",
        4 => "[ -~]{1,6}",
        1 => Just("{{unit:x:phone}}".to_owned()),
        1 => Just("{{contact:x}}".to_owned()),
        1 => Just(":::facts".to_owned()),
        1 => Just("Table: ".to_owned()),
        1 => Just("1. ".to_owned()),
        1 => Just("- ".to_owned()),
        1 => Just("---".to_owned()),
        1 => Just("&amp;".to_owned()),
        1 => Just("<b>".to_owned()),
        1 => Just("```".to_owned()),
        1 => Just("https://a.example/x".to_owned()),
        1 => Just("— ".to_owned()),
        1 => Just("[!NOTE]".to_owned()),
        1 => Just("a\u{a0}b".to_owned()),
        1 => "\\PC{1,4}",
    ];
    prop::collection::vec(piece, 1..5)
        .prop_map(|pieces| stored(&pieces.concat()))
        .prop_filter("something is left", |text| !text.is_empty())
}

/// White space as the readers store it: of each run, the first character.
fn stored(text: &str) -> String {
    let mut out = String::new();
    let mut spaced = true;
    for c in text.chars() {
        if matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}') {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            if !spaced {
                let hard = matches!(c, '\u{a0}' | '\u{202f}');
                out.push(if hard { c } else { ' ' });
            }
            spaced = true;
        } else {
            out.push(c);
            spaced = false;
        }
    }
    out.trim_end().to_owned()
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    prop_oneof![
        3 => Just(vec![]),
        1 => Just(vec![Mark::Strong]),
        1 => Just(vec![Mark::Emphasis]),
        1 => Just(vec![Mark::Code]),
        1 => Just(vec![Mark::Strong, Mark::Emphasis]),
        1 => Just(vec![Mark::Strong, Mark::Emphasis, Mark::Code]),
    ]
}

fn target() -> impl Strategy<Value = LinkTarget> {
    let fragment = prop::option::of("[a-z][a-z-]{0,5}");
    prop_oneof![
        (id(), fragment).prop_map(|(id, fragment)| LinkTarget::Page {
            id: PageId(id),
            fragment
        }),
        id().prop_map(|id| LinkTarget::Unit { id: UnitId(id) }),
        "/(sok|en/search|static|bo)[a-z?=/&;#_()*\\[\\]]{0,8}"
            .prop_map(|path| LinkTarget::Path { path }),
        "https://[a-z]{1,5}\\.example/[a-zåäö0-9_()*&;=?#|%~\\[\\]<>\\\\ ]{0,10}[a-z]"
            .prop_map(|url| LinkTarget::Url { url }),
        Just(LinkTarget::Url {
            url: "https://a.example/?a=1&copy;=2&amp;b".into()
        }),
        Just(LinkTarget::Url {
            url: "mailto:kontakt@a.example".into()
        }),
        Just(LinkTarget::Url {
            url: "tel:+46313900600".into()
        }),
        "[a-z./#?:]{1,12}".prop_map(|original| LinkTarget::Missing { original }),
        Just(LinkTarget::Missing {
            original: "javascript:x".into()
        }),
        Just(LinkTarget::Missing {
            original: "unit:okänd".into()
        }),
    ]
    .prop_filter(
        "fragments of pages are not written twice",
        |target| !matches!(target, LinkTarget::Path { path } if path.starts_with("/sida")),
    )
}

fn fact() -> impl Strategy<Value = Inline> {
    let field = prop::sample::select(vec![
        FactField::Name,
        FactField::Phone,
        FactField::Email,
        FactField::Address,
        FactField::Hours,
        FactField::Value,
    ]);
    let source = prop::sample::select(vec![FactSource::Unit, FactSource::Fact]);
    (source, id(), field).prop_map(|(source, id, field)| Inline::Fact {
        fact: FactRef { source, id, field },
    })
}

fn text() -> impl Strategy<Value = Inline> {
    (words(), marks(), 0..4_u8).prop_map(|(text, marks, spaces)| {
        let text = match spaces {
            0 => format!(" {text}"),
            1 => format!("{text} "),
            2 => format!(" {text} "),
            _ => text,
        };
        Inline::Text { text, marks }
    })
}

fn link() -> impl Strategy<Value = Inline> {
    let inner = prop_oneof![5 => text(), 1 => fact()];
    (target(), prop::collection::vec(inner, 1..3)).prop_map(|(target, text)| {
        let text = match &target {
            LinkTarget::Url { url } if text.len() == 1 => {
                vec![Inline::text(stored(url.trim_start_matches("mailto:")))]
            }
            _ => tidy(text),
        };
        Inline::Link { target, text }
    })
}

fn run() -> impl Strategy<Value = Vec<Inline>> {
    let piece = prop_oneof![
        6 => text(),
        2 => link(),
        1 => fact(),
        1 => Just(Inline::Break),
    ];
    prop::collection::vec(piece, 1..6)
        .prop_map(tidy)
        .prop_filter("something is left", |run| !run.is_empty())
}

/// Brings a run into stored form: the same rules as the readers', written a second time.
fn tidy(run: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in run {
        match inline {
            Inline::Text { text, marks } => {
                let at_start = matches!(out.last(), None | Some(Inline::Break));
                let spaced = at_start
                    || matches!(out.last(), Some(Inline::Text { text, .. }) if text.ends_with(char::is_whitespace));
                let text = if spaced {
                    text.trim_start().to_owned()
                } else {
                    text
                };
                if text.is_empty() {
                    continue;
                }
                if let Some(Inline::Text {
                    text: before,
                    marks: same,
                }) = out.last_mut()
                    && *same == marks
                {
                    before.push_str(&text);
                } else {
                    out.push(Inline::Text { text, marks });
                }
            }
            Inline::Break => {
                trim(&mut out);
                if !matches!(out.last(), None | Some(Inline::Break)) {
                    out.push(Inline::Break);
                }
            }
            Inline::Link { ref text, .. } if text.is_empty() => {}
            other => out.push(other),
        }
    }
    trim(&mut out);
    if out.last() == Some(&Inline::Break) {
        out.pop();
    }
    out
}

fn trim(out: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, .. }) = out.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            return;
        }
        out.pop();
    }
}

fn items() -> impl Strategy<Value = Vec<ListItem>> {
    let leaf = run().prop_map(|text| ListItem {
        text,
        items: vec![],
        ordered: false,
    });
    let item = leaf.prop_recursive(3, 12, 3, |inner| {
        (run(), prop::collection::vec(inner, 0..3), any::<bool>()).prop_map(
            |(text, items, ordered)| ListItem {
                text,
                ordered: ordered && !items.is_empty(),
                items,
            },
        )
    });
    prop::collection::vec(item, 1..12)
}

fn table() -> impl Strategy<Value = BlockContent> {
    (1_usize..4, 0_usize..3)
        .prop_flat_map(|(width, height)| {
            let cell = prop_oneof![4 => run(), 1 => Just(vec![])].prop_map(|text| Cell { text });
            let row = prop::collection::vec(cell, width);
            (
                prop::option::of(words()),
                row.clone(),
                prop::collection::vec(row, height),
            )
        })
        .prop_map(|(caption, header, rows)| BlockContent::Table {
            caption,
            header,
            rows,
        })
}

fn content() -> impl Strategy<Value = BlockContent> {
    let icon = "[a-z]{1,5}(-[a-z]{1,4})?";
    let note = prop_oneof![Just(String::new()), words()];
    let value = prop_oneof![Just(vec![]), run()];
    let task = (icon, words(), target(), note).prop_map(|(icon, label, target, note)| TaskItem {
        icon,
        label,
        target,
        note,
    });
    let fact = (words(), value.clone(), value).prop_map(|(label, value, note)| FactItem {
        label,
        value,
        note,
    });
    let action = (words(), target()).prop_map(|(label, target)| Action { label, target });
    let tone = prop::sample::select(vec![NoticeTone::Info, NoticeTone::Warning]);
    let one_line = || run().prop_map(without_breaks);
    let alt = prop_oneof![
        Just(None),
        Just(Some(String::new())),
        words().prop_map(Some)
    ];
    let caption = prop_oneof![Just(vec![]), one_line()];
    let video = prop_oneof![Just(vec![]), run()];
    prop_oneof![
        1 => (id(), alt, caption).prop_filter("a hyphen means a decoration", |(_, alt, _)| alt.as_deref() != Some("-"))
            .prop_map(|(id, alt, caption)| BlockContent::Picture { picture: PictureId(id), alt, caption }),
        1 => (words(), any::<bool>(), video).prop_map(|(title, sign_language, text)| BlockContent::Video {
            url: "https://film.example/se?v=1&t=2".to_owned(), title, sign_language, text }),
        1 => (id(), words()).prop_map(|(id, title)| BlockContent::Download { file: FileId(id), title }),
        1 => (words(), target(), prop_oneof![Just(String::new()), words()]).prop_map(|(label, target, note)| BlockContent::Service { label, target, note }),
        1 => "[a-z0-9-]{1,8}".prop_map(|name| BlockContent::Anchor { name }),
        4 => run().prop_map(|text| BlockContent::Paragraph { text }),
        2 => (2_u8..=4, run()).prop_map(|(level, text)| BlockContent::Heading { level, text }),
        2 => (any::<bool>(), items()).prop_map(|(ordered, items)| BlockContent::List { ordered, items }),
        2 => table(),
        1 => (run(), prop::option::of(words())).prop_map(|(text, source)| BlockContent::Quote { text, source }),
        1 => (tone, run()).prop_map(|(tone, text)| BlockContent::Notice { tone, text }),
        1 => id().prop_map(|id| BlockContent::Contact { unit: UnitId(id) }),
        1 => prop::collection::vec(fact, 1..4).prop_map(|items| BlockContent::Facts { items }),
        1 => prop::collection::vec(action, 1..4).prop_map(|actions| BlockContent::Actions { actions }),
        1 => prop::collection::vec(task, 1..4).prop_map(|items| BlockContent::Tasks { items }),
        1 => prop::collection::vec(words(), 1..4).prop_map(|queries| BlockContent::Searches { queries }),
    ]
}

fn blocks(contents: Vec<BlockContent>) -> Vec<Block> {
    document(contents).blocks
}

/// Blocks that hold others, two deep at most.
fn holding() -> impl Strategy<Value = BlockContent> {
    content().prop_recursive(2, 8, 3, |inner| {
        let below = |inner: BlockContent| match inner {
            BlockContent::Heading { text, .. } => BlockContent::Heading { level: 4, text },
            other => other,
        };
        let several =
            move || prop::collection::vec(inner.clone().prop_map(below), 0..4).prop_map(blocks);
        let fold = (words(), several()).prop_map(|(title, blocks)| Fold { title, blocks });
        prop_oneof![
            (words(), several()).prop_map(|(title, blocks)| BlockContent::Box { title, blocks }),
            prop::collection::vec(fold, 1..4).prop_map(|folds| BlockContent::Accordion { folds }),
        ]
    })
}

fn without_breaks(run: Vec<Inline>) -> Vec<Inline> {
    let mut run: Vec<Inline> = run
        .into_iter()
        .filter(|inline| !matches!(inline, Inline::Break))
        .collect();
    let mut joined: Vec<Inline> = Vec::new();
    for inline in run.drain(..) {
        match (joined.last_mut(), &inline) {
            (
                Some(Inline::Text { text, marks }),
                Inline::Text {
                    text: more,
                    marks: same,
                },
            ) if marks == same => text.push_str(more),
            _ => joined.push(inline),
        }
    }
    joined
}

fn document(contents: Vec<BlockContent>) -> Document {
    let blocks = contents
        .into_iter()
        .map(|content| Block {
            id: BlockId(uuid::Uuid::nil()),
            v: BlockContent::VERSION,
            content,
        })
        .collect();
    Document { blocks }
}

fn contents(mut document: Document) -> Vec<BlockContent> {
    document.walk_mut(&mut |block| block.id = BlockId(uuid::Uuid::nil()));
    document.blocks.into_iter().map(|b| b.content).collect()
}

fn check(
    before: Vec<BlockContent>,
    names: &dyn NameLookup,
    resolver: &dyn Resolver,
) -> Result<(), TestCaseError> {
    let document = document(before.clone());
    let written = body_to_markdown(&document, names);
    let (blocks, _) = parse_markdown_body(&written)
        .map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
    let ids = SeededIds::new(1);
    let (after, _) = resolve("", &blocks, resolver, &ids, Timestamp::default());
    prop_assert_eq!(contents(after), before, "written as:\n{}", written);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_block_survives(one in content()) {
        check(vec![one.clone()], &Names, &Names)?;
        check(vec![one], &NoNames, &NoResolver)?;
    }

    #[test]
    fn every_box_survives(one in holding()) {
        check(vec![one.clone()], &Names, &Names)?;
    }

    #[test]
    fn every_document_survives(all in prop::collection::vec(content(), 0..6)) {
        check(all, &Names, &Names)?;
    }

    #[test]
    fn whole_files_survive(title in words(), description in words(), all in prop::collection::vec(content(), 1..4)) {
        let front = FrontMatter {
            title: Some(torg_kernel::squeeze(&title)),
            description: Some(torg_kernel::squeeze(&description)),
            ..FrontMatter::default()
        };
        let bytes = to_markdown(&document(all.clone()), &front, &Names).into_bytes();
        let file = SourceFile { path: "a.md".into(), bytes };
        let page = parse(&file, &FrontMatter::default()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(Some(&page.title), front.title.as_ref());
        prop_assert_eq!(page.description.as_ref(), front.description.as_ref());
        let (after, _) = page.resolve(&Names, &SeededIds::new(1), Timestamp::default());
        prop_assert_eq!(contents(after), all);
    }
}
