//! What documents show of units.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use torg_almanac::{ALMANAC_TAG, Almanac};
use torg_kernel::{FactField, FactSource, Locale, Result, Timestamp, UnitId};
use torg_ui::{ContactCard, T};
use torg_web::{FactResolver, Reading, Resolved, TagCache, Wanted};

use crate::hours::{Hours, next_midnight, open_status, short_lines};
use crate::model::{Position, Unit};
use crate::service::{link_tag, unit_tag};
use crate::store;

/// Finds facts of units: names, phones, mail addresses, addresses and hours, contact cards and
/// links. Units are kept in memory with their finished cards, since the same few stand on many
/// pages and hours cost most to put into words; what is not there is asked for in one question for
/// a whole document.
pub struct UnitFacts {
    kept: TagCache<UnitId, Arc<KeptUnit>>,
    /// The calendar of days that hours are looked up in.
    almanac: TagCache<(), Arc<Almanac>>,
}

/// A unit and what was last said of it in each language. Both go when the unit changes.
struct KeptUnit {
    unit: Unit,
    tag: String,
    shown: RwLock<Vec<(Locale, Arc<Shown>)>>,
}

/// A finished card, and when it is true.
struct Shown {
    card: ContactCard,
    /// The calendar of days that it was made with.
    almanac: Arc<Almanac>,
    /// When it was made: it says nothing of the time before.
    from: Timestamp,
    /// When “open now” becomes untrue; never later than the end of the day, since deviations are
    /// told on the day. `None` for a unit without hours, whose card is true until it changes.
    until: Option<Timestamp>,
    /// The end of the day, when the lines of hours may become others.
    hours_until: Option<Timestamp>,
}

impl Shown {
    fn new(unit: &Unit, almanac: &Arc<Almanac>, locale: Locale, now: Timestamp) -> Self {
        let (card, until) = contact_card(unit, almanac, locale, now);
        Self {
            card,
            almanac: almanac.clone(),
            from: now,
            until,
            hours_until: unit.data.hours.as_ref().map(|_| next_midnight(now)),
        }
    }

    fn holds(&self, almanac: &Arc<Almanac>, now: Timestamp) -> bool {
        Arc::ptr_eq(&self.almanac, almanac)
            && self.from <= now
            && self.until.is_none_or(|until| now < until)
    }
}

impl KeptUnit {
    fn new(unit: Unit) -> Self {
        Self {
            tag: unit_tag(unit.id),
            unit,
            shown: RwLock::default(),
        }
    }

    /// The card in a language, made anew only when the one that is kept is not true now.
    fn shown(&self, almanac: &Arc<Almanac>, locale: Locale, now: Timestamp) -> Arc<Shown> {
        let kept = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(own, _)| *own == locale);
        if let Some((_, shown)) = found.filter(|(_, shown)| shown.holds(almanac, now)) {
            return shown.clone();
        }
        drop(kept);
        let shown = Arc::new(Shown::new(&self.unit, almanac, locale, now));
        let mut kept = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(own, _)| *own != locale);
        kept.push((locale, shown.clone()));
        shown
    }
}

/// Units kept in memory at most; a city has a few thousand.
const KEPT: usize = 10_000;

impl Default for UnitFacts {
    fn default() -> Self {
        Self {
            kept: TagCache::new(KEPT, KEPT as u64),
            almanac: TagCache::new(8, 64),
        }
    }
}

impl UnitFacts {
    /// The units with these ids, from memory where they are there.
    async fn units(
        &self,
        reading: &Reading,
        ids: &[UnitId],
    ) -> Result<HashMap<UnitId, Arc<KeptUnit>>> {
        let mut units = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.kept.get(id) {
                Some((unit, position)) => {
                    reading.made_from_kept(position);
                    units.insert(*id, unit);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let position = reading.snapshot_position().await?;
            for unit in store::list_by_id(&**reading.snapshot().await?, &missing).await? {
                let (id, unit) = (unit.id, Arc::new(KeptUnit::new(unit)));
                self.kept
                    .insert(id, unit.clone(), vec![unit.tag.clone()], position, 1);
                units.insert(id, unit);
            }
        }
        Ok(units)
    }

    /// The city's calendar of days, from memory where it is there.
    async fn almanac(&self, reading: &Reading) -> Result<Arc<Almanac>> {
        if let Some((almanac, position)) = self.almanac.get(&()) {
            reading.made_from_kept(position);
            return Ok(almanac);
        }
        let position = reading.snapshot_position().await?;
        let almanac = Arc::new(torg_almanac::load(&**reading.snapshot().await?).await?);
        let tags = vec![ALMANAC_TAG.to_owned()];
        self.almanac.insert((), almanac.clone(), tags, position, 1);
        Ok(almanac)
    }
}

/// Whether what is said of a unit's hours follows the city's own days and breaks.
fn asks_city(unit: &Unit) -> bool {
    unit.data.hours.as_ref().is_some_and(Hours::asks_city)
}

#[async_trait]
impl FactResolver for UnitFacts {
    async fn resolve(
        &self,
        reading: &Reading,
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
        let units = self.units(reading, &ids).await?;
        let almanac = self.almanac(reading).await?;
        // Also what is not there may come. A card shows all of a unit; what shows less is dropped for
        // less.
        let carded = |id: UnitId| wanted.contacts.contains(&id);
        let cards = wanted.contacts.iter();
        resolved.tags.extend(cards.map(|id| {
            let kept = units.get(id);
            kept.map_or_else(|| unit_tag(*id), |it| it.tag.clone())
        }));
        let single = facts().filter(|fact| !carded(UnitId(fact.id)));
        resolved.tags.extend(single.map(ToString::to_string));
        let links = wanted.unit_links.iter().filter(|id| !carded(**id));
        resolved.tags.extend(links.map(|id| link_tag(*id)));
        let mut follows_city = false;
        for fact in facts() {
            let Some(kept) = units.get(&UnitId(fact.id)) else {
                continue;
            };
            let said = if fact.field == FactField::Hours {
                let shown = kept.shown(&almanac, locale, now);
                follows_city |= asks_city(&kept.unit);
                resolved.until(shown.hours_until);
                Some(shown.card.hours.join(", ")).filter(|said| !said.is_empty())
            } else {
                say(&kept.unit, fact.field, locale)
            };
            if let Some(said) = said {
                resolved.facts.insert(*fact, said);
            }
        }
        for kept in wanted.contacts.iter().filter_map(|id| units.get(id)) {
            let shown = kept.shown(&almanac, locale, now);
            follows_city |= asks_city(&kept.unit);
            resolved.contacts.insert(kept.unit.id, shown.card.clone());
            resolved.until(shown.until);
        }
        if follows_city {
            resolved.tags.push(ALMANAC_TAG.to_owned());
        }
        for kept in wanted.unit_links.iter().filter_map(|id| units.get(id)) {
            let unit = &kept.unit;
            resolved.unit_links.insert(unit.id, unit.href(locale));
        }
        Ok(())
    }

    fn drop_tag(&self, tag: &str, position: i64) {
        self.kept.drop_tag(tag, position);
        self.almanac.drop_tag(tag, position);
    }
}

/// What a unit says that does not change with the time of day.
fn say(unit: &Unit, field: FactField, locale: Locale) -> Option<String> {
    let data = &unit.data;
    let said = match field {
        FactField::Name => unit.name(locale).to_owned(),
        FactField::Phone => data.phone.clone()?,
        FactField::Email => data.email.clone()?,
        FactField::Address => data.address.as_ref()?.lines().join(", "),
        FactField::Hours | FactField::Value => return None,
    };
    (!said.is_empty()).then_some(said)
}

/// How a unit is reached, and until when that is true.
#[must_use]
pub fn contact_card(
    unit: &Unit,
    almanac: &Almanac,
    locale: Locale,
    now: Timestamp,
) -> (ContactCard, Option<Timestamp>) {
    let t = T::of(locale);
    let data = &unit.data;
    let plan = data.hours.as_ref().map(|hours| hours.with(almanac));
    let said = plan.map(|plan| open_status(t, plan, now));
    let until = said.as_ref().map(|said| said.until);
    let way = data.getting_there.get(locale);
    let card = ContactCard {
        name: unit.name(locale).to_owned(),
        href: Some(unit.href(locale)),
        heading: None,
        open: said.map(|said| said.status),
        phone: data.phone.clone(),
        email: data.email.clone(),
        hours: plan
            .map(|plan| short_lines(t, plan, now))
            .unwrap_or_default(),
        address: data
            .address
            .as_ref()
            .map(crate::model::PostalAddress::lines)
            .unwrap_or_default(),
        getting_there: (!way.is_empty()).then(|| way.to_owned()),
        map_href: data.position.map(|at| map_href(at, t.locale())),
        wrong_href: Some(crate::web::wrong_href(unit, locale)),
    };
    (card, until)
}

/// The city's own map round a point, for readers of a language.
pub(crate) fn map_href(at: Position, locale: Locale) -> String {
    let path = match locale == Locale::EN {
        true => "/en/map",
        false => "/karta",
    };
    format!("{path}?lat={:.5}&lon={:.5}&z=16.0", at.lat, at.lon)
}
