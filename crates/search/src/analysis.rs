//! What a word is searched under: the same analysis for documents and for queries, per language.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use frostem::{Algorithm, Stemmer};
use torg_kernel::{Locale, fold};

use crate::swedish::{self, Dictionary};

/// Most analyses that an [`Analyser`] remembers while it reads documents; about 15 MB.
const MEMORY: usize = 40_000;

/// A word taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Analysis {
    /// Dictionary forms; the word itself if it is in no dictionary.
    pub lemmas: Vec<String>,
    /// Words that it is derived from (hämtning: hämta), or a weak stem marked `~`.
    pub roots: Vec<String>,
    /// Parts of the compound in order, each with the lemmas and roots it may stand for.
    pub parts: Vec<Vec<String>>,
    /// The lemmas without accents, for readers who cannot type them.
    pub folded: Vec<String>,
    /// Whether a dictionary knows it.
    pub known: bool,
}

/// Reads words in one language. Remembers what it has read, so it is quick over many documents.
pub(crate) struct Analyser {
    language: Language,
    seen: RefCell<HashMap<String, Arc<Analysis>>>,
}

enum Language {
    Swedish(Stemmer),
    Stemmed(Stemmer),
    Plain,
}

/// The Snowball stemmer of a language, where there is one.
fn algorithm(locale: Locale) -> Option<Algorithm> {
    Some(match locale.as_str().split('-').next()? {
        "sv" => Algorithm::Swedish,
        "en" => Algorithm::English,
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "ru" => Algorithm::Russian,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Whether a word says nothing about what is looked for.
pub(crate) fn is_stop_word(locale: Locale, word: &str) -> bool {
    const ENGLISH: &str = " a about am an and are as at be by can could do does for from has have how i if in into is it its may me my no not of on or our shall should so than that the their them there these they this to was we what when where which who why will with would you your ";
    let list = match locale.as_str() {
        "sv" => swedish::STOP_WORDS,
        "en" => ENGLISH,
        _ => return false,
    };
    list.match_indices(word)
        .any(|(at, _)| list[..at].ends_with(' ') && list[at + word.len()..].starts_with(' '))
}

impl Analyser {
    pub(crate) fn new(locale: Locale) -> Self {
        let language = match algorithm(locale) {
            Some(Algorithm::Swedish) => Language::Swedish(Stemmer::new(Algorithm::Swedish)),
            Some(other) => Language::Stemmed(Stemmer::new(other)),
            None => Language::Plain,
        };
        Self {
            language,
            seen: RefCell::default(),
        }
    }

    /// The analysis of a word in lower case.
    pub(crate) fn analyse(&self, word: &str) -> Arc<Analysis> {
        if let Some(known) = self.seen.borrow().get(word) {
            return Arc::clone(known);
        }
        let analysis = Arc::new(self.fresh(word));
        let mut seen = self.seen.borrow_mut();
        if seen.len() >= MEMORY {
            seen.clear();
        }
        seen.insert(word.to_owned(), Arc::clone(&analysis));
        analysis
    }

    fn fresh(&self, word: &str) -> Analysis {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let mut analysis = match &self.language {
            Language::Swedish(stemmer) if !digits => swedish_analysis(word, stemmer),
            Language::Stemmed(stemmer) if !digits => Analysis {
                lemmas: vec![stemmer.stem(word).into_owned()],
                ..Analysis::default()
            },
            _ => Analysis {
                lemmas: vec![word.to_owned()],
                ..Analysis::default()
            },
        };
        analysis.folded = folded(word, &analysis.lemmas);
        analysis
    }
}

fn folded(word: &str, lemmas: &[String]) -> Vec<String> {
    let mut folded: Vec<String> = Vec::with_capacity(lemmas.len() + 1);
    for text in lemmas.iter().map(String::as_str).chain([word]) {
        let text = fold(text);
        if !folded.contains(&text) {
            folded.push(text);
        }
    }
    folded
}

fn swedish_analysis(word: &str, stemmer: &Stemmer) -> Analysis {
    let mut analysis = Analysis::default();
    for reading in Dictionary::get().readings(word) {
        push(&mut analysis.lemmas, reading.lemma);
    }
    analysis.known = !analysis.lemmas.is_empty();
    let compound = if analysis.known {
        analysis
            .lemmas
            .iter()
            .find_map(|lemma| swedish::split(lemma, true))
            .or_else(|| swedish::split_headword(word, &analysis.lemmas))
    } else {
        swedish::split(word, false).or_else(|| swedish::split(word.strip_suffix('s')?, false))
    };
    if let Some(compound) = compound {
        for lemma in compound.parts.last().into_iter().flatten() {
            let whole = format!("{}{lemma}", compound.prefix);
            if !analysis.known {
                push(&mut analysis.lemmas, whole);
            } else if !analysis.lemmas.contains(&whole) {
                push(&mut analysis.roots, whole);
            }
        }
        for part in compound.parts {
            let mut with_roots = part.clone();
            for root in part.iter().flat_map(|lemma| swedish::roots(lemma)) {
                push(&mut with_roots, root);
            }
            analysis.parts.push(with_roots);
        }
    }
    if analysis.lemmas.is_empty() {
        analysis.lemmas.push(word.to_owned());
        let stem = stemmer.stem(word);
        if stem.chars().count() >= 4 {
            analysis.roots.push(format!("~{stem}"));
        }
    }
    for lemma in &analysis.lemmas {
        for root in swedish::roots(lemma) {
            if !analysis.lemmas.contains(&root) {
                push(&mut analysis.roots, root);
            }
        }
    }
    analysis
}

fn push(list: &mut Vec<String>, word: String) {
    if !list.contains(&word) {
        list.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_reached_from_both_sides() {
        let analyser = Analyser::new(Locale::SV);
        let collection = analyser.analyse("sophämtningen");
        let parts: Vec<&str> = collection
            .parts
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        for wanted in ["hämta", "hämtning"] {
            assert!(parts.contains(&wanted), "{parts:?}");
        }
        for word in ["sopor", "soporna"] {
            let rubbish = analyser.analyse(word);
            assert!(
                rubbish
                    .lemmas
                    .iter()
                    .any(|lemma| parts.contains(&lemma.as_str())),
                "{rubbish:?} {parts:?}"
            );
        }
        assert_eq!(analyser.analyse("qwertan").lemmas, ["qwertan"]);
    }

    #[test]
    fn an_inflected_headword_is_a_compound_too() {
        // The word list has these as words of their own, in the plural or as participles.
        let analyser = Analyser::new(Locale::SV);
        for (word, parts) in [
            ("låneböcker", ["låna", "bok"]),
            ("måndagsnätter", ["måndag", "natt"]),
            ("solskadad", ["sol", "skada"]),
        ] {
            let analysis = analyser.analyse(word);
            assert_eq!(analysis.parts.len(), 2, "{word}: {analysis:?}");
            for (found, wanted) in analysis.parts.iter().zip(parts) {
                assert!(
                    found.iter().any(|part| part == wanted),
                    "{word}: {analysis:?}"
                );
            }
        }
        assert!(
            analyser
                .analyse("låneböcker")
                .roots
                .contains(&"lånebok".to_owned())
        );
        for whole in ["biolog", "avgift", "bibliotek", "kommunen", "metadata"] {
            assert!(analyser.analyse(whole).parts.is_empty(), "{whole}");
        }
    }

    #[test]
    fn english_is_stemmed_and_unknown_languages_are_folded() {
        let english = Analyser::new(Locale::EN);
        assert_eq!(
            english.analyse("libraries").lemmas,
            english.analyse("library").lemmas
        );
        let other = Analyser::new("so".parse().expect("a tag"));
        assert_eq!(other.analyse("wasíir").folded, ["wasiir"]);
    }

    #[test]
    fn stop_words_are_whole_words() {
        assert!(is_stop_word(Locale::SV, "när"));
        assert!(!is_stop_word(Locale::SV, "nä"));
        assert!(!is_stop_word(Locale::SV, "sopor"));
        assert!(is_stop_word(Locale::EN, "the"));
    }
}
