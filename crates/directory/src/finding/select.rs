//! Which units a filter asks for, and what else there is to choose.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use torg_geo::Point;
use torg_kernel::{Locale, OrganisationId, Result, Timestamp, civil_date};
use torg_web::{OrganisationList, Reading};

use super::filter::{Filter, Near, Sort};
use super::place::PlaceFound;
use crate::details::Feature;
use crate::model::{Position, UnitKind};
use crate::register::{Entry, Everything};

/// A district of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Its key, as addresses have it.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// The districts of the city, as the room that knows the map has them now.
pub trait Districts: Send + Sync {
    /// All of them, in the order in which lists show them.
    fn all(&self) -> &[District];

    /// Which of them a point lies in, as an index into all of them.
    fn at(&self, point: Point) -> Option<usize>;
}

/// Knows districts and addresses. Owned here, answered by the room that has the map; a city without
/// one has no districts, and finds places by units and coordinates only.
#[async_trait]
pub trait Surroundings: Send + Sync {
    /// The districts, with the tags for which a page that shows them is to be made anew.
    ///
    /// # Errors
    /// When the database fails.
    async fn districts(
        &self,
        reading: &Reading,
    ) -> Result<Option<(Arc<dyn Districts>, Vec<String>)>>;

    /// The place that somebody writes.
    ///
    /// # Errors
    /// When the database fails.
    async fn place(&self, reading: &Reading, words: &str) -> Result<Option<PlaceFound>>;
}

/// A unit that was asked for.
#[derive(Clone)]
pub struct Found {
    /// The unit.
    pub entry: Arc<Entry>,
    /// How far it is, in metres.
    pub metres: Option<f64>,
}

/// What the units of a list are chosen by, beside the filter itself.
pub struct Around<'a> {
    /// The language.
    pub locale: Locale,
    /// What time it is.
    pub now: Timestamp,
    /// The organisations.
    pub organisations: &'a OrganisationList,
    /// The districts, if there are any.
    pub districts: Option<&'a dyn Districts>,
    /// Where distances are counted from.
    pub from: Option<Point>,
}

pub(crate) const fn point(at: Position) -> Point {
    Point::new(at.lon, at.lat)
}

/// An organisation with all that are below it.
fn with_those_below(list: &OrganisationList, key: &str) -> HashSet<OrganisationId> {
    let Some(top) = list.by_key(key) else {
        return HashSet::new();
    };
    list.entries()
        .filter(|entry| {
            let mut at = Some(entry.id);
            // A tree is not deep; a ring, which there cannot be, would end here too.
            (0..20).any(|_| {
                let here = at;
                at = here.and_then(|id| list.find(id)).and_then(|it| it.parent);
                here == Some(top.id)
            })
        })
        .map(|entry| entry.id)
        .collect()
}

/// What of a filter is left out, to count what else there is to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Except {
    Nothing,
    Kinds,
    Organisation,
    District,
    Access,
}

struct Judge<'a> {
    filter: &'a Filter,
    around: &'a Around<'a>,
    words: Vec<String>,
    organisations: Option<HashSet<OrganisationId>>,
    district: Option<Option<usize>>,
    /// Which units are open now, where that is asked for.
    open: Option<Vec<bool>>,
}

impl<'a> Judge<'a> {
    fn new(filter: &'a Filter, around: &'a Around<'a>, open: Option<Vec<bool>>) -> Self {
        let key = filter.organisation.as_deref();
        let wanted = filter.district.as_deref();
        Self {
            words: filter.words(),
            organisations: key.map(|key| with_those_below(around.organisations, key)),
            district: wanted.map(|wanted| {
                let districts = around.districts?;
                districts.all().iter().position(|own| own.key == wanted)
            }),
            filter,
            around,
            open,
        }
    }

    fn district_of(&self, entry: &Entry) -> Option<usize> {
        let districts = self.around.districts?;
        districts.at(point(entry.unit.data.position?))
    }

    fn takes(&self, (at, entry): (usize, &Entry), except: Except) -> bool {
        let (filter, unit) = (self.filter, &entry.unit);
        self.open.as_ref().is_none_or(|open| open[at])
            && (except == Except::Kinds
                || filter.kinds.is_empty()
                || filter.kinds.contains(&unit.kind))
            && (except == Except::Organisation
                || self
                    .organisations
                    .as_ref()
                    .is_none_or(|all| all.contains(&unit.organisation)))
            && (except == Except::Access
                || filter
                    .access
                    .iter()
                    .all(|feature| unit.data.features.contains(feature)))
            && (self.words.is_empty() || entry.has(&self.words))
            && (except == Except::District
                || self.district.is_none_or(|district| {
                    district.is_some() && self.district_of(entry) == district
                }))
    }
}

/// The units that a filter asks for, in its order, and until when that is true as far as “open now”
/// decides about it. Units that are no more are left out.
#[must_use]
pub fn select(
    all: &Everything,
    filter: &Filter,
    around: &Around<'_>,
) -> (Vec<Found>, Option<Timestamp>) {
    let asked = filter.open.then(|| all.open_now(around.now));
    let until = asked.as_ref().map(|(_, until)| *until);
    let judge = Judge::new(filter, around, asked.map(|(open, _)| open));
    let today = civil_date(around.now);
    let mut found = Vec::new();
    for (at, entry) in all.units.iter().enumerate() {
        if entry.unit.is_closed_on(today) || !judge.takes((at, entry), Except::Nothing) {
            continue;
        }
        let at = entry.unit.data.position.map(point);
        found.push(Found {
            metres: around.from.zip(at).map(|(from, at)| from.distance(at)),
            entry: entry.clone(),
        });
    }
    order(&mut found, filter, around, &judge.words);
    (found, until)
}

fn order(found: &mut [Found], filter: &Filter, around: &Around<'_>, words: &[String]) {
    let by_name = |one: &Found, other: &Found| {
        let sort = |it: &Found| it.entry.sort(around.locale).to_owned();
        sort(one).cmp(&sort(other))
    };
    match filter.sort {
        Sort::Changed => found.sort_by_key(|it| std::cmp::Reverse(it.entry.unit.updated_at)),
        Sort::Usual if around.from.is_some() => found.sort_by(|one, other| {
            let far = |it: &Found| it.metres.unwrap_or(f64::MAX);
            far(one).total_cmp(&far(other))
        }),
        Sort::Usual if !words.is_empty() => {
            found.sort_by(by_name);
            found.sort_by_cached_key(|it| it.entry.fit(words));
        }
        // The register has them in the Swedish order.
        _ if around.locale == Locale::SV => {}
        _ => found.sort_by(by_name),
    }
}

/// What else there is to choose, each with how many units one would get.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<(UnitKind, usize)>,
    /// Organisations, by id.
    pub organisations: Vec<(OrganisationId, usize)>,
    /// Districts, as indexes.
    pub districts: Vec<(usize, usize)>,
    /// Facts of how one gets in.
    pub access: Vec<(Feature, usize)>,
}

/// Counts what else there is to choose: for each group without its own choice, so that one can
/// choose otherwise.
#[must_use]
pub fn facets(all: &Everything, filter: &Filter, around: &Around<'_>) -> Facets {
    let open = filter.open.then(|| all.open_now(around.now).0);
    let judge = Judge::new(filter, around, open);
    let today = civil_date(around.now);
    let mut kinds = BTreeMap::new();
    let mut organisations = BTreeMap::new();
    let mut districts = BTreeMap::new();
    let mut access = BTreeMap::new();
    let all = all.units.iter().enumerate();
    for (at, entry) in all.filter(|(_, it)| !it.unit.is_closed_on(today)) {
        if judge.takes((at, entry), Except::Kinds) {
            *kinds.entry(entry.unit.kind).or_insert(0) += 1;
        }
        if judge.takes((at, entry), Except::Organisation) {
            *organisations.entry(entry.unit.organisation).or_insert(0) += 1;
        }
        if around.districts.is_some()
            && judge.takes((at, entry), Except::District)
            && let Some(district) = judge.district_of(entry)
        {
            *districts.entry(district).or_insert(0) += 1;
        }
        if !entry.unit.data.features.is_empty() && judge.takes((at, entry), Except::Access) {
            for feature in &entry.unit.data.features {
                *access.entry(*feature).or_insert(0) += 1;
            }
        }
    }
    Facets {
        kinds: kinds.into_iter().collect(),
        organisations: organisations.into_iter().collect(),
        districts: districts.into_iter().collect(),
        access: access.into_iter().collect(),
    }
}

impl Near {
    /// What is written, for the form.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::Written(words) => words,
            Self::Point(_) => "",
        }
    }
}
