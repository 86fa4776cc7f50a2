//! Tables: header rows that are repeated on each page, headers of rows by the table's look, a caption
//! above, and what the table is for those who hear it.

use super::body::{Body, text_width};
use crate::table::{Align, Cell, Row, RowKind, Table};
use crate::text::{Piece, Text};

/// Writes a table with its caption and remarks.
pub(super) fn write(body: &mut Body<'_>, table: &Table) {
    body.open_paragraph("TableCaption", None);
    body.run(&Piece {
        text: table.caption.clone(),
        ..Piece::default()
    });
    body.xml.close();
    let widths = widths(body, table);
    body.xml.open("w:tbl", &[]);
    properties(body, table);
    body.xml.open("w:tblGrid", &[]);
    for width in &widths {
        body.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
    }
    body.xml.close();
    head(body, table, &widths);
    for row in &table.rows {
        line(body, table, row, &widths);
    }
    body.xml.close();
    for note in &table.notes {
        body.open_paragraph("Small", None);
        body.text(note);
        body.xml.close();
    }
    if table.notes.is_empty() {
        // Two tables without a paragraph between them would be one.
        body.open_paragraph("TableEnd", None);
        body.xml.close();
    }
}

fn properties(body: &mut Body<'_>, table: &Table) {
    let rtl = body.document.language.is_rtl();
    let sum = table
        .rows
        .last()
        .is_some_and(|row| row.kind == RowKind::Sum);
    let xml = &mut body.xml;
    xml.open("w:tblPr", &[]);
    xml.value("w:tblStyle", "TorgTable");
    if rtl {
        xml.empty("w:bidiVisual", &[]);
    }
    xml.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")]);
    let yes = |yes: bool| if yes { "1" } else { "0" };
    xml.empty(
        "w:tblLook",
        &[
            ("w:val", "04A0"),
            ("w:firstRow", yes(table.has_head())),
            ("w:lastRow", yes(sum)),
            ("w:firstColumn", yes(table.header_columns > 0)),
            ("w:lastColumn", "0"),
            ("w:noHBand", "0"),
            ("w:noVBand", "1"),
        ],
    );
    xml.value("w:tblCaption", &table.caption);
    if !table.summary.is_empty() {
        xml.value("w:tblDescription", &table.summary);
    }
    xml.close();
}

/// Widths in twentieths of a point, together those of the text.
fn widths(body: &Body<'_>, table: &Table) -> Vec<u32> {
    let weights = table.widths(body.document);
    let all: u64 = weights.iter().sum::<u64>().max(1);
    let room = u64::from(text_width(body.document));
    weights
        .iter()
        .map(|weight| u32::try_from(room * weight / all).unwrap_or(u32::MAX))
        .collect()
}

/// Opens a row; the caller closes it.
fn open_row(body: &mut Body<'_>, header: bool) {
    body.xml.open("w:tr", &[]);
    body.xml.open("w:trPr", &[]);
    body.xml.empty("w:cantSplit", &[]);
    if header {
        body.xml.empty("w:tblHeader", &[]);
    }
    body.xml.close();
}

/// Opens a cell with its width; the caller closes it.
fn open_cell(body: &mut Body<'_>, width: u32, span: usize) {
    body.xml.open("w:tc", &[]);
    body.xml.open("w:tcPr", &[]);
    let width = width.to_string();
    body.xml
        .empty("w:tcW", &[("w:w", &width), ("w:type", "dxa")]);
    if span > 1 {
        body.xml.value("w:gridSpan", &span.to_string());
    }
    body.xml.close();
}

fn head(body: &mut Body<'_>, table: &Table, widths: &[u32]) {
    if !table.has_head() {
        return;
    }
    if !table.groups.is_empty() {
        open_row(body, true);
        let mut at = 0;
        for group in &table.groups {
            let width = widths.iter().skip(at).take(group.columns).sum();
            at += group.columns;
            open_cell(body, width, group.columns);
            paragraph(
                body,
                Align::Start,
                "TableHeading",
                &group.heading.as_str().into(),
            );
            body.xml.close();
        }
        body.xml.close();
    }
    open_row(body, true);
    for (column, width) in table.columns.iter().zip(widths) {
        open_cell(body, *width, 1);
        let heading = column.heading.as_str().into();
        paragraph(body, column.align, "TableHeading", &heading);
        body.xml.close();
    }
    body.xml.close();
}

fn line(body: &mut Body<'_>, table: &Table, row: &Row, widths: &[u32]) {
    open_row(body, false);
    if row.kind == RowKind::Part {
        open_cell(body, widths.iter().sum(), table.columns.len());
        let text = match row.cells.first() {
            Some(Cell::Text(text)) => text.clone(),
            Some(cell) => cell.words(body.document).into(),
            None => Text::default(),
        };
        paragraph(body, Align::Start, "TablePart", &text);
        body.xml.close();
        body.xml.close();
        return;
    }
    for (at, cell) in row.cells.iter().enumerate() {
        let align = table
            .columns
            .get(at)
            .map_or(Align::Start, |column| column.align);
        let style = if row.kind == RowKind::Sum {
            "TableSum"
        } else if at < table.header_columns {
            "TableRowHeading"
        } else {
            "TableText"
        };
        open_cell(body, widths.get(at).copied().unwrap_or(0), 1);
        match cell {
            Cell::Text(text) => paragraph(body, align, style, text),
            cell => {
                let text = cell.words(body.document).into();
                paragraph(body, align, style, &text);
            }
        }
        body.xml.close();
    }
    body.xml.close();
}

/// A paragraph of a cell: alignment stands after the style, in the order that the format wants.
fn paragraph(body: &mut Body<'_>, align: Align, style: &str, text: &Text) {
    body.xml.open("w:p", &[]);
    body.xml.open("w:pPr", &[]);
    body.xml.value("w:pStyle", style);
    if body.document.language.is_rtl() {
        body.xml.empty("w:bidi", &[]);
    }
    match align {
        Align::Start => {}
        Align::Middle => body.xml.value("w:jc", "center"),
        // Word turns "right" about where lines run from right to left.
        Align::End => body.xml.value("w:jc", "right"),
    }
    body.xml.close();
    body.text(text);
    body.xml.close();
}
