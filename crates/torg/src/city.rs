//! A whole city from files: the demo city that lies in the program, or an export.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use torg_accounts::Accounts;
use torg_db::Database;
use torg_kernel::{Actor, Clock, FieldError, Ids, Message, Problem, Result};
use torg_log::Author;
use torg_markup::{FrontMatter, ParsedPage, SourceFile};
use torg_site::searching;
use torg_site::{Content, ExportedPage, ImportReport};

use crate::assemble::Keys;
use crate::export::MENUS_FILE;

/// The demo city, as it lies in the repository's folder `demo`.
static DEMO: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

/// Files by their path with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The demo city's files.
#[must_use]
pub fn demo_files() -> Files {
    fn walk(dir: &Dir<'static>, files: &mut Files) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, file.contents().to_vec());
        }
        dir.dirs().for_each(|dir| walk(dir, files));
    }
    let mut files = Files::new();
    walk(&DEMO, &mut files);
    files
}

/// The largest file that is read at all, in bytes: larger ones are named and refused before they
/// are in memory.
const LARGEST: u64 = 64 * 1024 * 1024;

fn wrong(path: &str, message: Message) -> Problem {
    Problem::Invalid(vec![FieldError {
        field: path.to_owned(),
        message,
    }])
}

/// Reads a folder, or one file. Hidden files and folders, and symbolic links, are passed over.
///
/// # Errors
/// When it cannot be read, or a file is larger than 64 MB.
pub fn read_files(root: &Path) -> Result<Files> {
    fn walk(root: &Path, at: &Path, files: &mut Files) -> Result<()> {
        let mut entries: Vec<_> = std::fs::read_dir(at)?.collect::<std::io::Result<_>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let kind = entry.file_type()?;
            // A link in a folder that somebody sent could lead to any file of this machine.
            if kind.is_symlink() || entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                walk(root, &path, files)?;
            } else {
                let name = path.strip_prefix(root).unwrap_or(&path);
                files.insert(name.to_string_lossy().replace('\\', "/"), read_file(&path)?);
            }
        }
        Ok(())
    }
    let mut files = Files::new();
    let shown = root.display().to_string();
    let failed = |error: std::io::Error| {
        wrong(
            &shown,
            Message::new("import-unreadable").with("reason", error),
        )
    };
    if root.metadata().map_err(failed)?.is_dir() {
        walk(root, root, &mut files)?;
    } else {
        let name = root
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        files.insert(name.unwrap_or_default(), read_file(root)?);
    }
    Ok(files)
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| {
        wrong(
            &shown,
            Message::new("import-unreadable").with("reason", error),
        )
    };
    let size = path.metadata().map_err(failed)?.len();
    if size > LARGEST {
        let message = Message::new("import-too-large").with("megabytes", size / 1_048_576);
        return Err(wrong(&shown, message));
    }
    std::fs::read(path).map_err(failed)
}

/// What an import works with.
#[derive(Clone)]
pub struct Importer {
    /// Where to.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<dyn Ids>,
    /// People and organisations.
    pub accounts: Accounts,
    /// Who imports.
    pub actor: Actor,
    /// The days of the notice board.
    pub notices: torg_noticeboard::NoticeSettings,
    /// Where the bytes of pictures and files go.
    pub blobs: torg_files::Blobs,
}

fn is_page(path: &str) -> bool {
    let ending = path
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    matches!(ending.as_str(), "md" | "markdown" | "html" | "htm" | "txt")
}

/// Parses all files that are pages. Every faulty file is named, not only the first.
///
/// # Errors
/// [`Problem::Invalid`] with a field for each fault: the file, with its line where it is known.
pub fn parse_pages(files: &Files, progress: &mut dyn FnMut(usize)) -> Result<Vec<ParsedPage>> {
    let mut errors = Vec::new();
    let mut rows = BTreeMap::new();
    if let Some(bytes) = files.get("pages.csv") {
        match torg_markup::parse_pages_csv("pages.csv", bytes) {
            Ok(found) => rows = found,
            Err(error) => errors.push(located(&error)),
        }
    }
    for (path, row) in rows.iter().filter(|(path, _)| !files.contains_key(*path)) {
        errors.push(FieldError {
            field: format!("pages.csv:{}", row.line),
            message: Message::new("import-csv-no-file").with("file", path),
        });
    }
    let mut pages = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| is_page(path)) {
        let defaults = rows
            .get(path)
            .map(|row| row.front.clone())
            .unwrap_or_default();
        let file = SourceFile {
            path: path.clone(),
            bytes: bytes.clone(),
        };
        match torg_markup::parse(&file, &FrontMatter::default().or(&defaults)) {
            Ok(mut page) => {
                page.take_lead();
                pages.push(page);
            }
            Err(error) => errors.push(located(&error)),
        }
        progress(pages.len());
    }
    if errors.is_empty() {
        Ok(pages)
    } else {
        Err(Problem::Invalid(errors))
    }
}

fn located(error: &torg_markup::ParseError) -> FieldError {
    let field = match error.line {
        Some(line) => format!("{}:{line}", error.path),
        None => error.path.clone(),
    };
    FieldError {
        field,
        message: error.kind.message(),
    }
}

impl Importer {
    /// Takes in pages: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with file and line.
    pub async fn pages(&self, pages: Vec<ParsedPage>, hosts: Vec<String>) -> Result<ImportReport> {
        self.pages_then(pages, hosts, Ok).await
    }

    /// The same, with a last word before anything is kept.
    pub(crate) async fn pages_then(
        &self,
        pages: Vec<ParsedPage>,
        hosts: Vec<String>,
        then: fn(ImportReport) -> Result<ImportReport>,
    ) -> Result<ImportReport> {
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    let names = Keys::read(&**context).await?.import_names(hosts);
                    let report =
                        torg_site::import_pages(context, author, pages, &names, &organisations);
                    then(report.await?)
                })
            })
            .await
    }

    pub(crate) fn author(&self) -> Author<'_> {
        Author {
            actor: &self.actor,
            now: self.clock.now(),
            ids: &*self.ids,
        }
    }

    pub(crate) async fn organisations(&self) -> Result<Arc<torg_web::OrganisationList>> {
        use torg_web::Organisations;
        let snapshot = self.database.snapshot().await?;
        self.accounts.list(&snapshot).await
    }

    /// Takes in units as `units.json` holds them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn units(&self, bytes: &[u8]) -> Result<torg_directory::ImportReport> {
        let units = torg_directory::parse_units(bytes)?;
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_directory::import_units(context, author, units, &organisations).await
                })
            })
            .await
    }

    /// Takes in school breaks and the city's own days as `almanac.json` holds them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn almanac(&self, bytes: &[u8]) -> Result<torg_almanac::ImportReport> {
        let entries = within("almanac.json", torg_almanac::parse_almanac(bytes))?;
        let importer = self.clone();
        let write = self.database.write(move |context| {
            Box::pin(async move {
                torg_almanac::import_almanac(context, importer.author(), entries).await
            })
        });
        within("almanac.json", write.await)
    }

    /// What taking in units from `units.json` would do.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn preview_units(&self, bytes: &[u8]) -> Result<torg_directory::ImportReport> {
        let units = torg_directory::parse_units(bytes)?;
        let organisations = self.organisations().await?;
        let snapshot = self.database.snapshot().await?;
        torg_directory::preview_units(&*snapshot, self.author(), units, &organisations).await
    }

    /// Takes in services as `services.json` holds them: all or nothing. The units that they name must
    /// be there.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn services(&self, bytes: &[u8]) -> Result<torg_directory::ImportReport> {
        let services = torg_directory::services::parse_services(bytes)?;
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    let list = &organisations;
                    torg_directory::services::import_services(context, author, services, list).await
                })
            })
            .await
    }

    /// Takes in a table of units, or says what it would do: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
    pub async fn unit_table(
        &self,
        bytes: Vec<u8>,
        dry_run: bool,
    ) -> Result<torg_directory::spreadsheet::CsvReport> {
        use torg_directory::spreadsheet::{import_csv, preview_csv};
        let organisations = self.organisations().await?;
        if dry_run {
            let snapshot = self.database.snapshot().await?;
            let list = &organisations;
            return preview_csv(&*snapshot, self.author(), &bytes, list, &|_| true).await;
        }
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    import_csv(context, author, &bytes, &organisations, &|_| true).await
                })
            })
            .await
    }

    /// Takes in facts as `facts.json` holds them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn facts(&self, bytes: &[u8]) -> Result<torg_facts::ImportReport> {
        let facts = torg_facts::parse_facts(bytes)?;
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_facts::import_facts(context, author, facts, &organisations).await
                })
            })
            .await
    }

    /// Takes in old addresses: CSV with the columns `from` and `to`.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the row.
    pub async fn redirects(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let mut redirects: Vec<(String, String)> = Vec::new();
        for row in reader.deserialize() {
            redirects.push(row.map_err(|error: csv::Error| {
                wrong(
                    "redirects.csv",
                    Message::new("import-unreadable").with("reason", error),
                )
            })?);
        }
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    torg_site::import_redirects(context, importer.author(), &redirects).await
                })
            })
            .await
    }

    /// Puts synonyms into force: the file whole, as it is.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when it cannot be read.
    pub async fn synonyms(&self, bytes: &[u8]) -> Result<bool> {
        let unreadable = |reason: String| {
            wrong(
                "synonyms.csv",
                Message::new("import-unreadable").with("reason", reason),
            )
        };
        let csv = std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
        torg_search::Synonyms::parse_csv(csv).map_err(|error| unreadable(error.to_string()))?;
        let (importer, csv) = (self.clone(), csv.to_owned());
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_site::save_setting(context, author, torg_site::SYNONYMS, &csv).await
                })
            })
            .await
    }

    /// Puts what else editors have settled about search into force: the pages chosen for queries,
    /// the queries that must find (`search/must-find*.csv`, of which a city may have several) and
    /// how fast news grows old; and what is settled about care.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the file and what is wrong with it.
    async fn search_settings(&self, files: &Files) -> Result<()> {
        let mut settings: Vec<(&'static str, String)> = Vec::new();
        if let Some(text) = text_of(files, "search/best-bets.csv")? {
            check("search/best-bets.csv", searching::checked_best_bets(text))?;
            settings.push((searching::BEST_BETS, text.to_owned()));
        }
        let mut must_find = String::new();
        for path in files.keys().filter(|path| {
            path.starts_with("search/must-find")
                && Path::new(path).extension().is_some_and(|end| end == "csv")
        }) {
            let text = text_of(files, path)?.unwrap_or_default();
            check(path, searching::checked_must_find(text))?;
            // One heading for all.
            let (heading, rows) = text.split_once('\n').unwrap_or((text, ""));
            if must_find.is_empty() {
                must_find = format!("{}\n", heading.trim_end());
            }
            must_find.push_str(rows);
            if !rows.is_empty() && !rows.ends_with('\n') {
                must_find.push('\n');
            }
        }
        if !must_find.is_empty() {
            check(
                "search/must-find.csv",
                searching::checked_must_find(&must_find),
            )?;
            settings.push((searching::MUST_FIND, must_find));
        }
        if let Some(text) = text_of(files, "search/half-life-days.txt")? {
            settings.push((searching::HALF_LIFE, text.trim().to_owned()));
        }
        settings.extend(care_settings(files)?);
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    for (name, content) in &settings {
                        torg_site::save_setting(context, importer.author(), name, content).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Takes in the menus of all languages, if the city has a file of them.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with language and field.
    async fn menus(&self, files: &Files) -> Result<()> {
        let Some(text) = text_of(files, MENUS_FILE)? else {
            return Ok(());
        };
        let menus = within(MENUS_FILE, torg_site::Menus::parse(text))?;
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_site::import_menus(context, author, &organisations, &menus).await
                })
            })
            .await?;
        Ok(())
    }

    /// Takes in contents as an export wrote them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the file.
    pub async fn canonical(&self, contents: Vec<(String, Content)>) -> Result<usize> {
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_site::import_canonical(context, author, contents, &organisations).await
                })
            })
            .await
    }

    /// Takes in comments as an export wrote them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with item and field.
    pub async fn comments(&self, bytes: &[u8]) -> Result<usize> {
        let (importer, bytes) = (self.clone(), bytes.to_vec());
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    torg_site::import_comments(context, author, &bytes, &organisations).await
                })
            })
            .await
    }

    /// Takes in a whole city. Pages come from their canonical JSON where it lies beside, else from
    /// what people wrote. Each kind of thing is all or nothing; importing again changes nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with file and place.
    pub async fn city(&self, files: &Files, progress: &mut (dyn FnMut(&str) + Send)) -> Result<()> {
        if let Some(bytes) = files.get("organisations.csv") {
            progress("organisations");
            self.accounts
                .import_organisations(&self.actor, bytes)
                .await?;
        }
        if let Some(bytes) = files.get("almanac.json") {
            progress("the calendar of days");
            self.almanac(bytes).await?;
        }
        if let Some(bytes) = files.get("units.json") {
            progress("units");
            self.units(bytes).await?;
        }
        if let Some(bytes) = files.get("services.json") {
            progress("services");
            self.services(bytes).await?;
        }
        if files.keys().any(|path| path.starts_with("map/")) {
            progress("the map");
            self.map(files).await?;
        }
        if let Some(bytes) = files.get("facts.json") {
            progress("facts");
            self.facts(bytes).await?;
        }
        if files.keys().any(|path| path.starts_with("pictures/")) {
            progress("pictures");
            self.pictures(files).await?;
        }
        if files.keys().any(|path| path.starts_with("files/")) {
            progress("files");
            self.downloads(files).await?;
        }
        progress("pages");
        let inner: Files = files
            .iter()
            .filter_map(|(path, bytes)| {
                Some((path.strip_prefix("pages/")?.to_owned(), bytes.clone()))
            })
            .collect();
        let canonical = canonical_pages(&inner)?;
        if canonical.is_empty() {
            let pages = parse_pages(&inner, &mut |_| {})?;
            self.pages(pages, Vec::new()).await?;
        } else {
            self.canonical(canonical).await?;
        }
        if let Some(bytes) = files.get("units.json") {
            self.unit_texts(bytes).await?;
        }
        if let Some(bytes) = files.get("comments.json") {
            progress("comments");
            self.comments(bytes).await?;
        }
        if let Some(bytes) = files.get("events.json") {
            progress("events");
            self.events(bytes).await?;
        }
        if let Some(bytes) = files.get("announcements.json") {
            progress("announcements");
            self.announcements_from_today(bytes).await?;
        }
        if let Some(bytes) = files.get("redirects.csv") {
            progress("redirects");
            self.redirects(bytes).await?;
        }
        if let Some(bytes) = files.get("search/synonyms.csv") {
            progress("synonyms");
            self.synonyms(bytes).await?;
        }
        progress("what search must find");
        self.search_settings(files).await?;
        progress("menus");
        self.menus(files).await?;
        Ok(())
    }
}

/// What is settled about care, if the city has a file of it.
fn care_settings(files: &Files) -> Result<Option<(&'static str, String)>> {
    let path = "care/settings.csv";
    let Some(text) = text_of(files, path)? else {
        return Ok(None);
    };
    let settings = within(path, torg_site::CareSettings::parse(text))?;
    Ok(Some((torg_site::CARE, settings.csv())))
}

/// The same with the file before the place of each fault.
fn within<T>(path: &str, parsed: Result<T>) -> Result<T> {
    parsed.map_err(|problem| match problem {
        Problem::Invalid(errors) => Problem::Invalid(
            errors
                .into_iter()
                .map(|error| FieldError {
                    field: format!("{path}:{}", error.field),
                    ..error
                })
                .collect(),
        ),
        other => other,
    })
}

fn text_of<'a>(files: &'a Files, path: &str) -> Result<Option<&'a str>> {
    files
        .get(path)
        .map(|bytes| std::str::from_utf8(bytes))
        .transpose()
        .map_err(|error| {
            wrong(
                path,
                Message::new("import-unreadable").with("reason", error),
            )
        })
}

fn check(path: &str, checked: std::result::Result<(), String>) -> Result<()> {
    checked.map_err(|reason| {
        wrong(
            path,
            Message::new("import-unreadable").with("reason", reason),
        )
    })
}

fn canonical_pages(files: &Files) -> Result<Vec<(String, Content)>> {
    let mut contents = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
        let page: ExportedPage = serde_json::from_slice(bytes).map_err(|error| {
            wrong(
                path,
                Message::new("import-unreadable").with("reason", error),
            )
        })?;
        contents.push(page.into_named(path));
    }
    Ok(contents)
}
