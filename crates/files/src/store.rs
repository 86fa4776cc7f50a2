//! This room's only SQL.

use std::collections::{HashMap, HashSet};

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{
    AuthorityId, FileId, OrganisationId, PictureId, Problem, Result, Subject, Timestamp, fold,
};
use uuid::Uuid;

use crate::model::{
    AltTexts, Focus, Owner, Picture, PictureData, PictureVariant, StoredFile, is_key,
};
use crate::{BlobId, FileKind, PictureFormat};

#[derive(FromQueryResult)]
struct PictureRow {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    blob: String,
    source: String,
    kind: String,
    width: i32,
    height: i32,
    alt: String,
    credit: String,
    focus_x: i32,
    focus_y: i32,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

#[derive(FromQueryResult)]
struct VariantRow {
    picture_id: Uuid,
    format: String,
    width: i32,
    height: i32,
    blob: String,
    bytes: i64,
}

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

const PICTURE: &str = "SELECT id, key, organisation_id, authority_id, blob, source, kind, width, \
     height, alt, credit, focus_x, focus_y, version, created_at, updated_at FROM picture";
const VARIANT: &str = "SELECT picture_id, format, width, height, blob, bytes FROM picture_variant";
const FILE: &str = "SELECT id, key, organisation_id, authority_id, blob, name, kind, bytes, \
     title, version, created_at, updated_at FROM file";

fn pixels(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn kind(name: &str) -> Result<FileKind> {
    FileKind::parse(name)
        .ok_or_else(|| Problem::internal(format!("the kind of file “{name}” is unknown")))
}

fn owner(organisation: Uuid, authority: Option<Uuid>) -> Owner {
    Owner {
        organisation: OrganisationId(organisation),
        authority: authority.map(AuthorityId),
    }
}

impl PictureRow {
    fn picture(self) -> Result<Picture> {
        let alt: AltTexts = serde_json::from_str(&self.alt)?;
        let percent = |number: i32| u8::try_from(number.clamp(0, 100)).unwrap_or(50);
        Ok(Picture {
            id: PictureId(self.id),
            key: self.key,
            owner: owner(self.organisation_id, self.authority_id),
            blob: self.blob.parse()?,
            source: self.source.parse()?,
            kind: kind(&self.kind)?,
            width: pixels(self.width),
            height: pixels(self.height),
            data: PictureData {
                alt,
                credit: self.credit,
                focus: Focus {
                    x: percent(self.focus_x),
                    y: percent(self.focus_y),
                },
            },
            version: self.version,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

impl VariantRow {
    fn variant(self) -> Result<PictureVariant> {
        let format = PictureFormat::parse(&self.format)
            .ok_or_else(|| Problem::internal(format!("the format “{}” is unknown", self.format)))?;
        Ok(PictureVariant {
            picture: PictureId(self.picture_id),
            format,
            width: pixels(self.width),
            height: pixels(self.height),
            blob: self.blob.parse()?,
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
        })
    }
}

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

async fn pictures<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Picture>> {
    let rows: Vec<PictureRow> = fetch_all(on, &format!("{PICTURE} {rest}"), values).await?;
    rows.into_iter().map(PictureRow::picture).collect()
}

async fn files<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<StoredFile>> {
    let rows: Vec<FileRow> = fetch_all(on, &format!("{FILE} {rest}"), values).await?;
    rows.into_iter().map(FileRow::file).collect()
}

fn marks(ids: &[Uuid]) -> (String, Vec<SqlValue>) {
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let values = ids.iter().map(|id| (*id).into()).collect();
    (marks.join(", "), values)
}

/// The picture with an id.
///
/// # Errors
/// When the database fails.
pub async fn find_picture<C: ConnectionTrait>(on: &C, id: PictureId) -> Result<Option<Picture>> {
    let found = pictures(on, "WHERE id = $1", vec![id.0.into()]).await?;
    Ok(found.into_iter().next())
}

/// The picture with a key.
///
/// # Errors
/// When the database fails.
pub async fn find_picture_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Picture>> {
    if !is_key(key) {
        return Ok(None);
    }
    let found = pictures(on, "WHERE key = $1", vec![key.into()]).await?;
    Ok(found.into_iter().next())
}

/// Those of the pictures that there are, with their sizes, in two questions.
///
/// # Errors
/// When the database fails.
pub async fn list_pictures_by_id<C: ConnectionTrait>(
    on: &C,
    ids: &[PictureId],
) -> Result<Vec<(Picture, Vec<PictureVariant>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let (marks, values) = marks(&ids);
    let found = pictures(on, &format!("WHERE id IN ({marks})"), values.clone()).await?;
    let sql = format!("{VARIANT} WHERE picture_id IN ({marks}) ORDER BY width");
    let rows: Vec<VariantRow> = fetch_all(on, &sql, values).await?;
    let mut variants: HashMap<PictureId, Vec<PictureVariant>> = HashMap::new();
    for row in rows {
        let variant = row.variant()?;
        variants.entry(variant.picture).or_default().push(variant);
    }
    Ok(found
        .into_iter()
        .map(|picture| {
            let own = variants.remove(&picture.id).unwrap_or_default();
            (picture, own)
        })
        .collect())
}

/// All pictures by key.
///
/// # Errors
/// When the database fails.
pub async fn list_pictures<C: ConnectionTrait>(on: &C) -> Result<Vec<Picture>> {
    pictures(on, "ORDER BY key", vec![]).await
}

/// One size of a picture in one format.
///
/// # Errors
/// When the database fails.
pub async fn find_variant<C: ConnectionTrait>(
    on: &C,
    picture: PictureId,
    format: PictureFormat,
    width: u32,
) -> Result<Option<PictureVariant>> {
    let sql = format!("{VARIANT} WHERE picture_id = $1 AND format = $2 AND width = $3");
    let values = vec![picture.0.into(), format.as_str().into(), signed(width)?];
    let row: Option<VariantRow> = fetch_one(on, &sql, values).await?;
    row.map(VariantRow::variant).transpose()
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

/// A part of a list that is searched, with how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// This part of them.
    pub items: Vec<T>,
    /// How many there are.
    pub total: usize,
}

/// A condition that each word stands somewhere, and the words as the database wants them.
fn condition(query: &str) -> (String, Vec<SqlValue>) {
    let mut parts = Vec::new();
    let mut values: Vec<SqlValue> = Vec::new();
    for word in fold(query).split_whitespace().take(8) {
        let mut pattern = String::from("%");
        for c in word.chars().filter(|c| *c != '\0') {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        values.push(pattern.into());
        parts.push(format!("searched LIKE ${} ESCAPE '!'", values.len()));
    }
    if parts.is_empty() {
        (String::new(), values)
    } else {
        (format!("WHERE {}", parts.join(" AND ")), values)
    }
}

/// Pictures in which each word of the query stands, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn search_pictures<C: ConnectionTrait>(
    on: &C,
    query: &str,
    offset: usize,
    limit: usize,
) -> Result<Found<Picture>> {
    let (condition, values) = condition(query);
    let sql = format!("SELECT count(*) FROM picture {condition}");
    let total = scalar(on, &sql, values.clone()).await?;
    let rest = format!("{condition} ORDER BY created_at DESC, id LIMIT {limit} OFFSET {offset}");
    Ok(Found {
        items: pictures(on, &rest, values).await?,
        total: usize::try_from(total).unwrap_or_default(),
    })
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

/// Every blob that a row names: what a sweep must leave.
///
/// # Errors
/// When the database fails.
pub async fn list_blobs<C: ConnectionTrait>(on: &C) -> Result<HashSet<BlobId>> {
    #[derive(FromQueryResult)]
    struct Row {
        blob: String,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT blob FROM picture UNION SELECT blob FROM picture_variant UNION SELECT blob FROM file",
        vec![],
    )
    .await?;
    rows.into_iter().map(|row| Ok(row.blob.parse()?)).collect()
}

/// Who needs a blob.
pub(crate) struct BlobUse {
    pub blob: BlobId,
    pub subject: Subject,
    pub part: String,
}

/// Every blob that a row names, with the rows that do.
pub(crate) async fn list_blob_uses<C: ConnectionTrait>(on: &C) -> Result<Vec<BlobUse>> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
        id: Uuid,
        blob: String,
        format: String,
        width: i32,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT 'picture' AS kind, id, blob, '' AS format, 0 AS width FROM picture UNION ALL \
         SELECT 'picture' AS kind, picture_id AS id, blob, format, width FROM picture_variant \
         UNION ALL SELECT 'file' AS kind, id, blob, '' AS format, 0 AS width FROM file",
        vec![],
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BlobUse {
                blob: row.blob.parse()?,
                subject: Subject::new(&row.kind, row.id),
                part: match row.format.as_str() {
                    "" => "original".to_owned(),
                    format => format!("{format} {}", row.width),
                },
            })
        })
        .collect()
}

/// Every picture and file as a subject with its canonical JSON: what the last event about it must
/// say too.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    let mut all = Vec::new();
    for picture in list_pictures(on).await? {
        all.push((Subject::new("picture", picture.id), picture.canonical()?));
    }
    for file in list_files(on).await? {
        all.push((Subject::new("file", file.id), file.canonical()?));
    }
    Ok(all)
}

fn signed(number: u32) -> Result<SqlValue> {
    Ok(i32::try_from(number)?.into())
}

fn picture_columns(picture: &Picture) -> Result<Vec<SqlValue>> {
    Ok(vec![
        picture.id.0.into(),
        picture.key.clone().into(),
        picture.owner.organisation.0.into(),
        SqlValue::Uuid(picture.owner.authority.map(Into::into)),
        picture.blob.to_string().into(),
        picture.source.to_string().into(),
        picture.kind.as_str().into(),
        signed(picture.width)?,
        signed(picture.height)?,
        serde_json::to_string(&picture.data.alt)?.into(),
        picture.data.credit.clone().into(),
        i32::from(picture.data.focus.x).into(),
        i32::from(picture.data.focus.y).into(),
        picture.searched().into(),
        picture.version.into(),
        picture.created_at.micros().into(),
        picture.updated_at.micros().into(),
    ])
}

pub(crate) async fn insert_picture<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    execute(
        on,
        "INSERT INTO picture (id, key, organisation_id, authority_id, blob, source, kind, width, \
         height, alt, credit, focus_x, focus_y, searched, version, created_at, updated_at) VALUES \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        picture_columns(picture)?,
    )
    .await?;
    Ok(())
}

pub(crate) async fn update_picture<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    execute(
        on,
        "UPDATE picture SET key = $2, organisation_id = $3, authority_id = $4, blob = $5, \
         source = $6, kind = $7, width = $8, height = $9, alt = $10, credit = $11, focus_x = $12, \
         focus_y = $13, searched = $14, version = $15, created_at = $16, updated_at = $17 \
         WHERE id = $1",
        picture_columns(picture)?,
    )
    .await?;
    Ok(())
}

/// Puts a picture's sizes in the place of those that were there.
pub(crate) async fn replace_variants<C: ConnectionTrait>(
    on: &C,
    picture: PictureId,
    variants: &[PictureVariant],
) -> Result<()> {
    delete_variants(on, picture).await?;
    for variant in variants {
        execute(
            on,
            "INSERT INTO picture_variant (picture_id, format, width, height, blob, bytes) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                picture.0.into(),
                variant.format.as_str().into(),
                signed(variant.width)?,
                signed(variant.height)?,
                variant.blob.to_string().into(),
                i64::try_from(variant.bytes)?.into(),
            ],
        )
        .await?;
    }
    Ok(())
}

async fn delete_variants<C: ConnectionTrait>(on: &C, picture: PictureId) -> Result<()> {
    let sql = "DELETE FROM picture_variant WHERE picture_id = $1";
    execute(on, sql, vec![picture.0.into()]).await?;
    Ok(())
}

pub(crate) async fn delete_picture<C: ConnectionTrait>(on: &C, id: PictureId) -> Result<()> {
    delete_variants(on, id).await?;
    execute(on, "DELETE FROM picture WHERE id = $1", vec![id.0.into()]).await?;
    Ok(())
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
