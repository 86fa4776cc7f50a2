//! What a comment is, and what may be written.

use serde::Serialize;
use torg_kernel::{
    ContentId, FieldError, Locale, Message, OrganisationId, PageId, Subject, Timestamp, squeeze,
};
use torg_notify::MailAddress;
use uuid::Uuid;

/// The longest text, in characters.
pub(super) const LONGEST_TEXT: usize = 2_000;
/// The longest name, in characters.
pub(super) const LONGEST_NAME: usize = 60;
/// The longest note of whoever decides, in characters.
pub(super) const LONGEST_NOTE: usize = 500;

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Nobody has read it yet.
    Waiting,
    /// It is shown.
    Approved,
    /// It is not shown, for a stated reason.
    Rejected,
    /// Whoever wrote it took it back.
    Withdrawn,
}

impl State {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What is not understood is shown to nobody until somebody has looked at it.
    pub(super) fn parse(name: &str) -> Self {
        [Self::Approved, Self::Rejected, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Waiting)
    }
}

/// A rule that a comment can break. They are told beside the form, and a comment is rejected by
/// one of them and by nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rule {
    /// It is about something else than the page.
    Subject,
    /// It tells of somebody's private life.
    Private,
    /// It insults, threatens or hates.
    Offence,
    /// It is or calls for a crime.
    Crime,
    /// It sells something.
    Advertising,
    /// It is somebody else's text or the same text many times.
    Copied,
}

impl Rule {
    pub(super) const ALL: [Self; 6] = [
        Self::Subject,
        Self::Private,
        Self::Offence,
        Self::Crime,
        Self::Advertising,
        Self::Copied,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Private => "private",
            Self::Offence => "offence",
            Self::Crime => "crime",
            Self::Advertising => "advertising",
            Self::Copied => "copied",
        }
    }

    /// The key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Subject => "comment-rule-subject",
            Self::Private => "comment-rule-private",
            Self::Offence => "comment-rule-offence",
            Self::Crime => "comment-rule-crime",
            Self::Advertising => "comment-rule-advertising",
            Self::Copied => "comment-rule-copied",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == name)
    }
}

/// A comment as it lies in its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Comment {
    pub id: Uuid,
    pub page: PageId,
    pub content: ContentId,
    pub organisation: OrganisationId,
    pub locale: Locale,
    pub state: State,
    /// Held apart from the others that wait, for its many links.
    pub held: bool,
    pub name: String,
    /// Never shown to readers; may be empty.
    pub email: String,
    pub text: String,
    pub created_at: Timestamp,
    /// When it was first shown.
    pub shown_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub rule: Option<Rule>,
    pub note: String,
    /// Readers who said that it breaks the rules since somebody last looked.
    pub reports: i64,
    pub report_rule: Option<Rule>,
    #[serde(skip)]
    pub weeded: bool,
}

impl Comment {
    /// The comment as events name it.
    pub(super) fn subject(&self) -> Subject {
        Subject::new("comment", self.id)
    }

    pub(super) fn paragraphs(&self) -> Vec<String> {
        paragraphs(&self.text)
    }
}

/// A text's paragraphs: what stands between empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What was written and can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub name: String,
    pub email: String,
    pub text: String,
    pub links: i64,
}

/// Characters that are not seen but change how what stands after them is read: control characters
/// (NUL cannot even be stored on PostgreSQL), and embeddings, overrides and isolates that can turn
/// a whole page round (Unicode Standard Annex 9, section 2). The marks that Persian, Arabic and
/// Hebrew need (ZWNJ, ZWJ, LRM, RLM) stay.
fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(
            c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text as it is kept: without unseen characters, at most one empty line in a row.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut newlines = 0;
    for c in text.chars().map(|c| if c == '\t' { ' ' } else { c }) {
        if is_unseen(c) {
            continue;
        }
        if c == '\n' {
            newlines += 1;
            if newlines > 2 {
                continue;
            }
            out.truncate(out.trim_end_matches(' ').len());
        } else if c != ' ' {
            newlines = 0;
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// Addresses of pages in a text.
fn links(text: &str) -> i64 {
    let lower = text.to_lowercase();
    let whole = lower.matches("http").count();
    let bare = lower.matches("www.").count() - lower.matches("://www.").count();
    i64::try_from(whole + bare).unwrap_or(i64::MAX)
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

impl Words {
    /// Reads what was written.
    ///
    /// # Errors
    /// What is wrong, field by field in the order of the form.
    pub(super) fn read(name: &str, email: &str, text: &str) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let visible: String = name.chars().filter(|c| !is_unseen(*c)).collect();
        let name = squeeze(&visible);
        let length = name.chars().count();
        if !name.chars().any(char::is_alphanumeric) {
            errors.push(wrong("name", Message::new("comment-error-name")));
        } else if length > LONGEST_NAME {
            let message = Message::new("comment-error-name-long").with("most", LONGEST_NAME);
            errors.push(wrong("name", message));
        }
        let email = match email.trim() {
            "" => String::new(),
            given => match MailAddress::parse(given) {
                Ok(address) => address.shown(),
                Err(message) => {
                    errors.push(wrong("email", message));
                    String::new()
                }
            },
        };
        let text = cleaned(text);
        let length = text.chars().count();
        if !text.chars().any(|c| !c.is_whitespace()) {
            errors.push(wrong("text", Message::new("comment-error-text")));
        } else if length > LONGEST_TEXT {
            let message = Message::new("comment-error-text-long")
                .with("most", LONGEST_TEXT)
                .with("over", length - LONGEST_TEXT);
            errors.push(wrong("text", message));
        }
        if errors.is_empty() {
            let links = links(&text) + links(&name);
            Ok(Self {
                name,
                email,
                text,
                links,
            })
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(result: Result<Words, Vec<FieldError>>) -> Vec<String> {
        let errors = result.expect_err("something is wrong");
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_cannot_be_taken_is_told_by_field() {
        assert_eq!(fields(Words::read("", "", "")), ["name", "text"]);
        assert_eq!(
            fields(Words::read(" \u{202e}-", "x", "\n \u{0}\n")).len(),
            3
        );
        let long = "ö".repeat(LONGEST_TEXT + 1);
        assert_eq!(fields(Words::read("Åsa", "", &long)), ["text"]);
        assert_eq!(fields(Words::read(&long, "", "Hej")), ["name"]);
        assert!(Words::read("Åsa", "", &long[2..]).is_ok());
        assert_eq!(
            fields(Words::read("Åsa", "", &"x".repeat(1 << 20))),
            ["text"]
        );
    }

    #[test]
    fn unseen_characters_go_and_the_words_stay_as_written() {
        let words = Words::read(
            " Eva\u{202e}  \u{7}von <b>\u{2066} ",
            " Eva@Stad.Example ",
            "\u{feff}Ett\u{0} \r\n\n\n\n<script>alert(1)</script>\tTvå\u{202d}\n  می‌روم\n",
        )
        .expect("can be taken");
        assert_eq!(words.name, "Eva von <b>");
        assert_eq!(words.text, "Ett\n\n<script>alert(1)</script> Två\n  می‌روم");
        assert!(words.email.contains('@'));
        assert_eq!(paragraphs(&words.text).len(), 2);
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        assert_eq!(links("Se https://a.example och HTTP://b.example"), 2);
        assert_eq!(links("www.a.example https://www.b.example"), 2);
        assert_eq!(links("Ingen länk"), 0);
    }

    #[test]
    fn names_of_states_and_rules_come_back() {
        for state in [
            State::Waiting,
            State::Approved,
            State::Rejected,
            State::Withdrawn,
        ] {
            assert_eq!(State::parse(state.as_str()), state);
        }
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.as_str()), Some(rule));
            assert!(rule.key().ends_with(rule.as_str()));
        }
        assert_eq!(State::parse("x"), State::Waiting);
    }
}
