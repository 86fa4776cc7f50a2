//! Are the bytes still there, and still what they were? Every blob that a row names is read whole
//! and its SHA-256 compared with its name. That reads the whole store, which is the price: what
//! only looks at sizes and times does not see a bit that has turned on the disk.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use torg_db::Database;
use torg_kernel::{Result, Subject};

use crate::store::{self, BlobUse};
use crate::{BlobId, Blobs};

/// What is wrong with a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobFault {
    /// It is not there.
    Missing,
    /// It holds something else than its name says.
    Changed,
    /// The disk or the store does not give it.
    Unreadable(String),
}

/// A blob that is not as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedBlob {
    /// Its name: the digest of what it held.
    pub blob: BlobId,
    /// What is wrong.
    pub fault: BlobFault,
    /// The pictures and files that need it, each with the part of it: `original`, or format and
    /// width such as `avif 800`.
    pub needed_by: Vec<(Subject, String)>,
}

/// What a verification of all blobs found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BlobReport {
    /// Blobs that were read.
    pub blobs: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Those that are not as they were put, by name.
    pub damaged: Vec<DamagedBlob>,
}

/// Reads every blob that a picture or file needs. Works beside a running server: what is taken away
/// meanwhile is no fault. `progress` is told how many blobs are read, and of how many.
///
/// # Errors
/// When the database fails. A store that fails is a fault of each blob that it does not give.
pub async fn verify_blobs(
    database: &Database,
    blobs: &Blobs,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<BlobReport> {
    let needed = needed(database).await?;
    let mut report = BlobReport::default();
    let mut faults = Vec::new();
    for blob in needed.keys() {
        match look(blobs, *blob).await {
            Ok(length) => report.bytes += length,
            Err(fault) => faults.push((*blob, fault)),
        }
        report.blobs += 1;
        progress(report.blobs, needed.len());
    }
    if faults.is_empty() {
        return Ok(report);
    }
    let mut still = self::needed(database).await?;
    for (blob, fault) in faults {
        if let Some(needed_by) = still.remove(&blob) {
            report.damaged.push(DamagedBlob {
                blob,
                fault,
                needed_by,
            });
        }
    }
    Ok(report)
}

async fn needed(database: &Database) -> Result<BTreeMap<BlobId, Vec<(Subject, String)>>> {
    let snapshot = database.snapshot().await?;
    let uses = store::list_blob_uses(&*snapshot).await?;
    snapshot.end().await?;
    let mut needed: BTreeMap<BlobId, Vec<(Subject, String)>> = BTreeMap::new();
    for BlobUse {
        blob,
        subject,
        part,
    } in uses
    {
        needed.entry(blob).or_default().push((subject, part));
    }
    Ok(needed)
}

/// Reads a blob piece by piece. Returns its length.
async fn look(blobs: &Blobs, blob: BlobId) -> std::result::Result<u64, BlobFault> {
    let unreadable = |error: &dyn std::fmt::Display| BlobFault::Unreadable(error.to_string());
    let found = blobs.stream(blob).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let mut pieces = found.ok_or(BlobFault::Missing)?.pieces;
    let mut hash = Sha256::new();
    let mut length = 0;
    while let Some(piece) = pieces
        .try_next()
        .await
        .map_err(|error| unreadable(&error))?
    {
        hash.update(&piece);
        length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
    }
    if blob.is(&hash.finalize().into()) {
        Ok(length)
    } else {
        Err(BlobFault::Changed)
    }
}
