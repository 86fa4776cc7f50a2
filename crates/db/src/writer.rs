//! The group writer: the one way to write.
//!
//! Callers hand in jobs; one task takes up to [`GROUP`] that wait, runs each in a savepoint of one
//! transaction, commits once, and only then answers them all. A caller that goes away loses its
//! answer, never its place: its future is not inside the transaction. The trade-off is that a slow
//! job delays its whole group, so jobs do database work only. When the database loses a transaction
//! underway, those that had run in it are told that nothing was saved; the others run in another.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot, watch};
use torg_kernel::Problem;

use crate::Engine;

/// The most jobs in one transaction.
const GROUP: usize = 64;
/// Jobs that may wait before callers are held back.
const WAITING: usize = 4_096;
/// The advisory lock that makes writers of all nodes take turns ("TORG" in ASCII).
const LOCK: i64 = 0x544f_5247;
/// The PostgreSQL channel on which nodes wake each other.
pub(crate) const CHANNEL: &str = "torg_log";

/// Something that a committed change makes stale, with the log position that did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The event's position.
    pub position: i64,
    /// The name of what is stale, for example `unit:…`.
    pub name: String,
}

/// Told of the tags of each committed group, before its callers are answered.
pub type CommitListener = Arc<dyn Fn(&[Tag]) + Send + Sync>;

/// What a job works with: the group's transaction, in a savepoint of the job's own, and what shall be
/// known once it is committed. Dereferences to the transaction.
#[derive(Debug)]
pub struct WriteContext {
    transaction: DatabaseTransaction,
    tags: Mutex<Vec<Tag>>,
}

impl std::ops::Deref for WriteContext {
    type Target = DatabaseTransaction;
    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl WriteContext {
    /// Says that `name` is stale from the event at `position` on. Forgotten if the job fails.
    pub fn touch(&self, position: i64, name: &str) {
        let tag = Tag {
            position,
            name: name.to_owned(),
        };
        self.tags
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(tag);
    }

    fn take_tags(&self) -> Vec<Tag> {
        std::mem::take(&mut *self.tags.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

type Answer = Box<dyn Any + Send>;
type Job =
    Box<dyn for<'a> FnOnce(&'a WriteContext) -> BoxFuture<'a, Result<Answer, Problem>> + Send>;

enum Order {
    Run(Job, oneshot::Sender<Result<Answer, Problem>>),
    Stop(oneshot::Sender<()>),
}

/// The handle by which jobs are handed in.
pub struct Writer {
    orders: mpsc::Sender<Order>,
    commits: watch::Sender<u64>,
    listeners: Arc<RwLock<Vec<CommitListener>>>,
}

/// A commit that did not go through: nothing of its group was kept.
#[derive(Debug, thiserror::Error)]
#[error("the change could not be saved: {0}")]
struct NotSaved(String);

/// The writer has stopped.
#[derive(Debug, thiserror::Error)]
#[error("the database is being closed")]
struct Closed;

/// A job that panicked; its savepoint was rolled back.
#[derive(Debug, thiserror::Error)]
#[error("a write failed unexpectedly: {0}")]
struct Panicked(String);

impl Writer {
    pub(crate) fn start(connection: DatabaseConnection, engine: Engine) -> Self {
        let (orders, inbox) = mpsc::channel(WAITING);
        let (commits, _) = watch::channel(0);
        let listeners = Arc::new(RwLock::new(Vec::new()));
        let task = Task {
            connection,
            engine,
            commits: commits.clone(),
            listeners: listeners.clone(),
        };
        tokio::spawn(task.run(inbox));
        Self {
            orders,
            commits,
            listeners,
        }
    }

    /// Runs a job and answers when it is safely committed. The job must hold nothing but database
    /// work; its errors roll back its own savepoint only.
    ///
    /// # Errors
    /// What the job answers, or [`Problem::Internal`] when it panicked or the commit failed.
    pub async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a WriteContext) -> BoxFuture<'a, Result<T, Problem>> + Send + 'static,
    {
        let boxed: Job = Box::new(move |context| {
            job(context)
                .map(|result| result.map(|answer| Box::new(answer) as Answer))
                .boxed()
        });
        let (reply, answer) = oneshot::channel();
        self.orders
            .send(Order::Run(boxed, reply))
            .await
            .map_err(|_| Closed)?;
        let answer = answer.await.map_err(|_| Closed)??;
        Ok(*answer
            .downcast::<T>()
            .expect("the job put its own answer into the box"))
    }

    /// Registers somebody to be told of each committed group.
    pub fn on_commit(&self, listener: CommitListener) {
        self.listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
    }

    pub(crate) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// Wakes local followers.
    pub(crate) fn wake(&self) {
        self.commits
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(crate) async fn stop(&self) {
        let (reply, stopped) = oneshot::channel();
        if self.orders.send(Order::Stop(reply)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}

struct Task {
    connection: DatabaseConnection,
    engine: Engine,
    commits: watch::Sender<u64>,
    listeners: Arc<RwLock<Vec<CommitListener>>>,
}

type Waiting = (Job, oneshot::Sender<Result<Answer, Problem>>);

/// A job that has run, before its group is committed.
struct Done {
    reply: oneshot::Sender<Result<Answer, Problem>>,
    result: Result<Answer, Problem>,
    tags: Vec<Tag>,
}

/// The savepoint of the first job in a transaction.
const BEGIN_FIRST: &str = "SAVEPOINT torg_job";
/// The savepoint of a job after one that went well.
const BEGIN_NEXT: &str = "RELEASE SAVEPOINT torg_job; SAVEPOINT torg_job";
/// Takes back what a job did; its savepoint stands.
const ROLL_BACK: &str = "ROLLBACK TO SAVEPOINT torg_job";
/// Keeps what the last job did.
const RELEASE: &str = "RELEASE SAVEPOINT torg_job";

impl Task {
    async fn run(self, mut inbox: mpsc::Receiver<Order>) {
        let mut stopping = None;
        while stopping.is_none() {
            let Some(first) = inbox.recv().await else {
                break;
            };
            let mut jobs: Vec<Waiting> = Vec::new();
            let mut next = Some(first);
            while let Some(order) = next {
                match order {
                    Order::Run(job, reply) => jobs.push((job, reply)),
                    Order::Stop(reply) => {
                        stopping = Some(reply);
                        break;
                    }
                }
                next = if jobs.len() < GROUP {
                    inbox.try_recv().ok()
                } else {
                    None
                };
            }
            if !jobs.is_empty() {
                self.group(jobs).await;
            }
        }
        let _ = self.connection.close_by_ref().await;
        if let Some(reply) = stopping {
            let _ = reply.send(());
        }
    }

    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let transaction = self
            .connection
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: None,
                sqlite_transaction_mode: (self.engine == Engine::Sqlite)
                    .then_some(SqliteTransactionMode::Immediate),
            })
            .await?;
        if self.engine == Engine::Postgres {
            transaction
                .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})"))
                .await?;
        }
        Ok(transaction)
    }

    /// A connection that was lost is worth another try: no job has run yet.
    async fn begin_patiently(&self) -> Result<DatabaseTransaction, DbErr> {
        let mut wait = Duration::from_millis(50);
        loop {
            match self.begin().await {
                Err(error) if wait < Duration::from_secs(1) => {
                    tracing::warn!(%error, "the database did not let a write begin; trying again");
                    tokio::time::sleep(wait).await;
                    wait *= 3;
                }
                other => return other,
            }
        }
    }

    /// Runs all jobs: in one transaction when all is well, in more when one is lost underway.
    async fn group(&self, jobs: Vec<Waiting>) {
        let mut waiting = jobs.into_iter();
        while waiting.len() > 0 {
            self.round(&mut waiting).await;
        }
    }

    /// Runs jobs in one transaction until all are done or the transaction is lost. Jobs that had
    /// run in a lost transaction are told so, and those that had not are left for another round.
    async fn round(&self, waiting: &mut std::vec::IntoIter<Waiting>) {
        let context = match self.begin_patiently().await {
            Ok(transaction) => WriteContext {
                transaction,
                tags: Mutex::new(Vec::new()),
            },
            Err(error) => return fail(waiting.map(|(_, reply)| reply), &error),
        };
        let mut done: Vec<Done> = Vec::with_capacity(waiting.len());
        let mut ran = Ok(());
        while ran.is_ok() && waiting.len() > 0 {
            ran = self.run_next(&context, waiting, &mut done).await;
        }
        if ran.is_ok() {
            ran = self.end_last(&context, &mut done).await;
        }
        let transaction = context.transaction;
        if let Err(error) = ran {
            tracing::error!(%error, jobs = done.len(), "a group of writes was lost");
            self.give_up(transaction).await;
            // A job always goes with its group, or one that cannot begin would be tried for ever.
            let next = if done.is_empty() {
                waiting.next()
            } else {
                None
            };
            let next = next.map(|(_, reply)| reply);
            return fail(done.into_iter().map(|one| one.reply).chain(next), &error);
        }
        if let Err(error) = transaction.commit().await {
            tracing::error!(%error, jobs = done.len(), "a group of writes could not be saved");
            self.renew().await;
            return fail(done.into_iter().map(|one| one.reply), &error);
        }
        let mut tags = Vec::new();
        for one in &mut done {
            tags.append(&mut one.tags);
        }
        self.tell(&tags);
        for one in done {
            let _ = one.reply.send(one.result);
        }
        if !tags.is_empty() {
            self.commits
                .send_modify(|count| *count = count.wrapping_add(1));
            self.notify().await;
        }
    }

    /// Runs one job in a savepoint. The error says that the whole transaction is lost: SQLite may
    /// roll all of it back by itself, and then the savepoint is not there any more. It is noticed by
    /// that alone, so that a job that goes well costs one statement of ours: the next job's
    /// savepoint is set by the same statement that lets go of this one's.
    async fn run_next(
        &self,
        context: &WriteContext,
        waiting: &mut std::vec::IntoIter<Waiting>,
        done: &mut Vec<Done>,
    ) -> Result<(), DbErr> {
        let last_went_well = done.last().map(|last| last.result.is_ok());
        match last_went_well {
            None => context.execute_unprepared(BEGIN_FIRST).await.map(|_| ())?,
            Some(true) => self.let_go(context, BEGIN_NEXT, done).await?,
            // Rolled back to, its savepoint still stands and serves the next.
            Some(false) => {}
        }
        let Some((job, reply)) = waiting.next() else {
            return Ok(());
        };
        // The future is made inside the guard as well: a job may panic before its first await.
        let result = AssertUnwindSafe(async { job(context).await })
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| {
                let text = panic_text(&*panic);
                tracing::error!(panic = %text, "a write job panicked and is rolled back");
                Err(Panicked(text).into())
            });
        let mut tags = context.take_tags();
        if result.is_err() {
            tags.clear();
        }
        let failed = result.is_err();
        done.push(Done {
            reply,
            result,
            tags,
        });
        if failed {
            context.execute_unprepared(ROLL_BACK).await?;
        }
        Ok(())
    }

    /// Lets go of the last job's savepoint before the commit, which PostgreSQL would answer with
    /// a rollback when that job swallowed an error. SQLite's commit lets go of it by itself.
    async fn end_last(&self, context: &WriteContext, done: &mut [Done]) -> Result<(), DbErr> {
        let open = done.last().is_some_and(|last| last.result.is_ok());
        if open && self.engine == Engine::Postgres {
            self.let_go(context, RELEASE, done).await
        } else {
            Ok(())
        }
    }

    /// Lets go of the last job's savepoint. When that fails on PostgreSQL, a statement failed and
    /// the job swallowed it: only that job is rolled back and told so.
    async fn let_go(
        &self,
        context: &WriteContext,
        sql: &str,
        done: &mut [Done],
    ) -> Result<(), DbErr> {
        let Err(error) = context.execute_unprepared(sql).await else {
            return Ok(());
        };
        if self.engine == Engine::Sqlite {
            return Err(error);
        }
        context.execute_unprepared(ROLL_BACK).await?;
        if let Some(last) = done.last_mut() {
            last.result = Err(error.into());
            last.tags.clear();
        }
        Ok(())
    }

    /// Tells the listeners. One that panics is noted and keeps nobody else from hearing or writing.
    fn tell(&self, tags: &[Tag]) {
        if tags.is_empty() {
            return;
        }
        let listeners = self
            .listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in listeners {
            if let Err(panic) = std::panic::catch_unwind(AssertUnwindSafe(|| listener(tags))) {
                tracing::error!(panic = %panic_text(&*panic), "a commit listener panicked");
            }
        }
    }

    /// Rolls back what is left of a transaction whose savepoints no longer hold.
    async fn give_up(&self, outer: DatabaseTransaction) {
        match self.engine {
            Engine::Postgres => {
                if let Err(error) = outer.rollback().await {
                    tracing::warn!(%error, "a lost transaction could not be rolled back");
                }
            }
            Engine::Sqlite => drop(outer),
        }
        self.renew().await;
    }

    /// Closes SQLite's connection, so that the pool opens another. After SQLite has rolled back by
    /// itself (disk full, I/O error), the driver still counts the transactions that were open and
    /// would begin the next one as a savepoint; closing also rolls back whatever is open. With
    /// PostgreSQL the driver's count falls whether or not a rollback goes through.
    async fn renew(&self) {
        if self.engine != Engine::Sqlite {
            return;
        }
        let pool = self.connection.get_sqlite_connection_pool();
        match pool.acquire().await {
            Ok(connection) => {
                if let Err(error) = connection.close().await {
                    tracing::warn!(%error, "the writing connection did not close well");
                }
            }
            Err(error) => tracing::warn!(%error, "the writing connection could not be renewed"),
        }
    }

    /// One coalesced word to the other nodes, outside the transaction: they also look by themselves.
    async fn notify(&self) {
        if self.engine == Engine::Postgres {
            let _ = self
                .connection
                .execute_unprepared(&format!("NOTIFY {CHANNEL}"))
                .await;
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

fn fail(replies: impl Iterator<Item = oneshot::Sender<Result<Answer, Problem>>>, error: &DbErr) {
    for reply in replies {
        let _ = reply.send(Err(NotSaved(error.to_string()).into()));
    }
}
