//! Serving: the demo city, or a city of one's own.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use torg_accounts::NewPerson;
use torg_jobs::{JobOptions, Worker};
use torg_kernel::{Actor, SystemClock, SystemIds};
use torg_web::{Server, service, spawn_view_follower};
use tracing_subscriber::EnvFilter;

use super::{Failure, say};
use crate::app::{self, Node, Surroundings};
use crate::background::Background;
use crate::city::{self, Importer};
use crate::config::Config;
use crate::{assemble, indexing, work};

fn start_log(config: &Config, quiet: bool) -> Result<(), Failure> {
    let level = if quiet && config.text("log_level") == "info" {
        "warn"
    } else {
        config.text("log_level")
    };
    let filter = EnvFilter::try_new(level)
        .map_err(|error| Failure(format!("the setting “log_level” cannot be used: {error}")))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_coloured())
        .with_writer(std::io::stderr);
    let started = match config.text("log_format") {
        "json" => builder.json().flatten_event(true).try_init(),
        "text" => builder.with_target(false).try_init(),
        other => {
            return Err(Failure(format!(
                "the setting “log_format” is “{other}”, but must be text or json"
            )));
        }
    };
    started.map_err(|error| Failure(error.to_string()))
}

/// Colours are for people at a terminal; in a file their codes are noise. `NO_COLOR` takes them away
/// there too (<https://no-color.org>).
fn is_coloured() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !unwanted
}

/// `torg serve`.
pub async fn serve(config: Config) -> Result<ExitCode, Failure> {
    start_log(&config, false)?;
    let _lock = app::lock_folder(&config.data())?;
    let indexes = app::open_indexes(&config)?;
    let database = app::open_database(&config).await?;
    let listener = bind(&config).await?;
    let listening = listener.local_addr()?.to_string();
    let node = app::start(
        &config,
        database,
        indexes,
        &listening,
        Surroundings::default(),
    )
    .await?;
    node.accounts
        .ensure_roles(&Actor::system("start"))
        .await
        .map_err(Failure::of)?;
    run(&config, node, listener, &[]).await
}

/// `torg demo`.
pub async fn demo(mut config: Config) -> Result<ExitCode, Failure> {
    config.prefer("demo", "true");
    start_log(&config, true)?;
    let _lock = app::lock_folder(&config.data())?;
    let indexes = app::open_indexes(&config)?;
    let database = app::open_database(&config).await?;
    let listener = bind(&config).await?;
    let listening = listener.local_addr()?.to_string();
    let node = app::start(
        &config,
        database,
        indexes,
        &listening,
        Surroundings::default(),
    )
    .await?;
    let logins = fill(&config, &node).await?;
    run(&config, node, listener, &logins).await
}

async fn bind(config: &Config) -> Result<tokio::net::TcpListener, Failure> {
    let address = config.text("listen");
    tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| {
            Failure(format!(
                "the address {address} cannot be listened on: {error}. Choose another with --listen"
            ))
        })
}

/// The demo's people: key, name, role, organisation.
const PEOPLE: [(&str, &str, &str, &str); 7] = [
    (
        "admin@goteborg.example",
        "Alma Exempel",
        "administrator",
        "goteborg",
    ),
    (
        "redaktor@goteborg.example",
        "Edvin Exempel",
        "publisher",
        "goteborg",
    ),
    (
        "enheter@goteborg.example",
        "Ulla Exempel",
        "unit_editor",
        "goteborg",
    ),
    (
        "skribent@goteborg.example",
        "Signe Exempel",
        "contributor",
        "kulturforvaltningen",
    ),
    (
        "granskare@goteborg.example",
        "Gabriel Exempel",
        "editor",
        "kulturnamnden",
    ),
    (
        "namnd@goteborg.example",
        "Nadja Exempel",
        "committee_secretary",
        "kulturnamnden",
    ),
    (
        "strateg@goteborg.example",
        "Samir Exempel",
        "web_strategist",
        "goteborg",
    ),
];

/// Fills an empty database with the demo city. Gives the log-ins, made new for each folder so that
/// a demo that others can reach has no password that everybody knows.
async fn fill(config: &Config, node: &Node) -> Result<Vec<String>, Failure> {
    let actor = Actor::system("demo");
    node.accounts
        .ensure_roles(&actor)
        .await
        .map_err(Failure::of)?;
    let file = config.data().join("demo-log-ins.txt");
    let people = node.accounts.list_people().await.map_err(Failure::of)?;
    if people.is_empty() {
        let importer = Importer {
            database: node.app.database.clone(),
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            accounts: node.accounts.clone(),
            actor: actor.clone(),
            notices: node.notice_board.settings,
            blobs: node.media.blobs.clone(),
        };
        let bar = say::progress(None, "filling the demo city");
        let mut step = |text: &str| bar.set_message(format!("filling the demo city: {text}"));
        importer
            .city(&city::demo_files(), &mut step)
            .await
            .map_err(Failure::of)?;
        bar.set_message("filling the demo city: events");
        importer.demo_events().await.map_err(Failure::of)?;
        bar.finish_and_clear();
        let mut lines = String::new();
        for (email, name, role, organisation) in PEOPLE {
            let password = node.accounts.generate_password();
            let new = NewPerson {
                email: email.to_owned(),
                name: name.to_owned(),
            };
            let accounts = &node.accounts;
            accounts
                .add_person(&actor, &new)
                .await
                .map_err(Failure::of)?;
            accounts
                .set_password(&actor, email, &password)
                .await
                .map_err(Failure::of)?;
            let granted = accounts
                .grant(&actor, email, role, organisation, None, None)
                .await;
            granted.map_err(Failure::of)?;
            lines.push_str(&format!("{role:<20} {email:<28} {password}\n"));
        }
        write_private(&file, &lines)?;
    }
    let lines = std::fs::read_to_string(&file).unwrap_or_default();
    Ok(lines.lines().map(str::to_owned).collect())
}

/// Writes a file that only its owner may read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

async fn run(
    config: &Config,
    node: Node,
    listener: tokio::net::TcpListener,
    logins: &[String],
) -> Result<ExitCode, Failure> {
    let database = node.app.database.clone();
    let listening = database.listen();
    let caches = spawn_view_follower(&node.app).await.map_err(Failure::of)?;
    let bar = say::progress(None, "building the search index");
    let caught_up = indexing::catch_up(&database, &node.accounts, &node.index, &mut |count| {
        bar.set_position(count);
    })
    .await
    .map_err(Failure::of)?;
    bar.finish_and_clear();
    let search = tokio::spawn(indexing::follow(
        database.clone(),
        node.accounts.clone(),
        node.index.clone(),
        caught_up,
    ));
    let staff_search = tokio::spawn(crate::staff_search::follow(
        database.clone(),
        node.accounts.clone(),
        node.staff_index.clone(),
    ));
    let (stop_jobs, stopping) = tokio::sync::watch::channel(false);
    let counting = tokio::spawn(node.searching.clone().run(
        database.clone(),
        node.index.clone(),
        node.app.clock.clone(),
        stopping.clone(),
    ));
    let reading = tokio::spawn(torg_site::run_reads(node.app.clone(), stopping.clone()));
    let planned = tokio::spawn(torg_site::run_schedule(
        database.clone(),
        Arc::new(node.accounts.clone()),
        Arc::new(crate::planners::AccountPlanners(node.accounts.clone())),
        node.app.clock.clone(),
        node.app.ids.clone(),
        stopping.clone(),
    ));
    let days = i64::try_from(config.number("request_days")?.min(3_650)).unwrap_or(30);
    let handlers = work::handlers(&node.accounts, days)
        .and(node.media.jobs())
        .and(node.comments.jobs())
        .and(node.history.jobs())
        .and(node.care.jobs())
        .and(crate::unit_care::jobs(
            &node.accounts,
            &node.app.settings,
            &node.unit_care,
        ))
        .and(torg_calendar::jobs(node.calendar.neighbours.clone()))
        .and(torg_calendar::sign_up_jobs(node.calendar.clone()))
        .and(node.subscriptions.handlers())
        .and(crate::mail::handlers(config)?);
    let sender = crate::mail::sender(
        config,
        &node.app.settings.base_url,
        database.clone(),
        node.app.clock.clone(),
        node.app.ids.clone(),
    )?;
    let background = Background::start()?;
    let mails = background.handle().spawn(sender.run(stopping.clone()));
    let worker = Worker::new(
        database.clone(),
        handlers,
        node.app.clock.clone(),
        node.app.ids.clone(),
        JobOptions::default(),
    );
    let jobs = background.handle().spawn(worker.run(stopping));
    let address = listener.local_addr()?;
    let server = Server::new(listener, service(&node.app, assemble::routes(&node)));
    say::line(&format!("Torg is open at http://{address}/"));
    if !logins.is_empty() {
        say::line(&format!("Staff log in at http://{address}/admin with"));
        logins
            .iter()
            .for_each(|login| say::line(&format!("  {login}")));
    }
    tracing::info!(%address, database = database.shown_url(), "serving");
    server.run(stop_signal()).await;
    say::note("finishing …");
    let _ = stop_jobs.send(true);
    let _ = jobs.await;
    let _ = mails.await;
    let _ = counting.await;
    let _ = reading.await;
    let _ = planned.await;
    caches.abort();
    search.abort();
    staff_search.abort();
    listening.abort();
    database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Done when the operator or the system asks the program to end.
async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
