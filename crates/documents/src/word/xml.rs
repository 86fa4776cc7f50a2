//! Elements with attributes, opened and closed in order.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::text::clean;

/// XML being written. Text and attributes are escaped here and nowhere else.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

type Attributes<'a> = &'a [(&'a str, &'a str)];

const INTO_MEMORY: &str = "writing into memory cannot fail";

fn start<'a>(name: &'static str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, &*clean(value)));
    }
    element
}

impl Xml {
    /// A file of its own.
    pub(super) fn new() -> Self {
        let mut writer = Writer::new(Vec::new());
        writer
            .write_event(Event::Decl(BytesDecl::new(
                "1.0",
                Some("UTF-8"),
                Some("yes"),
            )))
            .expect(INTO_MEMORY);
        Self {
            writer,
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.writer
            .write_event(Event::Start(start(name, attributes)))
            .expect(INTO_MEMORY);
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.writer
                .write_event(Event::End(BytesEnd::new(name)))
                .expect(INTO_MEMORY);
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.writer
            .write_event(Event::Empty(start(name, attributes)))
            .expect(INTO_MEMORY);
    }

    /// An empty element with the one attribute that most in WordprocessingML have.
    pub(super) fn value(&mut self, name: &'static str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// An element that holds text alone.
    pub(super) fn element(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.writer
            .write_event(Event::Text(BytesText::new(&clean(text))))
            .expect(INTO_MEMORY);
        self.close();
    }

    /// The file, everything closed.
    pub(super) fn done(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }
}
