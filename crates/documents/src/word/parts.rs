//! The small parts of a Word file: what is in it, what leads where, header and footer, lists.

use super::body::{CENTIMETRE, Link, Part, Written, text_width};
use super::language;
use super::xml::Xml;
use crate::fonts;
use crate::model::Document;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: (&str, &str) = (
    "xmlns:w",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
);

/// `[Content_Types].xml`.
pub(super) fn content_types(written: &Written) -> Vec<u8> {
    const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut xml = Xml::new();
    xml.open(
        "Types",
        &[(
            "xmlns",
            "http://schemas.openxmlformats.org/package/2006/content-types",
        )],
    );
    let mut endings = vec![
        (
            "rels",
            "application/vnd.openxmlformats-package.relationships+xml",
        ),
        ("xml", "application/xml"),
    ];
    let has = |ending: &str| {
        let mut pictures = written.pictures.iter();
        pictures.any(|picture| picture.target().ends_with(ending))
    };
    if has(".png") {
        endings.push(("png", "image/png"));
    }
    if has(".jpeg") {
        endings.push(("jpeg", "image/jpeg"));
    }
    for (ending, kind) in endings {
        xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
    }
    for (name, kind) in [
        ("/word/document.xml", format!("{MAIN}.document.main+xml")),
        ("/word/styles.xml", format!("{MAIN}.styles+xml")),
        ("/word/settings.xml", format!("{MAIN}.settings+xml")),
        ("/word/numbering.xml", format!("{MAIN}.numbering+xml")),
        ("/word/fontTable.xml", format!("{MAIN}.fontTable+xml")),
        ("/word/header1.xml", format!("{MAIN}.header+xml")),
        ("/word/footer1.xml", format!("{MAIN}.footer+xml")),
        (
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ] {
        xml.empty("Override", &[("PartName", name), ("ContentType", &kind)]);
    }
    xml.done()
}

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str) {
    let kind = format!("{OFFICE}/{kind}");
    xml.empty(
        "Relationship",
        &[("Id", id), ("Type", &kind), ("Target", target)],
    );
}

/// `_rels/.rels`.
pub(super) fn root_relations() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    relation(&mut xml, "rId1", "officeDocument", "word/document.xml");
    xml.empty(
        "Relationship",
        &[
            ("Id", "rId2"),
            (
                "Type",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            ),
            ("Target", "docProps/core.xml"),
        ],
    );
    relation(&mut xml, "rId3", "extended-properties", "docProps/app.xml");
    xml.done()
}

/// `word/_rels/document.xml.rels`.
pub(super) fn relations(links: &[Link], pictures: &[Part]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", RELATIONS)]);
    for (id, kind, target) in [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdHeader", "header", "header1.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ] {
        relation(&mut xml, id, kind, target);
    }
    for picture in pictures {
        relation(&mut xml, &picture.id, "image", &picture.target());
    }
    let kind = format!("{OFFICE}/hyperlink");
    for link in links {
        xml.empty(
            "Relationship",
            &[
                ("Id", &link.id),
                ("Type", &kind),
                ("Target", &link.target),
                ("TargetMode", "External"),
            ],
        );
    }
    xml.done()
}

/// `docProps/core.xml`: title, sender, language and date.
pub(super) fn core(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let moment = format!("{}T00:00:00Z", document.date);
    let w3c = [("xsi:type", "dcterms:W3CDTF")];
    xml.element("dc:title", &[], &document.title);
    xml.element("dc:subject", &[], &document.subtitle);
    xml.element("dc:creator", &[], &document.author);
    xml.element("dc:description", &[], &document.description);
    xml.element("dc:language", &[], &language(document.language));
    xml.element("dcterms:created", &w3c, &moment);
    xml.element("dcterms:modified", &w3c, &moment);
    xml.done()
}

/// `docProps/app.xml`.
pub(super) fn app(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "Properties",
        &[(
            "xmlns",
            "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        )],
    );
    xml.element("Application", &[], "Torg");
    xml.element("Company", &[], &document.look.city);
    xml.done()
}

/// `word/settings.xml`.
pub(super) fn settings(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:settings", &[WORD]);
    xml.value("w:defaultTabStop", "720");
    xml.value("w:characterSpacingControl", "doNotCompress");
    xml.open("w:compat", &[]);
    xml.empty(
        "w:compatSetting",
        &[
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ],
    );
    xml.close();
    xml.empty(
        "w:themeFontLang",
        &[("w:val", &language(document.language))],
    );
    xml.empty("w:decimalSymbol", &[("w:val", ",")]);
    xml.empty("w:listSeparator", &[("w:val", ";")]);
    xml.done()
}

/// `word/fontTable.xml`: what to take where our typeface is not installed.
pub(super) fn fonts() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:fonts", &[WORD]);
    xml.open("w:font", &[("w:name", fonts::FAMILY)]);
    xml.value("w:altName", "Arial");
    xml.value("w:family", "swiss");
    xml.value("w:pitch", "variable");
    xml.done()
}

/// `word/numbering.xml`: one kind of list with dots and one with numbers; each list of the document counts
/// from 1 by itself.
pub(super) fn numbering(lists: &[bool]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:numbering", &[WORD]);
    for (id, numbered) in [("0", false), ("1", true)] {
        xml.open("w:abstractNum", &[("w:abstractNumId", id)]);
        xml.value("w:multiLevelType", "hybridMultilevel");
        for level in 0..9_u32 {
            let dot = ["•", "–", "▪"][usize::try_from(level % 3).unwrap_or(0)];
            let text = format!("%{}.", level + 1);
            xml.open("w:lvl", &[("w:ilvl", &level.to_string())]);
            xml.value("w:start", "1");
            xml.value("w:numFmt", if numbered { "decimal" } else { "bullet" });
            xml.value("w:lvlText", if numbered { &text } else { dot });
            xml.value("w:lvlJc", "start");
            xml.open("w:pPr", &[]);
            let indent = (CENTIMETRE * (level + 1) * 3 / 4).to_string();
            xml.empty("w:ind", &[("w:start", &indent), ("w:hanging", "397")]);
            xml.close();
            xml.close();
        }
        xml.close();
    }
    for (at, numbered) in lists.iter().enumerate() {
        xml.open("w:num", &[("w:numId", &(at + 1).to_string())]);
        xml.value("w:abstractNumId", if *numbered { "1" } else { "0" });
        if *numbered {
            for level in 0..9 {
                let level = level.to_string();
                xml.open("w:lvlOverride", &[("w:ilvl", &level)]);
                xml.value("w:startOverride", "1");
                xml.close();
            }
        }
        xml.close();
    }
    xml.done()
}

/// A line with something where it begins and something where it ends.
fn ends(xml: &mut Xml, document: &Document, style: &str) {
    let width = text_width(document).to_string();
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.value("w:pStyle", style);
    xml.open("w:tabs", &[]);
    xml.empty("w:tab", &[("w:val", "end"), ("w:pos", &width)]);
    xml.close();
    if document.language.is_rtl() {
        xml.empty("w:bidi", &[]);
    }
    xml.close();
}

fn run(xml: &mut Xml, text: &str, bold: bool) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    if bold {
        xml.open("w:rPr", &[]);
        xml.empty("w:b", &[]);
        xml.empty("w:bCs", &[]);
        xml.close();
    }
    xml.element("w:t", &[("xml:space", "preserve")], text);
    xml.close();
}

fn tab(xml: &mut Xml) {
    xml.open("w:r", &[]);
    xml.empty("w:tab", &[]);
    xml.close();
}

/// `word/header1.xml`: the city's name, and the mark.
pub(super) fn header(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:hdr", &[WORD]);
    ends(&mut xml, document, "Header");
    run(&mut xml, &document.look.city, true);
    if !document.mark.is_empty() {
        tab(&mut xml);
        run(&mut xml, &document.mark, true);
    }
    xml.done()
}

/// `word/footer1.xml`: the title, and the page of all pages.
pub(super) fn footer(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:ftr", &[WORD]);
    ends(&mut xml, document, "Footer");
    run(&mut xml, &document.title, false);
    tab(&mut xml);
    let mut rest = document.words.page.as_str();
    while let Some(at) = rest.find('{') {
        let (before, code) = rest.split_at(at);
        run(&mut xml, before, false);
        let end = code.find('}').map_or(code.len(), |end| end + 1);
        let (code, after) = code.split_at(end);
        let field = match code {
            "{page}" => " PAGE ",
            "{pages}" => " NUMPAGES ",
            other => {
                run(&mut xml, other, false);
                rest = after;
                continue;
            }
        };
        xml.open("w:fldSimple", &[("w:instr", field)]);
        run(&mut xml, "1", false);
        xml.close();
        rest = after;
    }
    run(&mut xml, rest, false);
    xml.done()
}
