//! Pictures and files from folders, there and back, by key. Bytes are made ready and put on the
//! disk first ([`stage_pictures`], [`stage_files`]); the rows follow in the caller's own write, all
//! or nothing. What is there already is known by its SHA-256, so a second import unpacks nothing.

mod files;
mod pictures;
mod rights;
mod table;

use std::path::PathBuf;

use bytes::Bytes;
use serde::Serialize;
use torg_kernel::{FieldError, Message, Problem, Result};

pub use files::{FileInput, StagedFile, import_files, preview_files, stage_files};
pub use pictures::{
    PictureInput, StagedPicture, import_pictures, preview_pictures, stage_pictures,
};
pub use table::{
    Exported, FileRow, PictureRow, export_files, export_pictures, parse_file_rows,
    parse_picture_rows,
};

use crate::LARGEST;

/// Where the bytes of an import come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// From memory.
    Bytes(Bytes),
    /// From a file, which is read when its turn comes.
    Path(PathBuf),
}

impl Source {
    async fn read(self) -> Result<Bytes> {
        let path = match self {
            Self::Bytes(bytes) => return Ok(bytes),
            Self::Path(path) => path,
        };
        let unreadable = |error: std::io::Error| {
            Problem::field(
                "file",
                Message::new("file-import-unreadable").with("detail", error),
            )
        };
        let size = tokio::fs::metadata(&path).await.map_err(unreadable)?.len();
        if size > LARGEST as u64 {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let message = Message::new("file-error-too-large")
                .with("limit", LARGEST / 1024 / 1024)
                .with("name", name);
            return Err(Problem::field("file", message));
        }
        Ok(tokio::fs::read(&path).await.map_err(unreadable)?.into())
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Keys of what is new.
    pub created: Vec<String>,
    /// Keys of what was changed.
    pub changed: Vec<String>,
    /// How many were as they should be.
    pub unchanged: usize,
    /// Keys of moving pictures, of which only the first frame was taken.
    pub animated: Vec<String>,
}

/// A file's bytes at the same time at most; the maker of pictures has its own, lower limit.
const AT_ONCE: usize = 4;

/// Faults of one item, by its key: `KEY:FIELD`. Anything but a fault of the item stops everything.
fn at_key(key: &str, problem: Problem) -> Result<Vec<FieldError>> {
    let named = |error: FieldError| FieldError {
        field: format!("{key}:{}", error.field),
        message: error.message.with("key", key),
    };
    match problem {
        Problem::Invalid(errors) => Ok(errors.into_iter().map(named).collect()),
        Problem::Conflict(message) => Ok(vec![named(FieldError {
            field: "key".to_owned(),
            message,
        })]),
        other => Err(other),
    }
}

/// All results, or all faults.
fn gathered<T>(results: Vec<(String, Result<T>)>) -> Result<Vec<T>> {
    let mut good = Vec::with_capacity(results.len());
    let mut errors = Vec::new();
    for (key, result) in results {
        match result {
            Ok(item) => good.push(item),
            Err(problem) => errors.extend(at_key(&key, problem)?),
        }
    }
    if errors.is_empty() {
        Ok(good)
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// Keys that no folder can hold, and keys that stand twice.
fn check_keys<'a>(keys: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::HashSet::new();
    let mut errors = Vec::new();
    for key in keys {
        let message = if !crate::model::is_key(key) {
            Message::new("file-import-key")
        } else if !seen.insert(key) {
            Message::new("file-import-key-twice")
        } else {
            continue;
        };
        errors.push(FieldError {
            field: format!("{key}:key"),
            message: message.with("key", key),
        });
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::Invalid(errors))
    }
}
