//! Running text with what stands out in it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

/// Text as pieces that each look one way. A line break in a piece is a line break on paper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Piece>);

/// A stretch of text that looks one way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Bold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    /// Italic.
    #[serde(default, skip_serializing_if = "is_false")]
    pub italic: bool,
    /// Struck through: what no longer holds, such as a cancelled event. Say so in words too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub struck: bool,
    /// Where it leads: a whole address (`https:`, `http:`, `mailto:`, `tel:`) or `#anchor` in the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// Another language than the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Locale>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Text {
    /// What it says without how it looks.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|piece| piece.text.trim().is_empty())
    }

    fn with(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }

    /// The same, with ordinary text after it.
    #[must_use]
    pub fn then(self, text: impl Into<String>) -> Self {
        self.with(Piece {
            text: text.into(),
            ..Piece::default()
        })
    }

    /// The same, with bold text after it.
    #[must_use]
    pub fn bold(self, text: impl Into<String>) -> Self {
        self.with(Piece {
            text: text.into(),
            bold: true,
            ..Piece::default()
        })
    }

    /// The same, with italic text after it.
    #[must_use]
    pub fn italic(self, text: impl Into<String>) -> Self {
        self.with(Piece {
            text: text.into(),
            italic: true,
            ..Piece::default()
        })
    }

    /// The same, with struck text after it.
    #[must_use]
    pub fn struck(self, text: impl Into<String>) -> Self {
        self.with(Piece {
            text: text.into(),
            struck: true,
            ..Piece::default()
        })
    }

    /// The same, with a link after it.
    #[must_use]
    pub fn link(self, text: impl Into<String>, target: impl Into<String>) -> Self {
        self.with(Piece {
            text: text.into(),
            link: target.into(),
            ..Piece::default()
        })
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().then(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::default().then(text)
    }
}

/// The text without what paper and XML 1.0 cannot hold: control characters (section 2.2 of the
/// recommendation), unpaired joiners of the byte order, and line breaks of other systems. Tabs become spaces.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(
                c,
                '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}'
            )
    };
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let unified = text.replace("\r\n", "\n");
    Cow::Owned(
        unified
            .chars()
            .filter_map(|c| match c {
                '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
                '\t' => Some(' '),
                c if odd(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_taken_away() {
        assert_eq!(
            clean("rad 1\r\nrad 2\u{0}\u{b}\u{feff}\tslut"),
            "rad 1\nrad 2 slut"
        );
        assert!(matches!(clean("Å ä ö\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn pieces_are_put_together() {
        let text = Text::from("Ring ")
            .link("031-390 06 00", "tel:+46313900600")
            .bold(" i dag");
        assert_eq!(text.plain(), "Ring 031-390 06 00 i dag");
        assert!(text.0[2].bold);
        let json = serde_json::to_string(&text).expect("text is JSON");
        assert_eq!(
            json,
            r#"[{"text":"Ring "},{"text":"031-390 06 00","link":"tel:+46313900600"},{"text":" i dag","bold":true}]"#
        );
    }
}
