//! Files in turn, and PDF by a program of its own.
//!
//! What sets type and tags pages for PDF is most of what there would be to build, and it reads whatever
//! pictures people have sent. So it runs as a child: without it Torg builds in half the time; with it a
//! document that goes wrong ends a process, not the server. The price is a start of some milliseconds for
//! each document.
//!
//! Anybody may ask for a public selection on paper, so only so many are made at once and so many may wait;
//! who comes after is told to come back. The latest PDFs are kept in memory: what many ask for at the same
//! time is made once and handed out again.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::check::check;
use crate::error::{DocumentError, Result};
use crate::model::Document;
use crate::{excel, word};

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

/// How much documents may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time from start to end.
    pub time: Duration,
    /// Memory of the program that makes PDF, in megabytes of address space.
    pub memory: u64,
    /// Bytes of a PDF.
    pub bytes: u64,
    /// Documents made at the same time.
    pub at_once: usize,
    /// Documents that wait for their turn, within their time; those beyond are refused.
    pub waiting: usize,
    /// Bytes of the latest PDFs that are kept in memory; 0 for none.
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            memory: 2_048,
            bytes: 100_000_000,
            at_once: 2,
            waiting: 16,
            kept: 32_000_000,
        }
    }
}

/// Makes files of documents: PDF by asking the program `torg-documents`.
#[derive(Debug)]
pub struct Printer {
    program: PathBuf,
    limits: Limits,
    places: Semaphore,
    /// Places and the queue before them.
    queue: Semaphore,
    kept: Mutex<Kept>,
}

/// The latest PDFs by the digest of what was asked for, the latest first.
#[derive(Debug, Default)]
struct Kept {
    list: VecDeque<([u8; 32], Bytes)>,
    bytes: usize,
}

impl Kept {
    fn find(&mut self, digest: &[u8; 32]) -> Option<Bytes> {
        let at = self.list.iter().position(|(own, _)| own == digest)?;
        let found = self.list.remove(at)?;
        let pdf = found.1.clone();
        self.list.push_front(found);
        Some(pdf)
    }

    fn keep(&mut self, digest: [u8; 32], pdf: Bytes, most: usize) {
        if self.find(&digest).is_some() {
            return;
        }
        self.bytes += pdf.len();
        self.list.push_front((digest, pdf));
        while self.bytes > most {
            let Some((_, oldest)) = self.list.pop_back() else {
                return;
            };
            self.bytes -= oldest.len();
        }
    }
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
            queue: Semaphore::new(limits.at_once.max(1) + limits.waiting),
            kept: Mutex::default(),
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
    /// What [`check`] finds; [`DocumentError::NoProgram`], [`DocumentError::Busy`],
    /// [`DocumentError::TooSlow`], [`DocumentError::TooLarge`], [`DocumentError::OtherVersion`], and
    /// [`DocumentError::Failed`] with what the program said.
    pub async fn pdf(&self, document: &Document) -> Result<Bytes> {
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
        let digest: [u8; 32] = Sha256::digest(&order).into();
        if let Some(pdf) = self.kept().find(&digest) {
            return Ok(pdf);
        }
        let pdf = self.in_turn(self.run(order)).await?;
        self.kept().keep(digest, pdf.clone(), self.limits.kept);
        Ok(pdf)
    }

    /// Makes a Word file of a document, in a thread of its own.
    ///
    /// # Errors
    /// As [`word::write`], and [`DocumentError::Busy`] and [`DocumentError::TooSlow`].
    pub async fn word(&self, document: Document) -> Result<Bytes> {
        self.in_turn(aside(move || word::write(&document))).await
    }

    /// Makes a workbook of a document's tables, in a thread of its own.
    ///
    /// # Errors
    /// As [`excel::write`], and [`DocumentError::Busy`] and [`DocumentError::TooSlow`].
    pub async fn excel(&self, document: Document) -> Result<Bytes> {
        self.in_turn(aside(move || excel::write(&document))).await
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does work when there is a place for it, and within its time.
    async fn in_turn(&self, work: impl Future<Output = Result<Bytes>>) -> Result<Bytes> {
        let _queued = self.queue.try_acquire().map_err(|_| DocumentError::Busy)?;
        let work = async {
            let _place = self.places.acquire().await;
            work.await
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

    async fn run(&self, order: Vec<u8>) -> Result<Bytes> {
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
            return Ok(pdf.into());
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

/// Work that keeps a processor busy, where it holds up nobody.
async fn aside(work: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Bytes> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| DocumentError::Failed(error.to_string()))?
        .map(Bytes::from)
}

/// Reads at most so many bytes; what more there is stays, and its writer stops.
async fn read(from: impl AsyncRead + Unpin, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // An error of reading is the end of what there is: the exit code tells the rest.
    let _ = from.take(most).read_to_end(&mut bytes).await;
    bytes
}
