//! What documents show of units.

use std::collections::HashMap;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{FactField, FactSource, Locale, Result, Timestamp, UnitId};
use torg_ui::{ContactCard, T};
use torg_web::{FactResolver, Resolved, Wanted};

use crate::hours::{next_midnight, open_status, short_lines};
use crate::model::Unit;
use crate::service::unit_tag;
use crate::store;

/// Finds facts of units: names, phones, mail addresses, addresses and hours, contact cards and
/// links. One question to the database for a whole document.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitFacts;

#[async_trait]
impl FactResolver for UnitFacts {
    async fn resolve(
        &self,
        on: &Snapshot,
        wanted: &Wanted,
        locale: Locale,
        now: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()> {
        let facts = || {
            let all = wanted.facts.iter();
            all.filter(|fact| fact.source == FactSource::Unit)
        };
        let mut ids: Vec<UnitId> = facts()
            .map(|fact| UnitId(fact.id))
            .chain(wanted.contacts.iter().copied())
            .chain(wanted.unit_links.iter().copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let found = store::list_by_id(&**on, &ids).await?;
        let units: HashMap<UnitId, Unit> = found.into_iter().map(|unit| (unit.id, unit)).collect();
        // Also what is not there may come.
        resolved.tags.extend(ids.iter().map(|id| unit_tag(*id)));
        for fact in facts() {
            let Some(unit) = units.get(&UnitId(fact.id)) else {
                continue;
            };
            if let Some(said) = say(unit, fact.field, locale, now) {
                resolved.facts.insert(*fact, said);
            }
            if fact.field == FactField::Hours && unit.data.hours.is_some() {
                resolved.until(Some(next_midnight(now)));
            }
        }
        for unit in wanted.contacts.iter().filter_map(|id| units.get(id)) {
            let (card, until) = contact_card(unit, locale, now);
            resolved.contacts.insert(unit.id, card);
            resolved.until(until);
        }
        for unit in wanted.unit_links.iter().filter_map(|id| units.get(id)) {
            resolved.unit_links.insert(unit.id, unit.href(locale));
        }
        Ok(())
    }
}

fn say(unit: &Unit, field: FactField, locale: Locale, now: Timestamp) -> Option<String> {
    let data = &unit.data;
    let said = match field {
        FactField::Name => unit.name(locale).to_owned(),
        FactField::Phone => data.phone.clone()?,
        FactField::Email => data.email.clone()?,
        FactField::Address => data.address.as_ref()?.lines().join(", "),
        FactField::Hours => short_lines(T::of(locale), data.hours.as_ref()?, now).join(", "),
        FactField::Value => return None,
    };
    (!said.is_empty()).then_some(said)
}

/// How a unit is reached, and until when that is true.
#[must_use]
pub fn contact_card(
    unit: &Unit,
    locale: Locale,
    now: Timestamp,
) -> (ContactCard, Option<Timestamp>) {
    let t = T::of(locale);
    let data = &unit.data;
    let said = data.hours.as_ref().map(|hours| open_status(t, hours, now));
    let until = said.as_ref().map(|said| said.until);
    let way = data.getting_there.get(locale);
    let card = ContactCard {
        name: unit.name(locale).to_owned(),
        href: Some(unit.href(locale)),
        heading: None,
        open: said.map(|said| said.status),
        phone: data.phone.clone(),
        email: data.email.clone(),
        hours: data
            .hours
            .as_ref()
            .map(|hours| short_lines(t, hours, now))
            .unwrap_or_default(),
        address: data
            .address
            .as_ref()
            .map(crate::model::PostalAddress::lines)
            .unwrap_or_default(),
        getting_there: (!way.is_empty()).then(|| way.to_owned()),
        map_href: data.position.map(|at| {
            format!(
                "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}",
                at.lat, at.lon
            )
        }),
    };
    (card, until)
}
