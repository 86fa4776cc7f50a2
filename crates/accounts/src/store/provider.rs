//! Identities at the identity provider, and grants that come from there.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{GrantId, PersonId, Timestamp};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct PersonRow {
    person_id: Uuid,
}

pub(crate) async fn find_person<C: ConnectionTrait>(
    on: &C,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, DbErr> {
    let row: Option<PersonRow> = fetch_one(
        on,
        "SELECT person_id FROM person_identity WHERE issuer = $1 AND subject = $2",
        vec![issuer.into(), subject.into()],
    )
    .await?;
    Ok(row.map(|row| PersonId(row.person_id)))
}

/// Whether a person is somebody at a provider already.
pub(crate) async fn is_linked<C: ConnectionTrait>(
    on: &C,
    issuer: &str,
    person: PersonId,
) -> Result<bool, DbErr> {
    let there: i64 = scalar(
        on,
        "SELECT count(*) FROM person_identity WHERE issuer = $1 AND person_id = $2",
        vec![issuer.into(), person.0.into()],
    )
    .await?;
    Ok(there > 0)
}

/// Whether a person is somebody at any provider.
pub(crate) async fn has_identity<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<bool, DbErr> {
    let there: i64 = scalar(
        on,
        "SELECT count(*) FROM person_identity WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await?;
    Ok(there > 0)
}

pub(crate) async fn insert_identity<C: ConnectionTrait>(
    on: &C,
    issuer: &str,
    subject: &str,
    person: PersonId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO person_identity (issuer, subject, person_id, linked_at) \
         VALUES ($1, $2, $3, $4)",
        vec![
            issuer.into(),
            subject.into(),
            person.0.into(),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Returns how many there were.
pub(crate) async fn delete_identities<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM person_identity WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await
}

#[derive(FromQueryResult)]
struct GrantRow {
    grant_id: Uuid,
    group_name: String,
}

/// The grants of a person that came from a provider, each with the group that gave it.
pub(crate) async fn grants_of<C: ConnectionTrait>(
    on: &C,
    issuer: &str,
    person: PersonId,
) -> Result<Vec<(GrantId, String)>, DbErr> {
    let rows: Vec<GrantRow> = fetch_all(
        on,
        "SELECT provider_grant.grant_id, provider_grant.group_name FROM provider_grant \
         JOIN role_grant ON role_grant.id = provider_grant.grant_id \
         WHERE role_grant.person_id = $1 AND provider_grant.issuer = $2 \
         AND role_grant.ended_at IS NULL ORDER BY provider_grant.grant_id",
        vec![person.0.into(), issuer.into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (GrantId(row.grant_id), row.group_name))
        .collect())
}

/// Marks a grant as coming from a group at a provider.
pub(crate) async fn mark_grant<C: ConnectionTrait>(
    on: &C,
    grant: GrantId,
    issuer: &str,
    group: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO provider_grant (grant_id, issuer, group_name) VALUES ($1, $2, $3)",
        vec![grant.0.into(), issuer.into(), group.into()],
    )
    .await?;
    Ok(())
}

/// The grants of a person that came from any provider, ended ones included.
pub(crate) async fn marked<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<GrantId>, DbErr> {
    let rows: Vec<GrantRow> = fetch_all(
        on,
        "SELECT provider_grant.grant_id, provider_grant.group_name FROM provider_grant \
         JOIN role_grant ON role_grant.id = provider_grant.grant_id \
         WHERE role_grant.person_id = $1",
        vec![person.0.into()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| GrantId(row.grant_id)).collect())
}
