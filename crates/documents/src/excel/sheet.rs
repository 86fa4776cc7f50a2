//! One table on one sheet.

use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Table as ExcelTable, TableColumn, TableStyle,
    Url, Worksheet, XlsxError,
};

use super::{Looks, colour};
use crate::model::Document;
use crate::number::{EXACT_IN_EXCEL, MOST_DECIMALS, Number};
use crate::table::{Align, Cell, Column, Row, RowKind, Table};
use crate::text::{Text, clean};

/// Most links on a sheet that Excel takes; those after are text.
const MOST_LINKS: usize = 65_000;
/// Longest address of a link that Excel takes.
const LONGEST_LINK: usize = 2_000;
/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// Where things stand on the sheet.
struct Place<'a> {
    document: &'a Document,
    looks: &'a Looks,
    links: usize,
}

/// Fills a sheet with a table.
pub(super) fn fill(
    document: &Document,
    table: &Table,
    looks: &Looks,
    worksheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut place = Place {
        document,
        looks,
        links: 0,
    };
    worksheet.write_with_format(0, 0, &*clean(&table.caption), &looks.title)?;
    let mut row = 1;
    if !table.summary.is_empty() {
        worksheet.write_with_format(row, 0, &*clean(&table.summary), &looks.quiet)?;
        row += 1;
    }
    if !document.mark.is_empty() {
        worksheet.write_with_format(row, 0, &*clean(&document.mark), &looks.mark)?;
        row += 1;
    }
    row += 1;
    widths(table, document, worksheet)?;
    let first = row;
    row = place.head(table, row, worksheet)?;
    if table.has_head() {
        worksheet.set_repeat_rows(first, row - 1)?;
    }
    worksheet.set_freeze_panes(row, index(table.header_columns))?;
    let body = row;
    for line in &table.rows {
        place.row(table, line, row, worksheet)?;
        row += 1;
    }
    as_table(table, body, looks, worksheet)?;
    for note in &table.notes {
        row += 1;
        worksheet.write_with_format(row, 0, &*clean(&note.plain()), &looks.quiet)?;
    }
    Ok(())
}

fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Marks the rows as a table of Excel's own, which can be sorted, filtered and read out with its headers.
/// Only where its rules allow it: unique headings, and no headings of parts within.
fn as_table(
    table: &Table,
    body: u32,
    looks: &Looks,
    worksheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut seen = std::collections::BTreeSet::new();
    let unique = table
        .columns
        .iter()
        .all(|column| seen.insert(clean(&column.heading).to_lowercase()));
    let sums = table
        .rows
        .iter()
        .rev()
        .take_while(|row| row.kind == RowKind::Sum)
        .count();
    let plain = table.rows.len() - sums;
    let ordinary = table.rows[..plain]
        .iter()
        .all(|row| row.kind == RowKind::Ordinary);
    if !table.has_head() || !unique || !ordinary || plain == 0 {
        return Ok(());
    }
    let columns: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| {
            TableColumn::new()
                .set_header(clean(&column.heading))
                .set_header_format(aligned(looks.head.clone(), column.align))
        })
        .collect();
    let last = body + u32::try_from(plain).unwrap_or(u32::MAX) - 1;
    let excel = ExcelTable::new()
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_first_column(table.header_columns > 0);
    worksheet.add_table(body - 1, 0, last, index(table.columns.len()) - 1, &excel)?;
    Ok(())
}

/// Widths by content, within reason: a column of long text wraps.
fn widths(table: &Table, document: &Document, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    for (at, column) in table.columns.iter().enumerate() {
        let longest = table
            .rows
            .iter()
            .filter(|row| row.kind != RowKind::Part)
            .filter_map(|row| row.cells.get(at))
            .map(|cell| cell.words(document).chars().count())
            .max()
            .unwrap_or(0);
        // A heading may wrap between words; room for the button of the filter.
        let word = column
            .heading
            .split_whitespace()
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0);
        let width = longest.max(word + 3).clamp(WIDTHS.0, WIDTHS.1) + 2;
        worksheet.set_column_width(index(at), u16::try_from(width).unwrap_or(62))?;
    }
    Ok(())
}

impl Place<'_> {
    /// The heads: groups over columns, then the columns. Returns the row after them.
    fn head(&self, table: &Table, row: u32, worksheet: &mut Worksheet) -> Result<u32, XlsxError> {
        if !table.has_head() {
            return Ok(row);
        }
        let head = &self.looks.head;
        let mut row = row;
        if !table.groups.is_empty() {
            let mut at = 0;
            for group in &table.groups {
                let last = at + group.columns - 1;
                let text = clean(&group.heading);
                if last > at {
                    worksheet.merge_range(row, index(at), row, index(last), &text, head)?;
                } else {
                    worksheet.write_with_format(row, index(at), &*text, head)?;
                }
                at = last + 1;
            }
            row += 1;
        }
        for (at, column) in table.columns.iter().enumerate() {
            let format = aligned(head.clone(), column.align);
            worksheet.write_with_format(row, index(at), &*clean(&column.heading), &format)?;
        }
        Ok(row + 1)
    }

    fn row(
        &mut self,
        table: &Table,
        line: &Row,
        row: u32,
        worksheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        if line.kind == RowKind::Part {
            let text = line.cells.first().map(|cell| cell.words(self.document));
            let text = text.unwrap_or_default();
            worksheet.write_with_format(row, 0, &*clean(&text), &self.looks.part)?;
            for at in 1..table.columns.len() {
                worksheet.write_blank(row, index(at), &self.looks.part)?;
            }
            return Ok(());
        }
        for (at, (cell, column)) in line.cells.iter().zip(&table.columns).enumerate() {
            let format = self.format(cell, column, line.kind, at < table.header_columns);
            self.cell(cell, row, index(at), &format, worksheet)?;
        }
        Ok(())
    }

    fn format(&self, cell: &Cell, column: &Column, kind: RowKind, header: bool) -> Format {
        let mut format = aligned(Format::new().set_align(FormatAlign::Top), column.align);
        if kind == RowKind::Sum {
            format = format
                .set_bold()
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(colour(self.document.look.accent));
        } else if header {
            format = format.set_bold();
        }
        match cell {
            Cell::Number(number) => format.set_num_format(pattern(*number, "")),
            Cell::Percent(number) => format.set_num_format(pattern(*number, "") + "%"),
            Cell::About(number) => {
                let about = self.document.words.about.replace('"', "");
                format.set_num_format(pattern(*number, &format!("\"{about} \"")))
            }
            Cell::Date(_) => format.set_num_format("yyyy-mm-dd"),
            Cell::Time(_) => format.set_num_format("yyyy-mm-dd hh:mm"),
            Cell::Empty | Cell::Text(_) => format.set_text_wrap(),
        }
    }

    fn cell(
        &mut self,
        cell: &Cell,
        row: u32,
        column: u16,
        format: &Format,
        worksheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => worksheet.write_blank(row, column, format)?,
            Cell::Text(text) => return self.text(text, row, column, format, worksheet),
            Cell::Number(number) | Cell::About(number) if exact(*number) => {
                worksheet.write_with_format(row, column, number.nearest(), format)?
            }
            Cell::Percent(number) if exact(*number) && number.decimals < MOST_DECIMALS - 1 => {
                let share = Number::of(number.units, number.decimals + 2);
                worksheet.write_with_format(row, column, share.nearest(), format)?
            }
            Cell::Date(date) => match moment(date.at(0, 0, 0, 0)) {
                Some(moment) => worksheet.write_with_format(row, column, &moment, format)?,
                None => worksheet.write_with_format(row, column, date.to_string(), format)?,
            },
            Cell::Time(time) => match moment(*time) {
                Some(moment) => worksheet.write_with_format(row, column, &moment, format)?,
                None => worksheet.write_with_format(row, column, time.to_string(), format)?,
            },
            Cell::Number(_) | Cell::About(_) | Cell::Percent(_) => {
                worksheet.write_with_format(row, column, cell.words(self.document), format)?
            }
        };
        Ok(())
    }

    /// Text, as a link when it holds one link and the sheet has room for more.
    fn text(
        &mut self,
        text: &Text,
        row: u32,
        column: u16,
        format: &Format,
        worksheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let plain = text.plain();
        let plain = clean(&plain);
        let mut links = text.0.iter().map(|piece| piece.link.as_str());
        let mut links = links.by_ref().filter(|link| {
            // Excel knows these kinds; a phone number stays text.
            ["https:", "http:", "mailto:"]
                .iter()
                .any(|kind| link.starts_with(kind))
                && link.len() < LONGEST_LINK
        });
        if let (Some(link), None) = (links.next(), links.next())
            && self.links < MOST_LINKS
            && plain.encode_utf16().count() <= 255
        {
            self.links += 1;
            let url = Url::new(clean(link)).set_text(plain);
            let format = format
                .clone()
                .set_font_color(colour(self.document.look.accent))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single);
            worksheet.write_url_with_format(row, column, url, &format)?;
            return Ok(());
        }
        worksheet.write_string_with_format(row, column, plain, format)?;
        Ok(())
    }
}

fn aligned(format: Format, align: Align) -> Format {
    match align {
        Align::Start => format,
        Align::Middle => format.set_align(FormatAlign::Center),
        Align::End => format.set_align(FormatAlign::Right),
    }
}

/// Excel's pattern for a number with its decimals.
fn pattern(number: Number, before: &str) -> String {
    let decimals = usize::from(number.decimals.min(MOST_DECIMALS));
    let point = if decimals == 0 { "" } else { "." };
    format!("{before}#,##0{point}{}", "0".repeat(decimals))
}

const fn exact(number: Number) -> bool {
    number.units.unsigned_abs() <= EXACT_IN_EXCEL.unsigned_abs()
}

/// A moment as Excel counts them, from 1900 to 9999.
fn moment(time: jiff::civil::DateTime) -> Option<ExcelDateTime> {
    let small = |part: i8| u8::try_from(part).ok();
    ExcelDateTime::from_ymd(
        u16::try_from(time.year()).ok()?,
        small(time.month())?,
        small(time.day())?,
    )
    .ok()?
    .and_hms(
        u16::try_from(time.hour()).ok()?,
        small(time.minute())?,
        f64::from(time.second()),
    )
    .ok()
}
