//! Shortcodes: `[name key="value"]…[/name]`. Those of WordPress itself become what they mean; those
//! of plug-ins are taken away, their text kept. Brackets that are only brackets, such as “[sic]”,
//! stay.

use std::collections::{HashMap, HashSet};

use super::media::{Medium, escape};
use crate::remark::RemarkKind;

/// Shortcodes put into each other.
const DEPTH: usize = 8;

/// A shortcode as it stands in a text.
struct Code<'a> {
    name: &'a str,
    attributes: &'a str,
    closing: bool,
    alone: bool,
    end: usize,
}

/// What shortcodes may refer to.
pub(crate) struct Shown<'a> {
    /// Attachments by number.
    pub(crate) media: &'a HashMap<u64, Medium>,
    /// The page's own pictures, for a gallery that names none.
    pub(crate) own: &'a [u64],
}

/// The text with its shortcodes read.
pub(crate) fn html(text: &str, shown: &Shown<'_>, remarks: &mut Vec<RemarkKind>) -> String {
    let mut out = String::with_capacity(text.len());
    write(text, shown, 0, &mut out, remarks);
    out
}

fn write(
    text: &str,
    shown: &Shown<'_>,
    depth: usize,
    out: &mut String,
    remarks: &mut Vec<RemarkKind>,
) {
    let mut at = 0;
    // Names known not to close further on: each would cost a search through the rest again.
    let mut open: HashSet<&str> = HashSet::new();
    while let Some(start) = text[at..].find(['[', '<']).map(|found| at + found) {
        out.push_str(&text[at..start]);
        if text[start..].starts_with('<') {
            // Brackets inside a tag belong to the tag.
            let length = tag_length(&text[start..]);
            out.push_str(&text[start..start + length]);
            at = start + length;
            continue;
        }
        // Doubled brackets mean brackets.
        if let Some(code) = text[start + 1..]
            .starts_with('[')
            .then(|| code(text, start + 1))
            .flatten()
            && text[code.end..].starts_with(']')
        {
            out.push_str(&text[start + 1..code.end]);
            at = code.end + 1;
            continue;
        }
        let Some(code) = code(text, start) else {
            out.push('[');
            at = start + 1;
            continue;
        };
        let closing = format!("[/{}]", code.name);
        let inner = (!code.closing && !code.alone && !open.contains(code.name))
            .then(|| text[code.end..].find(&closing))
            .flatten()
            .map(|length| &text[code.end..code.end + length]);
        if inner.is_none() {
            open.insert(code.name);
        }
        if !meant(&code, inner.is_some(), text, start) {
            out.push_str(&text[start..code.end]);
            at = code.end;
            continue;
        }
        at = code.end + inner.map_or(0, |inner| inner.len() + closing.len());
        let mut body = String::new();
        if depth < DEPTH {
            write(
                inner.unwrap_or_default(),
                shown,
                depth + 1,
                &mut body,
                remarks,
            );
        } else {
            body.push_str(inner.unwrap_or_default());
        }
        if !replace(&code, &body, shown, out, remarks) {
            let remark = RemarkKind::Shortcode {
                name: code.name.to_owned(),
            };
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
            out.push_str(&body);
        }
    }
    out.push_str(&text[at..]);
}

/// How long the tag or comment is that a text begins with; 1 where it is none.
fn tag_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let is_tag = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if !is_tag {
        return 1;
    }
    // No tag is longer; a text without a closing bracket shall not be searched again and again.
    let end = text.floor_char_boundary(20_000);
    text[..end].find('>').map_or(1, |at| at + 1)
}

/// Whether brackets are a shortcode, and not something somebody wrote in brackets.
fn meant(code: &Code<'_>, has_inner: bool, text: &str, start: usize) -> bool {
    const KNOWN: &[&str] = &[
        "caption",
        "wp_caption",
        "gallery",
        "embed",
        "audio",
        "video",
        "playlist",
    ];
    let alone_on_line = text[..start]
        .trim_end_matches([' ', '\t'])
        .ends_with(['\n', '>'])
        || text[..start].trim().is_empty();
    let ends_line = text[code.end..].trim_start_matches([' ', '\t']);
    let ends_line = ends_line.is_empty() || ends_line.starts_with(['\r', '\n', '<']);
    KNOWN.contains(&code.name)
        || has_inner
        || code.alone
        || code.closing
        || code.attributes.contains('=')
        || code.name.contains(['_', '-'])
        || (code.attributes.is_empty() && alone_on_line && ends_line && code.name.len() > 3)
}

fn code(text: &str, start: usize) -> Option<Code<'_>> {
    let rest = &text[start + 1..];
    let length = closing_bracket(rest)?;
    let inner = &rest[..length];
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let (alone, inner) = match inner.strip_suffix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = &inner[..end];
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 60
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    good.then(|| Code {
        name,
        attributes: inner[end..].trim(),
        closing,
        alone,
        end: start + 1 + length + 1,
    })
}

/// Where the bracket closes, not looking inside quotes; shortcodes are short.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().take(2_000) {
        match (quote, c) {
            (None, ']') => return Some(at),
            (None, '[' | '<' | '>') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // A quote that is an apostrophe.
    let near = &text[..text.floor_char_boundary(300)];
    near.find(']')
        .filter(|at| !near[..*at].contains(['<', '[']))
}

fn value<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let at = rest.find(key)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + key.len()..].trim_start();
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=')
        {
            let value = value.trim_start();
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split_whitespace().next(),
            };
        }
        rest = &rest[at + key.len()..];
    }
}

/// Writes what a shortcode of WordPress itself means; `false` for all others.
fn replace(
    code: &Code<'_>,
    body: &str,
    shown: &Shown<'_>,
    out: &mut String,
    remarks: &mut Vec<RemarkKind>,
) -> bool {
    let attribute = |key: &str| value(code.attributes, key);
    match code.name {
        "caption" | "wp_caption" => {
            let cut = body.rfind('>').map_or(0, |at| at + 1);
            let (picture, words) = body.split_at(cut);
            let words = attribute("caption").unwrap_or(words);
            out.push_str(&format!(
                "\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n"
            ));
        }
        "gallery" => {
            let ids: Vec<u64> = attribute("ids").map_or_else(
                || shown.own.to_vec(),
                |ids| {
                    ids.split(',')
                        .filter_map(|id| id.trim().parse().ok())
                        .collect()
                },
            );
            out.push_str("\n\n");
            for id in ids {
                match shown.media.get(&id) {
                    Some(medium) => out.push_str(&medium.figure()),
                    None => remarks.push(RemarkKind::PictureMissing { id: id.to_string() }),
                }
            }
            out.push_str("\n\n");
        }
        "embed" | "audio" | "video" => {
            let named = [
                "src", "mp4", "mp3", "m4v", "webm", "ogv", "ogg", "wav", "m4a",
            ]
            .iter()
            .find_map(|key| attribute(key));
            // Some write the address alone.
            let bare = code
                .attributes
                .split_whitespace()
                .find(|word| word.starts_with("http"));
            let source = named.or(bare).unwrap_or(body).trim();
            if source.is_empty() || code.closing {
                return code.closing;
            }
            out.push_str(&format!(
                "\n\n<video src=\"{}\"></video>\n\n",
                escape(source)
            ));
        }
        "playlist" => {
            let ids = attribute("ids").unwrap_or_default();
            for id in ids
                .split(',')
                .filter_map(|id| id.trim().parse::<u64>().ok())
            {
                if let Some(medium) = shown.media.get(&id) {
                    out.push_str(&format!(
                        "\n\n<video src=\"{}\"></video>\n\n",
                        escape(&medium.file)
                    ));
                }
            }
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_are_read_and_brackets_left() {
        let media = HashMap::from([(
            4,
            Medium {
                file: "https://a.example/b.jpg".to_owned(),
                alt: Some("Bron".to_owned()),
                caption: String::new(),
                title: "b".to_owned(),
            },
        )]);
        let shown = Shown {
            media: &media,
            own: &[4],
        };
        let mut remarks = Vec::new();
        let mut read = |text: &str| html(text, &shown, &mut remarks);
        assert_eq!(
            read("Han sa [sic] och [1] [[gallery]]."),
            "Han sa [sic] och [1] [gallery]."
        );
        assert_eq!(
            read("[caption id=\"x\" width=\"3\"]<img src=\"a.jpg\"> En bro[/caption]").trim(),
            "<figure><img src=\"a.jpg\"><figcaption> En bro</figcaption></figure>"
        );
        assert!(read("[gallery]").contains("alt=\"Bron\""));
        assert!(read("[gallery ids=\"9,4\"]").contains("b.jpg"));
        assert_eq!(read("a [acme_box kind='x']inne[/acme_box] b"), "a inne b");
        assert_eq!(
            read("<a title=\"[x y=1]\">t</a>"),
            "<a title=\"[x y=1]\">t</a>"
        );
        assert!(read("[embed]https://vimeo.com/1[/embed]").contains("src=\"https://vimeo.com/1\""));
        let told: Vec<String> = remarks.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("picture 9") && told[1].contains("[acme_box]"));
    }
}
