//! The SQL of services.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{
    AuthorityId, Locale, Message, OrganisationId, Problem, Result, ServiceId, Subject, Timestamp,
    sort_key,
};
use uuid::Uuid;

use super::model::{Category, Service};
use crate::check::is_key;

const COLUMNS: &str = "id, key, slug, category, organisation_id, authority_id, data, version, \
                       updated_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    slug: String,
    category: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    data: String,
    version: i64,
    updated_at: i64,
}

impl Row {
    fn service(self) -> Result<Service> {
        Ok(Service {
            id: ServiceId(self.id),
            key: self.key,
            slug: self.slug,
            // One that a newer version wrote is shown among the most general.
            category: Category::parse(&self.category).unwrap_or(Category::Advice),
            organisation: OrganisationId(self.organisation_id),
            authority: self.authority_id.map(AuthorityId),
            data: serde_json::from_str(&self.data)?,
            version: self.version,
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

fn services(rows: Vec<Row>) -> Result<Vec<Service>> {
    rows.into_iter().map(Row::service).collect()
}

/// The service with an id.
///
/// # Errors
/// When the database fails.
pub async fn find<C: ConnectionTrait>(on: &C, id: ServiceId) -> Result<Option<Service>> {
    let sql = format!("SELECT {COLUMNS} FROM service WHERE id = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![id.0.into()]).await?;
    row.map(Row::service).transpose()
}

/// The service with an address.
///
/// # Errors
/// When the database fails.
pub async fn find_by_slug<C: ConnectionTrait>(on: &C, slug: &str) -> Result<Option<Service>> {
    if !is_key(slug) {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM service WHERE slug = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![slug.into()]).await?;
    row.map(Row::service).transpose()
}

/// Those of the ids that there are, in one question.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id<C: ConnectionTrait>(on: &C, ids: &[ServiceId]) -> Result<Vec<Service>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let marks = marks.join(", ");
    let sql = format!("SELECT {COLUMNS} FROM service WHERE id IN ({marks})");
    let values = ids.iter().map(|id| id.0.into()).collect();
    services(fetch_all(on, &sql, values).await?)
}

/// All services by name, as Swedish sorts.
///
/// # Errors
/// When the database fails.
pub async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Service>> {
    let sql = format!("SELECT {COLUMNS} FROM service ORDER BY sort_key, id");
    services(fetch_all(on, &sql, vec![]).await?)
}

/// Every service as a subject with its canonical JSON: what the last event about it must say too.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list(on)
        .await?
        .iter()
        .map(|service| Ok((Subject::new("service", service.id), service.canonical()?)))
        .collect()
}

/// The keys of all services.
///
/// # Errors
/// When the database fails.
pub(super) async fn list_keys<C: ConnectionTrait>(on: &C) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Key {
        key: String,
    }
    let rows: Vec<Key> = fetch_all(on, "SELECT key FROM service", vec![]).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

fn values(service: &Service) -> Result<Vec<SqlValue>> {
    Ok(vec![
        service.id.0.into(),
        service.key.clone().into(),
        service.slug.clone().into(),
        service.category.as_str().into(),
        service.organisation.0.into(),
        SqlValue::Uuid(service.authority.map(Into::into)),
        sort_key(service.data.name.get(Locale::SV)).into(),
        serde_json::to_string(&service.data)?.into(),
        service.version.into(),
        service.updated_at.micros().into(),
    ])
}

pub(super) async fn insert<C: ConnectionTrait>(on: &C, service: &Service) -> Result<()> {
    execute(
        on,
        "INSERT INTO service (id, key, slug, category, organisation_id, authority_id, sort_key, \
         data, version, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values(service)?,
    )
    .await?;
    Ok(())
}

/// Writes a service over the version before its own.
pub(super) async fn update<C: ConnectionTrait>(on: &C, service: &Service) -> Result<()> {
    let changed = execute(
        on,
        "UPDATE service SET key = $2, slug = $3, category = $4, organisation_id = $5, \
         authority_id = $6, sort_key = $7, data = $8, version = $9, updated_at = $10 \
         WHERE id = $1 AND version = $9 - 1",
        values(service)?,
    )
    .await?;
    if changed == 1 {
        return Ok(());
    }
    Err(Problem::Conflict(Message::new("service-error-version")))
}
