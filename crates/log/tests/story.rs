//! The log and the group writer, on both databases.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, WriteContext, execute, scalar};
use torg_kernel::{
    Actor, Ids, PageId, Problem, RequestId, SeededIds, Subject, SystemIds, Timestamp,
};
use torg_log::{
    Author, Finding, Follower, NewEvent, PayloadClass, PayloadState, append, history, list_seals,
    seal_days, verify, weed, write_once,
};
use torg_testkit::{TestDatabase, both};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        torg_log::migrations::migrations()
    }
}

const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

async fn add(
    context: &WriteContext,
    subject: &Subject,
    after: &str,
    now: Timestamp,
) -> torg_kernel::Result<i64> {
    let actor = Actor::system("test");
    append(
        context,
        Author {
            actor: &actor,
            now,
            ids: &SystemIds,
        },
        NewEvent {
            kind: "page.changed",
            subject: subject.clone(),
            organisation: None,
            authority: None,
            class: PayloadClass::Internal,
            before: None,
            after: Some(after.to_owned()),
            tags: vec![format!("page:{}", subject.id)],
        },
    )
    .await
}

async fn write(database: &Database, subject: &Subject, after: &'static str, now: Timestamp) -> i64 {
    let subject = subject.clone();
    database
        .write(move |context| Box::pin(async move { add(context, &subject, after, now).await }))
        .await
        .expect("an event can be written")
}

fn subject(n: u64) -> Subject {
    Subject::new("page", PageId::new(&SeededIds::new(n), NOON))
}

#[tokio::test]
async fn many_callers_some_cancelled_some_failing_and_nothing_lost() {
    both!(Migrator, |test: TestDatabase| async move {
        let told = Arc::new(AtomicI64::new(0));
        let counter = told.clone();
        test.database.writer().on_commit(Arc::new(move |tags| {
            for tag in tags {
                counter.fetch_max(tag.position, Ordering::SeqCst);
            }
        }));
        let mut callers = Vec::new();
        for caller in 0..64_u64 {
            let database = test.database.clone();
            callers.push(tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                for turn in 0..10_u64 {
                    let key = format!("k{caller}-{turn}");
                    let name = key.clone();
                    let job = database.write(move |context| {
                        Box::pin(async move {
                            add(context, &subject(caller), "{}", NOON).await?;
                            execute(
                                &**context,
                                "INSERT INTO log_cursor (consumer, position) VALUES ($1, 1)",
                                vec![name.into()],
                            )
                            .await?;
                            match (caller + turn) % 7 {
                                1 => panic!("a job that panics"),
                                2 => Err(Problem::NotFound),
                                3 => {
                                    // A swallowed error: the job says all is well.
                                    let _ = execute(&**context, "SELECT nonsense", vec![]).await;
                                    Ok(())
                                }
                                _ => Ok(()),
                            }
                        })
                    });
                    if (caller + turn) % 5 == 4 {
                        // The caller goes away after a moment; whether it happened is open.
                        let _ = tokio::time::timeout(
                            std::time::Duration::from_micros(caller * 40),
                            job,
                        )
                        .await;
                    } else if job.await.is_ok() {
                        acknowledged.push(key);
                    } else {
                        acknowledged.push(format!("!{key}"));
                    }
                }
                acknowledged
            }));
        }
        let mut answers = Vec::new();
        for caller in callers {
            answers.extend(caller.await.expect("callers do not panic"));
        }
        test.database
            .write(|_| Box::pin(async { Ok(()) }))
            .await
            .expect("the writer lives");
        let snapshot = test.database.snapshot().await.expect("reads");
        for answer in &answers {
            let (key, expected) = answer
                .strip_prefix('!')
                .map_or((answer.as_str(), 1), |key| (key, 0));
            let found = scalar(
                &*snapshot,
                "SELECT count(*) FROM log_cursor WHERE consumer = $1",
                vec![key.into()],
            )
            .await
            .expect("counts");
            assert_eq!(found, expected, "{key} on {}", test.engine);
        }
        let rows = scalar(&*snapshot, "SELECT count(*) FROM log_cursor", vec![])
            .await
            .expect("counts");
        let events = scalar(&*snapshot, "SELECT count(*) FROM event", vec![])
            .await
            .expect("counts");
        let last = scalar(&*snapshot, "SELECT max(position) FROM event", vec![])
            .await
            .expect("counts");
        assert_eq!(rows, events, "rows and events come together");
        assert_eq!(events, last, "positions have no gaps");
        assert_eq!(
            told.load(Ordering::SeqCst),
            last,
            "the listener heard of the last one"
        );
        drop(snapshot);
        let report = verify(&test.database, &mut |_| {}).await.expect("verifies");
        assert_eq!(report.findings, []);
    });
}

#[tokio::test]
async fn two_writers_one_follower_every_event_once_and_in_order() {
    // A second handle is a second node: its own writer, its own connections.
    both!(Migrator, |test: TestDatabase| async move {
        let other = Database::open(&torg_db::DatabaseOptions::new(&test.url))
            .await
            .expect("opens");
        let mut follower = Follower::new(&test.database, 0, &[]);
        let writers: Vec<_> = [test.database.clone(), other]
            .into_iter()
            .enumerate()
            .map(|(node, database)| {
                tokio::spawn(async move {
                    for n in 0..150 {
                        write(&database, &subject(node as u64 * 1_000 + n), "{}", NOON).await;
                    }
                })
            })
            .collect();
        let mut seen = Vec::new();
        while seen.len() < 300 {
            for event in follower.next().await.expect("follows") {
                seen.push(event.position);
            }
        }
        for writer in writers {
            writer.await.expect("writes");
        }
        assert_eq!(seen, (1..=300).collect::<Vec<i64>>(), "{}", test.engine);
    });
}

/// What the group writer is for: without its lock, PostgreSQL lets a higher number become visible
/// before a lower one, and a follower that trusts numbers misses events.
#[tokio::test]
async fn a_naive_sequence_loses_events_where_the_group_writer_does_not() {
    use torg_db::ConnectionTrait;
    let test = torg_testkit::postgres::<Migrator>().await;
    let plain = |url: String| async move {
        let pool = torg_db::Database::open(&torg_db::DatabaseOptions { url, readers: 16 }).await;
        pool.expect("opens")
    };
    let database = plain(test.url.clone()).await;
    database
        .write(|context| {
            Box::pin(async move {
                context
                    .execute_unprepared("CREATE TABLE naive (id BIGSERIAL PRIMARY KEY)")
                    .await?;
                Ok(())
            })
        })
        .await
        .expect("creates");
    // Two transactions by hand: the first takes the lower number and commits last.
    let slow = torg_testkit::connect(&test.url).await;
    let quick = torg_testkit::connect(&test.url).await;
    slow.execute_unprepared("BEGIN; INSERT INTO naive DEFAULT VALUES")
        .await
        .expect("inserts");
    quick
        .execute_unprepared("INSERT INTO naive DEFAULT VALUES")
        .await
        .expect("inserts");
    let snapshot = database.snapshot().await.expect("reads");
    let cursor = scalar(&*snapshot, "SELECT max(id) FROM naive", vec![])
        .await
        .expect("reads");
    drop(snapshot);
    slow.execute_unprepared("COMMIT").await.expect("commits");
    let snapshot = database.snapshot().await.expect("reads");
    let sql = "SELECT count(*) FROM naive WHERE id > $1";
    let later = scalar(&*snapshot, sql, vec![cursor.into()])
        .await
        .expect("reads");
    assert_eq!(
        (cursor, later),
        (2, 0),
        "the naive follower never sees number 1"
    );
}

#[tokio::test]
async fn one_changed_byte_is_noticed_and_weeding_is_told_from_tampering() {
    both!(Migrator, |test: TestDatabase| async move {
        let (one, two) = (subject(1), subject(2));
        write(&test.database, &one, r#"{"name":"Alma"}"#, NOON).await;
        write(&test.database, &two, r#"{"name":"Bo"}"#, NOON).await;
        let weeded = one.clone();
        let count = test
            .database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    let author = Author {
                        actor: &actor,
                        now: NOON,
                        ids: &SystemIds,
                    };
                    assert!(matches!(
                        weed(context, author, &weeded, " ").await,
                        Err(Problem::Invalid(_))
                    ));
                    weed(context, author, &weeded, "Gallringsbeslut 12/2026").await
                })
            })
            .await
            .expect("weeds");
        assert_eq!(count, 1);
        let tomorrow = NOON.plus_seconds(86_400);
        let sealed = test
            .database
            .write(move |context| Box::pin(async move { seal_days(context, tomorrow).await }))
            .await
            .expect("seals");
        assert_eq!(sealed, 1);
        let report = verify(&test.database, &mut |_| {}).await.expect("verifies");
        assert_eq!((report.events, report.weeded, report.seals), (3, 1, 1));
        assert_eq!(report.findings, []);

        let tamper = |sql: &'static str| {
            let database = test.database.clone();
            async move {
                database
                    .write(move |context| {
                        Box::pin(async move { Ok(execute(&**context, sql, vec![]).await?) })
                    })
                    .await
                    .expect("the tamperer has the database");
                verify(&database, &mut |_| {})
                    .await
                    .expect("verifies")
                    .findings
            }
        };
        let found =
            tamper("UPDATE event_payload SET after = '{\"name\":\"Bp\"}' WHERE position = 2").await;
        assert_eq!(found, [Finding::Payload { position: 2 }]);
        tamper("UPDATE event_payload SET after = '{\"name\":\"Bo\"}' WHERE position = 2").await;
        // Somebody calls a payload weeded that no decision names.
        let found = tamper("UPDATE event_payload SET salt = NULL, before = NULL, after = NULL, weeded_by = 3 WHERE position = 2").await;
        assert_eq!(found, [Finding::PayloadMissing { position: 2 }]);
        let found = tamper("UPDATE event SET kind = 'page.renamed' WHERE position = 1").await;
        assert!(found.contains(&Finding::Event { position: 1 }), "{found:?}");
    });
}

#[tokio::test]
async fn a_write_happens_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let request = RequestId(SystemIds.uuid(NOON));
        let send = |operation: &'static str| {
            let database = test.database.clone();
            async move {
                database
                    .write(move |context| {
                        Box::pin(async move {
                            write_once(context, request, operation, &Actor::Anonymous, NOON, || {
                                Box::pin(add(context, &ONE, "{}", NOON))
                            })
                            .await
                        })
                    })
                    .await
            }
        };
        static ONE: std::sync::LazyLock<Subject> = std::sync::LazyLock::new(|| subject(1));
        let first = send("a").await.expect("writes");
        let again = send("a").await.expect("answers again");
        assert!(!first.repeated && again.repeated);
        assert_eq!(first.answer, again.answer);
        assert!(matches!(send("b").await, Err(Problem::Conflict(_))));
        let snapshot = test.database.snapshot().await.expect("reads");
        let events = history(&*snapshot, &ONE, &[PayloadClass::Internal], 10)
            .await
            .expect("reads");
        assert_eq!(events.len(), 1);
        assert!(
            matches!(&events[0].payload, PayloadState::Whole { after: Some(text), .. } if text == "{}")
        );
        let closed = history(&*snapshot, &ONE, &[PayloadClass::Public], 10)
            .await
            .expect("reads");
        assert_eq!(closed[0].payload, PayloadState::Withheld);
    });
}

#[tokio::test]
async fn events_that_come_after_their_days_seal_are_sealed_with_the_next_day() {
    both!(Migrator, |test: TestDatabase| async move {
        let day = |days: i64| NOON.plus_seconds(days * 86_400);
        let seal = |now: Timestamp| {
            let database = test.database.clone();
            async move {
                database
                    .write(move |context| Box::pin(async move { seal_days(context, now).await }))
                    .await
                    .expect("seals")
            }
        };
        let put = |at: Timestamp| write(&test.database, &ONE, "{}", at);
        static ONE: std::sync::LazyLock<Subject> = std::sync::LazyLock::new(|| subject(1));
        put(day(0)).await;
        assert_eq!(seal(day(1)).await, 1);
        // A slow clock: the first day's seal is made, and its events go on coming.
        put(day(0)).await;
        assert_eq!(seal(day(1)).await, 0, "the next day is not finished");
        put(day(1)).await;
        put(day(0)).await;
        assert_eq!(seal(day(1)).await, 0, "the next day is not finished");
        assert_eq!(seal(day(2)).await, 1);
        assert_eq!(seal(day(2)).await, 0);
        // Two days late, alone; then days that follow as they should.
        put(day(0)).await;
        assert_eq!(seal(day(1)).await, 0, "the checker's own clock is slow");
        assert_eq!(seal(day(2)).await, 0);
        put(day(4)).await;
        put(day(3)).await;
        assert_eq!(seal(day(5)).await, 2);
        assert_eq!(seal(day(9)).await, 0);
        let snapshot = test.database.snapshot().await.expect("reads");
        let seals: Vec<(String, i64, i64)> = list_seals(&*snapshot)
            .await
            .expect("reads")
            .into_iter()
            .map(|seal| (seal.day, seal.first_position, seal.last_position))
            .collect();
        drop(snapshot);
        let expected = [
            ("2026-03-03", 1, 1),
            ("2026-03-04", 2, 4),
            ("2026-03-05", 5, 5),
            ("2026-03-07", 6, 7),
        ];
        let expected = expected.map(|(day, first, last)| (day.to_owned(), first, last));
        assert_eq!(seals, expected, "{}", test.engine);
        let report = verify(&test.database, &mut |_| {}).await.expect("verifies");
        assert_eq!((report.events, report.seals), (7, 4));
        assert_eq!(report.findings, []);
    });
}

/// A job that takes the whole transaction away, as SQLite itself does when the disk is full, and
/// then ends in one of three ways; with others before and after it in the same group.
#[tokio::test]
async fn a_lost_transaction_is_told_to_those_in_it_and_to_nobody_else() {
    use torg_db::ConnectionTrait;
    both!(Migrator, |test: TestDatabase| async move {
        let insert = |name: String| {
            let database = test.database.clone();
            async move {
                database
                    .write(move |context| {
                        Box::pin(async move {
                            add(context, &subject(1), "{}", NOON).await?;
                            let sql = "INSERT INTO log_cursor (consumer, position) VALUES ($1, 1)";
                            Ok(execute(&**context, sql, vec![name.into()]).await?)
                        })
                    })
                    .await
            }
        };
        for ending in ["well", "wrong", "panic"] {
            let (go, gate) = tokio::sync::oneshot::channel::<()>();
            let holding = test.database.clone();
            let first = tokio::spawn(async move {
                holding
                    .write(move |_| Box::pin(async move { Ok(gate.await.is_ok()) }))
                    .await
            });
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            // All of these wait for the first and so come in one group.
            let mut callers = Vec::new();
            for n in 0..6 {
                let before = insert(format!("{ending}-{n}"));
                let database = test.database.clone();
                callers.push(tokio::spawn(async move {
                    if n != 2 {
                        return before.await.is_ok();
                    }
                    let job = database.write(move |context| {
                        Box::pin(async move {
                            add(context, &subject(1), "{}", NOON).await?;
                            context.execute_unprepared("ROLLBACK").await?;
                            match ending {
                                "well" => Ok(()),
                                "wrong" => Err(Problem::NotFound),
                                _ => panic!("a job that panics"),
                            }
                        })
                    });
                    job.await.is_ok()
                }));
                // One after the other into the queue.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            go.send(()).expect("the first waits");
            assert!(first.await.expect("does not panic").expect("is answered"));
            let mut acknowledged = Vec::new();
            for caller in callers {
                acknowledged.push(caller.await.expect("does not panic"));
            }
            let engine = test.engine;
            assert_eq!(
                acknowledged,
                [false, false, false, true, true, true],
                "{engine} {ending}"
            );
            let snapshot = test.database.snapshot().await.expect("reads");
            for (n, kept) in acknowledged.into_iter().enumerate() {
                let found = scalar(
                    &*snapshot,
                    "SELECT count(*) FROM log_cursor WHERE consumer = $1",
                    vec![format!("{ending}-{n}").into()],
                )
                .await
                .expect("counts");
                assert_eq!(found, i64::from(kept), "{engine} {ending} {n}");
            }
            drop(snapshot);
            // The writer is as good as new: one that fails leaves nothing, one that does not stays.
            let job = test.database.write(|context| {
                Box::pin(async move {
                    add(context, &subject(1), "{}", NOON).await?;
                    Err::<(), _>(Problem::NotFound)
                })
            });
            assert!(matches!(job.await, Err(Problem::NotFound)));
            insert(format!("{ending}-after")).await.expect("is written");
        }
        let snapshot = test.database.snapshot().await.expect("reads");
        let count = |sql: &'static str| scalar(&*snapshot, sql, vec![]);
        let rows = count("SELECT count(*) FROM log_cursor").await;
        let events = count("SELECT count(*) FROM event").await;
        assert_eq!((rows.expect("counts"), events.expect("counts")), (12, 12));
        drop(snapshot);
        let report = verify(&test.database, &mut |_| {}).await.expect("verifies");
        assert_eq!(report.findings, []);
    });
}

#[tokio::test]
async fn a_listener_that_panics_stops_neither_the_writer_nor_the_others() {
    both!(Migrator, |test: TestDatabase| async move {
        let told = Arc::new(AtomicI64::new(0));
        let counter = told.clone();
        let writer = test.database.writer();
        writer.on_commit(Arc::new(|_| panic!("a listener that panics")));
        writer.on_commit(Arc::new(move |tags| {
            counter.fetch_max(tags[0].position, Ordering::SeqCst);
        }));
        for position in 1..=3 {
            let written = write(&test.database, &subject(1), "{}", NOON).await;
            assert_eq!((written, told.load(Ordering::SeqCst)), (position, position));
        }
    });
}

/// A disk that is really full, for SQLite: the file may not grow. Whatever SQLite rolls back, what
/// was acknowledged is there and nothing else is.
#[tokio::test]
async fn a_full_disk_keeps_what_was_acknowledged_and_nothing_else() {
    use torg_db::ConnectionTrait;
    let test = torg_testkit::sqlite::<Migrator>().await;
    let limit = |sql: &'static str| {
        let database = test.database.clone();
        async move {
            let job = database.write(move |context| {
                Box::pin(async move { Ok(context.execute_unprepared(sql).await?) })
            });
            job.await.expect("is limited");
        }
    };
    limit("PRAGMA max_page_count = 120").await;
    let mut callers = Vec::new();
    for n in 0..200_usize {
        let database = test.database.clone();
        callers.push(tokio::spawn(async move {
            // Every tenth swallows what went wrong.
            let name = format!("{n}-{}", "x".repeat(n * 40));
            let job = database.write(move |context| {
                Box::pin(async move {
                    let sql = "INSERT INTO log_cursor (consumer, position) VALUES ($1, $2)";
                    let row = vec![name.into(), i64::try_from(n).expect("is small").into()];
                    match execute(&**context, sql, row).await {
                        Err(error) if n % 10 != 0 => Err(error.into()),
                        other => Ok(other.is_ok()),
                    }
                })
            });
            job.await.unwrap_or(false)
        }));
    }
    let mut kept = Vec::new();
    for (n, caller) in callers.into_iter().enumerate() {
        if caller.await.expect("does not panic") {
            kept.push(n);
        }
    }
    assert!((1..200).contains(&kept.len()), "{kept:?}");
    limit("PRAGMA max_page_count = 1000000").await;
    let snapshot = test.database.snapshot().await.expect("reads");
    for n in 0..200 {
        let sql = "SELECT count(*) FROM log_cursor WHERE position = $1";
        let found = scalar(
            &*snapshot,
            sql,
            vec![i64::try_from(n).expect("is small").into()],
        )
        .await;
        assert_eq!(found.expect("counts"), i64::from(kept.contains(&n)), "{n}");
    }
    drop(snapshot);
    write(&test.database, &subject(1), "{}", NOON).await;
}
