//! Care: the reader's form, and the staff's lists.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, NavLink, Paging, Shell};

/// The form by which a reader says that something is wrong.
#[derive(Template)]
#[template(path = "unit_wrong.html", whitespace = "minimize")]
pub struct WrongPage {
    /// The frame.
    pub shell: Shell,
    /// The unit.
    pub unit: NavLink,
    /// Where the form posts to.
    pub action: String,
    /// Made for one reader.
    pub request_id: String,
    /// As written before an error.
    pub text: String,
    /// As written before an error.
    pub email: String,
    /// Most characters.
    pub longest: usize,
    /// The page on personal data.
    pub privacy_href: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Whether it was sent just now.
    pub done: bool,
}

impl WrongPage {
    fn fields(&self) -> Vec<Field> {
        let t = self.shell.t();
        vec![
            Field::new(
                "text",
                FieldKind::Lines(6),
                t.get("wrong-text"),
                &*self.text,
            )
            .hint(t.one("wrong-text-hint", "most", self.longest))
            .errors(t, &self.errors),
            Field::new(
                "email",
                FieldKind::Email,
                t.get("wrong-email"),
                &*self.email,
            )
            .hint(t.get("wrong-email-hint"))
            .autocomplete("email")
            .optional()
            .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.shell.t(), &fields, &self.errors)
    }
}

/// A unit that is due to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// Its name and form.
    pub unit: NavLink,
    /// Where the button posts to.
    pub action: String,
    /// What the button sends along.
    pub request_id: String,
    /// When it was confirmed last, in words.
    pub confirmed: Option<String>,
    /// Who answers for it, in words.
    pub steward: String,
    /// Its public page.
    pub public_href: String,
}

/// Units that are due to be confirmed.
#[derive(Template)]
#[template(path = "admin_units_due.html", whitespace = "minimize")]
pub struct UnitsDuePage {
    /// The frame.
    pub desk: Desk,
    /// Whether only one's own are shown.
    pub mine: bool,
    /// How many there are.
    pub total: usize,
    /// Months after which a unit is due.
    pub months: i64,
    /// This page of them.
    pub rows: Vec<DueRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

/// What a reader said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Its id.
    pub id: String,
    /// The unit and its form.
    pub unit: NavLink,
    /// When it came, in words.
    pub when: String,
    /// Its language.
    pub lang: Locale,
    /// What it says, in paragraphs.
    pub paragraphs: Vec<String>,
    /// Whether an answer is wanted by mail.
    pub wants_answer: bool,
    /// What was answered; may be empty.
    pub answer: String,
    /// When it was settled, in words.
    pub decided: Option<String>,
    /// Where the form posts to; none where it is settled.
    pub action: Option<String>,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong with the answer.
    pub error: Option<String>,
    /// The log of it, if the person may read it.
    pub log_href: Option<String>,
}

/// What readers said.
#[derive(Template)]
#[template(path = "admin_unit_reports.html", whitespace = "minimize")]
pub struct UnitReportsPage {
    /// The frame.
    pub desk: Desk,
    /// States as links: what it is called, how many, whether it is shown.
    pub states: Vec<(NavLink, usize, bool)>,
    /// The reports.
    pub rows: Vec<ReportRow>,
    /// How long settled ones are kept, in words.
    pub weeding: String,
}
