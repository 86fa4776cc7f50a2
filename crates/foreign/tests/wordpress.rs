//! Exports of WordPress: a real one, and what nobody should send.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;
use torg_foreign::{ForeignError, Migration, Options, Outcome, wordpress};
use torg_kernel::{Address, SeededIds, Timestamp};
use torg_markup::{NoNames, NoResolver, PageType, body_to_markdown};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<language>sv-SE</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
"#;
const FOOT: &str = "</channel></rss>\n";

fn item(id: u32, kind: &str, slug: &str, content: &str) -> String {
    format!(
        "<item><title>Sida {id}</title><link>https://old.example/{slug}/</link>\
         <content:encoded>{content}</content:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:post_name>{slug}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent>\
         <wp:post_type>{kind}</wp:post_type></item>\n"
    )
}

fn export(items: &str) -> String {
    format!("{HEAD}{items}{FOOT}")
}

fn read(text: impl Into<Vec<u8>>) -> Result<Migration, ForeignError> {
    wordpress::read(&wordpress::Source::Bytes(text.into()), &Options::default())
}

fn markdown(migration: &Migration, address: &str) -> String {
    let page = migration
        .pages
        .iter()
        .find(|page| page.front.address.as_ref().map(Address::as_str) == Some(address))
        .unwrap_or_else(|| panic!("there is no page {address}"));
    let (document, _) = page.resolve(&NoResolver, &SeededIds::new(1), Timestamp::default());
    let lead = page.description.clone().unwrap_or_default();
    format!("{lead}\n\n{}", body_to_markdown(&document, &NoNames))
}

fn remarks(migration: &Migration) -> String {
    let items = migration.report.items.iter();
    items
        .flat_map(|item| &item.remarks)
        .map(|remark| format!("{remark}\n"))
        .collect()
}

fn real() -> Migration {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wordpress.xml");
    wordpress::read(&wordpress::Source::File(fixture), &Options::default()).expect("a real export")
}

#[test]
fn a_real_export_comes_over_whole_and_nothing_hidden_with_it() {
    let migration = real();
    let mut addresses: Vec<&str> = migration
        .pages
        .iter()
        .filter_map(|page| page.front.address.as_ref().map(Address::as_str))
        .collect();
    addresses.sort_unstable();
    assert_eq!(
        addresses,
        [
            "/bada",
            "/bygga-och-bo",
            "/bygga-och-bo/bygglov",
            "/bygga-och-bo/bygglov/kostnad",
            "/kontakt-sida",
            "/nyheter",
            "/nyheter/bron-oppnar",
            "/nyheter/tecken-marken-i-rubrik",
            "/sida-13",
        ]
    );
    let everything = format!("{:?}", migration.pages);
    for hidden in [
        "PROTECTED-TEXT",
        "DRAFT-TEXT",
        "PRIVATE-TEXT",
        "FUTURE-TEXT",
        "TRASH-TEXT",
        "redaktor",
        "Kim",
    ] {
        assert!(!everything.contains(hidden), "{hidden} became public");
    }
    let permit = markdown(&migration, "/bygga-och-bo/bygglov");
    for part in [
        "När du behöver lov och hur du söker.",
        "## När behöver du lov?",
        "[vad det kostar](/bygga-och-bo/bygglov/kostnad)",
        "[gå tillbaka](/bygga-och-bo)",
        "| Altan | 4 200 kr |",
        "Kom till medborgarkontoret.",
        "Från 4 200 kronor",
    ] {
        assert!(permit.contains(part), "{part} in {permit}");
    }
    assert_eq!(permit.matches("taxa.pdf").count(), 1, "{permit}");
    let cost = markdown(&migration, "/bygga-och-bo/bygglov/kostnad");
    assert!(cost.contains("**hur stort** du bygger.\\\nRäkna"), "{cost}");
    assert!(
        cost.contains("\\[sic\\] fråga") && !cost.contains("acme_box"),
        "{cost}"
    );
    let odd = markdown(&migration, "/nyheter/tecken-marken-i-rubrik");
    assert!(
        odd.contains("Slut på CDATA: ]]> och ett styrtecken här: slut."),
        "{odd}"
    );
    assert!(
        permit.contains(":::accordion") && permit.contains("Vad händer sedan?"),
        "{permit}"
    );
    let bathing = markdown(&migration, "/bada");
    assert!(
        bathing.contains(":::video [Vinterbad](https://vimeo.com/76979871)"),
        "{bathing}"
    );
    let news = migration
        .pages
        .iter()
        .find(|page| page.title == "Bron öppnar igen")
        .expect("the news");
    assert_eq!(news.front.page_type, Some(PageType::News));
    let published = news.front.published.map(|at| at.to_string());
    assert_eq!(published.as_deref(), Some("2026-03-02T09:30:00"));
    let categories = news.front.categories.clone().unwrap_or_default();
    assert_eq!(categories, ["bro", "trafik", "Vägar"]);
    let post = markdown(&migration, "/nyheter/bron-oppnar");
    assert!(post.contains("[badplatsen](/bada#vinter)"), "{post}");
}

#[test]
fn old_addresses_lead_on_and_pictures_are_listed_with_their_words() {
    let migration = real();
    let leads = |from: &str| {
        let found = migration
            .redirects
            .iter()
            .find(|redirect| redirect.from == from);
        found.map(|redirect| redirect.to.to_string())
    };
    assert_eq!(
        leads("/2026/03/bron-oppnar/").as_deref(),
        Some("/nyheter/bron-oppnar")
    );
    assert_eq!(leads("/?page_id=11").as_deref(), Some("/bada"));
    let stored: Vec<String> = migration
        .redirects
        .iter()
        .filter_map(|r| r.stored())
        .collect();
    for from in ["/2026/03/bron-oppnar", "/?page_id=11"] {
        assert!(stored.iter().any(|stored| stored == from), "{from}");
    }
    let bridge = migration
        .files
        .iter()
        .find(|file| file.address.ends_with("/bron.jpg"));
    let bridge = bridge.expect("the bridge is shown");
    assert_eq!(bridge.alt.as_deref(), Some("Bron över sundet i kvällsljus"));
    assert_eq!(bridge.caption, "Bron byggdes om 2019.");
    assert!(bridge.picture && bridge.pages.len() >= 3, "{bridge:?}");
    let told = remarks(&migration);
    for part in [
        "(draft)",
        "(private)",
        "(future)",
        "(trash)",
        "behind a password",
        "“evenemang”",
        "acme/price-box",
        "latest-posts",
        "[taxa_knapp]",
        "picture 99999",
        "comments left out: 2",
        "top of the list",
        "wp_block",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn the_same_export_gives_the_same_pages_below_another_place() {
    assert_eq!(format!("{:?}", real().pages), format!("{:?}", real().pages));
    let options = Options {
        under: Address::parse("/gamla").expect("good"),
        owner: Some("bygg".to_owned()),
        types: vec!["evenemang".to_owned()],
        ..Options::default()
    };
    let source = wordpress::Source::Bytes(include_bytes!("fixtures/wordpress.xml").to_vec());
    let migration = wordpress::read(&source, &options).expect("a real export");
    let below = |page: &torg_markup::ParsedPage| {
        let address = page.front.address.as_ref().map(Address::as_str);
        address.is_some_and(|address| address.starts_with("/gamla/"))
            && page.front.owner.as_deref() == Some("bygg")
    };
    assert!(migration.pages.iter().all(below));
    assert!(markdown(&migration, "/gamla/evenemang/valborg").contains("Vid bryggan."));
    assert!(markdown(&migration, "/gamla/evenemang").trim().is_empty());
}

#[test]
fn entities_and_document_types_are_inert_and_told() {
    let bomb = r#"<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY xxe SYSTEM "file:///etc/passwd">]>"#;
    let text = export(&item(1, "page", "a", "Före &xxe; &b; &amp; &#229; efter")).replacen(
        "?>",
        &format!("?>{bomb}"),
        1,
    );
    let migration = read(text).expect("harmless");
    let page = markdown(&migration, "/a");
    assert!(
        page.contains("Före &xxe; &b; & å efter") || page.contains("Före \\&xxe; \\&b; & å efter"),
        "{page}"
    );
    assert!(!page.contains("root:") && !page.contains("aaaa"));
    let told = remarks(&migration);
    assert!(
        told.contains("document type") && told.contains("“&xxe;”"),
        "{told}"
    );
}

#[test]
fn broken_xml_is_refused_with_line_and_column() {
    let good = export(&item(1, "page", "a", "<![CDATA[Text]]>"));
    let wrong = good.replace("</wp:post_name>", "</wp:post_nam>");
    let error = read(wrong).expect_err("broken");
    assert_eq!(error.at.map(|at| at.0), Some(5), "{error}");
    assert!(error.at.is_some_and(|at| at.1 > 100), "{error}");
    for length in 0..good.len() - 1 {
        if good.is_char_boundary(length) {
            let error = read(&good[..length]).expect_err("cut short");
            assert!(!error.to_string().is_empty());
        }
    }
    for (text, says) in [
        ("<html><body>Hej</body></html>", "<html>"),
        (
            "<rss><channel><item><title>Nyhet</title></item></channel></rss>",
            "not an export",
        ),
        (&export(""), "no pages"),
        (&format!("{HEAD}{}", "<x>".repeat(100)), "inside each other"),
    ] {
        let error = read(text).expect_err(says).to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn encodings_versions_and_odd_marks_are_read() {
    let split = "<![CDATA[a ]]]]><![CDATA[> b]]> &#x26; <![CDATA[&amp; c]]>";
    let migration = read(export(&item(1, "page", "a", split))).expect("well-formed");
    let page = markdown(&migration, "/a");
    assert!(page.contains("a \\]\\]> b & & c"), "{page}");
    let old = export(&item(1, "page", "a", "Åsa"))
        .replace(
            "http://wordpress.org/export/1.2/",
            "https://wordpress.org/export/1.0/",
        )
        .replace(">1.2<", ">1.0<")
        .replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = old
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    assert!(markdown(&read(latin).expect("version 1.0"), "/a").contains("Åsa"));
    let mut bad = export(&item(1, "page", "a", "fö\u{8}re X efter")).into_bytes();
    let at = bad
        .iter()
        .position(|byte| *byte == b'X')
        .expect("there is one");
    bad[at] = 0xff;
    let migration = read(bad).expect("mended");
    assert!(markdown(&migration, "/a").contains("före \u{fffd} efter"));
    assert!(remarks(&migration).contains("2 control characters"));
}

#[test]
fn circles_doubles_and_nesting_end() {
    let mut items = item(1, "page", "a", "A").replace("<wp:post_parent>0", "<wp:post_parent>2");
    items += &item(2, "page", "b", "B").replace("<wp:post_parent>0", "<wp:post_parent>1");
    items += &item(2, "page", "b", "C").replace("<wp:post_parent>0", "<wp:post_parent>1");
    items += &item(
        3,
        "page",
        "deep",
        &format!("<![CDATA[{}]]>", "<div>".repeat(3_000)),
    );
    items += &item(
        4,
        "page",
        "brackets",
        &format!("<![CDATA[{}]]>", "[a b=1]".repeat(20_000)),
    );
    items += &item(
        5,
        "page",
        "tags",
        &format!("<![CDATA[{}]]>", "<a ".repeat(20_000)),
    );
    items += &item(
        6,
        "page",
        "comments",
        &format!("<![CDATA[<!-- wp:x -->{}]]>", "<!--".repeat(20_000)),
    );
    let migration = read(export(&items)).expect("odd but well-formed");
    assert_eq!(migration.pages.len(), 5);
    assert_eq!(migration.report.count(Outcome::LeftOut), 2);
    assert!(remarks(&migration).contains("inside each other"));
}

#[test]
fn a_report_is_a_table_that_no_spreadsheet_runs() {
    let text = export(&item(1, "page", "a", "A")).replace("Sida 1", "=HYPERLINK(1)");
    let text = text.replace("<wp:status>publish", "<wp:status>draft");
    let with_page = text.replace(FOOT, &format!("{}{FOOT}", item(2, "page", "b", "B")));
    let report = read(with_page).expect("good").report;
    let csv = String::from_utf8(report.to_csv(&|message| message.key.to_owned())).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}outcome,kind,from,to,title,reason,what_to_do"));
    assert!(csv.contains("left_out,page,https://old.example/a/,,'=HYPERLINK(1),foreign-not-published,foreign-do-publish"), "{csv}");
    assert!(
        csv.contains("taken,page,https://old.example/b/,/b,Sida 2,,"),
        "{csv}"
    );
    let json = report.to_json(&|message| message.key.to_owned());
    let rows: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(rows[1]["to"], "/b");
}

fn large(megabytes: usize) -> String {
    let mut text = String::from(HEAD);
    let paragraph = "<!-- wp:paragraph -->\n<p>Du kan läsa mer om <a href=\"https://old.example/?p=7\">bygglov</a> \
                     och hur lång tid det tar innan du får ett beslut av nämnden.</p>\n<!-- /wp:paragraph -->\n";
    let content = format!("<![CDATA[{}]]>", paragraph.repeat(50));
    let mut id = 1;
    while text.len() < megabytes * 1024 * 1024 {
        let _ = write!(
            text,
            "{}",
            item(id, "post", &format!("sida-nummer-{id}"), &content)
        );
        id += 1;
    }
    text + FOOT
}

#[test]
fn a_large_export_is_read() {
    let migration = read(large(2)).expect("large");
    assert!(migration.pages.len() > 150);
}

/// `cargo test --release -p torg-foreign -- --ignored fifty` says how long it takes.
#[test]
#[ignore = "takes long in a build for debugging"]
fn fifty_megabytes_are_read_in_seconds() {
    let text = large(50);
    let begun = std::time::Instant::now();
    let migration = read(text).expect("large");
    let took = begun.elapsed();
    assert!(migration.pages.len() > 4_000);
    assert!(cfg!(debug_assertions) || took.as_secs() < 10, "{took:?}");
}

proptest! {
    #[test]
    fn no_content_makes_it_fail(content in "(\\[/?[a-z]{0,8}( [a-z]=.?)?\\]|</?[a-z]{1,6}>?|<!-- /?wp:[a-z/]{0,6} ?/?-->|\\PC|\n){0,60}") {
        let text = export(&item(1, "page", "a", &format!("<![CDATA[{}]]>", content.replace("]]>", ""))));
        prop_assert!(read(text).is_ok());
    }

    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..900, bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let mut text = export(&item(1, "page", "a", "A")).into_bytes();
        let at = at.min(text.len());
        text.splice(at..at, bytes);
        let _ = read(text);
    }
}

#[test]
fn pages_below_an_own_address_and_links_to_what_is_not_there() {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/below-own.xml");
    let source = wordpress::Source::File(fixture);
    let migration = wordpress::read(&source, &Options::default()).expect("an export");
    let text = markdown(&migration, "/hitta-sida/bad");
    assert!(text.contains("[cykelsidan](/?page_id=4711)"), "{text}");
    assert!(text.contains("[tillbaka](/hitta-sida)"), "{text}");
    assert!(text.contains("[början](/)"), "{text}");
    assert!(
        remarks(&migration).contains("/hitta"),
        "{}",
        remarks(&migration)
    );
}
