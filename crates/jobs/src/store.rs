//! The queue's SQL.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{JobId, Timestamp};
use uuid::Uuid;

use crate::model::{Job, JobState};

const COLUMNS: &str = "id, kind, payload, state, job_key, run_at, attempts, max_attempts, \
    lease_until, last_error, created_at, finished_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    payload: String,
    state: String,
    job_key: Option<String>,
    run_at: i64,
    attempts: i64,
    max_attempts: i64,
    lease_until: Option<i64>,
    last_error: Option<String>,
    created_at: i64,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for Job {
    type Error = DbErr;
    fn try_from(row: Row) -> Result<Self, DbErr> {
        let strange = |what: &str| DbErr::Custom(format!("job {} has a strange {what}", row.id));
        let times = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Self {
            id: JobId(row.id),
            payload: serde_json::from_str(&row.payload).map_err(|_| strange("payload"))?,
            state: JobState::parse(&row.state).ok_or_else(|| strange("state"))?,
            kind: row.kind,
            key: row.job_key,
            run_at: Timestamp::from_micros(row.run_at),
            attempts: times(row.attempts),
            max_attempts: times(row.max_attempts),
            lease_until: row.lease_until.map(Timestamp::from_micros),
            last_error: row.last_error,
            created_at: Timestamp::from_micros(row.created_at),
            finished_at: row.finished_at.map(Timestamp::from_micros),
        })
    }
}

pub(crate) async fn find<C: ConnectionTrait>(on: &C, id: JobId) -> Result<Option<Job>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM job WHERE id = $1"),
        vec![id.0.into()],
    )
    .await?;
    row.map(Job::try_from).transpose()
}

/// The job that waits under a key.
pub(crate) async fn find_waiting<C: ConnectionTrait>(
    on: &C,
    key: &str,
) -> Result<Option<Job>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM job WHERE waiting_key = $1"),
        vec![key.into()],
    )
    .await?;
    row.map(Job::try_from).transpose()
}

pub(crate) async fn list<C: ConnectionTrait>(
    on: &C,
    state: JobState,
    limit: u32,
) -> Result<Vec<Job>, DbErr> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM job WHERE state = $1 ORDER BY run_at DESC, id DESC LIMIT $2"
        ),
        vec![state.as_str().into(), i64::from(limit).into()],
    )
    .await?;
    rows.into_iter().map(Job::try_from).collect()
}

pub(crate) async fn count<C: ConnectionTrait>(on: &C, state: JobState) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(*) FROM job WHERE state = $1",
        vec![state.as_str().into()],
    )
    .await
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, job: &Job) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO job (id, kind, payload, state, job_key, waiting_key, run_at, attempts, \
         max_attempts, created_at) VALUES ($1, $2, $3, 'waiting', $4, $4, $5, 0, $6, $7)",
        vec![
            job.id.0.into(),
            job.kind.clone().into(),
            job.payload.to_string().into(),
            job.key.clone().into(),
            job.run_at.micros().into(),
            i64::from(job.max_attempts).into(),
            job.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Puts a job back: it waits for a time, with a number of attempts behind it.
pub(crate) async fn wait<C: ConnectionTrait>(
    on: &C,
    id: JobId,
    run_at: Timestamp,
    attempts: u32,
    error: Option<&str>,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE job SET state = 'waiting', waiting_key = job_key, run_at = $2, attempts = $3, \
         last_error = $4, lease_id = NULL, lease_until = NULL, finished_at = NULL WHERE id = $1",
        vec![
            id.0.into(),
            run_at.micros().into(),
            i64::from(attempts).into(),
            error.map(str::to_owned).into(),
        ],
    )
    .await?;
    Ok(())
}

/// Ends a job, well or badly.
pub(crate) async fn finish<C: ConnectionTrait>(
    on: &C,
    id: JobId,
    state: JobState,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE job SET state = $2, last_error = $3, finished_at = $4, waiting_key = NULL, \
         lease_id = NULL, lease_until = NULL WHERE id = $1",
        vec![
            id.0.into(),
            state.as_str().into(),
            error.map(str::to_owned).into(),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Condition and values for jobs that a worker of these kinds may take: their time has come or
/// their lease is over, and no other job of the same key runs. `$1` is now.
fn takeable(kinds: &[String], now: Timestamp) -> (String, Vec<SqlValue>) {
    let places: Vec<String> = (0..kinds.len()).map(|at| format!("${}", at + 2)).collect();
    let condition = format!(
        "kind IN ({}) AND ((state = 'waiting' AND run_at <= $1) \
         OR (state = 'running' AND lease_until <= $1)) \
         AND (job_key IS NULL OR NOT EXISTS (SELECT 1 FROM job other \
         WHERE other.state = 'running' AND other.job_key = job.job_key AND other.id <> job.id \
         AND other.lease_until > $1))",
        places.join(", ")
    );
    let mut values = vec![now.micros().into()];
    values.extend(kinds.iter().map(|kind| SqlValue::from(kind.clone())));
    (condition, values)
}

/// The job to be done next, if any.
pub(crate) async fn next<C: ConnectionTrait>(
    on: &C,
    kinds: &[String],
    now: Timestamp,
) -> Result<Option<Job>, DbErr> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let (condition, values) = takeable(kinds, now);
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM job WHERE {condition} ORDER BY run_at, id LIMIT 1"),
        values,
    )
    .await?;
    row.map(Job::try_from).transpose()
}

pub(crate) async fn lease<C: ConnectionTrait>(
    on: &C,
    id: JobId,
    lease_id: Uuid,
    until: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE job SET state = 'running', attempts = attempts + 1, waiting_key = NULL, \
         lease_id = $2, lease_until = $3 WHERE id = $1",
        vec![id.0.into(), lease_id.into(), until.micros().into()],
    )
    .await?;
    Ok(())
}

/// Makes a lease longer, if it is still held.
pub(crate) async fn renew<C: ConnectionTrait>(
    on: &C,
    lease_id: Uuid,
    until: Timestamp,
) -> Result<bool, DbErr> {
    let changed = execute(
        on,
        "UPDATE job SET lease_until = $2 WHERE lease_id = $1",
        vec![lease_id.into(), until.micros().into()],
    )
    .await?;
    Ok(changed == 1)
}

/// The job for which a lease is still held.
pub(crate) async fn find_leased<C: ConnectionTrait>(
    on: &C,
    lease_id: Uuid,
) -> Result<Option<Job>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM job WHERE lease_id = $1"),
        vec![lease_id.into()],
    )
    .await?;
    row.map(Job::try_from).transpose()
}

pub(crate) async fn purge<C: ConnectionTrait>(
    on: &C,
    done_before: Timestamp,
    failed_before: Timestamp,
) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM job WHERE (state = 'done' AND finished_at < $1) \
         OR (state = 'failed' AND finished_at < $2)",
        vec![done_before.micros().into(), failed_before.micros().into()],
    )
    .await
}

/// A schedule's place: the rule it was reckoned by, and when it is due.
#[derive(FromQueryResult)]
pub(crate) struct Place {
    pub name: String,
    pub rule_text: String,
    pub next_at: i64,
}

pub(crate) async fn places<C: ConnectionTrait>(on: &C) -> Result<Vec<Place>, DbErr> {
    fetch_all(
        on,
        "SELECT name, rule_text, next_at FROM job_schedule ORDER BY name",
        vec![],
    )
    .await
}

pub(crate) async fn save_place<C: ConnectionTrait>(on: &C, place: &Place) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO job_schedule (name, rule_text, next_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET rule_text = excluded.rule_text, \
         next_at = excluded.next_at",
        vec![
            place.name.clone().into(),
            place.rule_text.clone().into(),
            place.next_at.into(),
        ],
    )
    .await?;
    Ok(())
}
