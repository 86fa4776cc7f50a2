//! Giving everything back as files: what people can read, and what can be taken in again.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use torg_accounts::Accounts;
use torg_db::Database;
use torg_files::{Blobs, Exported};
use torg_kernel::Result;
use torg_site::searching;
use torg_web::Organisations;

use crate::assemble::Keys;

/// The menus of all languages in an export.
pub(crate) const MENUS_FILE: &str = "navigation/menus.json";

/// What editors have settled about search, care and menus, and the file of each in an export.
pub(crate) const SEARCH_FILES: [(&str, &str); 6] = [
    (torg_site::SYNONYMS, "search/synonyms.csv"),
    (searching::BEST_BETS, "search/best-bets.csv"),
    (searching::MUST_FIND, "search/must-find.csv"),
    (searching::HALF_LIFE, "search/half-life-days.txt"),
    (torg_site::CARE, "care/settings.csv"),
    (torg_site::MENUS, MENUS_FILE),
];

/// What about persons goes into an export beside what readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// Nothing.
    None,
    /// The mail addresses of those who wrote comments.
    Addresses,
}

/// Writes the city into a folder, which must be empty or not there. Everything but the
/// organisations, which are read just before, comes from one snapshot; pictures and files are the
/// originals as they are kept, without metadata. Returns the number of pages.
///
/// # Errors
/// When the database fails or a file cannot be written, or two things would have the same file.
pub async fn write_city(
    database: &Database,
    accounts: &Accounts,
    blobs: &Blobs,
    to: &Path,
    personal: Personal,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<usize> {
    std::fs::create_dir_all(to)?;
    if std::fs::read_dir(to)?.next().is_some() {
        return Err(std::io::Error::other(format!(
            "the folder {} is not empty; choose a new one, so that nothing is overwritten",
            to.display()
        ))
        .into());
    }
    // Before the snapshot: whoever holds one connection and waits for another can wait for ever.
    let exported_organisations = accounts.export_organisations().await?;
    let snapshot = database.snapshot().await?;
    let organisations = accounts.list(&snapshot).await?;
    let keys = Keys::read(&*snapshot).await?;
    let write = |name: &str, text: &str| write_new(&to.join(name), text.as_bytes());
    write("organisations.csv", &exported_organisations)?;
    write(
        "units.json",
        &torg_directory::export_units(&*snapshot, &organisations).await?,
    )?;
    if let Some(almanac) = torg_almanac::export_almanac(&*snapshot).await? {
        write("almanac.json", &almanac)?;
    }
    write(
        "services.json",
        &torg_directory::services::export_services(&*snapshot, &organisations).await?,
    )?;
    for (path, text) in crate::map_layers::export(&snapshot, &organisations).await? {
        write(&path, &text)?;
    }
    write(
        "facts.json",
        &torg_facts::export_facts(&*snapshot, &organisations).await?,
    )?;
    let unit_key = |id| torg_site::ExportNames::unit(&keys, id);
    write(
        "announcements.json",
        &torg_noticeboard::export_announcements(&*snapshot, &organisations, &unit_key).await?,
    )?;
    write(
        "events.json",
        &torg_calendar::export_events(&*snapshot, &organisations, &unit_key).await?,
    )?;
    let mut done = 0;
    let count = torg_site::export_pages(
        &*snapshot,
        &organisations,
        &keys,
        &mut |content, json, markdown| {
            let file = torg_site::page_file(content);
            write(&format!("pages/{file}.json"), &json)?;
            write(&format!("pages/{file}.md"), &markdown)?;
            done += 1;
            progress(done);
            Ok(())
        },
    )
    .await?;
    let mut redirects = String::from("from,to\n");
    for (from, target) in torg_site::list_redirects(&*snapshot).await? {
        redirects.push_str(&format!("{from},{target}\n"));
    }
    write("redirects.csv", &redirects)?;
    for (setting, file) in SEARCH_FILES {
        if let Some(content) = torg_site::find_setting(&*snapshot, setting).await? {
            write(file, &content)?;
        }
    }
    let personal = personal == Personal::Addresses;
    if let Some(comments) = torg_site::export_comments(&*snapshot, personal).await? {
        write("comments.json", &comments)?;
    }
    let key_of = |id| organisations.find(id).map(|entry| entry.key.clone());
    let pictures = torg_files::export_pictures(&*snapshot, key_of).await?;
    let files = torg_files::export_files(&*snapshot, key_of).await?;
    snapshot.end().await?;
    write_media(blobs, pictures, &to.join("pictures"), "pictures.csv").await?;
    write_media(blobs, files, &to.join("files"), "files.csv").await?;
    Ok(count)
}

/// Writes a file that must not be there.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let named = |error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(named)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(named)?;
    Ok(file.write_all(bytes).map_err(named)?)
}

/// Writes originals with the table that tells of them, one in memory at a time. No folder when
/// there are none.
///
/// # Errors
/// When a file cannot be written, or its bytes are gone: taken away meanwhile, or lost.
async fn write_media(blobs: &Blobs, media: Exported, folder: &Path, table: &str) -> Result<()> {
    if media.files.is_empty() {
        return Ok(());
    }
    write_new(&folder.join(table), media.table.as_bytes())?;
    for (name, blob) in media.files {
        let path = folder.join(&name);
        let bytes = blobs.get(blob).await?.ok_or_else(|| {
            std::io::Error::other(format!(
                "{}: the bytes are not in the folder for files; if somebody took it away just now, \
                 export again, else bring {blob} back from a backup",
                path.display()
            ))
        })?;
        write_new(&path, &bytes)?;
    }
    Ok(())
}
