use super::*;
use crate::{FileView, PictureSource, PictureView, ResolvedLink};
use proptest::prelude::*;
use scraper::{Html as Page, Selector};
use torg_kernel::{
    Block, BlockId, Cell, FactField, FactRef, FactSource, FileId, Fold, LinkTarget, Mark, PageId,
    PictureId, UnitId,
};
use uuid::Uuid;

struct Fixed;

impl Resolve for Fixed {
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink> {
        match target {
            LinkTarget::Page { id, .. } if id.0 == Uuid::from_u128(1) => Some(ResolvedLink {
                href: "/en/plots".to_owned(),
                lang: Some(Locale::EN),
            }),
            LinkTarget::Path { path } => Some(ResolvedLink {
                href: path.clone(),
                lang: None,
            }),
            _ => None,
        }
    }
    fn fact(&self, fact: &FactRef) -> Option<String> {
        (fact.id == Uuid::from_u128(1)).then(|| match fact.field {
            FactField::Email => "odla@goteborg.example".to_owned(),
            _ => "031-390 06 24".to_owned(),
        })
    }
    fn contact(&self, _: UnitId) -> Option<ContactCard> {
        Some(ContactCard {
            name: "Odla i <staden>".to_owned(),
            phone: Some("031-390 06 24".to_owned()),
            email: Some("odla@goteborg.example".to_owned()),
            ..ContactCard::default()
        })
    }
    fn picture(&self, id: PictureId) -> Option<PictureView> {
        (id.0 == Uuid::from_u128(1)).then(|| PictureView {
            sources: vec![PictureSource {
                mime: "image/jpeg",
                sizes: vec![("/media/a/640.jpg".to_owned(), 640)],
            }],
            src: "/media/a/640.jpg".to_owned(),
            width: 640,
            height: 400,
            alt: "En brygga".to_owned(),
            credit: "Bild: <Torg>".to_owned(),
            focus: (50, 50),
        })
    }
    fn file(&self, id: FileId) -> Option<FileView> {
        (id.0 == Uuid::from_u128(1)).then(|| FileView {
            href: "/files/a/plan.pdf".to_owned(),
            title: "Plan".to_owned(),
            kind: "PDF",
            bytes: 1_250_000,
        })
    }
}

fn blocks(contents: Vec<BlockContent>) -> Vec<Block> {
    document(contents).blocks
}

#[test]
fn boxes_and_accordions_keep_the_outline() {
    let contents = vec![
        heading(2, "Före"),
        BlockContent::Box {
            title: "Bra att veta".to_owned(),
            blocks: blocks(vec![heading(2, "Inre"), paragraph(vec![Inline::text("a")])]),
        },
        BlockContent::Accordion {
            folds: vec![Fold {
                title: "Inre".to_owned(),
                blocks: blocks(vec![BlockContent::Contact {
                    unit: UnitId(Uuid::from_u128(1)),
                }]),
            }],
        },
        heading(3, "Efter"),
    ];
    let rendered = render_document(&document(contents), &Fixed, Locale::SV);
    let page = Page::parse_fragment(rendered.html.as_str());
    let count = |css: &str| page.select(&Selector::parse(css).unwrap()).count();
    assert_eq!(
        count("section.fact-box[aria-labelledby=bra-att-veta] > h3#bra-att-veta"),
        1
    );
    // The inner heading sinks under the title of its box.
    assert_eq!(count("section.fact-box > h4#inre"), 1);
    assert_eq!(count("details#inre-2 > summary > h3"), 1);
    assert_eq!(count("details .card, details [class*=contact]"), 1);
    assert_eq!(count("h3#efter"), 1);
    let toc: Vec<&str> = rendered.toc.iter().map(|line| &*line.text).collect();
    assert_eq!(toc, ["Före", "Efter"]);
}

#[test]
fn pictures_films_and_files_say_what_they_are() {
    let picture = |id, alt: Option<&str>| BlockContent::Picture {
        picture: PictureId(Uuid::from_u128(id)),
        alt: alt.map(str::to_owned),
        caption: vec![Inline::text("Vid vattnet.")],
    };
    let out = html(vec![
        picture(1, None),
        picture(1, Some("")),
        picture(2, None),
        BlockContent::Download {
            file: FileId(Uuid::from_u128(1)),
            title: "Planen".to_owned(),
        },
        BlockContent::Video {
            url: "https://www.film.example/se?v=1".to_owned(),
            title: "Så sorterar du".to_owned(),
            sign_language: true,
            text: vec![Inline::text("Filmen visar kärl.")],
        },
        BlockContent::Video {
            url: "javascript:alert(1)".to_owned(),
            title: "Nej".to_owned(),
            sign_language: false,
            text: vec![],
        },
        BlockContent::Anchor {
            name: "pris".to_owned(),
        },
    ]);
    let page = Page::parse_fragment(&out);
    let all = |css: &str| -> Vec<String> {
        page.select(&Selector::parse(css).unwrap())
            .map(|element| element.text().collect::<String>())
            .collect()
    };
    let alts: Vec<_> = page
        .select(&Selector::parse("img").unwrap())
        .map(|img| img.attr("alt").unwrap_or("none").to_owned())
        .collect();
    assert_eq!(alts, ["En brygga", ""]);
    assert_eq!(all("figcaption .credit"), ["Bild: <Torg>", "Bild: <Torg>"]);
    assert_eq!(all(".download"), ["Planen (PDF, 1,3 MB)"]);
    assert_eq!(all(".video a").len(), 1);
    assert!(all(".video a span")[0].contains("film.example"), "{out}");
    assert!(all(".video a span")[0].contains("teckenspråk"), "{out}");
    assert_eq!(all("span#pris").len(), 1);
    assert!(!out.contains("iframe") && !out.contains("javascript:"));
}

fn document(contents: Vec<BlockContent>) -> Document {
    Document {
        blocks: contents
            .into_iter()
            .enumerate()
            .map(|(at, content)| Block {
                id: BlockId(Uuid::from_u128(at as u128 + 1)),
                v: 1,
                content,
            })
            .collect(),
    }
}

fn heading(level: u8, words: &str) -> BlockContent {
    BlockContent::Heading {
        level,
        text: vec![Inline::text(words)],
    }
}

fn paragraph(text: Vec<Inline>) -> BlockContent {
    BlockContent::Paragraph { text }
}

fn link(target: LinkTarget, words: &str) -> Inline {
    Inline::Link {
        target,
        text: vec![Inline::text(words)],
    }
}

fn html(contents: Vec<BlockContent>) -> String {
    render_document(&document(contents), &Fixed, Locale::SV)
        .html
        .to_string()
}

fn fact(id: u128, field: FactField) -> Inline {
    Inline::Fact {
        fact: FactRef {
            source: FactSource::Unit,
            id: Uuid::from_u128(id),
            field,
        },
    }
}

#[test]
fn headings_get_ids_of_their_own_and_step_one_level_at_a_time() {
    let rendered = render_document(
        &document(vec![
            heading(2, "Vad det kostar"),
            heading(4, "Vad det kostar"),
            heading(2, "العربية"),
        ]),
        &Fixed,
        Locale::SV,
    );
    let toc: Vec<_> = rendered
        .toc
        .iter()
        .map(|entry| (entry.id.as_str(), entry.level))
        .collect();
    assert_eq!(
        toc,
        [("vad-det-kostar", 2), ("vad-det-kostar-2", 3), ("del", 2)]
    );
}

#[test]
fn links_lead_where_they_may_and_are_text_otherwise() {
    let page = |id: u128| LinkTarget::Page {
        id: PageId(Uuid::from_u128(id)),
        fragment: None,
    };
    let url = |url: &str| LinkTarget::Url {
        url: url.to_owned(),
    };
    let out = html(vec![paragraph(vec![
        link(page(1), "finns"),
        link(page(2), "finns inte"),
        link(url("javascript:alert(1)"), "farlig"),
        link(url("https://a.example/?a=1&b=\"2"), "yttre"),
        link(
            LinkTarget::Path {
                path: "//evil.example".to_owned(),
            },
            "annan värd",
        ),
        link(
            LinkTarget::Missing {
                original: "x.md".to_owned(),
            },
            "borta",
        ),
    ])]);
    assert_eq!(
        out.trim(),
        "<p><a href=\"/en/plots\" hreflang=\"en\">finns</a>finns intefarlig\
         <a href=\"https://a.example/?a=1&amp;b=&quot;2\">yttre</a>annan värdborta</p>"
    );
}

#[test]
fn facts_are_shown_and_phones_can_be_called() {
    let out = html(vec![paragraph(vec![
        fact(1, FactField::Phone),
        fact(1, FactField::Email),
        fact(2, FactField::Value),
    ])]);
    assert!(out.contains("href=\"tel:+46313900624\""), "{out}");
    assert!(out.contains("href=\"mailto:odla@goteborg.example\""));
    assert!(out.contains("uppgift saknas"));
    // A link in a link is not HTML.
    let nested = html(vec![paragraph(vec![Inline::Link {
        target: LinkTarget::Path {
            path: "/sok".to_owned(),
        },
        text: vec![fact(1, FactField::Phone)],
    }])]);
    assert_eq!(nested.matches("<a ").count(), 1);
}

#[test]
fn tables_have_names_and_numbers_line_up() {
    let cell = |words: &str| Cell {
        text: vec![Inline::text(words)],
    };
    let out = html(vec![
        heading(2, "Avgifter"),
        BlockContent::Table {
            caption: None,
            header: vec![cell(""), cell("Storlek"), cell("Avgift")],
            rows: vec![
                vec![cell("Låda"), cell("2 kvadratmeter"), cell("150 kr")],
                vec![cell("Stor"), cell("100 kvadratmeter"), cell("1 820 kr")],
            ],
        },
    ]);
    let page = Page::parse_fragment(&out);
    let texts = |css: &str| -> Vec<String> {
        page.select(&Selector::parse(css).unwrap())
            .map(|found| found.text().collect())
            .collect()
    };
    assert_eq!(texts("caption"), ["Avgifter"]);
    assert_eq!(texts("th[scope=row]"), ["Låda", "Stor"]);
    assert_eq!(texts("td.num"), ["150 kr", "1 820 kr"]);
    assert_eq!(texts("th[scope=col]"), ["Storlek", "Avgift"]);
    assert_eq!(texts("[tabindex='0'][aria-labelledby=table_1]").len(), 1);
}

#[test]
fn an_article_takes_its_parts_to_their_places() {
    let contents = vec![
        BlockContent::Actions {
            actions: vec![
                Action {
                    label: "Ställ dig i kö".to_owned(),
                    target: LinkTarget::Path {
                        path: "/ko".to_owned(),
                    },
                },
                Action {
                    label: "Borta".to_owned(),
                    target: LinkTarget::Missing {
                        original: String::new(),
                    },
                },
            ],
        },
        BlockContent::Facts {
            items: vec![FactItem {
                label: "Avgift".to_owned(),
                value: vec![Inline::text("450 kronor")],
                note: vec![],
            }],
        },
        paragraph(vec![Inline::text("Text")]),
        BlockContent::Contact {
            unit: UnitId(Uuid::from_u128(1)),
        },
        BlockContent::Facts {
            items: vec![FactItem {
                label: "Sent".to_owned(),
                value: vec![],
                note: vec![],
            }],
        },
    ];
    let parts = render_parts(
        &document(contents.clone()),
        &Fixed,
        Locale::SV,
        Place::Article,
    );
    assert!(parts.actions.as_str().contains("Ställ dig i kö"));
    assert!(!parts.actions.as_str().contains("Borta"));
    assert!(parts.facts.as_str().contains("Avgift"));
    assert!(parts.body.as_str().contains("Sent"));
    assert_eq!(parts.contacts.len(), 1);
    let flow = html(contents);
    assert!(flow.contains("Odla i &#60;staden&#62;") || flow.contains("Odla i &lt;staden&gt;"));
    assert!(flow.find("Avgift") < flow.find("Text"));
}

#[test]
fn searches_lead_to_the_search_page_of_the_language() {
    let block = vec![BlockContent::Searches {
        queries: vec!["påsklov & lov".to_owned()],
    }];
    assert!(html(block.clone()).contains("href=\"/sok?q=p%C3%A5sklov%20%26%20lov\""));
    let english = render_document(&document(block), &Fixed, Locale::EN);
    assert!(english.html.as_str().contains("/en/search?q="));
    let block = vec![BlockContent::Searches {
        queries: vec!["kirjasto".to_owned()],
    }];
    let finnish = "fi".parse().expect("a tag");
    let finnish = render_document(&document(block), &Fixed, finnish);
    assert!(
        finnish
            .html
            .as_str()
            .contains("\"/sok?lang=fi&amp;q=kirjasto\"")
    );
}

/// Every tag, attribute and attribute value that may come out of one of every block.
fn all_kinds(text: &str) -> Vec<BlockContent> {
    let run = || {
        vec![
            Inline::Text {
                text: text.to_owned(),
                marks: vec![Mark::Strong, Mark::Code],
            },
            link(
                LinkTarget::Url {
                    url: format!("https://a.example/{text}"),
                },
                text,
            ),
            link(
                LinkTarget::Path {
                    path: text.to_owned(),
                },
                text,
            ),
        ]
    };
    let cell = || Cell { text: run() };
    vec![
        paragraph(run()),
        BlockContent::Heading {
            level: 3,
            text: run(),
        },
        BlockContent::List {
            ordered: true,
            items: vec![ListItem {
                text: run(),
                items: vec![],
                ordered: false,
            }],
        },
        BlockContent::Table {
            caption: Some(text.to_owned()),
            header: vec![cell(), cell()],
            rows: vec![vec![cell(), cell()]],
        },
        BlockContent::Quote {
            text: run(),
            source: Some(text.to_owned()),
        },
        BlockContent::Notice {
            tone: NoticeTone::Warning,
            text: run(),
        },
        BlockContent::Facts {
            items: vec![FactItem {
                label: text.to_owned(),
                value: run(),
                note: run(),
            }],
        },
        BlockContent::Actions {
            actions: vec![Action {
                label: text.to_owned(),
                target: LinkTarget::Url {
                    url: format!("mailto:{text}"),
                },
            }],
        },
        BlockContent::Tasks {
            items: vec![TaskItem {
                icon: text.to_owned(),
                label: text.to_owned(),
                target: LinkTarget::Path {
                    path: format!("/{text}"),
                },
                note: text.to_owned(),
            }],
        },
        BlockContent::Searches {
            queries: vec![text.to_owned()],
        },
        BlockContent::Picture {
            picture: PictureId(Uuid::from_u128(1)),
            alt: Some(text.to_owned()),
            caption: vec![Inline::text(text)],
        },
        BlockContent::Box {
            title: text.to_owned(),
            blocks: blocks(vec![paragraph(vec![Inline::text(text)])]),
        },
        BlockContent::Accordion {
            folds: vec![Fold {
                title: text.to_owned(),
                blocks: blocks(vec![paragraph(vec![Inline::text(text)])]),
            }],
        },
        BlockContent::Video {
            url: text.to_owned(),
            title: text.to_owned(),
            sign_language: false,
            text: vec![Inline::text(text)],
        },
        BlockContent::Video {
            url: format!("https://film.example/{text}"),
            title: text.to_owned(),
            sign_language: false,
            text: vec![Inline::text(text)],
        },
        BlockContent::Download {
            file: FileId(Uuid::from_u128(1)),
            title: text.to_owned(),
        },
        BlockContent::Service {
            label: text.to_owned(),
            target: LinkTarget::Url {
                url: text.to_owned(),
            },
            note: text.to_owned(),
        },
        BlockContent::Anchor {
            name: text.to_owned(),
        },
    ]
}

const TAGS: [&str; 36] = [
    "figure",
    "figcaption",
    "picture",
    "img",
    "section",
    "details",
    "summary",
    "source",
    "p",
    "a",
    "strong",
    "em",
    "code",
    "br",
    "h2",
    "h3",
    "h4",
    "ol",
    "ul",
    "li",
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "footer",
    "span",
    "dl",
    "dt",
    "dd",
    "b",
    "svg",
];
const ATTRIBUTES: [&str; 20] = [
    "rel",
    "src",
    "srcset",
    "sizes",
    "width",
    "height",
    "alt",
    "loading",
    "decoding",
    "download",
    "href",
    "hreflang",
    "class",
    "id",
    "scope",
    "role",
    "aria-labelledby",
    "tabindex",
    "data-variant",
    "aria-hidden",
];

fn assert_harmless(html: &str) {
    let page = Page::parse_fragment(html);
    for element in page.root_element().descendent_elements().skip(1) {
        let name = element.value().name();
        let in_icon = element
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .any(|above| above.value().name() == "svg");
        assert!(in_icon || TAGS.contains(&name), "<{name}> in {html}");
        for (attribute, value) in element.value().attrs() {
            if in_icon || name == "svg" {
                continue;
            }
            assert!(ATTRIBUTES.contains(&attribute), "{attribute} in {html}");
            if attribute == "href" {
                assert!(crate::safe_href(value), "{value}");
            }
        }
    }
}

#[test]
fn sections_of_a_page_share_their_ids_and_keep_their_levels() {
    let heading = |level| Block {
        id: BlockId(Uuid::from_u128(1)),
        v: BlockContent::VERSION,
        content: BlockContent::Heading {
            level,
            text: vec![Inline::text("Priser")],
        },
    };
    let document = Document {
        blocks: vec![heading(2), heading(4)],
    };
    let sections = [
        ("Priser <nu>", &document, Locale::SV),
        ("Prices", &document, Locale::EN),
    ];
    let drawn = render_sections(&sections, &Fixed);
    let all: Vec<(u8, &str)> = drawn
        .iter()
        .flat_map(|section| &section.toc)
        .map(|line| (line.level, line.id.as_str()))
        .collect();
    assert_eq!(
        all,
        [
            (2, "priser-nu"),
            (3, "priser"),
            (4, "priser-2"),
            (2, "prices"),
            (3, "priser-3"),
            (4, "priser-4")
        ]
    );
    let html = drawn[0].html.as_str();
    assert!(
        html.starts_with("<h2 id=\"priser-nu\">Priser &lt;nu&gt;</h2>"),
        "{html}"
    );
}

proptest! {
    #[test]
    fn no_text_becomes_a_tag(text in "([<>\"'&/=]|script|onload|style|javascript:|[a-z -]|\\PC){0,40}") {
        assert_harmless(&html(all_kinds(&text)));
    }

    #[test]
    fn text_comes_out_as_it_went_in(text in "\\PC{0,60}") {
        let out = html(vec![paragraph(vec![Inline::text(text.clone())])]);
        let page = Page::parse_fragment(&out);
        let read: String = page.root_element().text().collect();
        prop_assert_eq!(read.trim_end_matches('\n'), text);
    }
}
