//! The queue, on both databases.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, execute, scalar};
use torg_jobs::{
    Handlers, Job, JobCounts, JobOptions, JobState, NewJob, Rule, Schedule, Worker, count_jobs,
    enqueue, find_job, list_jobs, purge_jobs, retry_job,
};
use torg_kernel::{Clock, JobId, ManualClock, Problem, Result, SystemIds, Timestamp};
use torg_testkit::{TestDatabase, both};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_jobs::migrations::migrations();
        // For a table to write to.
        all.extend(torg_log::migrations::migrations());
        all
    }
}

const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

fn quick() -> JobOptions {
    JobOptions {
        look_every: Duration::from_millis(10),
        ..JobOptions::default()
    }
}

/// A worker at work; stops when told to, dies when dropped.
struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    fn start(
        database: &Database,
        handlers: &Handlers,
        clock: &Arc<ManualClock>,
        options: JobOptions,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let worker = Worker::new(
            database.clone(),
            handlers.clone(),
            clock.clone(),
            Arc::new(SystemIds),
            options,
        );
        Self {
            stop,
            task: tokio::spawn(worker.run(stopped)),
        }
    }

    async fn stop(self) {
        self.stop.send(true).expect("the worker listens");
        self.task.await.expect("the worker does not panic");
    }
}

async fn put(database: &Database, now: Timestamp, job: NewJob) -> Option<JobId> {
    database
        .write(move |context| Box::pin(async move { enqueue(context, &SystemIds, now, job).await }))
        .await
        .expect("is put in")
}

async fn job(database: &Database, id: JobId) -> Job {
    let snapshot = database.snapshot().await.expect("reads");
    find_job(&*snapshot, id)
        .await
        .expect("reads")
        .expect("is there")
}

async fn counts(database: &Database) -> JobCounts {
    let snapshot = database.snapshot().await.expect("reads");
    count_jobs(&*snapshot).await.expect("counts")
}

/// Waits until something is so; a test that never gets there fails.
async fn until<F: Future<Output = bool>>(what: &str, check: impl Fn() -> F) {
    for _ in 0..1_000 {
        if check().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

async fn until_state(database: &Database, id: JobId, state: JobState) {
    until(state.as_str(), || async {
        job(database, id).await.state == state
    })
    .await;
}

#[tokio::test]
async fn a_job_exists_if_its_write_was_kept() {
    both!(Migrator, |test: TestDatabase| async move {
        let refused: Result<()> = test
            .database
            .write(|context| {
                Box::pin(async move {
                    enqueue(context, &SystemIds, NOON, NewJob::new("greet", json!(1))).await?;
                    Err(Problem::NotFound)
                })
            })
            .await;
        assert!(refused.is_err());
        let panicked: Result<()> = test
            .database
            .write(|context| {
                Box::pin(async move {
                    enqueue(context, &SystemIds, NOON, NewJob::new("greet", json!(2))).await?;
                    panic!("on purpose");
                })
            })
            .await;
        assert!(panicked.is_err());
        assert_eq!(
            counts(&test.database).await,
            JobCounts::default(),
            "{}",
            test.engine
        );

        let id = put(
            &test.database,
            NOON,
            NewJob::new("greet", json!({"name": "Åsa"})),
        )
        .await;
        let id = id.expect("is new");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = seen.clone();
        let handlers = Handlers::new().on("greet", move |context| {
            let told = told.clone();
            async move {
                #[derive(serde::Deserialize)]
                struct Payload {
                    name: String,
                }
                let payload: Payload = context.payload()?;
                told.lock().expect("no panic").push(payload.name);
                Ok(())
            }
        });
        // A kind that nobody here knows stays where it is.
        let strange = put(
            &test.database,
            NOON,
            NewJob::new("of_tomorrow", json!(null)),
        )
        .await;
        let clock = Arc::new(ManualClock::new(NOON));
        let worker = Running::start(&test.database, &handlers, &clock, quick());
        until_state(&test.database, id, JobState::Done).await;
        worker.stop().await;
        assert_eq!(*seen.lock().expect("no panic"), ["Åsa"]);
        let done = job(&test.database, id).await;
        assert_eq!((done.attempts, done.finished_at), (1, Some(NOON)));
        let strange = job(&test.database, strange.expect("is new")).await;
        assert_eq!(strange.state, JobState::Waiting);
    });
}

#[tokio::test]
async fn two_nodes_never_do_the_same_job_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let other = Database::open(&torg_db::DatabaseOptions::new(&test.url))
            .await
            .expect("opens");
        let clock = Arc::new(ManualClock::new(NOON));
        let done = Arc::new(Mutex::new(HashMap::<JobId, usize>::new()));
        let keyed = Arc::new(AtomicUsize::new(0));
        let overlap = Arc::new(AtomicBool::new(false));
        let handlers = |node: usize| {
            let (done, keyed, overlap) = (done.clone(), keyed.clone(), overlap.clone());
            Handlers::new().on("count", move |context| {
                let (done, keyed, overlap) = (done.clone(), keyed.clone(), overlap.clone());
                async move {
                    let has_key = context.job.key.is_some();
                    if has_key && keyed.fetch_add(1, Ordering::SeqCst) > 0 {
                        overlap.store(true, Ordering::SeqCst);
                    }
                    tokio::time::sleep(Duration::from_millis(5 + node as u64)).await;
                    if has_key {
                        keyed.fetch_sub(1, Ordering::SeqCst);
                    }
                    *done
                        .lock()
                        .expect("no panic")
                        .entry(context.job.id)
                        .or_default() += 1;
                    Ok(())
                }
            })
        };
        let workers: Vec<Running> = [&test.database, &test.database, &other, &other]
            .into_iter()
            .enumerate()
            .map(|(node, database)| Running::start(database, &handlers(node), &clock, quick()))
            .collect();
        let mut put_in = Vec::new();
        for n in 0..60 {
            let new = NewJob::new("count", json!(n));
            let new = if n % 2 == 0 { new.key("same") } else { new };
            let node = if n % 3 == 0 { &other } else { &test.database };
            put_in.extend(put(node, NOON, new).await);
        }
        until("all are done", || async {
            let counts = counts(&test.database).await;
            counts.waiting == 0 && counts.running == 0
        })
        .await;
        for worker in workers {
            worker.stop().await;
        }
        let done = done.lock().expect("no panic").clone();
        assert!(put_in.len() >= 31, "only {} were put in", put_in.len());
        assert_eq!(done.len(), put_in.len(), "{}", test.engine);
        assert!(done.values().all(|times| *times == 1), "{done:?}");
        assert!(
            !overlap.load(Ordering::SeqCst),
            "two of one key ran at once"
        );
    });
}

#[tokio::test]
async fn a_dead_workers_job_is_taken_by_another_after_its_lease() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let begun = Arc::new(AtomicUsize::new(0));
        let beginning = begun.clone();
        let stuck = Handlers::new().on("work", move |_| {
            beginning.fetch_add(1, Ordering::SeqCst);
            std::future::pending()
        });
        let id = put(
            &test.database,
            NOON,
            NewJob::new("work", json!(null)).attempts(2),
        )
        .await;
        let id = id.expect("is new");
        let dying = Running::start(&test.database, &stuck, &clock, quick());
        until("it began", || async { begun.load(Ordering::SeqCst) == 1 }).await;
        dying.task.abort();
        let _ = dying.task.await;

        let other = Running::start(&test.database, &stuck, &clock, quick());
        clock.advance_seconds(59);
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert_eq!(begun.load(Ordering::SeqCst), 1, "the lease still holds");
        clock.advance_seconds(1);
        until("another took it", || async {
            begun.load(Ordering::SeqCst) == 2
        })
        .await;
        assert_eq!(job(&test.database, id).await.attempts, 2);
        other.task.abort();
        let _ = other.task.await;

        // A job that kills its worker each time is given up as well.
        clock.advance_seconds(60);
        let third = Running::start(&test.database, &stuck, &clock, quick());
        until_state(&test.database, id, JobState::Failed).await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
        assert!(job(&test.database, id).await.last_error.is_some());
        third.stop().await;
    });
}

#[tokio::test]
async fn a_long_job_keeps_its_lease_and_a_lost_one_is_dropped() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let short = JobOptions {
            lease_seconds: 1,
            ..quick()
        };
        let begun = Arc::new(AtomicUsize::new(0));
        let finished = Arc::new(AtomicUsize::new(0));
        let release = Arc::new(tokio::sync::Notify::new());
        let handlers = {
            let (begun, finished, release) = (begun.clone(), finished.clone(), release.clone());
            Handlers::new().on("work", move |_| {
                let (begun, finished, release) = (begun.clone(), finished.clone(), release.clone());
                async move {
                    begun.fetch_add(1, Ordering::SeqCst);
                    release.notified().await;
                    finished.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                }
            })
        };
        let id = put(&test.database, NOON, NewJob::new("work", json!(null))).await;
        let id = id.expect("is new");
        let one = Running::start(&test.database, &handlers, &clock, short.clone());
        until("it began", || async { begun.load(Ordering::SeqCst) == 1 }).await;
        let two = Running::start(&test.database, &handlers, &clock, short);
        // Nine tenths of a lease at a time, five times over, with a renewal in between.
        for _ in 0..5 {
            let before = job(&test.database, id).await.lease_until;
            clock.set(Timestamp::from_micros(clock.now().micros() + 900_000));
            until("the lease is renewed", || async {
                job(&test.database, id).await.lease_until > before
            })
            .await;
        }
        assert_eq!(begun.load(Ordering::SeqCst), 1, "{}", test.engine);

        // Somebody takes it by force: the worker drops the work and says nothing of it.
        test.database
            .write(|context| {
                Box::pin(async move {
                    let sql =
                        "UPDATE job SET lease_id = NULL, lease_until = lease_until + 3600000000";
                    Ok(execute(&**context, sql, vec![]).await?)
                })
            })
            .await
            .expect("is taken");
        tokio::time::sleep(Duration::from_millis(600)).await;
        release.notify_waiters();
        one.stop().await;
        two.stop().await;
        assert_eq!(finished.load(Ordering::SeqCst), 0);
        assert_eq!(job(&test.database, id).await.state, JobState::Running);
    });
}

#[tokio::test]
async fn a_failing_job_is_tried_again_later_and_then_kept() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let tries = Arc::new(AtomicUsize::new(0));
        let trying = tries.clone();
        let handlers = Handlers::new().on("fail", move |_| {
            let turn = trying.fetch_add(1, Ordering::SeqCst);
            async move {
                match turn {
                    0 => Err(Problem::internal("the mail server said no\0")),
                    1 => panic!("on the second try"),
                    _ => Err(Problem::NotFound),
                }
            }
        });
        let id = put(
            &test.database,
            NOON,
            NewJob::new("fail", json!(null)).attempts(3),
        )
        .await;
        let id = id.expect("is new");
        let worker = Running::start(&test.database, &handlers, &clock, quick());
        let tried = |times: usize| {
            let database = test.database.clone();
            async move {
                let job = job(&database, id).await;
                job.attempts as usize == times && job.state != JobState::Running
            }
        };
        until("tried once", || tried(1)).await;
        let once = job(&test.database, id).await;
        assert_eq!(once.state, JobState::Waiting);
        assert_eq!(once.run_at, NOON.plus_seconds(5));
        assert_eq!(once.last_error.as_deref(), Some("the mail server said no "));
        clock.advance_seconds(5);
        until("tried twice", || tried(2)).await;
        let twice = job(&test.database, id).await;
        assert_eq!(twice.run_at, NOON.plus_seconds(15), "twice as long");
        assert!(
            twice
                .last_error
                .is_some_and(|error| error.contains("on the second try"))
        );
        clock.advance_seconds(10);
        until_state(&test.database, id, JobState::Failed).await;
        clock.advance_seconds(100_000);
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(tries.load(Ordering::SeqCst), 3);
        let snapshot = test.database.snapshot().await.expect("reads");
        let failed = list_jobs(&*snapshot, JobState::Failed, 10)
            .await
            .expect("a list");
        drop(snapshot);
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].last_error.as_deref(), Some("not found"));

        let now = clock.now();
        let retry = |id| {
            test.database
                .write(move |context| Box::pin(async move { retry_job(context, id, now).await }))
        };
        retry(id).await.expect("is tried again");
        until("tried a fourth time", || async {
            tries.load(Ordering::SeqCst) == 4
        })
        .await;
        assert!(
            matches!(retry(id).await, Err(Problem::NotFound)),
            "it has not failed"
        );
        worker.stop().await;
    });
}

#[tokio::test]
async fn a_job_that_completes_itself_is_never_done_twice() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let handlers = Handlers::new().on("once", |context| async move {
            let own = context.clone();
            context
                .database
                .write(move |write| {
                    Box::pin(async move {
                        let sql = "INSERT INTO log_cursor (consumer, position) VALUES ('job', 1)";
                        execute(&**write, sql, vec![]).await?;
                        own.complete(write).await
                    })
                })
                .await?;
            // Dies between its own write and the worker's word.
            std::future::pending().await
        });
        let id = put(&test.database, NOON, NewJob::new("once", json!(null))).await;
        let id = id.expect("is new");
        let dying = Running::start(&test.database, &handlers, &clock, quick());
        until_state(&test.database, id, JobState::Done).await;
        dying.task.abort();
        let _ = dying.task.await;
        clock.advance_seconds(1_000);
        let other = Running::start(&test.database, &handlers, &clock, quick());
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.stop().await;
        let done = job(&test.database, id).await;
        assert_eq!((done.state, done.attempts), (JobState::Done, 1));
        let snapshot = test.database.snapshot().await.expect("reads");
        let rows = scalar(&*snapshot, "SELECT count(*) FROM log_cursor", vec![]).await;
        assert_eq!(rows.expect("counts"), 1);
    });
}

#[tokio::test]
async fn keys_times_and_purging() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let later = NOON.plus_seconds(3_600);
        let new = || NewJob::new("tidy", json!(null)).key("tidy:1");
        let id = put(&test.database, NOON, new().at(later))
            .await
            .expect("is new");
        assert_eq!(
            put(&test.database, NOON, new().at(later.plus_seconds(9))).await,
            None
        );
        assert_eq!(
            job(&test.database, id).await.run_at,
            later,
            "not later than it was"
        );
        assert_eq!(
            put(&test.database, NOON, new().at(NOON.plus_seconds(60))).await,
            None
        );
        assert_eq!(job(&test.database, id).await.run_at, NOON.plus_seconds(60));

        let handlers = Handlers::new().on("tidy", |_| async { Ok(()) });
        let worker = Running::start(&test.database, &handlers, &clock, quick());
        clock.advance_seconds(59);
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(job(&test.database, id).await.state, JobState::Waiting);
        clock.advance_seconds(1);
        until_state(&test.database, id, JobState::Done).await;
        // The key is free again.
        let next = put(&test.database, clock.now(), new())
            .await
            .expect("is new");
        until_state(&test.database, next, JobState::Done).await;
        worker.stop().await;

        let purge = |before: Timestamp| {
            test.database.write(move |context| {
                Box::pin(async move { purge_jobs(context, before, NOON).await })
            })
        };
        let end = NOON.plus_seconds(60);
        assert_eq!(purge(end).await.expect("purges"), 0);
        assert_eq!(purge(end.plus_seconds(1)).await.expect("purges"), 2);
        assert_eq!(counts(&test.database).await, JobCounts::default());
    });
}

#[tokio::test]
async fn each_turn_of_a_schedule_is_put_in_once_whatever_the_nodes() {
    both!(Migrator, |test: TestDatabase| async move {
        let other = Database::open(&torg_db::DatabaseOptions::new(&test.url))
            .await
            .expect("opens");
        let clock = Arc::new(ManualClock::new(NOON));
        let hourly = Arc::new(AtomicUsize::new(0));
        let nightly = Arc::new(AtomicUsize::new(0));
        let count = |times: &Arc<AtomicUsize>| {
            let times = times.clone();
            move |_| {
                times.fetch_add(1, Ordering::SeqCst);
                async { Ok(()) }
            }
        };
        let at = jiff::civil::Time::constant(2, 30, 0, 0);
        let handlers = Handlers::new()
            .on("tidy_hourly", count(&hourly))
            .on("seal_days", count(&nightly))
            .schedule(Schedule::new("tidy_hourly", Rule::Every { seconds: 3_600 }))
            .schedule(Schedule::new("seal_days", Rule::Daily { at }));
        let workers: Vec<Running> = [&test.database, &other, &other]
            .into_iter()
            .map(|database| Running::start(database, &handlers, &clock, quick()))
            .collect();
        let seen = |times: usize, nights: usize| {
            let (hourly, nightly) = (hourly.clone(), nightly.clone());
            async move {
                hourly.load(Ordering::SeqCst) == times && nightly.load(Ordering::SeqCst) == nights
            }
        };
        until("the first hour", || seen(1, 0)).await;
        for turn in 2..=4 {
            clock.advance_seconds(3_600);
            until("each hour", || seen(turn, 0)).await;
        }
        // From 16:00 to 02:30 in one leap: the hours between are not made up for.
        clock.advance_seconds(10 * 3_600 + 1_800);
        until("the night", || seen(5, 1)).await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert!(seen(5, 1).await, "once each, {}", test.engine);
        for worker in workers {
            worker.stop().await;
        }
    });
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_finishes_its_job() {
    both!(Migrator, |test: TestDatabase| async move {
        let clock = Arc::new(ManualClock::new(NOON));
        let begun = Arc::new(AtomicBool::new(false));
        let beginning = begun.clone();
        let handlers = Handlers::new().on("work", move |_| {
            beginning.store(true, Ordering::SeqCst);
            async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                Ok(())
            }
        });
        let first = put(&test.database, NOON, NewJob::new("work", json!(1))).await;
        let second = put(
            &test.database,
            NOON.plus_seconds(1),
            NewJob::new("work", json!(2)),
        )
        .await;
        clock.advance_seconds(1);
        let worker = Running::start(&test.database, &handlers, &clock, quick());
        until("it began", || async { begun.load(Ordering::SeqCst) }).await;
        worker.stop().await;
        let state = |id: Option<JobId>| {
            let database = test.database.clone();
            async move { job(&database, id.expect("is new")).await.state }
        };
        assert_eq!(state(first).await, JobState::Done);
        assert_eq!(state(second).await, JobState::Waiting);
    });
}
