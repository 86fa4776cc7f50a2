//! What kind of goal a link names. Only `http`, `https`, `mailto` and `tel` leave the site; every
//! other scheme is dropped, `javascript:` and `data:` among them.

use torg_kernel::{Address, AddressError};

/// A link's goal, sorted by what has to be asked to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Href<'a> {
    /// Nothing, or a scheme that is not let in.
    Refused,
    /// `unit:KEY`.
    Unit(&'a str),
    /// `page:ID`, for a page whose address was not known when it was written.
    Page(&'a str, Option<&'a str>),
    /// `path:/x`: a path of the program that does not look like one.
    Path(&'a str),
    /// `missing:x`: known to lead nowhere.
    Missing(&'a str),
    /// `https:`, `http:`, `mailto:`, `tel:`.
    Url(&'a str),
    /// `/x`: path, query, fragment.
    Absolute(&'a str, Option<&'a str>, Option<&'a str>),
    /// `../x`, `x.md`, `#x`: path, query, fragment.
    Relative(&'a str, Option<&'a str>, Option<&'a str>),
}

impl<'a> Href<'a> {
    pub(crate) fn sort(href: &'a str) -> Self {
        let href = href.trim();
        if href.is_empty() || href.chars().any(char::is_control) {
            return Self::Refused;
        }
        if let Some((scheme, rest)) = scheme(href) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" if rest.starts_with("//") && rest.len() > 2 => Self::Url(href),
                "mailto" | "tel" if !rest.is_empty() => Self::Url(href),
                "unit" if !rest.is_empty() => Self::Unit(rest),
                "page" => {
                    let (id, fragment) = cut(rest, '#');
                    Self::Page(id, fragment)
                }
                "path" if is_path(rest) => Self::Path(rest),
                "missing" if !rest.is_empty() => Self::Missing(rest),
                _ => Self::Refused,
            };
        }
        if href.starts_with("//") || href.starts_with("\\") {
            return Self::Refused;
        }
        let (front, fragment) = cut(href, '#');
        let (path, query) = cut(front, '?');
        if path.starts_with('/') {
            Self::Absolute(path, query, fragment)
        } else {
            Self::Relative(path, query, fragment)
        }
    }
}

/// Whether the link, written as it stands, is asked for as a page of this site.
pub(crate) fn is_local(href: &str) -> bool {
    href == href.trim() && matches!(Href::sort(href), Href::Absolute(..) | Href::Relative(..))
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((front, back)) => (front, Some(back)),
        None => (text, None),
    }
}

fn scheme(href: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = href.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    good.then_some((scheme, rest))
}

pub(crate) fn is_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(char::is_control)
}

/// Whether a path is one of the program's own.
pub(crate) fn is_own(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    // What follows the first two parts may hold anything (`/static/x.css`).
    let mut front = String::new();
    for part in path.split('/').skip(1).take(2) {
        front.push('/');
        front.push_str(part);
        if matches!(Address::parse(&front), Err(AddressError::Reserved(_))) {
            return true;
        }
    }
    false
}

/// A relative path seen from the folder of `from`; `None` when it leads out of the whole folder.
pub(crate) fn join(from: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(decode(&parts.join("/")))
}

/// Percent-decoding; left as it is where the result would not be UTF-8.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = code {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_sorted() {
        for bad in [
            "",
            "javascript:alert(1)",
            "JaVaScript:x",
            "data:text/html,x",
            "//evil.example/x",
            "java\nscript:x",
            "file:///etc",
            "mailto:",
        ] {
            assert_eq!(Href::sort(bad), Href::Refused, "{bad}");
        }
        assert_eq!(Href::sort("unit:bib"), Href::Unit("bib"));
        assert_eq!(
            Href::sort("../bo/lov.md#x"),
            Href::Relative("../bo/lov.md", None, Some("x"))
        );
        assert_eq!(
            Href::sort("/sok?q=a"),
            Href::Absolute("/sok", Some("q=a"), None)
        );
        assert_eq!(
            join("sv/bo/a.md", "../lov/b%20c.md").as_deref(),
            Some("sv/lov/b c.md")
        );
        assert_eq!(join("a.md", "../x"), None);
        assert!(is_own("/sok?q=x") && is_own("/static/a/b.css") && is_own("/en/search"));
        assert!(!is_own("/bygga/sok"));
    }
}
