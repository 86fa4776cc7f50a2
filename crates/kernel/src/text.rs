//! Small operations on Swedish and other text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key that sorts å, ä and ö after z, as Swedish does, and other accented letters with their
/// base letter. Stored beside names, since no two databases agree on collation.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.trim().nfc().flat_map(char::to_lowercase) {
        match c {
            'å' => key.push_str("z1"),
            'ä' | 'æ' => key.push_str("z2"),
            'ö' | 'ø' => key.push_str("z3"),
            'z' => key.push_str("z0"),
            _ => key.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    key
}

/// Lower case without any accents: å and ä become a, ö becomes o.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'æ' => 'a',
            'ø' => 'o',
            other => other,
        })
        .collect()
}

/// A part of an address made from words: a–z, 0–9 and single hyphens, at most 80 characters.
/// Empty when nothing can be kept (a title in Arabic, say).
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if slug.len() >= 80 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Runs of white space and control characters become one space; the ends are trimmed.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The first words of a text, at most `limit` characters, with an ellipsis when cut.
#[must_use]
pub fn truncate_words(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!(
        "{}…",
        whole.trim_end_matches([',', '.', ';', ':', ' ', '–'])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_order() {
        let mut names = vec!["Öckerö", "Ale", "Zebra", "Åby", "Ängården", "Éva", "ek"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["Ale", "ek", "Éva", "Zebra", "Åby", "Ängården", "Öckerö"]
        );
    }

    #[test]
    fn slugs_and_cuts() {
        assert_eq!(
            slugify("Öppettider & priser på Valhalla!"),
            "oppettider-priser-pa-valhalla"
        );
        assert_eq!(slugify("العربية"), "");
        assert_eq!(squeeze("  a \u{0}\n b  "), "a b");
        assert_eq!(truncate_words("ett två tre fyra", 9), "ett två…");
        assert_eq!(fold("Ångström"), "angstrom");
    }
}
