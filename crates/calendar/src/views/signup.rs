//! What those who sign up see.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::Locale;
use torg_ui::{ErrorSummary, Field, Shell, T};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskKind {
    /// In one line, of this type of input.
    Line(&'static str),
    /// In several lines.
    Lines,
    /// By choosing one.
    Radio,
    /// By choosing any.
    Checks,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskChoice {
    /// The id of its input.
    pub id: String,
    /// What is sent.
    pub value: String,
    /// What it says.
    pub label: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// A question of a form as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Name in the form.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// The language of the words when it is not the page's.
    pub lang: Option<Locale>,
    /// More about it, and when it is to be answered; may be empty.
    pub hints: Vec<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// What is or was written.
    pub value: String,
    /// How it is answered.
    pub kind: AskKind,
    /// What can be chosen.
    pub choices: Vec<AskChoice>,
    /// Whether it must be answered.
    pub required: bool,
}

/// A question as HTML.
#[derive(Template)]
#[template(path = "signup_question.html", whitespace = "minimize")]
pub struct AskView<'a> {
    t: T,
    ask: &'a Ask,
}

impl HtmlSafe for AskView<'_> {}

impl Ask {
    /// The id of the input, or of the first to choose.
    #[must_use]
    pub fn id(&self) -> String {
        format!("field_{}", self.name)
    }

    /// The question as HTML.
    #[must_use]
    pub fn html(&self, t: impl Into<T>) -> AskView<'_> {
        AskView {
            t: t.into(),
            ask: self,
        }
    }

    fn described(&self) -> String {
        let id = self.id();
        let mut parts = Vec::new();
        if !self.hints.is_empty() {
            parts.push(format!("{id}_hint"));
        }
        if self.error.is_some() {
            parts.push(format!("{id}_error"));
        }
        parts.join(" ")
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            AskKind::Line(kind) => kind,
            AskKind::Radio => "radio",
            AskKind::Checks => "checkbox",
            AskKind::Lines => "text",
        }
    }
}

/// An occasion that one can sign up to, or could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUpLine {
    /// When, in words; empty where there is one only.
    pub when: String,
    /// How many places are left, in words.
    pub places: String,
    /// Whether there are none.
    pub full: bool,
    /// Where one signs up; empty while one cannot.
    pub href: String,
    /// What the link says.
    pub label: String,
}

/// Signing up, on the event's own page.
#[derive(Template)]
#[template(path = "signup_block.html", whitespace = "minimize")]
pub struct SignUpBlock {
    /// The words.
    pub t: T,
    /// What is said before: opening and closing times.
    pub said: Vec<String>,
    /// The next occasions.
    pub lines: Vec<SignUpLine>,
    /// Those after.
    pub later: Vec<SignUpLine>,
}

impl HtmlSafe for SignUpBlock {}

/// The form.
#[derive(Template)]
#[template(path = "signup_form.html", whitespace = "minimize")]
pub struct SignUpPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Where the form posts to.
    pub action: String,
    /// When and where, line by line.
    pub lines: Vec<String>,
    /// Why one cannot sign up; empty when one can.
    pub closed: String,
    /// What is said of places and the queue; may be empty.
    pub note: String,
    /// Which occasion it is, when it cannot be chosen.
    pub of: String,
    /// Occasion, name, address, how many.
    pub fields: Vec<Field>,
    /// What else is asked.
    pub asks: Vec<Ask>,
    /// What is kept, why, how long and by whom.
    pub privacy: Vec<String>,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: ErrorSummary,
    /// The event's page.
    pub back: String,
}

/// What is said afterwards.
#[derive(Template)]
#[template(path = "signup_said.html", whitespace = "minimize")]
pub struct SignUpSaidPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// What is said, paragraph by paragraph.
    pub text: Vec<String>,
    /// Where one goes from here.
    pub back: String,
    /// What that link says.
    pub back_label: String,
}

/// One's own sign-up, by the link in a mail.
#[derive(Template)]
#[template(path = "signup_own.html", whitespace = "minimize")]
pub struct OwnPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Where the forms post to.
    pub action: String,
    /// The secret of the link.
    pub key: String,
    /// What was just done; may be empty.
    pub done: String,
    /// Whether that went badly.
    pub done_badly: bool,
    /// How it stands, as stored.
    pub state: &'static str,
    /// How it stands, in words.
    pub standing: String,
    /// More about that, paragraph by paragraph.
    pub text: Vec<String>,
    /// What it is to: label and text.
    pub facts: Vec<(String, String)>,
    /// The event's page, while it is public.
    pub event_href: String,
    /// The event as a calendar, while it is public.
    pub ics_href: String,
    /// What the button for confirming or taking says; empty when there is none.
    pub confirm: String,
    /// What it does.
    pub deed: &'static str,
    /// How many people, when that can be changed.
    pub party: Option<Field>,
    /// Whether one can still say that one does not come.
    pub may_cancel: bool,
}
