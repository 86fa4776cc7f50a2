//! From nouns back to the verbs they are made of: hämtning → hämta, anmälan → anmäla, and from
//! verbs with a particle to the plain verb: uthyra → hyra. Only verbs of the word list count, so
//! that *ring* does not become *ra*.

use super::dictionary::Dictionary;

/// Endings of nouns that tell of doing, and what the verb has in their place.
const ENDINGS: [(&str, &str); 13] = [
    ("ning", "a"),
    ("ning", "na"),
    ("ning", ""),
    ("ing", "a"),
    ("ande", "a"),
    ("ende", ""),
    ("ende", "a"),
    ("else", "a"),
    ("an", "a"),
    ("nad", "a"),
    ("e", "a"),
    ("are", "a"),
    ("", "a"),
];

/// Particles that a verb also takes after itself (uthyrning, hyra ut).
const PARTICLES: [&str; 16] = [
    "an", "av", "bort", "fram", "från", "igen", "in", "ned", "ner", "om", "på", "till", "upp",
    "ur", "ut", "åter",
];

/// Shortest noun that is a verb without its last letter (besök, besöka); shorter ones are too
/// often other words (bok, boka).
const SHORTEST_BARE: usize = 5;

/// The words that a lemma is made from, without itself.
pub(crate) fn roots(lemma: &str) -> Vec<String> {
    let dictionary = Dictionary::get();
    let mut found: Vec<String> = Vec::new();
    // Verbs that may have a particle; not those of bare nouns: an avgift has no gifta in it.
    let mut whole: Vec<String> = vec![lemma.to_owned()];
    for (ending, verb_ending) in ENDINGS {
        let Some(stem) = lemma.strip_suffix(ending) else {
            continue;
        };
        let letters = stem.chars().count();
        if letters < 2 || (ending.len() < 2 && letters < SHORTEST_BARE) {
            continue;
        }
        let verb = format!("{stem}{verb_ending}");
        if verb != lemma && dictionary.is_verb(&verb) && !found.contains(&verb) {
            if !ending.is_empty() {
                whole.push(verb.clone());
            }
            found.push(verb);
        }
    }
    let mut plain: Vec<String> = Vec::new();
    for verb in &whole {
        for particle in PARTICLES {
            if let Some(rest) = verb.strip_prefix(particle)
                && rest.chars().count() >= 3
                && dictionary.is_verb(verb)
                && dictionary.is_verb(rest)
            {
                plain.push(rest.to_owned());
            }
        }
    }
    for verb in plain {
        if !found.contains(&verb) {
            found.push(verb);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_of_doing_lead_to_their_verbs() {
        for (noun, verb) in [
            ("hämtning", "hämta"),
            ("anmälan", "anmäla"),
            ("ansökan", "söka"),
            ("betalning", "betala"),
            ("uthyrning", "hyra"),
            ("öppning", "öppna"),
            ("registrering", "registrera"),
            ("byggande", "bygga"),
            ("kostnad", "kosta"),
            ("arbete", "arbeta"),
            ("besök", "besöka"),
            ("överklagande", "överklaga"),
        ] {
            assert!(
                roots(noun).iter().any(|root| root == verb),
                "{noun}: {:?}",
                roots(noun)
            );
        }
        for plain in ["bok", "ring", "stad", "kommun", "bibliotek"] {
            assert_eq!(roots(plain), Vec::<String>::new(), "{plain}");
        }
        assert!(!roots("avgift").contains(&"gifta".to_owned()));
    }
}
