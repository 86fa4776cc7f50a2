//! What a mail is. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{Locale, Subject, Timestamp};
use uuid::Uuid;

use crate::MailAddress;

/// What stands round the name of a value that differs from mail to mail. From the private use
/// area, which no text of people's holds.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The place of a value in a [`MailContent`] that is filled in for each mail by itself.
#[must_use]
pub fn mark(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// Text with its marks filled in; a mark without a value is left out.
pub(crate) fn fill(text: &str, fills: &Fills, html: bool) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out.push_str(before);
        let Some((name, after)) = after.split_once(CLOSE) else {
            rest = after;
            continue;
        };
        if let Some(value) = fills.0.get(name) {
            for c in value.chars() {
                match c {
                    '&' if html => out.push_str("&amp;"),
                    '<' if html => out.push_str("&lt;"),
                    '>' if html => out.push_str("&gt;"),
                    '"' if html => out.push_str("&quot;"),
                    '\'' if html => out.push_str("&#39;"),
                    c => out.push(c),
                }
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What one mail says that others with the same content do not, by the names of the marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fills(pub BTreeMap<String, String>);

impl Fills {
    /// One value.
    #[must_use]
    pub fn one(name: &str, value: impl Into<String>) -> Self {
        Self(BTreeMap::from([(name.to_owned(), value.into())]))
    }
}

/// What is written in a mail. Stored once, however many get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailContent {
    /// Its language.
    pub locale: Locale,
    /// The subject; line ends in it become spaces.
    pub subject: String,
    /// The text for those who read text.
    pub text: String,
    /// The same as a whole HTML document.
    pub html: Option<String>,
    /// The address by which the receiver's mail program ends the subscription with one POST
    /// (RFC 8058), with marks.
    pub one_click: Option<String>,
}

/// How soon a mail goes out beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Somebody sits and waits for it.
    Awaited,
    /// One of many.
    Bulk,
}

impl Rank {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Awaited => 0,
            Self::Bulk => 1,
        }
    }
}

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// What kind of mail, for counting: `subscription.digest`.
    pub kind: &'static str,
    /// To whom.
    pub to: MailAddress,
    /// What is written, by the id that was given to [`crate::put_content`].
    pub content: Uuid,
    /// What is said to this one only. Forgotten when the mail is sent.
    pub fills: Fills,
    /// What the mail is about: its bounces are counted there.
    pub about: Option<Subject>,
    /// How soon.
    pub rank: Rank,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailState {
    /// It waits for its time.
    Waiting,
    /// A sender has it, for as long as its lease lasts.
    Sending,
    /// The transport took it.
    Sent,
    /// It was given up; the reason is kept.
    Failed,
}

impl MailState {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Sending, Self::Sent, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// A mail as it lies in the outbox, for those who look after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMail {
    /// Its id; also the first part of its Message-ID.
    pub id: Uuid,
    /// What kind.
    pub kind: String,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i64,
    /// Not before this time.
    pub next_at: Timestamp,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was put in.
    pub created_at: Timestamp,
}

/// How many mails stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailCounts {
    /// Waiting, those with a sender included.
    pub waiting: i64,
    /// Sent and not yet weeded.
    pub sent: i64,
    /// Given up and not yet weeded.
    pub failed: i64,
}

/// How a transport answered for one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It took the mail.
    Delivered,
    /// There is no such recipient, now and for good.
    Refused(String),
    /// It will not take this mail, and not because of whom it is for.
    Rejected(String),
    /// Not now: a full or greylisting mailbox.
    Later(String),
    /// The transport itself is at fault; the next mail would fare no better.
    Trouble(String),
}

/// A day as a number: whole days of UTC since the epoch.
pub(crate) const fn day_of(at: Timestamp) -> i64 {
    at.micros().div_euclid(86_400_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_and_escaped_in_html() {
        let fills = Fills::one("link", "https://a.example/?x=1&y=\"2\"");
        let text = format!("Se {} nu{}", mark("link"), mark("annat"));
        assert_eq!(
            fill(&text, &fills, false),
            "Se https://a.example/?x=1&y=\"2\" nu"
        );
        assert_eq!(
            fill(&text, &fills, true),
            "Se https://a.example/?x=1&amp;y=&quot;2&quot; nu"
        );
        // A mark that somebody managed to write by hand does no harm.
        assert_eq!(fill("a\u{e000}b", &fills, false), "ab");
        // A value cannot bring a mark in.
        let sly = Fills::one("link", mark("link"));
        assert_eq!(fill(&mark("link"), &sly, false), mark("link"));
    }
}
