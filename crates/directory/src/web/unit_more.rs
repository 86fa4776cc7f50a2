//! What else the page of a unit shows, gathered from the register.

use torg_kernel::{Locale, Timestamp, civil_date};
use torg_ui::{NavLink, T, tel_href};

use super::find::distance;
use crate::details::Closure;
use crate::finding::{Filter, Near, Sort, point};
use crate::hours::{next_midnight, plan_words};
use crate::model::{Position, Unit};
use crate::register::Everything;
use crate::views::{EntranceView, NearView, PlaceView, PlanView, UnitMore};

/// What lies near is not farther than this, in metres.
const NEAR: f64 = 3_000.0;
/// What lies near at most.
const NEAREST: usize = 5;

/// Where one says that something is wrong with a unit.
pub(crate) fn wrong_href(unit: &Unit, locale: Locale) -> String {
    match locale == Locale::EN {
        true => format!("/en/find/{}/wrong", unit.slug),
        false => format!("/hitta/{}/stammer-inte", unit.slug),
    }
}

pub(super) fn place(at: Position, locale: Locale) -> PlaceView {
    let map_href = crate::resolver::map_href(at, locale);
    let at = point(at);
    let grid = at.sweref();
    PlaceView {
        degrees: at.to_string(),
        grid: format!("N {:.0}, E {:.0}", grid.north, grid.east),
        map_href,
    }
}

/// What is said of the end of a unit, with the unit to go to instead.
fn ending(t: T, all: &Everything, closed: &Closure, gone: bool) -> (String, Option<NavLink>) {
    let locale = t.locale();
    let key = if gone { "unit-ended" } else { "unit-ends" };
    let day = torg_ui::date(t, closed.on);
    let said = format!("{} {}", t.one(key, "date", day), closed.reason.get(locale));
    let instead = closed.instead.as_deref().and_then(|key| all.by_key(key));
    let link = instead.map(|own| NavLink::new(own.unit.name(locale), own.unit.href(locale)));
    (said.trim_end().to_owned(), link)
}

/// All of it, and until when it is true.
pub(super) fn more(
    t: T,
    all: &Everything,
    unit: &Unit,
    now: Timestamp,
) -> (UnitMore, Option<Timestamp>) {
    let (locale, data, today) = (t.locale(), &unit.data, civil_date(now));
    let gone = unit.is_closed_on(today);
    let link = |own: &Unit| NavLink::new(own.name(locale), own.href(locale));
    let notice = data.notice.as_ref();
    let said = notice.filter(|notice| notice.holds_on(today));
    let coming = notice.and_then(|notice| notice.next_change(today));
    let dated = coming.is_some() || data.closed.as_ref().is_some_and(|it| it.on > today);
    let plan = data.hours.as_ref();
    let plan = plan.map(|hours| plan_words(t, hours.with(&all.almanac), now));
    let at = data.position.map(Near::of);
    let near = Filter {
        near: at,
        ..Filter::default()
    };
    let kind = Filter {
        kinds: vec![unit.kind],
        sort: Sort::Usual,
        ..near.clone()
    };
    let kind_name = t.get(&format!("unit-kind-{}", unit.kind.as_str()));
    let related = all.related(unit).into_iter();
    let related = related.filter(|entry| !entry.unit.is_closed_on(today));
    let services = all.services_at(unit).into_iter();
    let services = services.filter(|service| !service.is_closed_on(today));
    let more = UnitMore {
        notice: said.map(|notice| notice.text.get(locale).to_owned()),
        ending: data
            .closed
            .as_ref()
            .map(|closed| ending(t, all, closed, gone)),
        gone,
        phones: data
            .phones
            .iter()
            .map(|own| {
                let name = own.name.get(locale).to_owned();
                (name, own.number.clone(), tel_href(&own.number))
            })
            .collect(),
        web: data
            .web
            .iter()
            .map(|own| NavLink::new(own.name.get(locale), own.url.as_str()))
            .collect(),
        place: data.position.map(|at| place(at, locale)),
        entrances: data
            .entrances
            .iter()
            .map(|own| EntranceView {
                name: own.name.get(locale).to_owned(),
                note: own.note.get(locale).to_owned(),
                at: own.position.map(|at| place(at, locale)),
            })
            .collect(),
        features: data
            .features
            .iter()
            .map(|own| {
                t.get(&format!("unit-feature-{}", own.as_str()))
                    .into_owned()
            })
            .collect(),
        plan: plan
            .into_iter()
            .flatten()
            .map(|part| PlanView {
                heading: part.heading,
                lines: part.lines,
                note: part.note,
            })
            .collect(),
        services: services
            .map(|own| NavLink::new(own.name(locale), own.href(locale)))
            .collect(),
        related: related.map(|entry| link(&entry.unit)).collect(),
        near: nearest(t, all, unit, now),
        near_href: near.href(locale),
        kind_href: Some(NavLink::new(kind_name, kind.href(locale))),
        wrong_href: wrong_href(unit, locale),
        changed_href: Filter {
            sort: Sort::Changed,
            ..Filter::default()
        }
        .href(locale),
    };
    (more, dated.then(|| next_midnight(now)))
}

/// The nearest units of other kinds and of its own.
fn nearest(t: T, all: &Everything, unit: &Unit, now: Timestamp) -> Vec<NearView> {
    let (locale, today) = (t.locale(), civil_date(now));
    let Some(from) = unit.data.position.map(point) else {
        return Vec::new();
    };
    let mut near: Vec<(f64, &Unit)> = all
        .units
        .iter()
        .map(|entry| &entry.unit)
        .filter(|other| other.id != unit.id && !other.is_closed_on(today))
        .filter_map(|other| Some((from.distance(point(other.data.position?)), other)))
        .filter(|(metres, _)| *metres <= NEAR)
        .collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0));
    near.into_iter()
        .take(NEAREST)
        .map(|(metres, other)| NearView {
            unit: NavLink::new(other.name(locale), other.href(locale)),
            kind: t
                .get(&format!("unit-kind-{}", other.kind.as_str()))
                .into_owned(),
            distance: distance(t, metres),
        })
        .collect()
}

impl Near {
    /// The point of a unit.
    #[must_use]
    pub fn of(at: Position) -> Self {
        Self::Point(point(at))
    }
}
