//! Changes to pictures and files: bytes first, then rows and event in one transaction.

use std::collections::HashSet;

use async_trait::async_trait;
use bytes::Bytes;
use torg_db::{DatabaseTransaction, WriteContext, is_unique_violation};
use torg_kernel::{FileId, Message, OrganisationId, PictureId, Problem, Result, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::model::{
    Owner, Picture, PictureData, PictureVariant, StoredFile, safe_name, tidy_title,
};
use crate::picture::PictureMaker;
use crate::{BlobId, Blobs, kind, store};

/// The tag of everything that shows a picture.
#[must_use]
pub fn picture_tag(id: PictureId) -> String {
    format!("picture:{id}")
}

/// The tag of everything that shows a file.
#[must_use]
pub fn file_tag(id: FileId) -> String {
    format!("file:{id}")
}

/// A picture or a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaRef {
    /// A picture.
    Picture(PictureId),
    /// A file.
    File(FileId),
}

/// A page that shows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsePlace {
    /// What the page is called.
    pub title: String,
    /// Where it is.
    pub href: String,
}

/// The texts that need something although no reader sees it there: drafts, what is planned, pages that
/// are not public, the trash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnseenPlaces {
    /// Those that the one who asks may see.
    pub seen: Vec<UsePlace>,
    /// How many more there are.
    pub hidden: usize,
}

impl UnseenPlaces {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len() + self.hidden
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Says of which organisations somebody may see what is not public.
pub type MayRead<'a> = &'a (dyn Fn(OrganisationId) -> bool + Send + Sync);

/// Knows where pictures and files are used. Owned here, answered by whoever keeps documents.
#[async_trait]
pub trait MediaUse: Send + Sync {
    /// The pages that use it. Asked both in a snapshot and within a write, so that nothing comes in
    /// between.
    ///
    /// # Errors
    /// When the database fails.
    async fn places(&self, on: &DatabaseTransaction, media: MediaRef) -> Result<Vec<UsePlace>>;

    /// The texts that need it beside those pages.
    ///
    /// # Errors
    /// When the database fails.
    async fn unseen(
        &self,
        on: &DatabaseTransaction,
        media: MediaRef,
        may_read: MayRead<'_>,
    ) -> Result<UnseenPlaces>;

    /// Every picture that some page uses.
    ///
    /// # Errors
    /// When the database fails.
    async fn used_pictures(&self, on: &DatabaseTransaction) -> Result<HashSet<PictureId>>;

    /// Every picture that some page or some text that nobody sees yet needs; may name things that are
    /// no pictures.
    ///
    /// # Errors
    /// When the database fails.
    async fn needed_pictures(&self, on: &DatabaseTransaction) -> Result<HashSet<PictureId>>;
}

/// A picture whose bytes are on the disk and whose rows are still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyPicture {
    /// The original, without metadata.
    pub blob: BlobId,
    /// The file as it was sent.
    pub source: BlobId,
    /// What kind of file the original is.
    pub kind: crate::FileKind,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Whether it moved, and only its first frame was taken.
    pub animated: bool,
    /// How it looks.
    pub look: Option<u64>,
    /// Format, size and bytes of each variant; the picture's id is put in when it has one.
    variants: Vec<(crate::PictureFormat, u32, u32, BlobId, u64)>,
}

impl ReadyPicture {
    /// The bytes of the largest size in the preferred format: the same for the same pixels, whatever
    /// file they came in.
    #[must_use]
    pub fn pixels(&self) -> Option<BlobId> {
        let preferred = crate::PictureFormat::ALL[0];
        self.variants
            .iter()
            .filter(|(format, ..)| *format == preferred)
            .max_by_key(|(_, width, ..)| *width)
            .map(|(_, _, _, blob, _)| *blob)
    }

    fn variants(&self, picture: PictureId) -> Vec<PictureVariant> {
        self.variants
            .iter()
            .map(|(format, width, height, blob, bytes)| PictureVariant {
                picture,
                format: *format,
                width: *width,
                height: *height,
                blob: *blob,
                bytes: *bytes,
            })
            .collect()
    }
}

/// Makes all sizes of a picture and puts them on the disk.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`; otherwise when the disk fails.
pub async fn ready_picture(
    blobs: &Blobs,
    maker: &PictureMaker,
    name: &str,
    bytes: Bytes,
) -> Result<ReadyPicture> {
    let source = BlobId::of(&bytes);
    let made = maker.make(name, bytes).await?;
    let mut variants = Vec::with_capacity(made.variants.len());
    for variant in made.variants {
        let size = u64::try_from(variant.bytes.len())?;
        let blob = blobs.put(variant.bytes.into()).await?;
        variants.push((variant.format, variant.width, variant.height, blob, size));
    }
    Ok(ReadyPicture {
        blob: blobs.put(made.original).await?,
        source,
        kind: made.kind,
        width: made.width,
        height: made.height,
        animated: made.animated,
        look: made.look,
        variants,
    })
}

fn taken(error: Problem) -> Problem {
    match error {
        Problem::Internal(error)
            if error
                .downcast_ref::<torg_db::DbErr>()
                .is_some_and(is_unique_violation) =>
        {
            Problem::Conflict(Message::new("file-error-key-taken"))
        }
        other => other,
    }
}

/// Adds a picture whose bytes are ready.
///
/// # Errors
/// [`Problem::Invalid`] for what people say of it, with the fields of [`PictureData::check`];
/// [`Problem::Conflict`] when the key is taken.
pub async fn add_picture(
    context: &WriteContext,
    author: Author<'_>,
    key: &str,
    owner: Owner,
    data: PictureData,
    ready: &ReadyPicture,
) -> Result<Picture> {
    let data = checked(data)?;
    let picture = Picture {
        id: PictureId::new(author.ids, author.now),
        key: key.to_owned(),
        owner,
        blob: ready.blob,
        source: ready.source,
        kind: ready.kind,
        width: ready.width,
        height: ready.height,
        data,
        look: ready.look,
        version: 1,
        created_at: author.now,
        updated_at: author.now,
    };
    insert(context, author, &picture, ready).await?;
    Ok(picture)
}

pub(crate) async fn insert(
    context: &WriteContext,
    author: Author<'_>,
    picture: &Picture,
    ready: &ReadyPicture,
) -> Result<()> {
    store::insert_picture(&**context, picture)
        .await
        .map_err(taken)?;
    store::replace_variants(&**context, picture.id, &ready.variants(picture.id)).await?;
    record_picture(context, author, "picture.added", None, Some(picture)).await
}

fn checked(data: PictureData) -> Result<PictureData> {
    let data = data.tidy();
    let errors = data.check();
    if errors.is_empty() {
        Ok(data)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// Changes what people say of a picture, and its pixels when new ones are ready. `version` is the one
/// that the change was made on. True when that changed anything.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Invalid`], [`Problem::Conflict`] when somebody else changed it.
pub async fn change_picture(
    context: &WriteContext,
    author: Author<'_>,
    id: PictureId,
    version: i64,
    data: PictureData,
    ready: Option<&ReadyPicture>,
) -> Result<bool> {
    let before = store::find_picture(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.version != version {
        return Err(Problem::Conflict(Message::new("file-error-version")));
    }
    let mut after = before.clone();
    after.data = checked(data)?;
    put_pixels(&mut after, ready);
    update(context, author, &before, after, ready).await
}

pub(crate) fn put_pixels(picture: &mut Picture, ready: Option<&ReadyPicture>) {
    if let Some(ready) = ready {
        picture.blob = ready.blob;
        picture.source = ready.source;
        picture.kind = ready.kind;
        picture.width = ready.width;
        picture.height = ready.height;
        picture.look = ready.look;
    }
}

pub(crate) async fn update(
    context: &WriteContext,
    author: Author<'_>,
    before: &Picture,
    mut after: Picture,
    ready: Option<&ReadyPicture>,
) -> Result<bool> {
    if *before == after {
        return Ok(false);
    }
    after.version += 1;
    after.updated_at = author.now;
    store::update_picture(&**context, &after).await?;
    if let Some(ready) = ready {
        store::replace_variants(&**context, after.id, &ready.variants(after.id)).await?;
    }
    record_picture(
        context,
        author,
        "picture.changed",
        Some(before),
        Some(&after),
    )
    .await?;
    Ok(true)
}

/// Takes away a picture that no page and no draft needs; its bytes go at the next sweep.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] while it is needed.
pub async fn remove_picture(
    context: &WriteContext,
    author: Author<'_>,
    id: PictureId,
    used: &dyn MediaUse,
) -> Result<()> {
    let picture = store::find_picture(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    unused(context, MediaRef::Picture(id), used).await?;
    store::delete_picture(&**context, id).await?;
    record_picture(context, author, "picture.removed", Some(&picture), None).await
}

async fn unused(context: &WriteContext, media: MediaRef, used: &dyn MediaUse) -> Result<()> {
    let places = used.places(context, media).await?.len();
    if places > 0 {
        let message = Message::new("file-error-in-use").with("count", places);
        return Err(Problem::Conflict(message));
    }
    match used.unseen(context, media, &|_| false).await?.len() {
        0 => Ok(()),
        texts => {
            let message = Message::new("file-error-needed").with("count", texts);
            Err(Problem::Conflict(message))
        }
    }
}

/// Readers of the log may know all of a picture but where the consents of people are kept.
fn class(pictures: [Option<&Picture>; 2]) -> PayloadClass {
    let tells = |picture: &Picture| !picture.data.rights.consent.is_empty();
    if pictures.into_iter().flatten().any(tells) {
        PayloadClass::Internal
    } else {
        PayloadClass::Public
    }
}

pub(crate) async fn record_picture(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Picture>,
    after: Option<&Picture>,
) -> Result<()> {
    let Some(picture) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("picture", picture.id),
            organisation: Some(picture.owner.organisation),
            authority: picture.owner.authority,
            class: class([before, after]),
            before: before.map(Picture::canonical).transpose()?,
            after: after.map(Picture::canonical).transpose()?,
            tags: vec![picture_tag(picture.id)],
        },
    )
    .await?;
    Ok(())
}

/// A file whose bytes are on the disk and whose row is still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyFile {
    /// Its bytes.
    pub blob: BlobId,
    /// The name under which it is taken home.
    pub name: String,
    /// What it is.
    pub kind: crate::FileKind,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Finds out what a file is and puts it on the disk.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`; otherwise when the disk fails.
pub async fn ready_file(blobs: &Blobs, name: &str, bytes: Bytes) -> Result<ReadyFile> {
    let kind = kind::recognise(name, &bytes)?;
    let size = u64::try_from(bytes.len())?;
    // A picture to take home may hold positions too.
    if kind.is_picture() {
        return Err(Problem::field(
            "file",
            Message::new("file-error-is-picture"),
        ));
    }
    Ok(ReadyFile {
        blob: blobs.put(bytes).await?,
        name: safe_name(name, kind),
        kind,
        bytes: size,
    })
}

/// Adds a file whose bytes are ready.
///
/// # Errors
/// [`Problem::Invalid`] for the title; [`Problem::Conflict`] when the key is taken.
pub async fn add_file(
    context: &WriteContext,
    author: Author<'_>,
    key: &str,
    owner: Owner,
    title: &str,
    ready: &ReadyFile,
) -> Result<StoredFile> {
    let file = StoredFile {
        id: FileId::new(author.ids, author.now),
        key: key.to_owned(),
        owner,
        blob: ready.blob,
        name: ready.name.clone(),
        kind: ready.kind,
        bytes: ready.bytes,
        title: tidy_title(title),
        version: 1,
        created_at: author.now,
        updated_at: author.now,
    };
    insert_file(context, author, &file).await?;
    Ok(file)
}

pub(crate) async fn insert_file(
    context: &WriteContext,
    author: Author<'_>,
    file: &StoredFile,
) -> Result<()> {
    let errors = file.check();
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    store::insert_file(&**context, file).await.map_err(taken)?;
    record_file(context, author, "file.added", None, Some(file)).await
}

/// Changes a file's title, and its bytes when new ones are ready; its address stays. True when that
/// changed anything.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Invalid`], [`Problem::Conflict`] when somebody else changed it.
pub async fn change_file(
    context: &WriteContext,
    author: Author<'_>,
    id: FileId,
    version: i64,
    title: &str,
    ready: Option<&ReadyFile>,
) -> Result<bool> {
    let before = store::find_file(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.version != version {
        return Err(Problem::Conflict(Message::new("file-error-version")));
    }
    let mut after = before.clone();
    after.title = tidy_title(title);
    put_bytes(&mut after, ready);
    update_file(context, author, &before, after).await
}

pub(crate) fn put_bytes(file: &mut StoredFile, ready: Option<&ReadyFile>) {
    if let Some(ready) = ready {
        file.blob = ready.blob;
        file.name.clone_from(&ready.name);
        file.kind = ready.kind;
        file.bytes = ready.bytes;
    }
}

pub(crate) async fn update_file(
    context: &WriteContext,
    author: Author<'_>,
    before: &StoredFile,
    mut after: StoredFile,
) -> Result<bool> {
    let errors = after.check();
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    if *before == after {
        return Ok(false);
    }
    after.version += 1;
    after.updated_at = author.now;
    store::update_file(&**context, &after).await?;
    record_file(context, author, "file.changed", Some(before), Some(&after)).await?;
    Ok(true)
}

/// Takes away a file that no page and no draft needs; its bytes go at the next sweep.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] while it is needed.
pub async fn remove_file(
    context: &WriteContext,
    author: Author<'_>,
    id: FileId,
    used: &dyn MediaUse,
) -> Result<()> {
    let file = store::find_file(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    unused(context, MediaRef::File(id), used).await?;
    store::delete_file(&**context, id).await?;
    record_file(context, author, "file.removed", Some(&file), None).await
}

async fn record_file(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&StoredFile>,
    after: Option<&StoredFile>,
) -> Result<()> {
    let Some(file) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("file", file.id),
            organisation: Some(file.owner.organisation),
            authority: file.owner.authority,
            class: PayloadClass::Public,
            before: before.map(StoredFile::canonical).transpose()?,
            after: after.map(StoredFile::canonical).transpose()?,
            tags: vec![file_tag(file.id)],
        },
    )
    .await?;
    Ok(())
}
