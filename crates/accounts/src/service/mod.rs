//! The use cases of this room.

mod cache;
mod delegation;
mod entry;
mod grants;
mod identity;
mod letters;
mod log_in;
mod oidc;
mod organisations;
mod organisations_edit;
mod people;
mod people_history;
mod rights;
mod roles;
mod second_factor;
mod sessions;

use std::sync::Arc;

pub use delegation::{DelegationEntry, NewDelegation, Offer};
pub use entry::{Entry, Opened};
pub use grants::{GrantEntry, NewGrants};
pub use log_in::{LogIn, LogInOutcome, Source};
pub use oidc::{Begin, Begun, Callback, ProviderOutcome, ProviderRefusal};
pub use organisations::ImportReport;
pub use organisations_edit::OrganisationChange;
pub(crate) use organisations_edit::fingerprint as organisation_fingerprint;
pub use people::{NewPerson, PersonEntry};
pub(crate) use people_history::{History, HistoryEntry};
pub use roles::RoleChange;
pub(crate) use roles::fingerprint as role_fingerprint;
pub use second_factor::{Asked, Factors, PasskeyEntry, SecondFactorOutcome};
pub use sessions::SessionEntry;

use cache::Caches;
use torg_db::{Database, WriteContext};
use torg_kernel::{Actor, Clock, Ids, Result, SessionId, Subject, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::model::AccountSettings;
use crate::password::PasswordChecker;
use crate::store;

/// The tag of every change of people, roles, grants and sessions.
pub const ACCOUNTS_TAG: &str = "accounts";

struct Inner {
    database: Database,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    settings: AccountSettings,
    passwords: PasswordChecker,
    caches: Arc<Caches>,
    /// Nothing where there are no passkeys.
    webauthn: Option<webauthn_rs::Webauthn>,
    /// Nothing for a city without one.
    provider: Option<oidc::Provider>,
}

/// People, organisations, roles and log-ins. Cheap to clone; one for each database, since it holds
/// the small caches that spare each staff request five questions.
#[derive(Clone)]
pub struct Accounts(Arc<Inner>, Option<SessionId>);

/// What a write needs to sign its events, owned so that it can go into the writer.
#[derive(Clone)]
struct Pen {
    actor: Actor,
    now: Timestamp,
    ids: Arc<dyn Ids>,
    accounts: Accounts,
}

impl Pen {
    /// Appends an event about one of this room's things, and writes to the person it is about if it
    /// changes how they get in.
    async fn note(&self, context: &WriteContext, event: NewEvent) -> Result<i64> {
        let author = Author {
            actor: &self.actor,
            now: self.now,
            ids: &*self.ids,
        };
        if changes_rights(event.kind) {
            store::revision::count_up(&**context).await?;
        }
        letters::tell(context, self, &event).await?;
        append(context, author, event).await
    }
}

/// Whether what nodes remember of people may be wrong after an event. Coming in changes nobody's
/// rights, and is what happens most.
fn changes_rights(kind: &str) -> bool {
    !matches!(kind, "person.logged_in" | "person.log_in_failed")
}

/// The identity provider. Without usable certificates there is none, which the operator is told;
/// people with passwords get in all the same.
fn provider(settings: crate::settings::ProviderSettings) -> Option<oidc::Provider> {
    oidc::Provider::new(settings)
        .inspect_err(|error| tracing::error!(%error, "the identity provider cannot be used"))
        .ok()
}

/// An event about a person's account, for staff only.
fn person_event(kind: &'static str, person: torg_kernel::PersonId) -> NewEvent {
    NewEvent {
        kind,
        subject: Subject::new("person", person),
        organisation: None,
        authority: None,
        class: PayloadClass::Internal,
        before: None,
        after: None,
        tags: vec![ACCOUNTS_TAG.to_owned()],
    }
}

impl Accounts {
    /// Opens the room on a database whose tables are there. Listens to the database's commits, so
    /// that what is cached here is dropped before the writer answers.
    #[must_use]
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        settings: AccountSettings,
    ) -> Self {
        let caches = Arc::new(Caches::default());
        let listening = Arc::downgrade(&caches);
        database.writer().on_commit(Arc::new(move |tags| {
            if let Some(caches) = listening.upgrade() {
                caches.forget(tags.iter().map(|tag| tag.name.as_str()));
            }
        }));
        let inner = Inner {
            passwords: PasswordChecker::new(settings.checks_at_once),
            webauthn: second_factor::webauthn(&settings),
            provider: settings.provider.clone().and_then(provider),
            database,
            clock,
            ids,
            settings,
            caches,
        };
        Self(Arc::new(inner), None)
    }

    /// The same as somebody meets them in a log-in: what they do to other people's accounts takes
    /// permissions that hold in it, so that a password alone does not get past a second factor.
    #[must_use]
    pub fn in_session(&self, session: SessionId) -> Self {
        Self(self.0.clone(), Some(session))
    }

    /// The numbers in force.
    #[must_use]
    pub fn settings(&self) -> &AccountSettings {
        &self.0.settings
    }

    /// Drops what is cached here and named by one of the tags. For events of other nodes, as the
    /// node's follower of the log sees them; without it they are noticed within two seconds.
    pub fn forget<'a>(&self, tags: impl IntoIterator<Item = &'a str>) {
        self.0.caches.forget(tags.into_iter());
    }

    /// What time it is by the clock that accounts were made with.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    fn pen(&self, actor: &Actor) -> Pen {
        Pen {
            actor: actor.clone(),
            now: self.now(),
            ids: self.0.ids.clone(),
            accounts: self.clone(),
        }
    }
}
