//! How much one reader, or all readers about one unit, may report within an hour. Nothing is written
//! down.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};

use torg_kernel::Timestamp;
use torg_web::Context;

/// The window, in seconds.
const HOUR: i64 = 3_600;
/// Keys that are remembered at most. When there are more, all begin anew: so many at once are no
/// one reader, and the reports that wait are counted in the database.
const MOST: usize = 10_000;

/// Counts by key.
pub(crate) struct Shares<K> {
    seen: Mutex<HashMap<K, (Timestamp, u32)>>,
}

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self {
            seen: Mutex::default(),
        }
    }
}

impl<K: Hash + Eq> Shares<K> {
    /// One more; false when the key has had its share of this hour.
    pub(crate) fn take(&self, key: K, share: u32, now: Timestamp) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.retain(|_, (from, _)| from.plus_seconds(HOUR) > now);
        }
        if seen.len() >= MOST {
            seen.clear();
        }
        let (from, count) = seen.entry(key).or_insert((now, 0));
        if from.plus_seconds(HOUR) <= now {
            (*from, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= share
    }
}

/// Whoever is at the other end: of IPv6 the network that one subscriber has. A proxy on this machine
/// is believed about whom it speaks for.
pub(crate) fn source(context: &Context) -> IpAddr {
    let peer = context
        .peer
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let forwarded = context
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back();
    let forwarded = forwarded
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
        .filter(|_| peer.to_canonical().is_loopback());
    match forwarded.unwrap_or(peer).to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_share_every_hour() {
        let shares = Shares::default();
        let now = Timestamp::from_micros(1_772_539_200_000_000);
        assert!((0..3).all(|_| shares.take("a", 3, now)));
        assert!(!shares.take("a", 3, now));
        assert!(shares.take("b", 3, now));
        assert!(shares.take("a", 3, now.plus_seconds(HOUR)));
    }
}
