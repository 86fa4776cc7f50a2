//! What each format becomes: whole files by snapshot, single rules by what they promise.

use torg_kernel::{FactId, LinkTarget, PageId, SeededIds, Timestamp, UnitId};
use torg_markup::{
    DescriptionFrom, ErrorKind, FrontMatter, Goal, NoNames, NoteKind, ParseError, ParsedPage,
    Resolver, SIZE_LIMIT, SourceFile, TitleFrom, body_to_markdown, parse,
};
use uuid::Uuid;

/// Knows one page, one unit and one fact.
struct Few;

impl Resolver for Few {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        let known = [
            Goal::File("lara/simskola.md"),
            Goal::Address("/bada"),
            Goal::File("bad/lov.md"),
            Goal::Url("https://www.storstad.example/bada"),
        ];
        let at = known.iter().position(|known| *known == goal)?;
        Some(LinkTarget::Page {
            id: PageId(Uuid::from_u128(at as u128 + 1)),
            fragment: None,
        })
    }
    fn unit(&self, key: &str) -> Option<UnitId> {
        (key == "viken").then_some(UnitId(Uuid::from_u128(100)))
    }
    fn fact(&self, key: &str) -> Option<FactId> {
        (key == "bad-avgift").then_some(FactId(Uuid::from_u128(200)))
    }
}

fn read(path: &str, bytes: impl Into<Vec<u8>>) -> Result<ParsedPage, ParseError> {
    let file = SourceFile {
        path: path.into(),
        bytes: bytes.into(),
    };
    parse(&file, &FrontMatter::default())
}

/// Everything about a page as text.
fn shown(page: &ParsedPage) -> String {
    let (document, missing) = page.resolve(&Few, &SeededIds::new(1), Timestamp::default());
    let notes: String = page
        .notes
        .iter()
        .chain(&missing)
        .map(|note| format!("- {note}\n"))
        .collect();
    format!(
        "title ({:?}): {}\ndescription ({:?}): {:?}\n{:?}\n{notes}=====\n{}",
        page.title_from,
        page.title,
        page.description_from,
        page.description,
        page.counts,
        body_to_markdown(&document, &NoNames)
    )
}

fn markdown(path: &str, text: &str) -> String {
    let page = read(path, text).expect("well written");
    let (document, _) = page.resolve(&Few, &SeededIds::new(1), Timestamp::default());
    body_to_markdown(&document, &NoNames)
}

fn error(path: &str, bytes: impl Into<Vec<u8>>) -> ParseError {
    read(path, bytes).expect_err("written to be wrong")
}

macro_rules! fixture {
    ($name:ident, $file:literal) => {
        #[test]
        fn $name() {
            let bytes = include_bytes!(concat!("fixtures/", $file));
            let page = read(concat!("bad/", $file), &bytes[..]).expect("fixtures are pages");
            insta::assert_snapshot!(shown(&page));
        }
    };
}

fixture!(a_text_with_parts_and_nested_lists, "enheten.txt");
fixture!(a_text_copied_with_its_form, "formularsida.txt");
fixture!(a_text_with_broken_lines, "bruten.txt");
fixture!(an_old_html_page, "gammal.html");
fixture!(markdown_with_everything, "allt.md");

#[test]
fn refusals_name_the_fault() {
    assert_eq!(error("a.md", "").kind, ErrorKind::Empty {});
    assert_eq!(error("a.md", " \n\t").kind, ErrorKind::Empty {});
    let binary = error("a.txt", &b"ab\nc\0d"[..]);
    assert_eq!(
        (binary.line, &binary.kind),
        (Some(2), &ErrorKind::Binary {})
    );
    assert_eq!(
        binary.to_string(),
        "a.txt:2: the file is not text: save it as plain text, Markdown or HTML"
    );
    assert!(matches!(
        error("a.md", vec![b'a'; SIZE_LIMIT + 1]).kind,
        ErrorKind::TooLarge { .. }
    ));
    assert!(matches!(
        error("a.docx", "x").kind,
        ErrorKind::UnknownExtension { .. }
    ));
    let unknown = error("a.md", "text\n\n:::fact\nA | b\n:::\n");
    assert_eq!(unknown.line, Some(3));
    assert!(
        unknown.to_string().contains("did you mean “:::facts”"),
        "{unknown}"
    );
    assert_eq!(
        error("a.md", "---\ntitle: A\n---\n\n:::facts\nA | b\n").line,
        Some(5)
    );
    assert_eq!(
        error("a.md", ":::actions\n[A](/a)\nbara text\n:::\n").line,
        Some(3)
    );
    assert_eq!(
        error("a.md", ":::facts\nA | b | c | d\n:::\n").line,
        Some(2)
    );
    assert_eq!(
        error("a.html", "<div>".repeat(2_000)).kind,
        ErrorKind::TooDeep { limit: 1_000 }
    );
    assert_eq!(
        error("b/a.md", "x\n\n:::nytt\n").message().key,
        "markup-error-directive"
    );
}

#[test]
fn old_encodings_are_converted_and_said_so() {
    let page = read(
        "a.txt",
        &b"R\xe4ksm\xf6rg\xe5s\n\nDet kostar 10 \x80 i dag.\n\nEn rad till."[..],
    )
    .expect("Windows-1252");
    assert_eq!(page.title, "Räksmörgås");
    assert!(
        matches!(&page.notes[0].kind, NoteKind::Converted { encoding } if encoding == "Windows-1252")
    );
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("# Åäö\n\nText.".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read("a.md", wide).expect("UTF-16").title, "Åäö");
}

#[test]
fn titles_and_descriptions_are_found_in_order() {
    let page = read("bo/bygg-lov.md", "Bara text.").expect("a page");
    assert_eq!(
        (page.title.as_str(), page.title_from),
        ("Bygg lov", TitleFrom::FileName)
    );
    let page = read("a.md", "---\ntitle: Lov\n---\n# LOV\n\n## Sedan\n").expect("a page");
    assert_eq!((page.title.as_str(), page.counts.headings), ("Lov", 1));
    let page = read("a.html", "<title>Lov | Staden</title><p>Hej").expect("a page");
    assert_eq!(
        (page.title.as_str(), page.title_from),
        ("Lov", TitleFrom::Meta)
    );

    let lead = "En inledning som är lagom lång att stå överst.";
    let mut page = read("a.md", format!("# A\n\n{lead}\n\nMer text.")).expect("a page");
    assert_eq!(page.description_from, DescriptionFrom::FirstParagraph);
    assert_eq!(page.description.as_deref(), Some(lead));
    page.take_lead();
    assert_eq!(page.blocks.len(), 1);
    let page = read(
        "a.md",
        format!("---\ndescription:\n---\n# A\n\n{lead}\n\nMer text."),
    )
    .expect("a page");
    assert_eq!(
        (page.description, page.description_from),
        (None, DescriptionFrom::FrontMatter)
    );
    let page = read("a.md", format!("# A\n\n{lead} Se [b](b.md).\n\nMer text.")).expect("a page");
    assert_eq!(page.description_from, DescriptionFrom::Nothing);
}

#[test]
fn links_are_resolved_from_where_the_file_lies() {
    let page = read(
        "bad/ute.md",
        "[a](../lara/simskola.md#pris) [b](/bada?x=1) [c](https://www.storstad.example/bada)\n\n\
         [d](finns-inte.md) [e](/sok?q=bad) [f](unit:okand) [g](javascript:x)",
    )
    .expect("a page");
    let (document, notes) = page.resolve(&Few, &SeededIds::new(1), Timestamp::default());
    let page_link = |id: u128, fragment: Option<&str>| LinkTarget::Page {
        id: PageId(Uuid::from_u128(id)),
        fragment: fragment.map(str::to_owned),
    };
    let expected = [
        page_link(1, Some("pris")),
        page_link(2, None),
        page_link(4, None),
        LinkTarget::Missing {
            original: "finns-inte.md".into(),
        },
        LinkTarget::Path {
            path: "/sok?q=bad".into(),
        },
        LinkTarget::Missing {
            original: "unit:okand".into(),
        },
    ];
    assert_eq!(document.links(), expected.iter().collect::<Vec<_>>());
    let said: Vec<String> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 1: “/bada?x=1” became a link to the page, without what stands after “?”",
            "line 3: the link to “finns-inte.md” leads nowhere",
            "line 3: there is no unit “okand”",
            "line 3: the link to “javascript:x” was taken away, its text was kept",
        ]
    );
}

/// Old systems tell pages apart by what stands after the root.
#[test]
fn the_root_with_a_query_is_not_the_start_page() {
    struct Start;
    impl Resolver for Start {
        fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
            let known = [Goal::Address("/"), Goal::Address("/?page_id=11")];
            let at = known.iter().position(|known| *known == goal)?;
            Some(LinkTarget::Page {
                id: PageId(Uuid::from_u128(at as u128 + 1)),
                fragment: None,
            })
        }
        fn unit(&self, _: &str) -> Option<UnitId> {
            None
        }
        fn fact(&self, _: &str) -> Option<FactId> {
            None
        }
    }
    let page = read(
        "a.md",
        "[a](/) [b](/?page_id=11#x) [c](/?page_id=3) [d](/?)\n",
    );
    let page = page.expect("a page");
    let (document, notes) = page.resolve(&Start, &SeededIds::new(1), Timestamp::default());
    let page_link = |id: u128, fragment: Option<&str>| LinkTarget::Page {
        id: PageId(Uuid::from_u128(id)),
        fragment: fragment.map(str::to_owned),
    };
    let expected = [
        page_link(1, None),
        page_link(2, Some("x")),
        LinkTarget::Missing {
            original: "/?page_id=3".into(),
        },
        page_link(1, None),
    ];
    assert_eq!(document.links(), expected.iter().collect::<Vec<_>>());
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(matches!(notes[0].kind, NoteKind::LinkMissing { .. }));
}

#[test]
fn html_links_know_their_lines() {
    let page = read(
        "a.html",
        "<p>\n<a href='/bada'>a</a>\n<a href='x.html?a=1&amp;b=2'>b</a>",
    )
    .expect("a page");
    let (_, notes) = page.resolve(&Few, &SeededIds::new(1), Timestamp::default());
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].line, Some(3));
}

#[test]
fn unknown_facts_stay_readable() {
    let text = "Ring {{unit:okand:phone}}, {{fact:x:value}} och {{inget}}.\n\n{{contact:okand}}\n";
    assert_eq!(
        markdown("a.md", text),
        "Ring \\{\\{unit:okand:phone}}, \\{\\{fact:x:value}} och \\{\\{inget}}.\n\n\\{\\{contact:okand}}\n"
    );
}

#[test]
fn a_menu_in_a_text_is_a_list_and_talk_is_not() {
    let text = "Titel\n\nHem\n\nBo\n\nBygga\n\nLeka\n\nVälkommen hit\n\nHär står det något.\n";
    assert_eq!(
        markdown("a.txt", text),
        "- Hem\n- Bo\n- Bygga\n- Leka\n\n## Välkommen hit\n\nHär står det något.\n"
    );
    let talk = "Titel\n\n– Det blir bra, säger hon.\n\nHan håller med.\n";
    assert_eq!(
        markdown("a.txt", talk),
        "– Det blir bra, säger hon.\n\nHan håller med.\n"
    );
    let dated = "Titel\n\nEn mening som är slut här.\n\n1. Inledning\n\nText om det.\n\n2. Resten\n\nMer text.\n";
    assert_eq!(
        markdown("a.txt", dated),
        "En mening som är slut här.\n\n## 1. Inledning\n\nText om det.\n\n## 2. Resten\n\nMer text.\n"
    );
}

#[test]
fn every_sentence_is_translated() {
    let keys = ErrorKind::KEYS.iter().chain(NoteKind::KEYS);
    for (name, text) in [
        ("sv", include_str!("../../../translations/sv/markup.ftl")),
        ("en", include_str!("../../../translations/en/markup.ftl")),
    ] {
        for key in keys.clone() {
            let found = text
                .lines()
                .filter(|line| line.starts_with(&format!("{key} = ")))
                .count();
            assert_eq!(found, 1, "{key} in {name}");
        }
        let lines = text.lines().filter(|line| line.contains(" = ")).count();
        assert_eq!(
            lines,
            keys.clone().count(),
            "{name} holds more than there is"
        );
    }
}

#[test]
fn html_without_a_main_part_loses_what_is_around_it() {
    let text = "<body><header>Staden</header><nav>Meny</nav><h1>Lov</h1><p>Text</p>\
                <aside>Annons</aside><footer>Adress</footer></body>";
    assert_eq!(markdown("a.html", text), "Text\n");
    let several = "<body><article><p>Ett</p></article><article><p>Två</p></article></body>";
    assert_eq!(markdown("a.html", several), "Ett\n\nTvå\n");
}

#[test]
fn reference_links_reach_over_directives() {
    let text = "[a][1]\n\n:::searches\nbad\n:::\n\n```\n:::inget\n```\n\n[1]: /sok\n";
    let written = markdown("a.md", text);
    assert_eq!(
        written,
        "[a](/sok)\n\n:::searches\nbad\n:::\n\n`:::inget`\n"
    );
}

#[test]
fn defaults_count_where_the_file_says_nothing() {
    let file = SourceFile {
        path: "a.txt".into(),
        bytes: "---\ntitle: Filens\n---\nFilens\n\nText.\n".into(),
    };
    let defaults = FrontMatter {
        title: Some("Tabellens".into()),
        owner: Some("idrott".into()),
        ..FrontMatter::default()
    };
    let page = parse(&file, &defaults).expect("a page");
    assert_eq!(
        (page.title.as_str(), page.front.owner.as_deref()),
        ("Filens", Some("idrott"))
    );
    assert_eq!(page.counts.headings, 0, "the title is not said twice");
}
