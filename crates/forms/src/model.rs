//! What a form is. Pure.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_kernel::hex;

use crate::words::Words;

/// What stands in a field that was answered with yes.
pub const YES: &str = "yes";
/// What stands in a field that was answered with no.
pub const NO: &str = "no";

/// Questions in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What answers know it by: a–z, 0–9 and hyphens; it stays when the words change.
    pub id: String,
    /// What is asked.
    pub label: Words,
    /// More about it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub help: Words,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "is_no")]
    pub required: bool,
    /// What can be answered.
    #[serde(flatten)]
    pub kind: Kind,
    /// When it is asked; always when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
const fn is_no(value: &bool) -> bool {
    !*value
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    ShortText,
    /// Several lines.
    LongText,
    /// A whole number.
    Number {
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        /// The most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
    },
    /// Yes or no.
    YesNo,
    /// One of these.
    One {
        /// What can be chosen.
        choices: Vec<Choice>,
    },
    /// Any of these.
    Several {
        /// What can be chosen.
        choices: Vec<Choice>,
    },
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A day.
    Date,
}

impl Kind {
    /// The name that is stored.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ShortText => "short_text",
            Self::LongText => "long_text",
            Self::Number { .. } => "number",
            Self::YesNo => "yes_no",
            Self::One { .. } => "one",
            Self::Several { .. } => "several",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Date => "date",
        }
    }

    /// What can be chosen; nothing where one writes.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::One { choices } | Self::Several { choices } => choices,
            _ => &[],
        }
    }
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What answers know it by.
    pub id: String,
    /// What it says.
    pub label: Words,
}

/// "Only when that question is answered so."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// A question that is asked before.
    pub question: String,
    /// [`YES`], [`NO`] or the id of a choice.
    pub is: String,
}

impl Question {
    /// A question that need not be answered.
    #[must_use]
    pub fn new(id: &str, kind: Kind, label: Words) -> Self {
        Self {
            id: id.to_owned(),
            label,
            help: Words::default(),
            required: false,
            kind,
            when: None,
        }
    }

    /// The name of its field in a page. It begins with what no other field of a page begins with.
    #[must_use]
    pub fn field(&self) -> String {
        format!("q_{}", self.id)
    }
}

impl Form {
    /// The question with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Which form this is: the first 32 hexadecimal digits of the SHA-256 of its JSON. The same
    /// questions are the same version, wherever they stand.
    #[must_use]
    pub fn version(&self) -> String {
        let json = serde_json::to_vec(self).expect("a form has nothing that JSON cannot say");
        let mut digest = hex(&Sha256::digest(json));
        digest.truncate(32);
        digest
    }
}
