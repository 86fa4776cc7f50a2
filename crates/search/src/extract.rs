//! The lines under a hit: the sentence that answers best, with the words that were searched for
//! marked. Segments, not HTML, so that no markup can come from a document.

use serde::Serialize;
use torg_kernel::{fold, truncate_words};

use crate::analysis::{Analyser, Analysis};
use crate::change::SearchDocument;
use crate::plan::Parsed;
use crate::words::{numbers, words};

/// Length of an extract in characters, about two lines.
const LENGTH: usize = 200;
/// How much of a long text is looked through, in bytes.
const LOOKED_THROUGH: usize = 30_000;

/// A piece of an extract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Plain text, to be escaped like any other.
    pub text: String,
    /// Whether it is one of the words searched for.
    pub highlighted: bool,
}

/// How far apart the parts of a compound may stand in a text and still be what it says, in bytes:
/// "tillstånd för att ställa upp en container", not two words of different sentences.
const TOGETHER: usize = 60;

/// A word of the text that the query asked for.
struct Found {
    start: usize,
    end: usize,
    /// Which word of the query.
    word: usize,
    /// Which part of that word, where the text says only a part.
    part: Option<usize>,
}

/// A word of the query: what counts as it, and what counts as each part of the compound it is.
#[derive(Default)]
struct Wanted {
    whole: Vec<String>,
    parts: Vec<Vec<String>>,
}

impl Wanted {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.whole.iter().chain(self.parts.iter().flatten())
    }
}

/// Finds the query's words in texts.
pub(crate) struct Extractor<'a> {
    analyser: &'a Analyser,
    wanted: Vec<Wanted>,
    /// Beginnings of those without accents: what a word of the text must hold to be looked at.
    beginnings: Vec<String>,
    digits: Vec<String>,
}

impl<'a> Extractor<'a> {
    pub(crate) fn new(parsed: &Parsed, analyser: &'a Analyser) -> Self {
        let mut wanted = Vec::new();
        for word in parsed.content() {
            let analysis = &word.analysis;
            let mut whole: Vec<String> = analysis.lemmas.clone();
            whole.extend(analysis.roots.iter().cloned());
            whole.extend(analysis.folded.iter().map(|folded| format!("?{folded}")));
            wanted.push(Wanted {
                whole,
                parts: analysis.parts.clone(),
            });
        }
        let mut beginnings: Vec<String> = wanted
            .iter()
            .flat_map(Wanted::all)
            .map(|word| {
                fold(word.trim_start_matches(['?', '~']))
                    .chars()
                    .take(3)
                    .collect()
            })
            .collect();
        beginnings.sort();
        beginnings.dedup();
        let digits = parsed
            .numbers
            .iter()
            .map(|(digits, ..)| digits.clone())
            .collect();
        Self {
            analyser,
            wanted,
            beginnings,
            digits,
        }
    }

    fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for number in numbers(text) {
            let of =
                |digits: &String| *digits == number.digits || number.local.as_ref() == Some(digits);
            if self.digits.iter().any(of) {
                found.push(Found {
                    start: number.start,
                    end: number.end,
                    word: usize::MAX,
                    part: None,
                });
            }
        }
        for word in words(text) {
            let inside = found.iter().any(|number: &Found| {
                number.word == usize::MAX && number.start <= word.start && word.end <= number.end
            });
            let folded = fold(&word.text);
            if inside
                || !self
                    .beginnings
                    .iter()
                    .any(|start| folded.contains(start.as_str()))
            {
                continue;
            }
            let analysis = self.analyser.analyse(&word.text);
            if let Some((hit, part)) = self.hit(&analysis) {
                found.push(Found {
                    start: word.start,
                    end: word.end,
                    word: hit,
                    part,
                });
            }
        }
        found.sort_by_key(|found| found.start);
        self.keep_whole(&mut found);
        found
    }

    /// Which word of the query a word of the text is, and which part of it if it is only that.
    fn hit(&self, analysis: &Analysis) -> Option<(usize, Option<usize>)> {
        let own = || analysis.lemmas.iter().chain(&analysis.roots);
        let is_whole = |wanted: &Wanted| {
            wanted
                .whole
                .iter()
                .any(|term| match term.strip_prefix('?') {
                    Some(plain) => analysis.folded.iter().any(|folded| folded == plain),
                    None => own()
                        .chain(analysis.parts.iter().flatten())
                        .any(|own| own == term),
                })
        };
        if let Some(at) = self.wanted.iter().position(is_whole) {
            return Some((at, None));
        }
        // A part of the query's word counts where it is a word of its own, not within another
        // compound: no "verkstad" for "stadsbibliotek".
        self.wanted.iter().enumerate().find_map(|(at, wanted)| {
            let part = |part: &Vec<String>| own().any(|own| part.contains(own));
            Some((at, Some(wanted.parts.iter().position(part)?)))
        })
    }

    /// Leaves out the parts that do not stand together with all other parts of their word.
    fn keep_whole(&self, found: &mut Vec<Found>) {
        let places: Vec<(usize, usize, usize)> = found
            .iter()
            .filter_map(|found| Some((found.word, found.part?, found.start)))
            .collect();
        found.retain(|found| {
            found.part.is_none()
                || (0..self.wanted[found.word].parts.len()).all(|part| {
                    places.iter().any(|(word, other, at)| {
                        *word == found.word
                            && *other == part
                            && at.abs_diff(found.start) <= TOGETHER
                    })
                })
        });
    }

    /// The extract of a document: its description if that holds as many of the words as any
    /// place of the text, otherwise the best place.
    pub(crate) fn extract(&self, document: &SearchDocument) -> Vec<Segment> {
        let mut best: Option<(usize, Vec<Segment>)> = None;
        let body = cut(&document.body, LOOKED_THROUGH);
        for text in [document.description.as_str(), body] {
            if text.is_empty() {
                continue;
            }
            let found = self.find(text);
            let (start, count) = best_start(text, &found);
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, segments(text, start, &found)));
            }
        }
        best.map(|(_, segments)| segments).unwrap_or_default()
    }
}

fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where to begin so that most different words of the query are within [`LENGTH`], and how many.
fn best_start(text: &str, found: &[Found]) -> (usize, usize) {
    let mut best = (0, 0);
    for (at, first) in found.iter().enumerate() {
        let start = sentence_start(text, first.start);
        let mut words: Vec<usize> = found[at..]
            .iter()
            .take_while(|found| found.end <= start + LENGTH)
            .map(|found| found.word)
            .collect();
        words.sort_unstable();
        words.dedup();
        if words.len() > best.1 {
            best = (start, words.len());
        }
    }
    best
}

/// The beginning of the sentence around a place, or of a word some way before it.
fn sentence_start(text: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(LENGTH / 2);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let before = &text[from..at];
    let sentence = [". ", "! ", "? "]
        .iter()
        .filter_map(|end| before.rfind(end))
        .max();
    match sentence {
        Some(end) => from + end + 2,
        None if from == 0 => 0,
        None => before.find(' ').map_or(at, |space| from + space + 1),
    }
}

fn segments(text: &str, start: usize, found: &[Found]) -> Vec<Segment> {
    let part = truncate_words(&text[start..], LENGTH);
    // An ellipsis at the end is no byte of the text.
    let shown = part.strip_suffix('…').unwrap_or(&part).len();
    let mut out = Vec::new();
    let mut push = |text: &str, highlighted: bool| {
        if !text.is_empty() {
            out.push(Segment {
                text: text.to_owned(),
                highlighted,
            });
        }
    };
    if start > 0 {
        push("… ", false);
    }
    let mut at = 0;
    for found in found
        .iter()
        .filter(|found| found.start >= start && found.end <= start + shown)
    {
        let (from, to) = (found.start - start, found.end - start);
        if from >= at {
            push(&part[at..from], false);
            push(&part[from..to], true);
            at = to;
        }
    }
    push(&part[at..], false);
    out
}
