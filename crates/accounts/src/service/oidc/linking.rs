//! Joining accounts to identities at the provider, and parting them.
//!
//! Whoever made an account before its owner came may have given it a password and a second factor of
//! their own, and would get all that the owner's groups give. So an account that was there loses every
//! way in that it had when it is joined, and nobody but the operator gives it a password after that.
//! The price is that people who logged in with a password until then find it gone, which a letter
//! tells them.

use serde::Serialize;
use serde_json::json;
use torg_db::WriteContext;
use torg_kernel::{Actor, PersonId, Result};
use torg_log::NewEvent;

use crate::service::delegation::take_back_all;
use crate::service::people::person_by_email;
use crate::service::{Accounts, Pen, person_event};
use crate::store;

/// Somebody at a provider.
#[derive(Clone, Copy)]
pub(super) struct Identity<'a> {
    pub issuer: &'a str,
    pub subject: &'a str,
}

/// What an account lost when it was joined, as the log tells it.
#[derive(Serialize)]
struct Older {
    password: bool,
    apps: u64,
    passkeys: u64,
    recovery_codes: i64,
    sessions_ended: u64,
    handed_back: usize,
}

/// Links an account that was made for this identity.
pub(super) async fn link_new(
    context: &WriteContext,
    pen: &Pen,
    identity: Identity<'_>,
    person: PersonId,
) -> Result<()> {
    link(context, pen, identity, person, None).await
}

/// Links an account that was there before: only the identity opens it from now on.
pub(super) async fn join(
    context: &WriteContext,
    pen: &Pen,
    identity: Identity<'_>,
    person: PersonId,
) -> Result<()> {
    let older = close_older_ways(context, pen, person).await?;
    let older = serde_json::to_string(&older)?;
    link(context, pen, identity, person, Some(older)).await
}

async fn link(
    context: &WriteContext,
    pen: &Pen,
    identity: Identity<'_>,
    person: PersonId,
    before: Option<String>,
) -> Result<()> {
    let Identity { issuer, subject } = identity;
    store::provider::insert_identity(&**context, issuer, subject, person, pen.now).await?;
    let event = NewEvent {
        before,
        after: Some(json!({"issuer": issuer, "subject": subject}).to_string()),
        ..person_event("person.identity_linked", person)
    };
    pen.note(context, event).await?;
    Ok(())
}

/// Takes away password, second factors, recovery codes and log-ins, and what was handed over in the
/// person's name: all that the giver has at each moment would be what the owner's groups give.
async fn close_older_ways(context: &WriteContext, pen: &Pen, person: PersonId) -> Result<Older> {
    let on = &**context;
    let stored = store::person::find(on, person).await?;
    let password = stored.is_some_and(|stored| stored.person.has_password);
    let recovery_codes = store::second_factor::recovery_codes_left(on, person).await?;
    store::person::delete_password(on, person).await?;
    store::second_factor::delete_recovery_codes(on, person).await?;
    Ok(Older {
        password,
        apps: store::second_factor::delete_app(on, person).await?,
        passkeys: store::passkey::delete_of(on, person).await?,
        recovery_codes,
        sessions_ended: store::session::delete_of(on, person, None).await?,
        handed_back: take_back_all(context, pen, person).await?,
    })
}

impl Accounts {
    /// Whether an account is opened by an identity at a provider, so that it gets no password here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_linked(&self, person: PersonId) -> Result<bool> {
        let snapshot = self.0.database.snapshot().await?;
        let linked = store::provider::has_identity(&*snapshot, person).await?;
        snapshot.end().await?;
        Ok(linked)
    }

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
