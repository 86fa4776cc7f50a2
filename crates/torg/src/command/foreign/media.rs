//! Pictures and files of an old site, from its copy into the media bank. Bytes are made ready first,
//! two at a time, so that a site's pictures never lie in memory together; the rows are written with
//! the pages, all or nothing. What was taken in before and is the same is left as it is, words
//! that an editor wrote about it included.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bytes::Bytes;
use futures::StreamExt;
use tokio::sync::mpsc;
use torg_files::{
    BlobId, FileInput, Owner, Picture, PictureData, PictureInput, PictureMaker, Source, StagedFile,
    StagedPicture, StoredFile, list_files, list_pictures, preview_files, preview_pictures,
    safe_name, stage_files, stage_pictures,
};
use torg_foreign::{ForeignFile, Migration, TakenMedia};
use torg_kernel::{FileId, Locale, Message, PictureId, Problem, Result};

use super::copy::{Copy, honest, key_of, read};
use super::say;
use crate::city::Importer;

/// What was made ready.
#[derive(Default)]
pub(super) struct Ready {
    /// Rows to write.
    pub(super) pictures: Vec<StagedPicture>,
    /// Rows to write.
    pub(super) files: Vec<StagedFile>,
    /// Ids by old address.
    pub(super) picture_ids: HashMap<String, PictureId>,
    /// Ids by old address.
    pub(super) file_ids: HashMap<String, FileId>,
    /// What the pages are told.
    pub(super) taken: TakenMedia,
    new: usize,
    changed: usize,
    same: usize,
    missing: usize,
}

impl Ready {
    /// What is said at the end.
    pub(super) fn line(&self) -> Message {
        Message::new("foreign-media-taken")
            .with("new", self.new)
            .with("changed", self.changed)
            .with("same", self.same)
            .with("refused", self.taken.refused.len())
            .with("missing", self.missing)
    }
}

/// The longest alt text and title that the media bank takes, in characters.
const ALT: usize = 500;
const TITLE: usize = 200;
/// Made ready at the same time.
const AT_ONCE: usize = 2;

/// One thing to be made ready.
struct Task<'a> {
    file: &'a ForeignFile,
    key: String,
    locale: Locale,
}

/// What became of one thing.
enum Step<Id, Staged> {
    Same(Id),
    New(Id, Option<Staged>),
    Changed(Id, Option<Staged>),
    Refused(Message),
}

struct Made {
    address: String,
    picture: Option<Step<PictureId, StagedPicture>>,
    file: Option<Step<(FileId, String), StagedFile>>,
}

fn first(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The first reason of a refusal; anything else stops the import.
fn refusal(problem: Problem) -> Result<Message> {
    match problem {
        Problem::Invalid(errors) if !errors.is_empty() => Ok(errors[0].message.clone()),
        Problem::Conflict(message) => Ok(message),
        other => Err(other),
    }
}

/// What making ready needs to know.
struct Work<'a> {
    importer: &'a Importer,
    owner: Owner,
    maker: PictureMaker,
    dry: bool,
    pictures: HashMap<String, Picture>,
    files: HashMap<String, StoredFile>,
}

impl Work<'_> {
    async fn one(
        &self,
        tasks: &BTreeMap<&str, Task<'_>>,
        address: String,
        bytes: Vec<u8>,
    ) -> Result<Made> {
        let Some(task) = tasks.get(address.as_str()) else {
            // Nobody asked for it.
            return Ok(Made {
                address,
                picture: None,
                file: None,
            });
        };
        let bytes = Bytes::from(bytes);
        let picture = match task.file.picture {
            true => Some(self.picture(task, &bytes).await),
            false => None,
        };
        let file = match task.file.linked || !task.file.picture {
            true => Some(self.file(task, &bytes).await),
            false => None,
        };
        let refused = |problem| refusal(problem).map(Step::Refused);
        let refused_file = |problem| refusal(problem).map(Step::Refused);
        Ok(Made {
            address,
            picture: picture.map(|step| step.or_else(refused)).transpose()?,
            file: file.map(|step| step.or_else(refused_file)).transpose()?,
        })
    }

    async fn picture(
        &self,
        task: &Task<'_>,
        bytes: &Bytes,
    ) -> Result<Step<PictureId, StagedPicture>> {
        let before = self.pictures.get(&task.key);
        if let Some(before) = before
            && before.is_made_from(BlobId::of(bytes))
        {
            return Ok(Step::Same(before.id));
        }
        let (name, _) = honest(&task.key, bytes)?;
        let mut data = PictureData::default();
        if let Some(alt) = &task.file.alt {
            data.alt.set(task.locale, &first(alt, ALT));
        }
        let id = before.map_or_else(
            || PictureId::new(&*self.importer.ids, self.importer.clock.now()),
            |before| before.id,
        );
        let known = before.map(std::slice::from_ref).unwrap_or_default();
        let input = PictureInput {
            id: Some(id),
            key: task.key.clone(),
            name: Some(name),
            owner: before.map_or(self.owner, |before| before.owner),
            data: before.map_or(data, |before| before.data.clone()),
            source: Source::Bytes(bytes.clone()),
        };
        let staged = if self.dry {
            preview_pictures(known, vec![input]).await?;
            None
        } else {
            let blobs = &self.importer.blobs;
            stage_pictures(known, blobs, &self.maker, vec![input])
                .await?
                .pop()
        };
        Ok(match before {
            Some(_) => Step::Changed(id, staged),
            None => Step::New(id, staged),
        })
    }

    async fn file(
        &self,
        task: &Task<'_>,
        bytes: &Bytes,
    ) -> Result<Step<(FileId, String), StagedFile>> {
        let (name, kind) = honest(&task.key, bytes)?;
        // The key's last part is the name that the bytes are compared with.
        let folder = task.key.rsplit_once('/').map(|(folder, _)| folder);
        let key = folder.map_or_else(|| name.clone(), |folder| format!("{folder}/{name}"));
        let before = self.files.get(&key);
        let id = before.map_or_else(
            || FileId::new(&*self.importer.ids, self.importer.clock.now()),
            |before| before.id,
        );
        // The name follows from the key and is the same at the next import.
        let href = format!("/files/{id}/{}", safe_name(&name, kind));
        if before.is_some_and(|before| before.blob == BlobId::of(bytes)) {
            return Ok(Step::Same((id, href)));
        }
        let title = Some(first(&task.file.title, TITLE)).filter(|title| !title.is_empty());
        let known = before.map(std::slice::from_ref).unwrap_or_default();
        let input = FileInput {
            id: Some(id),
            key,
            owner: before.map_or(self.owner, |before| before.owner),
            title: before.map_or(title, |before| Some(before.title.clone())),
            source: Source::Bytes(bytes.clone()),
        };
        let staged = if self.dry {
            preview_files(known, vec![input]).await?;
            None
        } else {
            stage_files(known, &self.importer.blobs, vec![input])
                .await?
                .pop()
        };
        Ok(match before {
            Some(_) => Step::Changed((id, href), staged),
            None => Step::New((id, href), staged),
        })
    }
}

impl Ready {
    fn add(&mut self, made: Made) {
        let Made {
            address,
            picture,
            file,
        } = made;
        if let Some(step) = picture
            && let Some((id, staged)) = self.count(&address, step)
        {
            self.pictures.extend(staged);
            self.picture_ids.insert(address.clone(), id);
            self.taken.pictures.insert(address.clone());
        }
        if let Some(step) = file
            && let Some(((id, href), staged)) = self.count(&address, step)
        {
            self.files.extend(staged);
            self.file_ids.insert(address.clone(), id);
            self.taken.files.insert(address, href);
        }
    }

    fn count<Id, Staged>(
        &mut self,
        address: &str,
        step: Step<Id, Staged>,
    ) -> Option<(Id, Option<Staged>)> {
        let (counter, id, staged) = match step {
            Step::Same(id) => (&mut self.same, id, None),
            Step::New(id, staged) => (&mut self.new, id, staged),
            Step::Changed(id, staged) => (&mut self.changed, id, staged),
            Step::Refused(message) => {
                let reason = say::words().message(&message);
                self.taken.refused.insert(address.to_owned(), reason);
                return None;
            }
        };
        *counter += 1;
        Some((id, staged))
    }
}

impl Importer {
    /// Makes pictures and files ready that the pages of an old site use; nothing is kept of them
    /// until the pages are written. On a dry run nothing is put on the disk either.
    ///
    /// # Errors
    /// When the copy, the database or the disk fails. What the media bank refuses is no error: it is
    /// told with its reason.
    pub(super) async fn ready_media(
        &self,
        migration: &Migration,
        copy: Copy,
        owner: Option<&str>,
        dry: bool,
    ) -> Result<Ready> {
        let organisations = self.organisations().await?;
        let entry = match owner {
            Some(key) => organisations.by_key(key),
            None => organisations.root(),
        };
        // Who owns nothing that exists is told so when the pages are written.
        let Some(entry) = entry else {
            return Ok(Ready::default());
        };
        let snapshot = self.database.snapshot().await?;
        let pictures = list_pictures(&*snapshot).await?;
        let files = list_files(&*snapshot).await?;
        snapshot.end().await?;
        let work = Work {
            importer: self,
            owner: Owner {
                organisation: entry.id,
                authority: entry.authority,
            },
            maker: PictureMaker::new(AT_ONCE),
            dry,
            pictures: pictures
                .into_iter()
                .map(|own| (own.key.clone(), own))
                .collect(),
            files: files
                .into_iter()
                .map(|own| (own.key.clone(), own))
                .collect(),
        };
        let tasks = tasks(migration);
        // A folder goes by paths, which other sites may have too.
        let by_path = matches!(copy, Copy::Folder(_));
        let wanted: BTreeSet<String> = tasks
            .keys()
            .filter(|address| !by_path || migration.is_own(address))
            .map(|address| (*address).to_owned())
            .collect();
        let (send, mut receive) = mpsc::channel::<(String, Vec<u8>)>(1);
        let reading = tokio::task::spawn_blocking(move || {
            read(&copy, &wanted, &mut |address, bytes| {
                // Nobody listens any more when something else has failed.
                let _ = send.blocking_send((address.to_owned(), bytes));
            })
        });
        let mut steps = futures::stream::poll_fn(move |cx| receive.poll_recv(cx))
            .map(|(address, bytes)| work.one(&tasks, address, bytes))
            .buffered(AT_ONCE);
        let mut ready = Ready::default();
        let mut given = 0;
        while let Some(made) = steps.next().await {
            ready.add(made?);
            given += 1;
        }
        drop(steps);
        reading
            .await
            .map_err(|error| Problem::Internal(error.into()))?
            .map_err(|error| Problem::Internal(error.into()))?;
        ready.missing = tasks.len() - given;
        Ok(ready)
    }
}

/// What the pages use, by old address. An attachment that no page uses is left where it is: it may
/// belong to a page that is not public.
fn tasks(migration: &Migration) -> BTreeMap<&str, Task<'_>> {
    let locales: HashMap<&str, Locale> = migration
        .pages
        .iter()
        .filter_map(|page| Some((page.path.as_str(), page.front.locale?)))
        .collect();
    let mut taken = HashSet::new();
    let used = migration.files.iter().filter(|file| !file.pages.is_empty());
    used.map(|file| {
        let locale = file
            .pages
            .iter()
            .find_map(|page| locales.get(page.as_str()).copied());
        let task = Task {
            file,
            key: key_of(&file.address, &mut taken),
            locale: locale.unwrap_or(Locale::SV),
        };
        (file.address.as_str(), task)
    })
    .collect()
}
