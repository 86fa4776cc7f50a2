//! What an event is.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_kernel::{Actor, AuthorityId, OrganisationId, PersonId, RoleId, Subject, Timestamp};

/// Who may read a payload. Consumers subscribe by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadClass {
    /// What is or was public anyway.
    Public,
    /// For the city's own staff.
    Internal,
    /// Under secrecy, or about a person.
    Secret,
}

impl PayloadClass {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Secret => "secret",
        }
    }

    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "public" => Self::Public,
            "internal" => Self::Internal,
            // What is not understood is treated as the most closed.
            _ => Self::Secret,
        }
    }
}

/// What is left of an event's before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayloadState {
    /// As it was written.
    Whole {
        /// The thing before, as JSON; `None` when it was made.
        before: Option<String>,
        /// The thing after, as JSON; `None` when it was taken away.
        after: Option<String>,
    },
    /// Weeded by the event at this position.
    Weeded {
        /// Position of the weeding event, which holds the number of the decision.
        by: i64,
    },
    /// Of a class that the reader did not ask for, or not asked for at all.
    Withheld,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Place in the order of commits, from 1 without gaps.
    pub position: i64,
    /// When it was written.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Which authority it belongs to.
    pub authority: Option<AuthorityId>,
    /// What happened, for example `page.published`.
    pub kind: String,
    /// To what.
    pub subject: Subject,
    /// Names of the views that the change makes stale.
    pub tags: Vec<String>,
    /// Who may read the payload.
    pub class: PayloadClass,
    /// Before and after.
    pub payload: PayloadState,
    pub(crate) digest: Vec<u8>,
    pub(crate) chain: Vec<u8>,
}

/// SHA-256 over length-prefixed parts, so that no two different sequences of parts hash alike.
pub(crate) fn hash(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// Digest of a payload: salted, so that it tells nothing once the salt is gone.
pub(crate) fn payload_digest(salt: &[u8], before: Option<&str>, after: Option<&str>) -> Vec<u8> {
    let mark = |text: Option<&str>| [u8::from(text.is_some())];
    hash(&[
        salt,
        &mark(before),
        before.unwrap_or_default().as_bytes(),
        &mark(after),
        after.unwrap_or_default().as_bytes(),
    ])
}

impl LogEvent {
    /// The link of the chain: hash over the link before and all that the event's row says.
    pub(crate) fn link(&self, before: &[u8]) -> Vec<u8> {
        let uuid = |id: Option<uuid::Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let row = EventRow::actor_columns(&self.actor);
        let position = self.position.to_be_bytes();
        let at = self.at.micros().to_be_bytes();
        let (actor, role) = (uuid(row.1), uuid(row.3));
        let organisation = uuid(self.organisation.map(Into::into));
        let authority = uuid(self.authority.map(Into::into));
        let tags = self.tags.join(" ");
        let mut parts: Vec<&[u8]> = vec![
            before,
            &position,
            &at,
            row.0.as_bytes(),
            &actor,
            row.2.unwrap_or_default().as_bytes(),
            &role,
            &organisation,
            &authority,
            self.kind.as_bytes(),
            self.subject.kind.as_bytes(),
            self.subject.id.as_bytes(),
            tags.as_bytes(),
            self.class.as_str().as_bytes(),
            &self.digest,
        ];
        // A part more where somebody acted for a colleague: other links stay what they were before
        // there was such a thing, and the count of parts cannot be mistaken, each having its length.
        let colleague = uuid(row.4);
        if row.4.is_some() {
            parts.push(&colleague);
        }
        hash(&parts)
    }
}

/// The row as it lies in the table, with the payload's columns where they were asked for.
#[derive(Debug, sea_orm::FromQueryResult)]
pub(crate) struct EventRow {
    position: i64,
    at: i64,
    actor_kind: String,
    actor_id: Option<uuid::Uuid>,
    actor_name: Option<String>,
    role_id: Option<uuid::Uuid>,
    on_behalf_of: Option<uuid::Uuid>,
    organisation_id: Option<uuid::Uuid>,
    authority_id: Option<uuid::Uuid>,
    kind: String,
    subject_kind: String,
    subject_id: uuid::Uuid,
    tags: String,
    class: String,
    digest: Vec<u8>,
    chain: Vec<u8>,
}

/// Columns of the table, for `SELECT`.
pub(crate) const EVENT_COLUMNS: &str = "position, at, actor_kind, actor_id, actor_name, role_id, \
    on_behalf_of, organisation_id, authority_id, kind, subject_kind, subject_id, tags, class, digest, chain";

impl EventRow {
    /// How an actor is stored: kind, id, name, role, on whose behalf.
    pub(crate) fn actor_columns(
        actor: &Actor,
    ) -> (
        &'static str,
        Option<uuid::Uuid>,
        Option<&str>,
        Option<uuid::Uuid>,
        Option<uuid::Uuid>,
    ) {
        match actor {
            Actor::Anonymous => ("anonymous", None, None, None, None),
            Actor::Person {
                id,
                role,
                on_behalf_of,
                ..
            } => (
                "person",
                Some(id.0),
                None,
                role.map(|role| role.0),
                on_behalf_of.map(|person| person.0),
            ),
            Actor::System { name } => ("system", None, Some(name), None, None),
        }
    }

    pub(crate) fn into_event(self) -> LogEvent {
        let organisation = self.organisation_id.map(OrganisationId);
        let actor = match (self.actor_kind.as_str(), self.actor_id) {
            ("person", Some(id)) => Actor::Person {
                id: PersonId(id),
                role: self.role_id.map(RoleId),
                organisation,
                on_behalf_of: self.on_behalf_of.map(PersonId),
            },
            ("system", _) => Actor::System {
                name: self.actor_name.unwrap_or_default(),
            },
            _ => Actor::Anonymous,
        };
        LogEvent {
            position: self.position,
            at: Timestamp::from_micros(self.at),
            actor,
            organisation,
            authority: self.authority_id.map(AuthorityId),
            kind: self.kind,
            subject: Subject {
                kind: self.subject_kind,
                id: self.subject_id,
            },
            tags: self
                .tags
                .split(' ')
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            class: PayloadClass::parse(&self.class),
            payload: PayloadState::Withheld,
            digest: self.digest,
            chain: self.chain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_before_from_after_and_none_from_empty() {
        let digests = [
            payload_digest(b"s", Some("a"), None),
            payload_digest(b"s", None, Some("a")),
            payload_digest(b"s", Some(""), Some("a")),
            payload_digest(b"t", Some("a"), None),
        ];
        for (i, one) in digests.iter().enumerate() {
            for other in &digests[i + 1..] {
                assert_ne!(one, other);
            }
        }
    }
}
