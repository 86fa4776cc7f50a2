//! One search on the engine: documents with all words, then with some of them; filters narrow what
//! a query finds and never widen it, so that the counts of the facets hold.

use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::corpus::{Corpus, Place};
use crate::error::SearchError;
use crate::facets::{Counter, Counts, Facets};
use crate::fresh::Weighing;
use crate::plan::{Boxed, Clause, all_of, any_of};
use crate::search::{Matched, Query};

/// Most hits in one answer, and furthest hit that can be reached.
pub(crate) const MOST_HITS: usize = 100;
const FURTHEST: usize = 10_000;
/// With fewer hits for all words than this, hits for some of the words follow.
const ENOUGH: usize = 10;
/// A word that about so many documents hold is never too common to be looked for alone.
const COMMON: u64 = 500;

/// Hits in order, and how many there are in all.
pub(crate) struct Found {
    pub total: usize,
    pub hits: Vec<(f32, Place)>,
    pub matched: Matched,
    /// What was asked for before any filter; none when nothing was.
    pub base: Option<Boxed>,
}

impl Found {
    const fn nothing() -> Self {
        Self {
            total: 0,
            hits: Vec::new(),
            matched: Matched::Nothing,
            base: None,
        }
    }
}

/// What a search runs on and what part of the hits it wants.
pub(crate) struct Run<'a> {
    pub corpus: &'a Corpus,
    pub filters: Vec<Boxed>,
    /// Keys of documents that stand apart and are not to come again.
    pub apart: Vec<Term>,
    pub query: &'a Query,
}

impl Run<'_> {
    /// The part that is wanted: how many, and after how many. What stands apart goes before.
    fn part(&self) -> (usize, usize) {
        let offset = self.query.offset.min(FURTHEST);
        let limit = self.query.limit.clamp(1, MOST_HITS);
        let before = self.apart.len();
        let missing = limit.saturating_sub(before.saturating_sub(offset));
        (missing.max(1), offset.saturating_sub(before))
    }

    /// The documents that hold all words; if they are few, the documents that hold some follow.
    pub(crate) fn words(&self, clauses: &[Clause]) -> Result<Found, SearchError> {
        let (limit, offset) = self.part();
        // A word that no document holds cannot be asked of any.
        let held: Vec<Clause> = clauses
            .iter()
            .filter(|clause| clause.documents > 0)
            .cloned()
            .collect();
        if held.is_empty() {
            return Ok(Found::nothing());
        }
        let all_held = held.len() == clauses.len();
        if self.query.strict && !all_held {
            return Ok(Found::nothing());
        }
        let all = self.without_apart(Clause::all(held.clone()).query);
        let (total, hits) = self.top(&self.filtered(all.box_clone()), limit, offset)?;
        let unfiltered = if self.filters.is_empty() || total >= ENOUGH || held.len() < 2 {
            total
        } else {
            self.corpus.count(&all)?
        };
        let mut found = Found {
            matched: match (total, all_held) {
                (0, _) => Matched::Nothing,
                (_, true) => Matched::All,
                (_, false) => Matched::Some,
            },
            total,
            hits,
            base: None,
        };
        if unfiltered >= ENOUGH || held.len() < 2 || self.query.strict {
            found.base = Some(all);
            return Ok(found);
        }
        let some = self.without_apart(some_of(&held));
        let others = BooleanQuery::new(vec![
            (Occur::Must, self.filtered(some.box_clone())),
            (Occur::MustNot, all.box_clone()),
        ]);
        let missing = limit - found.hits.len();
        let (total, hits) =
            self.top(&others, missing.max(1), offset.saturating_sub(found.total))?;
        if found.total == 0 && total > 0 {
            found.matched = Matched::Some;
        }
        found.total += total;
        found.hits.extend(hits.into_iter().take(missing));
        found.base = Some(any_of(vec![all, some]));
        Ok(found)
    }

    /// The documents that hold anything of it at all.
    pub(crate) fn anything(&self, clauses: Vec<Clause>) -> Result<Found, SearchError> {
        let (limit, offset) = self.part();
        let any = self.without_apart(Clause::any(clauses).query);
        let (total, hits) = self.top(&self.filtered(any.box_clone()), limit, offset)?;
        Ok(Found {
            total,
            hits,
            matched: if total > 0 {
                Matched::Some
            } else {
                Matched::Nothing
            },
            base: Some(any),
        })
    }

    /// The counts of what was found and what stands apart.
    pub(crate) fn facets(&self, base: Option<Boxed>) -> Result<Facets, SearchError> {
        let mut counts = Counts::default();
        let apart = self.apart.iter().map(exactly);
        let all: Vec<Boxed> = base.into_iter().chain(apart).collect();
        if !all.is_empty() {
            let counter = Counter::new(self.query);
            let asked = any_of(all);
            for part in self.corpus.parts() {
                counts.add(part.search(&*asked, &counter)?);
            }
        }
        Ok(counts.into())
    }

    fn without_apart(&self, query: Boxed) -> Boxed {
        if self.apart.is_empty() {
            return query;
        }
        let mut clauses = vec![(Occur::Must, query)];
        clauses.extend(self.apart.iter().map(|key| (Occur::MustNot, exactly(key))));
        Box::new(BooleanQuery::new(clauses))
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
    ) -> Result<(usize, Vec<(f32, Place)>), SearchError> {
        self.corpus
            .top(query, limit, offset, Weighing(self.query.fresh))
    }
}

pub(crate) fn exactly(term: &Term) -> Boxed {
    Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic))
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
