//! From what a person wrote to a query of the engine: one clause per word, and in each clause the
//! ways in which a document may hold the word, the nearer the heavier.

use std::collections::HashSet;

use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use torg_kernel::Locale;

use crate::accents::accented;
use crate::analysis::{Analyser, Analysis, is_stop_word};
use crate::corpus::Corpus;
use crate::schema::{Fields, term};
use crate::spelling::Spelling;
use crate::synonyms::Synonyms;
use crate::words::{Word, composed, identifiers, numbers, words};

/// Longest query that is read, in characters; the rest is ignored.
pub(crate) const LONGEST_QUERY: usize = 300;
/// Bytes of the longest hyphen.
const LONGEST_HYPHEN: usize = 3;
/// Most words of a query that are searched for.
pub(crate) const MOST_WORDS: usize = 12;

/// Weights: where a word stands, and how near the match is.
mod weight {
    pub const SURFACE: f32 = 0.3;
    pub const TITLE: f32 = 3.0;
    pub const LEAD: f32 = 1.4;
    pub const BODY: f32 = 1.0;
    pub const TITLE_PARTS: f32 = 1.5;
    pub const TEXT_PARTS: f32 = 0.4;
    pub const FOLDED: f32 = 0.3;
    /// The word with the accents that were left out, when nothing holds it as typed; nearly as
    /// good as the word itself.
    pub const ACCENTED: f32 = 0.95;
    /// All parts of a compound in the document, apart.
    pub const APART: f32 = 0.45;
    /// A word that the query's word is derived from.
    pub const ROOT: f32 = 0.5;
    pub const SYNONYM: f32 = 0.6;
    /// A telephone number as a whole.
    pub const NUMBER: f32 = 2.0;
}

/// A word of the query with its analysis.
#[derive(Debug, Clone)]
pub(crate) struct QueryWord {
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub joined: bool,
    pub analysis: std::sync::Arc<Analysis>,
    pub stop: bool,
}

/// A query read and taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Parsed {
    /// The text as it was read: composed and cut to [`LONGEST_QUERY`].
    pub text: String,
    pub words: Vec<QueryWord>,
    /// Digits of long numbers, and the range of bytes they stand at.
    pub numbers: Vec<(String, usize, usize)>,
    /// Names with digits that are not within those numbers, and where they stand.
    pub identifiers: Vec<(String, usize, usize)>,
}

impl Parsed {
    pub(crate) fn read(text: &str, locale: Locale, analyser: &Analyser) -> Self {
        let text: String = composed(&text.chars().take(LONGEST_QUERY).collect::<String>());
        let mut seen = HashSet::new();
        let mut found: Vec<QueryWord> = words(&text)
            .into_iter()
            .filter(|word| seen.insert(word.text.clone()))
            .map(
                |Word {
                     text,
                     start,
                     end,
                     joined,
                 }| QueryWord {
                    analysis: analyser.analyse(&text),
                    stop: is_stop_word(locale, &text),
                    text,
                    start,
                    end,
                    joined,
                },
            )
            .collect();
        // The e of e-tjänst is no small word.
        for at in 1..found.len() {
            if found[at].joined {
                found[at - 1].stop = false;
            }
        }
        // A query of nothing but small words is searched as it stands.
        if found.iter().all(|word| word.stop) {
            for word in &mut found {
                word.stop = false;
            }
        }
        let mut kept = 0;
        found.retain(|word| {
            kept += usize::from(!word.stop);
            word.stop || kept <= MOST_WORDS
        });
        let numbers: Vec<_> = numbers(&text)
            .into_iter()
            .map(|number| (number.digits, number.start, number.end))
            .collect();
        let identifiers = identifiers(&text)
            .into_iter()
            .filter(|name| {
                let apart = |(_, start, end): &(String, usize, usize)| {
                    name.end <= *start || *end <= name.start
                };
                numbers.iter().all(apart)
            })
            .map(|name| (name.text, name.start, name.end))
            .collect();
        Self {
            text,
            words: found,
            numbers,
            identifiers,
        }
    }

    /// The words that carry the query.
    pub(crate) fn content(&self) -> impl Iterator<Item = &QueryWord> {
        self.words.iter().filter(|word| !word.stop)
    }
}

/// Makes the engine's queries for one language.
pub(crate) struct Planner<'a> {
    pub fields: &'a Fields,
    pub locale: Locale,
    pub synonyms: Option<&'a Synonyms>,
    pub analyser: &'a Analyser,
    pub corpus: &'a Corpus,
    /// Last resort, when nothing holds the words: any part of a compound is enough, and so is a
    /// word that begins like the query's.
    pub loose: bool,
}

pub(crate) type Boxed = Box<dyn EngineQuery>;

/// A query of the engine and about how many documents it matches.
pub(crate) struct Clause {
    pub query: Boxed,
    pub documents: u64,
}

impl Clause {
    fn boosted(self, weight: f32) -> Self {
        Self {
            query: Box::new(BoostQuery::new(self.query, weight)),
            ..self
        }
    }

    /// One of several; matches nothing if there is none.
    pub(crate) fn any(clauses: Vec<Self>) -> Self {
        let documents = clauses.iter().map(|clause| clause.documents).sum();
        Self {
            query: any_of(clauses.into_iter().map(|clause| clause.query).collect()),
            documents,
        }
    }

    /// One of several ways to read the same word, of which the best counts.
    fn best(clauses: Vec<Self>) -> Self {
        let documents = clauses.iter().map(|clause| clause.documents).sum();
        let queries = clauses.into_iter().map(|clause| clause.query).collect();
        Self {
            query: Box::new(DisjunctionMaxQuery::new(queries)),
            documents,
        }
    }

    /// All of several.
    pub(crate) fn all(clauses: Vec<Self>) -> Self {
        let documents = clauses
            .iter()
            .map(|clause| clause.documents)
            .min()
            .unwrap_or(0);
        Self {
            query: all_of(clauses.into_iter().map(|clause| clause.query).collect()),
            documents,
        }
    }
}

impl Clone for Clause {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            documents: self.documents,
        }
    }
}

impl Planner<'_> {
    /// One clause per word or phrase, in the order of the query. Empty if there is no word.
    pub(crate) fn clauses(&self, parsed: &Parsed) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut numbered = Vec::new();
        let whole = parsed.numbers.iter().map(|found| ("#", found));
        let named = parsed.identifiers.iter().map(|found| ("#=", found));
        for (mark, (digits, start, end)) in whole.chain(named) {
            let groups: Vec<Clause> = parsed
                .content()
                .filter(|word| *start <= word.start && word.end <= *end)
                .map(|word| self.word(word))
                .collect();
            let mut ways = self.terms(&format!("{mark}{digits}"), weight::NUMBER);
            if !groups.is_empty() {
                ways.push(Clause::all(groups));
            }
            clauses.push(Clause::any(ways));
            numbered.push(*start..*end);
        }
        let rest: Vec<&QueryWord> = parsed
            .content()
            .filter(|word| !numbered.iter().any(|range| range.contains(&word.start)))
            .collect();
        let mut at = 0;
        while at < rest.len() {
            let (clause, used) = self.clause_at(&rest[at..]);
            clauses.push(clause);
            at += used;
        }
        clauses
    }

    /// The clause of the first word, or of the longest phrase from it on that has synonyms or a
    /// hyphen, and how many words it took.
    fn clause_at(&self, words: &[&QueryWord]) -> (Clause, usize) {
        let longest = self
            .synonyms
            .map_or(1, Synonyms::longest)
            .clamp(1, words.len());
        for length in (1..=longest).rev() {
            let mut ways = self.synonyms_of(&words[..length]);
            if !ways.is_empty() {
                let own = words[..length].iter().map(|word| self.word(word));
                ways.push(Clause::all(own.collect()));
                return (Clause::any(ways), length);
            }
        }
        if let [first, second, ..] = words
            && second.joined
            && second.start - first.end <= LONGEST_HYPHEN
        {
            let whole = format!("{}{}", first.text, second.text);
            let analysis = self.analyser.analyse(&whole);
            let apart = Clause::all(vec![self.word(first), self.word(second)]);
            return (
                Clause::any(vec![apart, self.analysed(&whole, &analysis)]),
                2,
            );
        }
        (self.word(words[0]), 1)
    }

    fn synonyms_of(&self, words: &[&QueryWord]) -> Vec<Clause> {
        let Some(synonyms) = self.synonyms else {
            return Vec::new();
        };
        let lemmas: Vec<Vec<String>> = words
            .iter()
            .map(|word| word.analysis.lemmas.clone())
            .collect();
        let own: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        synonyms
            .of(self.locale, &lemmas)
            .into_iter()
            .filter(|phrase| phrase.iter().map(String::as_str).ne(own.iter().copied()))
            .map(|phrase| {
                let clauses = phrase
                    .iter()
                    .filter(|word| phrase.len() == 1 || !is_stop_word(self.locale, word))
                    .map(|word| self.analysed(word, &self.analyser.analyse(word)))
                    .collect();
                Clause::all(clauses).boosted(weight::SYNONYM)
            })
            .filter(|clause| clause.documents > 0)
            .collect()
    }

    fn word(&self, word: &QueryWord) -> Clause {
        let own = self.analysed(&word.text, &word.analysis);
        if word.analysis.known && self.is_held(&word.text, &word.analysis) {
            return own;
        }
        let mut ways: Vec<Clause> = accented(&word.text, self.locale, self.corpus, self.fields)
            .into_iter()
            .map(|other| self.analysed(&other.word, &self.analyser.analyse(&other.word)))
            .filter(|way| way.documents > 0)
            .map(|way| way.boosted(weight::ACCENTED))
            .collect();
        if ways.is_empty() {
            return own;
        }
        if own.documents > 0 {
            ways.push(own);
        }
        Clause::best(ways)
    }

    /// Whether documents hold the word itself, in any form.
    fn is_held(&self, text: &str, analysis: &Analysis) -> bool {
        let f = self.fields;
        let held =
            |field, text: &str| self.corpus.documents_with(&term(field, self.locale, text)) > 0;
        held(f.surface, text)
            || analysis.lemmas.iter().any(|lemma| {
                [f.title, f.lead, f.body]
                    .iter()
                    .any(|field| held(*field, lemma))
            })
    }

    /// All ways in which a document may hold a word.
    fn analysed(&self, text: &str, analysis: &Analysis) -> Clause {
        let f = self.fields;
        let mut ways = Vec::new();
        if analysis.lemmas.len() > 1 {
            // The word as written tells the readings apart.
            self.push(&mut ways, f.surface, text, weight::SURFACE);
        }
        for lemma in &analysis.lemmas {
            ways.extend(self.terms(lemma, 1.0));
        }
        for root in &analysis.roots {
            ways.extend(self.terms(root, weight::ROOT));
        }
        for folded in &analysis.folded {
            self.push(&mut ways, f.folded, folded, weight::FOLDED);
            if folded != text {
                self.push(&mut ways, f.surface, folded, weight::FOLDED);
            }
        }
        if analysis.parts.len() > 1 {
            let parts = analysis.parts.iter().map(|part| {
                Clause::any(
                    part.iter()
                        .flat_map(|lemma| self.terms(lemma, weight::APART))
                        .collect(),
                )
            });
            let parts = parts.collect();
            let apart = if self.loose {
                Clause::any(parts)
            } else {
                Clause::all(parts)
            };
            if apart.documents > 0 {
                ways.push(apart);
            }
        }
        if self.loose {
            let spelling = Spelling {
                corpus: self.corpus,
                fields: f,
                locale: self.locale,
            };
            for longer in spelling.completions(text) {
                self.push(&mut ways, f.surface, &longer, weight::SURFACE);
            }
        }
        Clause::any(ways)
    }

    /// A lemma in every zone, also as part of a compound.
    fn terms(&self, lemma: &str, factor: f32) -> Vec<Clause> {
        let f = self.fields;
        let mut ways = Vec::new();
        for (field, weight) in [
            (f.title, weight::TITLE),
            (f.lead, weight::LEAD),
            (f.body, weight::BODY),
            (f.title_parts, weight::TITLE_PARTS),
            (f.text_parts, weight::TEXT_PARTS),
        ] {
            self.push(&mut ways, field, lemma, weight * factor);
        }
        ways
    }

    /// Adds a term if the index has it.
    fn push(&self, ways: &mut Vec<Clause>, field: Field, text: &str, weight: f32) {
        let term = term(field, self.locale, text);
        let documents = self.corpus.documents_with(&term);
        if documents > 0 {
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            ways.push(Clause { query, documents }.boosted(weight));
        }
    }

    /// The words that carry the query and that nothing is found for, as places among the words;
    /// none in a query with a long number, which is not to be mended.
    pub(crate) fn unknown(&self, parsed: &Parsed) -> Vec<usize> {
        if !parsed.numbers.is_empty() || !parsed.identifiers.is_empty() {
            return Vec::new();
        }
        (0..parsed.words.len())
            .filter(|at| self.is_unknown(&parsed.words[*at]))
            .collect()
    }

    /// The words that hardly anything is found for and that no word list knows: perhaps somebody
    /// made the same mistake in a page. With how many documents hold each.
    pub(crate) fn rare(&self, parsed: &Parsed, at_most: u64) -> Vec<(usize, u64)> {
        (0..parsed.words.len())
            .filter_map(|at| {
                let word = &parsed.words[at];
                let sure = word.stop || word.analysis.known || !word.analysis.parts.is_empty();
                if sure || !self.synonyms_of(&[word]).is_empty() {
                    return None;
                }
                let documents = self.word(word).documents;
                (1..=at_most)
                    .contains(&documents)
                    .then_some((at, documents))
            })
            .collect()
    }

    fn is_unknown(&self, word: &QueryWord) -> bool {
        !word.stop && self.word(word).documents == 0 && self.synonyms_of(&[word]).is_empty()
    }
}

/// One of several; matches nothing if there is none.
pub(crate) fn any_of(mut queries: Vec<Boxed>) -> Boxed {
    if queries.len() == 1
        && let Some(only) = queries.pop()
    {
        return only;
    }
    Box::new(BooleanQuery::union(queries))
}

/// All of several.
pub(crate) fn all_of(mut queries: Vec<Boxed>) -> Boxed {
    if queries.len() == 1
        && let Some(only) = queries.pop()
    {
        return only;
    }
    Box::new(BooleanQuery::intersection(queries))
}
