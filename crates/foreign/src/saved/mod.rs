//! Saved copies of sites: a folder as `wget --mirror` and the like leave it, or a WARC file
//! (ISO 28500, versions 1.0 and 1.1; packed or not). Read twice: first to compare the pages with
//! each other, since what stands on many of them belongs to the site and not to the page, and once
//! more to take out of each what is its own.
//!
//! Memory grows by the pages, not by the records: pictures, scripts and requests are passed over.

mod archive;
mod boilerplate;
mod charset;
mod convert;
mod finish;
mod folder;
mod http;
mod look;
mod survey;
mod titles;
mod warc;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use url::Url;

use crate::error::{ErrorKind, ForeignError};
use crate::migration::Migration;
use crate::options::Options;
use crate::remark::RemarkKind;

/// The largest page that is read, in bytes.
pub(crate) const LARGEST: usize = torg_markup::SIZE_LIMIT;

/// Where a copy is read from, twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder.
    Folder(PathBuf),
    /// A WARC file.
    Archive(PathBuf),
}

impl Source {
    /// What lies at a path.
    ///
    /// # Errors
    /// When there is nothing that can be read, or it is neither a folder nor a WARC file.
    pub fn at(path: &Path) -> Result<Self, ForeignError> {
        let meta = path
            .metadata()
            .map_err(|error| ForeignError::unreadable(path, &error))?;
        if meta.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        if archive::is_one(path)? {
            return Ok(Self::Archive(path.to_owned()));
        }
        let shown = path.display().to_string();
        Err(ForeignError::new(&shown, ErrorKind::NotWarc {}))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Archive(path) => path,
        }
    }
}

/// One thing of a copy.
struct Thing {
    /// Its old address.
    url: Url,
    what: What,
}

enum What {
    /// A web page.
    Page(Body),
    /// Something else, with its media type, and its bytes where they were asked for.
    Other(String, Option<Vec<u8>>),
    /// An answer that is no page.
    Status(u16),
    /// It lies elsewhere.
    Moved(Url),
    /// It was the same as what lay at another address.
    Same(Url),
    /// It cannot be taken.
    Fault(RemarkKind),
}

/// A page as it was sent.
struct Body {
    bytes: Vec<u8>,
    /// The encoding that the server named.
    charset: Option<String>,
    /// The language that the server named.
    language: Option<String>,
}

/// How a walk ended.
struct Walked {
    /// Byte of the end of the last whole record, when the archive is cut short.
    cut: Option<u64>,
}

fn walk(
    source: &Source,
    options: &Options,
    wanted: &dyn Fn(&Url) -> bool,
    sink: &mut dyn FnMut(Thing),
) -> Result<Walked, ForeignError> {
    match source {
        Source::Folder(root) => {
            folder::walk(root, options, wanted, sink)?;
            Ok(Walked { cut: None })
        }
        Source::Archive(path) => archive::walk(path, wanted, sink),
    }
}

/// Reads a copy.
///
/// # Errors
/// When it cannot be read or holds no page. A WARC that is cut short is no error: what came before is
/// given, and [`Migration::whole`] is false.
pub fn read(source: &Source, options: &Options) -> Result<Migration, ForeignError> {
    let mut survey = survey::Survey::new(options);
    let none = |_: &Url| false;
    let walked = walk(source, options, &none, &mut |thing| survey.take(thing))?;
    if survey.pages.is_empty() {
        let shown = source.path().display().to_string();
        return Err(ForeignError::new(&shown, ErrorKind::NoPages {}));
    }
    survey.settle();
    let mut conversion = convert::Conversion::new(&survey, options);
    walk(source, options, &none, &mut |thing| conversion.take(thing))?;
    conversion.finish(walked.cut).map_err(|kind| {
        let shown = source.path().display().to_string();
        ForeignError::new(&shown, kind)
    })
}

/// Gives the bytes of files of a copy, by their old addresses as they stand in
/// [`Migration::files`], one at a time. A file larger than `largest` bytes is not given.
///
/// # Errors
/// When the copy cannot be read.
pub fn read_files(
    source: &Source,
    options: &Options,
    addresses: &HashSet<String>,
    largest: usize,
    sink: &mut dyn FnMut(&str, Vec<u8>),
) -> Result<(), ForeignError> {
    let wanted = |url: &Url| addresses.contains(url.as_str());
    let mut given = HashSet::new();
    walk(source, options, &wanted, &mut |thing| {
        if let What::Other(_, Some(bytes)) = thing.what
            && bytes.len() <= largest
            && given.insert(thing.url.to_string())
        {
            sink(thing.url.as_str(), bytes);
        }
    })?;
    Ok(())
}
