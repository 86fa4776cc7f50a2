//! Giving everything back as files: what people can read, and what can be taken in again.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use torg_accounts::Accounts;
use torg_db::Database;
use torg_kernel::Result;
use torg_site::searching;
use torg_web::Organisations;

use crate::assemble::Keys;

/// What editors have settled about search, and the file of each in an export.
pub(crate) const SEARCH_FILES: [(&str, &str); 4] = [
    (torg_site::SYNONYMS, "search/synonyms.csv"),
    (searching::BEST_BETS, "search/best-bets.csv"),
    (searching::MUST_FIND, "search/must-find.csv"),
    (searching::HALF_LIFE, "search/half-life-days.txt"),
];

/// Writes the city into a folder, which must be empty or not there. Everything but the
/// organisations, which are read just before, comes from one snapshot. Returns the number of pages.
///
/// # Errors
/// When the database fails or a file cannot be written, or two things would have the same file.
pub async fn write_city(
    database: &Database,
    accounts: &Accounts,
    to: &Path,
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
    let write = |name: &str, text: &str| -> Result<()> {
        let path = to.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let named = |error: std::io::Error| {
            std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        };
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(named)?;
        Ok(file.write_all(text.as_bytes()).map_err(named)?)
    };
    write("organisations.csv", &exported_organisations)?;
    write(
        "units.json",
        &torg_directory::export_units(&*snapshot, &organisations).await?,
    )?;
    write(
        "facts.json",
        &torg_facts::export_facts(&*snapshot, &organisations).await?,
    )?;
    let unit_key = |id| torg_site::ExportNames::unit(&keys, id);
    write(
        "announcements.json",
        &torg_noticeboard::export_announcements(&*snapshot, &organisations, &unit_key).await?,
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
    snapshot.end().await?;
    Ok(count)
}
