//! Searching: all words first, then some of the words, then the words that were probably meant;
//! an empty answer only when nothing in the index is near.

use std::sync::{Arc, PoisonError};

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, EmptyQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use torg_kernel::Locale;

use crate::analysis::Analyser;
use crate::change::SearchDocument;
use crate::error::SearchError;
use crate::extract::{Extractor, Segment};
use crate::index::Index;
use crate::plan::{Parsed, Planner, all_of, any_of};
use crate::spelling::Spelling;

/// Most hits in one answer, and furthest hit that can be reached.
const MOST_HITS: usize = 100;
const FURTHEST: usize = 10_000;
/// With fewer hits for all words than this, hits for some of the words follow.
const ENOUGH: usize = 10;

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
    /// Only what belongs to this organisation.
    pub organisation: Option<String>,
    /// Only what belongs to this theme.
    pub theme: Option<String>,
    /// Whether synonyms are used; off for measuring what they are worth.
    pub synonyms: bool,
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
            organisation: None,
            theme: None,
            synonyms: true,
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
    /// The query with its typing errors mended, if it seems to have any.
    pub suggestion: Option<String>,
    /// How the hits came about.
    pub matched: Matched,
}

type Boxed = Box<dyn EngineQuery>;

/// A query that found something: what to run first, and what to append.
struct Chosen {
    first: Boxed,
    first_total: usize,
    then: Option<(Boxed, usize)>,
}

impl Chosen {
    /// Hits for some of the words only.
    fn some(query: Boxed, total: usize) -> Self {
        Self { first: Box::new(EmptyQuery), first_total: 0, then: Some((query, total)) }
    }
}

impl Index {
    /// Searches. No text is refused; an empty one finds nothing.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn search(&self, query: &Query) -> Result<SearchResponse, SearchError> {
        let searcher = self.searcher();
        let synonyms = Arc::clone(&self.synonyms.read().unwrap_or_else(PoisonError::into_inner));
        let analyser = Analyser::new(query.locale);
        let mut parsed = Parsed::read(&query.text, query.locale, &analyser);
        let filters = self.filters(query);
        let planner = |loose| Planner {
            fields: &self.fields,
            locale: query.locale,
            synonyms: query.synonyms.then_some(&*synonyms),
            analyser: &analyser,
            searcher: &searcher,
            loose,
        };
        let mut matched = Matched::All;
        let corrected = {
            let spelling =
                Spelling { searcher: &searcher, fields: &self.fields, locale: query.locale };
            let unknown = planner(false).unknown(&parsed);
            mend(&parsed, &unknown, &spelling)
        };
        if let Some(text) = &corrected {
            matched = Matched::Corrected;
            parsed = Parsed::read(text, query.locale, &analyser);
        }
        let clauses = planner(false).clauses(&parsed);
        let mut chosen = choose(&searcher, &clauses, &filters)?;
        if chosen.is_none() && !clauses.is_empty() {
            let clauses = planner(true).clauses(&parsed);
            let any = with_filters(any_of(clauses), &filters);
            let total = searcher.search(&any, &Count)?;
            chosen = (total > 0).then(|| Chosen::some(any, total));
        }
        let Some(chosen) = chosen else {
            return Ok(SearchResponse {
                total: 0,
                results: Vec::new(),
                suggestion: corrected,
                matched: Matched::Nothing,
            });
        };
        if chosen.first_total == 0 && matched == Matched::All {
            matched = Matched::Some;
        }
        let addresses = page(&searcher, &chosen, query)?;
        let extractor = Extractor::new(&parsed, &analyser);
        let mut results = Vec::with_capacity(addresses.len());
        for (score, address) in addresses {
            let document = self.document(&searcher, address)?;
            results.push(Hit {
                extract: extractor.extract(&document),
                key: document.key,
                kind: document.kind,
                url: document.url,
                title: document.title,
                score,
            });
        }
        Ok(SearchResponse {
            total: chosen.first_total + chosen.then.as_ref().map_or(0, |(_, total)| *total),
            results,
            suggestion: corrected,
            matched,
        })
    }

    /// What every hit must also be; does not count for the score.
    fn filters(&self, query: &Query) -> Vec<Boxed> {
        let exactly = |field: Field, text: &str| -> Boxed {
            let term = Term::from_field_text(field, text);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            Box::new(BoostQuery::new(Box::new(query), 0.0))
        };
        let mut filters = Vec::new();
        if !query.kinds.is_empty() {
            let kinds = query
                .kinds
                .iter()
                .map(|kind| exactly(self.fields.kind, kind));
            filters.push(any_of(kinds.collect()));
        }
        for (field, value) in [
            (self.fields.organisation, &query.organisation),
            (self.fields.theme, &query.theme),
        ] {
            if let Some(value) = value {
                filters.push(exactly(field, value));
            }
        }
        filters
    }

    fn document(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<SearchDocument, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_bytes())
            .ok_or_else(|| SearchError::Damaged("it holds no text".to_owned()))?;
        serde_json::from_slice(stored).map_err(|error| SearchError::Damaged(error.to_string()))
    }
}

/// The query with its unknown words replaced by near ones; `None` if none is near.
fn mend(parsed: &Parsed, unknown: &[usize], spelling: &Spelling) -> Option<String> {
    let mut text = parsed.text.clone();
    let mut mended = false;
    // From the end, so that the positions before stay right.
    for at in unknown.iter().rev() {
        let word = &parsed.words[*at];
        if let Some(near) = spelling.correct(&word.text) {
            text.replace_range(word.start..word.end, &near);
            mended = true;
        }
    }
    mended.then(|| torg_kernel::squeeze(&text))
}

fn with_filters(query: Boxed, filters: &[Boxed]) -> Boxed {
    if filters.is_empty() {
        return query;
    }
    let all = std::iter::once(query).chain(filters.iter().map(|filter| filter.box_clone()));
    all_of(all.collect())
}

/// All words if enough documents hold them; otherwise those first, and then the documents that
/// hold as many words as possible.
fn choose(
    searcher: &Searcher,
    clauses: &[Boxed],
    filters: &[Boxed],
) -> Result<Option<Chosen>, SearchError> {
    if clauses.is_empty() {
        return Ok(None);
    }
    let copies = || {
        clauses
            .iter()
            .map(|clause| clause.box_clone())
            .collect::<Vec<_>>()
    };
    let first = with_filters(all_of(copies()), filters);
    let first_total = searcher.search(&first, &Count)?;
    let mut chosen = Chosen {
        first,
        first_total,
        then: None,
    };
    if first_total < ENOUGH && clauses.len() > 1 {
        for least in (1..clauses.len()).rev() {
            let some = BooleanQuery::union_with_minimum_required_clauses(copies(), least);
            let some = with_filters(Box::new(some), filters);
            let others: Boxed = Box::new(BooleanQuery::new(vec![
                (Occur::Must, some),
                (Occur::MustNot, chosen.first.box_clone()),
            ]));
            let total = searcher.search(&others, &Count)?;
            if total > 0 {
                chosen.then = Some((others, total));
                break;
            }
        }
    }
    Ok((chosen.first_total > 0 || chosen.then.is_some()).then_some(chosen))
}

/// The asked-for part of the hits: those of the first query, then those of the second.
fn page(
    searcher: &Searcher,
    chosen: &Chosen,
    query: &Query,
) -> Result<Vec<(f32, DocAddress)>, SearchError> {
    let limit = query.limit.clamp(1, MOST_HITS);
    let offset = query.offset.min(FURTHEST);
    let mut hits = Vec::new();
    if offset < chosen.first_total {
        let top = TopDocs::with_limit(limit)
            .and_offset(offset)
            .order_by_score();
        hits = searcher.search(&chosen.first, &top)?;
    }
    if let Some((then, _)) = &chosen.then
        && hits.len() < limit
    {
        let top = TopDocs::with_limit(limit - hits.len())
            .and_offset(offset.saturating_sub(chosen.first_total))
            .order_by_score();
        hits.extend(searcher.search(then, &top)?);
    }
    Ok(hits)
}
