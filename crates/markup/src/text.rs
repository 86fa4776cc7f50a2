//! Plain text pasted from a web page or a word processor. Nothing in it says what is a heading or
//! a list, so this reads it as a person would: by empty lines, length, punctuation, bullets and
//! indentation. The rules are for Swedish municipal text; what they guess wrong an editor mends.

mod blocks;
mod heading;
mod lines;
mod link;
mod list;

use crate::note::Note;
use crate::raw::{RawBlock, RawContent, RawInline, RawRun};
use crate::run::RunBuilder;
use crate::source::Found;

/// Reads a text whose first line is line `first` of its file. Its title becomes a heading of
/// level 1.
pub(crate) fn read(text: &str, first: u32) -> Found {
    let mut notes: Vec<Note> = Vec::new();
    let lines = lines::clean(text, first, &mut notes);
    let mut blocks = blocks::Builder::new(&lines, &mut notes).build();
    heading::set_levels(&mut blocks, &mut notes);
    let mut blocks: Vec<RawBlock> = blocks.into_iter().map(Draft::into_block).collect();
    crate::html::close_jumps(&mut blocks, &mut notes);
    Found {
        blocks,
        notes,
        ..Found::default()
    }
}

/// A block before the levels of its heading are known.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) line: u32,
    pub(super) kind: DraftKind,
}

#[derive(Debug)]
pub(super) enum DraftKind {
    /// The first line.
    Title(String),
    /// A heading between rules: a part of the page.
    Part(String),
    /// Any other heading, and its level once that is set.
    Heading(String, u8),
    /// A finished block.
    Block(RawContent),
}

impl Draft {
    fn into_block(self) -> RawBlock {
        let heading = |level, text: String| RawContent::Heading {
            level,
            text: vec![RawInline::text(text)],
        };
        RawBlock {
            line: Some(self.line),
            content: match self.kind {
                DraftKind::Title(text) => heading(1, text),
                DraftKind::Part(text) => heading(2, text),
                DraftKind::Heading(text, level) => heading(level, text),
                DraftKind::Block(content) => content,
            },
        }
    }
}

/// Running text with its addresses and numbers as links.
fn run_of(text: &str, line: u32) -> RawRun {
    let mut run = RunBuilder::default();
    link::add_linked(text, line, &mut run);
    run.finish()
}
