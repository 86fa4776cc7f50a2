//! Adding and taking away passkeys (Web Authentication Level 2). What the browser is asked and what
//! it answers is worked out by `webauthn-rs`, which takes its randomness from the system itself.

use serde::{Deserialize, Serialize};
use serde_json::json;
use torg_kernel::{Message, PersonId, Problem, Result, SessionId, squeeze};
use uuid::Uuid;
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyRegistration, RegisterPublicKeyCredential,
};

use super::{after_removal, factor_event, strengthen};
use crate::model::{self, LogInMethod};
use crate::service::Accounts;
use crate::service::entry::step_key;
use crate::store;
use crate::store::passkey::{NewPasskey, StoredPasskey};

/// The most passkeys of one person.
const MOST: usize = 20;
/// The most characters in a passkey's name.
const LONGEST_NAME: usize = 60;

/// A registration that waits for the browser.
#[derive(Serialize, Deserialize)]
struct Waiting {
    options: CreationChallengeResponse,
    state: PasskeyRegistration,
}

fn key(session: SessionId) -> Vec<u8> {
    step_key("passkey", &session.to_string())
}

/// The passkeys in rows. One that cannot be read is no passkey, and is told to the operator.
pub(super) fn read(rows: &[StoredPasskey]) -> Vec<(Uuid, Passkey)> {
    rows.iter()
        .filter_map(|row| match serde_json::from_str(&row.credential) {
            Ok(passkey) => Some((row.id, passkey)),
            Err(error) => {
                tracing::error!(passkey.id = %row.id, %error, "a passkey cannot be read");
                None
            }
        })
        .collect()
}

impl Accounts {
    pub(super) fn passkeys_possible(&self) -> Result<&Webauthn> {
        let message = || Problem::Conflict(Message::new("passkey-not-here"));
        self.0.webauthn.as_ref().ok_or_else(message)
    }

    /// Makes the question for the browser that adds a passkey; it waits for its answer in this
    /// session for some minutes.
    ///
    /// # Errors
    /// [`Problem::Conflict`] where there are no passkeys, or too many.
    pub async fn begin_passkey(&self, person: PersonId, session: SessionId) -> Result<()> {
        self.check_can_add()?;
        let webauthn = self.passkeys_possible()?;
        let snapshot = self.0.database.snapshot().await?;
        let stored = store::person::find(&*snapshot, person).await?;
        let rows = store::passkey::list_of(&*snapshot, person).await?;
        snapshot.end().await?;
        let stored = stored.ok_or(Problem::NotFound)?.person;
        if rows.len() >= MOST {
            let message = Message::new("passkey-many").with("most", MOST);
            return Err(Problem::Conflict(message));
        }
        let known = read(&rows)
            .into_iter()
            .map(|(_, passkey)| passkey.cred_id().clone())
            .collect();
        let (options, state) = webauthn.start_passkey_registration(
            person.0,
            &stored.email,
            &stored.name,
            Some(known),
        )?;
        let waiting = serde_json::to_string(&Waiting { options, state })?;
        let now = self.now();
        let until = now.plus_seconds(self.0.settings.log_in_step_seconds);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let key = key(session);
                    store::log_in_step::save(&**context, &key, &waiting, now, until).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The question that waits for the browser, as JSON for `navigator.credentials.create`; nothing
    /// when none waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn passkey_question(&self, session: SessionId) -> Result<Option<String>> {
        let snapshot = self.0.database.snapshot().await?;
        let waiting = store::log_in_step::find(&*snapshot, &key(session), self.now()).await?;
        snapshot.end().await?;
        let Some(waiting) = waiting else {
            return Ok(None);
        };
        let waiting: Waiting = serde_json::from_str(&waiting)?;
        Ok(Some(serde_json::to_string(&waiting.options)?))
    }

    /// Takes the browser's answer: the passkey is asked for at the next log-in.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the fields `name` and `passkey`; [`Problem::NotFound`] when no
    /// question waits.
    pub async fn finish_passkey(
        &self,
        person: PersonId,
        session: SessionId,
        name: &str,
        answer: &str,
    ) -> Result<()> {
        let webauthn = self.passkeys_possible()?;
        let name = squeeze(name);
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let message = Message::new("passkey-name-length").with("most", LONGEST_NAME);
            return Err(Problem::field("name", message));
        }
        let wrong = || Problem::field("passkey", Message::new("passkey-not-taken"));
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| wrong())?;
        let pen = self.pen(&model::own(person));
        let snapshot = self.0.database.snapshot().await?;
        let waiting = store::log_in_step::find(&*snapshot, &key(session), pen.now).await?;
        snapshot.end().await?;
        let waiting: Waiting = serde_json::from_str(&waiting.ok_or(Problem::NotFound)?)?;
        let passkey = webauthn
            .finish_passkey_registration(&answer, &waiting.state)
            .map_err(|error| {
                tracing::info!(%error, person.id = %person, "a passkey was not taken");
                wrong()
            })?;
        let new = NewPasskey {
            id: pen.ids.uuid(pen.now),
            person,
            credential_id: passkey.cred_id().to_vec(),
            credential: serde_json::to_string(&passkey)?,
            created_at: pen.now,
            name,
        };
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    if !store::log_in_step::delete(&**context, &key(session)).await? {
                        return Err(Problem::NotFound);
                    }
                    if store::passkey::is_known(&**context, &new.credential_id).await? {
                        return Err(Problem::field("passkey", Message::new("passkey-known")));
                    }
                    store::passkey::insert(&**context, &new).await?;
                    strengthen(context, session, person, LogInMethod::Passkey).await?;
                    let what = json!({"passkey": new.id, "name": new.name});
                    let event = factor_event("person.passkey_added", person, what);
                    pen.note(context, event).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Takes a passkey away.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when it is not the person's; [`Problem::Conflict`] when it is the last
    /// factor and the person's roles demand one.
    pub async fn remove_passkey(&self, person: PersonId, id: Uuid) -> Result<()> {
        let (pen, accounts) = (self.pen(&model::own(person)), self.clone());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    if store::passkey::delete(&**context, person, id).await? == 0 {
                        return Err(Problem::NotFound);
                    }
                    let what = json!({"passkey": id});
                    let event = factor_event("person.passkey_removed", person, what);
                    after_removal(&accounts, context, &pen, event, person).await
                })
            })
            .await
    }
}
