//! Reading: one unchanging view of the database for as long as a page takes to make.

use sea_orm::{AccessMode, DatabaseTransaction, DbErr, IsolationLevel, TransactionTrait};

use crate::{Database, Engine};

/// A read-only transaction. All questions asked through it see the same state; it ends when it is
/// dropped. It holds one of the few reader connections, so it is kept short.
#[derive(Debug)]
pub struct Snapshot(DatabaseTransaction);

impl std::ops::Deref for Snapshot {
    type Target = DatabaseTransaction;
    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Snapshot {
    pub(crate) async fn begin(database: &Database) -> Result<Self, DbErr> {
        let transaction = match database.engine() {
            Engine::Sqlite => database.reader().begin().await?,
            Engine::Postgres => {
                database
                    .reader()
                    .begin_with_config(
                        Some(IsolationLevel::RepeatableRead),
                        Some(AccessMode::ReadOnly),
                    )
                    .await?
            }
        };
        Ok(Self(transaction))
    }

    /// Gives the connection back. Dropping does the same a little later.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn end(self) -> Result<(), DbErr> {
        self.0.commit().await
    }
}
