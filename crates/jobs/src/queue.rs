//! Putting jobs in and looking after them.

use torg_db::{ConnectionTrait, DbErr, WriteContext};
use torg_kernel::{Ids, JobId, Problem, Result, Timestamp};

use crate::model::{Job, JobCounts, JobState, NewJob};
use crate::store;

/// What wakes the workers of this node when a write that put a job in is committed.
pub(crate) const JOBS_TAG: &str = "jobs";

/// Puts a job in, within the caller's own write: it exists if and only if that is committed.
/// Returns nothing when a job with the same key waits already; its time becomes the earlier one.
///
/// # Errors
/// When the database fails; the whole write must then fail.
pub async fn enqueue(
    context: &WriteContext,
    ids: &dyn Ids,
    now: Timestamp,
    new: NewJob,
) -> Result<Option<JobId>> {
    let run_at = new.run_at.unwrap_or(now);
    // Position 0: no view becomes stale by a job, only the workers are to wake.
    context.touch(0, JOBS_TAG);
    if let Some(key) = &new.key
        && let Some(waiting) = store::find_waiting(&**context, key).await?
    {
        if run_at < waiting.run_at {
            let error = waiting.last_error.as_deref();
            store::wait(&**context, waiting.id, run_at, waiting.attempts, error).await?;
        }
        return Ok(None);
    }
    let job = Job {
        id: JobId::new(ids, now),
        kind: new.kind,
        payload: new.payload,
        state: JobState::Waiting,
        key: new.key,
        run_at,
        attempts: 0,
        max_attempts: new.max_attempts.max(1),
        lease_until: None,
        last_error: None,
        created_at: now,
        finished_at: None,
    };
    store::insert(&**context, &job).await?;
    Ok(Some(job.id))
}

/// Lets a job that was given up be tried again from the start.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such job that failed.
pub async fn retry_job(context: &WriteContext, id: JobId, now: Timestamp) -> Result<()> {
    let job = store::find(&**context, id).await?;
    let job = job
        .filter(|job| job.state == JobState::Failed)
        .ok_or(Problem::NotFound)?;
    context.touch(0, JOBS_TAG);
    if let Some(key) = &job.key
        && store::find_waiting(&**context, key).await?.is_some()
    {
        // A newer one of the same key waits and will do the work.
        return Ok(store::finish(
            &**context,
            id,
            JobState::Done,
            job.last_error.as_deref(),
            now,
        )
        .await?);
    }
    Ok(store::wait(&**context, id, now, 0, job.last_error.as_deref()).await?)
}

/// One job.
///
/// # Errors
/// When the database fails.
pub async fn find_job<C: ConnectionTrait>(on: &C, id: JobId) -> Result<Option<Job>, DbErr> {
    store::find(on, id).await
}

/// Jobs that stand somewhere, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_jobs<C: ConnectionTrait>(
    on: &C,
    state: JobState,
    limit: u32,
) -> Result<Vec<Job>, DbErr> {
    store::list(on, state, limit).await
}

/// How many jobs stand where.
///
/// # Errors
/// When the database fails.
pub async fn count_jobs<C: ConnectionTrait>(on: &C) -> Result<JobCounts, DbErr> {
    Ok(JobCounts {
        waiting: store::count(on, JobState::Waiting).await?,
        running: store::count(on, JobState::Running).await?,
        done: store::count(on, JobState::Done).await?,
        failed: store::count(on, JobState::Failed).await?,
    })
}

/// Takes away jobs that were done before a time, and those given up before another, commonly a
/// later look back, since somebody has to see them. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn purge_jobs(
    context: &WriteContext,
    done_before: Timestamp,
    failed_before: Timestamp,
) -> Result<u64> {
    Ok(store::purge(&**context, done_before, failed_before).await?)
}
