//! A document with one of everything, and what the judges say of a file.

use jiff::civil::date;
use serde_json::Value;
use torg_document::{
    Align, Block, Cell, Column, Document, Figure, Group, Heading, Item, List, Note, Number,
    Picture, Piece, Row, Style, Table, Text, Words,
};
use torg_kernel::Locale;

/// Swedish words.
pub fn words() -> Words {
    Words {
        contents: "Innehåll".to_owned(),
        page: "Sida {page} av {pages}".to_owned(),
        about: "cirka".to_owned(),
        about_document: "Om dokumentet".to_owned(),
        tables: "Tabeller".to_owned(),
        date: "Datum".to_owned(),
        author: "Avsändare".to_owned(),
    }
}

/// A drawing with text in it.
pub const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100"><rect x="10" y="40" width="60" height="60" fill="#00619c"/><rect x="90" y="20" width="60" height="80" fill="#b4532a"/><text x="10" y="30" font-size="12">År 2023</text></svg>"##;

/// A picture of 2 × 1 dots.
pub fn dots() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(2, 1, image::Rgb([0, 97, 156]))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture is written into memory");
    png.into_inner()
}

/// Costs, with groups, parts, a sum, and every kind of cell.
pub fn costs() -> Table {
    let row = |name: &str, cells: Vec<Cell>| {
        let mut all = vec![Cell::from(name)];
        all.extend(cells);
        Row::of(all)
    };
    Table {
        caption: "Kostnader per tjänst (tkr)".to_owned(),
        summary: "Första kolumnen är tjänstens namn.".to_owned(),
        sheet: "Kostnader".to_owned(),
        groups: vec![
            Group {
                heading: "Tjänst".to_owned(),
                columns: 1,
            },
            Group {
                heading: "2024".to_owned(),
                columns: 3,
            },
            Group {
                heading: String::new(),
                columns: 2,
            },
        ],
        columns: vec![
            Column::text("Namn").wide(24),
            Column::number("Budget"),
            Column::number("Index"),
            Column::number("Avvikelse"),
            Column {
                heading: "Klart".to_owned(),
                align: Align::Middle,
                width: 0,
            },
            Column::text("Mer"),
        ],
        header_columns: 1,
        rows: vec![
            row(
                "Öppna data",
                vec![
                    Number::of(7_591_000, 1).into(),
                    Cell::Percent(Number::of(60, 1)),
                    Cell::About(Number::whole(-12)),
                    Cell::Date(date(2024, 5, 31)),
                    Text::default()
                        .link("Läs mer", "https://stad.example/data?a=1&b=2")
                        .into(),
                ],
            ),
            row(
                "=1+1 är ett namn",
                vec![
                    Number::whole(9_007_199_254_740_993).into(),
                    Cell::Empty,
                    Number::of(-5, 2).into(),
                    Cell::Time(date(2024, 5, 31).at(14, 30, 0, 0)),
                    "Två\nrader".into(),
                ],
            ),
            Row::sum(vec![
                "Summa".into(),
                Number::of(7_591_000, 1).into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ]),
        ],
        notes: vec!["Källa: leverantören.".into()],
    }
}

/// A form: headers of rows, and no heads of columns.
pub fn form() -> Table {
    Table {
        caption: "Pågående förändringsinsats 1".to_owned(),
        columns: vec![Column::text("").wide(15), Column::text("").wide(45)],
        header_columns: 1,
        rows: vec![
            Row::part("Mål"),
            Row::of(vec!["Effektmål".into(), "Fler hittar rätt.".into()]),
            Row::of(vec!["Tidplan".into(), Cell::Empty]),
        ],
        ..Table::default()
    }
}

/// The running text.
fn body() -> Vec<Block> {
    let english = Piece {
        text: "easy to read".to_owned(),
        language: Some(Locale::EN),
        ..Piece::default()
    };
    let mut text = Text::from("Vanlig text, ")
        .bold("fet")
        .then(", ")
        .italic("kursiv")
        .then(", ")
        .struck("inställt")
        .then(", ")
        .link("stadens webbplats", "https://stad.example/")
        .then(", ")
        .link("till kostnaderna", "#kostnader-2024")
        .then(" <b>& \"tecken\"</b> #let x = 1 och ");
    text.0.push(english);
    text.0.push(Piece {
        text: " (struken länk)".to_owned(),
        struck: true,
        bold: true,
        link: "https://stad.example/struken".to_owned(),
        ..Piece::default()
    });
    vec![
        Block::heading(1, "Befintliga bastjänster"),
        Block::styled(Style::Lead, "Det viktigaste i korthet."),
        Block::paragraph(text),
        Block::List(List {
            numbered: false,
            items: vec![
                Item {
                    text: "Första".into(),
                    under: Some(List {
                        numbered: true,
                        items: vec![Item {
                            text: "Därunder".into(),
                            under: None,
                        }],
                    }),
                },
                Item {
                    text: "Andra".into(),
                    under: None,
                },
            ],
        }),
        Block::list(true, ["Ett", "Två"]),
        Block::Heading(Heading {
            level: 2,
            text: "Kostnader".into(),
            anchor: "kostnader-2024".to_owned(),
        }),
    ]
}

/// The document.
pub fn document() -> Document {
    let mut document = Document::new("Årlig analys 2024", Locale::SV, date(2024, 3, 1), words());
    document.subtitle = "Tjänster & digital infrastruktur".to_owned();
    document.description = "Leverantörens analys.".to_owned();
    document.author = "Förvaltningen för demokrati och medborgarservice".to_owned();
    document.look.city = "Göteborgs Stad".to_owned();
    document.mark = "Demo: uppgifterna är påhittade".to_owned();
    document.contents_depth = 2;
    document.body = body();
    document.body.push(Block::Table(costs()));
    document.body.push(Block::Note(Note {
        title: "Anvisning".to_owned(),
        body: vec![
            Block::paragraph("Här ska en beskrivning göras."),
            Block::list(false, ["Varför", "Hur"]),
            Block::Table(form()),
        ],
    }));
    document.body.push(Block::PageBreak);
    document.body.push(Block::heading(1, "Bilder"));
    document.body.push(Block::Figure(Figure {
        picture: Picture::svg(DRAWING),
        alt: "Staplarna visar att antalet växte från år 2023 till år 2024.".to_owned(),
        caption: "Antal per år".into(),
        width: 60,
    }));
    document.body.push(Block::Figure(Figure {
        picture: Picture::png(dots()),
        alt: "En blå yta utan något annat.".to_owned(),
        caption: Text::default(),
        width: 20,
    }));
    document
}

/// What another program finds in a file of ours.
pub fn judged(kind: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(format!("file.{kind}"));
    std::fs::write(&file, bytes).expect("the file is written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../judges/documents.py");
    let output = std::process::Command::new(judges().join("bin/python"))
        .arg(script)
        .arg(kind)
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

/// The folder of the judges. Asked for here and not of the testkit, which would bring a database along.
pub fn judges() -> std::path::PathBuf {
    std::env::var_os("TORG_TEST_JUDGES")
        .expect("TORG_TEST_JUDGES is not set: run ./test, which installs the judges of judges/")
        .into()
}
