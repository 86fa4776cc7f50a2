//! Taking in and giving back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use torg_kernel::{Actor, Problem, SystemClock, SystemIds};
use torg_site::ImportReport;

use super::maintain::current;
use super::{Failure, foreign, say};
use crate::app::{self, Surroundings};
use crate::city::{self, Importer};
use crate::config::Config;
use crate::export;

/// What to take in.
#[derive(Subcommand)]
pub enum Import {
    /// Markdown, HTML and text files as pages (see docs/guides/import.en.md)
    Pages {
        /// A folder, or one file
        path: PathBuf,
        /// Read and report, but change nothing
        #[arg(long)]
        dry_run: bool,
        /// Folder that a single file's path is counted from, when it is not the file's own
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Hosts whose links lead to this site, parted by commas
        #[arg(long, value_delimiter = ',')]
        hosts: Vec<String>,
        /// Say only what was changed or simplified
        #[arg(long)]
        quiet: bool,
    },
    /// organisations.csv (key,kind,parent,name_sv,name_en)
    Organisations {
        /// The file
        file: PathBuf,
    },
    /// units.json, or a table of units (CSV, see docs/guides/directory.en.md)
    Units {
        /// The file
        file: PathBuf,
        /// Read and report, but change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// services.json
    Services {
        /// The file
        file: PathBuf,
    },
    /// A layer of the map from GeoJSON (see docs/guides/map.en.md)
    Areas {
        /// The file
        file: PathBuf,
        /// The layer's name in addresses
        #[arg(long)]
        layer: String,
        /// The property that names each feature; without it one is looked for
        #[arg(long, default_value = "")]
        name_from: String,
        /// Read and report, but change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// The register of addresses from CSV or GeoJSON (see docs/guides/map.en.md)
    Addresses {
        /// The file
        file: PathBuf,
        /// Whose register it is
        #[arg(long, default_value = "")]
        source: String,
        /// Read and report, but change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// facts.json
    Facts {
        /// The file
        file: PathBuf,
    },
    /// announcements.json: the notice board
    Announcements {
        /// The file
        file: PathBuf,
    },
    /// Events: a calendar (.ics), a table (.csv) or events.json (see docs/guides/calendar-exchange.en.md)
    Events(super::events::Events),
    /// Old addresses (from,to)
    Redirects {
        /// The file
        file: PathBuf,
    },
    /// Pictures: folders with pictures.csv or single files (see docs/guides/import.en.md)
    Pictures(Media),
    /// Files to take home: folders with files.csv or single files (see docs/guides/import.en.md)
    Files(Media),
    /// An export of WordPress (WXR), see docs/guides/migration.en.md
    Wordpress(foreign::Wordpress),
    /// A saved copy of a site: a folder or a WARC file, see docs/guides/migration.en.md
    Site(foreign::Site),
    /// Words that mean the same (lang,words)
    Synonyms {
        /// The file
        file: PathBuf,
    },
    /// A whole city: the folder of an export, or one laid out like `demo/`
    City {
        /// The folder
        folder: PathBuf,
    },
}

/// Which pictures or files.
#[derive(Args)]
pub struct Media {
    /// Folders and files; what lies in a folder goes by its path there, a file by its name
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Read and report, but change nothing
    #[arg(long)]
    dry_run: bool,
}

fn importer(
    config: &Config,
    database: &torg_db::Database,
    dry_run: bool,
) -> Result<Importer, Failure> {
    let around = Surroundings::default();
    let folder = app::blob_folder(config);
    let is_folder = config.text("file_store").is_empty();
    let blobs = match dry_run && is_folder && !folder.exists() {
        // What is not there is the same as what is empty.
        true => torg_files::Blobs::memory(),
        false => app::blobs(config)?,
    };
    Ok(Importer {
        database: database.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        accounts: app::accounts(config, database, &around)?,
        actor: Actor::system("import"),
        notices: crate::notice_board::settings(config)?,
        blobs,
    })
}

impl Import {
    fn is_dry_run(&self) -> bool {
        match self {
            Self::Areas { dry_run, .. } | Self::Addresses { dry_run, .. } => *dry_run,
            Self::Pages { dry_run, .. } | Self::Units { dry_run, .. } => *dry_run,
            Self::Pictures(media) | Self::Files(media) => media.dry_run,
            Self::Events(what) => what.dry_run,
            Self::Wordpress(what) => what.common.dry_run,
            Self::Site(what) => what.common.dry_run,
            _ => false,
        }
    }
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut files = city::read_files(file).map_err(Failure::of)?;
    match files.pop_first() {
        Some((_, bytes)) if files.is_empty() => Ok(bytes),
        _ => Err(Failure(format!("{} is not a file", file.display()))),
    }
}

/// `torg import …`.
pub async fn import(config: &Config, what: Import) -> Result<ExitCode, Failure> {
    let database = if matches!(what, Import::City { .. }) {
        // Taking in a whole city is how a new one begins.
        let database = app::open_database(config).await?;
        torg_db::migrate::<crate::migrator::Migrator>(&database).await?;
        database
    } else {
        current(config).await?
    };
    let importer = importer(config, &database, what.is_dry_run())?;
    match what {
        Import::Pages {
            path,
            dry_run,
            root,
            hosts,
            quiet,
        } => {
            pages(&importer, &path, root.as_deref(), hosts, dry_run, quiet).await?;
        }
        Import::Organisations { file } => {
            let bytes = read(&file)?;
            let report = importer
                .accounts
                .import_organisations(&importer.actor, &bytes)
                .await;
            let report = report.map_err(Failure::of)?;
            counts(report.added, report.changed, report.unchanged);
        }
        Import::Units { file, dry_run } => units(&importer, &file, dry_run).await?,
        Import::Services { file } => {
            let report = importer.services(&read(&file)?).await;
            let report = report.map_err(Failure::of)?;
            counts(report.created.len(), report.changed.len(), report.unchanged);
        }
        Import::Areas {
            file,
            layer,
            name_from,
            dry_run,
        } => {
            let bytes = read(&file)?;
            let name = file.display().to_string();
            let done = importer.areas(&name, &bytes, &layer, &name_from, dry_run);
            let report = done.await.map_err(Failure::of)?;
            counts(report.added, report.changed, report.unchanged);
            say::line(&format!(
                "{} gone; names come from {:?}",
                report.removed, report.name_from
            ));
            if dry_run {
                say::line("nothing was changed (--dry-run)");
            }
        }
        Import::Addresses {
            file,
            source,
            dry_run,
        } => {
            let bytes = read(&file)?;
            let name = file.display().to_string();
            let done = importer.addresses(&name, &bytes, &source, dry_run);
            let report = done.await.map_err(Failure::of)?;
            counts(report.added, 0, report.unchanged);
            say::line(&format!("{} gone", report.removed));
            if dry_run {
                say::line("nothing was changed (--dry-run)");
            }
        }
        Import::Facts { file } => {
            let report = importer.facts(&read(&file)?).await.map_err(Failure::of)?;
            counts(report.created.len(), report.changed.len(), report.unchanged);
        }
        Import::Announcements { file } => {
            let report = importer
                .announcements(&read(&file)?)
                .await
                .map_err(Failure::of)?;
            counts(report.created.len(), report.changed.len(), report.unchanged);
        }
        Import::Events(what) => super::events::import(&importer, what).await?,
        Import::Redirects { file } => {
            let count = importer
                .redirects(&read(&file)?)
                .await
                .map_err(Failure::of)?;
            say::line(&format!("{count} old addresses"));
        }
        Import::Pictures(what) => {
            let done = importer.pictures_from(&what.paths, what.dry_run);
            media(done, what.dry_run).await?;
        }
        Import::Files(what) => {
            let done = importer.downloads_from(&what.paths, what.dry_run);
            media(done, what.dry_run).await?;
        }
        Import::Wordpress(what) => foreign::wordpress(&importer, what).await?,
        Import::Site(what) => foreign::site(&importer, what).await?,
        Import::Synonyms { file } => {
            let changed = importer
                .synonyms(&read(&file)?)
                .await
                .map_err(Failure::of)?;
            say::line(if changed {
                "synonyms changed"
            } else {
                "synonyms as before"
            });
        }
        Import::City { folder } => {
            importer
                .accounts
                .ensure_roles(&Actor::system("import"))
                .await
                .map_err(Failure::of)?;
            let bar = say::progress(None, "importing");
            let files = city::read_files(&folder).map_err(Failure::of)?;
            let mut step = |text: &str| bar.set_message(format!("importing {text}"));
            let result = importer.city(&files, &mut step).await;
            bar.finish_and_clear();
            result.map_err(Failure::of)?;
            say::line("imported");
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Takes in units from JSON or from a table, or says what that would do.
async fn units(importer: &Importer, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let bytes = read(file)?;
    if file
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"))
    {
        let report = match dry_run {
            true => importer.preview_units(&bytes).await.map_err(Failure::of)?,
            false => {
                let report = importer.units(&bytes).await.map_err(Failure::of)?;
                importer.unit_texts(&bytes).await.map_err(Failure::of)?;
                report
            }
        };
        counts(report.created.len(), report.changed.len(), report.unchanged);
    } else {
        let report = importer.unit_table(bytes, dry_run).await;
        let report = report.map_err(Failure::of)?;
        for line in &report.lines {
            say::line(&format!(
                "{:>5}  {:<8} {}",
                line.line,
                line.what.as_str(),
                line.key
            ));
            for (column, before, after) in &line.changes {
                say::line(&format!("         {column}: {before:?} -> {after:?}"));
            }
        }
        say::line(&format!(
            "{} new, {} changed, {} closed, {} as before",
            report.created, report.changed, report.closed, report.same
        ));
    }
    if dry_run {
        say::line("nothing was changed (--dry-run)");
    }
    Ok(())
}

pub(super) fn counts(new: usize, changed: usize, same: usize) {
    say::line(&format!("{new} new, {changed} changed, {same} as before"));
}

/// Says what an import of pictures or files did: a line for each that is new or changed.
async fn media(
    done: impl Future<Output = Result<torg_files::ImportReport, Problem>>,
    dry_run: bool,
) -> Result<(), Failure> {
    let bar = say::progress(None, "reading");
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let report = done.await;
    bar.finish_and_clear();
    let report = report.map_err(Failure::of)?;
    for key in &report.created {
        say::line(&format!("new     {key}"));
    }
    for key in &report.changed {
        say::line(&format!("changed {key}"));
    }
    for key in &report.animated {
        say::line(&format!("{key} moves; only its first frame is kept"));
    }
    counts(report.created.len(), report.changed.len(), report.unchanged);
    if dry_run {
        say::line("nothing was changed (--dry-run)");
    }
    Ok(())
}

async fn pages(
    importer: &Importer,
    path: &Path,
    root: Option<&Path>,
    hosts: Vec<String>,
    dry_run: bool,
    quiet: bool,
) -> Result<(), Failure> {
    let mut files = city::read_files(path).map_err(Failure::of)?;
    if let Some(root) = root {
        let inner = path.strip_prefix(root).map_err(|_| {
            Failure(format!(
                "{} does not lie in {}",
                path.display(),
                root.display()
            ))
        })?;
        let inner = inner.to_string_lossy().replace('\\', "/");
        files = match path.is_dir() {
            true if inner.is_empty() => files,
            true => files
                .into_iter()
                .map(|(name, b)| (format!("{inner}/{name}"), b))
                .collect(),
            false => files
                .into_values()
                .map(|bytes| (inner.clone(), bytes))
                .collect(),
        };
    }
    let bar = say::progress(Some(files.len() as u64), "reading");
    let parsed = city::parse_pages(&files, &mut |count| bar.set_position(count as u64));
    bar.finish_and_clear();
    let parsed = parsed.map_err(Failure::of)?;
    if parsed.is_empty() {
        return Err(Failure(format!(
            "there are no pages in {}: files end in .md, .html or .txt",
            path.display()
        )));
    }
    let bar = say::progress(None, "writing");
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let report = if dry_run {
        importer.preview(parsed, hosts).await
    } else {
        importer.pages(parsed, hosts).await
    };
    bar.finish_and_clear();
    show(&report.map_err(Failure::of)?, quiet);
    if dry_run {
        say::line("nothing was changed (--dry-run)");
    }
    Ok(())
}

fn show(report: &ImportReport, quiet: bool) {
    let t = say::words();
    for file in &report.files {
        if quiet && file.outcome == "same" && file.notes.is_empty() && file.moved.is_none() {
            continue;
        }
        let counts = &file.counts;
        say::line(&format!(
            "{:<7} {} → {} ({} headings, {} paragraphs, {} lists, {} tables, {} links)",
            file.outcome,
            file.path,
            file.address,
            counts.headings,
            counts.paragraphs,
            counts.lists,
            counts.tables,
            counts.links,
        ));
        if let Some(moved) = &file.moved {
            say::line(&format!("          {}", t.message(moved)));
        }
        for note in &file.notes {
            let line = note
                .line
                .map(|line| format!("{line}: "))
                .unwrap_or_default();
            say::line(&format!(
                "          {line}{}",
                t.message(&note.kind.message())
            ));
        }
    }
    counts(
        report.count("new"),
        report.count("changed"),
        report.count("same"),
    );
}

/// `torg export FOLDER`.
pub async fn export(config: &Config, folder: &Path, personal: bool) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let accounts = app::accounts(config, &database, &Surroundings::default())?;
    let blobs = app::blobs(config)?;
    let bar = say::progress(None, "writing pages");
    let mut step = |count| bar.set_position(count);
    let personal = match personal {
        true => export::Personal::Addresses,
        false => export::Personal::None,
    };
    let result = export::write_city(&database, &accounts, &blobs, folder, personal, &mut step);
    let result = result.await;
    bar.finish_and_clear();
    say::line(&format!(
        "{} pages in {}",
        result.map_err(Failure::of)?,
        folder.display()
    ));
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What a dry run answers instead of keeping what it did.
#[derive(Debug, thiserror::Error)]
#[error("dry run")]
pub struct DryRun(pub std::sync::Mutex<Option<ImportReport>>);

impl Importer {
    /// What an import of pages would do: it is done, looked at, and rolled back.
    ///
    /// # Errors
    /// As the import itself.
    async fn preview(
        &self,
        pages: Vec<torg_markup::ParsedPage>,
        hosts: Vec<String>,
    ) -> Result<ImportReport, Problem> {
        let done = self.pages_then(pages, hosts, |report| {
            Err(DryRun(std::sync::Mutex::new(Some(report))).into())
        });
        match done.await {
            Err(Problem::Internal(error)) => match error.downcast::<DryRun>() {
                Ok(run) => Ok(run.0.into_inner().ok().flatten().unwrap_or_default()),
                Err(error) => Err(Problem::Internal(error)),
            },
            other => other,
        }
    }
}
