//! Where web strategists settle the rules.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Message, OrganisationId, Permission, Problem, Result};
use torg_log::{Author, write_once};
use torg_quality::{Limit, Rule, Weight};
use torg_ui::{DeskSection, Field, FieldKind, NavLink, T};
use torg_web::{Context, Form, Reply, StatusCode, desk};

use super::words;
use crate::care::settings::{
    ABOVE, CareSettings, LINKS, MAIL, SOON, UNREAD, UNREAD_MONTHS, months_name,
};
use crate::care::views::RulesPage;
use crate::care::{Care, RULES};
use crate::model::PageKind;

pub(in crate::care) async fn get(care: Arc<Care>, context: Context) -> Result<Reply> {
    let (settings, _) = stored(&context).await?;
    let version = settings.version();
    let value = |name: &str| of(&settings, name);
    let page = page(&care, &context, &value, version, Vec::new())?;
    Ok(Reply::html(page.render()?))
}

/// What is settled, and the city, for which it is settled.
async fn stored(context: &Context) -> Result<(CareSettings, OrganisationId)> {
    let snapshot = context.app.database.snapshot().await?;
    let settings = CareSettings::find(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let city = organisations.root().ok_or(Problem::NotFound)?.id;
    // What holds for everybody's pages is settled for the city as a whole.
    context.acting(Permission::QualityManage, city)?;
    Ok((settings, city))
}

fn of(settings: &CareSettings, name: &str) -> String {
    let pairs = settings.pairs();
    let own = pairs.into_iter().find(|(own, _)| *own == name);
    own.map(|(_, value)| value).unwrap_or_default()
}

fn page(
    care: &Care,
    context: &Context,
    value: &dyn Fn(&str) -> String,
    version: String,
    errors: Vec<FieldError>,
) -> Result<RulesPage> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::Care, &t.get("care-rules"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-care"), DeskSection::Care.href())];
    Ok(RulesPage {
        rules: rules(t, value, &errors),
        limits: Limit::ALL
            .iter()
            .map(|limit| {
                let (least, most) = limit.range();
                number(
                    t,
                    limit.as_str(),
                    t.get(limit.key()).into_owned(),
                    value,
                    &errors,
                )
                .hint(range(t, least, most))
            })
            .collect(),
        months: PageKind::ALL
            .into_iter()
            .map(|kind| {
                let label = t.get(&format!("desk-kind-{}", kind.as_str())).into_owned();
                number(t, months_name(kind), label, value, &errors)
            })
            .collect(),
        others: others(t, value, &errors),
        links_off: care.probe.is_none(),
        version,
        request_id: context.new_request_id(),
        errors,
        desk: frame,
    })
}

fn range(t: T, least: u32, most: u32) -> String {
    t.two(
        "care-range",
        "least",
        i64::from(least),
        "most",
        i64::from(most),
    )
}

fn rules(t: T, value: &dyn Fn(&str) -> String, errors: &[FieldError]) -> Vec<(Field, String)> {
    let weights: Vec<(String, String)> = Weight::ALL
        .into_iter()
        .map(|weight| (weight.as_str().to_owned(), words::weight(t, weight)))
        .collect();
    Rule::ALL
        .iter()
        .map(|rule| {
            let kind = FieldKind::Choice(weights.clone());
            let field = Field::new(
                rule.as_str(),
                kind,
                t.get(rule.title()),
                value(rule.as_str()),
            );
            (field.errors(t, errors), t.get(rule.why()).into_owned())
        })
        .collect()
}

fn number(
    t: T,
    name: &'static str,
    label: String,
    value: &dyn Fn(&str) -> String,
    errors: &[FieldError],
) -> Field {
    Field::new(name, FieldKind::Text, label, value(name)).errors(t, errors)
}

fn others(t: T, value: &dyn Fn(&str) -> String, errors: &[FieldError]) -> Vec<Field> {
    let switch = |name: &'static str, label: &str| {
        let choices = [("on", "care-on"), ("off", "care-off")];
        let choices = choices
            .into_iter()
            .map(|(value, key)| (value.to_owned(), t.get(key).into_owned()));
        let kind = FieldKind::Choice(choices.collect());
        Field::new(name, kind, label, value(name)).errors(t, errors)
    };
    let label = |key: &str| t.get(key).into_owned();
    vec![
        number(t, SOON, label("care-days-soon"), value, errors).hint(range(t, 1, 365)),
        number(t, ABOVE, label("care-days-above"), value, errors).hint(range(t, 1, 365)),
        number(t, UNREAD, label("care-months-unread"), value, errors).hint(range(
            t,
            UNREAD_MONTHS.0,
            UNREAD_MONTHS.1,
        )),
        switch(MAIL, &label("care-mail")),
        switch(LINKS, &label("care-links")),
    ]
}

pub(in crate::care) async fn post(care: Arc<Care>, context: Context) -> Result<Reply> {
    let form = context.form();
    let (before, _) = stored(&context).await?;
    let (errors, version) = match settle(&context, &form, before).await {
        Ok(()) => return Ok(Reply::see_other(&format!("{RULES}?done=care-settled"))),
        Err(Problem::Invalid(errors)) => (errors, None),
        Err(Problem::Conflict(message)) => {
            let field = "version".to_owned();
            // Whoever saves once more has been told that somebody else saved.
            let (now, _) = stored(&context).await?;
            (vec![FieldError { field, message }], Some(now.version()))
        }
        Err(problem) => return Err(problem),
    };
    let conflict = version.is_some();
    let version = version.unwrap_or_else(|| form.text("version"));
    let page = page(&care, &context, &|name| form.text(name), version, errors)?;
    let mut reply = Reply::form_again(page.render()?);
    if conflict {
        reply.status = StatusCode::CONFLICT;
    }
    Ok(reply)
}

/// Everything that the form says; what it does not name stays as it was.
fn written(form: &Form, before: CareSettings) -> Result<CareSettings> {
    let mut after = before.clone();
    let mut errors = Vec::new();
    for (name, _) in before.pairs() {
        if !form.has(name) {
            continue;
        }
        if let Err(message) = after.set(name, &form.text(name)) {
            errors.push(FieldError {
                field: name.to_owned(),
                message,
            });
        }
    }
    match errors.is_empty() {
        true => Ok(after),
        false => Err(Problem::Invalid(errors)),
    }
}

async fn settle(context: &Context, form: &Form, before: CareSettings) -> Result<()> {
    let request = form.request_id()?;
    let version = form.text("version");
    if version.is_empty() {
        return Err(Problem::Conflict(Message::new("care-conflict")));
    }
    let after = written(form, before)?;
    let (_, city) = stored(context).await?;
    let actor = context.acting(Permission::QualityManage, city)?;
    let operation = format!("care.settle {}", form.digest());
    let (ids, now) = (context.app.ids.clone(), context.now);
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
                        after.save(write, author, &version).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}
