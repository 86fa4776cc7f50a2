//! Feeds in Atom (RFC 4287), written from plain data: whoever keeps the entries makes a [`Feed`],
//! this makes the bytes. There is no reader here, and no RSS: every feed reader knows Atom.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use torg_kernel::{Locale, Timestamp};

/// The type to send a feed as (RFC 4287, section 7).
pub const CONTENT_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A feed and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// A name that never changes, as an IRI: `urn:uuid:…`, or the feed's own first address.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// More about it; may be empty.
    pub subtitle: String,
    /// Its own whole address.
    pub self_url: String,
    /// The whole address of the page that shows the same.
    pub html_url: String,
    /// When anything in it changed last. Of an empty feed: when it was made.
    pub updated: Timestamp,
    /// The language of its words.
    pub lang: Locale,
    /// Who is behind it: an organisation. Must not be empty (RFC 4287, section 4.1.1).
    pub author: String,
    /// The entries in the order in which they are to be read.
    pub entries: Vec<Entry>,
}

/// One thing in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A name that never changes, as an IRI: `urn:uuid:…`.
    pub id: String,
    /// The whole address of its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// When it changed last in a way that readers care about.
    pub updated: Timestamp,
    /// When it was first to be seen.
    pub published: Timestamp,
    /// What it is about, as plain text; may be empty.
    pub summary: String,
    /// The whole of it as HTML. Relative addresses in it are read from `url`.
    pub html: Option<String>,
    /// Its categories.
    pub categories: Vec<String>,
    /// Who wrote it; empty when it is the feed's own author.
    pub author: String,
}

/// Whether XML 1.0 can hold a character at all (section 2.2); what it cannot hold would make the
/// whole feed unreadable.
const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| is_xml(*c)).collect()
}

struct Out(Writer<Vec<u8>>);

impl Out {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0
            .write_event(Event::Start(element(name, attributes)))?;
        Ok(())
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0
            .write_event(Event::Text(BytesText::new(&clean(text))))?;
        self.close(name)
    }

    /// An element that is left out when there is nothing to say.
    fn optional(&mut self, name: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.text(name, &[], text)
    }

    fn author(&mut self, name: &str) -> io::Result<()> {
        if name.is_empty() {
            return Ok(());
        }
        self.open("author", &[])?;
        self.text("name", &[], name)?;
        self.close("author")
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.open("entry", &[])?;
        self.text("id", &[], &entry.id)?;
        self.text("title", &[], &entry.title)?;
        self.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "text/html"),
                ("href", &entry.url),
            ],
        )?;
        self.text("published", &[], &entry.published.rfc3339())?;
        self.text("updated", &[], &entry.updated.rfc3339())?;
        self.author(&entry.author)?;
        for category in entry.categories.iter().filter(|name| !name.is_empty()) {
            self.empty("category", &[("term", category)])?;
        }
        self.optional("summary", &entry.summary)?;
        if let Some(html) = &entry.html {
            let attributes = [("type", "html"), ("xml:base", entry.url.as_str())];
            self.text("content", &attributes, html)?;
        }
        self.close("entry")
    }

    fn feed(&mut self, feed: &Feed) -> io::Result<()> {
        self.0
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let lang = feed.lang.to_string();
        self.open(
            "feed",
            &[
                ("xmlns", "http://www.w3.org/2005/Atom"),
                ("xml:lang", &lang),
            ],
        )?;
        self.text("id", &[], &feed.id)?;
        self.text("title", &[], &feed.title)?;
        self.optional("subtitle", &feed.subtitle)?;
        let own = [
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", feed.self_url.as_str()),
        ];
        self.empty("link", &own)?;
        let page = [
            ("rel", "alternate"),
            ("type", "text/html"),
            ("href", feed.html_url.as_str()),
        ];
        self.empty("link", &page)?;
        self.text("updated", &[], &feed.updated.rfc3339())?;
        self.author(&feed.author)?;
        for entry in &feed.entries {
            self.entry(entry)?;
        }
        self.close("feed")
    }
}

fn element(name: &str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name.to_owned());
    for (name, value) in attributes {
        element.push_attribute((*name, clean(value).as_str()));
    }
    element
}

/// The feed as an Atom document. Characters that XML cannot hold are left out.
#[must_use]
pub fn atom(feed: &Feed) -> String {
    let mut out = Out(Writer::new(Vec::with_capacity(
        1_024 + feed.entries.len() * 1_024,
    )));
    out.feed(feed).expect("writing to memory cannot fail");
    String::from_utf8(out.0.into_inner()).expect("text in, text out")
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;

    fn feed() -> Feed {
        Feed {
            id: "https://stad.example/nyheter".to_owned(),
            title: "Nyheter & annat".to_owned(),
            subtitle: String::new(),
            self_url: "https://stad.example/nyheter.atom?a=1&b=2".to_owned(),
            html_url: "https://stad.example/nyheter".to_owned(),
            updated: Timestamp::from_micros(1_772_544_600_000_000),
            lang: Locale::SV,
            author: "Göteborgs Stad".to_owned(),
            entries: vec![Entry {
                id: "urn:uuid:019a0000-0000-7000-8000-000000000001".to_owned(),
                url: "https://stad.example/nyheter/bad".to_owned(),
                title: "Badet <öppnar>\u{0}\u{b} igen".to_owned(),
                updated: Timestamp::from_micros(1_772_544_600_000_000),
                published: Timestamp::from_micros(1_772_458_200_000_000),
                summary: "Nu är \"det\" dags".to_owned(),
                html: Some("<p>Nu &amp; då</p>]]>".to_owned()),
                categories: vec!["Fritid & kultur".to_owned(), String::new()],
                author: String::new(),
            }],
        }
    }

    /// Names of elements with their text and attributes, as a reader gets them.
    fn read(xml: &str) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(xml);
        let (mut path, mut found) = (Vec::new(), Vec::new());
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => {
                    path.push(start.name().as_ref().to_owned());
                    found.push((path.join("/"), String::new()));
                }
                Event::Empty(start) => {
                    let name = start.name().as_ref().to_owned();
                    for attribute in start.attributes() {
                        let attribute = attribute.expect("an attribute");
                        let key = attribute.key.as_ref().to_owned();
                        let value = attribute.value.into_owned();
                        found.push((format!("{name}@{key}"), value));
                    }
                }
                Event::Text(text) => {
                    found.last_mut().expect("an element").1.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let text = match &*name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("{other}"),
                    };
                    found.last_mut().expect("an element").1.push_str(text);
                }
                Event::End(_) => {
                    path.pop();
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn a_feed_says_what_the_standard_asks_for() {
        let xml = atom(&feed());
        let found = read(&xml);
        let text = |name: &str| {
            found
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, text)| text.as_str())
        };
        assert!(
            xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"),
            "{xml}"
        );
        assert_eq!(text("feed/title"), Some("Nyheter & annat"));
        assert_eq!(text("feed/updated"), Some("2026-03-03T13:30:00Z"));
        assert_eq!(text("feed/author/name"), Some("Göteborgs Stad"));
        assert_eq!(text("feed/subtitle"), None);
        assert_eq!(text("feed/entry/title"), Some("Badet <öppnar> igen"));
        assert_eq!(text("feed/entry/content"), Some("<p>Nu &amp; då</p>]]>"));
        assert_eq!(text("feed/entry/author"), None);
        assert!(xml.contains("xml:lang=\"sv\""), "{xml}");
        let links: Vec<&str> = found
            .iter()
            .filter(|(name, _)| name == "link@href")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(links[0], "https://stad.example/nyheter.atom?a=1&amp;b=2");
        assert_eq!(links.len(), 3);
        let categories = found
            .iter()
            .filter(|(name, _)| name == "category@term")
            .count();
        assert_eq!(categories, 1);
    }

    #[test]
    fn a_feed_of_nothing_is_a_feed() {
        let mut empty = feed();
        empty.entries.clear();
        assert!(read(&atom(&empty)).iter().any(|(name, _)| name == "feed"));
    }
}
