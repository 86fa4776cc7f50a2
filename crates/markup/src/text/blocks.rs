//! Lines into blocks: goes through the text once, takes lists whole, and reads what lies between
//! empty lines as headings and paragraphs.

use super::heading;
use super::lines::{Line, Marker, marker, ruled, wrap_width};
use super::link::has_link;
use super::list::{self, Item};
use super::{Draft, DraftKind, run_of};
use crate::note::{Note, NoteKind};
use crate::raw::{RawContent, RawItem};
use crate::run::join_lines;

/// What comes after some lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Nothing,
    List,
    Text,
}

pub(super) struct Builder<'a> {
    lines: &'a [Line],
    markers: Vec<Option<Marker>>,
    /// For each line, the next one that is not empty, itself included.
    filled: Vec<Option<usize>>,
    width: Option<usize>,
    notes: &'a mut Vec<Note>,
    out: Vec<Draft>,
    titled: bool,
    /// Whether the last heading was a label, whose text may look like a heading itself.
    label: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(lines: &'a [Line], notes: &'a mut Vec<Note>) -> Self {
        let mut filled: Vec<Option<usize>> = vec![None; lines.len() + 1];
        for (at, line) in lines.iter().enumerate().rev() {
            filled[at] = if line.is_blank() {
                filled[at + 1]
            } else {
                Some(at)
            };
        }
        Self {
            lines,
            markers: list::markers(lines),
            filled,
            width: wrap_width(lines),
            notes,
            out: Vec::new(),
            titled: false,
            label: false,
        }
    }

    pub(super) fn build(mut self) -> Vec<Draft> {
        let mut at = 0;
        while at < self.lines.len() {
            let line = &self.lines[at];
            if line.is_blank() {
                at += 1;
            } else if self.markers[at].is_some() {
                at = self.list(at);
            } else if let Some(inner) = ruled(&line.text) {
                self.rule(line.number, inner);
                at += 1;
            } else {
                let end = self.chunk_end(at);
                self.chunk(at, end);
                at = end;
            }
        }
        menus(self.out)
    }

    fn push(&mut self, line: u32, kind: DraftKind) {
        self.label = false;
        self.out.push(Draft { line, kind });
    }

    fn rule(&mut self, line: u32, inner: &str) {
        if inner.is_empty() {
            let note = Note::new(Some(line), NoteKind::RuleDropped {});
            self.notes.push(note);
        } else {
            self.push(line, DraftKind::Part(inner.to_owned()));
        }
    }

    /// Where the lines from `at` on end: at an empty line, an item or a rule.
    fn chunk_end(&self, at: usize) -> usize {
        (at + 1..self.lines.len())
            .find(|end| {
                let line = &self.lines[*end];
                line.is_blank() || self.markers[*end].is_some() || ruled(&line.text).is_some()
            })
            .unwrap_or(self.lines.len())
    }

    fn next(&self, from: usize) -> Next {
        match self.filled[from] {
            None => Next::Nothing,
            Some(at) if self.markers[at].is_some() => Next::List,
            Some(_) => Next::Text,
        }
    }

    fn list(&mut self, start: usize) -> usize {
        let mut items: Vec<Item> = Vec::new();
        let mut at = start;
        let first = self.lines[start].number;
        let kind = self.markers[start].is_some_and(Marker::is_ordered);
        while at < self.lines.len() {
            let line = &self.lines[at];
            if let Some(mark) = self.markers[at] {
                let (_, words) = marker(&line.text).unwrap_or((mark, &line.text));
                // A list of the other kind on the same level is a list of its own.
                if mark.is_ordered() != kind && line.indent <= self.lines[start].indent {
                    break;
                }
                items.push(Item {
                    line: line.number,
                    indent: line.indent,
                    ordered: mark.is_ordered(),
                    text: words.to_owned(),
                });
            } else if line.is_blank() {
                if self.next(at) != Next::List {
                    break;
                }
            } else if let Some(item) = items.last_mut()
                && !self.lines[at - 1].is_blank()
                && (line.indent > item.indent || self.runs_on(at - 1))
            {
                join_wrapped(&mut item.text, &line.text);
            } else {
                break;
            }
            at += 1;
        }
        self.push(first, DraftKind::Block(list::nest(items)));
        at
    }

    /// Whether a line was broken at the width of the page and goes on in the next one.
    fn runs_on(&self, at: usize) -> bool {
        let Some(width) = self.width else {
            return false;
        };
        let (line, next) = (&self.lines[at], &self.lines[at + 1]);
        let ended = line.text.ends_with(['.', '!', '?', ':']);
        let begins = next.text.chars().next().is_some_and(char::is_lowercase);
        let word = next
            .text
            .split(' ')
            .next()
            .map_or(0, |word| word.chars().count());
        // It is full when the next line's first word had no room.
        let full = line.len() + word + 1 > width.saturating_sub(width / 5);
        (begins && !ended) || full
    }

    /// Lines that follow right upon another, with those that were wrapped joined.
    fn chunk(&mut self, start: usize, end: usize) {
        let mut rows: Vec<(u32, String)> = Vec::new();
        for at in start..end {
            let line = &self.lines[at];
            match rows.last_mut() {
                Some((_, text)) if self.runs_on(at - 1) => join_wrapped(text, &line.text),
                _ => rows.push((line.number, line.text.clone())),
            }
        }
        let mut rows = rows.as_slice();
        let next = self.next(end);
        if !self.titled {
            self.titled = true;
            if let Some(((line, text), rest)) = rows.split_first()
                && text.chars().count() <= 140
            {
                self.push(*line, DraftKind::Title(text.clone()));
                rows = rest;
            }
        }
        self.rows(rows, next, end);
    }

    fn rows(&mut self, mut rows: &[(u32, String)], next: Next, end: usize) {
        let mut open: Vec<(u32, String)> = Vec::new();
        while let Some(((line, text), rest)) = rows.split_first() {
            let alone = open.is_empty() && rest.is_empty();
            let heading = heading::can_be(text)
                && if alone {
                    self.stands_alone(text, next, end)
                } else if let Some((_, after)) = rest.first() {
                    open.is_empty()
                        && !heading::is_label(text)
                        && self.is_short(text)
                        && (is_content(after) || heading::is_numbered(text))
                } else {
                    // Under a line that is no sentence, and with text after it.
                    next == Next::Text && text.chars().count() <= 40 && is_scrap(&open)
                };
            if heading {
                self.paragraphs(&mut open);
                let label = heading::is_label(text);
                self.push(*line, DraftKind::Heading(heading::words(text), 2));
                self.label = label;
            } else {
                open.push((*line, text.clone()));
            }
            rows = rest;
        }
        self.paragraphs(&mut open);
    }

    /// Whether a line is clearly shorter than where lines were broken, if they were.
    fn is_short(&self, text: &str) -> bool {
        self.width
            .is_none_or(|width| text.chars().count() * 10 <= width * 8)
    }

    fn stands_alone(&self, text: &str, next: Next, end: usize) -> bool {
        let label = heading::is_label(text);
        match next {
            Next::Nothing => false,
            _ if self.label => false,
            Next::List => !label,
            Next::Text => !label || (text.chars().count() <= 80 && !self.is_address(end)),
        }
    }

    /// Whether the next words are an address and nothing else: what stands before leads up to it.
    fn is_address(&self, from: usize) -> bool {
        self.filled[from]
            .map(|at| &self.lines[at])
            .is_some_and(|line| !line.text.contains(' ') && has_link(&line.text))
    }

    /// Ends gathered lines as paragraphs: long ones each for itself, short ones with breaks.
    fn paragraphs(&mut self, open: &mut Vec<(u32, String)>) {
        let mut group: Vec<(u32, String)> = Vec::new();
        for row in open.drain(..) {
            if let Some((_, before)) = group.last()
                && is_apart(before, &row.1)
            {
                let group = std::mem::take(&mut group);
                self.paragraph(group);
            }
            group.push(row);
        }
        if !group.is_empty() {
            self.paragraph(group);
        }
    }

    fn paragraph(&mut self, rows: Vec<(u32, String)>) {
        let line = rows.first().map_or(1, |(line, _)| *line);
        let text = join_lines(
            rows.iter()
                .map(|(line, text)| run_of(text, *line))
                .collect(),
        );
        self.push(line, DraftKind::Block(RawContent::Paragraph { text }));
    }
}

/// Whether a line is what a heading stands above: a sentence, or how to reach somebody.
fn is_content(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':']) || text.chars().count() > 60 || has_link(text)
}

/// Whether the lines so far are one that is no sentence.
fn is_scrap(rows: &[(u32, String)]) -> bool {
    matches!(rows, [(_, text)] if has_link(text) && !text.ends_with(['.', '!', '?', ':', ',']))
}

fn is_apart(before: &str, after: &str) -> bool {
    let (a, b) = (before.chars().count(), after.chars().count());
    let ended = before.ends_with(['.', '!', '?']);
    (ended && (a >= 80 || b >= 80)) || (a >= 100 && b >= 60)
}

/// Joins a wrapped line to what came before; a word broken at the line's end becomes whole.
fn join_wrapped(text: &mut String, next: &str) {
    let broken = text.ends_with('-')
        && text.chars().rev().nth(1).is_some_and(char::is_lowercase)
        && text.chars().rev().nth(2).is_some_and(char::is_alphabetic)
        && next.starts_with(char::is_lowercase)
        && !["och ", "eller ", "samt ", "respektive "]
            .iter()
            .any(|word| next.starts_with(word));
    if broken {
        text.pop();
    } else if !(text.ends_with('-') && text.chars().rev().nth(2).is_none_or(|c| c == ' ')) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Four or more headings in a row are no headings but a menu that was copied along: a list. The
/// last one stays a heading, since its text follows.
fn menus(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    let mut run: Vec<Draft> = Vec::new();
    let flush = |run: &mut Vec<Draft>, out: &mut Vec<Draft>| {
        if run.len() >= 5 {
            let last = run.pop();
            let line = run.first().map_or(1, |draft| draft.line);
            let items = run
                .drain(..)
                .filter_map(|draft| match draft.kind {
                    DraftKind::Heading(text, _) => Some(RawItem {
                        text: run_of(&text, draft.line),
                        ..RawItem::default()
                    }),
                    _ => None,
                })
                .collect();
            let ordered = false;
            out.push(Draft {
                line,
                kind: DraftKind::Block(RawContent::List { ordered, items }),
            });
            out.extend(last);
        } else {
            out.append(run);
        }
    };
    for draft in drafts {
        if matches!(draft.kind, DraftKind::Heading(..)) {
            run.push(draft);
        } else {
            flush(&mut run, &mut out);
            out.push(draft);
        }
    }
    flush(&mut run, &mut out);
    out
}
