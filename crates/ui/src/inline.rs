//! Running text as HTML.

use torg_kernel::{
    FactField, FactRef, FactSource, FileId, Inline, LinkTarget, Locale, Mark, PictureId, UnitId,
};

use crate::html::push_in_language;
use crate::{ContactCard, FileView, PictureView, T, mailto, push_escaped, safe_href, tel_href};

/// Where a link leads, worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedLink {
    /// A path of this site or a whole address.
    pub href: String,
    /// The language at the other end when it is not the reader's.
    pub lang: Option<Locale>,
}

/// What a document needs to know and cannot: where pages are, what facts say, how units are
/// reached. Answers must be quick, since this is asked while a page is written.
pub trait Resolve {
    /// Where a link leads; `None` shows its text as plain text. Not asked about
    /// [`LinkTarget::Url`] and [`LinkTarget::Missing`].
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink>;
    /// What a fact says now; `None` when there is none.
    fn fact(&self, fact: &FactRef) -> Option<String>;
    /// The language of what a fact says, where it does not say it in the page's.
    fn fact_lang(&self, _fact: &FactRef) -> Option<Locale> {
        None
    }
    /// How a unit is reached; `None` leaves the card out.
    fn contact(&self, unit: UnitId) -> Option<ContactCard>;
    /// A picture of the media bank; `None` leaves it out.
    fn picture(&self, _picture: PictureId) -> Option<PictureView> {
        None
    }
    /// A file to take home; `None` leaves it out.
    fn file(&self, _file: FileId) -> Option<FileView> {
        None
    }
}

/// The link's goal if it may be followed.
pub(crate) fn goal(target: &LinkTarget, resolver: &dyn Resolve) -> Option<ResolvedLink> {
    let link = match target {
        LinkTarget::Url { url } => ResolvedLink {
            href: url.clone(),
            lang: None,
        },
        LinkTarget::Missing { .. } => return None,
        known => resolver.link(known)?,
    };
    safe_href(&link.href).then_some(link)
}

/// Appends `<a href="…"` with language, without the closing `>`.
pub(crate) fn push_anchor(out: &mut String, link: &ResolvedLink) {
    out.push_str("<a href=\"");
    push_escaped(out, &link.href);
    out.push('"');
    if let Some(lang) = link.lang {
        out.push_str(" hreflang=\"");
        out.push_str(lang.as_str());
        out.push('"');
    }
}

/// Appends running text.
pub(crate) fn push_inlines(
    out: &mut String,
    inlines: &[Inline],
    resolver: &dyn Resolve,
    t: T,
    linked: bool,
) {
    for inline in inlines {
        match inline {
            Inline::Text { text, marks } => push_marked(out, text, marks),
            Inline::Break => out.push_str("<br>"),
            Inline::Fact { fact } => push_fact(out, fact, resolver, t, linked),
            Inline::Link { target, text } => match goal(target, resolver) {
                Some(link) if !linked => {
                    push_anchor(out, &link);
                    out.push('>');
                    push_inlines(out, text, resolver, t, true);
                    out.push_str("</a>");
                }
                _ => push_inlines(out, text, resolver, t, linked),
            },
        }
    }
}

fn push_marked(out: &mut String, text: &str, marks: &[Mark]) {
    const fn tag(mark: Mark) -> &'static str {
        match mark {
            Mark::Strong => "strong",
            Mark::Emphasis => "em",
            Mark::Code => "code",
        }
    }
    for mark in marks {
        out.push('<');
        out.push_str(tag(*mark));
        out.push('>');
    }
    push_escaped(out, text);
    for mark in marks.iter().rev() {
        out.push_str("</");
        out.push_str(tag(*mark));
        out.push('>');
    }
}

fn push_fact(out: &mut String, fact: &FactRef, resolver: &dyn Resolve, t: T, linked: bool) {
    let Some(value) = resolver.fact(fact) else {
        out.push_str("<span class=\"quiet\">");
        out.push_str(t.say("fact-missing").as_str());
        out.push_str("</span>");
        return;
    };
    let href = match fact.field {
        FactField::Phone if !linked => tel_href(&value),
        FactField::Email if !linked && value.contains('@') => Some(mailto(&value, "")),
        _ => None,
    };
    match href {
        Some(href) => {
            push_anchor(out, &ResolvedLink { href, lang: None });
            if fact.field == FactField::Phone {
                // Digits keep their order in a text from right to left too.
                out.push_str(" class=\"nobreak\" dir=\"ltr\"");
            }
            out.push('>');
            push_escaped(out, &value);
            out.push_str("</a>");
        }
        None => {
            let lang = match fact.source {
                // Names, addresses and hours of units are in the language of the interface.
                FactSource::Unit => t.is_foreign().then(|| t.locale()),
                FactSource::Fact => resolver.fact_lang(fact),
            };
            match lang {
                Some(lang) => push_in_language(out, &value, lang),
                None => push_escaped(out, &value),
            }
        }
    }
}
