use super::*;
use crate::ResolvedLink;
use proptest::prelude::*;
use scraper::{Html as Page, Selector};
use torg_kernel::{
    Block, BlockId, Cell, FactField, FactRef, FactSource, LinkTarget, Mark, PageId, UnitId,
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
    ]
}

const TAGS: [&str; 28] = [
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
const ATTRIBUTES: [&str; 10] = [
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
