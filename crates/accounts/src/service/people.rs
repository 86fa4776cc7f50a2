//! Accounts, passwords and grants: what `torg user` does. Whether the actor may do it is for the
//! caller to have decided; the command line is the operator's own.

use serde_json::json;
use torg_db::{ConnectionTrait, Snapshot, WriteContext};
use torg_kernel::{Actor, Message, PersonId, Problem, Result, SessionId, squeeze};
use torg_log::NewEvent;

use super::grants::{GrantEntry, GrantNames};
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
fn checked_email(text: &str) -> Result<String> {
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
        let pen = self.pen(actor);
        let name = squeeze(&new.name);
        if name.is_empty() || name.chars().count() > 200 {
            return Err(Problem::field("name", Message::new("person-name-length")));
        }
        let person = Person {
            id: PersonId::new(&*pen.ids, pen.now),
            email: checked_email(&new.email)?,
            name,
            created_at: pen.now,
            disabled_at: None,
            has_password: false,
        };
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let there = store::person::find_by_email(&**context, &person.email).await?;
                    if there.is_some() {
                        return Err(Problem::field("email", Message::new("person-email-taken")));
                    }
                    store::person::insert(&**context, &person).await?;
                    let event = NewEvent {
                        after: Some(
                            json!({"email": person.email, "name": person.name}).to_string(),
                        ),
                        ..person_event("person.added", person.id)
                    };
                    pen.note(context, event).await?;
                    Ok(person.id)
                })
            })
            .await
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
        Ok(people
            .into_iter()
            .map(|person| PersonEntry {
                grants: named.entries(grants.iter().filter(|grant| grant.person == person.id)),
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

    /// Gives a person a new password and ends all the person's log-ins.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an unknown person or a password that is too short or too long.
    pub async fn set_password(&self, actor: &Actor, email: &str, new: &str) -> Result<()> {
        self.check_password(new, email)?;
        let hash = self.0.passwords.hash(new, &*self.0.ids).await?;
        let (pen, email) = (self.pen(actor), email.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let person = person_by_email(&**context, &email).await?;
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
    /// [`Problem::Invalid`] for an unknown person.
    pub async fn set_disabled(&self, actor: &Actor, email: &str, disabled: bool) -> Result<()> {
        let (pen, email) = (self.pen(actor), email.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let person = person_by_email(&**context, &email).await?;
                    if person.disabled_at.is_some() == disabled {
                        return Ok(());
                    }
                    let at = disabled.then_some(pen.now);
                    store::person::update_disabled(&**context, person.id, at).await?;
                    let kind = if disabled {
                        store::session::delete_of(&**context, person.id, None).await?;
                        "person.disabled"
                    } else {
                        "person.enabled"
                    };
                    pen.note(context, person_event(kind, person.id)).await?;
                    Ok(())
                })
            })
            .await
    }
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
