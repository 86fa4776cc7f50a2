//! The form for a fact, from what is written to what is meant and back.

use jiff::civil::Date;
use torg_kernel::{FieldError, Locale, Message};
use torg_web::Form;

use crate::model::{Fact, FactValue};
use crate::text::Text;
use crate::views::{NAMES, ValueFields};

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn of_value(value: &FactValue) -> ValueFields {
    let text = |text: &Text, locale| text.find(locale).unwrap_or_default().to_owned();
    ValueFields {
        label_sv: text(&value.label, Locale::SV),
        label_en: text(&value.label, Locale::EN),
        value_sv: text(&value.value, Locale::SV),
        value_en: text(&value.value, Locale::EN),
        from: written(value.valid_from),
        to: written(value.valid_to),
    }
}

/// What a fact says, and an empty place for something new that has the latest labels.
pub(super) fn of_fact(fact: &Fact) -> Vec<ValueFields> {
    let mut fields: Vec<ValueFields> = fact.values.iter().map(of_value).collect();
    let new = fields
        .last()
        .map_or_else(ValueFields::default, |last| ValueFields {
            label_sv: last.label_sv.clone(),
            label_en: last.label_en.clone(),
            ..ValueFields::default()
        });
    fields.push(new);
    fields.truncate(NAMES.len());
    fields
}

/// What was sent, as it was written.
pub(super) fn sent(form: &Form) -> Vec<ValueFields> {
    NAMES
        .iter()
        .filter(|names| form.has(names[0]) || form.has(names[2]))
        .map(|names| ValueFields {
            label_sv: form.text(names[0]),
            label_en: form.text(names[1]),
            value_sv: form.text(names[2]),
            value_en: form.text(names[3]),
            from: form.text(names[4]),
            to: form.text(names[5]),
        })
        .collect()
}

fn is_empty(fields: &ValueFields) -> bool {
    [&fields.value_sv, &fields.value_en, &fields.from, &fields.to]
        .iter()
        .all(|text| text.trim().is_empty())
}

/// Which field of the form an error of a value belongs to.
fn name_of(at: usize, field: &str) -> String {
    let place = match field {
        "label.sv" => 0,
        "label.en" => 1,
        "value.en" => 3,
        "valid_from" => 4,
        "valid_to" => 5,
        _ => 2,
    };
    NAMES[at][place].to_owned()
}

/// What the fields mean. A place with nothing but labels is left out. Texts in languages that the form
/// does not show stay with the value that stood in the same place before.
pub(super) fn values(
    fields: &[ValueFields],
    before: Option<&Fact>,
) -> Result<Vec<FactValue>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut values = Vec::new();
    for (at, own) in fields.iter().enumerate().take(NAMES.len()) {
        if is_empty(own) {
            continue;
        }
        let mut day = |text: &str, place: usize| match text.trim() {
            "" => None,
            text => {
                let read = text.parse::<Date>().ok();
                if read.is_none() {
                    errors.push(FieldError {
                        field: NAMES[at][place].to_owned(),
                        message: Message::new("fact-error-date"),
                    });
                }
                read
            }
        };
        let (valid_from, valid_to) = (day(&own.from, 4), day(&own.to, 5));
        let known = before.and_then(|fact| fact.values.get(at));
        let text = |sv: &str, en: &str, known: Option<&Text>| {
            let shown = [(Locale::SV, sv.to_owned()), (Locale::EN, en.to_owned())];
            let others = known.map(|text| {
                text.others()
                    .map(|(locale, text)| (locale, text.to_owned()))
            });
            Text::new(shown.into_iter().chain(others.into_iter().flatten()))
        };
        let value = FactValue {
            label: text(
                &own.label_sv,
                &own.label_en,
                known.map(|value| &value.label),
            ),
            value: text(
                &own.value_sv,
                &own.value_en,
                known.map(|value| &value.value),
            ),
            valid_from,
            valid_to,
        }
        .tidy();
        errors.extend(value.check().into_iter().map(|error| FieldError {
            field: name_of(at, &error.field),
            ..error
        }));
        values.push(value);
    }
    if values.is_empty() && errors.is_empty() {
        errors.push(FieldError {
            field: NAMES[0][2].to_owned(),
            message: Message::new("error-required"),
        });
    }
    if errors.is_empty() {
        Ok(values)
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(value: &str, from: &str, to: &str) -> ValueFields {
        ValueFields {
            label_sv: "Avgift".to_owned(),
            value_sv: value.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            ..ValueFields::default()
        }
    }

    #[test]
    fn labels_alone_are_nothing_and_errors_name_their_field() {
        let ok = values(&[fields("450 kr", "", ""), fields("", "", "")], None);
        assert_eq!(ok.expect("one value").len(), 1);
        let wrong = values(
            &[fields("450 kr", "i går", ""), fields("", "2027-01-01", "")],
            None,
        );
        let names: Vec<String> = wrong
            .expect_err("two")
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(names, ["from_0", "value_sv_1"]);
        assert!(values(&[fields("", "", "")], None).is_err());
    }
}
