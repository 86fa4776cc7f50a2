//! Facts by reference: what a document points at, found where it is owned.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{FactRef, FileId, Locale, PictureId, Result, Timestamp, UnitId};
use torg_ui::{ContactCard, FileView, PictureView};

use crate::reading::Reading;

/// What was found for one document.
#[derive(Debug, Default)]
pub struct Resolved {
    /// What each fact says.
    pub facts: HashMap<FactRef, String>,
    /// The language of what a fact says, where it is not the one asked for.
    pub fact_langs: HashMap<FactRef, Locale>,
    /// How each unit is reached.
    pub contacts: HashMap<UnitId, ContactCard>,
    /// Where each unit's own page is.
    pub unit_links: HashMap<UnitId, String>,
    /// Where each picture is sent from and what it shows.
    pub pictures: HashMap<PictureId, PictureView>,
    /// Where each file is taken home from.
    pub files: HashMap<FileId, FileView>,
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
    /// Pictures.
    pub pictures: Vec<PictureId>,
    /// Files to take home.
    pub files: Vec<FileId>,
}

impl Wanted {
    fn is_nothing(&self) -> bool {
        self.facts.is_empty()
            && self.contacts.is_empty()
            && self.unit_links.is_empty()
            && self.pictures.is_empty()
            && self.files.is_empty()
    }
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
        if !wanted.is_nothing() {
            for room in &self.0 {
                room.resolve(reading, wanted, locale, now, &mut resolved)
                    .await?;
            }
        }
        Ok(resolved)
    }
}
