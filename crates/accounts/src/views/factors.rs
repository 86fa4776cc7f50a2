//! What the second step of a log-in and the pages for one's own factors look like.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Shell};

/// The page where one answers the second step. Posts `code` or `passkey`, and `next`, to `action`.
#[derive(Template)]
#[template(path = "second_step.html", whitespace = "minimize")]
pub struct SecondStepPage {
    /// The frame; its title is the heading; mark it `noindex`.
    pub shell: Shell,
    /// Where the forms post to.
    pub action: String,
    /// Where to go afterwards: a path of this site.
    pub next: String,
    /// Whether the person has a code app; otherwise only recovery codes are asked for.
    pub app: bool,
    /// The question for the browser about a passkey, as JSON.
    pub passkey: Option<String>,
    /// The code as written before an error.
    pub written: String,
    /// What is wrong with the code.
    pub errors: Vec<FieldError>,
    /// Where one begins anew.
    pub again_href: String,
}

impl SecondStepPage {
    fn code(&self) -> Field {
        let t = self.shell.t();
        let key = if self.app {
            "step-code"
        } else {
            "step-recovery"
        };
        let hint = if self.app {
            "step-code-hint"
        } else {
            "step-recovery-hint"
        };
        Field::new("code", FieldKind::Text, t.get(key), &*self.written)
            .hint(t.get(hint))
            .autocomplete("one-time-code")
            .errors(t, &self.errors)
    }

    fn summary(&self, code: &Field) -> ErrorSummary {
        ErrorSummary::of(self.shell.t(), &[code], &self.errors)
    }
}

/// A passkey in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id, posted as `passkey` to take it away.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added and last used, in words.
    pub about: String,
}

/// What a person logs in with.
#[derive(Template)]
#[template(path = "factors.html", whitespace = "minimize")]
pub struct FactorsPage {
    /// The frame.
    pub desk: Desk,
    /// What cannot be done, after a form that was refused.
    pub error: Option<String>,
    /// Whether the person's roles demand a factor and there is none.
    pub missing: bool,
    /// Where the person was going at log-in, when that is where they come from.
    pub next: Option<String>,
    /// What the identity provider is called, for somebody who logs in there.
    pub elsewhere: Option<String>,
    /// Since when there is an app, in words.
    pub app_since: Option<String>,
    /// Passkeys.
    pub passkeys: Vec<PasskeyRow>,
    /// Recovery codes that are left; nothing when there is no factor.
    pub recovery_left: Option<i64>,
    /// Whether factors can be added.
    pub can_add: bool,
    /// Whether passkeys can be added.
    pub can_add_passkey: bool,
    /// Where the forms post to: `begin-app`, `remove-app`, `begin-passkey`, `remove-passkey` or
    /// `recovery-codes` as `do`.
    pub action: String,
}

impl FactorsPage {
    /// Whether all is done that somebody was sent here for.
    fn may_go_on(&self) -> bool {
        !self.missing && self.recovery_left.is_some_and(|left| left > 0)
    }
}

/// The page that tells a code app its secret. Posts `code` to `action`.
#[derive(Template)]
#[template(path = "add_app.html", whitespace = "minimize")]
pub struct AddAppPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Where the person was going at log-in.
    pub next: Option<String>,
    /// Where one leaves without an app.
    pub cancel_href: String,
    /// The secret as a picture: a `data:` address.
    pub picture: String,
    /// The secret as a link, for an app on this very device.
    pub address: String,
    /// The secret to be typed.
    pub text: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl AddAppPage {
    fn code(&self) -> Field {
        let t = self.desk.t();
        Field::new("code", FieldKind::Text, t.get("add-app-code"), "")
            .hint(t.get("add-app-code-hint"))
            .autocomplete("one-time-code")
            .errors(t, &self.errors)
    }

    fn summary(&self, code: &Field) -> ErrorSummary {
        ErrorSummary::of(self.desk.t(), &[code], &self.errors)
    }
}

/// The page that adds a passkey. Posts `name` and `passkey` to `action`.
#[derive(Template)]
#[template(path = "add_passkey.html", whitespace = "minimize")]
pub struct AddPasskeyPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Where the person was going at log-in.
    pub next: Option<String>,
    /// Where one leaves without a passkey.
    pub cancel_href: String,
    /// The question for the browser, as JSON.
    pub question: String,
    /// The name as written.
    pub name: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl AddPasskeyPage {
    fn field(&self) -> Field {
        let t = self.desk.t();
        Field::new(
            "name",
            FieldKind::Text,
            t.get("add-passkey-name"),
            &*self.name,
        )
        .hint(t.get("add-passkey-name-hint"))
        .errors(t, &self.errors)
    }

    fn summary(&self, name: &Field) -> ErrorSummary {
        ErrorSummary::of(self.desk.t(), &[name], &self.errors)
    }
}

/// Recovery codes, the only time that they are shown.
#[derive(Template)]
#[template(path = "recovery_codes.html", whitespace = "minimize")]
pub struct RecoveryCodesPage {
    /// The frame.
    pub desk: Desk,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go on to.
    pub next_href: String,
}

/// The page where one changes one's password. Posts `current` and `password` to `action`.
#[derive(Template)]
#[template(path = "password.html", whitespace = "minimize")]
pub struct PasswordPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Where one leaves without a change.
    pub cancel_href: String,
    /// The fewest characters of a password.
    pub least: usize,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl PasswordPage {
    fn fields(&self) -> Vec<Field> {
        let t = self.desk.t();
        vec![
            Field::new(
                "current",
                FieldKind::Password,
                t.get("password-current"),
                "",
            )
            .autocomplete("current-password")
            .errors(t, &self.errors),
            Field::new("password", FieldKind::Password, t.get("password-new"), "")
                .hint(t.one("password-new-hint", "least", self.least))
                .autocomplete("new-password")
                .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t(), &fields, &self.errors)
    }
}
