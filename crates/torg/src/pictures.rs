//! Pictures and files of a city's folder: `pictures/` with `pictures.csv`, and `files/` with
//! `files.csv`. What no table names is taken in too, as a decoration or under its own name.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use torg_files::{
    FileInput, FileRow, ImportReport, Owner, PictureData, PictureInput, PictureMaker, PictureRow,
    Source, import_files, import_pictures, list_files, list_pictures, parse_file_rows,
    parse_picture_rows, stage_files, stage_pictures,
};
use torg_kernel::{Message, Problem, Result};
use torg_web::OrganisationList;

use crate::city::{Files, Importer};

/// Pictures that are made at once by an import: it has the machine to itself more than a server has.
const AT_ONCE: usize = 2;

/// Whose something is: what the table says, else the whole city's.
fn owner(organisations: &OrganisationList, key: Option<&str>, file: &str) -> Result<Owner> {
    let found = match key {
        Some(key) => organisations.by_key(key),
        None => organisations.root(),
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

/// The files of a folder and of the pages' folder that end so, by key.
fn in_folder(files: &Files, folder: &str, table: &str) -> BTreeMap<String, Bytes> {
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let key = path.strip_prefix(folder)?;
            (key != table).then(|| (key.to_owned(), Bytes::copy_from_slice(bytes)))
        })
        .collect()
}

fn missing(table: &str, file: &str) -> Problem {
    let message = Message::new("file-import-missing").with("key", file);
    Problem::field(&format!("{table}:{file}"), message)
}

/// What the table says of pictures, and those that it does not name.
fn picture_rows(files: &Files, found: &BTreeMap<String, Bytes>) -> Result<Vec<PictureRow>> {
    let table = files.get("pictures/pictures.csv").map(Vec::as_slice);
    let mut rows = table.map_or(Ok(Vec::new()), parse_picture_rows)?;
    let named: HashMap<String, ()> = rows.iter().map(|row| (row.file.clone(), ())).collect();
    for file in found.keys().filter(|file| !named.contains_key(*file)) {
        rows.push(PictureRow {
            file: file.clone(),
            key: file.clone(),
            data: PictureData::default(),
            organisation: None,
            id: None,
        });
    }
    Ok(rows)
}

/// What the table says of files, and those that it does not name.
fn file_rows(files: &Files, found: &BTreeMap<String, Bytes>) -> Result<Vec<FileRow>> {
    let table = files.get("files/files.csv").map(Vec::as_slice);
    let mut rows = table.map_or(Ok(Vec::new()), parse_file_rows)?;
    let named: HashMap<String, ()> = rows.iter().map(|row| (row.file.clone(), ())).collect();
    for file in found.keys().filter(|file| !named.contains_key(*file)) {
        rows.push(FileRow {
            file: file.clone(),
            key: file.clone(),
            title: None,
            organisation: None,
            id: None,
        });
    }
    Ok(rows)
}

impl Importer {
    /// Takes in the pictures of a city's folder: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn pictures(&self, files: &Files) -> Result<ImportReport> {
        let found = in_folder(files, "pictures/", "pictures.csv");
        let organisations = self.organisations().await?;
        let mut inputs = Vec::new();
        for row in picture_rows(files, &found)? {
            let bytes = found.get(&row.file);
            let bytes = bytes.ok_or_else(|| missing("pictures.csv", &row.file))?;
            inputs.push(PictureInput {
                id: row.id,
                owner: owner(&organisations, row.organisation.as_deref(), &row.file)?,
                name: row.file.rsplit('/').next().map(str::to_owned),
                key: row.key,
                data: row.data,
                source: Source::Bytes(bytes.clone()),
            });
        }
        let snapshot = self.database.snapshot().await?;
        let known = list_pictures(&*snapshot).await?;
        snapshot.end().await?;
        let maker = PictureMaker::new(AT_ONCE);
        let staged = stage_pictures(&known, &self.blobs, &maker, inputs).await?;
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move { import_pictures(context, importer.author(), staged).await })
            })
            .await
    }

    /// Takes in the files of a city's folder: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn downloads(&self, files: &Files) -> Result<ImportReport> {
        let found = in_folder(files, "files/", "files.csv");
        let organisations = self.organisations().await?;
        let mut inputs = Vec::new();
        for row in file_rows(files, &found)? {
            let bytes = found.get(&row.file);
            let bytes = bytes.ok_or_else(|| missing("files.csv", &row.file))?;
            inputs.push(FileInput {
                id: row.id,
                owner: owner(&organisations, row.organisation.as_deref(), &row.file)?,
                key: row.key,
                title: row.title,
                source: Source::Bytes(bytes.clone()),
            });
        }
        let snapshot = self.database.snapshot().await?;
        let known = list_files(&*snapshot).await?;
        snapshot.end().await?;
        let staged = stage_files(&known, &self.blobs, inputs).await?;
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move { import_files(context, importer.author(), staged).await })
            })
            .await
    }
}
