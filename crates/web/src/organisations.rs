//! The city's organisations as every room needs them: names, keys and the tree.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{AuthorityId, Locale, OrganisationId, Result};

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationEntry {
    /// Its id.
    pub id: OrganisationId,
    /// Its key in imports and exports.
    pub key: String,
    /// The organisation above it.
    pub parent: Option<OrganisationId>,
    /// The authority it belongs to, if any.
    pub authority: Option<AuthorityId>,
    /// Its Swedish name.
    pub name_sv: String,
    /// Its English name; may be empty.
    pub name_en: String,
}

impl OrganisationEntry {
    /// The name for readers of a language: English where there is one, Swedish to all others.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::EN && !self.name_en.is_empty() {
            &self.name_en
        } else {
            &self.name_sv
        }
    }
}

/// All organisations. A city has hundreds, so they are kept whole in memory.
#[derive(Debug, Clone, Default)]
pub struct OrganisationList {
    entries: HashMap<OrganisationId, OrganisationEntry>,
    keys: HashMap<String, OrganisationId>,
    ended: HashSet<OrganisationId>,
}

impl OrganisationList {
    /// The list of these.
    #[must_use]
    pub fn new(entries: Vec<OrganisationEntry>) -> Self {
        let keys = entries
            .iter()
            .map(|entry| (entry.key.clone(), entry.id))
            .collect();
        Self {
            entries: entries.into_iter().map(|entry| (entry.id, entry)).collect(),
            keys,
            ended: HashSet::new(),
        }
    }

    /// The same, some of which are no more. What they had they keep until somebody takes it over;
    /// nothing new is given to them.
    #[must_use]
    pub fn with_ended(mut self, ended: impl IntoIterator<Item = OrganisationId>) -> Self {
        self.ended.extend(ended);
        self
    }

    /// Whether an organisation is no more.
    #[must_use]
    pub fn has_ended(&self, id: OrganisationId) -> bool {
        self.ended.contains(&id)
    }

    /// The organisation with an id.
    #[must_use]
    pub fn find(&self, id: OrganisationId) -> Option<&OrganisationEntry> {
        self.entries.get(&id)
    }

    /// The organisation with a key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&OrganisationEntry> {
        self.keys.get(key).and_then(|id| self.entries.get(id))
    }

    /// All of them, in no order.
    pub fn entries(&self) -> impl Iterator<Item = &OrganisationEntry> {
        self.entries.values()
    }

    /// The one that stands at the top: the city.
    #[must_use]
    pub fn root(&self) -> Option<&OrganisationEntry> {
        self.entries.values().find(|entry| entry.parent.is_none())
    }
}

/// Answered by `accounts`.
#[async_trait]
pub trait Organisations: Send + Sync {
    /// All organisations as the snapshot has them.
    ///
    /// # Errors
    /// When the database fails.
    async fn list(&self, on: &Snapshot) -> Result<Arc<OrganisationList>>;
}

/// Dropped when any organisation changes.
pub const ORGANISATIONS_TAG: &str = "organisations";
