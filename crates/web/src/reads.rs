//! How often texts are read: by what is read and never by whom. Nothing of the reader is kept, not
//! for a moment: no address, no cookie, no mark in the page.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderName, Method};
use torg_kernel::ContentId;

static SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
static SEC_PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// Whether somebody opens a page to read it: a browser says that it goes there (`Sec-Fetch-Mode:
/// navigate`) and not that it only fetches ahead (`Sec-Purpose`); W3C Fetch Metadata Request
/// Headers. Programs that gather pages mostly say neither. The price is that browsers from before
/// 2023 are not counted, and that a program can pretend.
pub(crate) fn is_reading(method: &Method, asked: &HeaderMap) -> bool {
    *method == Method::GET
        && asked
            .get(&SEC_FETCH_MODE)
            .is_some_and(|mode| mode == "navigate")
        && !asked.contains_key(&SEC_PURPOSE)
}

/// Counts that were not yet taken, of this node. A finished page holds the counter of its text, so
/// a reading of a kept page costs one addition and no lookup. A killed process loses what was not
/// taken.
#[derive(Debug, Default)]
pub struct Reads(Mutex<HashMap<ContentId, Arc<AtomicU64>>>);

impl Reads {
    /// The counter of a text.
    pub(crate) fn counter(&self, of: ContentId) -> Arc<AtomicU64> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counters.entry(of).or_default().clone()
    }

    /// Takes what was counted since the last time, by text. Counters of pages that nobody keeps any
    /// more are let go.
    #[must_use]
    pub fn take(&self) -> Vec<(ContentId, u64)> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken: Vec<(ContentId, u64)> = counters
            .iter()
            .map(|(text, counter)| (*text, counter.swap(0, Ordering::Relaxed)))
            .filter(|(_, count)| *count > 0)
            .collect();
        // A page that is just now being made holds a counter too, so what is let go is nobody's.
        counters.retain(|_, counter| Arc::strong_count(counter) > 1);
        taken.sort_unstable_by_key(|(text, _)| *text);
        taken
    }

    /// Gives back what could not be written, for the next time.
    pub fn put_back(&self, counts: &[(ContentId, u64)]) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (text, count) in counts {
            counters
                .entry(*text)
                .or_default()
                .fetch_add(*count, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use uuid::Uuid;

    fn asked(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_a_browser_that_goes_there_reads() {
        let goes = asked(&[("sec-fetch-mode", "navigate")]);
        assert!(is_reading(&Method::GET, &goes));
        assert!(!is_reading(&Method::HEAD, &goes));
        assert!(!is_reading(&Method::GET, &asked(&[])));
        assert!(!is_reading(
            &Method::GET,
            &asked(&[("sec-fetch-mode", "cors")])
        ));
        let ahead = asked(&[
            ("sec-fetch-mode", "navigate"),
            ("sec-purpose", "prefetch;prerender"),
        ]);
        assert!(!is_reading(&Method::GET, &ahead));
    }

    #[test]
    fn nothing_is_counted_twice_and_nothing_is_lost_when_it_cannot_be_written() {
        let reads = Reads::default();
        let text = ContentId(Uuid::from_u128(7));
        let counter = reads.counter(text);
        counter.fetch_add(3, Ordering::Relaxed);
        let taken = reads.take();
        assert_eq!(taken, [(text, 3)]);
        assert_eq!(reads.take(), []);
        reads.put_back(&taken);
        counter.fetch_add(1, Ordering::Relaxed);
        assert_eq!(reads.take(), [(text, 4)]);
        // The page is no longer kept: its counter goes, with what it counted last.
        counter.fetch_add(2, Ordering::Relaxed);
        drop(counter);
        assert_eq!(reads.take(), [(text, 2)]);
        assert!(reads.0.lock().expect("not poisoned").is_empty());
    }
}
