//! Places and questions as they stand in the form, and the way there and back.

use torg_forms::{Choice, Condition, Form as Questions, Kind, NO, Question, Words, YES};
use torg_kernel::{FieldError, Locale, Message, slugify, squeeze};
use torg_ui::T;
use torg_web::Form;

use crate::signup::SignUpRules;
use crate::views::RulesQuestion;
use crate::web::pattern_form::read_time;

/// Ways of answering, in the order in which they are most used.
pub(super) const KINDS: [(&str, &str); 9] = [
    ("short_text", "signup-kind-short-text"),
    ("long_text", "signup-kind-long-text"),
    ("yes_no", "signup-kind-yes-no"),
    ("one", "signup-kind-one"),
    ("several", "signup-kind-several"),
    ("number", "signup-kind-number"),
    ("email", "signup-kind-email"),
    ("phone", "signup-kind-phone"),
    ("date", "signup-kind-date"),
];
/// Questions that are read; one more than there may be, so that too many is told.
const READ: usize = torg_forms::MOST_QUESTIONS + 1;

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub on: bool,
    pub places: String,
    pub largest_party: String,
    pub opens_date: String,
    pub opens_time: String,
    pub closes_hours: String,
    pub keep_days: String,
    pub waiting_list: bool,
    pub whole_series: bool,
    pub questions: Vec<RulesQuestion>,
}

/// As it was sent.
pub(super) fn sent(form: &Form) -> Written {
    let question = |at: usize| {
        let text = |what: &str| form.text(&format!("q{at}_{what}"));
        RulesQuestion {
            id: text("id"),
            label_sv: text("label_sv"),
            label_en: text("label_en"),
            help_sv: text("help_sv"),
            help_en: text("help_en"),
            kind: text("kind"),
            choices: text("choices"),
            least: text("least"),
            most: text("most"),
            when: text("when"),
            is: text("is"),
            required: form.has(&format!("q{at}_required")),
            errors: Vec::new(),
        }
    };
    let there = (0..READ).take_while(|at| form.has(&format!("q{at}_id")));
    Written {
        on: form.has("on"),
        places: form.text("places"),
        largest_party: form.text("largest_party"),
        opens_date: form.text("opens_date"),
        opens_time: form.text("opens_time"),
        closes_hours: form.text("closes_hours"),
        keep_days: form.text("keep_days"),
        waiting_list: form.has("waiting_list"),
        whole_series: form.has("whole_series"),
        questions: there.map(question).collect(),
    }
}

/// As the rules are; without rules, as they mostly are.
pub(super) fn of(t: T, rules: Option<&SignUpRules>) -> Written {
    let usual = SignUpRules::new(20);
    let own = rules.unwrap_or(&usual);
    Written {
        on: rules.is_some(),
        places: own.places.to_string(),
        largest_party: own.largest_party.to_string(),
        opens_date: own
            .opens
            .map(|at| at.date().to_string())
            .unwrap_or_default(),
        opens_time: own
            .opens
            .map(|at| at.strftime("%H.%M").to_string())
            .unwrap_or_default(),
        closes_hours: own.closes_hours.to_string(),
        keep_days: own.keep_days.to_string(),
        waiting_list: own.waiting_list,
        whole_series: own.whole_series,
        questions: own
            .form
            .questions
            .iter()
            .map(|question| question_of(t, &own.form, question))
            .collect(),
    }
}

fn question_of(t: T, form: &Questions, question: &Question) -> RulesQuestion {
    let own = |words: &Words, locale| words.own(locale).unwrap_or_default().to_owned();
    let lines = question.kind.choices().iter().map(|choice| {
        let (swedish, english) = (
            own(&choice.label, Locale::SV),
            own(&choice.label, Locale::EN),
        );
        if english.is_empty() {
            swedish
        } else {
            format!("{swedish} | {english}")
        }
    });
    let number = |number: Option<i64>| number.map(|it| it.to_string()).unwrap_or_default();
    let (least, most) = match question.kind {
        Kind::Number { least, most } => (number(least), number(most)),
        _ => (String::new(), String::new()),
    };
    let is = question.when.as_ref().map(|when| {
        let asked = form.find(&when.question);
        let choices = asked.map_or(&[][..], |asked| asked.kind.choices());
        match choices.iter().find(|choice| choice.id == when.is) {
            Some(choice) => own(&choice.label, Locale::SV),
            None if when.is == YES => t.get("signup-yes").into_owned(),
            None if when.is == NO => t.get("signup-no").into_owned(),
            None => when.is.clone(),
        }
    });
    RulesQuestion {
        id: question.id.clone(),
        label_sv: own(&question.label, Locale::SV),
        label_en: own(&question.label, Locale::EN),
        help_sv: own(&question.help, Locale::SV),
        help_en: own(&question.help, Locale::EN),
        kind: question.kind.name().to_owned(),
        choices: lines.collect::<Vec<_>>().join("\n"),
        least,
        most,
        when: question
            .when
            .as_ref()
            .map(|when| when.question.clone())
            .unwrap_or_default(),
        is: is.unwrap_or_default(),
        required: question.required,
        errors: Vec::new(),
    }
}

fn both(swedish: &str, english: &str) -> Words {
    let mut words = Words::swedish(swedish);
    words.set(Locale::EN, english);
    words
}

fn choices(lines: &str) -> Vec<Choice> {
    let lines = lines.lines().map(squeeze).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (swedish, english) = line.split_once('|').unwrap_or((&line, ""));
            let mut id = slugify(swedish);
            id.truncate(40);
            Choice {
                id: id.trim_matches('-').to_owned(),
                label: both(swedish, english),
            }
        })
        .collect()
}

/// What is meant by an answer that was written in words.
fn meant(before: &[Question], question: &str, is: &str) -> String {
    let word = torg_kernel::fold(is.trim());
    let asked = before.iter().find(|own| own.id == question);
    match asked.map(|asked| &asked.kind) {
        Some(Kind::YesNo) => match word.as_str() {
            "ja" | "yes" => YES.to_owned(),
            "nej" | "no" => NO.to_owned(),
            _ => word,
        },
        Some(Kind::One { choices } | Kind::Several { choices }) => {
            let found = choices.iter().find(|choice| {
                let mut names = choice.label.0.values();
                choice.id == word || names.any(|name| torg_kernel::fold(name) == word)
            });
            found.map_or(word, |choice| choice.id.clone())
        }
        _ => word,
    }
}

/// A number of a field; what cannot be read is told and taken as `instead`.
fn number<N: std::str::FromStr>(
    errors: &mut Vec<FieldError>,
    field: &str,
    text: &str,
    instead: N,
) -> N {
    let text = text.trim();
    text.parse().unwrap_or_else(|_| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new("form-error-number"),
        });
        instead
    })
}

impl Written {
    /// The rules that are written.
    ///
    /// # Errors
    /// What cannot be read. What can be read and must not be is told by the rules' own check.
    pub(super) fn rules(&self) -> Result<SignUpRules, Vec<FieldError>> {
        let mut errors = Vec::new();
        let opens = self.opens(&mut errors);
        let mut questions: Vec<Question> = Vec::new();
        for (at, own) in self.questions.iter().enumerate() {
            let question = self.question(&mut errors, at, own, &questions);
            questions.push(question);
        }
        let rules = SignUpRules {
            places: number(&mut errors, "places", &self.places, 1),
            largest_party: number(&mut errors, "largest_party", &self.largest_party, 1),
            waiting_list: self.waiting_list,
            opens,
            closes_hours: number(&mut errors, "closes_hours", &self.closes_hours, 0),
            whole_series: self.whole_series,
            keep_days: number(&mut errors, "keep_days", &self.keep_days, 30),
            form: Questions { questions },
        };
        if errors.is_empty() {
            errors = crate::signup::check_rules(&rules);
            for error in &mut errors {
                if error.field == "opens" {
                    "opens_time".clone_into(&mut error.field);
                }
            }
        }
        if errors.is_empty() {
            Ok(rules)
        } else {
            Err(errors)
        }
    }

    fn opens(&self, errors: &mut Vec<FieldError>) -> Option<jiff::civil::DateTime> {
        let (day, time) = (self.opens_date.trim(), self.opens_time.trim());
        if day.is_empty() && time.is_empty() {
            return None;
        }
        let mut wrong = |field: &str, key| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new(key),
            });
        };
        let Ok(day) = day.parse::<jiff::civil::Date>() else {
            wrong("opens_date", "event-error-date");
            return None;
        };
        let time = if time.is_empty() { "0" } else { time };
        let Some(time) = read_time(time) else {
            wrong("opens_time", "event-error-time");
            return None;
        };
        Some(day.to_datetime(time))
    }

    fn question(
        &self,
        errors: &mut Vec<FieldError>,
        at: usize,
        own: &RulesQuestion,
        before: &[Question],
    ) -> Question {
        let mut end = |text: &str, what: &str| {
            let text = text.trim();
            let field = format!("question_{at}_{what}");
            (!text.is_empty()).then(|| number(errors, &field, text, 0))
        };
        let kind = match own.kind.as_str() {
            "long_text" => Kind::LongText,
            "yes_no" => Kind::YesNo,
            "one" => Kind::One {
                choices: choices(&own.choices),
            },
            "several" => Kind::Several {
                choices: choices(&own.choices),
            },
            "number" => Kind::Number {
                least: end(&own.least, "least"),
                most: end(&own.most, "least"),
            },
            "email" => Kind::Email,
            "phone" => Kind::Phone,
            "date" => Kind::Date,
            _ => Kind::ShortText,
        };
        let mut question = Question::new(&own.id, kind, both(&own.label_sv, &own.label_en));
        question.help = both(&own.help_sv, &own.help_en);
        question.required = own.required;
        if !own.when.is_empty() {
            question.when = Some(Condition {
                is: meant(before, &own.when, &own.is),
                question: own.when.clone(),
            });
        }
        question
    }

    /// Adds, moves or takes a question away, as a button says. False for another button.
    pub(super) fn change(&mut self, button: &str) -> bool {
        let questions = &mut self.questions;
        let (what, at) = button.split_once('-').unwrap_or((button, ""));
        let at: usize = at.parse().unwrap_or(usize::MAX);
        match what {
            "add" => {
                // An id that no question has or had in this form.
                let used = questions.iter().filter_map(|own| own.id.strip_prefix('q'));
                let last = used.filter_map(|number| number.parse::<u32>().ok()).max();
                questions.push(RulesQuestion {
                    id: format!("q{}", last.unwrap_or(0).saturating_add(1)),
                    kind: "short_text".to_owned(),
                    ..RulesQuestion::default()
                });
            }
            "up" if (1..questions.len()).contains(&at) => questions.swap(at, at - 1),
            "down" if at < questions.len().saturating_sub(1) => questions.swap(at, at + 1),
            "remove" if at < questions.len() => {
                questions.remove(at);
            }
            _ => return false,
        }
        true
    }
}
