//! From a parsed tree to plain HTML.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use torg_kernel::squeeze;

use super::piece::{Piece, is_mark, mark};

/// The deepest element whose structure is kept; what lies deeper is taken as plain words.
const DEPTH: usize = 150;

/// Never seen by a reader.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "meta", "link",
    "input", "source", "track", "param",
];
/// Left out with what is in it; the reader of HTML says so of the empty tag.
const EMPTIED: &[&str] = &[
    "form", "nav", "canvas", "button", "select", "textarea", "dialog", "map", "frameset",
];
/// Tags in which a picture has no place of its own.
const INLINE: &[&str] = &[
    "a",
    "td",
    "th",
    "li",
    "dt",
    "dd",
    "caption",
    "figcaption",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "summary",
    "label",
];
/// Tags without content.
const VOID: &[&str] = &["br", "hr", "wbr", "col"];
/// Classes of words that only help those who use the old page.
const UNSEEN: &[&str] = &[
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "skip-link",
    "sharedaddy",
    // The second link and the frame beside a link to a file.
    "wp-block-file__button",
    "wp-block-file__embed",
];

/// Plain HTML with its pieces.
#[derive(Debug, Default)]
pub(crate) struct Simple {
    pub(crate) html: String,
    pub(crate) pieces: Vec<Piece>,
}

/// Makes plain HTML.
pub(crate) struct Simplifier<'a> {
    /// Makes an address whole.
    whole: &'a dyn Fn(&str) -> String,
    /// Says what is left out in silence.
    skip: &'a dyn Fn(ElementRef<'_>) -> bool,
    out: Simple,
    inline: usize,
}

impl<'a> Simplifier<'a> {
    pub(crate) fn new(
        whole: &'a dyn Fn(&str) -> String,
        skip: &'a dyn Fn(ElementRef<'_>) -> bool,
    ) -> Self {
        Self {
            whole,
            skip,
            out: Simple::default(),
            inline: 0,
        }
    }

    /// What lies in an element, plain.
    pub(crate) fn inside(mut self, element: ElementRef<'_>) -> Simple {
        self.children(*element, 0);
        self.out
    }

    fn children(&mut self, node: NodeRef<'_, Node>, depth: usize) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) if depth > DEPTH => {
                    for inner in child.descendants() {
                        if let Node::Text(text) = inner.value() {
                            self.text(text);
                            self.out.html.push(' ');
                        }
                    }
                }
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out.html);
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name();
        if SILENT.contains(&name) || unseen(element) || (self.skip)(element) {
            return;
        }
        if EMPTIED.contains(&name) {
            self.out.html.push_str(&format!("<{name}></{name}>"));
            return;
        }
        match name {
            "img" | "picture" => self.picture(element, String::new()),
            "iframe" | "embed" | "object" | "video" | "audio" => self.media(element, ""),
            "figure" => self.figure(element, depth),
            "a" => self.link(element, depth),
            "p" | "div" if lone_address(element).is_some() => {
                let address = lone_address(element).unwrap_or_default();
                if is_film(&address) {
                    self.place(Piece::Media {
                        address,
                        title: String::new(),
                    });
                } else {
                    self.out.html.push_str("<p><a href=\"");
                    attribute(&address, &mut self.out.html);
                    self.out.html.push_str("\">");
                    self.text(&address);
                    self.out.html.push_str("</a></p>");
                }
            }
            _ => self.plain(element, name, depth),
        }
    }

    fn plain(&mut self, element: ElementRef<'_>, name: &str, depth: usize) {
        // Names such as `o:p` and what a broken file makes of them.
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            self.children(*element, depth);
            return;
        }
        self.out.html.push('<');
        self.out.html.push_str(name);
        for key in ["colspan", "rowspan", "class"] {
            let value = element.value().attr(key);
            if let Some(value) = value.filter(|value| key != "class" || value.contains("MsoList")) {
                self.out.html.push_str(&format!(" {key}=\""));
                attribute(value, &mut self.out.html);
                self.out.html.push('"');
            }
        }
        self.out.html.push('>');
        if VOID.contains(&name) {
            return;
        }
        let inline = INLINE.contains(&name);
        self.inline += usize::from(inline);
        self.children(*element, depth);
        self.inline -= usize::from(inline);
        self.out.html.push_str(&format!("</{name}>"));
    }

    fn link(&mut self, element: ElementRef<'_>, depth: usize) {
        let href = element.value().attr("href").unwrap_or_default();
        // A picture that leads to its larger self, or a link that was only a place.
        if href.is_empty() || squeeze(&words_of(element)).is_empty() {
            self.children(*element, depth);
            return;
        }
        self.out.html.push_str("<a href=\"");
        attribute(&(self.whole)(href), &mut self.out.html);
        self.out.html.push_str("\">");
        self.inline += 1;
        self.children(*element, depth);
        self.inline -= 1;
        self.out.html.push_str("</a>");
    }

    fn figure(&mut self, element: ElementRef<'_>, depth: usize) {
        let found = |names: &[&str]| {
            let mut found = element
                .descendent_elements()
                .filter(|inner| names.contains(&inner.value().name()));
            (found.next(), found.next().is_some())
        };
        let (caption, _) = found(&["figcaption"]);
        let words = caption
            .map(|caption| squeeze(&words_of(caption)))
            .unwrap_or_default();
        let (picture, several) = found(&["img"]);
        let shown = element.descendent_elements().find_map(lone_address);
        let (media, _) = found(&["iframe", "video", "audio", "embed", "object"]);
        if let Some(media) = media {
            self.media(media, &words);
        } else if let Some(address) = shown.filter(|address| is_film(address)) {
            self.place(Piece::Media {
                address,
                title: words,
            });
        } else if let (Some(picture), false) = (picture, several) {
            self.picture(picture, words);
        } else {
            self.plain(element, "figure", depth);
        }
    }

    fn picture(&mut self, element: ElementRef<'_>, caption: String) {
        let image = element
            .descendent_elements()
            .find(|inner| inner.value().name() == "img")
            .unwrap_or(element);
        let attr = |key: &str| {
            image
                .value()
                .attr(key)
                .map(str::trim)
                .filter(|v| !v.is_empty())
        };
        // Pages that load pictures late hold a blank one in their place.
        let late = ["data-src", "data-lazy-src", "data-original"];
        let source = late
            .iter()
            .find_map(|key| attr(key))
            .or_else(|| attr("src"));
        let Some(source) = source.filter(|source| !source.starts_with("data:")) else {
            return;
        };
        self.place(Piece::Picture {
            address: (self.whole)(source),
            alt: image.value().attr("alt").map(squeeze),
            caption,
        });
    }

    fn media(&mut self, element: ElementRef<'_>, caption: &str) {
        let source = ["src", "data-src", "data"]
            .iter()
            .find_map(|key| element.value().attr(key))
            .or_else(|| {
                element
                    .descendent_elements()
                    .filter(|inner| matches!(inner.value().name(), "source" | "embed"))
                    .find_map(|inner| inner.value().attr("src"))
            })
            .map(str::trim)
            .filter(|source| !source.is_empty() && !source.starts_with("about:"));
        let Some(source) = source else {
            let name = element.value().name();
            self.out.html.push_str(&format!("<{name}></{name}>"));
            return;
        };
        let title = ["title", "aria-label"]
            .iter()
            .find_map(|key| element.value().attr(key).map(squeeze))
            .filter(|title| !title.is_empty());
        self.place(Piece::Media {
            address: watch_address(&(self.whole)(source)),
            title: title.unwrap_or_else(|| caption.to_owned()),
        });
    }

    fn place(&mut self, piece: Piece) {
        let mark = mark(self.out.pieces.len());
        self.out.pieces.push(piece);
        if self.inline > 0 {
            self.out.html.push_str(&mark);
        } else {
            self.out.html.push_str(&format!("<p>{mark}</p>"));
        }
    }
}

fn unseen(element: ElementRef<'_>) -> bool {
    let value = element.value();
    value.attr("hidden").is_some()
        || value.attr("aria-hidden") == Some("true")
        || value.classes().any(|class| UNSEEN.contains(&class))
}

/// The words in an element, without scripts and styles.
pub(crate) fn words_of(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        let Node::Text(text) = node.value() else {
            continue;
        };
        let silent = node
            .parent()
            .and_then(|parent| {
                parent
                    .value()
                    .as_element()
                    .map(scraper::node::Element::name)
            })
            .map(|name| name != "title" && SILENT.contains(&name));
        if silent != Some(true) {
            out.push_str(text);
            out.push(' ');
        }
    }
    out
}

/// The address that is all an element says: how WordPress writes what is shown from elsewhere.
fn lone_address(element: ElementRef<'_>) -> Option<String> {
    if element.child_elements().next().is_some() {
        return None;
    }
    let text: String = element.text().collect();
    let text = text.trim();
    let whole = text.starts_with("https://") || text.starts_with("http://");
    (whole && !text.contains(char::is_whitespace) && text.len() < 2_000).then(|| text.to_owned())
}

/// Whether an address is a film at one of the places where cities have theirs.
pub(crate) fn is_film(address: &str) -> bool {
    let host = crate::old::parse(address).map(|url| crate::old::host(&url));
    host.is_some_and(|host| {
        [
            "youtube.com",
            "youtu.be",
            "m.youtube.com",
            "youtube-nocookie.com",
            "vimeo.com",
            "player.vimeo.com",
            "play.mediaflow.com",
            "mediaflow.com",
            "screen9.tv",
            "wordpress.tv",
            "videopress.com",
        ]
        .contains(&host.as_str())
    })
}

/// The address at which a person watches what a frame shows.
fn watch_address(address: &str) -> String {
    let Some(url) = crate::old::parse(address) else {
        return address.to_owned();
    };
    let last = url.path().rsplit('/').next().unwrap_or_default();
    match crate::old::host(&url).as_str() {
        "youtube.com" | "youtube-nocookie.com" if url.path().starts_with("/embed/") => {
            format!("https://www.youtube.com/watch?v={last}")
        }
        "player.vimeo.com" => format!("https://vimeo.com/{last}"),
        _ => address.to_owned(),
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
}

fn attribute(text: &str, out: &mut String) {
    let mut plain = String::with_capacity(text.len());
    escape(text, &mut plain);
    out.push_str(&plain.replace('"', "&quot;"));
}
