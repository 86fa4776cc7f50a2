//! What documents show of pictures and files.

use std::sync::Arc;

use async_trait::async_trait;
use torg_files::{
    Picture, PictureFormat, PictureVariant, StoredFile, file_tag, list_files_by_id,
    list_pictures_by_id, picture_tag,
};
use torg_kernel::{FileId, Locale, PictureId, Result, Timestamp};
use torg_ui::{FileView, PictureSource, PictureView};
use torg_web::{FactResolver, Reading, Resolved, TagCache, Wanted};

/// Pictures and files kept in memory at most, of each.
const KEPT: usize = 20_000;

/// A picture with its sizes.
type Whole = (Picture, Vec<PictureVariant>);

/// Finds pictures and files. They are kept in memory; what is not there is asked for in one question
/// for a whole document.
pub struct MediaFacts {
    pictures: TagCache<PictureId, Arc<Whole>>,
    files: TagCache<FileId, Arc<StoredFile>>,
}

impl Default for MediaFacts {
    fn default() -> Self {
        Self {
            pictures: TagCache::new(KEPT, KEPT as u64),
            files: TagCache::new(KEPT, KEPT as u64),
        }
    }
}

impl MediaFacts {
    /// Those of the pictures that there are, from memory where they are there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pictures(&self, reading: &Reading, ids: &[PictureId]) -> Result<Vec<Arc<Whole>>> {
        let mut found = Vec::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.pictures.get(id) {
                Some((picture, position)) => {
                    reading.made_from_kept(position);
                    found.push(picture);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let position = reading.snapshot_position().await?;
            for picture in list_pictures_by_id(&**reading.snapshot().await?, &missing).await? {
                let picture = Arc::new(picture);
                let id = picture.0.id;
                let tags = vec![picture_tag(id)];
                self.pictures.insert(id, picture.clone(), tags, position, 1);
                found.push(picture);
            }
        }
        Ok(found)
    }

    /// Those of the files that there are, from memory where they are there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn files(&self, reading: &Reading, ids: &[FileId]) -> Result<Vec<Arc<StoredFile>>> {
        let mut found = Vec::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.files.get(id) {
                Some((file, position)) => {
                    reading.made_from_kept(position);
                    found.push(file);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let position = reading.snapshot_position().await?;
            for file in list_files_by_id(&**reading.snapshot().await?, &missing).await? {
                let file = Arc::new(file);
                let tags = vec![file_tag(file.id)];
                self.files.insert(file.id, file.clone(), tags, position, 1);
                found.push(file);
            }
        }
        Ok(found)
    }
}

/// A picture as pages of a language show it.
#[must_use]
pub fn picture_view(picture: &Picture, variants: &[PictureVariant], locale: Locale) -> PictureView {
    let sources: Vec<PictureSource> = PictureFormat::ALL
        .into_iter()
        .map(|format| PictureSource {
            mime: format.mime(),
            sizes: variants
                .iter()
                .filter(|variant| variant.format == format)
                .map(|variant| (variant.href(), variant.width))
                .collect(),
        })
        .filter(|source| !source.sizes.is_empty())
        .collect();
    let largest = variants.iter().max_by_key(|variant| variant.width);
    // Wide enough for a card of a link (1200 px), if there is one so wide.
    let plain = variants
        .iter()
        .filter(|variant| variant.format == PictureFormat::Jpeg)
        .max_by_key(|variant| (variant.width <= 1_280, variant.width));
    let data = &picture.data;
    PictureView {
        sources,
        src: plain.map(PictureVariant::href).unwrap_or_default(),
        width: largest.map_or(picture.width, |variant| variant.width),
        height: largest.map_or(picture.height, |variant| variant.height),
        alt: data.shown_alt(locale).to_owned(),
        credit: data.shown_credit(),
        focus: (data.focus.x, data.focus.y),
    }
}

/// A file as pages show it.
#[must_use]
pub fn file_view(file: &StoredFile) -> FileView {
    FileView {
        href: file.href(),
        title: file.title.clone(),
        kind: file.kind.name(),
        bytes: file.bytes,
    }
}

fn once<T: Ord + Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[async_trait]
impl FactResolver for MediaFacts {
    async fn resolve(
        &self,
        reading: &Reading,
        wanted: &Wanted,
        locale: Locale,
        now: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()> {
        let (pictures, files) = (once(&wanted.pictures), once(&wanted.files));
        // Also what is not there may come.
        resolved
            .tags
            .extend(pictures.iter().map(|id| picture_tag(*id)));
        resolved.tags.extend(files.iter().map(|id| file_tag(*id)));
        for whole in self.pictures(reading, &pictures).await? {
            let (picture, variants) = &*whole;
            if !picture.is_public(now) {
                // The page is drawn as if it were not there; an event drops it when that changes.
                continue;
            }
            resolved.until(picture.data.rights.public_until());
            let view = picture_view(picture, variants, locale);
            resolved.pictures.insert(picture.id, view);
        }
        for file in self.files(reading, &files).await? {
            resolved.files.insert(file.id, file_view(&file));
        }
        Ok(())
    }

    fn drop_tag(&self, tag: &str, position: i64) {
        self.pictures.drop_tag(tag, position);
        self.files.drop_tag(tag, position);
    }
}
