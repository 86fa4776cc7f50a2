//! Seals: a Merkle root over each finished day, to be published. Whoever keeps yesterday's root
//! can prove that nothing of yesterday was changed, added or taken away since.

use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};
use torg_db::{ConnectionTrait, DbErr, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{Problem, Result, Timestamp, hex};

/// The seal of one day (UTC).
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Seal {
    /// The day, as `2026-03-03`.
    pub day: String,
    /// Its first event.
    pub first_position: i64,
    /// Its last event.
    pub last_position: i64,
    /// Merkle root over the chain links of its events (RFC 9162, section 2.1.1, with SHA-256).
    pub root: Vec<u8>,
    /// The chain's link at the last event.
    pub chain: Vec<u8>,
    /// When it was sealed, microseconds.
    pub sealed_at: i64,
}

impl Seal {
    /// The root as it is published.
    #[must_use]
    pub fn root_hex(&self) -> String {
        hex(&self.root)
    }
}

#[derive(FromQueryResult)]
pub(crate) struct Link {
    pub position: i64,
    pub at: i64,
    pub chain: Vec<u8>,
}

/// The Merkle tree hash of RFC 9162, section 2.1.1: leaves and nodes are told apart by a prefix.
pub(crate) fn merkle_root(leaves: &[Vec<u8>]) -> Vec<u8> {
    match leaves {
        [] => Sha256::digest([]).to_vec(),
        [leaf] => Sha256::new()
            .chain_update([0])
            .chain_update(leaf)
            .finalize()
            .to_vec(),
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            Sha256::new()
                .chain_update([1])
                .chain_update(merkle_root(left))
                .chain_update(merkle_root(right))
                .finalize()
                .to_vec()
        }
    }
}

pub(crate) const DAY: i64 = 86_400_000_000;

/// The day of an instant, in UTC.
pub(crate) fn day_of(at: i64) -> String {
    Timestamp::from_micros(at).rfc3339()[..10].to_owned()
}

/// The number of a day that [`day_of`] wrote, counted from 1970-01-01. Years are counted from March,
/// which puts the leap day last (the Gregorian calendar has 146 097 days in 400 years).
fn day_number(day: &str) -> Result<i64> {
    let parts: Vec<i64> = day.split('-').map_while(|part| part.parse().ok()).collect();
    let &[year, month @ 1..=12, date @ 1..=31] = parts.as_slice() else {
        return Err(Problem::internal(format!("“{day}” is no day of a seal")));
    };
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Ok(year * 365 + leap_days + (153 * month + 2) / 5 + date - 1 - 719_468)
}

/// All seals, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_seals<C: ConnectionTrait>(on: &C) -> Result<Vec<Seal>, DbErr> {
    fetch_all(
        on,
        "SELECT day, first_position, last_position, root, chain, sealed_at FROM log_seal \
         ORDER BY first_position",
        vec![],
    )
    .await
}

/// Seals every finished day that is not sealed. Events are taken by position: a day's seal ends
/// before the first event of a later day, so that a clock set back cannot move a sealed event. An
/// event that comes after its own day's seal (a slow clock, an import begun before midnight) is
/// sealed with the next day, once that is finished too. Returns how many days were sealed.
///
/// # Errors
/// When the database fails.
pub async fn seal_days(context: &WriteContext, now: Timestamp) -> Result<usize> {
    #[derive(FromQueryResult)]
    struct Last {
        day: String,
        last_position: i64,
    }
    let last: Option<Last> = fetch_one(
        &**context,
        "SELECT day, last_position FROM log_seal ORDER BY last_position DESC LIMIT 1",
        vec![],
    )
    .await?;
    let (mut earliest, from) = match last {
        Some(last) => (day_number(&last.day)? + 1, last.last_position),
        None => (i64::MIN, 0),
    };
    let today = now.micros().div_euclid(DAY);
    let links: Vec<Link> = fetch_all(
        &**context,
        "SELECT position, at, chain FROM event WHERE position > $1 ORDER BY position",
        vec![from.into()],
    )
    .await?;
    let mut sealed = 0;
    let mut rest = links.as_slice();
    while let Some(first) = rest.first() {
        let day = first.at.div_euclid(DAY).max(earliest);
        if day >= today {
            break;
        }
        let count = rest
            .iter()
            .take_while(|link| link.at.div_euclid(DAY) <= day)
            .count();
        let (mine, later) = rest.split_at(count);
        let last = &mine[count - 1];
        let leaves: Vec<Vec<u8>> = mine.iter().map(|link| link.chain.clone()).collect();
        execute(
            &**context,
            "INSERT INTO log_seal (day, first_position, last_position, root, chain, sealed_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                day_of(day * DAY).into(),
                first.position.into(),
                last.position.into(),
                merkle_root(&leaves).into(),
                last.chain.clone().into(),
                now.micros().into(),
            ],
        )
        .await?;
        sealed += 1;
        earliest = day + 1;
        rest = later;
    }
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_was_written() {
        for number in (0..100_000).chain([719_162, 2_932_895]) {
            let day = day_of(number * DAY);
            assert_eq!(day_number(&day).expect("is read"), number, "{day}");
        }
        for wrong in ["", "2026-03", "2026-03-03-1", "2026-13-01", "today"] {
            assert!(day_number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_empty_tree_and_a_leaf_hash_as_in_rfc_9162() {
        assert_eq!(
            hex(&merkle_root(&[])),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            hex(&merkle_root(&[Vec::new()])),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
        let (a, b, c) = (vec![1], vec![2], vec![3]);
        assert_ne!(
            merkle_root(&[a.clone(), b.clone(), c.clone()]),
            merkle_root(&[a, c, b])
        );
    }
}
