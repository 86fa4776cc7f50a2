//! The calendar for screens: a few occasions at a time, without anybody who clicks.

use askama::Template;
use torg_kernel::{Locale, Result, civil_date};
use torg_ui::{T, date_long};
use torg_web::{Outcome, Page, PageRequest};

use super::Calendar;
use super::choices::view_path;
use super::draw::{Shown, day_heading};
use super::list::{Asked, fresh_until};
use crate::filter::Filter;
use crate::model::calendar_href;
use crate::store;
use crate::views::ScreenPage;

/// Occasions on a screen.
const ROWS: i64 = 5;
/// Screens before it begins anew.
const PAGES: i64 = 6;
/// How long one stands: five lines are read in half of it.
const SECONDS: u32 = 15;

fn href(filter: &Filter, locale: Locale, page: usize, paused: bool) -> String {
    let mut pairs = filter.pairs();
    pairs.push(("page", page.to_string()));
    if paused {
        pairs.push(("pause", "1".to_owned()));
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{}?{query}", view_path(locale, "screen"))
}

/// The screen.
pub(super) async fn screen(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let asked = Asked::read(calendar, request, locale).await?;
    let snapshot = request.snapshot().await?;
    let count = store::count_occasions(&**snapshot, &asked.query).await?;
    let pages = ((count + ROWS - 1) / ROWS).clamp(1, PAGES);
    let page: i64 = request
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let page = page.clamp(1, pages);
    let rows = store::list_occasions(&**snapshot, &asked.query, (page - 1) * ROWS, ROWS).await?;
    let shown = Shown::read(calendar, request, locale, &rows).await?;
    let t = T::of(locale);
    let today = civil_date(request.now);
    let paused = request.query("pause").is_some();
    let (number, next) = (usize::try_from(page)?, usize::try_from(page % pages + 1)?);
    let items = rows
        .iter()
        .filter_map(|row| {
            let item = shown.item(t, row)?;
            let day = row.start.date().max(today);
            let (weekday, number, month) = day_heading(t, day, today);
            let day = if day <= civil_date(request.now.plus_seconds(86_400)) {
                weekday
            } else {
                let month = month.split(' ').next().unwrap_or_default().to_owned();
                format!("{weekday} {number} {month}")
            };
            Some((day, item))
        })
        .collect();
    let view = ScreenPage {
        t,
        city: request.app.settings.city.clone(),
        title: t.get("calendar-title").into_owned(),
        today: date_long(t, today),
        items,
        page: number,
        pages: usize::try_from(pages)?,
        next_href: href(&asked.filter, locale, next, false),
        pause_href: href(&asked.filter, locale, number, true),
        go_href: href(&asked.filter, locale, number, false),
        paused,
        seconds: SECONDS,
        calendar_href: asked.filter.href(calendar_href(locale)),
        demo: request.app.settings.demo,
    };
    let mut tags = asked.tags;
    tags.extend(shown.tags);
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = Some(fresh_until(request.now, &rows));
    page.keep = asked.keep;
    Ok(Outcome::Page(page))
}
