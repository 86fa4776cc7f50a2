//! Blocks inside blocks: quotes, lists and their items, while they are read.

use torg_kernel::NoticeTone;

use crate::markdown::LIST_DEPTH;
use crate::markdown::reader::Reader;
use crate::note::{Note, NoteKind};
use crate::raw::{RawBlock, RawContent, RawInline, RawItem, RawRun};
use crate::run::join_lines;

/// Something that holds blocks.
pub(super) enum Holder {
    Quote {
        tone: Option<NoticeTone>,
        lines: Vec<RawRun>,
        line: u32,
    },
    List {
        ordered: bool,
        items: Vec<RawItem>,
        line: u32,
    },
    Item {
        lines: Vec<RawRun>,
        items: Vec<RawItem>,
        ordered: bool,
    },
}

impl Reader<'_> {
    /// Puts a block where it belongs: into the page, or as lines into what is open.
    pub(super) fn emit(&mut self, content: RawContent, line: u32) {
        let list = matches!(content, RawContent::List { .. });
        let depth = self.lists;
        match self.holders.last_mut() {
            None => self.out.blocks.push(RawBlock {
                line: Some(line),
                content,
            }),
            Some(Holder::Item { items, ordered, .. }) if list && depth < LIST_DEPTH => {
                if let RawContent::List {
                    ordered: numbered,
                    items: more,
                } = content
                {
                    *ordered = numbered;
                    items.extend(more);
                }
            }
            Some(Holder::Item { lines, .. } | Holder::Quote { lines, .. }) => {
                let what = flatten(content, lines);
                if list && depth >= LIST_DEPTH {
                    self.out
                        .notes
                        .push(Note::new(Some(line), NoteKind::ListTooDeep {}));
                } else if let Some(what) = what {
                    let what = what.to_owned();
                    self.out
                        .notes
                        .push(Note::new(Some(line), NoteKind::Flattened { what }));
                }
            }
            Some(Holder::List { .. }) => {}
        }
    }

    pub(super) fn end_item(&mut self) {
        let Some(Holder::Item {
            lines,
            items,
            ordered,
        }) = self.holders.pop()
        else {
            return;
        };
        let text = join_lines(lines);
        if let Some(Holder::List { items: list, .. }) = self.holders.last_mut() {
            if text.is_empty() {
                list.extend(items);
            } else {
                list.push(RawItem {
                    ordered: ordered && !items.is_empty(),
                    text,
                    items,
                });
            }
        }
    }

    pub(super) fn end_holder(&mut self) {
        match self.holders.pop() {
            Some(Holder::List {
                ordered,
                items,
                line,
            }) => {
                self.lists -= 1;
                if !items.is_empty() {
                    self.emit(RawContent::List { ordered, items }, line);
                }
            }
            Some(Holder::Quote {
                tone,
                mut lines,
                line,
            }) => {
                let source = lines
                    .last()
                    .filter(|_| tone.is_none() && lines.len() > 1)
                    .map(|last| RawInline::plain(last))
                    .and_then(|last| {
                        let words = last.strip_prefix('—').or_else(|| last.strip_prefix('–'))?;
                        words.strip_prefix(' ').map(str::to_owned)
                    });
                if source.is_some() {
                    lines.pop();
                }
                let text = join_lines(lines);
                if text.is_empty() {
                    let what = "quote".to_owned();
                    let note = Note::new(Some(line), NoteKind::EmptyDropped { what });
                    self.out.notes.push(note);
                    return;
                }
                let content = match tone {
                    Some(tone) => RawContent::Notice { tone, text },
                    None => RawContent::Quote { text, source },
                };
                self.emit(content, line);
            }
            other => self.holders.extend(other),
        }
    }
}

/// Turns a block into lines of text, and says what it was when that loses something.
fn flatten(content: RawContent, lines: &mut Vec<RawRun>) -> Option<&'static str> {
    match content {
        RawContent::Paragraph { text } => {
            lines.push(text);
            None
        }
        RawContent::Heading { text, .. } => {
            lines.push(text);
            Some("heading")
        }
        RawContent::Quote { text, .. } | RawContent::Notice { text, .. } => {
            lines.push(text);
            Some("quote")
        }
        RawContent::List { items, .. } => {
            flatten_items(items, lines);
            Some("list")
        }
        RawContent::Table { header, rows, .. } => {
            for row in std::iter::once(header).chain(rows) {
                let mut line: RawRun = Vec::new();
                for cell in row.into_iter().filter(|cell| !cell.is_empty()) {
                    if !line.is_empty() {
                        line.push(RawInline::text(", "));
                    }
                    line.extend(cell);
                }
                lines.push(line);
            }
            Some("table")
        }
        _ => None,
    }
}

fn flatten_items(items: Vec<RawItem>, lines: &mut Vec<RawRun>) {
    for item in items {
        lines.push(item.text);
        flatten_items(item.items, lines);
    }
}
