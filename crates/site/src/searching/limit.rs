//! How much one source may ask: a bucket for each, filled at a steady rate. Nothing is written
//! down; the sources are forgotten as soon as their buckets are full again.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use torg_kernel::Timestamp;

/// Parts with a lock each, so that a flood from one source seldom waits for others.
const PARTS: usize = 16;
/// Most sources in a part. When all of them are busy the part starts anew: a flood from thousands
/// of sources is for the network to stop, and memory stays bounded.
const MOST_SOURCES: usize = 4_096;
/// One question, in the unit that buckets are filled with.
const ONE: i64 = 1_000_000;

/// The other end of a connection: an IPv4 address, or a network of IPv6, which is what one
/// subscriber is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from(network))
            }
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

impl Source {
    /// The address, as a digest is made of it.
    pub(super) fn bytes(self) -> [u8; 16] {
        match self.0 {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

/// Who asks: the other end of the connection or, when that is a proxy on this very machine, the
/// last address in its `X-Forwarded-For`, the one that the proxy itself wrote.
#[must_use]
pub fn source(peer: Option<SocketAddr>, forwarded_for: Option<&str>) -> Source {
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let forwarded = forwarded_for
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok())
        .filter(|_| peer.to_canonical().is_loopback());
    Source::from(forwarded.unwrap_or(peer))
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// Millionths of what may be asked.
    left: i64,
    at: i64,
}

/// A limit for each source.
#[derive(Debug)]
pub struct SourceLimit {
    per_second: i64,
    at_once: i64,
    parts: [Mutex<HashMap<Source, Bucket>>; PARTS],
}

impl SourceLimit {
    /// So many a second in the long run, and so many at once.
    #[must_use]
    pub fn new(per_second: u32, at_once: u32) -> Self {
        Self {
            per_second: i64::from(per_second.max(1)),
            at_once: i64::from(at_once.max(1)) * ONE,
            parts: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// Whether a source may ask once more now. Takes well under a microsecond.
    #[must_use]
    pub fn admits(&self, source: Source, now: Timestamp) -> bool {
        let part = match source.0 {
            IpAddr::V4(address) => usize::from(address.octets()[3]),
            IpAddr::V6(address) => usize::from(address.octets()[7]),
        };
        let mut sources = self.parts[part % PARTS]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if sources.len() >= MOST_SOURCES && !sources.contains_key(&source) {
            sources.retain(|_, bucket| self.filled(*bucket, now) < self.at_once);
            if sources.len() >= MOST_SOURCES {
                sources.clear();
            }
        }
        let bucket = sources.entry(source).or_insert(Bucket {
            left: self.at_once,
            at: now.micros(),
        });
        let left = self.filled(*bucket, now);
        let admitted = left >= ONE;
        *bucket = Bucket {
            left: if admitted { left - ONE } else { left },
            at: now.micros(),
        };
        admitted
    }

    fn filled(&self, bucket: Bucket, now: Timestamp) -> i64 {
        let passed = now.micros().saturating_sub(bucket.at).max(0);
        // Millionths for microseconds: the rate itself.
        let more = passed.saturating_mul(self.per_second);
        bucket.left.saturating_add(more).min(self.at_once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Source {
        Source::from(address.parse::<IpAddr>().expect("an address"))
    }

    #[test]
    fn a_flood_from_one_does_not_touch_another() {
        let limit = SourceLimit::new(15, 60);
        let now = Timestamp::from_micros(1_000_000_000);
        let flood = from("192.0.2.7");
        // 10 000 a second, evenly.
        let admitted = (0..10_000)
            .filter(|step| limit.admits(flood, Timestamp::from_micros(now.micros() + step * 100)))
            .count();
        assert!((60..=75).contains(&admitted), "{admitted}");
        let later = now.plus_seconds(1);
        assert!((0..60).all(|_| limit.admits(from("192.0.2.8"), later)));
        let again = (0..10).filter(|_| limit.admits(flood, later)).count();
        assert!(again <= 1, "{again}");
        assert!(limit.admits(flood, now.plus_seconds(3)));
    }

    #[test]
    fn memory_is_bounded_and_a_network_is_one_source() {
        let limit = SourceLimit::new(1, 1);
        let now = Timestamp::from_micros(1_000_000_000);
        for number in 0..200_000_u32 {
            let _ = limit.admits(Source::from(IpAddr::V4(Ipv4Addr::from(number))), now);
        }
        let kept: usize = limit
            .parts
            .iter()
            .map(|part| part.lock().unwrap_or_else(PoisonError::into_inner).len())
            .sum();
        assert!(kept <= PARTS * MOST_SOURCES, "{kept}");
        assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::9"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let near = Some(SocketAddr::from(([127, 0, 0, 1], 1)));
        let far = Some(SocketAddr::from(([192, 0, 2, 1], 1)));
        let said = Some("203.0.113.9, 198.51.100.4");
        assert_eq!(source(near, said), from("198.51.100.4"));
        assert_eq!(source(far, said), from("192.0.2.1"));
        assert_eq!(source(near, Some("nonsense")), from("127.0.0.1"));
    }
}
