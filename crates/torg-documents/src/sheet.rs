//! The document as `page.typ` reads it: every number, date and colour already in words, every text in
//! characters that can be written.

use serde::Serialize;
use torg_document::{
    Align, Block, Cell, Document, Figure, List, PictureKind, RowKind, Style, Table, Text,
};
use torg_kernel::Locale;

use crate::glyphs::Glyphs;
use crate::world::FAMILIES;

/// A column that says no more than so many characters is as wide as it needs.
const LITTLE: u64 = 18;

/// Pictures by the name of the file that `page.typ` asks for.
type Pictures = Vec<(String, Vec<u8>)>;

/// Everything that `page.typ` reads.
#[derive(Serialize)]
pub(crate) struct Sheet {
    title: String,
    subtitle: String,
    description: String,
    author: String,
    year: i16,
    month: i8,
    day: i8,
    lang: String,
    region: Option<String>,
    rtl: bool,
    fonts: [&'static str; 3],
    accent: String,
    head_fill: String,
    part_fill: String,
    note_fill: String,
    city: String,
    mark: String,
    landscape: bool,
    page: Vec<String>,
    said: String,
    contents: Option<String>,
    depth: u8,
    body: Vec<Part>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    bold: bool,
    italic: bool,
    struck: bool,
    link: String,
    lang: Option<String>,
    region: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Plain(String),
    Pieces(Vec<Piece>),
}

#[derive(Serialize)]
struct Line {
    text: Vec<Piece>,
    under: Option<Items>,
}

#[derive(Serialize)]
struct Items {
    numbered: bool,
    items: Vec<Line>,
}

#[derive(Serialize)]
struct Column {
    heading: String,
    align: &'static str,
    width: u64,
}

#[derive(Serialize)]
struct Group {
    heading: String,
    columns: usize,
}

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    cells: Vec<Said>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Part {
    Heading {
        level: u8,
        text: Vec<Piece>,
        anchor: String,
    },
    Paragraph {
        style: &'static str,
        text: Vec<Piece>,
    },
    List(Items),
    Table {
        caption: String,
        summary: String,
        groups: Vec<Group>,
        head: bool,
        columns: Vec<Column>,
        header_columns: usize,
        rows: Vec<Row>,
        notes: Vec<Vec<Piece>>,
    },
    Note {
        title: String,
        body: Vec<Self>,
    },
    Figure {
        file: String,
        alt: String,
        width: u8,
        caption: Vec<Piece>,
    },
    PageBreak,
}

/// A language and its region, apart. A tag of another script keeps its language alone.
fn language(locale: Locale) -> (String, Option<String>) {
    let mut parts = locale.as_str().split('-');
    let language = parts.next().unwrap_or_default().to_owned();
    let region = parts
        .find(|part| part.len() == 2)
        .map(str::to_ascii_uppercase);
    (language, region)
}

/// Writes a document's parts, gathering its pictures.
struct Writer<'a> {
    document: &'a Document,
    glyphs: &'a Glyphs<'a>,
    pictures: Pictures,
}

impl Sheet {
    /// The sheet of a document, and its pictures.
    pub(crate) fn new(document: &Document, glyphs: &Glyphs<'_>) -> (Self, Pictures) {
        let fit = |text: &str| glyphs.fit(text);
        let mut writer = Writer {
            document,
            glyphs,
            pictures: Vec::new(),
        };
        let body = writer.parts(&document.body);
        let (lang, region) = language(document.language);
        let accent = document.look.accent;
        let fill = |percent| format!("#{}", accent.tint(percent).hex());
        let has_headings = document
            .body
            .iter()
            .any(|block| matches!(block, Block::Heading(h) if h.level <= document.contents_depth));
        let date = document.date.to_string();
        let said: Vec<String> = [document.author.as_str(), &date]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(fit)
            .collect();
        let sheet = Self {
            title: fit(&document.title),
            subtitle: fit(&document.subtitle),
            description: fit(&document.description),
            author: fit(&document.author),
            year: document.date.year(),
            month: document.date.month(),
            day: document.date.day(),
            lang,
            region,
            rtl: document.language.is_rtl(),
            fonts: FAMILIES,
            accent: format!("#{}", accent.hex()),
            head_fill: fill(14),
            part_fill: fill(6),
            note_fill: fill(7),
            city: fit(&document.look.city),
            mark: fit(&document.mark),
            landscape: document.landscape,
            page: cut(&fit(&document.words.page)),
            said: said.join(" · "),
            contents: has_headings.then(|| fit(&document.words.contents)),
            depth: document.contents_depth,
            body,
        };
        (sheet, writer.pictures)
    }
}

/// A text cut before and after what stands in braces.
fn cut(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (code, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push(before.to_owned());
        parts.push(format!("{{{code}}}"));
        rest = after;
    }
    parts.push(rest.to_owned());
    parts
}

impl Writer<'_> {
    fn pieces(&self, text: &Text) -> Vec<Piece> {
        text.0
            .iter()
            .map(|piece| {
                let own = piece.language.filter(|own| *own != self.document.language);
                let (lang, region) = own.map(language).unzip();
                Piece {
                    text: self.glyphs.fit(&piece.text),
                    bold: piece.bold,
                    italic: piece.italic,
                    struck: piece.struck,
                    link: torg_document::clean(&piece.link).into_owned(),
                    lang,
                    region: region.flatten(),
                }
            })
            .collect()
    }

    fn parts(&mut self, blocks: &[Block]) -> Vec<Part> {
        blocks.iter().map(|block| self.part(block)).collect()
    }

    fn part(&mut self, block: &Block) -> Part {
        match block {
            Block::Heading(heading) => Part::Heading {
                level: heading.level,
                text: self.pieces(&heading.text),
                anchor: heading.anchor.clone(),
            },
            Block::Paragraph(paragraph) => Part::Paragraph {
                style: match paragraph.style {
                    Style::Body => "body",
                    Style::Lead => "lead",
                    Style::Small => "small",
                },
                text: self.pieces(&paragraph.text),
            },
            Block::List(list) => Part::List(self.items(list)),
            Block::Table(table) => self.table(table),
            Block::Note(note) => Part::Note {
                title: self.glyphs.fit(&note.title),
                body: self.parts(&note.body),
            },
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => Part::PageBreak,
        }
    }

    fn items(&self, list: &List) -> Items {
        Items {
            numbered: list.numbered,
            items: list
                .items
                .iter()
                .map(|item| Line {
                    text: self.pieces(&item.text),
                    under: item.under.as_ref().map(|under| self.items(under)),
                })
                .collect(),
        }
    }

    fn figure(&mut self, figure: &Figure) -> Part {
        let ending = match figure.picture.kind() {
            PictureKind::Svg => "svg",
            PictureKind::Png => "png",
            PictureKind::Jpeg => "jpg",
        };
        let file = format!("picture-{}.{ending}", self.pictures.len() + 1);
        let bytes = figure.picture.bytes().to_vec();
        self.pictures.push((file.clone(), bytes));
        Part::Figure {
            file,
            alt: self.glyphs.fit(&figure.alt),
            width: figure.width,
            caption: self.pieces(&figure.caption),
        }
    }

    fn table(&self, table: &Table) -> Part {
        let widths = self.shares(table);
        let columns = table
            .columns
            .iter()
            .zip(widths)
            .map(|(column, width)| Column {
                heading: self.glyphs.fit(&column.heading),
                align: match column.align {
                    Align::Start => "start",
                    Align::Middle => "middle",
                    Align::End => "end",
                },
                width,
            });
        let groups = table.groups.iter().map(|group| Group {
            heading: self.glyphs.fit(&group.heading),
            columns: group.columns,
        });
        let rows = table.rows.iter().map(|row| Row {
            kind: match row.kind {
                RowKind::Ordinary => "ordinary",
                RowKind::Sum => "sum",
                RowKind::Part => "part",
            },
            cells: row
                .cells
                .iter()
                .map(|cell| self.cell(cell, row.kind))
                .collect(),
        });
        Part::Table {
            caption: self.glyphs.fit(&table.caption),
            summary: self.glyphs.fit(&table.summary),
            groups: groups.collect(),
            head: table.has_head(),
            columns: columns.collect(),
            header_columns: table.header_columns,
            rows: rows.collect(),
            notes: table.notes.iter().map(|note| self.pieces(note)).collect(),
        }
    }

    /// How the columns share the paper: those that say little are as wide as what they say (0), the others
    /// share what is left.
    fn shares(&self, table: &Table) -> Vec<u64> {
        let mut shares = table.widths(self.document);
        let widest = shares.iter().copied().max().unwrap_or(0);
        for (share, column) in shares.iter_mut().zip(&table.columns) {
            let little = column.align == Align::End || *share <= LITTLE;
            if column.width == 0 && little && *share < widest {
                *share = 0;
            }
        }
        shares
    }

    /// Plain where it is plain, since a table may have a hundred thousand cells.
    fn cell(&self, cell: &Cell, kind: RowKind) -> Said {
        match cell {
            Cell::Text(text) => {
                let plain = text.0.iter().all(|piece| {
                    let ordinary = !piece.bold && !piece.italic && !piece.struck;
                    ordinary
                        && piece.link.is_empty()
                        && piece.language.is_none()
                        && !piece.text.contains('\n')
                });
                if plain && kind != RowKind::Part {
                    Said::Plain(self.glyphs.fit(&text.plain()))
                } else {
                    Said::Pieces(self.pieces(text))
                }
            }
            cell if kind == RowKind::Part => {
                Said::Pieces(self.pieces(&cell.words(self.document).into()))
            }
            cell => Said::Plain(self.glyphs.fit(&cell.words(self.document))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_number_is_cut_out_of_its_sentence() {
        assert_eq!(
            cut("Sida {page} av {pages}"),
            ["Sida ", "{page}", " av ", "{pages}", ""]
        );
        assert_eq!(cut("utan"), ["utan"]);
    }

    #[test]
    fn languages_are_parted_from_regions() {
        let of = |tag: &str| language(tag.parse().expect("a tag"));
        assert_eq!(of("sv"), ("sv".to_owned(), None));
        assert_eq!(of("en-gb"), ("en".to_owned(), Some("GB".to_owned())));
        assert_eq!(of("zh-hant"), ("zh".to_owned(), None));
    }
}
