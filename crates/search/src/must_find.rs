//! Must-find files: queries with the address that has to be among the first hits. The measure of
//! a change in analysis or ranking, and a check that an editor can run after a change in content.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

use crate::error::SearchError;
use crate::index::Index;
use crate::search::Query;

/// One line of a must-find file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Line {
    lang: Locale,
    query: String,
    address: String,
    within: usize,
}

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

/// Runs a file with the columns `lang,query,address,within`. An address fits a hit if the hit's
/// URL is it, a closing slash aside. `synonyms` says whether the index may use its synonyms.
///
/// # Errors
/// The file cannot be read, or the index failed. A query that does not find is no error but a
/// [`Failure`].
pub fn run(file: &str, index: &Index, synonyms: bool) -> Result<Report, MustFindError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers()?.clone();
    let mut report = Report {
        queries: 0,
        in_first_3: 0,
        in_first_10: 0,
        failures: Vec::new(),
    };
    let mut cache: HashMap<(Locale, String), Vec<String>> = HashMap::new();
    for record in reader.records() {
        let record = record?;
        let number = record.position().map_or(0, csv::Position::line);
        let line: Line = record.deserialize(Some(&headers))?;
        if !(1..=10).contains(&line.within) {
            return Err(MustFindError::Within(number));
        }
        let asked = (line.lang, line.query.clone());
        let urls = match cache.get(&asked) {
            Some(urls) => urls.clone(),
            None => {
                let query = Query {
                    synonyms,
                    ..Query::new(line.query.as_str(), line.lang)
                };
                let hits = index.search(&query)?.results;
                let urls: Vec<String> = hits.into_iter().map(|hit| hit.url).collect();
                cache.insert(asked, urls.clone());
                urls
            }
        };
        let place = urls
            .iter()
            .position(|url| same(url, &line.address))
            .map(|at| at + 1);
        report.queries += 1;
        report.in_first_3 += usize::from(place.is_some_and(|place| place <= 3));
        report.in_first_10 += usize::from(place.is_some());
        if place.is_none_or(|place| place > line.within) {
            report.failures.push(Failure {
                line: number,
                lang: line.lang,
                query: line.query,
                address: line.address,
                within: line.within,
                place,
                instead: urls.into_iter().take(line.within).collect(),
            });
        }
    }
    Ok(report)
}

fn same(url: &str, address: &str) -> bool {
    let plain = |text: &str| text.trim_matches('/').to_owned();
    plain(url) == plain(address)
}
