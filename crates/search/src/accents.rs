//! Words typed without their accents: which words of the index and of the word list they may
//! stand for. Looked up when somebody searches instead of being indexed a second time per zone,
//! which would make the index a third larger for what a walk through two term lists tells.

use tantivy_fst::{Automaton, IntoStreamer, Streamer};
use torg_kernel::{Locale, fold};

use crate::corpus::Corpus;
use crate::schema::Fields;
use crate::swedish::Dictionary;

/// Most words that one without accents is taken for, the commonest first.
const MOST: usize = 3;
/// First byte in UTF-8 of the letters U+00C0 to U+00FF, which is all that Latin text commonly has.
const LATIN: u8 = 0xc3;

/// A word with the accents that somebody left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accented {
    pub word: String,
    /// Documents that hold it as written.
    pub documents: u32,
    /// Whether the word list has it.
    pub known: bool,
}

/// Accepts the words that are a word but for accents, after a fixed beginning.
struct Alike<'a> {
    prefix: &'a [u8],
    /// The letters of the word, one entry per letter; all within ASCII or U+00C0 to U+00FF.
    letters: &'a [char],
}

#[derive(Clone, Copy)]
enum State {
    Prefix(usize),
    Letter(usize),
    /// Within a letter of two bytes.
    Half(usize),
    Dead,
}

impl Automaton for Alike<'_> {
    type State = State;

    fn start(&self) -> State {
        if self.prefix.is_empty() {
            State::Letter(0)
        } else {
            State::Prefix(0)
        }
    }

    fn is_match(&self, state: &State) -> bool {
        matches!(state, State::Letter(at) if *at == self.letters.len())
    }

    fn can_match(&self, state: &State) -> bool {
        !matches!(state, State::Dead)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match *state {
            State::Prefix(at) if self.prefix.get(at) == Some(&byte) => {
                if at + 1 == self.prefix.len() {
                    State::Letter(0)
                } else {
                    State::Prefix(at + 1)
                }
            }
            State::Letter(at) if at < self.letters.len() => match byte {
                LATIN => State::Half(at),
                _ if self.letters[at] == char::from(byte) && byte.is_ascii() => {
                    State::Letter(at + 1)
                }
                _ => State::Dead,
            },
            State::Half(at) => {
                let letter = char::from(byte.wrapping_add(0x40));
                let own = self.letters[at];
                if letter == own || (own.is_ascii() && is_plainly(letter, own)) {
                    State::Letter(at + 1)
                } else {
                    State::Dead
                }
            }
            State::Prefix(_) | State::Letter(_) | State::Dead => State::Dead,
        }
    }
}

fn is_plainly(letter: char, plain: char) -> bool {
    let mut bytes = [0; 4];
    let folded = fold(letter.encode_utf8(&mut bytes));
    let mut letters = folded.chars();
    letters.next() == Some(plain) && letters.next().is_none()
}

/// The other words that a word in lower case is but for accents that it lacks: those that
/// documents hold, and in Swedish those of the word list. Commonest first.
pub(crate) fn accented(
    word: &str,
    locale: Locale,
    corpus: &Corpus,
    fields: &Fields,
) -> Vec<Accented> {
    let letters: Vec<char> = word.chars().collect();
    let plain = |letter: &char| letter.is_ascii() || ('\u{c0}'..='\u{ff}').contains(letter);
    if letters.len() < 2 || !letters.iter().all(plain) || letters[0].is_ascii_digit() {
        return Vec::new();
    }
    let mut found: Vec<Accented> = Vec::new();
    let prefix = format!("{locale}:");
    for segment in corpus.segment_readers() {
        let Ok(inverted) = segment.inverted_index(fields.surface) else {
            continue;
        };
        let alike = Alike {
            prefix: prefix.as_bytes(),
            letters: &letters,
        };
        let Ok(mut stream) = inverted.terms().search(alike).into_stream() else {
            continue;
        };
        while stream.advance() {
            if let Ok(other) = std::str::from_utf8(&stream.key()[prefix.len()..]) {
                push(&mut found, other, stream.value().doc_freq, false);
            }
        }
    }
    if locale == Locale::SV {
        let alike = Alike {
            prefix: b"",
            letters: &letters,
        };
        let mut stream = Dictionary::get().forms().search(alike).into_stream();
        while let Some((key, _)) = stream.next() {
            if let Ok(other) = std::str::from_utf8(key) {
                push(&mut found, other, 0, true);
            }
        }
    }
    found.retain(|other| other.word != word);
    found.sort_by(|a, b| {
        let rank = |other: &Accented| std::cmp::Reverse((other.documents, other.known));
        rank(a).cmp(&rank(b)).then_with(|| a.word.cmp(&b.word))
    });
    found.truncate(MOST);
    found
}

fn push(found: &mut Vec<Accented>, word: &str, documents: u32, known: bool) {
    if let Some(old) = found.iter_mut().find(|old| old.word == word) {
        old.documents = old.documents.saturating_add(documents);
        old.known |= known;
        return;
    }
    found.push(Accented {
        word: word.to_owned(),
        documents,
        known,
    });
}
