//! `comments.json`: the comments that readers see, there and back; and what the log must say of a
//! row.
//!
//! Only what was shown goes out: a comment that waits or was rejected unseen is a public record of
//! this city, not a part of its website, and may be weeded. A comment that was shown and is gone
//! goes out without its words, so that its gap is where it was. Mail addresses, which readers never
//! see, go out only when whoever exports says so.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{ContentId, FieldError, Message, Problem, Result, Subject, Timestamp};
use torg_log::Author;
use torg_web::OrganisationList;
use uuid::Uuid;

use super::model::{Comment, Rule, State, Words};
use super::{service, store};

/// A comment as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: Uuid,
    content: ContentId,
    state: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    email: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    created_at: Timestamp,
    shown_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decided_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    rule: String,
}

impl Item {
    fn of(comment: Comment, personal: bool) -> Option<Self> {
        let whole = comment.state == State::Approved;
        let said = |text: String| if whole { text } else { String::new() };
        Some(Self {
            id: comment.id,
            content: comment.content,
            state: comment.state.as_str().to_owned(),
            name: said(comment.name),
            email: said(if personal {
                comment.email
            } else {
                String::new()
            }),
            text: said(comment.text),
            created_at: comment.created_at,
            shown_at: comment.shown_at?,
            decided_at: comment.decided_at,
            rule: comment
                .rule
                .map(Rule::as_str)
                .unwrap_or_default()
                .to_owned(),
        })
    }

    /// What is wrong with it by itself.
    fn check(&self) -> Option<(&'static str, Message)> {
        let wrong = |field| Some((field, Message::new("comment-import-field")));
        match State::parse(&self.state) {
            _ if self.shown_at < self.created_at => wrong("shown_at"),
            State::Approved => match Words::read(&self.name, &self.email, &self.text) {
                Ok(words) if words.name != self.name => wrong("name"),
                Ok(words) if words.text != self.text => wrong("text"),
                Ok(_) => None,
                Err(errors) => errors
                    .into_iter()
                    .next()
                    .map(|error| match error.field.as_str() {
                        "email" => ("email", error.message),
                        "name" => ("name", error.message),
                        _ => ("text", error.message),
                    }),
            },
            State::Rejected | State::Withdrawn if self.text.is_empty() => None,
            State::Rejected | State::Withdrawn => wrong("text"),
            State::Waiting => wrong("state"),
        }
    }
}

/// The comments of all pages as a file that can be taken in again, by when they were written;
/// `None` where there are none. `personal` adds the mail addresses.
///
/// # Errors
/// When the database fails.
pub async fn export_comments<C: ConnectionTrait>(on: &C, personal: bool) -> Result<Option<String>> {
    let items: Vec<Item> = store::list_all(on)
        .await?
        .into_iter()
        .filter_map(|comment| Item::of(comment, personal))
        .collect();
    if items.is_empty() {
        return Ok(None);
    }
    let mut text = serde_json::to_string_pretty(&items)?;
    text.push('\n');
    Ok(Some(text))
}

/// Takes in `comments.json`, all or nothing. A comment that is known is left as it is: what was
/// decided here is not undone by a file. Returns how many are new.
///
/// # Errors
/// [`Problem::Invalid`] with a field `comments.json:ITEM:FIELD` for each fault, items counted from
/// 1; the job must then fail as a whole.
pub async fn import_comments(
    context: &WriteContext,
    author: Author<'_>,
    bytes: &[u8],
    organisations: &OrganisationList,
) -> Result<usize> {
    let items: Vec<Item> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("import-unreadable").with("reason", error);
        Problem::field("comments.json", message)
    })?;
    let mut errors = Vec::new();
    let mut added = 0;
    for (at, item) in items.into_iter().enumerate() {
        let content = crate::store::find(&**context, item.content).await?;
        let fault = match (item.check(), &content) {
            (None, None) => Some(("content", Message::new("comment-import-page"))),
            (fault, _) => fault,
        };
        if let Some((field, message)) = fault {
            errors.push(FieldError {
                field: format!("comments.json:{}:{field}", at + 1),
                message,
            });
        }
        let Some(content) = content.filter(|_| errors.is_empty()) else {
            continue;
        };
        if store::find(&**context, item.id).await?.is_some() {
            continue;
        }
        let comment = Comment {
            id: item.id,
            page: content.page,
            content: content.id,
            organisation: content.organisation,
            locale: content.locale,
            state: State::parse(&item.state),
            held: false,
            name: item.name,
            email: item.email,
            text: item.text,
            created_at: item.created_at,
            shown_at: Some(item.shown_at),
            decided_at: item.decided_at,
            rule: Rule::parse(&item.rule),
            note: String::new(),
            reports: 0,
            report_rule: None,
            weeded: false,
        };
        // No key: who takes it back asks the city that moved.
        store::insert(&**context, &comment, "").await?;
        store::settle(&**context, &comment, &comment, None).await?;
        service::record(
            context,
            author,
            organisations,
            "comment.imported",
            None,
            &comment,
        )
        .await?;
        added += 1;
    }
    if errors.is_empty() {
        Ok(added)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// What of a comment's JSON the log must say too: all but the number of reports, of which only the
/// first is an event, and the organisation, which follows the page. `None` for what is no comment.
#[must_use]
pub fn comparable_comment(json: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(json).ok()?;
    let fields = value.as_object_mut()?;
    for field in ["organisation", "reports", "report_rule"] {
        fields.remove(field);
    }
    Some(value.to_string())
}

/// Every comment as a subject with its comparable JSON.
///
/// # Errors
/// When the database fails.
pub async fn list_comparable_comments<C: ConnectionTrait>(
    on: &C,
) -> Result<Vec<(Subject, String)>> {
    store::list_all(on)
        .await?
        .into_iter()
        .map(|comment| {
            let json = serde_json::to_string(&comment)?;
            let json = comparable_comment(&json).unwrap_or(json);
            Ok((comment.subject(), json))
        })
        .collect()
}
