//! What the pages about roles look like.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind};

use super::people::HistoryRow;

/// A permission as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionRow {
    /// As it is stored, such as `page.edit`.
    pub key: &'static str,
    /// What it lets one do.
    pub name: String,
    /// For each role in the order of the columns, whether it holds it; on a role's own page a single
    /// one.
    pub held: Vec<bool>,
}

/// A role at the head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHead {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many people have it now.
    pub people: String,
}

/// All roles and what each holds.
#[derive(Template)]
#[template(path = "roles.html", whitespace = "minimize")]
pub struct RolesPage {
    /// The frame.
    pub desk: Desk,
    /// Whether the viewer may make and change roles.
    pub may_change: bool,
    /// The columns.
    pub roles: Vec<RoleHead>,
    /// The rows.
    pub permissions: Vec<PermissionRow>,
}

/// Somebody who has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRow {
    /// The person's name.
    pub name: String,
    /// The person's page.
    pub href: Option<String>,
    /// The role or organisation, whichever the page is not about.
    pub what: String,
    /// From when to when.
    pub time: String,
}

/// A role, new or known.
#[derive(Template)]
#[template(path = "role.html", whitespace = "minimize")]
pub struct RolePage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The short name; can be chosen for a new role only.
    pub key: String,
    /// Whether it is new.
    pub is_new: bool,
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English.
    pub name_en: String,
    /// All permissions, with one mark each.
    pub permissions: Vec<PermissionRow>,
    /// Whether what it holds can be changed at all.
    pub is_whole: bool,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// The role as the form was opened on.
    pub seen: String,
    /// So that a second click does nothing.
    pub request_id: String,
    /// Who has it.
    pub holders: Vec<HolderRow>,
    /// What was done.
    pub history: Vec<HistoryRow>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl RolePage {
    fn fields(&self) -> Vec<Field> {
        let (t, errors) = (self.desk.t, &self.errors);
        let mut fields = vec![
            Field::new(
                "name_sv",
                FieldKind::Text,
                t.get("role-name-sv"),
                &*self.name_sv,
            )
            .errors(t, errors),
            Field::new(
                "name_en",
                FieldKind::Text,
                t.get("role-name-en"),
                &*self.name_en,
            )
            .errors(t, errors),
        ];
        if self.is_new {
            fields.push(
                Field::new("key", FieldKind::Text, t.get("role-key"), &*self.key)
                    .hint(t.get("role-key-hint"))
                    .errors(t, errors),
            );
        }
        fields
    }

    fn has(&self, row: &PermissionRow) -> bool {
        row.held.first() == Some(&true)
    }

    fn permissions_field(&self) -> Field {
        let t = self.desk.t;
        Field::new(
            "permissions",
            FieldKind::Text,
            t.get("role-permissions"),
            "",
        )
        .errors(t, &self.errors)
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let permissions = self.permissions_field();
        let fields: Vec<&Field> = fields.iter().chain([&permissions]).collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}
