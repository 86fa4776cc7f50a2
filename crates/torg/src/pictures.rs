//! Pictures and files of a city's folder: `pictures/` with `pictures.csv`, and `files/` with
//! `files.csv`. What no table names is taken in too: what was said of it before stays, and at first
//! it is a decoration or goes by its own name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use bytes::Bytes;
use torg_files::{
    FileInput, FileRow, ImportReport, Owner, Picture, PictureInput, PictureMaker, PictureRow,
    Source, StoredFile, import_files, import_pictures, list_files, list_pictures, parse_file_rows,
    parse_picture_rows, preview_files, preview_pictures, stage_files, stage_pictures,
};
use torg_kernel::{FieldError, Message, Problem, Result};
use torg_web::OrganisationList;

use crate::city::{Files, Importer};

/// Pictures that are made at once by an import: it has the machine to itself more than a server has.
const AT_ONCE: usize = 2;

/// The table of pictures, beside them.
const PICTURES: &str = "pictures.csv";
/// The table of files, beside them.
const FILES: &str = "files.csv";

/// Pictures or files by their path, and the table that tells of them, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    found: BTreeMap<String, Source>,
    table: Option<Vec<u8>>,
}

impl Gathered {
    /// Those of a city's folder that is in memory.
    fn in_memory(files: &Files, folder: &str, table: &str) -> Self {
        let mut gathered = Self::default();
        for (path, bytes) in files {
            match path.strip_prefix(folder) {
                Some(key) if key == table => gathered.table = Some(bytes.clone()),
                Some(key) => {
                    let source = Source::Bytes(Bytes::copy_from_slice(bytes));
                    gathered.found.insert(key.to_owned(), source);
                }
                None => {}
            }
        }
        gathered
    }

    /// Those of folders and single files on the disk; each is read when its turn comes. Hidden files
    /// and folders are passed over. The table may lie in a folder or be named itself.
    fn on_disk<P: AsRef<Path>>(paths: &[P], table: &str) -> Result<Self> {
        let mut gathered = Self::default();
        for path in paths {
            let path = path.as_ref();
            let meta = path.metadata().map_err(|error| unreadable(path, error))?;
            if meta.is_dir() {
                gathered.walk(path, path, table)?;
            } else {
                gathered.add(path.parent().unwrap_or(path), path, table)?;
            }
        }
        Ok(gathered)
    }

    fn walk(&mut self, root: &Path, at: &Path, table: &str) -> Result<()> {
        let failed = |error| unreadable(at, error);
        let mut entries = std::fs::read_dir(at)
            .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
            .map_err(failed)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().map_err(failed)?;
            // A link in a folder that somebody sent could lead to any file of this machine.
            if kind.is_symlink() || entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                self.walk(root, &entry.path(), table)?;
            } else {
                self.add(root, &entry.path(), table)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, root: &Path, path: &Path, table: &str) -> Result<()> {
        let key = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
        let key = key.replace('\\', "/");
        let twice = if key == table {
            let bytes = std::fs::read(path).map_err(|error| unreadable(path, error))?;
            self.table.replace(bytes).is_some()
        } else {
            let source = Source::Path(path.to_owned());
            self.found.insert(key.clone(), source).is_some()
        };
        if twice {
            let message = Message::new("file-import-key-twice").with("key", &key);
            return Err(Problem::field(&path.display().to_string(), message));
        }
        Ok(())
    }

    /// What the table says, with a row for each file that it does not name. A row without its file
    /// is a fault; all of them are named.
    fn rows<Row>(
        &self,
        name: &str,
        parse: fn(&[u8]) -> Result<Vec<Row>>,
        file: fn(&Row) -> &str,
        bare: impl Fn(&str) -> Row,
    ) -> Result<Vec<Row>> {
        let mut rows = self.table.as_deref().map_or(Ok(Vec::new()), parse)?;
        let missing: Vec<FieldError> = rows
            .iter()
            .filter(|row| !self.found.contains_key(file(row)))
            .map(|row| FieldError {
                field: format!("{name}:{}", file(row)),
                message: Message::new("file-import-missing").with("key", file(row)),
            })
            .collect();
        if !missing.is_empty() {
            return Err(Problem::Invalid(missing));
        }
        let named: HashSet<String> = rows.iter().map(|row| file(row).to_owned()).collect();
        let unnamed = self.found.keys().filter(|key| !named.contains(*key));
        rows.extend(unnamed.map(|key| bare(key)));
        Ok(rows)
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Problem {
    let message = Message::new("import-unreadable").with("reason", error);
    Problem::field(&path.display().to_string(), message)
}

/// Whose something is: what the table says, else whose it was, else the whole city's.
fn owner(
    organisations: &OrganisationList,
    key: Option<&str>,
    before: Option<Owner>,
    file: &str,
) -> Result<Owner> {
    let found = match (key, before) {
        (None, Some(before)) => return Ok(before),
        (Some(key), _) => organisations.by_key(key),
        (None, None) => organisations.root(),
    };
    let entry = found.ok_or_else(|| {
        let message =
            Message::new("file-import-organisation").with("value", key.unwrap_or_default());
        Problem::field(file, message.with("key", file))
    })?;
    Ok(Owner {
        organisation: entry.id,
        authority: entry.authority,
    })
}

fn picture_inputs(
    gathered: &Gathered,
    known: &[Picture],
    organisations: &OrganisationList,
) -> Result<Vec<PictureInput>> {
    let known: HashMap<&str, &Picture> = known.iter().map(|own| (own.key.as_str(), own)).collect();
    let bare = |file: &str| PictureRow {
        file: file.to_owned(),
        key: file.to_owned(),
        data: known
            .get(file)
            .map_or_else(Default::default, |own| own.data.clone()),
        organisation: None,
        id: None,
        columns: Vec::new(),
    };
    let rows = gathered.rows(PICTURES, parse_picture_rows, |row| &row.file, bare)?;
    let input = |row: PictureRow| {
        let before = known.get(row.key.as_str()).copied();
        let organisation = row.organisation.as_deref();
        let data = row.over(before.map(|own| &own.data));
        let before = before.map(|own| own.owner);
        Ok(PictureInput {
            id: row.id,
            owner: owner(organisations, organisation, before, &row.file)?,
            name: row.file.rsplit('/').next().map(str::to_owned),
            source: gathered.found[&row.file].clone(),
            key: row.key,
            data,
        })
    };
    rows.into_iter().map(input).collect()
}

fn file_inputs(
    gathered: &Gathered,
    known: &[StoredFile],
    organisations: &OrganisationList,
) -> Result<Vec<FileInput>> {
    let known: HashMap<&str, Owner> = known
        .iter()
        .map(|own| (own.key.as_str(), own.owner))
        .collect();
    let bare = |file: &str| FileRow {
        file: file.to_owned(),
        key: file.to_owned(),
        title: None,
        organisation: None,
        id: None,
    };
    let rows = gathered.rows(FILES, parse_file_rows, |row| &row.file, bare)?;
    let input = |row: FileRow| {
        let before = known.get(row.key.as_str()).copied();
        let organisation = row.organisation.as_deref();
        Ok(FileInput {
            id: row.id,
            owner: owner(organisations, organisation, before, &row.file)?,
            source: gathered.found[&row.file].clone(),
            key: row.key,
            title: row.title,
        })
    };
    rows.into_iter().map(input).collect()
}

impl Importer {
    /// Takes in the pictures of a city's folder: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn pictures(&self, files: &Files) -> Result<ImportReport> {
        let gathered = Gathered::in_memory(files, "pictures/", PICTURES);
        self.gathered_pictures(&gathered, false).await
    }

    /// Takes in the files of a city's folder: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn downloads(&self, files: &Files) -> Result<ImportReport> {
        let gathered = Gathered::in_memory(files, "files/", FILES);
        self.gathered_files(&gathered, false).await
    }

    /// Takes in pictures from folders and single files: all or nothing. A dry run looks at the heads
    /// of the pictures and writes nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn pictures_from<P: AsRef<Path>>(
        &self,
        paths: &[P],
        dry_run: bool,
    ) -> Result<ImportReport> {
        let gathered = Gathered::on_disk(paths, PICTURES)?;
        self.gathered_pictures(&gathered, dry_run).await
    }

    /// Takes in files to take home from folders and single files: all or nothing. A dry run writes
    /// nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn downloads_from<P: AsRef<Path>>(
        &self,
        paths: &[P],
        dry_run: bool,
    ) -> Result<ImportReport> {
        let gathered = Gathered::on_disk(paths, FILES)?;
        self.gathered_files(&gathered, dry_run).await
    }

    async fn gathered_pictures(&self, gathered: &Gathered, dry_run: bool) -> Result<ImportReport> {
        let organisations = self.organisations().await?;
        let snapshot = self.database.snapshot().await?;
        let known = list_pictures(&*snapshot).await?;
        snapshot.end().await?;
        let inputs = picture_inputs(gathered, &known, &organisations)?;
        if dry_run {
            return preview_pictures(&known, inputs).await;
        }
        let maker = PictureMaker::new(AT_ONCE);
        let staged = stage_pictures(&known, &self.blobs, &maker, inputs).await?;
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move { import_pictures(context, importer.author(), staged).await })
            })
            .await
    }

    async fn gathered_files(&self, gathered: &Gathered, dry_run: bool) -> Result<ImportReport> {
        let organisations = self.organisations().await?;
        let snapshot = self.database.snapshot().await?;
        let known = list_files(&*snapshot).await?;
        snapshot.end().await?;
        let inputs = file_inputs(gathered, &known, &organisations)?;
        if dry_run {
            return preview_files(&known, inputs).await;
        }
        let staged = stage_files(&known, &self.blobs, inputs).await?;
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move { import_files(context, importer.author(), staged).await })
            })
            .await
    }
}
