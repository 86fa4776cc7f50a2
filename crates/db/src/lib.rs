//! The database: SQLite by default, PostgreSQL by its address. Everything is written through one
//! group writer and read from snapshots. The price is that a write waits for its group; the gain
//! is that sequence order is commit order, and that a slow disk is shared by all who wait.

mod migrate;
mod open;
mod query;
mod snapshot;
mod writer;

pub use migrate::{MigrateError, migrate, pending};
pub use open::{Database, DatabaseOptions, Engine, OpenError, sqlite_file};
pub use query::{
    execute, fetch_all, fetch_one, fetch_rows, is_unique_violation, scalar, uuid_digits,
};
pub use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, Value as SqlValue,
};
pub use sea_orm_migration;
pub use snapshot::Snapshot;
pub use writer::{CommitListener, Tag, WriteContext, Writer};
