//! Second factors: what a person has, and how it comes and goes. What is asked of them at log-in
//! is in [`answer`].

mod answer;
mod app;
mod passkeys;
mod recovery;

use jiff::civil::Date;
use serde_json::json;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    Actor, Message, PersonId, Problem, Result, SessionId, Subject, Timestamp, civil_date,
};
use torg_log::NewEvent;
use uuid::Uuid;
use webauthn_rs::{Webauthn, WebauthnBuilder};

pub use answer::{Asked, SecondFactorOutcome};

use super::people::person_by_email;
use super::rights::{Rights, given_by_account};
use super::{Accounts, Pen, person_event};
use crate::SecondFactorRule;
use crate::model::{AccountSettings, Grant, LogInMethod, Role, Session};
use crate::store;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyEntry {
    /// Its id here.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last opened the door.
    pub last_used_at: Option<Timestamp>,
}

/// What somebody has beside a password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factors {
    /// Since when there is a code app that works.
    pub app_since: Option<Timestamp>,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<PasskeyEntry>,
    /// Recovery codes that are not used.
    pub recovery_left: i64,
    /// Whether the person's roles demand a second factor.
    pub demanded: bool,
    /// Whether one can be added.
    pub can_add: bool,
    /// Whether passkeys can be added: they need a host name and HTTPS.
    pub can_add_passkey: bool,
}

impl Factors {
    /// Whether there is any.
    #[must_use]
    pub fn any(&self) -> bool {
        self.app_since.is_some() || !self.passkeys.is_empty()
    }
}

/// The maker and checker of passkeys for the address of this site; nothing where browsers allow
/// none: without HTTPS but on `localhost`, and for bare IP addresses.
pub(super) fn webauthn(settings: &AccountSettings) -> Option<Webauthn> {
    let origin = url::Url::parse(&settings.base_url).ok()?;
    let url::Host::Domain(host) = origin.host()? else {
        return None;
    };
    if origin.scheme() != "https" && host != "localhost" {
        return None;
    }
    let built = WebauthnBuilder::new(host, &origin).map(|new| new.rp_name(&settings.city));
    match built.and_then(WebauthnBuilder::build) {
        Ok(webauthn) => Some(webauthn),
        Err(error) => {
            tracing::error!(%error, base_url = settings.base_url, "passkeys cannot be used");
            None
        }
    }
}

/// Whether grants that hold on a day give roles that demand a second factor.
fn demands(settings: &AccountSettings, grants: &[Grant], roles: &[Role], day: Date) -> bool {
    grants.iter().any(|grant| {
        grant.holds_on(day)
            && roles
                .iter()
                .any(|role| role.id == grant.role && settings.demands_factor(&role.key))
    })
}

impl Accounts {
    /// What a person has beside the password, and what is asked of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn factors(&self, person: PersonId) -> Result<Factors> {
        let snapshot = self.0.database.snapshot().await?;
        let on = &*snapshot;
        let app = store::second_factor::find_app(on, person).await?;
        let passkeys = store::passkey::list_of(on, person).await?;
        let recovery_left = store::second_factor::recovery_codes_left(on, person).await?;
        let demanded = self.is_demanded(on, person).await?;
        snapshot.end().await?;
        let can_add = self.0.settings.second_factor != SecondFactorRule::Off;
        Ok(Factors {
            app_since: app
                .and_then(|app| app.confirmed_at)
                .map(Timestamp::from_micros),
            passkeys: passkeys
                .into_iter()
                .map(|own| PasskeyEntry {
                    id: own.id,
                    name: own.name,
                    created_at: Timestamp::from_micros(own.created_at),
                    last_used_at: own.last_used_at.map(Timestamp::from_micros),
                })
                .collect(),
            recovery_left,
            demanded,
            can_add,
            can_add_passkey: can_add && self.0.webauthn.is_some(),
        })
    }

    async fn is_demanded<C: ConnectionTrait>(&self, on: &C, person: PersonId) -> Result<bool> {
        if self.0.settings.second_factor != SecondFactorRule::Required {
            return Ok(false);
        }
        let grants = store::role::grants_of(on, person).await?;
        let roles = store::role::list(on).await?;
        let day = civil_date(self.now());
        Ok(demands(&self.0.settings, &grants, &roles, day))
    }

    /// Whether a log-in lacks the second factor that the person's roles demand, so that those roles
    /// give nothing in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lacks_factor(&self, person: PersonId, session: SessionId) -> Result<bool> {
        if self.0.settings.second_factor != SecondFactorRule::Required {
            return Ok(false);
        }
        let snapshot = self.0.database.snapshot().await?;
        let found = store::session::find(&*snapshot, session).await?;
        let weak = found.is_some_and(|session| !session.method.is_strong());
        let lacks = weak && self.is_demanded(&*snapshot, person).await?;
        snapshot.end().await?;
        Ok(lacks)
    }

    /// The grants that give something in a session: without a second factor, only those of roles
    /// that do not demand one.
    pub(super) fn grants_in(
        &self,
        session: &Session,
        mut grants: Vec<Grant>,
        roles: &[Role],
    ) -> Vec<Grant> {
        grants.retain(|grant| self.holds_in(session, grant, roles));
        grants
    }

    /// Whether a grant gives something in a session.
    pub(super) fn holds_in(&self, session: &Session, grant: &Grant, roles: &[Role]) -> bool {
        session.method.is_strong()
            || !roles
                .iter()
                .any(|role| role.id == grant.role && self.0.settings.demands_factor(&role.key))
    }

    /// Whether a session was opened lately enough to change how its owner logs in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_fresh(&self, session: SessionId) -> Result<bool> {
        let snapshot = self.0.database.snapshot().await?;
        let found = store::session::find(&*snapshot, session).await?;
        snapshot.end().await?;
        Ok(found.is_some_and(|session| self.is_fresh_session(&session)))
    }

    pub(super) fn is_fresh_session(&self, session: &Session) -> bool {
        let seconds = self.0.settings.fresh_log_in_seconds;
        self.now() < session.created_at.plus_seconds(seconds)
    }

    fn check_can_add(&self) -> Result<()> {
        if self.0.settings.second_factor == SecondFactorRule::Off {
            return Err(Problem::Conflict(Message::new("factor-off")));
        }
        Ok(())
    }

    /// Takes all second factors from somebody who has lost them, and ends the person's log-ins.
    /// Whoever asks has made sure in another way who they talk to.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for an unknown person, [`Problem::Forbidden`] when the actor has less
    /// than the person: half of what it takes to be them is gone then.
    pub async fn remove_factors(&self, actor: &Actor, person: PersonId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let on = &**context;
                    let stored = store::person::find(on, person).await?;
                    stored.ok_or(Problem::NotFound)?;
                    let given = given_by_account(on, person, pen.now).await?;
                    Rights::load(on, &pen).await?.could_be(&given)?;
                    let apps = store::second_factor::delete_app(on, person).await?;
                    let passkeys = store::passkey::delete_of(on, person).await?;
                    store::second_factor::delete_recovery_codes(on, person).await?;
                    let sessions = store::session::delete_of(on, person, None).await?;
                    let told = json!({
                        "apps": apps, "passkeys": passkeys, "sessions_ended": sessions,
                    });
                    let event = NewEvent {
                        before: Some(told.to_string()),
                        ..person_event("person.second_factors_removed", person)
                    };
                    pen.note(context, event).await?;
                    Ok(())
                })
            })
            .await
    }
}

impl Accounts {
    /// The same for the person with an e-mail.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an unknown person.
    pub async fn remove_factors_by_email(&self, actor: &Actor, email: &str) -> Result<()> {
        let snapshot = self.0.database.snapshot().await?;
        let person = person_by_email(&*snapshot, email).await?;
        snapshot.end().await?;
        self.remove_factors(actor, person.id).await
    }
}

/// An event of a person's about a factor of their own.
fn factor_event(kind: &'static str, person: PersonId, what: serde_json::Value) -> NewEvent {
    NewEvent {
        after: Some(what.to_string()),
        ..person_event(kind, person)
    }
}

/// Cleans up after a factor was taken away.
///
/// # Errors
/// [`Problem::Conflict`] when it was the last one and the person's roles demand one.
async fn after_removal(
    accounts: &Accounts,
    context: &WriteContext,
    pen: &Pen,
    event: NewEvent,
    person: PersonId,
) -> Result<()> {
    if !store::second_factor::has_factor(&**context, person).await? {
        if accounts.is_demanded(&**context, person).await? {
            return Err(Problem::Conflict(Message::new("factor-demanded")));
        }
        store::second_factor::delete_recovery_codes(&**context, person).await?;
    }
    debug_assert_eq!(event.subject, Subject::new("person", person));
    pen.note(context, event).await?;
    Ok(())
}

/// Makes a session as strong as what its owner has just proved in it.
async fn strengthen(
    context: &WriteContext,
    session: SessionId,
    person: PersonId,
    method: LogInMethod,
) -> Result<()> {
    let own = store::session::find(&**context, session).await?;
    if own.is_some_and(|own| own.person == person) {
        store::session::update_method(&**context, session, method).await?;
    }
    Ok(())
}
