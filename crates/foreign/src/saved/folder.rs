//! A folder of saved pages.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::{Body, LARGEST, Thing, What};
use crate::error::ForeignError;
use crate::old;
use crate::options::Options;
use crate::remark::RemarkKind;

/// What cannot stand in a path as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%');

/// Largest file other than a page that is read when it is asked for, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// Endings that are pages, and those of programs that make pages.
const PAGES: &[&str] = &[
    "html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cfm", "do", "action",
];

/// Gives all files in the order of their names. Links out of the folder are not followed.
pub(super) fn walk(
    root: &Path,
    options: &Options,
    wanted: &dyn Fn(&Url) -> bool,
    sink: &mut dyn FnMut(Thing),
) -> Result<(), ForeignError> {
    let hosts = host_folders(root)?;
    let mut open: Vec<(PathBuf, Url)> = Vec::new();
    match (&options.base, hosts.is_empty()) {
        (None, false) => open.extend(hosts.into_iter().rev()),
        (base, _) => {
            let base = base
                .as_deref()
                .or(options.hosts.first().map(String::as_str))
                .and_then(whole)
                .or_else(|| whole("saved.invalid"));
            open.extend(base.map(|base| (root.to_owned(), base)));
        }
    }
    while let Some((folder, base)) = open.pop() {
        let mut inner = Vec::new();
        for (path, name, is_folder) in entries(&folder)? {
            let encoded = utf8_percent_encode(&name, ESCAPED).to_string();
            if is_folder {
                inner.extend(
                    base.join(&format!("./{encoded}/"))
                        .ok()
                        .map(|url| (path, url)),
                );
            } else if let Some(url) = address(&base, &name) {
                sink(thing(&path, &name, url, wanted));
            }
        }
        open.extend(inner.into_iter().rev());
    }
    Ok(())
}

fn whole(host: &str) -> Option<Url> {
    let text = if host.contains("://") {
        host.to_owned()
    } else {
        format!("http://{host}")
    };
    let mut url = old::parse(&text)?;
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Some(url)
}

/// The old address of a file: its query, which the file's name holds, is one again.
fn address(base: &Url, name: &str) -> Option<Url> {
    let (plain, query) = old::saved_query(name);
    // The name that wget gives to what has none.
    let plain = if plain == "index.html" && query.is_some() {
        ""
    } else {
        plain
    };
    let encoded = utf8_percent_encode(plain, ESCAPED).to_string();
    let mut url = base.join(&format!("./{encoded}")).ok()?;
    url.set_query(query);
    Some(url)
}

type Entry = (PathBuf, String, bool);

fn entries(folder: &Path) -> Result<Vec<Entry>, ForeignError> {
    let failed = |error: std::io::Error| ForeignError::unreadable(folder, &error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if kind.is_symlink() || name.starts_with('.') || name.ends_with(".orig") {
            continue;
        }
        entries.push((entry.path(), name, kind.is_dir()));
    }
    entries.sort();
    Ok(entries)
}

/// Folders named after hosts, as `wget --mirror` makes them, when there is nothing else.
fn host_folders(root: &Path) -> Result<Vec<(PathBuf, Url)>, ForeignError> {
    let mut found = Vec::new();
    for (path, name, is_folder) in entries(root)? {
        // Where a colon cannot stand in a name, the port comes after a plus sign.
        let host = name.replace('+', ":");
        let named = host.contains('.') || host.contains(':') || host == "localhost";
        match whole(&host).filter(|_| named && is_folder) {
            Some(url) => found.push((path, url)),
            None if is_folder => return Ok(Vec::new()),
            // A log or a list of cookies beside the hosts.
            None if name.ends_with(".html") || name.ends_with(".htm") => return Ok(Vec::new()),
            None => {}
        }
    }
    Ok(found)
}

fn thing(path: &Path, name: &str, url: Url, wanted: &dyn Fn(&Url) -> bool) -> Thing {
    let what = read(path, name, wanted(&url)).unwrap_or_else(|error| {
        What::Fault(RemarkKind::Unreadable {
            reason: error.to_string(),
        })
    });
    Thing { url, what }
}

fn read(path: &Path, name: &str, wanted: bool) -> std::io::Result<What> {
    let (plain, query) = old::saved_query(name);
    let ending = plain.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let size = path.metadata()?.len();
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    (&mut file).take(1024).read_to_end(&mut start)?;
    let may = query.is_some() || ending.is_empty() || PAGES.contains(&ending.as_str());
    if !may && !name.ends_with(".html") || !is_html(&start) {
        let mut bytes = None;
        if wanted && size <= LARGEST_FILE {
            file.read_to_end(&mut start)?;
            bytes = Some(start);
        }
        let kind = if ending.is_empty() {
            "?".to_owned()
        } else {
            format!(".{ending}")
        };
        return Ok(What::Other(kind, bytes));
    }
    if size > LARGEST as u64 {
        return Ok(What::Fault(RemarkKind::TooLarge {
            megabytes: LARGEST / 1_048_576,
        }));
    }
    file.take(LARGEST as u64).read_to_end(&mut start)?;
    Ok(What::Page(Body {
        bytes: start,
        charset: None,
        language: None,
    }))
}

/// Whether a file begins as a web page does.
fn is_html(start: &[u8]) -> bool {
    let wide = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    let text = String::from_utf8_lossy(start)
        .to_ascii_lowercase()
        .replace('\0', "");
    let named = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<main",
        "<h1",
    ];
    wide || named.iter().any(|tag| text.contains(tag))
}
