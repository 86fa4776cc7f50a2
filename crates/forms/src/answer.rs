//! What was answered.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

use crate::model::{Condition, Form, Kind, NO, Question, YES};

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Words, a mail address or a phone number.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// The ids of what was chosen, in the order of the form.
    Chosen(Vec<String>),
    /// A day.
    Date(Date),
}

impl Answer {
    /// Whether it is what a condition asks for.
    #[must_use]
    pub fn meets(&self, condition: &Condition) -> bool {
        match self {
            Self::Yes(yes) => condition.is == if *yes { YES } else { NO },
            Self::Chosen(ids) => ids.contains(&condition.is),
            Self::Number(number) => number.to_string() == condition.is,
            Self::Text(text) => *text == condition.is,
            Self::Date(day) => day.to_string() == condition.is,
        }
    }

    /// The answer in words; `yes` and `no` are what these are called in the language.
    #[must_use]
    pub fn words(&self, question: &Question, locale: Locale, (yes, no): (&str, &str)) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Yes(true) => yes.to_owned(),
            Self::Yes(false) => no.to_owned(),
            Self::Date(day) => day.to_string(),
            Self::Chosen(ids) => {
                let choices = question.kind.choices();
                let names = ids.iter().map(|id| {
                    let choice = choices.iter().find(|choice| choice.id == *id);
                    // What is no longer offered was chosen all the same.
                    choice.map_or(id.as_str(), |choice| choice.label.get(locale))
                });
                names.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// What stands in the fields that would be answered so.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Number(number) => vec![number.to_string()],
            Self::Yes(yes) => vec![if *yes { YES } else { NO }.to_owned()],
            Self::Chosen(ids) => ids.clone(),
            Self::Date(day) => vec![day.to_string()],
        }
    }
}

/// The answers to a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Which form was answered: its [`Form::version`]; empty when nothing was asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// By the ids of the questions; what was not answered is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Answer>,
}

impl Answers {
    /// Whether a question is asked of somebody who answered so.
    #[must_use]
    pub fn asks(&self, question: &Question) -> bool {
        question.when.as_ref().is_none_or(|condition| {
            let answer = self.values.get(&condition.question);
            answer.is_some_and(|answer| answer.meets(condition))
        })
    }

    /// Question and answer in words, in the order of the form, without what was not answered.
    #[must_use]
    pub fn words(
        &self,
        form: &Form,
        locale: Locale,
        yes_no: (&str, &str),
    ) -> Vec<(String, String)> {
        let asked = form.questions.iter();
        asked
            .filter_map(|question| {
                let answer = self.values.get(&question.id)?;
                Some((
                    question.label.get(locale).to_owned(),
                    answer.words(question, locale, yes_no),
                ))
            })
            .collect()
    }
}

/// Whether a condition can be met at all: by what a question can be answered with.
pub(crate) fn can_be(kind: &Kind, value: &str) -> bool {
    match kind {
        Kind::YesNo => value == YES || value == NO,
        Kind::One { choices } | Kind::Several { choices } => {
            choices.iter().any(|choice| choice.id == value)
        }
        Kind::Number { least, most } => value.parse::<i64>().is_ok_and(|number| {
            least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
        }),
        // What people write freely is no ground to ask or not to ask.
        _ => false,
    }
}
