//! Directives that hold Markdown: boxes, accordions, films, downloads and e-services.

use crate::error::ErrorKind;
use crate::markdown::directive::split_unescaped;
use crate::markdown::{Definitions, Read, read_inline};
use crate::raw::{RawAction, RawBlock, RawContent, RawInline, RawRun};

type Failure = (u32, ErrorKind);

/// Reads a directive with the words on its first line, and with what was read of what lies in it.
pub(super) fn read(
    (name, words): (&'static str, &str),
    mut inner: Read,
    line: u32,
    definitions: &Definitions,
    out: &mut Read,
) -> Result<(), Failure> {
    out.notes.append(&mut inner.notes);
    let wrong = |text: &str, wanted: &str| {
        let kind = ErrorKind::DirectiveLine {
            name: name.to_owned(),
            text: text.chars().take(80).collect(),
            wanted: wanted.to_owned(),
        };
        (line, kind)
    };
    let content = match name {
        "box" => {
            let title = RawInline::plain(&read_inline(words, line, definitions, &mut out.notes)?);
            if title.is_empty() {
                return Err(wrong(words, ":::box Title"));
            }
            RawContent::Box {
                title,
                blocks: inner.blocks,
            }
        }
        "accordion" => RawContent::Accordion {
            folds: folds(inner.blocks).ok_or_else(|| wrong(words, "### Title"))?,
        },
        _ => {
            let wanted = match name {
                "video" => "[title](address) | sign_language",
                "download" => "[title](file)",
                _ => "[words](goal) | note",
            };
            let mut cells = split_unescaped(words, '|').into_iter();
            let first = cells.next().unwrap_or_default();
            let run = read_inline(first, line, definitions, &mut out.notes)?;
            let (label, href) = match run.as_slice() {
                [RawInline::Link { href, text, .. }] if first.starts_with('[') => {
                    (RawInline::plain(text), href.clone())
                }
                // The address first and the words after it, for people who write by hand.
                _ => (
                    cells.next().unwrap_or_default().to_owned(),
                    first.trim_matches(['<', '>']).to_owned(),
                ),
            };
            let rest = cells.next().unwrap_or_default();
            let note = RawInline::plain(&read_inline(rest, line, definitions, &mut out.notes)?);
            if label.is_empty() || href.is_empty() || cells.next().is_some() {
                return Err(wrong(words, wanted));
            }
            let link = RawAction {
                icon: String::new(),
                label,
                href,
                note,
                line: Some(line),
            };
            match name {
                "video" if link.note.is_empty() || link.note == "sign_language" => {
                    RawContent::Video {
                        sign_language: !link.note.is_empty(),
                        text: lines(inner.blocks),
                        link,
                    }
                }
                "download" if link.note.is_empty() => RawContent::Download { link },
                "service" => RawContent::Service { link },
                _ => return Err(wrong(words, wanted)),
            }
        }
    };
    out.blocks.push(RawBlock {
        line: Some(line),
        content,
    });
    Ok(())
}

/// Each heading of level 1 to 3 begins a part; nothing may stand before the first.
fn folds(blocks: Vec<RawBlock>) -> Option<Vec<(String, Vec<RawBlock>)>> {
    let mut folds: Vec<(String, Vec<RawBlock>)> = Vec::new();
    for block in blocks {
        match &block.content {
            RawContent::Heading { level: 1..=3, text } => {
                folds.push((RawInline::plain(text), Vec::new()));
            }
            _ => folds.last_mut()?.1.push(block),
        }
    }
    (!folds.is_empty()).then_some(folds)
}

/// The runs of blocks as one, with a break between two.
fn lines(blocks: Vec<RawBlock>) -> RawRun {
    let mut out = RawRun::new();
    for run in blocks.iter().flat_map(|block| block.content.runs()) {
        if !out.is_empty() && !run.is_empty() {
            out.push(RawInline::Break);
        }
        out.extend(run.iter().cloned());
    }
    out
}
