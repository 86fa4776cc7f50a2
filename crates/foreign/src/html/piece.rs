//! What is shown or plays, apart from the text.

use torg_markup::RawInline;

/// A picture or a film in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A picture.
    Picture {
        /// Its whole address.
        address: String,
        /// What it shows; none where nobody said.
        alt: Option<String>,
        /// Shown below.
        caption: String,
    },
    /// A film or sound, or what somebody else shows in a frame.
    Media {
        /// Its whole address.
        address: String,
        /// What it is called; may be empty.
        title: String,
    },
}

// Private-use characters round the number of a piece; they are taken out of foreign text first.
const OPEN: char = '\u{E0F0}';
const CLOSE: char = '\u{E0F1}';

/// The mark that keeps the place of a piece.
pub(crate) fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Whether a character is part of a mark.
pub(crate) fn is_mark(c: char) -> bool {
    c == OPEN || c == CLOSE
}

/// Takes the marks out of a run and gives their numbers. Links and words left without anything to
/// say go too.
pub(crate) fn take_marks(run: &mut Vec<RawInline>, found: &mut Vec<usize>) {
    for inline in run.iter_mut() {
        match inline {
            RawInline::Text { text, .. } => take_from(text, found),
            RawInline::Link { text, .. } => take_marks(text, found),
            _ => {}
        }
    }
    run.retain(|inline| match inline {
        RawInline::Text { text, .. } => !text.is_empty(),
        RawInline::Link { text, .. } => !text.is_empty(),
        _ => true,
    });
    let blank = |inline: Option<&RawInline>| {
        matches!(inline, Some(RawInline::Break))
            || matches!(inline, Some(RawInline::Text { text, .. }) if text.trim().is_empty())
    };
    if !found.is_empty() {
        while blank(run.last()) {
            run.pop();
        }
        while blank(run.first()) {
            run.remove(0);
        }
    }
}

fn take_from(text: &mut String, found: &mut Vec<usize>) {
    while let Some(start) = text.find(OPEN) {
        let Some(length) = text[start..].find(CLOSE) else {
            text.truncate(start);
            return;
        };
        let inner = &text[start + OPEN.len_utf8()..start + length];
        found.extend(inner.parse::<usize>());
        text.replace_range(start..start + length + CLOSE.len_utf8(), "");
    }
}
