//! No input makes the readers panic, overflow the stack or write what they cannot read again.

use proptest::prelude::*;
use torg_kernel::{SeededIds, Timestamp};
use torg_markup::{
    FrontMatter, NoNames, NoResolver, SourceFile, body_to_markdown, parse, parse_markdown_body,
    parse_pages_csv, resolve,
};

const ENDINGS: [&str; 5] = ["md", "markdown", "html", "htm", "txt"];

#[test]
fn what_is_open_in_a_fold_comes_back() {
    survive(b"<details>\xc3\xb6<summary>\"");
}

/// Reads the bytes as every kind of file, writes what came out, and reads that again.
fn survive(bytes: &[u8]) {
    for ending in ENDINGS {
        let file = SourceFile {
            path: format!("mapp/fil.{ending}"),
            bytes: bytes.to_vec(),
        };
        let Ok(mut page) = parse(&file, &FrontMatter::default()) else {
            continue;
        };
        assert!(!page.title.is_empty());
        let ids = SeededIds::new(1);
        let (document, _) = page.resolve(&NoResolver, &ids, Timestamp::default());
        let written = body_to_markdown(&document, &NoNames);
        let (blocks, _) = parse_markdown_body(&written).expect("what we write, we read");
        // Blocks inside others have ids too: the same ones, when the same blocks are read.
        let ids = SeededIds::new(1);
        let (again, _) = resolve("", &blocks, &NoResolver, &ids, Timestamp::default());
        let contents = |document: torg_kernel::Document| {
            document
                .blocks
                .into_iter()
                .map(|b| b.content)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            contents(again),
            contents(document),
            "{ending}, written as:\n{written}"
        );
        page.take_lead();
    }
    let _ = parse_pages_csv("pages.csv", bytes);
}

fn html() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h5",
        "b",
        "em",
        "code",
        "a",
        "br",
        "blockquote",
        "cite",
        "dl",
        "dt",
        "dd",
        "pre",
        "main",
        "article",
        "nav",
        "span",
        "script",
        "img",
        "svg",
        "details",
        "summary",
        "footer",
        "form",
        "thead",
        "o:p",
        "template",
        "math",
    ]);
    let piece = prop_oneof![
        4 => tag.clone().prop_map(|tag| format!("<{tag}>")),
        3 => tag.clone().prop_map(|tag| format!("</{tag}>")),
        1 => tag.prop_map(|tag| format!("<{tag} href='x.md' class=MsoListX colspan=3 rowspan=9 hidden>")),
        4 => "[a-zåäö&;<>\"'*_ \n]{0,8}",
        1 => Just("<a href=\"unit:x\">".to_owned()),
        1 => Just("{{unit:x:phone}}".to_owned()),
        1 => Just("<!-- x".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("    ".to_owned()),
        Just("• ".to_owned()),
        Just("- ".to_owned()),
        Just("1. ".to_owned()),
        Just("2) ".to_owned()),
        Just("> ".to_owned()),
        Just("# ".to_owned()),
        Just("| a | b |\n|---|---|\n".to_owned()),
        Just("```\n".to_owned()),
        Just("-----".to_owned()),
        Just("${x}".to_owned()),
        Just("031-390 06 00".to_owned()),
        Just("a@b.se".to_owned()),
        Just("www.b.se".to_owned()),
        Just("Telefon".to_owned()),
        Just("Kontakta oss".to_owned()),
        Just("[a](b.md)".to_owned()),
        Just("![a](b)".to_owned()),
        Just(":::facts\nA | b\n:::\n".to_owned()),
        Just("Table: ".to_owned()),
        Just("<div>".to_owned()),
        Just("<script>".to_owned()),
        Just("> [!NOTE]\n".to_owned()),
        Just("— ".to_owned()),
        "[A-Za-zåäö .,:?!*_`\\[\\]()<>&|-]{0,30}",
        "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survive(&bytes);
    }

    #[test]
    fn arbitrary_words(text in "\\PC{0,300}") {
        survive(text.as_bytes());
    }

    #[test]
    fn tag_soup(text in html()) {
        survive(text.as_bytes());
    }

    #[test]
    fn text_soup(text in text()) {
        survive(text.as_bytes());
    }
}

#[test]
fn deep_nesting_is_bounded() {
    let open_and_close = |open: &str, close: &str, depth: usize| {
        format!("{}ord{}", open.repeat(depth), close.repeat(depth))
    };
    for depth in [100, 900, 20_000] {
        for text in [
            open_and_close("<div>", "</div>", depth),
            open_and_close("<ul><li>a", "</ul>", depth),
            open_and_close("<table><tr><td>a<td>b", "</table>", depth),
            open_and_close("<blockquote><b>", "</b></blockquote>", depth),
            open_and_close("<span>", "", depth),
            open_and_close("> ", "", depth.min(2_000)),
            open_and_close("- ", "", depth.min(2_000)),
            open_and_close("1. ", "", depth.min(2_000)),
            open_and_close("**a ", "", depth),
            open_and_close("[", "](x)", depth),
            open_and_close("{{", "}}", depth),
            (0..depth.min(300))
                .map(|at| format!("{}• a\n", " ".repeat(at)))
                .collect(),
        ] {
            survive(text.as_bytes());
        }
    }
}
