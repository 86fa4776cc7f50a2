//! Roles handed over for a time, in the database.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{DelegationId, GrantId, OrganisationId, PersonId, RoleId, Timestamp};
use uuid::Uuid;

use super::role::GRANT;
use crate::delegation::Delegation;
use crate::effective::Held;
use crate::model::Grant;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    giver_id: Uuid,
    taker_id: Uuid,
    valid_from: String,
    valid_to: String,
    whole: bool,
    created_at: i64,
    ended_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct PartRow {
    delegation_id: Uuid,
    grant_id: Uuid,
}

const COLUMNS: &str = "id, giver_id, taker_id, valid_from, valid_to, whole, created_at, ended_at";

fn day(text: &str, of: Uuid) -> Result<Date, DbErr> {
    text.parse()
        .map_err(|fault| DbErr::Custom(format!("{of}: {fault}")))
}

fn delegation(row: Row, parts: &[PartRow]) -> Result<Delegation, DbErr> {
    let grants = parts
        .iter()
        .filter(|part| part.delegation_id == row.id)
        .map(|part| GrantId(part.grant_id))
        .collect();
    Ok(Delegation {
        id: DelegationId(row.id),
        giver: PersonId(row.giver_id),
        taker: PersonId(row.taker_id),
        valid_from: day(&row.valid_from, row.id)?,
        valid_to: day(&row.valid_to, row.id)?,
        grants: (!row.whole).then_some(grants),
        created_at: Timestamp::from_micros(row.created_at),
        ended_at: row.ended_at.map(Timestamp::from_micros),
    })
}

/// What a person has handed over or been handed, the latest first.
pub(crate) async fn list_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<Delegation>, DbErr> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM delegation WHERE giver_id = $1 OR taker_id = $1 \
             ORDER BY valid_from DESC, id DESC"
        ),
        vec![person.0.into()],
    )
    .await?;
    let parts: Vec<PartRow> = fetch_all(
        on,
        "SELECT delegation_id, grant_id FROM delegation_grant WHERE delegation_id IN \
         (SELECT id FROM delegation WHERE giver_id = $1 OR taker_id = $1)",
        vec![person.0.into()],
    )
    .await?;
    rows.into_iter()
        .map(|row| delegation(row, &parts))
        .collect()
}

pub(crate) async fn find<C: ConnectionTrait>(
    on: &C,
    id: DelegationId,
) -> Result<Option<Delegation>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM delegation WHERE id = $1"),
        vec![id.0.into()],
    )
    .await?;
    let Some(row) = row else { return Ok(None) };
    let parts: Vec<PartRow> = fetch_all(
        on,
        "SELECT delegation_id, grant_id FROM delegation_grant WHERE delegation_id = $1",
        vec![id.0.into()],
    )
    .await?;
    delegation(row, &parts).map(Some)
}

#[derive(FromQueryResult)]
struct HandedRow {
    id: Uuid,
    person_id: Uuid,
    role_id: Uuid,
    organisation_id: Uuid,
    valid_from: String,
    valid_to: Option<String>,
}

/// What colleagues with open accounts have handed to a person for a day: their own grants only, as
/// they stand now, so that nothing is handed on and nothing outlives its giver's right to it.
pub(crate) async fn handed_to<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    on_day: Date,
) -> Result<Vec<Held>, DbErr> {
    let rows: Vec<HandedRow> = fetch_all(
        on,
        &format!(
            "SELECT {GRANT} FROM delegation \
             JOIN person ON person.id = delegation.giver_id \
             JOIN role_grant ON role_grant.person_id = delegation.giver_id \
             WHERE delegation.taker_id = $1 AND delegation.ended_at IS NULL \
             AND delegation.valid_from <= $2 AND delegation.valid_to >= $2 \
             AND person.disabled_at IS NULL AND role_grant.ended_at IS NULL \
             AND (delegation.whole OR EXISTS (SELECT 1 FROM delegation_grant \
             WHERE delegation_grant.delegation_id = delegation.id \
             AND delegation_grant.grant_id = role_grant.id)) \
             ORDER BY role_grant.valid_from, role_grant.id"
        ),
        vec![person.0.into(), on_day.to_string().into()],
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let giver = PersonId(row.person_id);
            Ok(Held {
                on_behalf_of: Some(giver),
                grant: Grant {
                    id: GrantId(row.id),
                    person: giver,
                    role: RoleId(row.role_id),
                    organisation: OrganisationId(row.organisation_id),
                    valid_from: day(&row.valid_from, row.id)?,
                    valid_to: row
                        .valid_to
                        .as_deref()
                        .map(|text| day(text, row.id))
                        .transpose()?,
                },
            })
        })
        .collect()
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, new: &Delegation) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO delegation \
         (id, giver_id, taker_id, valid_from, valid_to, whole, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            new.id.0.into(),
            new.giver.0.into(),
            new.taker.0.into(),
            new.valid_from.to_string().into(),
            new.valid_to.to_string().into(),
            new.grants.is_none().into(),
            new.created_at.micros().into(),
        ],
    )
    .await?;
    for grant in new.grants.iter().flatten() {
        execute(
            on,
            "INSERT INTO delegation_grant (delegation_id, grant_id) VALUES ($1, $2)",
            vec![new.id.0.into(), grant.0.into()],
        )
        .await?;
    }
    Ok(())
}

pub(crate) async fn end<C: ConnectionTrait>(
    on: &C,
    id: DelegationId,
    at: Timestamp,
    by: Option<PersonId>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE delegation SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL",
        vec![
            id.0.into(),
            at.micros().into(),
            SqlValue::Uuid(by.map(Into::into)),
        ],
    )
    .await?;
    Ok(())
}
