//! How much one source may ask for. Kept in memory on each node: it holds addresses of people's
//! machines, which belong in no database, and forgetting it in a restart does little harm, since
//! the limits for each mail address and for all together are counted in the database.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use torg_kernel::Timestamp;

/// Sources that are remembered.
const MOST: usize = 10_000;
/// For how long, in seconds.
const WINDOW: i64 = 3_600;

/// Counts what sources ask for within an hour.
#[derive(Debug, Default)]
pub(crate) struct Sources(Mutex<HashMap<String, (Timestamp, u32)>>);

impl Sources {
    /// Counts one more of a source; false when it has had its share.
    pub(crate) fn admit(&self, source: &str, most: u32, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST && !seen.contains_key(source) {
            let horizon = now.plus_seconds(-WINDOW);
            seen.retain(|_, (from, _)| *from > horizon);
            if seen.len() >= MOST {
                // So many at once is no one person; the limit for all together holds.
                seen.clear();
            }
        }
        let (from, count) = seen.entry(source.to_owned()).or_insert((now, 0));
        if from.plus_seconds(WINDOW) <= now {
            (*from, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= most
    }
}

/// Where a request comes from: the other end of the connection or, when that is a proxy on this
/// machine, the last address that the proxy wrote down. IPv6 is cut to the 64 bits that one
/// subscriber has (RFC 6177).
pub(crate) fn source(peer: Option<SocketAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
        return String::new();
    };
    let told = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok())
        .filter(|_| peer.is_loopback());
    match told.map_or(peer, |told| told.to_canonical()) {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    #[test]
    fn a_source_has_its_share_each_hour() {
        let sources = Sources::default();
        assert!((0..5).all(|_| sources.admit("a", 5, T0)));
        assert!(!sources.admit("a", 5, T0));
        assert!(sources.admit("b", 5, T0));
        assert!(sources.admit("a", 5, T0.plus_seconds(WINDOW)));
    }

    #[test]
    fn memory_is_bounded() {
        let sources = Sources::default();
        for number in 0..MOST * 2 + 10 {
            sources.admit(&number.to_string(), 5, T0);
        }
        assert!(sources.0.lock().expect("is free").len() <= MOST);
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "1.2.3.4, 2001:db8::1".parse().expect("a value"),
        );
        let here = SocketAddr::from(([127, 0, 0, 1], 1));
        let away = SocketAddr::from(([192, 0, 2, 1], 1));
        assert_eq!(source(Some(here), &headers), "2001:db8::");
        assert_eq!(source(Some(away), &headers), "192.0.2.1");
        assert_eq!(source(None, &headers), "");
    }
}
