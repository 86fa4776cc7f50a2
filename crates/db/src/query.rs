//! Statements, written once with `$1` placeholders, which both engines take.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

fn statement<C: ConnectionTrait>(on: &C, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(on.get_database_backend(), sql, values)
}

/// Runs a statement and tells how many rows it changed.
///
/// # Errors
/// What the database says.
pub async fn execute<C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64, DbErr> {
    Ok(on
        .execute_raw(statement(on, sql, values))
        .await?
        .rows_affected())
}

/// The first row, if there is one.
///
/// # Errors
/// What the database says, or a column that does not fit the type.
pub async fn fetch_one<T: FromQueryResult, C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>, DbErr> {
    on.query_one_raw(statement(on, sql, values))
        .await?
        .map(|row| T::from_query_result(&row, ""))
        .transpose()
}

/// All rows.
///
/// # Errors
/// What the database says, or a column that does not fit the type.
pub async fn fetch_all<T: FromQueryResult, C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbErr> {
    on.query_all_raw(statement(on, sql, values))
        .await?
        .iter()
        .map(|row| T::from_query_result(row, ""))
        .collect()
}

/// The first column of the first row as an integer, 0 when there is none or it is null.
///
/// # Errors
/// What the database says.
pub async fn scalar<C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<i64, DbErr> {
    match on.query_one_raw(statement(on, sql, values)).await? {
        Some(row) => Ok(row.try_get_by_index::<Option<i64>>(0)?.unwrap_or(0)),
        None => Ok(0),
    }
}

/// The SQL that gives a UUID column as 32 hexadecimal digits: the one thing that the engines spell
/// differently where ids are put together into one text.
#[must_use]
pub fn uuid_digits<C: ConnectionTrait>(on: &C, column: &str) -> String {
    match on.get_database_backend() {
        sea_orm::DbBackend::Postgres => format!("replace(CAST({column} AS text), '-', '')"),
        _ => format!("hex({column})"),
    }
}

/// Whether an error says that a row with the same key is there already.
#[must_use]
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
    )
}

/// All rows as they are, for questions whose rows are of several kinds.
///
/// # Errors
/// What the database says.
pub async fn fetch_rows<C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    on.query_all_raw(statement(on, sql, values)).await
}
