//! Roles and grants in the database.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all};
use torg_kernel::{GrantId, OrganisationId, Permission, PersonId, RoleId};
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

const GRANT: &str = "id, person_id, role_id, organisation_id, valid_from, valid_to";

async fn grants_where<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Grant>, DbErr> {
    let rows: Vec<GrantRow> = fetch_all(
        on,
        &format!("SELECT {GRANT} FROM role_grant {condition} ORDER BY valid_from, id"),
        values,
    )
    .await?;
    rows.into_iter().map(Grant::try_from).collect()
}

/// All grants of a person, also past and future ones.
pub(crate) async fn grants_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<Grant>, DbErr> {
    grants_where(on, "WHERE person_id = $1", vec![person.0.into()]).await
}

/// All grants of everybody.
pub(crate) async fn grants<C: ConnectionTrait>(on: &C) -> Result<Vec<Grant>, DbErr> {
    grants_where(on, "", vec![]).await
}

pub(crate) async fn find_grant<C: ConnectionTrait>(
    on: &C,
    id: GrantId,
) -> Result<Option<Grant>, DbErr> {
    let found = grants_where(on, "WHERE id = $1", vec![id.0.into()]).await?;
    Ok(found.into_iter().next())
}

pub(crate) async fn insert_grant<C: ConnectionTrait>(on: &C, grant: &Grant) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO role_grant \
         (id, person_id, role_id, organisation_id, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        vec![
            grant.id.0.into(),
            grant.person.0.into(),
            grant.role.0.into(),
            grant.organisation.0.into(),
            grant.valid_from.to_string().into(),
            grant.valid_to.map(|date| date.to_string()).into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_grant<C: ConnectionTrait>(on: &C, id: GrantId) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM role_grant WHERE id = $1",
        vec![id.0.into()],
    )
    .await?;
    Ok(())
}
