//! Secrets of code apps and recovery codes in the database.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_one, scalar};
use torg_kernel::{PersonId, Timestamp};

/// A code app of a person's.
#[derive(FromQueryResult)]
pub(crate) struct StoredApp {
    /// As [`crate::factor::seal`] made it.
    pub secret: Vec<u8>,
    /// Nothing until its first code was right.
    pub confirmed_at: Option<i64>,
    pub last_step: i64,
}

pub(crate) async fn find_app<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Option<StoredApp>, DbErr> {
    fetch_one(
        on,
        "SELECT secret, confirmed_at, last_step FROM totp WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await
}

/// Puts a new app in the place of one that was never confirmed.
pub(crate) async fn save_app<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    secret: &[u8],
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO totp (person_id, secret, created_at, confirmed_at, last_step) \
         VALUES ($1, $2, $3, NULL, 0) \
         ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, \
         created_at = excluded.created_at, confirmed_at = NULL, last_step = 0",
        vec![person.0.into(), secret.to_vec().into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn confirm_app<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE totp SET confirmed_at = $2 WHERE person_id = $1",
        vec![person.0.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

/// Notes that the codes up to a step were used.
pub(crate) async fn use_step<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    step: i64,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE totp SET last_step = $2 WHERE person_id = $1 AND last_step < $2",
        vec![person.0.into(), step.into()],
    )
    .await?;
    Ok(())
}

/// Returns how many there were: one or none.
pub(crate) async fn delete_app<C: ConnectionTrait>(on: &C, person: PersonId) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM totp WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await
}

/// Whether a person has an app or a passkey that works.
pub(crate) async fn has_factor<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<bool, DbErr> {
    let there: i64 = scalar(
        on,
        "SELECT (SELECT count(*) FROM totp WHERE person_id = $1 AND confirmed_at IS NOT NULL) \
         + (SELECT count(*) FROM passkey WHERE person_id = $1)",
        vec![person.0.into()],
    )
    .await?;
    Ok(there > 0)
}

/// Puts new codes in the place of all older ones.
pub(crate) async fn save_recovery_codes<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    hashes: &[Vec<u8>],
) -> Result<(), DbErr> {
    delete_recovery_codes(on, person).await?;
    for hash in hashes {
        execute(
            on,
            "INSERT INTO recovery_code (person_id, code_hash, used_at) VALUES ($1, $2, NULL)",
            vec![person.0.into(), hash.clone().into()],
        )
        .await?;
    }
    Ok(())
}

pub(crate) async fn delete_recovery_codes<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM recovery_code WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await?;
    Ok(())
}

/// Uses a code up. Whether there was one to be used.
pub(crate) async fn use_recovery_code<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    hash: &[u8],
    now: Timestamp,
) -> Result<bool, DbErr> {
    let used = execute(
        on,
        "UPDATE recovery_code SET used_at = $3 \
         WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL",
        vec![person.0.into(), hash.to_vec().into(), now.micros().into()],
    )
    .await?;
    Ok(used == 1)
}

/// How many codes a person has left.
pub(crate) async fn recovery_codes_left<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL",
        vec![person.0.into()],
    )
    .await
}
