//! PDF, made by a program of its own.
//!
//! What sets type and tags pages for PDF is most of what there would be to build, and it reads whatever
//! pictures people have sent. So it runs as a child: without it Torg builds in half the time; with it a
//! document that goes wrong ends a process, not the server. The price is a start of some milliseconds for
//! each document.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::check::check;
use crate::error::{DocumentError, Result};
use crate::model::Document;

/// Version of what goes between the two programs. Raised when [`Document`] changes.
pub const VERSION: u32 = 1;
/// The program's name.
pub const PROGRAM: &str = "torg-documents";
/// The command that builds it.
pub const COMMAND: &str = "cargo build --release -p torg-documents";
/// Exit code of the program when it was handed another version.
pub const OTHER_VERSION: u8 = 3;
/// Most bytes of what the program says when something goes wrong.
const MOST_WORDS: u64 = 64 * 1024;

/// What is handed to the program on its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order<D> {
    /// [`VERSION`] of the one who asks.
    pub version: u32,
    /// The document.
    pub document: D,
}

/// How much one PDF may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time from start to end.
    pub time: Duration,
    /// Memory, in megabytes of address space.
    pub memory: u64,
    /// Bytes of the PDF.
    pub bytes: u64,
    /// Documents made at the same time; others wait, and their time with them.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            memory: 2_048,
            bytes: 100_000_000,
            at_once: 2,
        }
    }
}

/// Makes PDF by asking the program `torg-documents`.
#[derive(Debug)]
pub struct Printer {
    program: PathBuf,
    limits: Limits,
    places: Semaphore,
}

impl Printer {
    /// A printer that asks the program named in the setting, or, where it is empty, the one that lies
    /// beside the program that runs. Whether it is there is looked at for each document, so that it can be
    /// added without a restart.
    #[must_use]
    pub fn new(setting: &str, limits: Limits) -> Self {
        let program = if setting.is_empty() {
            let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
            std::env::current_exe()
                .ok()
                .and_then(|own| own.parent().map(|folder| folder.join(&name)))
                .unwrap_or_else(|| PathBuf::from(name))
        } else {
            PathBuf::from(setting)
        };
        Self {
            program,
            limits,
            places: Semaphore::new(limits.at_once.max(1)),
        }
    }

    /// Where the program is looked for.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Whether the program is there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.program.is_file()
    }

    /// Makes a PDF of a document: PDF/UA-1 and PDF/A-2a, the same bytes for the same document.
    ///
    /// # Errors
    /// What [`check`] finds; [`DocumentError::NoProgram`], [`DocumentError::TooSlow`],
    /// [`DocumentError::TooLarge`], [`DocumentError::OtherVersion`], and [`DocumentError::Failed`] with
    /// what the program said.
    pub async fn print(&self, document: &Document) -> Result<Vec<u8>> {
        check(document)?;
        if !self.is_there() {
            return Err(DocumentError::NoProgram {
                program: self.program.display().to_string(),
                command: COMMAND,
            });
        }
        let order = Order {
            version: VERSION,
            document,
        };
        let order =
            serde_json::to_vec(&order).map_err(|error| DocumentError::Failed(error.to_string()))?;
        let work = async {
            let _place = self.places.acquire().await;
            self.run(order).await
        };
        tokio::time::timeout(self.limits.time, work)
            .await
            .map_err(|_| DocumentError::TooSlow {
                seconds: self.limits.time.as_secs(),
            })?
    }

    /// Starts the program with nothing of our own surroundings. It dies with the future.
    fn start(&self) -> Result<Child> {
        Command::new(&self.program)
            .arg("--memory")
            .arg(self.limits.memory.to_string())
            .env_clear()
            // One core each: the server needs the others.
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| DocumentError::Failed(format!("{}: {error}", self.program.display())))
    }

    async fn run(&self, order: Vec<u8>) -> Result<Vec<u8>> {
        let mut child = self.start()?;
        let (Some(mut input), Some(output), Some(words)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(DocumentError::Failed("no pipes to the program".to_owned()));
        };
        // A program that ends early closes its input; why, it says otherwise.
        let hand_over = async move {
            let _ = input.write_all(&order).await;
            let _ = input.shutdown().await;
        };
        // One byte more than may be tells that there is more.
        let (pdf, words, ()) = tokio::join!(
            read(output, self.limits.bytes + 1),
            read(words, MOST_WORDS),
            hand_over
        );
        if pdf.len() as u64 > self.limits.bytes {
            return Err(DocumentError::TooLarge);
        }
        let ended = child
            .wait()
            .await
            .map_err(|error| DocumentError::Failed(error.to_string()))?;
        if ended.success() && pdf.starts_with(b"%PDF-") {
            return Ok(pdf);
        }
        if ended.code() == Some(i32::from(OTHER_VERSION)) {
            return Err(DocumentError::OtherVersion {
                program: self.program.display().to_string(),
                command: COMMAND,
            });
        }
        let words = String::from_utf8_lossy(&words).trim().to_owned();
        // What is said when there is no more memory to be had, before it ends.
        if ["memory allocation of", "out of memory"]
            .iter()
            .any(|said| words.contains(said))
        {
            return Err(DocumentError::TooLarge);
        }
        Err(DocumentError::Failed(format!("{ended}: {words}")))
    }
}

/// Reads at most so many bytes; what more there is stays, and its writer stops.
async fn read(from: impl AsyncRead + Unpin, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // An error of reading is the end of what there is: the exit code tells the rest.
    let _ = from.take(most).read_to_end(&mut bytes).await;
    bytes
}
