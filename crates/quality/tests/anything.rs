//! Whatever stands in a page, the rules answer and never panic.

use proptest::prelude::*;
use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, Document, FileId, Fold, Inline, LinkTarget,
    ListItem, Locale, Mark, NoticeTone, PageId, PictureId,
};
use torg_quality::{Around, PictureFacts, Settings, Text, check, plainer};
use uuid::Uuid;

/// Words of a page, and what nobody would write.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zåäöA-ZÅÄÖ .,:!?–-]{0,60}",
        2 => any::<String>(),
        1 => Just("i syfte att kl. 8.30 T.EX. KLICKA HÄR å\u{30a}\u{ad}ß".to_owned()),
        1 => "[.:…!?)” ]{0,20}",
    ]
}

fn target() -> impl Strategy<Value = LinkTarget> {
    prop_oneof![
        any::<u128>().prop_map(|id| LinkTarget::Page {
            id: PageId(Uuid::from_u128(id)),
            fragment: None
        }),
        words().prop_map(|path| LinkTarget::Path { path }),
        words().prop_map(|url| LinkTarget::Url { url }),
        words().prop_map(|original| LinkTarget::Missing { original }),
    ]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let text = (words(), any::<bool>()).prop_map(|(text, strong)| Inline::Text {
        text,
        marks: if strong {
            vec![Mark::Strong]
        } else {
            Vec::new()
        },
    });
    let link = (words(), target()).prop_map(|(text, target)| Inline::Link {
        target,
        text: vec![Inline::text(text)],
    });
    prop::collection::vec(prop_oneof![text, link, Just(Inline::Break)], 0..4)
}

fn leaf() -> impl Strategy<Value = BlockContent> {
    let cell = || inlines().prop_map(|text| Cell { text });
    let row = move || prop::collection::vec(cell(), 0..4);
    prop_oneof![
        inlines().prop_map(|text| BlockContent::Paragraph { text }),
        (any::<u8>(), inlines()).prop_map(|(level, text)| BlockContent::Heading { level, text }),
        inlines().prop_map(|text| BlockContent::Notice {
            tone: NoticeTone::Info,
            text
        }),
        (inlines(), inlines()).prop_map(|(text, below)| BlockContent::List {
            ordered: false,
            items: vec![ListItem {
                text,
                items: vec![ListItem {
                    text: below,
                    items: Vec::new(),
                    ordered: true
                }],
                ordered: false,
            }],
        }),
        (
            prop::option::of(words()),
            row(),
            prop::collection::vec(row(), 0..3)
        )
            .prop_map(|(caption, header, rows)| BlockContent::Table {
                caption,
                header,
                rows
            }),
        (any::<u128>(), prop::option::of(words()), inlines()).prop_map(|(id, alt, caption)| {
            BlockContent::Picture {
                picture: PictureId(Uuid::from_u128(id)),
                alt,
                caption,
            }
        }),
        (words(), words(), inlines()).prop_map(|(url, title, text)| BlockContent::Video {
            url,
            title,
            sign_language: false,
            text
        }),
        (words(), target()).prop_map(|(label, target)| BlockContent::Actions {
            actions: vec![Action { label, target }]
        }),
        (any::<u128>(), words()).prop_map(|(id, title)| BlockContent::Download {
            file: FileId(Uuid::from_u128(id)),
            title
        }),
        words().prop_map(|name| BlockContent::Anchor { name }),
    ]
}

fn block(content: BlockContent) -> Block {
    Block {
        id: BlockId(Uuid::nil()),
        v: 1,
        content,
    }
}

fn document() -> impl Strategy<Value = Document> {
    let inside = || prop::collection::vec(leaf().prop_map(block), 0..4);
    let content = prop_oneof![
        5 => leaf(),
        1 => (words(), inside()).prop_map(|(title, blocks)| BlockContent::Box { title, blocks }),
        1 => (words(), inside())
            .prop_map(|(title, blocks)| BlockContent::Accordion { folds: vec![Fold { title, blocks }] }),
    ];
    prop::collection::vec(content.prop_map(block), 0..12).prop_map(|blocks| Document { blocks })
}

proptest! {
    #[test]
    fn the_rules_answer_whatever_stands_there(
        document in document(),
        title in words(),
        description in words(),
        locale in prop::sample::select(vec!["sv", "en", "ar"]),
        known in any::<bool>(),
    ) {
        let text = Text {
            locale: locale.parse::<Locale>().expect("a language"),
            title: &title,
            description: &description,
            document: &document,
            picture: Some(PictureId(Uuid::nil())),
        };
        let around = Around {
            leads_nowhere: &|_| known,
            dead: &|_| known.then(String::new),
            picture: &|_| known.then(|| PictureFacts { bytes: u64::MAX, ..PictureFacts::default() }),
            ..Around::nothing()
        };
        let settings = Settings::default();
        let report = check(&text, &around, &settings);
        // The same text gets the same answer, and the heaviest come first.
        prop_assert_eq!(&report, &check(&text, &around, &settings));
        prop_assert!(report.findings.is_sorted_by_key(|finding| finding.weight));
        let counted: u32 = report.counts.values().sum();
        prop_assert!(counted as usize >= report.findings.len());
        for finding in &report.findings {
            prop_assert!(finding.excerpt.chars().count() <= 241);
        }
    }

    #[test]
    fn every_heavy_word_told_stands_in_the_text(text in words()) {
        for (word, _) in plainer(Locale::SV, &text) {
            let first = word.split(' ').next().unwrap_or_default();
            prop_assert!(text.contains(first));
        }
    }
}
