//! Questions as they are drawn.

use torg_forms::{Answers, Form, Kind, NO, Question, YES};
use torg_kernel::{FieldError, Locale};
use torg_ui::T;

use crate::views::{Ask, AskChoice, AskKind};

/// The questions of a form with what was written, and what is wrong with it.
pub(in crate::web) fn asks(
    t: T,
    form: &Form,
    sent: &[(String, String)],
    errors: &[FieldError],
) -> Vec<Ask> {
    let questions = form.questions.iter();
    questions
        .map(|question| ask(t, form, question, sent, errors))
        .collect()
}

fn ask(
    t: T,
    form: &Form,
    question: &Question,
    sent: &[(String, String)],
    errors: &[FieldError],
) -> Ask {
    let locale = t.locale();
    let name = question.field();
    let written: Vec<&str> = sent
        .iter()
        .filter(|(own, _)| *own == name)
        .map(|(_, value)| value.as_str())
        .collect();
    let mut hints = Vec::new();
    if let Some(words) = condition(t, form, question, locale) {
        hints.push(words);
    }
    let help = question.help.get(locale);
    if !help.is_empty() {
        hints.push(help.to_owned());
    }
    if let Some(span) = span(t, &question.kind) {
        hints.push(span);
    }
    let mut choices = choices(t, &question.kind, &written);
    // The first is what the summary of errors leads to.
    for (at, choice) in choices.iter_mut().enumerate() {
        choice.id = match at {
            0 => format!("field_{name}"),
            at => format!("field_{name}_{at}"),
        };
    }
    Ask {
        kind: match question.kind {
            Kind::LongText => AskKind::Lines,
            Kind::YesNo | Kind::One { .. } => AskKind::Radio,
            Kind::Several { .. } => AskKind::Checks,
            Kind::Email => AskKind::Line("email"),
            Kind::Phone => AskKind::Line("tel"),
            Kind::Date => AskKind::Line("date"),
            Kind::ShortText | Kind::Number { .. } => AskKind::Line("text"),
        },
        label: question.label.get(locale).to_owned(),
        lang: question.label.other_language(locale),
        hints,
        error: errors
            .iter()
            .find(|error| error.field == name)
            .map(|error| t.message(&error.message)),
        value: written.first().copied().unwrap_or_default().to_owned(),
        choices,
        // Under a condition it need not be answered by all who see it.
        required: question.required && question.when.is_none(),
        name,
    }
}

/// "Only if you answered so": the page shows all, and what was not asked for is not read.
fn condition(t: T, form: &Form, question: &Question, locale: Locale) -> Option<String> {
    let condition = question.when.as_ref()?;
    let asked = form.find(&condition.question)?;
    let choice = asked
        .kind
        .choices()
        .iter()
        .find(|own| own.id == condition.is);
    let answer = match (choice, condition.is.as_str()) {
        (Some(choice), _) => choice.label.get(locale).to_owned(),
        (None, YES) => t.get("signup-yes").into_owned(),
        (None, NO) => t.get("signup-no").into_owned(),
        (None, other) => other.to_owned(),
    };
    let question = asked.label.get(locale);
    Some(t.two("signup-only-if", "question", question, "answer", answer))
}

fn span(t: T, kind: &Kind) -> Option<String> {
    match kind {
        Kind::Number {
            least: Some(least),
            most: Some(most),
        } => Some(t.two("form-error-between", "least", *least, "most", *most)),
        Kind::Number {
            least: Some(least), ..
        } => Some(t.one("form-error-least", "least", *least)),
        Kind::Number {
            most: Some(most), ..
        } => Some(t.one("form-error-most", "most", *most)),
        _ => None,
    }
}

fn choices(t: T, kind: &Kind, written: &[&str]) -> Vec<AskChoice> {
    let one = |value: &str, label: String| AskChoice {
        id: String::new(),
        on: written.contains(&value),
        value: value.to_owned(),
        label,
    };
    match kind {
        Kind::YesNo => vec![
            one(YES, t.get("signup-yes").into_owned()),
            one(NO, t.get("signup-no").into_owned()),
        ],
        kind => kind
            .choices()
            .iter()
            .map(|choice| one(&choice.id, choice.label.get(t.locale()).to_owned()))
            .collect(),
    }
}

/// Question and answer in words.
pub(in crate::web) fn answer_words(t: T, form: &Form, answers: &Answers) -> Vec<(String, String)> {
    let (yes, no) = (t.get("signup-yes"), t.get("signup-no"));
    answers.words(form, t.locale(), (&yes, &no))
}
