//! What has happened: to one object, or lately to all.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use askama::Template;
use serde_json::Value;
use torg_db::Snapshot;
use torg_kernel::{Actor, Permission, PersonId, Problem, Result, Subject};
use torg_log::{LogEvent, PayloadClass, PayloadState, history, latest as latest_events};
use torg_markup::{NoNames, body_to_markdown};
use torg_ui::{DeskSection, Paging, T, date_time};
use torg_web::{Context, OrganisationList, Reply, desk};
use uuid::Uuid;

use super::{Site, crumb, page_number, paging};
use crate::views::{LogChange, LogRow, ObjectLogPage};

/// Events on a page.
const EVENTS: usize = 50;

pub(super) async fn of_object(site: Arc<Site>, context: Context) -> Result<Reply> {
    let kind: String = context.param("kind")?;
    let id: Uuid = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let subject = Subject::new(&kind, id);
    let events = history(
        &*snapshot,
        &subject,
        &[PayloadClass::Public, PayloadClass::Internal],
        200,
    )
    .await?;
    let events = allowed(&context, &snapshot, events).await?;
    if events.is_empty() {
        return Err(Problem::NotFound);
    }
    let title = events
        .iter()
        .find_map(LogEvent::names)
        .unwrap_or_else(|| kind.clone());
    let rows = rows(&site, &context, &snapshot, events).await?;
    snapshot.end().await?;
    let t = context.t();
    let mut frame = desk(&context, DeskSection::Log, &title)?;
    frame.crumbs = vec![crumb(t, "desk-log", DeskSection::Log.href())];
    Ok(Reply::html(
        ObjectLogPage {
            desk: frame,
            rows,
            paging: Paging::default(),
        }
        .render()?,
    ))
}

pub(super) async fn latest(site: Arc<Site>, context: Context) -> Result<Reply> {
    let number = page_number(context.query("page"));
    let snapshot = context.app.database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    let skip = i64::try_from((number - 1) * EVENTS)?;
    let classes = [PayloadClass::Public, PayloadClass::Internal];
    let events = latest_events(&*snapshot, head - skip, i64::try_from(EVENTS)?, &classes).await?;
    let events = allowed(&context, &snapshot, events).await?;
    let rows = rows(&site, &context, &snapshot, events).await?;
    snapshot.end().await?;
    let frame = desk(&context, DeskSection::Log, &context.t().get("desk-log"))?;
    let pages = usize::try_from(head)?.div_ceil(EVENTS).min(1_000);
    let paging = paging(DeskSection::Log.href(), "", number, pages);
    Ok(Reply::html(
        ObjectLogPage {
            desk: frame,
            rows,
            paging,
        }
        .render()?,
    ))
}

/// The events that the caller may read: those of organisations whose log the caller may read, and
/// those of none (log-ins, settings) for whoever may read the log of the whole city.
async fn allowed(
    context: &Context,
    on: &Snapshot,
    mut events: Vec<LogEvent>,
) -> Result<Vec<LogEvent>> {
    let (organisations, _) = context.app.organisations(on).await?;
    let caller = context.caller()?;
    let root = organisations.root().map(|root| root.id);
    events.retain(|event| {
        event
            .organisation
            .or(root)
            .is_none_or(|organisation| caller.may(Permission::LogRead, organisation))
    });
    Ok(events)
}

async fn rows(
    site: &Site,
    context: &Context,
    on: &Snapshot,
    events: Vec<LogEvent>,
) -> Result<Vec<LogRow>> {
    let (organisations, _) = context.app.organisations(on).await?;
    let mut people: Vec<PersonId> = events
        .iter()
        .flat_map(|event| [event.actor.person(), event.actor.on_behalf_of()])
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    let people: HashMap<PersonId, String> = site
        .neighbours
        .people(on, &people)
        .await?
        .into_iter()
        .collect();
    Ok(events
        .iter()
        .map(|event| row(context, event, &people, &organisations))
        .collect())
}

fn row(
    context: &Context,
    event: &LogEvent,
    people: &HashMap<PersonId, String>,
    organisations: &OrganisationList,
) -> LogRow {
    let t = context.t();
    let actor = match &event.actor {
        Actor::Anonymous => t.get("log-actor-anonymous").into_owned(),
        Actor::System { name } => t.one("log-actor-system", "name", name.as_str()),
        Actor::Person {
            id, on_behalf_of, ..
        } => {
            let name = |id: &PersonId| {
                let gone = || t.get("log-actor-gone").into_owned();
                people.get(id).cloned().unwrap_or_else(gone)
            };
            match on_behalf_of {
                Some(colleague) => {
                    let (who, colleague) = (name(id), name(colleague));
                    t.two("log-actor-for", "name", &*who, "colleague", &*colleague)
                }
                None => name(id),
            }
        }
    };
    let organisation = event
        .organisation
        .and_then(|id| organisations.find(id))
        .map(|entry| entry.name(context.locale()).to_owned())
        .unwrap_or_default();
    let key = format!("log-kind-{}", event.kind.replace(['.', '_'], "-"));
    let mut kind = t
        .find(&key)
        .map_or_else(|| event.kind.clone(), str::to_owned);
    if let Some(name) = event.names() {
        kind = format!("{kind}: {name}");
    }
    LogRow {
        position: event.position,
        time: date_time(t, event.at),
        machine_time: event.at.rfc3339(),
        actor,
        organisation,
        kind,
        changes: changes(t, &event.payload),
        weeded: matches!(event.payload, PayloadState::Weeded { .. }),
    }
}

/// What differs between before and after, field by field.
fn changes(t: T, payload: &PayloadState) -> Vec<LogChange> {
    let PayloadState::Whole {
        before: Some(before),
        after: Some(after),
    } = payload
    else {
        return Vec::new();
    };
    let (Ok(before), Ok(after)) = (serde_json::from_str(before), serde_json::from_str(after))
    else {
        return Vec::new();
    };
    let (before, after) = (flat(&before), flat(&after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| {
            !matches!(
                name.as_str(),
                "version" | "text_version" | "updated_at" | "source_version"
            )
        })
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| LogChange {
            name: field_name(t, name),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        })
        .collect()
}

/// The words for a field such as `hours.weekly.mon`: each part that has words is translated.
fn field_name(t: T, path: &str) -> String {
    let words: Vec<String> = path
        .split('.')
        .map(|part| {
            let key = part.replace('_', "-");
            t.find(&format!("log-field-{key}"))
                .or_else(|| t.find(&format!("weekday-{key}")))
                .map_or_else(|| part.to_owned(), str::to_owned)
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.join(", ")
}

/// An object's innermost values as text, by their path: a long object is not shown twice for the
/// sake of one value in it.
fn flat(value: &Value) -> BTreeMap<String, String> {
    fn walk(path: &str, value: &Value, out: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(fields) if path != "document" => {
                for (name, value) in fields {
                    let inner = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    walk(&inner, value, out);
                }
            }
            Value::Null => {}
            value => {
                out.insert(path.to_owned(), plain(path, value));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk("", value, &mut out);
    out
}

/// A value as somebody can read it: documents as their words, the rest as JSON where it is not
/// plain text.
fn plain(name: &str, value: &Value) -> String {
    if name == "document"
        && let Ok(document) = serde_json::from_value::<torg_kernel::Document>(value.clone())
    {
        return torg_kernel::truncate_words(&body_to_markdown(&document, &NoNames), 4_000);
    }
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) if list.iter().all(|item| !item.is_object()) => {
            let parts: Vec<String> = list.iter().map(|item| plain(name, item)).collect();
            parts.join(", ")
        }
        other => other.to_string(),
    }
}
