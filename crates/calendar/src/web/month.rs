//! The calendar as a month: a table that reads as one.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::{Date, Weekday};
use torg_kernel::{Locale, Result, civil_date};
use torg_ui::{NavLink, Shell, T, date_long, month_name, weekday_name};
use torg_web::{Outcome, Page, PageRequest};

use super::Calendar;
use super::choices::{Choices, view_path};
use super::draw::{Shown, last_day};
use super::list::{Asked, alternates, fresh_until, views};
use crate::copying::DaysOff;
use crate::expand::window;
use crate::filter::{Filter, When, begins, plus};
use crate::model::calendar_href;
use crate::store::{self, OccasionRow};
use crate::views::{MonthCell, MonthPage};

/// Occasions of a month that are looked at; a day shows a few of its own.
const MOST: i64 = 5_000;
/// What a day has room for.
const IN_CELL: usize = 4;

/// The first day of the month that an address asks for, or of this one.
fn month_of(text: Option<&str>, today: Date) -> Date {
    text.and_then(|text| {
        let (year, month) = text.split_once('-')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
    })
    .unwrap_or_else(|| today.first_of_month())
}

/// The month.
pub(super) async fn month(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let mut asked = Asked::read(calendar, request, locale).await?;
    let today = civil_date(request.now);
    let (oldest, newest) = window(request.now);
    let first = month_of(request.query("month"), today);
    // A month that the table of occasions does not hold is no page.
    if first < oldest.first_of_month() || first > newest {
        return Ok(Outcome::NotFound);
    }
    let monday = plus(first, -i32::from(first.weekday().to_monday_zero_offset()));
    let last = first.last_of_month();
    let sunday = plus(last, 6 - i32::from(last.weekday().to_monday_zero_offset()));
    asked.filter.when = When::Coming;
    asked.query.from = begins(monday);
    asked.query.until = Some(begins(plus(sunday, 1)));
    let snapshot = request.snapshot().await?;
    let rows = store::list_occasions(&**snapshot, &asked.query, 0, MOST).await?;
    let off = DaysOff {
        breaks: Vec::new(),
        holidays: calendar
            .neighbours
            .holidays(snapshot, locale, monday, sunday)
            .await?,
    };
    let by_day = by_day(&rows, monday);
    let drawn: Vec<OccasionRow> = by_day
        .values()
        .flat_map(|rows| rows.iter().take(IN_CELL))
        .map(|row| (*row).clone())
        .collect();
    let shown = Shown::read(calendar, request, locale, &drawn).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let name = format!("{} {}", month_name(t, first.month()), first.year());
    let path = view_path(locale, "month");
    let here = month_href(&asked.filter, &path, first);
    let mut shell = Shell::new(
        chrome,
        t.one("calendar-month-title", "month", name.as_str()),
        &*here,
    );
    shell.alternates =
        alternates(|locale| month_href(&Filter::default(), &view_path(locale, "month"), first));
    shell.crumbs = vec![NavLink::new(t.get("calendar-title"), calendar_href(locale))];
    shell.noindex = true;
    let turn = |day: Date| {
        let label = format!("{} {}", month_name(t, day.month()), day.year());
        NavLink::new(label, month_href(&asked.filter, &path, day))
    };
    let previous = plus(first, -1).first_of_month();
    let next = plus(last, 1);
    let choices = Choices {
        t,
        filter: &asked.filter,
        path: &path,
        breaks: &[],
        areas: &asked.areas,
        now: request.now,
    };
    let mut quick = choices.quick(false);
    for chip in &mut quick.chips {
        let mark = if chip.href.contains('?') { '&' } else { '?' };
        chip.href
            .push_str(&format!("{mark}month={}", first.strftime("%Y-%m")));
    }
    let weeks = (0..=(sunday - monday).get_days() / 7)
        .map(|week| {
            let start = plus(monday, week * 7);
            let cells = (0..7).map(|day| {
                let day = plus(start, day);
                let rows = by_day.get(&day).map_or(&[][..], Vec::as_slice);
                let mut cell = cell(t, &asked.filter, day, rows, &shown);
                cell.inside = day.month() == first.month();
                cell.today = day == today;
                cell.name = off.name(day).unwrap_or_default().to_owned();
                cell
            });
            (start.iso_week_date().week(), cells.collect())
        })
        .collect();
    let inside = |row: &&OccasionRow| last_day(row) >= first && row.start.date() <= last;
    let view = MonthPage {
        month: name,
        previous: (previous >= oldest.first_of_month()).then(|| turn(previous)),
        next: (next <= newest).then(|| turn(next)),
        quick,
        views: views(&asked.filter, locale),
        weekdays: weekdays(t),
        weeks,
        count: rows.iter().filter(inside).count(),
        shell,
    };
    tags.extend(asked.tags);
    tags.extend(shown.tags);
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = Some(fresh_until(request.now, &[]));
    page.keep = asked.keep;
    Ok(Outcome::Page(page))
}

fn month_href(filter: &Filter, path: &str, day: Date) -> String {
    let href = filter.href(path);
    let mark = if href.contains('?') { '&' } else { '?' };
    format!("{href}{mark}month={}", day.strftime("%Y-%m"))
}

/// Monday to Sunday, in full and as two or three letters.
fn weekdays(t: T) -> Vec<(String, String)> {
    (0..7)
        .filter_map(|day| Weekday::from_monday_zero_offset(day).ok())
        .map(|day| {
            let name = weekday_name(t, day).into_owned();
            let short = name.chars().take(3).collect();
            (name, short)
        })
        .collect()
}

/// The occasions by the day on which they begin; what began before stands on the first.
fn by_day(rows: &[OccasionRow], first: Date) -> BTreeMap<Date, Vec<&OccasionRow>> {
    let mut days: BTreeMap<Date, Vec<&OccasionRow>> = BTreeMap::new();
    for row in rows {
        days.entry(row.start.date().max(first))
            .or_default()
            .push(row);
    }
    days
}

fn cell(t: T, filter: &Filter, day: Date, rows: &[&OccasionRow], shown: &Shown) -> MonthCell {
    let mut of_day = filter.clone();
    of_day.when = When::Days(Some(day), Some(day));
    let items: Vec<_> = rows
        .iter()
        .take(IN_CELL)
        .filter_map(|row| {
            if row.start.date() < day {
                shown.ongoing(t, row)
            } else {
                shown.item(t, row)
            }
        })
        .collect();
    MonthCell {
        number: day.day().to_string(),
        label: date_long(t, day),
        datetime: day.to_string(),
        href: of_day.href(calendar_href(t.locale())),
        inside: true,
        today: false,
        name: String::new(),
        more: rows.len().saturating_sub(IN_CELL),
        items,
    }
}
