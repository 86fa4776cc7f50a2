//! The pages as they are drawn: plain data in, HTML out.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Arg, Desk, ErrorSummary, Field, FieldKind, Html, Shell, T};

/// One topic in the form.
pub(crate) struct TopicView {
    pub key: String,
    pub name: String,
    pub checked: bool,
}

/// Topics under one heading.
pub(crate) struct GroupView {
    pub heading: String,
    pub topics: Vec<TopicView>,
}

impl GroupView {
    /// Long lists are folded until somebody wants them or has chosen in them.
    fn is_long(&self) -> bool {
        self.topics.len() > 12
    }

    fn is_open(&self) -> bool {
        self.topics.iter().any(|topic| topic.checked)
    }
}

/// What one wants: topics, rhythm, language, and the address where it is not known.
pub(crate) struct WishForm {
    pub t: T,
    pub groups: Vec<GroupView>,
    pub email: Option<String>,
    pub rhythm: String,
    pub rhythms: Vec<(String, String)>,
    pub language: String,
    pub errors: Vec<FieldError>,
}

impl WishForm {
    fn topics_error(&self) -> Option<String> {
        self.errors
            .iter()
            .find(|error| error.field == "topics")
            .map(|error| self.t.message(&error.message))
    }

    fn email_field(&self) -> Option<Field> {
        let value = self.email.clone()?;
        let label = self.t.get("subscribe-email");
        let field = Field::new("email", FieldKind::Email, label, value)
            .hint(self.t.get("subscribe-email-hint"))
            .autocomplete("email");
        Some(field.errors(self.t, &self.errors))
    }

    fn rhythm_field(&self) -> Field {
        let (label, kind) = (
            self.t.get("subscribe-rhythm"),
            FieldKind::Choice(self.rhythms.clone()),
        );
        Field::new("rhythm", kind, label, self.rhythm.clone()).errors(self.t, &self.errors)
    }

    fn language_field(&self) -> Field {
        let languages = [torg_kernel::Locale::SV, torg_kernel::Locale::EN]
            .iter()
            .map(|locale| (locale.to_string(), locale.endonym().to_owned()))
            .collect();
        let label = self.t.get("subscribe-language");
        Field::new(
            "language",
            FieldKind::Choice(languages),
            label,
            self.language.clone(),
        )
        .errors(self.t, &self.errors)
    }

    fn email_html(&self) -> Html {
        self.email_field()
            .map(|field| field.html(self.t))
            .unwrap_or_default()
    }

    fn rhythm_html(&self) -> Html {
        self.rhythm_field().html(self.t)
    }

    fn language_html(&self) -> Html {
        self.language_field().html(self.t)
    }

    /// The summary of errors, in the order of the form.
    pub(crate) fn summary(&self) -> ErrorSummary {
        let email = self.email_field();
        let (rhythm, language) = (self.rhythm_field(), self.language_field());
        let fields: Vec<&Field> = [email.as_ref(), Some(&rhythm), Some(&language)]
            .into_iter()
            .flatten()
            .collect();
        let others: Vec<FieldError> = self
            .errors
            .iter()
            .filter(|error| error.field != "topics")
            .cloned()
            .collect();
        let mut summary = ErrorSummary::of(self.t, &fields, &others);
        if let Some(error) = self.topics_error() {
            summary.errors.insert(0, ("field_topics".to_owned(), error));
        }
        summary
    }
}

/// Where a subscription begins.
#[derive(Template)]
#[template(path = "subscribe.html", whitespace = "minimize")]
pub(crate) struct SubscribePage {
    pub shell: Shell,
    pub action: String,
    pub privacy_href: String,
    pub form: WishForm,
}

/// A page that says one thing and where to go next.
#[derive(Template)]
#[template(path = "said.html", whitespace = "minimize")]
pub(crate) struct SaidPage {
    pub shell: Shell,
    pub text: String,
    pub next: String,
    pub next_href: String,
}

/// What is to be confirmed.
#[derive(Template)]
#[template(path = "confirm.html", whitespace = "minimize")]
pub(crate) struct ConfirmPage {
    pub shell: Shell,
    pub action: String,
    pub address: String,
    pub topics: Vec<String>,
    pub rhythm: String,
}

/// One's own subscription.
#[derive(Template)]
#[template(path = "manage.html", whitespace = "minimize")]
pub(crate) struct ManagePage {
    pub shell: Shell,
    pub action: String,
    pub end_href: String,
    pub address: String,
    pub paused: bool,
    pub form: WishForm,
    pub done: Option<String>,
}

/// Whether to end.
#[derive(Template)]
#[template(path = "end.html", whitespace = "minimize")]
pub(crate) struct EndPage {
    pub shell: Shell,
    pub action: String,
    pub manage_href: String,
    pub address: String,
}

/// A topic with how many want it.
pub(crate) struct TopicRow {
    pub name: String,
    pub group: String,
    pub count: String,
    pub sort: i64,
}

/// A mail that did not get through.
pub(crate) struct MailRow {
    pub id: String,
    pub recipient: String,
    pub subject: String,
    pub since: String,
    pub attempts: i64,
    pub reason: String,
}

/// How it goes, for the staff.
#[derive(Template)]
#[template(path = "admin_subscriptions.html", whitespace = "minimize")]
pub(crate) struct AdminPage {
    pub desk: Desk,
    pub active: String,
    pub paused: String,
    pub unconfirmed: String,
    pub topics: Vec<TopicRow>,
    pub sent: String,
    pub waiting_count: String,
    pub failed_count: String,
    pub waiting: Vec<MailRow>,
    pub failed: Vec<MailRow>,
    pub retry: String,
}

impl AdminPage {
    fn counts(&self) -> [(&'static str, Arg); 3] {
        [
            ("active", Arg::from(&self.active)),
            ("paused", Arg::from(&self.paused)),
            ("unconfirmed", Arg::from(&self.unconfirmed)),
        ]
    }

    fn mail_counts(&self) -> [(&'static str, Arg); 3] {
        [
            ("waiting", Arg::from(&self.waiting_count)),
            ("sent", Arg::from(&self.sent)),
            ("failed", Arg::from(&self.failed_count)),
        ]
    }
}
