//! Who did something, and to what.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{OrganisationId, PersonId, RoleId};

/// Who is behind a change or a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who is not logged in.
    Anonymous,
    /// A person with an account, in a role, for an organisation.
    Person {
        /// The person.
        id: PersonId,
        /// The role that gave the permission, where one was needed.
        role: Option<RoleId>,
        /// The organisation the person acted for.
        organisation: Option<OrganisationId>,
        /// The colleague whose role it was, where it was handed over for a time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
    },
    /// The program itself: a job, an import, a command.
    System {
        /// Which part, for example `import` or `job:purge_sessions`.
        name: String,
    },
}

impl Actor {
    /// The program itself, by the name of the part that acts.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self::System {
            name: name.to_owned(),
        }
    }

    /// The person, if it is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The colleague for whom the person acted, if it was for one.
    #[must_use]
    pub const fn on_behalf_of(&self) -> Option<PersonId> {
        match self {
            Self::Person { on_behalf_of, .. } => *on_behalf_of,
            _ => None,
        }
    }
}

/// A thing that events are about: its kind and its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// For example `page`, `unit`, `fact`, `person`.
    pub kind: String,
    /// The thing's own id.
    pub id: Uuid,
}

impl Subject {
    /// A thing of a kind.
    #[must_use]
    pub fn new(kind: &str, id: impl Into<Uuid>) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.into(),
        }
    }
}
