//! Pictures from files.

use std::collections::HashMap;

use futures::StreamExt;
use torg_db::WriteContext;
use torg_kernel::{Message, PictureId, Problem, Result};
use torg_log::Author;

use super::{AT_ONCE, ImportReport, Source, at_key, check_keys, gathered};
use crate::model::{Owner, Picture, PictureData};
use crate::picture::{PictureMaker, check_picture};
use crate::service::{self, ReadyPicture, ready_picture};
use crate::{BlobId, Blobs, store};

/// A picture to be imported.
#[derive(Debug, Clone)]
pub struct PictureInput {
    /// The id, when it comes from an export.
    pub id: Option<PictureId>,
    /// Its key; the last part is the file's name.
    pub key: String,
    /// The file's name, when it is not the last part of the key.
    pub name: Option<String>,
    /// Whose it is.
    pub owner: Owner,
    /// What people say of it.
    pub data: PictureData,
    /// Its bytes.
    pub source: Source,
}

impl PictureInput {
    fn file_name(&self) -> String {
        let last = || self.key.rsplit('/').next().unwrap_or_default().to_owned();
        self.name.clone().unwrap_or_else(last)
    }
}

/// A picture whose bytes are on the disk, if they were not before.
#[derive(Debug, Clone)]
pub struct StagedPicture {
    id: Option<PictureId>,
    key: String,
    owner: Owner,
    data: PictureData,
    ready: Option<ReadyPicture>,
}

fn by_key(known: &[Picture]) -> HashMap<&str, &Picture> {
    known
        .iter()
        .map(|picture| (picture.key.as_str(), picture))
        .collect()
}

fn checked(data: PictureData) -> Result<PictureData> {
    let data = data.tidy();
    match data.check() {
        errors if errors.is_empty() => Ok(data),
        errors => Err(Problem::Invalid(errors)),
    }
}

/// Makes the bytes of pictures ready, several at a time. `known` are the pictures that are there
/// ([`store::list_pictures`]); no connection is held meanwhile. The results come in the order of the
/// inputs.
///
/// # Errors
/// [`Problem::Invalid`] with a field `KEY:FIELD` for each fault of each file.
pub async fn stage_pictures(
    known: &[Picture],
    blobs: &Blobs,
    maker: &PictureMaker,
    inputs: Vec<PictureInput>,
) -> Result<Vec<StagedPicture>> {
    check_keys(inputs.iter().map(|input| input.key.as_str()))?;
    let known = by_key(known);
    let staged = futures::stream::iter(inputs)
        .map(|input| {
            let before = known.get(input.key.as_str()).copied();
            async move {
                let key = input.key.clone();
                (key, stage(before, blobs, maker, input).await)
            }
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    gathered(staged)
}

async fn stage(
    before: Option<&Picture>,
    blobs: &Blobs,
    maker: &PictureMaker,
    input: PictureInput,
) -> Result<StagedPicture> {
    let name = input.file_name();
    let data = checked(input.data)?;
    let bytes = input.source.read().await?;
    let there = before.is_some_and(|picture| picture.is_made_from(BlobId::of(&bytes)));
    Ok(StagedPicture {
        id: input.id,
        key: input.key,
        owner: input.owner,
        data,
        ready: if there {
            None
        } else {
            Some(ready_picture(blobs, maker, &name, bytes).await?)
        },
    })
}

/// What an import would do, by the files' heads; nothing is unpacked and nothing is written.
///
/// # Errors
/// As [`stage_pictures`], but for what only the pixels tell.
pub async fn preview_pictures(
    known: &[Picture],
    inputs: Vec<PictureInput>,
) -> Result<ImportReport> {
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

async fn changes(before: Option<&Picture>, input: PictureInput) -> Result<Option<bool>> {
    let name = input.file_name();
    let data = checked(input.data)?;
    let bytes = input.source.read().await?;
    let source = BlobId::of(&bytes);
    if let Some(before) = before
        && before.is_made_from(source)
    {
        return Ok(Some(before.data != data || before.owner != input.owner));
    }
    check_picture(&name, &bytes)?;
    Ok(before.map(|_| true))
}

/// Writes the rows of pictures that were made ready. Pictures that are not named are left alone; one
/// that is as it should be writes nothing.
///
/// # Errors
/// [`Problem::Conflict`] when a picture was taken away since it was made ready; the job must then
/// fail as a whole.
pub async fn import_pictures(
    context: &WriteContext,
    author: Author<'_>,
    staged: Vec<StagedPicture>,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    for step in staged {
        let ready = step.ready.as_ref();
        if ready.is_some_and(|ready| ready.animated) {
            report.animated.push(step.key.clone());
        }
        match store::find_picture_by_key(&**context, &step.key).await? {
            Some(before) => {
                let mut after = before.clone();
                after.owner = step.owner;
                after.data = step.data;
                service::put_pixels(&mut after, ready);
                if service::update(context, author, &before, after, ready).await? {
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
                let picture = Picture {
                    id: step
                        .id
                        .unwrap_or_else(|| PictureId::new(author.ids, author.now)),
                    key: step.key.clone(),
                    owner: step.owner,
                    blob: ready.blob,
                    source: ready.source,
                    kind: ready.kind,
                    width: ready.width,
                    height: ready.height,
                    data: step.data,
                    look: ready.look,
                    version: 1,
                    created_at: author.now,
                    updated_at: author.now,
                };
                service::insert(context, author, &picture, ready).await?;
                report.created.push(step.key);
            }
        }
    }
    Ok(report)
}
