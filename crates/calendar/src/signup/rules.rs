//! How places are given out. Pure.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use torg_forms::Form;
use torg_kernel::{FieldError, Message};

/// The most places of an occasion: the largest arena of the country has fewer.
pub const MOST_PLACES: u32 = 100_000;
/// The most people in one sign-up.
pub const LARGEST_PARTY: u16 = 50;
/// The earliest that a sign-up can close, in hours before: 60 days.
const HOURS: u32 = 1_440;
/// The longest that sign-ups are kept after an occasion, in days.
const KEPT: u16 = 730;

/// How places are given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignUpRules {
    /// Places of each occasion, or of the whole series.
    pub places: u32,
    /// The most people in one sign-up.
    #[serde(default = "ten")]
    pub largest_party: u16,
    /// Whether one can queue when it is full.
    #[serde(default = "yes")]
    pub waiting_list: bool,
    /// From when one can sign up, by the city's clocks; at once when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<DateTime>,
    /// Hours before the start at which it closes. A last day of the registration goes before it.
    #[serde(default)]
    pub closes_hours: u32,
    /// Whether one signs up to all occasions at once, as to a course.
    #[serde(default)]
    pub whole_series: bool,
    /// Days after the occasion until everything about those who signed up is deleted.
    #[serde(default = "thirty")]
    pub keep_days: u16,
    /// What is asked besides name and mail address.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub form: Form,
}

const fn ten() -> u16 {
    10
}

const fn yes() -> bool {
    true
}

const fn thirty() -> u16 {
    30
}

fn is_empty(form: &Form) -> bool {
    form.questions.is_empty()
}

impl SignUpRules {
    /// The most people in one sign-up, which is never more than there are places.
    #[must_use]
    pub fn most_in_party(&self) -> i64 {
        i64::from(self.largest_party).min(i64::from(self.places))
    }

    /// So many places, the rest as it mostly is.
    #[must_use]
    pub fn new(places: u32) -> Self {
        Self {
            places,
            largest_party: ten(),
            waiting_list: true,
            opens: None,
            closes_hours: 0,
            whole_series: false,
            keep_days: thirty(),
            form: Form::default(),
        }
    }
}

/// What is wrong with the rules; questions as in [`torg_forms::check`], with `question_` before.
pub(crate) fn check_rules(rules: &SignUpRules) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    if !(1..=MOST_PLACES).contains(&rules.places) {
        let message = Message::new("signup-error-places").with("most", MOST_PLACES);
        wrong("places", message);
    }
    if !(1..=LARGEST_PARTY).contains(&rules.largest_party) {
        let message = Message::new("signup-error-largest").with("most", LARGEST_PARTY);
        wrong("largest_party", message);
    }
    if rules.closes_hours > HOURS {
        let message = Message::new("signup-error-hours").with("most", HOURS);
        wrong("closes_hours", message);
    }
    if rules.keep_days > KEPT {
        wrong(
            "keep_days",
            Message::new("signup-error-keep").with("most", KEPT),
        );
    }
    if rules.opens.is_some_and(crate::check::is_skipped) {
        wrong("opens", Message::new("event-error-moved-skipped"));
    }
    for error in torg_forms::check(&rules.form) {
        wrong(&format!("question_{}", error.field), error.message);
    }
    errors
}
