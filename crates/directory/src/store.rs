//! This room's only SQL.

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{
    AuthorityId, Locale, OrganisationId, Problem, Result, Subject, Timestamp, UnitId, sort_key,
};
use uuid::Uuid;

use crate::check::is_key;
use crate::model::{Unit, UnitKind};

const COLUMNS: &str = "id, key, slug, kind, organisation_id, authority_id, data, version, \
                       updated_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    slug: String,
    kind: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    data: String,
    version: i64,
    updated_at: i64,
}

impl Row {
    fn unit(self) -> Result<Unit> {
        Ok(Unit {
            id: UnitId(self.id),
            key: self.key,
            slug: self.slug,
            // A kind that a newer version wrote is shown as the most general one.
            kind: UnitKind::parse(&self.kind).unwrap_or(UnitKind::Office),
            organisation: OrganisationId(self.organisation_id),
            authority: self.authority_id.map(AuthorityId),
            data: serde_json::from_str(&self.data)?,
            version: self.version,
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

fn units(rows: Vec<Row>) -> Result<Vec<Unit>> {
    rows.into_iter().map(Row::unit).collect()
}

/// The unit with an id.
///
/// # Errors
/// When the database fails.
pub async fn find<C: ConnectionTrait>(on: &C, id: UnitId) -> Result<Option<Unit>> {
    let sql = format!("SELECT {COLUMNS} FROM unit WHERE id = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![id.0.into()]).await?;
    row.map(Row::unit).transpose()
}

/// The unit with an address.
///
/// # Errors
/// When the database fails.
pub async fn find_by_slug<C: ConnectionTrait>(on: &C, slug: &str) -> Result<Option<Unit>> {
    // PostgreSQL refuses some texts, such as one with a null character.
    if !is_key(slug) {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM unit WHERE slug = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![slug.into()]).await?;
    row.map(Row::unit).transpose()
}

/// The unit with a key: what `unit:KEY` in files means.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Unit>> {
    if !is_key(key) {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM unit WHERE key = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![key.into()]).await?;
    row.map(Row::unit).transpose()
}

/// Those of the ids that there are, in one question.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id<C: ConnectionTrait>(on: &C, ids: &[UnitId]) -> Result<Vec<Unit>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM unit WHERE id IN ({})",
        marks.join(", ")
    );
    let values = ids.iter().map(|id| id.0.into()).collect();
    units(fetch_all(on, &sql, values).await?)
}

/// All units by name, as Swedish sorts.
///
/// # Errors
/// When the database fails.
pub async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Unit>> {
    let sql = format!("SELECT {COLUMNS} FROM unit ORDER BY sort_key, id");
    units(fetch_all(on, &sql, vec![]).await?)
}

/// The keys of all units.
///
/// # Errors
/// When the database fails.
pub(crate) async fn list_keys<C: ConnectionTrait>(on: &C) -> Result<HashSet<String>> {
    #[derive(FromQueryResult)]
    struct Key {
        key: String,
    }
    let rows: Vec<Key> = fetch_all(on, "SELECT key FROM unit", vec![]).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

/// Units with ids after one, at most `limit`, by id: for going through all of them.
///
/// # Errors
/// When the database fails.
pub async fn list_after<C: ConnectionTrait>(
    on: &C,
    after: Option<UnitId>,
    limit: u32,
) -> Result<Vec<Unit>> {
    let after = after.map_or_else(Uuid::nil, Into::into);
    let sql = format!("SELECT {COLUMNS} FROM unit WHERE id > $1 ORDER BY id LIMIT $2");
    units(fetch_all(on, &sql, vec![after.into(), i64::from(limit).into()]).await?)
}

/// Every unit as a subject with its canonical JSON: what the last event about it must say too.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list(on)
        .await?
        .iter()
        .map(|unit| Ok((Subject::new("unit", unit.id), unit.canonical()?)))
        .collect()
}

fn values(unit: &Unit) -> Result<Vec<SqlValue>> {
    Ok(vec![
        unit.id.0.into(),
        unit.key.clone().into(),
        unit.slug.clone().into(),
        unit.kind.as_str().into(),
        unit.organisation.0.into(),
        SqlValue::Uuid(unit.authority.map(Into::into)),
        sort_key(unit.data.name.get(Locale::SV)).into(),
        serde_json::to_string(&unit.data)?.into(),
        unit.version.into(),
        unit.updated_at.micros().into(),
    ])
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, unit: &Unit) -> Result<()> {
    execute(
        on,
        "INSERT INTO unit (id, key, slug, kind, organisation_id, authority_id, sort_key, data, \
         version, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values(unit)?,
    )
    .await?;
    Ok(())
}

/// Writes a unit over the version before its own.
pub(crate) async fn update<C: ConnectionTrait>(on: &C, unit: &Unit) -> Result<()> {
    let changed = execute(
        on,
        "UPDATE unit SET key = $2, slug = $3, kind = $4, organisation_id = $5, \
         authority_id = $6, sort_key = $7, data = $8, version = $9, updated_at = $10 \
         WHERE id = $1 AND version = $9 - 1",
        values(unit)?,
    )
    .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Problem::Conflict(torg_kernel::Message::new(
            "unit-error-version",
        )))
    }
}

pub(crate) async fn delete<C: ConnectionTrait>(on: &C, id: UnitId) -> Result<()> {
    execute(on, "DELETE FROM unit WHERE id = $1", vec![id.0.into()]).await?;
    Ok(())
}
