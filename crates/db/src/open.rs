//! Opening a database by its address.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr};
use tokio::sync::watch;

use crate::{Snapshot, WriteContext, Writer};

/// Which database program stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file on this machine.
    Sqlite,
    /// A server, for several nodes.
    Postgres,
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct DatabaseOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections for reading.
    pub readers: u32,
}

impl DatabaseOptions {
    /// An address with four connections for reading.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            readers: 4,
        }
    }
}

/// The file of an `sqlite:` address, there or not; none for a server.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    url.strip_prefix("sqlite:").map(path_of)
}

fn path_of(rest: &str) -> PathBuf {
    PathBuf::from(rest.trim_start_matches("//"))
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address starts with neither `sqlite:` nor `postgres:`.
    #[error("“{0}” is no database address: write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// The folder of an SQLite file cannot be made or written.
    #[error("the folder {folder} cannot be written: {source}")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database does not answer or is not what it should be.
    #[error("the database {url} cannot be opened: {source}")]
    Database {
        /// The address without its password.
        url: String,
        /// What the database says.
        source: DbErr,
    },
}

struct Inner {
    reader: DatabaseConnection,
    writer: Writer,
    engine: Engine,
    shown_url: String,
}

/// An open database: readers and the one writer. Cheap to clone.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({})", self.0.shown_url)
    }
}

impl Database {
    /// Opens the database, making an SQLite file when there is none. Must be called within a
    /// tokio runtime, in which the writer then lives.
    ///
    /// # Errors
    /// When the address, the folder or the database itself is no good.
    pub async fn open(options: &DatabaseOptions) -> Result<Self, OpenError> {
        let url = options.url.as_str();
        let shown_url = without_password(url);
        let failed = |source| OpenError::Database {
            url: shown_url.clone(),
            source,
        };
        let (engine, read, write) = if let Some(rest) = url.strip_prefix("sqlite:") {
            let path = path_of(rest);
            prepare_folder(&path)?;
            (
                Engine::Sqlite,
                sqlite(&path, options.readers, false),
                sqlite(&path, 1, true),
            )
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            (
                Engine::Postgres,
                postgres(url, options.readers),
                postgres(url, 2),
            )
        } else {
            return Err(OpenError::Address(shown_url));
        };
        // The writer first: it makes the file that the readers open.
        let write = sea_orm::Database::connect(write).await.map_err(failed)?;
        write.execute_unprepared("SELECT 1").await.map_err(failed)?;
        let reader = sea_orm::Database::connect(read).await.map_err(failed)?;
        let writer = Writer::start(write, engine);
        Ok(Self(Arc::new(Inner {
            reader,
            writer,
            engine,
            shown_url,
        })))
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// The address, fit to be shown.
    #[must_use]
    pub fn shown_url(&self) -> &str {
        &self.0.shown_url
    }

    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.0.reader
    }

    /// The group writer.
    #[must_use]
    pub fn writer(&self) -> &Writer {
        &self.0.writer
    }

    /// An unchanging view to read from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<Snapshot, DbErr> {
        Snapshot::begin(self).await
    }

    /// A connection for one statement, which sees one state by itself and needs no transaction.
    /// Two statements may see two states: use [`Database::snapshot`] for more than one.
    #[must_use]
    pub fn single(&self) -> &DatabaseConnection {
        &self.0.reader
    }

    /// Writes: see [`Writer::write`].
    ///
    /// # Errors
    /// What the job answers, or that it could not be committed.
    pub async fn write<T, F>(&self, job: F) -> torg_kernel::Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(
                &'a WriteContext,
            ) -> futures::future::BoxFuture<'a, torg_kernel::Result<T>>
            + Send
            + 'static,
    {
        self.0.writer.write(job).await
    }

    /// Changes whenever something may have been committed, here or on another node that told us.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.writer.commits()
    }

    /// Listens to the other nodes of a PostgreSQL database until the returned task is dropped or
    /// aborted; with SQLite there is nothing to listen to and the task ends at once. Losing the
    /// connection costs speed only, since followers also look by themselves.
    #[must_use]
    pub fn listen(&self) -> tokio::task::JoinHandle<()> {
        let database = self.clone();
        tokio::spawn(async move {
            if database.engine() == Engine::Sqlite {
                return;
            }
            loop {
                if let Err(error) = database.listen_once().await {
                    tracing::warn!(%error, "lost the line to the other nodes; trying again");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        })
    }

    async fn listen_once(&self) -> Result<(), sea_orm::sqlx::Error> {
        let pool = self.0.reader.get_postgres_connection_pool();
        let mut listener = sea_orm::sqlx::postgres::PgListener::connect_with(pool).await?;
        listener.listen(crate::writer::CHANNEL).await?;
        loop {
            listener.recv().await?;
            self.0.writer.wake();
        }
    }

    /// Finishes what was handed to the writer and closes all connections.
    pub async fn close(&self) {
        self.0.writer.stop().await;
        let _ = self.0.reader.close_by_ref().await;
    }
}

fn sqlite(path: &Path, connections: u32, write: bool) -> ConnectOptions {
    let path = path.to_owned();
    // The address is only there to choose the driver; the file is set below, whatever its name.
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(connections)
        .min_connections(connections)
        .sqlx_logging(false)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(10))
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .in_memory(false)
                .shared_cache(false)
                .filename(&path)
                .create_if_missing(write)
                .busy_timeout(Duration::from_secs(30))
                .foreign_keys(true)
                .statement_cache_capacity(200)
                .pragma("cache_size", "-16000");
            if write {
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
            } else {
                options.pragma("query_only", "ON")
            }
        })
        .map_sqlx_sqlite_pool_opts(|pool| pool.idle_timeout(None).max_lifetime(None));
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(10))
        .map_sqlx_postgres_opts(|options| options.statement_cache_capacity(200));
    options
}

fn prepare_folder(file: &Path) -> Result<(), OpenError> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(|source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    })
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(at)) if at > start => {
            let user = &url[start + 3..at];
            let user = user.split(':').next().unwrap_or_default();
            format!("{}://{user}{}", &url[..start], &url[at..])
        }
        _ => String::from_str(url).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(
            without_password("postgres://torg:hemligt@db/x"),
            "postgres://torg@db/x"
        );
        assert_eq!(without_password("sqlite:a.db"), "sqlite:a.db");
    }
}
