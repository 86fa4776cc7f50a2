//! `almanac.json`: the city's own days and breaks as a file, there and back. An import is all or
//! nothing, leaves alone what the file does not name, and writes nothing when nothing differs.

use serde::Serialize;
use serde_json::Value;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{FieldError, Message, Problem, Result};
use torg_log::Author;

use crate::entry::{Entry, EntryInput};
use crate::service::{check, save_entry};
use crate::store;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Entries that are new.
    pub created: usize,
    /// Entries that were changed.
    pub changed: usize,
    /// Entries that were as they should be.
    pub unchanged: usize,
}

fn at(item: usize, field: &str, message: Message) -> FieldError {
    FieldError {
        field: format!("{item}:{field}"),
        message: message.with("item", item).with("field", field),
    }
}

/// Reads a file whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:FIELD` for each fault, items counted from 1.
pub fn parse_almanac(bytes: &[u8]) -> Result<Vec<EntryInput>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let items: Vec<Value> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("almanac-import-unreadable").with("detail", error);
        Problem::field("file", message)
    })?;
    let mut errors = Vec::new();
    let mut entries: Vec<EntryInput> = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let number = index + 1;
        match serde_path_to_error::deserialize::<_, EntryInput>(item) {
            Err(error) => {
                let message = Message::new("almanac-import-field").with("detail", error.inner());
                errors.push(at(number, &error.path().to_string(), message));
            }
            Ok(entry) => {
                let entry = entry.tidy();
                let faults = entry.faults();
                if !faults.is_empty() {
                    // What lies over it cannot be said before it is right itself.
                    errors.extend(
                        faults
                            .into_iter()
                            .map(|it| at(number, &it.field, it.message)),
                    );
                    continue;
                }
                let over = entries.iter().any(|other| {
                    other.key == entry.key && other.first <= entry.last && entry.first <= other.last
                });
                if over {
                    errors.push(at(number, "first", Message::new("almanac-error-overlap")));
                }
                entries.push(entry);
            }
        }
    }
    if errors.is_empty() {
        Ok(entries)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// Makes the entries be as the file wants them. An entry is known again by its key and a first day
/// that is the same, or else by lying over the one of the file.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:FIELD` for each fault; the job must then fail as a
/// whole.
pub async fn import_almanac(
    context: &WriteContext,
    author: Author<'_>,
    entries: Vec<EntryInput>,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    let mut errors = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let existing = store::list(&**context).await?;
        let like = |other: &&Entry| other.data.key == entry.key;
        let same = existing.iter().filter(like);
        let own = same.clone().find(|other| other.data.first == entry.first);
        let own = own.or_else(|| {
            let over =
                |other: &&Entry| other.data.first <= entry.last && entry.first <= other.data.last;
            same.clone().find(over)
        });
        let own = own.map(|other| other.id);
        let faults = check(&existing, own, &entry);
        if !faults.is_empty() {
            let named = faults.into_iter();
            errors.extend(named.map(|it| at(index + 1, &it.field, it.message)));
            continue;
        }
        match (own, save_entry(context, author, own, entry).await?.1) {
            (None, _) => report.created += 1,
            (Some(_), true) => report.changed += 1,
            (Some(_), false) => report.unchanged += 1,
        }
    }
    if errors.is_empty() {
        Ok(report)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// All entries as a file that can be imported again; `None` when there are none.
///
/// # Errors
/// When the database fails.
pub async fn export_almanac<C: ConnectionTrait>(on: &C) -> Result<Option<String>> {
    let entries: Vec<EntryInput> = store::list(on)
        .await?
        .into_iter()
        .map(|it| it.data)
        .collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let mut text = serde_json::to_string_pretty(&entries)?;
    text.push('\n');
    Ok(Some(text))
}
