//! Search: the page that works without script, and the same as JSON.

use std::sync::Arc;

use askama::Template;
use serde_json::json;
use torg_kernel::{Locale, Message, Problem, Result};
use torg_search::{Query, SearchResponse};
use torg_ui::{Alternate, NavLink, Shell, T};
use torg_web::{Outcome, Page, PageRequest, Wanted};

use super::{Site, page_number, paging};
use crate::model::PageKind;
use crate::store;
use crate::views::{SearchPage, SearchResult, Segment};

/// Hits on a page.
const HITS: usize = 10;

/// The words that are searched for: control characters become spaces, the rest is kept as written
/// but cut where the index would cut it.
fn cleaned(text: &str) -> String {
    torg_kernel::squeeze(&text.chars().take(300).collect::<String>())
}

pub(super) async fn page(
    site: Arc<Site>,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let t = T::of(locale);
    let path = if locale == Locale::EN {
        "/en/search"
    } else {
        "/sok"
    };
    let text = cleaned(request.query("q").unwrap_or_default());
    let number = page_number(request.query("page"));
    let (chrome, mut tags) = request.chrome(locale).await?;
    let mut shell = Shell::new(chrome.clone(), t.get("search-title"), path);
    shell.noindex = true;
    shell.alternates = vec![
        Alternate {
            locale: Locale::SV,
            href: "/sok".to_owned(),
        },
        Alternate {
            locale: Locale::EN,
            href: "/en/search".to_owned(),
        },
    ];
    let found = find(&site, &text, locale, HITS, (number - 1) * HITS).await?;
    let pages = found.total.div_ceil(HITS).min(1_000);
    let contact = if found.total == 0 && !text.is_empty() {
        contact(request, locale, &mut tags).await?
    } else {
        None
    };
    let page = SearchPage {
        shell,
        suggestion: found.suggestion.as_ref().map(|words| {
            let query: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
            NavLink::new(words, format!("{path}?q={query}"))
        }),
        paging: paging(path, &text, number, pages),
        query: text,
        total: found.total,
        results: found.results.into_iter().map(result).collect(),
        themes: chrome.themes.clone(),
        contact,
    };
    Ok(Outcome::Page(Page {
        keep: false,
        ..Page::html(page.render()?, tags)
    }))
}

fn result(hit: torg_search::Hit) -> SearchResult {
    SearchResult {
        title: hit.title,
        href: hit.url,
        kind: hit.kind,
        extract: hit
            .extract
            .into_iter()
            .map(|part| Segment {
                text: part.text,
                hit: part.highlighted,
            })
            .collect(),
    }
}

/// Searches off the threads that answer requests: it is all computing.
async fn find(
    site: &Arc<Site>,
    text: &str,
    locale: Locale,
    limit: usize,
    offset: usize,
) -> Result<SearchResponse> {
    let mut query = Query::new(text, locale);
    query.limit = limit;
    query.offset = offset;
    let index = site.index.clone();
    Ok(tokio::task::spawn_blocking(move || index.search(&query)).await??)
}

/// Whom to ask when nothing was found: the contact card of the start page.
async fn contact(
    request: &PageRequest,
    locale: Locale,
    tags: &mut Vec<String>,
) -> Result<Option<torg_ui::ContactCard>> {
    let on = request.snapshot().await?;
    let starts = store::list_of_kind(&**on, PageKind::Start).await?;
    let Some(start) = starts.iter().find(|page| page.locale == locale.as_str()) else {
        return Ok(None);
    };
    let start = store::find_by_address(&**on, &start.address).await?;
    let Some(unit) = start.and_then(|start| start.document.units().first().copied()) else {
        return Ok(None);
    };
    let wanted = Wanted {
        contacts: vec![unit],
        ..Wanted::default()
    };
    let mut found = request
        .app
        .facts
        .resolve(&request.reading, &wanted, locale, request.now)
        .await?;
    tags.append(&mut found.tags);
    Ok(found.contacts.remove(&unit))
}

/// `GET /api/v1/search?q=…&lang=sv&limit=10&offset=0`: total, results, suggestion.
pub(super) async fn api(site: Arc<Site>, request: &PageRequest) -> Result<Outcome> {
    let locale = match request.query("lang") {
        None => Locale::SV,
        Some(lang) => lang
            .parse()
            .map_err(|_| Problem::field("lang", Message::new("search-lang-wrong")))?,
    };
    let number = |name: &str, default: usize, most: usize| match request.query(name) {
        None => Ok(default),
        Some(text) => text
            .parse::<usize>()
            .ok()
            .filter(|n| *n <= most)
            .ok_or_else(|| {
                let message = Message::new("search-number-wrong").with("most", most);
                Problem::field(name, message)
            }),
    };
    let limit = number("limit", 10, 100)?;
    let offset = number("offset", 0, 10_000)?;
    let text = request.query("q").unwrap_or_default();
    let found = find(&site, &cleaned(text), locale, limit, offset).await?;
    let results: Vec<_> = found
        .results
        .into_iter()
        .map(|hit| {
            let extract: String = hit.extract.iter().map(|part| part.text.as_str()).collect();
            json!({
                "title": hit.title,
                "url": hit.url,
                "type": hit.kind,
                "extract": extract,
                "segments": hit.extract,
            })
        })
        .collect();
    let body = json!({
        "total": found.total,
        "results": results,
        "suggestion": found.suggestion,
    });
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        keep: false,
        ..Page::html(body.to_string(), Vec::new())
    }))
}
