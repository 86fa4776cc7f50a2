//! The copy of an old site that pictures and files are read from, and their keys in the media bank.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use torg_files::{BlobId, FileKind, LARGEST, is_key, recognise};
use torg_foreign::{ForeignError, Options, in_folder, saved};
use torg_kernel::Result;

/// Where the bytes are.
pub(super) enum Copy {
    /// In the copy that the pages came from.
    Saved(saved::Source, Box<Options>),
    /// In a folder.
    Folder(PathBuf),
    /// Nowhere here.
    None,
}

/// Gives the bytes of what is wanted, one thing at a time.
pub(super) fn read(
    copy: &Copy,
    wanted: &BTreeSet<String>,
    sink: &mut dyn FnMut(&str, Vec<u8>),
) -> Result<(), ForeignError> {
    match copy {
        Copy::Saved(source, options) => {
            let wanted: HashSet<String> = wanted.iter().cloned().collect();
            saved::read_files(source, options, &wanted, LARGEST, sink)
        }
        Copy::Folder(root) => {
            for address in wanted {
                let file = in_folder(root, address);
                let small = |file: &PathBuf| {
                    let size = file.metadata().map_or(u64::MAX, |meta| meta.len());
                    size <= LARGEST as u64
                };
                // What cannot be read is as good as not there, and is said to be.
                if let Some(bytes) = file.filter(small).and_then(|file| std::fs::read(file).ok()) {
                    sink(address, bytes);
                }
            }
            Ok(())
        }
        Copy::None => Ok(()),
    }
}

/// The longest key that leaves room for a number and an ending.
const KEY: usize = 280;

/// The key of an old address: host and path, in letters that any disk takes. Where two addresses
/// would have one key, the later one gets a number made from it.
pub(super) fn key_of(address: &str, taken: &mut HashSet<String>) -> String {
    let inner = address
        .split_once("://")
        .map_or(address, |(_, inner)| inner);
    let decoded = percent_encoding::percent_decode_str(inner).decode_utf8_lossy();
    let safe: String = decoded
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect::<Vec<_>>()
        .join("/")
        .replace(['?', ':', '*', '"', '<', '>', '|', '\\'], "-");
    let number = BlobId::of(address.as_bytes()).short();
    let good = is_key(&safe) && safe.len() <= KEY;
    let key = match (good, safe.rsplit_once('/')) {
        (true, _) if !taken.contains(&safe) => safe,
        (true, Some((folder, name))) => format!("{folder}/{number}-{name}"),
        _ => format!("old/{number}"),
    };
    taken.insert(key.clone());
    key
}

/// A key with the ending of what the bytes are, where its own says something else: old servers send
/// a WebP picture by the name of a JPEG.
pub(super) fn honest(key: &str, bytes: &[u8]) -> Result<(String, FileKind)> {
    let name = key.rsplit('/').next().unwrap_or(key);
    match recognise(name, bytes) {
        Ok(kind) => Ok((name.to_owned(), kind)),
        Err(problem) => match recognise("", bytes) {
            Ok(kind) => Ok((format!("{name}.{}", kind.ending()), kind)),
            Err(_) => Err(problem),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_paths_that_any_disk_takes() {
        let mut taken = HashSet::new();
        let mut key = |address: &str| key_of(address, &mut taken);
        let old = "https://www.sjovik.example";
        assert_eq!(
            key(&format!("{old}/wp-content/uploads/2026/%C3%A5n.jpg")),
            "www.sjovik.example/wp-content/uploads/2026/ån.jpg"
        );
        assert_eq!(
            key(&format!("{old}/a//../b.pdf?x=1")),
            "www.sjovik.example/a/b.pdf-x=1"
        );
        let again = key("http://www.sjovik.example/a/b.pdf?x=1");
        assert!(
            again.starts_with("www.sjovik.example/a/") && again.ends_with("-b.pdf-x=1"),
            "{again}"
        );
        assert!(again.len() > "www.sjovik.example/a/b.pdf-x=1".len());
        let long = key(&format!("{old}/{}.pdf", "a".repeat(400)));
        assert!(is_key(&long) && long.starts_with("old/"), "{long}");
        assert!(is_key(&key(&format!("{old}/%0A%00.pdf"))));
    }
}
