//! CSV: the bytes of a file as lines and columns, and those as events.

use torg_kernel::{FieldError, Message, Problem, Result};

use super::columns::{Column, read_row};
use super::{ImportFile, MOST, fault};

/// The text of a file: UTF-8, UTF-16 with a byte order mark as spreadsheets save it, or else
/// Windows-1252, which has a letter for every byte.
pub fn decode(bytes: &[u8]) -> Result<String> {
    let (text, _, broken) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), encoding_rs::UTF_8, false),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes),
        },
    };
    if broken || text.contains('\0') {
        return Err(Problem::Invalid(vec![fault(
            1,
            "",
            Message::new("event-import-encoding"),
        )]));
    }
    Ok(text.into_owned())
}

/// What parts the cells: whichever of semicolon, tab and comma stands most often in the heading.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| heading.bytes().filter(|byte| byte == mark).count();
    let marks = [b',', b'\t', b';'];
    marks.into_iter().max_by_key(count).unwrap_or(b';')
}

/// The events of a table; tells all that is wrong with it.
pub fn records(text: &str) -> ImportFile {
    // Excel may say in a line of its own what parts the cells.
    let (text, skipped) = match text.strip_prefix("sep=") {
        Some(rest) => (rest.split_once('\n').map_or("", |(_, rest)| rest), 1),
        None => (text, 0),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let mut errors = Vec::new();
    let mut records = Vec::new();
    let Some(Ok(heading)) = rows.next() else {
        errors.push(fault(1, "", Message::new("event-import-empty")));
        return ImportFile {
            records,
            errors,
            notes: Vec::new(),
        };
    };
    let columns = heading_columns(&heading, skipped + 1, &mut errors);
    if !errors.is_empty() {
        // Every row would be wrong by it.
        return ImportFile {
            records,
            errors,
            notes: Vec::new(),
        };
    }
    let mut keys = std::collections::HashMap::new();
    for row in rows {
        let Ok(row) = row else {
            errors.push(fault(0, "", Message::new("event-import-quotes")));
            break;
        };
        let line = row.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or_default() + skipped;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if records.len() >= MOST {
            errors.push(fault(
                line,
                "",
                Message::new("event-import-many").with("most", MOST),
            ));
            break;
        }
        if row
            .iter()
            .skip(columns.len())
            .any(|cell| !cell.trim().is_empty())
        {
            let message = Message::new("event-import-cells").with("cells", row.len());
            errors.push(fault(line, "", message.with("columns", columns.len())));
            continue;
        }
        // A quote in front keeps spreadsheets from reading a cell as a formula.
        let cells = row
            .iter()
            .map(|cell| cell.strip_prefix('\'').unwrap_or(cell).trim());
        let cells: Vec<(Column, &str)> = columns
            .iter()
            .zip(cells)
            .filter_map(|(column, cell)| Some(((*column)?, cell)))
            .collect();
        match read_row(line, &cells) {
            Ok(record) => match keys.insert(record.key.clone(), line) {
                None => records.push(record),
                Some(first) => {
                    errors.push(fault(
                        line,
                        "key",
                        Message::new("event-import-twice").with("first", first),
                    ));
                }
            },
            Err(faults) => errors.extend(faults),
        }
    }
    ImportFile {
        records,
        errors,
        notes: Vec::new(),
    }
}

/// The columns of the heading; `None` for an empty one.
fn heading_columns(
    heading: &csv::StringRecord,
    line: usize,
    errors: &mut Vec<FieldError>,
) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for name in heading {
        let name = name.trim().trim_start_matches('\u{feff}');
        let column = Column::parse(name);
        if column.is_none() && !name.is_empty() {
            let short: String = name.chars().take(40).collect();
            let known: Vec<&str> = Column::ALL.iter().map(|own| own.name()).collect();
            let message = Message::new("event-import-column").with("column", &short);
            errors.push(fault(line, &short, message.with("known", known.join(", "))));
        } else if column.is_some() && columns.contains(&column) {
            errors.push(fault(line, name, Message::new("event-import-column-twice")));
        }
        columns.push(column);
    }
    if !columns.contains(&Some(Column::Key)) {
        errors.push(fault(line, "key", Message::new("event-import-no-key")));
    }
    columns
}
