//! Cuts a Markdown text into its directives and what lies between them.

use crate::error::{ErrorKind, nearest};

/// The directives whose lines are read one by one.
const BY_LINE: &[&str] = &["facts", "actions", "tasks", "searches"];
/// The directives that hold Markdown, and say something on their first line.
const HOLDING: &[&str] = &["box", "accordion", "video", "download", "service"];

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
    /// `:::name words` with the Markdown in it, which begins on the line after.
    Holding {
        name: &'static str,
        words: &'a str,
        text: &'a str,
        line: u32,
    },
}

/// A directive whose closing line has not come yet.
struct Open<'a> {
    name: &'static str,
    words: &'a str,
    lines: Vec<(u32, &'a str)>,
    line: u32,
    /// Where its first line ends.
    begin: usize,
    /// How many directives in it are open.
    inside: usize,
    fence: Option<&'a str>,
}

impl<'a> Open<'a> {
    fn holding(&self) -> bool {
        HOLDING.contains(&self.name)
    }

    /// Takes a line; says whether it was the closing one.
    fn take(&mut self, number: u32, bare: &'a str) -> bool {
        if !self.holding() {
            if bare == ":::" {
                return true;
            }
            if !bare.trim().is_empty() {
                self.lines.push((number, bare.trim()));
            }
            return false;
        }
        let fenced = self.fence.is_some();
        track_fence(bare, &mut self.fence);
        if fenced || self.fence.is_some() {
            return false;
        }
        match bare.strip_prefix(":::").map(str::trim) {
            Some("") if self.inside == 0 => return true,
            Some("") => self.inside -= 1,
            Some(_) => self.inside += 1,
            None => {}
        }
        false
    }

    fn into_part(self, text: &'a str, end: usize) -> Part<'a> {
        let (name, line) = (self.name, self.line);
        if self.holding() {
            Part::Holding {
                name,
                words: self.words,
                text: &text[self.begin..end],
                line,
            }
        } else {
            Part::Directive {
                name,
                lines: self.lines,
                line,
            }
        }
    }
}

/// The directive that a line opens: its name and the words after it.
fn opened(rest: &str) -> Result<(&'static str, &str), ErrorKind> {
    let rest = rest.trim();
    let (word, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let known =
        |names: &[&'static str], word: &str| names.iter().find(|name| **name == word).copied();
    if let Some(name) = known(HOLDING, word) {
        return Ok((name, words.trim()));
    }
    known(BY_LINE, rest)
        .map(|name| (name, ""))
        .ok_or_else(|| ErrorKind::UnknownDirective {
            name: rest.chars().take(40).collect(),
            nearest: nearest(word, &[BY_LINE, HOLDING].concat()),
        })
}

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
        if let Some(mut directive) = open.take() {
            if directive.take(number, bare) {
                parts.push(directive.into_part(text, begin));
                start = (at, number.saturating_add(1));
            } else {
                open = Some(directive);
            }
            continue;
        }
        let inside = fence.is_some();
        track_fence(bare, &mut fence);
        if inside || fence.is_some() {
            caption = false;
            continue;
        }
        if let Some(rest) = bare.strip_prefix(":::") {
            let (name, words) = opened(rest).map_err(|kind| (number, kind))?;
            push_text(&mut parts, &text[start.0..begin], start.1);
            open = Some(Open {
                name,
                words,
                lines: Vec::new(),
                line: number,
                begin: at,
                inside: 0,
                fence: None,
            });
        } else if caption && bare.starts_with('|') {
            // A table right under its caption begins anew, or it would be part of that paragraph.
            push_text(&mut parts, &text[start.0..begin], start.1);
            start = (begin, number);
        }
        caption = is_caption(bare);
    }
    if let Some(Open { name, line, .. }) = open {
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
