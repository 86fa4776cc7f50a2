//! schema.org: the events that a question finds, for search engines and other programs.

use serde_json::{Value, json};
use torg_kernel::{EventId, Locale, Result};
use torg_web::{Outcome, PageRequest};

use super::gather::Gathered;
use crate::model::calendar_href;
use crate::store::{self, OccasionRow};
use crate::web::{Asked, Calendar, event_json_ld};

/// The type of JSON-LD.
const CONTENT_TYPE: &str = "application/ld+json; charset=utf-8";
/// Occasions that are told.
const MOST: i64 = 1_000;

/// The list, each event once with its occasions.
pub(super) async fn list(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let asked = Asked::read(calendar, request, locale).await?;
    let snapshot = request.snapshot().await?;
    let rows = store::list_occasions(&**snapshot, &asked.query, 0, MOST).await?;
    let count = store::count_occasions(&**snapshot, &asked.query).await?;
    let gathered = Gathered::of_rows(calendar, request, locale, &rows).await?;
    let mut order: Vec<EventId> = Vec::new();
    let mut by_event: std::collections::HashMap<EventId, Vec<OccasionRow>> =
        std::collections::HashMap::new();
    for row in rows {
        let own = by_event.entry(row.event).or_default();
        if own.is_empty() {
            order.push(row.event);
        }
        own.push(row);
    }
    let items: Vec<Value> = order
        .iter()
        .filter_map(|id| {
            let event = gathered.events.get(id)?;
            let card = gathered.card(event);
            let owner = gathered.owner(event);
            let mut told = event_json_ld(
                event,
                &by_event[id],
                request.now,
                &gathered.base,
                locale,
                card.as_ref(),
                Some(owner).filter(|owner| !owner.is_empty()),
            );
            if let Value::Object(told) = &mut told {
                told.remove("@context");
                if let Some(picture) = gathered.picture(event) {
                    told.insert("image".to_owned(), json!(picture));
                }
            }
            Some(told)
        })
        .collect();
    let path = calendar_href(locale);
    let body = json!({
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": gathered.t.get("calendar-title"),
        "url": gathered.url(&asked.filter.href(path)),
        "inLanguage": locale.as_str(),
        "numberOfItems": count,
        "itemListElement": items,
    });
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        body.to_string(),
        &asked.tags,
        asked.keep,
    )))
}
