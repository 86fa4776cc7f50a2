//! This room's only SQL.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{Locale, Result, Subject, Timestamp};
use uuid::Uuid;

use crate::model::{Fills, MailContent, MailCounts, MailState, NewMail, OutboxMail};

/// Rows in one INSERT: twelve values each stay far below what SQLite takes (32 766).
const ROWS: usize = 500;

/// `$1, $2 …`: marks for `count` values after the first `before`.
pub(crate) fn marks(before: usize, count: usize) -> String {
    let marks: Vec<String> = (before + 1..=before + count)
        .map(|at| format!("${at}"))
        .collect();
    marks.join(", ")
}

pub(crate) async fn insert_content<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    content: &MailContent,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO mail_content (id, locale, subject, text_body, html_body, one_click, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            id.into(),
            content.locale.to_string().into(),
            content.subject.clone().into(),
            content.text.clone().into(),
            content.html.clone().into(),
            content.one_click.clone().into(),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn insert_mails<C: ConnectionTrait>(
    on: &C,
    mails: &[(Uuid, &NewMail)],
    now: Timestamp,
) -> Result<()> {
    for part in mails.chunks(ROWS) {
        let mut values: Vec<SqlValue> = Vec::with_capacity(part.len() * 9 + 1);
        values.push(now.micros().into());
        let mut rows = Vec::with_capacity(part.len());
        for (id, mail) in part {
            let marks = marks(values.len(), 8);
            rows.push(format!("({marks}, 'waiting', 0, $1, $1, $1)"));
            values.push((*id).into());
            values.push(mail.kind.into());
            values.push(mail.rank.number().into());
            values.push(mail.content.into());
            values.push(mail.to.to_string().into());
            values.push(serde_json::to_string(&mail.fills)?.into());
            values.push(mail.about.as_ref().map(|about| about.kind.clone()).into());
            values.push(SqlValue::Uuid(mail.about.as_ref().map(|about| about.id)));
        }
        let sql = format!(
            "INSERT INTO mail_outbox (id, kind, rank, content_id, recipient, fills, about_kind, \
             about_id, state, attempts, next_at, since, created_at) VALUES {}",
            rows.join(", ")
        );
        execute(on, &sql, values).await?;
    }
    Ok(())
}

/// A mail with all that is needed to send it.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub id: Uuid,
    pub recipient: String,
    pub fills: Fills,
    pub about: Option<Subject>,
    pub content: Uuid,
    pub attempts: i64,
    pub since: Timestamp,
    pub created_at: Timestamp,
    pub last_error: Option<String>,
}

#[derive(FromQueryResult)]
struct DueRow {
    id: Uuid,
    recipient: String,
    fills: String,
    about_kind: Option<String>,
    about_id: Option<Uuid>,
    content_id: Uuid,
    attempts: i64,
    since: i64,
    created_at: i64,
    last_error: Option<String>,
}

const DUE: &str =
    "(state = 'waiting' AND next_at <= $1) OR (state = 'sending' AND lease_until <= $1)";

pub(crate) async fn any_due<C: ConnectionTrait>(on: &C, now: Timestamp) -> Result<bool, DbErr> {
    let sql = format!(
        "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM mail_outbox WHERE {DUE}) \
         THEN 1 ELSE 0 END AS BIGINT)"
    );
    Ok(scalar(on, &sql, vec![now.micros().into()]).await? > 0)
}

pub(crate) async fn list_due<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Due>> {
    let sql = format!(
        "SELECT id, recipient, fills, about_kind, about_id, content_id, attempts, since, \
         created_at, last_error FROM mail_outbox WHERE {DUE} ORDER BY rank, next_at, id LIMIT $2"
    );
    let rows: Vec<DueRow> = fetch_all(on, &sql, vec![now.micros().into(), limit.into()]).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Due {
                id: row.id,
                recipient: row.recipient,
                fills: serde_json::from_str(&row.fills)?,
                about: row
                    .about_kind
                    .zip(row.about_id)
                    .map(|(kind, id)| Subject { kind, id }),
                content: row.content_id,
                attempts: row.attempts,
                since: Timestamp::from_micros(row.since),
                created_at: Timestamp::from_micros(row.created_at),
                last_error: row.last_error,
            })
        })
        .collect()
}

pub(crate) async fn lease<C: ConnectionTrait>(
    on: &C,
    ids: &[Uuid],
    lease: Uuid,
    until: Timestamp,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE mail_outbox SET state = 'sending', lease_id = $1, lease_until = $2 \
         WHERE id IN ({})",
        marks(2, ids.len())
    );
    let mut values: Vec<SqlValue> = vec![lease.into(), until.micros().into()];
    values.extend(ids.iter().map(|id| SqlValue::from(*id)));
    execute(on, &sql, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct ContentRow {
    id: Uuid,
    locale: String,
    subject: String,
    text_body: String,
    html_body: Option<String>,
    one_click: Option<String>,
}

pub(crate) async fn list_contents<C: ConnectionTrait>(
    on: &C,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, MailContent)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, locale, subject, text_body, html_body, one_click FROM mail_content \
         WHERE id IN ({})",
        marks(0, ids.len())
    );
    let values = ids.iter().map(|id| SqlValue::from(*id)).collect();
    let rows: Vec<ContentRow> = fetch_all(on, &sql, values).await?;
    rows.into_iter()
        .map(|row| {
            let content = MailContent {
                locale: row.locale.parse::<Locale>()?,
                subject: row.subject,
                text: row.text_body,
                html: row.html_body,
                one_click: row.one_click,
            };
            Ok((row.id, content))
        })
        .collect()
}

/// Says of mails under a lease that they are sent; their own words are forgotten.
pub(crate) async fn finish_sent<C: ConnectionTrait>(
    on: &C,
    ids: &[Uuid],
    lease: Uuid,
    now: Timestamp,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE mail_outbox SET state = 'sent', fills = '{{}}', finished_at = $2, last_error = NULL, \
         attempts = attempts + 1, lease_id = NULL, lease_until = NULL \
         WHERE lease_id = $1 AND id IN ({})",
        marks(2, ids.len())
    );
    let mut values: Vec<SqlValue> = vec![lease.into(), now.micros().into()];
    values.extend(ids.iter().map(|id| SqlValue::from(*id)));
    execute(on, &sql, values).await?;
    Ok(())
}

/// Gives a mail up, with the reason. Its own words stay for a retry.
pub(crate) async fn finish_failed<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    lease: Uuid,
    attempts: i64,
    error: &str,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let changed = execute(
        on,
        "UPDATE mail_outbox SET state = 'failed', finished_at = $3, attempts = $4, last_error = $5, \
         lease_id = NULL, lease_until = NULL WHERE id = $1 AND lease_id = $2",
        vec![
            id.into(),
            lease.into(),
            now.micros().into(),
            attempts.into(),
            error.into(),
        ],
    )
    .await?;
    Ok(changed > 0)
}

/// Lets a mail wait for another attempt.
pub(crate) async fn wait<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    lease: Uuid,
    attempts: i64,
    next_at: Timestamp,
    error: Option<&str>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE mail_outbox SET state = 'waiting', attempts = $3, next_at = $4, \
         last_error = COALESCE($5, last_error), lease_id = NULL, lease_until = NULL \
         WHERE id = $1 AND lease_id = $2",
        vec![
            id.into(),
            lease.into(),
            attempts.into(),
            next_at.micros().into(),
            error.map(str::to_owned).into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn add_day<C: ConnectionTrait>(
    on: &C,
    day: i64,
    tried: i64,
    bounced: i64,
) -> Result<(), DbErr> {
    if tried == 0 && bounced == 0 {
        return Ok(());
    }
    execute(
        on,
        "INSERT INTO mail_day (day, tried, bounced) VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE \
         SET tried = mail_day.tried + excluded.tried, bounced = mail_day.bounced + excluded.bounced",
        vec![day.into(), tried.into(), bounced.into()],
    )
    .await?;
    Ok(())
}

/// A bounce of a mail that is about something.
pub(crate) struct Bounce {
    pub mail: Uuid,
    pub about: Subject,
    pub day: i64,
    pub reason: String,
}

/// Writes bounces down, one for each mail at most. Returns how many were new.
pub(crate) async fn insert_bounces<C: ConnectionTrait>(
    on: &C,
    bounces: &[Bounce],
    now: Timestamp,
) -> Result<u64, DbErr> {
    let mut new = 0;
    for part in bounces.chunks(ROWS) {
        let mut values: Vec<SqlValue> = vec![now.micros().into()];
        let mut rows = Vec::with_capacity(part.len());
        for bounce in part {
            rows.push(format!("({}, $1)", marks(values.len(), 5)));
            values.push(bounce.mail.into());
            values.push(bounce.about.kind.clone().into());
            values.push(bounce.about.id.into());
            values.push(bounce.day.into());
            values.push(bounce.reason.clone().into());
        }
        let sql = format!(
            "INSERT INTO mail_bounce (mail_id, about_kind, about_id, day, reason, at) VALUES {} \
             ON CONFLICT (mail_id) DO NOTHING",
            rows.join(", ")
        );
        new += execute(on, &sql, values).await?;
    }
    Ok(new)
}

/// Which mails of these ids were sent or tried, what they were about, and on which day.
pub(crate) async fn list_about<C: ConnectionTrait>(
    on: &C,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Subject, i64)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        about_kind: String,
        about_id: Uuid,
        at: i64,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, about_kind, about_id, COALESCE(finished_at, created_at) AS at FROM mail_outbox \
         WHERE about_kind IS NOT NULL AND id IN ({})",
        marks(0, ids.len())
    );
    let values = ids.iter().map(|id| SqlValue::from(*id)).collect();
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let about = Subject {
                kind: row.about_kind,
                id: row.about_id,
            };
            let day = crate::model::day_of(Timestamp::from_micros(row.at));
            (row.id, about, day)
        })
        .collect())
}

/// Ids of a kind whose mails bounced on at least `days` days that are over and were no storms.
pub(crate) async fn list_bouncing<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    days: i64,
    from_day: i64,
    before_day: i64,
) -> Result<Vec<(Uuid, i64)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        about_id: Uuid,
        last: i64,
    }
    // A storm: 20 bounces or more on a day and more than a fifth of what was tried.
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT b.about_id, MAX(b.at) AS last FROM mail_bounce b \
         LEFT JOIN mail_day d ON d.day = b.day \
         WHERE b.about_kind = $1 AND b.day >= $3 AND b.day < $4 \
         AND NOT (COALESCE(d.bounced, 0) >= 20 AND COALESCE(d.bounced, 0) * 5 > COALESCE(d.tried, 0)) \
         GROUP BY b.about_id HAVING COUNT(DISTINCT b.day) >= $2",
        vec![
            kind.into(),
            days.into(),
            from_day.into(),
            before_day.into(),
        ],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.about_id, row.last))
        .collect())
}

#[derive(FromQueryResult)]
struct MailRow {
    id: Uuid,
    kind: String,
    recipient: String,
    subject: String,
    state: String,
    attempts: i64,
    next_at: i64,
    last_error: Option<String>,
    created_at: i64,
}

pub(crate) async fn list<C: ConnectionTrait>(
    on: &C,
    state: MailState,
    limit: i64,
) -> Result<Vec<OutboxMail>, DbErr> {
    let rows: Vec<MailRow> = fetch_all(
        on,
        "SELECT o.id, o.kind, o.recipient, c.subject, o.state, o.attempts, o.next_at, o.last_error, \
         o.created_at FROM mail_outbox o JOIN mail_content c ON c.id = o.content_id \
         WHERE o.state = $1 ORDER BY o.created_at DESC, o.id DESC LIMIT $2",
        vec![state.as_str().into(), limit.into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(OutboxMail {
                id: row.id,
                kind: row.kind,
                recipient: row.recipient,
                subject: row.subject,
                state: MailState::parse(&row.state)?,
                attempts: row.attempts,
                next_at: Timestamp::from_micros(row.next_at),
                last_error: row.last_error,
                created_at: Timestamp::from_micros(row.created_at),
            })
        })
        .collect())
}

pub(crate) async fn count<C: ConnectionTrait>(on: &C) -> Result<MailCounts, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        state: String,
        number: i64,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT state, COUNT(*) AS number FROM mail_outbox GROUP BY state",
        vec![],
    )
    .await?;
    let mut counts = MailCounts::default();
    for row in rows {
        match MailState::parse(&row.state) {
            Some(MailState::Waiting | MailState::Sending) => counts.waiting += row.number,
            Some(MailState::Sent) => counts.sent += row.number,
            Some(MailState::Failed) => counts.failed += row.number,
            None => {}
        }
    }
    Ok(counts)
}

/// Lets failed mails be tried anew: one, or all.
pub(crate) async fn retry<C: ConnectionTrait>(
    on: &C,
    id: Option<Uuid>,
    now: Timestamp,
) -> Result<u64, DbErr> {
    let sql = "UPDATE mail_outbox SET state = 'waiting', attempts = 0, next_at = $1, since = $1, \
               finished_at = NULL WHERE state = 'failed'";
    let now = now.micros();
    match id {
        Some(id) => {
            let sql = format!("{sql} AND id = $2");
            execute(on, &sql, vec![now.into(), id.into()]).await
        }
        None => execute(on, sql, vec![now.into()]).await,
    }
}

/// Takes away all that was written to somebody.
pub(crate) async fn forget_mails<C: ConnectionTrait>(on: &C, about: &Subject) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM mail_outbox WHERE about_kind = $1 AND about_id = $2",
        vec![about.kind.clone().into(), about.id.into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn forget_bounces<C: ConnectionTrait>(
    on: &C,
    about: &Subject,
) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM mail_bounce WHERE about_kind = $1 AND about_id = $2",
        vec![about.kind.clone().into(), about.id.into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn purge<C: ConnectionTrait>(
    on: &C,
    sent_before: Timestamp,
    failed_before: Timestamp,
    bounced_before: Timestamp,
) -> Result<u64, DbErr> {
    let mut gone = 0;
    for (state, before) in [("sent", sent_before), ("failed", failed_before)] {
        gone += execute(
            on,
            "DELETE FROM mail_outbox WHERE state = $1 AND finished_at < $2",
            vec![state.into(), before.micros().into()],
        )
        .await?;
    }
    // Content without mails is left by a digest that was cut short.
    execute(
        on,
        "DELETE FROM mail_content WHERE created_at < $1 AND NOT EXISTS \
         (SELECT 1 FROM mail_outbox o WHERE o.content_id = mail_content.id)",
        vec![sent_before.micros().into()],
    )
    .await?;
    execute(
        on,
        "DELETE FROM mail_bounce WHERE at < $1",
        vec![bounced_before.micros().into()],
    )
    .await?;
    execute(
        on,
        "DELETE FROM mail_day WHERE day < $1",
        vec![crate::model::day_of(bounced_before).into()],
    )
    .await?;
    Ok(gone)
}

/// One mail's state and last error, for tests and for those who ask about one mail.
pub(crate) async fn find_state<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<(MailState, i64, Option<String>)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        state: String,
        attempts: i64,
        last_error: Option<String>,
    }
    let row: Option<Row> = fetch_one(
        on,
        "SELECT state, attempts, last_error FROM mail_outbox WHERE id = $1",
        vec![id.into()],
    )
    .await?;
    Ok(row.and_then(|row| {
        MailState::parse(&row.state).map(|state| (state, row.attempts, row.last_error))
    }))
}
