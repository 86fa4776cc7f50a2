//! The tables of a document as a workbook: a first sheet that says what it is, then a sheet for each
//! table with its numbers as numbers. Running text and pictures stay in Word and PDF.
//!
//! Number formats are written as the format wants them (`#,##0.0`); Excel shows them with the reader's
//! own signs, in Swedish `1 234,5`. The price of Excel: numbers of more than fifteen digits would lose
//! some, so they are written as text.

mod names;
mod sheet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook,
    Worksheet, XlsxError,
};

use crate::check::check;
use crate::error::{DocumentError, Result};
use crate::model::{Colour, Document};
use crate::text::clean;

pub(crate) fn failed(error: &XlsxError) -> DocumentError {
    DocumentError::Failed(format!("the workbook: {error}"))
}

pub(super) fn colour(colour: Colour) -> Color {
    Color::RGB(u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2))
}

/// How cells look, made once for a workbook.
pub(super) struct Looks {
    title: Format,
    quiet: Format,
    mark: Format,
    label: Format,
    head: Format,
    part: Format,
}

impl Looks {
    fn new(document: &Document) -> Self {
        let accent = document.look.accent;
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            quiet: top.clone().set_font_color(Color::RGB(0x4c_5b66)),
            mark: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(0x5a_3a05))
                .set_background_color(Color::RGB(0xfd_f1d8)),
            label: top.clone().set_bold(),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Bottom)
                .set_background_color(colour(accent.tint(14)))
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(colour(accent)),
            part: top.set_bold().set_background_color(colour(accent.tint(6))),
        }
    }
}

/// Writes the tables of a document as a workbook (`.xlsx`).
///
/// # Errors
/// What [`check`] finds, and [`DocumentError::Failed`] when a cell holds more than Excel takes.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    check(document)?;
    let tables = document.tables();
    let names = names::unique(&document.words.about_document, &tables);
    let looks = Looks::new(document);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document).map_err(|error| failed(&error))?);
    about(document, &names, &looks, workbook.add_worksheet()).map_err(|error| failed(&error))?;
    for (table, name) in tables.iter().zip(&names.tables) {
        let worksheet = workbook.add_worksheet();
        page(document, name, worksheet)
            .and_then(|()| sheet::fill(document, table, &looks, worksheet))
            .map_err(|error| failed(&error))?;
    }
    workbook.save_to_buffer().map_err(|error| failed(&error))
}

fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let date = document.date;
    let year = u16::try_from(date.year()).unwrap_or(1900).max(1900);
    let day = ExcelDateTime::from_ymd(
        year,
        u8::try_from(date.month()).unwrap_or(1),
        u8::try_from(date.day()).unwrap_or(1),
    )?;
    Ok(DocProperties::new()
        .set_title(clean(&document.title))
        .set_subject(clean(&document.subtitle))
        .set_comment(clean(&document.description))
        .set_author(clean(&document.author))
        .set_company(clean(&document.look.city))
        .set_creation_datetime(&day))
}

/// What every sheet has: its name, paper, and what stands on each printed page.
fn page(document: &Document, name: &str, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    // `&` begins a code in headers.
    let plain = |text: &str| clean(text).replace('&', "&&").replace('\n', " ");
    let short = |text: &str| text.chars().take(60).collect::<String>();
    worksheet
        .set_name(name)?
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_header(format!(
            "&L{}&R{}",
            plain(&short(&document.look.city)),
            plain(&short(&document.mark))
        ))
        .set_footer(format!("&L{}&R&P / &N", plain(&short(&document.title))));
    Ok(())
}

/// The first sheet: title, sender, date, mark and a list of the others.
fn about(
    document: &Document,
    names: &names::Names,
    looks: &Looks,
    worksheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    page(document, &names.about, worksheet)?;
    worksheet.set_column_width(0, 18)?.set_column_width(1, 80)?;
    worksheet.write_with_format(0, 0, &*clean(&document.title), &looks.title)?;
    let mut row = 1;
    for text in [&document.subtitle, &document.description] {
        if !text.is_empty() {
            worksheet.write_with_format(row, 0, &*clean(text), &looks.quiet)?;
            row += 1;
        }
    }
    if !document.mark.is_empty() {
        worksheet.write_with_format(row, 0, &*clean(&document.mark), &looks.mark)?;
        row += 1;
    }
    row += 1;
    let date = document.date.to_string();
    for (label, value) in [
        (&document.words.author, &document.author),
        (&document.words.date, &date),
    ] {
        if !value.is_empty() {
            worksheet.write_with_format(row, 0, &*clean(label), &looks.label)?;
            worksheet.write(row, 1, &*clean(value))?;
            row += 1;
        }
    }
    row += 1;
    worksheet.write_with_format(row, 0, &*clean(&document.words.tables), &looks.label)?;
    for (table, name) in document.tables().iter().zip(&names.tables) {
        row += 1;
        let target = format!("internal:'{}'!A1", name.replace('\'', "''"));
        worksheet.write(row, 0, Url::new(target).set_text(name))?;
        worksheet.write(row, 1, &*clean(&table.caption))?;
    }
    Ok(())
}
