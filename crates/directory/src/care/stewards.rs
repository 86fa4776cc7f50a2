//! Who answers for a unit, and which units are due to be confirmed.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{PersonId, Problem, Result, Subject, UnitId};
use torg_log::{Author, NewEvent, PayloadClass, append};

use super::store;
use crate::model::Unit;

/// Who answers for a unit beside its organisation. It is for the staff; readers see the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Steward {
    /// The person, if one was named.
    pub person: Option<PersonId>,
    /// What the person is, such as “Enhetschef”; may be empty.
    pub role: String,
    /// The due day for which a reminder went out last.
    #[serde(skip)]
    pub reminded_for: Option<Date>,
}

/// Who answers for a unit.
///
/// # Errors
/// When the database fails.
pub async fn steward<C: ConnectionTrait>(on: &C, unit: UnitId) -> Result<Steward> {
    Ok(store::find_steward(on, unit).await?.unwrap_or_default())
}

/// Names who answers for a unit. The caller has checked that the author may, and that there is such
/// a person.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn save_steward(
    context: &WriteContext,
    author: Author<'_>,
    unit: UnitId,
    steward: Steward,
) -> Result<bool> {
    let unit = crate::store::find(&**context, unit)
        .await?
        .ok_or(Problem::NotFound)?;
    let before = store::find_steward(&**context, unit.id)
        .await?
        .unwrap_or_default();
    let after = Steward {
        reminded_for: before.reminded_for,
        ..steward
    };
    if before == after {
        return Ok(false);
    }
    store::put_steward(&**context, unit.id, &after).await?;
    let json = |steward: &Steward| serde_json::to_string(steward);
    append(
        context,
        author,
        NewEvent {
            kind: "unit.steward_changed",
            // The unit's own events are public and hold the unit whole.
            subject: Subject::new("unit_care", unit.id),
            organisation: Some(unit.organisation),
            authority: unit.authority,
            class: PayloadClass::Internal,
            before: Some(json(&before)?),
            after: Some(json(&after)?),
            tags: Vec::new(),
        },
    )
    .await?;
    Ok(true)
}

/// When a unit is to be confirmed next: so many months after it was last. One that never was is due
/// from the beginning.
#[must_use]
pub(crate) fn due_on(unit: &Unit, months: i64) -> Option<Date> {
    match unit.data.confirmed {
        None => Some(Date::constant(2000, 1, 1)),
        Some(day) => day.checked_add(months.months()).ok(),
    }
}

/// Units that are due on a day, each with its due day and who answers for it. Those that are no more
/// are left out.
///
/// # Errors
/// When the database fails.
pub async fn list_due<C: ConnectionTrait>(
    on: &C,
    today: Date,
    months: i64,
) -> Result<Vec<(Unit, Date, Steward)>> {
    let mut stewards: std::collections::HashMap<UnitId, Steward> =
        store::list_stewards(on).await?.into_iter().collect();
    let units = crate::store::list(on).await?.into_iter();
    Ok(units
        .filter(|unit| !unit.is_closed_on(today))
        .filter_map(|unit| {
            let due = due_on(&unit, months).filter(|due| *due <= today)?;
            let steward = stewards.remove(&unit.id).unwrap_or_default();
            Some((unit, due, steward))
        })
        .collect())
}
