//! Importing events from a file: first what it would do, then the button that does it.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_kernel::{Actor, FieldError, OrganisationId, Permission, Problem, Result, sort_key};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, NavLink};
use torg_web::{Caller, Context, Form, OrganisationList, Reply, desk};

use super::Calendar;
use super::admin::{HREF, category_choices, organisations};
use crate::import::{ImportFile, ImportOptions, LineReport, What, carry_out, plan};
use crate::service::needed;
use crate::views::{ImportLine, ImportPage, ImportTally};
use crate::vocabulary::{Category, State};

/// Where the page is.
pub(super) const HERE: &str = "/admin/calendar/import";
/// Bytes of a file at most; larger ones go by the command line.
pub(super) const LARGEST: usize = 16 * 1024 * 1024;
/// Faults and lines that are shown at most.
const SHOWN: usize = 200;

/// What a form says beside the file.
struct Choice {
    organisation: Option<OrganisationId>,
    category: Category,
    state: State,
}

impl Choice {
    fn read(form: &Form) -> Self {
        Self {
            organisation: form.text("organisation").parse().ok(),
            category: Category::parse(&form.text("category")).unwrap_or(Category::Meet),
            state: State::parse(&form.text("state"))
                .filter(|state| matches!(state, State::Draft | State::Published))
                .unwrap_or(State::Draft),
        }
    }

    fn options(&self) -> ImportOptions {
        ImportOptions {
            organisation: self.organisation,
            category: self.category,
            state: self.state,
        }
    }
}

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let choice = Choice {
        organisation: None,
        category: Category::Meet,
        state: State::Draft,
    };
    let page = page(&context, &choice, String::new(), Said::default()).await?;
    Ok(Reply::html(page.render()?))
}

/// What is said of a file.
#[derive(Default)]
struct Said {
    lines: Option<Vec<LineReport>>,
    notes: Vec<FieldError>,
    errors: Vec<FieldError>,
}

async fn page(context: &Context, choice: &Choice, text: String, said: Said) -> Result<ImportPage> {
    let t = context.t();
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let (list, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let mut frame = desk(context, DeskSection::Calendar, &t.get("event-import-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-calendar"), HREF)];
    let fault = |error: &FieldError| {
        let (line, column) = error.field.split_once(':').unwrap_or((&error.field, ""));
        (
            line.to_owned(),
            column.to_owned(),
            t.message(&error.message),
        )
    };
    let lines = said.lines.unwrap_or_default();
    let count = |what: What| lines.iter().filter(|line| line.what == what).count();
    let tallies = [
        ("event-import-created", count(What::Created)),
        ("event-import-changed", count(What::Changed)),
        ("event-import-same", count(What::Same)),
        ("event-import-past", count(What::Past)),
        ("event-import-older", count(What::Older)),
    ];
    let does = count(What::Created) + count(What::Changed);
    Ok(ImportPage {
        desk: frame,
        action: HERE,
        request_id: context.new_request_id(),
        fields: fields(context, caller, &list, choice),
        carried: vec![
            (
                "organisation",
                choice
                    .organisation
                    .map(|id| id.to_string())
                    .unwrap_or_default(),
            ),
            ("category", choice.category.as_str().to_owned()),
            ("state", choice.state.as_str().to_owned()),
        ],
        tried: !lines.is_empty(),
        does,
        tallies: tallies
            .into_iter()
            .map(|(key, count)| ImportTally { key, count })
            .collect(),
        more: does.saturating_sub(SHOWN),
        lines: lines
            .iter()
            .filter(|line| matches!(line.what, What::Created | What::Changed))
            .take(SHOWN)
            .map(|line| ImportLine {
                line: line.line,
                key: line.key.clone(),
                name: line.name.clone(),
                new: line.what == What::Created,
            })
            .collect(),
        text,
        notes: said.notes.iter().take(SHOWN).map(fault).collect(),
        faults: said.errors.iter().take(SHOWN).map(fault).collect(),
        fault_count: said.errors.len(),
    })
}

fn fields(
    context: &Context,
    caller: &Caller,
    list: &OrganisationList,
    choice: &Choice,
) -> Vec<Field> {
    let t = context.t();
    let mut own: Vec<(String, String)> = organisations(caller)
        .into_iter()
        .filter_map(|id| Some((id.to_string(), list.find(id)?.name(t.locale()).to_owned())))
        .collect();
    own.sort_by_cached_key(|(_, name)| sort_key(name));
    own.insert(
        0,
        (
            String::new(),
            t.get("event-import-organisation-file").into_owned(),
        ),
    );
    let states = [State::Draft, State::Published]
        .map(|state| (state.as_str().to_owned(), t.get(&state.key()).into_owned()));
    vec![
        Field::new(
            "organisation",
            FieldKind::Choice(own),
            t.get("events-owner"),
            choice
                .organisation
                .map(|id| id.to_string())
                .unwrap_or_default(),
        ),
        Field::new(
            "category",
            FieldKind::Choice(category_choices(t)),
            t.get("event-import-category"),
            choice.category.as_str(),
        ),
        Field::new(
            "state",
            FieldKind::Choice(states.to_vec()),
            t.get("event-import-state"),
            choice.state.as_str(),
        ),
    ]
}

/// Tries a file, or does what was tried.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let upload = context.upload().await?;
    let form = upload.form.clone();
    let file = upload.file("file").filter(|file| !file.bytes.is_empty());
    let bytes = file.map_or_else(
        || form.text("text").into_bytes(),
        |file| file.bytes.to_vec(),
    );
    let choice = Choice::read(&form);
    let doing = form.text("do") == "import";
    let said = if doing {
        carry(&calendar, &context, &form, &choice, &bytes).await
    } else {
        try_out(&calendar, &context, &choice, &bytes).await
    };
    let text = ImportFile::text(&bytes).unwrap_or_default();
    match said {
        Ok(_) if doing => Ok(Reply::see_other(&format!("{HREF}?done=event-imported"))),
        Ok(said) => Ok(Reply::html(
            page(&context, &choice, text, said).await?.render()?,
        )),
        Err(Problem::Invalid(errors)) => {
            let said = Said {
                errors,
                ..Said::default()
            };
            let page = page(&context, &choice, text, said).await?;
            Ok(Reply::new(422, "text/html; charset=utf-8", page.render()?))
        }
        Err(problem) => Err(problem),
    }
}

/// What the person may do with events of an organisation.
fn may(caller: &Caller) -> impl Fn(OrganisationId, State) -> bool + Send + Sync {
    move |organisation, state| {
        caller.may(Permission::EventEdit, organisation) && caller.may(needed(state), organisation)
    }
}

async fn try_out(
    calendar: &Calendar,
    context: &Context,
    choice: &Choice,
    bytes: &[u8],
) -> Result<Said> {
    let file = ImportFile::read(bytes)?;
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let actor = Actor::system("preview");
    let author = Author {
        actor: &actor,
        now: context.now,
        ids: &*context.app.ids,
    };
    let may = may(caller);
    let options = choice.options();
    let neighbours = &*calendar.neighbours;
    let planned = plan(
        &snapshot,
        author,
        neighbours,
        &file,
        &options,
        &organisations,
        &may,
    )
    .await;
    snapshot.end().await?;
    Ok(Said {
        lines: Some(planned?.lines),
        notes: file.notes,
        errors: Vec::new(),
    })
}

async fn carry(
    calendar: &Arc<Calendar>,
    context: &Context,
    form: &Form,
    choice: &Choice,
    bytes: &[u8],
) -> Result<Said> {
    let file = ImportFile::read(bytes)?;
    let caller = context.caller()?.clone();
    let request = form.request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let (ids, now, options) = (context.app.ids.clone(), context.now, choice.options());
    let calendar = calendar.clone();
    let operation = format!("event.import {}", form.digest());
    let once = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::Person {
                    id: caller.person,
                    role: None,
                    organisation: None,
                    on_behalf_of: None,
                };
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<usize>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let may = may(&caller);
                        let neighbours = &*calendar.neighbours;
                        let planned = plan(
                            write,
                            author,
                            neighbours,
                            &file,
                            &options,
                            &organisations,
                            &may,
                        );
                        let done = carry_out(write, author, neighbours, planned.await?).await?;
                        Ok(done.len())
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await;
    once.map(|_| Said::default())
}
