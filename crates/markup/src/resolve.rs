//! From what a file says to what the site means: links become pages and units, keys become ids.
//! The resolver is a trait, so that this half needs no database; an import answers from its own
//! list of files first and from the rows second.

use torg_kernel::{
    Action, Block, BlockContent, BlockId, Cell, Document, FactField, FactId, FactItem, FactRef,
    FactSource, FileId, Fold, Ids, Inline, LinkTarget, ListItem, PageId, PictureId, TaskItem,
    Timestamp, UnitId,
};
use uuid::Uuid;

use crate::href::{Href, is_own, join};
use crate::note::{Note, NoteKind};
use crate::raw::{RawAction, RawBlock, RawContent, RawInline, RawItem};

/// A link's goal, as a resolver is asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal<'a> {
    /// A file of the import, as a path from its root (`bo/lov.md`; perhaps without extension, or a
    /// folder). The asking file itself for a link to a heading of its own.
    File(&'a str),
    /// An address of this site, without query and fragment (`/bo/lov`).
    Address(&'a str),
    /// A whole `http(s)` address, for hosts that are the site's own. Answer `None` for all others.
    Url(&'a str),
    /// The key of a picture or file.
    Key(&'a str),
}

/// Knows pages, units and facts.
pub trait Resolver {
    /// Where a link leads. A fragment is added afterwards to a page.
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget>;
    /// The unit with a key.
    fn unit(&self, key: &str) -> Option<UnitId>;
    /// The fact with a key.
    fn fact(&self, key: &str) -> Option<FactId>;
    /// A picture of the media bank.
    fn picture(&self, _goal: Goal<'_>) -> Option<PictureId> {
        None
    }
    /// A file to take home.
    fn file(&self, _goal: Goal<'_>) -> Option<FileId> {
        None
    }
}

/// Knows nothing: only whole addresses, the program's own paths and ids come through.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoResolver;

impl Resolver for NoResolver {
    fn link(&self, _: Goal<'_>) -> Option<LinkTarget> {
        None
    }
    fn unit(&self, _: &str) -> Option<UnitId> {
        None
    }
    fn fact(&self, _: &str) -> Option<FactId> {
        None
    }
}

/// Turns the blocks of the file at `path` into a document with new block ids, and says which
/// links, units and facts could not be found. Those become [`LinkTarget::Missing`] or plain text.
#[must_use]
pub fn resolve(
    path: &str,
    blocks: &[RawBlock],
    resolver: &dyn Resolver,
    ids: &dyn Ids,
    now: Timestamp,
) -> (Document, Vec<Note>) {
    let mut work = Work {
        path,
        resolver,
        notes: Vec::new(),
        ids,
        now,
    };
    let blocks = work.blocks(blocks);
    (Document { blocks }, work.notes)
}

struct Work<'a> {
    path: &'a str,
    resolver: &'a dyn Resolver,
    notes: Vec<Note>,
    ids: &'a dyn Ids,
    now: Timestamp,
}

impl Work<'_> {
    fn blocks(&mut self, blocks: &[RawBlock]) -> Vec<Block> {
        let mut made = Vec::with_capacity(blocks.len());
        for block in blocks {
            if let Some(content) = self.rich(block) {
                made.push(Block {
                    id: BlockId::new(self.ids, self.now),
                    v: BlockContent::VERSION,
                    content,
                });
            }
        }
        made
    }

    /// Blocks that hold others or stand for something of the media bank; nothing for a picture or
    /// file that nobody knows.
    fn rich(&mut self, block: &RawBlock) -> Option<BlockContent> {
        Some(match &block.content {
            RawContent::Picture { src, alt, caption } => {
                let Some(picture) = self.picture(src) else {
                    let kind = NoteKind::PictureMissing { src: src.clone() };
                    self.notes.push(Note::new(block.line, kind));
                    return None;
                };
                BlockContent::Picture {
                    picture,
                    alt: match alt.as_str() {
                        "" => None,
                        "-" => Some(String::new()),
                        words => Some(words.to_owned()),
                    },
                    caption: self.run(caption),
                }
            }
            RawContent::Box { title, blocks } => BlockContent::Box {
                title: title.clone(),
                blocks: self.blocks(blocks),
            },
            RawContent::Accordion { folds } => BlockContent::Accordion {
                folds: folds
                    .iter()
                    .map(|(title, blocks)| Fold {
                        title: title.clone(),
                        blocks: self.blocks(blocks),
                    })
                    .collect(),
            },
            RawContent::Video {
                link,
                sign_language,
                text,
            } => BlockContent::Video {
                url: link.href.clone(),
                title: link.label.clone(),
                sign_language: *sign_language,
                text: self.run(text),
            },
            RawContent::Download { link } => {
                let found = self.media(&link.href, |resolver, goal| resolver.file(goal));
                let Some(file) = found.or_else(|| id_of(&link.href, "file:")) else {
                    let href = link.href.clone();
                    let kind = NoteKind::FileMissing { href };
                    self.notes.push(Note::new(block.line, kind));
                    return None;
                };
                BlockContent::Download {
                    file,
                    title: link.label.clone(),
                }
            }
            RawContent::Service { link } => BlockContent::Service {
                label: link.label.clone(),
                target: self.action(link),
                note: link.note.clone(),
            },
            RawContent::Anchor { name } => BlockContent::Anchor { name: name.clone() },
            _ => self.content(block),
        })
    }

    fn picture(&mut self, src: &str) -> Option<PictureId> {
        self.media(src, |resolver, goal| resolver.picture(goal))
            .or_else(|| id_of(src, "picture:"))
    }

    fn media<T>(&self, src: &str, ask: impl Fn(&dyn Resolver, Goal<'_>) -> Option<T>) -> Option<T> {
        let key = src
            .strip_prefix("picture:")
            .or_else(|| src.strip_prefix("file:"));
        if let Some(key) = key {
            return ask(self.resolver, Goal::Key(key));
        }
        match Href::sort(src) {
            Href::Url(url) => ask(self.resolver, Goal::Url(url)),
            Href::Absolute(path, ..) => ask(self.resolver, Goal::Address(path)),
            Href::Relative(path, ..) => {
                let path = join(self.path, path)?;
                ask(self.resolver, Goal::File(&path))
            }
            _ => None,
        }
    }

    fn content(&mut self, block: &RawBlock) -> BlockContent {
        match &block.content {
            RawContent::Paragraph { text } => BlockContent::Paragraph {
                text: self.run(text),
            },
            RawContent::Heading { level, text } => BlockContent::Heading {
                level: (*level).clamp(2, 4),
                text: self.run(text),
            },
            RawContent::List { ordered, items } => BlockContent::List {
                ordered: *ordered,
                items: self.items(items),
            },
            RawContent::Table {
                caption,
                header,
                rows,
            } => BlockContent::Table {
                caption: caption.clone(),
                header: self.cells(header),
                rows: rows.iter().map(|row| self.cells(row)).collect(),
            },
            RawContent::Quote { text, source } => BlockContent::Quote {
                text: self.run(text),
                source: source.clone(),
            },
            RawContent::Notice { tone, text } => BlockContent::Notice {
                tone: *tone,
                text: self.run(text),
            },
            RawContent::Contact { key } => match self.unit(key, block.line) {
                Some(unit) => BlockContent::Contact { unit },
                None => BlockContent::Paragraph {
                    text: vec![Inline::text(format!("{{{{contact:{key}}}}}"))],
                },
            },
            RawContent::Facts { items } => BlockContent::Facts {
                items: items
                    .iter()
                    .map(|item| FactItem {
                        label: item.label.clone(),
                        value: self.run(&item.value),
                        note: self.run(&item.note),
                    })
                    .collect(),
            },
            RawContent::Actions { actions } => BlockContent::Actions {
                actions: actions
                    .iter()
                    .map(|action| Action {
                        label: action.label.clone(),
                        target: self.action(action),
                    })
                    .collect(),
            },
            RawContent::Tasks { items } => BlockContent::Tasks {
                items: items
                    .iter()
                    .map(|item| TaskItem {
                        icon: item.icon.clone(),
                        label: item.label.clone(),
                        target: self.action(item),
                        note: item.note.clone(),
                    })
                    .collect(),
            },
            RawContent::Searches { queries } => BlockContent::Searches {
                queries: queries.clone(),
            },
            // Made by `rich`.
            RawContent::Picture { .. }
            | RawContent::Box { .. }
            | RawContent::Accordion { .. }
            | RawContent::Video { .. }
            | RawContent::Download { .. }
            | RawContent::Service { .. }
            | RawContent::Anchor { .. } => BlockContent::Paragraph { text: Vec::new() },
        }
    }

    fn items(&mut self, items: &[RawItem]) -> Vec<ListItem> {
        items
            .iter()
            .map(|item| ListItem {
                text: self.run(&item.text),
                items: self.items(&item.items),
                ordered: item.ordered && !item.items.is_empty(),
            })
            .collect()
    }

    fn cells(&mut self, cells: &[Vec<RawInline>]) -> Vec<Cell> {
        cells
            .iter()
            .map(|cell| Cell {
                text: self.run(cell),
            })
            .collect()
    }

    fn run(&mut self, run: &[RawInline]) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::with_capacity(run.len());
        for inline in run {
            let made = match inline {
                RawInline::Text { text, marks } => Inline::Text {
                    text: text.clone(),
                    marks: marks.clone(),
                },
                RawInline::Break => Inline::Break,
                RawInline::Fact {
                    source,
                    key,
                    field,
                    line,
                } => self.fact(*source, key, *field, *line),
                RawInline::Link { href, text, line } => match self.target(href, *line) {
                    Some(target) => Inline::Link {
                        target,
                        text: self.run(text),
                    },
                    None => {
                        for inline in self.run(text) {
                            push(&mut out, inline);
                        }
                        continue;
                    }
                },
            };
            push(&mut out, made);
        }
        out
    }

    fn fact(
        &mut self,
        source: FactSource,
        key: &str,
        field: FactField,
        line: Option<u32>,
    ) -> Inline {
        let id: Option<Uuid> = match source {
            FactSource::Unit => self.resolver.unit(key).map(Into::into),
            FactSource::Fact => self.resolver.fact(key).map(Into::into),
        };
        if let Some(id) = id.or_else(|| Uuid::parse_str(key).ok()) {
            return Inline::Fact {
                fact: FactRef { source, id, field },
            };
        }
        let kind = match source {
            FactSource::Unit => NoteKind::UnitUnknown { key: key.into() },
            FactSource::Fact => NoteKind::FactUnknown { key: key.into() },
        };
        self.notes.push(Note::new(line, kind));
        let known = FactRef {
            source,
            id: Uuid::nil(),
            field,
        };
        let written = known.to_string().replace(&Uuid::nil().to_string(), key);
        Inline::text(format!("{{{{{written}}}}}"))
    }

    fn unit(&mut self, key: &str, line: Option<u32>) -> Option<UnitId> {
        let found = self.resolver.unit(key).or_else(|| key.parse().ok());
        if found.is_none() {
            let kind = NoteKind::UnitUnknown { key: key.into() };
            self.notes.push(Note::new(line, kind));
        }
        found
    }

    fn action(&mut self, action: &RawAction) -> LinkTarget {
        self.target(&action.href, action.line)
            .unwrap_or_else(|| LinkTarget::Missing {
                original: action.href.clone(),
            })
    }

    /// `None` for a link that is dropped altogether.
    fn target(&mut self, href: &str, line: Option<u32>) -> Option<LinkTarget> {
        let href = href.trim();
        let (found, query) = match Href::sort(href) {
            Href::Refused => {
                let kind = NoteKind::LinkDropped { href: href.into() };
                self.notes.push(Note::new(line, kind));
                return None;
            }
            Href::Unit(key) => {
                let unit = self.unit(key, line).map(|id| LinkTarget::Unit { id });
                return Some(unit.unwrap_or_else(|| missing(href)));
            }
            Href::Page(id, fragment) => {
                let page = id.parse::<PageId>().ok().map(|id| LinkTarget::Page {
                    id,
                    fragment: fragment.filter(|f| !f.is_empty()).map(str::to_owned),
                });
                (page, None)
            }
            Href::Path(path) => {
                let path = path.to_owned();
                return Some(LinkTarget::Path { path });
            }
            Href::Missing(original) => return Some(missing(original)),
            Href::Url(url) => {
                let (front, fragment) = match url.split_once('#') {
                    Some((front, fragment)) => (front, Some(fragment)),
                    None => (url, None),
                };
                let known = if front
                    .get(..4)
                    .is_some_and(|s| s.eq_ignore_ascii_case("http"))
                {
                    self.resolver.link(Goal::Url(front))
                } else {
                    None
                };
                let outside = LinkTarget::Url { url: url.into() };
                return Some(known.map_or(outside, |target| with_fragment(target, fragment)));
            }
            Href::Absolute(path, query, fragment) => {
                let query = query.filter(|query| !query.is_empty());
                // An address that was moved may have a query of its own.
                let exact = query.and_then(|query| {
                    let whole = format!("{path}?{query}");
                    self.resolver.link(Goal::Address(&whole))
                });
                let query = query.filter(|_| exact.is_none());
                // `/?page_id=3` is another page than the start page; elsewhere a query chooses
                // within a page.
                let found = exact.or_else(|| match query {
                    Some(_) if path == "/" => None,
                    _ => self.resolver.link(Goal::Address(path)),
                });
                let own = is_own(path).then(|| LinkTarget::Path { path: href.into() });
                match (found, own) {
                    (Some(target), _) => (Some(with_fragment(target, fragment)), query),
                    (None, own) => (own, None),
                }
            }
            Href::Relative(path, query, fragment) => {
                let found =
                    join(self.path, path).and_then(|path| self.resolver.link(Goal::File(&path)));
                (found.map(|target| with_fragment(target, fragment)), query)
            }
        };
        let Some(target) = found else {
            let kind = NoteKind::LinkMissing { href: href.into() };
            self.notes.push(Note::new(line, kind));
            return Some(missing(href));
        };
        if query.is_some() && matches!(target, LinkTarget::Page { .. }) {
            let kind = NoteKind::QueryDropped { href: href.into() };
            self.notes.push(Note::new(line, kind));
        }
        Some(target)
    }
}

/// An id that was written after its kind because it has no key.
fn id_of<T: std::str::FromStr>(text: &str, kind: &str) -> Option<T> {
    text.strip_prefix(kind)?.parse().ok()
}

fn missing(original: &str) -> LinkTarget {
    LinkTarget::Missing {
        original: original.to_owned(),
    }
}

fn with_fragment(target: LinkTarget, fragment: Option<&str>) -> LinkTarget {
    match (target, fragment.filter(|f| !f.is_empty())) {
        (LinkTarget::Page { id, .. }, Some(fragment)) => LinkTarget::Page {
            id,
            fragment: Some(fragment.to_owned()),
        },
        (target, _) => target,
    }
}

/// Adds an inline and joins it with equal text before it.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    if let (
        Some(Inline::Text { text, marks }),
        Inline::Text {
            text: more,
            marks: same,
        },
    ) = (out.last_mut(), &inline)
        && marks == same
    {
        text.push_str(more);
    } else {
        out.push(inline);
    }
}
