//! Bytes by their content: a blob's name is the SHA-256 of what it holds, so the same file lies
//! there once, and a name never means something else later.
//!
//! A blob is written, and flushed to the disk with its folder, before the transaction that names
//! it begins. A write that fails leaves a blob that nobody names; [`Blobs::sweep`] takes those
//! away. The other order would lose files that were acknowledged.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, path};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_kernel::{Result, Timestamp, hex, unhex};

/// The SHA-256 of a blob's bytes (FIPS 180-4), written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId([u8; 32]);

/// A text that is no blob's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no SHA-256 in hexadecimal digits")]
pub struct BlobIdError(String);

impl BlobId {
    /// The name of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Whether this is the name of what has that digest.
    pub(crate) fn is(&self, digest: &[u8; 32]) -> bool {
        self.0 == *digest
    }

    /// The first 16 digits: enough to tell versions of one thing apart in an address.
    #[must_use]
    pub fn short(&self) -> String {
        hex(&self.0[..8])
    }

    /// Two levels of folders keep each below some hundred entries for a million blobs.
    fn place(&self) -> path::Path {
        let name = self.to_string();
        path::Path::from(format!("{}/{}/{name}", &name[..2], &name[2..4]))
    }

    fn at(place: &path::Path) -> Option<Self> {
        place.filename().and_then(|name| name.parse().ok())
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobId({self})")
    }
}

impl FromStr for BlobId {
    type Err = BlobIdError;
    fn from_str(text: &str) -> Result<Self, BlobIdError> {
        unhex(text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| BlobIdError(text.chars().take(80).collect()))
    }
}

impl Serialize for BlobId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Why the store of blobs cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The folder cannot be made.
    #[error("the folder for files cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// What the store says.
    #[error("the store of files failed: {0}")]
    Store(#[from] object_store::Error),
}

/// Where blobs lie. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

/// A blob's bytes as they come from the disk.
pub struct BlobStream {
    /// How many bytes there are.
    pub length: u64,
    /// The bytes, in pieces.
    pub pieces: BoxStream<'static, std::io::Result<Bytes>>,
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Blobs that somebody names, or that are too young to tell.
    pub kept: usize,
    /// Blobs that were taken away.
    pub removed: usize,
}

/// How old a blob must be before a sweep may take it: a write that has put its blobs and waits for
/// its transaction is never that slow.
pub const ORPHAN_SECONDS: i64 = 24 * 3_600;

impl Blobs {
    /// Blobs in a folder, which is made if need be. Each write is flushed with its folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: &Path) -> Result<Self, BlobError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
        })
    }

    /// Blobs in memory, gone with the last owner: for a trial that shall leave nothing behind.
    #[must_use]
    pub fn memory() -> Self {
        Self {
            store: Arc::new(object_store::memory::InMemory::new()),
        }
    }

    /// Blobs in a bucket that speaks S3; credentials and region come from the usual `AWS_*`
    /// variables.
    ///
    /// # Errors
    /// When the address or the variables are no good.
    #[cfg(feature = "s3")]
    pub fn s3(url: &str) -> Result<Self, BlobError> {
        let store = object_store::aws::AmazonS3Builder::from_env()
            .with_url(url)
            .build()?;
        Ok(Self {
            store: Arc::new(store),
        })
    }

    /// Keeps the bytes; they are safe on the disk when this returns. The same bytes may be put any
    /// number of times, and are written each time, so that a sweep sees them as young.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(&self, bytes: Bytes) -> Result<BlobId, BlobError> {
        let id = BlobId::of(&bytes);
        self.store.put(&id.place(), bytes.into()).await?;
        Ok(id)
    }

    /// A blob's bytes, all at once; `None` when there is none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn get(&self, id: BlobId) -> Result<Option<Bytes>, BlobError> {
        match self.store.get(&id.place()).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A blob's bytes in pieces, for what is too large to hold for each reader.
    ///
    /// # Errors
    /// When the store fails before the first piece.
    pub async fn stream(&self, id: BlobId) -> Result<Option<BlobStream>, BlobError> {
        match self.store.get(&id.place()).await {
            Ok(found) => Ok(Some(BlobStream {
                length: found.meta.size,
                pieces: found.into_stream().map_err(std::io::Error::other).boxed(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the blob is there and still holds what its name says.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_whole(&self, id: BlobId) -> Result<bool, BlobError> {
        let bytes = self.get(id).await?;
        Ok(bytes.is_some_and(|bytes| BlobId::of(&bytes) == id))
    }

    /// Takes away what nobody names and what has lain there for [`ORPHAN_SECONDS`]. `named` must
    /// have been read after the time `now`.
    ///
    /// # Errors
    /// When the store fails; what was taken away by then is gone.
    pub async fn sweep(&self, named: &HashSet<BlobId>, now: Timestamp) -> Result<Swept, BlobError> {
        let mut swept = Swept::default();
        let before = now.plus_seconds(-ORPHAN_SECONDS);
        let mut list = self.store.list(None);
        while let Some(found) = list.try_next().await? {
            let orphan = BlobId::at(&found.location).is_some_and(|id| !named.contains(&id));
            // Somebody may have put the same bytes since the list was begun.
            if orphan && is_older(&found, before) && self.is_still_older(&found, before).await? {
                self.store.delete(&found.location).await?;
                swept.removed += 1;
            } else {
                swept.kept += 1;
            }
        }
        Ok(swept)
    }

    async fn is_still_older(
        &self,
        found: &ObjectMeta,
        before: Timestamp,
    ) -> Result<bool, BlobError> {
        match self.store.head(&found.location).await {
            Ok(now) => Ok(is_older(&now, before)),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn is_older(found: &ObjectMeta, before: Timestamp) -> bool {
    found.last_modified.timestamp_micros() < before.micros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        let id = BlobId::of(b"abc");
        assert_eq!(
            id.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.short(), "ba7816bf8f01cfea");
        assert_eq!(BlobId::at(&id.place()), Some(id));
        assert!("ba78".parse::<BlobId>().is_err());
        assert!("../../etc/passwd".parse::<BlobId>().is_err());
    }

    #[tokio::test]
    async fn blobs_are_kept_once_and_orphans_are_swept_when_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::folder(&folder.path().join("files")).unwrap();
        let kept = blobs.put(Bytes::from_static(b"kept")).await.unwrap();
        assert_eq!(
            blobs.put(Bytes::from_static(b"kept")).await.unwrap(),
            kept,
            "the same bytes lie there once"
        );
        let lost = blobs.put(Bytes::from_static(b"lost")).await.unwrap();
        assert_eq!(blobs.get(kept).await.unwrap().unwrap(), "kept");
        assert!(blobs.is_whole(kept).await.unwrap());
        let stream = blobs.stream(lost).await.unwrap().unwrap();
        assert_eq!(stream.length, 4);
        let pieces: Vec<Bytes> = stream.pieces.try_collect().await.unwrap();
        assert_eq!(pieces.concat(), b"lost");
        let nobody = BlobId::of(b"nobody");
        assert!(blobs.get(nobody).await.unwrap().is_none());
        assert!(blobs.stream(nobody).await.unwrap().is_none());

        let named = HashSet::from([kept]);
        // The files were written now, so the sweeper's clock is set before and after that.
        let long_ago = Timestamp::from_micros(0);
        let swept = blobs.sweep(&named, long_ago).await.unwrap();
        assert_eq!((swept.kept, swept.removed), (2, 0), "too young to tell");
        let future = Timestamp::from_micros(4_000_000_000_000_000);
        let swept = blobs.sweep(&named, future).await.unwrap();
        assert_eq!((swept.kept, swept.removed), (1, 1));
        assert!(blobs.get(lost).await.unwrap().is_none());
        assert!(blobs.is_whole(kept).await.unwrap());

        let name = kept.to_string();
        let path = folder.path().join("files").join(&name[..2]);
        std::fs::write(path.join(&name[2..4]).join(&name), b"rotten").unwrap();
        assert!(
            !blobs.is_whole(kept).await.unwrap(),
            "a changed file is told"
        );
    }
}
