//! Where staff read what came in, and decide.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Message, OrganisationId, Permission, Problem, RequestId, Result};
use torg_ui::{DeskSection, NavLink, T, date_time};
use torg_web::{Context, Form, Reply, desk};
use uuid::Uuid;

use super::model::Comment;
use super::service::{MOST_AT_ONCE, Verdict};
use super::store::Queue;
use super::{Comments, DESK, service, store};
use crate::views::{CommentChip, CommentRow, CommentsDeskPage, Undo};
use crate::web::page_number;

fn queue_of(context: &Context) -> Queue {
    let asked = context.query("show").unwrap_or_default();
    Queue::ALL
        .into_iter()
        .find(|queue| queue.as_str() == asked)
        .unwrap_or(Queue::Waiting)
}

fn href(queue: Queue, page: usize) -> String {
    let show = queue.as_str();
    match page {
        0 | 1 => format!("{DESK}?show={show}"),
        page => format!("{DESK}?show={show}&page={page}"),
    }
}

/// The organisations whose comments the caller may decide about.
fn own(context: &Context) -> Result<Vec<OrganisationId>> {
    let scopes = &context.caller()?.scopes;
    let mut own: Vec<OrganisationId> = scopes
        .get(&Permission::CommentModerate)
        .map(|scope| scope.organisations.keys().copied().collect())
        .unwrap_or_default();
    own.sort_unstable();
    Ok(own)
}

pub(super) async fn get(comments: Arc<Comments>, context: Context) -> Result<Reply> {
    let html = draw(&comments, &context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(html))
}

async fn draw(
    comments: &Comments,
    context: &Context,
    sent: &Form,
    errors: Vec<FieldError>,
) -> Result<String> {
    let t = context.t();
    let queue = queue_of(context);
    let own = own(context)?;
    let number = page_number(context.query("page"));
    let most = i64::try_from(MOST_AT_ONCE)?;
    let offset = i64::try_from((number - 1) * MOST_AT_ONCE)?;
    let snapshot = context.app.database.snapshot().await?;
    let list = store::list(&*snapshot, queue, &own, most, offset).await?;
    let mut chips = Vec::new();
    let mut length = 0;
    for other in Queue::ALL {
        let count = store::length(&*snapshot, other, &own).await?;
        if other == queue {
            length = usize::try_from(count).unwrap_or(0);
        }
        let key = format!("comments-queue-{}", other.as_str());
        chips.push(CommentChip {
            label: t.get(&key).into_owned(),
            count,
            href: href(other, 1),
            current: other == queue,
        });
    }
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let mut rows = Vec::with_capacity(list.len());
    for comment in list {
        let page = crate::store::find(&*snapshot, comment.content).await?;
        let organisation = organisations
            .find(comment.organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default();
        let page = page.map(|page| NavLink::new(&*page.title, page.address.as_str()));
        rows.push(row(t, comment, page, organisation, sent));
    }
    snapshot.end().await?;
    let pages = length.div_ceil(MOST_AT_ONCE);
    let undo = context
        .query("undo")
        .and_then(|id| id.parse::<Uuid>().ok())
        .map(|decision| Undo {
            action: format!("{DESK}/undo"),
            decision: decision.to_string(),
            show: queue.as_str().to_owned(),
        });
    let page = CommentsDeskPage {
        desk: desk(context, DeskSection::Comments, &t.get("desk-comments"))?,
        undo,
        chips,
        action: href(queue, number),
        empty: t
            .get(&format!("comments-none-{}", queue.as_str()))
            .into_owned(),
        can_approve: queue != Queue::Approved,
        can_reject: queue != Queue::Closed,
        keep: queue == Queue::Reported,
        rows,
        paging: torg_ui::Paging {
            page: number,
            pages,
            previous_href: (number > 1).then(|| href(queue, number - 1)),
            next_href: (number < pages).then(|| href(queue, number + 1)),
        },
        rule: sent.text("rule"),
        note: sent.text("note"),
        weeding: weeding(comments, t),
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

/// What becomes of rejected comments, by the city's settings.
fn weeding(comments: &Comments, t: T) -> String {
    let settings = &comments.settings;
    let decision = settings.weeding_decision.trim();
    if decision.is_empty() {
        return t.get("comments-weeding-none").into_owned();
    }
    let days = settings.weeding_days;
    t.two("comments-weeding", "days", days, "decision", decision)
}

fn row(
    t: T,
    comment: Comment,
    page: Option<NavLink>,
    organisation: String,
    sent: &Form,
) -> CommentRow {
    let id = comment.id.to_string();
    let words = |rule: Option<super::model::Rule>| rule.map(|rule| t.get(rule.key()).into_owned());
    CommentRow {
        chosen: sent
            .0
            .iter()
            .any(|(name, value)| name == "comment" && *value == id),
        paragraphs: comment.paragraphs(),
        lang: comment.locale,
        page,
        organisation,
        time: date_time(t, comment.created_at),
        iso: comment.created_at.rfc3339(),
        decided: comment.decided_at.map(|at| date_time(t, at)),
        state: t
            .get(&format!("comments-state-{}", comment.state.as_str()))
            .into_owned(),
        is_rejected: comment.state == super::model::State::Rejected,
        reports: comment.reports,
        report_rule: words(comment.report_rule),
        rule: words(comment.rule),
        note: comment.note,
        weeded: comment.weeded,
        log_href: format!("/admin/log/comment/{id}"),
        name: comment.name,
        email: comment.email,
        id,
    }
}

/// What the form asks: which comments, and what of them.
fn asked(form: &Form) -> Result<(Vec<Uuid>, Verdict, RequestId)> {
    let one = |name: &str| form.text(name).parse::<Uuid>().ok();
    let request = form.request_id()?;
    if let Some(id) = one("approve") {
        return Ok((vec![id], Verdict::Approve, request));
    }
    if let Some(id) = one("reject") {
        let rule = form.text(&format!("rule_{id}"));
        return Ok((vec![id], Verdict::reject(&rule, "")?, request));
    }
    let chosen: Vec<Uuid> = form
        .0
        .iter()
        .filter(|(name, _)| name == "comment")
        .filter_map(|(_, id)| id.parse().ok())
        .collect();
    if chosen.is_empty() || chosen.len() > MOST_AT_ONCE {
        let message = Message::new("comments-error-none");
        return Err(Problem::field("comment", message));
    }
    let verdict = match form.text("all").as_str() {
        "approve" => Verdict::Approve,
        _ => Verdict::reject(&form.text("rule"), &form.text("note"))?,
    };
    Ok((chosen, verdict, request))
}

/// Decides about one comment or several.
pub(super) async fn decide(comments: Arc<Comments>, context: Context) -> Result<Reply> {
    let form = context.form();
    let result = match asked(&form) {
        Ok((chosen, verdict, request)) => {
            let approved = verdict == Verdict::Approve;
            service::decide(&context, chosen, verdict, request, form.digest())
                .await
                .map(|answer| (answer, approved))
        }
        Err(problem) => Err(problem),
    };
    let errors = match result {
        Ok(((_, 0), _)) => {
            let field = "comment".to_owned();
            let message = Message::new("comments-error-quicker");
            vec![FieldError { field, message }]
        }
        Ok(((decision, _), approved)) => {
            let done = if approved { "approved" } else { "rejected" };
            let here = href(queue_of(&context), 1);
            let to = format!("{here}&done=comments-{done}&undo={decision}");
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => errors,
        Err(other) => return Err(other),
    };
    let html = draw(&comments, &context, &form, errors).await?;
    Ok(Reply::form_again(html))
}

/// Takes a decision back.
pub(super) async fn undo(_: Arc<Comments>, context: Context) -> Result<Reply> {
    let form = context.form();
    let decision: Uuid = form
        .text("decision")
        .parse()
        .map_err(|_| Problem::NotFound)?;
    let done = match service::undo(&context, decision).await? {
        0 => "comments-not-undone",
        _ => "comments-undone",
    };
    let show = form.text("show");
    let show = Queue::ALL.iter().find(|queue| queue.as_str() == show);
    let here = href(*show.unwrap_or(&Queue::Waiting), 1);
    Ok(Reply::see_other(&format!("{here}&done={done}")))
}
