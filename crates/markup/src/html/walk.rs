//! From elements to blocks. Depth is bounded: what lies deeper is taken as plain words.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use torg_kernel::Mark;

use crate::html::mark_of;
use crate::markdown::Read;
use crate::note::{Note, NoteKind};
use crate::raw::{RawBlock, RawContent, RawInline, RawItem, RawRun};
use crate::run::RunBuilder;

/// The deepest element whose structure is kept.
const DEPTH: usize = 120;

/// Values not found in the source before the search is given up, since each costs a whole reading.
const UNFOUND: usize = 100;
/// Unknown tags that are named in the report.
const NAMED_TAGS: usize = 40;

/// Left out with all that is in them, and said so.
const DROPPED: &[&str] = &[
    "script", "style", "form", "iframe", "object", "embed", "video", "audio", "canvas", "button",
    "select", "textarea", "dialog", "nav", "map", "frameset",
];
/// Left out in silence: nothing that a reader would see.
const SILENT: &[&str] = &[
    "noscript", "template", "svg", "math", "head", "title", "meta", "link", "input", "col",
    "colgroup", "xml",
];
/// Tags whose loss changes nothing.
const PLAIN: &[&str] = &[
    "span",
    "font",
    "p",
    "o:p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "address",
    "center",
    "body",
    "html",
    "label",
    "u",
    "small",
    "abbr",
    "time",
    "summary",
    "details",
    "hgroup",
    "tbody",
    "wbr",
    "st1:place",
    "bdi",
    "bdo",
    "ins",
];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "address",
    "center",
    "body",
    "html",
    "details",
    "summary",
    "hgroup",
    "fieldset",
    "li",
    "dd",
    "dt",
    "tr",
    "td",
    "th",
    "caption",
    "tbody",
    "thead",
    "tfoot",
    "legend",
    "search",
];

pub(super) struct Walker<'a> {
    pub(super) read: Read,
    pub(super) run: RunBuilder,
    /// Whether the site's own header, footer and the like are still in what is read.
    pub(super) whole_body: bool,
    source: &'a str,
    sought: usize,
    unfound: usize,
    line: u32,
    pub(super) inline: usize,
    pub(super) lists: Vec<(Vec<RawItem>, bool)>,
    quote_source: Option<String>,
    flattened: Vec<String>,
    pub(super) word_list: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(source: &'a str, first: u32) -> Self {
        Self {
            read: Read::default(),
            run: RunBuilder::default(),
            whole_body: false,
            source,
            sought: 0,
            unfound: 0,
            line: first,
            inline: 0,
            lists: Vec::new(),
            quote_source: None,
            flattened: Vec::new(),
            word_list: false,
        }
    }

    pub(super) fn finish(mut self) -> Read {
        self.flush();
        self.read
    }

    /// The line on which a value stands, looked for from the last one found: the parser keeps no
    /// positions.
    fn line_of(&mut self, value: &str) -> Option<u32> {
        if value.is_empty() || self.unfound > UNFOUND {
            return None;
        }
        let rest = &self.source[self.sought..];
        let mut at = rest.find(&value.replace('&', "&amp;"));
        if at.is_none() {
            self.unfound += 1;
            at = rest.find(value);
        }
        let at = at?;
        let lines = rest[..at].matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(0));
        self.sought += at;
        Some(self.line)
    }

    pub(super) fn note(&mut self, line: Option<u32>, kind: NoteKind) {
        self.read.notes.push(Note::new(line, kind));
    }

    /// Ends the open paragraph, or within a cell or item the open line.
    pub(super) fn flush(&mut self) {
        if self.inline > 0 {
            self.run.line_break();
            return;
        }
        let text = self.run.take();
        if !text.is_empty() {
            self.emit(RawContent::Paragraph { text });
        }
    }

    pub(super) fn emit(&mut self, content: RawContent) {
        self.word_list = false;
        self.read.blocks.push(RawBlock {
            line: None,
            content,
        });
    }

    /// Ends the open paragraph and adds a block.
    pub(super) fn block(&mut self, content: RawContent) {
        self.flush();
        self.emit(content);
    }

    pub(super) fn children(&mut self, node: NodeRef<'_, Node>, depth: usize) {
        for child in node.children() {
            self.node(child, depth + 1);
        }
    }

    fn node(&mut self, node: NodeRef<'_, Node>, depth: usize) {
        if depth > DEPTH {
            for inner in node.descendants() {
                if let Node::Text(text) = inner.value() {
                    self.run.text(text);
                    self.run.text(" ");
                }
            }
            return;
        }
        match node.value() {
            Node::Text(text) => self.run.text(text),
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.element(element, depth);
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name().to_ascii_lowercase();
        let name = name.as_str();
        let attr = |key: &str| element.value().attr(key);
        if SILENT.contains(&name) || attr("hidden").is_some() || attr("aria-hidden") == Some("true")
        {
            return;
        }
        let around = self.whole_body && matches!(name, "header" | "footer" | "aside");
        if DROPPED.contains(&name) || around {
            let tag = name.to_owned();
            self.note(None, NoteKind::TagDropped { tag });
            return;
        }
        match name {
            "br" => self.line_break(),
            "hr" => {
                self.flush();
                self.note(None, NoteKind::RuleDropped {});
            }
            "img" | "picture" => self.image(element),
            "a" => self.link(element, depth),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, name, depth),
            "ul" | "ol" | "menu" | "dir" => self.list(element, depth),
            "dl" => self.definitions(element, depth),
            "table" => self.table(element, depth),
            "blockquote" => self.quote(element, depth),
            "pre" | "listing" | "xmp" => self.preformatted(element),
            "cite" | "footer" if self.quote_source.is_some() => {
                let words: String = element.text().collect();
                let words = torg_kernel::squeeze(&words);
                let words = words.trim_start_matches(['—', '–', '-', ' ']);
                self.quote_source = Some(words.to_owned());
            }
            _ => self.other(element, name, depth),
        }
    }

    fn other(&mut self, element: ElementRef<'_>, name: &str, depth: usize) {
        let block = BLOCKS.contains(&name);
        if let Some(mark) = mark_of(name) {
            self.run.open_mark(mark);
            self.children(*element, depth);
            self.run.close_mark(mark);
            return;
        }
        let named =
            self.flattened.len() >= NAMED_TAGS || self.flattened.iter().any(|tag| tag == name);
        if !PLAIN.contains(&name) && !block && !named {
            self.flattened.push(name.to_owned());
            let tag = name.to_owned();
            self.note(None, NoteKind::TagFlattened { tag });
        }
        if !block {
            self.children(*element, depth);
            return;
        }
        self.flush();
        let class = element.value().attr("class").unwrap_or_default();
        if self.inline == 0 && name == "p" && class.contains("MsoList") {
            self.word_item(element, depth);
            return;
        }
        let strong = name == "summary";
        if strong {
            self.run.open_mark(Mark::Strong);
        }
        self.children(*element, depth);
        if strong {
            self.run.close_mark(Mark::Strong);
        }
        self.flush();
    }

    fn line_break(&mut self) {
        // Two in a row are the old way of writing a new paragraph.
        if self.inline == 0 && self.run.ends_with_break() {
            self.flush();
        } else {
            self.run.line_break();
        }
    }

    fn image(&mut self, element: ElementRef<'_>) {
        let image = element
            .select(&scraper::Selector::parse("img").expect("a tag name is a selector"))
            .next()
            .unwrap_or(element);
        let name = ["alt", "src"]
            .iter()
            .find_map(|key| image.value().attr(key).filter(|text| !text.is_empty()))
            .unwrap_or_default()
            .chars()
            .take(120)
            .collect::<String>();
        let line = image.value().attr("src").and_then(|src| self.line_of(src));
        self.note(line, NoteKind::ImageDropped { image: name });
    }

    fn link(&mut self, element: ElementRef<'_>, depth: usize) {
        let Some(href) = element.value().attr("href") else {
            self.children(*element, depth);
            return;
        };
        let line = self.line_of(href);
        // Addresses may be broken over lines in old files.
        let href: String = href.chars().filter(|c| !c.is_control()).collect();
        self.run.open_link(href.trim(), line);
        self.inline += 1;
        self.children(*element, depth);
        self.inline -= 1;
        self.run.close_link();
    }

    /// The element's content as one run of text, apart from what is gathered outside it.
    pub(super) fn gather(&mut self, element: ElementRef<'_>, depth: usize) -> RawRun {
        let outer = std::mem::take(&mut self.run);
        self.inline += 1;
        self.children(*element, depth);
        self.inline -= 1;
        std::mem::replace(&mut self.run, outer).finish()
    }

    fn heading(&mut self, element: ElementRef<'_>, name: &str, depth: usize) {
        if self.inline > 0 {
            self.flush();
            self.children(*element, depth);
            self.flush();
            return;
        }
        self.flush();
        let mut text = self.gather(element, depth);
        // Bold headings are bold anyway.
        strip_strong(&mut text);
        let level = name.as_bytes().get(1).map_or(2, |digit| digit - b'0');
        if text.is_empty() {
            let what = "heading".to_owned();
            self.note(None, NoteKind::EmptyDropped { what });
        } else {
            self.emit(RawContent::Heading { level, text });
        }
    }

    fn quote(&mut self, element: ElementRef<'_>, depth: usize) {
        self.flush();
        if self.inline > 0 {
            self.children(*element, depth);
            self.flush();
            return;
        }
        let outer = self.quote_source.replace(String::new());
        let text = self.gather(element, depth);
        let source = std::mem::replace(&mut self.quote_source, outer);
        let source = source.filter(|source| !source.is_empty());
        if !text.is_empty() {
            self.emit(RawContent::Quote { text, source });
        }
    }

    fn preformatted(&mut self, element: ElementRef<'_>) {
        self.flush();
        self.note(None, NoteKind::CodeFlattened {});
        let words: String = element.text().collect();
        for line in words.lines() {
            self.run.marked(line, Mark::Code);
            self.run.line_break();
        }
        self.flush();
    }
}

pub(super) fn strip_strong(text: &mut RawRun) {
    let mut run = RunBuilder::default();
    let mut stripped = std::mem::take(text);
    for inline in &mut stripped {
        match inline {
            RawInline::Text { marks, .. } => marks.retain(|mark| *mark != Mark::Strong),
            RawInline::Link { text, .. } => strip_strong(text),
            _ => {}
        }
    }
    run.append(stripped);
    *text = run.finish();
}
