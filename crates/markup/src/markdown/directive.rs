//! The lines inside a `:::` directive.

use crate::error::ErrorKind;
use crate::markdown::{Definitions, Read, read_inline};
use crate::note::{Note, NoteKind};
use crate::raw::{RawAction, RawBlock, RawContent, RawFact, RawInline};

type Failure = (u32, ErrorKind);

pub(crate) fn read(
    name: &'static str,
    lines: &[(u32, &str)],
    line: u32,
    definitions: &Definitions,
    read: &mut Read,
) -> Result<(), Failure> {
    let mut cells = Cells {
        name,
        definitions,
        notes: &mut read.notes,
    };
    let content = match name {
        "facts" => RawContent::Facts {
            items: collect(lines, |number, text| cells.fact(number, text))?,
        },
        "actions" => RawContent::Actions {
            actions: collect(lines, |number, text| cells.action(number, text))?,
        },
        "tasks" => RawContent::Tasks {
            items: collect(lines, |number, text| cells.task(number, text))?,
        },
        _ => RawContent::Searches {
            queries: collect(lines, |number, text| cells.queries(number, text))?
                .into_iter()
                .flatten()
                .collect(),
        },
    };
    let empty = match &content {
        RawContent::Facts { items } => items.is_empty(),
        RawContent::Actions { actions } => actions.is_empty(),
        RawContent::Tasks { items } => items.is_empty(),
        RawContent::Searches { queries } => queries.is_empty(),
        _ => false,
    };
    if empty {
        let what = format!(":::{name}");
        let note = Note::new(Some(line), NoteKind::EmptyDropped { what });
        read.notes.push(note);
    } else {
        read.blocks.push(RawBlock {
            line: Some(line),
            content,
        });
    }
    Ok(())
}

fn collect<T>(
    lines: &[(u32, &str)],
    mut one: impl FnMut(u32, &str) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    lines
        .iter()
        .map(|(number, text)| one(*number, text))
        .collect()
}

struct Cells<'a> {
    name: &'static str,
    definitions: &'a Definitions,
    notes: &'a mut Vec<Note>,
}

impl Cells<'_> {
    fn run(&mut self, number: u32, text: &str) -> Result<Vec<RawInline>, Failure> {
        read_inline(text, number, self.definitions, self.notes)
    }

    fn plain(&mut self, number: u32, text: &str) -> Result<String, Failure> {
        let run = self.run(number, text)?;
        Ok(RawInline::plain(&run))
    }

    fn wrong(&self, number: u32, text: &str, wanted: &str) -> Failure {
        let kind = ErrorKind::DirectiveLine {
            name: self.name.to_owned(),
            text: text.chars().take(80).collect(),
            wanted: wanted.to_owned(),
        };
        (number, kind)
    }

    fn fact(&mut self, number: u32, text: &str) -> Result<RawFact, Failure> {
        let parts = split_unescaped(text, '|');
        let (label, value, note) = match parts.as_slice() {
            [label, value] => (*label, *value, ""),
            [label, value, note] => (*label, *value, *note),
            _ => return Err(self.wrong(number, text, "label | value | note")),
        };
        let label = self.plain(number, label)?;
        if label.is_empty() {
            return Err(self.wrong(number, text, "label | value | note"));
        }
        Ok(RawFact {
            label,
            value: self.run(number, value)?,
            note: self.run(number, note)?,
        })
    }

    fn link(&mut self, number: u32, text: &str) -> Result<Option<(String, String)>, Failure> {
        let run = self.run(number, text)?;
        Ok(match run.as_slice() {
            [RawInline::Link { href, text, .. }] => Some((RawInline::plain(text), href.clone())),
            _ => None,
        })
    }

    fn action(&mut self, number: u32, text: &str) -> Result<RawAction, Failure> {
        match self.link(number, text)? {
            Some((label, href)) => Ok(RawAction {
                icon: String::new(),
                label,
                href,
                note: String::new(),
                line: Some(number),
            }),
            None => Err(self.wrong(number, text, "[words](goal)")),
        }
    }

    fn task(&mut self, number: u32, text: &str) -> Result<RawAction, Failure> {
        let parts = split_unescaped(text, '|');
        let (icon, link, note) = match parts.as_slice() {
            [icon, link] => (*icon, *link, ""),
            [icon, link, note] => (*icon, *link, *note),
            _ => return Err(self.wrong(number, text, "icon | [words](goal) | note")),
        };
        match self.link(number, link)? {
            Some((label, href)) => Ok(RawAction {
                icon: self.plain(number, icon)?,
                label,
                href,
                note: self.plain(number, note)?,
                line: Some(number),
            }),
            None => Err(self.wrong(number, text, "icon | [words](goal) | note")),
        }
    }

    fn queries(&mut self, number: u32, text: &str) -> Result<Vec<String>, Failure> {
        let mut queries = Vec::new();
        for part in split_unescaped(text, ',') {
            let query = self.plain(number, part)?;
            if !query.is_empty() {
                queries.push(query);
            }
        }
        Ok(queries)
    }
}

/// Splits at a mark that has no backslash before it; the parts keep their backslashes.
pub(super) fn split_unescaped(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == mark {
            parts.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    parts.push(text[start..].trim());
    parts
}
