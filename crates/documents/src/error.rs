//! What can go wrong, told so that people and programs can do something about it.

use torg_kernel::Message;

use crate::check::Fault;

/// Why a document was not made. Nothing half-made is ever given out.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// More rows in all tables together than are printed at once.
    #[error("the document has {rows} rows of tables; at most {most} are printed at once")]
    TooManyRows {
        /// As many as there are.
        rows: usize,
        /// As many as may be.
        most: usize,
    },
    /// More bytes of text and pictures than are printed at once.
    #[error("the document has {bytes} bytes; at most {most} are printed at once")]
    TooManyBytes {
        /// As many as there are.
        bytes: usize,
        /// As many as may be.
        most: usize,
    },
    /// The document is not built as documents are: a fault of the program that made it.
    #[error("the document is built wrongly: {}", list(.0))]
    Built(Vec<Fault>),
    /// The program that makes PDF is not there.
    #[error(
        "{program} is not there, which makes PDF. Build it with: {command}. Put it beside torg, or name it in documents_program"
    )]
    NoProgram {
        /// Where it was looked for.
        program: String,
        /// The command that adds it.
        command: &'static str,
    },
    /// So many documents are asked for at once that no more may wait.
    #[error("too many documents are asked for at once")]
    Busy,
    /// It took longer than it may.
    #[error("the document was not ready within {seconds} seconds")]
    TooSlow {
        /// As long as it may take.
        seconds: u64,
    },
    /// The program that makes PDF would have taken more memory, or written more, than it may.
    #[error("the PDF would have become larger than may be")]
    TooLarge,
    /// The program that makes PDF is of another version than this one.
    #[error("{program} is of another version than torg: build it anew with: {command}")]
    OtherVersion {
        /// Which program.
        program: String,
        /// The command that builds it.
        command: &'static str,
    },
    /// The file could not be written, with what the library said.
    #[error("the document could not be made: {0}")]
    Failed(String),
}

fn list(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}

impl DocumentError {
    /// What a person who asked for the document is told. Which part failed how is for the log.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::TooManyRows { rows, most } => Message::new("document-error-rows")
                .with("rows", rows)
                .with("most", most),
            Self::TooManyBytes { most, .. } => {
                Message::new("document-error-bytes").with("megabytes", most / 1_000_000)
            }
            Self::NoProgram { command, .. } => {
                Message::new("document-error-no-program").with("command", command)
            }
            Self::Busy => Message::new("document-error-busy"),
            Self::TooSlow { seconds } => {
                Message::new("document-error-slow").with("seconds", seconds)
            }
            Self::TooLarge => Message::new("document-error-large"),
            Self::OtherVersion { command, .. } => {
                Message::new("document-error-version").with("command", command)
            }
            Self::Built(_) | Self::Failed(_) => Message::new("document-error-failed"),
        }
    }
}

/// The result of making a document.
pub type Result<T, E = DocumentError> = std::result::Result<T, E>;
