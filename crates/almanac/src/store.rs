//! This room's only SQL.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all};
use torg_kernel::{AlmanacEntryId, Problem, Result, Subject};
use uuid::Uuid;

use crate::almanac::Almanac;
use crate::entry::{Entry, EntryInput, Sort};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    sort: String,
    key: String,
    name_sv: String,
    name_en: String,
    first_day: String,
    last_day: String,
}

impl Row {
    fn entry(self) -> Result<Entry> {
        let sort = Sort::parse(&self.sort)
            .ok_or_else(|| Problem::internal(format!("an unknown sort of day: {}", self.sort)))?;
        Ok(Entry {
            id: AlmanacEntryId(self.id),
            data: EntryInput {
                sort,
                key: self.key,
                name_sv: self.name_sv,
                name_en: self.name_en,
                first: self.first_day.parse().map_err(Problem::internal)?,
                last: self.last_day.parse().map_err(Problem::internal)?,
            },
        })
    }
}

/// All entries by first day.
///
/// # Errors
/// When the database fails.
pub async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Entry>> {
    let sql = "SELECT id, sort, key, name_sv, name_en, first_day, last_day FROM almanac_entry \
               ORDER BY first_day, key";
    let rows: Vec<Row> = fetch_all(on, sql, vec![]).await?;
    rows.into_iter().map(Row::entry).collect()
}

/// The city's calendar of days: some ten rows a year, read whole.
///
/// # Errors
/// When the database fails.
pub async fn load<C: ConnectionTrait>(on: &C) -> Result<Almanac> {
    Ok(Almanac::new(list(on).await?))
}

/// Every entry as a subject with its canonical JSON: what the last event about it must say too.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list(on)
        .await?
        .iter()
        .map(|entry| Ok((Subject::new("almanac_entry", entry.id), entry.canonical()?)))
        .collect()
}

fn values(entry: &Entry) -> Vec<SqlValue> {
    let data = &entry.data;
    vec![
        entry.id.0.into(),
        data.sort.as_str().into(),
        data.key.clone().into(),
        data.name_sv.clone().into(),
        data.name_en.clone().into(),
        data.first.to_string().into(),
        data.last.to_string().into(),
    ]
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, entry: &Entry) -> Result<()> {
    execute(
        on,
        "INSERT INTO almanac_entry (id, sort, key, name_sv, name_en, first_day, last_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values(entry),
    )
    .await?;
    Ok(())
}

pub(crate) async fn update<C: ConnectionTrait>(on: &C, entry: &Entry) -> Result<()> {
    execute(
        on,
        "UPDATE almanac_entry SET sort = $2, key = $3, name_sv = $4, name_en = $5, \
         first_day = $6, last_day = $7 WHERE id = $1",
        values(entry),
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete<C: ConnectionTrait>(on: &C, id: AlmanacEntryId) -> Result<()> {
    execute(
        on,
        "DELETE FROM almanac_entry WHERE id = $1",
        vec![id.0.into()],
    )
    .await?;
    Ok(())
}
