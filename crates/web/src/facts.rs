//! Facts by reference: what a document points at, found where it is owned.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{FactRef, Locale, Result, Timestamp, UnitId};
use torg_ui::ContactCard;

use crate::reading::Reading;

/// What was found for one document.
#[derive(Debug, Default)]
pub struct Resolved {
    /// What each fact says.
    pub facts: HashMap<FactRef, String>,
    /// How each unit is reached.
    pub contacts: HashMap<UnitId, ContactCard>,
    /// Where each unit's own page is.
    pub unit_links: HashMap<UnitId, String>,
    /// What the page must be dropped for.
    pub tags: Vec<String>,
    /// When the first of the answers becomes untrue by itself.
    pub fresh_until: Option<Timestamp>,
}

impl Resolved {
    /// Notes that something holds only until then.
    pub fn until(&mut self, at: Option<Timestamp>) {
        self.fresh_until = match (self.fresh_until, at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

/// What a document asks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Single facts.
    pub facts: Vec<FactRef>,
    /// Whole contact cards.
    pub contacts: Vec<UnitId>,
    /// Links to units' pages.
    pub unit_links: Vec<UnitId>,
}

/// A room that owns facts. Answers for its own and leaves the rest alone.
#[async_trait]
pub trait FactResolver: Send + Sync {
    /// Puts into `resolved` what this room owns of what is `wanted`.
    ///
    /// # Errors
    /// When the database fails. A fact that is not there is simply left out.
    async fn resolve(
        &self,
        reading: &Reading,
        wanted: &Wanted,
        locale: Locale,
        now: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()>;

    /// Forgets what this room keeps in memory of what `tag` names, if it was made before
    /// `position`.
    fn drop_tag(&self, _tag: &str, _position: i64) {}
}

/// All rooms that own facts.
#[derive(Clone, Default)]
pub struct Facts(pub Vec<Arc<dyn FactResolver>>);

impl Facts {
    /// Asks each room in turn; asks nobody when nothing is wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resolve(
        &self,
        reading: &Reading,
        wanted: &Wanted,
        locale: Locale,
        now: Timestamp,
    ) -> Result<Resolved> {
        let mut resolved = Resolved::default();
        let nothing =
            wanted.facts.is_empty() && wanted.contacts.is_empty() && wanted.unit_links.is_empty();
        if !nothing {
            for room in &self.0 {
                room.resolve(reading, wanted, locale, now, &mut resolved)
                    .await?;
            }
        }
        Ok(resolved)
    }
}
