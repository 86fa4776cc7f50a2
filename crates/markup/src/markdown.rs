//! Markdown: CommonMark with tables, notices, `:::` directives and `{{…}}` references. Directives
//! stand at the edge of the page, never inside lists or quotes.

mod directive;
mod holder;
mod holding;
mod lines;
mod reader;

pub(crate) use lines::is_caption;
pub(crate) use reader::{LIST_DEPTH, is_key};

use std::collections::HashMap;

use pulldown_cmark::{Options, Parser};

use crate::error::ErrorKind;
use crate::note::Note;
use crate::raw::{RawBlock, RawInline, RawRun};

use lines::{Part, parts};
use reader::Reader;

/// How many directives may lie in each other.
const NESTED: usize = 4;

/// What a reader found.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) notes: Vec<Note>,
    /// How many blocks there were when the last paragraph that can be a table's caption ended.
    pub(crate) caption: usize,
}

/// Goals of reference links (`[text][label]`), which may be defined anywhere in the file.
pub(crate) type Definitions = HashMap<String, String>;

/// Reads the text whose first line is line `first` of its file.
pub(crate) fn read(text: &str, first: u32) -> Result<Read, (u32, ErrorKind)> {
    let definitions: Definitions = Parser::new_ext(text, options())
        .reference_definitions()
        .iter()
        .map(|(label, def)| (label.to_lowercase(), def.dest.to_string()))
        .collect();
    read_part(text, first, &definitions, 0)
}

/// Reads a text that lies in so many directives.
fn read_part(
    text: &str,
    first: u32,
    definitions: &Definitions,
    depth: usize,
) -> Result<Read, (u32, ErrorKind)> {
    if depth > NESTED {
        return Err((first, ErrorKind::DirectiveTooDeep { limit: NESTED }));
    }
    let mut read = Read::default();
    for part in parts(text, first)? {
        match part {
            Part::Text { text, line } => {
                let mut reader = Reader::new(text, line, definitions, &mut read);
                reader.run()?;
            }
            Part::Directive { name, lines, line } => {
                directive::read(name, &lines, line, definitions, &mut read)?;
            }
            Part::Holding {
                name,
                words,
                text,
                line,
            } => {
                let inner = read_part(text, line.saturating_add(1), definitions, depth + 1)?;
                holding::read((name, words), inner, line, definitions, &mut read)?;
            }
        }
    }
    Ok(read)
}

pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_GFM
}

/// Reads one line as running text only: what would begin a block at the start of a line does not.
pub(crate) fn read_inline(
    text: &str,
    line: u32,
    definitions: &Definitions,
    notes: &mut Vec<Note>,
) -> Result<RawRun, (u32, ErrorKind)> {
    // A full stop in front keeps the line from being a heading, list, quote or tag block.
    let guarded = format!(".{}", text.trim());
    let mut read = Read::default();
    Reader::new(&guarded, line, definitions, &mut read).run()?;
    notes.append(&mut read.notes);
    let mut run = read
        .blocks
        .into_iter()
        .next()
        .and_then(|block| block.content.runs().first().map(|run| run.to_vec()))
        .unwrap_or_default();
    if let Some(RawInline::Text { text, .. }) = run.first_mut() {
        text.remove(0);
        if text.is_empty() {
            run.remove(0);
        } else {
            let trimmed = text.trim_start();
            if trimmed.len() != text.len() {
                *text = trimmed.to_owned();
            }
        }
    }
    Ok(run)
}
