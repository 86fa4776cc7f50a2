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
    folded(text.chars()).collect()
}

fn folded(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    letters
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'æ' => 'a',
            'ø' => 'o',
            other => other,
        })
}

/// A part of an address made from words: a–z, 0–9 and single hyphens, at most 80 characters.
/// Empty when nothing can be kept (a title in Arabic, say).
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(SLUG));
    for c in text.chars() {
        // Nearly all letters of nearly all texts; the rest pay for the tables of Unicode.
        match c {
            'a'..='z' | '0'..='9' => push_slug(&mut slug, c),
            'A'..='Z' => push_slug(&mut slug, c.to_ascii_lowercase()),
            '\0'..='\x7f' => push_slug(&mut slug, '-'),
            'å' | 'ä' | 'Å' | 'Ä' => push_slug(&mut slug, 'a'),
            'ö' | 'Ö' => push_slug(&mut slug, 'o'),
            _ => folded(std::iter::once(c)).for_each(|c| push_slug(&mut slug, c)),
        }
        if slug.len() >= SLUG {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The most characters of a part of an address.
const SLUG: usize = 80;

fn push_slug(slug: &mut String, c: char) {
    if slug.len() >= SLUG {
        return;
    }
    if c.is_ascii_alphanumeric() {
        slug.push(c);
    } else if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
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
    fn a_slug_is_that_of_the_folded_text_for_every_letter() {
        // The short way for common letters says the same as the tables of Unicode.
        for c in '\0'..=char::MAX {
            let text = format!("x{c}y");
            let words: String = fold(&text)
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
                .collect();
            let words: Vec<&str> = words.split_ascii_whitespace().collect();
            assert_eq!(slugify(&text), words.join("-"), "{c:?} {:x}", u32::from(c));
        }
        assert_eq!(slugify("A\u{30a}sa\u{308} o\u{308}"), "asa-o");
        assert_eq!(slugify(&"ä".repeat(300)), "a".repeat(80));
        let cut = format!("{} bc", "a".repeat(79));
        assert_eq!(slugify(&cut), "a".repeat(79));
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
