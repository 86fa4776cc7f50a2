//! What logging in and one's own account look like: plain data in, HTML out.

mod away;
mod factors;
mod organisations;
mod people;
mod roles;

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, NavLink, Shell};

pub use away::{AwayPage, OwnGrant};
pub use factors::{
    AddAppPage, AddPasskeyPage, FactorsPage, PasskeyRow, PasswordPage, RecoveryCodesPage,
    SecondStepPage,
};
pub use organisations::{
    OrganisationFields, OrganisationGroup, OrganisationNode, OrganisationPage, OrganisationsPage,
};
pub use people::{
    HandedRow, HeldRow, HistoryRow, NewGrantFields, PeopleChip, PeoplePage, PersonFields,
    PersonNewPage, PersonPage, PersonRow, RoleChoice,
};
pub use roles::{HolderRow, PermissionRow, RoleHead, RolePage, RolesPage};

/// An account that anybody may use in the demo city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The mail address to log in with.
    pub email: String,
    /// What the person does: "Redaktör för Stadsmiljö".
    pub role: String,
}

/// The page where one logs in. Posts `email`, `password` and `next` to `action`.
#[derive(Template)]
#[template(path = "log_in.html", whitespace = "minimize")]
pub struct LogInPage {
    /// The frame; its title is the heading; mark it `noindex`.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// Where to go afterwards: a path of this site.
    pub next: String,
    /// The address as written before an error.
    pub email: String,
    /// What is wrong. A refused log-in belongs to no field, so that nobody learns which part was
    /// wrong.
    pub errors: Vec<FieldError>,
    /// Something to know first: why one is to log in again, that one has logged out.
    pub said: Option<String>,
    /// Why a log-in by the identity provider came to nothing.
    pub failed: Option<String>,
    /// Where one logs out at the identity provider too.
    pub leave: Option<NavLink>,
    /// Where one logs in by the identity provider, and what that is called.
    pub provider: Option<NavLink>,
    /// The demo's accounts; empty elsewhere.
    pub demo_accounts: Vec<DemoAccount>,
    /// The password that all demo accounts share.
    pub demo_password: String,
}

impl LogInPage {
    fn fields(&self) -> Vec<Field> {
        let t = self.shell.t();
        vec![
            Field::new(
                "email",
                FieldKind::Email,
                t.get("login-email"),
                &*self.email,
            )
            .autocomplete("username")
            .errors(t, &self.errors),
            Field::new("password", FieldKind::Password, t.get("login-password"), "")
                .autocomplete("current-password")
                .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.shell.t(), &fields, &self.errors)
    }
}

/// One log-in of the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The session's public id, posted as `session` to end it; never its token.
    pub id: String,
    /// Browser and system in words: "Firefox på Windows".
    pub browser: String,
    /// When it was last used, in words.
    pub last_seen: String,
    /// Since when and how the person logged in, in words.
    pub since: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// One role that the person has been granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The role's name.
    pub role: String,
    /// Where it comes from, when nobody here gave it.
    pub source: Option<String>,
    /// The organisation's name.
    pub organisation: String,
    /// From which date, in words.
    pub from: String,
    /// To which date, in words; `None` until further notice.
    pub to: Option<String>,
}

/// The person's own account.
#[derive(Template)]
#[template(path = "account.html", whitespace = "minimize")]
pub struct AccountPage {
    /// The frame.
    pub desk: Desk,
    /// The person's name.
    pub name: String,
    /// The person's mail address.
    pub email: String,
    /// What the person has beside the password, as a sentence.
    pub factors: String,
    /// Where password and second factors are changed.
    pub safety: Vec<NavLink>,
    /// Where the person is logged in, this log-in first.
    pub sessions: Vec<SessionRow>,
    /// Where a form with `session` (an id, or `others`) posts to.
    pub end_action: String,
    /// What the person may do.
    pub grants: Vec<GrantRow>,
}

#[cfg(test)]
mod tests;
