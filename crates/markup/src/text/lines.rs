//! Lines as they are read: white space squeezed, indentation kept, litter of the page they were
//! copied from taken out.

use torg_kernel::squeeze;

use crate::note::{Note, NoteKind};

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// From 1, in the file.
    pub(super) number: u32,
    /// Columns of white space before its words.
    pub(super) indent: usize,
    /// Its words; empty for an empty line.
    pub(super) text: String,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.text.chars().count()
    }
}

pub(super) fn clean(text: &str, first: u32, notes: &mut Vec<Note>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, row) in (first..).zip(text.split('\n')) {
        // A page break stands for the end of a line.
        for piece in row.split(['\u{c}', '\u{b}', '\u{2028}', '\u{2029}']) {
            let indent = piece
                .chars()
                .take_while(|c| c.is_whitespace())
                .map(|c| if c == '\t' { 4 } else { 1 })
                .sum();
            let kept: String = piece
                .chars()
                .filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}'))
                .collect();
            let kept = without_placeholders(&kept, number, notes);
            let mut text = squeeze(&kept);
            if is_skip_link(&text) {
                let kind = NoteKind::SkipLinkDropped { text };
                notes.push(Note::new(Some(number), kind));
                text = String::new();
            }
            lines.push(Line {
                number,
                indent,
                text,
            });
        }
    }
    lines
}

/// Takes `${loading}`, `{{ name }}` and the like out of a line.
fn without_placeholders(text: &str, number: u32, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '{']) {
        let found = [("${", "}"), ("{{", "}}")]
            .iter()
            .find_map(|(open, close)| {
                let inner = rest[at..].strip_prefix(open)?;
                // Near by only: a file full of openings would be read once for each.
                let near: usize = inner.chars().take(61).map(char::len_utf8).sum();
                let end = inner[..near].find(close)?;
                let good = inner[..end]
                    .chars()
                    .all(|c| c.is_alphanumeric() || c.is_whitespace() || "._-()[]'\"|".contains(c));
                good.then_some(at + open.len() + end + close.len())
            });
        match found {
            Some(end) => {
                let text = rest[at..end].to_owned();
                notes.push(Note::new(
                    Some(number),
                    NoteKind::PlaceholderDropped { text },
                ));
                out.push_str(&rest[..at]);
                rest = &rest[end..];
            }
            None => {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Links that help around on the page a text was copied from.
fn is_skip_link(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let begins = [
        "till ",
        "gå ",
        "hoppa ",
        "direkt till ",
        "tillbaka till ",
        "skip to",
        "jump to",
        "back to",
        "go to",
    ];
    let ends = [
        "innehåll",
        "innehållet",
        "huvudinnehåll",
        "huvudinnehållet",
        "navigering",
        "navigeringen",
        "navigation",
        "menyn",
        "toppen",
        "content",
        "top",
    ];
    text.len() <= 60
        && begins.iter().any(|begin| text.starts_with(begin))
        && ends.iter().any(|end| text.ends_with(&format!(" {end}")))
}

/// A bullet or number at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A character that is nothing but a bullet.
    Bullet,
    /// A dash or star, which is a bullet only in company.
    Dash(char),
    /// `1.` or `1)`.
    Number(u32),
    /// `a)`.
    Letter(char),
}

impl Marker {
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Self::Number(_) | Self::Letter(_))
    }

    /// Whether `next` goes on where this ends.
    pub(super) fn goes_on(self, next: Self) -> bool {
        match (self, next) {
            (Self::Dash(a), Self::Dash(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => b == a.saturating_add(1),
            (Self::Letter(a), Self::Letter(b)) => u32::from(b) == u32::from(a) + 1,
            _ => false,
        }
    }
}

/// The marker a line begins with, and the words after it.
pub(super) fn marker(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if matches!(
        first,
        '•' | '·' | '●' | '◦' | '○' | '▪' | '■' | '□' | '‣' | '⁃' | '➢' | '\u{f0b7}'
    ) {
        let words = rest.trim_start();
        return (!words.is_empty()).then_some((Marker::Bullet, words));
    }
    let words = |rest: &str| -> Option<usize> {
        let words = rest.trim_start();
        (rest.len() > words.len() && !words.is_empty()).then_some(rest.len() - words.len())
    };
    if matches!(first, '-' | '–' | '—' | '*' | '+') {
        return words(rest).map(|skip| (Marker::Dash(first), &rest[skip..]));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = text[digits..].strip_prefix(['.', ')'])?;
        let number = text[..digits].parse().ok()?;
        return words(rest).map(|skip| (Marker::Number(number), &rest[skip..]));
    }
    if first.is_ascii_lowercase() {
        let rest = rest.strip_prefix(')')?;
        return words(rest).map(|skip| (Marker::Letter(first), &rest[skip..]));
    }
    None
}

/// The heading inside `------ Words ------`; empty for a line of nothing but rule.
pub(super) fn ruled(text: &str) -> Option<&str> {
    let rule = text.chars().next().filter(|c| "-=_*–—".contains(*c))?;
    let front = text.len() - text.trim_start_matches(rule).len();
    if front < 3 * rule.len_utf8() {
        return None;
    }
    let inner = text.trim_matches(rule).trim();
    let back = text.len() - text.trim_end_matches(rule).len();
    (inner.is_empty() || back >= 3 * rule.len_utf8()).then_some(inner)
}

/// The width at which the lines of a file were broken, when they were: many lines of words follow
/// right upon another and none is longer than a page is wide.
pub(super) fn wrap_width(lines: &[Line]) -> Option<usize> {
    let longest = lines.iter().map(Line::len).max().unwrap_or(0);
    let running = lines
        .windows(2)
        .filter(|pair| {
            let next = pair[1].text.chars().next();
            pair[0].len() >= 40
                && !pair[0].text.ends_with(['.', '!', '?', ':'])
                && next.is_some_and(|c| c.is_alphanumeric())
                && marker(&pair[1].text).is_none()
        })
        .count();
    if longest > 115 || running < 3 {
        return None;
    }
    // A single line that stands out says nothing about where the others were broken.
    let mut full: Vec<usize> = lines.iter().map(Line::len).filter(|n| *n >= 40).collect();
    full.sort_unstable();
    full.get(full.len() * 9 / 10).copied()
}
