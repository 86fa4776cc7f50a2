//! What does the work.

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use torg_db::{Database, WriteContext};
use torg_kernel::{Clock, Ids, Result};
use uuid::Uuid;

use crate::model::{Job, JobState};
use crate::schedule::Schedule;
use crate::store;

/// Does jobs of one kind. May be called again for the same job, after an error or when a worker
/// died, so the work has to bear being done twice or complete itself ([`JobContext::complete`]).
pub type JobHandler = Arc<dyn Fn(JobContext) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Another worker has the job since this one's lease ended.
#[derive(Debug, thiserror::Error)]
#[error("the job was taken over by another worker")]
struct LeaseLost;

/// What a handler works with.
#[derive(Clone)]
pub struct JobContext {
    /// The job.
    pub job: Job,
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// For ids and randomness.
    pub ids: Arc<dyn Ids>,
    pub(crate) lease: Uuid,
}

impl JobContext {
    /// What was put in with the job.
    ///
    /// # Errors
    /// When it is of another shape.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(T::deserialize(&self.job.payload)?)
    }

    /// Marks the job as done within the handler's own write, so that its rows are written once and
    /// only once, whatever dies after it.
    ///
    /// # Errors
    /// When another worker has taken the job over; the whole write must then fail.
    pub async fn complete(&self, context: &WriteContext) -> Result<()> {
        if store::find_leased(&**context, self.lease).await?.is_none() {
            return Err(LeaseLost.into());
        }
        let now = self.clock.now();
        Ok(store::finish(&**context, self.job.id, JobState::Done, None, now).await?)
    }
}

/// The handlers of the whole program, by the kind of job, with their schedules.
#[derive(Clone, Default)]
pub struct Handlers {
    pub(crate) by_kind: HashMap<String, JobHandler>,
    pub(crate) schedules: Vec<Schedule>,
}

impl Handlers {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These and one more kind. Kinds that no handler is known for are left in the queue: a newer
    /// node may know them.
    #[must_use]
    pub fn on<F, R>(mut self, kind: &str, run: F) -> Self
    where
        F: Fn(JobContext) -> R + Send + Sync + 'static,
        R: Future<Output = Result<()>> + Send + 'static,
    {
        let handler: JobHandler = Arc::new(move |context| Box::pin(run(context)));
        self.by_kind.insert(kind.to_owned(), handler);
        self
    }

    /// These and one more schedule.
    #[must_use]
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedules.push(schedule);
        self
    }

    /// These and those of another feature.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.by_kind.extend(other.by_kind);
        self.schedules.extend(other.schedules);
        self
    }
}
