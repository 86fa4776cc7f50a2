//! What is refused, and how it is said.

use crate::sample;

use torg_document::{
    Block, Cell, Column, Document, DocumentError, Figure, Heading, List, Note, Number, Picture,
    Row, Table, Text, Wrong, check, excel, word,
};

fn with(block: Block) -> Document {
    let mut document = sample::document();
    document.body = vec![block];
    document
}

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Block {
    Block::Table(Table {
        caption: "Tabell".to_owned(),
        columns,
        rows,
        ..Table::default()
    })
}

#[test]
fn too_many_rows_and_bytes_are_told_with_their_number() {
    let rows = vec![Row::of(vec!["a".into()]); 50_001];
    let error = check(&with(table(vec![Column::text("A")], rows))).expect_err("too many rows");
    assert!(
        matches!(
            error,
            DocumentError::TooManyRows {
                rows: 50_001,
                most: 50_000
            }
        ),
        "{error}"
    );
    assert_eq!(error.message().key, "document-error-rows");
    let document = with(Block::paragraph("å".repeat(5_000_001)));
    let error = word::write(&document).expect_err("too many bytes");
    assert!(
        matches!(error, DocumentError::TooManyBytes { .. }),
        "{error}"
    );
    assert!(excel::write(&document).is_err());
}

#[test]
fn what_is_built_wrongly_is_named_with_its_place() {
    let cases: Vec<(Block, Wrong)> = vec![
        (Block::heading(2, "Först"), Wrong::HeadingSkips),
        (Block::heading(7, "Djupt"), Wrong::HeadingLevel),
        (Block::heading(1, " "), Wrong::EmptyHeading),
        (
            Block::Heading(Heading {
                level: 1,
                text: "Ett".into(),
                anchor: "två ord".to_owned(),
            }),
            Wrong::Anchor,
        ),
        (
            Block::paragraph(Text::default().link("hit", "#ingenstans")),
            Wrong::DeadAnchor,
        ),
        (
            Block::paragraph(Text::default().link("kör", "javascript:alert(1)")),
            Wrong::LinkKind,
        ),
        (
            Block::paragraph(Text::default().link("", "https://stad.example/")),
            Wrong::EmptyLink,
        ),
        (
            Block::List(List {
                numbered: false,
                items: vec![],
            }),
            Wrong::ListShape,
        ),
        (table(vec![], vec![]), Wrong::Columns),
        (table(vec![Column::text("A"); 61], vec![]), Wrong::Columns),
        (
            table(vec![Column::text("A"), Column::text("")], vec![]),
            Wrong::Headers,
        ),
        (
            table(vec![Column::text("A")], vec![Row::of(vec![])]),
            Wrong::RowLength,
        ),
        (
            table(
                vec![Column::text("A")],
                vec![Row::of(vec![Number::of(1, 10).into()])],
            ),
            Wrong::Decimals,
        ),
        (
            Block::Note(Note {
                title: String::new(),
                body: vec![Block::PageBreak],
            }),
            Wrong::NotInNote,
        ),
        (
            Block::Figure(Figure {
                picture: Picture::png(sample::dots()),
                alt: String::new(),
                caption: Text::default(),
                width: 50,
            }),
            Wrong::NoAlt,
        ),
        (
            Block::Figure(Figure {
                picture: Picture::jpeg(sample::dots()),
                alt: "En bild.".to_owned(),
                caption: Text::default(),
                width: 50,
            }),
            Wrong::BrokenPicture,
        ),
    ];
    for (block, wanted) in cases {
        let told = format!("{block:?}");
        let Err(DocumentError::Built(faults)) = check(&with(block)) else {
            panic!("{told} is taken");
        };
        assert!(
            faults
                .iter()
                .any(|fault| fault.what == wanted && fault.place.starts_with("block 1")),
            "{told}: {faults:?}"
        );
    }
}

#[test]
fn a_thousand_faults_are_told_of_a_few_times() {
    let rows = vec![Row::of(vec![Cell::Empty]); 1_000];
    let error = check(&with(table(
        vec![Column::text("A"), Column::text("B")],
        rows,
    )));
    let Err(DocumentError::Built(faults)) = error else {
        panic!("it is taken");
    };
    assert_eq!(faults.len(), 50);
    assert_eq!(
        faults[1].to_string(),
        "block 1, row 2: the row has another number of cells than there are columns"
    );
}

#[test]
fn pale_colours_and_missing_titles_are_refused() {
    let mut document = sample::document();
    document.look.accent = torg_document::Colour(0x00, 0x77, 0xff);
    document.title = " ".to_owned();
    let Err(DocumentError::Built(faults)) = check(&document) else {
        panic!("it is taken");
    };
    let faults: Vec<Wrong> = faults.into_iter().map(|fault| fault.what).collect();
    assert_eq!(faults, [Wrong::NoTitle, Wrong::PaleAccent]);
}

#[test]
fn every_error_has_its_sentence_in_both_languages() {
    let errors = [
        DocumentError::TooManyRows { rows: 1, most: 1 },
        DocumentError::TooManyBytes { bytes: 1, most: 1 },
        DocumentError::Built(vec![]),
        DocumentError::NoProgram {
            program: String::new(),
            command: "cargo",
        },
        DocumentError::Busy,
        DocumentError::TooSlow { seconds: 1 },
        DocumentError::TooLarge,
        DocumentError::OtherVersion {
            program: String::new(),
            command: "cargo",
        },
        DocumentError::Failed(String::new()),
    ];
    for (locale, text) in [
        (
            "sv",
            include_str!("../../../../translations/sv/documents.ftl"),
        ),
        (
            "en",
            include_str!("../../../../translations/en/documents.ftl"),
        ),
    ] {
        for error in &errors {
            let message = error.message();
            let start = format!("{} =", message.key);
            assert!(
                text.lines().any(|line| line.starts_with(&start)),
                "{} in {locale}",
                message.key
            );
            for (name, _) in &message.args {
                assert!(text.contains(&format!("${name}")), "{name} in {locale}");
            }
        }
    }
}
