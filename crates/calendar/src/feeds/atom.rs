//! Atom: the events that a question finds, the next first, each once.

use torg_kernel::{EventId, Locale, Result, Timestamp};
use torg_notify::feed::{CONTENT_TYPE, Entry, Feed, atom};
use torg_web::{Outcome, PageRequest};

use super::gather::Gathered;
use crate::model::{Event, calendar_href};
use crate::store::{self, OccasionRow};
use crate::web::{Asked, Calendar, hours};

/// Occasions that are looked through.
const LOOKED_AT: i64 = 1_000;
/// Events in a feed.
const MOST: usize = 100;

/// The feed.
pub(super) async fn list(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let asked = Asked::read(calendar, request, locale).await?;
    let snapshot = request.snapshot().await?;
    let rows = store::list_occasions(&**snapshot, &asked.query, 0, LOOKED_AT).await?;
    let mut seen: Vec<EventId> = Vec::new();
    let firsts: Vec<OccasionRow> = rows
        .into_iter()
        .filter(|row| {
            let first = seen.len() < MOST && !seen.contains(&row.event);
            if first {
                seen.push(row.event);
            }
            first
        })
        .collect();
    let gathered = Gathered::of_rows(calendar, request, locale, &firsts).await?;
    let entries: Vec<Entry> = firsts
        .iter()
        .filter_map(|row| Some(entry(&gathered, gathered.events.get(&row.event)?, row)))
        .collect();
    let path = calendar_href(locale);
    let updated = entries.iter().map(|entry| entry.updated).max();
    let (chrome, frame) = request.chrome(locale).await?;
    let t = gathered.t;
    let feed = Feed {
        id: gathered.url(&asked.filter.href(&format!("{path}.atom"))),
        title: t.get("calendar-title").into_owned(),
        subtitle: t.get("calendar-lede").into_owned(),
        self_url: gathered.url(&asked.filter.href(&format!("{path}.atom"))),
        html_url: gathered.url(&asked.filter.href(path)),
        updated: updated.unwrap_or(Timestamp::from_micros(0)),
        lang: locale,
        author: author(&gathered, &chrome.city),
        entries,
    };
    let tags: Vec<String> = asked.tags.iter().chain(&frame).cloned().collect();
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        atom(&feed),
        &tags,
        asked.keep,
    )))
}

/// Atom wants an author with a name.
fn author(gathered: &Gathered, site: &str) -> String {
    let root = gathered.organisations.root();
    let root = root.map(|root| root.name(gathered.t.locale()).to_owned());
    root.filter(|name| !name.is_empty())
        .unwrap_or_else(|| site.to_owned())
}

fn entry(gathered: &Gathered, event: &Event, row: &OccasionRow) -> Entry {
    let (t, data) = (gathered.t, &event.data);
    let locale = t.locale();
    let mut lines: Vec<String> = vec![if data.pattern.repeats() {
        data.pattern.words(t)
    } else {
        format!(
            "{} {}",
            torg_ui::date_long(t, row.start.date()),
            hours(t, row)
        )
    }];
    if row.status.is_off() || data.status.is_off() {
        lines.insert(0, t.get(&row.status.key()).into_owned());
    }
    lines.push(row.instead.clone().unwrap_or_else(|| gathered.place(event)));
    lines.push(data.summary.get(locale).to_owned());
    lines.retain(|line| !line.is_empty());
    Entry {
        id: format!("urn:uuid:{}", event.id),
        url: gathered.url(&event.href(locale)),
        title: event.name(locale).to_owned(),
        updated: event.updated_at,
        published: event.created_at,
        summary: lines.join("\n"),
        html: None,
        categories: vec![t.get(&data.category.key()).into_owned()],
        author: gathered.organiser(event),
    }
}
