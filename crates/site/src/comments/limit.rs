//! How much may be asked within an hour, by whom or about what.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use torg_kernel::Timestamp;

/// Keys that are remembered at most.
const MOST: usize = 10_000;
/// For how long, in seconds.
const WINDOW: i64 = 3_600;

/// Counts by key within an hour.
#[derive(Debug)]
pub(super) struct Shares<K>(Mutex<HashMap<K, (Timestamp, u32)>>);

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Shares<K> {
    /// Counts one more; false when the key has had its share. When more keys come within an hour
    /// than are remembered all begin anew: so many at once are no one person, and the limits that
    /// are counted in the database hold.
    pub(super) fn admits(&self, key: K, most: u32, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST && !seen.contains_key(&key) {
            let horizon = now.plus_seconds(-WINDOW);
            seen.retain(|_, (from, _)| *from > horizon);
            if seen.len() >= MOST {
                seen.clear();
            }
        }
        let (from, count) = seen.entry(key).or_insert((now, 0));
        if from.plus_seconds(WINDOW) <= now {
            (*from, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    #[test]
    fn each_has_its_share_every_hour_and_memory_is_bounded() {
        let shares = Shares::default();
        assert!((0..3).all(|_| shares.admits(1, 3, T0)));
        assert!(!shares.admits(1, 3, T0));
        assert!(shares.admits(2, 3, T0));
        assert!(shares.admits(1, 3, T0.plus_seconds(WINDOW)));
        for key in 0..MOST * 2 + 10 {
            shares.admits(key, 3, T0);
        }
        assert!(shares.0.lock().expect("is free").len() <= MOST);
    }
}
