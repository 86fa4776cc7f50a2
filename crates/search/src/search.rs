//! Searching: chosen pages first, then documents with all words, then with some of the words, then
//! with the words that were probably meant; an empty answer only when nothing in the index is near.

use std::ops::Bound;
use std::sync::{Arc, PoisonError};

use serde::Serialize;
use tantivy::query::{BoostQuery, RangeQuery};
use tantivy::schema::{Field, Value};
use tantivy::{TantivyDocument, Term};
use torg_kernel::{Locale, Timestamp, Variant};

use crate::analysis::Analyser;
use crate::change::SearchDocument;
use crate::corpus::{Corpus, Place};
use crate::error::SearchError;
use crate::extract::{Extractor, Segment};
use crate::facets::Facets;
use crate::fresh::{Freshness, Weighing};
use crate::index::Index;
use crate::plan::{Boxed, Parsed, Planner, QueryWord, all_of, any_of};
use crate::run::{MOST_HITS, Run, exactly};
use crate::spelling::Spelling;

/// With so few hits a word that hardly any document holds is taken for a typing error.
const FEW: usize = 3;

/// What is asked for. Any text is a legal query: there are no operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As the person wrote it; the first 300 characters and 12 words count.
    pub text: String,
    /// The language searched in.
    pub locale: Locale,
    /// Most hits in the answer; at most 100.
    pub limit: usize,
    /// Hits to leave out from the beginning; at most 10 000.
    pub offset: usize,
    /// Kinds of documents; empty for all.
    pub kinds: Vec<String>,
    /// Only what belongs to one of these organisations; empty for all.
    pub organisations: Vec<String>,
    /// Only what belongs to one of these themes; empty for all.
    pub themes: Vec<String>,
    /// Only what was published then or later; what has no date is left out.
    pub published_from: Option<Timestamp>,
    /// Only what was published before then; what has no date is left out.
    pub published_before: Option<Timestamp>,
    /// How news grows old; `None` weighs nothing by age.
    pub fresh: Option<Freshness>,
    /// Whether the hits are counted by what they are; costs about as much as the search.
    pub facets: bool,
    /// Whether pages chosen by editors go first.
    pub best_bets: bool,
    /// Whether synonyms are used; off for measuring what they are worth.
    pub synonyms: bool,
    /// Whether only documents that hold every word are found, as they were typed: for whoever looks
    /// for a thing that is known to be there.
    pub strict: bool,
}

impl Query {
    /// A query for the first ten hits of all kinds.
    #[must_use]
    pub fn new(text: impl Into<String>, locale: Locale) -> Self {
        Self {
            text: text.into(),
            locale,
            limit: 10,
            offset: 0,
            kinds: Vec::new(),
            organisations: Vec::new(),
            themes: Vec::new(),
            published_from: None,
            published_before: None,
            fresh: None,
            facets: false,
            best_bets: true,
            synonyms: true,
            strict: false,
        }
    }
}

/// How the hits of an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// The first hits hold all words of the query.
    All,
    /// No document holds all words; these hold some.
    Some,
    /// Nothing was found for the words as written; these are hits for the suggestion.
    Corrected,
    /// Nothing was found at all.
    Nothing,
}

/// One found document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The document's key.
    pub key: String,
    /// The document's kind.
    pub kind: String,
    /// Where it leads.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Key of its theme.
    pub theme: Option<String>,
    /// Key of its organisation.
    pub organisation: Option<String>,
    /// Its language.
    pub locale: Locale,
    /// Which of the language's texts it is.
    pub variant: Variant,
    /// When it was published, if it grows old.
    pub published_at: Option<Timestamp>,
    /// Whether an editor chose it for this query.
    pub best_bet: bool,
    /// The best lines of it.
    pub extract: Vec<Segment>,
    /// Comparable within one answer only.
    pub score: f32,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResponse {
    /// Hits in all, of which `results` are the asked-for part.
    pub total: usize,
    /// The hits, best first.
    pub results: Vec<Hit>,
    /// The query with its typing errors mended, if it seems to have any. The hits are those of the
    /// suggestion only if `matched` says so.
    pub suggestion: Option<String>,
    /// How the hits came about.
    pub matched: Matched,
    /// The hits by what they are, if that was asked for.
    pub facets: Option<Facets>,
}

impl Index {
    /// Searches. No text is refused; an empty one finds nothing.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn search(&self, query: &Query) -> Result<SearchResponse, SearchError> {
        self.answer(query, &Corpus::of(self.searcher()))
    }

    /// The answer over any documents.
    pub(crate) fn answer(
        &self,
        query: &Query,
        corpus: &Corpus,
    ) -> Result<SearchResponse, SearchError> {
        let synonyms = Arc::clone(&self.synonyms.read().unwrap_or_else(PoisonError::into_inner));
        let analyser = Analyser::new(query.locale);
        let planner = |loose| Planner {
            fields: &self.fields,
            locale: query.locale,
            synonyms: query.synonyms.then_some(&*synonyms),
            analyser: &analyser,
            corpus,
            loose,
        };
        let mut parsed = Parsed::read(&query.text, query.locale, &analyser);
        let spelling = Spelling {
            corpus,
            fields: &self.fields,
            locale: query.locale,
        };
        let filters = self.filters(query);
        let chosen = self.chosen(query, &parsed, &filters, corpus)?;
        // An editor knew these words.
        let mut suggestion = if chosen.is_empty() && !query.strict {
            mend(&parsed, &planner(false).unknown(&parsed), &spelling)
        } else {
            None
        };
        if let Some(text) = &suggestion {
            parsed = Parsed::read(text, query.locale, &analyser);
        }
        let run = Run {
            corpus,
            filters,
            apart: chosen.iter().map(|(_, key)| key.clone()).collect(),
            query,
        };
        let mut found = run.words(&planner(false).clauses(&parsed))?;
        if found.total == 0 && chosen.is_empty() && !query.strict {
            found = run.anything(planner(true).clauses(&parsed))?;
        }
        if suggestion.is_some() && found.total > 0 {
            found.matched = Matched::Corrected;
        } else if suggestion.is_none() && chosen.is_empty() && found.total <= FEW && !query.strict {
            suggestion = commoner(&parsed, &planner(false), &spelling);
        }
        if !chosen.is_empty() {
            found.matched = Matched::All;
        }
        let facets = match query.facets {
            true => Some(run.facets(found.base)?),
            false => None,
        };
        let total = found.total + chosen.len();
        let before = chosen
            .into_iter()
            .map(|(place, _)| (f32::MAX, place, true))
            .skip(query.offset);
        let after = found
            .hits
            .into_iter()
            .map(|(score, place)| (score, place, false));
        let extractor = Extractor::new(&parsed, &analyser);
        let results = before
            .chain(after)
            .take(query.limit.clamp(1, MOST_HITS))
            .map(|(score, place, best_bet)| {
                let document = self.document(corpus, place)?;
                Ok(hit(document, &extractor, score, best_bet))
            })
            .collect::<Result<Vec<Hit>, SearchError>>()?;
        Ok(SearchResponse {
            total,
            results,
            suggestion,
            matched: found.matched,
            facets,
        })
    }

    /// The pages that an editor chose for the query and that the filters let through, with their
    /// keys.
    fn chosen(
        &self,
        query: &Query,
        parsed: &Parsed,
        filters: &[Boxed],
        corpus: &Corpus,
    ) -> Result<Vec<(Place, Term)>, SearchError> {
        let mut chosen = Vec::new();
        if !query.best_bets {
            return Ok(chosen);
        }
        let bets = Arc::clone(
            &self
                .best_bets
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        );
        for address in bets.of(query.locale, parsed) {
            let there = exactly(&Term::from_field_text(self.fields.url, address));
            let locale = Term::from_field_text(self.fields.locale, query.locale.as_str());
            let mut all = vec![there, exactly(&locale)];
            all.extend(filters.iter().map(|filter| filter.box_clone()));
            let (_, hits) = corpus.top(&*all_of(all), 1, 0, Weighing(None))?;
            if let Some((_, place)) = hits.into_iter().next() {
                let key = self.document(corpus, place)?.key;
                chosen.push((place, Term::from_field_text(self.fields.key, &key)));
            }
        }
        Ok(chosen)
    }

    /// Whether there is a document at an address, in any language.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn has_address(&self, address: &str) -> Result<bool, SearchError> {
        let there = exactly(&Term::from_field_text(self.fields.url, address));
        Ok(Corpus::of(self.searcher()).count(&*there)? > 0)
    }

    /// The document with a key.
    pub(crate) fn find(
        &self,
        corpus: &Corpus,
        key: &str,
    ) -> Result<Option<SearchDocument>, SearchError> {
        let there = exactly(&Term::from_field_text(self.fields.key, key));
        let (_, hits) = corpus.top(&*there, 1, 0, Weighing(None))?;
        let place = hits.into_iter().next().map(|(_, place)| place);
        place.map(|place| self.document(corpus, place)).transpose()
    }

    /// What every hit must also be; does not count for the score.
    fn filters(&self, query: &Query) -> Vec<Boxed> {
        let mut filters = Vec::new();
        for (field, values) in [
            (self.fields.kind, &query.kinds),
            (self.fields.organisation, &query.organisations),
            (self.fields.theme, &query.themes),
        ] {
            if !values.is_empty() {
                let any = values.iter().map(|value| silent(field, value));
                filters.push(any_of(any.collect()));
            }
        }
        if query.published_from.is_some() || query.published_before.is_some() {
            let bound = |at: Timestamp| Term::from_field_i64(self.fields.published, at.micros());
            let from = query
                .published_from
                .map_or(Bound::Unbounded, |at| Bound::Included(bound(at)));
            let before = query
                .published_before
                .map_or(Bound::Unbounded, |at| Bound::Excluded(bound(at)));
            let range = Box::new(RangeQuery::new(from, before));
            filters.push(Box::new(BoostQuery::new(range, 0.0)));
        }
        filters
    }

    pub(crate) fn document(
        &self,
        corpus: &Corpus,
        (part, address): Place,
    ) -> Result<SearchDocument, SearchError> {
        let document: TantivyDocument = corpus.part(part).doc(address)?;
        let stored = document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_bytes())
            .ok_or_else(|| SearchError::Damaged("it holds no text".to_owned()))?;
        serde_json::from_slice(stored).map_err(|error| SearchError::Damaged(error.to_string()))
    }
}

/// Documents with a value, without any weight.
fn silent(field: Field, value: &str) -> Boxed {
    let term = Term::from_field_text(field, value);
    Box::new(BoostQuery::new(exactly(&term), 0.0))
}

fn hit(document: SearchDocument, extractor: &Extractor<'_>, score: f32, best_bet: bool) -> Hit {
    Hit {
        extract: extractor.extract(&document),
        key: document.key,
        kind: document.kind,
        url: document.url,
        title: document.title,
        theme: document.theme,
        organisation: document.organisation,
        locale: document.locale,
        variant: document.variant,
        published_at: document.published_at,
        best_bet,
        score,
    }
}

/// The query with its unknown words replaced by near ones; `None` if none is near.
fn mend(parsed: &Parsed, unknown: &[usize], spelling: &Spelling<'_>) -> Option<String> {
    replaced(parsed, unknown.iter().copied(), |word| {
        spelling.correct(&word.text, &word.analysis)
    })
}

/// The query with words that hardly any document holds replaced by near ones that many do.
fn commoner(parsed: &Parsed, planner: &Planner<'_>, spelling: &Spelling<'_>) -> Option<String> {
    if !parsed.numbers.is_empty() || !parsed.identifiers.is_empty() {
        return None;
    }
    let rare = planner.rare(parsed, FEW as u64);
    replaced(parsed, rare.iter().map(|(at, _)| *at), |word| {
        let documents = rare
            .iter()
            .find(|(at, _)| parsed.words[*at].text == word.text)
            .map_or(0, |(_, documents)| *documents);
        spelling.commoner(&word.text, documents)
    })
}

fn replaced(
    parsed: &Parsed,
    places: impl DoubleEndedIterator<Item = usize>,
    near: impl Fn(&QueryWord) -> Option<String>,
) -> Option<String> {
    let mut text = parsed.text.clone();
    let mut mended = false;
    // From the end, so that the positions before stay right.
    for at in places.rev() {
        let word = &parsed.words[at];
        if let Some(near) = near(word) {
            text.replace_range(word.start..word.end, &near);
            mended = true;
        }
    }
    mended.then(|| torg_kernel::squeeze(&text))
}
