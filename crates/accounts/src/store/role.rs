//! Roles and grants in the database.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, scalar};
use torg_kernel::{GrantId, OrganisationId, Permission, PersonId, RoleId, Timestamp};
use uuid::Uuid;

use crate::model::{Grant, Role};

#[derive(FromQueryResult)]
struct RoleRow {
    id: Uuid,
    key: String,
    name_sv: String,
    name_en: String,
}

#[derive(FromQueryResult)]
struct PermissionRow {
    role_id: Uuid,
    permission: String,
}

/// All roles by key. A permission that this version does not know gives nothing.
pub(crate) async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Role>, DbErr> {
    let rows: Vec<RoleRow> = fetch_all(
        on,
        "SELECT id, key, name_sv, name_en FROM role ORDER BY key",
        vec![],
    )
    .await?;
    let permissions: Vec<PermissionRow> = fetch_all(
        on,
        "SELECT role_id, permission FROM role_permission ORDER BY permission",
        vec![],
    )
    .await?;
    let mut by_role: HashMap<Uuid, Vec<Permission>> = HashMap::new();
    for row in permissions {
        if let Ok(permission) = Permission::from_str(&row.permission) {
            by_role.entry(row.role_id).or_default().push(permission);
        }
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut permissions = by_role.remove(&row.id).unwrap_or_default();
            permissions.sort_unstable();
            Role {
                id: RoleId(row.id),
                key: row.key,
                name_sv: row.name_sv,
                name_en: row.name_en,
                permissions,
            }
        })
        .collect())
}

/// Writes a role, new or changed, with its permissions.
pub(crate) async fn save<C: ConnectionTrait>(on: &C, role: &Role) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO role (id, key, name_sv, name_en) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (id) DO UPDATE SET name_sv = excluded.name_sv, name_en = excluded.name_en",
        vec![
            role.id.0.into(),
            role.key.clone().into(),
            role.name_sv.clone().into(),
            role.name_en.clone().into(),
        ],
    )
    .await?;
    execute(
        on,
        "DELETE FROM role_permission WHERE role_id = $1",
        vec![role.id.0.into()],
    )
    .await?;
    for permission in &role.permissions {
        execute(
            on,
            "INSERT INTO role_permission (role_id, permission) VALUES ($1, $2)",
            vec![role.id.0.into(), permission.as_str().into()],
        )
        .await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct OfferRow {
    role_key: String,
    permission: String,
}

/// What the city was offered: a delivered role by its key and an empty permission, and each
/// permission offered to it.
pub(crate) async fn offers<C: ConnectionTrait>(on: &C) -> Result<HashSet<(String, String)>, DbErr> {
    let rows: Vec<OfferRow> =
        fetch_all(on, "SELECT role_key, permission FROM role_offer", vec![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.role_key, row.permission))
        .collect())
}

pub(crate) async fn insert_offer<C: ConnectionTrait>(
    on: &C,
    role_key: &str,
    permission: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO role_offer (role_key, permission) VALUES ($1, $2)",
        vec![role_key.into(), permission.into()],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct GrantRow {
    id: Uuid,
    person_id: Uuid,
    role_id: Uuid,
    organisation_id: Uuid,
    valid_from: String,
    valid_to: Option<String>,
    granted_at: Option<i64>,
    granted_by: Option<Uuid>,
    ended_at: Option<i64>,
    ended_by: Option<Uuid>,
}

/// A grant with what is known of its giving and ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GrantRecord {
    pub grant: Grant,
    /// Nothing for a grant from before it was kept.
    pub granted_at: Option<Timestamp>,
    /// Nothing where the program gave it.
    pub granted_by: Option<PersonId>,
    /// When it was ended before its last day.
    pub ended_at: Option<Timestamp>,
    /// Nothing where the program ended it.
    pub ended_by: Option<PersonId>,
}

impl TryFrom<GrantRow> for GrantRecord {
    type Error = DbErr;
    fn try_from(row: GrantRow) -> Result<Self, DbErr> {
        Ok(Self {
            granted_at: row.granted_at.map(Timestamp::from_micros),
            granted_by: row.granted_by.map(PersonId),
            ended_at: row.ended_at.map(Timestamp::from_micros),
            ended_by: row.ended_by.map(PersonId),
            grant: row.try_into()?,
        })
    }
}

impl TryFrom<GrantRow> for Grant {
    type Error = DbErr;
    fn try_from(row: GrantRow) -> Result<Self, DbErr> {
        let date = |text: &str| {
            text.parse()
                .map_err(|fault| DbErr::Custom(format!("grant {}: {fault}", row.id)))
        };
        Ok(Self {
            id: GrantId(row.id),
            person: PersonId(row.person_id),
            role: RoleId(row.role_id),
            organisation: OrganisationId(row.organisation_id),
            valid_from: date(&row.valid_from)?,
            valid_to: row.valid_to.as_deref().map(date).transpose()?,
        })
    }
}

/// The columns of a grant, of a table called `role_grant`.
pub(super) const GRANT: &str = "role_grant.id, role_grant.person_id, role_grant.role_id, \
    role_grant.organisation_id, role_grant.valid_from, role_grant.valid_to";

async fn grants_where<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Grant>, DbErr> {
    let records = records_where(on, &format!("{condition} AND ended_at IS NULL"), values).await?;
    Ok(records.into_iter().map(|record| record.grant).collect())
}

async fn records_where<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<GrantRecord>, DbErr> {
    let rows: Vec<GrantRow> = fetch_all(
        on,
        &format!(
            "SELECT {GRANT}, granted_at, granted_by, ended_at, ended_by FROM role_grant \
             WHERE {condition} ORDER BY valid_from, id"
        ),
        values,
    )
    .await?;
    rows.into_iter().map(GrantRecord::try_from).collect()
}

/// The grants of a person that nobody has ended, also past and future ones.
pub(crate) async fn grants_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<Grant>, DbErr> {
    grants_where(on, "person_id = $1", vec![person.0.into()]).await
}

/// The grants of everybody that nobody has ended.
pub(crate) async fn grants<C: ConnectionTrait>(on: &C) -> Result<Vec<Grant>, DbErr> {
    grants_where(on, "1 = 1", vec![]).await
}

pub(crate) async fn find_grant<C: ConnectionTrait>(
    on: &C,
    id: GrantId,
) -> Result<Option<Grant>, DbErr> {
    let found = grants_where(on, "id = $1", vec![id.0.into()]).await?;
    Ok(found.into_iter().next())
}

/// What was ever granted to a person, by first day.
pub(crate) async fn records_of_person<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<GrantRecord>, DbErr> {
    records_where(on, "person_id = $1", vec![person.0.into()]).await
}

/// What was ever granted of a role, by first day.
pub(crate) async fn records_of_role<C: ConnectionTrait>(
    on: &C,
    role: RoleId,
) -> Result<Vec<GrantRecord>, DbErr> {
    records_where(on, "role_id = $1", vec![role.0.into()]).await
}

/// What was ever granted for an organisation itself, by first day.
pub(crate) async fn records_of_organisation<C: ConnectionTrait>(
    on: &C,
    organisation: OrganisationId,
) -> Result<Vec<GrantRecord>, DbErr> {
    records_where(on, "organisation_id = $1", vec![organisation.0.into()]).await
}

/// How many people with open accounts are administrators of the whole city until further notice.
pub(crate) async fn count_administrators<C: ConnectionTrait>(
    on: &C,
    role_key: &str,
    day: Date,
) -> Result<i64, DbErr> {
    count_administrators_without(on, role_key, day, GrantId(Uuid::nil())).await
}

/// How many there would be if one grant had ended.
pub(crate) async fn count_administrators_without<C: ConnectionTrait>(
    on: &C,
    role_key: &str,
    day: Date,
    without: GrantId,
) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(DISTINCT role_grant.person_id) FROM role_grant \
         JOIN role ON role.id = role_grant.role_id \
         JOIN organisation ON organisation.id = role_grant.organisation_id \
         JOIN person ON person.id = role_grant.person_id \
         WHERE role.key = $1 AND organisation.parent_id IS NULL AND role_grant.ended_at IS NULL \
         AND role_grant.valid_from <= $2 AND role_grant.valid_to IS NULL \
         AND person.disabled_at IS NULL AND role_grant.id <> $3",
        vec![role_key.into(), day.to_string().into(), without.0.into()],
    )
    .await
}

pub(crate) async fn insert_grant<C: ConnectionTrait>(
    on: &C,
    grant: &Grant,
    at: Timestamp,
    by: Option<PersonId>,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO role_grant \
         (id, person_id, role_id, organisation_id, valid_from, valid_to, granted_at, granted_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        vec![
            grant.id.0.into(),
            grant.person.0.into(),
            grant.role.0.into(),
            grant.organisation.0.into(),
            grant.valid_from.to_string().into(),
            grant.valid_to.map(|date| date.to_string()).into(),
            at.micros().into(),
            SqlValue::Uuid(by.map(Into::into)),
        ],
    )
    .await?;
    Ok(())
}

/// Ends a grant before its last day. It stays, so that it can be told who had what and when.
pub(crate) async fn end_grant<C: ConnectionTrait>(
    on: &C,
    id: GrantId,
    at: Timestamp,
    by: Option<PersonId>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE role_grant SET ended_at = $2, ended_by = $3 WHERE id = $1",
        vec![
            id.0.into(),
            at.micros().into(),
            SqlValue::Uuid(by.map(Into::into)),
        ],
    )
    .await?;
    Ok(())
}
