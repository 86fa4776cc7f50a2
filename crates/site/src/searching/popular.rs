//! What many search for and find, kept in memory for suggestions and for pages that found nothing.

use std::sync::{Arc, PoisonError, RwLock};

use torg_kernel::{Locale, fold};

/// A query that many have asked and that found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonSearch {
    /// Its language.
    pub locale: Locale,
    /// The query, in lower case.
    pub query: String,
    /// How often it was asked in the last months.
    pub searches: i64,
}

/// The common searches of a node, the commonest first.
#[derive(Debug, Default)]
pub struct CommonSearches(RwLock<Arc<Vec<(String, CommonSearch)>>>);

impl CommonSearches {
    /// Puts others in their place. They come with the commonest first.
    pub fn replace(&self, searches: Vec<CommonSearch>) {
        let folded = searches
            .into_iter()
            .map(|search| (fold(&search.query), search))
            .collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(folded);
    }

    /// Those that begin with what is typed, accents aside; all for nothing typed.
    #[must_use]
    pub fn beginning(&self, typed: &str, locale: Locale, limit: usize) -> Vec<String> {
        let list = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        let start = fold(&torg_kernel::squeeze(typed));
        let mut found: Vec<String> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (folded, search) in list.iter() {
            // Somebody who leaves out accents asks the same.
            let known = seen.contains(&folded.as_str());
            if search.locale == locale && folded.starts_with(&start) && !known {
                seen.push(folded);
                found.push(search.query.clone());
                if found.len() >= limit {
                    break;
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_left_out_and_the_commonest_come_first() {
        let common = CommonSearches::default();
        let search = |query: &str, locale, searches| CommonSearch {
            locale,
            query: query.to_owned(),
            searches,
        };
        common.replace(vec![
            search("öppettider simhall", Locale::SV, 90),
            search("oppettider simhall", Locale::SV, 20),
            search("opening hours", Locale::EN, 10),
            search("öppna data", Locale::SV, 5),
        ]);
        let found = |typed| common.beginning(typed, Locale::SV, 5);
        assert_eq!(found("Opp"), ["öppettider simhall", "öppna data"]);
        assert_eq!(found("öppn"), ["öppna data"]);
        assert_eq!(found("hall"), Vec::<String>::new());
        assert_eq!(common.beginning("", Locale::EN, 5), ["opening hours"]);
    }
}
