//! What a search runs over: the index as committed, and for the question "what if" also documents
//! that are not in it yet. All parts share one set of statistics, so that scores of different
//! parts can be compared and a hit stands where it will stand once the change is made.

use tantivy::collector::{Count, TopDocs};
use tantivy::directory::RamDirectory;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocAddress, Score, Searcher, SegmentReader, Term};

use crate::analysis::Analyser;
use crate::change::{Change, SearchDocument};
use crate::error::SearchError;
use crate::fresh::Weighing;
use crate::schema::{Fields, TERMS, Terms, schema, to_engine};

/// Memory of the writer for documents that are only tried, in bytes; the engine's least.
const TRIED_MEMORY: usize = 15_000_000;

/// A place of a document: which part, and where in it.
pub(crate) type Place = (usize, DocAddress);

/// The parts that are searched as one.
pub(crate) struct Corpus {
    parts: Vec<Searcher>,
    /// Documents of the first part that do not count: those that the other parts replace.
    without: Vec<Term>,
    /// The replaced document alone: the engine's statistics hold it still, as they will for a
    /// while after the change, and it is taken out of them here so that a change that says the
    /// same is seen to change nothing.
    replaced: Option<Searcher>,
}

impl Corpus {
    /// The index alone.
    pub(crate) fn of(searcher: Searcher) -> Self {
        Self {
            parts: vec![searcher],
            without: Vec::new(),
            replaced: None,
        }
    }

    /// The index as it will be after a change. `before` is the document with its key.
    pub(crate) fn with_change(
        searcher: Searcher,
        fields: &Fields,
        change: &Change,
        before: Option<&SearchDocument>,
    ) -> Result<Self, SearchError> {
        let mut corpus = Self::of(searcher);
        corpus.replaced = before.map(|before| tried(before, fields)).transpose()?;
        let key = |key: &str| Term::from_field_text(fields.key, key);
        match change {
            Change::Put(document) => {
                corpus.without.push(key(&document.key));
                corpus.parts.push(tried(document, fields)?);
            }
            Change::Delete { key: gone } => corpus.without.push(key(gone)),
            Change::Clear => corpus.parts.clear(),
        }
        Ok(corpus)
    }

    /// How many documents hold a term; those deleted but not yet weeded out count, as they do in
    /// the engine's own statistics.
    pub(crate) fn documents_with(&self, term: &Term) -> u64 {
        let held: u64 = self
            .parts
            .iter()
            .map(|part| part.doc_freq(term).unwrap_or(0))
            .sum();
        let replaced = self.replaced.as_ref();
        held.saturating_sub(replaced.map_or(0, |part| part.doc_freq(term).unwrap_or(0)))
    }

    pub(crate) fn segment_readers(&self) -> impl Iterator<Item = &SegmentReader> {
        self.parts.iter().flat_map(Searcher::segment_readers)
    }

    pub(crate) fn part(&self, at: usize) -> &Searcher {
        &self.parts[at]
    }

    pub(crate) fn parts(&self) -> &[Searcher] {
        &self.parts
    }

    fn within(&self, at: usize, query: &dyn Query) -> Box<dyn Query> {
        if at > 0 || self.without.is_empty() {
            return query.box_clone();
        }
        let mut clauses = vec![(Occur::Must, query.box_clone())];
        clauses.extend(self.without.iter().map(|term| {
            let gone: Box<dyn Query> =
                Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic));
            (Occur::MustNot, gone)
        }));
        Box::new(BooleanQuery::new(clauses))
    }

    /// How many documents match.
    pub(crate) fn count(&self, query: &dyn Query) -> Result<usize, SearchError> {
        let mut count = 0;
        for (at, part) in self.parts.iter().enumerate() {
            count += part.search(&*self.within(at, query), &Count)?;
        }
        Ok(count)
    }

    /// How many documents match, and the best of them after the first `offset`.
    pub(crate) fn top(
        &self,
        query: &dyn Query,
        limit: usize,
        offset: usize,
        weighing: Weighing,
    ) -> Result<(usize, Vec<(f32, Place)>), SearchError> {
        // With several parts nobody knows from which the hits before `offset` come.
        let alone = self.parts.len() == 1;
        let mut total = 0;
        let mut hits: Vec<(f32, Place)> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let top = if alone {
                TopDocs::with_limit(limit).and_offset(offset)
            } else {
                TopDocs::with_limit(limit + offset)
            };
            let top = top.tweak_score(move |segment: &SegmentReader| {
                let factor = weighing.of_segment(segment);
                move |document, score: Score| score * factor(document)
            });
            let query = self.within(at, query);
            let (count, found) =
                part.search_with_statistics_provider(&*query, &(Count, top), self)?;
            total += count;
            hits.extend(
                found
                    .into_iter()
                    .map(|(score, address)| (score, (at, address))),
            );
        }
        if !alone {
            hits.sort_by(|a, b| b.0.total_cmp(&a.0));
            hits = hits.into_iter().skip(offset).take(limit).collect();
        }
        Ok((total, hits))
    }
}

impl Bm25StatisticsProvider for Corpus {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let all: u64 = self
            .parts
            .iter()
            .map(|part| part.total_num_tokens(field))
            .sum::<tantivy::Result<u64>>()?;
        let replaced = self.replaced.as_ref();
        let gone = replaced.map_or(Ok(0), |part| part.total_num_tokens(field))?;
        Ok(all.saturating_sub(gone))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        let all: u64 = self
            .parts
            .iter()
            .map(Bm25StatisticsProvider::total_num_docs)
            .sum::<tantivy::Result<u64>>()?;
        Ok(all
            .saturating_sub(u64::from(self.replaced.is_some()))
            .max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.documents_with(term))
    }
}

/// An index of one document in memory.
fn tried(document: &SearchDocument, fields: &Fields) -> Result<Searcher, SearchError> {
    let (schema, _) = schema();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TERMS, Terms);
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer(RamDirectory::create(), TRIED_MEMORY)?;
    let analyser = Analyser::new(document.locale);
    writer.add_document(to_engine(document, fields, &analyser))?;
    Ok(writer.finalize()?.reader()?.searcher())
}
