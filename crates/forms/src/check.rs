//! The rules for a form, whoever made it.

use std::collections::BTreeSet;

use torg_kernel::{FieldError, Locale, Message};

use crate::answer::can_be;
use crate::model::{Form, Kind, Question};
use crate::words::Words;

/// Questions in a form. A paper form of two pages has fewer.
pub const MOST_QUESTIONS: usize = 30;
/// What can be chosen from.
pub const MOST_CHOICES: usize = 50;
/// Characters of a question or a choice.
const LABEL: usize = 200;
/// Characters of what is said about a question.
const HELP: usize = 500;

fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn long(words: &Words, limit: usize) -> bool {
    words.0.values().any(|text| text.chars().count() > limit)
}

/// What is wrong with a form. The fields are named by the question's number from 0 and what of it:
/// `2_label`, `2_choices`, `2_when`, `2_least`, `2_help`; `questions` for the whole.
#[must_use]
pub fn check(form: &Form) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if form.questions.len() > MOST_QUESTIONS {
        errors.push(FieldError {
            field: "questions".to_owned(),
            message: Message::new("form-error-many-questions").with("most", MOST_QUESTIONS),
        });
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (at, question) in form.questions.iter().enumerate() {
        let before = form.questions.get(..at).unwrap_or_default();
        let mut wrong = |what: &str, message: Message| {
            errors.push(FieldError {
                field: format!("{at}_{what}"),
                message,
            });
        };
        if !is_id(&question.id) || !seen.insert(&question.id) {
            wrong("label", Message::new("form-error-id"));
        }
        if question.label.own(Locale::SV).is_none() {
            wrong("label", Message::new("form-error-label"));
        }
        if long(&question.label, LABEL) {
            let message = Message::new("form-error-long").with("limit", LABEL);
            wrong("label", message);
        }
        if long(&question.help, HELP) {
            wrong("help", Message::new("form-error-long").with("limit", HELP));
        }
        if let Some(message) = kind_fault(&question.kind) {
            let what = if matches!(question.kind, Kind::Number { .. }) {
                "least"
            } else {
                "choices"
            };
            wrong(what, message);
        }
        if !is_met(question, before) {
            wrong("when", Message::new("form-error-condition"));
        }
    }
    errors
}

fn kind_fault(kind: &Kind) -> Option<Message> {
    match kind {
        Kind::Number {
            least: Some(least),
            most: Some(most),
        } if least > most => Some(Message::new("form-error-span")),
        Kind::One { choices } | Kind::Several { choices } => {
            let ids: BTreeSet<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
            let named = choices
                .iter()
                .all(|choice| is_id(&choice.id) && choice.label.own(Locale::SV).is_some());
            if choices.len() < 2 || !named {
                Some(Message::new("form-error-choices"))
            } else if choices.len() > MOST_CHOICES {
                Some(Message::new("form-error-many-choices").with("most", MOST_CHOICES))
            } else if ids.len() < choices.len() {
                Some(Message::new("form-error-same-choice"))
            } else if choices.iter().any(|choice| long(&choice.label, LABEL)) {
                Some(Message::new("form-error-long").with("limit", LABEL))
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Whether the condition is about a question before, and one of its answers.
fn is_met(question: &Question, before: &[Question]) -> bool {
    question.when.as_ref().is_none_or(|condition| {
        let asked = before.iter().find(|own| own.id == condition.question);
        asked.is_some_and(|asked| can_be(&asked.kind, &condition.is))
    })
}
