//! The command line.

mod data;
mod events;
mod foreign;
mod maintain;
mod quality;
mod say;
mod serve;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

/// What went wrong, as lines for the operator. The program ends with code 1.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl Failure {
    /// A problem of a use case, in words.
    #[must_use]
    pub fn of(problem: torg_kernel::Problem) -> Self {
        Self(say::problem(&problem))
    }
}

#[derive(Parser)]
#[command(
    name = "torg",
    version,
    about = "A city's whole digital service as one program on one log of facts",
    after_help = "Start here:\n  torg demo                      the demo city on http://127.0.0.1:8080\n  \
        torg serve --data DIR          your own city\n  torg import pages FOLDER       take in Markdown, HTML and text files\n\n\
        Every command works beside a running server, which follows by itself.\n\
        Settings come from torg.toml, then TORG_* variables, then the command line; `torg settings` lists them."
)]
struct Cli {
    #[command(flatten)]
    place: Where,
    #[command(subcommand)]
    command: Command,
}

/// Which city a command is about.
#[derive(Args, Clone)]
pub struct Where {
    /// Folder for the database, the search index and files [default: torg-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// sqlite:PATH or postgres://USER@HOST/NAME [default: torg.db in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Settings file [default: torg.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Flags of the commands that serve.
#[derive(Args, Clone, Default)]
pub struct Serving {
    /// Address and port to listen on; port 0 lets the system choose [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Scheme and host by which readers reach the site
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Most bytes of finished pages kept in memory; 0 keeps none
    #[arg(long, value_name = "BYTES")]
    cache_bytes: Option<u64>,
}

#[derive(Subcommand)]
enum Command {
    /// Start the demo city: fills an empty folder, prints address and log-ins, serves
    Demo(Serving),
    /// Serve a city
    Serve(Serving),
    /// Bring the database up to date, without serving
    Migrate,
    /// Build the search index anew from the database
    Reindex,
    /// Check the database, or what search must find
    Check {
        #[command(subcommand)]
        what: Option<Check>,
    },
    /// Recompute the log's digests, chain and seals, and say what was changed since it was written
    Verify {
        /// Check a proof from the notice board against the log instead
        #[arg(long, value_name = "FILE")]
        proof: Option<PathBuf>,
    },
    /// Take in pages, pictures, files, units, facts, announcements, redirects, another system's export, or a whole city
    Import {
        #[command(subcommand)]
        what: data::Import,
    },
    /// Write the whole city into an empty folder: JSON, Markdown, pictures and files
    Export {
        /// The folder
        folder: PathBuf,
        /// Also what readers never see: the mail addresses of those who wrote comments
        #[arg(long)]
        with_personal_data: bool,
    },
    /// Accounts: add, grant, revoke, list, close
    User {
        #[command(subcommand)]
        what: user::User,
    },
    /// Weed the log of one object by a decision: payloads go, the chain stays
    Weed {
        /// Kind of object, such as page or person
        kind: String,
        /// Its id
        id: uuid::Uuid,
        /// Number of the weeding decision (gallringsbeslut)
        #[arg(long)]
        decision: String,
    },
    /// List all settings with their defaults
    Settings,
}

#[derive(Subcommand, Clone)]
enum Check {
    /// Run the city's must-find queries, or a file of them, and list what is not found
    Search {
        /// A file with lang,query,address,within [default: what editors have settled]
        file: Option<PathBuf>,
        /// Without the city's synonyms, to see what they are worth
        #[arg(long)]
        no_synonyms: bool,
    },
    /// Look at every public text by the rules of quality, and say what they find
    Quality,
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            say::error(&format!("the program could not start its threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(dispatch(cli));
    // Threads that still compute (a search) must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match result {
        Ok(code) => code,
        Err(Failure(text)) => {
            say::error(&text);
            ExitCode::FAILURE
        }
    }
}

fn config(place: &Where, serving: Option<&Serving>) -> Result<Config, Failure> {
    let text = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let mut flags = vec![
        ("data", text(&place.data)),
        ("database", place.database.clone()),
    ];
    if let Some(serving) = serving {
        flags.push(("listen", serving.listen.clone()));
        flags.push(("base_url", serving.base_url.clone()));
        flags.push((
            "cache_bytes",
            serving.cache_bytes.map(|bytes| bytes.to_string()),
        ));
    }
    Ok(Config::load(
        place.config.as_deref(),
        std::env::vars(),
        &flags,
    )?)
}

async fn dispatch(cli: Cli) -> Result<ExitCode, Failure> {
    let place = &cli.place;
    match cli.command {
        Command::Demo(serving) => serve::demo(config(place, Some(&serving))?).await,
        Command::Serve(serving) => serve::serve(config(place, Some(&serving))?).await,
        Command::Migrate => maintain::migrate(&config(place, None)?).await,
        Command::Reindex => maintain::reindex(&config(place, None)?).await,
        Command::Check { what: None } => maintain::check(&config(place, None)?).await,
        Command::Check {
            what: Some(Check::Search { file, no_synonyms }),
        } => maintain::check_search(&config(place, None)?, file.as_deref(), !no_synonyms).await,
        Command::Check {
            what: Some(Check::Quality),
        } => quality::check_quality(&config(place, None)?).await,
        Command::Verify { proof: None } => maintain::verify(&config(place, None)?).await,
        Command::Verify { proof: Some(file) } => {
            maintain::verify_proof(&config(place, None)?, &file).await
        }
        Command::Import { what } => data::import(&config(place, None)?, what).await,
        Command::Export {
            folder,
            with_personal_data,
        } => data::export(&config(place, None)?, &folder, with_personal_data).await,
        Command::User { what } => user::user(&config(place, None)?, what).await,
        Command::Weed { kind, id, decision } => {
            maintain::weed(&config(place, None)?, &kind, id, &decision).await
        }
        Command::Settings => {
            for known in crate::config::SETTINGS {
                say::line(&format!(
                    "{:<22} {:<18} {}",
                    known.name, known.default, known.about
                ));
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
