//! `organisations.csv`: the tree as a file, there and back.

use std::collections::{HashMap, HashSet};

use torg_kernel::{FieldError, Message, OrganisationId, Problem, Result, Timestamp, squeeze};

use super::{OrganisationKind, OrganisationTree};

const COLUMNS: [&str; 5] = ["key", "kind", "parent", "name_sv", "name_en"];
/// What an export says as well, so that what refers to an organisation finds it in another city:
/// its id, and when it ended. A file need not have them.
const MORE: [&str; 2] = ["id", "ended"];

/// An organisation as a file wants it, with the line where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub line: u64,
    pub key: String,
    pub kind: OrganisationKind,
    pub parent: Option<String>,
    pub name_sv: String,
    pub name_en: String,
    /// Its id, if it is to have a certain one; only for one that is not there yet.
    pub id: Option<OrganisationId>,
    /// When it ended. Nothing leaves one that is there as it is: a file that was written before an
    /// organisation ended does not take it up again.
    pub ended: Option<Timestamp>,
}

impl Wanted {
    /// With its id and when it ended, where the file has those columns.
    fn with(self, more: [Option<String>; 2], errors: &mut Vec<FieldError>) -> Option<Self> {
        let [id, ended] = more;
        let before = errors.len();
        let id = id.filter(|text| !text.is_empty()).and_then(|text| {
            let id = text.parse().ok().map(OrganisationId);
            if id.is_none() {
                errors.push(self.error("id", "organisation-id-form", &text));
            }
            id
        });
        let ended = ended.filter(|text| !text.is_empty()).and_then(|text| {
            let at = text.parse::<jiff::Timestamp>().ok();
            if at.is_none() {
                errors.push(self.error("ended", "organisation-ended-form", &text));
            }
            at.map(|at| Timestamp::from_micros(at.as_microsecond()))
        });
        if ended.is_some() && self.kind == OrganisationKind::City {
            errors.push(self.error("ended", "organisation-ended-city", ""));
        }
        (errors.len() == before).then_some(Self { id, ended, ..self })
    }

    /// What is wrong with one of its fields.
    pub(crate) fn error(&self, column: &str, key: &'static str, value: &str) -> FieldError {
        error(self.line, column, key, value)
    }
}

fn error(line: u64, column: &str, key: &'static str, value: &str) -> FieldError {
    FieldError {
        field: format!("{line}:{column}"),
        message: Message::new(key)
            .with("line", line)
            .with("column", column)
            .with("value", value.chars().take(60).collect::<String>()),
    }
}

/// Reads a file whole; says all that is wrong with it, by line and column.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Wanted>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let unreadable = |error_: &csv::Error| {
        let line = error_.position().map_or(1, csv::Position::line);
        vec![error(line, "-", "organisation-csv-unreadable", "")]
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(fault) => return Err(Problem::Invalid(unreadable(&fault))),
    };
    let mut places = [0; COLUMNS.len()];
    let mut errors = Vec::new();
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        match header.iter().position(|name| name.trim() == column) {
            Some(at) => *place = at,
            None => errors.push(error(1, column, "organisation-csv-column-missing", column)),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let more = MORE.map(|column| header.iter().position(|name| name.trim() == column));
    let mut wanted = Vec::new();
    let mut seen = HashMap::new();
    let mut ids = HashSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                errors.extend(unreadable(&fault));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            errors.push(error(
                line,
                "-",
                "organisation-csv-fields",
                &record.len().to_string(),
            ));
            continue;
        }
        let fields = places.map(|place| squeeze(record.get(place).unwrap_or_default()));
        let more = more.map(|place| place.map(|at| squeeze(record.get(at).unwrap_or_default())));
        let organisation = row(line, fields, &mut errors)
            .and_then(|organisation| organisation.with(more, &mut errors));
        if let Some(organisation) = organisation {
            if organisation.id.is_some_and(|id| !ids.insert(id)) {
                errors.push(error(line, "id", "organisation-id-twice", ""));
            }
            if let Some(first) = seen.insert(organisation.key.clone(), line) {
                errors.push(
                    // The earlier line helps to find which of the two is meant.
                    error(line, "key", "organisation-key-twice", &format!("{first}")),
                );
            }
            wanted.push(organisation);
        }
    }
    if errors.is_empty() {
        Ok(wanted)
    } else {
        Err(Problem::Invalid(errors))
    }
}

fn row(line: u64, fields: [String; 5], errors: &mut Vec<FieldError>) -> Option<Wanted> {
    let [key, kind, parent, name_sv, name_en] = fields;
    let before = errors.len();
    if !is_key(&key) {
        errors.push(error(line, "key", "organisation-key-form", &key));
    }
    let parsed = OrganisationKind::parse(&kind);
    if parsed.is_none() {
        errors.push(error(line, "kind", "organisation-kind-unknown", &kind));
    }
    if name_sv.is_empty() || name_sv.chars().count() > 200 {
        errors.push(error(line, "name_sv", "organisation-name-length", &name_sv));
    }
    if name_en.chars().count() > 200 {
        errors.push(error(line, "name_en", "organisation-name-length", &name_en));
    }
    let kind = parsed?;
    match (kind, parent.is_empty()) {
        (OrganisationKind::City, false) => {
            errors.push(error(line, "parent", "organisation-city-parent", &parent));
        }
        (OrganisationKind::City, true) | (_, false) => {}
        (_, true) => errors.push(error(line, "parent", "organisation-parent-missing", "")),
    }
    (errors.len() == before).then(|| Wanted {
        line,
        key,
        kind,
        parent: Some(parent).filter(|parent| !parent.is_empty()),
        name_sv,
        name_en,
        id: None,
        ended: None,
    })
}

/// A key can stand in addresses and logs: a–z, 0–9 and hyphens, at most 80 characters.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Writes the tree, each organisation after the one it belongs to.
///
/// # Errors
/// When a field cannot be written, which a program error alone can cause.
pub(crate) fn write(tree: &OrganisationTree) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.into_iter().chain(MORE))?;
    for organisation in tree.list() {
        let parent = organisation.parent.and_then(|id| tree.find(id));
        let ended = organisation.ended_at.and_then(|at| {
            let at = jiff::Timestamp::from_microsecond(at.micros()).ok()?;
            Some(at.to_string())
        });
        let ended = ended.unwrap_or_default();
        writer.write_record([
            organisation.key.as_str(),
            organisation.kind.as_str(),
            parent.map_or("", |parent| parent.key.as_str()),
            organisation.name_sv.as_str(),
            organisation.name_en.as_str(),
            organisation.id.to_string().as_str(),
            ended.as_str(),
        ])?;
    }
    let bytes = writer.into_inner().map_err(|fault| fault.into_error())?;
    Ok(String::from_utf8(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Vec<String> {
        match read(bytes) {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn faults_are_told_by_line_and_column() {
        assert_eq!(fields(b"key,kind,parent,name_sv\n"), ["1:name_en"]);
        let file = "key,kind,parent,name_sv,name_en\n\
                    stad,city,,Staden,\n\
                    Bad Key,committee,stad,A,\n\
                    b,board,stad,B,\n\
                    c,unit,,C,\n\
                    d,unit,stad,,\n\
                    stad,city,x,Staden,\n\
                    e,unit\n";
        assert_eq!(
            fields(file.as_bytes()),
            [
                "3:key",
                "4:kind",
                "5:parent",
                "6:name_sv",
                "7:parent",
                "8:-"
            ]
        );
        assert_eq!(
            fields(b"key,kind,parent,name_sv,name_en\na,city,,\xe5,\n"),
            ["2:-"]
        );
        assert_eq!(
            fields(b"key,kind,parent,name_sv,name_en\na,city,,A,\na,city,,B,\n"),
            ["3:key"]
        );
    }

    #[test]
    fn an_id_and_an_end_are_taken_when_they_can_be_read() {
        let head = "key,kind,parent,name_sv,name_en,id,ended\n";
        let id = "0198a0c0-0000-7000-8000-000000000001";
        let wanted = read(format!("{head}a,unit,b,A,,{id},2026-03-01T10:00:00Z\n").as_bytes());
        let wanted = &wanted.expect("is read")[0];
        assert_eq!(wanted.id.map(|id| id.to_string()).as_deref(), Some(id));
        assert!(wanted.ended.is_some());
        let bad = format!(
            "{head}a,city,,A,,x,\nb,unit,a,B,,{id},soon\nc,unit,a,C,,{id},\nd,unit,a,D,,{id},\n\
             e,city,,E,,,2026-03-01T10:00:00Z\n"
        );
        assert_eq!(
            fields(bad.as_bytes()),
            ["2:id", "3:ended", "5:id", "6:ended"]
        );
    }

    #[test]
    fn a_byte_order_mark_and_other_column_order_are_taken() {
        let file = b"\xef\xbb\xbfname_sv,key,kind,parent,name_en,note\nStaden,stad,city,,City,x\n";
        let wanted = read(file).expect("is read");
        assert_eq!(wanted[0].key, "stad");
        assert_eq!(wanted[0].name_en, "City");
    }
}
