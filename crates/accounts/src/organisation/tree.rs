//! Organisations and the tree they form.

use std::collections::HashMap;

use torg_kernel::{AuthorityId, Locale, OrganisationId, Timestamp};

/// What an organisation is in the city's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganisationKind {
    /// The city itself: one sender, no authority.
    City,
    /// A committee (nämnd): an authority of its own.
    Committee,
    /// A municipal company: an authority of its own.
    Company,
    /// A department (förvaltning, avdelning) within another organisation.
    Department,
    /// A smaller part, down to a single work place.
    Unit,
}

impl OrganisationKind {
    /// All kinds, from the top down.
    pub const ALL: &'static [Self] = &[
        Self::City,
        Self::Committee,
        Self::Company,
        Self::Department,
        Self::Unit,
    ];

    /// The name that is stored and written in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Committee => "committee",
            Self::Company => "company",
            Self::Department => "department",
            Self::Unit => "unit",
        }
    }

    /// The kind with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// Whether it is an authority of its own: controller of personal data, archive, border of
    /// secrecy (kommunallagen 2017:725, chapter 3; offentlighets- och sekretesslagen 2009:400,
    /// chapter 2, section 3 for companies and chapter 8, section 1 for the border).
    #[must_use]
    pub const fn is_authority(self) -> bool {
        matches!(self, Self::Committee | Self::Company)
    }

    /// Whether it may lie directly under the other. Companies may own companies.
    #[must_use]
    pub const fn fits_under(self, parent: Self) -> bool {
        match self {
            Self::City => false,
            Self::Committee => matches!(parent, Self::City),
            Self::Company => matches!(parent, Self::City | Self::Company),
            Self::Department => !matches!(parent, Self::Unit),
            Self::Unit => true,
        }
    }
}

/// A part of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its short name in addresses and files.
    pub key: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// What it belongs to; nothing for the city.
    pub parent: Option<OrganisationId>,
    /// The authority it is or belongs to; nothing for the city and what lies directly under it.
    pub authority: Option<AuthorityId>,
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English; empty where there is none.
    pub name_en: String,
    /// Since when it is no more; what it owns stays until it is handed over.
    pub ended_at: Option<Timestamp>,
}

impl Organisation {
    /// The name in a language: English where there is one and Swedish is not asked for.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::SV || self.name_en.is_empty() {
            &self.name_sv
        } else {
            &self.name_en
        }
    }
}

/// All organisations at one moment.
#[derive(Debug, Default)]
pub struct OrganisationTree {
    organisations: HashMap<OrganisationId, Organisation>,
    keys: HashMap<String, OrganisationId>,
    children: HashMap<Option<OrganisationId>, Vec<OrganisationId>>,
}

impl OrganisationTree {
    /// A tree of organisations that are already in the order in which siblings are shown.
    #[must_use]
    pub fn new(sorted: Vec<Organisation>) -> Self {
        let mut tree = Self::default();
        for organisation in sorted {
            tree.keys.insert(organisation.key.clone(), organisation.id);
            tree.children
                .entry(organisation.parent)
                .or_default()
                .push(organisation.id);
            tree.organisations.insert(organisation.id, organisation);
        }
        tree
    }

    /// One organisation.
    #[must_use]
    pub fn find(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// One organisation by its key.
    #[must_use]
    pub fn find_by_key(&self, key: &str) -> Option<&Organisation> {
        self.keys.get(key).and_then(|id| self.find(*id))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.organisations.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.organisations.is_empty()
    }

    /// The city itself.
    #[must_use]
    pub fn root(&self) -> Option<&Organisation> {
        self.children(None).next()
    }

    /// What lies directly under one, or the city for `None`, in the order in which it is shown.
    pub fn children(&self, of: Option<OrganisationId>) -> impl Iterator<Item = &Organisation> {
        self.children
            .get(&of)
            .into_iter()
            .flatten()
            .filter_map(|id| self.find(*id))
    }

    /// What an organisation belongs to, nearest first, up to the city. Empty for an unknown one.
    #[must_use]
    pub fn ancestors(&self, id: OrganisationId) -> Vec<&Organisation> {
        let mut found = Vec::new();
        let mut next = self.find(id).and_then(|organisation| organisation.parent);
        // No longer chain than there are organisations: a circle would have to be made by hand.
        while let Some(parent) = next.and_then(|id| self.find(id)) {
            if found.len() >= self.len() {
                break;
            }
            found.push(parent);
            next = parent.parent;
        }
        found
    }

    /// All that lies under an organisation, itself left out, each before what lies under it.
    #[must_use]
    pub fn descendants(&self, id: OrganisationId) -> Vec<&Organisation> {
        let mut found = Vec::new();
        self.collect(Some(id), &mut found);
        found
    }

    /// All organisations, each before what lies under it.
    #[must_use]
    pub fn list(&self) -> Vec<&Organisation> {
        let mut found = Vec::new();
        self.collect(None, &mut found);
        found
    }

    fn collect<'a>(&'a self, of: Option<OrganisationId>, found: &mut Vec<&'a Organisation>) {
        for child in self.children(of) {
            found.push(child);
            self.collect(Some(child.id), found);
        }
    }

    /// The authority to which an organisation belongs.
    #[must_use]
    pub fn authority_of(&self, id: OrganisationId) -> Option<AuthorityId> {
        self.find(id)
            .and_then(|organisation| organisation.authority)
    }

    /// The name in a language, for an organisation that is there.
    #[must_use]
    pub fn name(&self, id: OrganisationId, locale: Locale) -> Option<&str> {
        self.find(id).map(|organisation| organisation.name(locale))
    }
}
