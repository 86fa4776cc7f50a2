//! Which characters can be written. PDF/UA refuses a page with an empty box on it, and a name with an
//! unknown character must not keep a whole document from being printed.

use torg_document::clean;
use typst::text::Font;

/// Stands where a character is in none of the typefaces.
const UNKNOWN: char = '\u{fffd}';

/// What the typefaces can write.
pub(crate) struct Glyphs<'a> {
    fonts: &'a [Font],
}

/// Characters that have no shape of their own and only change others, or join and part them.
const fn is_shapeless(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

impl<'a> Glyphs<'a> {
    pub(crate) const fn new(fonts: &'a [Font]) -> Self {
        Self { fonts }
    }

    fn has(&self, c: char) -> bool {
        // Nearly all text is within these, which our own typeface has.
        if matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{ff}' | '\n') {
            return true;
        }
        let code = u32::from(c);
        self.fonts
            .iter()
            .any(|font| font.info().coverage.contains(code))
    }

    /// The text as it can be written: one sign for each character that cannot, and nothing for those that
    /// have no shape.
    pub(crate) fn fit(&self, text: &str) -> String {
        let mut fit = String::with_capacity(text.len());
        for c in clean(text).chars() {
            if self.has(c) {
                fit.push(c);
            } else if !is_shapeless(c) && !fit.ends_with(UNKNOWN) {
                fit.push(UNKNOWN);
            }
        }
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::fonts;

    #[test]
    fn what_cannot_be_written_is_one_sign() {
        let fonts = fonts();
        let glyphs = Glyphs::new(&fonts);
        assert!(glyphs.has(UNKNOWN), "the sign for what is missing");
        for whole in [
            "Å ä ö – ”citat” § ½ € 1\u{a0}234,5 −5",
            "Привіт, Київ",
            "Ελλάδα",
            "مرحبا بكم في غوتنبرغ",
            "Zażółć gęślą jaźń",
            "Soomaali",
            "سلام دنیا پ چ ژ گ",
        ] {
            assert_eq!(glyphs.fit(whole), whole);
        }
        assert_eq!(
            glyphs.fit("Fest \u{1f389}\u{fe0f}\u{1f389} i dag"),
            "Fest \u{fffd} i dag"
        );
        assert_eq!(glyphs.fit("漢字"), "\u{fffd}");
    }
}
