//! Many callers at the group writer, some cancelled, panicking or failing, then a full check that
//! what was acknowledged is there and nothing else. `bench/writer/run.sh` runs it over a slow disk.
//!
//! `bench_writer URL [CALLERS] [SECONDS] [group|request|clean]`: `group` is the group writer with
//! trouble in the mix, `clean` the same without trouble, `request` a transaction for each caller.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, TransactionTrait};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseOptions, WriteContext, execute, fetch_all, migrate, scalar};
use torg_kernel::{Actor, Clock, Ids, PageId, Problem, Subject, SystemClock, SystemIds};
use torg_log::{Author, Follower, NewEvent, PayloadClass, append, verify};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        torg_log::migrations::migrations()
    }
}

/// Rows that are counted up: few, so that callers meet at the same row.
const COUNTERS: u64 = 16;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What happened to one change, as its caller knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    Saved,
    NotSaved,
    /// The caller went away before it was told.
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    Panic,
    Fail,
    SwallowedSqlError,
    Cancel(Duration),
}

/// One change in 25 is cancelled by its caller, one in 50 each panics, fails and swallows an SQL
/// error.
fn trouble(number: u64, random: u64) -> Trouble {
    match number % 50 {
        7 => Trouble::Panic,
        19 => Trouble::Fail,
        31 => Trouble::SwallowedSqlError,
        11 | 43 => Trouble::Cancel(Duration::from_micros(random % 20_000)),
        _ => Trouble::None,
    }
}

/// One change of five statements: the event (read the tail, insert it, insert its payload), a
/// row that is counted up, a row that is inserted.
async fn change(
    context: &WriteContext,
    subject: &Subject,
    key: String,
    counter: u64,
) -> torg_kernel::Result<()> {
    let actor = Actor::system("bench");
    let author = Author {
        actor: &actor,
        now: SystemClock.now(),
        ids: &SystemIds,
    };
    let event = NewEvent {
        kind: "bench.changed",
        subject: subject.clone(),
        organisation: None,
        authority: None,
        class: PayloadClass::Internal,
        before: Some(r#"{"phone":"031-390 06 10","open":"10:00-18:00"}"#.to_owned()),
        after: Some(r#"{"phone":"031-390 06 11","open":"10:00-19:00"}"#.to_owned()),
        tags: vec![format!("unit:{}", subject.id)],
    };
    append(context, author, event).await?;
    execute(
        &**context,
        "UPDATE bench_counter SET n = n + 1 WHERE id = $1",
        vec![(counter.cast_signed()).into()],
    )
    .await?;
    execute(
        &**context,
        "INSERT INTO bench_change (key) VALUES ($1)",
        vec![key.into()],
    )
    .await?;
    Ok(())
}

async fn one_caller(
    database: Database,
    caller: u64,
    until: Instant,
    troubled: bool,
) -> Vec<(String, Told, Duration)> {
    let mut told = Vec::new();
    let mut random = caller.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for number in 0_u64.. {
        if Instant::now() >= until {
            break;
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let key = format!("{caller}-{number}");
        let subject = Subject::new("unit", PageId::new(&SystemIds, SystemClock.now()));
        let mix = if troubled {
            trouble(number + caller, random)
        } else {
            Trouble::None
        };
        let (own, counter) = (key.clone(), random % COUNTERS);
        let started = Instant::now();
        let job = database.write(move |context| {
            Box::pin(async move {
                change(context, &subject, own, counter).await?;
                match mix {
                    Trouble::Panic => panic!("a job that panics"),
                    Trouble::Fail => Err(Problem::NotFound),
                    Trouble::SwallowedSqlError => {
                        let _ = execute(&**context, "SELECT nonsense", vec![]).await;
                        Ok(())
                    }
                    Trouble::None | Trouble::Cancel(_) => Ok(()),
                }
            })
        });
        let answer = match mix {
            Trouble::Cancel(after) => tokio::time::timeout(after, job).await.ok(),
            _ => Some(job.await),
        };
        let outcome = match answer {
            Some(Ok(())) => Told::Saved,
            Some(Err(_)) => Told::NotSaved,
            None => Told::Nothing,
        };
        told.push((key, outcome, started.elapsed()));
    }
    told
}

/// The same five statements, each caller with a transaction of its own: what the group writer
/// is compared with.
async fn one_request(
    connection: DatabaseConnection,
    sqlite: bool,
    caller: u64,
    until: Instant,
) -> Result<Vec<Duration>, Failure> {
    let mut took = Vec::new();
    for number in 0.. {
        if Instant::now() >= until {
            break;
        }
        let started = Instant::now();
        let options = sea_orm::TransactionOptions {
            isolation_level: None,
            access_mode: None,
            sqlite_transaction_mode: sqlite.then_some(sea_orm::SqliteTransactionMode::Immediate),
        };
        let transaction = connection.begin_with_options(options).await?;
        if !sqlite {
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(1)")
                .await?;
        }
        let last = scalar(
            &transaction,
            "SELECT position FROM event ORDER BY position DESC LIMIT 1",
            vec![],
        )
        .await?;
        let position = last + 1;
        execute(
            &transaction,
            "INSERT INTO event (position, at, actor_kind, kind, subject_kind, subject_id, tags, \
             class, digest, chain) VALUES ($1, $2, 'system', 'bench.changed', 'unit', $3, '', \
             'internal', $4, $4)",
            vec![
                position.into(),
                SystemClock.now().micros().into(),
                SystemIds.uuid(SystemClock.now()).into(),
                vec![0_u8; 32].into(),
            ],
        )
        .await?;
        execute(
            &transaction,
            "INSERT INTO event_payload (position, class, salt, before, after) \
             VALUES ($1, 'internal', $2, $3, $3)",
            vec![
                position.into(),
                vec![0_u8; 16].into(),
                r#"{"phone":"031-390 06 10","open":"10:00-18:00"}"#.into(),
            ],
        )
        .await?;
        execute(
            &transaction,
            "UPDATE bench_counter SET n = n + 1 WHERE id = $1",
            vec![((caller + number) % COUNTERS).cast_signed().into()],
        )
        .await?;
        execute(
            &transaction,
            "INSERT INTO bench_change (key) VALUES ($1)",
            vec![format!("{caller}-{number}").into()],
        )
        .await?;
        transaction.commit().await?;
        took.push(started.elapsed());
    }
    Ok(took)
}

async fn prepare(url: &str) -> Result<Database, Failure> {
    let database = Database::open(&DatabaseOptions::new(url)).await?;
    migrate::<Migrator>(&database).await?;
    database
        .write(|context| {
            Box::pin(async move {
                context
                    .execute_unprepared(
                        "CREATE TABLE bench_counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)",
                    )
                    .await?;
                context
                    .execute_unprepared("CREATE TABLE bench_change (key TEXT PRIMARY KEY)")
                    .await?;
                for id in 0..COUNTERS {
                    execute(
                        &**context,
                        "INSERT INTO bench_counter (id, n) VALUES ($1, 0)",
                        vec![id.cast_signed().into()],
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await
        .map_err(|problem| problem.to_string())?;
    Ok(database)
}

fn report(what: &str, mut took: Vec<Duration>, elapsed: Duration) {
    took.sort();
    let at = |share: usize| {
        took.get((took.len() * share / 1000).min(took.len().saturating_sub(1)))
            .map_or(0.0, |took| took.as_secs_f64() * 1_000.0)
    };
    println!(
        "{what}: {} in {:.1} s = {:.0}/s; p50 {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms",
        took.len(),
        elapsed.as_secs_f64(),
        took.len() as f64 / elapsed.as_secs_f64(),
        at(500),
        at(990),
        at(999),
    );
}

/// Compares what callers were told with what is there.
async fn check(database: &Database, told: &[(String, Told, Duration)]) -> Result<(), Failure> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        key: String,
    }
    let snapshot = database.snapshot().await?;
    let rows: Vec<Row> = fetch_all(&*snapshot, "SELECT key FROM bench_change", vec![]).await?;
    let mut there: HashMap<&str, usize> = HashMap::new();
    for row in &rows {
        *there.entry(&row.key).or_default() += 1;
    }
    let mut wrong = Vec::new();
    for (key, told, _) in told {
        let count = there.remove(key.as_str()).unwrap_or(0);
        let good = match told {
            Told::Saved => count == 1,
            Told::NotSaved => count == 0,
            Told::Nothing => count <= 1,
        };
        if !good {
            wrong.push(format!("{key}: told {told:?}, there {count} times"));
        }
    }
    wrong.extend(there.keys().map(|key| format!("{key}: nobody wrote it")));
    let count = async |sql: &str| scalar(&*snapshot, sql, vec![]).await;
    let rows = i64::try_from(rows.len())?;
    for (what, sql) in [
        ("events", "SELECT count(*) FROM event"),
        ("the last position", "SELECT max(position) FROM event"),
        (
            "all counters together",
            "SELECT CAST(sum(n) AS BIGINT) FROM bench_counter",
        ),
    ] {
        let found = count(sql).await?;
        if found != rows {
            wrong.push(format!("{rows} changes, but {what}: {found}"));
        }
    }
    snapshot.end().await?;
    let chain = verify(database, &mut |_| {})
        .await
        .map_err(|problem| problem.to_string())?;
    wrong.extend(chain.findings.iter().map(|finding| format!("{finding:?}")));
    if wrong.is_empty() {
        let saved = told.iter().filter(|told| told.1 == Told::Saved).count();
        let refused = told.iter().filter(|told| told.1 == Told::NotSaved).count();
        println!(
            "check: good. {saved} acknowledged, all there once; {refused} panicked, failed or broke, \
             none there; {} cancelled; no update lost; the chain holds over {} events",
            told.len() - saved - refused,
            chain.events
        );
        return Ok(());
    }
    wrong.truncate(20);
    Err(format!("check: WRONG\n{}", wrong.join("\n")).into())
}

/// Follows the log beside the writing, until told the last position; gives how long each event
/// took from being made to being seen.
async fn follow(
    database: Database,
    mut last: tokio::sync::watch::Receiver<Option<i64>>,
) -> Result<Vec<Duration>, Failure> {
    let mut follower = Follower::new(&database, 0, &[]);
    let mut delays = Vec::new();
    loop {
        let known_end = *last.borrow_and_update();
        if known_end.is_some_and(|end| follower.position() >= end) {
            return Ok(delays);
        }
        let events = tokio::select! {
            events = follower.next() => events?,
            _ = last.changed() => continue,
        };
        let now = SystemClock.now().micros();
        for event in events {
            let expected = i64::try_from(delays.len())? + 1;
            if event.position != expected {
                return Err(format!("followed {} after {}", event.position, expected - 1).into());
            }
            let delay = u64::try_from(now - event.at.micros()).unwrap_or(0);
            delays.push(Duration::from_micros(delay));
        }
    }
}

async fn grouped(url: &str, callers: u64, seconds: u64, troubled: bool) -> Result<(), Failure> {
    let database = prepare(url).await?;
    // A handle of its own is a second node: it hears of nothing but the database.
    let other = Database::open(&DatabaseOptions::new(url)).await?;
    let listener = other.listen();
    let (end, told_end) = tokio::sync::watch::channel(None);
    let following = tokio::spawn(follow(other.clone(), told_end));
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let tasks: Vec<_> = (0..callers)
        .map(|caller| tokio::spawn(one_caller(database.clone(), caller, until, troubled)))
        .collect();
    let mut told = Vec::new();
    for task in tasks {
        told.extend(task.await?);
    }
    let elapsed = started.elapsed();
    // Behind everything that cancelled callers left with the writer.
    database
        .write(|_| Box::pin(async { Ok(()) }))
        .await
        .map_err(|problem| problem.to_string())?;
    let snapshot = database.snapshot().await?;
    end.send_replace(Some(torg_log::head(&*snapshot).await?));
    snapshot.end().await?;
    let saved = told
        .iter()
        .filter(|told| told.1 == Told::Saved)
        .map(|told| told.2)
        .collect();
    report("changes", saved, elapsed);
    report("follower", following.await??, elapsed);
    listener.abort();
    check(&database, &told).await?;
    database.close().await;
    other.close().await;
    Ok(())
}

async fn by_request(url: &str, callers: u64, seconds: u64) -> Result<(), Failure> {
    prepare(url).await?.close().await;
    let sqlite = url.starts_with("sqlite:");
    let mut options = ConnectOptions::new(if sqlite {
        format!("{url}?mode=rwc")
    } else {
        url.to_owned()
    });
    options
        .max_connections(u32::try_from(callers)?)
        .sqlx_logging(false)
        .acquire_timeout(Duration::from_secs(60))
        .map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .busy_timeout(Duration::from_secs(60))
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
        });
    let connection = sea_orm::Database::connect(options).await?;
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let tasks: Vec<_> = (0..callers)
        .map(|caller| tokio::spawn(one_request(connection.clone(), sqlite, caller, until)))
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    report("changes", took, started.elapsed());
    connection.close().await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| words.get(at).map(String::as_str);
    let url = word(0).ok_or("usage: bench_writer URL [CALLERS] [SECONDS] [group|clean|request]")?;
    let callers = word(1).unwrap_or("64").parse()?;
    let seconds = word(2).unwrap_or("10").parse()?;
    std::panic::set_hook(Box::new(|_| {}));
    match word(3).unwrap_or("group") {
        "group" => grouped(url, callers, seconds, true).await,
        "clean" => grouped(url, callers, seconds, false).await,
        "request" => by_request(url, callers, seconds).await,
        other => Err(format!("“{other}” is neither group, clean nor request").into()),
    }
}
