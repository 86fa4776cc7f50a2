//! The staff's pages about units.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging};

/// A unit in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Its name.
    pub name: String,
    /// Where it is edited.
    pub edit_href: String,
    /// The kind as stored, such as `library`.
    pub kind: String,
    /// The phone number; may be empty.
    pub phone: String,
    /// The organisation's name; may be empty.
    pub organisation: String,
    /// When the details were confirmed, in words.
    pub confirmed: Option<String>,
}

impl UnitRow {
    fn key(&self) -> String {
        format!("unit-kind-{}", self.kind)
    }
}

/// All units that the person may change.
#[derive(Template)]
#[template(path = "admin_units.html", whitespace = "minimize")]
pub struct UnitsAdminListPage {
    /// The frame.
    pub desk: Desk,
    /// What the list is filtered by; may be empty.
    pub query: String,
    /// The city's calendar of days, if the person may change it.
    pub almanac_href: Option<String>,
    /// How many units pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<UnitRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

impl UnitsAdminListPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("units-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// The weekdays, Monday first: a name for a field, and the key of the label.
pub const WEEK: [(&str, &str); 7] = [
    ("hours_mon", "weekday-mon"),
    ("hours_tue", "weekday-tue"),
    ("hours_wed", "weekday-wed"),
    ("hours_thu", "weekday-thu"),
    ("hours_fri", "weekday-fri"),
    ("hours_sat", "weekday-sat"),
    ("hours_sun", "weekday-sun"),
];

/// The form for a unit. Posts `name_sv`, `name_en`, `phone`, `email`, `street`, `postcode`,
/// `city`, `version` and `request_id` to its own address.
#[derive(Template)]
#[template(path = "admin_unit_edit.html", whitespace = "minimize")]
pub struct UnitEditPage {
    /// The frame; its title is the unit's name.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Where one goes without saving.
    pub cancel_href: String,
    /// The form for the unit's page.
    pub page_href: String,
    /// The form for the unit's hours.
    pub hours_href: String,
    /// Made new for the button that confirms.
    pub confirm_id: String,
    /// The log of the unit, if the person may read it.
    pub log_href: Option<String>,
    /// How many pages show something of the unit.
    pub used_on: usize,
    /// As saved, or as written before an error.
    pub name_sv: String,
    /// As saved, or as written before an error.
    pub name_en: String,
    /// As saved, or as written before an error.
    pub phone: String,
    /// As saved, or as written before an error.
    pub email: String,
    /// As saved, or as written before an error.
    pub street: String,
    /// As saved, or as written before an error.
    pub postcode: String,
    /// As saved, or as written before an error.
    pub city: String,
    /// The version that the form was opened on.
    pub version: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong; names the fields as above. A conflict has a field name of its own
    /// (`version`).
    pub errors: Vec<FieldError>,
}

struct UnitFields {
    names: Vec<Field>,
    contact: Vec<Field>,
    address: Vec<Field>,
}

impl UnitFields {
    fn all(&self) -> Vec<&Field> {
        [&self.names, &self.contact, &self.address]
            .into_iter()
            .flatten()
            .collect()
    }
}

impl UnitEditPage {
    fn fields(&self) -> UnitFields {
        let t = self.desk.t;
        let field = |name, kind, key: &str, value: &str| {
            Field::new(name, kind, t.get(key), value).errors(t, &self.errors)
        };
        UnitFields {
            names: vec![
                field(
                    "name_sv",
                    FieldKind::Text,
                    "unit-edit-name-sv",
                    &self.name_sv,
                )
                .lang(Locale::SV),
                field(
                    "name_en",
                    FieldKind::Text,
                    "unit-edit-name-en",
                    &self.name_en,
                )
                .lang(Locale::EN)
                .optional(),
            ],
            contact: vec![
                field("phone", FieldKind::Tel, "unit-edit-phone", &self.phone)
                    .hint(t.get("unit-edit-phone-hint"))
                    .optional(),
                field("email", FieldKind::Email, "unit-edit-email", &self.email).optional(),
            ],
            address: vec![
                field("street", FieldKind::Text, "unit-edit-street", &self.street).optional(),
                field(
                    "postcode",
                    FieldKind::Text,
                    "unit-edit-postcode",
                    &self.postcode,
                )
                .optional(),
                field("city", FieldKind::Text, "unit-edit-city", &self.city).optional(),
            ],
        }
    }

    fn summary(&self, fields: &UnitFields) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &fields.all(), &self.errors)
    }
}

/// The same with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
