//! All that a block says, line by line: what is compared and shown side by side.

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockContent, Document, Inline, LinkTarget, ListItem};

use crate::atoms::{is_word, pieces};

/// What a line is in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Running text.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// What a box, fold, film, file or button is called.
    Title,
    /// An item of a list, this deep: 0 is the outermost.
    Item(u8),
    /// A row of a table; its cells have the sign `|` between them.
    Row,
    /// Something smaller: a note, a source, a caption.
    Note,
    /// Where something leads, or what is shown here.
    Target,
}

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// Words and signs.
    Words,
    /// The goal of a link: `page:ID`, `unit:ID`, a path or an address.
    Target,
    /// A fact, as it is referred to.
    Fact,
    /// A unit, picture or file: `unit:ID`, `picture:ID`, `file:ID`.
    Thing,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// What it is.
    pub kind: PieceKind,
    /// Whether the other side does not have it.
    pub marked: bool,
}

/// A line of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is in its block.
    pub role: Role,
    /// What it says, in small pieces: words, spaces, signs.
    pub pieces: Vec<Piece>,
}

fn piece(kind: PieceKind, text: impl Into<String>) -> Piece {
    Piece {
        text: text.into(),
        kind,
        marked: false,
    }
}

fn push_words(text: &str, out: &mut Vec<Piece>) {
    out.extend(
        pieces(text)
            .into_iter()
            .map(|text| piece(PieceKind::Words, text)),
    );
}

fn target(link: &LinkTarget) -> String {
    match link {
        LinkTarget::Page { id, fragment } => match fragment {
            Some(fragment) => format!("page:{id}#{fragment}"),
            None => format!("page:{id}"),
        },
        LinkTarget::Unit { id } => format!("unit:{id}"),
        LinkTarget::Path { path } => path.clone(),
        LinkTarget::Url { url } => url.clone(),
        LinkTarget::Missing { original } => original.clone(),
    }
}

fn push_run(run: &[Inline], out: &mut Vec<Piece>) {
    for inline in run {
        match inline {
            Inline::Text { text, .. } => push_words(text, out),
            Inline::Link { target: link, text } => {
                push_run(text, out);
                out.push(piece(PieceKind::Target, target(link)));
            }
            Inline::Fact { fact } => out.push(piece(PieceKind::Fact, fact.to_string())),
            Inline::Break => out.push(piece(PieceKind::Words, " ")),
        }
    }
}

/// Lines being gathered. Empty ones are left out.
#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn push(&mut self, role: Role, pieces: Vec<Piece>) {
        if !pieces.is_empty() {
            self.0.push(Line { role, pieces });
        }
    }

    fn words(&mut self, role: Role, text: &str) {
        let mut pieces = Vec::new();
        push_words(text, &mut pieces);
        self.push(role, pieces);
    }

    fn run(&mut self, role: Role, run: &[Inline]) {
        let mut pieces = Vec::new();
        push_run(run, &mut pieces);
        self.push(role, pieces);
    }

    fn thing(&mut self, kind: &str, id: impl std::fmt::Display) {
        self.push(
            Role::Target,
            vec![piece(PieceKind::Thing, format!("{kind}:{id}"))],
        );
    }

    fn link(&mut self, link: &LinkTarget) {
        self.push(Role::Target, vec![piece(PieceKind::Target, target(link))]);
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a [Inline]>) {
        let mut pieces = Vec::new();
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                push_words(" | ", &mut pieces);
            }
            push_run(cell, &mut pieces);
        }
        self.push(Role::Row, pieces);
    }

    fn items(&mut self, items: &[ListItem], depth: u8) {
        for item in items {
            self.run(Role::Item(depth), &item.text);
            self.items(&item.items, depth.saturating_add(1));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.content);
        }
    }

    fn block(&mut self, content: &BlockContent) {
        match content {
            BlockContent::Paragraph { text } | BlockContent::Notice { text, .. } => {
                self.run(Role::Text, text);
            }
            BlockContent::Heading { level, text } => self.run(Role::Heading(*level), text),
            BlockContent::List { items, .. } => self.items(items, 0),
            BlockContent::Table {
                caption,
                header,
                rows,
            } => {
                self.words(Role::Title, caption.as_deref().unwrap_or_default());
                self.row(header.iter().map(|cell| cell.text.as_slice()));
                for row in rows {
                    self.row(row.iter().map(|cell| cell.text.as_slice()));
                }
            }
            BlockContent::Quote { text, source } => {
                self.run(Role::Text, text);
                self.words(Role::Note, source.as_deref().unwrap_or_default());
            }
            BlockContent::Contact { unit } => self.thing("unit", unit),
            BlockContent::Facts { items } => {
                for item in items {
                    self.words(Role::Title, &item.label);
                    self.run(Role::Text, &item.value);
                    self.run(Role::Note, &item.note);
                }
            }
            BlockContent::Actions { actions } => {
                for action in actions {
                    self.words(Role::Title, &action.label);
                    self.link(&action.target);
                }
            }
            BlockContent::Tasks { items } => {
                for item in items {
                    self.words(Role::Title, &item.label);
                    self.link(&item.target);
                    self.words(Role::Note, &item.note);
                }
            }
            BlockContent::Searches { queries } => {
                for query in queries {
                    self.words(Role::Item(0), query);
                }
            }
            BlockContent::Box { title, blocks } => {
                self.words(Role::Title, title);
                self.blocks(blocks);
            }
            BlockContent::Accordion { folds } => {
                for fold in folds {
                    self.words(Role::Title, &fold.title);
                    self.blocks(&fold.blocks);
                }
            }
            BlockContent::Picture { .. }
            | BlockContent::Video { .. }
            | BlockContent::Download { .. }
            | BlockContent::Service { .. }
            | BlockContent::Anchor { .. } => self.placed(content),
        }
    }

    /// Blocks that show something that lies elsewhere.
    fn placed(&mut self, content: &BlockContent) {
        match content {
            BlockContent::Picture {
                picture,
                alt,
                caption,
            } => {
                self.thing("picture", picture);
                self.words(Role::Note, alt.as_deref().unwrap_or_default());
                self.run(Role::Text, caption);
            }
            BlockContent::Video {
                url, title, text, ..
            } => {
                self.words(Role::Title, title);
                self.link(&LinkTarget::Url { url: url.clone() });
                self.run(Role::Text, text);
            }
            BlockContent::Download { file, title } => {
                self.words(Role::Title, title);
                self.thing("file", file);
            }
            BlockContent::Service {
                label,
                target,
                note,
            } => {
                self.words(Role::Title, label);
                self.link(target);
                self.words(Role::Note, note);
            }
            BlockContent::Anchor { name } => self.words(Role::Target, name),
            _ => {}
        }
    }
}

/// The lines of a block, with those of the blocks in it. Nothing is marked.
#[must_use]
pub fn lines(block: &Block) -> Vec<Line> {
    let mut lines = Lines::default();
    lines.block(&block.content);
    lines.0
}

/// The words of a block, with those of the blocks in it, in reading order.
#[must_use]
pub fn words_of_block(block: &Block) -> Vec<String> {
    lines(block)
        .into_iter()
        .flat_map(|line| line.pieces)
        .filter(|piece| piece.kind == PieceKind::Words && is_word(&piece.text))
        .map(|piece| piece.text)
        .collect()
}

/// The words of a document in reading order.
#[must_use]
pub fn words_of(document: &Document) -> Vec<String> {
    document.blocks.iter().flat_map(words_of_block).collect()
}
