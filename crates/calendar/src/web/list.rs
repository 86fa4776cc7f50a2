//! The calendar as a list, day by day.

use askama::Template;
use jiff::civil::Date;
use serde_json::json;
use torg_kernel::{EventId, Locale, OrganisationId, Result, Timestamp, civil_date};
use torg_ui::{Alternate, NavLink, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::Calendar;
use super::choices::{Choices, view_path};
use super::draw::{Shown, day_heading};
use crate::filter::{Filter, NamedDays, OccasionQuery, When, begins, plus};
use crate::model::calendar_href;
use crate::neighbours::AreaEntry;
use crate::service::EVENTS_TAG;
use crate::store::{self, OccasionRow};
use crate::views::{CalendarPage, DayBlock, Follow, Tally, Views};

/// Occasions on a page.
const ROWS: i64 = 40;
/// The last page that is offered: whoever looks further narrows the days.
const PAGES: i64 = 100;
/// The most events that words may find.
const FOUND: usize = 1_000;
/// What goes on and began before, at most.
const ONGOING: usize = 12;

/// Languages in which the calendar has pages.
pub(crate) const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

pub(super) fn alternates(href: impl Fn(Locale) -> String) -> Vec<Alternate> {
    LOCALES
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: href(locale),
        })
        .collect()
}

/// What a page was asked for, worked out: the same for lists, months, feeds and programs.
pub struct Asked {
    /// What was asked for.
    pub filter: Filter,
    /// The question to the table.
    pub query: OccasionQuery,
    /// School breaks from now on.
    pub breaks: Vec<NamedDays>,
    /// The parts of the city.
    pub areas: Vec<AreaEntry>,
    /// What the answer must be dropped for beside what it shows.
    pub tags: Vec<String>,
    /// Whether the answer may be kept: there are too many words, points and days to keep each.
    pub keep: bool,
}

impl Asked {
    /// Reads the question of a request, and asks the site's search and the organisations for what only
    /// they know.
    ///
    /// # Errors
    /// When the database or the index fails.
    pub async fn read(calendar: &Calendar, request: &PageRequest, locale: Locale) -> Result<Self> {
        let filter = Filter::read(|name| request.query(name));
        let snapshot = request.snapshot().await?;
        let today = civil_date(request.now);
        let breaks = calendar
            .neighbours
            .breaks(snapshot, locale, today, plus(today, 400))
            .await?;
        let areas = calendar.neighbours.areas(snapshot, locale).await?;
        let mut query = filter.asked(request.now, &breaks);
        let mut tags = vec![EVENTS_TAG.to_owned(), super::ALMANAC_TAG.to_owned()];
        if let Some(key) = &filter.organisation {
            let organisations = request.organisations().await?;
            let found = organisations.by_key(key).map(|entry| entry.id);
            tags.extend(found.map(|id| format!("organisation:{id}")));
            query.organisations = Some(found.into_iter().collect::<Vec<OrganisationId>>());
        }
        if !filter.words.is_empty() {
            let found = calendar
                .neighbours
                .find_events(&filter.words, locale, FOUND)
                .await?;
            query.events = Some(found);
        }
        let known_break = match &filter.when {
            When::Named(key) => breaks.iter().any(|own| own.key == *key),
            When::Days(..) => false,
            _ => true,
        };
        let known_area = filter
            .area
            .as_ref()
            .is_none_or(|key| areas.iter().any(|own| own.key == *key));
        let many = filter.categories.len() + filter.audiences.len() + filter.ease.len() > 2;
        Ok(Self {
            keep: known_break
                && known_area
                && !many
                && filter.words.is_empty()
                && filter.near.is_none()
                && filter.place.is_none()
                && filter.age.is_none()
                && filter.organisation.is_none(),
            filter,
            query,
            breaks,
            areas,
            tags,
        })
    }
}

/// When a page that lists occasions becomes untrue: at midnight, or when the first of them is over.
pub(super) fn fresh_until(now: Timestamp, rows: &[OccasionRow]) -> Timestamp {
    let midnight = begins(plus(civil_date(now), 1));
    rows.iter()
        .map(|row| row.ends_at)
        .filter(|at| *at > now)
        .fold(midnight, Timestamp::min)
}

/// The list.
pub(super) async fn list(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let asked = Asked::read(calendar, request, locale).await?;
    let path = calendar_href(locale);
    let page: i64 = request
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1)
        .clamp(1, PAGES);
    let snapshot = request.snapshot().await?;
    let rows =
        store::list_occasions(&**snapshot, &asked.query, (page - 1) * ROWS, ROWS + 1).await?;
    let count = store::count_occasions(&**snapshot, &asked.query).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let more = rows.len() as i64 > ROWS && page < PAGES;
    let rows = &rows[..rows.len().min(usize::try_from(ROWS)?)];
    let shown = Shown::read(calendar, request, locale, rows).await?;
    let holidays = named_days(calendar, request, locale, rows).await?;
    let t = T::of(locale);
    let choices = Choices {
        t,
        filter: &asked.filter,
        path,
        breaks: &asked.breaks,
        areas: &asked.areas,
        now: request.now,
    };
    let mut shell = Shell::new(chrome, t.get("calendar-title"), path);
    shell.description = t.get("calendar-lede").into_owned();
    shell.alternates = alternates(|locale| calendar_href(locale).to_owned());
    let filtered = !asked.filter.is_empty();
    shell.noindex = filtered || page > 1;
    shell.json_ld = Some(json_ld(&shell, rows, &shown, locale));
    let atom = format!("{path}.atom");
    shell.feed = Some(NavLink::new(
        t.get("calendar-title"),
        asked.filter.href(&atom),
    ));
    let (more_rows, opened) = choices.more();
    let (ongoing, days) = split(t, &asked, rows, &shown, &holidays, request.now);
    let at_page = |number: i64| {
        let mut pairs = asked.filter.pairs();
        pairs.push(("page", number.to_string()));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        format!("{path}?{query}")
    };
    let mut without = asked.filter.clone();
    without.near = None;
    without.within = None;
    let mut near = without.query();
    if !near.is_empty() {
        near.push('&');
    }
    let view = CalendarPage {
        fields: choices.fields(),
        carried: choices.carried(),
        filtered,
        quick: choices.quick(true),
        more: more_rows,
        opened,
        near_href: format!("{path}?{near}near="),
        near_on: asked.filter.near.map(|_| without.href(path)),
        tally: Tally {
            count: usize::try_from(count).unwrap_or(0),
            days: choices.days(),
        },
        views: views(&asked.filter, locale),
        ongoing,
        days,
        next_href: more.then(|| at_page(page + 1)),
        previous_href: (page > 1).then(|| {
            if page == 2 {
                asked.filter.href(path)
            } else {
                at_page(page - 1)
            }
        }),
        follow: follow(t, &asked.filter, locale, calendar.printer.is_there()),
        shell,
    };
    tags.extend(asked.tags);
    tags.extend(shown.tags);
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = Some(
        shown
            .until
            .map_or(Timestamp::from_micros(i64::MAX), |until| until)
            .min(fresh_until(request.now, rows)),
    );
    page.keep = asked.keep;
    Ok(Outcome::Page(page))
}

/// What the days of some occasions are called.
async fn named_days(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
    rows: &[OccasionRow],
) -> Result<Vec<crate::neighbours::NamedDay>> {
    let days = rows.iter().map(|row| row.start.date());
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return Ok(Vec::new());
    };
    let first = first.max(civil_date(request.now));
    if last < first {
        return Ok(Vec::new());
    }
    let snapshot = request.snapshot().await?;
    calendar
        .neighbours
        .holidays(snapshot, locale, first, last)
        .await
}

/// What goes on since before the days that are asked for, and the rest by day.
fn split(
    t: T,
    asked: &Asked,
    rows: &[OccasionRow],
    shown: &Shown,
    holidays: &[crate::neighbours::NamedDay],
    now: Timestamp,
) -> (Vec<crate::views::EventItem>, Vec<DayBlock>) {
    let today = civil_date(now);
    let (first, _) = asked.filter.when.days(today, &asked.breaks);
    let mut ongoing = Vec::new();
    let mut days: Vec<(Date, DayBlock)> = Vec::new();
    for row in rows {
        let day = row.start.date();
        if day < first {
            if ongoing.len() < ONGOING {
                ongoing.extend(shown.ongoing(t, row));
            }
            continue;
        }
        let Some(item) = shown.item(t, row) else {
            continue;
        };
        match days.last_mut().filter(|(own, _)| *own == day) {
            Some((_, block)) => block.items.push(item),
            None => {
                let (weekday, number, month) = day_heading(t, day, today);
                let name = holidays.iter().find(|own| own.day == day);
                let block = DayBlock {
                    weekday,
                    number,
                    month,
                    datetime: day.to_string(),
                    name: name.map(|own| own.name.clone()).unwrap_or_default(),
                    items: vec![item],
                };
                days.push((day, block));
            }
        }
    }
    (ongoing, days.into_iter().map(|(_, block)| block).collect())
}

pub(super) fn views(filter: &Filter, locale: Locale) -> Views {
    let map = if locale == Locale::EN {
        "/en/map"
    } else {
        "/karta"
    };
    // The map asks the calendar by the same words, as one value of its own address.
    let mut on_map = form_urlencoded::Serializer::new(String::new());
    on_map.append_pair("layers", "events");
    if !filter.is_empty() {
        on_map.append_pair("events", &filter.query());
    }
    Views {
        list: filter.href(calendar_href(locale)),
        month: filter.href(&view_path(locale, "month")),
        map: format!("{map}?{}", on_map.finish()),
    }
}

fn follow(t: T, filter: &Filter, locale: Locale, has_pdf: bool) -> Follow {
    let path = calendar_href(locale);
    let key = if filter.is_empty() {
        "calendar-follow-all"
    } else {
        "calendar-follow-some"
    };
    Follow {
        text: t.get(key).into_owned(),
        ics: filter.href(&format!("{path}.ics")),
        atom: filter.href(&format!("{path}.atom")),
        screen: filter.href(&view_path(locale, "screen")),
        pdf: has_pdf.then(|| filter.href(&format!("{path}.pdf"))),
        docx: filter.href(&format!("{path}.docx")),
        send: view_path(locale, "submit"),
    }
}

/// schema.org: the list of what is shown.
fn json_ld(shell: &Shell, rows: &[OccasionRow], shown: &Shown, locale: Locale) -> String {
    let base = &shell.chrome.base_url;
    let mut seen: Vec<EventId> = Vec::new();
    let mut items = Vec::new();
    for row in rows {
        if seen.contains(&row.event) {
            continue;
        }
        seen.push(row.event);
        if let Some(event) = shown.event(row.event) {
            items.push(json!({
                "@type": "ListItem",
                "position": items.len() + 1,
                "url": format!("{base}{}", event.href(locale)),
                "name": event.name(locale),
            }));
        }
    }
    json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": shell.title,
        "url": format!("{base}{}", shell.path),
        "inLanguage": locale.as_str(),
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    })
    .to_string()
}
