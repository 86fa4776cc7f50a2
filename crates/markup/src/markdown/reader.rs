//! The parser's events into blocks. What stands inside a list item or quote becomes lines of its
//! text, since those hold running text only.

use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd,
};
use torg_kernel::{FactRef, Mark, NoticeTone};
use uuid::Uuid;

use crate::error::ErrorKind;
use crate::html;
use crate::markdown::holder::Holder;
use crate::markdown::lines::is_caption;
use crate::markdown::{Definitions, Read, options, read_inline};
use crate::note::{Note, NoteKind};
use crate::raw::{RawContent, RawInline, RawRun};
use crate::run::RunBuilder;

/// The deepest list that is kept as a list.
pub(crate) const LIST_DEPTH: usize = 12;

#[derive(Default)]
struct TableInMaking {
    header: Vec<RawRun>,
    rows: Vec<Vec<RawRun>>,
    line: u32,
}

/// A picture whose end has not come yet.
struct Image {
    src: String,
    caption: String,
    alt: String,
    /// How many images are open: they may stand in each other's words.
    depth: usize,
}

pub(crate) struct Reader<'a> {
    source: &'a str,
    first: u32,
    starts: Vec<usize>,
    definitions: &'a Definitions,
    pub(super) out: &'a mut Read,
    run: RunBuilder,
    text: Option<Range<usize>>,
    pub(super) holders: Vec<Holder>,
    /// How many of the holders are lists.
    pub(super) lists: usize,
    heading: Option<u8>,
    block: u32,
    table: Option<TableInMaking>,
    code: Option<String>,
    html: Option<(String, u32)>,
    image: Option<Image>,
    /// Pictures of the open paragraph, which come after it.
    pictures: Vec<RawContent>,
    skip: Option<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        source: &'a str,
        first: u32,
        definitions: &'a Definitions,
        out: &'a mut Read,
    ) -> Self {
        let starts = std::iter::once(0)
            .chain(source.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            source,
            first,
            starts,
            definitions,
            out,
            run: RunBuilder::default(),
            text: None,
            holders: Vec::new(),
            lists: 0,
            heading: None,
            block: first,
            table: None,
            code: None,
            html: None,
            image: None,
            pictures: Vec::new(),
            skip: None,
        }
    }

    pub(crate) fn run(&mut self) -> Result<(), (u32, ErrorKind)> {
        let definitions = self.definitions;
        let mut look_up = |link: BrokenLink<'_>| {
            definitions
                .get(&link.reference.to_lowercase())
                .map(|goal| (CowStr::from(goal.clone()), CowStr::from("")))
        };
        let parser =
            Parser::new_with_broken_link_callback(self.source, options(), Some(&mut look_up));
        for (event, range) in parser.into_offset_iter() {
            if !matches!(event, Event::Text(_)) {
                self.flush_text();
            }
            self.event(event, range)?;
        }
        self.flush_text();
        Ok(())
    }

    fn line(&self, at: usize) -> u32 {
        let row = self.starts.partition_point(|start| *start <= at).max(1) - 1;
        self.first
            .saturating_add(u32::try_from(row).unwrap_or(u32::MAX))
    }

    fn note(&mut self, at: usize, kind: NoteKind) {
        let line = Some(self.line(at));
        self.out.notes.push(Note::new(line, kind));
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), (u32, ErrorKind)> {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => return self.end(tag, &range),
            Event::Html(html) => {
                if let Some((text, _)) = &mut self.html {
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(tag) if self.image.is_none() => self.inline_html(&tag, range.start),
            Event::Text(text) => self.words(&text, range),
            Event::Code(code) if self.skip.is_none() => match &mut self.image {
                Some(image) => image.alt.push_str(&code),
                None => self.run.marked(&code, Mark::Code),
            },
            Event::SoftBreak => self.run.text(" "),
            Event::HardBreak => self.run.line_break(),
            Event::Rule => self.note(range.start, NoteKind::RuleDropped {}),
            _ => {}
        }
        Ok(())
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if self.skip.is_some() {
            return;
        }
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
        } else if let Some(code) = &mut self.code {
            code.push_str(text);
        } else if self.source.get(range.clone()) != Some(text) {
            // An entity: its character is never part of a reference.
            self.flush_text();
            self.run.text(text);
        } else if let Some(open) = &mut self.text
            && open.end == range.start
        {
            open.end = range.end;
        } else {
            self.flush_text();
            self.text = Some(range);
        }
    }

    /// Adds gathered words to the run, with references taken out of them.
    fn flush_text(&mut self) {
        let Some(range) = self.text.take() else {
            return;
        };
        let source = self.source;
        let mut rest = &source[range.clone()];
        let mut at = range.start;
        if source[..at].ends_with('\\') {
            let width = rest.chars().next().map_or(0, char::len_utf8);
            self.run.text(&rest[..width]);
            rest = &rest[width..];
            at += width;
        }
        while let Some(close) = rest.find("}}") {
            let end = close + 2;
            let open = rest[..close].rfind("{{");
            let found = open.and_then(|open| Some((open, reference(&rest[open + 2..close])?)));
            if let Some((open, (fact, key))) = found {
                self.run.text(&rest[..open]);
                let line = Some(self.line(at + open));
                self.run.fact(fact.source, key, fact.field, line);
            } else {
                self.run.text(&rest[..end]);
            }
            rest = &rest[end..];
            at += end;
        }
        self.run.text(rest);
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let line = self.line(range.start);
        match tag {
            Tag::Paragraph => self.block = line,
            Tag::Heading { level, .. } => {
                self.flush_block();
                self.block = line;
                self.heading = Some(level_number(level));
            }
            Tag::BlockQuote(kind) => {
                self.flush_block();
                let tone = kind.map(|kind| match kind {
                    BlockQuoteKind::Warning | BlockQuoteKind::Caution => NoticeTone::Warning,
                    _ => NoticeTone::Info,
                });
                let lines = Vec::new();
                self.holders.push(Holder::Quote { tone, lines, line });
            }
            Tag::List(start) => {
                self.flush_block();
                self.lists += 1;
                self.holders.push(Holder::List {
                    ordered: start.is_some(),
                    items: Vec::new(),
                    line,
                });
            }
            Tag::Item => {
                self.block = line;
                self.holders.push(Holder::Item {
                    lines: Vec::new(),
                    items: Vec::new(),
                    ordered: false,
                });
            }
            Tag::CodeBlock(_) => {
                self.flush_block();
                self.block = line;
                self.code = Some(String::new());
                self.note(range.start, NoteKind::CodeFlattened {});
            }
            Tag::HtmlBlock => {
                self.flush_block();
                self.html = Some((String::new(), line));
            }
            Tag::Table(_) => {
                self.flush_block();
                self.table = Some(TableInMaking {
                    line,
                    ..TableInMaking::default()
                });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.run.open_mark(Mark::Emphasis),
            Tag::Strong => self.run.open_mark(Mark::Strong),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } if self.image.is_none() => {
                let href = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                self.run.open_link(&href, Some(line));
            }
            Tag::Image {
                dest_url, title, ..
            } => match &mut self.image {
                Some(image) => image.depth += 1,
                None => {
                    self.image = Some(Image {
                        src: dest_url.to_string(),
                        caption: title.to_string(),
                        alt: String::new(),
                        depth: 1,
                    });
                }
            },
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) -> Result<(), (u32, ErrorKind)> {
        match tag {
            TagEnd::Paragraph => self.paragraph(range),
            TagEnd::Heading(_) => {
                let text = self.run.finish();
                let level = self.heading.take().unwrap_or(2);
                if text.is_empty() {
                    let what = "heading".to_owned();
                    self.note(range.start, NoteKind::EmptyDropped { what });
                } else {
                    self.emit(RawContent::Heading { level, text }, self.block);
                }
            }
            TagEnd::Item => {
                self.flush_block();
                self.end_item();
            }
            TagEnd::List(_) | TagEnd::BlockQuote(_) => {
                self.flush_block();
                self.end_holder();
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                for line in code.lines() {
                    self.run.marked(line, Mark::Code);
                    self.run.line_break();
                }
                self.flush_block();
            }
            TagEnd::HtmlBlock => return self.html_block(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableCell => {
                let cell = self.run.finish();
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.header.push(cell),
                    }
                }
            }
            TagEnd::Emphasis => self.run.close_mark(Mark::Emphasis),
            TagEnd::Strong => self.run.close_mark(Mark::Strong),
            TagEnd::Link => self.run.close_link(),
            TagEnd::Image => return self.end_image(range),
            _ => {}
        }
        Ok(())
    }

    fn end_image(&mut self, range: &Range<usize>) -> Result<(), (u32, ErrorKind)> {
        let Some(mut image) = self.image.take() else {
            return Ok(());
        };
        image.depth -= 1;
        if image.depth > 0 {
            self.image = Some(image);
            return Ok(());
        }
        let line = self.line(range.start);
        let alt = image.alt.trim().to_owned();
        if !self.holders.is_empty() || self.heading.is_some() || self.table.is_some() {
            let image = format!("{} {alt}", image.src).trim_end().to_owned();
            self.note(range.start, NoteKind::ImageDropped { image });
            return Ok(());
        }
        let notes = &mut self.out.notes;
        self.pictures.push(RawContent::Picture {
            src: image.src,
            alt,
            caption: read_inline(&image.caption, line, self.definitions, notes)?,
        });
        Ok(())
    }

    fn paragraph(&mut self, range: &Range<usize>) {
        let raw = self.source[range.clone()].trim();
        if self.holders.is_empty()
            && let Some(key) = raw
                .strip_prefix("{{contact:")
                .and_then(|rest| rest.strip_suffix("}}"))
            && is_key(key)
        {
            self.run.finish();
            let key = key.to_owned();
            self.emit(RawContent::Contact { key }, self.block);
        } else if self.holders.is_empty()
            && let Some(name) = raw
                .strip_prefix("{#")
                .and_then(|rest| rest.strip_suffix('}'))
            && is_key(name)
        {
            self.run.finish();
            let name = name.to_owned();
            self.emit(RawContent::Anchor { name }, self.block);
        } else {
            self.flush_block();
            if self.holders.is_empty() && is_caption(raw) {
                self.out.caption = self.out.blocks.len();
            }
        }
    }

    /// Ends whatever running text is open as a paragraph.
    fn flush_block(&mut self) {
        self.flush_text();
        let text = self.run.finish();
        if !text.is_empty() {
            self.emit(RawContent::Paragraph { text }, self.block);
        }
        for picture in std::mem::take(&mut self.pictures) {
            self.emit(picture, self.block);
        }
        self.skip = None;
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.table.take() else {
            return;
        };
        let width = table.header.len();
        for row in &mut table.rows {
            row.resize(width, Vec::new());
        }
        let caption = self.take_caption();
        let content = RawContent::Table {
            caption,
            header: table.header,
            rows: table.rows,
        };
        self.emit(content, table.line);
    }

    /// The paragraph right above, when it is a table's caption and was not escaped.
    fn take_caption(&mut self) -> Option<String> {
        if !self.holders.is_empty() || self.out.caption != self.out.blocks.len() {
            return None;
        }
        let RawContent::Paragraph { text } = &self.out.blocks.last()?.content else {
            return None;
        };
        let plain = RawInline::plain(text);
        let caption = plain.split_once(": ")?.1.trim().to_owned();
        self.out.blocks.pop();
        Some(caption).filter(|caption| !caption.is_empty())
    }

    fn html_block(&mut self) -> Result<(), (u32, ErrorKind)> {
        let Some((text, line)) = self.html.take() else {
            return Ok(());
        };
        let read = html::read_fragment(&text, line)?;
        self.out.notes.extend(read.notes);
        for block in read.blocks {
            self.emit(block.content, block.line.unwrap_or(line));
        }
        Ok(())
    }

    fn inline_html(&mut self, tag: &str, at: usize) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-'))
            .collect::<String>()
            .to_ascii_lowercase();
        if let Some(skipped) = &self.skip {
            if closing && *skipped == name {
                self.skip = None;
            }
            return;
        }
        let line = Some(self.line(at));
        match name.as_str() {
            "br" => self.run.line_break(),
            "a" if closing => self.run.close_link(),
            "a" => {
                if let Some(href) = html::attribute(tag, "href") {
                    self.run.open_link(&href, line);
                }
            }
            "img" if self.holders.is_empty() && self.heading.is_none() && self.table.is_none() => {
                let value = |name| html::attribute(tag, name).unwrap_or_default();
                self.pictures.push(RawContent::Picture {
                    src: value("src"),
                    alt: torg_kernel::squeeze(&value("alt")),
                    caption: RawRun::new(),
                });
            }
            "img" => {
                let image = html::attribute(tag, "src").unwrap_or_default();
                self.note(at, NoteKind::ImageDropped { image });
            }
            "script" | "style" | "iframe" | "object" | "template" if !closing => {
                let tag = name.clone();
                self.note(at, NoteKind::TagDropped { tag });
                self.skip = Some(name);
            }
            _ => {
                if let Some(mark) = html::mark_of(&name) {
                    if closing {
                        self.run.close_mark(mark);
                    } else {
                        self.run.open_mark(mark);
                    }
                } else if !closing && !name.is_empty() && name != "span" {
                    self.note(at, NoteKind::TagFlattened { tag: name });
                }
            }
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// `unit:KEY:phone` or `fact:KEY:value`: what it means, with the key.
fn reference(inner: &str) -> Option<(FactRef, &str)> {
    let (source, rest) = inner.split_once(':')?;
    let (key, field) = rest.rsplit_once(':')?;
    if !is_key(key) {
        return None;
    }
    let fact = format!("{source}:{}:{field}", Uuid::nil()).parse().ok()?;
    Some((fact, key))
}

/// Keys of units and facts are letters, digits, hyphens, underscores and full stops.
pub(crate) fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
