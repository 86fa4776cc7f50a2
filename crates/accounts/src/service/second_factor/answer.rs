//! The second step of a log-in: a code, a passkey or a recovery code.
//!
//! A code of six digits can be guessed, and whoever guesses knows the password already. So wrong
//! ones are counted for the account whatever their source, and each makes the next wait longer. The
//! price is that such an attacker makes the account's owner wait too, up to a quarter of an hour,
//! unless they have a passkey or a recovery code: those cannot be guessed and wait for nobody. Nor
//! does anybody wait because of strangers, who do not get past the password.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{Actor, PersonId, Result, Timestamp, secret_hex};
use torg_log::NewEvent;
use uuid::Uuid;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PublicKeyCredential, RequestChallengeResponse,
};

use super::passkeys;
use crate::factor::{app_code, open, recovery};
use crate::model::{self, LogInMethod};
use crate::service::entry::{self, Entry, Opened, step_key};
use crate::service::log_in::{Keys, count_source, left};
use crate::service::{Accounts, Pen, person_event};
use crate::store;
use crate::store::session::Attempts;

/// Wrong answers after which the password is asked for again.
const TRIES: u8 = 5;

/// A log-in that waits for its second factor.
#[derive(Serialize, Deserialize)]
struct Waiting {
    person: Uuid,
    tries: u8,
    challenge: Option<Challenge>,
}

/// What the browser is asked, and what its answer is checked with.
#[derive(Serialize, Deserialize)]
struct Challenge {
    options: RequestChallengeResponse,
    state: PasskeyAuthentication,
}

/// What is asked of somebody in the second step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whether a code from an app is.
    pub app: bool,
    /// The question for `navigator.credentials.get` as JSON, if the person has a passkey.
    pub passkey: Option<String>,
}

/// How the second step went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondFactorOutcome {
    /// The person is logged in.
    LoggedIn(Opened),
    /// Wrong; there may be another try.
    Refused,
    /// Too many wrong codes for this account.
    Wait {
        /// For how long, in seconds.
        seconds: i64,
    },
    /// The log-in is over: too old, too many wrong answers, or never there. The password is asked
    /// for again.
    Over,
}

fn key(token: &str) -> Vec<u8> {
    step_key("second-factor", token)
}

/// The row in which wrong codes for an account are counted, whatever their source.
fn guesses_key(person: PersonId) -> Vec<u8> {
    Sha256::new()
        .chain_update(b"second factor")
        .chain_update(person.0.as_bytes())
        .finalize()
        .to_vec()
}

/// Somebody in the second step.
struct Asking {
    token: String,
    entry: Entry,
    waiting: Waiting,
    email: String,
}

impl Accounts {
    fn challenge(&self, passkeys: &[Passkey]) -> Result<Option<Challenge>> {
        let Some(webauthn) = self.0.webauthn.as_ref().filter(|_| !passkeys.is_empty()) else {
            return Ok(None);
        };
        let (options, state) = webauthn.start_passkey_authentication(passkeys)?;
        Ok(Some(Challenge { options, state }))
    }

    async fn challenge_for(
        &self,
        context: &WriteContext,
        person: PersonId,
    ) -> Result<Option<Challenge>> {
        let rows = store::passkey::list_of(&**context, person).await?;
        let passkeys: Vec<Passkey> = passkeys::read(&rows)
            .into_iter()
            .map(|(_, passkey)| passkey)
            .collect();
        self.challenge(&passkeys)
    }

    /// Lets a log-in whose password was right wait for the second factor under a token. Returns
    /// until when.
    pub(in crate::service) async fn ask_for_factor(
        &self,
        context: &WriteContext,
        pen: &Pen,
        person: PersonId,
        token: &str,
    ) -> Result<Timestamp> {
        let waiting = Waiting {
            person: person.0,
            tries: 0,
            challenge: self.challenge_for(context, person).await?,
        };
        let state = serde_json::to_string(&waiting)?;
        let until = pen.now.plus_seconds(self.0.settings.log_in_step_seconds);
        store::log_in_step::save(&**context, &key(token), &state, pen.now, until).await?;
        Ok(until)
    }

    /// What is asked under a token; nothing when the log-in is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asked(&self, token: &str) -> Result<Option<Asked>> {
        let snapshot = self.0.database.snapshot().await?;
        let state = store::log_in_step::find(&*snapshot, &key(token), self.now()).await?;
        let Some(state) = state else {
            return Ok(None);
        };
        let waiting: Waiting = serde_json::from_str(&state)?;
        let person = PersonId(waiting.person);
        let app = store::second_factor::find_app(&*snapshot, person).await?;
        snapshot.end().await?;
        let options = waiting.challenge.map(|challenge| challenge.options);
        Ok(Some(Asked {
            app: app.is_some_and(|app| app.confirmed_at.is_some()),
            passkey: options
                .map(|options| serde_json::to_string(&options))
                .transpose()?,
        }))
    }

    /// Takes a code: six digits from the app, or a recovery code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer_with_code(
        &self,
        token: &str,
        code: &str,
        entry: Entry,
    ) -> Result<SecondFactorOutcome> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let (accounts, token) = (self.clone(), token.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    match accounts.find_asking(context, token, entry).await? {
                        Some(asking) => accounts.check_code(context, asking, &code).await,
                        None => Ok(SecondFactorOutcome::Over),
                    }
                })
            })
            .await
    }

    async fn find_asking(
        &self,
        context: &WriteContext,
        token: String,
        entry: Entry,
    ) -> Result<Option<Asking>> {
        let on = &**context;
        let Some(state) = store::log_in_step::find(on, &key(&token), self.now()).await? else {
            return Ok(None);
        };
        let waiting: Waiting = serde_json::from_str(&state)?;
        let stored = store::person::find(on, PersonId(waiting.person)).await?;
        let open = stored.filter(|stored| stored.person.disabled_at.is_none());
        Ok(open.map(|stored| Asking {
            token,
            entry,
            waiting,
            email: stored.person.email,
        }))
    }

    async fn check_code(
        &self,
        context: &WriteContext,
        asking: Asking,
        code: &str,
    ) -> Result<SecondFactorOutcome> {
        let on = &**context;
        let person = PersonId(asking.waiting.person);
        let pen = self.pen(&model::own(person));
        let settings = &self.0.settings;
        if let Some(hash) = recovery::hash(person.0, code) {
            if !store::second_factor::use_recovery_code(on, person, &hash, pen.now).await? {
                return self.wrong(context, asking, LogInMethod::RecoveryCode).await;
            }
            let left = store::second_factor::recovery_codes_left(on, person).await?;
            let what = serde_json::json!({"left": left});
            let event = super::factor_event("person.recovery_code_used", person, what);
            pen.note(context, event).await?;
            return self
                .right(context, &asking, LogInMethod::RecoveryCode)
                .await;
        }
        let counted = store::session::find_attempts(on, &guesses_key(person)).await?;
        let source = Keys::new(&asking.email, &asking.entry.source).source;
        let from_here = store::session::find_attempts(on, &source).await?;
        let wait = left(counted.as_ref(), pen.now).max(left(from_here.as_ref(), pen.now));
        if let Some(seconds) = wait {
            return Ok(SecondFactorOutcome::Wait { seconds });
        }
        let app = store::second_factor::find_app(on, person).await?;
        let app = app.filter(|app| app.confirmed_at.is_some());
        let step = match app {
            Some(app) => {
                let secret = open(settings.sealing_key.as_ref(), person.0, &app.secret)?;
                app_code::check(&secret, code, pen.now, app.last_step)?
            }
            None => None,
        };
        if let Some(step) = step {
            store::second_factor::use_step(on, person, step).await?;
            store::session::delete_attempts(on, &guesses_key(person)).await?;
            return self.right(context, &asking, LogInMethod::AppCode).await;
        }
        let forgotten = pen
            .now
            .plus_seconds(-settings.attempts_kept_seconds)
            .micros();
        let failures = counted
            .filter(|before| before.last_at > forgotten)
            .map_or(0, |before| before.failures)
            .saturating_add(1);
        let attempts = Attempts {
            failures,
            last_at: pen.now.micros(),
            open_at: pen.now.plus_seconds(settings.wait_after(failures)).micros(),
        };
        store::session::save_attempts(on, &guesses_key(person), &attempts).await?;
        let here = count_source(from_here.as_ref(), pen.now);
        store::session::save_attempts(on, &source, &here).await?;
        self.wrong(context, asking, LogInMethod::AppCode).await
    }

    /// Takes the browser's answer to the question about a passkey, as JSON.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer_with_passkey(
        &self,
        token: &str,
        answer: &str,
        entry: Entry,
    ) -> Result<SecondFactorOutcome> {
        let snapshot = self.0.database.snapshot().await?;
        let state = store::log_in_step::find(&*snapshot, &key(token), self.now()).await?;
        snapshot.end().await?;
        let Some(state) = state else {
            return Ok(SecondFactorOutcome::Over);
        };
        let waiting: Waiting = serde_json::from_str(&state)?;
        // Checked outside the writer: a signature takes a while.
        let checked = match (&self.0.webauthn, &waiting.challenge) {
            (Some(webauthn), Some(challenge)) => {
                serde_json::from_str::<PublicKeyCredential>(answer)
                    .ok()
                    .and_then(|answer| {
                        let done =
                            webauthn.finish_passkey_authentication(&answer, &challenge.state);
                        done.inspect_err(|error| {
                    tracing::info!(%error, person.id = %waiting.person, "a passkey was refused");
                })
                .ok()
                    })
            }
            _ => None,
        };
        let (accounts, token) = (self.clone(), token.to_owned());
        let asked = state;
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let on = &**context;
                    // Answered once: whoever comes second with the same answer finds another state.
                    let same = store::log_in_step::find(on, &key(&token), accounts.now()).await?
                        == Some(asked);
                    let Some(asking) = accounts.find_asking(context, token, entry).await? else {
                        return Ok(SecondFactorOutcome::Over);
                    };
                    let person = PersonId(asking.waiting.person);
                    let rows = store::passkey::list_of(on, person).await?;
                    let used = checked.filter(|_| same).and_then(|result| {
                        passkeys::read(&rows).into_iter().find_map(|(id, mut own)| {
                            own.update_credential(&result).map(|_| (id, own))
                        })
                    });
                    let Some((id, passkey)) = used else {
                        return accounts.wrong(context, asking, LogInMethod::Passkey).await;
                    };
                    let credential = serde_json::to_string(&passkey)?;
                    store::passkey::update_used(on, id, &credential, accounts.now()).await?;
                    accounts.right(context, &asking, LogInMethod::Passkey).await
                })
            })
            .await
    }

    async fn right(
        &self,
        context: &WriteContext,
        asking: &Asking,
        method: LogInMethod,
    ) -> Result<SecondFactorOutcome> {
        if !store::log_in_step::delete(&**context, &key(&asking.token)).await? {
            return Ok(SecondFactorOutcome::Over);
        }
        let person = PersonId(asking.waiting.person);
        let pen = self.pen(&model::own(person));
        let way = (secret_hex(&*self.0.ids), method);
        let settings = &self.0.settings;
        let opened = entry::open(context, &pen, settings, &asking.entry, person, way).await?;
        Ok(SecondFactorOutcome::LoggedIn(opened))
    }

    /// Writes a wrong answer down and asks anew, or ends the log-in after the last try.
    async fn wrong(
        &self,
        context: &WriteContext,
        mut asking: Asking,
        method: LogInMethod,
    ) -> Result<SecondFactorOutcome> {
        let person = PersonId(asking.waiting.person);
        let event = NewEvent {
            after: Some(entry::told(&asking.entry, method, None)),
            tags: Vec::new(),
            ..person_event("person.second_factor_failed", person)
        };
        let pen = self.pen(&Actor::Anonymous);
        pen.note(context, event).await?;
        asking.waiting.tries += 1;
        if asking.waiting.tries >= TRIES {
            store::log_in_step::delete(&**context, &key(&asking.token)).await?;
            return Ok(SecondFactorOutcome::Over);
        }
        // A question is asked once: a wrong answer to it cannot be tried again.
        asking.waiting.challenge = self.challenge_for(context, person).await?;
        let state = serde_json::to_string(&asking.waiting)?;
        store::log_in_step::update(&**context, &key(&asking.token), &state).await?;
        Ok(SecondFactorOutcome::Refused)
    }
}
