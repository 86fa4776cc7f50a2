//! What a person may do today and where, answered to the way in.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::Snapshot;
use torg_kernel::Result;
use torg_web::{Caller, Identity, OrganisationEntry, OrganisationList, Organisations};

use super::Accounts;
use crate::effective::{self, Held};
use crate::model::{Grant, Person, Role, Session};
use crate::organisation::OrganisationTree;
use crate::store;

/// A person with what holds for them on a day.
pub(super) fn caller(
    session: &Session,
    person: Person,
    held: &[Held],
    roles: &[Role],
    tree: &OrganisationTree,
    day: Date,
) -> Caller {
    Caller {
        person: person.id,
        name: person.name,
        session: session.id,
        scopes: effective::scopes(held, roles, tree, day),
    }
}

impl Accounts {
    /// What holds in a log-in: a person's own grants, which the log-in was found good enough for, and
    /// those handed over, for which it has to be so too.
    pub(super) fn held_in(
        &self,
        session: &Session,
        own: Vec<Grant>,
        handed: Vec<Held>,
        roles: &[Role],
    ) -> Vec<Held> {
        let own = own.into_iter().map(|grant| Held {
            grant,
            on_behalf_of: None,
        });
        let handed = handed
            .into_iter()
            .filter(|held| self.holds_in(session, &held.grant, roles));
        own.chain(handed).collect()
    }
}

#[async_trait]
impl Identity for Accounts {
    async fn caller(&self, token: &str) -> Result<Option<Caller>> {
        let caller = self.find_caller(token).await?;
        Ok(caller.map(|caller| (*caller).clone()))
    }
}

#[async_trait]
impl Organisations for Accounts {
    async fn list(&self, on: &Snapshot) -> Result<Arc<OrganisationList>> {
        let tree = store::organisation::load_tree(&**on).await?;
        let entry = |organisation: &crate::Organisation| OrganisationEntry {
            id: organisation.id,
            key: organisation.key.clone(),
            parent: organisation.parent,
            authority: organisation.authority,
            name_sv: organisation.name_sv.clone(),
            name_en: organisation.name_en.clone(),
        };
        let all = tree.list();
        let ended = all
            .iter()
            .filter(|organisation| organisation.ended_at.is_some());
        let ended: Vec<_> = ended.map(|organisation| organisation.id).collect();
        let entries = all.into_iter().map(entry).collect();
        Ok(Arc::new(OrganisationList::new(entries).with_ended(ended)))
    }
}
