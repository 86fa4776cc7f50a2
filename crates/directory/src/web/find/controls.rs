//! What stands beside the list: the form with its counts, orders, and choices that can be taken back.

use torg_kernel::{Locale, sort_key};
use torg_ui::{NavLink, T};

use super::{Asked, list_href};
use crate::finding::{Facets, Filter, Near, Nearness, PlaceFound, Sort};
use crate::views::{Choice, Finder};

/// What is chosen to be compared, each with the address without it.
pub(super) fn compared(filter: &Filter, asked: &Asked, locale: Locale) -> Vec<NavLink> {
    let chosen = filter
        .compare
        .iter()
        .filter_map(|slug| asked.all.by_slug(slug));
    chosen
        .map(|entry| {
            let without = filter.with(|other| {
                other.compare.retain(|slug| *slug != entry.unit.slug);
            });
            NavLink::new(entry.unit.name(locale), without.href(locale))
        })
        .collect()
}

/// The orders that the list can stand in.
pub(super) fn orders(t: T, filter: &Filter, near: bool) -> Vec<Choice> {
    let usual = match (near, filter.q.is_empty()) {
        (true, _) => Some("find-order-near"),
        (false, false) => Some("find-order-fit"),
        (false, true) => None,
    };
    let mut all: Vec<(Sort, &str)> = usual.map(|key| (Sort::Usual, key)).into_iter().collect();
    let by_name = if usual.is_some() {
        Sort::Name
    } else {
        Sort::Usual
    };
    all.extend([
        (by_name, "find-order-name"),
        (Sort::Changed, "find-order-changed"),
    ]);
    all.into_iter()
        .map(|(sort, key)| Choice {
            value: String::new(),
            label: t.get(key).into_owned(),
            count: 0,
            href: filter.with(|other| other.sort = sort).href(t.locale()),
            chosen: filter.sort == sort
                || (usual.is_none() && filter.sort == Sort::Name && sort == by_name),
        })
        .collect()
}

fn choice(
    filter: &Filter,
    locale: Locale,
    (value, label, count): (&str, String, usize),
    chosen: bool,
    change: impl FnOnce(&mut Filter),
) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        count,
        href: filter.with(change).href(locale),
        chosen,
    }
}

/// The form beside the list, with how many there are of each.
pub(super) fn finder(t: T, filter: &Filter, asked: &Asked, counted: &Facets) -> Finder {
    let locale = t.locale();
    let kinds = counted.kinds.iter().map(|(kind, count)| {
        let label = t.get(&format!("unit-kind-{}", kind.as_str())).into_owned();
        let chosen = filter.kinds.contains(kind);
        choice(
            filter,
            locale,
            (kind.as_str(), label, *count),
            chosen,
            |other| {
                other.kinds = vec![*kind];
            },
        )
    });
    let mut organisations: Vec<Choice> = counted
        .organisations
        .iter()
        .filter_map(|(id, count)| {
            let entry = asked.organisations.find(*id)?;
            let chosen = filter.organisation.as_deref() == Some(&*entry.key);
            let label = entry.name(locale).to_owned();
            Some(choice(
                filter,
                locale,
                (&entry.key, label, *count),
                chosen,
                |other| {
                    other.organisation = Some(entry.key.clone());
                },
            ))
        })
        .collect();
    organisations.sort_by_cached_key(|choice| sort_key(&choice.label));
    let districts = asked.districts.iter().flat_map(|districts| {
        counted.districts.iter().map(|(at, count)| {
            let own = &districts.all()[*at];
            let chosen = filter.district.as_deref() == Some(&*own.key);
            choice(
                filter,
                locale,
                (&own.key, own.name.clone(), *count),
                chosen,
                |other| {
                    other.district = Some(own.key.clone());
                },
            )
        })
    });
    let access = counted.access.iter().map(|(feature, count)| {
        let label = t
            .get(&format!("unit-feature-{}", feature.as_str()))
            .into_owned();
        let chosen = filter.access.contains(feature);
        choice(
            filter,
            locale,
            (feature.as_str(), label, *count),
            chosen,
            |other| match chosen {
                true => other.access.retain(|own| own != feature),
                false => other.access.push(*feature),
            },
        )
    });
    let near = filter.near.as_ref();
    Finder {
        t,
        sorted: filter.sort != Sort::Usual,
        action: list_href(locale).to_owned(),
        q: filter.q.clone(),
        place: near
            .map(|near| near.written().to_owned())
            .unwrap_or_default(),
        place_note: near.map(|near| match &asked.place {
            Some(place) => from_words(t, near, place),
            None => t.one("find-place-unknown", "place", near.written()),
        }),
        place_unknown: asked.unknown,
        kinds: kinds.collect(),
        several_kinds: (filter.kinds.len() > 1).then(|| {
            let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.as_str()).collect();
            kinds.join(",")
        }),
        organisations,
        districts: districts.collect(),
        open: filter.open,
        hidden: filter
            .pairs()
            .into_iter()
            .filter(|(name, _)| matches!(*name, "access" | "near" | "compare"))
            .collect(),
        access: access.collect(),
        chosen: chosen(t, filter, asked),
        clear_href: list_href(locale).to_owned(),
    }
}

/// What the place was taken for, and what was not found of it.
fn from_words(t: T, near: &Near, place: &PlaceFound) -> String {
    let label = place.label.as_str();
    match place.nearness {
        Nearness::Itself => t.one("find-from", "place", label),
        Nearness::Number => t.two("find-from-number", "asked", near.written(), "place", label),
        Nearness::Street => t.one("find-from-street", "place", label),
    }
}

/// Choices that were made, each with the address without it.
pub(super) fn chosen(t: T, filter: &Filter, asked: &Asked) -> Vec<NavLink> {
    let locale = t.locale();
    let mut all = Vec::new();
    let mut add = |label: String, change: &dyn Fn(&mut Filter)| {
        all.push(NavLink::new(label, filter.with(change).href(locale)));
    };
    if !filter.q.is_empty() {
        add(format!("”{}”", filter.q), &|other| other.q.clear());
    }
    for kind in &filter.kinds {
        let label = t.get(&format!("unit-kind-{}", kind.as_str())).into_owned();
        add(label, &|other| other.kinds.retain(|own| own != kind));
    }
    if let Some(key) = &filter.organisation {
        let entry = asked.organisations.by_key(key);
        let label = entry.map_or(&**key, |entry| entry.name(locale)).to_owned();
        add(label, &|other| other.organisation = None);
    }
    if let Some(key) = &filter.district {
        let districts = asked.districts.as_ref();
        let own = districts.and_then(|all| all.all().iter().find(|own| own.key == *key));
        let label = own.map_or(&**key, |own| &own.name).to_owned();
        add(label, &|other| other.district = None);
    }
    if filter.open {
        add(t.get("find-open").into_owned(), &|other| other.open = false);
    }
    for feature in &filter.access {
        let label = t
            .get(&format!("unit-feature-{}", feature.as_str()))
            .into_owned();
        add(label, &|other| other.access.retain(|own| own != feature));
    }
    if let Some(place) = &asked.place {
        let key = match place.nearness {
            Nearness::Street => "find-from-street",
            Nearness::Itself | Nearness::Number => "find-from",
        };
        let label = t.one(key, "place", place.label.as_str());
        add(label, &|other| other.near = None);
    }
    all
}
