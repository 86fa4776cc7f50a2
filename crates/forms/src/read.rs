//! From what was sent to answers.

use jiff::civil::Date;
use torg_kernel::{FieldError, Message, squeeze};

use crate::answer::{Answer, Answers};
use crate::model::{Form, Kind, NO, Question, YES};

/// Characters of an answer in one line.
pub const SHORT_TEXT: usize = 200;
/// Characters of an answer in several.
pub const LONG_TEXT: usize = 2_000;

/// What was answered, by the fields that were sent: name and value, in any order, others among them.
/// What is not asked of somebody who answers so is left out, also when it was sent.
///
/// # Errors
/// What is wrong, by the names of the fields ([`Question::field`]).
pub fn read(form: &Form, sent: &[(String, String)]) -> Result<Answers, Vec<FieldError>> {
    let mut answers = Answers::default();
    let mut errors = Vec::new();
    for question in &form.questions {
        if !answers.asks(question) {
            continue;
        }
        let field = question.field();
        let values: Vec<&str> = sent
            .iter()
            .filter(|(name, value)| *name == field && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
            .collect();
        match one(question, &values) {
            Ok(Some(answer)) => {
                answers.values.insert(question.id.clone(), answer);
            }
            Ok(None) if question.required => errors.push(FieldError {
                field,
                message: Message::new("form-error-required"),
            }),
            Ok(None) => {}
            Err(message) => errors.push(FieldError { field, message }),
        }
    }
    if !form.questions.is_empty() {
        answers.version = form.version();
    }
    if errors.is_empty() {
        Ok(answers)
    } else {
        Err(errors)
    }
}

/// The text without what no text of people's holds; PostgreSQL takes no null character.
fn clean(text: &str, lines: bool) -> String {
    let kept = |c: char| !c.is_control() || (lines && c == '\n');
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| kept(*c))
        .collect();
    if lines {
        text.trim().to_owned()
    } else {
        squeeze(&text)
    }
}

fn limited(text: String, limit: usize) -> Result<Option<Answer>, Message> {
    let letters = text.chars().count();
    if letters > limit {
        return Err(Message::new("form-error-too-long")
            .with("limit", limit)
            .with("letters", letters));
    }
    Ok((!text.is_empty()).then_some(Answer::Text(text)))
}

fn one(question: &Question, values: &[&str]) -> Result<Option<Answer>, Message> {
    let Some(first) = values.first() else {
        return Ok(None);
    };
    match &question.kind {
        Kind::ShortText => limited(clean(first, false), SHORT_TEXT),
        Kind::LongText => limited(clean(first, true), LONG_TEXT),
        Kind::Number { least, most } => number(first, *least, *most).map(Some),
        Kind::YesNo => match *first {
            YES => Ok(Some(Answer::Yes(true))),
            NO => Ok(Some(Answer::Yes(false))),
            _ => Err(Message::new("form-error-choice")),
        },
        Kind::One { choices } | Kind::Several { choices } => {
            let single = matches!(question.kind, Kind::One { .. });
            let known = |id: &str| choices.iter().any(|choice| choice.id == id);
            if (single && values.len() > 1) || !values.iter().all(|id| known(id)) {
                return Err(Message::new("form-error-choice"));
            }
            let chosen = choices.iter().filter(|it| values.contains(&it.id.as_str()));
            let ids = chosen.map(|choice| choice.id.clone()).collect();
            Ok(Some(Answer::Chosen(ids)))
        }
        Kind::Email => {
            let text = clean(first, false);
            if is_mail(&text) {
                Ok(Some(Answer::Text(text)))
            } else {
                Err(Message::new("form-error-email"))
            }
        }
        Kind::Phone => {
            let text = clean(first, false);
            if is_phone(&text) {
                Ok(Some(Answer::Text(text)))
            } else {
                Err(Message::new("form-error-phone"))
            }
        }
        Kind::Date => match first.trim().parse::<Date>() {
            Ok(day) => Ok(Some(Answer::Date(day))),
            Err(_) => Err(Message::new("form-error-date")),
        },
    }
}

fn number(text: &str, least: Option<i64>, most: Option<i64>) -> Result<Answer, Message> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // A minus sign is written in two ways.
    let Ok(number) = plain.replace('\u{2212}', "-").parse::<i64>() else {
        return Err(Message::new("form-error-number"));
    };
    let low = least.is_some_and(|least| number < least);
    let high = most.is_some_and(|most| number > most);
    match (least, most) {
        (Some(least), Some(most)) if low || high => Err(Message::new("form-error-between")
            .with("least", least)
            .with("most", most)),
        (Some(least), _) if low => Err(Message::new("form-error-least").with("least", least)),
        (_, Some(most)) if high => Err(Message::new("form-error-most").with("most", most)),
        _ => Ok(Answer::Number(number)),
    }
}

/// Something, one @, and a host with a dot: whether it is somebody's is told by a mail alone.
fn is_mail(text: &str) -> bool {
    let good = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || "<>(),;:\"[]\\@".contains(c))
    };
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(name, host)| {
            let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            good(name) && good(host) && dotted
        })
}

/// Digits as people write them: 5 to 15 (ITU-T E.164), with what stands between.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits)
        && text.chars().count() <= 30
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || " -()/\u{a0}".contains(c))
}

#[cfg(test)]
mod tests {
    use torg_kernel::Locale;

    use super::*;
    use crate::check::check;
    use crate::model::{Choice, Condition};
    use crate::words::Words;

    fn ask(id: &str, kind: Kind) -> Question {
        Question::new(id, kind, Words::swedish(id))
    }

    fn choices(ids: &[&str]) -> Vec<Choice> {
        let all = ids.iter().map(|id| Choice {
            id: (*id).to_owned(),
            label: Words::swedish(&id.to_uppercase()),
        });
        all.collect()
    }

    fn form() -> Form {
        let mut age = ask(
            "age",
            Kind::Number {
                least: Some(0),
                most: Some(17),
            },
        );
        age.required = true;
        let mut food = ask("food", Kind::ShortText);
        food.required = true;
        food.when = Some(Condition {
            question: "eats".to_owned(),
            is: YES.to_owned(),
        });
        Form {
            questions: vec![
                age,
                ask("eats", Kind::YesNo),
                food,
                ask("day", Kind::Date),
                ask(
                    "track",
                    Kind::One {
                        choices: choices(&["a", "b"]),
                    },
                ),
                ask(
                    "days",
                    Kind::Several {
                        choices: choices(&["mon", "tue", "wed"]),
                    },
                ),
                ask("phone", Kind::Phone),
                ask("mail", Kind::Email),
                ask("else", Kind::LongText),
            ],
        }
    }

    fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let all = pairs.iter();
        all.map(|(name, value)| (format!("q_{name}"), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn answers_are_read_and_said_in_words() {
        let form = form();
        assert_eq!(check(&form), []);
        let pairs = [
            ("age", " 7 "),
            ("eats", "yes"),
            ("food", "ägg \n och nötter\0"),
            ("day", "2026-12-24"),
            ("track", "b"),
            ("days", "wed"),
            ("days", "mon"),
            ("phone", "+46 31-365 00 00"),
            ("mail", "a@b.se"),
            ("else", "en\r\ntvå"),
            ("none", "is not asked"),
        ];
        let answers = read(&form, &sent(&pairs)).expect("is right");
        assert_eq!(answers.version, form.version());
        let words = answers.words(&form, Locale::EN, ("Yes", "No"));
        let words: Vec<&str> = words.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            words,
            [
                "7",
                "Yes",
                "ägg och nötter",
                "2026-12-24",
                "B",
                "MON, WED",
                "+46 31-365 00 00",
                "a@b.se",
                "en\ntvå"
            ]
        );
        let json = serde_json::to_string(&answers).expect("is JSON");
        assert_eq!(
            serde_json::from_str::<Answers>(&json).expect("is read"),
            answers
        );
        let json = serde_json::to_string(&form).expect("is JSON");
        let again: Form = serde_json::from_str(&json).expect("is read");
        assert_eq!((again.version(), &again), (form.version(), &form));
    }

    #[test]
    fn a_question_under_a_condition_is_asked_only_then() {
        let form = form();
        let no = read(
            &form,
            &sent(&[("age", "7"), ("eats", "no"), ("food", "ägg")]),
        );
        assert!(
            !no.expect("is right").values.contains_key("food"),
            "nobody asked"
        );
        let errors = read(&form, &sent(&[("age", "7"), ("eats", "yes")])).expect_err("food");
        assert_eq!(errors[0].field, "q_food");
    }

    #[test]
    fn bad_answers_are_told_at_their_fields() {
        let form = form();
        let long = "å".repeat(SHORT_TEXT + 1);
        for (name, value, key) in [
            ("age", "sju", "form-error-number"),
            ("age", "18", "form-error-between"),
            ("age", "99999999999999999999", "form-error-number"),
            ("age", " ", "form-error-required"),
            ("eats", "maybe", "form-error-choice"),
            ("day", "2026-02-30", "form-error-date"),
            ("track", "c", "form-error-choice"),
            ("days", "sun", "form-error-choice"),
            ("phone", "ring mig", "form-error-phone"),
            ("mail", "a@b", "form-error-email"),
        ] {
            let mut pairs = vec![("age", "7")];
            pairs.retain(|(own, _)| *own != name);
            pairs.push((name, value));
            let errors = read(&form, &sent(&pairs)).expect_err(name);
            assert_eq!(errors.len(), 1, "{name} {errors:?}");
            assert_eq!(
                (errors[0].field.as_str(), errors[0].message.key),
                (format!("q_{name}").as_str(), key)
            );
        }
        let pairs = sent(&[("age", "7"), ("eats", "yes"), ("food", &long)]);
        assert_eq!(
            read(&form, &pairs).expect_err("long")[0].message.key,
            "form-error-too-long"
        );
        let both = sent(&[("age", "7"), ("track", "a"), ("track", "b")]);
        assert_eq!(read(&form, &both).expect_err("two")[0].field, "q_track");
    }

    #[test]
    fn a_form_that_cannot_be_answered_is_refused() {
        let wrong = |change: &dyn Fn(&mut Form), field: &str| {
            let mut form = form();
            change(&mut form);
            let fields: Vec<String> = check(&form).into_iter().map(|it| it.field).collect();
            assert_eq!(fields, [field]);
        };
        wrong(
            &|form| form.questions[1].label = Words::default(),
            "1_label",
        );
        wrong(&|form| form.questions[3].id = "age".to_owned(), "3_label");
        wrong(
            &|form| {
                form.questions[0].kind = Kind::Number {
                    least: Some(5),
                    most: Some(4),
                }
            },
            "0_least",
        );
        wrong(
            &|form| {
                form.questions[4].kind = Kind::One {
                    choices: choices(&["a"]),
                }
            },
            "4_choices",
        );
        wrong(
            &|form| {
                form.questions[4].kind = Kind::One {
                    choices: choices(&["a", "a"]),
                }
            },
            "4_choices",
        );
        // A condition on a question that comes later, or on an answer that nobody can give.
        wrong(&|form| form.questions.swap(1, 2), "1_when");
        wrong(
            &|form| {
                form.questions[2].when = Some(Condition {
                    question: "eats".to_owned(),
                    is: "perhaps".to_owned(),
                })
            },
            "2_when",
        );
    }
}
