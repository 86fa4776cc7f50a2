//! What was done about a person, a role or an organisation: the log's events, and for roles and
//! organisations the grants too, which the log keeps with the person.

use std::collections::HashMap;

use serde_json::Value;
use torg_db::Snapshot;
use torg_kernel::{Actor, OrganisationId, PersonId, Result, RoleId, Subject, Timestamp};
use torg_log::{LogEvent, PayloadClass, PayloadState, history};

use super::Accounts;
use super::grants::GrantNames;
use crate::model::Role;
use crate::organisation::OrganisationTree;
use crate::store;
use crate::store::role::GrantRecord;

/// The most entries that are shown of one thing.
const ENTRIES: usize = 100;

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HistoryEntry {
    pub at: Timestamp,
    pub actor: Actor,
    /// As in the log, for example `person.role_granted`.
    pub kind: String,
    /// Whose grant it is, where the history is not the person's own.
    pub person: Option<PersonId>,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// Changes, the latest first, with the names of all in them.
pub(crate) struct History {
    pub entries: Vec<HistoryEntry>,
    pub people: HashMap<PersonId, String>,
    pub roles: Vec<Role>,
    pub tree: OrganisationTree,
}

/// Log-ins are the person's own affair and belong to no permission.
fn is_about_permissions(kind: &str) -> bool {
    !matches!(
        kind,
        "person.logged_in"
            | "person.logged_out"
            | "person.log_in_failed"
            | "person.session_ended"
            | "person.factor_wrong"
    )
}

fn entry(event: LogEvent) -> Option<HistoryEntry> {
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let (before, after) = match event.payload {
        PayloadState::Whole { before, after } => (read(before), read(after)),
        PayloadState::Weeded { .. } | PayloadState::Withheld => (None, None),
    };
    is_about_permissions(&event.kind).then_some(HistoryEntry {
        at: event.at,
        actor: event.actor,
        kind: event.kind,
        person: None,
        before,
        after,
    })
}

/// What the rows say of grants given and ended.
fn of_grants(records: Vec<GrantRecord>) -> Result<Vec<HistoryEntry>> {
    let mut entries = Vec::new();
    for record in records {
        let said = serde_json::to_value(&record.grant)?;
        let by = |person: Option<PersonId>| match person {
            Some(person) => crate::model::own(person),
            None => Actor::system(""),
        };
        if let Some(at) = record.granted_at {
            entries.push(HistoryEntry {
                at,
                actor: by(record.granted_by),
                kind: "person.role_granted".to_owned(),
                person: Some(record.grant.person),
                before: None,
                after: Some(said.clone()),
            });
        }
        if let Some(at) = record.ended_at {
            entries.push(HistoryEntry {
                at,
                actor: by(record.ended_by),
                kind: "person.role_revoked".to_owned(),
                person: Some(record.grant.person),
                before: Some(said),
                after: None,
            });
        }
    }
    Ok(entries)
}

async fn put_together(
    on: &Snapshot,
    subject: Subject,
    records: Vec<GrantRecord>,
) -> Result<History> {
    let classes = [PayloadClass::Public, PayloadClass::Internal];
    let events = history(&**on, &subject, &classes, 1_000).await?;
    let mut entries: Vec<HistoryEntry> = events.into_iter().filter_map(entry).collect();
    entries.extend(of_grants(records)?);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries.truncate(ENTRIES);
    let mut people: Vec<PersonId> = entries
        .iter()
        .flat_map(|entry| {
            let handed = [&entry.before, &entry.after].into_iter().flatten();
            let mut named: Vec<PersonId> = handed
                .flat_map(|said| [said.get("giver"), said.get("taker")])
                .flatten()
                .filter_map(|id| id.as_str()?.parse().ok())
                .collect();
            named.extend(entry.person);
            named.extend(entry.actor.person());
            named.extend(entry.actor.on_behalf_of());
            named
        })
        .collect();
    people.sort_unstable();
    people.dedup();
    let names = GrantNames::load(&**on).await?;
    Ok(History {
        entries,
        people: store::person::names(&**on, &people)
            .await?
            .into_iter()
            .collect(),
        roles: names.roles,
        tree: names.tree,
    })
}

impl Accounts {
    /// What was done about a person's account and roles.
    pub(crate) async fn history_of_person(&self, id: PersonId) -> Result<History> {
        let snapshot = self.0.database.snapshot().await?;
        let found = put_together(&snapshot, Subject::new("person", id), Vec::new()).await?;
        snapshot.end().await?;
        Ok(found)
    }

    /// What was done about a role, and to whom it was given.
    pub(crate) async fn history_of_role(&self, id: RoleId) -> Result<History> {
        let snapshot = self.0.database.snapshot().await?;
        let records = store::role::records_of_role(&*snapshot, id).await?;
        let found = put_together(&snapshot, Subject::new("role", id), records).await?;
        snapshot.end().await?;
        Ok(found)
    }

    /// What was done about an organisation, and who got roles for it.
    pub(crate) async fn history_of_organisation(&self, id: OrganisationId) -> Result<History> {
        let snapshot = self.0.database.snapshot().await?;
        let records = store::role::records_of_organisation(&*snapshot, id).await?;
        let found = put_together(&snapshot, Subject::new("organisation", id), records).await?;
        snapshot.end().await?;
        Ok(found)
    }

    /// All that was ever granted to a person, with who gave and ended it, by first day.
    pub(crate) async fn records_of(&self, id: PersonId) -> Result<Vec<GrantRecord>> {
        let snapshot = self.0.database.snapshot().await?;
        let records = store::role::records_of_person(&*snapshot, id).await?;
        snapshot.end().await?;
        Ok(records)
    }
}
