//! One occasion of an event: called off, moved, full, or as planned again.

use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::civil::{Date, DateTime};
use torg_db::Snapshot;
use torg_kernel::{EventId, Message, Problem, Result, squeeze};
use torg_log::{Author, write_once};
use torg_recurrence::Change;
use torg_web::{Context, Form, Reply};

use super::Calendar;
use super::admin::HREF;
use super::edit::load;
use super::pattern_form::read_time;
use crate::check::is_skipped;
use crate::model::Event;
use crate::service::{self, needed};
use crate::store;

/// Characters of a reason.
const NOTE: usize = 300;

/// What is to become of an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Cancel,
    CancelFrom,
    Move(DateTime),
    Full,
    Restore,
}

fn read(form: &Form, of: DateTime) -> Result<Deed> {
    Ok(match form.text("what").as_str() {
        "cancel" => Deed::Cancel,
        "cancel_from" => Deed::CancelFrom,
        "full" => Deed::Full,
        "restore" => Deed::Restore,
        "move" => {
            let wrong = |key| Problem::field("moved_date", Message::new(key));
            let (day, hour) = (form.text("moved_date"), form.text("moved_time"));
            if day.trim().is_empty() && hour.trim().is_empty() {
                return Err(wrong("event-error-moved"));
            }
            let day = match day.trim() {
                "" => of.date(),
                day => day.parse::<Date>().map_err(|_| wrong("event-error-date"))?,
            };
            let time = match hour.trim() {
                "" => of.time(),
                hour => read_time(hour).ok_or_else(|| wrong("event-error-time"))?,
            };
            let to = day.to_datetime(time);
            if is_skipped(to) {
                return Err(wrong("event-error-moved-skipped"));
            }
            Deed::Move(to)
        }
        _ => return Err(Problem::NotFound),
    })
}

/// The event after the deed. `all` are the starts of its known occasions.
fn done(before: &Event, of: DateTime, deed: &Deed, note: &str, all: &[DateTime]) -> Event {
    let mut after = before.clone();
    let data = &mut after.data;
    let affected: Vec<DateTime> = match deed {
        Deed::CancelFrom => all.iter().copied().filter(|own| *own >= of).collect(),
        _ => vec![of],
    };
    let changes = &mut data.pattern.changes;
    for of in affected {
        let known = changes.iter().position(|change| change.of == of);
        let mut change = known.map_or_else(
            || Change {
                cancelled: false,
                ..Change::cancelled(of)
            },
            |at| changes.remove(at),
        );
        data.full.retain(|own| *own != of);
        match deed {
            Deed::Cancel | Deed::CancelFrom => change.cancelled = true,
            Deed::Move(to) => {
                change.cancelled = false;
                change.to = Some(*to);
            }
            Deed::Full => {
                change.cancelled = false;
                data.full.push(of);
                data.full.sort_unstable();
            }
            Deed::Restore => continue,
        }
        note.clone_into(&mut change.note);
        changes.push(change);
    }
    data.pattern = data.pattern.clone().canonical();
    after
}

async fn starts(on: &Snapshot, event: &Event) -> Result<Vec<DateTime>> {
    let rows = store::list_occasions_of(&**on, event.id).await?;
    Ok(rows.iter().map(|row| row.of).collect())
}

/// Does it.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    let all = starts(&snapshot, &saved).await?;
    snapshot.end().await?;
    let actor = context.acting(needed(saved.state), saved.organisation)?;
    let form = context.form();
    let of: DateTime = form.text("of").parse().map_err(|_| Problem::NotFound)?;
    if !all.contains(&of) {
        return Err(Problem::NotFound);
    }
    let id = saved.id;
    let back = |key: &str| Ok(Reply::see_other(&format!("{HREF}/{id}?done={key}")));
    let deed = match read(&form, of) {
        Ok(deed) => deed,
        Err(Problem::Invalid(_)) => return back("event-occasion-wrong"),
        Err(problem) => return Err(problem),
    };
    let note: String = squeeze(&form.text("note")).chars().take(NOTE).collect();
    let request = form.request_id()?;
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let operation = format!("event.occasion {id} {}", form.digest());
    let (app, now) = (context.app.clone(), context.now);
    let written = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<EventId>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let before = service::opened(write, id, version).await?;
                        let after = done(&before, of, &deed, &note, &all);
                        let kind = match deed {
                            Deed::Cancel | Deed::CancelFrom => "event.occasion_cancelled",
                            Deed::Move(_) => "event.occasion_moved",
                            Deed::Full => "event.occasion_full",
                            Deed::Restore => "event.occasion_restored",
                        };
                        let neighbours = &*calendar.neighbours;
                        service::change(write, author, neighbours, kind, &before, after).await?;
                        Ok(id)
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await;
    match written {
        Ok(_) => back("event-occasion-changed"),
        Err(Problem::Invalid(_)) => back("event-occasion-wrong"),
        Err(Problem::Conflict(_)) => back("event-changed-meanwhile"),
        Err(problem) => Err(problem),
    }
}
