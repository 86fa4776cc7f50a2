//! Makes a PDF of one of Torg's documents: an order as JSON on standard input, the PDF on standard output.
//!
//! A program of its own, since what it is built of is most of what there would be to build, and since it
//! reads pictures that people have sent. Before it reads anything it takes away from itself what it does
//! not need: memory beyond its limit, and the right to open anything, be it a file or a connection. How
//! long it may take is watched by the one who started it. The price: it can be given no typefaces but
//! those in it.

mod glyphs;
mod setting;
mod sheet;
mod world;

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use torg_document::{MOST_BYTES, OTHER_VERSION, Order, VERSION, check};

/// Most bytes of an order: pictures grow by a third as base64, and names of fields take room.
const MOST_INPUT: u64 = 8 * MOST_BYTES as u64;

/// Why there is no PDF.
enum Wrong {
    /// The words on the command line.
    Usage(String),
    /// The order is of another version.
    Version,
    /// Everything else.
    Failed(String),
}

impl Wrong {
    fn failed(error: impl std::fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (code, said) = match run(&words) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Wrong::Version) => (OTHER_VERSION, "the order is of another version".to_owned()),
        Err(Wrong::Usage(said)) => (2, said),
        Err(Wrong::Failed(said)) => (1, said),
    };
    // Whoever started us may have gone: then there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{said}");
    ExitCode::from(code)
}

fn run(words: &[String]) -> Result<(), Wrong> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => {}
        ["--version"] => {
            return writeln!(
                std::io::stdout(),
                "torg-documents {} (orders of version {VERSION})",
                env!("CARGO_PKG_VERSION")
            )
            .map_err(Wrong::failed);
        }
        ["--memory", megabytes] => {
            let megabytes: u64 = megabytes
                .parse()
                .map_err(|_| Wrong::Usage(format!("“{megabytes}” is no number of megabytes")))?;
            limit(megabytes).map_err(Wrong::failed)?;
        }
        _ => {
            return Err(Wrong::Usage(
                "usage: torg-documents [--memory MEGABYTES] < order.json > document.pdf".to_owned(),
            ));
        }
    }
    let mut order = Vec::new();
    std::io::stdin()
        .take(MOST_INPUT + 1)
        .read_to_end(&mut order)
        .map_err(Wrong::failed)?;
    if order.len() as u64 > MOST_INPUT {
        return Err(Wrong::Failed("the order is too long".to_owned()));
    }
    let pdf = make(&order)?;
    std::io::stdout().write_all(&pdf).map_err(Wrong::failed)
}

fn make(order: &[u8]) -> Result<Vec<u8>, Wrong> {
    // The version first: another one may hold documents of another form.
    let versioned: Order<serde::de::IgnoredAny> =
        serde_json::from_slice(order).map_err(Wrong::failed)?;
    if versioned.version != VERSION {
        return Err(Wrong::Version);
    }
    let order: Order<torg_document::Document> =
        serde_json::from_slice(order).map_err(Wrong::failed)?;
    check(&order.document).map_err(Wrong::failed)?;
    setting::pdf(&order.document).map_err(Wrong::Failed)
}

/// Takes away what is not needed: memory beyond the limit, new files and connections (each needs a number
/// that there are no more of), and the traces of memory that a crash would leave on the disk.
#[cfg(unix)]
fn limit(megabytes: u64) -> std::io::Result<()> {
    use rlimit::{Resource, setrlimit};
    let bytes = megabytes.saturating_mul(1_000_000);
    setrlimit(Resource::AS, bytes, bytes)?;
    setrlimit(Resource::NOFILE, 3, 3)?;
    setrlimit(Resource::CORE, 0, 0)
}

/// Elsewhere there are no such limits to set; time is watched all the same.
#[cfg(not(unix))]
fn limit(_: u64) -> std::io::Result<()> {
    Ok(())
}
