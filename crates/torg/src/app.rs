//! One running node: the rooms on one database.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use torg_accounts::Accounts;
use torg_db::{Database, DatabaseOptions};
use torg_kernel::{Clock, Ids, SystemClock, SystemIds};
use torg_search::{Index, IndexOptions};
use torg_site::SiteChrome;
use torg_site::searching::Searching;
use torg_web::{App, AppParts, Facts, Settings};

use crate::config::Config;
use crate::migrator::Migrator;

/// Why a node could not start, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The database.
    #[error(transparent)]
    Open(#[from] torg_db::OpenError),
    /// Its shape.
    #[error(transparent)]
    Migrate(#[from] torg_db::MigrateError),
    /// The folder for files.
    #[error(transparent)]
    Files(#[from] torg_files::BlobError),
    /// Where files are to lie.
    #[error("file_store = {0:?} is no bucket. Write s3://BUCKET, or nothing for the data folder")]
    FileStore(String),
    /// A build without buckets.
    #[cfg(not(feature = "s3"))]
    #[error("this build keeps files in a folder only. Build with --features s3 for buckets")]
    NoBuckets,
    /// The search index.
    #[error("the search index cannot be used: {0}")]
    Search(#[from] torg_search::SearchError),
    /// The data folder.
    #[error("the data folder {folder} cannot be written: {source}")]
    Folder {
        /// Which folder.
        folder: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another server.
    #[error(
        "another Torg is running on the folder {0}. Stop it, or choose another folder with --data"
    )]
    Running(String),
}

/// Holds the data folder for one server at a time; given back when dropped, also by the system
/// when the process dies.
#[derive(Debug)]
pub struct FolderLock(
    #[expect(dead_code, reason = "the lock lasts as long as the file is open")] File,
);

/// Makes the data folder if need be and takes it.
///
/// # Errors
/// When it cannot be written, or another server has it.
pub fn lock_folder(folder: &Path) -> Result<FolderLock, StartError> {
    let shown = || folder.display().to_string();
    let failed = |source| StartError::Folder {
        folder: shown(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("torg.lock"))
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(std::fs::TryLockError::WouldBlock) => Err(StartError::Running(shown())),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Opens the database without bringing it up to date; for commands that must not.
///
/// # Errors
/// When it cannot be opened.
pub async fn open_database(config: &Config) -> Result<Database, StartError> {
    let mut options = DatabaseOptions::new(&config.database());
    options.readers = u32::try_from(config.number("readers")?.clamp(1, 64)).unwrap_or(4);
    Ok(Database::open(&options).await?)
}

/// The rooms of a node.
pub struct Node {
    /// The program as requests see it.
    pub app: Arc<App>,
    /// People and organisations.
    pub accounts: Accounts,
    /// What everybody searches.
    pub index: Arc<Index>,
    /// What only staff find: drafts, plans, pages that are not public.
    pub staff_index: Arc<Index>,
    /// The calendar.
    pub calendar: Arc<torg_calendar::Calendar>,
    /// The notice board.
    pub notice_board: Arc<torg_noticeboard::NoticeBoard>,
    /// The map.
    pub map: Arc<torg_map::MapRoom>,
    /// Pictures and files.
    pub media: Arc<torg_media::Media>,
    /// Comments on pages.
    pub comments: Arc<torg_site::Comments>,
    /// Versions, previews and the trash.
    pub history: Arc<torg_site::History>,
    /// Care of pages.
    pub care: Arc<torg_site::Care>,
    /// All units and services, in memory.
    pub register: Arc<torg_directory::register::Register>,
    /// What the city has settled about care of units.
    pub unit_care: torg_directory::care::CareRules,
    /// What is known of searches.
    pub searching: Arc<Searching>,
    /// Subscriptions by e-mail.
    pub subscriptions: Arc<torg_subscriptions::Subscriptions>,
}

/// The search indexes of a node.
pub struct Indexes {
    /// What everybody searches.
    pub public: Index,
    /// What only staff find.
    pub staff: Index,
}

impl Indexes {
    /// Both in memory, for tests.
    ///
    /// # Errors
    /// When their threads cannot be started.
    pub fn in_memory() -> Result<Self, StartError> {
        Ok(Self {
            public: Index::in_memory()?,
            staff: Index::in_memory()?,
        })
    }
}

/// Time and randomness of a node; a test puts in its own.
#[derive(Clone)]
pub struct Surroundings {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<dyn Ids>,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
        }
    }
}

/// The accounts on a database.
///
/// # Errors
/// When the settings are no good.
pub fn accounts(
    config: &Config,
    database: &Database,
    around: &Surroundings,
) -> Result<Accounts, StartError> {
    let settings = crate::log_in::settings(config)?;
    Ok(Accounts::new(
        database.clone(),
        around.clock.clone(),
        around.ids.clone(),
        settings,
    ))
}

/// Brings the database up to date and puts the rooms on it.
///
/// # Errors
/// When the settings, the database or the index are no good.
pub async fn start(
    config: &Config,
    database: Database,
    indexes: Indexes,
    listening: &str,
    around: Surroundings,
) -> Result<Node, StartError> {
    torg_db::migrate::<Migrator>(&database).await?;
    let accounts = accounts(config, &database, &around)?;
    let city = config.text("city").to_owned();
    let token = config.text("operator_token");
    let settings = Settings {
        base_url: config.base_url(listening)?,
        city: city.clone(),
        demo: config.flag("demo")?,
        hosts: config
            .text("hosts")
            .split(',')
            .map(str::trim)
            .filter(|host| !host.is_empty())
            .map(str::to_owned)
            .collect(),
        operator_token: (!token.is_empty()).then(|| token.to_owned()),
        body_limit: usize::try_from(config.number("body_limit")?).unwrap_or(usize::MAX),
    };
    let chrome = SiteChrome {
        accessibility: config.address("accessibility_page")?,
        privacy: config.address("privacy_page")?,
    };
    let pictures = Arc::new(torg_media::MediaFacts::default());
    let media = Arc::new(torg_media::Media {
        blobs: blobs(config)?,
        // Each may take half a gigabyte while it is read.
        maker: torg_files::PictureMaker::new(1),
        used: Arc::new(crate::assemble::SiteMediaUse),
        facts: pictures.clone(),
    });
    let app = App::new(AppParts {
        database,
        clock: around.clock,
        ids: around.ids,
        identity: Arc::new(accounts.clone()),
        facts: Facts(vec![
            Arc::new(torg_directory::UnitFacts::default()),
            Arc::new(torg_facts::OwnFacts::default()),
            pictures,
        ]),
        organisations: Arc::new(accounts.clone()),
        chrome: Arc::new(chrome),
        errors: Arc::new(torg_site::SiteErrors { city }),
        settings,
        cache_bytes: config.number("cache_bytes")?,
    });
    let subscriptions = Arc::new(torg_subscriptions::Subscriptions::new(
        app.database.clone(),
        app.clock.clone(),
        app.ids.clone(),
        Arc::new(crate::publications::CityPublications {
            organisations: Arc::new(accounts.clone()),
        }),
        crate::mail::subscriptions(config, &app.settings.base_url)?,
    ));
    let index = Arc::new(indexes.public);
    let neighbours = Arc::new(crate::calendar_links::CalendarNeighbours::new(
        index.clone(),
    ));
    let map = crate::map_layers::room(config, neighbours.clone(), index.clone())?;
    map.follow(&app);
    let searching = Arc::new(Searching::new(app.ids.clone()));
    let printer = Arc::new(torg_document::Printer::new(
        config.text("documents_program"),
        torg_document::Limits::default(),
    ));
    let calendar = Arc::new(
        torg_calendar::Calendar::new(
            neighbours,
            torg_calendar::SendSettings::new(&app.settings.base_url, &app.settings.city),
        )
        .printed_by(printer),
    );
    let register = Arc::new(torg_directory::register::Register::default());
    let watching = register.clone();
    app.watch_tags(move |tag, position| watching.drop_tag(tag, position));
    Ok(Node {
        register,
        unit_care: crate::unit_care::rules(config)?,
        care: crate::care::care(&accounts, &app.settings),
        subscriptions,
        app,
        accounts,
        map,
        index,
        calendar,
        staff_index: Arc::new(indexes.staff),
        notice_board: crate::notice_board::board(config, media.blobs.clone())?,
        media,
        comments: Arc::new(torg_site::Comments::new(crate::comments::settings(config)?)),
        history: Arc::new(torg_site::History::new(crate::history::settings(config)?)),
        searching,
    })
}

/// Where the bytes of pictures and files lie: `files` in the data folder, or a bucket that all nodes
/// share. A bucket costs a request over the network for each picture that no proxy keeps.
///
/// # Errors
/// When the folder cannot be made, the bucket's address is no good, or this build knows no buckets.
pub fn blobs(config: &Config) -> Result<torg_files::Blobs, StartError> {
    match config.text("file_store") {
        "" => Ok(torg_files::Blobs::folder(&blob_folder(config))?),
        bucket if bucket.starts_with("s3://") => bucket_blobs(bucket),
        other => Err(StartError::FileStore(other.to_owned())),
    }
}

#[cfg(feature = "s3")]
fn bucket_blobs(bucket: &str) -> Result<torg_files::Blobs, StartError> {
    Ok(torg_files::Blobs::s3(bucket)?)
}

#[cfg(not(feature = "s3"))]
fn bucket_blobs(_: &str) -> Result<torg_files::Blobs, StartError> {
    Err(StartError::NoBuckets)
}

/// The folder of [`blobs`].
#[must_use]
pub fn blob_folder(config: &Config) -> std::path::PathBuf {
    config.data().join("files")
}

/// Memory of the staff's index for texts that are not written yet, in bytes: it takes few at once.
const STAFF_MEMORY: usize = 15_000_000;

/// Opens the search indexes of a node for writing.
///
/// # Errors
/// When their folders cannot be used, or another process writes there.
pub fn open_indexes(config: &Config) -> Result<Indexes, StartError> {
    let staff = IndexOptions {
        writer_memory: STAFF_MEMORY,
        ..IndexOptions::default()
    };
    Ok(Indexes {
        public: Index::open(&config.data().join("search"), IndexOptions::default())?,
        staff: Index::open(&config.data().join("search-staff"), staff)?,
    })
}
