//! What will be published and taken away, day by day.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use torg_kernel::{Locale, OrganisationId, Permission, Result, Timestamp, zone};
use torg_ui::{DeskSection, T, date_long, date_range, time};
use torg_web::{Context, OrganisationList, Reply, desk};

use super::page_view::failure;
use super::{crumb, page_list};
use crate::desk::model::Deed;
use crate::desk::store::{Planned, list_schedules};
use crate::views::{CalendarDay, CalendarRow, PageCalendarPage};

/// Days on one page: four weeks.
const DAYS: i32 = 28;
/// The most deeds on one page.
const MOST: i64 = 1_000;
const CALENDAR: &str = "/admin/pages/calendar";

/// The instant at which a day begins in the city.
fn midnight(day: Date) -> Result<Timestamp> {
    let start = day.at(0, 0, 0, 0).to_zoned(zone())?;
    Ok(Timestamp::from_micros(start.timestamp().as_microsecond()))
}

pub(super) async fn get(context: Context) -> Result<Reply> {
    let t = context.t();
    let today = context.now.zoned().date();
    let from = context.query("from").and_then(|from| from.parse().ok());
    // Days that no calendar needs are not asked for.
    let near = |day: &Date| (2000..2200).contains(&day.year());
    let from = from.filter(near).unwrap_or(today);
    let until = from.checked_add(DAYS.days())?;
    let snapshot = context.app.database.snapshot().await?;
    let span = (midnight(from)?, midnight(until)?);
    let planned = list_schedules(&*snapshot, span, MOST).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let own = page_list::own(&context, &organisations)?;
    let caller = context.caller()?;
    let seen = |planned: &Planned| {
        let owner = OrganisationId(planned.organisation);
        own.as_ref().is_none_or(|own| own.contains(&owner))
    };
    let mut days: Vec<(Date, CalendarDay)> = Vec::new();
    let mut failed = Vec::new();
    for planned in planned.into_iter().filter(seen) {
        let day = planned.scheduled.at.zoned().date();
        let mut row = row(t, planned, &organisations, caller);
        if row.failure.is_some() {
            // These stand under no day of their own.
            row.owner = format!("{} · {}", date_long(t, day), row.owner);
            failed.push(row);
            continue;
        }
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, last)) => last.rows.push(row),
            None => days.push((
                day,
                CalendarDay {
                    day: date_long(t, day),
                    today: day == today,
                    rows: vec![row],
                },
            )),
        }
    }
    let title = t.get("calendar-heading");
    let mut frame = desk(&context, DeskSection::Pages, &title)?;
    frame.crumbs = vec![crumb(t, "desk-pages", DeskSection::Pages.href())];
    let earlier = from.checked_sub(DAYS.days())?;
    let page = PageCalendarPage {
        desk: frame,
        days: days.into_iter().map(|(_, day)| day).collect(),
        failed,
        earlier: (from > today).then(|| format!("{CALENDAR}?from={earlier}")),
        later: format!("{CALENDAR}?from={until}"),
        span: date_range(t, from, until.yesterday()?),
    };
    Ok(Reply::html(page.render()?))
}

fn row(
    t: T,
    planned: Planned,
    organisations: &OrganisationList,
    caller: &torg_web::Caller,
) -> CalendarRow {
    let owner = OrganisationId(planned.organisation);
    let scheduled = planned.scheduled;
    let publishes = scheduled.deed == Deed::Publish;
    let key = match publishes {
        true => "calendar-publish",
        false => "calendar-unpublish",
    };
    let entry = organisations.find(owner);
    CalendarRow {
        time: time(t, scheduled.at.zoned().time()),
        deed: t.get(key).into_owned(),
        publishes,
        title: planned.title,
        href: caller
            .may(Permission::PageEdit, owner)
            .then(|| format!("/admin/pages/{}", scheduled.content)),
        locale: planned.locale.parse().unwrap_or(Locale::SV),
        owner: entry
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        failure: scheduled.failure.as_deref().map(|key| failure(t, key)),
    }
}
