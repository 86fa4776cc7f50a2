//! Bringing a database to the shape that this program knows.

use sea_orm::{DatabaseTransaction, DbErr, FromQueryResult};
use sea_orm_migration::MigratorTrait;

use crate::{Database, Engine, fetch_all, scalar};

/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer program has been here.
    #[error(
        "the database was written by a newer version of Torg (it has the step “{0}”, which this \
         version does not know). Nothing was changed. Start the newer version, or restore a backup"
    )]
    Newer(String),
    /// A step failed; it was rolled back.
    #[error("the database could not be brought up to date, and was left as it was: {0}")]
    Failed(#[from] DbErr),
}

impl From<torg_kernel::Problem> for MigrateError {
    fn from(problem: torg_kernel::Problem) -> Self {
        Self::Failed(DbErr::Custom(problem.to_string()))
    }
}

#[derive(FromQueryResult)]
struct Applied {
    version: String,
}

const APPLIED: &str = "SELECT version FROM seaql_migrations ORDER BY version";

async fn applied(database: &Database) -> Result<Vec<String>, DbErr> {
    let snapshot = database.snapshot().await?;
    let there = match database.engine() {
        Engine::Sqlite => {
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'"
        }
        Engine::Postgres => {
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() \
             AND tablename = 'seaql_migrations'"
        }
    };
    if scalar(&*snapshot, there, vec![]).await? == 0 {
        return Ok(Vec::new());
    }
    let rows: Vec<Applied> = fetch_all(&*snapshot, APPLIED, vec![]).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// The steps that this program knows and the database has not taken.
///
/// # Errors
/// [`MigrateError::Newer`] when the database knows steps that the program does not.
pub async fn pending<M: MigratorTrait>(database: &Database) -> Result<Vec<String>, MigrateError> {
    let known: Vec<String> = M::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let applied = applied(database).await?;
    if let Some(strange) = applied.iter().find(|version| !known.contains(version)) {
        return Err(MigrateError::Newer(strange.clone()));
    }
    Ok(known
        .into_iter()
        .filter(|version| !applied.contains(version))
        .collect())
}

/// Takes all steps that are missing, in one transaction under the writer's lock, so that two nodes
/// that start at once do not both try. Returns how many were taken.
///
/// # Errors
/// When the database is newer or a step fails; then nothing is changed.
pub async fn migrate<M: MigratorTrait + 'static>(
    database: &Database,
) -> Result<usize, MigrateError> {
    let steps = pending::<M>(database).await?;
    if steps.is_empty() {
        return Ok(0);
    }
    database
        .write(|context| {
            Box::pin(async move {
                let transaction: &DatabaseTransaction = context;
                M::up(transaction, None).await?;
                Ok(())
            })
        })
        .await?;
    Ok(steps.len())
}
