//! What comes out of the program, as other programs read it; and what it does within its limits.

#[path = "../../documents/tests/documents/sample.rs"]
mod sample;

use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use torg_document::{
    Block, Column, Document, DocumentError, Limits, Number, Order, Picture, Printer, Row, Style,
    Table, Text, VERSION,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_torg-documents");

fn printer(limits: Limits) -> Printer {
    Printer::new(PROGRAM, limits)
}

async fn printed(document: &Document) -> bytes::Bytes {
    let limits = Limits {
        // Unoptimised, and others use the machine too.
        time: Duration::from_secs(240),
        ..Limits::default()
    };
    printer(limits).pdf(document).await.expect("a PDF")
}

fn list(value: &Value) -> Vec<&str> {
    let values = value.as_array().expect("a list");
    values.iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn a_pdf_says_all_that_the_document_says() {
    let document = sample::document();
    let bytes = printed(&document).await;
    // Each time by a printer that has kept nothing.
    assert_eq!(bytes, printed(&document).await, "the same bytes");
    let facts = sample::judged("pdf", &bytes);
    assert_eq!(facts["marked"], true);
    assert_eq!(facts["language"], "sv");
    assert_eq!(facts["shows_title"], true);
    let metadata = &facts["metadata"];
    assert_eq!(metadata["dc:title"], "Årlig analys 2024");
    assert_eq!(metadata["pdfuaid:part"], "1");
    assert_eq!(metadata["pdfaid:part"], "2");
    assert_eq!(metadata["pdfaid:conformance"], "A");
    assert_eq!(
        metadata["dc:creator"],
        json!(["Förvaltningen för demokrati och medborgarservice"])
    );
    let made = metadata["xmp:CreateDate"].as_str().expect("a date");
    assert!(made.starts_with("2024-03-01"), "{made}");
    let outline: Vec<(u64, &str)> = facts["outline"]
        .as_array()
        .expect("bookmarks")
        .iter()
        .map(|one| {
            (
                one[0].as_u64().expect("level"),
                one[1].as_str().expect("text"),
            )
        })
        .collect();
    for wanted in [
        (1, "Befintliga bastjänster"),
        (2, "Kostnader"),
        (1, "Bilder"),
    ] {
        assert!(outline.contains(&wanted), "{wanted:?} in {outline:?}");
    }
    let levels: Vec<u64> = facts["headings"]
        .as_array()
        .expect("headings")
        .iter()
        .map(|one| one[0].as_u64().expect("level"))
        .collect();
    assert!(levels.starts_with(&[1]), "{levels:?}");
    assert!(
        levels.windows(2).all(|two| two[1] <= two[0] + 1),
        "{levels:?}"
    );
    for role in ["/L", "/LI", "/TOC", "/Caption", "/Link", "/P"] {
        assert!(list(&facts["roles"]).contains(&role), "{role}");
    }
    assert_eq!(
        list(&facts["figures"]),
        [
            "Staplarna visar att antalet växte från år 2023 till år 2024.",
            "En blå yta utan något annat."
        ]
    );
    assert!(
        list(&facts["languages"]).contains(&"en"),
        "{}",
        facts["languages"]
    );
    let uris = list(&facts["uris"]);
    assert!(
        uris.contains(&"https://stad.example/data?a=1&b=2"),
        "{uris:?}"
    );
    assert!(
        list(&facts["links"]).iter().all(|said| !said.is_empty()),
        "links say where they lead"
    );
}

#[tokio::test]
async fn tables_have_headers_of_columns_and_of_rows() {
    let facts = sample::judged("pdf", &printed(&sample::document()).await);
    let costs = &facts["tables"][0];
    assert_eq!(costs["summary"], "Första kolumnen är tjänstens namn.");
    let scopes = list(&costs["scopes"]);
    // Three groups, six columns; three rows.
    assert_eq!(
        scopes.iter().filter(|scope| **scope == "/Column").count(),
        9
    );
    assert_eq!(scopes.iter().filter(|scope| **scope == "/Row").count(), 3);
    assert_eq!(costs["data"], 15);
    let form = &facts["tables"][1];
    let scopes = list(&form["scopes"]);
    assert_eq!(scopes, ["/Column", "/Row", "/Row"]);
}

#[tokio::test]
async fn a_checker_of_pdf_ua_finds_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file.pdf");
    let mut lying = sample::document();
    lying.landscape = true;
    lying.contents_depth = 0;
    lying.mark = String::new();
    let mut arabic = sample::document();
    arabic.language = "ar".parse().expect("a language");
    arabic.title = "التحليل السنوي".to_owned();
    for document in [sample::document(), lying, arabic] {
        std::fs::write(&file, printed(&document).await).expect("the file is written");
        let output = Command::new(sample::judges().join("bin/pdfua"))
            .arg("check")
            .arg(&file)
            .output()
            .expect("the judge runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("PASS"), "{said}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_keeps_nothing_from_being_printed() {
    let mut document = sample::document();
    document.title = "Fest \u{1f389}\u{fe0f} i 漢字\u{0}".to_owned();
    document.author = String::new();
    document.subtitle = String::new();
    document.body = vec![
        Block::heading(1, "\u{1f389}"),
        Block::styled(Style::Small, "Привіт мир مرحبا \u{202e}bakvänt\u{202c}"),
        Block::paragraph(Text::from(
            "#import \"x.typ\"\n= Rubrik $x$ `kod` @etikett <etikett> \\",
        )),
        Block::paragraph(""),
    ];
    let facts = sample::judged("pdf", &printed(&document).await);
    assert_eq!(facts["metadata"]["dc:title"], "Fest \u{fffd} i \u{fffd}");
}

/// A table of many rows.
fn long(rows: i64) -> Document {
    let mut document = sample::document();
    document.body = vec![
        Block::heading(1, "Många rader"),
        Block::Table(Table {
            caption: "Rader".to_owned(),
            columns: vec![
                Column::text("Namn"),
                Column::number("Antal"),
                Column::text("Mer"),
            ],
            header_columns: 1,
            rows: (0..rows)
                .map(|at| {
                    Row::of(vec![
                        format!("Rad {at}").into(),
                        Number::of(at * 1_000, 1).into(),
                        "något som sägs".into(),
                    ])
                })
                .collect(),
            ..Table::default()
        }),
    ];
    document
}

#[tokio::test]
async fn many_pages_repeat_the_head_and_have_one_table() {
    let facts = sample::judged("pdf", &printed(&long(400)).await);
    assert!(facts["pages"].as_u64() >= Some(10), "{}", facts["pages"]);
    assert_eq!(facts["tables"].as_array().map(Vec::len), Some(1));
    assert_eq!(facts["tables"][0]["headers"], 403);
    assert_eq!(facts["tables"][0]["data"], 800);
}

#[cfg(unix)]
#[tokio::test]
async fn memory_is_limited() {
    let limits = Limits {
        memory: 90,
        time: Duration::from_secs(240),
        ..Limits::default()
    };
    let error = printer(limits)
        .pdf(&long(20_000))
        .await
        .expect_err("it needs more");
    assert!(matches!(error, DocumentError::TooLarge), "{error}");
}

#[tokio::test]
async fn a_picture_that_tells_of_files_opens_none() {
    let mut document = sample::document();
    let drawing = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10"><image href="file:///etc/hostname" width="5" height="5"/><image xlink:href="/etc/hostname" width="5" height="5"/><rect width="5" height="5"/></svg>"#;
    for block in &mut document.body {
        if let Block::Figure(figure) = block {
            figure.picture = Picture::svg(drawing);
        }
    }
    // Left out or refused, as the typesetter likes; never opened.
    let limits = Limits {
        time: Duration::from_secs(240),
        ..Limits::default()
    };
    match printer(limits).pdf(&document).await {
        Ok(pdf) => assert!(pdf.starts_with(b"%PDF-")),
        Err(DocumentError::Failed(said)) => {
            assert!(said.contains("image") || said.contains("href"), "{said}");
        }
        Err(error) => panic!("{error}"),
    }
}

/// What the program does with something on its input.
fn ran(words: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let _ = pipe.write_all(input);
    drop(pipe);
    child.wait_with_output().expect("it ends")
}

#[test]
fn orders_that_are_none_are_refused_with_a_word() {
    let order =
        |version, document: Value| serde_json::to_vec(&Order { version, document }).expect("JSON");
    let document = serde_json::to_value(sample::document()).expect("JSON");
    for (input, code, said) in [
        (b"".to_vec(), 1, "EOF"),
        (b"{\"version\":".to_vec(), 1, "EOF"),
        (order(VERSION, json!({"title": 1})), 1, "invalid type"),
        (order(VERSION, json!({})), 1, "missing field"),
        (order(VERSION + 1, document.clone()), 3, "version"),
    ] {
        let output = ran(&[], &input);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words}");
        assert!(words.contains(said), "{words}");
        assert!(output.stdout.is_empty());
    }
    let mut nameless = sample::document();
    nameless.title = String::new();
    let nameless = serde_json::to_value(nameless).expect("JSON");
    let output = ran(&[], &order(VERSION, nameless));
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no title"));
    assert_eq!(ran(&["--memory", "mycket"], b"").status.code(), Some(2));
    assert_eq!(ran(&["--help"], b"").status.code(), Some(2));
    assert!(ran(&["--version"], b"").status.success());
}
