//! HTML, as saved from a website, a word processor or an old system: its main content, freed from
//! what belongs to the site around it.

mod list;
mod table;
mod walk;

use scraper::{ElementRef, Html, Selector};
use torg_kernel::{Locale, Mark, squeeze};

use crate::error::ErrorKind;
use crate::markdown::Read;
use crate::note::{Note, NoteKind};
use crate::raw::{RawBlock, RawContent, RawInline};
use crate::source::{Found, TitleFrom};
use walk::Walker;

/// Tags that may stand inside each other. Parsing takes time by the square of it.
const NESTING: usize = 1_000;

/// Reads a whole HTML file whose first line is line `first`.
pub(crate) fn read_page(text: &str, first: u32) -> Result<Found, (u32, ErrorKind)> {
    check_nesting(text, first)?;
    let html = Html::parse_document(text);
    let mut walker = Walker::new(text, first);
    match main_content(&html) {
        Some(main) => walker.children(*main, 0),
        None => {
            walker.whole_body = true;
            if let Some(body) = select(&html, "body") {
                walker.children(*body, 0);
            }
        }
    }
    let mut read = walker.finish();
    close_jumps(&mut read.blocks, &mut read.notes);
    let meta = |selector: &str| {
        select(&html, selector)
            .and_then(|element| element.value().attr("content").map(squeeze))
            .filter(|text| !text.is_empty())
    };
    let words = |selector: &str| {
        select(&html, selector)
            .map(|element| squeeze(&element.text().collect::<String>()))
            .filter(|text| !text.is_empty())
    };
    let title = words("h1")
        .map(|title| (title, TitleFrom::Text))
        .or_else(|| {
            meta("meta[property='og:title']")
                .or_else(|| words("title"))
                .map(|title| (without_site(&title), TitleFrom::Meta))
        });
    Ok(Found {
        blocks: read.blocks,
        notes: read.notes,
        title,
        description: meta("meta[name='description' i]")
            .or_else(|| meta("meta[property='og:description']")),
        locale: html.root_element().value().attr("lang").and_then(locale),
    })
}

/// Reads a piece of HTML inside a Markdown text.
pub(crate) fn read_fragment(text: &str, line: u32) -> Result<Read, (u32, ErrorKind)> {
    check_nesting(text, line)?;
    let html = Html::parse_fragment(text);
    let mut walker = Walker::new(text, line);
    walker.children(*html.root_element(), 0);
    let mut read = walker.finish();
    for block in &mut read.blocks {
        block.line = block.line.or(Some(line));
    }
    Ok(read)
}

/// The value of an attribute in a single tag as it stands in a text.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let html = Html::parse_fragment(tag);
    html.root_element()
        .descendent_elements()
        .find_map(|element| element.value().attr(name).map(str::to_owned))
}

/// The mark that an inline tag means.
pub(crate) fn mark_of(tag: &str) -> Option<Mark> {
    match tag {
        "strong" | "b" => Some(Mark::Strong),
        "em" | "i" | "dfn" | "cite" => Some(Mark::Emphasis),
        "code" | "kbd" | "samp" | "tt" | "var" => Some(Mark::Code),
        _ => None,
    }
}

fn select<'a>(html: &'a Html, selector: &str) -> Option<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selectors are written in this file");
    html.select(&selector).next()
}

fn main_content(html: &Html) -> Option<ElementRef<'_>> {
    let article = Selector::parse("article").expect("a tag name is a selector");
    select(html, "main")
        .or_else(|| select(html, "[role='main']"))
        .or_else(|| {
            // Several articles are a list of teasers, not the page's own text.
            let mut articles = html.select(&article);
            articles.next().filter(|_| articles.next().is_none())
        })
}

/// A title without the name of the site after it.
fn without_site(title: &str) -> String {
    for mark in [" | ", " – ", " — ", " - ", " :: "] {
        if let Some((words, _)) = title.rsplit_once(mark)
            && !words.trim().is_empty()
        {
            return words.trim().to_owned();
        }
    }
    title.to_owned()
}

/// `sv-SE` is Swedish, `zh-Hant` stays what it is.
fn locale(tag: &str) -> Option<Locale> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let script = parts.next().filter(|part| part.len() == 4);
    match script {
        Some(script) => format!("{language}-{script}").parse().ok(),
        None => language.parse().ok(),
    }
}

/// Headings that skip a level are moved up to the next one.
pub(crate) fn close_jumps(blocks: &mut [RawBlock], notes: &mut Vec<Note>) {
    let mut before = 1;
    for block in blocks {
        if let RawContent::Heading { level, text } = &mut block.content {
            if *level > before + 1 {
                let kind = NoteKind::HeadingMoved {
                    heading: RawInline::plain(text),
                    from: *level,
                    to: before + 1,
                };
                notes.push(Note::new(block.line, kind));
                *level = before + 1;
            }
            before = *level;
        }
    }
}

/// Refuses tags nested beyond reason before the parser spends its time on them. Tags that often
/// stand unclosed are not counted.
fn check_nesting(text: &str, first: u32) -> Result<(), (u32, ErrorKind)> {
    const OPEN: &[&str] = &[
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "meta",
        "link", "col", "area", "base", "embed", "source", "track", "wbr", "param", "thead",
        "tbody", "tfoot", "html", "head", "body",
    ];
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let length = bytes[start.min(bytes.len())..]
            .iter()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        if length == 0 {
            continue;
        }
        let name = text[start..start + length].to_ascii_lowercase();
        if OPEN.contains(&name.as_str()) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth > NESTING {
            let lines = text[..at].matches('\n').count();
            let line = first.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            return Err((line, ErrorKind::TooDeep { limit: NESTING }));
        }
    }
    Ok(())
}
