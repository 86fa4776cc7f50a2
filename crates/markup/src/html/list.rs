//! Lists out of HTML: real ones, nested as people and machines nest them, definition lists, and
//! those that Word writes as paragraphs.

use scraper::{ElementRef, Node};
use torg_kernel::Mark;

use crate::html::walk::Walker;
use crate::markdown::LIST_DEPTH;
use crate::note::NoteKind;
use crate::raw::{RawContent, RawInline, RawItem, RawRun};
use crate::run::RunBuilder;

impl Walker<'_> {
    pub(super) fn list(&mut self, element: ElementRef<'_>, depth: usize) {
        let nested = self.inline > 0;
        if nested && (self.lists.is_empty() || self.lists.len() >= LIST_DEPTH) {
            let kind = if self.lists.is_empty() {
                NoteKind::Flattened {
                    what: "list".to_owned(),
                }
            } else {
                NoteKind::ListTooDeep {}
            };
            self.note(None, kind);
            self.flush();
            self.children(*element, depth);
            self.flush();
            return;
        }
        let ordered = element.value().name() == "ol";
        if !nested {
            self.flush();
        }
        let mut items: Vec<RawItem> = Vec::new();
        for child in element.children() {
            let Some(child) = ElementRef::wrap(child) else {
                // Words between the items of a list are an item.
                if let Node::Text(text) = child.value()
                    && !text.trim().is_empty()
                {
                    let mut run = RunBuilder::default();
                    run.text(text);
                    items.push(RawItem {
                        text: run.finish(),
                        ..RawItem::default()
                    });
                }
                continue;
            };
            self.lists.push((Vec::new(), false));
            let wrap = matches!(child.value().name(), "ul" | "ol" | "menu" | "dir");
            let text = if wrap {
                let outer = std::mem::take(&mut self.run);
                self.inline += 1;
                self.list(child, depth + 1);
                self.inline -= 1;
                std::mem::replace(&mut self.run, outer).finish()
            } else {
                self.gather(child, depth + 1)
            };
            let (inner, inner_ordered) = self.lists.pop().unwrap_or_default();
            match items.last_mut() {
                // Lists right inside lists belong to the item above.
                Some(last) if text.is_empty() => {
                    last.ordered = inner_ordered && !inner.is_empty();
                    last.items.extend(inner);
                }
                _ if text.is_empty() => items.extend(inner),
                _ => items.push(RawItem {
                    ordered: inner_ordered && !inner.is_empty(),
                    text,
                    items: inner,
                }),
            }
        }
        self.place_list(ordered, items, nested);
    }

    fn place_list(&mut self, ordered: bool, items: Vec<RawItem>, nested: bool) {
        if items.is_empty() {
            return;
        }
        match self.lists.last_mut() {
            Some((list, numbered)) if nested => {
                *numbered = ordered;
                list.extend(items);
            }
            _ => self.emit(RawContent::List { ordered, items }),
        }
    }

    pub(super) fn definitions(&mut self, element: ElementRef<'_>, depth: usize) {
        self.flush();
        let mut items: Vec<RawItem> = Vec::new();
        for child in element.descendent_elements() {
            let term = child.value().name() == "dt";
            if !term && child.value().name() != "dd" {
                continue;
            }
            let mut text = self.gather(child, depth + 1);
            if text.is_empty() {
                continue;
            }
            if term {
                for inline in &mut text {
                    if let RawInline::Text { marks, .. } = inline {
                        *marks = vec![Mark::Strong];
                    }
                }
            }
            match items.last_mut() {
                Some(item) if !term => {
                    item.text.push(RawInline::Break);
                    item.text.extend(text);
                }
                _ => items.push(RawItem {
                    text,
                    ..RawItem::default()
                }),
            }
        }
        if self.inline > 0 {
            for item in items {
                self.run.append(item.text);
                self.run.line_break();
            }
        } else if !items.is_empty() {
            let ordered = false;
            self.emit(RawContent::List { ordered, items });
        }
    }

    /// Word writes list items as paragraphs that begin with a bullet.
    pub(super) fn word_item(&mut self, element: ElementRef<'_>, depth: usize) {
        let mut text = self.gather(element, depth);
        let ordered = strip_bullet(&mut text);
        if text.is_empty() {
            return;
        }
        let item = RawItem {
            text,
            ..RawItem::default()
        };
        if self.word_list
            && let Some(RawContent::List { items, .. }) =
                self.read.blocks.last_mut().map(|block| &mut block.content)
        {
            items.push(item);
            return;
        }
        let items = vec![item];
        self.emit(RawContent::List { ordered, items });
        self.word_list = true;
    }
}

/// Takes Word's bullet or number off a text; whether it was a number.
fn strip_bullet(text: &mut RawRun) -> bool {
    let Some(RawInline::Text { text: words, .. }) = text.first_mut() else {
        return false;
    };
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && words[digits..].starts_with(['.', ')']);
    let rest = if numbered {
        &words[digits + 1..]
    } else {
        words.trim_start_matches(['·', '•', '§', '–', '-'])
    };
    let rest = rest.trim_start().to_owned();
    *words = rest;
    if words.is_empty() {
        text.remove(0);
        if let Some(RawInline::Text { text: words, .. }) = text.first_mut() {
            *words = words.trim_start().to_owned();
        }
    }
    numbered
}
