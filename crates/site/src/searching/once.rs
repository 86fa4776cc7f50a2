//! One source counts once a day for a query: somebody who asks five times is one who asks.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use torg_kernel::{Ids, Locale, Timestamp};

use super::limit::Source;

/// Most digests of a day: a city of half a million hardly reaches it, and all of them are a few
/// megabytes. What comes after is not counted, for counting it twice would be worse.
const MOST_SEEN: usize = 250_000;

/// What is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Search,
    Click,
}

#[derive(Debug, Default)]
struct Today {
    day: Option<Date>,
    salt: [u8; 32],
    seen: HashSet<[u8; 16]>,
}

/// Who has asked for what today, as digests under a secret of the day: nobody can tell from them
/// who asked, and they are never written down. A restart forgets them, and each node has its own,
/// so one source may count once more for each.
pub(super) struct OncePerDay {
    ids: Arc<dyn Ids>,
    today: Mutex<Today>,
}

impl std::fmt::Debug for OncePerDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OncePerDay").finish_non_exhaustive()
    }
}

impl OncePerDay {
    pub(super) fn new(ids: Arc<dyn Ids>) -> Self {
        Self {
            ids,
            today: Mutex::default(),
        }
    }

    /// Whether this is the first time today.
    pub(super) fn is_first(
        &self,
        now: Timestamp,
        deed: Deed,
        source: Source,
        locale: Locale,
        query: &str,
    ) -> bool {
        let day = now.zoned().date();
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.day != Some(day) {
            *today = Today {
                day: Some(day),
                ..Today::default()
            };
            self.ids.fill(&mut today.salt);
        }
        if today.seen.len() >= MOST_SEEN {
            return false;
        }
        let mut hash = Sha256::new();
        hash.update(today.salt);
        hash.update([u8::from(deed == Deed::Click)]);
        hash.update(source.bytes());
        hash.update(locale.as_str());
        hash.update([0]);
        hash.update(query);
        let digest = hash.finalize();
        let mut short = [0_u8; 16];
        short.copy_from_slice(&digest[..16]);
        today.seen.insert(short)
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use torg_kernel::SystemIds;

    use super::*;

    #[test]
    fn one_counts_once_a_day_for_a_query() {
        let once = OncePerDay::new(Arc::new(SystemIds));
        let source = |text: &str| Source::from(text.parse::<IpAddr>().expect("an address"));
        let now = Timestamp::from_micros(1_699_960_000_000_000);
        let first = |now, deed, from: &str, query| {
            once.is_first(now, deed, source(from), Locale::SV, query)
        };
        assert!(first(now, Deed::Search, "192.0.2.1", "sopor"));
        for later in [0, 60, 3_600] {
            let now = now.plus_seconds(later);
            assert!(!first(now, Deed::Search, "192.0.2.1", "sopor"));
        }
        assert!(first(now, Deed::Click, "192.0.2.1", "sopor"));
        assert!(first(now, Deed::Search, "192.0.2.1", "simhall"));
        assert!(first(now, Deed::Search, "192.0.2.2", "sopor"));
        assert!(first(now, Deed::Search, "2001:db8::1", "sopor"));
        assert!(
            !first(now, Deed::Search, "2001:db8::2", "sopor"),
            "all addresses of a household are one"
        );
        assert!(once.is_first(now, Deed::Search, source("192.0.2.1"), Locale::EN, "sopor"));
        let tomorrow = now.plus_seconds(86_400);
        assert!(first(tomorrow, Deed::Search, "192.0.2.1", "sopor"));
    }

    #[test]
    fn memory_is_bounded_and_a_full_day_counts_nobody_twice() {
        let once = OncePerDay::new(Arc::new(SystemIds));
        let one = Source::from(IpAddr::from([192, 0, 2, 1]));
        let now = Timestamp::from_micros(1_699_960_000_000_000);
        let first = |now, number: usize| {
            once.is_first(now, Deed::Search, one, Locale::SV, &number.to_string())
        };
        assert!((0..MOST_SEEN).all(|number| first(now, number)));
        assert!(!first(now, MOST_SEEN), "full");
        assert!(!first(now, 1));
        assert!(first(now.plus_seconds(86_400), 1));
    }
}
