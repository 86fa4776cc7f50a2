//! Running text as a row of atoms that can be compared and joined again.

use std::collections::HashMap;

use torg_kernel::{FactRef, Inline, LinkTarget, Mark};

/// One word, space, sign, fact or break, with how it is marked and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    pub what: What,
    pub marks: Vec<Mark>,
    pub link: Option<LinkTarget>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Piece(String),
    Fact(FactRef),
    Break,
}

impl Atom {
    /// Whether it is a word, and not a space or a sign.
    pub fn is_word(&self) -> bool {
        match &self.what {
            What::Piece(piece) => is_word(piece),
            What::Fact(_) => true,
            What::Break => false,
        }
    }
}

/// Whether a piece of [`pieces`] is a word.
pub(crate) fn is_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphanumeric)
}

/// Words, rows of spaces, and each other sign by itself. Put together they are the text again.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Sort {
        Word,
        Space,
        Sign,
    }
    let sort = |c: char| {
        if c.is_alphanumeric() || c == '\u{301}' {
            Sort::Word
        } else if c.is_whitespace() {
            Sort::Space
        } else {
            Sort::Sign
        }
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<Sort> = None;
    for (at, c) in text.char_indices() {
        let now = sort(c);
        if before.is_some_and(|before| before != now || now == Sort::Sign) {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// The atoms of running text.
pub(crate) fn atoms(run: &[Inline]) -> Vec<Atom> {
    fn push(run: &[Inline], link: Option<&LinkTarget>, out: &mut Vec<Atom>) {
        for inline in run {
            let atom = |what, marks: &[Mark]| Atom {
                what,
                marks: marks.to_vec(),
                link: link.cloned(),
            };
            match inline {
                Inline::Text { text, marks } => out.extend(
                    pieces(text)
                        .into_iter()
                        .map(|piece| atom(What::Piece(piece.to_owned()), marks)),
                ),
                Inline::Link { target, text } => push(text, Some(target), out),
                Inline::Fact { fact } => out.push(atom(What::Fact(*fact), &[])),
                Inline::Break => out.push(atom(What::Break, &[])),
            }
        }
    }
    let mut out = Vec::new();
    push(run, None, &mut out);
    out
}

/// Running text of atoms: neighbours that are marked alike become one.
pub(crate) fn joined(atoms: &[Atom]) -> Vec<Inline> {
    fn push(atom: &Atom, out: &mut Vec<Inline>) {
        match &atom.what {
            What::Piece(piece) => {
                if let Some(Inline::Text { text, marks }) = out.last_mut()
                    && *marks == atom.marks
                {
                    text.push_str(piece);
                } else {
                    out.push(Inline::Text {
                        text: piece.clone(),
                        marks: atom.marks.clone(),
                    });
                }
            }
            What::Fact(fact) => out.push(Inline::Fact { fact: *fact }),
            What::Break => out.push(Inline::Break),
        }
    }
    let mut out: Vec<Inline> = Vec::new();
    for atom in atoms {
        match (&atom.link, out.last_mut()) {
            (None, _) => push(atom, &mut out),
            (Some(link), Some(Inline::Link { target, text })) if target == link => push(atom, text),
            (Some(link), _) => {
                let mut text = Vec::new();
                push(atom, &mut text);
                out.push(Inline::Link {
                    target: link.clone(),
                    text,
                });
            }
        }
    }
    out
}

/// Gives equal things equal numbers, so that long things are compared once.
#[derive(Default)]
pub(crate) struct Numbers {
    known: HashMap<String, u32>,
}

impl Numbers {
    pub fn of(&mut self, key: String) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(key).or_insert(next)
    }

    pub fn of_atom(&mut self, atom: &Atom) -> u32 {
        self.of(format!("{atom:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_cut_into_words_spaces_and_signs() {
        assert_eq!(
            pieces("Öppet 9–17, ring!"),
            ["Öppet", " ", "9", "–", "17", ",", " ", "ring", "!"]
        );
        assert!(pieces("").is_empty());
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(text in "\\PC{0,40}") {
            prop_assert_eq!(pieces(&text).concat(), text);
        }

        #[test]
        fn atoms_joined_are_the_text(words in proptest::collection::vec("[a-zå ,]{1,6}", 0..8)) {
            let run: Vec<Inline> = words.iter().enumerate().map(|(at, word)| {
                let text = Inline::Text {
                    text: word.clone(),
                    marks: if at % 2 == 0 { vec![] } else { vec![Mark::Strong] },
                };
                if at % 3 == 2 {
                    Inline::Link {
                        target: LinkTarget::Path { path: format!("/{at}") },
                        text: vec![text],
                    }
                } else {
                    text
                }
            }).collect();
            prop_assert_eq!(joined(&atoms(&run)), run);
        }
    }
}
