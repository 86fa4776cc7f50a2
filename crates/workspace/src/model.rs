//! What is shown on the start page and found by the search. Pure.

use serde::Serialize;
use torg_kernel::{Locale, fold};

/// How soon something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its time is over.
    Late,
    /// Somebody waits for it.
    Waits,
    /// When there is time.
    Later,
}

/// One kind of work that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What it is, in the caller's language: "Texter att granska".
    pub label: String,
    /// Where all of it stands.
    pub href: String,
    /// How much there is.
    pub count: i64,
    /// How soon it has to be done.
    pub urgency: Urgency,
    /// A Lucide icon of `icons.txt`.
    pub symbol: &'static str,
    /// The first few of them; more than five are not shown.
    pub items: Vec<WaitingItem>,
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingItem {
    /// Its name.
    pub title: String,
    /// The name's language, when it has one.
    pub lang: Option<Locale>,
    /// Where it is done.
    pub href: String,
    /// Who, when, why; may be empty.
    pub note: String,
}

/// Something that was found, or that one can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its name.
    pub title: String,
    /// The name's language, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Locale>,
    /// Where it leads.
    pub href: String,
    /// What tells it from others of its name; may be empty.
    pub note: String,
}

/// Hits of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind: "Sidor".
    pub label: String,
    /// What was found, the best first.
    pub hits: Vec<Hit>,
}

/// Whether a name holds every word of a query, in any order, without regard to case and accents.
/// A query without words matches nothing.
#[must_use]
pub fn matches(name: &str, words: &str) -> bool {
    let name = fold(name);
    let words = fold(words);
    let mut any = false;
    words.split_whitespace().all(|word| {
        any = true;
        name.contains(word)
    }) && any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_in_any_order_and_without_accents() {
        assert!(matches("Majornas förskola", "forskola maj"));
        assert!(matches("ÅTERVINNING", "återvinning"));
        assert!(!matches("Majornas förskola", "majornas skolkök"));
        assert!(!matches("Majornas förskola", "  "));
    }
}
