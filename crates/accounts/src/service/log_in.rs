//! Logging in with e-mail and password.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{Actor, PersonId, Result, SessionId, Timestamp, secret_hex};
use torg_log::NewEvent;

use super::entry::{self, Entry, Opened};
use super::people::normal_email;
use super::{Accounts, Pen, person_event};
use crate::model::{self, LogInMethod};
use crate::store;
use crate::store::session::Attempts;

/// Wrong log-ins from one source, whatever the account, that are forgiven in an hour before the
/// source is slowed down. A whole office may share an address, hence many more than for one account.
const SOURCE_FREE: i64 = 20;
/// So often one wrong log-in of a source is forgotten: [`SOURCE_FREE`] in an hour, in microseconds.
const SOURCE_FORGETS_EACH: i64 = 3_600_000_000 / SOURCE_FREE;
/// The longest wait of a source, in seconds: an attacker gets at most one guess a minute over all
/// accounts, and those who share the address are not shut out for long.
const SOURCE_LONGEST_WAIT: i64 = 60;
/// How long a log-in waits for its password to be looked at before it is sent away, in seconds. It
/// bounds those who wait to what arrives in that time.
const BUSY_SECONDS: u8 = 5;

/// Where a log-in comes from, as far as it is told apart: an IPv4 address, or the first 64 bits of
/// an IPv6 address, since one subscriber has at least that many to choose from (RFC 6177).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(String);

impl Source {
    /// As it is written in the log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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
    /// The password fits; the person has a second factor, which is asked for next.
    SecondFactor {
        /// The secret under which the log-in goes on, for a cookie of its own.
        token: String,
        /// How long it can go on.
        expires_at: Timestamp,
    },
    /// Wrong: no such account, a wrong password or a closed account. Which is not told.
    Refused,
    /// Too many wrong attempts for this account from this source or from this source at all, or
    /// too many people at the door at once; no answer was found in the password.
    Wait {
        /// For how long, in seconds.
        seconds: i64,
    },
}

impl From<Opened> for LogInOutcome {
    fn from(opened: Opened) -> Self {
        Self::LoggedIn {
            token: opened.token,
            session: opened.session,
            person: opened.person,
            expires_at: opened.expires_at,
        }
    }
}

/// SHA-256 of a token: a stolen database opens no session. A token has 128 random bits, so that no
/// salt and no slow hash is needed.
pub(super) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The rows in which an attempt is counted, as digests: people type passwords into the wrong field.
#[derive(Clone)]
pub(super) struct Keys {
    /// The account from the source.
    account: Vec<u8>,
    /// The source, whatever the account.
    pub(super) source: Vec<u8>,
    /// Accounts that are not there, from the source.
    unknown: Vec<u8>,
}

impl Keys {
    pub(super) fn new(email: &str, source: &Source) -> Self {
        let digest = |kind: u64, text: &str| {
            Sha256::new()
                .chain_update(kind.to_be_bytes())
                .chain_update(text.as_bytes())
                .chain_update(source.0.as_bytes())
                .finalize()
                .to_vec()
        };
        Self {
            account: digest(email.len() as u64, email),
            // No e-mail is as long as these, so that no account can be mistaken for a source.
            source: digest(u64::MAX, ""),
            unknown: digest(u64::MAX - 1, ""),
        }
    }
}

/// How long an attempt has to wait in seconds, if it has to.
pub(super) fn left(attempts: Option<&Attempts>, now: Timestamp) -> Option<i64> {
    let left = attempts?.open_at - now.micros();
    (left > 0).then_some((left + 999_999) / 1_000_000)
}

/// A source's count with one wrong log-in more, after time has taken some away.
pub(super) fn count_source(before: Option<&Attempts>, now: Timestamp) -> Attempts {
    let (failures, since) = before.map_or((0, now.micros()), |before| {
        let forgotten = (now.micros() - before.last_at).max(0) / SOURCE_FORGETS_EACH;
        if forgotten >= before.failures {
            (0, now.micros())
        } else {
            let since = before.last_at + forgotten * SOURCE_FORGETS_EACH;
            (before.failures - forgotten, since)
        }
    });
    let failures = failures.saturating_add(1);
    let over = failures - SOURCE_FREE;
    // Without a wait the row is open at any time, also after the clock has been set back.
    let open_at = if over < 0 {
        0
    } else {
        // 2^6 seconds are longer than the longest wait.
        let wait = (1_i64 << over.min(6)).min(SOURCE_LONGEST_WAIT);
        now.plus_seconds(wait).micros()
    };
    Attempts {
        failures,
        last_at: since,
        open_at,
    }
}

impl Accounts {
    /// Logs somebody in. An attempt is counted before its password is looked at, so that many
    /// attempts at once are slowed like many in a row. It is counted twice: for the account *and*
    /// the source, so that an attacker does not lock out the person who sits elsewhere, and, more
    /// mildly, for the source alone, so that one password is not tried on all accounts. The price
    /// is that an attacker with many sources gets a few guesses from each, and that one who shares
    /// an address with others makes them wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_in(&self, attempt: LogIn) -> Result<LogInOutcome> {
        let email = normal_email(&attempt.email);
        let keys = Keys::new(&email, &attempt.source);
        if let Some(seconds) = self.count_attempt(keys.clone()).await? {
            return Ok(LogInOutcome::Wait { seconds });
        }
        let snapshot = self.0.database.snapshot().await?;
        let stored = store::person::find_by_email(&*snapshot, &email).await?;
        snapshot.end().await?;
        let hash = stored
            .as_ref()
            .and_then(|stored| stored.password_hash.clone());
        let check = self.0.passwords.fits(&attempt.password, hash.as_deref());
        let patience = Duration::from_secs(u64::from(BUSY_SECONDS));
        let Ok(fits) = tokio::time::timeout(patience, check).await else {
            self.uncount_attempt(keys).await?;
            let seconds = i64::from(BUSY_SECONDS);
            return Ok(LogInOutcome::Wait { seconds });
        };
        let person = stored.map(|stored| stored.person.id);
        let checked = Checked {
            person,
            hash: if fits? { hash } else { None },
            keys,
            entry: Entry {
                source: attempt.source,
                user_agent: attempt.user_agent,
            },
        };
        let token = secret_hex(&*self.0.ids);
        let pen = self.pen(&person.map_or(Actor::Anonymous, model::own));
        let accounts = self.clone();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move { checked.settle(context, &pen, token, &accounts).await })
            })
            .await
    }

    /// Counts an attempt, or says how long to wait.
    async fn count_attempt(&self, keys: Keys) -> Result<Option<i64>> {
        let now = self.now();
        let settings = self.0.settings.clone();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let forgotten = now.plus_seconds(-settings.attempts_kept_seconds).micros();
                    let account = store::session::find_attempts(&**context, &keys.account)
                        .await?
                        .filter(|before| {
                            left(Some(before), now).is_some() || before.last_at > forgotten
                        });
                    let source = store::session::find_attempts(&**context, &keys.source).await?;
                    let wait = left(account.as_ref(), now).max(left(source.as_ref(), now));
                    if wait.is_some() {
                        return Ok(wait);
                    }
                    let failures = account
                        .map_or(0, |before| before.failures)
                        .saturating_add(1);
                    let attempts = Attempts {
                        failures,
                        last_at: now.micros(),
                        open_at: now.plus_seconds(settings.wait_after(failures)).micros(),
                    };
                    store::session::save_attempts(&**context, &keys.account, &attempts).await?;
                    let attempts = count_source(source.as_ref(), now);
                    store::session::save_attempts(&**context, &keys.source, &attempts).await?;
                    Ok(None)
                })
            })
            .await
    }

    /// Takes an attempt back that was counted and then not looked at.
    async fn uncount_attempt(&self, keys: Keys) -> Result<()> {
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    store::session::uncount_attempts(&**context, &keys.account, 1).await?;
                    store::session::uncount_attempts(&**context, &keys.source, 1).await?;
                    Ok(())
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
    keys: Keys,
    entry: Entry,
}

impl Checked {
    async fn settle(
        self,
        context: &WriteContext,
        pen: &Pen,
        token: String,
        accounts: &Accounts,
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
        store::session::delete_attempts(&**context, &self.keys.account).await?;
        // Itself and one wrong one: where many log in, some type wrong. Whoever pays for guesses
        // with log-ins of their own is named by each of them in the log.
        store::session::uncount_attempts(&**context, &self.keys.source, 2).await?;
        let person = person.person.id;
        if store::second_factor::has_factor(&**context, person).await? {
            let expires_at = accounts
                .ask_for_factor(context, pen, person, &token)
                .await?;
            let event = NewEvent {
                after: Some(self.told()),
                tags: Vec::new(),
                ..person_event("person.second_factor_asked", person)
            };
            pen.note(context, event).await?;
            return Ok(LogInOutcome::SecondFactor { token, expires_at });
        }
        let way = (token, LogInMethod::Password);
        let settings = &accounts.0.settings;
        let opened = entry::open(context, pen, settings, &self.entry, person, way).await?;
        Ok(opened.into())
    }

    /// Writes the failure down: an event for an account that is there, a count in the source's row
    /// for one that is not, since anybody can make up any number of those. Either is one small
    /// write in the same place, so that the time does not tell which. What was written as e-mail or
    /// password is not kept.
    async fn refuse(&self, context: &WriteContext, pen: &Pen) -> Result<LogInOutcome> {
        let Some(person) = self.person else {
            let before = store::session::find_attempts(&**context, &self.keys.unknown).await?;
            let attempts = Attempts {
                failures: before.map_or(0, |before| before.failures).saturating_add(1),
                last_at: pen.now.micros(),
                open_at: pen.now.micros(),
            };
            store::session::save_attempts(&**context, &self.keys.unknown, &attempts).await?;
            return Ok(LogInOutcome::Refused);
        };
        let event = NewEvent {
            after: Some(self.told()),
            tags: Vec::new(),
            ..person_event("person.log_in_failed", person)
        };
        let pen = Pen {
            actor: Actor::Anonymous,
            ..pen.clone()
        };
        pen.note(context, event).await?;
        Ok(LogInOutcome::Refused)
    }

    fn told(&self) -> String {
        entry::told(&self.entry, LogInMethod::Password, None)
    }
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

    #[test]
    fn a_source_waits_longer_and_longer_and_is_forgiven_with_time() {
        let mut now = Timestamp::from_micros(1_772_539_200_000_000);
        let mut attempts = None;
        let mut waits = Vec::new();
        for _ in 0..28 {
            let counted = count_source(attempts.as_ref(), now);
            let wait = left(Some(&counted), now).unwrap_or(0);
            now = now.plus_seconds(wait);
            waits.push(wait);
            attempts = Some(counted);
        }
        assert!(waits[..19].iter().all(|wait| *wait == 0), "{waits:?}");
        assert_eq!(waits[19..], [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        let later = count_source(attempts.as_ref(), now.plus_seconds(1_800));
        assert_eq!(left(Some(&later), now.plus_seconds(1_800)), None);
        assert!((15..20).contains(&later.failures), "{}", later.failures);
        let next_day = count_source(attempts.as_ref(), now.plus_seconds(86_400));
        assert_eq!(next_day.failures, 1);
    }

    #[test]
    fn accounts_and_sources_are_counted_apart() {
        let source = |last| Source::from(IpAddr::from([192, 0, 2, last]));
        let (one, two) = (Keys::new("a@b", &source(1)), Keys::new("c@d", &source(1)));
        assert_ne!(one.account, two.account);
        assert_eq!((&one.source, &one.unknown), (&two.source, &two.unknown));
        assert_ne!(one.source, one.unknown);
        assert_ne!(one.source, Keys::new("a@b", &source(2)).source);
        assert_ne!(Keys::new("", &source(1)).account, one.source);
    }
}
