//! Changes to units: the row and its event, in one transaction.

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::{DatabaseTransaction, WriteContext};
use torg_kernel::{
    FactField, FactRef, FactSource, FieldError, Message, Problem, Result, Subject, UnitId,
};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::check::{check, tidy};
use crate::model::{Unit, UnitData, UnitKind};
use crate::store;

/// The tag of everything that lists units.
pub const UNITS_TAG: &str = "units";

/// The tag of lists of one kind: hours of a museum leave the list of libraries alone.
pub(crate) fn kind_tag(kind: UnitKind) -> String {
    format!("units:{}", kind.as_str())
}

/// The tag of lists that tell more of units than their name, address and hours: those for programs.
pub const UNIT_DETAILS_TAG: &str = "unit-details";

/// The tag of pages that name units beside others: what is near, what belongs together. Seldom
/// dropped: a new number or new hours are no reason.
pub(crate) const STANDING_TAG: &str = "unit-standing";

/// The tag of everything that shows much of a unit, such as its own page or its contact card.
#[must_use]
pub fn unit_tag(id: UnitId) -> String {
    format!("unit:{id}")
}

/// The tag of what only links to a unit. What shows one of its facts has the fact's own name for a
/// tag, so that a new phone number leaves alone what shows the hours.
pub(crate) fn link_tag(id: UnitId) -> String {
    format!("unit:{id}:link")
}

/// Whether two states of a unit are alike in some way.
type Alike = fn(&Unit, &Unit) -> bool;

/// Tags of all that shows something that differs between the two.
fn changed_tags(before: Option<&Unit>, after: Option<&Unit>) -> Vec<String> {
    let Some(unit) = after.or(before) else {
        return Vec::new();
    };
    let differs = |like: Alike| match (before, after) {
        (Some(one), Some(other)) => !like(one, other),
        _ => true,
    };
    let mut tags = vec![unit_tag(unit.id)];
    let facts: [(FactField, Alike); 5] = [
        (FactField::Name, |one, other| {
            one.data.name == other.data.name
        }),
        (FactField::Phone, |one, other| {
            one.data.phone == other.data.phone
        }),
        (FactField::Email, |one, other| {
            one.data.email == other.data.email
        }),
        (FactField::Address, |one, other| {
            one.data.address == other.data.address
        }),
        (FactField::Hours, |one, other| {
            one.data.hours == other.data.hours
        }),
    ];
    for (field, like) in facts {
        if differs(like) {
            let fact = FactRef {
                source: FactSource::Unit,
                id: unit.id.0,
                field,
            };
            tags.push(fact.to_string());
        }
    }
    if differs(|one, other| one.slug == other.slug) {
        tags.push(link_tag(unit.id));
    }
    if differs(Unit::stands_like) {
        tags.push(STANDING_TAG.to_owned());
    }
    if differs(Unit::lists_like) {
        tags.push(UNITS_TAG.to_owned());
        let mut kinds: Vec<UnitKind> = before
            .into_iter()
            .chain(after)
            .map(|own| own.kind)
            .collect();
        kinds.dedup();
        tags.extend(kinds.into_iter().map(kind_tag));
    }
    if differs(Unit::tells_like) {
        tags.push(UNIT_DETAILS_TAG.to_owned());
    }
    tags
}

/// Knows where units are used. Owned here, answered by whoever keeps documents.
#[async_trait]
pub trait UnitUse: Send + Sync {
    /// How many pages show something of a unit or link to it. Asked both in a snapshot and
    /// within a write, so that nothing comes in between.
    ///
    /// # Errors
    /// When the database fails.
    async fn pages_using(&self, on: &DatabaseTransaction, unit: UnitId) -> Result<i64>;
}

/// Writes the event of a change.
async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Unit>,
    after: Option<&Unit>,
) -> Result<()> {
    let Some(unit) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("unit", unit.id),
            organisation: Some(unit.organisation),
            authority: unit.authority,
            class: PayloadClass::Public,
            before: before.map(Unit::canonical).transpose()?,
            after: after.map(Unit::canonical).transpose()?,
            tags: changed_tags(before, after),
        },
    )
    .await?;
    Ok(())
}

pub(crate) async fn create(context: &WriteContext, author: Author<'_>, unit: &Unit) -> Result<()> {
    store::insert(&**context, unit).await?;
    record(context, author, "unit.created", None, Some(unit)).await
}

/// Writes a unit over the one before; nothing at all when they are alike.
pub(crate) async fn change(
    context: &WriteContext,
    author: Author<'_>,
    before: &Unit,
    mut after: Unit,
) -> Result<bool> {
    if before.canonical()? == after.canonical()? {
        return Ok(false);
    }
    after.version = before.version + 1;
    after.updated_at = author.now;
    store::update(&**context, &after).await?;
    record(context, author, "unit.changed", Some(before), Some(&after)).await?;
    Ok(true)
}

/// Saves what a form says of a unit that was opened at `version`. True when anything changed. The
/// caller has checked that the author may.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when somebody else changed it in between;
/// [`Problem::Invalid`] with the names of the wrong fields.
pub async fn save_unit(
    context: &WriteContext,
    author: Author<'_>,
    id: UnitId,
    version: i64,
    data: UnitData,
) -> Result<bool> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let data = tidy(data);
    let errors = check(&data);
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    if before.version != version {
        return Err(Problem::Conflict(Message::new("unit-error-version")));
    }
    let after = Unit {
        data,
        ..before.clone()
    };
    let errors = dangling(context, &after).await?;
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    change(context, author, &before, after).await
}

/// What a unit names and that is not there.
async fn dangling(context: &WriteContext, unit: &Unit) -> Result<Vec<FieldError>> {
    let closed = unit.data.closed.as_ref();
    let instead = closed.and_then(|closed| closed.instead.as_ref());
    let related = unit.data.related.iter().map(|key| ("related", key));
    let named: Vec<_> = related
        .chain(instead.map(|key| ("closed.instead", key)))
        .collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let keys = store::list_keys(&**context).await?;
    Ok(named
        .into_iter()
        .filter(|(_, key)| **key == unit.key || !keys.contains(*key))
        .map(|(field, key)| FieldError {
            field: field.to_owned(),
            message: Message::new("unit-error-related").with("value", key),
        })
        .collect())
}

/// Says that all that a unit tells is right. The day is noted; nothing else changes, so that lists
/// of what was changed lately leave it out. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn confirm_unit(
    context: &WriteContext,
    author: Author<'_>,
    id: UnitId,
    day: Date,
) -> Result<bool> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.data.confirmed == Some(day) {
        return Ok(false);
    }
    let mut after = before.clone();
    after.data.confirmed = Some(day);
    after.version += 1;
    store::update(&**context, &after).await?;
    record(
        context,
        author,
        "unit.confirmed",
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(true)
}

/// Takes a unit away. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] while pages still use it.
pub async fn remove_unit(
    context: &WriteContext,
    author: Author<'_>,
    id: UnitId,
    used: &dyn UnitUse,
) -> Result<()> {
    let unit = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let pages = used.pages_using(context, id).await?;
    if pages > 0 {
        let message = Message::new("unit-error-in-use").with("count", pages);
        return Err(Problem::field("unit", message));
    }
    store::delete(&**context, id).await?;
    record(context, author, "unit.removed", Some(&unit), None).await
}
