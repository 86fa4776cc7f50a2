//! Running text: sentences, paragraphs, plain words, capitals.

use torg_kernel::{Block, BlockContent, BlockId, Inline, ListItem};

use crate::check::{Check, Place, Told};
use crate::plain::plainer;
use crate::words::{letters, words};
use crate::{Limit, Rule};

/// Letters from which a single word in capitals is no short form.
const SHOUTED: usize = 8;
/// Words in capitals in a row that are no name.
const SHOUTED_WORDS: usize = 3;

pub(crate) fn look(check: &mut Check<'_>, block: &Block) {
    let place = Place::Block(block.id);
    match &block.content {
        BlockContent::Paragraph { text }
        | BlockContent::Notice { text, .. }
        | BlockContent::Quote { text, .. }
        | BlockContent::Video { text, .. } => {
            let words = run(check, block.id, text);
            let most = check.limit(Limit::Paragraph);
            if words > most {
                let told = || {
                    Told::excerpt(Inline::plain(text))
                        .with("words", words)
                        .with("most", most)
                };
                check.found(Rule::ParagraphLong, place, told);
            }
        }
        BlockContent::List { items, .. } => list(check, block.id, items),
        BlockContent::Heading { text, .. } => capitals(check, place, &Inline::plain(text)),
        BlockContent::Box { title, .. } => capitals(check, place, title),
        BlockContent::Accordion { folds } => {
            for fold in folds {
                capitals(check, place, &fold.title);
            }
        }
        _ => {}
    }
}

/// Items stand beside each other: a list inside an item is read after it.
fn list(check: &mut Check<'_>, block: BlockId, items: &[ListItem]) {
    for item in items {
        run(check, block, &item.text);
        list(check, block, &item.items);
    }
}

fn run(check: &mut Check<'_>, block: BlockId, text: &[Inline]) -> u32 {
    let plain = Inline::plain(text);
    read(check, Some(block), Place::Block(block), &plain)
}

/// Reads a run of text; returns how many words it has.
pub(crate) fn read(check: &mut Check<'_>, block: Option<BlockId>, place: Place, text: &str) -> u32 {
    let most = check.limit(Limit::Sentence);
    let mut long = Vec::new();
    let count = check.reading.read(block, text, &mut |sentence, count| {
        if count > most {
            long.push((sentence.to_owned(), count));
        }
    });
    for (sentence, count) in long {
        let told = || {
            Told::excerpt(sentence)
                .with("words", count)
                .with("most", most)
        };
        check.found(Rule::SentenceLong, place, told);
    }
    capitals(check, place, text);
    if check.is_on(Rule::PlainWord) {
        let mut told: Vec<String> = Vec::new();
        for (word, prefer) in plainer(check.text.locale, text) {
            // Once for each run: mending it means reading it anyway.
            let key = word.to_lowercase();
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            check.found(Rule::PlainWord, place, || Told {
                suggestion: Some(prefer.to_owned()),
                ..Told::excerpt(word)
            });
        }
    }
    count
}

/// Words in capitals are read letter by letter, by people and by some screen readers.
pub(crate) fn capitals(check: &mut Check<'_>, place: Place, text: &str) {
    // Most text has no three capitals in a row, and needs no closer look.
    let mut row = 0;
    if !text.chars().any(|c| {
        row = if c.is_uppercase() { row + 1 } else { 0 };
        row >= 3
    }) {
        return;
    }
    let mut shouted: Vec<&str> = Vec::new();
    let mut worst: Vec<&str> = Vec::new();
    for word in words(text).chain(std::iter::once("x")) {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        if capitals >= 2 && capitals == word.chars().filter(|c| c.is_alphabetic()).count() {
            shouted.push(word);
        } else {
            let many = shouted.len() >= SHOUTED_WORDS
                || shouted.iter().any(|word| letters(word) >= SHOUTED);
            if many && shouted.len() > worst.len() {
                worst = std::mem::take(&mut shouted);
            }
            shouted.clear();
        }
    }
    if !worst.is_empty() {
        check.found(Rule::AllCaps, place, || Told::excerpt(worst.join(" ")));
    }
}
