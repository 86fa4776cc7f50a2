//! The search page, which works without script.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Locale, Result, Variant, civil_date, truncate_words};
use torg_search::{FacetCount, Facets, Hit, Matched, Query, SearchResponse};
use torg_ui::{Alternate, NavLink, Paging, Shell, T};
use torg_web::{OrganisationList, Outcome, Page, PageRequest, Wanted};

use super::{Site, page_number, search_languages};
use crate::model::PageKind;
use crate::searching::filters::{Asked, Names, names};
use crate::searching::source;
use crate::store;
use crate::views::{
    DateFilter, FilterChoice, FilterGroup, Filters, SearchPage, SearchResult, Segment, WaysOn,
};

/// Hits on a page.
const HITS: usize = 10;
/// Most organisations that are offered to narrow by.
const MOST_CHOICES: usize = 12;
/// Letters of what was searched for that the title of the page holds.
const TITLE_LETTERS: usize = 60;
/// Most words and searches that are offered to go on with.
const MOST_WAYS: usize = 6;

pub(super) async fn page(
    site: Arc<Site>,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let names = names(locale == Locale::EN);
    let mut asked = Asked::read(names, |name| request.query(name));
    let number = page_number(request.query("page"));
    let (mut chrome, mut tags) = request.chrome(locale).await?;
    let offered = |locale: &Locale| chrome.languages.iter().any(|own| own.locale == *locale);
    // Only a language that the city writes in: a frame is kept for each.
    asked.language = asked.language.filter(offered);
    let languages: Vec<Locale> = chrome.languages.iter().map(|own| own.locale).collect();
    if let Some(language) = asked.language {
        (chrome, tags) = request.chrome(language).await?;
    }
    let locale = asked.language.unwrap_or(locale);
    let t = T::of(locale);
    let mut query = asked.query(locale);
    query.limit = HITS;
    query.offset = (number - 1) * HITS;
    query.facets = true;
    query.fresh = Some(site.index.freshness(request.now));
    let (found, elsewhere) = search_languages::find_in_languages(&site, query, languages).await?;
    if number == 1 && !asked.is_narrowed() {
        let asker = request.asker.clone().unwrap_or_default();
        let from = source(asker.peer, asker.forwarded_for.as_deref());
        site.searching
            .searched(request.now, from, locale, &asked.text, found.total);
    }
    let nothing = found.total == 0 && !asked.text.is_empty();
    let contact = if nothing {
        contact(request, locale, &mut tags).await?
    } else {
        None
    };
    let organisations = request.organisations().await?;
    let search_for = |words: &str| NavLink::new(words, asked.of_words(words).href(names, 1));
    let ways_on = if found.total == 0 {
        ways_on(&site, &asked, locale).await?
    } else {
        Ways::default()
    };
    let title = match asked.text.as_str() {
        "" => t.get("search-title").into_owned(),
        text => t.one(
            "search-title-for",
            "query",
            truncate_words(text, TITLE_LETTERS),
        ),
    };
    let mut shell = Shell::new(chrome.clone(), title, chrome.search_href.as_str());
    // The form is worth finding; what somebody searched for is not.
    shell.noindex = !asked.text.is_empty() || asked.is_narrowed();
    shell.description = t.get("search-empty-start").into_owned();
    shell.alternates = alternates();
    let page = SearchPage {
        shell,
        suggestion: found.suggestion.as_deref().map(search_for),
        languages: search_languages::tongues(&asked, locale, &elsewhere),
        corrected: found.matched == Matched::Corrected,
        filters: filters(t, names, &asked, &found, &chrome.themes, &organisations),
        paging: paging(&asked, names, number, found.total.div_ceil(HITS).min(1_000)),
        before: (number - 1) * HITS,
        total: found.total,
        results: found
            .results
            .into_iter()
            .map(|hit| result(t, hit))
            .collect(),
        ways_on: WaysOn {
            nearest: ways_on.nearest.iter().map(|way| search_for(way)).collect(),
            common: ways_on.common.iter().map(|way| search_for(way)).collect(),
        },
        query: asked.text,
        themes: chrome.themes.clone(),
        contact,
    };
    Ok(Outcome::Page(Page {
        keep: false,
        ..Page::html(page.render()?, tags)
    }))
}

fn alternates() -> Vec<Alternate> {
    [(Locale::SV, "/sok"), (Locale::EN, "/en/search")]
        .into_iter()
        .map(|(locale, href)| Alternate {
            locale,
            href: href.to_owned(),
        })
        .collect()
}

fn paging(asked: &Asked, names: Names, page: usize, pages: usize) -> Paging {
    Paging {
        page,
        pages,
        previous_href: (page > 1).then(|| asked.href(names, page - 1)),
        next_href: (page < pages).then(|| asked.href(names, page + 1)),
    }
}

fn result(t: T, hit: Hit) -> SearchResult {
    let mut notes = Vec::new();
    if hit.variant != Variant::Standard {
        notes.push(
            t.get(&format!("search-variant-{}", hit.variant.as_str()))
                .into_owned(),
        );
    }
    if let Some(published) = hit.published_at {
        notes.push(torg_ui::date(t, civil_date(published)));
    }
    let lang = (hit.locale != t.page()).then_some(hit.locale);
    SearchResult {
        title: hit.title,
        href: hit.url,
        kind: hit.kind,
        notes,
        best_bet: hit.best_bet,
        lang,
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

/// Everything that the search is or can be narrowed by.
fn filters(
    t: T,
    names: Names,
    asked: &Asked,
    found: &SearchResponse,
    themes: &[NavLink],
    organisations: &OrganisationList,
) -> Filters {
    let facets = found.facets.clone().unwrap_or_default();
    let kind_label = |key: &str| t.find(&format!("search-kind-{key}")).map(str::to_owned);
    let theme_label = |key: &str| {
        let end = format!("/{key}");
        let theme = themes.iter().find(|theme| theme.href.ends_with(&end));
        theme.map(|theme| theme.label.clone())
    };
    let organisation_label = |key: &str| {
        let entry = organisations.by_key(key)?;
        Some(entry.name(t.locale()).to_owned())
    };
    let dimensions = [
        Dimension {
            id: "narrow_kind",
            heading: "search-narrow-kind",
            label: &kind_label,
            counts: &facets.kinds,
            value: |asked| &mut asked.kind,
        },
        Dimension {
            id: "narrow_theme",
            heading: "search-narrow-theme",
            label: &theme_label,
            counts: &facets.themes,
            value: |asked| &mut asked.theme,
        },
        Dimension {
            id: "narrow_org",
            heading: "search-narrow-organisation",
            label: &organisation_label,
            counts: &facets.organisations,
            value: |asked| &mut asked.organisation,
        },
    ];
    let mut chosen = Vec::new();
    let mut groups = Vec::new();
    for dimension in &dimensions {
        chosen.extend(dimension.chosen(asked, names));
        groups.extend(dimension.group(t, asked, names));
    }
    let error = asked.wrong_dates().map(|key| t.get(key).into_owned());
    if error.is_none() && !(asked.from.is_empty() && asked.to.is_empty()) {
        let without = Asked {
            from: String::new(),
            to: String::new(),
            ..asked.clone()
        };
        let days = t.two(
            "search-between",
            "from",
            shown_day(t, &asked.from),
            "to",
            shown_day(t, &asked.to),
        );
        chosen.push(NavLink::new(days.trim(), without.href(names, 1)));
    }
    Filters {
        chosen,
        clear_href: asked.of_words(asked.text.as_str()).href(names, 1),
        groups,
        dates: dates(names, asked, &facets, error),
    }
}

fn shown_day(t: T, text: &str) -> String {
    text.parse()
        .map_or_else(|_| "…".to_owned(), |day| torg_ui::date(t, day))
}

fn dates(
    names: Names,
    asked: &Asked,
    facets: &Facets,
    error: Option<String>,
) -> Option<DateFilter> {
    let written = !(asked.from.is_empty() && asked.to.is_empty());
    if asked.text.is_empty() || (facets.dated == 0 && !written) {
        return None;
    }
    let own = [names.from, names.to];
    Some(DateFilter {
        from: (names.from, asked.from.clone()),
        to: (names.to, asked.to.clone()),
        hidden: asked
            .pairs(names)
            .into_iter()
            .filter(|(name, _)| !own.contains(name))
            .map(|(name, value)| (name, value.to_owned()))
            .collect(),
        error,
    })
}

/// One sort of values.
struct Dimension<'a> {
    id: &'static str,
    heading: &'static str,
    /// What a value is called; a value without a name is not offered.
    label: &'a dyn Fn(&str) -> Option<String>,
    counts: &'a [FacetCount],
    value: fn(&mut Asked) -> &mut String,
}

impl Dimension<'_> {
    fn of<'b>(&self, asked: &'b mut Asked) -> &'b mut String {
        (self.value)(asked)
    }

    fn with(&self, asked: &Asked, value: &str) -> Asked {
        let mut other = asked.clone();
        value.clone_into(self.of(&mut other));
        other
    }

    /// The value that is chosen, with the search without it.
    fn chosen(&self, asked: &Asked, names: Names) -> Option<NavLink> {
        let value = self.of(&mut asked.clone()).clone();
        if value.is_empty() {
            return None;
        }
        let label = (self.label)(&value).unwrap_or(value);
        Some(NavLink::new(label, self.with(asked, "").href(names, 1)))
    }

    /// The values to choose from; none when there is no choice.
    fn group(&self, t: T, asked: &Asked, names: Names) -> Option<FilterGroup> {
        let own = self.of(&mut asked.clone()).clone();
        let choices: Vec<FilterChoice> = self
            .counts
            .iter()
            .filter_map(|facet| {
                let chosen = facet.value == own;
                let next = if chosen { "" } else { facet.value.as_str() };
                Some(FilterChoice {
                    label: (self.label)(&facet.value)?,
                    count: facet.count,
                    href: self.with(asked, next).href(names, 1),
                    chosen,
                })
            })
            .take(MOST_CHOICES)
            .collect();
        (choices.len() > 1).then(|| FilterGroup {
            label: t.get(self.heading).into_owned(),
            id: self.id,
            choices,
        })
    }
}

/// Searches off the threads that answer requests: it is all computing.
pub(super) async fn find(site: &Arc<Site>, query: Query) -> Result<SearchResponse> {
    let index = site.index.clone();
    Ok(tokio::task::spawn_blocking(move || index.search(&query)).await??)
}

#[derive(Default)]
struct Ways {
    nearest: Vec<String>,
    common: Vec<String>,
}

/// What to search for instead.
async fn ways_on(site: &Arc<Site>, asked: &Asked, locale: Locale) -> Result<Ways> {
    let (index, text) = (site.index.clone(), asked.text.clone());
    let nearest = if text.is_empty() {
        Vec::new()
    } else {
        tokio::task::spawn_blocking(move || index.nearest_words(&text, locale, MOST_WAYS)).await??
    };
    Ok(Ways {
        nearest,
        common: site.searching.common.beginning("", locale, MOST_WAYS),
    })
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
