//! The comments in which the block editor keeps what a block is. Their HTML stands between them and
//! is read as any other; what they alone say is used here: blocks that have no HTML of their own,
//! blocks kept elsewhere, and blocks of plug-ins.

use std::collections::HashMap;

use serde_json::Value;

use crate::remark::RemarkKind;

/// The deepest that reusable blocks are put into each other.
const DEPTH: usize = 6;

/// The longest text that reusable blocks may make of one page, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;

/// Blocks of WordPress itself that mean nothing without it and whose loss changes nothing.
const SILENT: &[&str] = &["more", "nextpage", "spacer", "separator", "missing"];

/// One comment of the block editor.
struct Comment<'a> {
    name: &'a str,
    attributes: &'a str,
    closing: bool,
    /// Whether it is all there is of the block.
    alone: bool,
    /// Where it ends.
    end: usize,
}

/// Whether a text was written in the block editor.
pub(crate) fn has_blocks(text: &str) -> bool {
    text.contains("<!-- wp:")
}

/// The HTML of a text of the block editor, with reusable blocks put in.
pub(crate) fn html(
    text: &str,
    reusable: &HashMap<u64, String>,
    remarks: &mut Vec<RemarkKind>,
) -> String {
    let mut out = String::with_capacity(text.len());
    write(text, reusable, 0, &mut out, remarks);
    out
}

fn write(
    text: &str,
    reusable: &HashMap<u64, String>,
    depth: usize,
    out: &mut String,
    remarks: &mut Vec<RemarkKind>,
) {
    let mut at = 0;
    while let Some(start) = text[at..].find("<!--").map(|found| at + found) {
        out.push_str(&text[at..start]);
        at = start;
        if !text[start..].contains("-->") {
            break;
        }
        let Some(comment) = comment(text, start) else {
            // Any other comment: the reader of HTML passes it over.
            out.push_str("<!--");
            at = start + 4;
            continue;
        };
        at = comment.end;
        if comment.closing {
            continue;
        }
        let name = comment.name.strip_prefix("core/").unwrap_or(comment.name);
        if name == "block" {
            let id = attribute(comment.attributes, "ref");
            let found = id.parse().ok().and_then(|id: u64| reusable.get(&id));
            match found.filter(|_| depth < DEPTH && out.len() < LONGEST) {
                Some(inner) => write(inner, reusable, depth + 1, out, remarks),
                None => note(remarks, RemarkKind::BlockMissing { id }),
            }
        } else if name.contains('/') {
            note(
                remarks,
                RemarkKind::ForeignBlock {
                    name: name.to_owned(),
                },
            );
        } else if comment.alone && !SILENT.contains(&name) {
            note(
                remarks,
                RemarkKind::Dynamic {
                    name: name.to_owned(),
                },
            );
        }
    }
    out.push_str(&text[at..]);
}

fn note(remarks: &mut Vec<RemarkKind>, remark: RemarkKind) {
    if !remarks.contains(&remark) {
        remarks.push(remark);
    }
}

/// Reads `<!-- wp:name {…} /-->` or `<!-- /wp:name -->` at `start`.
fn comment(text: &str, start: usize) -> Option<Comment<'_>> {
    let inner_start = start + 4;
    // JSON in attributes has its `--` and `>` escaped, so the first end is the end.
    let length = text[inner_start..].find("-->")?;
    let inner = text[inner_start..inner_start + length].trim();
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let inner = inner.strip_prefix("wp:")?;
    let (alone, inner) = match inner.strip_suffix('/') {
        Some(rest) => (true, rest.trim_end()),
        None => (false, inner),
    };
    let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = &inner[..end];
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-_".contains(c);
    (!name.is_empty() && name.chars().all(good)).then(|| Comment {
        name,
        attributes: inner[end..].trim(),
        closing,
        alone,
        end: inner_start + length + 3,
    })
}

fn attribute(json: &str, key: &str) -> String {
    match serde_json::from_str::<Value>(json)
        .ok()
        .as_ref()
        .and_then(|value| value.get(key))
    {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_by_what_they_are() {
        let mut remarks = Vec::new();
        let reusable = HashMap::from([
            (
                5,
                "<!-- wp:paragraph --><p>Delat</p><!-- /wp:paragraph -->".to_owned(),
            ),
            (6, "<!-- wp:block {\"ref\":6} /-->".to_owned()),
        ]);
        let text = "<!-- wp:heading {\"level\":3} --><h3>A</h3><!-- /wp:heading -->\
            <!-- wp:block {\"ref\":5} /--><!-- wp:block {\"ref\":6} /--><!-- wp:latest-posts /-->\
            <!-- wp:acme/map {\"a\":\"\\u002d\\u002d\\u003e\"} --><div>Karta</div><!-- /wp:acme/map -->\
            <!-- vanlig --><!-- wp:broken";
        let html = html(text, &reusable, &mut remarks);
        assert!(
            html.starts_with("<h3>A</h3><p>Delat</p><div>Karta</div><!-- vanlig -->"),
            "{html}"
        );
        let told: Vec<String> = remarks.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("block 6"));
        assert!(told[1].contains("latest-posts"));
        assert!(told[2].contains("acme/map"));
    }
}
