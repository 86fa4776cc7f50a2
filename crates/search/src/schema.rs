//! The fields of the index. A word is kept at several levels, so that the nearer match weighs
//! more: as written, as lemma (per zone), as part of a compound or root, and without accents. Terms carry their
//! language (`sv:bok`), so that one language's words do not count in another's statistics.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::Term;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use torg_kernel::{Locale, Variant, fold, squeeze};

use crate::analysis::{Analyser, Analysis};
use crate::change::SearchDocument;
use crate::words::{composed, identifiers, numbers, words};

/// Changes when the fields or the analysis change: an index of another version is built anew.
pub(crate) const VERSION: u32 = 6;

/// The name under which [`Terms`] is registered.
pub(crate) const TERMS: &str = "torg-terms";

/// Names of the fields that are read by column.
pub(crate) const KIND: &str = "kind";
pub(crate) const THEME: &str = "theme";
pub(crate) const ORGANISATION: &str = "organisation";
pub(crate) const PUBLISHED: &str = "published";
pub(crate) const VARIANT: &str = "variant";

/// Longest beginning of a word that is kept for suggestions, in letters; who has typed more is
/// given what begins with these and then compared letter by letter.
pub(crate) const LONGEST_START: usize = 10;

/// Handles of all fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub key: Field,
    pub url: Field,
    pub kind: Field,
    pub locale: Field,
    pub organisation: Field,
    pub theme: Field,
    /// Words as written, of the whole document; also the vocabulary for spelling.
    pub surface: Field,
    pub title: Field,
    /// Headings, keywords and description.
    pub lead: Field,
    pub body: Field,
    /// Parts of compounds and roots, of the title.
    pub title_parts: Field,
    /// Parts of compounds and roots, of the rest.
    pub text_parts: Field,
    /// Words and lemmas that have accents, written without, of the whole document.
    pub folded: Field,
    /// Beginnings of the title's words without accents, for suggestions while somebody types.
    pub starts: Field,
    /// When it was published, in microseconds; only what grows old has it.
    pub published: Field,
    /// Whether it is another variant than the ordinary text.
    pub variant: Field,
    /// The document as it came in, JSON.
    pub stored: Field,
}

/// The schema and its handles.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = |option: IndexRecordOption, norms: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TERMS)
                .set_index_option(option)
                .set_fieldnorms(norms),
        )
    };
    let once = || terms(IndexRecordOption::Basic, true);
    let scored = || terms(IndexRecordOption::WithFreqs, true);
    let fields = Fields {
        key: builder.add_text_field("key", STRING),
        url: builder.add_text_field("url", STRING),
        kind: builder.add_text_field(KIND, STRING | FAST),
        locale: builder.add_text_field("locale", STRING),
        organisation: builder.add_text_field(ORGANISATION, STRING | FAST),
        theme: builder.add_text_field(THEME, STRING | FAST),
        surface: builder.add_text_field("surface", terms(IndexRecordOption::Basic, false)),
        title: builder.add_text_field("title", scored()),
        lead: builder.add_text_field("lead", scored()),
        body: builder.add_text_field("body", scored()),
        title_parts: builder.add_text_field("title_parts", once()),
        text_parts: builder.add_text_field("text_parts", once()),
        folded: builder.add_text_field("folded", once()),
        starts: builder.add_text_field("starts", once()),
        published: builder.add_i64_field(PUBLISHED, FAST | INDEXED),
        variant: builder.add_bool_field(VARIANT, FAST),
        stored: builder.add_bytes_field("stored", STORED),
    };
    (builder.build(), fields)
}

/// A term of a language.
pub(crate) fn term(field: Field, locale: Locale, text: &str) -> Term {
    Term::from_field_text(field, &format!("{locale}:{text}"))
}

/// Terms that are ready made, parted by spaces: the analysis is done before the engine sees them.
#[derive(Clone, Default)]
pub(crate) struct Terms;

pub(crate) struct TermStream<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            rest: text,
            token: Token::default(),
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let (term, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Terms of one field while they are collected.
struct TermList {
    prefix: String,
    text: String,
    /// Hashes of what it holds, where a term counts once a document.
    held: Option<HashSet<u64>>,
}

impl TermList {
    fn new(locale: Locale) -> Self {
        Self {
            prefix: format!("{locale}:"),
            text: String::new(),
            held: None,
        }
    }

    /// Keeps a term once: how often it stands there says nothing.
    fn unique(locale: Locale) -> Self {
        Self {
            held: Some(HashSet::new()),
            ..Self::new(locale)
        }
    }

    fn push(&mut self, term: &str) {
        if let Some(held) = &mut self.held {
            let mut hasher = DefaultHasher::new();
            term.hash(&mut hasher);
            if !held.insert(hasher.finish()) {
                return;
            }
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&self.prefix);
        self.text.push_str(term);
    }
}

/// The text of a document, squeezed and composed, as it is stored and searched.
pub(crate) fn normalised(document: &SearchDocument) -> SearchDocument {
    let clean = |text: &String| squeeze(&composed(text));
    SearchDocument {
        key: document.key.clone(),
        kind: document.kind.clone(),
        locale: document.locale,
        variant: document.variant,
        url: document.url.clone(),
        title: clean(&document.title),
        headings: document.headings.iter().map(clean).collect(),
        description: clean(&document.description),
        keywords: document.keywords.iter().map(clean).collect(),
        body: clean(&document.body),
        organisation: document.organisation.clone(),
        theme: document.theme.clone(),
        published_at: document.published_at,
        updated_at: document.updated_at,
    }
}

/// A word without accents, cut to [`LONGEST_START`].
pub(crate) fn start_of(word: &str) -> String {
    fold(word).chars().take(LONGEST_START).collect()
}

/// All beginnings of the words of a title; those of its first word also with a mark, since what
/// begins with the typed letters goes before what only holds them.
fn starts(title: &str, locale: Locale) -> TermList {
    let mut list = TermList::unique(locale);
    for (at, word) in words(title).iter().enumerate() {
        let whole = start_of(&word.text);
        for (end, _) in whole.char_indices().skip(1).chain([(whole.len(), ' ')]) {
            list.push(&whole[..end]);
            if at == 0 {
                list.push(&format!("^{}", &whole[..end]));
            }
        }
    }
    list
}

/// Collects the terms of a document.
struct Collector<'a> {
    analyser: &'a Analyser,
    surface: TermList,
    folded: TermList,
}

impl Collector<'_> {
    fn read(&mut self, text: &str, lemmas: &mut TermList, parts: &mut TermList) {
        let mut before: Option<String> = None;
        for word in words(text) {
            let analysis = self.analyser.analyse(&word.text);
            self.take(&word.text, &analysis, lemmas, parts);
            // e-tjänst is found as etjänst too.
            if let (true, Some(first)) = (word.joined, &before) {
                let whole = format!("{first}{}", word.text);
                let analysis = self.analyser.analyse(&whole);
                self.take(&whole, &analysis, lemmas, parts);
            }
            before = Some(word.text);
        }
        for number in numbers(text) {
            for digits in number.local.iter().chain([&number.digits]) {
                lemmas.push(&format!("#{digits}"));
            }
        }
        for identifier in identifiers(text) {
            lemmas.push(&format!("#={}", identifier.text));
        }
    }

    fn take(
        &mut self,
        word: &str,
        analysis: &Analysis,
        lemmas: &mut TermList,
        parts: &mut TermList,
    ) {
        self.surface.push(word);
        for lemma in &analysis.lemmas {
            lemmas.push(lemma);
        }
        for part in analysis.roots.iter().chain(analysis.parts.iter().flatten()) {
            parts.push(part);
        }
        // Words without accents are found by their lemma; only the others need this.
        for folded in analysis.folded.iter().filter(|folded| *folded != word) {
            if !analysis.lemmas.contains(folded) {
                self.folded.push(folded);
            }
        }
    }
}

/// The document as the engine takes it.
pub(crate) fn to_engine(
    document: &SearchDocument,
    fields: &Fields,
    analyser: &Analyser,
) -> tantivy::TantivyDocument {
    let document = normalised(document);
    let list = || TermList::new(document.locale);
    let unique = || TermList::unique(document.locale);
    let mut collector = Collector {
        analyser,
        surface: unique(),
        folded: unique(),
    };
    let [
        mut title,
        mut lead,
        mut body,
        mut title_parts,
        mut text_parts,
    ] = [list(), list(), list(), unique(), unique()];
    collector.read(&document.title, &mut title, &mut title_parts);
    for text in document
        .headings
        .iter()
        .chain(&document.keywords)
        .chain([&document.description])
    {
        collector.read(text, &mut lead, &mut text_parts);
    }
    collector.read(&document.body, &mut body, &mut text_parts);

    let mut out = tantivy::TantivyDocument::default();
    out.add_text(fields.key, &document.key);
    out.add_text(fields.url, &document.url);
    out.add_text(fields.kind, &document.kind);
    out.add_bool(fields.variant, document.variant != Variant::Standard);
    if let Some(published) = document.published_at {
        out.add_i64(fields.published, published.micros());
    }
    out.add_text(fields.locale, document.locale.as_str());
    for (field, value) in [
        (fields.organisation, &document.organisation),
        (fields.theme, &document.theme),
    ] {
        if let Some(value) = value {
            out.add_text(field, value);
        }
    }
    for (field, terms) in [
        (fields.surface, collector.surface),
        (fields.folded, collector.folded),
        (fields.title, title),
        (fields.lead, lead),
        (fields.body, body),
        (fields.title_parts, title_parts),
        (fields.text_parts, text_parts),
        (fields.starts, starts(&document.title, document.locale)),
    ] {
        out.add_text(field, terms.text);
    }
    let stored = serde_json::to_vec(&document).expect("a struct of strings has a JSON form");
    out.add_bytes(fields.stored, &stored);
    out
}
