//! Word files as python-docx reads them.

use crate::sample;

use torg_document::{Block, Picture, Text, word};
use torg_kernel::Locale;

#[test]
fn a_word_file_says_all_that_the_document_says() {
    let document = sample::document();
    let bytes = word::write(&document).expect("the sample is a document");
    assert_eq!(
        bytes,
        word::write(&document).expect("again"),
        "the same bytes"
    );
    let facts = sample::judged("docx", &bytes);
    assert_eq!(facts["title"], "Årlig analys 2024");
    assert_eq!(
        facts["author"],
        "Förvaltningen för demokrati och medborgarservice"
    );
    assert_eq!(facts["language"], "sv-SE");
    assert_eq!(facts["default_language"], "sv-SE");
    assert_eq!(facts["languages"], serde_json::json!(["en-GB"]));
    assert_eq!(facts["created"], "2024-03-01T00:00:00+00:00");
    assert_eq!(
        facts["header"],
        "Göteborgs Stad\tDemo: uppgifterna är påhittade"
    );
    assert_eq!(facts["fields"], serde_json::json!(["PAGE", "NUMPAGES"]));

    let paragraphs: Vec<(&str, &str)> = facts["paragraphs"]
        .as_array()
        .expect("paragraphs")
        .iter()
        .map(|one| {
            (
                one[0].as_str().expect("style"),
                one[1].as_str().expect("text"),
            )
        })
        .collect();
    for wanted in [
        ("Title", "Årlig analys 2024"),
        ("Subtitle", "Tjänster & digital infrastruktur"),
        ("TOC Heading", "Innehåll"),
        ("toc 1", "Befintliga bastjänster"),
        ("toc 2", "Kostnader"),
        ("Heading 1", "Befintliga bastjänster"),
        ("Heading 2", "Kostnader"),
        ("Lead", "Det viktigaste i korthet."),
        ("List Bullet", "Första"),
        ("List Number", "Därunder"),
        ("List Number", "Ett"),
        ("Table Caption", "Kostnader per tjänst (tkr)"),
        ("Small Text", "Källa: leverantören."),
        ("Note Title", "Anvisning"),
        ("Heading 1", "Bilder"),
        ("Caption", "Antal per år"),
    ] {
        assert!(
            paragraphs.contains(&wanted),
            "{wanted:?} in {paragraphs:#?}"
        );
    }
    assert!(
        paragraphs
            .iter()
            .any(|(_, text)| text.contains("<b>& \"tecken\"</b> #let x = 1 och easy to read")),
        "signs are text"
    );
}

#[test]
fn tables_have_header_rows_and_words_for_those_who_hear_them() {
    let bytes = word::write(&sample::document()).expect("a document");
    let facts = sample::judged("docx", &bytes);
    let costs = &facts["tables"][0];
    assert_eq!(costs["caption"], "Kostnader per tjänst (tkr)");
    assert_eq!(costs["summary"], "Första kolumnen är tjänstens namn.");
    assert_eq!(costs["style"], "Torg Table");
    assert_eq!(
        costs["repeated"],
        serde_json::json!([true, true, false, false, false])
    );
    assert_eq!(costs["cells"][1][1], "Budget");
    assert_eq!(costs["cells"][2][1], "759\u{a0}100,0");
    assert_eq!(costs["cells"][2][2], "6,0\u{a0}%");
    assert_eq!(costs["cells"][2][3], "cirka \u{2212}12");
    assert_eq!(costs["cells"][2][4], "2024-05-31");
    assert_eq!(
        costs["cells"][3][1],
        "9\u{a0}007\u{a0}199\u{a0}254\u{a0}740\u{a0}993"
    );
    assert_eq!(costs["cells"][3][4], "2024-05-31 14.30");
    assert_eq!(costs["cells"][3][5], "Två\nrader");
    let form = &facts["tables"][1];
    assert_eq!(form["repeated"], serde_json::json!([false, false, false]));
    assert_eq!(form["cells"][0][0], "Mål");
    assert_eq!(form["cells"][1][0], "Effektmål");
}

#[test]
fn links_and_pictures_are_found() {
    let bytes = word::write(&sample::document()).expect("a document");
    let facts = sample::judged("docx", &bytes);
    assert_eq!(facts["dead"], serde_json::json!([]));
    let links = facts["links"].as_array().expect("links");
    for (target, text) in [
        ("https://stad.example/", "stadens webbplats"),
        ("https://stad.example/data?a=1&b=2", "Läs mer"),
        ("#a_kostnader_2024", "till kostnaderna"),
    ] {
        assert!(
            links.contains(&serde_json::json!([target, text])),
            "{target} in {links:?}"
        );
    }
    assert_eq!(
        facts["pictures"],
        serde_json::json!([
            [
                "1",
                "Staplarna visar att antalet växte från år 2023 till år 2024."
            ],
            ["2", "En blå yta utan något annat."]
        ])
    );
}

#[test]
fn other_languages_and_lying_paper() {
    let mut document = sample::document();
    document.language = "ar".parse().expect("a language");
    document.landscape = true;
    let facts = sample::judged("docx", &word::write(&document).expect("a document"));
    assert_eq!(facts["default_language"], "ar-SA");
    assert_eq!(
        facts["sections"][0][0].as_f64().map(f64::round),
        Some(297.0)
    );
    document.language = Locale::EN;
    document.body = vec![Block::paragraph(Text::from("a\u{0}b\u{1b}[1m\u{ffff}"))];
    let facts = sample::judged("docx", &word::write(&document).expect("a document"));
    let paragraphs = facts["paragraphs"].as_array().expect("paragraphs");
    assert_eq!(paragraphs.last().expect("one")[1], "ab[1m");
}

#[test]
fn a_drawing_that_is_none_is_refused_before_anything_is_written() {
    let mut document = sample::document();
    for block in &mut document.body {
        if let Block::Figure(figure) = block {
            figure.picture = Picture::svg("<svg");
        }
    }
    let error = word::write(&document).expect_err("it is no drawing");
    assert!(
        error.to_string().contains("the picture cannot be read"),
        "{error}"
    );
}
