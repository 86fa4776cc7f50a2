//! What the desk knows of a text beside what it says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{ContentId, FieldError, Locale, OrganisationId, PersonId, Timestamp};
use torg_revision::{Conflict, Draft};
use uuid::Uuid;

use crate::model::{Away, PageKind};

/// Where a text stands on its way to the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeskState {
    /// Somebody writes.
    Draft,
    /// Handed on, to be looked at.
    InReview,
    /// To be published at a time.
    Scheduled,
    /// Public, and nobody writes on it.
    Published,
    /// Taken away from the public.
    Unpublished,
    /// Kept for what it once said.
    Archived,
}

impl DeskState {
    /// Every state, in the order of the way.
    pub(crate) const ALL: [Self; 6] = [
        Self::Draft,
        Self::InReview,
        Self::Scheduled,
        Self::Published,
        Self::Unpublished,
        Self::Archived,
    ];

    /// The name that is sent and stands in addresses.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Unpublished => "unpublished",
            Self::Archived => "archived",
        }
    }

    /// The state with a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// There is none: nothing was changed since the text became what it publicly is.
    Closed,
    /// It is being written.
    Writing,
    /// It was handed on.
    InReview,
}

impl Stage {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Writing => "draft",
            Self::InReview => "in_review",
        }
    }

    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "draft" => Self::Writing,
            "in_review" => Self::InReview,
            _ => Self::Closed,
        }
    }
}

/// What is known of a content and its draft before either's text is read.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub content: ContentId,
    pub organisation: OrganisationId,
    pub kind: PageKind,
    pub locale: Locale,
    pub public_version: i64,
    pub published: bool,
    pub away: Option<Away>,
    /// Counts drafts that were published or thrown away.
    pub generation: i64,
    pub stage: Stage,
    /// 1 while there is no draft.
    pub revision: i64,
    pub order: String,
    /// The public version that the draft was made from.
    pub base_version: i64,
    /// What was said when it was handed on or back.
    pub note: String,
    pub approved_revision: Option<i64>,
    /// Who changed it last.
    pub person: Option<PersonId>,
    pub updated_at: Timestamp,
    /// How many conflicts are open.
    pub conflicts: i64,
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// How much is planned for it.
    pub plans: i64,
}

impl Head {
    /// Whether there is a draft.
    pub(crate) fn has_draft(&self) -> bool {
        self.stage != Stage::Closed
    }

    /// Names this draft among all drafts of the content: what a client knows of another is of no
    /// use to it.
    pub(crate) fn generation_name(&self) -> String {
        let base = if self.has_draft() {
            self.base_version
        } else {
            self.public_version
        };
        format!("{}.{base}", self.generation)
    }

    /// Whether somebody has said that the present text is good.
    pub(crate) fn is_approved(&self) -> bool {
        self.approved_revision == Some(self.revision)
    }

    pub(crate) fn state(&self) -> DeskState {
        match (self.away, self.stage) {
            (Some(Away::Archived), _) => DeskState::Archived,
            _ if self.publish_at.is_some() => DeskState::Scheduled,
            (_, Stage::InReview) => DeskState::InReview,
            (_, Stage::Writing) | (Some(Away::New), Stage::Closed) => DeskState::Draft,
            (None, Stage::Closed) if self.published => DeskState::Published,
            (None, Stage::Closed) => DeskState::Unpublished,
        }
    }
}

/// A draft with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Working {
    pub head: Head,
    pub draft: Draft,
    pub conflicts: Vec<Kept>,
}

/// A conflict with who wrote what did not win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub conflict: Conflict,
    pub person: String,
    pub at: Timestamp,
}

/// What was written in a draft and no text holds: it is kept beside the version that is made of the
/// draft, so that nobody's words end with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rest {
    /// Fields that are half written or wrong, as they were written.
    pub fields: BTreeMap<String, String>,
    /// Texts for one place between which nobody has chosen.
    pub conflicts: Vec<Kept>,
}

impl Rest {
    /// What of a draft is lost in the text that is made of it; `errors` are what is wrong with that.
    /// None when nothing is.
    pub(crate) fn of(working: &Working, errors: &[FieldError]) -> Option<Self> {
        let written = |error: &FieldError| {
            let text = working.draft.field(&error.field);
            (error.field.clone(), text.to_owned())
        };
        let rest = Self {
            fields: errors.iter().map(written).collect(),
            conflicts: working.conflicts.clone(),
        };
        (rest != Self::default()).then_some(rest)
    }
}

/// Somebody who has the text open.
#[derive(Debug, Clone)]
pub(crate) struct Present {
    pub client: String,
    pub person: String,
    pub part: Option<String>,
    pub seen_at: Timestamp,
}

/// Why a text was kept as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Submitted,
    Approved,
    Named,
    Scheduled,
    Published,
    Unpublished,
    Discarded,
}

impl Reason {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Named => "named",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Unpublished => "unpublished",
            Self::Discarded => "discarded",
        }
    }
}

/// A text as it was when it was handed on, named or published.
#[derive(Debug, Clone)]
pub(crate) struct SavedVersion {
    pub id: Uuid,
    pub content: ContentId,
    /// `submitted`, `approved`, `named`, `scheduled`, `published`, `unpublished` or `discarded`.
    pub reason: String,
    pub name: String,
    pub person: Option<PersonId>,
    pub made_at: Timestamp,
    /// What was written besides.
    pub rest: Rest,
}

/// What the clock is to do with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Publish,
    Unpublish,
}

impl Deed {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Unpublish => "unpublish",
        }
    }
}

/// Something that is to be done at a time.
#[derive(Debug, Clone)]
pub(crate) struct Scheduled {
    pub content: ContentId,
    pub deed: Deed,
    pub at: Timestamp,
    /// As it was written, by the city's clock.
    pub local: String,
    /// The text that is to be published.
    pub saved: Option<Uuid>,
    /// The revision of the draft that it was taken from.
    pub revision: i64,
    pub person: Option<PersonId>,
    /// Why it could not be done, as the key of a sentence.
    pub failure: Option<String>,
    /// How often the program itself failed at it.
    pub tries: i64,
}
