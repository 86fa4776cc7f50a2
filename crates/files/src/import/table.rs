//! `pictures.csv` and `files.csv`: what people say of pictures and files, a line for each.
//!
//! `pictures.csv` has the columns `file`, `alt_sv`, `alt_en` (and `alt_` with any other language),
//! `credit`, `focus_x`, `focus_y`, and those of `rights.rs`; an export adds `key`, `organisation` and
//! `id`. `files.csv` has `file` and `title`, and the same three.

use std::collections::BTreeSet;

use torg_db::ConnectionTrait;
use torg_kernel::{
    FieldError, FileId, Locale, Message, OrganisationId, PictureId, Problem, Result,
};

use super::rights;
use crate::model::{Focus, PictureData};
use crate::{BlobId, store};

/// A line of `pictures.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    /// The file, relative to the table's folder.
    pub file: String,
    /// The key; the file itself when the table does not say.
    pub key: String,
    /// What people say of it.
    pub data: PictureData,
    /// The key of the organisation, if the table says.
    pub organisation: Option<String>,
    /// The id, when the table comes from an export.
    pub id: Option<PictureId>,
    /// The names of the table's columns.
    pub columns: Vec<String>,
}

impl PictureRow {
    /// What the row says, laid over what was said before: what the table has no column for stays.
    #[must_use]
    pub fn over(&self, before: Option<&PictureData>) -> PictureData {
        let mut data = self.data.clone();
        if let Some(before) = before {
            rights::keep(&mut data, before, &self.columns);
        }
        data
    }
}

/// A line of `files.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The file, relative to the table's folder.
    pub file: String,
    /// The key; the file itself when the table does not say.
    pub key: String,
    /// What it is called, if the table says.
    pub title: Option<String>,
    /// The key of the organisation, if the table says.
    pub organisation: Option<String>,
    /// The id, when the table comes from an export.
    pub id: Option<FileId>,
}

/// A table, and the files that go with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The table as CSV.
    pub table: String,
    /// Each file's path beside the table, and where its bytes lie.
    pub files: Vec<(String, BlobId)>,
}

pub(super) struct Line {
    number: usize,
    names: Vec<String>,
    values: Vec<String>,
    errors: Vec<FieldError>,
}

impl Line {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|own| own == name)?;
        let value = self.values.get(at)?.trim();
        (!value.is_empty()).then_some(value)
    }

    pub(super) fn wrong(&mut self, field: &str, message: Message) {
        self.errors.push(FieldError {
            field: format!("{}:{field}", self.number),
            message: message.with("line", self.number).with("column", field),
        });
    }

    fn id<T: std::str::FromStr>(&mut self) -> Option<T> {
        let text = self.get("id")?.to_owned();
        let id = text.parse().ok();
        if id.is_none() {
            self.wrong("id", Message::new("file-import-id"));
        }
        id
    }
}

fn lines(bytes: &[u8], is_column: impl Fn(&str) -> bool) -> Result<Vec<Line>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let unreadable = |error: csv::Error| {
        let message = Message::new("file-import-table").with("detail", error);
        Problem::field("file", message)
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let names: Vec<String> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let mut errors: Vec<FieldError> = names
        .iter()
        .filter(|name| !is_column(name))
        .map(|name| FieldError {
            field: format!("1:{name}"),
            message: Message::new("file-import-column").with("column", name),
        })
        .collect();
    if !names.iter().any(|name| name == "file") {
        errors.push(FieldError {
            field: "1:file".to_owned(),
            message: Message::new("file-import-no-column").with("column", "file"),
        });
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let number = record.position().map_or(0, csv::Position::line);
        lines.push(Line {
            number: usize::try_from(number).unwrap_or_default(),
            names: names.clone(),
            values: record.iter().map(str::to_owned).collect(),
            errors: Vec::new(),
        });
    }
    Ok(lines)
}

fn rows<T>(
    lines: Vec<Line>,
    mut row: impl FnMut(&mut Line, String, String) -> T,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for mut line in lines {
        let file = line.get("file").unwrap_or_default().to_owned();
        let key = line.get("key").unwrap_or(&file).to_owned();
        for (field, value) in [("file", &file), ("key", &key)] {
            if !crate::model::is_key(value) {
                line.wrong(field, Message::new("file-import-key").with("key", value));
            }
        }
        let made = row(&mut line, file, key);
        rows.push(made);
        errors.extend(line.errors);
    }
    if errors.is_empty() {
        Ok(rows)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// Reads `pictures.csv` whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
pub fn parse_picture_rows(bytes: &[u8]) -> Result<Vec<PictureRow>> {
    const COLUMNS: [&str; 7] = [
        "file",
        "key",
        "credit",
        "focus_x",
        "focus_y",
        "organisation",
        "id",
    ];
    let alt_of = |name: &str| name.strip_prefix("alt_").and_then(|tag| tag.parse().ok());
    let lines = lines(bytes, |name| {
        COLUMNS.contains(&name) || rights::COLUMNS.contains(&name) || alt_of(name).is_some()
    })?;
    rows(lines, |line, file, key| {
        let mut data = PictureData {
            credit: line.get("credit").unwrap_or_default().to_owned(),
            ..PictureData::default()
        };
        for name in line.names.clone() {
            if let (Some(locale), Some(words)) = (alt_of(&name), line.get(&name)) {
                let locale: Locale = locale;
                data.alt.set(locale, words);
            }
        }
        let (x, y) = (line.get("focus_x"), line.get("focus_y"));
        match Focus::parse(x.unwrap_or_default(), y.unwrap_or_default()) {
            Ok(focus) => data.focus = focus,
            Err(errors) => {
                for error in errors {
                    line.wrong(&error.field, error.message);
                }
            }
        }
        rights::read(line, &mut data);
        PictureRow {
            file,
            key,
            data,
            organisation: line.get("organisation").map(str::to_owned),
            id: line.id(),
            columns: line.names.clone(),
        }
    })
}

/// Reads `files.csv` whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
pub fn parse_file_rows(bytes: &[u8]) -> Result<Vec<FileRow>> {
    const COLUMNS: [&str; 5] = ["file", "key", "title", "organisation", "id"];
    let lines = lines(bytes, |name| COLUMNS.contains(&name))?;
    rows(lines, |line, file, key| FileRow {
        file,
        key,
        title: line.get("title").map(str::to_owned),
        organisation: line.get("organisation").map(str::to_owned),
        id: line.id(),
    })
}

/// A key with the ending that its bytes have now: a moving GIF is kept as a still PNG.
fn path_of(key: &str, kind: crate::FileKind) -> String {
    let name = key.rsplit('/').next().unwrap_or_default();
    let right = crate::kind::recognisable(name, kind);
    if right {
        key.to_owned()
    } else {
        format!("{key}.{}", kind.ending())
    }
}

fn written(rows: Vec<Vec<String>>) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8(bytes)?)
}

/// All pictures as a table that can be imported again, with the originals' places.
/// `organisation` tells the key of an organisation.
///
/// # Errors
/// When the database fails.
pub async fn export_pictures<C: ConnectionTrait>(
    on: &C,
    organisation: impl Fn(OrganisationId) -> Option<String>,
) -> Result<Exported> {
    let pictures = store::list_pictures(on).await?;
    let mut locales = BTreeSet::from([Locale::SV, Locale::EN]);
    for picture in &pictures {
        locales.extend(picture.data.alt.0.keys().copied());
    }
    // Swedish first, as people write it.
    let mut locales: Vec<Locale> = locales.into_iter().collect();
    locales.sort_by_key(|locale| (*locale != Locale::SV, *locale != Locale::EN, *locale));
    let mut head = vec!["file".to_owned()];
    head.extend(locales.iter().map(|locale| format!("alt_{locale}")));
    head.extend(["credit", "focus_x", "focus_y"].map(str::to_owned));
    head.extend(rights::COLUMNS.map(str::to_owned));
    head.extend(["key", "organisation", "id"].map(str::to_owned));
    let mut rows = vec![head];
    let mut files = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let path = path_of(&picture.key, picture.kind);
        let mut row = vec![path.clone()];
        let data = &picture.data;
        let words = |locale: &Locale| data.alt.own(*locale).unwrap_or_default().to_owned();
        row.extend(locales.iter().map(words));
        row.extend([
            data.credit.clone(),
            data.focus.x.to_string(),
            data.focus.y.to_string(),
        ]);
        row.extend(rights::written(data));
        row.extend([
            picture.key.clone(),
            organisation(picture.owner.organisation).unwrap_or_default(),
            picture.id.to_string(),
        ]);
        rows.push(row);
        files.push((path, picture.blob));
    }
    Ok(Exported {
        table: written(rows)?,
        files,
    })
}

/// All files as a table that can be imported again, with the places of their bytes.
///
/// # Errors
/// When the database fails.
pub async fn export_files<C: ConnectionTrait>(
    on: &C,
    organisation: impl Fn(OrganisationId) -> Option<String>,
) -> Result<Exported> {
    let head = ["file", "title", "key", "organisation", "id"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut files = Vec::new();
    for file in store::list_files(on).await? {
        let path = path_of(&file.key, file.kind);
        rows.push(vec![
            path.clone(),
            file.title,
            file.key,
            organisation(file.owner.organisation).unwrap_or_default(),
            file.id.to_string(),
        ]);
        files.push((path, file.blob));
    }
    Ok(Exported {
        table: written(rows)?,
        files,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<T: std::fmt::Debug>(result: Result<Vec<T>>) -> Vec<String> {
        match result {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_table_is_read_with_its_languages() {
        let table = "\u{feff}file,alt_sv,alt_en,alt_fi,credit,focus_x,focus_y\n\
            bad.jpg,\"Bad, vid havet\",Bathing,Uiminen,Ada A,30,\n\nlinje.png,,,,,,\n";
        let rows = parse_picture_rows(table.as_bytes()).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].data.alt.get(Locale::SV), "Bad, vid havet");
        let finnish = "fi".parse().unwrap();
        assert_eq!(rows[0].data.alt.get(finnish), "Uiminen");
        assert_eq!(rows[0].data.focus, Focus { x: 30, y: 50 });
        assert_eq!(rows[1].key, "linje.png");
        assert_eq!(
            rows[1].data,
            PictureData::default(),
            "nothing is said of it"
        );
    }

    #[test]
    fn faults_of_a_table_are_named_by_line_and_column() {
        assert_eq!(
            fields(parse_picture_rows(b"fil,alt_sv\na,b\n")),
            ["1:fil", "1:file"]
        );
        assert_eq!(
            fields(parse_picture_rows(
                b"file,focus_x,id\n../a.jpg,1,\nb.jpg,200,\nc.jpg,1,x\n"
            )),
            ["2:file", "2:key", "3:focus_x", "4:id"]
        );
        assert_eq!(fields(parse_file_rows(b"file,tittle\n")), ["1:tittle"]);
        assert_eq!(fields(parse_picture_rows(b"file\n\xff\xfe\n")), ["file"]);
    }
}
