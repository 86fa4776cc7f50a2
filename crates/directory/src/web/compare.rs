//! Two to four units side by side.

use askama::Template;
use torg_almanac::ALMANAC_TAG;
use torg_kernel::{Locale, Result, Timestamp};
use torg_ui::{NavLink, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::find::status;
use super::public::alternates;
use super::{Directory, list_href};
use crate::finding::MOST_COMPARED;
use crate::hours::short_lines;
use crate::model::Offer;
use crate::register::{Entry, Everything};
use crate::service::{STANDING_TAG, unit_tag};
use crate::services::SERVICES_TAG;
use crate::views::UnitComparePage;

pub(super) fn href(locale: Locale) -> &'static str {
    match locale == Locale::EN {
        true => "/en/find/compare",
        false => "/hitta/jamfor",
    }
}

fn address(locale: Locale, slugs: &[&str]) -> String {
    match slugs.is_empty() {
        true => href(locale).to_owned(),
        false => format!("{}?units={}", href(locale), slugs.join(",")),
    }
}

/// The units that the address names.
pub(super) async fn get(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let named = request.query("units").unwrap_or_default();
    let mut units: Vec<&Entry> = Vec::new();
    for entry in named
        .split(',')
        .take(50)
        .filter_map(|slug| all.by_slug(slug.trim()))
    {
        if units.len() < MOST_COMPARED && !units.iter().any(|own| own.unit.id == entry.unit.id) {
            units.push(entry);
        }
    }
    let slugs: Vec<&str> = units.iter().map(|entry| &*entry.unit.slug).collect();
    let t = T::of(locale);
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.extend(units.iter().map(|entry| unit_tag(entry.unit.id)));
    tags.extend([STANDING_TAG, SERVICES_TAG, ALMANAC_TAG].map(str::to_owned));
    let mut shell = Shell::new(chrome, t.get("compare-title"), address(locale, &slugs));
    shell.alternates = alternates(|locale| address(locale, &slugs));
    shell.noindex = true;
    shell.crumbs = vec![NavLink::new(t.get("units-title"), list_href(locale))];
    let mut until: Option<Timestamp> = None;
    let rows = rows(t, &all, &units, request.now, &mut until);
    let view = UnitComparePage {
        units: units
            .iter()
            .map(|entry| {
                let own = &entry.unit;
                let rest: Vec<&str> = slugs.iter().copied().filter(|it| *it != own.slug).collect();
                let link = NavLink::new(own.name(locale), own.href(locale));
                (link, address(locale, &rest))
            })
            .collect(),
        rows,
        back: format!("{}?compare={}", list_href(locale), slugs.join(",")),
        shell,
    };
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = until;
    // Any four of thousands: too many to keep.
    page.keep = false;
    Ok(Outcome::Page(page))
}

type Rows = Vec<(String, Vec<Vec<String>>)>;

fn offers(offers: &[Offer], locale: Locale) -> Vec<String> {
    let labels = offers.iter().map(|offer| offer.label(locale).to_owned());
    labels.collect()
}

fn rows(
    t: T,
    all: &Everything,
    units: &[&Entry],
    now: Timestamp,
    until: &mut Option<Timestamp>,
) -> Rows {
    let locale = t.locale();
    let mut rows: Rows = Vec::new();
    let mut add = |key: &str, cell: &mut dyn FnMut(&Entry) -> Vec<String>| {
        let cells: Vec<Vec<String>> = units.iter().map(|entry| cell(entry)).collect();
        if cells.iter().any(|lines| !lines.is_empty()) {
            rows.push((t.get(key).into_owned(), cells));
        }
    };
    add("units-kind", &mut |entry| {
        vec![
            t.get(&format!("unit-kind-{}", entry.unit.kind.as_str()))
                .into_owned(),
        ]
    });
    add("compare-open", &mut |entry| {
        let said = status(t, entry, &all.almanac, now);
        if let Some((_, change)) = &said {
            *until = Some(until.map_or(*change, |until| until.min(*change)));
        }
        said.map(|(status, _)| status.text).into_iter().collect()
    });
    add("unit-hours", &mut |entry| {
        let hours = entry.unit.data.hours.as_ref();
        hours
            .map(|hours| short_lines(t, hours.with(&all.almanac), now))
            .unwrap_or_default()
    });
    add("unit-edit-address", &mut |entry| {
        let address = entry.unit.data.address.as_ref();
        address.map(|own| own.lines()).unwrap_or_default()
    });
    add("unit-getting-there", &mut |entry| {
        let way = entry.unit.data.getting_there.get(locale);
        Some(way.to_owned())
            .filter(|way| !way.is_empty())
            .into_iter()
            .collect()
    });
    add("units-phone", &mut |entry| {
        let data = &entry.unit.data;
        let more = data.phones.iter().map(|own| &own.number);
        data.phone.iter().chain(more).cloned().collect()
    });
    add("unit-services", &mut |entry| {
        let mut lines = offers(&entry.unit.data.services, locale);
        let given = all.services_at(&entry.unit).into_iter();
        lines.extend(given.map(|service| service.name(locale).to_owned()));
        lines
    });
    add("unit-accessibility", &mut |entry| {
        let data = &entry.unit.data;
        let facts = data.features.iter();
        let facts = facts.map(|it| t.get(&format!("unit-feature-{}", it.as_str())).into_owned());
        facts.chain(offers(&data.accessibility, locale)).collect()
    });
    rows
}
