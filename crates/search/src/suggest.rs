//! Titles for what somebody has begun to write: each word typed is the beginning of a word of the
//! title. Only titles are looked at, so that an answer costs some tens of microseconds; what a
//! search would find is for whoever asks to add.

use serde::Serialize;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;
use torg_kernel::{Locale, fold};

use crate::analysis::Analyser;
use crate::corpus::Corpus;
use crate::error::SearchError;
use crate::fresh::{Freshness, Weighing};
use crate::index::Index;
use crate::plan::{Boxed, Parsed, all_of};
use crate::schema::{start_of, term};
use crate::spelling::Spelling;
use crate::words::{composed, words};

/// Most words that are compared.
const MOST_WORDS: usize = 6;
/// What a title is worth more that begins with the typed letters.
const BEGINS: f32 = 2.0;

/// A page whose title fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TitleSuggestion {
    /// The title.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Kind of the document.
    pub kind: String,
}

impl Index {
    /// Words of the index that are near those of a query that found nothing, the nearest first.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn nearest_words(
        &self,
        text: &str,
        locale: Locale,
        limit: usize,
    ) -> Result<Vec<String>, SearchError> {
        let analyser = Analyser::new(locale);
        let parsed = Parsed::read(text, locale, &analyser);
        let corpus = Corpus::of(self.searcher());
        let spelling = Spelling {
            corpus: &corpus,
            fields: &self.fields,
            locale,
        };
        let mut found: Vec<String> = Vec::new();
        for word in parsed.content().take(MOST_WORDS) {
            for near in spelling.nearest(&word.text, limit) {
                if near != word.text && !found.contains(&near) {
                    found.push(near);
                }
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Titles that hold words beginning with those of `text`, best first; none for no words.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn suggest(
        &self,
        text: &str,
        locale: Locale,
        limit: usize,
        fresh: Option<Freshness>,
    ) -> Result<Vec<TitleSuggestion>, SearchError> {
        let text = composed(&text.chars().take(100).collect::<String>());
        let typed: Vec<String> = words(&text)
            .into_iter()
            .take(MOST_WORDS)
            .map(|word| fold(&word.text))
            .collect();
        let Some(first) = typed.first() else {
            return Ok(Vec::new());
        };
        let begins = |start: &str| -> Boxed {
            Box::new(TermQuery::new(
                term(self.fields.starts, locale, start),
                IndexRecordOption::Basic,
            ))
        };
        let all = all_of(typed.iter().map(|word| begins(&start_of(word))).collect());
        let at_front = BoostQuery::new(begins(&format!("^{}", start_of(first))), BEGINS);
        let query = BooleanQuery::new(vec![
            (Occur::Must, all),
            (Occur::Should, Box::new(at_front)),
        ]);
        let corpus = Corpus::of(self.searcher());
        // Some more than wanted: longer beginnings are compared here.
        let (_, hits) = corpus.top(&query, 4 * limit.clamp(1, 20), 0, Weighing(fresh))?;
        let mut found: Vec<TitleSuggestion> = Vec::new();
        for (_, place) in hits {
            let document = self.document(&corpus, place)?;
            let own: Vec<String> = words(&document.title)
                .into_iter()
                .map(|word| fold(&word.text))
                .collect();
            let fits = typed
                .iter()
                .all(|word| own.iter().any(|own| own.starts_with(word.as_str())));
            let known = found.iter().any(|other| other.title == document.title);
            if fits && !known {
                found.push(TitleSuggestion {
                    title: document.title,
                    url: document.url,
                    kind: document.kind,
                });
            }
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }
}
