//! Swedish: from a word to its lemmas, to the words it is derived from, and to the parts it is
//! put together of. A word list, not a stemmer: it knows böcker and badplatserna, at the price
//! that a word it does not know is only helped by splitting and a weak stem.

mod derivation;
mod dictionary;

use tantivy_fst::Streamer;

pub(crate) use derivation::roots;
pub(crate) use dictionary::Dictionary;

/// Words that carry no subject: prepositions, pronouns, auxiliaries and the words that questions
/// begin with. They are left out of a query that has other words. Own list.
pub(crate) const STOP_WORDS: &str = " alla allt att av bara blir bli blev de dem den denna deras dess det detta dig din dina ditt då där e efter ej eller en er era ert ett från får för ha hade han hans har hej hela henne hennes hit hon hos hur i in inte ja jag kan kunna man med mellan men mig min mina mitt mot mycket måste ni nog nu när någon något några och också om oss på sedan ska skall sig sin sina sitt skulle som så till under upp ut utan vad var vara varför vart vem vems vi vid vilka vilken vilket vill varje åt än är över hittar finns gör göra går kommer ";

/// First parts that look like words but change the meaning of the second (avgift is no gift).
const PARTICLES: [&str; 30] = [
    "an", "av", "be", "bort", "efter", "er", "fram", "från", "för", "före", "in", "med", "mellan",
    "miss", "mot", "ned", "ner", "om", "på", "till", "und", "under", "upp", "ur", "ut", "vid",
    "åt", "över", "o", "van",
];

/// Endings that the word list also has as words (möjlig-het is not hot).
const SUFFIXES: [&str; 34] = [
    "het", "heten", "heter", "skap", "dom", "domen", "lig", "liga", "ligt", "bar", "bart", "bara",
    "sam", "samma", "are", "aren", "arna", "ning", "ande", "ende", "else", "inna", "tion", "ling",
    "arna", "erna", "orna", "vis", "ist", "ism", "ing", "ingen", "eri", "lek",
];

/// Shortest first and last part of a compound that is believed, in letters.
const SHORTEST_PART: usize = 3;
/// Last parts of two letters (förskole-kö) that are believed; others are mostly endings.
const SHORT_TAILS: [&str; 6] = ["bi", "by", "kö", "vy", "år", "ås"];
/// Letters that must stand before one of those.
const BEFORE_SHORT_TAIL: usize = 4;
/// Shortest inflected last part that is believed in a word that the list holds whole.
const SHORTEST_INFLECTED: usize = 5;
/// Most parts that a compound is taken apart into.
const MOST_PARTS: usize = 4;

/// Word forms of the word list, evenly spread over it, in order: for benchmarks and made-up
/// texts that need real words.
#[must_use]
pub fn sample_words(count: usize) -> Vec<String> {
    let forms = Dictionary::get().forms();
    let every = (forms.len() / count.max(1)).max(1);
    let mut stream = forms.stream();
    let mut words = Vec::with_capacity(count);
    let mut at = 0;
    while let Some((form, _)) = stream.next() {
        if at % every == 0 && words.len() < count {
            words.push(String::from_utf8_lossy(form).into_owned());
        }
        at += 1;
    }
    words
}

/// The parts of a compound in order, each with the lemmas it may stand for. `prefix` is all
/// before the last part, as written, so that an unknown compound gets a lemma of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compound {
    pub parts: Vec<Vec<String>>,
    pub prefix: String,
    shortest: usize,
}

/// Words that look like compounds and are none (per-son, kon-takt, bud-get).
const WHOLE: &str = " ansvar ansvara ansvarig budget dessert diagram faktura fordon försäkring garage granska hantera hotell intresse kamera kanot kapitel kartong kilometer klimat komfort kommun komplett koncert konto kontakt kontakta kontor kontroll kontrollera konsert korridor kostnad kurator mandat material museum narkotika organ panel parkera parkering patient pension person personal personlig pistol planet plastik portal present problem program projekt protest protokoll radio rapport referens respons sektor semester service skärgård socker station system tablett talang tariff toalett torsdag trafik trumpet tunnel vardag varför därför villkor villa volontär ";

/// Takes a compound apart: the fewest parts, then the one whose shortest part is longest. `None`
/// for a word that is no compound of known words. The last part of a `lemma` has no ending.
pub(crate) fn split(word: &str, lemma: bool) -> Option<Compound> {
    let padded = format!(" {word} ");
    if WHOLE.contains(&padded) {
        return None;
    }
    split_at_most(word, MOST_PARTS, lemma)
}

/// Takes apart a word that the word list holds as a headword of its own though it is an inflected
/// compound (låneböcker, solskadad): the list has some seven thousand. Only a long last part is
/// believed, since a short one is often an ending (bio-log).
pub(crate) fn split_headword(word: &str, lemmas: &[String]) -> Option<Compound> {
    if !lemmas.iter().any(|lemma| lemma == word) {
        return None;
    }
    split(word, false).filter(|compound| {
        let last = word.get(compound.prefix.len()..).unwrap_or_default();
        last.chars().count() >= SHORTEST_INFLECTED
    })
}

fn split_at_most(word: &str, most: usize, lemma: bool) -> Option<Compound> {
    let dictionary = Dictionary::get();
    let length = word.chars().count();
    if most < 2 || length < 2 * SHORTEST_PART {
        return None;
    }
    let mut best: Option<Compound> = None;
    for (letters, (at, _)) in word.char_indices().enumerate().skip(SHORTEST_PART) {
        let (head, rest) = word.split_at(at);
        let short = length - letters < SHORTEST_PART;
        if short && (letters < BEFORE_SHORT_TAIL || !SHORT_TAILS.contains(&rest)) {
            continue;
        }
        if PARTICLES.contains(&head) {
            continue;
        }
        let lemmas = dictionary.head_lemmas(head);
        if lemmas.is_empty() {
            continue;
        }
        let candidate = tail(rest, lemma).map_or_else(
            || {
                let inner = split_at_most(rest, most - 1, lemma)?;
                let mut parts = vec![lemmas.clone()];
                parts.extend(inner.parts);
                Some(Compound {
                    parts,
                    prefix: format!("{head}{}", inner.prefix),
                    shortest: inner.shortest.min(letters),
                })
            },
            |tail| {
                Some(Compound {
                    parts: vec![lemmas.clone(), tail],
                    prefix: head.to_owned(),
                    shortest: letters.min(length - letters),
                })
            },
        );
        let better =
            |a: &Compound, b: &Compound| (a.parts.len(), b.shortest) < (b.parts.len(), a.shortest);
        if let Some(candidate) = candidate
            && best.as_ref().is_none_or(|best| better(&candidate, best))
        {
            best = Some(candidate);
        }
    }
    best
}

/// The lemmas of a last part.
fn tail(rest: &str, lemma: bool) -> Option<Vec<String>> {
    if SUFFIXES.contains(&rest) {
        return None;
    }
    let lemmas: Vec<String> = Dictionary::get()
        .readings(rest)
        .into_iter()
        .filter(|reading| reading.is_tail() || SHORT_TAILS.contains(&rest))
        .map(|reading| reading.lemma)
        .filter(|found| !lemma || found == rest)
        .collect();
    (!lemmas.is_empty()).then_some(lemmas)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(form: &str) -> Vec<String> {
        Dictionary::get()
            .readings(form)
            .into_iter()
            .map(|reading| reading.lemma)
            .collect()
    }

    #[test]
    fn every_form_leads_to_its_lemma() {
        for (lemma, forms) in [
            (
                "badplats",
                "badplats badplatsen badplatser badplatserna badplatsernas badplatsens",
            ),
            ("bok", "bok boken böcker böckerna böckernas bokens"),
            ("hämta", "hämta hämtar hämtade hämtat hämtas hämtades"),
            ("förskola", "förskola förskolan förskolor förskolorna"),
            (
                "bibliotek",
                "bibliotek biblioteket biblioteken bibliotekets",
            ),
            ("gå", "gå går gick gått"),
            ("stad", "stad staden städer städerna stadens"),
            ("liten", "liten litet lilla små mindre"),
            ("museum", "museum museet museer museerna"),
        ] {
            for form in forms.split(' ') {
                assert!(
                    lemmas(form).iter().any(|l| l == lemma),
                    "{form}: {:?}",
                    lemmas(form)
                );
            }
        }
        assert!(lemmas("qwrtpx").is_empty());
    }

    #[test]
    fn compounds_come_apart() {
        for (word, parts) in [
            ("parkeringstillstånd", ["parkering", "tillstånd"]),
            ("sophämtningen", ["sop", "hämtning"]),
            ("badplatserna", ["bad", "plats"]),
            ("gatubelysning", ["gata", "belysning"]),
            ("förskolekö", ["förskola", "kö"]),
            ("skolskjuts", ["skola", "skjuts"]),
            ("kyrkogårdar", ["kyrka", "gård"]),
            ("simhallstider", ["simhall", "tid"]),
        ] {
            let split = split(word, false).unwrap_or_else(|| panic!("{word} was not split"));
            assert_eq!(split.parts.len(), 2, "{word}: {split:?}");
            for (found, wanted) in split.parts.iter().zip(parts) {
                assert!(
                    found.iter().any(|lemma| lemma == wanted),
                    "{word}: {split:?}"
                );
            }
        }
        for whole in [
            "avgift",
            "möjlighet",
            "bibliotek",
            "tillstånd",
            "kommunen",
            "öppna",
        ] {
            assert_eq!(split(whole, true), None, "{whole}");
        }
    }
}
