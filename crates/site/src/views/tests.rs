use askama::Template;
use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, Document, FactItem, FactRef, FieldError, Inline,
    LinkTarget, ListItem, Mark, Message, NoticeTone, TaskItem, UnitId,
};
use torg_ui::sample::{contact, desk, languages, say, shell, show};
use torg_ui::{
    Alternate, ContactCard, Desk, DeskSection, Field, FieldKind, NavLink, Paging, Parts, Place,
    Resolve, ResolvedLink, T, render_parts,
};

use super::*;

struct Sample(T);

impl Resolve for Sample {
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink> {
        match target {
            LinkTarget::Path { path } => Some(ResolvedLink {
                href: path.clone(),
                lang: None,
            }),
            _ => None,
        }
    }
    fn fact(&self, _: &FactRef) -> Option<String> {
        Some("031-390 06 24".to_owned())
    }
    fn contact(&self, _: UnitId) -> Option<ContactCard> {
        Some(contact(self.0))
    }
}

fn path(to: &str) -> LinkTarget {
    LinkTarget::Path {
        path: to.to_owned(),
    }
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn phone() -> Vec<Inline> {
    vec![Inline::Fact {
        fact: "unit:00000000-0000-0000-0000-000000000007:phone"
            .parse()
            .expect("written here"),
    }]
}

fn parts(t: T, place: Place, contents: Vec<BlockContent>) -> Parts {
    let document = Document {
        blocks: contents
            .into_iter()
            .map(|content| Block {
                id: BlockId(Default::default()),
                v: 1,
                content,
            })
            .collect(),
    };
    render_parts(&document, &Sample(t), t.locale(), place)
}

fn heading(text: &str) -> BlockContent {
    BlockContent::Heading {
        level: 2,
        text: words(text),
    }
}

fn paragraph(text: &str) -> BlockContent {
    BlockContent::Paragraph { text: words(text) }
}

fn list(ordered: bool, items: &[&str]) -> BlockContent {
    BlockContent::List {
        ordered,
        items: items
            .iter()
            .map(|text| ListItem {
                text: words(text),
                items: Vec::new(),
                ordered: false,
            })
            .collect(),
    }
}

fn row(cells: [&str; 3]) -> Vec<Cell> {
    cells
        .iter()
        .map(|text| Cell { text: words(text) })
        .collect()
}

fn card() -> BlockContent {
    BlockContent::Contact {
        unit: UnitId(Default::default()),
    }
}

fn article_text(t: T) -> Vec<BlockContent> {
    let fact = |label: &str, value, note: &str| FactItem {
        label: label.to_owned(),
        value,
        note: words(note),
    };
    vec![
        BlockContent::Actions {
            actions: vec![
                Action {
                    label: say(t, "Ställ dig i kö", "Join the queue").to_owned(),
                    target: path("/ko"),
                },
                Action {
                    label: say(t, "Se lediga lotter", "See free plots").to_owned(),
                    target: path("/lotter"),
                },
            ],
        },
        BlockContent::Facts {
            items: vec![
                fact(
                    say(t, "Avgift", "Fee"),
                    words(say(t, "450 kronor", "SEK 450")),
                    say(
                        t,
                        "per år för 50 kvadratmeter",
                        "a year for 50 square metres",
                    ),
                ),
                fact(
                    say(t, "Vanlig kötid", "Usual wait"),
                    words(say(t, "1–3 år", "1–3 years")),
                    say(t, "kortast i Angered", "shortest in Angered"),
                ),
                fact(
                    say(t, "Frågor om din lott", "Questions"),
                    phone(),
                    say(t, "Vardagar 9–16", "Weekdays 9–16"),
                ),
            ],
        },
        heading(say(t, "Vem kan hyra", "Who can rent")),
        BlockContent::Paragraph {
            text: vec![
                Inline::text(say(t, "Du ska vara ", "You must be ")),
                Inline::Text {
                    text: say(t, "18 år", "18 years old").to_owned(),
                    marks: vec![Mark::Strong],
                },
                Inline::text(say(
                    t,
                    " och bo i Göteborg. Varje hushåll kan ha en lott. Skolor och föreningar kan ",
                    " and live in Gothenburg. Each household can have one plot. Schools and clubs can ",
                )),
                Inline::Link {
                    target: path("/mark"),
                    text: words(say(
                        t,
                        "hyra en större bit mark",
                        "rent a larger piece of land",
                    )),
                },
                Inline::text("."),
            ],
        },
        heading(say(t, "Så får du en lott", "How to get a plot")),
        list(
            true,
            &[
                say(
                    t,
                    "Välj område och ställ dig i kö. Du får en bekräftelse direkt.",
                    "Choose an area and join the queue. You get a receipt at once.",
                ),
                say(
                    t,
                    "När det är din tur skickar vi ett erbjudande. Du har fjorton dagar på dig att svara.",
                    "When it is your turn we send an offer. You have fourteen days to answer.",
                ),
                say(
                    t,
                    "Betala avgiften. Sedan får du nyckel till grinden.",
                    "Pay the fee. Then you get a key to the gate.",
                ),
            ],
        ),
        BlockContent::Notice {
            tone: NoticeTone::Warning,
            text: words(say(
                t,
                "Vattnet är avstängt till den 20 april.",
                "The water is off until 20 April.",
            )),
        },
        heading(say(t, "Vad det kostar", "What it costs")),
        BlockContent::Table {
            caption: Some(
                say(
                    t,
                    "Avgift per år från den 1 april 2026",
                    "Fee a year from 1 April 2026",
                )
                .to_owned(),
            ),
            header: row([
                say(t, "Lott", "Plot"),
                say(t, "Storlek", "Size"),
                say(t, "Avgift", "Fee"),
            ]),
            rows: vec![
                row([say(t, "Låda", "Box"), "2 m²", "150 kr"]),
                row([say(t, "Liten", "Small"), "50 m²", "450 kr"]),
                row([say(t, "Stor", "Large"), "100 m²", "1 820 kr"]),
            ],
        },
        heading(say(t, "Regler för lotten", "Rules for the plot")),
        list(
            false,
            &[
                say(
                    t,
                    "Odla minst hälften av ytan varje år.",
                    "Grow on at least half of it each year.",
                ),
                say(
                    t,
                    "Håll gångarna runt lotten fria.",
                    "Keep the paths round it free.",
                ),
                say(
                    t,
                    "Använd inte gift mot ogräs eller insekter.",
                    "Use no poison against weeds or insects.",
                ),
            ],
        ),
        BlockContent::Notice {
            tone: NoticeTone::Info,
            text: words(say(
                t,
                "Ett litet växthus går bra.",
                "A small greenhouse is fine.",
            )),
        },
        BlockContent::Quote {
            text: words(say(
                t,
                "Lotten är det bästa med våren.",
                "The plot is the best thing about spring.",
            )),
            source: Some(say(t, "En odlare i Majorna", "A grower in Majorna").to_owned()),
        },
        heading(say(t, "När du vill sluta", "When you want to stop")),
        paragraph(say(
            t,
            "Säg upp lotten senast den 30 november. Lämna den ren och utan lådor.",
            "Give notice by 30 November at the latest. Leave it clean and without boxes.",
        )),
        card(),
    ]
}

fn review(t: T) -> Review {
    Review {
        reviewed: Some(say(t, "12 januari 2026", "12 January 2026").to_owned()),
        owner: Some(say(t, "Stadsmiljöförvaltningen", "Urban Environment").to_owned()),
    }
}

fn article(t: T) -> ArticlePage {
    let title = say(t, "Hyr en odlingslott", "Rent an allotment");
    let mut frame = shell(
        t,
        title,
        say(t, "/parker/odlingslott", "/en/parks/allotment"),
    );
    frame.crumbs = vec![
        NavLink::new(
            say(
                t,
                "Bygga, bo och miljö",
                "Building, housing and environment",
            ),
            "/bygga",
        ),
        NavLink::new(say(t, "Parker och natur", "Parks and nature"), "/parker"),
    ];
    frame.alternates = vec![
        Alternate {
            locale: torg_kernel::Locale::SV,
            href: "/parker/odlingslott".to_owned(),
        },
        Alternate {
            locale: torg_kernel::Locale::EN,
            href: "/en/parks/allotment".to_owned(),
        },
    ];
    frame.json_ld = Some(r#"{"@context":"https://schema.org","name":"</script>"}"#.to_owned());
    let local = |label: &str, current| LocalLink {
        label: label.to_owned(),
        href: format!("/parker/{}", torg_kernel::slugify(label)),
        current,
    };
    ArticlePage {
        shell: frame,
        lede: say(
            t,
            "Du som bor i Göteborg kan hyra en lott och odla egna grönsaker och blommor. Ställ dig i kö där du vill odla. Det kostar inget att stå i kö.",
            "If you live in Gothenburg you can rent a plot and grow your own vegetables and flowers. Join the queue where you want to grow. Waiting costs nothing.",
        )
        .to_owned(),
        parts: parts(t, Place::Article, article_text(t)),
        above: Some(NavLink::new(say(t, "Odla i staden", "Grow in the city"), "/parker")),
        local: vec![
            local(title, true),
            local(say(t, "Odla på gatan där du bor", "Grow on your street"), false),
            local(say(t, "Kompost och jord", "Compost and soil"), false),
            local(say(t, "Kurser och träffar", "Courses and meetings"), false),
        ],
        guide: false,
        machine: None,
        variants: Vec::new(),
        older: None,
        review: review(t),
    }
}

#[test]
fn start_pages_are_drawn() {
    for t in languages() {
        let task = |icon: &str,
                    sv: &'static str,
                    en: &'static str,
                    note_sv: &'static str,
                    note_en: &'static str| TaskItem {
            icon: icon.to_owned(),
            label: say(t, sv, en).to_owned(),
            target: path("/x"),
            note: say(t, note_sv, note_en).to_owned(),
        };
        let contents = vec![
            BlockContent::Searches {
                queries: ["skolmat", "påsklov", "återvinningscentral", "sommarjobb"]
                    .map(str::to_owned)
                    .to_vec(),
            },
            heading(say(t, "Det här gör flest", "What most people do")),
            BlockContent::Tasks {
                items: vec![
                    task(
                        "baby",
                        "Sök plats i förskola",
                        "Apply for preschool",
                        "Ansök minst fyra månader före.",
                        "Apply at least four months ahead.",
                    ),
                    task(
                        "flag",
                        "Anmäl fel på gata eller i park",
                        "Report a fault",
                        "Hål, lampor, klotter, skräp",
                        "Holes, lamps, graffiti, litter",
                    ),
                    task(
                        "recycle",
                        "Sophämtning och återvinning",
                        "Waste and recycling",
                        "Hämtdagar och öppettider där du bor",
                        "Collection days where you live",
                    ),
                    task(
                        "hammer",
                        "Sök bygglov",
                        "Apply for a building permit",
                        "Se först om du behöver lov",
                        "See first if you need one",
                    ),
                    task(
                        "square-parking",
                        "Boendeparkering",
                        "Residents’ parking",
                        "Ansök, byt bil eller säg upp",
                        "Apply, change car or end",
                    ),
                    task(
                        "heart-handshake",
                        "Hjälp i hemmet för äldre",
                        "Home help for older people",
                        "Ansök själv eller för en anhörig",
                        "Apply yourself or for a relative",
                    ),
                    task(
                        "briefcase",
                        "Lediga jobb i staden",
                        "Jobs in the city",
                        "Nya varje dag",
                        "New ones every day",
                    ),
                ],
            },
            heading(say(t, "Ny här", "New here")),
            paragraph(say(
                t,
                "Läs om hur du får personnummer, skola och bostad.",
                "Read how to get a personal number, a school and a home.",
            )),
            card(),
        ];
        let page = StartPage {
            shell: shell(t, "", say(t, "/", "/en")),
            heading: say(
                t,
                "Vad vill du göra i Göteborg?",
                "What would you like to do in Gothenburg?",
            )
            .to_owned(),
            lede: String::new(),
            sections: vec![
                Section::Text { beside: true },
                Section::Themes {
                    heading: String::new(),
                },
            ],
            parts: parts(t, Place::Start, contents),
        };
        let html = page.render().unwrap();
        assert!(html.contains("<title>Göteborgs Stad</title>"));
        assert!(html.contains("name=\"q\""));
        show("start", t, &html);
    }
}

#[test]
fn themes_are_drawn() {
    for t in languages() {
        let child = |sv: &'static str, en: &'static str| ChildLink {
            label: say(t, sv, en).to_owned(),
            href: format!("/{}", torg_kernel::slugify(sv)),
            description: say(
                t,
                "Vad du behöver veta och hur du gör, steg för steg.",
                "What you need to know and what to do, step by step.",
            )
            .to_owned(),
        };
        let page = ThemePage {
            shell: shell(
                t,
                say(
                    t,
                    "Bygga, bo och miljö",
                    "Building, housing and environment",
                ),
                "/bygga",
            ),
            icon: "house".to_owned(),
            lede: say(
                t,
                "Lov, boende, vatten, sopor och natur.",
                "Permits, housing, water, waste and nature.",
            )
            .to_owned(),
            sections: vec![
                Section::Links {
                    id: "links_1".to_owned(),
                    heading: say(t, "Vanliga ärenden", "Common tasks").to_owned(),
                    items: vec![child("Sök bygglov", "Apply for a permit")],
                },
                Section::Children {
                    items: vec![
                        child("Bygglov", "Building permits"),
                        child("Sopor och återvinning", "Waste and recycling"),
                        child("Vatten och avlopp", "Water and sewage"),
                        child("Parker och natur", "Parks and nature"),
                        child("Bostad och hyra", "Housing and rent"),
                    ],
                    grouped: true,
                },
                Section::Text { beside: false },
            ],
            parts: parts(
                t,
                Place::Article,
                vec![
                    paragraph(say(
                        t,
                        "Hör av dig om du undrar.",
                        "Contact us if you wonder.",
                    )),
                    card(),
                ],
            ),
            variants: Vec::new(),
            machine: None,
            older: None,
            review: review(t),
        };
        show("theme", t, &page.render().unwrap());
    }
}

#[test]
fn articles_are_drawn() {
    for t in languages() {
        let page = article(t);
        let html = page.render().unwrap();
        assert!(html.contains("\\u003c/script\\u003e"));
        assert!(
            html.contains(
                "hreflang=\"x-default\" href=\"https://torg.example/parker/odlingslott\""
            )
        );
        assert!(html.contains("rel=\"canonical\""));
        assert_eq!(html.matches("class=\"toc\"").count(), 1);
        assert!(html.len() < 20_000, "{} bytes", html.len());
        show("article", t, &html);

        let mut older = article(t);
        older.older = Some(OlderTranslation {
            variant: torg_kernel::Variant::Standard,
            made: say(t, "12 januari 2026", "12 January 2026").to_owned(),
            href: "/parker/odlingslott".to_owned(),
        });
        older.parts = parts(
            t,
            Place::Flow,
            vec![paragraph(say(t, "Kort text.", "Short text.")), card()],
        );
        older.local.clear();
        let html = older.render().unwrap();
        assert!(!html.contains("class=\"toc\""));
        show("info", t, &html);
    }
}

#[test]
fn searches_are_drawn() {
    for t in languages() {
        let mut frame = shell(t, say(t, "Sök", "Search"), say(t, "/sok", "/en/search"));
        frame.noindex = true;
        let segment = |text: &str, hit| Segment {
            text: text.to_owned(),
            hit,
        };
        let result = |title: &str, kind: &str| SearchResult {
            title: title.to_owned(),
            href: "/x".to_owned(),
            kind: kind.to_owned(),
            notes: Vec::new(),
            best_bet: kind == "theme",
            lang: None,
            extract: vec![
                segment("Här kan du ", false),
                segment("parkera", true),
                segment(" <b>utan</b> avgift & med tillstånd …", false),
            ],
        };
        let full = SearchPage {
            shell: frame.clone(),
            query: "parkering \"x\"".to_owned(),
            total: 23,
            results: vec![
                result("Boendeparkering", "article"),
                result("Parkeringsbolaget", "unit"),
                result("Trafik och resor", "theme"),
            ],
            suggestion: Some(NavLink::new("parkering", "/sok?q=parkering")),
            before: 10,
            corrected: false,
            languages: Vec::new(),
            filters: Filters::default(),
            ways_on: WaysOn::default(),
            paging: Paging {
                page: 2,
                pages: 3,
                previous_href: Some("/sok?q=parkering".to_owned()),
                next_href: Some("/sok?q=parkering&page=3".to_owned()),
            },
            themes: frame.chrome.themes.clone(),
            contact: Some(contact(t)),
        };
        let html = full.render().unwrap();
        assert!(html.contains("<mark>parkera</mark>"));
        assert!(!html.contains("<b>utan"));
        assert!(html.contains("noindex"));
        show("search", t, &html);
        let empty = SearchPage {
            query: "xyzzy".to_owned(),
            total: 0,
            results: Vec::new(),
            suggestion: None,
            paging: Paging::default(),
            ..full
        };
        show("search-empty", t, &empty.render().unwrap());
    }
}

#[test]
fn every_error_has_words_of_its_own() {
    for t in languages() {
        let mut seen = std::collections::HashSet::new();
        for status in [
            400, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429, 500, 503, 418,
        ] {
            let title = ErrorPage::title(t, status);
            assert!(
                seen.insert(title.clone()),
                "{status} says the same as another"
            );
            let mut frame = shell(t, &title, "/x");
            frame.noindex = true;
            let page = ErrorPage {
                shell: frame,
                status,
                detail: None,
                request_id: (status == 500).then(|| "GK7-4M2P".to_owned()),
                log_in_href: (status == 403).then(|| "/log-in".to_owned()),
            };
            let html = page.render().unwrap();
            assert!(!html.contains("error-"), "{status}: a key shows");
            show(&format!("error-{status}"), t, &html);
        }
    }
}

#[test]
fn staff_pages_are_drawn() {
    for t in languages() {
        let rows = |count: usize| {
            (0..count)
                .map(|at| PageRow {
                    id: format!("row{at}"),
                    title: say(t, "Hyr en odlingslott", "Rent an allotment").to_owned(),
                    edit_href: (at != 2).then(|| format!("/admin/pages/{at}")),
                    address: "/bygga-bo-och-miljo/parker-och-natur/odlingslott".to_owned(),
                    locale: t.locale(),
                    state: if at == 1 { "draft" } else { "published" },
                    state_words: say(t, "Publicerad", "Published").to_owned(),
                    kind: say(t, "Artikel", "Article").to_owned(),
                    owner: "Stadsmiljöförvaltningen".to_owned(),
                    changed: say(t, "3 mars 2026", "3 March 2026").to_owned(),
                    reviewed: (at % 3 > 0)
                        .then(|| say(t, "12 januari 2026", "12 January 2026").to_owned()),
                })
                .collect::<Vec<_>>()
        };
        let mut page = PagesListPage {
            desk: desk(t, DeskSection::Pages, say(t, "Sidor", "Pages")),
            request_id: "r".to_owned(),
            filters: vec![Field::new(
                "q",
                FieldKind::Text,
                t.get("pages-filter"),
                "odla",
            )],
            hidden: vec![("state", "draft".to_owned())],
            clear_href: Some("/admin/pages".to_owned()),
            chips: vec![FilterChip {
                label: say(t, "Utkast", "Drafts").to_owned(),
                href: "/admin/pages?state=draft".to_owned(),
                current: true,
            }],
            total: 9,
            rows: rows(9),
            paging: Paging::default(),
            can_make: true,
        };
        show("admin-pages", t, &page.render().unwrap());
        page.rows.clear();
        show("admin-pages-empty", t, &page.render().unwrap());

        let mut frame = desk(
            t,
            DeskSection::Pages,
            say(t, "Hyr en odlingslott", "Rent an allotment"),
        );
        frame.crumbs = vec![NavLink::new(say(t, "Sidor", "Pages"), "/admin/pages")];
        let mut edit = page_edit(t, frame.clone());
        edit.desk.done = Some(say(t, "Sparat.", "Saved.").to_owned());
        let html = edit.render().unwrap();
        // The first line break of a text area is dropped by browsers, so one more stands there.
        assert!(html.contains(">\n\n## Vem kan hyra"), "{html}");
        assert!(!html.contains("18 år.</textarea>\n</textarea>"));
        show("admin-page-edit", t, &html);
        edit.desk.done = None;
        edit.errors = vec![
            FieldError {
                field: "title".to_owned(),
                message: Message::new("error-required"),
            },
            FieldError {
                field: "other".to_owned(),
                message: Message::new("error-heading-409"),
            },
        ];
        edit.conflicts = vec![ConflictView {
            name: "0198/field:title".to_owned(),
            about: t.get("desk-field-title").into_owned(),
            person: "Jonas Lund".to_owned(),
            time: "14.30".to_owned(),
            kept: "Hyr en lott".to_owned(),
            other: "Hyr en <odlingslott>".to_owned(),
        }];
        let html = edit.render().unwrap();
        assert!(html.contains("settle:0198/field:title"), "{html}");
        assert!(html.contains("Hyr en &#60;odlingslott&#62;"), "{html}");
        show("admin-page-conflict", t, &html);

        let row = |position, weeded| LogRow {
            position,
            time: say(
                t,
                "tisdag 3 mars 2026 kl. 14.30",
                "Tuesday 3 March 2026 14:30",
            )
            .to_owned(),
            machine_time: "2026-03-03T13:30:00Z".to_owned(),
            actor: "Maryam Ek".to_owned(),
            organisation: "Stadsmiljöförvaltningen".to_owned(),
            kind: say(t, "Sidan ändrades", "The page was changed").to_owned(),
            changes: vec![
                LogChange {
                    name: "title".to_owned(),
                    before: Some("Hyr lott".to_owned()),
                    after: Some("Hyr en odlingslott".to_owned()),
                },
                LogChange {
                    name: "reviewed".to_owned(),
                    before: None,
                    after: Some("2026-01-12".to_owned()),
                },
            ],
            weeded,
        };
        frame.title = say(t, "Logg för Hyr en odlingslott", "Log of Rent an allotment").to_owned();
        let mut log = ObjectLogPage {
            desk: frame,
            rows: vec![row(41, false), row(17, true)],
            paging: Paging::default(),
        };
        show("admin-log", t, &log.render().unwrap());
        log.rows.clear();
        show("admin-log-empty", t, &log.render().unwrap());
    }
}

fn page_edit(t: T, frame: Desk) -> PageEditPage {
    PageEditPage {
        desk: frame,
        action: "/admin/pages/1".to_owned(),
        cancel_href: "/admin/pages".to_owned(),
        log_href: Some("/admin/log/page/1".to_owned()),
        links: Vec::new(),
        locale: t.locale(),
        state: "in_review",
        state_words: t.get("desk-state-in_review").into_owned(),
        facts: vec![t.get("desk-public-differs").into_owned()],
        note: say(t, "Kolla avgiften.", "Check the fee.").to_owned(),
        people: vec!["Maryam Ek".to_owned()],
        plans: vec![PlanView {
            words: t.one("desk-plan-publish", "time", "14.30"),
            failure: Some(t.get("desk-failed").into_owned()),
        }],
        publish_at: "2026-03-04T09:00".to_owned(),
        unpublish_at: String::new(),
        first: vec![Field::new(
            "title",
            FieldKind::Text,
            t.get("desk-field-title"),
            "Hyr en <odlingslott>",
        )],
        text: Field::new(
            "text",
            FieldKind::Lines(24),
            t.get("edit-text"),
            "\n## Vem kan hyra\n\nDu ska vara 18 år.</textarea>\n",
        ),
        more: vec![Field::new(
            "published",
            FieldKind::DateTime,
            t.get("desk-field-published"),
            "2026-03-01T09:00",
        )],
        comments: Some(true),
        hidden: vec![("base_text".to_owned(), "## Vem".to_owned())],
        errors: Vec::new(),
        conflicts: Vec::new(),
        steps: Steps {
            submit: true,
            review: true,
            publish: true,
            plan: true,
            unpublish: true,
            archive: true,
            bring_back: true,
            discard: true,
        },
        request_id: "r-1".to_owned(),
        revision: 7,
        writable: true,
    }
}
