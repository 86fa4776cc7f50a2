//! Builds one run of text out of pieces and brings it into the one form that is stored: white
//! space squeezed, marks sorted, equal neighbours joined, breaks only between lines with words.

use torg_kernel::{FactField, FactSource, Mark};

use crate::raw::{RawInline, RawRun};

#[derive(Debug, Clone)]
enum Piece {
    Text {
        text: String,
        marks: Vec<Mark>,
        link: Option<usize>,
    },
    Fact {
        fact: RawInline,
        link: Option<usize>,
    },
    Break,
}

/// A run in the making.
#[derive(Debug, Default)]
pub(crate) struct RunBuilder {
    pieces: Vec<Piece>,
    links: Vec<(String, Option<u32>)>,
    open: Option<usize>,
    marks: Vec<Mark>,
}

impl RunBuilder {
    pub(crate) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            let mut marks = self.marks.clone();
            marks.sort_unstable();
            marks.dedup();
            self.pieces.push(Piece::Text {
                text: text.to_owned(),
                marks,
                link: self.open,
            });
        }
    }

    /// Words with one mark more than those that are open.
    pub(crate) fn marked(&mut self, text: &str, mark: Mark) {
        self.marks.push(mark);
        self.text(text);
        self.marks.pop();
    }

    pub(crate) fn fact(
        &mut self,
        source: FactSource,
        key: &str,
        field: FactField,
        line: Option<u32>,
    ) {
        let fact = RawInline::Fact {
            source,
            key: key.to_owned(),
            field,
            line,
        };
        self.pieces.push(Piece::Fact {
            fact,
            link: self.open,
        });
    }

    /// A line break; within a link, a space.
    pub(crate) fn line_break(&mut self) {
        if self.open.is_some() {
            self.text(" ");
        } else {
            self.pieces.push(Piece::Break);
        }
    }

    pub(crate) fn open_mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    pub(crate) fn close_mark(&mut self, mark: Mark) {
        if let Some(at) = self.marks.iter().rposition(|open| *open == mark) {
            self.marks.remove(at);
        }
    }

    /// Opens a link; one that is open already is closed, as links do not nest.
    pub(crate) fn open_link(&mut self, href: &str, line: Option<u32>) {
        self.links.push((href.to_owned(), line));
        self.open = Some(self.links.len() - 1);
    }

    pub(crate) fn close_link(&mut self) {
        self.open = None;
    }

    /// Takes what has been gathered and closes everything that is open.
    pub(crate) fn finish(&mut self) -> RawRun {
        let run = self.take();
        *self = Self::default();
        run
    }

    /// Whether nothing but white space came after the last break.
    pub(crate) fn ends_with_break(&self) -> bool {
        self.pieces
            .iter()
            .rev()
            .find(|piece| !matches!(piece, Piece::Text { text, .. } if text.trim().is_empty()))
            .is_some_and(|piece| matches!(piece, Piece::Break))
    }

    /// Adds a finished run with its own marks and links.
    pub(crate) fn append(&mut self, run: RawRun) {
        for inline in run {
            match inline {
                RawInline::Text { text, marks } => self.pieces.push(Piece::Text {
                    text,
                    marks,
                    link: self.open,
                }),
                RawInline::Link { href, text, line } => {
                    let outer = self.open;
                    self.open_link(&href, line);
                    self.append(text);
                    self.open = outer;
                }
                fact @ RawInline::Fact { .. } => self.pieces.push(Piece::Fact {
                    fact,
                    link: self.open,
                }),
                RawInline::Break => self.line_break(),
            }
        }
    }

    /// Takes what has been gathered, and stays ready for the next run with the same marks open.
    pub(crate) fn take(&mut self) -> RawRun {
        let pieces = std::mem::take(&mut self.pieces);
        let run = assemble(squeeze(pieces), &self.links);
        if let Some(open) = self.open {
            let link = self.links.swap_remove(open);
            self.links = vec![link];
            self.open = Some(0);
        } else {
            self.links.clear();
        }
        run
    }
}

/// Characters that carry nothing in running text.
fn is_noise(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Squeezes white space over the whole run and drops breaks at its ends and beside each other.
fn squeeze(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut spaced = true;
    let mut inside: Option<usize> = None;
    for piece in pieces {
        match piece {
            Piece::Text { text, marks, link } => {
                let mut kept = String::with_capacity(text.len());
                for c in text.chars().filter(|c| !is_noise(*c)) {
                    if !is_space(c) {
                        kept.push(c);
                        spaced = false;
                        inside = link;
                    } else if !spaced {
                        let c = if matches!(c, '\u{a0}' | '\u{202f}') {
                            c
                        } else {
                            ' '
                        };
                        if link.is_some() && inside != link && kept.is_empty() {
                            // A space at the start of a link belongs before it.
                            out.push(text_piece(c.to_string(), Vec::new(), None));
                        } else {
                            kept.push(c);
                        }
                        spaced = true;
                    }
                }
                if !kept.is_empty() {
                    out.push(Piece::Text {
                        text: kept,
                        marks,
                        link,
                    });
                }
            }
            Piece::Fact { fact, link } => {
                out.push(Piece::Fact { fact, link });
                spaced = false;
                inside = link;
            }
            Piece::Break => {
                trim_end(&mut out);
                if !matches!(out.last(), None | Some(Piece::Break)) {
                    out.push(Piece::Break);
                }
                spaced = true;
            }
        }
    }
    trim_end(&mut out);
    while matches!(out.last(), Some(Piece::Break)) {
        out.pop();
        trim_end(&mut out);
    }
    out
}

fn text_piece(text: String, marks: Vec<Mark>, link: Option<usize>) -> Piece {
    Piece::Text { text, marks, link }
}

fn trim_end(pieces: &mut Vec<Piece>) {
    while let Some(Piece::Text { text, .. }) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            return;
        }
        pieces.pop();
    }
}

fn assemble(pieces: Vec<Piece>, links: &[(String, Option<u32>)]) -> RawRun {
    let mut run: RawRun = Vec::new();
    let mut current: Option<usize> = None;
    for piece in pieces {
        let (link, inline) = match piece {
            Piece::Text { text, marks, link } => (link, RawInline::Text { text, marks }),
            Piece::Fact { fact, link } => (link, fact),
            Piece::Break => (None, RawInline::Break),
        };
        if current.is_some() && link != current {
            space_out_of_link(&mut run);
        }
        match link {
            None => push_joined(&mut run, inline),
            Some(at) => {
                if current != link {
                    let (href, line) = links[at].clone();
                    run.push(RawInline::Link {
                        href,
                        text: Vec::new(),
                        line,
                    });
                }
                if let Some(RawInline::Link { text, .. }) = run.last_mut() {
                    push_joined(text, inline);
                }
            }
        }
        current = link;
    }
    if current.is_some() {
        space_out_of_link(&mut run);
    }
    run
}

/// A space at the end of the last link moves behind it.
fn space_out_of_link(run: &mut RawRun) {
    let Some(RawInline::Link { text, .. }) = run.last_mut() else {
        return;
    };
    let Some(RawInline::Text { text: words, .. }) = text.last_mut() else {
        return;
    };
    let kept = words.trim_end().len();
    if kept == words.len() {
        return;
    }
    let tail = words.split_off(kept);
    if words.is_empty() {
        text.pop();
    }
    if text.is_empty() {
        run.pop();
    }
    push_joined(run, RawInline::text(tail));
}

fn push_joined(run: &mut RawRun, inline: RawInline) {
    if let (
        Some(RawInline::Text { text, marks }),
        RawInline::Text {
            text: more,
            marks: same,
        },
    ) = (run.last_mut(), &inline)
        && marks == same
    {
        text.push_str(more);
        return;
    }
    run.push(inline);
}

/// Joins runs with line breaks between them.
pub(crate) fn join_lines(runs: Vec<RawRun>) -> RawRun {
    let mut out: RawRun = Vec::new();
    for run in runs.into_iter().filter(|run| !run.is_empty()) {
        if !out.is_empty() {
            out.push(RawInline::Break);
        }
        out.extend(run);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_marks_and_breaks_are_brought_into_one_form() {
        let mut run = RunBuilder::default();
        run.line_break();
        run.text("  Ring \u{a0} oss");
        run.open_link("tel:1", None);
        run.text(" på ");
        run.marked("031 ", Mark::Strong);
        run.close_link();
        run.text(" nu \n");
        run.line_break();
        run.line_break();
        run.text("i dag");
        run.line_break();
        assert_eq!(
            run.take(),
            [
                RawInline::text("Ring oss "),
                RawInline::Link {
                    href: "tel:1".into(),
                    text: vec![
                        RawInline::text("på "),
                        RawInline::Text {
                            text: "031".into(),
                            marks: vec![Mark::Strong]
                        }
                    ],
                    line: None
                },
                RawInline::text(" nu"),
                RawInline::Break,
                RawInline::text("i dag"),
            ]
        );
    }
}
