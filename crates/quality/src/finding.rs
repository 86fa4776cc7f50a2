//! What the rules say of a text.

use std::collections::BTreeMap;

use serde::Serialize;
use torg_kernel::{BlockId, Message};

use crate::{Rule, Weight};

/// A part of a page that is no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The title.
    Title,
    /// The lead.
    Description,
}

impl Field {
    /// The name of the field in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
        }
    }
}

/// One thing that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// What it weighs in this city.
    pub weight: Weight,
    /// The block it is about, if it is about one.
    pub block: Option<BlockId>,
    /// The field it is about, if it is about one.
    pub field: Option<Field>,
    /// The words or the sentence; may be empty.
    pub excerpt: String,
    /// Values of the sentence that says what was found.
    pub args: Vec<(&'static str, String)>,
    /// Words to use instead, where the rule knows some.
    pub suggestion: Option<String>,
}

impl Finding {
    /// What was found, to be said in the reader's language.
    #[must_use]
    pub fn message(&self) -> Message {
        let mut message = Message::new(self.rule.key());
        message.args.clone_from(&self.args);
        message.args.push(("excerpt", self.excerpt.clone()));
        let suggestion = self.suggestion.clone().unwrap_or_default();
        message.args.push(("suggestion", suggestion));
        message
    }
}

/// A sentence with what makes it heavy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Where it stands; none for the lead.
    pub block: Option<BlockId>,
    /// The sentence, cut at 240 characters.
    pub text: String,
    /// How many words it has.
    pub words: u32,
    /// Its words of more than six letters.
    pub long: Vec<String>,
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Words, headings not counted.
    pub words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Words of more than six letters.
    pub long_words: u32,
    /// LIX, for Swedish and English texts that are long enough.
    pub lix: Option<u32>,
    /// The highest LIX that the city wants in this language.
    pub lix_most: Option<u32>,
    /// Minutes to read, rounded up; 0 for no words.
    pub minutes: u32,
    /// Headings.
    pub headings: u32,
    /// Links.
    pub links: u32,
    /// Pictures.
    pub pictures: u32,
    /// Bytes of the pictures as a reader usually fetches them.
    pub picture_bytes: u64,
    /// The sentences that raise LIX most, the heaviest first.
    pub hardest: Vec<Sentence>,
    /// The long words that come most often, with how often.
    pub longest: Vec<(String, u32)>,
}

/// What the rules say of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The heaviest first, then in reading order; at most 200 of one rule.
    pub findings: Vec<Finding>,
    /// How many there are of each rule, those left out included.
    pub counts: BTreeMap<Rule, u32>,
    /// What was counted.
    pub figures: Figures,
}

impl Report {
    /// How many there are of a weight, those left out included.
    #[must_use]
    pub fn of_weight(&self, weight: Weight) -> u32 {
        let mut rules: Vec<Rule> = self
            .findings
            .iter()
            .filter(|finding| finding.weight == weight)
            .map(|finding| finding.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
            .iter()
            .filter_map(|rule| self.counts.get(rule))
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}
