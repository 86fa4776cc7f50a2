//! Typing errors: the word nearest to one that nothing is found for, among the words that the
//! index itself holds and the forms of the word list whose lemma the index holds.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::{Automaton, IntoStreamer, Streamer};
use torg_kernel::{Locale, fold};

use crate::accents::accented;
use crate::analysis::Analysis;
use crate::corpus::Corpus;
use crate::schema::{Fields, term};
use crate::swedish::Dictionary;

/// Swapped letters count as one error.
static ONE_ERROR: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_ERRORS: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Shortest word that is corrected, in letters, and shortest with two errors.
const SHORTEST: usize = 4;
const SHORTEST_TWO: usize = 6;
/// Shortest beginning of a word that is completed, and to how many words.
const SHORTEST_BEGINNING: usize = 3;
const MOST_COMPLETIONS: usize = 20;
/// Longest word that is corrected.
const LONGEST: usize = 40;

/// Accepts the words near another, after a fixed beginning (the language of a term).
struct Near<'a> {
    prefix: &'a [u8],
    dfa: &'a DFA,
}

#[derive(Clone, Copy)]
enum State {
    Prefix(usize),
    Word(u32),
    Dead,
}

impl Automaton for Near<'_> {
    type State = State;

    fn start(&self) -> State {
        if self.prefix.is_empty() {
            State::Word(self.dfa.initial_state())
        } else {
            State::Prefix(0)
        }
    }

    fn is_match(&self, state: &State) -> bool {
        matches!(state, State::Word(state) if matches!(self.dfa.distance(*state), Distance::Exact(_)))
    }

    fn can_match(&self, state: &State) -> bool {
        !matches!(state, State::Dead)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match *state {
            State::Prefix(at) if self.prefix.get(at) == Some(&byte) => {
                if at + 1 == self.prefix.len() {
                    State::Word(self.dfa.initial_state())
                } else {
                    State::Prefix(at + 1)
                }
            }
            State::Word(state) => match self.dfa.transition(state, byte) {
                SINK_STATE => State::Dead,
                next => State::Word(next),
            },
            State::Prefix(_) | State::Dead => State::Dead,
        }
    }
}

/// A word that may have been meant.
#[derive(Debug, Clone)]
struct Candidate {
    word: String,
    distance: u8,
    /// Whether it is the same word but for accents, or begins with the same letter.
    same_start: bool,
    folded_distance: usize,
    documents: u32,
}

impl Candidate {
    /// Better ones are smaller.
    fn rank(&self) -> (usize, u8, bool, std::cmp::Reverse<u32>) {
        (
            self.folded_distance,
            self.distance,
            !self.same_start,
            std::cmp::Reverse(self.documents),
        )
    }
}

/// Looks for words in one language of one index.
pub(crate) struct Spelling<'a> {
    pub corpus: &'a Corpus,
    pub fields: &'a Fields,
    pub locale: Locale,
}

impl Spelling<'_> {
    /// The word most likely meant, if any is near. `word` is in lower case. A word that the word
    /// list knows is right, though the index has nothing on it; a compound of right words is
    /// believed to have one error at most.
    pub(crate) fn correct(&self, word: &str, analysis: &Analysis) -> Option<String> {
        if analysis.known {
            return None;
        }
        let letters = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&letters)
            || word.bytes().any(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        // Without its accents it is a right word all the same, and is searched for as that.
        let alike = accented(word, self.locale, self.corpus, self.fields);
        if alike.iter().any(|other| other.known || other.documents > 0) {
            return None;
        }
        let one = self.near(word, &ONE_ERROR);
        let two = letters >= SHORTEST_TWO && analysis.parts.is_empty();
        let found = if one.is_empty() && two {
            self.near(word, &TWO_ERRORS)
        } else {
            one
        };
        found
            .into_iter()
            .min_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.word.cmp(&b.word)))
            .map(|candidate| candidate.word)
            .or_else(|| {
                analysis
                    .parts
                    .is_empty()
                    .then(|| self.correct_last_part(word))
                    .flatten()
            })
    }

    /// A word one letter away that far more documents hold, for a word that few hold.
    pub(crate) fn commoner(&self, word: &str, documents: u64) -> Option<String> {
        let letters = word.chars().count();
        if !(SHORTEST_TWO..=LONGEST).contains(&letters)
            || word.bytes().any(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let least = documents.saturating_mul(5).max(5);
        self.near(word, &ONE_ERROR)
            .into_iter()
            .filter(|near| near.word != word && u64::from(near.documents) >= least)
            .min_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.word.cmp(&b.word)))
            .map(|near| near.word)
    }

    /// Words that documents hold and that are at most two letters away, or else begin
    /// like it: something to go on with, not something that was surely meant.
    pub(crate) fn nearest(&self, word: &str, limit: usize) -> Vec<String> {
        let letters = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&letters) {
            return Vec::new();
        }
        let mut near = self.near(word, &TWO_ERRORS);
        near.retain(|candidate| candidate.documents > 0);
        near.sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.word.cmp(&b.word)));
        let mut found: Vec<String> = near.into_iter().map(|near| near.word).take(limit).collect();
        // From the whole word down to its half.
        for kept in (letters.div_ceil(2).max(SHORTEST_BEGINNING)..=letters).rev() {
            if found.len() >= limit {
                break;
            }
            let start: String = word.chars().take(kept).collect();
            for longer in self.completions(&start) {
                if found.len() < limit && !found.contains(&longer) {
                    found.push(longer);
                }
            }
        }
        found
    }

    /// Words of the index that begin with the letters of `word`, the commonest first.
    pub(crate) fn completions(&self, word: &str) -> Vec<String> {
        if word.chars().count() < SHORTEST_BEGINNING {
            return Vec::new();
        }
        let prefix = format!("{}:", self.locale);
        let start = format!("{prefix}{word}");
        let mut found: Vec<(u32, String)> = Vec::new();
        for segment in self.corpus.segment_readers() {
            let Ok(inverted) = segment.inverted_index(self.fields.surface) else {
                continue;
            };
            let range = inverted.terms().range().ge(start.as_bytes());
            let Ok(mut stream) = range.into_stream() else {
                continue;
            };
            let mut looked_at = 0;
            while stream.advance()
                && looked_at < 1_000
                && stream.key().starts_with(start.as_bytes())
            {
                looked_at += 1;
                if let Ok(longer) = std::str::from_utf8(&stream.key()[prefix.len()..]) {
                    found.push((stream.value().doc_freq, longer.to_owned()));
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.dedup_by(|a, b| a.1 == b.1);
        found
            .into_iter()
            .take(MOST_COMPLETIONS)
            .map(|(_, word)| word)
            .collect()
    }

    fn near(&self, word: &str, builder: &LevenshteinAutomatonBuilder) -> Vec<Candidate> {
        let dfa = builder.build_dfa(word);
        let mut found = Vec::new();
        self.collect_from_index(word, &dfa, &mut found);
        if self.locale == Locale::SV {
            self.collect_from_dictionary(word, &dfa, &mut found);
        }
        found
    }

    fn collect_from_index(&self, word: &str, dfa: &DFA, found: &mut Vec<Candidate>) {
        let prefix = format!("{}:", self.locale);
        for segment in self.corpus.segment_readers() {
            let Ok(inverted) = segment.inverted_index(self.fields.surface) else {
                continue;
            };
            let near = Near {
                prefix: prefix.as_bytes(),
                dfa,
            };
            let Ok(mut stream) = inverted.terms().search(near).into_stream() else {
                continue;
            };
            while stream.advance() {
                let Ok(candidate) = std::str::from_utf8(&stream.key()[prefix.len()..]) else {
                    continue;
                };
                push(found, word, candidate, dfa, stream.value().doc_freq);
            }
        }
    }

    fn collect_from_dictionary(&self, word: &str, dfa: &DFA, found: &mut Vec<Candidate>) {
        let dictionary = Dictionary::get();
        let near = Near { prefix: b"", dfa };
        let mut stream = dictionary.forms().search(near).into_stream();
        while let Some((key, _)) = stream.next() {
            let Ok(form) = std::str::from_utf8(key) else {
                continue;
            };
            if found.iter().any(|candidate| candidate.word == form) {
                continue;
            }
            let documents = dictionary
                .readings(form)
                .iter()
                .map(|reading| self.documents_with(&reading.lemma))
                .max()
                .unwrap_or(0);
            if documents > 0 {
                push(found, word, form, dfa, documents);
            }
        }
    }

    fn documents_with(&self, lemma: &str) -> u32 {
        let f = self.fields;
        [f.title, f.lead, f.body, f.title_parts, f.text_parts]
            .into_iter()
            .map(|field| self.corpus.documents_with(&term(field, self.locale, lemma)))
            .max()
            .and_then(|frequency| u32::try_from(frequency).ok())
            .unwrap_or(0)
    }

    /// A compound that is in no list: its beginning is right, its last part is not.
    fn correct_last_part(&self, word: &str) -> Option<String> {
        if self.locale != Locale::SV {
            return None;
        }
        let dictionary = Dictionary::get();
        let splits: Vec<usize> = word.char_indices().skip(3).map(|(at, _)| at).collect();
        // The longest beginning first; at most a few are tried, each costs a search.
        let parts = splits
            .into_iter()
            .rev()
            .map(|at| word.split_at(at))
            .filter(|(head, rest)| {
                rest.chars().count() >= SHORTEST && !dictionary.head_lemmas(head).is_empty()
            });
        for (head, rest) in parts.take(3) {
            let best = self
                .near(rest, &ONE_ERROR)
                .into_iter()
                .min_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.word.cmp(&b.word)));
            if let Some(best) = best {
                return Some(format!("{head}{}", best.word));
            }
        }
        None
    }
}

fn push(found: &mut Vec<Candidate>, word: &str, candidate: &str, dfa: &DFA, documents: u32) {
    if let Some(old) = found.iter_mut().find(|old| old.word == candidate) {
        old.documents = old.documents.saturating_add(documents);
        return;
    }
    let Distance::Exact(distance) = dfa.eval(candidate) else {
        return;
    };
    let (plain, wanted) = (fold(word), fold(candidate));
    found.push(Candidate {
        word: candidate.to_owned(),
        distance,
        same_start: plain.chars().next() == wanted.chars().next(),
        folded_distance: if plain == wanted {
            0
        } else {
            usize::from(distance)
        },
        documents,
    });
}
