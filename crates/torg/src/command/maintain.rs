//! Keeping a city well: bringing up to date, building anew, checking.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use torg_db::Database;
use torg_files::{BlobFault, BlobReport};
use torg_kernel::{Actor, Clock, Subject, SystemClock, SystemIds};
use torg_log::{Author, Finding};
use torg_noticeboard::ProofFault;
use torg_search::{Index, IndexOptions, must_find};
use torg_site::searching::MUST_FIND;
use uuid::Uuid;

use super::{Failure, say};
use crate::app::{self, Surroundings};
use crate::config::Config;
use crate::migrator::Migrator;
use crate::{indexing, rows};

/// The database, which must be up to date: a command for reading changes nothing.
pub async fn current(config: &Config) -> Result<Database, Failure> {
    // Opening would make it: whoever asks about a city that is not there shall leave nothing behind.
    let file = torg_db::sqlite_file(&config.database());
    if let Some(file) = file.filter(|file| !file.exists()) {
        return Err(Failure(format!(
            "there is no database {}: check --data and --database, or run torg migrate to make one",
            file.display()
        )));
    }
    let database = app::open_database(config).await?;
    let pending = torg_db::pending::<Migrator>(&database).await?;
    if !pending.is_empty() {
        return Err(Failure(format!(
            "the database {} is {} steps behind this version; run torg migrate first",
            database.shown_url(),
            pending.len()
        )));
    }
    Ok(database)
}

/// `torg migrate`.
pub async fn migrate(config: &Config) -> Result<ExitCode, Failure> {
    let database = app::open_database(config).await?;
    let steps = torg_db::migrate::<Migrator>(&database).await?;
    say::line(&format!(
        "{} steps taken; the database is up to date",
        steps
    ));
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// `torg reindex`.
pub async fn reindex(config: &Config) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let folder = config.data().join("search");
    let index = Index::open(&folder, IndexOptions::default()).map_err(|error| {
        Failure(format!(
            "{error}. A running server keeps its index itself; stop it to build the index anew"
        ))
    })?;
    let accounts = app::accounts(config, &database, &Surroundings::default())?;
    let bar = say::progress(None, "building the search index");
    let mut step = |count| bar.set_position(count);
    let index = Arc::new(index);
    let count = indexing::rebuild(&database, &accounts, &index, &mut step).await;
    bar.finish_and_clear();
    say::line(&format!(
        "{} documents in the search index",
        count.map_err(Failure::of)?
    ));
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// `torg check`: the database answers, is up to date, and search has come as far as the log.
pub async fn check(config: &Config) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let snapshot = database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    let jobs = torg_jobs::count_jobs(&*snapshot).await?;
    let pages = torg_site::list_addresses(&*snapshot).await?.len();
    snapshot.end().await?;
    say::line(&format!("database       {}", database.shown_url()));
    say::line(&format!("log            {head} events"));
    say::line(&format!("pages          {pages} public"));
    say::line(&format!(
        "jobs           {} waiting, {} failed",
        jobs.waiting, jobs.failed
    ));
    let mut well = jobs.failed == 0;
    match Index::open_read_only(&config.data().join("search"), IndexOptions::default()) {
        Ok(index) => {
            say::line(&format!("search         {} documents", index.len()));
        }
        Err(error) => {
            well = false;
            say::line(&format!(
                "search         {error}; it is built when the server starts"
            ));
        }
    }
    database.close().await;
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The must-find queries of a file or, without one, those that the city's editors have settled.
async fn must_find_file(database: &Database, file: Option<&Path>) -> Result<String, Failure> {
    if let Some(file) = file {
        return std::fs::read_to_string(file)
            .map_err(|error| Failure(format!("{} cannot be read: {error}", file.display())));
    }
    let snapshot = database.snapshot().await?;
    let settled = torg_site::find_setting(&*snapshot, MUST_FIND).await?;
    snapshot.end().await?;
    settled.ok_or_else(|| {
        Failure(
            "no queries that must find are settled. Write them under /admin/search/settings, or \
             name a file with lang,query,address,within"
                .to_owned(),
        )
    })
}

/// `torg check search [FILE]`.
pub async fn check_search(
    config: &Config,
    file: Option<&Path>,
    synonyms: bool,
) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let text = must_find_file(&database, file).await?;
    // An index of its own in memory: a running server keeps the one in the folder.
    let index = Arc::new(Index::in_memory()?);
    let accounts = app::accounts(config, &database, &Surroundings::default())?;
    let bar = say::progress(None, "reading pages");
    let mut step = |count| bar.set_position(count);
    let built = indexing::rebuild(&database, &accounts, &index, &mut step).await;
    bar.finish_and_clear();
    built.map_err(Failure::of)?;
    let report = must_find::run(&text, &index, synonyms)?;
    database.close().await;
    for failure in &report.failures {
        say::line(&format!(
            "line {}: “{}” ({}) should find {} among the first {}, but {}; found instead: {}",
            failure.line,
            failure.query,
            failure.lang,
            failure.address,
            failure.within,
            failure.place.map_or("did not".to_owned(), |place| format!(
                "it came as number {place}"
            )),
            if failure.instead.is_empty() {
                "nothing".to_owned()
            } else {
                failure.instead.join(" ")
            },
        ));
    }
    say::line(&format!(
        "{} queries: {} found among the first 3, {} among the first 10, {} not where they must be{}",
        report.queries,
        report.in_first_3,
        report.in_first_10,
        report.failures.len(),
        if synonyms { "" } else { " (synonyms off)" },
    ));
    Ok(if report.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// `torg verify --proof FILE`.
pub async fn verify_proof(config: &Config, file: &std::path::Path) -> Result<ExitCode, Failure> {
    let bytes = super::data::read(file)?;
    let database = current(config).await?;
    let name = file.display().to_string();
    let faults = crate::notice_board::check_file(&database, &name, &bytes)
        .await
        .map_err(Failure::of)?;
    database.close().await;
    for fault in &faults {
        say::line(&match fault {
            ProofFault::Format => "this is a proof of another form".to_owned(),
            ProofFault::Event { position, fault } => {
                format!("event {position} is not as the log has it ({fault:?})")
            }
            ProofFault::Shown => {
                "what it says was shown does not follow from its events".to_owned()
            }
            ProofFault::Missing { position } => {
                format!("event {position} of the log is left out of it")
            }
        });
    }
    say::line(if faults.is_empty() {
        "the proof holds"
    } else {
        "the proof does not hold"
    });
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// `torg verify`.
pub async fn verify(config: &Config) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let snapshot = database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    snapshot.end().await?;
    let bar = say::progress(Some(u64::try_from(head).unwrap_or(0)), "verifying the log");
    let report = torg_log::verify(&database, &mut |done| {
        bar.set_position(u64::try_from(done).unwrap_or(0));
    })
    .await;
    bar.finish_and_clear();
    let report = report.map_err(Failure::of)?;
    let rows = rows::differing(&database).await.map_err(Failure::of)?;
    let bytes = verify_bytes(config, &database).await?;
    database.close().await;
    for (subject, id) in &rows {
        say::line(&format!(
            "the {} {} (row {id}) is not as the log says it was last left",
            subject.kind, subject.id
        ));
    }
    for finding in &report.findings {
        say::line(&match finding {
            Finding::Gap { position } => format!("event {position} is missing"),
            Finding::Event { position } => {
                format!("event {position} was changed after it was written")
            }
            Finding::Payload { position } => {
                format!("the content of event {position} was changed after it was written")
            }
            Finding::PayloadMissing { position } => {
                format!("the content of event {position} is gone, and no weeding decision names it")
            }
            Finding::Seal { day } => format!("the events of {day} do not fit that day's seal"),
        });
    }
    let faults = report.findings.len() + rows.len() + bytes.damaged.len();
    say::line(&format!(
        "{} events, {} weeded by decision, {} days sealed, {} stored files ({} bytes) read: {}",
        report.events,
        report.weeded,
        report.seals,
        bytes.blobs,
        bytes.bytes,
        match faults {
            0 => "all as it was written".to_owned(),
            faults => format!("{faults} faults"),
        },
    ));
    Ok(if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Reads the bytes of all pictures and files, and tells which are not as they were put.
async fn verify_bytes(config: &Config, database: &Database) -> Result<BlobReport, Failure> {
    let blobs = app::blobs(config)?;
    let bar = say::progress(None, "reading pictures and files");
    let report = torg_files::verify_blobs(database, &blobs, &mut |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    })
    .await;
    bar.finish_and_clear();
    let report = report.map_err(Failure::of)?;
    for damaged in &report.damaged {
        let name = damaged.blob.to_string();
        let what = match &damaged.fault {
            BlobFault::Missing => "is lost".to_owned(),
            BlobFault::Changed => "was changed: its SHA-256 is no longer its name".to_owned(),
            BlobFault::Unreadable(why) => format!("cannot be read ({why})"),
        };
        say::line(&format!(
            "the stored file {} {what}",
            config
                .data()
                .join("files")
                .join(&name[..2])
                .join(&name[2..4])
                .join(&name)
                .display()
        ));
        for (subject, part) in &damaged.needed_by {
            say::line(&format!(
                "    needed by the {} {} ({part}): bring it back from a backup",
                subject.kind, subject.id
            ));
        }
    }
    Ok(report)
}

/// `torg weed`.
pub async fn weed(
    config: &Config,
    kind: &str,
    id: Uuid,
    decision: &str,
) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let (subject, decision) = (Subject::new(kind, id), decision.to_owned());
    let count = database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("weed");
                let author = Author {
                    actor: &actor,
                    now: SystemClock.now(),
                    ids: &SystemIds,
                };
                torg_log::weed(context, author, &subject, &decision).await
            })
        })
        .await
        .map_err(Failure::of)?;
    database.close().await;
    say::line(&format!("{count} payloads weeded"));
    Ok(ExitCode::SUCCESS)
}
