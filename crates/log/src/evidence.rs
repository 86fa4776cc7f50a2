//! Evidence: the events about a thing in a form that can be handed over and checked later, by
//! whoever holds it, against the log and against the seals that were published.
//!
//! It holds the payloads with their salts, so it is made only of events of the public class; the
//! gain is that a copy proves what was written even after the log itself has been weeded.

use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_db::{ConnectionTrait, DbErr, fetch_all, fetch_one};
use torg_kernel::{Result, Subject, Timestamp, hex, unhex};

use crate::event::{EVENT_COLUMNS, EventRow, LogEvent, PayloadClass, payload_digest};
use crate::seal::{Seal, merkle_root};
use crate::store;

/// Where an event stands under a day's seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealEvidence {
    /// The day (UTC), as `2026-03-03`.
    pub day: String,
    /// The day's first event.
    pub first_position: i64,
    /// The day's last event.
    pub last_position: i64,
    /// The day's Merkle root as it was published, in hexadecimal digits.
    pub root: String,
    /// When the day was sealed.
    pub sealed_at: Timestamp,
    /// The way from the event's link up to the root (RFC 9162, section 2.1.3), in hexadecimal digits.
    pub path: Vec<String>,
}

/// One event with all that is needed to check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Place in the log.
    pub position: i64,
    /// When it was written, microseconds since 1970-01-01T00:00:00Z.
    pub at: Timestamp,
    /// What happened.
    pub kind: String,
    /// The thing before, as JSON.
    pub before: Option<String>,
    /// The thing after, as JSON.
    pub after: Option<String>,
    /// The salt of the digest; nothing when the payload is weeded.
    pub salt: Option<String>,
    /// Digest of salt, before and after.
    pub digest: String,
    /// The chain's link before the event; empty for the first.
    pub chain_before: String,
    /// The chain's link at the event.
    pub chain: String,
    /// The event that weeded the payload.
    pub weeded_by: Option<i64>,
    /// The seal of the event's day, once the day is over.
    pub seal: Option<SealEvidence>,
}

/// What of a piece of evidence does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceFault {
    /// Before and after are not what the digest was made of.
    Payload,
    /// The log has no such event, or another digest or link at its position.
    Event,
    /// The event's own row does not give the link.
    Link,
    /// The way to the seal's root leads elsewhere, or the seal is not the log's.
    Seal,
}

/// All events about a thing that are public, oldest first, as evidence. Events of other classes are
/// left out.
///
/// # Errors
/// When the database fails.
pub async fn evidence<C: ConnectionTrait>(on: &C, subject: &Subject) -> Result<Vec<Evidence>> {
    let rows: Vec<EventRow> = fetch_all(
        on,
        &format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE subject_kind = $1 AND subject_id = $2 \
             AND class = $3 ORDER BY position"
        ),
        vec![
            subject.kind.clone().into(),
            subject.id.into(),
            PayloadClass::Public.as_str().into(),
        ],
    )
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let event = row.into_event();
        let payload = store::payloads(on, event.position, event.position).await?;
        let Some(payload) = payload.into_iter().next() else {
            continue;
        };
        found.push(Evidence {
            position: event.position,
            at: event.at,
            kind: event.kind.clone(),
            before: payload.before,
            after: payload.after,
            salt: payload.salt.as_deref().map(hex),
            digest: hex(&event.digest),
            chain_before: hex(&link_at(on, event.position - 1).await?),
            chain: hex(&event.chain),
            weeded_by: payload.weeded_by,
            seal: seal_of(on, event.position).await?,
        });
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Chain {
    chain: Vec<u8>,
}

async fn link_at<C: ConnectionTrait>(on: &C, position: i64) -> Result<Vec<u8>, DbErr> {
    let row: Option<Chain> = fetch_one(
        on,
        "SELECT chain FROM event WHERE position = $1",
        vec![position.into()],
    )
    .await?;
    Ok(row.map(|row| row.chain).unwrap_or_default())
}

async fn seal_at<C: ConnectionTrait>(on: &C, position: i64) -> Result<Option<Seal>, DbErr> {
    fetch_one(
        on,
        "SELECT day, first_position, last_position, root, chain, sealed_at FROM log_seal \
         WHERE first_position <= $1 AND last_position >= $1",
        vec![position.into()],
    )
    .await
}

async fn seal_of<C: ConnectionTrait>(on: &C, position: i64) -> Result<Option<SealEvidence>> {
    let Some(seal) = seal_at(on, position).await? else {
        return Ok(None);
    };
    let rows: Vec<Chain> = fetch_all(
        on,
        "SELECT chain FROM event WHERE position >= $1 AND position <= $2 ORDER BY position",
        vec![seal.first_position.into(), seal.last_position.into()],
    )
    .await?;
    let leaves: Vec<Vec<u8>> = rows.into_iter().map(|row| row.chain).collect();
    let at = usize::try_from(position - seal.first_position)?;
    Ok(Some(SealEvidence {
        root: seal.root_hex(),
        path: path_to(&leaves, at).iter().map(|node| hex(node)).collect(),
        day: seal.day,
        first_position: seal.first_position,
        last_position: seal.last_position,
        sealed_at: Timestamp::from_micros(seal.sealed_at),
    }))
}

/// The neighbours on the way from a leaf up to the root, lowest first.
fn path_to(leaves: &[Vec<u8>], at: usize) -> Vec<Vec<u8>> {
    if leaves.len() < 2 || at >= leaves.len() {
        return Vec::new();
    }
    let split = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(split);
    let (mut path, neighbour) = if at < split {
        (path_to(left, at), merkle_root(right))
    } else {
        (path_to(right, at - split), merkle_root(left))
    };
    path.push(neighbour);
    path
}

/// The root that a leaf and its way lead to; `None` for a way of the wrong length.
fn root_by(leaf: &[u8], at: usize, count: usize, path: &[Vec<u8>]) -> Option<Vec<u8>> {
    if count < 2 {
        return (path.is_empty() && at == 0).then(|| merkle_root(&[leaf.to_vec()]));
    }
    let split = count.next_power_of_two() / 2;
    let (neighbour, below) = path.split_last()?;
    let joined = |left: &[u8], right: &[u8]| {
        Sha256::new()
            .chain_update([1])
            .chain_update(left)
            .chain_update(right)
            .finalize()
            .to_vec()
    };
    Some(if at < split {
        joined(&root_by(leaf, at, split, below)?, neighbour)
    } else {
        joined(neighbour, &root_by(leaf, at - split, count - split, below)?)
    })
}

impl Evidence {
    /// Whether before and after give the digest. Weeded evidence has nothing left to check.
    #[must_use]
    pub fn payload_holds(&self) -> bool {
        match (&self.salt, self.weeded_by) {
            (Some(salt), _) => unhex(salt).is_some_and(|salt| {
                hex(&payload_digest(
                    &salt,
                    self.before.as_deref(),
                    self.after.as_deref(),
                )) == self.digest
            }),
            (None, weeded) => weeded.is_some() && self.before.is_none() && self.after.is_none(),
        }
    }

    /// Whether the link lies under the seal's root. True without a seal: the day is not over.
    #[must_use]
    pub fn seal_holds(&self) -> bool {
        let Some(seal) = &self.seal else {
            return true;
        };
        let place = usize::try_from(self.position - seal.first_position).ok();
        let count = usize::try_from(seal.last_position - seal.first_position + 1).ok();
        let path: Option<Vec<Vec<u8>>> = seal.path.iter().map(|node| unhex(node)).collect();
        match (place, count, path, unhex(&self.chain)) {
            (Some(at), Some(count), Some(path), Some(leaf)) if at < count => {
                root_by(&leaf, at, count, &path).is_some_and(|root| hex(&root) == seal.root)
            }
            _ => false,
        }
    }
}

/// Checks a piece of evidence by itself and against the log. Empty when all of it holds.
///
/// # Errors
/// When the database fails. Evidence that does not hold is no error but an answer.
pub async fn check_evidence<C: ConnectionTrait>(
    on: &C,
    evidence: &Evidence,
) -> Result<Vec<EvidenceFault>> {
    let mut faults = Vec::new();
    if !evidence.payload_holds() {
        faults.push(EvidenceFault::Payload);
    }
    let row: Option<EventRow> = fetch_one(
        on,
        &format!("SELECT {EVENT_COLUMNS} FROM event WHERE position = $1"),
        vec![evidence.position.into()],
    )
    .await?;
    match row.map(EventRow::into_event) {
        Some(event) if says_the_same(&event, evidence) => {
            let before = link_at(on, evidence.position - 1).await?;
            if hex(&before) != evidence.chain_before || event.link(&before) != event.chain {
                faults.push(EvidenceFault::Link);
            }
        }
        _ => faults.push(EvidenceFault::Event),
    }
    let kept = seal_at(on, evidence.position).await?;
    let same_seal = match (&evidence.seal, kept) {
        (None, _) => true,
        (Some(given), Some(kept)) => given.root == kept.root_hex() && given.day == kept.day,
        (Some(_), None) => false,
    };
    if !same_seal || !evidence.seal_holds() {
        faults.push(EvidenceFault::Seal);
    }
    Ok(faults)
}

fn says_the_same(event: &LogEvent, evidence: &Evidence) -> bool {
    hex(&event.digest) == evidence.digest
        && hex(&event.chain) == evidence.chain
        && event.at == evidence.at
        && event.kind == evidence.kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_of_every_tree_leads_to_the_root_and_a_changed_one_does_not() {
        for count in 1..=33_u8 {
            let leaves: Vec<Vec<u8>> = (0..count).map(|at| vec![at, count]).collect();
            let root = merkle_root(&leaves);
            for (at, leaf) in leaves.iter().enumerate() {
                let path = path_to(&leaves, at);
                let found = root_by(leaf, at, leaves.len(), &path);
                assert_eq!(found.as_ref(), Some(&root), "{at} of {count}");
                assert_ne!(
                    root_by(b"other", at, leaves.len(), &path),
                    Some(root.clone())
                );
                if count > 1 {
                    assert_eq!(root_by(leaf, at, leaves.len(), &path[1..]), None);
                }
            }
        }
    }
}
