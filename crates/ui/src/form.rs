//! Forms: label above, hint below the label, the error at the field and in a summary on top; what
//! was written stays.

use askama::Template;
use torg_kernel::{FieldError, Locale};

use crate::{Html, T};

/// What kind of input it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// A mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A password; its value is never written back.
    Password,
    /// A date as `2026-03-03`.
    Date,
    /// A day and time as `2026-03-03T14:30`.
    DateTime,
    /// Several lines, this many shown.
    Lines(u16),
    /// One of these: value and label.
    Choice(Vec<(String, String)>),
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name in the form; the id is made from it.
    pub name: &'static str,
    /// What is asked for.
    pub label: String,
    /// More about it, below the label.
    pub hint: Option<String>,
    /// What is wrong and what to do.
    pub error: Option<String>,
    /// What is or was written.
    pub value: String,
    /// What kind of input it is.
    pub kind: FieldKind,
    /// The browser's name for what is asked for, such as `email`.
    pub autocomplete: Option<&'static str>,
    /// Language of what is written, when it is not the page's.
    pub lang: Option<Locale>,
    /// Whether it must be filled in; others are marked as optional.
    pub required: bool,
}

impl Field {
    /// A field that must be filled in.
    #[must_use]
    pub fn new(
        name: &'static str,
        kind: FieldKind,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self {
            name,
            label: label.into(),
            hint: None,
            error: None,
            value: value.into(),
            kind,
            autocomplete: None,
            lang: None,
            required: true,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, but it may be left empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same with the browser's name for what is asked for.
    #[must_use]
    pub const fn autocomplete(mut self, name: &'static str) -> Self {
        self.autocomplete = Some(name);
        self
    }

    /// The same for text in another language than the page's.
    #[must_use]
    pub const fn lang(mut self, lang: Locale) -> Self {
        self.lang = Some(lang);
        self
    }

    /// The same with what is wrong with it, if anything is.
    #[must_use]
    pub fn errors(mut self, t: T, errors: &[FieldError]) -> Self {
        self.error = errors
            .iter()
            .find(|error| error.field == self.name)
            .map(|error| t.message(&error.message));
        self
    }

    /// The id of the input, which the summary links to.
    #[must_use]
    pub fn id(&self) -> String {
        format!("field_{}", self.name)
    }

    /// The field as HTML.
    #[must_use]
    pub fn html(&self, t: impl Into<T>) -> Html {
        let t = t.into();
        Html::trusted(
            FieldTemplate { t, field: self }
                .render()
                .expect("writing to memory cannot fail"),
        )
    }
}

#[derive(Template)]
#[template(path = "field.html", whitespace = "minimize")]
struct FieldTemplate<'a> {
    t: T,
    field: &'a Field,
}

impl FieldTemplate<'_> {
    const fn input_type(&self) -> &'static str {
        match self.field.kind {
            FieldKind::Email => "email",
            FieldKind::Tel => "tel",
            FieldKind::Password => "password",
            FieldKind::Date => "date",
            FieldKind::DateTime => "datetime-local",
            _ => "text",
        }
    }

    fn is_password(&self) -> bool {
        self.field.kind == FieldKind::Password
    }

    fn described(&self) -> String {
        let id = self.field.id();
        match (self.field.hint.is_some(), self.field.error.is_some()) {
            (true, true) => format!("{id}_hint {id}_error"),
            (true, false) => format!("{id}_hint"),
            (false, true) => format!("{id}_error"),
            (false, false) => String::new(),
        }
    }
}

/// The summary of errors above a form: what happened, what was kept, and a link to each field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorSummary {
    /// Field id and error, in the order of the form; an empty id for what concerns the whole.
    pub errors: Vec<(String, String)>,
}

impl ErrorSummary {
    /// The errors of these fields, and those that belong to no field.
    #[must_use]
    pub fn of(t: T, fields: &[&Field], errors: &[FieldError]) -> Self {
        let mut list: Vec<(String, String)> = fields
            .iter()
            .filter_map(|field| {
                let error = field.error.as_ref()?;
                Some((field.id(), format!("{}: {error}", field.label)))
            })
            .collect();
        list.extend(
            errors
                .iter()
                .filter(|error| !fields.iter().any(|field| field.name == error.field))
                .map(|error| (String::new(), t.message(&error.message))),
        );
        Self { errors: list }
    }

    /// The summary as HTML; empty when nothing is wrong.
    #[must_use]
    pub fn html(&self, t: impl Into<T>) -> Html {
        let t = t.into();
        if self.errors.is_empty() {
            return Html::default();
        }
        Html::trusted(
            SummaryTemplate {
                t,
                errors: &self.errors,
            }
            .render()
            .expect("writing to memory cannot fail"),
        )
    }
}

#[derive(Template)]
#[template(path = "error_summary.html", whitespace = "minimize")]
struct SummaryTemplate<'a> {
    t: T,
    errors: &'a [(String, String)],
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::{Html as Page, Selector};
    use torg_kernel::Message;

    #[test]
    fn a_wrong_field_keeps_its_value_and_is_linked() {
        let errors = [FieldError {
            field: "phone".to_owned(),
            message: Message::new("error-required"),
        }];
        let field = Field::new("phone", FieldKind::Tel, "Telefon", "031\"><b>")
            .hint("Som det ska stå")
            .errors(T::SV, &errors);
        let page = Page::parse_fragment(field.html(T::SV).as_str());
        let one = |css: &str| {
            page.select(&Selector::parse(css).unwrap())
                .next()
                .unwrap_or_else(|| panic!("{css}"))
        };
        let input = one("input[type=tel][aria-invalid=true]");
        assert_eq!(input.attr("value"), Some("031\"><b>"));
        assert_eq!(
            input.attr("aria-describedby"),
            Some("field_phone_hint field_phone_error")
        );
        assert!(one("#field_phone_error").text().count() > 0);
        let summary = ErrorSummary::of(T::SV, &[&field], &errors).html(T::SV);
        assert!(summary.as_str().contains("href=\"#field_phone\""));
        assert!(ErrorSummary::default().html(T::SV).is_empty());
    }

    #[test]
    fn a_password_is_never_written_back() {
        let field = Field::new("password", FieldKind::Password, "Lösenord", "hemligt");
        assert!(!field.html(T::SV).as_str().contains("hemligt"));
    }
}
