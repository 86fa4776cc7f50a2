//! Do the rows say what the log says? The log holds each thing as it was after its last change, so
//! a row that was changed past the program is found by comparing.

use std::collections::HashMap;

use serde_json::Value;
use torg_db::Database;
use torg_kernel::{Result, Subject};
use torg_log::{Follower, PayloadClass, PayloadState};
use uuid::Uuid;

/// What the log said last of a thing.
enum Last {
    /// It is so, as canonical JSON.
    Is(String),
    /// It was taken away.
    Gone,
    /// What it was has been weeded.
    Weeded,
}

/// The id by which a thing's row is known: a page's rows are its contents.
fn row_id(kind: &str, subject: Uuid, json: &str) -> Option<Uuid> {
    if kind != "page" {
        return Some(subject);
    }
    let value: Value = serde_json::from_str(json).ok()?;
    value.get("id")?.as_str()?.parse().ok()
}

const KINDS: [&str; 12] = [
    "address_register",
    "map_layer",
    "almanac_entry",
    "page",
    "unit",
    "service",
    "fact",
    "announcement",
    "event",
    "picture",
    "file",
    "comment",
];

/// Compares every page, unit, fact, announcement, picture, file and comment with the log. Returns
/// the subjects whose rows differ, with the row's id. Holds one JSON text for each thing in memory.
///
/// # Errors
/// When the database fails.
pub async fn differing(database: &Database) -> Result<Vec<(Subject, Uuid)>> {
    let mut said: HashMap<(String, Uuid), Last> = HashMap::new();
    let mut weeded: Vec<Subject> = Vec::new();
    let mut follower = Follower::new(database, 0, &[PayloadClass::Public, PayloadClass::Internal]);
    loop {
        let events = follower.ready().await?;
        if events.is_empty() {
            break;
        }
        for event in events
            .into_iter()
            .filter(|e| KINDS.contains(&e.subject.kind.as_str()))
        {
            let kind = event.subject.kind.clone();
            match event.payload {
                PayloadState::Whole {
                    after: Some(after), ..
                } => {
                    // A weeding names the decision, not the thing.
                    if event.kind == "log.weeded" {
                        weeded.push(event.subject);
                    } else if let Some(id) = row_id(&kind, event.subject.id, &after) {
                        let after = match kind.as_str() {
                            "comment" => torg_site::comparable_comment(&after).unwrap_or(after),
                            _ => after,
                        };
                        said.insert((kind, id), Last::Is(after));
                    }
                }
                PayloadState::Whole {
                    before: Some(before),
                    after: None,
                } => {
                    if let Some(id) = row_id(&kind, event.subject.id, &before) {
                        said.insert((kind, id), Last::Gone);
                    }
                }
                PayloadState::Weeded { .. } if kind != "page" => {
                    said.insert((kind, event.subject.id), Last::Weeded);
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    let snapshot = database.snapshot().await?;
    let mut rows: Vec<(Subject, Uuid, String)> = Vec::new();
    for (subject, json) in torg_directory::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_almanac::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_directory::services::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_map::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_facts::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_files::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_site::list_comparable_comments(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_calendar::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    for (subject, json) in torg_noticeboard::list_canonical(&*snapshot).await? {
        let id = subject.id;
        rows.push((subject, id, json));
    }
    let mut after = Uuid::nil();
    loop {
        let pages = torg_site::list_canonical(&*snapshot, after, 500).await?;
        let Some(last) = pages.last() else { break };
        after = last.1;
        compare(&pages, &mut said, &weeded, &mut found);
    }
    compare(&rows, &mut said, &weeded, &mut found);
    snapshot.end().await?;
    // What the log says is there, and no row is.
    for ((kind, id), last) in said {
        // A page's rows have ids of their own.
        let is_weeded = weeded
            .iter()
            .any(|subject| subject.kind == kind && (kind == "page" || subject.id == id));
        if matches!(last, Last::Is(_)) && !is_weeded {
            found.push((Subject::new(&kind, id), id));
        }
    }
    Ok(found)
}

/// Compares rows with what was said of them, and takes those off the list.
fn compare(
    rows: &[(Subject, Uuid, String)],
    said: &mut HashMap<(String, Uuid), Last>,
    weeded: &[Subject],
    found: &mut Vec<(Subject, Uuid)>,
) {
    for (subject, id, json) in rows {
        let well = match said.remove(&(subject.kind.clone(), *id)) {
            Some(Last::Is(last)) => last == *json,
            Some(Last::Weeded) => true,
            Some(Last::Gone) => false,
            // Nothing is known of it: right only if what was known has been weeded.
            None => weeded.contains(subject),
        };
        if !well {
            found.push((subject.clone(), *id));
        }
    }
}
