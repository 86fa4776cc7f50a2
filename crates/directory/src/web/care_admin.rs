//! Where the staff confirm units, and settle what readers said.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Message, Permission, PersonId, Problem, Result, UnitId, civil_date};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, Paging, T};
use torg_web::{Context, Reply, desk};
use uuid::Uuid;

use super::Directory;
use crate::care::{
    CareRules, LONGEST_ANSWER, Report, ReportState, Verdict, decide, find_report, list_due,
    list_reports,
};
use crate::service::confirm_unit;
use crate::store;
use crate::views::{DueRow, ReportRow, UnitReportsPage, UnitsDuePage};

/// Units on one page of the list.
const ROWS: usize = 50;

/// Units that are due to be confirmed: one's own, or all that one may change.
pub(super) async fn due(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let months = directory.care.months;
    let people = directory.people.people().await?;
    let snapshot = context.app.database.snapshot().await?;
    let mut due = list_due(&*snapshot, civil_date(context.now), months).await?;
    snapshot.end().await?;
    let mine = context.query("show") != Some("all");
    due.retain(|(unit, _, steward)| {
        caller.may(Permission::UnitEdit, unit.organisation)
            && (!mine || steward.person.is_none_or(|person| person == caller.person))
    });
    due.sort_by_key(|(_, day, _)| *day);
    let t = context.t();
    let pages = due.len().div_ceil(ROWS).max(1);
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: usize = page.unwrap_or(1).clamp(1, pages);
    let name = |id: PersonId| {
        let person = people.iter().find(|person| person.id == id);
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let rows = due.iter().skip((page - 1) * ROWS).take(ROWS);
    let rows = rows.map(|(unit, _, steward)| {
        let person = steward.person.map(name).unwrap_or_default();
        let parts = [person, steward.role.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        DueRow {
            unit: NavLink::new(unit.name(t.locale()), format!("/admin/units/{}", unit.id)),
            action: format!("/admin/units/{}/confirm", unit.id),
            request_id: context.new_request_id(),
            confirmed: unit.data.confirmed.map(|day| torg_ui::date(t, day)),
            steward: parts.join(", "),
            public_href: unit.href(t.locale()),
        }
    });
    let show = if mine { "mine" } else { "all" };
    let at = |page: usize| format!("/admin/units/due?show={show}&page={page}");
    let mut frame = desk(&context, DeskSection::Units, &t.get("due-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let view = UnitsDuePage {
        desk: frame,
        mine,
        total: due.len(),
        months,
        rows: rows.collect(),
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| at(page - 1)),
            next_href: (page < pages).then(|| at(page + 1)),
        },
    };
    Ok(Reply::html(view.render()?))
}

/// Says that all that a unit tells is right.
pub(super) async fn confirm(context: Context) -> Result<Reply> {
    let id: UnitId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let unit = store::find(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    let actor = context.acting(Permission::UnitEdit, unit.organisation)?;
    let form = context.form();
    let request = form.request_id()?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("unit.confirm {id}");
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        confirm_unit(write, author, id, civil_date(now)).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(Reply::see_other(&match form.text("back").as_str() {
        "due" => "/admin/units/due?done=unit-confirmed".to_owned(),
        _ => format!("/admin/units/{id}?done=unit-confirmed"),
    }))
}

/// What readers said, of one state.
pub(super) async fn reports(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let view = listed(&directory.care, &context, None).await?;
    Ok(Reply::html(view.render()?))
}

/// The list; `wrong` is an answer that was not taken.
async fn listed(
    rules: &CareRules,
    context: &Context,
    wrong: Option<(Uuid, String, Message)>,
) -> Result<UnitReportsPage> {
    let caller = context.caller()?;
    let t = context.t();
    let state = context.query("state").and_then(ReportState::parse);
    let state = state.unwrap_or(ReportState::Open);
    let snapshot = context.app.database.snapshot().await?;
    let mut all: Vec<(ReportState, Vec<Report>)> = Vec::new();
    for state in ReportState::ALL {
        let mut reports = list_reports(&*snapshot, state).await?;
        reports.retain(|own| caller.may(Permission::UnitEdit, own.organisation));
        all.push((state, reports));
    }
    let shown = all.iter().find(|(own, _)| *own == state);
    let shown: Vec<Report> = shown.map(|(_, own)| own.clone()).unwrap_or_default();
    let mut ids: Vec<UnitId> = shown.iter().map(|own| own.unit).collect();
    ids.sort_unstable();
    ids.dedup();
    let units = store::list_by_id(&*snapshot, &ids).await?;
    snapshot.end().await?;
    let rows = shown.into_iter().map(|own| {
        let unit = units.iter().find(|unit| unit.id == own.unit);
        let name = unit
            .map(|unit| unit.name(t.locale()).to_owned())
            .unwrap_or_default();
        let mistaken = wrong.as_ref().filter(|(id, ..)| *id == own.id);
        ReportRow {
            unit: NavLink::new(name, format!("/admin/units/{}", own.unit)),
            when: torg_ui::date_time(t, own.created_at),
            lang: own.locale,
            paragraphs: own
                .text
                .lines()
                .filter(|it| !it.trim().is_empty())
                .map(str::to_owned)
                .collect(),
            wants_answer: own.email.is_some(),
            answer: mistaken.map_or(own.answer, |(_, answer, _)| answer.clone()),
            decided: own.decided_at.map(|at| torg_ui::date_time(t, at)),
            action: (own.state == ReportState::Open)
                .then(|| format!("/admin/units/reports/{}", own.id)),
            request_id: context.new_request_id(),
            error: mistaken.map(|(.., message)| t.message(message)),
            log_href: caller
                .may(Permission::LogRead, own.organisation)
                .then(|| format!("/admin/log/unit_report/{}", own.id)),
            id: own.id.to_string(),
        }
    });
    let rows = rows.collect();
    let mut frame = desk(context, DeskSection::Units, &t.get("reports-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    Ok(UnitReportsPage {
        desk: frame,
        states: all
            .iter()
            .map(|(own, reports)| {
                let label = t.get(&format!("reports-state-{}", own.as_str()));
                let href = format!("/admin/units/reports?state={}", own.as_str());
                (NavLink::new(label, href), reports.len(), *own == state)
            })
            .collect(),
        rows,
        weeding: weeding(rules, t),
    })
}

/// How long settled reports are kept, in words.
fn weeding(rules: &CareRules, t: T) -> String {
    let decision = rules.weeding_decision.trim();
    if decision.is_empty() {
        return t.get("reports-weeding-none").into_owned();
    }
    let days = rules.weeding_days;
    t.two("reports-weeding", "days", days, "decision", decision)
}

/// Settles a report.
pub(super) async fn settle(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let id: Uuid = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let report = find_report(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    let actor = context.acting(Permission::UnitEdit, report.organisation)?;
    let form = context.form();
    let state = ReportState::parse(&form.text("do")).filter(|own| *own != ReportState::Open);
    let state = state.ok_or_else(|| Problem::field("do", Message::new("form-request-id")))?;
    let answer = form.text("answer").trim().to_owned();
    let fault = match state {
        ReportState::Answered if answer.is_empty() => Some(Message::new("reports-error-answer")),
        _ if answer.chars().count() > LONGEST_ANSWER => {
            Some(Message::new("unit-error-too-long").with("limit", LONGEST_ANSWER))
        }
        _ => None,
    };
    if let Some(message) = fault {
        let view = listed(&directory.care, &context, Some((id, answer, message))).await?;
        return Ok(Reply::new(422, "text/html; charset=utf-8", view.render()?));
    }
    let request = form.request_id()?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("unit.report_settle {id} {}", form.digest());
    let verdict = Verdict {
        state,
        answer,
        city: context.app.settings.city.clone(),
    };
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        decide(write, author, id, verdict).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(Reply::see_other("/admin/units/reports?done=report-settled"))
}
