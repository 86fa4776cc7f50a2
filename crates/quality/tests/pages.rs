//! Whole pages, good and bad, and what the rules say of them.

use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, Document, Fold, Inline, LinkTarget, ListItem,
    Locale, Mark, PageId, PictureId,
};
use torg_quality::{
    Around, Finding, Limit, PictureFacts, Report, Rule, Settings, Text, Weight, check,
};
use uuid::Uuid;

fn page(contents: Vec<BlockContent>) -> Document {
    let blocks = contents.into_iter().enumerate().map(|(at, content)| Block {
        id: BlockId(Uuid::from_u128(at as u128 + 1)),
        v: 1,
        content,
    });
    Document {
        blocks: blocks.collect(),
    }
}

fn paragraph(words: &str) -> BlockContent {
    BlockContent::Paragraph {
        text: vec![Inline::text(words)],
    }
}

fn heading(level: u8, words: &str) -> BlockContent {
    BlockContent::Heading {
        level,
        text: vec![Inline::text(words)],
    }
}

fn url(to: &str) -> LinkTarget {
    LinkTarget::Url { url: to.to_owned() }
}

fn link(words: &str, target: LinkTarget) -> BlockContent {
    BlockContent::Paragraph {
        text: vec![
            Inline::text("Se "),
            Inline::Link {
                target,
                text: vec![Inline::text(words)],
            },
            Inline::text("."),
        ],
    }
}

const LEAD: &str = "Här lånar du böcker och får hjälp.";

fn look(document: &Document, around: &Around<'_>, settings: &Settings) -> Report {
    let text = Text {
        locale: Locale::SV,
        title: "Biblioteket",
        description: LEAD,
        document,
        picture: None,
    };
    check(&text, around, settings)
}

fn looked(contents: Vec<BlockContent>) -> Report {
    look(&page(contents), &Around::nothing(), &Settings::default())
}

fn rules(report: &Report) -> Vec<Rule> {
    report.findings.iter().map(|finding| finding.rule).collect()
}

fn only(report: &Report) -> &Finding {
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    &report.findings[0]
}

#[test]
fn a_good_page_has_nothing_to_mend() {
    let report = looked(vec![
        paragraph("Du kan låna böcker med ditt kort. Kortet är gratis."),
        heading(2, "Så får du kort"),
        BlockContent::List {
            ordered: true,
            items: vec![ListItem {
                text: vec![Inline::text("Kom till oss och visa legitimation.")],
                items: Vec::new(),
                ordered: false,
            }],
        },
        heading(3, "För barn"),
        link("Ansök om kort", url("https://bibliotek.example/kort")),
        BlockContent::Table {
            caption: Some("Priser".to_owned()),
            header: vec![cell(""), cell("Vuxen"), cell("Barn")],
            rows: vec![vec![cell("Kort"), cell("0 kr"), cell("0 kr")]],
        },
    ]);
    assert_eq!(report.findings, []);
    assert_eq!((report.figures.headings, report.figures.links), (2, 1));
    assert_eq!(report.figures.minutes, 1);
    // Too short for LIX to say anything.
    assert_eq!(report.figures.lix, None);
}

fn cell(words: &str) -> Cell {
    Cell {
        text: vec![Inline::text(words)],
    }
}

#[test]
fn a_heavy_text_is_told_with_its_sentences_and_words() {
    let heavy = "Verksamheten tillhandahåller erforderliga informationsinsatser avseende \
        kommuninvånarnas rättigheter i samband med förändringar av verksamhetens organisation.";
    let report = looked(vec![
        paragraph(&format!("{heavy} {heavy} {heavy}")),
        paragraph(&format!("{heavy} {heavy} {heavy} {heavy}")),
    ]);
    let lix = report.figures.lix.expect("long enough");
    assert!(lix > 60, "{lix}");
    let told = report
        .findings
        .iter()
        .find(|finding| finding.rule == Rule::Lix)
        .expect("LIX");
    assert_eq!(
        told.args,
        [("lix", lix.to_string()), ("most", "40".to_owned())]
    );
    assert_eq!(told.message().key, "quality-lix");
    // The same sentence is named once.
    assert_eq!(report.figures.hardest.len(), 1);
    assert_eq!(report.figures.longest[0], ("avseende".to_owned(), 7));
    let plain: Vec<(&str, Option<&str>)> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == Rule::PlainWord)
        .map(|finding| (finding.excerpt.as_str(), finding.suggestion.as_deref()))
        .collect();
    assert!(
        plain.contains(&("tillhandahåller", Some("ge, erbjuda, ha"))),
        "{plain:?}"
    );
    assert!(
        plain.contains(&("i samband med", Some("när, vid"))),
        "{plain:?}"
    );
    // Once a paragraph, however often it stands there.
    assert_eq!(
        plain
            .iter()
            .filter(|(word, _)| *word == "i samband med")
            .count(),
        2
    );
}

#[test]
fn long_sentences_and_paragraphs_are_named() {
    let long = format!("{}slut.", "ett ord till ".repeat(9));
    let report = looked(vec![paragraph(&long)]);
    let told = only(&report);
    assert_eq!(told.rule, Rule::SentenceLong);
    assert_eq!(told.args[0], ("words", "28".to_owned()));
    let report = looked(vec![paragraph(&"Vi har det bra. ".repeat(23))]);
    assert_eq!(only(&report).rule, Rule::ParagraphLong);
    let report = looked(vec![
        paragraph(&"Vi har det bra. ".repeat(20)),
        paragraph(&"Vi har det bra. ".repeat(20)),
        paragraph(&"Vi har det bra. ".repeat(21)),
    ]);
    assert_eq!(only(&report).rule, Rule::HeadingNone);
}

#[test]
fn headings_stand_in_order_and_say_something() {
    let report = looked(vec![
        heading(3, "Direkt på nivå tre"),
        heading(4, "Under"),
        heading(2, " "),
        heading(4, "Hopp"),
        BlockContent::Accordion {
            folds: vec![Fold {
                title: String::new(),
                blocks: Vec::new(),
            }],
        },
        BlockContent::Box {
            title: String::new(),
            blocks: Vec::new(),
        },
        heading(3, &"lång ".repeat(20)),
    ]);
    assert_eq!(
        rules(&report),
        [
            Rule::HeadingEmpty,
            Rule::HeadingEmpty,
            Rule::HeadingOrder,
            Rule::HeadingOrder,
            Rule::HeadingLong
        ]
    );
    let order = &report.findings[2];
    assert_eq!(
        order.args,
        [("level", "3".to_owned()), ("before", "1".to_owned())]
    );
}

#[test]
fn a_bold_paragraph_is_no_heading() {
    let bold = |words: &str| BlockContent::Paragraph {
        text: vec![Inline::Text {
            text: words.to_owned(),
            marks: vec![Mark::Strong],
        }],
    };
    assert_eq!(
        only(&looked(vec![bold("Öppettider i sommar")])).rule,
        Rule::HeadingFake
    );
    assert_eq!(looked(vec![bold("Ring 112 vid fara.")]).findings, []);
}

#[test]
fn links_say_where_they_lead_and_lead_there() {
    let to = |path: &str| url(&format!("https://a.example/{path}"));
    let report = looked(vec![
        link("Klicka här!", to("1")),
        link("läs mer", to("2")),
        link("Du kan klicka här för kartan", to("3")),
        link("https://a.example/4", to("4")),
        link("a@b.example", url("mailto:a@b.example")),
        link(" ", to("5")),
        link("Taxa", to("6")),
        link("taxa", to("7")),
        link("taxa", to("6")),
        link(
            "Förr",
            LinkTarget::Missing {
                original: "gammal.aspx".to_owned(),
            },
        ),
        BlockContent::Actions {
            actions: vec![Action {
                label: "Här".to_owned(),
                target: to("8"),
            }],
        },
    ]);
    assert_eq!(
        rules(&report),
        [
            Rule::LinkEmpty,
            Rule::LinkBroken,
            Rule::LinkWords,
            Rule::LinkWords,
            Rule::LinkWords,
            Rule::LinkBare,
            Rule::LinkSame,
            Rule::LinkWords,
        ]
    );
    assert_eq!(report.figures.links, 11);
    assert_eq!(report.findings[1].args, [("to", "gammal.aspx".to_owned())]);
}

#[test]
fn what_is_known_around_a_text_counts() {
    let gone = LinkTarget::Page {
        id: PageId(Uuid::from_u128(9)),
        fragment: None,
    };
    let document = page(vec![
        link("Förskolor", gone.clone()),
        link("Skolverket", url("https://dead.example/")),
    ]);
    let around = Around {
        leads_nowhere: &|target| *target == gone,
        dead: &|url| (url == "https://dead.example/").then(|| "3 mars".to_owned()),
        same_title: Some("/annan"),
        same_description: Some("/annan"),
        ..Around::nothing()
    };
    let report = look(&document, &around, &Settings::default());
    assert_eq!(
        rules(&report),
        [
            Rule::LinkBroken,
            Rule::TitleSame,
            Rule::LinkDead,
            Rule::DescriptionSame
        ]
    );
    assert_eq!(report.of_weight(Weight::Must), 1);
    assert_eq!(report.of_weight(Weight::Should), 2);
}

fn picture(alt: Option<&str>) -> BlockContent {
    BlockContent::Picture {
        picture: PictureId(Uuid::from_u128(7)),
        alt: alt.map(str::to_owned),
        caption: vec![Inline::text("Utsikt över älven")],
    }
}

#[test]
fn pictures_say_what_they_show_and_weigh_little() {
    let known = |facts: PictureFacts| {
        let document = page(vec![
            picture(None),
            picture(Some("")),
            picture(Some("IMG_0017.JPG")),
            picture(Some("Bild på en bro")),
            picture(Some("utsikt över älven")),
            picture(Some("En bro över älven en kväll i juni")),
        ]);
        let of = move |_| Some(facts.clone());
        let around = Around {
            picture: &of,
            ..Around::nothing()
        };
        rules(&look(&document, &around, &Settings::default()))
    };
    let poor = [Rule::AltPoor; 3];
    let facts = PictureFacts::default();
    assert_eq!(
        known(facts.clone()),
        [&[Rule::AltMissing], poor.as_slice()].concat()
    );
    let elsewhere = PictureFacts {
        alt_elsewhere: true,
        ..facts.clone()
    };
    assert_eq!(
        known(elsewhere),
        [&[Rule::AltLanguage], poor.as_slice()].concat()
    );
    let heavy = PictureFacts {
        alt: Some("En bro".to_owned()),
        bytes: 300_000,
        ..facts
    };
    assert_eq!(known(heavy), [poor.as_slice(), &[Rule::PageHeavy]].concat());
}

#[test]
fn tables_have_headers_and_films_have_words() {
    let table = |header: Vec<Cell>, rows: Vec<Vec<Cell>>| BlockContent::Table {
        caption: Some("Avgifter".to_owned()),
        header,
        rows,
    };
    let report = looked(vec![
        table(Vec::new(), vec![vec![cell("a"), cell("b")]]),
        table(vec![cell("A"), cell(" ")], Vec::new()),
        table(vec![cell("A")], vec![vec![cell("a"), cell("b")]]),
        table(vec![cell("")], vec![vec![cell("a")]]),
        BlockContent::Table {
            caption: None,
            header: vec![cell("A")],
            rows: Vec::new(),
        },
        table((0..9).map(|_| cell("A")).collect(), Vec::new()),
        BlockContent::Video {
            url: "https://film.example/1".to_owned(),
            title: "Så sorterar du".to_owned(),
            sign_language: false,
            text: Vec::new(),
        },
    ]);
    let header = [Rule::TableHeader; 4];
    let rest = [Rule::VideoText, Rule::TableCaption, Rule::TableWide];
    assert_eq!(
        rules(&report),
        [header.as_slice(), rest.as_slice()].concat()
    );
}

#[test]
fn capitals_are_for_short_forms() {
    for fine in [
        "SFI och LSS i EU",
        "UNICEF och FN",
        "Ring SOS ALARM nu",
        "OBS! Viktigt",
    ] {
        assert_eq!(looked(vec![paragraph(fine)]).findings, [], "{fine}");
    }
    for shouted in [
        "VÄLKOMMEN TILL OSS i sommar",
        "Kom till SIMHALLEN",
        "Det är VIKTIGT ATT LÄSA",
    ] {
        assert_eq!(
            only(&looked(vec![paragraph(shouted)])).rule,
            Rule::AllCaps,
            "{shouted}"
        );
    }
    let named = looked(vec![paragraph("Kom NU TILL SIMHALLEN i dag")]);
    assert_eq!(only(&named).excerpt, "NU TILL SIMHALLEN");
}

#[test]
fn places_have_names_of_their_own() {
    let anchor = |name: &str| BlockContent::Anchor {
        name: name.to_owned(),
    };
    let report = looked(vec![anchor("pris"), anchor("tid"), anchor("pris")]);
    assert_eq!(only(&report).rule, Rule::AnchorSame);
}

#[test]
fn title_and_lead_are_looked_at() {
    let document = Document::default();
    let told = |title: &str, description: &str| {
        let text = Text {
            locale: Locale::SV,
            title,
            description,
            document: &document,
            picture: None,
        };
        rules(&check(&text, &Around::nothing(), &Settings::default()))
    };
    assert_eq!(
        told(" ", ""),
        [Rule::TitleMissing, Rule::DescriptionMissing]
    );
    assert_eq!(
        told(&"lång titel ".repeat(7), &"Kort. ".repeat(40)),
        [Rule::TitleLong, Rule::DescriptionLong]
    );
}

#[test]
fn the_city_settles_what_counts() {
    let mut settings = Settings::default();
    settings.set("link-words", "must").expect("a rule");
    settings.set("plain-word", "off").expect("a rule");
    settings.set("limit-sentence", "8").expect("a limit");
    let document = page(vec![
        link("här", url("https://a.example/")),
        paragraph("Du erhåller ett besked av oss inom tio dagar från nu."),
    ]);
    let report = look(&document, &Around::nothing(), &settings);
    assert_eq!(rules(&report), [Rule::LinkWords, Rule::SentenceLong]);
    assert_eq!(report.findings[0].weight, Weight::Must);
    assert_eq!(settings.limit(Limit::Sentence), 8);
}

#[test]
fn english_has_rules_of_its_own_and_other_languages_no_lix() {
    let heavy = "Residents are required to submit applications prior to commencing construction \
        activities in accordance with applicable municipal regulations. "
        .repeat(6);
    let document = page(vec![paragraph(&heavy)]);
    let figures = |locale: &str| {
        let text = Text {
            locale: locale.parse().expect("a language"),
            title: "Building",
            description: LEAD,
            document: &document,
            picture: None,
        };
        let report = check(&text, &Around::nothing(), &Settings::default());
        (
            report.figures.lix,
            report.counts.get(&Rule::PlainWord).copied(),
        )
    };
    let (lix, plain) = figures("en");
    assert!(lix.is_some_and(|lix| lix > 50));
    assert!(plain.is_some_and(|count| count >= 4), "{plain:?}");
    assert_eq!(figures("fi"), (None, None));
}

#[test]
fn a_page_of_twenty_thousand_blocks_takes_well_under_a_second() {
    let words = "Du erhåller ett beslut i syfte att KOMMUNENS invånare ska få hjälp kl. 8.30, \
        t.ex. med avfall och återvinning i närheten av hemmet. ";
    let blocks = (0..20_000)
        .map(|at| match at % 5 {
            0 => heading(4, "En rubrik"),
            1 => link("klicka här", url(&format!("https://a.example/{at}"))),
            _ => paragraph(&words.repeat(2)),
        })
        .collect();
    let document = page(blocks);
    let start = std::time::Instant::now();
    let report = look(&document, &Around::nothing(), &Settings::default());
    let took = start.elapsed();
    // Unoptimised on a busy machine; an optimised build takes a small part of it.
    assert!(took.as_secs() < 10, "{took:?}");
    assert_eq!(report.counts[&Rule::LinkWords], 4_000);
    let listed = report
        .findings
        .iter()
        .filter(|own| own.rule == Rule::LinkWords);
    assert_eq!(listed.count(), 200);
}
