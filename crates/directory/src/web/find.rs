//! `/hitta`: the directory's first page, the list that an address asks for, and the table to print.

mod controls;

use std::sync::Arc;

use askama::Template;
use torg_almanac::{ALMANAC_TAG, Almanac};
use torg_geo::Point;
use torg_kernel::{Locale, Result, Timestamp, civil_date};
use torg_ui::{NavLink, OpenStatus, Paging, Shell, T};
use torg_web::{ORGANISATIONS_TAG, OrganisationList, Outcome, Page, PageRequest};

use self::controls::{chosen, compared, finder, orders};
use super::public::alternates;
use super::{Directory, list_href};
use crate::finding::{
    Around, Districts, Filter, Found, MOST_COMPARED, Near, PlaceFound, Sort, View, facets,
    known_place, select,
};
use crate::hours::{open_status, short_lines};
use crate::register::{Entry, Everything};
use crate::service::{STANDING_TAG, UNIT_DETAILS_TAG, UNITS_TAG, kind_tag};
use crate::services::{Category, SERVICES_TAG};
use crate::views::{Choice, Finder, KindTile, PrintRow, UnitItem, UnitListPage, UnitPrintPage};

/// Units on one page of a list.
const ROWS: usize = 30;
/// Units in one table to print at most.
const PRINTED: usize = 500;
/// What was changed lately, on the first page.
const LATELY: usize = 4;

/// What a list is made from.
pub(super) struct Asked {
    pub all: Arc<Everything>,
    pub organisations: Arc<OrganisationList>,
    pub districts: Option<Arc<dyn Districts>>,
    pub place: Option<PlaceFound>,
    pub tags: Vec<String>,
    /// Whether a place was written that nobody knows.
    pub unknown: bool,
}

impl Asked {
    /// Reads what a filter needs.
    pub(super) async fn read(
        directory: &Directory,
        request: &PageRequest,
        filter: &Filter,
        locale: Locale,
    ) -> Result<Self> {
        let reading = &request.reading;
        let all = directory.register.read(reading).await?;
        let organisations = request.organisations().await?;
        let mut tags = [ORGANISATIONS_TAG, ALMANAC_TAG].map(str::to_owned).to_vec();
        if filter.is_by_kind() {
            tags.push(STANDING_TAG.to_owned());
            tags.extend(filter.kinds.iter().copied().map(kind_tag));
        } else {
            tags.push(UNITS_TAG.to_owned());
        }
        let districts = directory.surroundings.districts(reading).await?;
        let districts = districts.map(|(districts, own)| {
            tags.extend(own);
            districts
        });
        let place = match &filter.near {
            None => None,
            Some(Near::Point(point)) => {
                Some(PlaceFound::new(T::of(locale).get("find-here"), *point))
            }
            Some(Near::Written(words)) => match directory.surroundings.place(reading, words).await?
            {
                Some(found) => Some(found),
                None => known_place(&all, locale, words),
            },
        };
        Ok(Self {
            unknown: filter.near.is_some() && place.is_none(),
            all,
            organisations,
            districts,
            place,
            tags,
        })
    }

    pub(super) fn around(&self, locale: Locale, now: Timestamp) -> Around<'_> {
        Around {
            locale,
            now,
            organisations: &self.organisations,
            districts: self.districts.as_deref(),
            from: self.from(),
        }
    }

    fn from(&self) -> Option<Point> {
        self.place.as_ref().map(|place| place.point)
    }
}

/// The list that the address asks for.
pub(super) async fn list(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let filter = Filter::read(|name| request.query(name));
    let asked = Asked::read(directory, request, &filter, locale).await?;
    let around = asked.around(locale, request.now);
    let (found, until) = select(&asked.all, &filter, &around);
    if filter.view == View::Print {
        return print(request, &filter, &asked, &found, locale, until).await;
    }
    let counted = facets(&asked.all, &filter, &around);
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.extend(asked.tags.iter().cloned());
    let t = T::of(locale);
    let finder = finder(t, &filter, &asked, &counted);
    let mut shell = Shell::new(chrome, title(t, &filter), filter.href(locale));
    shell.alternates = alternates(|locale| filter.href(locale));
    if filter.is_empty() {
        shell.description = t.get("units-lede").into_owned();
    } else {
        shell.crumbs = vec![NavLink::new(t.get("units-title"), list_href(locale))];
    }
    shell.noindex = !filter.is_common();
    shell.feed = Some(NavLink::new(
        t.get("find-changed"),
        super::changed::feed_href(locale),
    ));
    let (view, shown_until) = view(shell, finder, &filter, &asked, found, request.now);
    if filter.is_empty() {
        tags.push(SERVICES_TAG.to_owned());
    }
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = [until, shown_until].into_iter().flatten().min();
    page.keep = filter.is_common();
    Ok(Outcome::Page(page))
}

/// The one kind that is asked for names the page.
fn title(t: T, filter: &Filter) -> String {
    match (filter.sort, &filter.kinds[..]) {
        (Sort::Changed, _) => t.get("find-changed").into_owned(),
        (_, [kind]) => t.get(&format!("unit-kind-{}", kind.as_str())).into_owned(),
        _ => t.get("units-title").into_owned(),
    }
}

fn view(
    shell: Shell,
    finder: Finder,
    filter: &Filter,
    asked: &Asked,
    found: Vec<Found>,
    now: Timestamp,
) -> (UnitListPage, Option<Timestamp>) {
    let t = shell.t();
    let locale = t.locale();
    let landing = filter.is_empty();
    let total = found.len();
    let pages = total.div_ceil(ROWS).max(1);
    let page = filter.page.min(pages);
    let mut until = None;
    let shown: Vec<&Found> = match landing {
        true => Vec::new(),
        false => found.iter().skip((page - 1) * ROWS).take(ROWS).collect(),
    };
    let units = shown
        .into_iter()
        .map(|found| item(t, filter, found, &asked.all.almanac, now, &mut until))
        .collect();
    let at = |page: usize| filter.with(|other| other.page = page).href(locale);
    let tiles = if landing {
        tiles(filter, &found, locale)
    } else {
        Vec::new()
    };
    let changed = match landing {
        true => lately(t, filter, &found, &asked.all.almanac, now),
        false => Vec::new(),
    };
    let compare = compared(filter, asked, locale);
    let view = UnitListPage {
        services: if landing {
            categories(t, &asked.all, now)
        } else {
            Vec::new()
        },
        changed,
        changed_href: filter.with(|other| other.sort = Sort::Changed).href(locale),
        tiles,
        total,
        units,
        orders: orders(t, filter, asked.place.is_some()),
        print_href: filter.with(|other| other.view = View::Print).href(locale),
        compare_href: (compare.len() > 1).then(|| {
            let path = super::compare::href(locale);
            format!("{path}?units={}", filter.compare.join(","))
        }),
        compare,
        compare_clear: filter.with(|other| other.compare.clear()).href(locale),
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| at(page - 1)),
            next_href: (page < pages).then(|| at(page + 1)),
        },
        finder,
        shell,
    };
    (view, until)
}

fn item(
    t: T,
    filter: &Filter,
    found: &Found,
    almanac: &Almanac,
    now: Timestamp,
    until: &mut Option<Timestamp>,
) -> UnitItem {
    let (unit, locale) = (&found.entry.unit, t.locale());
    let chosen = filter.compare.contains(&unit.slug);
    let open = unit.data.hours.as_ref().map(|hours| {
        let said = open_status(t, hours.with(almanac), now);
        *until = Some(until.map_or(said.until, |until| until.min(said.until)));
        said.status
    });
    let toggled = filter.with(|other| {
        other.page = filter.page;
        other.compare.retain(|slug| *slug != unit.slug);
        if !chosen {
            other.compare.push(unit.slug.clone());
        }
    });
    let room = chosen || filter.compare.len() < MOST_COMPARED;
    UnitItem {
        name: unit.name(locale).to_owned(),
        href: unit.href(locale),
        kind: unit.kind.as_str().to_owned(),
        address: unit.data.place(),
        open,
        distance: found.metres.map(|metres| distance(t, metres)),
        changed: (filter.sort == Sort::Changed).then(|| changed_words(t, &found.entry)),
        compare: room.then(|| Choice {
            value: unit.slug.clone(),
            label: match chosen {
                true => t.get("find-compare-chosen"),
                false => t.get("find-compare"),
            }
            .into_owned(),
            count: 0,
            href: toggled.href(locale),
            chosen,
        }),
    }
}

pub(super) fn changed_words(t: T, entry: &Entry) -> String {
    let day = civil_date(entry.unit.updated_at);
    t.one("find-changed-on", "date", torg_ui::date(t, day))
}

/// “350 m”, “1,2 km”.
#[must_use]
pub(super) fn distance(t: T, metres: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no distance on earth is longer than 20 037 km"
    )]
    let whole = metres.round() as i64;
    if whole < 950 {
        // Nobody walks to the metre.
        return t.one("find-metres", "count", (whole + 25) / 50 * 50);
    }
    t.one(
        "find-kilometres",
        "count",
        torg_ui::decimal(t, (whole + 50) / 100, 1),
    )
}

fn tiles(filter: &Filter, found: &[Found], locale: Locale) -> Vec<KindTile> {
    let kinds = crate::model::UnitKind::ALL.iter();
    kinds
        .map(|kind| KindTile {
            kind: kind.as_str().to_owned(),
            href: filter.with(|other| other.kinds = vec![*kind]).href(locale),
            count: found
                .iter()
                .filter(|it| it.entry.unit.kind == *kind)
                .count(),
        })
        .filter(|tile| tile.count > 0)
        .collect()
}

fn lately(
    t: T,
    filter: &Filter,
    found: &[Found],
    almanac: &Almanac,
    now: Timestamp,
) -> Vec<UnitItem> {
    let mut newest: Vec<&Found> = found.iter().collect();
    newest.sort_by_key(|it| std::cmp::Reverse(it.entry.unit.updated_at));
    let changed = Filter {
        sort: Sort::Changed,
        ..filter.clone()
    };
    let items = newest.into_iter().take(LATELY);
    items
        .map(|it| item(t, &changed, it, almanac, now, &mut None))
        .collect()
}

fn categories(t: T, all: &Everything, now: Timestamp) -> Vec<NavLink> {
    let today = civil_date(now);
    let open = |category: &Category| {
        let mut services = all.services.iter();
        services.any(|own| own.category == *category && !own.is_closed_on(today))
    };
    let path = super::service_page::list_href(t.locale());
    Category::ALL
        .iter()
        .filter(|category| open(category))
        .map(|category| {
            let name = t.get(&format!("service-category-{}", category.as_str()));
            NavLink::new(name, format!("{path}?category={}", category.as_str()))
        })
        .collect()
}

/// All that was asked for as one table.
async fn print(
    request: &PageRequest,
    filter: &Filter,
    asked: &Asked,
    found: &[Found],
    locale: Locale,
    until: Option<Timestamp>,
) -> Result<Outcome> {
    let t = T::of(locale);
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.extend(asked.tags.iter().cloned());
    tags.push(UNIT_DETAILS_TAG.to_owned());
    let mut shell = Shell::new(chrome, title(t, filter), filter.href(locale));
    shell.alternates = alternates(|locale| filter.href(locale));
    shell.noindex = true;
    let back = filter.with(|other| other.view = View::List).href(locale);
    shell.crumbs = vec![NavLink::new(t.get("units-title"), back.clone())];
    let row = |found: &Found| {
        let (unit, data) = (&found.entry.unit, &found.entry.unit.data);
        let more = data.phones.iter().map(|own| {
            let name = own.name.get(locale);
            format!("{name}: {}", own.number)
        });
        PrintRow {
            name: unit.name(locale).to_owned(),
            address: data
                .address
                .as_ref()
                .map(|own| own.lines())
                .unwrap_or_default(),
            phones: data.phone.iter().cloned().chain(more).collect(),
            hours: data
                .hours
                .as_ref()
                .map(|hours| short_lines(t, hours.with(&asked.all.almanac), request.now))
                .unwrap_or_default(),
            distance: found.metres.map(|metres| distance(t, metres)),
        }
    };
    let view = UnitPrintPage {
        asked: chosen(t, filter, asked)
            .into_iter()
            .map(|link| link.label)
            .collect(),
        rows: found.iter().take(PRINTED).map(row).collect(),
        total: found.len(),
        made: t.one(
            "find-print-made",
            "date",
            torg_ui::date_time(t, request.now),
        ),
        back,
        shell,
    };
    let mut page = Page::html(view.render()?, tags);
    // The moment is said on it.
    page.fresh_until = until;
    page.keep = false;
    Ok(Outcome::Page(page))
}

/// What a list says of opening hours, for those beside it.
pub(super) fn status(
    t: T,
    entry: &Entry,
    almanac: &Almanac,
    now: Timestamp,
) -> Option<(OpenStatus, Timestamp)> {
    let hours = entry.unit.data.hours.as_ref()?;
    let said = open_status(t, hours.with(almanac), now);
    Some((said.status, said.until))
}
