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
use super::linking::{Identity, join, link_new};
use super::{ProviderRefusal, Stop, Tried};
use crate::model::{self, Grant, LogInMethod, Person};
use crate::roles::ADMINISTRATOR;
use crate::service::entry::{self, Entry, Opened};
use crate::service::grants::{end_grant, give_grant};
use crate::service::people::checked_email;
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
    let subject = who.subject.as_str();
    let identity = Identity { issuer, subject };
    match stored.map_err(problem)? {
        Some(stored) => {
            let person = open_only(&stored.person)?;
            let linked = store::provider::is_linked(&**context, issuer, person).await;
            // An address that was somebody's before: their account is not the newcomer's.
            if linked.map_err(problem)? {
                return Err(ProviderRefusal::EmailTaken.into());
            }
            join(context, pen, identity, person).await?;
            Ok(person)
        }
        None if given.is_empty() => Err(ProviderRefusal::NoAccess.into()),
        None => {
            let person = add(context, pen, email, who).await?;
            link_new(context, pen, identity, person).await?;
            Ok(person)
        }
    }
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

/// Whether the city would be without an administrator if this ended: a slip in a group elsewhere
/// must not lock everybody out. Somebody else is made one first, then the next log-in ends it.
async fn is_last_administration(context: &WriteContext, pen: &Pen, grant: &Grant) -> Result<bool> {
    let day = civil_date(pen.now);
    let on = &**context;
    let now = store::role::count_administrators(on, ADMINISTRATOR, day).await?;
    let without =
        store::role::count_administrators_without(on, ADMINISTRATOR, day, grant.id).await?;
    Ok(now > 0 && without == 0)
}

/// Gives what the groups give now and takes away what they gave before. What somebody in the city
/// granted by hand is not touched, even when a group gives the same; the last administrator stays.
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
            let authority = tree.authority_of(grant.organisation);
            if is_last_administration(context, pen, &grant).await? {
                tracing::warn!(%person, group, "the last administrator left a group and stays one");
                continue;
            }
            end_grant(context, pen, &grant, authority).await?;
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
