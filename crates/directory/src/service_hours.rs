//! Changing the hours of many units at once, and taking that back. The units' events tell what became
//! of each; the rows here only say what belongs together.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_almanac::Almanac;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{Actor, Ids, Message, Problem, Result, Timestamp, UnitId};
use torg_log::Author;
use uuid::Uuid;

use crate::check::check;
use crate::hours::change::{Done, DoneUnit, Order, take_back};
use crate::model::{Unit, UnitData};
use crate::{service, store};

/// A change for many units that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HoursChange {
    pub id: Uuid,
    pub made_at: Timestamp,
    pub person: String,
    pub done: Done,
    pub ended_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    made_at: i64,
    person: String,
    data: String,
    ended_at: Option<i64>,
}

impl Row {
    fn change(self) -> Result<HoursChange> {
        Ok(HoursChange {
            id: self.id,
            made_at: Timestamp::from_micros(self.made_at),
            person: self.person,
            done: serde_json::from_str(&self.data)?,
            ended_at: self.ended_at.map(Timestamp::from_micros),
        })
    }
}

/// The latest changes, newest first.
pub(crate) async fn list_changes<C: ConnectionTrait>(
    on: &C,
    most: i64,
) -> Result<Vec<HoursChange>> {
    let sql = "SELECT id, made_at, person, data, ended_at FROM hours_change \
               ORDER BY made_at DESC, id DESC LIMIT $1";
    let rows: Vec<Row> = fetch_all(on, sql, vec![most.into()]).await?;
    rows.into_iter().map(Row::change).collect()
}

/// The change with an id.
pub(crate) async fn find_change<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<HoursChange>> {
    let sql = "SELECT id, made_at, person, data, ended_at FROM hours_change WHERE id = $1";
    let row: Option<Row> = fetch_one(on, sql, vec![id.into()]).await?;
    row.map(Row::change).transpose()
}

/// A unit that is to be changed: which, the version that was shown, and who may.
#[derive(Debug, Clone)]
pub(crate) struct ToChange {
    pub unit: UnitId,
    pub version: i64,
    pub actor: Actor,
}

/// What one change for many units is made from.
pub(crate) struct Bulk {
    pub order: Order,
    /// What was written of the hours.
    pub what: String,
    /// The name of whoever does it.
    pub person: String,
    pub units: Vec<ToChange>,
}

async fn put(
    context: &WriteContext,
    (actor, now, ids): (&Actor, Timestamp, &dyn Ids),
    before: &Unit,
    hours: crate::hours::Hours,
) -> Result<()> {
    let after = Unit {
        data: UnitData {
            hours: Some(hours),
            ..before.data.clone()
        },
        ..before.clone()
    };
    let errors = check(&after.data);
    if !errors.is_empty() {
        let message = Message::new("hours-bulk-refused")
            .with("name", before.data.name.get(torg_kernel::Locale::SV));
        return Err(Problem::field("units", message));
    }
    let author = Author { actor, now, ids };
    service::change(context, author, before, after).await?;
    Ok(())
}

/// Carries an order out for all units, or for none. Returns how many were changed. The caller has
/// checked that each actor may.
///
/// # Errors
/// [`Problem::Conflict`] when a unit is not as it was shown; [`Problem::Invalid`] when a plan would have
/// faults.
pub(crate) async fn change_many(
    context: &WriteContext,
    bulk: Bulk,
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<usize> {
    let almanac: Almanac = torg_almanac::load(&**context).await?;
    let id = ids.uuid(now);
    let mut units = Vec::with_capacity(bulk.units.len());
    for own in &bulk.units {
        let unit = store::find(&**context, own.unit).await?;
        let unit = unit.filter(|unit| unit.version == own.version);
        let Some(unit) = unit else {
            return Err(Problem::Conflict(Message::new("hours-bulk-version")));
        };
        let before = unit.data.hours.clone().unwrap_or_default();
        let Some((hours, replaced)) = bulk.order.apply(&before, &almanac, id) else {
            continue;
        };
        put(context, (&own.actor, now, ids), &unit, hours).await?;
        units.push(DoneUnit {
            unit: unit.id,
            replaced,
        });
    }
    let count = units.len();
    if count == 0 {
        return Ok(0);
    }
    let done = Done {
        first: bulk.order.first,
        last: bulk.order.last,
        what: bulk.what,
        note: bulk.order.note,
        units,
    };
    execute(
        &**context,
        "INSERT INTO hours_change (id, made_at, person, data, ended_at) VALUES ($1, $2, $3, $4, $5)",
        vec![
            id.into(),
            now.micros().into(),
            bulk.person.into(),
            serde_json::to_string(&done)?.into(),
            SqlValue::BigInt(None),
        ],
    )
    .await?;
    Ok(count)
}

/// Takes a change back from a day on, for all its units that are left. Returns how many were changed.
/// The caller has checked that each actor may.
///
/// # Errors
/// [`Problem::NotFound`] when it is not there or has been taken back.
pub(crate) async fn take_back_many(
    context: &WriteContext,
    id: Uuid,
    from: Date,
    actors: &[(UnitId, Actor)],
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<usize> {
    let change = find_change(&**context, id).await?;
    let change = change.filter(|change| change.ended_at.is_none());
    let change = change.ok_or(Problem::NotFound)?;
    let mut count = 0;
    for own in &change.done.units {
        let actor = actors.iter().find(|(unit, _)| *unit == own.unit);
        let unit = store::find(&**context, own.unit).await?;
        let (Some((_, actor)), Some(unit)) = (actor, unit) else {
            continue;
        };
        let Some(hours) = &unit.data.hours else {
            continue;
        };
        if let Some(hours) = take_back(hours, id, &own.replaced, from) {
            put(context, (actor, now, ids), &unit, hours).await?;
            count += 1;
        }
    }
    execute(
        &**context,
        "UPDATE hours_change SET ended_at = $2 WHERE id = $1",
        vec![id.into(), now.micros().into()],
    )
    .await?;
    Ok(count)
}
