//! The only SQL of comments.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{ContentId, OrganisationId, PageId, Result, Timestamp};
use uuid::Uuid;

use super::model::{Comment, Rule, State};

const COLUMNS: &str = "id, page_id, content_id, organisation_id, locale, state, held, name, email, \
    body, created_at, shown_at, decided_at, rule, note, reports, report_rule, weeded_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    page_id: Uuid,
    content_id: Uuid,
    organisation_id: Uuid,
    locale: String,
    state: String,
    held: i64,
    name: String,
    email: String,
    body: String,
    created_at: i64,
    shown_at: Option<i64>,
    decided_at: Option<i64>,
    rule: String,
    note: String,
    reports: i64,
    report_rule: String,
    weeded_at: Option<i64>,
}

/// A row that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("the comment {0} has a language that cannot be read")]
struct Unreadable(Uuid);

impl Row {
    fn into_comment(self) -> Result<Comment> {
        Ok(Comment {
            id: self.id,
            page: PageId(self.page_id),
            content: ContentId(self.content_id),
            organisation: OrganisationId(self.organisation_id),
            locale: self.locale.parse().map_err(|_| Unreadable(self.id))?,
            state: State::parse(&self.state),
            held: self.held != 0,
            name: self.name,
            email: self.email,
            text: self.body,
            created_at: Timestamp::from_micros(self.created_at),
            shown_at: self.shown_at.map(Timestamp::from_micros),
            decided_at: self.decided_at.map(Timestamp::from_micros),
            rule: Rule::parse(&self.rule),
            note: self.note,
            reports: self.reports,
            report_rule: Rule::parse(&self.report_rule),
            weeded: self.weeded_at.is_some(),
        })
    }
}

fn micros(at: Option<Timestamp>) -> SqlValue {
    at.map(Timestamp::micros).into()
}

fn rule(rule: Option<Rule>) -> SqlValue {
    rule.map_or("", Rule::as_str).into()
}

/// Puts in a comment with the digest of its writer's key.
pub(super) async fn insert<C: ConnectionTrait>(
    on: &C,
    comment: &Comment,
    key: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO comment (id, page_id, content_id, organisation_id, locale, state, held, name, \
         email, body, key_digest, created_at, rule, note, reports, report_rule, before_state, \
         before_reports) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', 0, '', '', 0)",
        vec![
            comment.id.into(),
            comment.page.0.into(),
            comment.content.0.into(),
            comment.organisation.0.into(),
            comment.locale.as_str().into(),
            comment.state.as_str().into(),
            i64::from(comment.held).into(),
            comment.name.clone().into(),
            comment.email.clone().into(),
            comment.text.clone().into(),
            key.into(),
            comment.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what was decided about a comment. `decision` lets it be undone.
pub(super) async fn settle<C: ConnectionTrait>(
    on: &C,
    before: &Comment,
    after: &Comment,
    decision: Option<Uuid>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE comment SET state = $1, shown_at = $2, decided_at = $3, rule = $4, note = $5, \
         reports = $6, report_rule = $7, decision_id = $8, before_state = $9, before_reports = $10 \
         WHERE id = $11",
        vec![
            after.state.as_str().into(),
            micros(after.shown_at),
            micros(after.decided_at),
            rule(after.rule),
            after.note.clone().into(),
            after.reports.into(),
            rule(after.report_rule),
            SqlValue::Uuid(decision),
            before.state.as_str().into(),
            before.reports.into(),
            after.id.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Hands a page's comments to the organisation that owns the page now: who answers for a page
/// answers for what stands on it.
pub(crate) async fn hand_over<C: ConnectionTrait>(
    on: &C,
    page: PageId,
    organisation: OrganisationId,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE comment SET organisation_id = $1 WHERE page_id = $2 AND organisation_id <> $1",
        vec![organisation.0.into(), page.0.into()],
    )
    .await?;
    Ok(())
}

/// One more reader says that a comment breaks a rule.
pub(super) async fn count_report<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    broken: Rule,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE comment SET reports = reports + 1, report_rule = $1 WHERE id = $2",
        vec![broken.as_str().into(), id.into()],
    )
    .await?;
    Ok(())
}

pub(super) async fn find<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<Option<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comment WHERE id = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![id.into()]).await?;
    row.map(Row::into_comment).transpose()
}

/// All comments, oldest first.
pub(super) async fn list_all<C: ConnectionTrait>(on: &C) -> Result<Vec<Comment>> {
    let sql = format!("SELECT {COLUMNS} FROM comment ORDER BY created_at, id");
    let rows: Vec<Row> = fetch_all(on, &sql, vec![]).await?;
    rows.into_iter().map(Row::into_comment).collect()
}

/// The comment of a writer's key, by its digest; the oldest, should a program have sent one twice.
pub(super) async fn find_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Comment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment WHERE key_digest = $1 ORDER BY created_at, id LIMIT 1"
    );
    let row: Option<Row> = fetch_one(on, &sql, vec![key.into()]).await?;
    row.map(Row::into_comment).transpose()
}

/// All that a page shows, gaps included, oldest first.
pub(super) async fn list_shown<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
) -> Result<Vec<Comment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment WHERE content_id = $1 AND shown_at IS NOT NULL \
         ORDER BY created_at, id"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![content.0.into()]).await?;
    rows.into_iter().map(Row::into_comment).collect()
}

/// Comments of one decision that nothing else has been decided about since, with their state and
/// reports before it.
pub(super) async fn list_decided<C: ConnectionTrait>(
    on: &C,
    decision: Uuid,
) -> Result<Vec<(Comment, State, i64)>> {
    #[derive(FromQueryResult)]
    struct Before {
        id: Uuid,
        before_state: String,
        before_reports: i64,
    }
    let rows: Vec<Before> = fetch_all(
        on,
        "SELECT id, before_state, before_reports FROM comment WHERE decision_id = $1 ORDER BY id",
        vec![decision.into()],
    )
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(comment) = find(on, row.id).await? {
            found.push((comment, State::parse(&row.before_state), row.before_reports));
        }
    }
    Ok(found)
}

/// How many comments of a page are in a state.
pub(super) async fn count<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
    state: State,
) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(*) FROM comment WHERE content_id = $1 AND state = $2",
        vec![content.0.into(), state.as_str().into()],
    )
    .await
}

/// Rejected and withdrawn comments that were decided about before an instant and are whole still.
pub(super) async fn list_ripe<C: ConnectionTrait>(
    on: &C,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Comment>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment WHERE weeded_at IS NULL AND decided_at < $1 \
         AND state IN ('rejected', 'withdrawn') ORDER BY decided_at, id LIMIT $2"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![before.micros().into(), limit.into()]).await?;
    rows.into_iter().map(Row::into_comment).collect()
}

/// Takes everything about a person out of a row. The row stays, so that its gap does.
pub(super) async fn weed<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE comment SET name = '', email = '', body = '', note = '', key_digest = '', \
         decision_id = NULL, weeded_at = $1 WHERE id = $2",
        vec![now.micros().into(), id.into()],
    )
    .await?;
    Ok(())
}

/// Which comments the staff look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Queue {
    Waiting,
    Reported,
    Held,
    Approved,
    Closed,
}

impl Queue {
    pub(super) const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Reported,
        Self::Held,
        Self::Approved,
        Self::Closed,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Reported => "reported",
            Self::Held => "held",
            Self::Approved => "approved",
            Self::Closed => "closed",
        }
    }

    const fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "state = 'waiting' AND held = 0",
            Self::Reported => "state = 'approved' AND reports > 0",
            Self::Held => "state = 'waiting' AND held = 1",
            Self::Approved => "state = 'approved'",
            Self::Closed => "state IN ('rejected', 'withdrawn')",
        }
    }

    /// Whoever waited longest comes first; of what is decided the latest.
    const fn order(self) -> &'static str {
        match self {
            Self::Waiting | Self::Held | Self::Reported => "created_at, id",
            Self::Approved | Self::Closed => "decided_at DESC, id",
        }
    }
}

fn organisations(own: &[OrganisationId]) -> (String, Vec<SqlValue>) {
    let values = own.iter().map(|id| id.0.into()).collect();
    let places: Vec<String> = (1..=own.len()).map(|place| format!("${place}")).collect();
    (places.join(", "), values)
}

/// A part of a queue, of these organisations.
pub(super) async fn list<C: ConnectionTrait>(
    on: &C,
    queue: Queue,
    own: &[OrganisationId],
    limit: i64,
    offset: i64,
) -> Result<Vec<Comment>> {
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let (places, mut values) = organisations(own);
    values.extend([limit.into(), offset.into()]);
    let sql = format!(
        "SELECT {COLUMNS} FROM comment WHERE {} AND organisation_id IN ({places}) ORDER BY {} \
         LIMIT ${} OFFSET ${}",
        queue.condition(),
        queue.order(),
        own.len() + 1,
        own.len() + 2
    );
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::into_comment).collect()
}

/// How long a queue is.
pub(super) async fn length<C: ConnectionTrait>(
    on: &C,
    queue: Queue,
    own: &[OrganisationId],
) -> Result<i64, DbErr> {
    if own.is_empty() {
        return Ok(0);
    }
    let (places, values) = organisations(own);
    let sql = format!(
        "SELECT count(*) FROM comment WHERE {} AND organisation_id IN ({places})",
        queue.condition()
    );
    scalar(on, &sql, values).await
}
