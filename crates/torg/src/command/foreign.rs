//! `torg import wordpress` and `torg import site`: pages out of other systems, with a report that
//! one can act on.

mod copy;
mod media;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::Args;
use torg_db::WriteContext;
use torg_foreign::{
    Item, Migration, Options, Outcome, Redirect, Remark, RemarkKind, saved, wordpress,
};
use torg_kernel::{Address, Locale, Message, Problem, Result};
use torg_markup::ParsedPage;
use torg_site::ImportReport;

use self::copy::Copy;
use self::media::Ready;
use super::{Failure, say};
use crate::assemble::Keys;
use crate::city::Importer;

/// What both commands ask.
#[derive(Args)]
pub struct Foreign {
    /// Address that everything is put below
    #[arg(long, value_name = "ADDRESS", default_value = "/")]
    under: String,
    /// Key of the organisation that answers for the pages
    #[arg(long, value_name = "KEY")]
    owner: Option<String>,
    /// More hosts whose links lead to the old site, parted by commas
    #[arg(long, value_delimiter = ',')]
    hosts: Vec<String>,
    /// Language of pages that do not say theirs; for WordPress, of all
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Read and report, but change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write the report as a table (.csv) or for programs (.json)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Say only what was simplified or left out
    #[arg(long)]
    quiet: bool,
}

/// `torg import wordpress`.
#[derive(Args)]
pub struct Wordpress {
    /// The export (WXR)
    file: PathBuf,
    /// Part of the address of dated posts
    #[arg(long, value_name = "WORD", default_value = "nyheter")]
    posts: String,
    /// Heading of the page that lists them
    #[arg(long, value_name = "WORDS", default_value = "Nyheter")]
    posts_title: String,
    /// Types that plug-ins made to take as dated pages, parted by commas
    #[arg(long, value_delimiter = ',')]
    types: Vec<String>,
    /// A copy of wp-content/uploads: an export holds the addresses of pictures and files only
    #[arg(long, value_name = "FOLDER")]
    media: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Foreign,
}

/// `torg import site`.
#[derive(Args)]
pub struct Site {
    /// A folder of saved pages, or a WARC file (.warc, .warc.gz)
    path: PathBuf,
    /// Old address of the folder, when it is not named after its host
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Take in what an archive that is cut short holds before the cut
    #[arg(long)]
    keep_what_is_there: bool,
    #[command(flatten)]
    pub(super) common: Foreign,
}

impl Foreign {
    fn options(&self) -> Result<Options, Failure> {
        if let Some(file) = &self.report
            && ending(file).is_none()
        {
            return Err(Failure(
                say::words().get("foreign-report-ending").into_owned(),
            ));
        }
        Ok(Options {
            under: Address::parse(&self.under)?,
            owner: self.owner.clone(),
            hosts: self.hosts.clone(),
            locale: self.lang.as_deref().map(str::parse::<Locale>).transpose()?,
            ..Options::default()
        })
    }
}

fn ending(file: &Path) -> Option<&'static str> {
    let found = file.extension()?.to_str()?.to_ascii_lowercase();
    ["csv", "json"].into_iter().find(|known| *known == found)
}

/// Takes in an export of WordPress.
pub async fn wordpress(importer: &Importer, what: Wordpress) -> Result<(), Failure> {
    let options = Options {
        posts: what.posts,
        posts_title: what.posts_title,
        types: what.types,
        ..what.common.options()?
    };
    let copy = match what.media {
        Some(folder) if !folder.is_dir() => {
            let message = Message::new("foreign-no-folder").with("folder", folder.display());
            return Err(Failure(say::words().message(&message)));
        }
        Some(folder) => Copy::Folder(folder),
        None => Copy::None,
    };
    let source = wordpress::Source::File(what.file);
    let migration = reading(move || wordpress::read(&source, &options)).await?;
    take_in(importer, migration, copy, &what.common, true).await
}

/// Takes in a saved copy of a site.
pub async fn site(importer: &Importer, what: Site) -> Result<(), Failure> {
    let options = Options {
        base: what.base,
        ..what.common.options()?
    };
    let (path, told) = (what.path, options.clone());
    let (migration, source) = reading(move || {
        let source = saved::Source::at(&path)?;
        Ok((saved::read(&source, &told)?, source))
    })
    .await?;
    take_in(
        importer,
        migration,
        Copy::Saved(source, Box::new(options)),
        &what.common,
        what.keep_what_is_there,
    )
    .await
}

async fn reading<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, torg_foreign::ForeignError> + Send + 'static,
) -> Result<T, Failure> {
    let bar = say::progress(None, "reading");
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let read = tokio::task::spawn_blocking(read).await;
    bar.finish_and_clear();
    read?.map_err(|error| {
        Failure(format!(
            "{}: {}",
            error.place(),
            say::words().message(&error.kind.message())
        ))
    })
}

async fn take_in(
    importer: &Importer,
    mut migration: Migration,
    copy: Copy,
    common: &Foreign,
    keep: bool,
) -> Result<(), Failure> {
    let refused = !migration.whole && !keep;
    let dry = common.dry_run || refused;
    let bar = say::progress(None, "writing");
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let owner = common.owner.as_deref();
    let ready = importer.ready_media(&migration, copy, owner, dry).await;
    let ready = ready.map_err(Failure::of)?;
    migration.use_media(&ready.taken);
    let media = (!migration.files.is_empty()).then(|| ready.line());
    let pages = std::mem::take(&mut migration.pages);
    let written = importer
        .foreign(pages, &migration.redirects, ready, dry)
        .await;
    bar.finish_and_clear();
    let written = written.map_err(Failure::of)?;
    complete(&mut migration, &written);
    show(&migration, common.quiet);
    if let Some(media) = media {
        say::line(&say::words().message(&media));
    }
    if let Some(file) = &common.report {
        let t = say::words();
        let speak = |message: &Message| t.message(message);
        let bytes = match ending(file) {
            Some("json") => migration.report.to_json(&speak),
            _ => migration.report.to_csv(&speak),
        };
        std::fs::write(file, bytes)
            .map_err(|error| Failure(format!("{}: {error}", file.display())))?;
    }
    let written_line = Message::new("foreign-written")
        .with("new", written.pages.count("new"))
        .with("changed", written.pages.count("changed"))
        .with("same", written.pages.count("same"))
        .with("redirects", written.redirects);
    say::line(&say::words().message(&written_line));
    if refused {
        return Err(Failure(
            say::words().get("foreign-refused-cut").into_owned(),
        ));
    }
    if dry {
        say::line(&say::words().get("foreign-dry-run"));
    }
    Ok(())
}

/// Adds what only the taking in could tell: links that lead nowhere, old addresses in use.
fn complete(migration: &mut Migration, written: &Written) {
    let notes: HashMap<&str, &Vec<torg_markup::Note>> = written
        .pages
        .files
        .iter()
        .map(|file| (file.address.as_str(), &file.notes))
        .collect();
    for item in &mut migration.report.items {
        let Some(to) = &item.to else { continue };
        let found = notes.get(to.as_str()).into_iter().copied().flatten();
        item.remarks
            .extend(found.map(|note| Remark::Markup(note.kind.clone())));
        let used = written.used.iter().filter(|(used, _)| used.to == *to);
        item.remarks.extend(used.map(|(redirect, public)| {
            let from = redirect.from.clone();
            Remark::Own(if *public {
                RemarkKind::OldAddressUsed { from }
            } else {
                RemarkKind::OldAddressHidden { from }
            })
        }));
    }
}

fn show(migration: &Migration, quiet: bool) {
    let t = say::words();
    for item in &migration.report.items {
        let outcome = item.outcome();
        if quiet && outcome == Outcome::Taken {
            continue;
        }
        say::line(&format!("{:<11} {}", t.get(outcome.key()), named(item)));
        for remark in &item.remarks {
            say::line(&format!("            - {}", t.message(&remark.reason())));
            let what = t.message(&remark.remedy());
            let what = Message::new("foreign-what-to-do").with("what", what);
            say::line(&format!("              {}", t.message(&what)));
        }
    }
    let report = &migration.report;
    let summary = Message::new("foreign-summary")
        .with("taken", report.count(Outcome::Taken))
        .with("simplified", report.count(Outcome::Simplified))
        .with("left_out", report.count(Outcome::LeftOut));
    say::line(&t.message(&summary));
}

fn named(item: &Item) -> String {
    let to = item
        .to
        .as_ref()
        .map(|to| format!(" → {to}"))
        .unwrap_or_default();
    let title = if item.title.is_empty() {
        String::new()
    } else {
        format!(" “{}”", item.title)
    };
    format!("{} {}{title}{to}", item.kind, item.from)
}

/// What was written.
#[derive(Debug, Default)]
struct Written {
    pages: ImportReport,
    /// How many old addresses lead on.
    redirects: usize,
    /// Old addresses that are pages of their own here, and whether those are public.
    used: Vec<(Redirect, bool)>,
}

/// What a dry run carries out of its transaction.
#[derive(Debug, thiserror::Error)]
#[error("dry run")]
struct Tried(Mutex<Option<Written>>);

impl Importer {
    /// Takes in pages, pictures, files and old addresses of another system: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the page's old address.
    async fn foreign(
        &self,
        pages: Vec<ParsedPage>,
        redirects: &[Redirect],
        ready: Ready,
        dry: bool,
    ) -> Result<Written> {
        let importer = self.clone();
        let organisations = self.organisations().await?;
        let redirects: Vec<Redirect> = redirects.to_vec();
        let done = self.database.write(move |context| {
            Box::pin(async move {
                let author = importer.author();
                torg_files::import_pictures(context, author, ready.pictures).await?;
                torg_files::import_files(context, author, ready.files).await?;
                let told: HashMap<String, Address> = pages
                    .iter()
                    .filter_map(|page| Some((page.path.clone(), page.front.address.clone()?)))
                    .collect();
                let mut names = Keys::read(&**context).await?.import_names(Vec::new());
                names.pictures.extend(ready.picture_ids);
                names.files.extend(ready.file_ids);
                let pages =
                    torg_site::import_pages(context, author, pages, &names, &organisations).await?;
                let (leading, used) = lead_on(context, redirects, &told, &pages).await?;
                let written = Written {
                    pages,
                    used,
                    redirects: torg_site::import_redirects(context, author, &leading).await?,
                };
                if dry {
                    return Err(Tried(Mutex::new(Some(written))).into());
                }
                Ok(written)
            })
        });
        match done.await {
            Err(Problem::Internal(error)) => match error.downcast::<Tried>() {
                Ok(tried) => Ok(tried.0.into_inner().ok().flatten().unwrap_or_default()),
                Err(error) => Err(Problem::Internal(error)),
            },
            other => other,
        }
    }
}

/// Sorts old addresses: those that can lead on, with where to, and those that are pages here, public
/// or not. `told` are the addresses that the old site's pages asked for, by their old ones.
async fn lead_on(
    context: &WriteContext,
    redirects: Vec<Redirect>,
    told: &HashMap<String, Address>,
    pages: &ImportReport,
) -> Result<(Vec<(String, String)>, Vec<(Redirect, bool)>)> {
    let public: HashSet<String> = torg_site::list_addresses(&**context)
        .await?
        .into_iter()
        .map(|known| known.address)
        .collect();
    let taken: HashSet<String> = torg_site::list_taken_addresses(&**context)
        .await?
        .into_iter()
        .collect();
    // Where a page lies that was moved since the last import.
    let now: HashMap<&str, &Address> = pages
        .files
        .iter()
        .filter_map(|file| Some((told.get(&file.path)?.as_str(), &file.address)))
        .collect();
    let (mut leading, mut used) = (Vec::new(), Vec::new());
    for redirect in redirects {
        let Some(from) = redirect.stored() else {
            continue;
        };
        let to = now.get(redirect.to.as_str()).copied();
        let to = to.unwrap_or(&redirect.to);
        if from == to.as_str() {
            continue;
        }
        if taken.contains(&from) {
            let is_public = public.contains(&from);
            used.push((redirect, is_public));
        } else {
            leading.push((from, to.to_string()));
        }
    }
    leading.sort();
    leading.dedup_by(|a, b| a.0 == b.0);
    Ok((leading, used))
}
