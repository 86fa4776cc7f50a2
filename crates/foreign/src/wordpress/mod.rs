//! Exports of WordPress (WXR 1.0 to 1.2: RSS with names of WordPress' own). The file is read twice
//! from beginning to end, first for what there is and where it goes, then for the texts; only the
//! pages made of it are kept.
//!
//! Nothing that is not public in the old system becomes public here: drafts, private, planned and
//! thrown-away posts and those behind a password are named in the report and left out. Authors are
//! counted, never shown.

mod autop;
mod blocks;
mod clean;
mod content;
mod convert;
mod entry;
mod media;
mod reader;
mod shortcode;
mod tree;

use std::path::PathBuf;

use crate::error::{ErrorKind, ForeignError};
use crate::migration::Migration;
use crate::options::Options;

/// Where an export is read from, twice.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Bytes in memory.
    Bytes(Vec<u8>),
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Bytes(_) => "export.xml".to_owned(),
        }
    }

    fn open(&self) -> Result<Box<dyn std::io::Read + '_>, ForeignError> {
        Ok(match self {
            Self::File(path) => Box::new(
                std::fs::File::open(path)
                    .map_err(|error| ForeignError::unreadable(path, &error))?,
            ),
            Self::Bytes(bytes) => Box::new(bytes.as_slice()),
        })
    }
}

/// Reads an export.
///
/// # Errors
/// When it cannot be read, is broken XML (with line and column) or no export of WordPress. Nothing of
/// a broken file is given.
pub fn read(source: &Source, options: &Options) -> Result<Migration, ForeignError> {
    let mut survey = tree::Survey::default();
    let head = reader::walk(source, &mut |entry| survey.take(entry, options))?;
    if survey.entries.is_empty() {
        return Err(ForeignError::new(&source.name(), ErrorKind::NoPages {}));
    }
    let plan = tree::plan(survey, &head, options)
        .map_err(|kind| ForeignError::new(&source.name(), kind))?;
    let mut conversion = convert::Conversion::new(&plan, &head, options);
    reader::walk(source, &mut |entry| conversion.take(entry))?;
    Ok(conversion.finish())
}
