//! Coming holidays and eves that units say nothing of.

use std::collections::HashSet;

use askama::Template;
use torg_almanac::Almanac;
use torg_kernel::{Permission, Result, Timestamp, civil_date};
use torg_ui::{DeskSection, NavLink, date_long};
use torg_web::{Caller, Context, Reply, desk};

use super::edit::SILENT_DAYS;
use crate::hours::{capital, coming, day_hours, day_name, is_silent};
use crate::model::Unit;
use crate::store;
use crate::views::{HoursMissingPage, SilentDay};

/// Days ahead that count as soon, for the staff's start page.
const SOON: i32 = 21;

/// The list.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let units = store::list(&*snapshot).await?;
    let almanac = torg_almanac::load(&*snapshot).await?;
    snapshot.end().await?;
    let today = civil_date(context.now);
    let own: Vec<&Unit> = units
        .iter()
        .filter(|unit| caller.may(Permission::UnitEdit, unit.organisation))
        .filter(|unit| !unit.is_closed_on(today))
        .collect();
    let href = |unit: &Unit| format!("/admin/units/{}/hours", unit.id);
    let mut days = Vec::new();
    for day in coming(&almanac, today, SILENT_DAYS) {
        let silent: Vec<(String, String, String)> = own
            .iter()
            .filter_map(|unit| {
                let plan = unit.data.hours.as_ref()?.with(&almanac);
                let name = unit.name(t.locale()).to_owned();
                let hours = || day_hours(t, &plan.on(day.date).spans);
                is_silent(plan, day.date).then(|| (name, href(unit), hours()))
            })
            .collect();
        if !silent.is_empty() {
            days.push(SilentDay {
                id: format!("day-{}", day.date),
                date: capital(&date_long(t, day.date)),
                name: day_name(t, &day.name),
                href: format!("/admin/hours?silent=yes&first={}", day.date),
                units: silent,
            });
        }
    }
    let unknown = own.iter().filter(|unit| unit.data.hours.is_none());
    let mut frame = desk(&context, DeskSection::Units, &t.get("hours-missing-title"))?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(t.get("hours-bulk-title"), "/admin/hours"),
    ];
    let page = HoursMissingPage {
        desk: frame,
        days,
        unknown: unknown
            .map(|unit| (unit.name(t.locale()).to_owned(), href(unit)))
            .collect(),
    };
    Ok(Reply::html(page.render()?))
}

/// How many of the units that somebody may change say nothing of a holiday or an eve within three
/// weeks.
#[must_use]
pub fn count_silent(caller: &Caller, units: &[Unit], almanac: &Almanac, now: Timestamp) -> usize {
    let days = coming(almanac, civil_date(now), SOON);
    let silent = |unit: &&Unit| {
        let hours = unit.data.hours.as_ref();
        hours.is_some_and(|hours| {
            let plan = hours.with(almanac);
            days.iter().any(|day| is_silent(plan, day.date))
        })
    };
    let own = units
        .iter()
        .filter(|unit| caller.may(Permission::UnitEdit, unit.organisation))
        .filter(silent);
    own.map(|unit| unit.id).collect::<HashSet<_>>().len()
}
