//! Whom the provider means, and what their groups give.

use std::collections::BTreeMap;

use serde_json::json;
use torg_db::WriteContext;
use torg_kernel::{
    Actor, AuthorityId, GrantId, OrganisationId, PersonId, Result, RoleId, civil_date, secret_hex,
    squeeze,
};
use torg_log::NewEvent;

use super::exchange::Who;
use super::{ProviderRefusal, Stop, Tried};
use crate::model::{self, Grant, LogInMethod, Person};
use crate::service::entry::{self, Entry, Opened};
use crate::service::grants::{end_grant, give_grant};
use crate::service::people::{checked_email, person_by_email};
use crate::service::{Accounts, Pen, person_event};
use crate::settings::ProviderSettings;
use crate::store;

/// A role for an organisation, as a group gives it.
type Given = BTreeMap<(RoleId, OrganisationId), (String, Option<AuthorityId>)>;

impl Accounts {
    /// Finds or makes the person, gives and takes what the groups say, and opens a session.
    pub(super) async fn enter(
        &self,
        settings: ProviderSettings,
        who: Who,
        entry: Entry,
    ) -> Tried<Opened> {
        let accounts = self.clone();
        let opened = self
            .0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let pen = accounts.pen(&Actor::system("identity_provider"));
                    let given = rules(context, &settings, &who).await?;
                    let found = find_or_add(context, &pen, &settings.issuer, &who, &given).await;
                    let person = match found {
                        Ok(person) => person,
                        Err(Stop::Refused(why)) => return Ok(Err(why)),
                        Err(Stop::Problem(problem)) => return Err(problem),
                    };
                    synchronise(context, &pen, &settings.issuer, person, given).await?;
                    let pen = accounts.pen(&model::own(person));
                    let way = (secret_hex(&*accounts.0.ids), LogInMethod::Provider);
                    let numbers = &accounts.0.settings;
                    let opened = entry::open(context, &pen, numbers, &entry, person, way).await?;
                    Ok(Ok(opened))
                })
            })
            .await?;
        opened.map_err(Stop::from)
    }

    /// The grants of a person that come from groups at the identity provider.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn grants_from_provider(&self, person: PersonId) -> Result<Vec<GrantId>> {
        let snapshot = self.0.database.snapshot().await?;
        let marked = store::provider::marked(&*snapshot, person).await?;
        snapshot.end().await?;
        Ok(marked)
    }
}

impl Accounts {
    /// Parts an account from its identities at the provider: the next log-in there with the same
    /// verified e-mail is joined to it. Returns how many there were.
    ///
    /// # Errors
    /// [`torg_kernel::Problem::Invalid`] for an unknown person.
    pub async fn unlink_identities(&self, actor: &Actor, email: &str) -> Result<u64> {
        let (pen, email) = (self.pen(actor), email.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let person = person_by_email(&**context, &email).await?.id;
                    let gone = store::provider::delete_identities(&**context, person).await?;
                    if gone > 0 {
                        let event = NewEvent {
                            before: Some(json!({"identities": gone}).to_string()),
                            ..person_event("person.identity_unlinked", person)
                        };
                        pen.note(context, event).await?;
                    }
                    Ok(gone)
                })
            })
            .await
    }
}

/// What somebody's groups give. A rule whose role or organisation is not there gives nothing and is
/// told to the operator: a log-in does not fail for a slip in a file.
async fn rules(context: &WriteContext, settings: &ProviderSettings, who: &Who) -> Result<Given> {
    let roles = store::role::list(&**context).await?;
    let tree = store::organisation::load_tree(&**context).await?;
    let mut given = Given::new();
    let own = settings
        .groups
        .iter()
        .filter(|rule| who.groups.contains(&rule.group));
    for rule in own {
        let role = roles.iter().find(|role| role.key == rule.role);
        let organisation = tree
            .find_by_key(&rule.organisation)
            .filter(|organisation| organisation.ended_at.is_none());
        let (Some(role), Some(organisation)) = (role, organisation) else {
            let (role, organisation) = (&rule.role, &rule.organisation);
            tracing::error!(role, organisation, "a group's rule names what is not there");
            continue;
        };
        given
            .entry((role.id, organisation.id))
            .or_insert_with(|| (rule.group.clone(), organisation.authority));
    }
    Ok(given)
}

/// By identity first, then by verified e-mail. Whoever is in no group that gives a role, and whom
/// nobody has made an account for, gets none.
async fn find_or_add(
    context: &WriteContext,
    pen: &Pen,
    issuer: &str,
    who: &Who,
    given: &Given,
) -> Tried<PersonId> {
    let known = store::provider::find_person(&**context, issuer, &who.subject).await;
    if let Some(person) = known.map_err(problem)? {
        let stored = store::person::find(&**context, person).await;
        let stored = stored.map_err(problem)?.ok_or(ProviderRefusal::Closed)?;
        return open_only(&stored.person);
    }
    let email = who.email.as_deref().and_then(|it| checked_email(it).ok());
    let email = email.ok_or(ProviderRefusal::NoVerifiedEmail)?;
    let stored = store::person::find_by_email(&**context, &email).await;
    let person = match stored.map_err(problem)? {
        Some(stored) => {
            let person = open_only(&stored.person)?;
            let linked = store::provider::is_linked(&**context, issuer, person).await;
            // An address that was somebody's before: their account is not the newcomer's.
            if linked.map_err(problem)? {
                return Err(ProviderRefusal::EmailTaken.into());
            }
            person
        }
        None if given.is_empty() => return Err(ProviderRefusal::NoAccess.into()),
        None => add(context, pen, email, who).await?,
    };
    link(context, pen, issuer, who, person).await?;
    Ok(person)
}

fn problem(error: torg_db::DbErr) -> Stop {
    Stop::Problem(error.into())
}

fn open_only(person: &Person) -> Tried<PersonId> {
    match person.disabled_at {
        None => Ok(person.id),
        Some(_) => Err(ProviderRefusal::Closed.into()),
    }
}

async fn add(context: &WriteContext, pen: &Pen, email: String, who: &Who) -> Result<PersonId> {
    let name = squeeze(who.name.as_deref().unwrap_or_default());
    let name: String = name.chars().take(200).collect();
    let person = Person {
        id: PersonId::new(&*pen.ids, pen.now),
        name: if name.is_empty() { email.clone() } else { name },
        email,
        created_at: pen.now,
        disabled_at: None,
        has_password: false,
    };
    store::person::insert(&**context, &person).await?;
    let event = NewEvent {
        after: Some(json!({"email": person.email, "name": person.name}).to_string()),
        ..person_event("person.added", person.id)
    };
    pen.note(context, event).await?;
    Ok(person.id)
}

async fn link(
    context: &WriteContext,
    pen: &Pen,
    issuer: &str,
    who: &Who,
    person: PersonId,
) -> Result<()> {
    store::provider::insert_identity(&**context, issuer, &who.subject, person, pen.now).await?;
    let event = NewEvent {
        after: Some(json!({"issuer": issuer, "subject": who.subject}).to_string()),
        ..person_event("person.identity_linked", person)
    };
    pen.note(context, event).await?;
    Ok(())
}

/// Gives what the groups give now and takes away what they gave before. What somebody in the city
/// granted by hand is not touched, even when a group gives the same.
async fn synchronise(
    context: &WriteContext,
    pen: &Pen,
    issuer: &str,
    person: PersonId,
    mut given: Given,
) -> Result<()> {
    let marked = store::provider::grants_of(&**context, issuer, person).await?;
    let today = civil_date(pen.now);
    let tree = store::organisation::load_tree(&**context).await?;
    for grant in store::role::grants_of(&**context, person).await? {
        let Some((_, group)) = marked.iter().find(|(id, _)| *id == grant.id) else {
            continue;
        };
        let key = (grant.role, grant.organisation);
        if given.get(&key).is_some_and(|(now, _)| now == group) && grant.holds_on(today) {
            given.remove(&key);
        } else {
            end_grant(context, pen, &grant, tree.authority_of(grant.organisation)).await?;
        }
    }
    for ((role, organisation), (group, authority)) in given {
        let grant = Grant {
            id: GrantId::new(&*pen.ids, pen.now),
            person,
            role,
            organisation,
            valid_from: today,
            valid_to: None,
        };
        give_grant(context, pen, &grant, authority).await?;
        store::provider::mark_grant(&**context, grant.id, issuer, &group).await?;
    }
    Ok(())
}
