//! Names of sheets: at most 31 characters, without `[]:*?/\`, not begun or ended by an apostrophe, each
//! once whatever the case. That is what Excel takes; everything else makes it mend the file.

use std::collections::BTreeSet;

use crate::table::Table;
use crate::text::clean;

/// Most characters in a sheet's name, counted as Excel does (UTF-16).
const MOST: usize = 31;

/// The names of a workbook's sheets.
pub(super) struct Names {
    pub(super) about: String,
    pub(super) tables: Vec<String>,
}

/// A name for each sheet.
pub(super) fn unique(about: &str, tables: &[&Table]) -> Names {
    let mut taken = BTreeSet::new();
    let about = one(about, &mut taken);
    let tables = tables
        .iter()
        .map(|table| {
            let wanted = if table.sheet.is_empty() {
                &table.caption
            } else {
                &table.sheet
            };
            one(wanted, &mut taken)
        })
        .collect();
    Names { about, tables }
}

fn one(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = clean(wanted)
        .chars()
        .map(|c| if "[]:*?/\\\n".contains(c) { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut plain = words.join(" ");
    plain = plain.trim_matches('\'').to_owned();
    // "History" is Excel's own.
    if plain.is_empty() || plain.eq_ignore_ascii_case("history") {
        plain.push_str(" 1");
    }
    let mut name = shortened(plain.trim(), MOST);
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        let ending = format!(" ({number})");
        name = format!("{}{ending}", shortened(&plain, MOST - ending.len()));
        number += 1;
    }
    name
}

fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut left = most - 1;
    let mut short: String = text
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(captions: &[&str]) -> Vec<String> {
        let tables: Vec<Table> = captions
            .iter()
            .map(|caption| Table {
                caption: (*caption).to_owned(),
                ..Table::default()
            })
            .collect();
        unique("Om dokumentet", &tables.iter().collect::<Vec<_>>()).tables
    }

    #[test]
    fn names_are_what_excel_takes() {
        assert_eq!(
            names(&[
                "Kostnader [tkr]: 2024/2025",
                "kostnader tkr 2024 2025",
                "Om dokumentet",
                "'Citat'",
                "???",
                "history",
                "Konsoliderade bastjänster och digital infrastruktur",
                "Konsoliderade bastjänster och digital infrastruktur 2",
            ]),
            [
                "Kostnader tkr 2024 2025",
                "kostnader tkr 2024 2025 (2)",
                "Om dokumentet (2)",
                "Citat",
                "1",
                "history 1",
                "Konsoliderade bastjänster och…",
                "Konsoliderade bastjänster… (2)",
            ]
        );
    }

    #[test]
    fn a_name_of_pairs_is_cut_between_them() {
        let name = names(&["\u{1f600}".repeat(20).as_str()]).remove(0);
        assert!(name.encode_utf16().count() <= MOST, "{name}");
        assert!(name.ends_with('…'));
    }
}
