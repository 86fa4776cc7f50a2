//! The bytes of a file as lines and columns.

use torg_kernel::{FieldError, Message, Problem, Result, squeeze};

use super::columns::Column;

/// Lines of one file at most.
pub const MOST_LINES: usize = 20_000;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns, in its order.
    pub columns: Vec<Column>,
    /// Line number and cells, as many as there are columns.
    pub rows: Vec<(usize, Vec<String>)>,
}

fn fault(place: impl Into<String>, message: Message) -> FieldError {
    FieldError {
        field: place.into(),
        message,
    }
}

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as spreadsheets save “Unicode text”.
fn decode(bytes: &[u8]) -> Result<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest);
    }
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: std::result::Result<String, _> = char::decode_utf16(units).collect();
        text.map_err(|_| Problem::field("1", Message::new("csv-error-encoding").with("line", 1)))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = Message::new("csv-error-encoding").with("line", line);
            Problem::field(&line.to_string(), message)
        })
}

/// What parts the cells: whichever of semicolon, tab and comma stands most often in the heading.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: u8| heading.bytes().filter(|byte| *byte == mark).count();
    let marks = [b';', b'\t', b','];
    let most = marks
        .into_iter()
        .max_by_key(|mark| (count(*mark), *mark == b','));
    most.unwrap_or(b',')
}

impl Table {
    /// Reads a file; says all that is wrong with its heading and its shape.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field `LINE` or `LINE:COLUMN` for each fault.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        // The reader counts a line end of two characters late.
        let text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
        // Excel may say in a line of its own what parts the cells.
        let (text, skipped) = match text.strip_prefix("sep=") {
            Some(rest) => (rest.split_once('\n').map_or("", |(_, rest)| rest), 1),
            None => (text.as_str(), 0),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let unreadable = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            let message = Message::new("csv-error-unreadable").with("line", line);
            Problem::field(&line.to_string(), message)
        };
        let Some(heading) = records.next().transpose().map_err(unreadable)? else {
            return Err(Problem::field("1", Message::new("csv-error-empty")));
        };
        let columns = heading_columns(&heading)?;
        let mut errors = Vec::new();
        let mut rows = Vec::new();
        for record in records {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(0, csv::Position::line);
            let line = usize::try_from(line).unwrap_or_default() + skipped;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.len() >= MOST_LINES {
                let message = Message::new("csv-error-lines").with("most", MOST_LINES);
                errors.push(fault(line.to_string(), message));
                break;
            }
            let extra = record
                .iter()
                .skip(columns.len())
                .any(|cell| !cell.trim().is_empty());
            if record.len() < columns.len() || extra {
                let message = Message::new("csv-error-cells")
                    .with("line", line)
                    .with("cells", record.len())
                    .with("columns", columns.len());
                errors.push(fault(line.to_string(), message));
                continue;
            }
            let cell = |text: &str| squeeze(text.strip_prefix('\'').unwrap_or(text));
            let cells = record.iter().take(columns.len()).map(cell).collect();
            rows.push((line, cells));
        }
        match errors.is_empty() {
            true => Ok(Self { columns, rows }),
            false => Err(Problem::Invalid(errors)),
        }
    }

    /// Which cell of a row is of a column.
    #[must_use]
    pub fn at(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|own| *own == column)
    }
}

fn heading_columns(heading: &csv::StringRecord) -> Result<Vec<Column>> {
    let mut errors = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    for name in heading {
        let name = name.trim();
        match Column::parse(name) {
            Some(column) if columns.contains(&column) => {
                let message = Message::new("csv-error-column-twice").with("column", name);
                errors.push(fault(format!("1:{name}"), message));
            }
            Some(column) => columns.push(column),
            // What trails the last column of a spreadsheet.
            None if name.is_empty() => {}
            None => {
                let known: Vec<&str> = Column::ALL.iter().map(|own| own.name()).collect();
                let message = Message::new("csv-error-column")
                    .with("column", name.chars().take(40).collect::<String>())
                    .with("known", known.join(", "));
                errors.push(fault(format!("1:{name}"), message));
            }
        }
    }
    if !columns.contains(&Column::Key) {
        errors.push(fault("1:key", Message::new("csv-error-no-key")));
    }
    match errors.is_empty() {
        true => Ok(columns),
        false => Err(Problem::Invalid(errors)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(bytes: &[u8]) -> Vec<(String, &'static str)> {
        match Table::read(bytes) {
            Ok(table) => panic!("{table:?}"),
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|error| (error.field, error.message.key))
                .collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn whatever_a_spreadsheet_saves_is_read_alike() {
        let wanted = Table::read("key,name_sv,phone\na,\"Åbadet, södra\",031-1\n".as_bytes());
        let wanted = wanted.expect("reads");
        assert_eq!(
            wanted.rows,
            [(
                2,
                vec![
                    "a".to_owned(),
                    "Åbadet, södra".to_owned(),
                    "031-1".to_owned()
                ]
            )]
        );
        let bom = "\u{feff}nyckel;Namn;TELEFON;\r\na;Åbadet, södra;031-1;\r\n;;;\r\n";
        assert_eq!(Table::read(bom.as_bytes()).expect("Excel's"), wanted);
        let mut wide = vec![0xff, 0xfe];
        wide.extend(
            "key\tname_sv\tphone\na\tÅbadet, södra\t'031-1\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        );
        assert_eq!(Table::read(&wide).expect("Unicode text"), wanted);
        let sep = Table::read("sep=;\nkey;name_sv\nb;B\n".as_bytes()).expect("sep");
        assert_eq!(sep.rows[0].0, 3);
    }

    #[test]
    fn what_is_wrong_with_its_shape_is_told_by_line_and_column() {
        assert_eq!(faults(b""), [("1".to_owned(), "csv-error-empty")]);
        assert_eq!(
            faults(b"name_sv\nA\n"),
            [("1:key".to_owned(), "csv-error-no-key")]
        );
        assert_eq!(
            faults(b"key,colour,key\n"),
            [
                ("1:colour".to_owned(), "csv-error-column"),
                ("1:key".to_owned(), "csv-error-column-twice")
            ]
        );
        assert_eq!(
            faults(b"key,name_sv\na\nb,B,extra\nc,C\n"),
            [
                ("2".to_owned(), "csv-error-cells"),
                ("3".to_owned(), "csv-error-cells")
            ]
        );
        // Windows-1252: the Å of line 3.
        assert_eq!(
            faults(b"key,name_sv\na,A\nb,\xc5badet\n"),
            [("3".to_owned(), "csv-error-encoding")]
        );
    }
}
