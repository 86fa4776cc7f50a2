//! HTML that is already safe, and the escaping that makes it so. Everything else that reaches a
//! template is escaped by the template engine; nothing in Torg marks a string as safe by hand.

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;
use torg_kernel::Locale;

/// Finished HTML. Made only by the functions of this crate, so that a template may write it out
/// unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// For this crate's own renderers, which escape what they are given.
    pub(crate) const fn trusted(html: String) -> Self {
        Self(html)
    }

    /// Plain text as HTML.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(escape(text))
    }

    /// Plain text as HTML, kept apart from what is round it and marked with its language when
    /// that is not the page's.
    #[must_use]
    pub fn in_language(text: &str, lang: Option<Locale>) -> Self {
        let Some(lang) = lang else {
            return Self::text(text);
        };
        let mut out = String::with_capacity(text.len() + 24);
        push_in_language(&mut out, text, lang);
        Self(out)
    }

    /// The attribute ` lang="…"`, or nothing.
    pub(crate) fn lang_attribute(lang: Option<Locale>) -> Self {
        Self(lang.map_or_else(String::new, |lang| format!(" lang=\"{lang}\"")))
    }

    /// The HTML as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Html {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl HtmlSafe for Html {}

/// Appends text as an element of its own with its language.
pub(crate) fn push_in_language(out: &mut String, text: &str, lang: Locale) {
    out.push_str("<bdi lang=\"");
    out.push_str(lang.as_str());
    out.push_str("\">");
    push_escaped(out, text);
    out.push_str("</bdi>");
}

/// Whether none of these bytes has to be written in another way. Says no for line ends and tabs too,
/// so that it is a few comparisons without a branch, which the compiler does for many bytes at once.
fn plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, &byte| {
        plain
            & (byte >= 32)
            & (byte != 127)
            & (byte != b'&')
            & (byte != b'<')
            & (byte != b'>')
            & (byte != b'"')
            & (byte != b'\'')
    })
}

/// Appends text so that it is the same text in an element or a double-quoted attribute. Control
/// characters that HTML forbids are left out.
pub fn push_escaped(out: &mut String, text: &str) {
    const AT_ONCE: usize = 32;
    let mut from = 0;
    for (number, chunk) in text.as_bytes().chunks(AT_ONCE).enumerate() {
        if plain(chunk) {
            continue;
        }
        for (place, byte) in chunk.iter().enumerate() {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                0..=8 | 11 | 12 | 14..=31 | 127 => "",
                _ => continue,
            };
            let at = number * AT_ONCE + place;
            out.push_str(&text[from..at]);
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// Text as HTML, in a string of its own.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// Whether a link may lead there: a path of this site, a place on the page, or one of the four
/// schemes that cannot run code. Refuses `//other.host` and anything with control characters.
#[must_use]
pub fn safe_href(href: &str) -> bool {
    if href
        .chars()
        .any(|c| c.is_control() || matches!(c, ' ' | '\\'))
    {
        return false;
    }
    if let Some(path) = href.strip_prefix('/') {
        return !path.starts_with('/');
    }
    if href.starts_with('#') || href.starts_with('?') {
        return true;
    }
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| {
            href.len() > scheme.len()
                && href
                    .get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
}

/// A `mailto:` address with a subject.
#[must_use]
pub fn mailto(address: &str, subject: &str) -> String {
    let mut out = String::from("mailto:");
    push_percent(&mut out, address);
    if !subject.is_empty() {
        out.push_str("?subject=");
        push_percent(&mut out, subject);
    }
    out
}

/// Percent-encodes what may not stand in the query of an address.
pub(crate) fn push_percent(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(
            escape("a<b> & \"c\" 'd'\u{0}\u{7}\n"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n"
        );
        assert_eq!(escape("Öckerö – 2 ½"), "Öckerö – 2 ½");
    }

    #[test]
    fn only_harmless_links_pass() {
        for good in [
            "/",
            "/bygga-och-bo#avgift",
            "#avgift",
            "?q=a",
            "https://a.example/?b=c",
            "HTTP://a.example",
            "mailto:a@b.example",
            "tel:+4631",
        ] {
            assert!(safe_href(good), "{good}");
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " https://a.example",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "",
            "relative",
            "https://",
            "ftp://a",
        ] {
            assert!(!safe_href(bad), "{bad}");
        }
    }

    #[test]
    fn mail_links_carry_a_subject() {
        assert_eq!(
            mailto("a@b.example", "Fel på sidan & mer"),
            "mailto:a@b.example?subject=Fel%20p%C3%A5%20sidan%20%26%20mer"
        );
    }
}
