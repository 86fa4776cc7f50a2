//! What editors have to look at: queries that found nothing, and queries whose results nobody
//! chose. A query belongs to the organisation whose page is nearest, since that one knows what
//! people mean; what nothing is near to belongs to nobody yet.

use std::sync::Arc;

use torg_db::{Snapshot, WriteContext};
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Problem, Result, Subject, Timestamp, squeeze,
};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_search::{Index, Query};
use uuid::Uuid;

use super::keepable;
use super::store::{self, HandledRow};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// A query to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Its language.
    pub locale: Locale,
    /// The query, in lower case.
    pub query: String,
    /// How often it was asked in the last 90 days, or since it was last handled.
    pub searches: i64,
    /// How often a result was chosen. Counted only where the browser runs scripts.
    pub clicks: i64,
    /// How often it found nothing.
    pub no_result: i64,
    /// Key of the organisation that owns the nearest page.
    pub organisation: Option<String>,
    /// Title and address of the nearest page.
    pub nearest: Option<(String, String)>,
}

/// What was done about a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowHandled {
    /// A new synonym.
    Synonym,
    /// A page chosen to go first.
    BestBet,
    /// A page written or changed.
    Page,
    /// Nothing: the city has nothing on it, or search answers well enough.
    Nothing,
}

impl HowHandled {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Synonym, Self::BestBet, Self::Page, Self::Nothing];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Synonym => "synonym",
            Self::BestBet => "best_bet",
            Self::Page => "page",
            Self::Nothing => "nothing",
        }
    }

    /// The one with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.as_str() == name)
    }
}

/// The queries to look at, the worst first. Queries that fewer than three searches asked for are
/// not shown to anybody.
///
/// # Errors
/// When the database or the index fails.
pub async fn work_list(
    on: &Snapshot,
    index: &Arc<Index>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<WorkItem>> {
    let rows = store::failing(&**on, now, limit).await?;
    let index = index.clone();
    Ok(tokio::task::spawn_blocking(move || {
        rows.into_iter()
            .filter_map(|row| {
                let locale: Locale = row.locale.parse().ok()?;
                let near = index.search(&Query {
                    limit: 1,
                    ..Query::new(row.query.as_str(), locale)
                });
                let near = match near {
                    Ok(found) => found.results.into_iter().next(),
                    Err(error) => return Some(Err(error)),
                };
                let (organisation, nearest) = match near {
                    Some(hit) => (hit.organisation, Some((hit.title, hit.url))),
                    None => (None, None),
                };
                Some(Ok(WorkItem {
                    locale,
                    query: row.query,
                    searches: row.searches,
                    clicks: row.clicks,
                    no_result: row.no_result,
                    organisation,
                    nearest,
                }))
            })
            .collect::<std::result::Result<Vec<_>, _>>()
    })
    .await??)
}

/// Takes a query off the list, with what was done about it. It comes back when it fails again from
/// the next day on. Returns whether anything changed.
///
/// # Errors
/// [`Problem::Invalid`] for what cannot be; [`Problem::NotFound`] for a query that nobody is shown.
pub async fn mark_handled(
    context: &WriteContext,
    author: Author<'_>,
    organisation: Option<OrganisationId>,
    (locale, query): (Locale, &str),
    (how, note): (&str, &str),
) -> Result<bool> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let how = HowHandled::parse(how);
    if how.is_none() {
        wrong("how", Message::new("searching-error-how"));
    }
    let note = squeeze(note);
    if note.chars().count() > LONGEST_NOTE {
        wrong(
            "note",
            Message::new("edit-too-long").with("limit", LONGEST_NOTE),
        );
    }
    let (Some(how), true) = (how, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let query = keepable(query).ok_or(Problem::NotFound)?;
    if !store::is_shown(&**context, locale, &query).await? {
        return Err(Problem::NotFound);
    }
    let before = store::find_handled(&**context, locale, &query).await?;
    let after = HandledRow {
        day: author.now.zoned().date().to_string(),
        how: how.as_str().to_owned(),
        note,
    };
    if before.as_ref() == Some(&after) {
        return Ok(false);
    }
    store::save_handled(&**context, locale, &query, &after).await?;
    let told = |row: &HandledRow| {
        serde_json::json!({
            "lang": locale, "query": query, "day": row.day, "how": row.how, "note": row.note,
        })
        .to_string()
    };
    append(
        context,
        author,
        NewEvent {
            kind: "search.handled",
            // Queries have no ids: all of them are one subject.
            subject: Subject::new("search", Uuid::nil()),
            organisation,
            authority: None,
            class: PayloadClass::Internal,
            before: before.as_ref().map(told),
            after: Some(told(&after)),
            tags: vec!["search:handled".to_owned()],
        },
    )
    .await?;
    Ok(true)
}
