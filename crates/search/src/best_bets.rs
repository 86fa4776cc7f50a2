//! Pages that an editor has chosen to stand first for a query, as data that the city keeps: used
//! when searching, so that a new one works at once.

use std::collections::HashMap;

use torg_kernel::Locale;

use crate::analysis::{Analyser, is_stop_word};
use crate::plan::Parsed;
use crate::synonyms::combinations;
use crate::words::words;

/// Most chosen pages for one query.
const MOST: usize = 3;

/// Addresses by query. A query fits when its words are the same in any form and order, small words
/// aside; a part of a query does not fit, since what is chosen for *parkering* is seldom right for
/// *parkering för rörelsehindrade*.
#[derive(Debug, Clone, Default)]
pub struct BestBets {
    addresses: HashMap<(Locale, Vec<String>), Vec<String>>,
    count: usize,
}

/// Why a file of chosen pages was refused.
#[derive(Debug, thiserror::Error)]
pub enum BestBetError {
    /// A line cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1, the heading included.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
}

impl BestBets {
    /// Reads `lang,query,address` with a heading line. A query may stand on several lines; the
    /// first three addresses count, in their order.
    ///
    /// # Errors
    /// A line without three columns, with a language tag that is none, a query without words, or
    /// an address that is no path on the site.
    pub fn parse_csv(text: &str) -> Result<Self, BestBetError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut bets = Self::default();
        let mut analysers: HashMap<Locale, Analyser> = HashMap::new();
        for (row, record) in reader.records().enumerate() {
            let counted = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(2);
            let refuse = |line, what: String| BestBetError::Line { line, what };
            let record = record.map_err(|error| refuse(counted, error.to_string()))?;
            let line = record.position().map_or(counted, csv::Position::line);
            let (Some(lang), Some(query), Some(address), None) =
                (record.get(0), record.get(1), record.get(2), record.get(3))
            else {
                return Err(refuse(
                    line,
                    "three columns are needed: lang,query,address".to_owned(),
                ));
            };
            let locale: Locale = lang
                .parse()
                .map_err(|error| refuse(line, format!("{error}")))?;
            if !address.starts_with('/') {
                return Err(refuse(line, format!("“{address}” does not begin with /")));
            }
            let analyser = analysers
                .entry(locale)
                .or_insert_with(|| Analyser::new(locale));
            let keys = keys(locale, query, analyser);
            if keys.is_empty() {
                return Err(refuse(line, format!("“{query}” holds no word")));
            }
            for key in keys {
                let list = bets.addresses.entry((locale, key)).or_default();
                if !list.iter().any(|known| known == address) {
                    list.push(address.to_owned());
                }
            }
            bets.count += 1;
        }
        Ok(bets)
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The addresses chosen for a query.
    pub(crate) fn of(&self, locale: Locale, parsed: &Parsed) -> Vec<&str> {
        if self.is_empty() {
            return Vec::new();
        }
        let lemmas: Vec<Vec<String>> = parsed
            .content()
            .map(|word| word.analysis.lemmas.clone())
            .collect();
        let mut found: Vec<&str> = Vec::new();
        for key in sorted(&lemmas) {
            for address in self.addresses.get(&(locale, key)).into_iter().flatten() {
                if !found.contains(&address.as_str()) {
                    found.push(address);
                }
            }
        }
        found.truncate(MOST);
        found
    }
}

fn keys(locale: Locale, query: &str, analyser: &Analyser) -> Vec<Vec<String>> {
    let all: Vec<String> = words(query).into_iter().map(|word| word.text).collect();
    let content: Vec<&String> = all
        .iter()
        .filter(|word| !is_stop_word(locale, word))
        .collect();
    let kept = if content.is_empty() {
        all.iter().collect()
    } else {
        content
    };
    let lemmas: Vec<Vec<String>> = kept
        .into_iter()
        .map(|word| analyser.analyse(word).lemmas.clone())
        .collect();
    sorted(&lemmas)
}

/// Every way to read the words, each in one order. None for no words.
fn sorted(lemmas: &[Vec<String>]) -> Vec<Vec<String>> {
    if lemmas.is_empty() {
        return Vec::new();
    }
    combinations(lemmas)
        .into_iter()
        .map(|mut key| {
            key.sort_unstable();
            key.dedup();
            key
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(bets: &'a BestBets, query: &str) -> Vec<&'a str> {
        let parsed = Parsed::read(query, Locale::SV, &Analyser::new(Locale::SV));
        bets.of(Locale::SV, &parsed)
    }

    #[test]
    fn a_query_fits_in_any_form_and_order_but_whole() {
        let bets = BestBets::parse_csv(
            "lang,query,address\nsv,söka bygglov,/bygga/bygglov\nsv,soporna,/avfall\nen,rubbish,/en/waste\n",
        )
        .expect("a right file");
        assert_eq!(bets.len(), 3);
        for query in [
            "söka bygglov",
            "Bygglovet, söka",
            "hur kan jag söka bygglov?",
        ] {
            assert_eq!(found(&bets, query), ["/bygga/bygglov"], "{query}");
        }
        assert_eq!(found(&bets, "sopor"), ["/avfall"]);
        for query in ["bygglov", "söka bygglov för altan", "rubbish", ""] {
            assert_eq!(found(&bets, query), Vec::<&str>::new(), "{query}");
        }
    }

    #[test]
    fn wrong_lines_are_named() {
        for (text, line) in [
            ("lang,query,address\nsv,sopor\n", "line 2"),
            ("lang,query,address\nsv,a,/b\nsv,!!,/b\n", "line 3"),
            ("lang,query,address\nsv,a,https://b.example\n", "line 2"),
            ("lang,query,address\nsvenska!,a,/b\n", "line 2"),
        ] {
            let error = BestBets::parse_csv(text).expect_err(text).to_string();
            assert!(error.starts_with(line), "{error}");
        }
    }
}
