//! Logging in with e-mail and password.

use std::net::{IpAddr, Ipv6Addr};

use serde_json::json;
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{Actor, PersonId, Result, SessionId, Subject, Timestamp, secret_hex, squeeze};
use torg_log::NewEvent;
use uuid::Uuid;

use super::people::normal_email;
use super::{Accounts, Pen, person_event};
use crate::model::{self, AccountSettings, Session};
use crate::store;
use crate::store::session::Attempts;

/// Where a log-in comes from, as far as it is told apart: an IPv4 address, or the first 64 bits of
/// an IPv6 address, since one subscriber has at least that many to choose from (RFC 6177).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(String);

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => {
                let network = address.to_bits() & !u128::from(u64::MAX);
                Self(format!("{}/64", Ipv6Addr::from_bits(network)))
            }
        }
    }
}

/// What somebody sent to be logged in. Does not show the password when printed.
#[derive(Clone)]
pub struct LogIn {
    /// E-mail as it was written.
    pub email: String,
    /// The password as it was written.
    pub password: String,
    /// Where it came from.
    pub source: Source,
    /// What the browser calls itself.
    pub user_agent: String,
}

impl std::fmt::Debug for LogIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogIn(from {})", self.source.0)
    }
}

/// How a log-in went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogInOutcome {
    /// The person is logged in; the token is what the cookie holds, and is not kept anywhere.
    LoggedIn {
        /// The secret, 128 random bits in hexadecimal.
        token: String,
        /// The session's id.
        session: SessionId,
        /// Who.
        person: PersonId,
        /// When it ends at the latest: the cookie's end.
        expires_at: Timestamp,
    },
    /// Wrong: no such account, a wrong password or a closed account. Which is not told.
    Refused,
    /// Too many wrong attempts for this account from this source; the password was not looked at.
    Wait {
        /// For how long, in seconds.
        seconds: i64,
    },
}

/// SHA-256 of a token: a stolen database opens no session. A token has 128 random bits, so that no
/// salt and no slow hash is needed.
pub(super) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The account and its source, as a digest.
fn attempt_key(email: &str, source: &Source) -> Vec<u8> {
    Sha256::new()
        .chain_update((email.len() as u64).to_be_bytes())
        .chain_update(email.as_bytes())
        .chain_update(source.0.as_bytes())
        .finalize()
        .to_vec()
}

impl Accounts {
    /// Logs somebody in. An attempt is counted before its password is looked at, so that many
    /// attempts at once are slowed like many in a row; the count is for the account *and* the
    /// source, so that an attacker does not lock out the person who sits elsewhere. The price is
    /// that an attacker with many sources gets a few guesses from each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_in(&self, attempt: LogIn) -> Result<LogInOutcome> {
        let email = normal_email(&attempt.email);
        let key = attempt_key(&email, &attempt.source);
        if let Some(seconds) = self.count_attempt(key.clone()).await? {
            return Ok(LogInOutcome::Wait { seconds });
        }
        let snapshot = self.0.database.snapshot().await?;
        let stored = store::person::find_by_email(&*snapshot, &email).await?;
        snapshot.end().await?;
        let hash = stored
            .as_ref()
            .and_then(|stored| stored.password_hash.clone());
        let fits = self
            .0
            .passwords
            .fits(&attempt.password, hash.as_deref())
            .await?;
        let person = stored.map(|stored| stored.person.id);
        let checked = Checked {
            person,
            hash: if fits { hash } else { None },
            key,
            source: attempt.source.0,
            user_agent: squeeze(&attempt.user_agent).chars().take(200).collect(),
        };
        let token = secret_hex(&*self.0.ids);
        let pen = self.pen(&person.map_or(Actor::Anonymous, model::own));
        let settings = self.0.settings.clone();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move { checked.settle(context, &pen, token, &settings).await })
            })
            .await
    }

    /// Counts an attempt, or says how long to wait.
    async fn count_attempt(&self, key: Vec<u8>) -> Result<Option<i64>> {
        let now = self.now();
        let settings = self.0.settings.clone();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let before = store::session::find_attempts(&**context, &key).await?;
                    let forgotten = now.plus_seconds(-settings.attempts_kept_seconds).micros();
                    let before = before.filter(|before| {
                        before.last_at > forgotten || before.open_at > now.micros()
                    });
                    if let Some(before) = &before
                        && before.open_at > now.micros()
                    {
                        let left = before.open_at - now.micros();
                        return Ok(Some((left + 999_999) / 1_000_000));
                    }
                    let failures = before.map_or(0, |before| before.failures).saturating_add(1);
                    let wait = settings.wait_after(failures);
                    let attempts = Attempts {
                        failures,
                        last_at: now.micros(),
                        open_at: now.plus_seconds(wait).micros(),
                    };
                    store::session::save_attempts(&**context, &key, &attempts).await?;
                    Ok(None)
                })
            })
            .await
    }
}

/// An attempt whose password has been looked at.
struct Checked {
    person: Option<PersonId>,
    /// The hash that the password fits; nothing when it fits none.
    hash: Option<String>,
    key: Vec<u8>,
    source: String,
    user_agent: String,
}

impl Checked {
    async fn settle(
        self,
        context: &WriteContext,
        pen: &Pen,
        token: String,
        settings: &AccountSettings,
    ) -> Result<LogInOutcome> {
        // Looked at again: the password or the account may have changed while it was checked.
        let stored = match self.person {
            Some(id) => store::person::find(&**context, id).await?,
            None => None,
        };
        let person = stored.filter(|stored| {
            self.hash.is_some()
                && stored.password_hash == self.hash
                && stored.person.disabled_at.is_none()
        });
        let Some(person) = person else {
            return self.refuse(context, pen).await;
        };
        store::session::delete_attempts(&**context, &self.key).await?;
        let session = Session {
            id: SessionId::new(&*pen.ids, pen.now),
            person: person.person.id,
            created_at: pen.now,
            last_seen_at: pen.now,
            expires_at: pen.now.plus_seconds(settings.session_absolute_seconds),
            user_agent: self.user_agent.clone(),
        };
        store::session::insert(&**context, &session, &token_hash(&token)).await?;
        let event = NewEvent {
            after: Some(self.told(Some(session.id))),
            tags: Vec::new(),
            ..person_event("person.logged_in", session.person)
        };
        pen.note(context, event).await?;
        Ok(LogInOutcome::LoggedIn {
            token,
            session: session.id,
            person: session.person,
            expires_at: session.expires_at,
        })
    }

    /// Writes the failure down, for an unknown account as for a known one: the same work, and so
    /// the same time. Neither what was written as e-mail nor the password is kept; an account that
    /// is not there is told apart by the first 128 bits of its digest.
    async fn refuse(&self, context: &WriteContext, pen: &Pen) -> Result<LogInOutcome> {
        let event = match self.person {
            Some(person) => person_event("person.log_in_failed", person),
            None => NewEvent {
                subject: Subject::new("log_in", nobody(&self.key)),
                ..person_event("person.log_in_failed", PersonId(Uuid::nil()))
            },
        };
        let event = NewEvent {
            after: Some(self.told(None)),
            tags: Vec::new(),
            ..event
        };
        let pen = Pen {
            actor: Actor::Anonymous,
            ..pen.clone()
        };
        pen.note(context, event).await?;
        Ok(LogInOutcome::Refused)
    }

    fn told(&self, session: Option<SessionId>) -> String {
        json!({"source": self.source, "user_agent": self.user_agent, "session": session})
            .to_string()
    }
}

fn nobody(key: &[u8]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&key[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_an_address_or_a_network() {
        let source = |text: &str| Source::from(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(source("192.0.2.7"), source("::ffff:192.0.2.7"));
        assert_ne!(source("192.0.2.7"), source("192.0.2.8"));
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::9"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
    }

    #[test]
    fn a_password_is_not_printed() {
        let attempt = LogIn {
            email: "a@b".to_owned(),
            password: "hemligt".to_owned(),
            source: Source::from(IpAddr::from([127, 0, 0, 1])),
            user_agent: String::new(),
        };
        assert!(!format!("{attempt:?}").contains("hemligt"));
    }
}
