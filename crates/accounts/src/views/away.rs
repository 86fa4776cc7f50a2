//! What the page looks like where one hands over one's roles.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind};

use super::people::HandedRow;

/// One of one's own roles, to be handed over or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGrant {
    /// The grant's id.
    pub id: String,
    /// The role and its organisation.
    pub name: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// Handing over one's roles while away.
#[derive(Template)]
#[template(path = "away.html", whitespace = "minimize")]
pub struct AwayPage {
    /// The frame.
    pub desk: Desk,
    /// This page's address; its forms post below it.
    pub href: String,
    /// Where one logs in again, where the log-in is too old to hand anything over.
    pub log_in_href: Option<String>,
    /// Whether the form is shown.
    pub form: bool,
    /// Whether all that one has at each moment may be handed over in this log-in.
    pub whole_offered: bool,
    /// One's own roles that hold in this log-in.
    pub own: Vec<OwnGrant>,
    /// Whether all of them are handed over.
    pub whole: bool,
    /// The colleague's mail address.
    pub taker: String,
    /// First day.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// What is or was handed over, by the person and to them.
    pub handed: Vec<HandedRow>,
    /// So that a second click does nothing.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl AwayPage {
    fn fields(&self) -> [Field; 3] {
        let (t, errors) = (self.desk.t, &self.errors);
        [
            Field::new("taker", FieldKind::Email, t.get("away-taker"), &*self.taker)
                .hint(t.get("away-taker-hint"))
                .autocomplete("off")
                .errors(t, errors),
            Field::new(
                "valid_from",
                FieldKind::Date,
                t.get("grant-from"),
                &*self.valid_from,
            )
            .errors(t, errors),
            Field::new(
                "valid_to",
                FieldKind::Date,
                t.get("away-to"),
                &*self.valid_to,
            )
            .errors(t, errors),
        ]
    }

    fn grants_field(&self) -> Field {
        let t = self.desk.t;
        Field::new("grants", FieldKind::Text, t.get("away-grants"), "").errors(t, &self.errors)
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let grants = self.grants_field();
        let fields: Vec<&Field> = fields.iter().chain([&grants]).collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}
