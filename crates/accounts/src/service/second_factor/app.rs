//! Adding and taking away the app that makes codes.

use serde_json::json;
use torg_kernel::{Message, PersonId, Problem, Result, SessionId};

use super::{after_removal, factor_event, strengthen};
use crate::factor::app_code::{self, AppKey};
use crate::factor::{open, seal};
use crate::model::{self, LogInMethod};
use crate::service::Accounts;
use crate::store;

impl Accounts {
    /// Makes a secret for a code app, which counts for nothing until its first code was right. One
    /// that was never confirmed is thrown away.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when there is an app already, or second factors are off.
    pub async fn begin_app(&self, person: PersonId) -> Result<()> {
        self.check_can_add()?;
        let pen = self.pen(&model::own(person));
        let secret = app_code::new_secret(&*self.0.ids);
        let key = self.0.settings.sealing_key.as_ref();
        let sealed = seal(key, &*self.0.ids, person.0, &secret)?;
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let there = store::second_factor::find_app(&**context, person).await?;
                    if there.is_some_and(|app| app.confirmed_at.is_some()) {
                        return Err(Problem::Conflict(Message::new("app-there")));
                    }
                    store::second_factor::save_app(&**context, person, &sealed, pen.now).await?;
                    Ok(())
                })
            })
            .await
    }

    /// What the app is to be told; nothing when no app is being added.
    ///
    /// # Errors
    /// When the database fails or the secret cannot be opened.
    pub async fn app_key(&self, person: PersonId) -> Result<Option<AppKey>> {
        let snapshot = self.0.database.snapshot().await?;
        let app = store::second_factor::find_app(&*snapshot, person).await?;
        let stored = store::person::find(&*snapshot, person).await?;
        snapshot.end().await?;
        let (Some(app), Some(stored)) = (app, stored) else {
            return Ok(None);
        };
        if app.confirmed_at.is_some() {
            return Ok(None);
        }
        let settings = &self.0.settings;
        let secret = open(settings.sealing_key.as_ref(), person.0, &app.secret)?;
        app_code::app_key(&secret, &settings.city, &stored.person.email).map(Some)
    }

    /// Takes the app's first code: from now on it is asked for at log-in. A second time changes
    /// nothing, so that a double click shows no error.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `code`; [`Problem::NotFound`] when none is being added.
    pub async fn confirm_app(
        &self,
        person: PersonId,
        session: SessionId,
        code: &str,
    ) -> Result<()> {
        let pen = self.pen(&model::own(person));
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let key = self.0.settings.sealing_key.clone();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let app = store::second_factor::find_app(&**context, person).await?;
                    let app = app.ok_or(Problem::NotFound)?;
                    if app.confirmed_at.is_some() {
                        return Ok(());
                    }
                    let secret = open(key.as_ref(), person.0, &app.secret)?;
                    let step = app_code::check(&secret, &code, pen.now, app.last_step)?;
                    let step =
                        step.ok_or_else(|| Problem::field("code", Message::new("app-code-wrong")))?;
                    store::second_factor::use_step(&**context, person, step).await?;
                    store::second_factor::confirm_app(&**context, person, pen.now).await?;
                    strengthen(context, session, person, LogInMethod::AppCode).await?;
                    let event = factor_event("person.app_added", person, json!({}));
                    pen.note(context, event).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Takes the app away. One that is not there is no error: the page may be old.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when it is the last factor and the person's roles demand one.
    pub async fn remove_app(&self, person: PersonId) -> Result<()> {
        let (pen, accounts) = (self.pen(&model::own(person)), self.clone());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let app = store::second_factor::find_app(&**context, person).await?;
                    let Some(app) = app else {
                        return Ok(());
                    };
                    store::second_factor::delete_app(&**context, person).await?;
                    if app.confirmed_at.is_none() {
                        return Ok(());
                    }
                    let since = json!({"since": app.confirmed_at});
                    let event = factor_event("person.app_removed", person, since);
                    after_removal(&accounts, context, &pen, event, person).await
                })
            })
            .await
    }
}
