//! Plainer words: a list in the repository, looked up word by word.

use std::collections::HashMap;
use std::sync::LazyLock;

use torg_kernel::Locale;

use crate::words::words;

const SWEDISH: &str = include_str!("../data/plain.sv.csv");
const ENGLISH: &str = include_str!("../data/plain.en.csv");

/// The words of a turn after its first, and what to say instead.
type Turns = Vec<(Vec<&'static str>, &'static str)>;
/// Turns by their first word, the longest first.
type List = HashMap<&'static str, Turns>;

fn read(text: &'static str) -> List {
    let mut list = List::new();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for (avoid, prefer) in lines.filter_map(|line| line.split_once(';')) {
        for form in avoid.split('|') {
            let mut parts = form.split(' ');
            let first = parts.next().unwrap_or_default();
            list.entry(first)
                .or_default()
                .push((parts.collect(), prefer));
        }
    }
    for turns in list.values_mut() {
        turns.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    list
}

fn list(locale: Locale) -> Option<&'static List> {
    static SV: LazyLock<List> = LazyLock::new(|| read(SWEDISH));
    static EN: LazyLock<List> = LazyLock::new(|| read(ENGLISH));
    match locale {
        Locale::SV => Some(&SV),
        Locale::EN => Some(&EN),
        _ => None,
    }
}

/// The heavy words and turns of a text in Swedish or English, as written, with plainer ones.
#[must_use]
pub fn plainer(locale: Locale, text: &str) -> Vec<(String, &'static str)> {
    let Some(list) = list(locale) else {
        return Vec::new();
    };
    let written: Vec<&str> = words(text).collect();
    let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lower.len() {
        let turns = list.get(lower[at].as_str());
        let hit = turns.and_then(|turns| {
            turns.iter().find(|(rest, _)| {
                lower[at + 1..].len() >= rest.len()
                    && rest
                        .iter()
                        .zip(&lower[at + 1..])
                        .all(|(own, word)| own == word)
            })
        });
        match hit {
            Some((rest, prefer)) => {
                let end = at + 1 + rest.len();
                found.push((written[at..end].join(" "), *prefer));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_words_have_plainer_ones() {
        let text = "Sökanden Erhåller beslut i syfte att främja, i den mån det går.";
        assert_eq!(
            plainer(Locale::SV, text),
            [
                ("Erhåller".to_owned(), "få"),
                ("i syfte att".to_owned(), "för att"),
                ("i den mån".to_owned(), "om"),
            ]
        );
        assert_eq!(plainer(Locale::EN, "in order to").len(), 1);
        let finnish: Locale = "fi".parse().expect("a language");
        assert!(plainer(finnish, text).is_empty());
    }

    #[test]
    fn the_lists_are_in_order() {
        for (text, least) in [(SWEDISH, 150), (ENGLISH, 80)] {
            let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(lines.len() >= least, "{}", lines.len());
            let mut seen = std::collections::HashSet::new();
            for line in lines {
                let (avoid, prefer) = line.split_once(';').expect(line);
                assert!(!prefer.trim().is_empty(), "{line}");
                for form in avoid.split('|') {
                    assert!(seen.insert(form), "twice: {form}");
                    assert_eq!(form, form.trim().to_lowercase(), "{line}");
                    // A turn is found word by word, so it must be made of words.
                    assert_eq!(words(form).collect::<Vec<_>>().join(" "), form);
                }
            }
        }
    }
}
