//! Reads an export as a stream: one item in memory at a time. Document types are passed over unread
//! and entities are never looked up, so that nothing in a file can fetch or multiply anything.

use std::io::Read;
use std::rc::Rc;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{Error, NsReader};

use super::Source;
use super::clean::{Clean, Counts, LIMIT, allowed};
use super::entry::{Entry, Head};
use crate::error::{ErrorKind, ForeignError};

/// Tags inside each other; an export has six.
const DEEPEST: usize = 64;

/// Entities that are named in the report of one item.
const NAMED: usize = 10;

/// Whose name a tag has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Plain,
    WordPress,
    Content,
    Excerpt,
    Other,
}

type Stream<'a> = NsReader<Clean<Box<dyn Read + 'a>>>;

/// Reads a file and gives each item to `sink`.
pub(crate) fn walk(source: &Source, sink: &mut dyn FnMut(Entry)) -> Result<Head, ForeignError> {
    let counts = Rc::new(Counts::default());
    let mut xml: Stream<'_> = NsReader::from_reader(Clean::new(source.open()?, counts.clone()));
    xml.config_mut().expand_empty_elements = true;
    let mut state = State::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        counts.since.set(0);
        let read = xml
            .read_resolved_event_into(&mut buffer)
            .map(|(space, event)| (space_of(&space), event));
        let (space, event) = match read {
            Ok(read) => read,
            Err(error) => return Err(located(source, xml.error_position(), kind_of(&error))),
        };
        if let Event::Eof = event {
            if state.path.is_empty() && state.begun {
                break;
            }
            return Err(located(source, xml.buffer_position(), ErrorKind::XmlCut {}));
        }
        if let Err(kind) = state.event(space, event, sink) {
            return Err(located(source, xml.buffer_position(), kind));
        }
    }
    state.head.bad = counts.bad.get();
    if state.head.version.is_empty() && !state.wordpress {
        let root = "rss".to_owned();
        return Err(ForeignError::new(
            &source.name(),
            ErrorKind::NotWxr { root },
        ));
    }
    Ok(state.head)
}

fn space_of(result: &ResolveResult<'_>) -> Space {
    match result {
        ResolveResult::Unbound => Space::Plain,
        ResolveResult::Bound(namespace) => {
            let name: &str = namespace.as_ref();
            // Exports have been written with both schemes.
            let name = name.split_once("://").map_or(name, |(_, rest)| rest);
            if name.starts_with("wordpress.org/export/") {
                if name.trim_end_matches('/').ends_with("excerpt") {
                    Space::Excerpt
                } else {
                    Space::WordPress
                }
            } else if name == "purl.org/rss/1.0/modules/content/" {
                Space::Content
            } else {
                Space::Other
            }
        }
        // Declared nowhere: a file put together by hand. Its own prefix is as good.
        ResolveResult::Unknown(prefix) => match prefix.as_str() {
            "wp" => Space::WordPress,
            "content" => Space::Content,
            "excerpt" => Space::Excerpt,
            _ => Space::Other,
        },
    }
}

fn kind_of(error: &Error) -> ErrorKind {
    match error {
        Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            ErrorKind::TextTooLarge {
                megabytes: LIMIT / 1_048_576,
            }
        }
        Error::Io(error) => ErrorKind::Unreadable {
            reason: error.to_string(),
        },
        Error::Syntax(_) => ErrorKind::Xml {
            reason: error.to_string(),
        },
        other => ErrorKind::Xml {
            reason: other.to_string(),
        },
    }
}

/// Finds line and column of a byte by reading the stream once more: only errors ask for it.
fn located(source: &Source, offset: u64, kind: ErrorKind) -> ForeignError {
    let mut error = ForeignError::new(&source.name(), kind);
    let Ok(raw) = source.open() else {
        return error;
    };
    let mut text =
        std::io::BufReader::new(Clean::new(raw, Rc::new(Counts::default())).take(offset));
    let (mut line, mut column) = (1_u64, 1_u64);
    let mut chunk = [0_u8; 8192];
    while let Ok(length) = text.read(&mut chunk) {
        if length == 0 {
            break;
        }
        for byte in &chunk[..length] {
            match byte {
                b'\n' => (line, column) = (line + 1, 1),
                // Bytes inside a character of several do not count.
                byte if byte & 0xc0 == 0x80 => {}
                _ => column += 1,
            }
        }
    }
    error.at = Some((line, column));
    error
}

#[derive(Default)]
struct State {
    head: Head,
    path: Vec<(Space, String)>,
    text: String,
    entry: Option<Entry>,
    meta: (String, String),
    /// Whether the open category is one that readers see.
    category: bool,
    begun: bool,
    wordpress: bool,
}

impl State {
    fn event(
        &mut self,
        space: Space,
        event: Event<'_>,
        sink: &mut dyn FnMut(Entry),
    ) -> Result<(), ErrorKind> {
        match event {
            Event::Start(tag) => self.open(space, &tag)?,
            Event::End(_) => self.close(sink),
            Event::Text(text) => self.text.push_str(&text),
            Event::CData(text) => self.text.push_str(&text),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => self.head.document_type = true,
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, space: Space, tag: &BytesStart<'_>) -> Result<(), ErrorKind> {
        let name = tag.local_name();
        let name: &str = name.as_ref();
        if self.path.is_empty() {
            if self.begun || name != "rss" {
                let root = name.chars().take(40).collect();
                return Err(ErrorKind::NotWxr { root });
            }
            self.begun = true;
        }
        if self.path.len() >= DEEPEST {
            return Err(ErrorKind::TooDeep { limit: DEEPEST });
        }
        self.wordpress |= space == Space::WordPress;
        self.text.clear();
        if self.path.len() == 2 && name == "item" {
            self.entry = Some(Entry::default());
        }
        if self.path.len() == 3 && name == "category" {
            let value = |name: &str| {
                let found = tag.try_get_attribute(name).ok().flatten();
                found
                    .map(|found| found.value.to_string())
                    .unwrap_or_default()
            };
            let domain = value("domain");
            self.category = matches!(domain.as_str(), "category" | "post_tag" | "tag");
            if let Some(entry) = self.entry.as_mut().filter(|_| domain == "language") {
                entry.language = crate::language::locale(&value("nicename"));
            }
        }
        self.path.push((space, name.to_owned()));
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            self.text.extend(Some(c).filter(|c| allowed(*c)));
            return;
        }
        let name: &str = reference;
        match quick_xml::escape::resolve_xml_entity(name) {
            Some(text) => self.text.push_str(text),
            None => {
                self.text.push_str(&format!("&{name};"));
                let named = match &mut self.entry {
                    Some(entry) => &mut entry.entities,
                    None => &mut self.head.entities,
                };
                let name: String = name.chars().take(60).collect();
                if named.len() < NAMED && !named.contains(&name) {
                    named.push(name);
                }
            }
        }
    }

    fn close(&mut self, sink: &mut dyn FnMut(Entry)) {
        let Some((space, name)) = self.path.pop() else {
            return;
        };
        let text = std::mem::take(&mut self.text);
        match (self.path.len(), &mut self.entry) {
            (2, entry) if name == "item" => {
                if let Some(entry) = entry.take() {
                    sink(entry);
                }
            }
            (2, None) => self.head.field(space, &name, text),
            (3, Some(entry)) => match (space, name.as_str()) {
                (Space::Plain, "category") => {
                    if self.category {
                        entry.categories.push(text.trim().to_owned());
                    }
                }
                (Space::WordPress, "comment") => entry.comments += 1,
                (Space::WordPress, "postmeta") => {
                    let (key, value) = std::mem::take(&mut self.meta);
                    entry.meta(&key, &value);
                }
                _ => entry.field(space, &name, text),
            },
            (4, Some(_)) => match (space, name.as_str()) {
                (Space::WordPress, "meta_key") => self.meta.0 = text,
                (Space::WordPress, "meta_value") => self.meta.1 = text,
                _ => {}
            },
            _ => {}
        }
    }
}

impl Head {
    fn field(&mut self, space: Space, name: &str, text: String) {
        match (space, name) {
            (Space::WordPress, "wxr_version") => self.version = text.trim().to_owned(),
            (Space::Plain, "language") => self.language = text.trim().to_owned(),
            (Space::Plain, "link") => self.site = text.trim().to_owned(),
            (Space::WordPress, "base_blog_url") => self.blog = text.trim().to_owned(),
            (Space::WordPress, "author") => self.authors += 1,
            _ => {}
        }
    }
}

impl Entry {
    fn field(&mut self, space: Space, name: &str, text: String) {
        let trimmed = text.trim();
        match (space, name) {
            (Space::Plain, "title") => self.title = torg_kernel::squeeze(&text),
            (Space::Plain, "link") => self.link = trimmed.to_owned(),
            (Space::Plain, "guid") => self.guid = trimmed.to_owned(),
            (Space::Content, "encoded") => self.content = text,
            (Space::Excerpt, "encoded") => self.excerpt = text,
            (Space::WordPress, "post_id") => self.id = trimmed.parse().unwrap_or(0),
            (Space::WordPress, "post_date_gmt") => self.date = trimmed.to_owned(),
            (Space::WordPress, "status") => self.status = trimmed.to_owned(),
            (Space::WordPress, "post_type") => self.kind = trimmed.to_owned(),
            (Space::WordPress, "post_name") => self.slug = trimmed.to_owned(),
            (Space::WordPress, "post_parent") => self.parent = trimmed.parse().unwrap_or(0),
            (Space::WordPress, "menu_order") => self.order = trimmed.parse().unwrap_or(0),
            (Space::WordPress, "post_password") => self.password = !trimmed.is_empty(),
            (Space::WordPress, "is_sticky") => self.sticky = trimmed == "1",
            (Space::WordPress, "attachment_url") => self.file = trimmed.to_owned(),
            _ => {}
        }
    }
}
