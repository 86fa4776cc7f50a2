//! One fact: what it says and when, the pages that show it, and how they will read.

use std::sync::Arc;

use askama::Template;
use jiff::civil::Date;
use torg_db::Snapshot;
use torg_kernel::{
    Actor, FactId, FieldError, Message, OrganisationId, Permission, Problem, Result, civil_date,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, date};
use torg_web::{Context, Form, OrganisationList, Reply, desk};

use super::{FactPages, form};
use crate::model::{Fact, FactValue};
use crate::service::{FactPlace, Piece, Saved, end_fact, in_order, remove_fact, save_fact};
use crate::store;
use crate::views::{FactPage, PlaceRow, Shown, ValueFields};

/// The most pages that are shown with their sentences.
const PLACES: usize = 100;

/// What stands in the form.
struct Written {
    key: Option<String>,
    organisation: String,
    values: Vec<ValueFields>,
    opened: String,
}

impl Written {
    fn sent(form: &Form, new: bool) -> Self {
        Self {
            key: new.then(|| form.text("key")),
            organisation: form.text("organisation"),
            values: form::sent(form),
            opened: form.text("opened"),
        }
    }
}

/// What the pages that show the fact would say.
struct Preview {
    day: Date,
    values: Vec<FactValue>,
}

pub(super) async fn get_new(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let written = Written {
        key: Some(String::new()),
        organisation: String::new(),
        values: vec![ValueFields::default()],
        opened: String::new(),
    };
    let page = page(&context, None, &organisations, written, Vec::new())?;
    Ok(Reply::html(page.render()?))
}

/// The fact, if the caller may change it. What belongs to others is not there for them.
async fn load(context: &Context, on: &Snapshot) -> Result<(Fact, Actor)> {
    let id: FactId = context.param("id")?;
    let fact = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::FactEdit, fact.organisation)?;
    Ok((fact, actor))
}

pub(super) async fn get(pages: Arc<FactPages>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (fact, _) = load(&context, &snapshot).await?;
    let written = Written {
        key: None,
        organisation: fact.organisation.to_string(),
        values: form::of_fact(&fact),
        opened: fact.digest()?,
    };
    let html = draw(
        &pages,
        &context,
        &snapshot,
        &fact,
        written,
        None,
        Vec::new(),
    )
    .await?;
    snapshot.end().await?;
    Ok(Reply::html(html))
}

async fn draw(
    pages: &FactPages,
    context: &Context,
    on: &Snapshot,
    fact: &Fact,
    written: Written,
    preview: Option<Preview>,
    errors: Vec<FieldError>,
) -> Result<String> {
    let (organisations, _) = context.app.organisations(on).await?;
    let used_on = pages.used.pages_using(on, fact.id).await?;
    let needed = pages.used.texts_needing(on, fact.id).await?;
    let caller = context.caller()?;
    let may_read = |owner| caller.may(Permission::PageRead, owner);
    let places = pages.used.places(on, fact.id, PLACES, &may_read).await?;
    let today = civil_date(context.now);
    let (day, values) = match &preview {
        Some(preview) => (preview.day, preview.values.as_slice()),
        None => (today, fact.values.as_slice()),
    };
    let mut page = page(context, Some(fact), &organisations, written, errors)?;
    page.used_on = usize::try_from(used_on).unwrap_or_default();
    page.needed = usize::try_from(needed).unwrap_or_default();
    page.hidden = places.hidden;
    page.places = places
        .seen
        .into_iter()
        .map(|place| row(place, values, day))
        .collect();
    page.preview_of = preview.map(|preview| date(context.t(), preview.day));
    Ok(page.render()?)
}

fn page(
    context: &Context,
    fact: Option<&Fact>,
    organisations: &OrganisationList,
    written: Written,
    errors: Vec<FieldError>,
) -> Result<FactPage> {
    let t = context.t();
    let caller = context.caller()?;
    let title = match fact {
        Some(fact) => {
            let shown = fact.on(civil_date(context.now)).or(fact.values.last());
            let label = shown.map_or("", |shown| shown.label.get(t.locale()).0);
            if label.is_empty() {
                fact.key.clone()
            } else {
                label.to_owned()
            }
        }
        None => t.get("fact-new").into_owned(),
    };
    let mut frame = desk(context, DeskSection::Facts, &title)?;
    frame.crumbs = vec![NavLink::new(t.get("desk-facts"), DeskSection::Facts.href())];
    let own = caller.scopes.get(&Permission::FactEdit);
    let own = own.into_iter().flat_map(|scope| scope.organisations.keys());
    let mut choices: Vec<(String, String)> = own
        .filter_map(|id| organisations.find(*id))
        .map(|entry| (entry.id.to_string(), entry.name(t.locale()).to_owned()))
        .collect();
    choices.sort_by_key(|(_, name)| torg_kernel::sort_key(name));
    Ok(FactPage {
        desk: frame,
        action: fact.map_or("/admin/facts/new".to_owned(), |fact| {
            format!("/admin/facts/{}", fact.id)
        }),
        log_href: fact
            .filter(|fact| caller.may(Permission::LogRead, fact.organisation))
            .map(|fact| format!("/admin/log/fact/{}", fact.id)),
        new_key: written.key,
        organisation: written.organisation,
        organisations: choices,
        values: written.values,
        known: fact.map_or(0, |fact| fact.values.len()),
        opened: written.opened,
        request_id: context.new_request_id(),
        used_on: 0,
        needed: 0,
        places: Vec::new(),
        hidden: 0,
        preview_of: None,
        errors,
    })
}

/// A page's sentences with what the fact says on a day.
fn row(place: FactPlace, values: &[FactValue], day: Date) -> PlaceRow {
    let says = values
        .iter()
        .find(|value| value.holds_on(day))
        .map_or("…", |value| value.value.get(place.locale).0);
    let shown = |piece: Piece| match piece {
        Piece::Words(words) => Shown {
            words,
            is_fact: false,
        },
        Piece::ThisFact => Shown {
            words: says.to_owned(),
            is_fact: true,
        },
        Piece::OtherFact => Shown {
            words: "…".to_owned(),
            is_fact: false,
        },
    };
    PlaceRow {
        title: place.title,
        href: place.href,
        lang: place.locale,
        runs: place
            .runs
            .into_iter()
            .map(|run| run.into_iter().map(shown).collect())
            .collect(),
    }
}

/// The organisation that was chosen, with the right to change its facts.
fn chosen(
    context: &Context,
    organisations: &OrganisationList,
    written: &str,
) -> Result<(OrganisationId, Option<torg_kernel::AuthorityId>, Actor)> {
    let wrong = || Problem::field("organisation", Message::new("fact-error-organisation"));
    let id: OrganisationId = written.parse().map_err(|_| wrong())?;
    let entry = organisations.find(id).ok_or_else(wrong)?;
    let actor = context
        .acting(Permission::FactEdit, id)
        .map_err(|_| wrong())?;
    Ok((id, entry.authority, actor))
}

async fn save(context: &Context, before: Option<&Fact>, written: &Written) -> Result<FactId> {
    let request = context.form().request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let (organisation, authority, actor) = chosen(context, &organisations, &written.organisation)?;
    let values = form::values(&written.values, before).map_err(Problem::Invalid)?;
    let saved = Saved {
        before: before.map(|fact| (fact.id, written.opened.clone())),
        key: written.key.clone().unwrap_or_default().trim().to_owned(),
        organisation,
        authority,
        values,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("fact.save {}", context.form().digest());
    let once = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        save_fact(context, author, saved).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}

/// The errors and the status with which a form is shown again.
fn refused(problem: Problem) -> Result<(Vec<FieldError>, u16)> {
    match problem {
        Problem::Invalid(errors) => Ok((errors, 422)),
        Problem::Conflict(message) => {
            let field = "opened".to_owned();
            Ok((vec![FieldError { field, message }], 409))
        }
        other => Err(other),
    }
}

pub(super) async fn post_new(_pages: Arc<FactPages>, context: Context) -> Result<Reply> {
    let written = Written::sent(&context.form(), true);
    match save(&context, None, &written).await {
        Ok(id) => Ok(Reply::see_other(&format!(
            "/admin/facts/{id}?done=fact-saved"
        ))),
        Err(problem) => {
            let (errors, status) = refused(problem)?;
            let snapshot = context.app.database.snapshot().await?;
            let (organisations, _) = context.app.organisations(&snapshot).await?;
            snapshot.end().await?;
            let page = page(&context, None, &organisations, written, errors)?;
            Ok(Reply::new(
                status,
                "text/html; charset=utf-8",
                page.render()?,
            ))
        }
    }
}

/// The first day on which the pages would read otherwise than now; today when none would.
fn day_of_change(before: &Fact, after: &[FactValue], today: Date) -> Date {
    let begins = after
        .iter()
        .filter(|value| !before.values.contains(value))
        .filter_map(|value| value.valid_from)
        .filter(|day| *day > today)
        .min();
    begins.unwrap_or(today)
}

pub(super) async fn post(pages: Arc<FactPages>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (fact, actor) = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let mut written = Written::sent(&context.form(), false);
    let asked = context.form().text("then");
    let outcome = match asked.as_str() {
        "remove" => remove(&pages, &context, &fact, actor).await.map(|()| None),
        "end" => {
            end(&context, &fact, actor).await?;
            return Ok(Reply::see_other(&format!(
                "/admin/facts/{}?done=fact-ended",
                fact.id
            )));
        }
        "preview" => preview(&fact, &written, civil_date(context.now)).map(Some),
        _ => match save(&context, Some(&fact), &written).await {
            Ok(id) => {
                return Ok(Reply::see_other(&format!(
                    "/admin/facts/{id}?done=fact-saved"
                )));
            }
            Err(problem) => Err(problem),
        },
    };
    let (shown, errors, status) = match outcome {
        Ok(None) => return Ok(Reply::see_other("/admin/facts?done=fact-removed")),
        Ok(Some(preview)) => (Some(preview), Vec::new(), 200),
        Err(problem) => {
            let (errors, status) = refused(problem)?;
            (None, errors, status)
        }
    };
    let snapshot = context.app.database.snapshot().await?;
    let (fact, _) = load(&context, &snapshot).await?;
    if status == 409 {
        // Whoever saves again has seen that somebody else did; what was written stays.
        written.opened = fact.digest()?;
    }
    let html = draw(&pages, &context, &snapshot, &fact, written, shown, errors).await?;
    snapshot.end().await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

fn preview(fact: &Fact, written: &Written, today: Date) -> Result<Preview> {
    let values = form::values(&written.values, Some(fact)).map_err(Problem::Invalid)?;
    let values = in_order(values)?;
    Ok(Preview {
        day: day_of_change(fact, &values, today),
        values,
    })
}

async fn remove(pages: &FactPages, context: &Context, fact: &Fact, actor: Actor) -> Result<()> {
    let (ids, now, id) = (context.app.ids.clone(), context.now, fact.id);
    let used = pages.used.clone();
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                remove_fact(context, author, id, &*used).await
            })
        })
        .await
}

/// Lets a fact hold until and including today.
async fn end(context: &Context, fact: &Fact, actor: Actor) -> Result<bool> {
    let (ids, now, id) = (context.app.ids.clone(), context.now, fact.id);
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                end_fact(context, author, id, civil_date(now)).await
            })
        })
        .await
}
