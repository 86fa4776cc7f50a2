//! Rows of files to take home.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, scalar};
use torg_kernel::{FileId, Result, Timestamp};
use uuid::Uuid;

use super::filter::condition;
use super::{Found, kind, marks, owner};
use crate::model::{StoredFile, is_key};

#[derive(FromQueryResult)]
struct FileRow {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    blob: String,
    name: String,
    kind: String,
    bytes: i64,
    title: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

const FILE: &str = "SELECT id, key, organisation_id, authority_id, blob, name, kind, bytes, \
     title, version, created_at, updated_at FROM file";

impl FileRow {
    fn file(self) -> Result<StoredFile> {
        Ok(StoredFile {
            id: FileId(self.id),
            key: self.key,
            owner: owner(self.organisation_id, self.authority_id),
            blob: self.blob.parse()?,
            name: self.name,
            kind: kind(&self.kind)?,
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
            title: self.title,
            version: self.version,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

async fn files<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<StoredFile>> {
    let rows: Vec<FileRow> = fetch_all(on, &format!("{FILE} {rest}"), values).await?;
    rows.into_iter().map(FileRow::file).collect()
}

/// The file with an id.
///
/// # Errors
/// When the database fails.
pub async fn find_file<C: ConnectionTrait>(on: &C, id: FileId) -> Result<Option<StoredFile>> {
    let found = files(on, "WHERE id = $1", vec![id.0.into()]).await?;
    Ok(found.into_iter().next())
}

/// The file with a key.
///
/// # Errors
/// When the database fails.
pub async fn find_file_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<StoredFile>> {
    if !is_key(key) {
        return Ok(None);
    }
    let found = files(on, "WHERE key = $1", vec![key.into()]).await?;
    Ok(found.into_iter().next())
}

/// Those of the files that there are, in one question.
///
/// # Errors
/// When the database fails.
pub async fn list_files_by_id<C: ConnectionTrait>(
    on: &C,
    ids: &[FileId],
) -> Result<Vec<StoredFile>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let (marks, values) = marks(&ids);
    files(on, &format!("WHERE id IN ({marks})"), values).await
}

/// All files by key.
///
/// # Errors
/// When the database fails.
pub async fn list_files<C: ConnectionTrait>(on: &C) -> Result<Vec<StoredFile>> {
    files(on, "ORDER BY key", vec![]).await
}

/// Files in which each word of the query stands, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn search_files<C: ConnectionTrait>(
    on: &C,
    query: &str,
    offset: usize,
    limit: usize,
) -> Result<Found<StoredFile>> {
    let (condition, values) = condition(query);
    let sql = format!("SELECT count(*) FROM file {condition}");
    let total = scalar(on, &sql, values.clone()).await?;
    let rest = format!("{condition} ORDER BY created_at DESC, id LIMIT {limit} OFFSET {offset}");
    Ok(Found {
        items: files(on, &rest, values).await?,
        total: usize::try_from(total).unwrap_or_default(),
    })
}

fn file_columns(file: &StoredFile) -> Result<Vec<SqlValue>> {
    Ok(vec![
        file.id.0.into(),
        file.key.clone().into(),
        file.owner.organisation.0.into(),
        SqlValue::Uuid(file.owner.authority.map(Into::into)),
        file.blob.to_string().into(),
        file.name.clone().into(),
        file.kind.as_str().into(),
        i64::try_from(file.bytes)?.into(),
        file.title.clone().into(),
        file.searched().into(),
        file.version.into(),
        file.created_at.micros().into(),
        file.updated_at.micros().into(),
    ])
}

pub(crate) async fn insert_file<C: ConnectionTrait>(on: &C, file: &StoredFile) -> Result<()> {
    execute(
        on,
        "INSERT INTO file (id, key, organisation_id, authority_id, blob, name, kind, bytes, \
         title, searched, version, created_at, updated_at) VALUES \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        file_columns(file)?,
    )
    .await?;
    Ok(())
}

pub(crate) async fn update_file<C: ConnectionTrait>(on: &C, file: &StoredFile) -> Result<()> {
    execute(
        on,
        "UPDATE file SET key = $2, organisation_id = $3, authority_id = $4, blob = $5, name = $6, \
         kind = $7, bytes = $8, title = $9, searched = $10, version = $11, created_at = $12, \
         updated_at = $13 WHERE id = $1",
        file_columns(file)?,
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_file<C: ConnectionTrait>(on: &C, id: FileId) -> Result<()> {
    execute(on, "DELETE FROM file WHERE id = $1", vec![id.0.into()]).await?;
    Ok(())
}
