//! Must-find files: queries with the address that has to be among the first hits. The measure of
//! a change in analysis or ranking, and a check that an editor can run after a change in content.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

use crate::change::Change;
use crate::corpus::Corpus;
use crate::error::SearchError;
use crate::index::Index;
use crate::search::Query;

/// One line of a must-find file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MustFind {
    /// The language.
    pub lang: Locale,
    /// What people write.
    pub query: String,
    /// What must be found: a path on the site.
    pub address: String,
    /// Among how many hits, 1 to 10.
    pub within: usize,
    /// Line in the file, counted from 1 with the heading.
    #[serde(skip)]
    pub line: u64,
}

/// Furthest place that can be asked for.
pub const MOST_PLACES: usize = 10;

/// Why a must-find file could not be run.
#[derive(Debug, thiserror::Error)]
pub enum MustFindError {
    /// A line cannot be read.
    #[error("the must-find file cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A line asks for a place that is not counted.
    #[error("line {0}: `within` must be 1 to 10")]
    Within(u64),
    /// The index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// A query that did not find what it must.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Line in the file, counted from 1 with the heading.
    pub line: u64,
    /// The language.
    pub lang: Locale,
    /// The query.
    pub query: String,
    /// The address that had to be found.
    pub address: String,
    /// Among how many hits.
    pub within: usize,
    /// Where among the first ten it was, counted from 1.
    pub place: Option<usize>,
    /// The addresses that were found instead, best first, at most `within`.
    pub instead: Vec<String>,
}

/// What a run gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Queries in the file.
    pub queries: usize,
    /// How many had the address among the first three hits.
    pub in_first_3: usize,
    /// How many had it among the first ten.
    pub in_first_10: usize,
    /// Those that did not have it where the file asks for it.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Share of the queries with the address among the first three, 0 to 1; 1 for an empty file.
    #[must_use]
    pub fn rate_3(&self) -> f64 {
        share(self.in_first_3, self.queries)
    }

    /// Share of the queries with the address among the first ten, 0 to 1; 1 for an empty file.
    #[must_use]
    pub fn rate_10(&self) -> f64 {
        share(self.in_first_10, self.queries)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 {
        1.0
    } else {
        number(part) / number(whole)
    }
}

/// Reads a file with the columns `lang,query,address,within`.
///
/// # Errors
/// The file cannot be read, or asks for a place that is not counted.
pub fn parse(file: &str) -> Result<Vec<MustFind>, MustFindError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers()?.clone();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record?;
        let number = record.position().map_or(0, csv::Position::line);
        let line: MustFind = record.deserialize(Some(&headers))?;
        if !(1..=MOST_PLACES).contains(&line.within) {
            return Err(MustFindError::Within(number));
        }
        lines.push(MustFind {
            line: number,
            ..line
        });
    }
    Ok(lines)
}

/// Runs a file. An address fits a hit if the hit's URL is it, a closing slash aside. `synonyms`
/// says whether the index may use its synonyms.
///
/// # Errors
/// The file cannot be read, or the index failed. A query that does not find is no error but a
/// [`Failure`].
pub fn run(file: &str, index: &Index, synonyms: bool) -> Result<Report, MustFindError> {
    let lines = parse(file)?;
    let corpus = Corpus::of(index.searcher());
    let mut asked = Asked::new(index, &corpus, synonyms);
    let mut report = Report {
        queries: lines.len(),
        in_first_3: 0,
        in_first_10: 0,
        failures: Vec::new(),
    };
    for line in &lines {
        let place = asked.place(line, &line.address)?;
        report.in_first_3 += usize::from(place.is_some_and(|place| place <= 3));
        report.in_first_10 += usize::from(place.is_some());
        if place.is_none_or(|place| place > line.within) {
            report.failures.push(asked.failure(line, place)?);
        }
    }
    Ok(report)
}

/// The queries that find what they must now and would not after a change, such as a page that is
/// being written: told by a search over the index with the change in it, scored by the statistics
/// that the index will have then. `was_at` is the address of the changed page now; a page that
/// moves is looked for where it goes.
///
/// # Errors
/// The index failed.
pub fn affected(
    index: &Index,
    lines: &[MustFind],
    change: &Change,
    was_at: &str,
) -> Result<Vec<Failure>, SearchError> {
    let now = Corpus::of(index.searcher());
    let key = match change {
        Change::Put(document) => Some(document.key.as_str()),
        Change::Delete { key } => Some(key.as_str()),
        Change::Clear => None,
    };
    let there = key.map(|key| index.find(&now, key)).transpose()?.flatten();
    let then = Corpus::with_change(index.searcher(), &index.fields, change, there.as_ref())?;
    let (mut before, mut after) = (
        Asked::new(index, &now, true),
        Asked::new(index, &then, true),
    );
    let changed = match change {
        Change::Put(document) => Some(document),
        Change::Delete { .. } | Change::Clear => None,
    };
    let mut lost = Vec::new();
    for line in lines {
        // A page in one language takes nothing from the searches in another.
        if changed.is_some_and(|document| document.locale != line.lang) {
            continue;
        }
        let found = |place: Option<usize>| place.is_some_and(|place| place <= line.within);
        if !found(before.place(line, &line.address)?) {
            continue;
        }
        let address = match changed {
            Some(document) if same(was_at, &line.address) => &document.url,
            _ => &line.address,
        };
        let place = after.place(line, address)?;
        if !found(place) {
            lost.push(after.failure(line, place)?);
        }
    }
    Ok(lost)
}

/// Queries asked of some documents, each once.
struct Asked<'a> {
    index: &'a Index,
    corpus: &'a Corpus,
    synonyms: bool,
    urls: HashMap<(Locale, String), Vec<String>>,
}

impl<'a> Asked<'a> {
    fn new(index: &'a Index, corpus: &'a Corpus, synonyms: bool) -> Self {
        Self {
            index,
            corpus,
            synonyms,
            urls: HashMap::new(),
        }
    }

    fn urls(&mut self, line: &MustFind) -> Result<&[String], SearchError> {
        let key = (line.lang, line.query.clone());
        if !self.urls.contains_key(&key) {
            let query = Query {
                synonyms: self.synonyms,
                ..Query::new(line.query.as_str(), line.lang)
            };
            let hits = self.index.answer(&query, self.corpus)?.results;
            let urls = hits.into_iter().map(|hit| hit.url).collect();
            self.urls.insert(key.clone(), urls);
        }
        Ok(self.urls.get(&key).map_or(&[], Vec::as_slice))
    }

    /// Where among the first ten an address comes, counted from 1.
    fn place(&mut self, line: &MustFind, address: &str) -> Result<Option<usize>, SearchError> {
        let urls = self.urls(line)?;
        Ok(urls
            .iter()
            .position(|url| same(url, address))
            .map(|at| at + 1))
    }

    fn failure(&mut self, line: &MustFind, place: Option<usize>) -> Result<Failure, SearchError> {
        Ok(Failure {
            line: line.line,
            lang: line.lang,
            query: line.query.clone(),
            address: line.address.clone(),
            within: line.within,
            place,
            instead: self.urls(line)?.iter().take(line.within).cloned().collect(),
        })
    }
}

fn same(url: &str, address: &str) -> bool {
    let plain = |text: &str| text.trim_matches('/').to_owned();
    plain(url) == plain(address)
}
