//! `pages.csv`: what would stand in front matter, for files that have none. The first column is
//! `file`, the others are the keys of front matter.

use std::collections::BTreeMap;

use crate::encoding;
use crate::error::{ErrorKind, ParseError, nearest};
use crate::front::FrontMatter;

/// One row of `pages.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its line, from 1.
    pub line: u32,
    /// What it says; an empty cell says nothing.
    pub front: FrontMatter,
}

/// Reads a `pages.csv` into rows by file path. Columns are parted by commas or, as Excel in
/// Swedish writes them, semicolons.
///
/// # Errors
/// When the bytes are no text, a column is misspelt or doubled, a file stands twice, or a value
/// is not what its column holds; with line.
pub fn parse_pages_csv(path: &str, bytes: &[u8]) -> Result<BTreeMap<String, PageRow>, ParseError> {
    let fail = |line: u32, kind: ErrorKind| ParseError::new(path, Some(line), kind);
    let (text, _) = encoding::decode(bytes).map_err(|(line, kind)| fail(line, kind))?;
    let head = text.lines().next().unwrap_or_default();
    let semicolons = head.matches(';').count() > head.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let bad_row = |error: csv::Error| {
        let line = error.position().map_or(1, |at| line_number(at.line()));
        let reason = error.to_string();
        fail(line, ErrorKind::BadRow { reason })
    };
    let columns = reader.headers().map_err(bad_row)?.clone();
    if columns.get(0).is_none_or(|first| first != "file") {
        return Err(fail(1, ErrorKind::NoFileColumn {}));
    }
    for (at, column) in columns.iter().enumerate().skip(1) {
        if !FrontMatter::KEYS.contains(&column) {
            let nearest = nearest(column, FrontMatter::KEYS);
            let column = column.to_owned();
            return Err(fail(1, ErrorKind::UnknownColumn { column, nearest }));
        }
        if columns.iter().take(at).any(|before| before == column) {
            let name = column.to_owned();
            return Err(fail(1, ErrorKind::DoubleEntry { name }));
        }
    }
    let mut rows = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(bad_row)?;
        let line = record.position().map_or(1, |at| line_number(at.line()));
        let mut front = FrontMatter::default();
        for (column, value) in columns.iter().zip(&record).skip(1) {
            if !value.is_empty() {
                front.set(column, value).map_err(|kind| fail(line, kind))?;
            }
        }
        let name = record.get(0).unwrap_or_default().replace('\\', "/");
        let row = PageRow { line, front };
        if rows.insert(name.clone(), row).is_some() {
            return Err(fail(line, ErrorKind::DoubleEntry { name }));
        }
    }
    Ok(rows)
}

fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_faults_named() {
        let rows = parse_pages_csv(
            "pages.csv",
            "file;title;order\nbo/lov.txt;\"Lov; och mer\";2\ntom.md;;\n".as_bytes(),
        )
        .expect("well written");
        assert_eq!(
            rows["bo/lov.txt"].front.title.as_deref(),
            Some("Lov; och mer")
        );
        assert_eq!((rows["tom.md"].line, rows["tom.md"].front.order), (3, None));
        for (text, line, says) in [
            ("file,titel\n", 1, "did you mean “title”"),
            ("title,file\n", 1, "first column"),
            ("file,title,title\n", 1, "twice"),
            ("file,title\na.md,A\na.md,B\n", 3, "twice"),
            ("file,reviewed\na.md,2026-01-01\nb.md,i går\n", 3, "i går"),
            ("file,title\na.md,A,mer\n", 2, "cannot be read"),
        ] {
            let error = parse_pages_csv("pages.csv", text.as_bytes()).expect_err(text);
            assert_eq!(error.line, Some(line), "{text}");
            assert!(error.to_string().contains(says), "{error}");
        }
    }
}
