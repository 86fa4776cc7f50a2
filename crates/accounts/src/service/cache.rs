//! What is kept in memory between requests, for two seconds at most and only while the rows have the
//! revision at which it was read: each staff request asks for that one number, which is what it
//! costs that a permission taken away by another node or process works at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use torg_kernel::Timestamp;
use torg_web::{Caller, ORGANISATIONS_TAG};

use super::ACCOUNTS_TAG;
use crate::model::{AccountSettings, Session};
use crate::organisation::OrganisationTree;

/// How long something read may be believed, in seconds.
const BELIEVED: i64 = 2;
/// The most log-ins kept; beyond it the memory starts anew.
const SESSIONS: usize = 10_000;

/// A log-in with what the person may do.
#[derive(Clone)]
pub(super) struct Known {
    pub session: Session,
    pub caller: Arc<Caller>,
    /// The day for which the grants were looked at.
    pub day: Date,
}

#[derive(Default)]
struct Kept {
    /// Counts what was dropped, so that something read before a drop is not kept after it.
    generation: u64,
    /// The revision of the rows at which what is kept was still right.
    revision: i64,
    sessions: HashMap<Vec<u8>, (Timestamp, Known)>,
    tree: Option<(Timestamp, Arc<OrganisationTree>)>,
}

#[derive(Default)]
pub(super) struct Caches(Mutex<Kept>);

fn fresh(read_at: Timestamp, now: Timestamp) -> bool {
    read_at <= now && now < read_at.plus_seconds(BELIEVED)
}

impl Caches {
    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn forget<'a>(&self, tags: impl Iterator<Item = &'a str>) {
        let (mut people, mut organisations) = (false, false);
        for tag in tags {
            people |= tag == ACCOUNTS_TAG;
            organisations |= tag == ORGANISATIONS_TAG;
        }
        if people || organisations {
            self.with(|kept| {
                kept.generation += 1;
                kept.sessions.clear();
                if organisations {
                    kept.tree = None;
                }
            });
        }
    }

    /// Drops everything unless it was read at this revision of the rows.
    pub fn stand_at(&self, revision: i64) {
        self.with(|kept| {
            // An older number comes from a request that was overtaken.
            if kept.revision < revision {
                kept.revision = revision;
                kept.generation += 1;
                kept.sessions.clear();
                kept.tree = None;
            }
        });
    }

    /// To be asked before reading what is to be kept.
    pub fn generation(&self) -> u64 {
        self.with(|kept| kept.generation)
    }

    pub fn find(
        &self,
        token_hash: &[u8],
        now: Timestamp,
        day: Date,
        settings: &AccountSettings,
    ) -> Option<Known> {
        self.with(|kept| {
            kept.sessions
                .get(token_hash)
                .filter(|(read_at, known)| {
                    fresh(*read_at, now) && known.day == day && known.session.is_open(now, settings)
                })
                .map(|(_, known)| known.clone())
        })
    }

    pub fn keep(&self, generation: u64, token_hash: Vec<u8>, now: Timestamp, known: Known) {
        self.with(|kept| {
            if kept.generation != generation {
                return;
            }
            if kept.sessions.len() >= SESSIONS {
                kept.sessions.clear();
            }
            kept.sessions.insert(token_hash, (now, known));
        });
    }

    pub fn tree(&self, now: Timestamp) -> Option<Arc<OrganisationTree>> {
        self.with(|kept| {
            kept.tree
                .as_ref()
                .filter(|(read_at, _)| fresh(*read_at, now))
                .map(|(_, tree)| tree.clone())
        })
    }

    pub fn keep_tree(&self, generation: u64, now: Timestamp, tree: &Arc<OrganisationTree>) {
        self.with(|kept| {
            if kept.generation == generation {
                kept.tree = Some((now, tree.clone()));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use torg_kernel::{PersonId, SeededIds, SessionId};

    const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    fn known() -> Known {
        let ids = SeededIds::new(1);
        let (person, session) = (PersonId::new(&ids, NOON), SessionId::new(&ids, NOON));
        Known {
            session: Session {
                id: session,
                person,
                created_at: NOON,
                last_seen_at: NOON,
                expires_at: NOON.plus_seconds(3_600),
                user_agent: String::new(),
                method: crate::model::LogInMethod::Password,
            },
            caller: Arc::new(Caller {
                person,
                name: String::new(),
                session,
                scopes: HashMap::new(),
            }),
            day: torg_kernel::civil_date(NOON),
        }
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let (caches, settings) = (Caches::default(), AccountSettings::default());
        let find = |now| caches.find(b"token", now, known().day, &settings).is_some();
        let reading = caches.generation();
        caches.forget([ACCOUNTS_TAG].into_iter());
        caches.keep(reading, b"token".to_vec(), NOON, known());
        caches.keep_tree(reading, NOON, &Arc::default());
        assert!(!find(NOON));
        assert!(caches.tree(NOON).is_none());

        // So it is when the rows have a later number, as when another process wrote them.
        caches.keep(caches.generation(), b"token".to_vec(), NOON, known());
        caches.stand_at(0);
        assert!(find(NOON));
        caches.stand_at(1);
        assert!(!find(NOON));

        caches.keep(caches.generation(), b"token".to_vec(), NOON, known());
        caches.keep_tree(caches.generation(), NOON, &Arc::default());
        caches.forget(["page:1"].into_iter());
        assert!(find(NOON) && find(NOON.plus_seconds(1)));
        assert!(!find(NOON.plus_seconds(2)), "two seconds are too old");
        caches.forget([ORGANISATIONS_TAG].into_iter());
        assert!(!find(NOON), "permissions follow the tree");
        assert!(caches.tree(NOON).is_none());
    }
}
