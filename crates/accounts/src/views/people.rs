//! What the pages about people look like.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging, T};

/// A choice that is a part of a list's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleChip {
    /// What it is called.
    pub label: String,
    /// How many there are.
    pub count: usize,
    /// The list of them.
    pub href: String,
    /// Whether it is what is shown.
    pub current: bool,
}

/// A person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The name.
    pub name: String,
    /// The person's page.
    pub href: String,
    /// The mail address.
    pub email: String,
    /// Whether the account is closed.
    pub closed: bool,
    /// "Redaktör, Kulturnämnden", the first few.
    pub grants: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// Everybody with an account.
#[derive(Template)]
#[template(path = "people.html", whitespace = "minimize")]
pub struct PeoplePage {
    /// The frame.
    pub desk: Desk,
    /// Open and closed accounts.
    pub chips: Vec<PeopleChip>,
    /// The state that is shown; empty for open accounts.
    pub state: String,
    /// The words it is filtered by.
    pub query: String,
    /// The organisation it is filtered by, by id.
    pub organisation: String,
    /// Organisations to choose from.
    pub organisations: Vec<(String, String)>,
    /// The role it is filtered by, by id.
    pub role: String,
    /// Roles to choose from.
    pub roles: Vec<(String, String)>,
    /// How many pass.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<PersonRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

impl PeoplePage {
    fn fields(&self) -> [Field; 3] {
        let t = self.desk.t;
        let all = |key: &str, choices: &[(String, String)]| {
            let mut with_all = vec![(String::new(), t.get(key).into_owned())];
            with_all.extend_from_slice(choices);
            FieldKind::Choice(with_all)
        };
        [
            Field::new("q", FieldKind::Text, t.get("people-filter"), &*self.query),
            Field::new(
                "organisation",
                all("people-any-organisation", &self.organisations),
                t.get("people-organisation"),
                &*self.organisation,
            ),
            Field::new(
                "role",
                all("people-any-role", &self.roles),
                t.get("people-role"),
                &*self.role,
            ),
        ]
    }

    fn is_filtered(&self) -> bool {
        !(self.query.is_empty() && self.organisation.is_empty() && self.role.is_empty())
    }
}

/// Name and mail address as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonFields {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
}

impl PersonFields {
    fn fields(&self, t: T, errors: &[FieldError]) -> [Field; 2] {
        [
            Field::new("name", FieldKind::Text, t.get("person-name"), &*self.name)
                .autocomplete("off")
                .errors(t, errors),
            Field::new(
                "email",
                FieldKind::Email,
                t.get("person-email"),
                &*self.email,
            )
            .hint(t.get("person-email-hint"))
            .autocomplete("off")
            .errors(t, errors),
        ]
    }
}

fn summary(t: T, fields: &[Field], errors: &[FieldError]) -> ErrorSummary {
    let fields: Vec<&Field> = fields.iter().collect();
    ErrorSummary::of(t, &fields, errors)
}

/// The form for a new account.
#[derive(Template)]
#[template(path = "person_new.html", whitespace = "minimize")]
pub struct PersonNewPage {
    /// The frame.
    pub desk: Desk,
    /// What was written.
    pub new: PersonFields,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// So that a second click does nothing.
    pub request_id: String,
}

impl PersonNewPage {
    fn fields(&self) -> [Field; 2] {
        self.new.fields(self.desk.t, &self.errors)
    }
    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        summary(self.desk.t, fields, &self.errors)
    }
}

/// A role that a person has, had or will have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The grant's id, posted as `grant` to end it; nothing where the viewer may not.
    pub id: Option<String>,
    /// The role's name.
    pub role: String,
    /// The organisation's name.
    pub organisation: String,
    /// "1 mars 2026 – tills vidare".
    pub time: String,
    /// Key of what it is now: in force, coming, over, ended.
    pub state: &'static str,
    /// "Gavs av Åsa Öberg 3 mars 2026", and who ended it.
    pub about: Vec<String>,
}

/// What is handed over to or by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedRow {
    /// The delegation's id, posted as `delegation` to end it; nothing where it is over or the viewer
    /// may not.
    pub id: Option<String>,
    /// "Åsa Öberg → Bo Ek" in words.
    pub what: String,
    /// From when to when.
    pub time: String,
    /// Key of what it is now.
    pub state: &'static str,
    /// The roles, each with its organisation.
    pub grants: Vec<String>,
    /// Whether all that the giver has is handed over.
    pub whole: bool,
}

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// When, in words.
    pub time: String,
    /// When, for machines.
    pub machine_time: String,
    /// Who did it.
    pub who: String,
    /// What was done.
    pub what: String,
    /// With which words or dates.
    pub details: Vec<String>,
}

/// A role that can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// What was written about new roles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewGrantFields {
    /// Roles to choose from.
    pub roles: Vec<RoleChoice>,
    /// The organisation, by id.
    pub organisation: String,
    /// Organisations to choose from.
    pub organisations: Vec<(String, String)>,
    /// First day.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
}

/// One person.
#[derive(Template)]
#[template(path = "person.html", whitespace = "minimize")]
pub struct PersonPage {
    /// The frame.
    pub desk: Desk,
    /// This page's address; its forms post below it.
    pub href: String,
    /// Where the log of this person is, for whoever may read it.
    pub log_href: Option<String>,
    /// Whether the account is closed, and since when.
    pub closed: Option<String>,
    /// What is in force or coming.
    pub held: Vec<HeldRow>,
    /// What is over.
    pub past: Vec<HeldRow>,
    /// The form for more roles; nothing where the viewer may give none.
    pub new: Option<NewGrantFields>,
    /// What is handed over.
    pub handed: Vec<HandedRow>,
    /// Name and address.
    pub person: PersonFields,
    /// Whether the viewer looks after the account.
    pub looks_after: bool,
    /// Whether the viewer may make a new password for the account.
    pub may_take_over: bool,
    /// Whether the account opens by the city's log-in, and gets no password here.
    pub linked: bool,
    /// A password that was just made, to be told once.
    pub password: Option<String>,
    /// What was done.
    pub history: Vec<HistoryRow>,
    /// What is wrong, in whichever form.
    pub errors: Vec<FieldError>,
}

impl PersonPage {
    fn person_fields(&self) -> [Field; 2] {
        self.person.fields(self.desk.t, &self.errors)
    }

    fn grant_fields(&self, new: &NewGrantFields) -> [Field; 3] {
        let (t, errors) = (self.desk.t, &self.errors);
        // Nothing is chosen beforehand: a role for the first by name would be given by mistake.
        let choose = t.get("grant-organisation-choose").into_owned();
        let mut with_none = vec![(String::new(), choose)];
        with_none.extend_from_slice(&new.organisations);
        [
            Field::new(
                "organisation",
                FieldKind::Choice(with_none),
                t.get("grant-organisation"),
                &*new.organisation,
            )
            .hint(t.get("grant-organisation-hint"))
            .errors(t, errors),
            Field::new(
                "valid_from",
                FieldKind::Date,
                t.get("grant-from"),
                &*new.valid_from,
            )
            .errors(t, errors),
            Field::new(
                "valid_to",
                FieldKind::Date,
                t.get("grant-to"),
                &*new.valid_to,
            )
            .hint(t.get("grant-to-hint"))
            .optional()
            .errors(t, errors),
        ]
    }

    fn roles_error(&self) -> Option<String> {
        let mut said: Vec<String> = Vec::new();
        for error in self.errors.iter().filter(|error| error.field == "roles") {
            said.push(self.desk.t.message(&error.message));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    fn summary(&self) -> ErrorSummary {
        let t = self.desk.t;
        let mut fields: Vec<Field> = self.person_fields().to_vec();
        if let Some(new) = &self.new {
            let roles = Field::new("roles", FieldKind::Text, t.get("grant-roles"), "");
            fields.push(roles.errors(t, &self.errors));
            fields.extend(self.grant_fields(new));
        }
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(t, &fields, &self.errors)
    }
}
