//! What can go wrong with an index. A query never does: any text is a legal query.

use std::path::PathBuf;

/// Why the index could not be opened, written or read.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process (or another `Index` in this one) writes to the folder.
    #[error(
        "the search index in {} is being written by another process; stop it, or give this one \
         another data folder (reading is still possible)",
        .0.display()
    )]
    Locked(PathBuf),
    /// The index was opened for reading only.
    #[error("the search index was opened for reading only, so nothing was written")]
    ReadOnly,
    /// There is no index of this program's version to read.
    #[error("there is no search index of this version in {}; run `torg reindex`", .0.display())]
    Missing(PathBuf),
    /// The folder cannot be made or written.
    #[error("the folder of the search index, {}, cannot be used: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The index itself failed: a full disk, a damaged file.
    #[error("the search index failed: {0}; `torg reindex` builds it anew")]
    Engine(#[from] tantivy::TantivyError),
    /// A stored document could not be read back.
    #[error("a document in the search index is damaged: {0}; `torg reindex` builds it anew")]
    Damaged(String),
}
