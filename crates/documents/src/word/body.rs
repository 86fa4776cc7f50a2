//! The text itself.

use super::xml::Xml;
use super::{language, table};
use crate::error::Result;
use crate::model::{Block, Document, Figure, Heading, List, Note, Paragraph, Style};
use crate::picture::PictureKind;
use crate::text::{Piece, Text, clean};

/// Twentieths of a point in a centimetre.
pub(super) const CENTIMETRE: u32 = 567;
/// English Metric Units in a twentieth of a point.
const EMU: u32 = 635;
/// Margins at the sides, twentieths of a point.
const SIDE: u32 = 1247;
/// Dots that a drawing as wide as the text gets: 220 to an inch.
const DOTS: u32 = 1_500;

/// A picture that lies in the file.
pub(super) struct Part {
    pub(super) id: String,
    name: String,
    pub(super) bytes: Vec<u8>,
}

impl Part {
    /// Where it lies, seen from the document.
    pub(super) fn target(&self) -> String {
        format!("media/{}", self.name)
    }
}

/// A link out of the file.
pub(super) struct Link {
    pub(super) id: String,
    pub(super) target: String,
}

/// What was written.
pub(super) struct Written {
    pub(super) xml: Vec<u8>,
    pub(super) links: Vec<Link>,
    pub(super) pictures: Vec<Part>,
    /// For each list of its own: whether it has numbers.
    pub(super) numbered: Vec<bool>,
}

/// The document's text being written.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) xml: Xml,
    links: Vec<Link>,
    pictures: Vec<Part>,
    numbered: Vec<bool>,
    bookmarks: usize,
    drawings: usize,
    /// Whether what is written stands in a note.
    in_note: bool,
}

/// Width of the text, twentieths of a point.
pub(super) const fn text_width(document: &Document) -> u32 {
    let paper = if document.landscape { 16_838 } else { 11_906 };
    paper - 2 * SIDE
}

impl<'a> Body<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            xml: Xml::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            numbered: Vec::new(),
            bookmarks: 0,
            drawings: 0,
            in_note: false,
        }
    }

    pub(super) fn write(mut self) -> Result<Written> {
        self.xml.open(
            "w:document",
            &[
                (
                    "xmlns:w",
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                ),
                (
                    "xmlns:r",
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                ),
                (
                    "xmlns:wp",
                    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
                ),
            ],
        );
        self.xml.open("w:body", &[]);
        let document = self.document;
        self.title();
        if document.contents_depth > 0 {
            self.contents();
        }
        self.blocks(&document.body)?;
        self.section();
        Ok(Written {
            xml: self.xml.done(),
            links: self.links,
            pictures: self.pictures,
            numbered: self.numbered,
        })
    }

    fn title(&mut self) {
        let document = self.document;
        self.plain("Title", &document.title);
        if !document.subtitle.is_empty() {
            self.plain("Subtitle", &document.subtitle);
        }
        let date = document.date.to_string();
        let said: Vec<&str> = [document.author.as_str(), &date]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        self.plain("DocumentInformation", &said.join(" · "));
    }

    fn plain(&mut self, style: &'static str, text: &str) {
        self.open_paragraph(style, None);
        self.run(&Piece {
            text: text.to_owned(),
            ..Piece::default()
        });
        self.xml.close();
    }

    /// Opens a paragraph with its properties; the caller closes it.
    pub(super) fn open_paragraph(&mut self, style: &str, list: Option<(usize, usize)>) {
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        if style != "Normal" {
            self.xml.value("w:pStyle", style);
        }
        if let Some((level, number)) = list {
            self.xml.open("w:numPr", &[]);
            self.xml.value("w:ilvl", &level.to_string());
            self.xml.value("w:numId", &(number + 1).to_string());
            self.xml.close();
        }
        if self.in_note {
            self.note_frame();
        }
        if self.document.language.is_rtl() {
            self.xml.empty("w:bidi", &[]);
        }
        self.xml.close();
    }

    fn note_frame(&mut self) {
        let accent = self.document.look.accent;
        self.xml.open("w:pBdr", &[]);
        self.xml.empty(
            "w:left",
            &[
                ("w:val", "single"),
                ("w:sz", "24"),
                ("w:space", "8"),
                ("w:color", &accent.hex()),
            ],
        );
        self.xml.close();
        self.xml.empty(
            "w:shd",
            &[
                ("w:val", "clear"),
                ("w:color", "auto"),
                ("w:fill", &accent.tint(7).hex()),
            ],
        );
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<()> {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.heading(heading),
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::List(list) => {
                    self.numbered.push(list.numbered);
                    let number = self.numbered.len() - 1;
                    self.list(list, number, 0);
                }
                Block::Table(table) => table::write(self, table),
                Block::Note(note) => self.note(note)?,
                Block::Figure(figure) => self.figure(figure)?,
                Block::PageBreak => {
                    self.xml.open("w:p", &[]);
                    self.xml.open("w:r", &[]);
                    self.xml.empty("w:br", &[("w:type", "page")]);
                    self.xml.close();
                    self.xml.close();
                }
            }
        }
        Ok(())
    }

    /// Begins and ends a place that links lead to.
    fn bookmark(&mut self, name: &str) {
        let id = self.bookmarks.to_string();
        self.bookmarks += 1;
        self.xml
            .empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    fn heading(&mut self, heading: &Heading) {
        self.open_paragraph(&format!("Heading{}", heading.level), None);
        if heading.level <= self.document.contents_depth {
            let name = format!("_Toc{}", self.bookmarks);
            self.bookmark(&name);
        }
        if !heading.anchor.is_empty() {
            self.bookmark(&anchor(&heading.anchor));
        }
        self.text(&heading.text);
        self.xml.close();
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = match paragraph.style {
            Style::Body => "BodyText",
            Style::Lead => "Lead",
            Style::Small => "Small",
        };
        self.open_paragraph(style, None);
        self.text(&paragraph.text);
        self.xml.close();
    }

    fn list(&mut self, list: &List, number: usize, level: usize) {
        let style = if list.numbered {
            "ListNumber"
        } else {
            "ListBullet"
        };
        for item in &list.items {
            self.open_paragraph(style, Some((level, number)));
            self.text(&item.text);
            self.xml.close();
            if let Some(under) = &item.under {
                let number = if under.numbered == list.numbered {
                    number
                } else {
                    self.numbered.push(under.numbered);
                    self.numbered.len() - 1
                };
                self.list(under, number, level + 1);
            }
        }
    }

    fn note(&mut self, note: &Note) -> Result<()> {
        self.in_note = true;
        if !note.title.is_empty() {
            self.plain("NoteTitle", &note.title);
        }
        let written = self.blocks(&note.body);
        self.in_note = false;
        written
    }

    fn figure(&mut self, figure: &Figure) -> Result<()> {
        let (kind, bytes) = figure.picture.dots(DOTS)?;
        let ending = match kind {
            PictureKind::Jpeg => "jpeg",
            PictureKind::Png | PictureKind::Svg => "png",
        };
        let number = self.pictures.len() + 1;
        let part = Part {
            id: format!("rIdPicture{number}"),
            name: format!("image{number}.{ending}"),
            bytes,
        };
        let (width, height) = figure.picture.size().unwrap_or((1, 1));
        let wide = text_width(self.document) * u32::from(figure.width) / 100 * EMU;
        let high = u64::from(wide) * u64::from(height) / u64::from(width.max(1));
        // No higher than a page, whatever its width.
        let most = u64::from(22 * CENTIMETRE * EMU);
        let (wide, high) = if high > most {
            (u64::from(wide) * most / high, most)
        } else {
            (u64::from(wide), high)
        };
        self.open_paragraph("Figure", None);
        self.xml.open("w:r", &[]);
        self.drawing(&part, &figure.alt, &wide.to_string(), &high.to_string());
        self.xml.close();
        self.xml.close();
        self.pictures.push(part);
        if !figure.caption.is_blank() {
            self.open_paragraph("Caption", None);
            self.text(&figure.caption);
            self.xml.close();
        }
        Ok(())
    }

    fn drawing(&mut self, part: &Part, alt: &str, wide: &str, high: &str) {
        const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
        const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
        self.drawings += 1;
        let id = self.drawings.to_string();
        let xml = &mut self.xml;
        xml.open("w:drawing", &[]);
        let none = [
            ("distT", "0"),
            ("distB", "0"),
            ("distL", "0"),
            ("distR", "0"),
        ];
        xml.open("wp:inline", &none);
        xml.empty("wp:extent", &[("cx", wide), ("cy", high)]);
        xml.empty(
            "wp:docPr",
            &[("id", &id), ("name", &part.name), ("descr", alt)],
        );
        xml.open("wp:cNvGraphicFramePr", &[]);
        let locks = [("xmlns:a", MAIN), ("noChangeAspect", "1")];
        xml.empty("a:graphicFrameLocks", &locks);
        xml.close();
        xml.open("a:graphic", &[("xmlns:a", MAIN)]);
        xml.open("a:graphicData", &[("uri", PICTURE)]);
        xml.open("pic:pic", &[("xmlns:pic", PICTURE)]);
        xml.open("pic:nvPicPr", &[]);
        xml.empty(
            "pic:cNvPr",
            &[("id", &id), ("name", &part.name), ("descr", alt)],
        );
        xml.empty("pic:cNvPicPr", &[]);
        xml.close();
        xml.open("pic:blipFill", &[]);
        xml.empty("a:blip", &[("r:embed", &part.id)]);
        xml.open("a:stretch", &[]);
        xml.empty("a:fillRect", &[]);
        xml.close();
        xml.close();
        xml.open("pic:spPr", &[]);
        xml.open("a:xfrm", &[]);
        xml.empty("a:off", &[("x", "0"), ("y", "0")]);
        xml.empty("a:ext", &[("cx", wide), ("cy", high)]);
        xml.close();
        xml.open("a:prstGeom", &[("prst", "rect")]);
        xml.empty("a:avLst", &[]);
        for _ in 0..7 {
            xml.close();
        }
    }

    /// The table of contents: a field that Word knows how to update, filled with what it will show.
    fn contents(&mut self) {
        let document = self.document;
        self.plain("TOCHeading", &document.words.contents);
        let depth = document.contents_depth;
        let headings: Vec<&Heading> = document
            .body
            .iter()
            .filter_map(|block| match block {
                Block::Heading(heading) if heading.level <= depth => Some(heading),
                _ => None,
            })
            .collect();
        let last = headings.len().saturating_sub(1);
        // Bookmarks are numbered as the headings will be when they are written.
        let mut bookmark = 0;
        for (at, heading) in headings.iter().enumerate() {
            self.open_paragraph(&format!("TOC{}", heading.level), None);
            if at == 0 {
                self.field("begin");
                self.xml.open("w:r", &[]);
                let code = format!(" TOC \\o \"1-{depth}\" \\n \\h \\z ");
                self.xml
                    .element("w:instrText", &[("xml:space", "preserve")], &code);
                self.xml.close();
                self.field("separate");
            }
            let name = format!("_Toc{bookmark}");
            bookmark += 1 + usize::from(!heading.anchor.is_empty());
            self.xml
                .open("w:hyperlink", &[("w:anchor", &name), ("w:history", "1")]);
            self.run(&Piece {
                text: heading.text.plain(),
                ..Piece::default()
            });
            self.xml.close();
            if at == last {
                self.field("end");
            }
            self.xml.close();
        }
    }

    fn field(&mut self, kind: &str) {
        self.xml.open("w:r", &[]);
        self.xml.empty("w:fldChar", &[("w:fldCharType", kind)]);
        self.xml.close();
    }

    /// Text with links.
    pub(super) fn text(&mut self, text: &Text) {
        for piece in &text.0 {
            if piece.link.is_empty() {
                self.run(piece);
            } else if let Some(to) = piece.link.strip_prefix('#') {
                self.xml.open("w:hyperlink", &[("w:anchor", &anchor(to))]);
                self.run(piece);
                self.xml.close();
            } else {
                let id = self.link(&piece.link);
                self.xml.open("w:hyperlink", &[("r:id", &id)]);
                self.run(piece);
                self.xml.close();
            }
        }
    }

    fn link(&mut self, target: &str) -> String {
        let target = clean(target);
        // The same address a thousand times is one relation.
        if let Some(last) = self.links.last().filter(|link| link.target == target) {
            return last.id.clone();
        }
        let id = format!("rIdLink{}", self.links.len() + 1);
        self.links.push(Link {
            id: id.clone(),
            target: target.into_owned(),
        });
        id
    }

    /// One run: what a piece says and how it looks, in the order that the format wants.
    pub(super) fn run(&mut self, piece: &Piece) {
        let xml = &mut self.xml;
        let foreign = piece.language.filter(|own| *own != self.document.language);
        let rtl = piece.language.unwrap_or(self.document.language).is_rtl();
        xml.open("w:r", &[]);
        let looks = piece.bold || piece.italic || piece.struck || foreign.is_some() || rtl;
        if looks || !piece.link.is_empty() {
            xml.open("w:rPr", &[]);
            if !piece.link.is_empty() {
                xml.value("w:rStyle", "Hyperlink");
            }
            if piece.bold {
                xml.empty("w:b", &[]);
                xml.empty("w:bCs", &[]);
            }
            if piece.italic {
                xml.empty("w:i", &[]);
                xml.empty("w:iCs", &[]);
            }
            if piece.struck {
                xml.empty("w:strike", &[]);
            }
            if rtl {
                xml.empty("w:rtl", &[]);
            }
            if let Some(foreign) = foreign {
                let tag = language(foreign);
                let key = if foreign.is_rtl() { "w:bidi" } else { "w:val" };
                xml.empty("w:lang", &[(key, &tag)]);
            }
            xml.close();
        }
        for (at, line) in clean(&piece.text).split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                xml.element("w:t", &[("xml:space", "preserve")], line);
            }
        }
        xml.close();
    }

    /// Paper, margins, header and footer.
    fn section(&mut self) {
        let (width, height) = if self.document.landscape {
            ("16838", "11906")
        } else {
            ("11906", "16838")
        };
        let side = SIDE.to_string();
        let xml = &mut self.xml;
        xml.open("w:sectPr", &[]);
        xml.empty(
            "w:headerReference",
            &[("w:type", "default"), ("r:id", "rIdHeader")],
        );
        xml.empty(
            "w:footerReference",
            &[("w:type", "default"), ("r:id", "rIdFooter")],
        );
        let mut paper = vec![("w:w", width), ("w:h", height)];
        if self.document.landscape {
            paper.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &paper);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "1474"),
                ("w:right", &side),
                ("w:bottom", "1361"),
                ("w:left", &side),
                ("w:header", "680"),
                ("w:footer", "624"),
                ("w:gutter", "0"),
            ],
        );
        if self.document.language.is_rtl() {
            xml.empty("w:bidi", &[]);
        }
        xml.close();
    }
}

/// The name of a bookmark for an anchor: Word takes no hyphens.
fn anchor(name: &str) -> String {
    format!("a_{}", name.replace('-', "_"))
}
