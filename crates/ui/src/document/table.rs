//! Tables: named by a caption or by the heading above, in a box of their own that scrolls and can
//! be reached with the keyboard. Columns of numbers line up at their end.

use std::fmt::Write as _;

use torg_kernel::{Cell, Inline};

use super::Writer;
use crate::push_escaped;

impl Writer<'_> {
    pub(super) fn table(
        &mut self,
        out: &mut String,
        caption: Option<&str>,
        header: &[Cell],
        rows: &[Vec<Cell>],
    ) {
        self.tables += 1;
        let number = self.tables;
        let own = caption.map(str::trim).filter(|words| !words.is_empty());
        let fallback = self.t.get("table-name");
        let name = own.unwrap_or(if self.heading.is_empty() {
            &fallback
        } else {
            &self.heading
        });
        let _ = write!(
            out,
            "<div class=\"tablebox\" role=\"group\" aria-labelledby=\"table_{number}\" tabindex=\"0\"><table><caption id=\"table_{number}\""
        );
        out.push_str(if own.is_some() { ">" } else { " class=\"sr\">" });
        push_escaped(out, name);
        out.push_str("</caption>");
        let numeric: Vec<bool> = (0..header.len())
            .map(|column| column > 0 && is_numeric(rows, column))
            .collect();
        let class = |column: usize| {
            if numeric.get(column).copied().unwrap_or(false) {
                " class=\"num\""
            } else {
                ""
            }
        };
        out.push_str("<thead><tr>");
        for (column, cell) in header.iter().enumerate() {
            // An empty header cell names nothing, so it is a plain one.
            if Inline::plain(&cell.text).trim().is_empty() {
                out.push_str("<td></td>");
            } else {
                let _ = write!(out, "<th scope=\"col\"{}>", class(column));
                self.inlines(out, &cell.text);
                out.push_str("</th>");
            }
        }
        out.push_str("</tr></thead><tbody>");
        for row in rows {
            out.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let names_row = column == 0 && row.len() > 1 && !cell.text.is_empty();
                if names_row {
                    self.wrapped(out, "<th scope=\"row\">", &cell.text, "</th>");
                } else {
                    let _ = write!(out, "<td{}>", class(column));
                    self.inlines(out, &cell.text);
                    out.push_str("</td>");
                }
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>");
    }
}

/// Whether every filled cell of a column is a number with at most a short unit.
fn is_numeric(rows: &[Vec<Cell>], column: usize) -> bool {
    let mut filled = 0;
    for row in rows {
        let Some(cell) = row.get(column) else {
            continue;
        };
        let text = Inline::plain(&cell.text);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        filled += 1;
        let unit = text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | ',' | '.' | '–' | '-' | '−' | '+')
        });
        if unit.len() == text.len()
            || !(matches!(
                unit.trim_end_matches('.'),
                "" | "kr" | "kronor" | "%" | "procent" | "tkr" | "mkr"
            ))
        {
            return false;
        }
    }
    filled > 0
}
