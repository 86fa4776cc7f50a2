//! All units and services of the city, kept in memory with what lists ask of them: words to search
//! in, where they are, whether they are open. A city has some thousands; a filter that walks through
//! them all takes less than a question to the database.
//!
//! The register follows the tags of the log: what was changed is marked, and read anew by whoever
//! asks next. The price is a few megabytes, and a copy of the lists after each change.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use torg_almanac::{ALMANAC_TAG, Almanac};
use torg_kernel::{Locale, Result, ServiceId, Timestamp, UnitId, fold, sort_key};
use torg_ui::T;
use torg_web::Reading;

use crate::hours::{State as Met, open_now};
use crate::model::Unit;
use crate::services::{self, Service};
use crate::store;

/// Which units are open, and for how long that holds.
struct Answer {
    /// In the order of the units.
    open: Vec<bool>,
    from: Timestamp,
    until: Timestamp,
}

/// A unit with what lists ask of it.
pub struct Entry {
    /// The unit.
    pub unit: Unit,
    /// Everything that one can find it by, without accents and capitals.
    words: String,
    names: [String; 2],
    sort: [String; 2],
}

impl Entry {
    fn new(unit: Unit) -> Self {
        let name = |locale| unit.name(locale);
        Self {
            words: words(&unit),
            names: [fold(name(Locale::SV)), fold(name(Locale::EN))],
            sort: [sort_key(name(Locale::SV)), sort_key(name(Locale::EN))],
            unit,
        }
    }

    /// Whether it has all these words in anything that one can find it by. They are folded.
    #[must_use]
    pub fn has(&self, wanted: &[String]) -> bool {
        wanted.iter().all(|word| self.words.contains(word.as_str()))
    }

    /// How well its name fits words that it has: 0 is best.
    #[must_use]
    pub fn fit(&self, wanted: &[String]) -> u8 {
        let in_name = |name: &String| wanted.iter().all(|word| name.contains(word.as_str()));
        let begins = |name: &String| {
            let first = wanted.first();
            first.is_some_and(|word| name.starts_with(word.as_str())) && in_name(name)
        };
        match () {
            () if self.names.iter().any(begins) => 0,
            () if self.names.iter().any(in_name) => 1,
            () => 2,
        }
    }

    /// The key by which lists in a language sort.
    #[must_use]
    pub fn sort(&self, locale: Locale) -> &str {
        &self.sort[usize::from(locale == Locale::EN)]
    }
}

fn words(unit: &Unit) -> String {
    let data = &unit.data;
    let mut all: Vec<&str> = vec![&unit.key];
    all.extend(data.name.0.values().map(String::as_str));
    all.extend(data.keywords.iter().map(String::as_str));
    for offer in &data.services {
        all.extend([offer.sv.as_str(), offer.en.as_str()]);
    }
    if let Some(address) = &data.address {
        all.extend([address.street.as_str(), address.city.as_str()]);
        all.push(&address.postcode);
    }
    let kind = format!("unit-kind-{}", unit.kind.as_str());
    let kinds = [T::SV.get(&kind), T::EN.get(&kind)];
    all.extend(kinds.iter().map(AsRef::as_ref));
    let numbers = data
        .phone
        .iter()
        .chain(data.phones.iter().map(|it| &it.number));
    let numbers: Vec<String> = numbers
        .flat_map(|number| {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            [number.clone(), digits]
        })
        .collect();
    all.extend(numbers.iter().map(String::as_str));
    fold(&all.join(" "))
}

/// All units and services as they were at one moment.
pub struct Everything {
    /// By name, as Swedish sorts.
    pub units: Vec<Arc<Entry>>,
    /// By name, as Swedish sorts.
    pub services: Vec<Arc<Service>>,
    by_id: HashMap<UnitId, usize>,
    by_key: HashMap<String, usize>,
    by_slug: HashMap<String, usize>,
    /// Which units name a unit as related.
    named_by: HashMap<String, Vec<usize>>,
    /// Which services a unit gives.
    given_at: HashMap<String, Vec<usize>>,
    /// The city's days, by which opening hours are read.
    pub almanac: Arc<Almanac>,
    open: RwLock<Option<Arc<Answer>>>,
    position: i64,
}

impl Everything {
    fn new(
        units: Vec<Arc<Entry>>,
        services: Vec<Arc<Service>>,
        almanac: Arc<Almanac>,
        position: i64,
    ) -> Self {
        let mut named_by: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in units.iter().enumerate() {
            for key in &entry.unit.data.related {
                named_by.entry(key.clone()).or_default().push(at);
            }
        }
        let mut given_at: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, service) in services.iter().enumerate() {
            for key in &service.data.units {
                given_at.entry(key.clone()).or_default().push(at);
            }
        }
        let all = || units.iter().enumerate();
        Self {
            by_id: all().map(|(at, entry)| (entry.unit.id, at)).collect(),
            by_key: all()
                .map(|(at, entry)| (entry.unit.key.clone(), at))
                .collect(),
            by_slug: all()
                .map(|(at, entry)| (entry.unit.slug.clone(), at))
                .collect(),
            named_by,
            given_at,
            units,
            services,
            almanac,
            open: RwLock::default(),
            position,
        }
    }

    /// Whether each unit is open now, in their order, and until when that holds. The answer is kept
    /// until then.
    #[must_use]
    pub fn open_now(&self, now: Timestamp) -> (Vec<bool>, Timestamp) {
        let kept = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|it| it.from <= now && now < it.until) {
            return (kept.open.clone(), kept.until);
        }
        drop(kept);
        let planned = || {
            let all = self.units.iter();
            all.map(|entry| entry.unit.data.hours.as_ref())
        };
        let said = open_now(planned().flatten(), &self.almanac, now);
        let mut states = said.states.into_iter();
        let open: Vec<bool> = planned()
            .map(|hours| {
                let state = hours.and_then(|_| states.next().flatten());
                state.is_some_and(Met::lets_in)
            })
            .collect();
        let answer = Answer {
            open: open.clone(),
            from: now,
            until: said.until,
        };
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(answer));
        (open, said.until)
    }

    /// The unit with an id.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Arc<Entry>> {
        self.by_id.get(&id).map(|at| &self.units[*at])
    }

    /// The unit with a key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Arc<Entry>> {
        self.by_key.get(key).map(|at| &self.units[*at])
    }

    /// The unit with an address.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Arc<Entry>> {
        self.by_slug.get(slug).map(|at| &self.units[*at])
    }

    /// Units that belong together with one, whichever of the two says so.
    #[must_use]
    pub fn related(&self, unit: &Unit) -> Vec<&Arc<Entry>> {
        let own = unit.data.related.iter().filter_map(|key| self.by_key(key));
        let others = self.named_by.get(&unit.key).into_iter().flatten();
        let mut seen = std::collections::HashSet::from([unit.id]);
        own.chain(others.map(|at| &self.units[*at]))
            .filter(|entry| seen.insert(entry.unit.id))
            .collect()
    }

    /// Services that are given at a unit.
    #[must_use]
    pub fn services_at(&self, unit: &Unit) -> Vec<&Arc<Service>> {
        let at = self.given_at.get(&unit.key).into_iter().flatten();
        at.map(|at| &self.services[*at]).collect()
    }

    /// Services that belong together with one, whichever of the two says so.
    #[must_use]
    pub fn related_services(&self, service: &Service) -> Vec<&Arc<Service>> {
        self.services
            .iter()
            .filter(|other| {
                other.id != service.id
                    && (service.data.related.contains(&other.key)
                        || other.data.related.contains(&service.key))
            })
            .collect()
    }
}

/// What was changed, with the position of the change.
#[derive(Default)]
struct Marks {
    units: HashMap<UnitId, i64>,
    services: HashMap<ServiceId, i64>,
    /// The last change while nothing was kept.
    last: i64,
}

#[derive(Default)]
struct State {
    kept: Option<Arc<Everything>>,
    marks: Marks,
}

/// The register of a node.
#[derive(Default)]
pub struct Register {
    state: RwLock<State>,
}

impl Register {
    /// All units and services, as new as anything that this node has followed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, reading: &Reading) -> Result<Arc<Everything>> {
        let wanted = {
            let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
            match &state.kept {
                Some(kept) if state.marks.units.is_empty() && state.marks.services.is_empty() => {
                    reading.made_from_kept(kept.position);
                    return Ok(kept.clone());
                }
                Some(kept) => Some((
                    kept.clone(),
                    state.marks.units.keys().copied().collect::<Vec<_>>(),
                    state.marks.services.keys().copied().collect::<Vec<_>>(),
                )),
                None => None,
            }
        };
        let position = reading.snapshot_position().await?;
        let on = reading.snapshot().await?;
        let made = match wanted {
            None => {
                let units = store::list(&**on).await?.into_iter();
                let services = services::list(&**on).await?.into_iter();
                Everything::new(
                    units.map(|unit| Arc::new(Entry::new(unit))).collect(),
                    services.map(Arc::new).collect(),
                    Arc::new(torg_almanac::load(&**on).await?),
                    position,
                )
            }
            Some((kept, units, services)) => {
                let changed = store::list_by_id(&**on, &units).await?;
                let changed_services = services::list_by_id(&**on, &services).await?;
                kept.with(&units, changed, &services, changed_services, position)
            }
        };
        let made = Arc::new(made);
        self.keep(&made, position);
        Ok(made)
    }

    /// Keeps what was read, unless something was changed after it was read.
    fn keep(&self, made: &Arc<Everything>, position: i64) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let newer = state
            .kept
            .as_ref()
            .is_some_and(|kept| kept.position > position);
        let later = |at: &i64| *at > position;
        let missed = state.marks.units.values().any(later)
            || state.marks.services.values().any(later)
            || state.marks.last > position;
        if !newer && !missed {
            state.marks = Marks::default();
            state.kept = Some(made.clone());
        }
    }

    /// Marks what a tag of a change names.
    pub fn drop_tag(&self, tag: &str, position: i64) {
        let unit = tag.strip_prefix("unit:").and_then(|id| id.parse().ok());
        let service = tag.strip_prefix("service:").and_then(|id| id.parse().ok());
        let almanac = tag == ALMANAC_TAG;
        if unit.is_none() && service.is_none() && !almanac {
            return;
        }
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if almanac {
            // The days of the whole city: seldom changed, so all is read anew.
            state.kept = None;
        }
        if state.kept.is_none() {
            state.marks.last = state.marks.last.max(position);
            return;
        }
        if let Some(unit) = unit {
            state.marks.units.insert(unit, position);
        }
        if let Some(service) = service {
            state.marks.services.insert(service, position);
        }
    }
}

impl Everything {
    /// The same with some units and services as they are now; those that are gone are left out.
    fn with(
        &self,
        units: &[UnitId],
        changed: Vec<Unit>,
        services: &[ServiceId],
        changed_services: Vec<Service>,
        position: i64,
    ) -> Self {
        let units: std::collections::HashSet<UnitId> = units.iter().copied().collect();
        let kept = self.units.iter();
        let kept = kept
            .filter(|entry| !units.contains(&entry.unit.id))
            .cloned();
        let changed = changed.into_iter().map(|unit| Arc::new(Entry::new(unit)));
        let mut units: Vec<Arc<Entry>> = kept.chain(changed).collect();
        units.sort_by(|one, other| {
            let order = one.sort[0].cmp(&other.sort[0]);
            order.then_with(|| one.unit.id.cmp(&other.unit.id))
        });
        let kept = self.services.iter();
        let kept = kept.filter(|own| !services.contains(&own.id)).cloned();
        let mut services: Vec<Arc<Service>> = kept
            .chain(changed_services.into_iter().map(Arc::new))
            .collect();
        services.sort_by_cached_key(|own| (sort_key(own.name(Locale::SV)), own.id));
        Self::new(units, services, self.almanac.clone(), position)
    }
}
