//! What waits for whoever is logged in, and what was done lately.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use torg_kernel::{Actor, Permission, Result};
use torg_log::{LogEvent, PayloadClass};
use torg_ui::{DeskSection, T, date_time};
use torg_web::{Context, Reply, desk};

use crate::views::{LatelyRow, StartPage};
use crate::{Ask, Workspace};

/// Rows of what was done lately.
const LATELY: usize = 8;
/// Events that are looked through for them: one thing is often changed many times in a row.
const LOOKED_THROUGH: i64 = 120;
/// The most of one kind of work that is named.
const NAMED: usize = 5;

pub(crate) async fn get(workspace: Arc<Workspace>, context: Context) -> Result<Reply> {
    let t = context.t();
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let ask = Ask {
        context: &context,
        caller,
        on: &snapshot,
    };
    let mut waiting = Vec::new();
    let mut begin = Vec::new();
    for place in &workspace.places {
        waiting.extend(place.waiting(&ask).await?);
        begin.extend(place.begin(&ask));
    }
    waiting.retain(|kind| kind.count > 0);
    waiting.sort_by_key(|kind| kind.urgency);
    for kind in &mut waiting {
        kind.items.truncate(NAMED);
    }
    let classes = [PayloadClass::Public, PayloadClass::Internal];
    let own = torg_log::latest_by(&*snapshot, caller.person, LOOKED_THROUGH, &classes).await?;
    let mine = lately(&workspace, &ask, t, &own);
    let others = if caller.has(Permission::LogRead) {
        let head = torg_log::head(&*snapshot).await?;
        let latest = torg_log::latest(&*snapshot, head, LOOKED_THROUGH, &classes).await?;
        let latest: Vec<LogEvent> = latest
            .into_iter()
            .filter(|event| by_another(event, &ask))
            .collect();
        lately(&workspace, &ask, t, &latest)
    } else {
        Vec::new()
    };
    snapshot.end().await?;
    let page = StartPage {
        desk: desk(&context, DeskSection::Start, &t.get("workspace-title"))?,
        waiting,
        begin,
        mine,
        others,
    };
    Ok(Reply::html(page.render()?))
}

/// Whether a person other than the caller did it, within an organisation whose log the caller reads.
fn by_another(event: &LogEvent, ask: &Ask<'_>) -> bool {
    let Actor::Person { id, .. } = &event.actor else {
        return false;
    };
    *id != ask.caller.person
        && event
            .organisation
            .is_some_and(|own| ask.caller.may(Permission::LogRead, own))
}

/// The things that events are about, each once with what happened to it last. What has no place in
/// the workspace is left out.
fn lately(workspace: &Workspace, ask: &Ask<'_>, t: T, events: &[LogEvent]) -> Vec<LatelyRow> {
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for event in events {
        if rows.len() == LATELY {
            break;
        }
        let Some(title) = event.names() else { continue };
        let mut doors = workspace.places.iter();
        let Some(href) = doors.find_map(|place| place.door(ask, &event.subject)) else {
            continue;
        };
        if !seen.insert((event.subject.kind.clone(), event.subject.id)) {
            continue;
        }
        rows.push(LatelyRow {
            title,
            href,
            what: what(t, event),
            time: date_time(t, event.at),
            iso: event.at.rfc3339(),
        });
    }
    rows
}

/// What happened, in words; the kind itself where no words are known.
fn what(t: T, event: &LogEvent) -> String {
    let key = format!("log-kind-{}", event.kind.replace(['.', '_'], "-"));
    t.find(&key).unwrap_or(&event.kind).to_owned()
}
