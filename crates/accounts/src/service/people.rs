//! Accounts and passwords. The operator's command line may do everything; a person looks after
//! accounts whose grants all lie where the person manages people.

use std::collections::HashMap;

use futures::future::BoxFuture;
use serde_json::json;
use torg_db::{ConnectionTrait, Snapshot, WriteContext};
use torg_kernel::{
    Actor, FieldError, Message, PersonId, Problem, RequestId, Result, SessionId, squeeze,
};
use torg_log::{NewEvent, write_once};

use super::grants::{GrantEntry, GrantNames};
use super::rights::{Rights, given_by_account, keeping_an_administrator};
use super::{Accounts, Pen, person_event};
use crate::model::Person;
use crate::store;
use crate::{model, password};

/// Somebody who is to have an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// E-mail; letter case does not matter.
    pub email: String,
    /// Name as it is shown.
    pub name: String,
}

/// A person with all grants, past and future ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEntry {
    /// The person.
    pub person: Person,
    /// The grants, the earliest first.
    pub grants: Vec<GrantEntry>,
}

/// E-mail as it is stored: lower case, without spaces around it or control characters, which
/// PostgreSQL would refuse.
pub(super) fn normal_email(text: &str) -> String {
    squeeze(text).to_lowercase()
}

/// An address that can be one: something, an `@`, a domain (RFC 5321, section 4.5.3.1.3 gives 254
/// characters). Whether mail arrives only mail can tell.
pub(super) fn checked_email(text: &str) -> Result<String> {
    let email = normal_email(text);
    let fits = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty()
                && !domain.contains('@')
                && domain.split('.').all(|part| !part.is_empty())
        });
    if fits {
        Ok(email)
    } else {
        Err(Problem::field("email", Message::new("person-email-form")))
    }
}

pub(super) fn unknown(field: &str, key: &'static str, value: &str) -> Problem {
    Problem::field(field, Message::new(key).with("value", value))
}

pub(super) async fn person_by_email<C: ConnectionTrait>(on: &C, email: &str) -> Result<Person> {
    store::person::find_by_email(on, &normal_email(email))
        .await?
        .map(|stored| stored.person)
        .ok_or_else(|| unknown("email", "person-unknown", email))
}

impl Accounts {
    /// Makes an account, without a password and without any grant.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an address or name that is none, or an address that is taken.
    pub async fn add_person(&self, actor: &Actor, new: &NewPerson) -> Result<PersonId> {
        let (pen, new) = (self.pen(actor), checked(new)?);
        self.0
            .database
            .write(move |context| Box::pin(async move { add(context, &pen, &new).await }))
            .await
    }

    /// Makes an account once for each request, however often it is sent.
    ///
    /// # Errors
    /// As [`Accounts::add_person`], and [`Problem::Forbidden`] for whoever manages no people.
    pub async fn add_person_once(
        &self,
        actor: &Actor,
        request: RequestId,
        new: &NewPerson,
    ) -> Result<PersonId> {
        let (pen, new) = (self.pen(actor), checked(new)?);
        let operation = format!("person.new {}", json!([new.email, new.name]));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    Rights::load(&**context, &pen).await?.looks_after(&[])?;
                    let (actor, now) = (pen.actor.clone(), pen.now);
                    let work = || -> BoxFuture<'_, Result<PersonId>> {
                        Box::pin(async move { add(context, &pen, &new).await })
                    };
                    let done = write_once(context, request, &operation, &actor, now, work).await?;
                    Ok(done.answer)
                })
            })
            .await
    }

    /// Changes name and e-mail. Whoever can change the e-mail can take the account over, so only
    /// one who has by themselves all that the account gives may change it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] as for a new account, [`Problem::NotFound`], [`Problem::Forbidden`].
    pub async fn change_person(&self, actor: &Actor, id: PersonId, new: &NewPerson) -> Result<()> {
        let (pen, new) = (self.pen(actor), checked(new)?);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let old = store::person::find(&**context, id).await?;
                    let old = old.ok_or(Problem::NotFound)?.person;
                    let rights = Rights::load(&**context, &pen).await?;
                    let grants = store::role::grants_of(&**context, id).await?;
                    rights.looks_after(&grants)?;
                    if old.email == new.email && old.name == new.name {
                        return Ok(());
                    }
                    if old.email != new.email {
                        let given = given_by_account(&**context, id, pen.now).await?;
                        rights.could_be(&given).map_err(|_| {
                            Problem::field("email", Message::new("person-email-not-yours"))
                        })?;
                        free_email(context, &new.email).await?;
                    }
                    store::person::update_names(&**context, id, &new.email, &new.name).await?;
                    let said = |email: &str, name: &str| json!({"email": email, "name": name});
                    let event = NewEvent {
                        before: Some(said(&old.email, &old.name).to_string()),
                        after: Some(said(&new.email, &new.name).to_string()),
                        ..person_event("person.changed", id)
                    };
                    pen.note(context, event).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Whether a person's account may be taken over by the actor, as with a new password.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] otherwise, [`Problem::NotFound`] for an unknown person.
    pub async fn may_take_over(&self, actor: &Actor, id: PersonId) -> Result<()> {
        let snapshot = self.0.database.snapshot().await?;
        let found = store::person::find(&*snapshot, id).await?;
        found.ok_or(Problem::NotFound)?;
        let given = given_by_account(&*snapshot, id, self.now()).await?;
        let rights = Rights::load(&*snapshot, &self.pen(actor)).await?;
        snapshot.end().await?;
        rights.could_be(&given)
    }

    /// Everybody with an account, by e-mail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_people(&self) -> Result<Vec<PersonEntry>> {
        let snapshot = self.0.database.snapshot().await?;
        let people = store::person::list(&*snapshot).await?;
        let grants = store::role::grants(&*snapshot).await?;
        let named = GrantNames::load(&*snapshot).await?;
        snapshot.end().await?;
        let mut by_person: HashMap<PersonId, Vec<GrantEntry>> = HashMap::new();
        for entry in named.entries(grants.iter()) {
            by_person.entry(entry.grant.person).or_default().push(entry);
        }
        Ok(people
            .into_iter()
            .map(|person| PersonEntry {
                grants: by_person.remove(&person.id).unwrap_or_default(),
                person,
            })
            .collect())
    }

    /// One person with all grants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_person(&self, id: PersonId) -> Result<Option<PersonEntry>> {
        let snapshot = self.0.database.snapshot().await?;
        let Some(stored) = store::person::find(&*snapshot, id).await? else {
            return Ok(None);
        };
        let grants = store::role::grants_of(&*snapshot, id).await?;
        let named = GrantNames::load(&*snapshot).await?;
        snapshot.end().await?;
        Ok(Some(PersonEntry {
            person: stored.person,
            grants: named.entries(grants.iter()),
        }))
    }

    /// The person with an e-mail, with all grants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_person_by_email(&self, email: &str) -> Result<Option<PersonEntry>> {
        let snapshot = self.0.database.snapshot().await?;
        let stored = store::person::find_by_email(&*snapshot, &normal_email(email)).await?;
        snapshot.end().await?;
        match stored {
            Some(stored) => self.find_person(stored.person.id).await,
            None => Ok(None),
        }
    }

    /// What people are called, for a log or a list; unknown ids are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_names(
        &self,
        on: &Snapshot,
        ids: &[PersonId],
    ) -> Result<Vec<(PersonId, String)>> {
        Ok(store::person::names(&**on, ids).await?)
    }

    /// A password made by chance, to be told once and changed by its owner.
    #[must_use]
    pub fn generate_password(&self) -> String {
        password::generate(&*self.0.ids)
    }

    /// Gives a person a new password and ends all the person's log-ins. An account that opens by the
    /// identity provider gets one from the operator only, for the day when the provider is down.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an unknown person or a password that is too short or too long,
    /// [`Problem::Forbidden`] for whoever has less than the person, [`Problem::Conflict`] for an
    /// account that is linked.
    pub async fn set_password(&self, actor: &Actor, email: &str, new: &str) -> Result<()> {
        self.check_password(new, email)?;
        let hash = self.0.passwords.hash(new, &*self.0.ids).await?;
        let (pen, email) = (self.pen(actor), email.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let person = person_by_email(&**context, &email).await?;
                    let given = given_by_account(&**context, person.id, pen.now).await?;
                    Rights::load(&**context, &pen).await?.could_be(&given)?;
                    let is_operator = matches!(pen.actor, Actor::System { .. });
                    if !is_operator && store::provider::has_identity(&**context, person.id).await? {
                        return Err(Problem::Conflict(Message::new("person-password-linked")));
                    }
                    change_password(context, &pen, person.id, &hash, None).await
                })
            })
            .await
    }

    /// Changes one's own password, the old one given; ends all other log-ins of the person.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when the old password is wrong or the new one too short or too long.
    pub async fn change_own_password(
        &self,
        person: PersonId,
        session: SessionId,
        current: &str,
        new: &str,
    ) -> Result<()> {
        let snapshot = self.0.database.snapshot().await?;
        let stored = store::person::find(&*snapshot, person).await?;
        snapshot.end().await?;
        let stored = stored.ok_or(Problem::NotFound)?;
        let old = stored.password_hash;
        if !self.0.passwords.fits(current, old.as_deref()).await? {
            return Err(Problem::field(
                "current",
                Message::new("password-current-wrong"),
            ));
        }
        self.check_password(new, &stored.person.email)?;
        let hash = self.0.passwords.hash(new, &*self.0.ids).await?;
        let pen = self.pen(&model::own(person));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let now = store::person::find(&**context, person).await?;
                    if now.is_none_or(|now| now.password_hash != old) {
                        return Err(Problem::Conflict(Message::new(
                            "password-changed-meanwhile",
                        )));
                    }
                    change_password(context, &pen, person, &hash, Some(session)).await
                })
            })
            .await
    }

    fn check_password(&self, new: &str, email: &str) -> Result<()> {
        let least = self.0.settings.password_min_chars;
        if new.chars().count() < least {
            let message = Message::new("password-too-short").with("least", least);
            return Err(Problem::field("password", message));
        }
        if new.len() > password::LONGEST {
            let message = Message::new("password-too-long").with("most", password::LONGEST);
            return Err(Problem::field("password", message));
        }
        if normal_email(new) == normal_email(email) {
            return Err(Problem::field(
                "password",
                Message::new("password-is-email"),
            ));
        }
        Ok(())
    }

    /// Closes an account and ends its log-ins, or opens it again. The person stays in the log.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an unknown person, [`Problem::Forbidden`] for whoever does not look
    /// after the account, [`Problem::Conflict`] for the city's last administrator.
    pub async fn set_disabled(&self, actor: &Actor, email: &str, disabled: bool) -> Result<()> {
        let (pen, email) = (self.pen(actor), email.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let person = person_by_email(&**context, &email).await?;
                    let grants = store::role::grants_of(&**context, person.id).await?;
                    Rights::load(&**context, &pen).await?.looks_after(&grants)?;
                    if person.disabled_at.is_some() == disabled {
                        return Ok(());
                    }
                    let work = set_disabled(context, &pen, person.id, disabled);
                    keeping_an_administrator(context, &pen, work).await
                })
            })
            .await
    }
}

async fn set_disabled(
    context: &WriteContext,
    pen: &Pen,
    person: PersonId,
    disabled: bool,
) -> Result<()> {
    let at = disabled.then_some(pen.now);
    store::person::update_disabled(&**context, person, at).await?;
    let kind = if disabled {
        store::session::delete_of(&**context, person, None).await?;
        "person.disabled"
    } else {
        "person.enabled"
    };
    pen.note(context, person_event(kind, person)).await?;
    Ok(())
}

/// Name and e-mail as they are stored.
fn checked(new: &NewPerson) -> Result<NewPerson> {
    let name = squeeze(&new.name);
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > 200 {
        errors.push(FieldError {
            field: "name".to_owned(),
            message: Message::new("person-name-length"),
        });
    }
    match checked_email(&new.email) {
        Ok(email) if errors.is_empty() => Ok(NewPerson { email, name }),
        Ok(_) => Err(Problem::Invalid(errors)),
        Err(Problem::Invalid(more)) => {
            Err(Problem::Invalid(more.into_iter().chain(errors).collect()))
        }
        Err(other) => Err(other),
    }
}

async fn free_email(context: &WriteContext, email: &str) -> Result<()> {
    match store::person::find_by_email(&**context, email).await? {
        Some(_) => Err(Problem::field("email", Message::new("person-email-taken"))),
        None => Ok(()),
    }
}

async fn add(context: &WriteContext, pen: &Pen, new: &NewPerson) -> Result<PersonId> {
    free_email(context, &new.email).await?;
    let person = Person {
        id: PersonId::new(&*pen.ids, pen.now),
        email: new.email.clone(),
        name: new.name.clone(),
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

async fn change_password(
    context: &WriteContext,
    pen: &Pen,
    person: PersonId,
    hash: &str,
    keep: Option<SessionId>,
) -> Result<()> {
    store::person::update_password(&**context, person, hash).await?;
    let ended = store::session::delete_of(&**context, person, keep).await?;
    let event = NewEvent {
        after: Some(json!({"sessions_ended": ended}).to_string()),
        ..person_event("person.password_changed", person)
    };
    pen.note(context, event).await?;
    Ok(())
}
