//! Searching: all words first, then some of the words, then the words that were probably meant;
//! an empty answer only when nothing in the index is near.

use std::sync::{Arc, PoisonError};

use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use torg_kernel::Locale;

use crate::analysis::Analyser;
use crate::change::SearchDocument;
use crate::error::SearchError;
use crate::extract::{Extractor, Segment};
use crate::index::Index;
use crate::plan::{Boxed, Clause, Parsed, Planner, all_of, any_of};
use crate::spelling::Spelling;

/// Most hits in one answer, and furthest hit that can be reached.
const MOST_HITS: usize = 100;
const FURTHEST: usize = 10_000;
/// With fewer hits for all words than this, hits for some of the words follow.
const ENOUGH: usize = 10;
/// A word that about so many documents hold is never too common to be looked for alone.
const COMMON: u64 = 500;

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

/// Hits in order, and how many there are in all.
struct Found {
    total: usize,
    hits: Vec<(f32, DocAddress)>,
    matched: Matched,
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
        let planner = |loose| Planner {
            fields: &self.fields,
            locale: query.locale,
            synonyms: query.synonyms.then_some(&*synonyms),
            analyser: &analyser,
            searcher: &searcher,
            loose,
        };
        let mut parsed = Parsed::read(&query.text, query.locale, &analyser);
        let spelling = Spelling {
            searcher: &searcher,
            fields: &self.fields,
            locale: query.locale,
        };
        let suggestion = mend(&parsed, &planner(false).unknown(&parsed), &spelling);
        if let Some(text) = &suggestion {
            parsed = Parsed::read(text, query.locale, &analyser);
        }
        let run = Run {
            searcher: &searcher,
            filters: self.filters(query),
            query,
        };
        let mut found = run.words(&planner(false).clauses(&parsed))?;
        if found.total == 0 {
            found = run.anything(planner(true).clauses(&parsed))?;
        }
        if suggestion.is_some() && found.total > 0 {
            found.matched = Matched::Corrected;
        }
        let extractor = Extractor::new(&parsed, &analyser);
        let mut results = Vec::with_capacity(found.hits.len());
        for (score, address) in found.hits {
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
            total: found.total,
            results,
            suggestion,
            matched: found.matched,
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
        if let Some(near) = spelling.correct(&word.text, &word.analysis) {
            text.replace_range(word.start..word.end, &near);
            mended = true;
        }
    }
    mended.then(|| torg_kernel::squeeze(&text))
}

/// One search: what it runs on and what part of the hits it wants.
struct Run<'a> {
    searcher: &'a Searcher,
    filters: Vec<Boxed>,
    query: &'a Query,
}

impl Run<'_> {
    /// The documents that hold all words; if they are few, the documents that hold some follow.
    fn words(&self, clauses: &[Clause]) -> Result<Found, SearchError> {
        let mut found = Found {
            total: 0,
            hits: Vec::new(),
            matched: Matched::Nothing,
        };
        let limit = self.query.limit.clamp(1, MOST_HITS);
        let offset = self.query.offset.min(FURTHEST);
        // A word that no document holds cannot be asked of any.
        let held: Vec<Clause> = clauses
            .iter()
            .filter(|clause| clause.documents > 0)
            .cloned()
            .collect();
        if held.is_empty() {
            return Ok(found);
        }
        let all_held = held.len() == clauses.len();
        let clauses = held;
        let all = self.filtered(Clause::all(clauses.clone()).query);
        (found.total, found.hits) = self.top(&all, limit, offset)?;
        if found.total > 0 {
            found.matched = if all_held {
                Matched::All
            } else {
                Matched::Some
            };
        }
        if found.total >= ENOUGH || clauses.len() < 2 {
            return Ok(found);
        }
        let others = BooleanQuery::new(vec![
            (Occur::Must, self.filtered(some_of(&clauses))),
            (Occur::MustNot, all),
        ]);
        let missing = limit - found.hits.len();
        let (total, hits) =
            self.top(&others, missing.max(1), offset.saturating_sub(found.total))?;
        if found.total == 0 && total > 0 {
            found.matched = Matched::Some;
        }
        found.total += total;
        found.hits.extend(hits.into_iter().take(missing));
        Ok(found)
    }

    /// The documents that hold anything of it at all.
    fn anything(&self, clauses: Vec<Clause>) -> Result<Found, SearchError> {
        let limit = self.query.limit.clamp(1, MOST_HITS);
        let any = self.filtered(Clause::any(clauses).query);
        let (total, hits) = self.top(&any, limit, self.query.offset.min(FURTHEST))?;
        let matched = if total > 0 {
            Matched::Some
        } else {
            Matched::Nothing
        };
        Ok(Found {
            total,
            hits,
            matched,
        })
    }

    fn filtered(&self, query: Boxed) -> Boxed {
        let filters = self.filters.iter().map(|filter| filter.box_clone());
        all_of(std::iter::once(query).chain(filters).collect())
    }

    fn top(
        &self,
        query: &dyn EngineQuery,
        limit: usize,
        offset: usize,
    ) -> Result<(usize, Vec<(f32, DocAddress)>), SearchError> {
        let top = TopDocs::with_limit(limit)
            .and_offset(offset)
            .order_by_score();
        Ok(self.searcher.search(query, &(Count, top))?)
    }
}

/// Documents that hold some of the words. In a large index a hit must hold one of the rarer
/// words, and common ones only move it up: a document that merely says *kommun* answers nothing,
/// and looking at all of them would cost the most.
fn some_of(clauses: &[Clause]) -> Boxed {
    let rarest = clauses
        .iter()
        .map(|clause| clause.documents)
        .filter(|count| *count > 0)
        .min();
    let limit = rarest.unwrap_or(0).saturating_mul(4).max(COMMON);
    let (rare, common): (Vec<&Clause>, Vec<&Clause>) =
        clauses.iter().partition(|clause| clause.documents <= limit);
    let rare = any_of(
        rare.into_iter()
            .map(|clause| clause.query.box_clone())
            .collect(),
    );
    if common.is_empty() {
        return rare;
    }
    let mut parts = vec![(Occur::Must, rare)];
    parts.extend(
        common
            .into_iter()
            .map(|clause| (Occur::Should, clause.query.box_clone())),
    );
    Box::new(BooleanQuery::new(parts))
}
