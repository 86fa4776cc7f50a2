//! The form for a unit: text on one side, typed data on the other.

use torg_kernel::{FieldError, Locale, Message};
use torg_web::Form;

use crate::hours::{Hours, Span};
use crate::model::{PostalAddress, Unit, UnitData};
use crate::views::{DayHours, WEEK};

/// What stands in the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    pub name_sv: String,
    pub name_en: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub hours: DayHours,
    pub version: String,
}

fn written(span: Span) -> String {
    span.to_string().replace(':', ".").replace('-', "–")
}

impl Fields {
    /// The unit as it is.
    pub(super) fn of(unit: &Unit) -> Self {
        let data = &unit.data;
        let own = |locale| data.name.own(locale).unwrap_or_default().to_owned();
        let address = data.address.clone().unwrap_or_default();
        let hours = data.hours.clone().unwrap_or_default();
        Self {
            name_sv: own(Locale::SV),
            name_en: own(Locale::EN),
            phone: data.phone.clone().unwrap_or_default(),
            email: data.email.clone().unwrap_or_default(),
            street: address.street,
            postcode: address.postcode,
            city: address.city,
            hours: hours.weekly.days().map(|spans| {
                let spans: Vec<String> = spans.iter().copied().map(written).collect();
                spans.join(", ")
            }),
            version: unit.version.to_string(),
        }
    }

    /// What was sent.
    pub(super) fn sent(form: &Form) -> Self {
        Self {
            name_sv: form.text("name_sv"),
            name_en: form.text("name_en"),
            phone: form.text("phone"),
            email: form.text("email"),
            street: form.text("street"),
            postcode: form.text("postcode"),
            city: form.text("city"),
            hours: WEEK.map(|(name, _)| form.text(name)),
            version: form.text("version"),
        }
    }

    /// The unit's data with what the fields say put in; all that the form does not show stays.
    pub(super) fn apply(&self, before: &UnitData) -> Result<UnitData, Vec<FieldError>> {
        let mut data = before.clone();
        data.name.set(Locale::SV, &self.name_sv);
        data.name.set(Locale::EN, &self.name_en);
        data.phone = Some(self.phone.clone());
        data.email = Some(self.email.clone());
        data.address = Some(PostalAddress {
            street: self.street.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
        });
        let mut hours = data.hours.take().unwrap_or_default();
        let mut errors = Vec::new();
        for ((field, text), spans) in WEEK
            .iter()
            .map(|(name, _)| name)
            .zip(&self.hours)
            .zip(hours.weekly.days_mut())
        {
            match parse_day(text) {
                Some(read) => *spans = read,
                None => errors.push(FieldError {
                    field: (*field).to_owned(),
                    message: Message::new("unit-error-hours"),
                }),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // Hours that were not known do not become known by leaving the fields empty.
        if before.hours.is_some() || hours != Hours::default() {
            data.hours = Some(hours);
        }
        Ok(data)
    }
}

fn parse_day(text: &str) -> Option<Vec<Span>> {
    text.split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

/// Names of fields as the form has them.
pub(super) fn in_form(errors: Vec<FieldError>) -> Vec<FieldError> {
    errors
        .into_iter()
        .map(|error| FieldError {
            field: field_name(&error.field),
            ..error
        })
        .collect()
}

fn field_name(field: &str) -> String {
    if let Some(day) = field.strip_prefix("hours.weekly.") {
        return format!("hours_{day}");
    }
    match field {
        "name.sv" => "name_sv",
        "name.en" => "name_en",
        "address.street" => "street",
        "address.postcode" => "postcode",
        "address.city" => "city",
        other => other,
    }
    .to_owned()
}
