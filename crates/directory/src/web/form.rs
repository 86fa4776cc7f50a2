//! The form for a unit: text on one side, typed data on the other.

use torg_kernel::{FieldError, Locale};
use torg_web::Form;

use crate::model::{PostalAddress, Unit, UnitData};

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
    pub version: String,
}

impl Fields {
    /// The unit as it is.
    pub(super) fn of(unit: &Unit) -> Self {
        let data = &unit.data;
        let own = |locale| data.name.own(locale).unwrap_or_default().to_owned();
        let address = data.address.clone().unwrap_or_default();
        Self {
            name_sv: own(Locale::SV),
            name_en: own(Locale::EN),
            phone: data.phone.clone().unwrap_or_default(),
            email: data.email.clone().unwrap_or_default(),
            street: address.street,
            postcode: address.postcode,
            city: address.city,
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
            version: form.text("version"),
        }
    }

    /// The unit's data with what the fields say put in; all that the form does not show stays.
    pub(super) fn apply(&self, before: &UnitData) -> UnitData {
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
        data
    }
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
