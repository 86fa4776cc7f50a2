//! Databases for tests. Each test gets an empty database of its own on both engines; PostgreSQL is
//! the server named by `TORG_TEST_POSTGRES`, which `./test` starts. Without it a test that needs
//! PostgreSQL fails and says so: a skipped test would be a lie.

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use torg_db::sea_orm_migration::MigratorTrait;
use torg_db::{Database, DatabaseOptions, migrate};
use torg_kernel::{Clock, Ids, SystemClock, SystemIds};

/// The environment variable that names the PostgreSQL server for tests.
pub const POSTGRES: &str = "TORG_TEST_POSTGRES";

/// The environment variable that names the folder of the judges.
pub const JUDGES: &str = "TORG_TEST_JUDGES";

/// The folder of the programs of others that judge what Torg answers: `bin/python` has the packages of
/// `judges/requirements.txt`, `node_modules` those of `judges/package.json`.
///
/// # Panics
/// When `TORG_TEST_JUDGES` is not set.
#[must_use]
pub fn judges() -> std::path::PathBuf {
    std::env::var_os(JUDGES)
        .unwrap_or_else(|| {
            panic!("{JUDGES} is not set: run ./test, which installs the judges of judges/")
        })
        .into()
}

/// A database that goes away with the test.
pub struct TestDatabase {
    /// The open database.
    pub database: Database,
    /// Its address, for a second node or a child process.
    pub url: String,
    /// The engine's name, for messages.
    pub engine: &'static str,
    /// A folder of the test's own, kept as long as anybody holds it.
    pub folder: std::sync::Arc<TempDir>,
}

/// An empty SQLite database in a folder of its own.
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite<M: MigratorTrait + 'static>() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let url = format!("sqlite:{}", folder.path().join("torg.db").display());
    open::<M>(url, "sqlite", folder).await
}

/// An empty PostgreSQL database on the server for tests.
///
/// # Panics
/// When `TORG_TEST_POSTGRES` is not set or the server does not answer.
pub async fn postgres<M: MigratorTrait + 'static>() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let url = postgres_url().await;
    open::<M>(url, "postgres", folder).await
}

/// The address of a new, empty PostgreSQL database.
///
/// # Panics
/// When `TORG_TEST_POSTGRES` is not set or the server does not answer.
pub async fn postgres_url() -> String {
    let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("{POSTGRES} is not set: run ./test, which starts a PostgreSQL server for the tests")
    });
    let name = format!("t{}", SystemIds.uuid(SystemClock.now()).simple());
    let admin = sea_orm::Database::connect(&server)
        .await
        .expect("the test server answers");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("the test server lets us make databases");
    let _ = admin.close().await;
    let (base, _) = server
        .rsplit_once('/')
        .expect("the address ends with a database name");
    format!("{base}/{name}")
}

/// A plain connection beside the group writer, for tests that play the part of somebody else.
///
/// # Panics
/// When the server does not answer.
pub async fn connect(url: &str) -> sea_orm::DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1);
    sea_orm::Database::connect(options)
        .await
        .expect("the test server answers")
}

async fn open<M: MigratorTrait + 'static>(
    url: String,
    engine: &'static str,
    folder: TempDir,
) -> TestDatabase {
    let database = Database::open(&DatabaseOptions::new(&url))
        .await
        .expect("a new database can be opened");
    migrate::<M>(&database)
        .await
        .expect("an empty database can be brought up to date");
    TestDatabase {
        database,
        url,
        engine,
        folder: std::sync::Arc::new(folder),
    }
}

/// Runs one story on both engines: `both!(Migrator, |test| async move { … })`.
#[macro_export]
macro_rules! both {
    ($migrator:ty, $story:expr) => {{
        let story = $story;
        for test in [
            $crate::sqlite::<$migrator>().await,
            $crate::postgres::<$migrator>().await,
        ] {
            // An async block takes only the fields it names: the folder must outlive the story.
            let _folder = test.folder.clone();
            story(test).await;
        }
    }};
}
