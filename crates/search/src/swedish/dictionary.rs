//! The word list that lies in the program (`data/swedish.dict`, made by
//! `examples/build_dictionary.rs`): read in place from the bytes of the program, nothing is
//! unpacked at start except a table of some hundred suffix changes.
//!
//! Layout: `TORGSV01`; three lengths as little-endian `u32`; a table of lists of edits; a map
//! from surface forms, and one from first parts of compounds, to positions in the table. An edit
//! says how many letters to take off and which to add to reach the lemma.

use std::sync::LazyLock;

use tantivy_fst::Map;
use tantivy_fst::raw::Fst;

static BYTES: &[u8] = include_bytes!("../../data/swedish.dict");

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::load);

/// Word forms of the maps: bytes of the program itself.
pub(crate) type Forms = Map<&'static [u8]>;

/// The Swedish word list.
pub(crate) struct Dictionary {
    lists: Vec<Vec<Edit>>,
    forms: Forms,
    heads: Forms,
}

struct Edit {
    strip: usize,
    add: &'static str,
    flags: u8,
}

/// A reading of a word form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub lemma: String,
    flags: u8,
}

impl Reading {
    /// Whether the word may end a compound.
    pub(crate) const fn is_tail(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether the lemma is a verb.
    pub(crate) const fn is_verb(&self) -> bool {
        self.flags & 2 != 0
    }
}

impl Dictionary {
    /// The one word list of the program.
    pub(crate) fn get() -> &'static Self {
        &DICTIONARY
    }

    /// A number that changes with the content of the word list, so that an index knows that it
    /// was made with another one (FNV-1a over every 64th byte and the length).
    pub(crate) fn digest() -> u64 {
        BYTES
            .iter()
            .step_by(64)
            .fold(0xcbf2_9ce4_8422_2325 ^ BYTES.len() as u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            })
    }

    fn load() -> Self {
        let whole = "data/swedish.dict is made by build_dictionary and held by a test";
        let rest = BYTES.strip_prefix(b"TORGSV01").expect(whole);
        let length = |position: usize| {
            let bytes = rest[4 * position..4 * position + 4]
                .try_into()
                .expect(whole);
            usize::try_from(u32::from_le_bytes(bytes)).expect(whole)
        };
        let (table, rest) = rest[12..].split_at(length(0));
        let (forms, heads) = rest.split_at(length(1));
        let map = |bytes: &'static [u8]| Map::from(Fst::new(bytes).expect(whole));
        Self {
            lists: read_lists(table),
            forms: map(forms),
            heads: map(heads),
        }
    }

    /// All surface forms, for spelling.
    pub(crate) const fn forms(&self) -> &Forms {
        &self.forms
    }

    /// The readings of a word form, its genitive or passive included; empty if it is not known.
    pub(crate) fn readings(&self, form: &str) -> Vec<Reading> {
        if let Some(list) = self.forms.get(form) {
            return self.apply(list, form);
        }
        form.strip_suffix('s')
            .and_then(|stem| self.forms.get(stem).map(|list| self.apply(list, stem)))
            .unwrap_or_default()
    }

    /// Whether a word is the lemma of a verb.
    pub(crate) fn is_verb(&self, lemma: &str) -> bool {
        self.readings(lemma)
            .iter()
            .any(|reading| reading.is_verb() && reading.lemma == lemma)
    }

    /// The lemmas behind the first part of a compound (`parkerings` → parkering, `gatu` → gata).
    pub(crate) fn head_lemmas(&self, head: &str) -> Vec<String> {
        self.heads.get(head).map_or_else(Vec::new, |list| {
            self.apply(list, head)
                .into_iter()
                .map(|reading| reading.lemma)
                .collect()
        })
    }

    fn apply(&self, list: u64, form: &str) -> Vec<Reading> {
        let edits = usize::try_from(list)
            .ok()
            .and_then(|list| self.lists.get(list));
        edits
            .into_iter()
            .flatten()
            .map(|edit| {
                let keep = form.chars().count().saturating_sub(edit.strip);
                let mut lemma: String = form.chars().take(keep).collect();
                lemma.push_str(edit.add);
                Reading {
                    lemma,
                    flags: edit.flags,
                }
            })
            .collect()
    }
}

fn read_lists(table: &'static [u8]) -> Vec<Vec<Edit>> {
    let mut lists = Vec::new();
    let mut rest = table;
    while let Some((&count, after)) = rest.split_first() {
        rest = after;
        let mut list = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let [strip, flags, length] = rest[..3] else {
                return lists;
            };
            let (add, after) = rest[3..].split_at(usize::from(length));
            rest = after;
            list.push(Edit {
                strip: usize::from(strip),
                add: std::str::from_utf8(add).unwrap_or_default(),
                flags,
            });
        }
        lists.push(list);
    }
    lists
}
