//! Organisations in the database.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all};
use torg_kernel::{AuthorityId, OrganisationId, Timestamp, sort_key};
use uuid::Uuid;

use crate::organisation::{Organisation, OrganisationKind, OrganisationTree};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    kind: String,
    parent_id: Option<Uuid>,
    authority_id: Option<Uuid>,
    name_sv: String,
    name_en: String,
    ended_at: Option<i64>,
}

/// The whole tree.
pub(crate) async fn load_tree<C: ConnectionTrait>(on: &C) -> Result<OrganisationTree, DbErr> {
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT id, key, kind, parent_id, authority_id, name_sv, name_en, ended_at \
         FROM organisation \
         ORDER BY sort_key, key",
        vec![],
    )
    .await?;
    let organisations: Result<Vec<Organisation>, DbErr> = rows
        .into_iter()
        .map(|row| {
            Ok(Organisation {
                id: OrganisationId(row.id),
                kind: OrganisationKind::parse(&row.kind).ok_or_else(|| {
                    DbErr::Custom(format!("{} is of an unknown kind, {}", row.key, row.kind))
                })?,
                key: row.key,
                parent: row.parent_id.map(OrganisationId),
                authority: row.authority_id.map(AuthorityId),
                name_sv: row.name_sv,
                name_en: row.name_en,
                ended_at: row.ended_at.map(Timestamp::from_micros),
            })
        })
        .collect();
    organisations.map(OrganisationTree::new)
}

/// Writes an organisation, new or changed. What it belongs to must be there already.
pub(crate) async fn save<C: ConnectionTrait>(
    on: &C,
    organisation: &Organisation,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO organisation \
         (id, key, kind, parent_id, authority_id, name_sv, name_en, sort_key, ended_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, parent_id = excluded.parent_id, \
         authority_id = excluded.authority_id, name_sv = excluded.name_sv, \
         name_en = excluded.name_en, sort_key = excluded.sort_key, \
         ended_at = excluded.ended_at",
        vec![
            organisation.id.0.into(),
            organisation.key.clone().into(),
            organisation.kind.as_str().into(),
            SqlValue::Uuid(organisation.parent.map(Into::into)),
            SqlValue::Uuid(organisation.authority.map(Into::into)),
            organisation.name_sv.clone().into(),
            organisation.name_en.clone().into(),
            sort_key(&organisation.name_sv).into(),
            SqlValue::BigInt(organisation.ended_at.map(Timestamp::micros)),
        ],
    )
    .await?;
    Ok(())
}
