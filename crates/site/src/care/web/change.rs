//! Saying that texts are still right, and who goes through them.

use std::sync::Arc;

use askama::Template;
use torg_db::WriteContext;
use torg_kernel::{ContentId, FieldError, Message, Permission, PersonId, Problem, Result};
use torg_log::{Author, write_once};
use torg_web::{Context, Form, OrganisationList, Reply};

use super::{panel, report};
use crate::care::model::CarePerson;
use crate::care::report::Asked;
use crate::care::service::{self, MOST_AT_ONCE, holders};
use crate::care::{Care, REPORT};
use crate::model::Content;

/// Where one came from, to go back there.
fn back(context: &Context, form: &Form, done: &str) -> String {
    let to = match context.query("from") {
        Some("panel") => format!("/admin/pages/{}/quality", form.text("content")),
        _ => Asked::of(|name| context.query(name)).href(REPORT, page(context)),
    };
    let join = if to.contains('?') { '&' } else { '?' };
    format!("{to}{join}done={done}")
}

fn page(context: &Context) -> usize {
    crate::web::page_number(context.query("page"))
}

/// The texts that are chosen.
fn chosen(form: &Form) -> Result<Vec<ContentId>> {
    let mut ids: Vec<ContentId> = form
        .0
        .iter()
        .filter(|(name, _)| name == "content")
        .map(|(_, id)| id.parse().map_err(|_| Problem::NotFound))
        .collect::<Result<_>>()?;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(Problem::field("content", Message::new("care-error-none")));
    }
    if ids.len() > MOST_AT_ONCE {
        let message = Message::new("care-error-many").with("most", MOST_AT_ONCE);
        return Err(Problem::field("content", message));
    }
    Ok(ids)
}

/// The chosen texts, if the caller may change all of them.
async fn load(
    context: &Context,
    ids: &[ContentId],
) -> Result<(Vec<Content>, Arc<OrganisationList>)> {
    let snapshot = context.app.database.snapshot().await?;
    let mut contents = Vec::with_capacity(ids.len());
    for id in ids {
        let content = crate::store::find(&*snapshot, *id)
            .await?
            .ok_or(Problem::NotFound)?;
        context.acting(Permission::PageEdit, content.organisation)?;
        contents.push(content);
    }
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    Ok((contents, organisations))
}

/// Says that texts are still right.
pub(in crate::care) async fn right(care: Arc<Care>, context: Context) -> Result<Reply> {
    let form = context.form();
    match settle(&context, &form, What::StillRight).await {
        Ok(()) => Ok(Reply::see_other(&back(&context, &form, "care-right"))),
        Err(problem) => again(&care, &context, &form, problem).await,
    }
}

/// Settles who goes through texts.
pub(in crate::care) async fn reviewer(care: Arc<Care>, context: Context) -> Result<Reply> {
    let form = context.form();
    let result = match wanted(&care, &form).await {
        Ok(what) => settle(&context, &form, what).await,
        Err(problem) => Err(problem),
    };
    match result {
        Ok(()) => Ok(Reply::see_other(&back(&context, &form, "care-reviewer"))),
        Err(problem) => again(&care, &context, &form, problem).await,
    }
}

/// What is done with the chosen texts.
enum What {
    StillRight,
    Reviewer(Option<CarePerson>, Vec<CarePerson>),
}

async fn wanted(care: &Care, form: &Form) -> Result<What> {
    let people = care.people.people().await?;
    let text = form.text("reviewer");
    if text.is_empty() {
        return Ok(What::Reviewer(None, people));
    }
    let id: Option<PersonId> = text.parse().ok();
    let person = people.iter().find(|person| Some(person.id) == id).cloned();
    let person = person.ok_or_else(unfit)?;
    Ok(What::Reviewer(Some(person), people))
}

/// Whoever is to go through a text must be able to change it.
fn unfit() -> Problem {
    Problem::field("reviewer", Message::new("care-error-reviewer"))
}

async fn settle(context: &Context, form: &Form, what: What) -> Result<()> {
    let ids = chosen(form)?;
    let request = form.request_id()?;
    let (contents, organisations) = load(context, &ids).await?;
    if let What::Reviewer(Some(person), people) = &what {
        for content in &contents {
            let fit = holders(
                people,
                &organisations,
                Permission::PageEdit,
                content.organisation,
            );
            if !fit.iter().any(|own| own.id == person.id) {
                return Err(unfit());
            }
        }
    }
    let mut actors = Vec::with_capacity(contents.len());
    for content in contents {
        let actor = context.acting(Permission::PageEdit, content.organisation)?;
        actors.push((content, actor));
    }
    let Some((_, who)) = actors.first().cloned() else {
        return Ok(());
    };
    let operation = format!("care {} {}", context.path, form.digest());
    let (generator, now) = (context.app.ids.clone(), context.now);
    context
        .app
        .database
        .write(move |write: &WriteContext| {
            Box::pin(async move {
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        for (content, actor) in &actors {
                            let author = Author {
                                actor,
                                now,
                                ids: &*generator,
                            };
                            one(write, author, &organisations, content, &what).await?;
                        }
                        Ok(actors.len())
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

async fn one(
    write: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    content: &Content,
    what: &What,
) -> Result<()> {
    match what {
        What::StillRight => service::still_right(write, author, organisations, content.id).await,
        What::Reviewer(person, _) => {
            service::set_reviewer(write, author, organisations, content, person.as_ref()).await
        }
    }
}

/// The page that one came from, with what is wrong.
async fn again(
    care: &Arc<Care>,
    context: &Context,
    form: &Form,
    problem: Problem,
) -> Result<Reply> {
    let errors: Vec<FieldError> = match problem {
        Problem::Invalid(errors) => errors,
        other => return Err(other),
    };
    let html = if context.query("from") == Some("panel") {
        let id: ContentId = form
            .text("content")
            .parse()
            .map_err(|_| Problem::NotFound)?;
        panel::page(care, context, id, errors).await?.render()?
    } else {
        report::page(care, context, form, errors).await?.render()?
    };
    Ok(Reply::form_again(html))
}
