//! Passkeys in the database.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_all};
use torg_kernel::{PersonId, Timestamp};
use uuid::Uuid;

/// A passkey of a person's.
#[derive(FromQueryResult)]
pub(crate) struct StoredPasskey {
    pub id: Uuid,
    pub name: String,
    /// Public key and counter as JSON.
    pub credential: String,
    pub created_at: i64,
    pub last_used_at: Option<i64>,
}

/// A person's passkeys, the oldest first.
pub(crate) async fn list_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<StoredPasskey>, DbErr> {
    fetch_all(
        on,
        "SELECT id, name, credential, created_at, last_used_at FROM passkey \
         WHERE person_id = $1 ORDER BY created_at, id",
        vec![person.0.into()],
    )
    .await
}

/// Whether anybody has the credential. An authenticator makes a new one each time, so that a second
/// person with the same one is an attack.
pub(crate) async fn is_known<C: ConnectionTrait>(on: &C, credential: &[u8]) -> Result<bool, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        #[expect(dead_code, reason = "asked for to see whether there is one")]
        id: Uuid,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT id FROM passkey WHERE credential_id = $1",
        vec![credential.to_vec().into()],
    )
    .await?;
    Ok(!rows.is_empty())
}

/// A passkey as it comes in.
pub(crate) struct NewPasskey {
    pub id: Uuid,
    pub person: PersonId,
    pub credential_id: Vec<u8>,
    pub name: String,
    pub credential: String,
    pub created_at: Timestamp,
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, new: &NewPasskey) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO passkey \
         (id, person_id, credential_id, name, credential, created_at, last_used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        vec![
            new.id.into(),
            new.person.0.into(),
            new.credential_id.clone().into(),
            new.name.clone().into(),
            new.credential.clone().into(),
            new.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes a use, with the counter as it stands now.
pub(crate) async fn update_used<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    credential: &str,
    now: Timestamp,
) -> Result<u64, DbErr> {
    execute(
        on,
        "UPDATE passkey SET credential = $2, last_used_at = $3 WHERE id = $1",
        vec![id.into(), credential.into(), now.micros().into()],
    )
    .await
}

/// Returns how many there were: one or none.
pub(crate) async fn delete<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    id: Uuid,
) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM passkey WHERE id = $1 AND person_id = $2",
        vec![id.into(), person.0.into()],
    )
    .await
}

/// Returns how many there were.
pub(crate) async fn delete_of<C: ConnectionTrait>(on: &C, person: PersonId) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM passkey WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await
}
