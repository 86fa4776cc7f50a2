//! Headings: in order, with words, where they are needed.

use std::collections::HashSet;

use torg_kernel::{Block, BlockContent, Inline, Mark};

use super::page::length;
use crate::check::{Check, Place, Told};
use crate::words::words;
use crate::{Limit, Rule};

/// Most words of a bold paragraph that looks like a heading.
const FAKE_WORDS: usize = 10;

/// What is remembered on the way down a page.
#[derive(Debug)]
pub(crate) struct Outline {
    /// The level of the heading before; the page's title is level 1.
    level: u8,
    /// Names of places so far.
    pub anchors: HashSet<String>,
}

impl Default for Outline {
    fn default() -> Self {
        Self {
            level: 1,
            anchors: HashSet::new(),
        }
    }
}

pub(crate) fn look(check: &mut Check<'_>, outline: &mut Outline, block: &Block) {
    let place = Place::Block(block.id);
    match &block.content {
        BlockContent::Heading { level, text } => {
            check.figures.headings = check.figures.headings.saturating_add(1);
            let words = Inline::plain(text);
            let facts = text.iter().any(|run| matches!(run, Inline::Fact { .. }));
            title(check, place, &words, facts);
            if *level > outline.level.saturating_add(1) {
                let told = || {
                    Told::excerpt(words)
                        .with("level", *level)
                        .with("before", outline.level)
                };
                check.found(Rule::HeadingOrder, place, told);
            }
            outline.level = *level;
        }
        // A box without title is a box.
        BlockContent::Box { title: words, .. } if !words.trim().is_empty() => {
            title(check, place, words, false);
        }
        BlockContent::Accordion { folds } => {
            for fold in folds {
                check.figures.headings = check.figures.headings.saturating_add(1);
                title(check, place, &fold.title, false);
            }
        }
        BlockContent::Paragraph { text } => fake(check, place, text),
        _ => {}
    }
}

fn title(check: &mut Check<'_>, place: Place, text: &str, has_facts: bool) {
    if !text.contains(char::is_alphanumeric) && !has_facts {
        check.found(Rule::HeadingEmpty, place, Told::default);
        return;
    }
    let (long, most) = (length(text), check.limit(Limit::Heading));
    if long > most {
        let told = || Told::excerpt(text).with("length", long).with("most", most);
        check.found(Rule::HeadingLong, place, told);
    }
}

/// A short paragraph that is bold from end to end.
fn fake(check: &mut Check<'_>, place: Place, text: &[Inline]) {
    let mut bold = false;
    for run in text {
        match run {
            Inline::Text { text, marks } if marks.contains(&Mark::Strong) => {
                bold |= text.contains(char::is_alphabetic);
            }
            Inline::Text { text, .. } if text.trim().is_empty() => {}
            Inline::Break => {}
            _ => return,
        }
    }
    let plain = Inline::plain(text);
    let ended = plain.trim_end().ends_with(['.', '!', '?', ',', ';']);
    if bold && !ended && words(&plain).take(FAKE_WORDS + 1).count() <= FAKE_WORDS {
        check.found(Rule::HeadingFake, place, || Told::excerpt(plain));
    }
}

pub(crate) fn finish(check: &mut Check<'_>) {
    let (words, most) = (
        check.reading.counts.words,
        check.limit(Limit::WithoutHeading),
    );
    if check.figures.headings == 0 && words > most {
        let told = || Told::default().with("words", words).with("most", most);
        check.found(Rule::HeadingNone, Place::Page, told);
    }
}
