//! Where places and questions of an event are set.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_kernel::{FieldError, Message, Problem, Result};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, ErrorSummary, Field, FieldKind, NavLink};
use torg_web::{Context, Reply, desk};

use super::super::admin::HREF;
use super::super::edit::load;
use super::rules_form::{KINDS, Written, of, sent};
use super::{list_href, rules_href};
use crate::model::{Event, Registration};
use crate::service::{self, needed};
use crate::signup::SignUpRules;
use crate::store;
use crate::views::RulesPage;
use crate::web::Calendar;

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let event = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let written = of(context.t(), event.sign_up());
    let page = view(&context, &event, written, &[], None)?;
    Ok(Reply::html(page.render()?))
}

fn view(
    context: &Context,
    event: &Event,
    mut written: Written,
    errors: &[FieldError],
    conflict: Option<String>,
) -> Result<RulesPage> {
    let t = context.t();
    let title = t.one("signup-rules-title", "title", event.name(t.locale()));
    let mut frame = desk(context, DeskSection::Calendar, &title)?;
    let event_href = format!("{HREF}/{}", event.id);
    frame.crumbs = vec![
        NavLink::new(t.get("desk-calendar"), HREF),
        NavLink::new(event.name(t.locale()), event_href.clone()),
    ];
    let field = |name: &'static str, kind, value: &str| {
        let key = format!("signup-rules-{}", name.replace('_', "-"));
        let mut field = Field::new(name, kind, t.get(&key), value).errors(t, errors);
        if let Some(hint) = t.find(&format!("{key}-hint")) {
            field = field.hint(hint);
        }
        field
    };
    let fields = vec![
        field("places", FieldKind::Text, &written.places),
        field("largest_party", FieldKind::Text, &written.largest_party),
        field("opens_date", FieldKind::Date, &written.opens_date).optional(),
        field("opens_time", FieldKind::Text, &written.opens_time).optional(),
        field("closes_hours", FieldKind::Text, &written.closes_hours),
        field("keep_days", FieldKind::Text, &written.keep_days),
    ];
    let shown: Vec<&Field> = fields.iter().collect();
    let own = |error: &&FieldError| {
        !error.field.starts_with("question_") || error.field == "question_questions"
    };
    let others: Vec<FieldError> = errors.iter().filter(own).cloned().collect();
    let mut summary = ErrorSummary::of(t, &shown, &others);
    for (at, question) in written.questions.iter_mut().enumerate() {
        let prefix = format!("question_{at}_");
        for error in errors {
            if let Some(what) = error.field.strip_prefix(&prefix) {
                let words = t.message(&error.message);
                let name = t.one("signup-rules-question", "number", at + 1);
                let line = format!("{name}: {words}");
                summary.errors.push((format!("q{at}_{what}"), line));
                question.errors.push((what.to_owned(), words));
            }
        }
    }
    Ok(RulesPage {
        action: rules_href(event),
        list_href: list_href(event),
        event_href,
        version: event.version.to_string(),
        on: written.on,
        waiting_list: written.waiting_list,
        whole_series: written.whole_series,
        fields,
        questions: written.questions,
        kinds: KINDS
            .iter()
            .map(|(value, key)| (*value, t.get(key).into_owned()))
            .collect(),
        may_change: context
            .caller()?
            .may(needed(event.state), event.organisation),
        conflict,
        request_id: context.new_request_id(),
        errors: summary,
        desk: frame,
    })
}

/// Saves it, or changes the questions of the form that is being written.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let event = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let form = context.form();
    let mut written = sent(&form);
    if written.change(&form.text("do")) {
        let page = view(&context, &event, written, &[], None)?;
        return Ok(Reply::html(page.render()?));
    }
    let done = match (written.on, written.rules()) {
        (false, _) => save(&calendar, &context, &event, None).await,
        (true, Ok(rules)) => save(&calendar, &context, &event, Some(rules)).await,
        (true, Err(errors)) => Err(Problem::Invalid(errors)),
    };
    match done {
        Ok(()) => {
            let to = format!("{}?done=signup-rules-saved", list_href(&event));
            Ok(Reply::see_other(&to))
        }
        Err(Problem::Invalid(errors)) => {
            let page = view(&context, &event, written, &errors, None)?;
            Ok(Reply::form_again(page.render()?))
        }
        Err(Problem::Conflict(message)) => {
            let words = context.t().message(&message);
            let page = view(&context, &event, written, &[], Some(words))?;
            Ok(Reply::new(409, "text/html; charset=utf-8", page.render()?))
        }
        Err(problem) => Err(problem),
    }
}

/// What would leave people without their place is refused.
fn refuse(before: &Event, rules: Option<&SignUpRules>, anybody: bool) -> Result<()> {
    let Some(own) = before.sign_up().filter(|_| anybody) else {
        return Ok(());
    };
    match rules {
        None => Err(Problem::field(
            "form",
            Message::new("signup-rules-error-used"),
        )),
        Some(rules) if rules.whole_series != own.whole_series => Err(Problem::field(
            "form",
            Message::new("signup-rules-error-series"),
        )),
        Some(_) => Ok(()),
    }
}

async fn save(
    calendar: &Arc<Calendar>,
    context: &Context,
    event: &Event,
    rules: Option<SignUpRules>,
) -> Result<()> {
    let actor = context.acting(needed(event.state), event.organisation)?;
    let form = context.form();
    let request = form.request_id()?;
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let id = event.id;
    let operation = format!("event.sign_up_rules {id} {}", form.digest());
    let (app, now, calendar) = (context.app.clone(), context.now, calendar.clone());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<bool>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let before = service::opened(write, id, version).await?;
                        let all = store::list_sign_ups_of(&**write, id).await?;
                        let anybody = all.iter().any(crate::signup::SignUp::is_alive);
                        refuse(&before, rules.as_ref(), anybody)?;
                        let mut after = before.clone();
                        let own = &mut after.data.registration;
                        if rules.is_some() || own.is_some() {
                            own.get_or_insert_with(Registration::default).sign_up = rules;
                        }
                        let neighbours = &*calendar.neighbours;
                        let kind = "event.sign_up_changed";
                        service::change(write, author, neighbours, kind, &before, after).await
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await?;
    Ok(())
}
