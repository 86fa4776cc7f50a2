//! One maker for each page: whoever asks for the same waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Pages being made right now: whoever asks for one of them waits for it.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Flights {
    /// A place in the queue for a page.
    pub(crate) fn lane(self: &Arc<Self>, key: &str) -> Lane {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Lane {
            flights: self.clone(),
            key: key.to_owned(),
            turn: lanes.entry(key.to_owned()).or_default().clone(),
        }
    }
}

/// A place in the queue for one page; given back also when the reader goes away.
pub(crate) struct Lane {
    flights: Arc<Flights>,
    key: String,
    pub(crate) turn: Arc<tokio::sync::Mutex<()>>,
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut lanes = self
            .flights
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Two holders are the map and this one: nobody waits any more.
        if lanes
            .get(&self.key)
            .is_some_and(|lane| Arc::strong_count(lane) <= 2)
        {
            lanes.remove(&self.key);
        }
    }
}
