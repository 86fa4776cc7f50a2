//! Searching in a language that has no search page of its own, and the same words in others.

use std::sync::Arc;

use torg_kernel::{Locale, Result};
use torg_search::{Matched, Query, SearchResponse};

use super::Site;
use crate::searching::filters::{Asked, names};
use crate::views::LanguageChoice;

/// The same words in the languages that have hits for them; empty when there is no choice.
pub(super) fn tongues(
    asked: &Asked,
    own: Locale,
    found: &[(Locale, usize)],
) -> Vec<LanguageChoice> {
    let choice = |(locale, count): &(Locale, usize)| {
        let (locale, count) = (*locale, *count);
        let language = (![Locale::SV, Locale::EN].contains(&locale)).then_some(locale);
        let asked = Asked {
            language,
            ..asked.of_words(asked.text.as_str())
        };
        LanguageChoice {
            locale,
            count,
            href: asked.href(names(locale == Locale::EN), 1),
            current: locale == own,
        }
    };
    if found.iter().all(|(locale, _)| *locale == own) {
        return Vec::new();
    }
    found.iter().map(choice).collect()
}

/// The answer in the query's language, and how many hits the words have in each language. Where
/// the search page is not in that language's own words, what the Swedish pages hold follows:
/// many things are told in Swedish only, and a name is the same in both.
pub(super) async fn find_in_languages(
    site: &Arc<Site>,
    query: Query,
    languages: Vec<Locale>,
) -> Result<(SearchResponse, Vec<(Locale, usize)>)> {
    let index = site.index.clone();
    Ok(tokio::task::spawn_blocking(move || {
        let mut found = index.search(&query)?;
        let mut counts = vec![(query.locale, found.total)];
        if query.text.is_empty() {
            return Ok::<_, torg_search::SearchError>((found, Vec::new()));
        }
        for locale in languages.into_iter().filter(|own| *own != query.locale) {
            let then = [Locale::SV, Locale::EN].contains(&query.locale) || locale != Locale::SV;
            let missing = query.limit.saturating_sub(found.results.len());
            let other = index.search(&Query {
                locale,
                offset: query.offset.saturating_sub(found.total),
                limit: if then { 1 } else { missing.max(1) },
                facets: query.facets && !then,
                ..query.clone()
            })?;
            // What some of the words or others like them give is no hit in another language.
            if other.matched != Matched::All {
                continue;
            }
            counts.push((locale, other.total));
            if !then {
                append(&mut found, other, missing);
            }
        }
        counts.retain(|(_, count)| *count > 0);
        Ok((found, counts))
    })
    .await??)
}

/// The hits of another language after those that there are.
fn append(found: &mut SearchResponse, other: SearchResponse, most: usize) {
    if found.total == 0 {
        (found.suggestion, found.matched) = (None, other.matched);
    }
    found.total += other.total;
    found.results.extend(other.results.into_iter().take(most));
    if let (Some(own), Some(more)) = (&mut found.facets, other.facets) {
        own.dated += more.dated;
        for (own, more) in [
            (&mut own.kinds, more.kinds),
            (&mut own.themes, more.themes),
            (&mut own.organisations, more.organisations),
        ] {
            for facet in more {
                match own.iter_mut().find(|known| known.value == facet.value) {
                    Some(known) => known.count += facet.count,
                    None => own.push(facet),
                }
            }
            own.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        }
    }
}

#[cfg(test)]
mod tests {
    use torg_search::{FacetCount, Facets};

    use super::*;

    fn answer(total: usize, kinds: &[(&str, usize)]) -> SearchResponse {
        let kinds = kinds.iter().map(|(value, count)| FacetCount {
            value: (*value).to_owned(),
            count: *count,
        });
        SearchResponse {
            total,
            results: Vec::new(),
            suggestion: Some("kirjastot".to_owned()),
            matched: Matched::Nothing,
            facets: Some(Facets {
                kinds: kinds.collect(),
                ..Facets::default()
            }),
        }
    }

    #[test]
    fn hits_of_two_languages_are_counted_together() {
        let mut found = answer(2, &[("article", 2)]);
        append(&mut found, answer(5, &[("unit", 4), ("article", 1)]), 10);
        assert_eq!(found.total, 7);
        assert_eq!(found.suggestion.as_deref(), Some("kirjastot"));
        let kinds = found.facets.expect("counted").kinds;
        let kinds: Vec<_> = kinds
            .iter()
            .map(|of| (of.value.as_str(), of.count))
            .collect();
        assert_eq!(kinds, [("unit", 4), ("article", 3)]);
        // Nothing in the one language: the other's answer stands as it is.
        let mut found = answer(0, &[]);
        let other = SearchResponse {
            matched: Matched::All,
            ..answer(5, &[])
        };
        append(&mut found, other, 10);
        assert_eq!((found.matched, found.suggestion), (Matched::All, None));
    }

    #[test]
    fn a_language_is_offered_when_another_has_hits() {
        let finnish: Locale = "fi".parse().expect("a tag");
        let asked = Asked {
            text: "kirjasto".to_owned(),
            kind: "news".to_owned(),
            ..Asked::default()
        };
        assert!(tongues(&asked, Locale::SV, &[(Locale::SV, 3)]).is_empty());
        let offered = tongues(&asked, Locale::SV, &[(finnish, 2), (Locale::EN, 1)]);
        let hrefs: Vec<&str> = offered.iter().map(|choice| choice.href.as_str()).collect();
        assert_eq!(hrefs, ["/sok?lang=fi&q=kirjasto", "/en/search?q=kirjasto"]);
        assert!(offered.iter().all(|choice| !choice.current));
    }
}
