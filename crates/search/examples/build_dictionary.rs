//! Turns a hunspell dictionary of Swedish (`.aff` and `.dic`) and `data/irregular.tsv` into the
//! compact file that the program carries, `data/swedish.dict`. Run it by hand when the word list
//! changes; the result is committed, so that a build needs no download:
//!
//! ```sh
//! npm pack dictionary-sv@4.0.0 && tar xf dictionary-sv-4.0.0.tgz
//! cargo run --release -p torg-search --example build_dictionary -- \
//!     package/index.aff package/index.dic crates/search/data
//! ```
//!
//! The layout is described in `src/swedish/dictionary.rs`, which reads it.

#![expect(clippy::print_stdout, reason = "a tool run by hand says what it made")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

use tantivy_fst::MapBuilder;

/// The word may end a compound.
const TAIL: u8 = 1;
/// The lemma is a verb.
const VERB: u8 = 2;
/// A word of so many letters may end a compound though the list does not say so.
const LONG_TAIL: usize = 5;
/// A beginning that so many entries share, each followed by another entry, begins compounds.
const COMMON_HEAD: usize = 4;

/// One suffix rule: what to take off, what to add, and when.
struct Rule {
    strip: Vec<char>,
    add: Vec<char>,
    /// Flags on the result: `X` or `U` means that it may begin a compound.
    continuation: String,
    condition: Vec<Class>,
}

/// One position of a rule's condition.
enum Class {
    Any,
    One(char),
    Of(Vec<char>),
    NotOf(Vec<char>),
}

impl Class {
    fn holds(&self, c: char) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => *one == c,
            Self::Of(set) => set.contains(&c),
            Self::NotOf(set) => !set.contains(&c),
        }
    }
}

fn parse_condition(text: &str) -> Vec<Class> {
    let mut classes = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        classes.push(match c {
            '.' => Class::Any,
            '[' => {
                let set: Vec<char> = chars.by_ref().take_while(|c| *c != ']').collect();
                match set.split_first() {
                    Some(('^', rest)) => Class::NotOf(rest.to_vec()),
                    _ => Class::Of(set),
                }
            }
            other => Class::One(other),
        });
    }
    classes
}

fn parse_rules(aff: &str) -> HashMap<char, Vec<Rule>> {
    let mut rules: HashMap<char, Vec<Rule>> = HashMap::new();
    for line in aff.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let ["SFX", flag, strip, add, condition, ..] = columns.as_slice() else {
            continue;
        };
        // Inhabitants (göteborgsbo) and ordinals are other words, not forms of this one.
        let Some(flag) = flag.chars().next().filter(|f| !"de17".contains(*f)) else {
            continue;
        };
        let (add, continuation) = add.split_once('/').unwrap_or((add, ""));
        let letters = |text: &str| -> Vec<char> {
            if text == "0" {
                Vec::new()
            } else {
                text.chars().collect()
            }
        };
        rules.entry(flag).or_default().push(Rule {
            strip: letters(strip),
            add: letters(add),
            continuation: continuation.to_owned(),
            condition: parse_condition(condition),
        });
    }
    rules
}

fn apply(rule: &Rule, base: &[char]) -> Option<String> {
    // Rooms are no Latin words: andrum has no plural andra.
    if rule.strip == ['u', 'm'] && base.ends_with(&['r', 'u', 'm']) {
        return None;
    }
    let kept = base.strip_suffix(rule.strip.as_slice())?;
    let from = base.len().checked_sub(rule.condition.len())?;
    let fits = rule
        .condition
        .iter()
        .zip(&base[from..])
        .all(|(class, c)| class.holds(*c));
    fits.then(|| kept.iter().chain(&rule.add).collect())
}

fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic)
        && text.chars().all(char::is_alphabetic)
        && (2..=28).contains(&text.chars().count())
}

/// Form → lemma → flags, and first part of a compound → lemmas.
#[derive(Default)]
struct Lexicon {
    forms: BTreeMap<String, BTreeMap<String, u8>>,
    heads: BTreeMap<String, BTreeSet<String>>,
    /// Every entry's own forms, for the table of irregular words.
    entries: HashMap<String, BTreeSet<String>>,
    /// Entries with forms of a lemma's kind (bad, badet), not mere forms themselves (sprang).
    inflected: BTreeSet<String>,
}

impl Lexicon {
    fn read(&mut self, dic: &str, rules: &HashMap<char, Vec<Rule>>) {
        for line in dic.lines().skip(1) {
            let line = line.split_whitespace().next().unwrap_or_default();
            let (word, flags) = line.split_once('/').unwrap_or((line, ""));
            // `!` is never suggested, `%` is forbidden: neither is a word to know.
            if !is_word(word) || flags.contains(['%', '¤']) {
                continue;
            }
            self.read_entry(&word.to_lowercase(), flags, rules);
        }
    }

    fn read_entry(&mut self, lemma: &str, flags: &str, rules: &HashMap<char, Vec<Rule>>) {
        let base: Vec<char> = lemma.chars().collect();
        let verb = flags.contains('m')
            || (lemma.ends_with('a') && flags.contains(['K', 'L', 'N', 'O', 'j']));
        let mut mark = 0;
        if flags.contains('Y') || base.len() >= LONG_TAIL {
            mark |= TAIL;
        }
        if verb {
            mark |= VERB;
        }
        let begins = flags.contains(['X', 'U']);
        if begins {
            self.heads
                .entry(lemma.to_owned())
                .or_default()
                .insert(lemma.to_owned());
        }
        if flags.contains('Z') {
            return;
        }
        if flags.contains(['B', 'C', 'D', 'E', 'G', 'H', 'm']) {
            self.inflected.insert(lemma.to_owned());
        }
        let mut forms = BTreeSet::from([lemma.to_owned()]);
        for rule in flags.chars().filter_map(|flag| rules.get(&flag)).flatten() {
            let Some(form) = apply(rule, &base) else {
                continue;
            };
            if rule.continuation.is_empty() {
                forms.insert(form);
            } else if rule.continuation.contains(['X', 'U']) {
                self.heads.entry(form).or_default().insert(lemma.to_owned());
            }
        }
        for form in &forms {
            *self
                .forms
                .entry(form.clone())
                .or_default()
                .entry(lemma.to_owned())
                .or_default() |= mark;
        }
        self.entries
            .entry(lemma.to_owned())
            .or_default()
            .extend(forms);
    }

    /// Lines of `lemma<TAB>forms`: each form's own entry, with all its forms, becomes forms of the
    /// lemma (böcker, böckerna → bok). Lemmas after the line `# Verbs` are verbs.
    fn read_irregular(&mut self, table: &str) -> Result<(), Box<dyn Error>> {
        let mut verb = 0;
        for line in table.lines().filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                if line.starts_with("# Verbs") {
                    verb = VERB;
                }
                continue;
            }
            let (lemma, forms) = line.split_once('\t').ok_or("a line without a tab")?;
            let forms: Vec<&str> = forms.split_whitespace().collect();
            for form in &forms {
                let own_entry = self.entries.get(*form).cloned();
                let mut all = own_entry.unwrap_or_default();
                all.insert((*form).to_owned());
                if verb == 0 && form.ends_with("er") {
                    all.insert(format!("{form}na"));
                }
                for form in all {
                    let lemmas = self.forms.entry(form).or_default();
                    // The form as a lemma of its own gives way; other readings stay.
                    lemmas.retain(|other, _| {
                        !forms.contains(&other.as_str()) || self.inflected.contains(other)
                    });
                    *lemmas.entry(lemma.to_owned()).or_default() |= TAIL | verb;
                }
                if let Some(heads) = self.heads.get_mut(*form) {
                    heads.insert(lemma.to_owned());
                }
            }
            let own = self.forms.entry(lemma.to_owned()).or_default();
            *own.entry(lemma.to_owned()).or_default() |= TAIL | verb;
        }
        Ok(())
    }

    /// What a beginning of compounds may be a form of: gatu → gata, skol → skola, sim → simma,
    /// parkerings → parkering.
    fn lemmas_of_head(&self, head: &str) -> BTreeSet<String> {
        let flags = |word: &str| {
            self.forms
                .get(word)
                .and_then(|lemmas| lemmas.get(word))
                .copied()
        };
        let is_verb = |word: &str| flags(word).is_some_and(|flags| flags & VERB != 0);
        let mut found = BTreeSet::new();
        let mut take = |word: String| {
            if word.chars().count() >= 2 && flags(&word).is_some() {
                found.insert(word);
            }
        };
        let stem = head.strip_suffix(['a', 'e', 'o', 'u', 's']);
        take(head.to_owned());
        if let Some(stem) = stem {
            take(stem.to_owned());
        }
        // bad-plats is where one bades, sim-hall where one swims.
        let plain = format!("{head}a");
        let doubled = head.chars().last().map(|last| format!("{head}{last}a"));
        let verb = [Some(plain), doubled]
            .into_iter()
            .flatten()
            .find(|word| is_verb(word));
        if let Some(verb) = verb {
            take(verb);
        }
        if flags(head).is_none() {
            for base in [Some(head), stem].into_iter().flatten() {
                take(format!("{base}a"));
                take(format!("{base}e"));
            }
        }
        found
    }

    /// Finds the beginnings that the list itself uses in compounds, beside those it marks.
    fn learn_heads(&mut self) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for entry in self.entries.keys() {
            for (letters, (at, _)) in entry.char_indices().enumerate().skip(3) {
                let (head, rest) = entry.split_at(at);
                if entry.chars().count() - letters >= 4 && self.entries.contains_key(rest) {
                    *counts.entry(head).or_default() += 1;
                }
            }
        }
        let learned: Vec<String> = counts
            .into_iter()
            .filter(|(_, count)| *count >= COMMON_HEAD)
            .map(|(head, _)| head.to_owned())
            .collect();
        let heads: Vec<String> = self.heads.keys().cloned().chain(learned).collect();
        for head in heads {
            let mut lemmas = self.lemmas_of_head(&head);
            if let Some(marked) = self.heads.get(&head) {
                for lemma in marked {
                    // An entry that is a form of an irregular word stands for that (hyr → hyra).
                    match self.forms.get(lemma) {
                        Some(own) if own.contains_key(lemma) => {
                            lemmas.insert(lemma.clone());
                        }
                        Some(own) => lemmas.extend(own.keys().cloned()),
                        None => {}
                    }
                }
            }
            if lemmas.is_empty() {
                self.heads.remove(&head);
            } else {
                self.heads.insert(head, lemmas);
            }
        }
    }

    /// Genitives and passives are found by taking off the s when reading, which halves the file.
    fn drop_genitives(&mut self) {
        let droppable: Vec<String> = self
            .forms
            .iter()
            .filter(|(form, lemmas)| {
                form.strip_suffix('s').is_some_and(|stem| {
                    self.forms.get(stem).is_some_and(|of_stem| {
                        lemmas
                            .iter()
                            .all(|(lemma, _)| lemma != *form && of_stem.contains_key(lemma))
                    })
                })
            })
            .map(|(form, _)| form.clone())
            .collect();
        for form in droppable {
            self.forms.remove(&form);
        }
    }
}

/// How to come from a form to its lemma: letters to take off, letters to add, flags.
type Edit = (u8, String, u8);

fn edit(form: &str, lemma: &str, flags: u8) -> Edit {
    let common = form
        .chars()
        .zip(lemma.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let strip = form.chars().count() - common;
    let add = lemma.chars().skip(common).collect();
    (
        u8::try_from(strip).expect("words have at most 28 letters"),
        add,
        flags,
    )
}

/// A map from words to positions in a shared table of lists of edits.
fn build_map(
    words: &BTreeMap<String, Vec<Edit>>,
    table: &HashMap<Vec<Edit>, u64>,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut builder = MapBuilder::memory();
    for (word, edits) in words {
        builder.insert(word, table[edits])?;
    }
    Ok(builder.into_inner()?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [aff, dic, data] = arguments.as_slice() else {
        return Err("usage: build_dictionary INDEX.AFF INDEX.DIC DATA_FOLDER".into());
    };
    let data = Path::new(data);
    let rules = parse_rules(&fs::read_to_string(aff)?);
    let mut lexicon = Lexicon::default();
    lexicon.read(&fs::read_to_string(dic)?, &rules);
    lexicon.read_irregular(&fs::read_to_string(data.join("irregular.tsv"))?)?;
    lexicon.learn_heads();
    lexicon.drop_genitives();

    let edits_of = |word: &str, lemmas: &mut dyn Iterator<Item = (&String, u8)>| {
        let mut edits: Vec<Edit> = lemmas
            .map(|(lemma, flags)| edit(word, lemma, flags))
            .collect();
        edits.sort();
        edits.truncate(4);
        edits
    };
    let forms: BTreeMap<String, Vec<Edit>> = lexicon
        .forms
        .iter()
        .filter(|(_, lemmas)| !lemmas.is_empty())
        .map(|(form, lemmas)| {
            (
                form.clone(),
                edits_of(form, &mut lemmas.iter().map(|(l, f)| (l, *f))),
            )
        })
        .collect();
    let heads: BTreeMap<String, Vec<Edit>> = lexicon
        .heads
        .iter()
        .filter(|(head, _)| head.chars().count() >= 2)
        .map(|(head, lemmas)| {
            (
                head.clone(),
                edits_of(head, &mut lemmas.iter().map(|l| (l, 0))),
            )
        })
        .collect();

    let mut counts: HashMap<&Vec<Edit>, usize> = HashMap::new();
    for edits in forms.values().chain(heads.values()) {
        *counts.entry(edits).or_default() += 1;
    }
    let mut lists: Vec<(&Vec<Edit>, usize)> = counts.into_iter().collect();
    lists.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut table = HashMap::new();
    let mut bytes = Vec::new();
    for (position, (list, _)) in lists.iter().enumerate() {
        table.insert((*list).clone(), u64::try_from(position)?);
        bytes.push(u8::try_from(list.len())?);
        for (strip, add, flags) in *list {
            bytes.extend([*strip, *flags, u8::try_from(add.len())?]);
            bytes.extend(add.as_bytes());
        }
    }
    let forms_map = build_map(&forms, &table)?;
    let heads_map = build_map(&heads, &table)?;
    let mut out = b"TORGSV01".to_vec();
    for part in [&bytes, &forms_map, &heads_map] {
        out.extend(u32::try_from(part.len())?.to_le_bytes());
    }
    for part in [&bytes, &forms_map, &heads_map] {
        out.extend(part);
    }
    fs::write(data.join("swedish.dict"), &out)?;
    println!(
        "{} forms ({} bytes), {} first parts ({} bytes), {} lists of edits ({} bytes)",
        forms.len(),
        forms_map.len(),
        heads.len(),
        heads_map.len(),
        lists.len(),
        bytes.len()
    );
    Ok(())
}
