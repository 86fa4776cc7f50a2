//! This room's only SQL.

mod files;
mod filter;
mod pictures;

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, fetch_all};
use torg_kernel::{AuthorityId, OrganisationId, Problem, Result, Subject};
use uuid::Uuid;

pub(crate) use files::{delete_file, insert_file, update_file};
pub use files::{find_file, find_file_by_key, list_files, list_files_by_id, search_files};
pub use filter::{
    PictureFilter, PictureShow, count_pictures, filter_pictures, list_alike, list_same,
    search_pictures,
};
pub(crate) use pictures::{
    delete_picture, insert_picture, list_untold, replace_variants, set_told, update_picture,
};
pub use pictures::{
    find_picture, find_picture_by_key, find_variant, list_pictures, list_pictures_by_id,
};

use crate::model::Owner;
use crate::{BlobId, FileKind};

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

fn marks(ids: &[Uuid]) -> (String, Vec<SqlValue>) {
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let values = ids.iter().map(|id| (*id).into()).collect();
    (marks.join(", "), values)
}

/// A part of a list that is searched, with how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// This part of them.
    pub items: Vec<T>,
    /// How many there are.
    pub total: usize,
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
