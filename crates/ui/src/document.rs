//! Documents as HTML, written straight into one string: a page that is not in the cache is
//! rendered on the reader's time. Ids of headings are slugs made unique; ids of the frame hold an
//! underscore, which no slug does.

mod rich;
mod table;

use std::collections::HashSet;

use torg_kernel::{
    Action, BlockContent, Document, FactItem, Inline, ListItem, Locale, NoticeTone, TaskItem,
    slugify,
};

use crate::inline::{goal, push_anchor, push_inlines};
use crate::{ContactCard, Html, Resolve, T, icon::push_icon, push_escaped};

/// A line in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// The heading's id on the page.
    pub id: String,
    /// What it says.
    pub text: String,
    /// 2, 3 or 4.
    pub level: u8,
}

/// A whole document in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The document.
    pub html: Html,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// Where on the page some blocks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everything where it stands.
    Flow,
    /// Actions and facts before the first text go under the lead, contact cards to the side.
    Article,
    /// As an article, and searches go under the search box.
    Start,
}

/// A document in the parts that a page sets in different places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// Actions, under the lead.
    pub actions: Html,
    /// The strip of facts, under the actions.
    pub facts: Html,
    /// Links to searches that many make.
    pub searches: Html,
    /// The rest, in reading order.
    pub body: Html,
    /// Contact cards for the side.
    pub contacts: Vec<ContactCard>,
    /// The headings of the rest.
    pub toc: Vec<TocEntry>,
}

impl Parts {
    /// The contact cards for the side, one after another.
    #[must_use]
    pub fn contact_cards(&self, t: impl Into<T>) -> Html {
        let t = t.into();
        let mut out = String::new();
        for (at, card) in self.contacts.iter().enumerate() {
            out.push_str(card.html(t, 2, &format!("aside_{}", at + 1)).as_str());
        }
        Html::trusted(out)
    }
}

/// The whole document in reading order.
#[must_use]
pub fn render_document(document: &Document, resolver: &dyn Resolve, locale: Locale) -> Rendered {
    let parts = render_parts(document, resolver, locale, Place::Flow);
    Rendered {
        html: parts.body,
        toc: parts.toc,
    }
}

/// The document in parts for a kind of page.
#[must_use]
pub fn render_parts(
    document: &Document,
    resolver: &dyn Resolve,
    locale: Locale,
    place: Place,
) -> Parts {
    let mut writer = Writer::new(resolver, locale);
    let mut parts = Parts::default();
    let (mut actions, mut facts, mut searches) = (String::new(), String::new(), String::new());
    let mut body = String::with_capacity(document.blocks.len() * 256);
    let mut leading = place != Place::Flow;
    for block in &document.blocks {
        match &block.content {
            BlockContent::Actions { actions: list } if leading => {
                writer.actions(&mut actions, list);
            }
            BlockContent::Facts { items } if leading => writer.facts(&mut facts, items),
            BlockContent::Searches { queries } if place == Place::Start => {
                writer.searches(&mut searches, queries);
            }
            BlockContent::Contact { unit } if place != Place::Flow => {
                parts.contacts.extend(resolver.contact(*unit));
            }
            content => {
                leading = false;
                writer.block(&mut body, content);
            }
        }
    }
    parts.toc = writer.toc;
    parts.actions = Html::trusted(actions);
    parts.facts = Html::trusted(facts);
    parts.searches = Html::trusted(searches);
    parts.body = Html::trusted(body);
    parts
}

/// Sections of one page, each a heading of level 2 with its document below it, in a language of its
/// own. They are drawn together, so that no two headings of the page get the same id. The first line of
/// each table of contents is the section's own heading.
#[must_use]
pub fn render_sections(
    sections: &[(&str, &Document, Locale)],
    resolver: &dyn Resolve,
) -> Vec<Rendered> {
    let mut writer = Writer::new(resolver, Locale::SV);
    let mut drawn = Vec::with_capacity(sections.len());
    for (heading, document, locale) in sections {
        let mut out = String::with_capacity((document.blocks.len() + 1) * 256);
        (writer.t, writer.level, writer.floor) = (T::of(*locale), 1, 2);
        writer.heading(&mut out, 2, &[Inline::text(*heading)]);
        writer.floor = 3;
        for block in &document.blocks {
            writer.block(&mut out, &block.content);
        }
        drawn.push(Rendered {
            html: Html::trusted(out),
            toc: std::mem::take(&mut writer.toc),
        });
    }
    drawn
}

struct Writer<'a> {
    resolver: &'a dyn Resolve,
    t: T,
    ids: HashSet<String>,
    /// The latest heading, which names a table that has no caption.
    heading: String,
    level: u8,
    /// The highest level that a heading may have here: lower inside a box that has a title.
    floor: u8,
    toc: Vec<TocEntry>,
    tables: usize,
    cards: usize,
}

impl<'a> Writer<'a> {
    fn new(resolver: &'a dyn Resolve, locale: Locale) -> Self {
        Self {
            resolver,
            t: T::of(locale),
            ids: HashSet::new(),
            heading: String::new(),
            level: 1,
            floor: 2,
            toc: Vec::new(),
            tables: 0,
            cards: 0,
        }
    }
}

impl Writer<'_> {
    fn inlines(&self, out: &mut String, text: &[Inline]) {
        push_inlines(out, text, self.resolver, self.t, false);
    }

    fn block(&mut self, out: &mut String, content: &BlockContent) {
        match content {
            BlockContent::Paragraph { text } => self.wrapped(out, "<p>", text, "</p>"),
            BlockContent::Heading { level, text } => self.heading(out, *level, text),
            BlockContent::List { ordered, items } => self.list(out, *ordered, items),
            BlockContent::Table {
                caption,
                header,
                rows,
            } => self.table(out, caption.as_deref(), header, rows),
            BlockContent::Quote { text, source } => {
                self.wrapped(out, "<blockquote><p>", text, "</p>");
                if let Some(source) = source {
                    out.push_str("<footer>");
                    push_escaped(out, source);
                    out.push_str("</footer>");
                }
                out.push_str("</blockquote>");
            }
            BlockContent::Notice { tone, text } => self.notice(out, *tone, text),
            BlockContent::Contact { unit } => {
                if let Some(card) = self.resolver.contact(*unit) {
                    self.cards += 1;
                    let id = format!("card_{}", self.cards);
                    let level = self.level.clamp(1, 3) + 1;
                    out.push_str(card.html(self.t, level, &id).as_str());
                }
            }
            BlockContent::Facts { items } => self.facts(out, items),
            BlockContent::Actions { actions } => self.actions(out, actions),
            BlockContent::Tasks { items } => self.tasks(out, items),
            BlockContent::Searches { queries } => self.searches(out, queries),
            rich => self.rich(out, rich),
        }
        out.push('\n');
    }

    fn wrapped(&self, out: &mut String, open: &str, text: &[Inline], close: &str) {
        out.push_str(open);
        self.inlines(out, text);
        out.push_str(close);
    }

    fn unique_id(&mut self, words: &str) -> String {
        let slug = slugify(words);
        let base = if slug.is_empty() {
            "del".to_owned()
        } else {
            slug
        };
        let mut id = base.clone();
        let mut count = 1;
        while !self.ids.insert(id.clone()) {
            count += 1;
            id = format!("{base}-{count}");
        }
        id
    }

    fn heading(&mut self, out: &mut String, level: u8, text: &[Inline]) {
        // A heading may go one level down at a time, whatever the source says.
        let level = level.clamp(self.floor, 4).min(self.level + 1);
        self.level = level;
        self.heading.clear();
        self.heading.push_str(&Inline::plain(text));
        let words = self.heading.clone();
        let id = self.unique_id(&words);
        let digit = char::from(b'0' + level);
        out.push_str("<h");
        out.push(digit);
        out.push_str(" id=\"");
        out.push_str(&id);
        out.push_str("\">");
        self.inlines(out, text);
        out.push_str("</h");
        out.push(digit);
        out.push('>');
        self.toc.push(TocEntry {
            id,
            text: words,
            level,
        });
    }

    fn list(&self, out: &mut String, ordered: bool, items: &[ListItem]) {
        let (open, close) = if ordered {
            ("<ol>", "</ol>")
        } else {
            ("<ul>", "</ul>")
        };
        out.push_str(open);
        for item in items {
            out.push_str("<li>");
            self.inlines(out, &item.text);
            if !item.items.is_empty() {
                self.list(out, item.ordered, &item.items);
            }
            out.push_str("</li>");
        }
        out.push_str(close);
    }

    fn notice(&self, out: &mut String, tone: NoticeTone, text: &[Inline]) {
        let (class, symbol, word) = match tone {
            NoticeTone::Info => ("notice", "info", "notice-info"),
            NoticeTone::Warning => ("notice warn", "circle-alert", "notice-warning"),
        };
        out.push_str("<div class=\"");
        out.push_str(class);
        out.push_str("\">");
        push_icon(out, symbol);
        out.push_str("<p><span class=\"sr\">");
        out.push_str(self.t.say(word).as_str());
        out.push_str(" </span>");
        self.inlines(out, text);
        out.push_str("</p></div>");
    }

    fn facts(&self, out: &mut String, items: &[FactItem]) {
        if items.is_empty() {
            return;
        }
        out.push_str("<dl class=\"facts\">");
        for item in items {
            out.push_str("<div><dt>");
            push_escaped(out, &item.label);
            out.push_str("</dt>");
            self.wrapped(out, "<dd>", &item.value, "</dd>");
            if !item.note.is_empty() {
                self.wrapped(out, "<dd class=\"note\">", &item.note, "</dd>");
            }
            out.push_str("</div>");
        }
        out.push_str("</dl>");
    }

    fn actions(&self, out: &mut String, actions: &[Action]) {
        let links: Vec<_> = actions
            .iter()
            .filter_map(|action| goal(&action.target, self.resolver).map(|link| (action, link)))
            .collect();
        if links.is_empty() {
            return;
        }
        out.push_str("<p class=\"act\">");
        for (at, (action, link)) in links.iter().enumerate() {
            push_anchor(out, link);
            out.push_str(" class=\"ds-button\"");
            if at > 0 {
                out.push_str(" data-variant=\"secondary\"");
            }
            out.push('>');
            push_escaped(out, &action.label);
            out.push_str("</a>");
        }
        out.push_str("</p>");
    }

    fn tasks(&self, out: &mut String, items: &[TaskItem]) {
        out.push_str("<ul class=\"tasks\">");
        for item in items {
            let link = goal(&item.target, self.resolver);
            out.push_str("<li>");
            match &link {
                Some(link) => {
                    push_anchor(out, link);
                    out.push('>');
                }
                None => out.push_str("<div>"),
            }
            push_icon(out, &item.icon);
            out.push_str("<b>");
            push_escaped(out, &item.label);
            out.push_str("</b>");
            if !item.note.is_empty() {
                out.push_str("<span>");
                push_escaped(out, &item.note);
                out.push_str("</span>");
            }
            out.push_str(if link.is_some() {
                "</a></li>"
            } else {
                "</div></li>"
            });
        }
        out.push_str("</ul>");
    }

    fn searches(&self, out: &mut String, queries: &[String]) {
        if queries.is_empty() {
            return;
        }
        let path = match self.t.language() {
            crate::UiLanguage::Swedish => "/sok",
            crate::UiLanguage::English => "/en/search",
        };
        out.push_str("<p class=\"popular\"><span>");
        out.push_str(self.t.say("search-popular").as_str());
        out.push_str("</span> ");
        for query in queries {
            out.push_str("<a href=\"");
            out.push_str(path);
            out.push('?');
            if self.t.is_foreign() {
                out.push_str("lang=");
                crate::html::push_percent(out, self.t.page().as_str());
                out.push_str("&amp;");
            }
            out.push_str("q=");
            crate::html::push_percent(out, query);
            out.push_str("\">");
            push_escaped(out, query);
            out.push_str("</a> ");
        }
        out.push_str("</p>");
    }
}

#[cfg(test)]
mod tests;
