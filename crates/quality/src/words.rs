//! Text into words and sentences.

/// Short forms whose full stop ends no sentence, without their last stop.
const SHORT: [&str; 52] = [
    "adr", "approx", "art", "bl.a", "ca", "d.v.s", "dr", "dvs", "e.d", "e.g", "ev", "exkl", "f.d",
    "f.n", "f.ö", "fr.o.m", "förf", "i.e", "inkl", "jfr", "kap", "kl", "max", "mfl", "min", "mr",
    "mrs", "ms", "nr", "o.d", "obs", "p.g.a", "prof", "resp", "s.a.s", "s.k", "sid", "st", "t.ex",
    "t.o.m", "tel", "tfn", "u.a", "vs", "bl", "fr", "kr", "milj", "p.s", "m.a.o", "e.dyl", "etc",
];

/// Words in reading order: letters and digits, with what may stand inside a word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(char::is_alphanumeric)?;
        let mut end = start;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let inside = |next: Option<&(usize, char)>| {
                matches!(
                    c,
                    '-' | '\'' | '’' | ':' | '.' | ',' | '\u{ad}' | '\u{2011}' | '/'
                ) && next.is_some_and(|(_, next)| next.is_alphanumeric())
                    && (matches!(c, '-' | '\'' | '’' | ':' | '\u{ad}' | '\u{2011}')
                        || next.is_some_and(|(_, next)| next.is_ascii_digit()))
            };
            // Accents that are characters of their own belong to the letter before.
            let accent = ('\u{300}'..='\u{36f}').contains(&c);
            if c.is_alphanumeric() || accent || inside(chars.peek()) {
                end = start + offset + c.len_utf8();
            } else {
                break;
            }
        }
        at = end;
        Some(&text[start..end])
    })
}

/// How many letters and digits a word has.
pub(crate) fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Sentences in reading order, trimmed, those without any word left out. One ends at `.`, `!`, `?`
/// or `…`, and at `:` before a capital, if white space follows; a full stop ends none after a short
/// form ("t.ex.") or before a small letter.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | ':') {
            continue;
        }
        // What closes belongs to the sentence.
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.peek().copied()
            && matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | ')' | ']' | '»')
        {
            end = next + c.len_utf8();
            chars.next();
        }
        let spaced = chars.peek().is_none_or(|(_, c)| c.is_whitespace());
        if spaced && ends(&text[start..at], c, &text[end..]) {
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| sentence.contains(char::is_alphanumeric));
    found
}

fn ends(before: &str, sign: char, after: &str) -> bool {
    let next = after.chars().find(|c| c.is_alphanumeric());
    match sign {
        ':' => next.is_some_and(char::is_uppercase),
        '.' => {
            if next.is_some_and(char::is_lowercase) {
                return false;
            }
            let from = before
                .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
                .map_or(0, |at| {
                    at + before[at..].chars().next().map_or(1, char::len_utf8)
                });
            let last = &before[from..];
            // No short form is longer, and most words are.
            last.len() > 12 || !SHORT.contains(&last.to_lowercase().as_str())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_what_stands_inside_them() {
        let found: Vec<&str> =
            words("EU:s e-tjänst, kl. 14.30 – 1 234,50 kr/kg (o’Neill)").collect();
        assert_eq!(
            found,
            [
                "EU:s",
                "e-tjänst",
                "kl",
                "14.30",
                "1",
                "234,50",
                "kr",
                "kg",
                "o’Neill"
            ]
        );
        assert_eq!(words("– … !").count(), 0);
        assert_eq!(letters("e-tjänst"), 7);
        // A letter written as two characters is one word.
        assert_eq!(words("a\u{30a}r ute").count(), 2);
    }

    #[test]
    fn sentences_end_where_a_reader_breathes() {
        let text = "Ring kl. 8.30 t.ex. till oss. Vi svarar! Gör så här: Skriv namn, m.m. och ort";
        assert_eq!(
            sentences(text),
            [
                "Ring kl. 8.30 t.ex. till oss.",
                "Vi svarar!",
                "Gör så här:",
                "Skriv namn, m.m. och ort"
            ]
        );
        assert_eq!(sentences("”Är det sant?” Ja."), ["”Är det sant?”", "Ja."]);
        assert_eq!(sentences("  … – "), [""; 0]);
        assert_eq!(
            sentences("Se www.stad.example i dag"),
            ["Se www.stad.example i dag"]
        );
    }
}
