//! From elements to blocks. Depth is bounded: what lies deeper is taken as plain words.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use torg_kernel::Mark;

use crate::html::mark_of;
use crate::markdown::Read;
use crate::note::{Note, NoteKind};
use crate::raw::{RawAction, RawBlock, RawContent, RawInline, RawItem, RawRun};
use crate::run::RunBuilder;

/// The deepest element whose structure is kept.
const DEPTH: usize = 120;

/// Values not found in the source before the search is given up, since each costs a whole reading.
const UNFOUND: usize = 100;
/// Unknown tags that are named in the report.
const NAMED_TAGS: usize = 40;

/// Left out with all that is in them, and said so.
const DROPPED: &[&str] = &[
    "script", "style", "form", "object", "embed", "video", "audio", "canvas", "button", "select",
    "textarea", "dialog", "nav", "map", "frameset",
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
    /// Pictures of the open paragraph, list or table, which come after it.
    pictures: Vec<RawContent>,
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
            pictures: Vec::new(),
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
        for picture in std::mem::take(&mut self.pictures) {
            self.emit(picture);
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
            "figure" => self.figure(element, depth),
            "details" if self.inline == 0 => self.details(element, depth),
            "aside" if self.inline == 0 && has_heading(element) => self.aside(element, depth),
            "iframe" => self.frame(element),
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
        let src = image.value().attr("src").unwrap_or_default().trim();
        let alt = torg_kernel::squeeze(image.value().attr("alt").unwrap_or_default());
        let line = self.line_of(src);
        // Pictures in the page itself (`data:`) are mostly ornaments of the old site.
        if src.is_empty() || src.starts_with("data:") {
            let words = if alt.is_empty() { src } else { &alt };
            let image = words.chars().take(120).collect();
            self.note(line, NoteKind::ImageDropped { image });
            return;
        }
        self.pictures.push(RawContent::Picture {
            src: src.to_owned(),
            alt,
            caption: RawRun::new(),
        });
    }

    /// A figure with one picture gives it its caption; any other caption is a paragraph.
    fn figure(&mut self, element: ElementRef<'_>, depth: usize) {
        self.flush();
        let mut words = None;
        for child in element.children() {
            match ElementRef::wrap(child) {
                Some(inner) if inner.value().name() == "figcaption" => {
                    words = Some(self.gather(inner, depth));
                }
                _ => self.node(child, depth + 1),
            }
        }
        let words = words.filter(|words| !words.is_empty());
        if let (Some(words), [RawContent::Picture { caption, .. }]) =
            (&words, self.pictures.as_mut_slice())
        {
            caption.clone_from(words);
            self.flush();
            return;
        }
        self.flush();
        if let Some(text) = words
            && self.inline == 0
        {
            self.emit(RawContent::Paragraph { text });
        }
    }

    /// What the children give, as blocks of their own.
    fn apart(&mut self, element: ElementRef<'_>, depth: usize, without: &str) -> Vec<RawBlock> {
        self.flush();
        let outer = std::mem::take(&mut self.read.blocks);
        let mut left_out = false;
        for child in element.children() {
            let name = child.value().as_element().map(|inner| inner.name());
            if !left_out && name.is_some_and(|name| without == name) {
                left_out = true;
            } else {
                self.node(child, depth + 1);
            }
        }
        self.flush();
        std::mem::replace(&mut self.read.blocks, outer)
    }

    /// Neighbours that open are one accordion.
    fn details(&mut self, element: ElementRef<'_>, depth: usize) {
        let summary = element
            .child_elements()
            .find(|inner| inner.value().name() == "summary");
        let title =
            summary.map(|summary| torg_kernel::squeeze(&summary.text().collect::<String>()));
        let title = title.filter(|title| !title.is_empty());
        let blocks = self.apart(element, depth, "summary");
        let Some(title) = title else {
            self.read.blocks.extend(blocks);
            return;
        };
        if let Some(RawContent::Accordion { folds }) =
            self.read.blocks.last_mut().map(|block| &mut block.content)
        {
            folds.push((title, blocks));
        } else {
            let folds = vec![(title, blocks)];
            self.emit(RawContent::Accordion { folds });
        }
    }

    /// What stands beside the text under a heading of its own is a fact box.
    fn aside(&mut self, element: ElementRef<'_>, depth: usize) {
        let mut blocks = self.apart(element, depth, "");
        match blocks.first().map(|block| &block.content) {
            Some(RawContent::Heading { text, .. }) => {
                let title = RawInline::plain(text);
                blocks.remove(0);
                self.emit(RawContent::Box { title, blocks });
            }
            _ => self.read.blocks.extend(blocks),
        }
    }

    /// A film in a frame becomes a link to it; other frames are left out.
    fn frame(&mut self, element: ElementRef<'_>) {
        let attribute = |name| element.value().attr(name).unwrap_or_default().trim();
        let video = video_page(attribute("src")).filter(|_| self.inline == 0);
        let Some(href) = video else {
            let tag = "iframe".to_owned();
            self.note(None, NoteKind::TagDropped { tag });
            return;
        };
        let title = torg_kernel::squeeze(attribute("title"));
        let label = if title.is_empty() {
            href.clone()
        } else {
            title
        };
        self.block(RawContent::Video {
            link: RawAction {
                icon: String::new(),
                label,
                href,
                note: String::new(),
                line: None,
            },
            sign_language: false,
            text: RawRun::new(),
        });
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

fn has_heading(element: ElementRef<'_>) -> bool {
    let first = element.child_elements().next();
    first.is_some_and(|inner| matches!(inner.value().name(), "h2" | "h3" | "h4" | "h5" | "h6"))
}

/// The page of a film whose player stands in a frame.
fn video_page(src: &str) -> Option<String> {
    let rest = src
        .strip_prefix("https:")
        .or_else(|| src.strip_prefix("http:"))
        .unwrap_or(src)
        .strip_prefix("//")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let id = |rest: &str| {
        let id = rest.split(['?', '&', '#', '/']).next().unwrap_or_default();
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        (!id.is_empty() && id.chars().all(good)).then(|| id.to_owned())
    };
    match host {
        "youtube.com" | "youtube-nocookie.com" => {
            let id = id(path.strip_prefix("embed/")?)?;
            Some(format!("https://www.youtube.com/watch?v={id}"))
        }
        "player.vimeo.com" => {
            let id = id(path.strip_prefix("video/")?)?;
            Some(format!("https://vimeo.com/{id}"))
        }
        _ => None,
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
