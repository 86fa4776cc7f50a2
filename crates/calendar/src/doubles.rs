//! Whether an event may be in the calendar already: the same time, the same place, a name like it.
//!
//! It warns and never forbids: two story times in the same house at the same hour are rare but real.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::DateTime;
use torg_db::ConnectionTrait;
use torg_kernel::{EventId, Locale, Result, Timestamp, fold};

use crate::expand::expand;
use crate::model::{Event, Place};
use crate::store;

/// Occasions of the new event that are looked at: a slip is seen at the first ones.
const LOOKED_AT: usize = 30;
/// Words that say nothing of what is on.
const EMPTY: [&str; 14] = [
    "och", "i", "pa", "med", "for", "av", "en", "ett", "den", "det", "till", "the", "and", "of",
];

/// An event that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The other event.
    pub event: Event,
    /// When they meet first: the other's start.
    pub start: DateTime,
}

fn words(name: &str) -> HashSet<String> {
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether two names say the same: most of the words of the shorter one stand in the other.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least == 0 {
        return one == other;
    }
    let shared = one.intersection(&other).count();
    shared * 3 >= least * 2
}

/// Whether two places can be the same one; unknown places can.
fn same_place(one: Option<&Place>, other: Option<&Place>) -> bool {
    match (one, other) {
        (Some(Place::Unit { unit: one, .. }), Some(Place::Unit { unit: other, .. })) => {
            one == other
        }
        (Some(Place::Free { name: one, .. }), Some(Place::Free { name: other, .. })) => {
            alike(one.get(Locale::SV), other.get(Locale::SV))
        }
        (Some(Place::Online { .. }), Some(Place::Online { .. })) => true,
        // The same place may be written out by one and chosen by the other.
        (Some(Place::Free { .. }), Some(Place::Unit { .. }))
        | (Some(Place::Unit { .. }), Some(Place::Free { .. }))
        | (None, _)
        | (_, None) => true,
        _ => false,
    }
}

/// Events that may be the same as one that is written, in any state but the trash, at most five.
///
/// # Errors
/// When the database fails.
pub async fn find_doubles<C: ConnectionTrait>(
    on: &C,
    event: &Event,
    now: Timestamp,
) -> Result<Vec<Double>> {
    let mut met: BTreeMap<EventId, DateTime> = BTreeMap::new();
    for own in expand(event, now, None, None).iter().take(LOOKED_AT) {
        for other in store::list_overlapping(on, own.begins_at, own.ends_at, 200).await? {
            if other.event != event.id {
                met.entry(other.event).or_insert(other.start);
            }
        }
    }
    let ids: Vec<EventId> = met.keys().copied().collect();
    let mut found: Vec<Double> = store::list_by_id(on, &ids)
        .await?
        .into_iter()
        .filter(|other| {
            same_place(event.data.place.as_ref(), other.data.place.as_ref())
                && alike(event.name(Locale::SV), other.name(Locale::SV))
        })
        .filter_map(|other| {
            let start = *met.get(&other.id)?;
            Some(Double {
                event: other,
                start,
            })
        })
        .collect();
    found.sort_by_key(|double| (double.start, double.event.id));
    found.truncate(5);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_words() {
        assert!(alike("Sagostund på svenska", "Sagostund (svenska)"));
        assert!(alike("SPRÅKKAFÉ!", "Språkkafé på biblioteket"));
        assert!(!alike(
            "Sagostund på svenska",
            "Sagostund på somaliska och arabiska"
        ));
        assert!(!alike("Schack", "Öppet hus"));
        assert!(!alike("Öppen förskola", ""));
    }
}
