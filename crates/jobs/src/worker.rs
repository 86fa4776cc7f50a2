//! The worker: takes one job after the other.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::{Notify, watch};
use torg_db::Database;
use torg_kernel::{Clock, Ids, JobId, Problem, Result, Timestamp, truncate_words};
use uuid::Uuid;

use crate::handlers::{Handlers, JobContext, JobHandler};
use crate::model::{Job, JobState};
use crate::queue::JOBS_TAG;
use crate::schedule::{Schedule, put_in_due};
use crate::store;

/// The worker's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobOptions {
    /// How long a job is left to a worker that gives no sign of life, in seconds. Default 60. A
    /// worker renews its lease at a third of it, so work may take any time.
    pub lease_seconds: i64,
    /// The wait after a first failure, in seconds; doubled at each further one. Default 5.
    pub first_wait_seconds: i64,
    /// The longest wait, in seconds. Default one hour.
    pub longest_wait_seconds: i64,
    /// How often to look for work that another node put in or whose time has come. Default half a
    /// second, which is one small question to the database.
    pub look_every: Duration,
}

impl Default for JobOptions {
    fn default() -> Self {
        Self {
            lease_seconds: 60,
            first_wait_seconds: 5,
            longest_wait_seconds: 3_600,
            look_every: Duration::from_millis(500),
        }
    }
}

impl JobOptions {
    /// The wait after so many failures, in seconds.
    #[must_use]
    pub fn wait_after(&self, failures: u32) -> i64 {
        let doubled = 1_i64 << failures.saturating_sub(1).min(40);
        self.first_wait_seconds
            .saturating_mul(doubled)
            .min(self.longest_wait_seconds)
    }
}

/// Does jobs, one at a time; start several for more. Each job is with one worker of all nodes at a
/// time, since they are taken through the group writer.
pub struct Worker {
    database: Database,
    handlers: Arc<Handlers>,
    schedules: Arc<Vec<Schedule>>,
    kinds: Arc<Vec<String>>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    options: JobOptions,
    woken: Arc<Notify>,
}

/// How an attempt ended.
enum Ended {
    Well,
    Badly(String),
    /// The lease ran out: another worker may have the job, so nothing may be said of it.
    Lost,
}

/// What became of a lease that was to be made longer.
enum Renewed {
    Held,
    Done,
    Lost,
}

/// An error as it is kept with the job: no longer than anybody reads, and without the zero
/// characters that PostgreSQL refuses.
fn told(problem: &Problem) -> String {
    kept(&problem.to_string())
}

fn kept(text: &str) -> String {
    truncate_words(&text.replace('\0', " "), 2_000)
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or_default();
    kept(&format!("the job panicked: {text}"))
}

impl Worker {
    /// A worker with handlers and schedules. Runs nothing until [`Worker::run`].
    #[must_use]
    pub fn new(
        database: Database,
        handlers: Handlers,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        options: JobOptions,
    ) -> Self {
        let woken = Arc::new(Notify::new());
        let waking = Arc::downgrade(&woken);
        database.writer().on_commit(Arc::new(move |tags| {
            if let Some(woken) = waking.upgrade()
                && tags.iter().any(|tag| tag.name == JOBS_TAG)
            {
                woken.notify_one();
            }
        }));
        Self {
            kinds: Arc::new(handlers.by_kind.keys().cloned().collect()),
            schedules: Arc::new(handlers.schedules.clone()),
            handlers: Arc::new(handlers),
            database,
            clock,
            ids,
            options,
            woken,
        }
    }

    /// Works until `shutdown` turns true or its sender is gone; a job that has begun is finished
    /// first. Dropping the future instead leaves its job to the next worker, after the lease.
    pub async fn run(self, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() && shutdown.has_changed().is_ok() {
            match self.turn().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(problem) => {
                    tracing::warn!(%problem, "could not look for work; trying again");
                }
            }
            tokio::select! {
                () = self.woken.notified() => {}
                () = tokio::time::sleep(self.options.look_every) => {}
                _ = shutdown.changed() => {}
            }
        }
    }

    /// Puts in what schedules want and does one job. Tells whether there was one.
    async fn turn(&self) -> Result<bool> {
        let now = self.clock.now();
        put_in_due(&self.database, &self.schedules, &self.ids, now).await?;
        let Some((job, lease)) = self.take().await? else {
            return Ok(false);
        };
        let Some(handler) = self.handlers.by_kind.get(&job.kind) else {
            return Ok(false);
        };
        let (id, kind, attempt) = (job.id, job.kind.clone(), job.attempts);
        let ended = self.attempt(handler, job, lease).await;
        match &ended {
            Ended::Well => {
                tracing::info!(job.id = %id, job.kind = kind, job.attempt = attempt, "a job is done");
            }
            Ended::Badly(error) => {
                tracing::warn!(job.id = %id, job.kind = kind, job.attempt = attempt, error, "a job failed");
            }
            Ended::Lost => {
                tracing::warn!(job.id = %id, job.kind = kind, job.attempt = attempt,
                    "a job's lease ran out while it was being done; it is left to others");
            }
        }
        self.settle(lease, ended).await?;
        Ok(true)
    }

    fn lease_end(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.options.lease_seconds)
    }

    /// Takes the next job. Looks first, so that an empty queue costs no write.
    async fn take(&self) -> Result<Option<(Job, Uuid)>> {
        let now = self.clock.now();
        let snapshot = self.database.snapshot().await?;
        let any = store::next(&*snapshot, &self.kinds, now).await?.is_some();
        snapshot.end().await?;
        if !any {
            return Ok(None);
        }
        let lease = self.ids.uuid(now);
        let until = self.lease_end(now);
        let kinds = self.kinds.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    while let Some(mut job) = store::next(&**context, &kinds, now).await? {
                        if job.attempts >= job.max_attempts {
                            // Its workers died each time: it may well be what kills them.
                            let error = "the worker died before the job was done";
                            store::finish(&**context, job.id, JobState::Failed, Some(error), now)
                                .await?;
                            continue;
                        }
                        store::lease(&**context, job.id, lease, until).await?;
                        job.state = JobState::Running;
                        job.attempts += 1;
                        job.lease_until = Some(until);
                        return Ok(Some((job, lease)));
                    }
                    Ok(None)
                })
            })
            .await
    }

    /// Does the work, and renews the lease meanwhile. Gives up when the lease is lost.
    async fn attempt(&self, handler: &JobHandler, job: Job, lease: Uuid) -> Ended {
        let (id, mut until) = (job.id, job.lease_until.unwrap_or_default());
        let context = JobContext {
            job,
            database: self.database.clone(),
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            lease,
        };
        // The future is made inside the guard as well: a handler may panic before its first await.
        let work = AssertUnwindSafe(async { handler(context).await }).catch_unwind();
        tokio::pin!(work);
        let third = u64::try_from(self.options.lease_seconds).unwrap_or(1) * 1_000 / 3;
        loop {
            tokio::select! {
                biased;
                result = &mut work => return match result {
                    Ok(Ok(())) => Ended::Well,
                    Ok(Err(problem)) => Ended::Badly(told(&problem)),
                    Err(panic) => Ended::Badly(panicked(&*panic)),
                },
                () = tokio::time::sleep(Duration::from_millis(third.max(1))) => {
                    let now = self.clock.now();
                    let next = self.lease_end(now);
                    match self.renew(id, lease, next).await {
                        Ok(Renewed::Held) => until = next,
                        // Completed within its own write: nothing is left to be lost.
                        Ok(Renewed::Done) => {}
                        Ok(Renewed::Lost) => return Ended::Lost,
                        Err(_) if now < until => {}
                        Err(_) => return Ended::Lost,
                    }
                }
            }
        }
    }

    async fn renew(&self, id: JobId, lease: Uuid, until: Timestamp) -> Result<Renewed> {
        self.database
            .write(move |context| {
                Box::pin(async move {
                    if store::renew(&**context, lease, until).await? {
                        return Ok(Renewed::Held);
                    }
                    let job = store::find(&**context, id).await?;
                    Ok(match job.map(|job| job.state) {
                        Some(JobState::Done) => Renewed::Done,
                        _ => Renewed::Lost,
                    })
                })
            })
            .await
    }

    /// Writes down how an attempt ended, if the job is still this worker's.
    async fn settle(&self, lease: Uuid, ended: Ended) -> Result<()> {
        let now = self.clock.now();
        let options = self.options.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let Some(job) = store::find_leased(&**context, lease).await? else {
                        return Ok(());
                    };
                    let error = match ended {
                        Ended::Well => {
                            return Ok(store::finish(
                                &**context,
                                job.id,
                                JobState::Done,
                                None,
                                now,
                            )
                            .await?);
                        }
                        Ended::Lost => return Ok(()),
                        Ended::Badly(error) => Some(error),
                    };
                    let error = error.as_deref();
                    let newer = match &job.key {
                        Some(key) => store::find_waiting(&**context, key).await?.is_some(),
                        None => false,
                    };
                    if newer {
                        // The newer one of the same key will do the work.
                        store::finish(&**context, job.id, JobState::Done, error, now).await?;
                    } else if job.attempts >= job.max_attempts {
                        store::finish(&**context, job.id, JobState::Failed, error, now).await?;
                    } else {
                        let at = now.plus_seconds(options.wait_after(job.attempts));
                        store::wait(&**context, job.id, at, job.attempts, error).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}
