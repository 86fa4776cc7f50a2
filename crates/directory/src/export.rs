//! `units.json` out of the rows: what [`crate::import_units`] takes in again.

use serde::Serialize;
use torg_db::ConnectionTrait;
use torg_kernel::{Problem, Result, Timestamp, UnitId};
use torg_web::OrganisationList;

use crate::model::{UnitData, UnitKind};
use crate::store;

#[derive(Serialize)]
struct Exported<'a> {
    id: UnitId,
    key: &'a str,
    slug: &'a str,
    kind: UnitKind,
    organisation: &'a str,
    updated_at: Timestamp,
    #[serde(flatten)]
    data: &'a UnitData,
}

/// All units as a file that can be imported again, by key.
///
/// # Errors
/// When the database fails, or a unit's organisation is not in the list.
pub async fn export_units<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
) -> Result<String> {
    let mut units = store::list(on).await?;
    units.sort_by(|one, other| one.key.cmp(&other.key));
    let mut exported = Vec::with_capacity(units.len());
    for unit in &units {
        let organisation = organisations.find(unit.organisation).ok_or_else(|| {
            Problem::internal(format!("the unit {} has an unknown organisation", unit.key))
        })?;
        exported.push(Exported {
            id: unit.id,
            key: &unit.key,
            slug: &unit.slug,
            kind: unit.kind,
            organisation: &organisation.key,
            updated_at: unit.updated_at,
            data: &unit.data,
        });
    }
    let mut text = serde_json::to_string_pretty(&exported)?;
    text.push('\n');
    Ok(text)
}
