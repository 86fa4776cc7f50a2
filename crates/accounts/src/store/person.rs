//! People in the database.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{PersonId, Timestamp};
use uuid::Uuid;

use crate::model::Person;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    password_hash: Option<String>,
    created_at: i64,
    disabled_at: Option<i64>,
}

const COLUMNS: &str = "id, email, name, password_hash, created_at, disabled_at";

/// A person with what only this room may see.
pub(crate) struct StoredPerson {
    pub person: Person,
    pub password_hash: Option<String>,
}

impl From<Row> for StoredPerson {
    fn from(row: Row) -> Self {
        Self {
            person: Person {
                id: PersonId(row.id),
                email: row.email,
                name: row.name,
                created_at: Timestamp::from_micros(row.created_at),
                disabled_at: row.disabled_at.map(Timestamp::from_micros),
                has_password: row.password_hash.is_some(),
            },
            password_hash: row.password_hash,
        }
    }
}

pub(crate) async fn find<C: ConnectionTrait>(
    on: &C,
    id: PersonId,
) -> Result<Option<StoredPerson>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM person WHERE id = $1"),
        vec![id.0.into()],
    )
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn find_by_email<C: ConnectionTrait>(
    on: &C,
    email: &str,
) -> Result<Option<StoredPerson>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM person WHERE email = $1"),
        vec![email.into()],
    )
    .await?;
    Ok(row.map(Into::into))
}

/// Everybody, by e-mail.
pub(crate) async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Person>, DbErr> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!("SELECT {COLUMNS} FROM person ORDER BY email"),
        vec![],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StoredPerson::from(row).person)
        .collect())
}

#[derive(FromQueryResult)]
struct NameRow {
    id: Uuid,
    name: String,
}

/// The names of some people.
pub(crate) async fn names<C: ConnectionTrait>(
    on: &C,
    ids: &[PersonId],
) -> Result<Vec<(PersonId, String)>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    // Few enough for both engines' limit of values in a statement.
    for some in ids.chunks(500) {
        let places: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let rows: Vec<NameRow> = fetch_all(
            on,
            &format!(
                "SELECT id, name FROM person WHERE id IN ({})",
                places.join(", ")
            ),
            some.iter().map(|id| id.0.into()).collect(),
        )
        .await?;
        found.extend(rows.into_iter().map(|row| (PersonId(row.id), row.name)));
    }
    Ok(found)
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, person: &Person) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO person (id, email, name, password_hash, created_at, disabled_at) \
         VALUES ($1, $2, $3, NULL, $4, NULL)",
        vec![
            person.id.0.into(),
            person.email.clone().into(),
            person.name.clone().into(),
            person.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn update_names<C: ConnectionTrait>(
    on: &C,
    id: PersonId,
    email: &str,
    name: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE person SET email = $2, name = $3 WHERE id = $1",
        vec![id.0.into(), email.into(), name.into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn update_password<C: ConnectionTrait>(
    on: &C,
    id: PersonId,
    hash: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE person SET password_hash = $2 WHERE id = $1",
        vec![id.0.into(), hash.into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_password<C: ConnectionTrait>(on: &C, id: PersonId) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE person SET password_hash = NULL WHERE id = $1",
        vec![id.0.into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn update_disabled<C: ConnectionTrait>(
    on: &C,
    id: PersonId,
    at: Option<Timestamp>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE person SET disabled_at = $2 WHERE id = $1",
        vec![id.0.into(), SqlValue::BigInt(at.map(Timestamp::micros))],
    )
    .await?;
    Ok(())
}
