//! Words that mean the same, as data that the city keeps: used when searching, not when
//! indexing, so that a new pair works at once.

use std::collections::HashMap;

use torg_kernel::Locale;

use crate::analysis::{Analyser, is_stop_word};
use crate::words::words;

/// Groups of words or phrases that mean the same, per language.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// Groups of phrases; a phrase is its words in lower case.
    groups: Vec<Vec<Vec<String>>>,
    /// The lemmas of a phrase → groups it stands in.
    by_phrase: HashMap<(Locale, Vec<String>), Vec<usize>>,
    longest: usize,
}

/// Why a file of synonyms was refused.
#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    /// A line cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1, the heading included.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
}

/// Most lemmas of one word that are tried when phrases are compared.
const MOST_READINGS: usize = 4;

impl Synonyms {
    /// Reads `lang,words` with a heading line; `words` are words or phrases between `|`, which
    /// all mean the same.
    ///
    /// # Errors
    /// A line without two columns, with a language tag that is none, or with fewer than two words.
    pub fn parse_csv(text: &str) -> Result<Self, SynonymError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut synonyms = Self::default();
        let mut analysers: HashMap<Locale, Analyser> = HashMap::new();
        for (row, record) in reader.records().enumerate() {
            let counted = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(2);
            let refuse = |line, what: String| SynonymError::Line { line, what };
            let record = record.map_err(|error| refuse(counted, error.to_string()))?;
            let line = record.position().map_or(counted, csv::Position::line);
            let [Some(lang), Some(list), None] = [record.get(0), record.get(1), record.get(2)]
            else {
                return Err(refuse(
                    line,
                    "two columns are needed: lang,words".to_owned(),
                ));
            };
            let locale: Locale = lang
                .parse()
                .map_err(|error| refuse(line, format!("{error}")))?;
            let phrases: Vec<Vec<String>> = list
                .split('|')
                .map(|phrase| words(phrase).into_iter().map(|word| word.text).collect())
                .filter(|phrase: &Vec<String>| !phrase.is_empty())
                .collect();
            if phrases.len() < 2 {
                return Err(refuse(
                    line,
                    format!("“{list}” has fewer than two words between |"),
                ));
            }
            let analyser = analysers
                .entry(locale)
                .or_insert_with(|| Analyser::new(locale));
            synonyms.insert(locale, phrases, analyser);
        }
        Ok(synonyms)
    }

    /// How many groups there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Words of the longest phrase, small words not counted.
    pub(crate) const fn longest(&self) -> usize {
        self.longest
    }

    fn insert(&mut self, locale: Locale, phrases: Vec<Vec<String>>, analyser: &Analyser) {
        let group = self.groups.len();
        for phrase in &phrases {
            // Queries are compared without their small words.
            let content: Vec<&String> = phrase
                .iter()
                .filter(|word| !is_stop_word(locale, word))
                .collect();
            let kept = if content.is_empty() {
                phrase.iter().collect()
            } else {
                content
            };
            self.longest = self.longest.max(kept.len());
            let lemmas: Vec<Vec<String>> = kept
                .into_iter()
                .map(|word| analyser.analyse(word).lemmas.clone())
                .collect();
            for key in combinations(&lemmas) {
                let groups = self.by_phrase.entry((locale, key)).or_default();
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        self.groups.push(phrases);
    }

    /// The other phrases of the groups that a phrase, given as the lemmas of its words, stands in.
    pub(crate) fn of(&self, locale: Locale, lemmas: &[Vec<String>]) -> Vec<&[String]> {
        let mut found: Vec<&[String]> = Vec::new();
        for key in combinations(lemmas) {
            for group in self.by_phrase.get(&(locale, key)).into_iter().flatten() {
                for phrase in &self.groups[*group] {
                    if !found.contains(&phrase.as_slice()) {
                        found.push(phrase);
                    }
                }
            }
        }
        found
    }
}

/// Every way to choose one lemma per word; a long phrase takes the first lemma of each.
pub(crate) fn combinations(lemmas: &[Vec<String>]) -> Vec<Vec<String>> {
    let readings = if lemmas.len() > 4 { 1 } else { MOST_READINGS };
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for word in lemmas {
        all = all
            .into_iter()
            .flat_map(|start| {
                word.iter().take(readings).map(move |lemma| {
                    let mut longer = start.clone();
                    longer.push(lemma.clone());
                    longer
                })
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_by_any_form() {
        let synonyms =
            Synonyms::parse_csv("lang,words\nsv,dagis|förskola|pre school\nen,refuse|rubbish\n")
                .expect("a right file");
        assert_eq!(synonyms.len(), 2);
        let analyser = Analyser::new(Locale::SV);
        let lemmas = analyser.analyse("förskolorna").lemmas.clone();
        let found = synonyms.of(Locale::SV, &[lemmas]);
        assert!(
            found.contains(&["dagis".to_owned()].as_slice()),
            "{found:?}"
        );
        assert!(
            synonyms
                .of(Locale::SV, &[vec!["refuse".to_owned()]])
                .is_empty()
        );
    }

    #[test]
    fn wrong_lines_are_named() {
        for (text, line) in [
            ("lang,words\nsv,ensam\n", "line 2"),
            ("lang,words\nsv,a|b\nsvenska!,a|b\n", "line 3"),
            ("lang,words\nsv\n", "line 2"),
            ("lang,words\nsv,a|b,c\n", "line 2"),
        ] {
            let error = Synonyms::parse_csv(text).expect_err(text).to_string();
            assert!(error.starts_with(line), "{error}");
        }
        assert!(
            Synonyms::parse_csv("")
                .expect("an empty file is no error")
                .is_empty()
        );
    }
}
