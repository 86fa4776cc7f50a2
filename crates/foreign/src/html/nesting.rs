//! Refuses tags nested beyond reason before a parser spends its time on them.

/// Tags that may stand inside each other. Parsing takes time by the square of it.
pub(crate) const DEEPEST: usize = 900;

/// Tags that never close or often are left open.
const OPEN: &[&str] = &[
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input",
    "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead",
    "tr", "track", "wbr",
];

/// Whether no more than [`DEEPEST`] tags stand inside each other.
pub(crate) fn check(text: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let (closing, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = rest
            .bytes()
            .take(16)
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(rest.len().min(16));
        let Some(name) = rest.get(..end).filter(|name| !name.is_empty()) else {
            continue;
        };
        if OPEN.iter().any(|open| open.eq_ignore_ascii_case(name)) {
            continue;
        }
        depth = if closing {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unclosed_items_are_no_depth_but_nested_boxes_are() {
        assert!(check(&"<li>a".repeat(5_000)));
        assert!(check(&"<div>a</div>".repeat(5_000)));
        assert!(!check(&"<div>".repeat(DEEPEST + 1)));
        assert!(check("< å <1 <"));
    }
}
