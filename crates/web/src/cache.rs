//! A cache whose entries carry tags and the log position they were made from.
//!
//! An entry is refused, or thrown out, when one of its tags was dropped at a later position. That
//! closes the gap in which a page is made from an old snapshot while a change is committed. The
//! trade-off is one short lock for each insert and drop; a hit takes none of it.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// Tags whose last drop is remembered one by one; older ones are covered by the floor.
const REMEMBERED: usize = 20_000;

/// An entry with what decides whether it still holds.
#[derive(Debug)]
struct Entry<V> {
    value: V,
    tags: Vec<String>,
    position: i64,
    weight: u64,
}

#[derive(Clone)]
struct Weigh;

impl<K, V> Weighter<K, Arc<Entry<V>>> for Weigh {
    fn weight(&self, _: &K, entry: &Arc<Entry<V>>) -> u64 {
        entry.weight
    }
}

struct Index<K> {
    keys: HashMap<String, HashSet<K>>,
    dropped: HashMap<String, i64>,
    /// No entry older than this is let in: drops before it are no longer remembered by tag.
    floor: i64,
    /// Pairs in `keys`, to know when to sweep out those of entries that were evicted.
    pairs: usize,
}

/// The cache itself, bounded by the weight of its entries (bytes, for pages).
pub struct TagCache<K, V> {
    entries: Cache<K, Arc<Entry<V>>, Weigh>,
    index: Mutex<Index<K>>,
}

impl<K: Hash + Eq + Clone, V: Clone> TagCache<K, V> {
    /// A cache of about `items` entries and at most `weight` in all; 0 keeps nothing.
    #[must_use]
    pub fn new(items: usize, weight: u64) -> Self {
        Self {
            entries: Cache::with_weighter(items, weight, Weigh),
            index: Mutex::new(Index {
                keys: HashMap::new(),
                dropped: HashMap::new(),
                floor: 0,
                pairs: 0,
            }),
        }
    }

    /// The value for a key with the position it was made from.
    pub fn get<Q>(&self, key: &Q) -> Option<(V, i64)>
    where
        Q: Hash + quick_cache::Equivalent<K> + ?Sized,
    {
        self.entries
            .get(key)
            .map(|entry| (entry.value.clone(), entry.position))
    }

    /// Puts a value in, unless one of its tags was dropped after `position`. Tells whether it
    /// went in.
    pub fn insert(&self, key: K, value: V, tags: Vec<String>, position: i64, weight: u64) -> bool {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        let late = |tag: &String| index.dropped.get(tag).is_some_and(|at| *at > position);
        if position < index.floor || tags.iter().any(late) {
            return false;
        }
        for tag in &tags {
            if index
                .keys
                .entry(tag.clone())
                .or_default()
                .insert(key.clone())
            {
                index.pairs += 1;
            }
        }
        let entry = Arc::new(Entry {
            value,
            tags,
            position,
            weight,
        });
        self.entries.insert(key, entry);
        if index.pairs > 64 * (self.entries.len() + 256) {
            self.sweep(&mut index);
        }
        true
    }

    /// Throws out a key, whatever its tags.
    pub fn remove<Q>(&self, key: &Q)
    where
        Q: Hash + quick_cache::Equivalent<K> + ?Sized,
    {
        self.entries.remove(key);
    }

    /// Throws out all entries with the tag that were made before `position`, and keeps such
    /// entries from coming in. Returns how many went.
    pub fn drop_tag(&self, tag: &str, position: i64) -> usize {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if index.dropped.len() >= REMEMBERED {
            index.floor = index
                .dropped
                .values()
                .copied()
                .max()
                .unwrap_or(0)
                .max(index.floor);
            index.dropped.clear();
        }
        let last = index.dropped.entry(tag.to_owned()).or_insert(position);
        *last = (*last).max(position);
        let Some(keys) = index.keys.remove(tag) else {
            return 0;
        };
        index.pairs -= keys.len();
        let mut gone = 0;
        let mut kept = HashSet::new();
        for key in keys {
            let Some(entry) = self.entries.peek(&key) else {
                continue;
            };
            if !entry.tags.iter().any(|own| own == tag) {
                continue;
            }
            if entry.position < position {
                self.entries.remove(&key);
                gone += 1;
            } else {
                kept.insert(key);
            }
        }
        if !kept.is_empty() {
            index.pairs += kept.len();
            index.keys.insert(tag.to_owned(), kept);
        }
        gone
    }

    fn sweep(&self, index: &mut Index<K>) {
        let mut pairs = 0;
        index.keys.retain(|_, keys| {
            keys.retain(|key| self.entries.peek(key).is_some());
            pairs += keys.len();
            !keys.is_empty()
        });
        index.pairs = pairs;
    }

    /// Entries in the cache.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.len() == 0
    }

    /// The weight of all entries together.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.entries.weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn only_what_carries_the_tag_goes() {
        let cache: TagCache<String, u8> = TagCache::new(100, 1_000);
        assert!(cache.insert("/a".into(), 1, tags(&["unit:1", "page:a"]), 5, 1));
        assert!(cache.insert("/b".into(), 2, tags(&["page:b"]), 5, 1));
        assert_eq!(cache.drop_tag("unit:1", 6), 1);
        assert_eq!(cache.get("/a"), None);
        assert_eq!(cache.get("/b"), Some((2, 5)));
    }

    #[test]
    fn an_entry_from_before_a_drop_is_refused_and_one_from_after_stays() {
        let cache: TagCache<String, u8> = TagCache::new(100, 1_000);
        cache.drop_tag("unit:1", 7);
        assert!(!cache.insert("/a".into(), 1, tags(&["unit:1"]), 6, 1));
        assert!(cache.insert("/a".into(), 1, tags(&["unit:1"]), 7, 1));
        assert_eq!(
            cache.drop_tag("unit:1", 7),
            0,
            "the same event once more, by the follower"
        );
        assert!(cache.get("/a").is_some());
    }

    #[test]
    fn forgotten_drops_are_covered_by_the_floor() {
        let cache: TagCache<String, u8> = TagCache::new(100, 1_000);
        for n in 0..=REMEMBERED {
            cache.drop_tag(&format!("page:{n}"), i64::try_from(n).expect("small"));
        }
        assert!(!cache.insert("/old".into(), 1, tags(&["page:3"]), 2, 1));
        let now = i64::try_from(REMEMBERED).expect("small");
        assert!(cache.insert("/new".into(), 1, tags(&["page:3"]), now, 1));
    }

    #[test]
    fn the_weight_is_bounded() {
        let cache: TagCache<String, u8> = TagCache::new(100, 1_000);
        for n in 0..500 {
            cache.insert(format!("/{n}"), 1, tags(&[&format!("page:{n}")]), 1, 100);
        }
        assert!(cache.weight() <= 1_000, "{}", cache.weight());
    }
}
