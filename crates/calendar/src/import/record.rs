//! One event of a file, before it is known whether it is new.

use sha2::{Digest, Sha256};
use torg_kernel::{EventId, hex};
use torg_recurrence::Pattern;

use super::own::Own;
use crate::model::EventData;
use crate::vocabulary::{Category, State};

/// Something that a file says of an event.
pub type Set = Box<dyn Fn(&mut EventData) + Send + Sync>;

/// One event of a file.
pub struct Record {
    /// Its line.
    pub line: usize,
    /// What the file calls a field of an event.
    pub named: fn(&str) -> &str,
    /// Its key here.
    pub key: String,
    /// Its id, when it once came from here.
    pub id: Option<EventId>,
    /// What a calendar says of it, when it once came from here.
    pub own: Option<Own>,
    /// Its name, for reports.
    pub name: String,
    /// Key of the organisation that answers for it.
    pub organisation: Option<String>,
    /// Where it stands.
    pub state: Option<State>,
    /// Key of the unit where it is.
    pub at: Option<String>,
    /// Key of the unit that arranges it.
    pub by: Option<String>,
    /// What sort it is.
    pub category: Option<Category>,
    /// When it is; nothing leaves it as it is.
    pub pattern: Option<Pattern>,
    /// What else is said.
    pub sets: Vec<Set>,
}

impl Record {
    /// An event of which only the key is known.
    pub const fn new(line: usize, key: String) -> Self {
        Self {
            line,
            named: |field| field,
            key,
            id: None,
            own: None,
            name: String::new(),
            organisation: None,
            state: None,
            at: None,
            by: None,
            category: None,
            pattern: None,
            sets: Vec::new(),
        }
    }

    /// Notes something that the file says.
    pub fn set(&mut self, set: impl Fn(&mut EventData) + Send + Sync + 'static) {
        self.sets.push(Box::new(set));
    }
}

/// A key for another system's id: always the same for the same id, and fit for addresses.
pub fn key_of(uid: &str) -> String {
    let digest = Sha256::digest(uid.as_bytes());
    format!("import-{}", hex(&digest[..10]))
}
