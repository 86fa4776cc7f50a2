//! What a job is. Pure.

use serde_json::Value;
use torg_kernel::{JobId, Timestamp};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its time or for a worker.
    Waiting,
    /// A worker has it, for as long as its lease lasts.
    Running,
    /// It is done.
    Done,
    /// It failed as often as it may; it is kept with its last error.
    Failed,
}

impl JobState {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The state with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Running, Self::Done, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// A piece of work to be put in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// The name of its handler, verb first: `send_mail`.
    pub kind: String,
    /// What the handler gets.
    pub payload: Value,
    /// Jobs with the same key never run at the same time, and one at most waits: putting in
    /// another while one waits changes nothing but an earlier time. One that *runs* does not count,
    /// since it may have read its data before the change that asks for the new one.
    pub key: Option<String>,
    /// Not before this time; at once when it is nothing.
    pub run_at: Option<Timestamp>,
    /// How often it may be tried before it has failed.
    pub max_attempts: u32,
}

impl NewJob {
    /// Work to be done at once, tried ten times at most.
    #[must_use]
    pub fn new(kind: &str, payload: Value) -> Self {
        Self {
            kind: kind.to_owned(),
            payload,
            key: None,
            run_at: None,
            max_attempts: 10,
        }
    }

    /// The same with a key.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same at a time.
    #[must_use]
    pub const fn at(mut self, time: Timestamp) -> Self {
        self.run_at = Some(time);
        self
    }

    /// The same, tried at most so often.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.max_attempts = most;
        self
    }
}

/// A job as it lies in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The id.
    pub id: JobId,
    /// The name of its handler.
    pub kind: String,
    /// What the handler gets.
    pub payload: Value,
    /// Where it stands.
    pub state: JobState,
    /// Its key, if it has one.
    pub key: Option<String>,
    /// Not before this time.
    pub run_at: Timestamp,
    /// How often it was begun.
    pub attempts: u32,
    /// How often it may be.
    pub max_attempts: u32,
    /// Until when a worker has it.
    pub lease_until: Option<Timestamp>,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was put in.
    pub created_at: Timestamp,
    /// When it was done or given up.
    pub finished_at: Option<Timestamp>,
}

/// How many jobs stand where, for figures and alarms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting, those for a later time included.
    pub waiting: i64,
    /// With a worker.
    pub running: i64,
    /// Done and not yet purged.
    pub done: i64,
    /// Given up.
    pub failed: i64,
}
