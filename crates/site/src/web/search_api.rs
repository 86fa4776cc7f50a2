//! Search for programs and for the script of the search field: `/api/v1/search`, suggestions while
//! somebody types, and the count of what was chosen.

use std::sync::Arc;

use serde_json::json;
use torg_kernel::{Locale, Message, Problem, Result};
use torg_search::{Hit, Query};
use torg_web::{Context, HeaderValue, Outcome, Page, PageRequest, Reply, Routes, StatusCode};

use super::Site;
use super::search::find;
use crate::searching::filters::{Asked, Names, cleaned, names};
use crate::searching::{Source, source};

/// Most suggestions in an answer, and most of them common searches.
const SUGGESTIONS: usize = 8;
const COMMON: usize = 3;
/// Letters before hits of a search are added to titles that fit.
const ENOUGH_LETTERS: usize = 3;
/// Titles that are enough without a search.
const ENOUGH_TITLES: usize = 4;

/// Parameters of the search for programs.
pub(super) const ASKED: &[&str] = &[
    "q", "lang", "limit", "offset", "type", "theme", "org", "from", "to", "facets",
];

const API_NAMES: Names = Names {
    path: "/api/v1/search",
    ..names(true)
};

/// Routes that ask who asks.
pub(super) fn routes(site: &Arc<Site>) -> Routes {
    let access = torg_kernel::Access::Public;
    let (one, other) = (site.clone(), site.clone());
    Routes::new()
        .get("/api/v1/suggest", access, move |context| {
            suggest(one.clone(), context)
        })
        .post("/api/v1/search/click", access, move |context| {
            click(other.clone(), context)
        })
}

fn language(text: Option<&str>) -> Result<Locale> {
    match text {
        None => Ok(Locale::SV),
        Some(lang) => lang
            .parse()
            .map_err(|_| Problem::field("lang", Message::new("search-lang-wrong"))),
    }
}

/// `GET /api/v1/search?q=…&lang=sv&limit=10&offset=0&type=&theme=&org=&from=&to=&facets=true`.
pub(super) async fn api(site: Arc<Site>, request: &PageRequest) -> Result<Outcome> {
    let locale = language(request.query("lang"))?;
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
    let asked = Asked::read(API_NAMES, |name| request.query(name));
    if let Some(key) = asked.wrong_dates() {
        return Err(Problem::field("from", Message::new(key)));
    }
    let query = Query {
        limit,
        offset,
        facets: request.query("facets") == Some("true"),
        fresh: Some(site.index.freshness(request.now)),
        ..asked.query(locale)
    };
    let found = find(&site, query).await?;
    let mut body = json!({
        "total": found.total,
        "results": found.results.into_iter().map(shown).collect::<Vec<_>>(),
        "suggestion": found.suggestion,
        "matched": found.matched,
    });
    if let Some(facets) = found.facets {
        body["facets"] = json!({
            "type": facets.kinds,
            "theme": facets.themes,
            "org": facets.organisations,
            "dated": facets.dated,
        });
    }
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        keep: false,
        ..Page::html(body.to_string(), Vec::new())
    }))
}

fn shown(hit: Hit) -> serde_json::Value {
    let extract: String = hit.extract.iter().map(|part| part.text.as_str()).collect();
    json!({
        "title": hit.title,
        "url": hit.url,
        "type": hit.kind,
        "theme": hit.theme,
        "org": hit.organisation,
        "lang": hit.locale,
        "variant": hit.variant.as_str(),
        "published": hit.published_at.map(torg_kernel::Timestamp::rfc3339),
        "best_bet": hit.best_bet,
        "extract": extract,
        "segments": hit.extract,
    })
}

fn source_of(context: &Context) -> Source {
    let forwarded = context
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok());
    source(context.peer, forwarded)
}

/// Sent away without any work: the next may be asked in a second.
fn too_many() -> Reply {
    let body = r#"{"type":"about:blank","title":"Too Many Requests","status":429}"#;
    let mut reply = Reply::new(429, "application/problem+json", body);
    reply
        .headers
        .insert("retry-after", HeaderValue::from_static("1"));
    reply
}

/// `GET /api/v1/suggest?q=…&lang=sv`: common searches and titles that begin so, then what a search
/// finds.
async fn suggest(site: Arc<Site>, context: Context) -> Result<Reply> {
    if !site
        .searching
        .suggestions
        .admits(source_of(&context), context.now)
    {
        return Ok(too_many());
    }
    let locale = language(context.query("lang"))?;
    let text = cleaned(context.query("q").unwrap_or_default());
    let mut suggestions = Vec::new();
    if !text.is_empty() {
        let names = names(locale == Locale::EN);
        for words in site.searching.common.beginning(&text, locale, COMMON) {
            let asked = Asked {
                text: words.clone(),
                language: (![Locale::SV, Locale::EN].contains(&locale)).then_some(locale),
                ..Asked::default()
            };
            let url = asked.href(names, 1);
            suggestions.push(json!({"text": words, "url": url, "type": "query"}));
        }
        let more = SUGGESTIONS - suggestions.len();
        for (title, url, kind) in titles(&site, text, locale, more, context.now).await? {
            suggestions.push(json!({"text": title, "url": url, "type": kind}));
        }
    }
    Reply::json(&json!({"suggestions": suggestions}))
}

/// Title, address and type of the pages to suggest.
async fn titles(
    site: &Arc<Site>,
    text: String,
    locale: Locale,
    most: usize,
    now: torg_kernel::Timestamp,
) -> Result<Vec<(String, String, String)>> {
    let index = site.index.clone();
    Ok(tokio::task::spawn_blocking(move || {
        let fresh = Some(index.freshness(now));
        let mut found: Vec<(String, String, String)> = index
            .suggest(&text, locale, most, fresh)?
            .into_iter()
            .map(|hit| (hit.title, hit.url, hit.kind))
            .collect();
        if found.len() < ENOUGH_TITLES && text.chars().count() >= ENOUGH_LETTERS {
            let query = Query {
                limit: most,
                fresh,
                ..Query::new(text, locale)
            };
            for hit in index.search(&query)?.results {
                if found.len() < most && found.iter().all(|(_, url, _)| *url != hit.url) {
                    found.push((hit.title, hit.url, hit.kind));
                }
            }
        }
        Ok::<_, torg_search::SearchError>(found)
    })
    .await??)
}

/// `POST /api/v1/search/click` with `q`, `lang`, `position` and `url`: counts that a result was
/// chosen. Nothing says who chose it, and what is not in the index is not counted.
async fn click(site: Arc<Site>, context: Context) -> Result<Reply> {
    let source = source_of(&context);
    if !site.searching.clicks.admits(source, context.now) {
        return Ok(too_many());
    }
    let form = context.form();
    let locale = language(Some(&form.text("lang")))?;
    let position: usize = form
        .text("position")
        .parse()
        .ok()
        .filter(|position| (1..=10_000).contains(position))
        .ok_or_else(|| {
            let message = Message::new("search-number-wrong").with("most", 10_000);
            Problem::field("position", message)
        })?;
    let url = form.text("url");
    if site.index.has_address(&url)? {
        let text = form.text("q");
        tracing::debug!(position, "a result was chosen");
        site.searching.clicked(context.now, source, locale, &text);
    }
    let mut reply = Reply::text("");
    reply.status = StatusCode::NO_CONTENT;
    Ok(reply)
}
