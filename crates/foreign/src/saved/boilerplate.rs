//! What stands on many pages belongs to the site and not to the page.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Parts that are kept count of. When there are more, those seen once are forgotten: they can come to
/// count for less than they are, never for more.
const KEPT: usize = 2_000_000;

/// How many pages have a part.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    counts: HashMap<u64, u32>,
    pages: u32,
}

/// What a thing is compared by: its use and its words.
pub(super) fn print(of: &str, words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    words.hash(&mut hasher);
    hasher.finish()
}

impl Repeats {
    /// Counts the parts of one page, each once.
    pub(super) fn page(&mut self, mut prints: Vec<u64>) {
        prints.sort_unstable();
        prints.dedup();
        for print in prints {
            *self.counts.entry(print).or_default() += 1;
        }
        self.pages += 1;
        if self.counts.len() > KEPT {
            self.counts.retain(|_, count| *count > 1);
        }
    }

    /// Whether a part stands on at least `percent` of the pages, and on `least` of them.
    pub(super) fn is_common(&self, print: u64, percent: u32, least: u32) -> bool {
        let count = self.counts.get(&print).copied().unwrap_or(0);
        count >= least && u64::from(count) * 100 >= u64::from(self.pages) * u64::from(percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_pages_have_is_common() {
        let mut repeats = Repeats::default();
        for page in 0..10 {
            let own = print("p", &format!("Sida {page}"));
            repeats.page(vec![print("p", "Staden"), print("p", "Staden"), own]);
        }
        assert!(repeats.is_common(print("p", "Staden"), 60, 5));
        assert!(!repeats.is_common(print("h", "Staden"), 1, 1));
        assert!(!repeats.is_common(print("p", "Sida 1"), 10, 2));
    }
}
