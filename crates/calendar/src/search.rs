//! What other rooms are told of events: search and the sitemap. Plain data; the binary hands it on.

use torg_db::ConnectionTrait;
use torg_kernel::{EventId, Locale, Result, Timestamp};
use torg_ui::T;
use torg_web::OrganisationList;

use crate::model::{Event, Organiser, Place, calendar_href};
use crate::store;
use crate::web::LOCALES;

/// An event in one language as search takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventForSearch {
    /// `event:ID:LANGUAGE`.
    pub key: String,
    /// The language.
    pub locale: Locale,
    /// Its page.
    pub url: String,
    /// Its name.
    pub title: String,
    /// The sentence.
    pub description: String,
    /// Other words by which people look for it: its sort, for whom, place and organiser.
    pub keywords: Vec<String>,
    /// The rest.
    pub body: String,
    /// Key of the organisation.
    pub organisation: Option<String>,
    /// When it was made public or last changed.
    pub updated_at: Timestamp,
}

fn key(id: EventId, locale: Locale) -> String {
    format!("event:{id}:{locale}")
}

/// The keys of all that search may hold of an event, for taking it away.
#[must_use]
pub fn search_keys(id: EventId) -> Vec<String> {
    LOCALES.iter().map(|locale| key(id, *locale)).collect()
}

/// The event whose document has a key in the search.
#[must_use]
pub fn event_of_search_key(key: &str) -> Option<EventId> {
    key.strip_prefix("event:")?.split(':').next()?.parse().ok()
}

/// An event as search takes it in, once for each language; nothing unless it is public and not over.
/// `place` is the name of its unit in a language.
#[must_use]
pub fn search_documents(
    event: &Event,
    organisations: &OrganisationList,
    place: &dyn Fn(Locale) -> Option<String>,
    now: Timestamp,
) -> Vec<EventForSearch> {
    if !event.is_public() || crate::check::last_day(&event.data.pattern, now).is_none() {
        return Vec::new();
    }
    let organisation = organisations
        .find(event.organisation)
        .map(|entry| entry.key.clone());
    LOCALES
        .into_iter()
        .map(|locale| {
            let (t, data) = (T::of(locale), &event.data);
            let mut keywords = vec![t.get(&data.category.key()).into_owned()];
            keywords.extend(
                data.audiences
                    .iter()
                    .map(|it| t.get(&it.key()).into_owned()),
            );
            keywords.extend(match &data.place {
                Some(Place::Unit { .. }) => place(locale),
                Some(Place::Free { name, .. }) => Some(name.get(locale).to_owned()),
                _ => None,
            });
            if let Some(Organiser::Free { name, .. }) = &data.organiser {
                keywords.push(name.clone());
            }
            EventForSearch {
                key: key(event.id, locale),
                locale,
                url: event.href(locale),
                title: event.name(locale).to_owned(),
                description: data.summary.get(locale).to_owned(),
                keywords,
                body: data.text.get(locale).to_owned(),
                organisation: organisation.clone(),
                updated_at: event.updated_at,
            }
        })
        .collect()
}

/// A page for the sitemap, with its address in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its addresses on this site by language, Swedish first.
    pub addresses: Vec<(Locale, String)>,
    /// When it changed last; nothing for the calendar itself.
    pub updated_at: Option<Timestamp>,
}

/// The calendar, and what in it is public and not over.
///
/// # Errors
/// When the database fails.
pub async fn sitemap_entries<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<SitemapEntry>> {
    let addresses = |href: &dyn Fn(Locale) -> String| {
        let all = LOCALES.into_iter();
        all.map(|locale| (locale, href(locale))).collect()
    };
    let mut entries = vec![SitemapEntry {
        addresses: addresses(&|locale| calendar_href(locale).to_owned()),
        updated_at: None,
    }];
    let coming = crate::filter::OccasionQuery {
        from: now,
        ..Default::default()
    };
    let mut ids: Vec<EventId> = store::list_occasions(on, &coming, 0, 100_000)
        .await?
        .iter()
        .map(|row| row.event)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let events = store::list_by_id(on, &ids).await?;
    entries.extend(events.iter().map(|event| SitemapEntry {
        addresses: addresses(&|locale| event.href(locale)),
        updated_at: Some(event.updated_at),
    }));
    Ok(entries)
}
