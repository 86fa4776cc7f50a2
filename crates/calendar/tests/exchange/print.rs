//! A selection on paper, as Word reads it; and what is said where there is no program for PDF.

use std::process::Command;

use serde_json::{Value, json};
use torg_testkit::{TestDatabase, both};

use crate::fill;
use crate::town::{Migrator, Town};

/// What python-docx finds in a file.
fn judged(bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file.docx");
    std::fs::write(&file, bytes).expect("the file is written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../judges/documents.py");
    let output = Command::new(torg_testkit::judges().join("bin/python"))
        .args([script, "docx"])
        .arg(&file)
        .output()
        .expect("the judge runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("the judge writes JSON")
}

#[tokio::test]
async fn a_selection_on_paper() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let (status, headers, bytes) = town.bytes("/kalendarium.docx?category=literature").await;
        assert_eq!(status, 200);
        assert_eq!(
            headers["content-type"],
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        );
        assert_eq!(
            headers["content-disposition"],
            "attachment; filename=\"kalendarium-2026-11-16.docx\""
        );
        assert_eq!(headers["x-robots-tag"], "noindex");
        let (_, _, again) = town.bytes("/kalendarium.docx?category=literature").await;
        assert_eq!(bytes, again, "the same day gives the same bytes");
        let facts = judged(&bytes);
        assert_eq!(facts["title"], "Kalendarium");
        assert_eq!(facts["author"], "Staden");
        assert_eq!(facts["header"], "Göteborgs Stad");
        let paragraphs = facts["paragraphs"].as_array().expect("paragraphs");
        for month in ["November 2026", "December 2026", "Januari 2027"] {
            assert!(
                paragraphs.contains(&json!(["Heading 1", month])),
                "{paragraphs:?}"
            );
        }
        let rows: Vec<String> = facts["tables"]
            .as_array()
            .expect("tables")
            .iter()
            .flat_map(|table| table["cells"].as_array().expect("rows"))
            .map(|row| {
                let cells = row
                    .as_array()
                    .expect("cells")
                    .iter()
                    .filter_map(Value::as_str);
                cells.collect::<Vec<_>>().join(" | ")
            })
            .collect();
        assert!(
            rows.iter()
                .any(|row| row.starts_with("Tisdag 17\u{a0}november 2026")),
            "{rows:#?}"
        );
        let story = rows
            .iter()
            .find(|row| row.contains("Sagostund"))
            .expect("is there");
        assert!(
            story.starts_with("kl.\u{a0}10.00–10.45 | Sagostund, på \"lätt\" svenska"),
            "{story}"
        );
        let at = rows
            .iter()
            .position(|row| row.starts_with("Tisdag 1\u{a0}december 2026"));
        let off = &rows[at.expect("a day that is called off stays") + 1];
        assert!(off.contains("Inställt Sagostund"), "{off}");
        assert!(
            !rows.iter().any(|row| row.contains("Konsert")),
            "the filter holds"
        );
        let links = facts["links"].as_array().expect("links");
        assert!(
            links
                .iter()
                .any(|link| link[0] == "https://torg.example/kalendarium/sagostund")
        );
        assert!(
            links
                .iter()
                .any(|link| link[0] == "https://torg.example/kalendarium?category=literature"),
            "where it comes from: {links:?}"
        );
    });
}

#[tokio::test]
async fn english_paper_and_an_empty_selection() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let (status, _, bytes) = town.bytes("/en/events.docx?audience=children").await;
        assert_eq!(status, 200);
        let facts = judged(&bytes);
        assert_eq!(facts["default_language"], "en-GB");
        let told = facts.to_string();
        assert!(told.contains("Story time"), "{told}");
        let (status, _, bytes) = town.bytes("/kalendarium.docx?q=finnsinte").await;
        assert_eq!(status, 200);
        let facts = judged(&bytes);
        let paragraphs = facts["paragraphs"].as_array().expect("paragraphs");
        assert!(
            paragraphs.contains(&json!(["Lead", "Inga händelser"])),
            "{paragraphs:?}"
        );
    });
}

#[tokio::test]
async fn without_the_program_for_pdf_it_says_what_to_do() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let page = town.get("/kalendarium.pdf?category=music").await;
        assert_eq!(page.status, 404);
        assert!(
            page.body
                .contains("cargo build --release -p torg-documents"),
            "{}",
            page.body
        );
        assert!(
            page.body
                .contains("href=\"/kalendarium.docx?category=music\""),
            "{}",
            page.body
        );
        assert!(
            page.body.contains("href=\"/kalendarium?category=music\""),
            "{}",
            page.body
        );
        let page = town.get("/en/events.pdf").await;
        assert_eq!(page.status, 404);
        assert!(
            page.body.contains("PDF cannot be made here yet"),
            "{}",
            page.body
        );
    });
}
