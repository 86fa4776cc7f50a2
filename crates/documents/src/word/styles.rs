//! Styles, by the names that Word knows: what shows a heading in its navigation pane, what a screen
//! reader announces, and what the table of contents gathers.

use super::language;
use super::xml::Xml;
use crate::fonts;
use crate::model::{Colour, Document};

/// Dark blue of headings, nearly black.
const INK: &str = "00283f";
/// Grey of what is said beside, 6 to 1 on white.
const QUIET: &str = "4c5b66";

/// A paragraph's style in numbers: half points and twentieths of a point.
struct Style {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    size: u32,
    before: u32,
    after: u32,
    bold: bool,
    colour: Option<String>,
    keep_next: bool,
    /// 0 for headings of level 1, and so on.
    outline: Option<u8>,
    indent: u32,
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    based_on: "Normal",
    size: 22,
    before: 0,
    after: 120,
    bold: false,
    colour: None,
    keep_next: false,
    outline: None,
    indent: 0,
};

fn heading(id: &'static str, name: &'static str, level: u8, size: u32) -> Style {
    Style {
        id,
        name,
        size,
        before: 480 - u32::from(level) * 60,
        after: 100,
        bold: true,
        colour: Some(INK.to_owned()),
        keep_next: true,
        outline: Some(level - 1),
        ..PLAIN
    }
}

fn list(accent: Colour) -> Vec<Style> {
    let quiet = || Some(QUIET.to_owned());
    let ink = || Some(INK.to_owned());
    let mut styles = vec![
        Style {
            id: "BodyText",
            name: "Body Text",
            ..PLAIN
        },
        Style {
            id: "Title",
            name: "Title",
            size: 52,
            before: 240,
            after: 80,
            bold: true,
            colour: ink(),
            ..PLAIN
        },
        Style {
            id: "Subtitle",
            name: "Subtitle",
            size: 28,
            after: 120,
            colour: ink(),
            ..PLAIN
        },
        Style {
            id: "DocumentInformation",
            name: "Document Information",
            size: 20,
            after: 360,
            colour: quiet(),
            ..PLAIN
        },
        heading("Heading1", "heading 1", 1, 34),
        heading("Heading2", "heading 2", 2, 28),
        heading("Heading3", "heading 3", 3, 24),
        heading("Heading4", "heading 4", 4, 22),
        heading("Heading5", "heading 5", 5, 22),
        heading("Heading6", "heading 6", 6, 22),
        Style {
            id: "Lead",
            name: "Lead",
            size: 25,
            after: 180,
            ..PLAIN
        },
        Style {
            id: "Small",
            name: "Small Text",
            size: 18,
            before: 60,
            colour: quiet(),
            ..PLAIN
        },
        Style {
            id: "ListBullet",
            name: "List Bullet",
            after: 60,
            ..PLAIN
        },
        Style {
            id: "ListNumber",
            name: "List Number",
            after: 60,
            ..PLAIN
        },
        Style {
            id: "NoteTitle",
            name: "Note Title",
            after: 60,
            bold: true,
            colour: ink(),
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "Figure",
            name: "Figure",
            before: 120,
            after: 60,
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "Caption",
            name: "caption",
            size: 19,
            after: 240,
            colour: quiet(),
            ..PLAIN
        },
        Style {
            id: "TableCaption",
            name: "Table Caption",
            based_on: "Caption",
            size: 21,
            before: 240,
            after: 80,
            bold: true,
            colour: ink(),
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "TableText",
            name: "Table Text",
            size: 19,
            after: 0,
            ..PLAIN
        },
        Style {
            id: "TableHeading",
            name: "Table Heading",
            based_on: "TableText",
            size: 19,
            after: 0,
            bold: true,
            colour: ink(),
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "TableRowHeading",
            name: "Table Row Heading",
            based_on: "TableText",
            size: 19,
            after: 0,
            bold: true,
            ..PLAIN
        },
        Style {
            id: "TableSum",
            name: "Table Sum",
            based_on: "TableText",
            size: 19,
            after: 0,
            bold: true,
            colour: ink(),
            ..PLAIN
        },
        Style {
            id: "TablePart",
            name: "Table Part",
            based_on: "TableText",
            size: 19,
            before: 60,
            after: 0,
            bold: true,
            colour: Some(accent.hex()),
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "TableEnd",
            name: "Table End",
            size: 12,
            after: 60,
            ..PLAIN
        },
        Style {
            id: "TOCHeading",
            name: "TOC Heading",
            size: 28,
            before: 240,
            after: 100,
            bold: true,
            colour: ink(),
            keep_next: true,
            ..PLAIN
        },
        Style {
            id: "Header",
            name: "header",
            size: 18,
            after: 0,
            colour: quiet(),
            ..PLAIN
        },
        Style {
            id: "Footer",
            name: "footer",
            size: 18,
            after: 0,
            colour: quiet(),
            ..PLAIN
        },
    ];
    for (id, name, level) in [
        ("TOC1", "toc 1", 0),
        ("TOC2", "toc 2", 1),
        ("TOC3", "toc 3", 2),
        ("TOC4", "toc 4", 3),
        ("TOC5", "toc 5", 4),
        ("TOC6", "toc 6", 5),
    ] {
        styles.push(Style {
            id,
            name,
            after: 60,
            indent: level * 284,
            ..PLAIN
        });
    }
    styles
}

/// `word/styles.xml`.
pub(super) fn styles(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "w:styles",
        &[(
            "xmlns:w",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        )],
    );
    defaults(&mut xml, document);
    xml.open(
        "w:style",
        &[
            ("w:type", "paragraph"),
            ("w:default", "1"),
            ("w:styleId", "Normal"),
        ],
    );
    xml.value("w:name", "Normal");
    xml.empty("w:qFormat", &[]);
    xml.close();
    xml.open(
        "w:style",
        &[
            ("w:type", "character"),
            ("w:default", "1"),
            ("w:styleId", "DefaultParagraphFont"),
        ],
    );
    xml.value("w:name", "Default Paragraph Font");
    xml.value("w:uiPriority", "1");
    xml.empty("w:semiHidden", &[]);
    xml.close();
    for style in list(document.look.accent) {
        paragraph(&mut xml, &style);
    }
    hyperlink(&mut xml, document);
    table(&mut xml, document.look.accent);
    xml.done()
}

fn defaults(xml: &mut Xml, document: &Document) {
    let tag = language(document.language);
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", fonts::FAMILY),
            ("w:hAnsi", fonts::FAMILY),
            ("w:cs", "Arial"),
        ],
    );
    xml.value("w:sz", "22");
    xml.value("w:szCs", "22");
    // A screen reader and the spelling take their language from here.
    let bidi = if document.language.is_rtl() {
        tag.as_str()
    } else {
        "ar-SA"
    };
    xml.empty(
        "w:lang",
        &[("w:val", &tag), ("w:eastAsia", &tag), ("w:bidi", bidi)],
    );
    xml.close();
    xml.close();
    xml.open("w:pPrDefault", &[]);
    xml.open("w:pPr", &[]);
    xml.empty(
        "w:spacing",
        &[
            ("w:after", "120"),
            ("w:line", "276"),
            ("w:lineRule", "auto"),
        ],
    );
    xml.close();
    xml.close();
    xml.close();
}

fn paragraph(xml: &mut Xml, style: &Style) {
    xml.open(
        "w:style",
        &[("w:type", "paragraph"), ("w:styleId", style.id)],
    );
    xml.value("w:name", style.name);
    xml.value("w:basedOn", style.based_on);
    if style.outline.is_some() || style.id == "Title" {
        xml.value("w:next", "BodyText");
    }
    xml.empty("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    if style.keep_next {
        xml.empty("w:keepNext", &[]);
        xml.empty("w:keepLines", &[]);
    }
    let (before, after) = (style.before.to_string(), style.after.to_string());
    xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after)]);
    if style.indent > 0 {
        xml.empty("w:ind", &[("w:start", &style.indent.to_string())]);
    }
    if let Some(outline) = style.outline {
        xml.value("w:outlineLvl", &outline.to_string());
    }
    xml.close();
    xml.open("w:rPr", &[]);
    if style.bold {
        xml.empty("w:b", &[]);
        xml.empty("w:bCs", &[]);
    }
    if let Some(colour) = &style.colour {
        xml.value("w:color", colour);
    }
    let size = style.size.to_string();
    xml.value("w:sz", &size);
    xml.value("w:szCs", &size);
    xml.close();
    xml.close();
}

fn hyperlink(xml: &mut Xml, document: &Document) {
    xml.open(
        "w:style",
        &[("w:type", "character"), ("w:styleId", "Hyperlink")],
    );
    xml.value("w:name", "Hyperlink");
    xml.value("w:basedOn", "DefaultParagraphFont");
    xml.open("w:rPr", &[]);
    xml.value("w:color", &document.look.accent.hex());
    xml.value("w:u", "single");
    xml.close();
    xml.close();
}

/// Tables: a rule above and below, thin ones between rows, the head tinted. Colour never stands alone:
/// heads are bold as well.
fn table(xml: &mut Xml, accent: Colour) {
    let strong = accent.hex();
    let border = |xml: &mut Xml, name: &'static str, size: &str, colour: &str| {
        xml.empty(
            name,
            &[
                ("w:val", "single"),
                ("w:sz", size),
                ("w:space", "0"),
                ("w:color", colour),
            ],
        );
    };
    xml.open(
        "w:style",
        &[("w:type", "table"), ("w:styleId", "TorgTable")],
    );
    xml.value("w:name", "Torg Table");
    xml.empty("w:qFormat", &[]);
    xml.open("w:tblPr", &[]);
    xml.open("w:tblBorders", &[]);
    border(xml, "w:top", "8", &strong);
    border(xml, "w:bottom", "8", &strong);
    border(xml, "w:insideH", "4", "c3cdd4");
    xml.close();
    xml.open("w:tblCellMar", &[]);
    for (name, width) in [
        ("w:top", "50"),
        ("w:start", "90"),
        ("w:bottom", "50"),
        ("w:end", "90"),
    ] {
        xml.empty(name, &[("w:w", width), ("w:type", "dxa")]);
    }
    xml.close();
    xml.close();
    xml.open("w:tblStylePr", &[("w:type", "firstRow")]);
    xml.open("w:tcPr", &[]);
    xml.empty(
        "w:shd",
        &[
            ("w:val", "clear"),
            ("w:color", "auto"),
            ("w:fill", &accent.tint(14).hex()),
        ],
    );
    xml.value("w:vAlign", "bottom");
    for _ in 0..3 {
        xml.close();
    }
}
