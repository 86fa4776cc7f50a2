//! Files to take home, from folders.

use std::collections::HashMap;

use bytes::Bytes;
use futures::StreamExt;
use torg_db::WriteContext;
use torg_kernel::{FileId, Message, Problem, Result};
use torg_log::Author;

use super::{AT_ONCE, ImportReport, Source, at_key, check_keys, gathered};
use crate::model::{Owner, StoredFile, tidy_title};
use crate::service::{self, ReadyFile, ready_file};
use crate::{BlobId, Blobs, kind, store};

/// A file to be imported.
#[derive(Debug, Clone)]
pub struct FileInput {
    /// The id, when it comes from an export.
    pub id: Option<FileId>,
    /// Its key; the last part is the file's name.
    pub key: String,
    /// Whose it is.
    pub owner: Owner,
    /// What it is called; without it, as before, and at first by the file's name.
    pub title: Option<String>,
    /// Its bytes.
    pub source: Source,
}

/// A file whose bytes are on the disk, if they were not before.
#[derive(Debug, Clone)]
pub struct StagedFile {
    id: Option<FileId>,
    key: String,
    owner: Owner,
    title: String,
    ready: Option<ReadyFile>,
}

fn by_key(known: &[StoredFile]) -> HashMap<&str, &StoredFile> {
    known.iter().map(|file| (file.key.as_str(), file)).collect()
}

fn file_name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or_default()
}

fn title(input: &FileInput, before: Option<&StoredFile>) -> String {
    let given = input.title.as_deref().map(tidy_title);
    let given = given.filter(|title| !title.is_empty());
    given
        .or_else(|| before.map(|file| file.title.clone()))
        .unwrap_or_else(|| {
            let name = file_name(&input.key);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            tidy_title(&stem.replace(['-', '_'], " "))
        })
}

/// Makes the bytes of files ready. `known` are the files that are there ([`store::list_files`]); no
/// connection is held meanwhile.
///
/// # Errors
/// [`Problem::Invalid`] with a field `KEY:FIELD` for each fault of each file.
pub async fn stage_files(
    known: &[StoredFile],
    blobs: &Blobs,
    inputs: Vec<FileInput>,
) -> Result<Vec<StagedFile>> {
    check_keys(inputs.iter().map(|input| input.key.as_str()))?;
    let known = by_key(known);
    let staged = futures::stream::iter(inputs)
        .map(|input| {
            let before = known.get(input.key.as_str()).copied();
            async move {
                let key = input.key.clone();
                (key, stage(before, blobs, input).await)
            }
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    gathered(staged)
}

async fn stage(before: Option<&StoredFile>, blobs: &Blobs, input: FileInput) -> Result<StagedFile> {
    let title = title(&input, before);
    let bytes = input.source.read().await?;
    let there = is_there(before, &bytes);
    Ok(StagedFile {
        id: input.id,
        owner: input.owner,
        title,
        ready: if there {
            None
        } else {
            Some(ready_file(blobs, file_name(&input.key), bytes).await?)
        },
        key: input.key,
    })
}

fn is_there(before: Option<&StoredFile>, bytes: &Bytes) -> bool {
    before.is_some_and(|file| file.blob == BlobId::of(bytes))
}

/// What an import would do; nothing is written.
///
/// # Errors
/// As [`stage_files`].
pub async fn preview_files(known: &[StoredFile], inputs: Vec<FileInput>) -> Result<ImportReport> {
    check_keys(inputs.iter().map(|input| input.key.as_str()))?;
    let known = by_key(known);
    let mut report = ImportReport::default();
    let mut errors = Vec::new();
    for input in inputs {
        let before = known.get(input.key.as_str()).copied();
        let key = input.key.clone();
        match changes(before, input).await {
            Ok(None) => report.created.push(key),
            Ok(Some(true)) => report.changed.push(key),
            Ok(Some(false)) => report.unchanged += 1,
            Err(problem) => errors.extend(at_key(&key, problem)?),
        }
    }
    if errors.is_empty() {
        Ok(report)
    } else {
        Err(Problem::Invalid(errors))
    }
}

async fn changes(before: Option<&StoredFile>, input: FileInput) -> Result<Option<bool>> {
    let title = title(&input, before);
    let bytes = input.source.read().await?;
    kind::recognise(file_name(&input.key), &bytes)?;
    Ok(before.map(|file| {
        file.blob != BlobId::of(&bytes) || file.title != title || file.owner != input.owner
    }))
}

/// Writes the rows of files that were made ready. Files that are not named are left alone.
///
/// # Errors
/// [`Problem::Invalid`] for a title; [`Problem::Conflict`] when a file was taken away since it was
/// made ready; the job must then fail as a whole.
pub async fn import_files(
    context: &WriteContext,
    author: Author<'_>,
    staged: Vec<StagedFile>,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    for step in staged {
        let ready = step.ready.as_ref();
        match store::find_file_by_key(&**context, &step.key).await? {
            Some(before) => {
                let mut after = before.clone();
                after.owner = step.owner;
                after.title = step.title;
                service::put_bytes(&mut after, ready);
                if service::update_file(context, author, &before, after).await? {
                    report.changed.push(step.key);
                } else {
                    report.unchanged += 1;
                }
            }
            None => {
                let Some(ready) = ready else {
                    let message = Message::new("file-error-version");
                    return Err(Problem::Conflict(message));
                };
                let file = StoredFile {
                    id: step
                        .id
                        .unwrap_or_else(|| FileId::new(author.ids, author.now)),
                    key: step.key.clone(),
                    owner: step.owner,
                    blob: ready.blob,
                    name: ready.name.clone(),
                    kind: ready.kind,
                    bytes: ready.bytes,
                    title: step.title,
                    version: 1,
                    created_at: author.now,
                    updated_at: author.now,
                };
                service::insert_file(context, author, &file).await?;
                report.created.push(step.key);
            }
        }
    }
    Ok(report)
}
