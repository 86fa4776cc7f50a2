//! Counts of searches in memory: by day, language and query, never by who asked.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use torg_db::Database;
use torg_kernel::{Locale, Result, Timestamp, squeeze};

use super::store;

/// Longest query that is counted, in characters. Longer ones are pasted texts, which may hold
/// anything.
const LONGEST: usize = 80;
/// Most digits of a query that is counted: six make a date of birth, a telephone number, or a part
/// of a personal number.
const MOST_DIGITS: usize = 5;
/// Most different queries that are counted between two writes; more than that is no crowd of
/// people but a program, and is not counted.
const MOST_QUERIES: usize = 5_000;
/// Rows written at a time, so that others are let in between.
const ROWS_AT_ONCE: usize = 200;

/// A query as it is counted (lower case, one space between words), or `None` when it may say who
/// asks or whom it is about: a mail address, or enough digits for a personal number or telephone
/// number. Names cannot be told from other words; that is what the threshold of
/// [`super::work_list`] and the weeding are for.
#[must_use]
pub fn keepable(text: &str) -> Option<String> {
    let query = squeeze(text).to_lowercase();
    let length = query.chars().count();
    let digits = query.chars().filter(|c| c.is_numeric()).count();
    let words = query.chars().any(char::is_alphanumeric);
    let fits = (2..=LONGEST).contains(&length) && words;
    (fits && digits <= MOST_DIGITS && !query.contains('@')).then_some(query)
}

/// What is counted of one query on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub searches: i64,
    /// Hits of the last search.
    pub results: i64,
    pub clicks: i64,
    pub no_result: i64,
}

impl Tally {
    fn add(&mut self, later: Self) {
        self.searches += later.searches;
        self.clicks += later.clicks;
        self.no_result += later.no_result;
        if later.searches > 0 {
            self.results = later.results;
        }
    }
}

/// Day, language and query.
pub(super) type Key = (jiff::civil::Date, Locale, String);

#[derive(Debug, Default)]
pub(super) struct Counts(Mutex<HashMap<Key, Tally>>);

impl Counts {
    pub(super) fn searched(&self, now: Timestamp, locale: Locale, query: String, results: usize) {
        self.add(
            (now.zoned().date(), locale, query),
            Tally {
                searches: 1,
                results: i64::try_from(results).unwrap_or(i64::MAX),
                clicks: 0,
                no_result: i64::from(results == 0),
            },
        );
    }

    pub(super) fn clicked(&self, now: Timestamp, locale: Locale, query: String) {
        self.add(
            (now.zoned().date(), locale, query),
            Tally {
                clicks: 1,
                ..Tally::default()
            },
        );
    }

    fn add(&self, key: Key, tally: Tally) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = counts.get_mut(&key) {
            known.add(tally);
        } else if counts.len() < MOST_QUERIES {
            counts.insert(key, tally);
        }
    }

    fn take(&self) -> Vec<(Key, Tally)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken: Vec<_> = counts.drain().collect();
        taken.sort_by(|a, b| a.0.cmp(&b.0));
        taken
    }

    /// Puts back what could not be written, as having come before what was counted since.
    fn put_back(&self, rows: Vec<(Key, Tally)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, mut tally) in rows {
            if let Some(later) = counts.get(&key) {
                tally.add(*later);
            } else if counts.len() >= MOST_QUERIES {
                continue;
            }
            counts.insert(key, tally);
        }
    }

    pub(super) async fn flush(&self, database: &Database) -> Result<usize> {
        let mut rows = self.take();
        let mut written = 0;
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
            let part = rows.clone();
            let done = database
                .write(move |context| {
                    Box::pin(async move { Ok(store::add_counts(&**context, &part).await?) })
                })
                .await;
            if let Err(problem) = done {
                rows.extend(rest);
                self.put_back(rows);
                return Err(problem);
            }
            written += rows.len();
            rows = rest;
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_about_a_person_is_not_counted() {
        for kept in [
            "Sopor",
            "  när   hämtas soporna? ",
            "bygglov altan 12:8",
            "midsommar 2026",
        ] {
            assert!(keepable(kept).is_some(), "{kept}");
        }
        assert_eq!(
            keepable(" När  hämtas SOPORNA ").as_deref(),
            Some("när hämtas soporna")
        );
        let long = "a".repeat(81);
        for not in [
            "19121212-1212",
            "121212 1212",
            "mitt nummer är 121212",
            "031-390 06 41",
            "٠٣١٣٩٠٠٦",
            "namn@stad.example",
            "!!",
            "a",
            "",
            &long,
        ] {
            assert_eq!(keepable(not), None, "{not}");
        }
    }

    #[test]
    fn a_program_cannot_fill_the_memory() {
        let counts = Counts::default();
        let now = Timestamp::default();
        for number in 0..MOST_QUERIES + 10 {
            counts.searched(now, Locale::SV, format!("ord {number}"), 1);
        }
        counts.searched(now, Locale::SV, "ord 1".to_owned(), 7);
        let taken = counts.take();
        assert_eq!(taken.len(), MOST_QUERIES);
        let one = taken
            .iter()
            .find(|(key, _)| key.2 == "ord 1")
            .expect("it was first");
        assert_eq!((one.1.searches, one.1.results), (2, 7));
        assert!(counts.take().is_empty());
    }

    #[test]
    fn what_is_put_back_came_before() {
        let counts = Counts::default();
        let now = Timestamp::default();
        counts.searched(now, Locale::SV, "sopor".to_owned(), 0);
        let taken = counts.take();
        counts.searched(now, Locale::SV, "sopor".to_owned(), 4);
        counts.put_back(taken);
        let taken = counts.take();
        assert_eq!(taken.len(), 1);
        let expected = Tally {
            searches: 2,
            results: 4,
            clicks: 0,
            no_result: 1,
        };
        assert_eq!(taken[0].1, expected);
    }
}
