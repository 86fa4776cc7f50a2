//! Paragraphs of the classic editor, which stores none: an empty line parts them and a line ending
//! is a line break.

/// Tags that are no part of a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "iframe",
    "legend",
    "li",
    "main",
    "map",
    "nav",
    "object",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];
/// Tags whose lines are their own.
const KEPT: &[&str] = &["pre", "script", "style", "textarea", "table"];

/// Text of the classic editor with its paragraphs as tags.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut chunk: Vec<&str> = Vec::new();
    let mut inside: Option<&str> = None;
    for line in text.split('\n') {
        if let Some(tag) = inside {
            out.push_str(line);
            out.push('\n');
            if closes(line, tag) {
                inside = None;
            }
            continue;
        }
        if let Some(tag) = KEPT
            .iter()
            .find(|tag| opens(line, tag) && !closes(line, tag))
        {
            flush(&mut chunk, &mut out);
            out.push_str(line);
            out.push('\n');
            inside = Some(tag);
            continue;
        }
        if line.trim().is_empty() {
            flush(&mut chunk, &mut out);
        } else {
            chunk.push(line.trim());
        }
    }
    flush(&mut chunk, &mut out);
    out
}

fn flush(chunk: &mut Vec<&str>, out: &mut String) {
    let Some(first) = chunk.first() else {
        return;
    };
    let block = begins_block(first);
    if !block {
        out.push_str("<p>");
    }
    for (at, line) in chunk.iter().enumerate() {
        out.push_str(line);
        let next = chunk.get(at + 1);
        if next.is_some_and(|next| !begins_block(next) && !ends_block(line)) {
            out.push_str("<br>");
        }
        out.push('\n');
    }
    if !block {
        out.push_str("</p>\n");
    }
    chunk.clear();
}

fn tag_name(rest: &str) -> &str {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    &rest[..end]
}

fn is_block(name: &str) -> bool {
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

fn begins_block(line: &str) -> bool {
    line.strip_prefix('<').is_some_and(|rest| {
        rest.starts_with("!--") || is_block(tag_name(rest.strip_prefix('/').unwrap_or(rest)))
    })
}

fn ends_block(line: &str) -> bool {
    line.ends_with('>')
        && line.rfind('<').is_some_and(|at| {
            let rest = &line[at + 1..];
            let name = tag_name(rest.strip_prefix('/').unwrap_or(rest));
            is_block(name) || name.eq_ignore_ascii_case("br") || rest.starts_with("!--")
        })
}

fn find_tag(line: &str, before: &str, tag: &str) -> bool {
    let line = line.to_ascii_lowercase();
    let sought = format!("{before}{tag}");
    line.match_indices(&sought)
        .any(|(at, _)| !line[at + sought.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn opens(line: &str, tag: &str) -> bool {
    find_tag(line, "<", tag)
}

fn closes(line: &str, tag: &str) -> bool {
    find_tag(line, "</", tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs_and_blocks_stay() {
        for (text, html) in [
            ("Ett\r\n\r\nTvå", "<p>Ett\n</p>\n<p>Två\n</p>\n"),
            ("Ett\nTvå", "<p>Ett<br>\nTvå\n</p>\n"),
            ("<h2>A</h2>\nText", "<h2>A</h2>\nText\n"),
            (
                "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
                "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
            ),
            ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>\n"),
            ("<strong>A</strong> b", "<p><strong>A</strong> b\n</p>\n"),
        ] {
            assert_eq!(paragraphs(text), html, "{text}");
        }
    }
}
