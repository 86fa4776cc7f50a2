//! Cuts a Markdown text into its directives and what lies between them.

use crate::error::{ErrorKind, nearest};

/// The directives there are.
pub(crate) const DIRECTIVES: &[&str] = &["facts", "actions", "tasks", "searches"];

/// A piece of the text, in order.
#[derive(Debug)]
pub(crate) enum Part<'a> {
    /// Ordinary Markdown from a line on.
    Text { text: &'a str, line: u32 },
    /// `:::name` with its lines, each with its number.
    Directive {
        name: &'static str,
        lines: Vec<(u32, &'a str)>,
        line: u32,
    },
}

/// A directive whose closing line has not come yet.
type Open<'a> = (&'static str, Vec<(u32, &'a str)>, u32);

pub(crate) fn parts(text: &str, first: u32) -> Result<Vec<Part<'_>>, (u32, ErrorKind)> {
    let mut parts = Vec::new();
    let mut start = (0, first);
    let mut at = 0;
    let mut fence: Option<&str> = None;
    let mut caption = false;
    let mut open: Option<Open<'_>> = None;
    for (number, line) in (first..).zip(text.split_inclusive('\n')) {
        let begin = at;
        at += line.len();
        let bare = line.trim_end();
        if let Some((name, mut lines, line)) = open.take() {
            if bare == ":::" {
                parts.push(Part::Directive { name, lines, line });
                start = (at, number.saturating_add(1));
            } else {
                if !bare.trim().is_empty() {
                    lines.push((number, bare.trim()));
                }
                open = Some((name, lines, line));
            }
            continue;
        }
        let inside = fence.is_some();
        track_fence(bare, &mut fence);
        if inside || fence.is_some() {
            caption = false;
            continue;
        }
        if let Some(word) = bare.strip_prefix(":::") {
            let word = word.trim();
            let Some(name) = DIRECTIVES.iter().find(|name| **name == word) else {
                let kind = ErrorKind::UnknownDirective {
                    name: word.chars().take(40).collect(),
                    nearest: nearest(word, DIRECTIVES),
                };
                return Err((number, kind));
            };
            push_text(&mut parts, &text[start.0..begin], start.1);
            open = Some((*name, Vec::new(), number));
        } else if caption && bare.starts_with('|') {
            // A table right under its caption begins anew, or it would be part of that paragraph.
            push_text(&mut parts, &text[start.0..begin], start.1);
            start = (begin, number);
        }
        caption = is_caption(bare);
    }
    if let Some((name, _, line)) = open {
        let name = name.to_owned();
        return Err((line, ErrorKind::DirectiveUnclosed { name }));
    }
    push_text(&mut parts, &text[start.0..], start.1);
    Ok(parts)
}

fn push_text<'a>(parts: &mut Vec<Part<'a>>, text: &'a str, line: u32) {
    if !text.trim().is_empty() {
        parts.push(Part::Text { text, line });
    }
}

/// Whether a paragraph is the caption of the table below it.
pub(crate) fn is_caption(text: &str) -> bool {
    text.starts_with("Table: ") || text.starts_with("Tabell: ")
}

fn track_fence<'a>(line: &'a str, fence: &mut Option<&'a str>) {
    let inner = line.trim_start_matches(' ');
    if line.len() - inner.len() > 3 {
        return;
    }
    let length = |mark: char| inner.len() - inner.trim_start_matches(mark).len();
    match fence {
        Some(open) => {
            let mark = open.chars().next().unwrap_or('`');
            if length(mark) >= open.len() && inner.trim_matches(mark).is_empty() {
                *fence = None;
            }
        }
        None => {
            for mark in ['`', '~'] {
                let n = length(mark);
                if n >= 3 && !(mark == '`' && inner[n..].contains('`')) {
                    *fence = Some(&inner[..n]);
                }
            }
        }
    }
}
