//! What was changed lately, as a feed.

use torg_kernel::{Locale, Result, civil_date};
use torg_notify::feed::{self, Entry, Feed};
use torg_ui::T;
use torg_web::{Outcome, Page, PageRequest};

use super::{Directory, list_href};
use crate::service::UNIT_DETAILS_TAG;

/// Entries of the feed at most.
const ENTRIES: usize = 50;

pub(super) fn feed_href(locale: Locale) -> &'static str {
    match locale == Locale::EN {
        true => "/en/find/changed.atom",
        false => "/hitta/andrat.atom",
    }
}

/// Units by their last change, newest first. A confirmation is no change.
pub(super) async fn atom(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let t = T::of(locale);
    let base = &request.app.settings.base_url;
    let today = civil_date(request.now);
    let mut newest: Vec<_> = all
        .units
        .iter()
        .filter(|entry| !entry.unit.is_closed_on(today))
        .collect();
    newest.sort_by_key(|entry| std::cmp::Reverse(entry.unit.updated_at));
    newest.truncate(ENTRIES);
    let entries = newest.iter().map(|entry| {
        let unit = &entry.unit;
        Entry {
            id: format!("urn:uuid:{}", unit.id),
            url: format!("{base}{}", unit.href(locale)),
            title: unit.name(locale).to_owned(),
            updated: unit.updated_at,
            published: unit.updated_at,
            summary: super::find::changed_words(t, entry),
            html: None,
            categories: vec![
                t.get(&format!("unit-kind-{}", unit.kind.as_str()))
                    .into_owned(),
            ],
            author: String::new(),
        }
    });
    let feed = Feed {
        id: format!("{base}{}", feed_href(locale)),
        title: t.get("find-changed").into_owned(),
        subtitle: t.get("units-lede").into_owned(),
        self_url: format!("{base}{}", feed_href(locale)),
        html_url: format!("{base}{}?sort=changed", list_href(locale)),
        updated: newest
            .first()
            .map_or(request.now, |entry| entry.unit.updated_at),
        lang: locale,
        author: request.app.settings.city.clone(),
        entries: entries.collect(),
    };
    let mut page = Page::html(feed::atom(&feed), vec![UNIT_DETAILS_TAG.to_owned()]);
    page.content_type = feed::CONTENT_TYPE;
    Ok(Outcome::Page(page))
}
