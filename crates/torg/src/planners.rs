//! What those who plan pages may do when the time comes, as the room of accounts knows it.

use std::collections::HashSet;

use async_trait::async_trait;
use torg_accounts::Accounts;
use torg_db::DatabaseTransaction;
use torg_kernel::{OrganisationId, Permission, PersonId, Result, Timestamp};
use torg_site::Planners;

/// Asks the accounts.
pub struct AccountPlanners(pub Accounts);

#[async_trait]
impl Planners for AccountPlanners {
    async fn publishes_for(
        &self,
        on: &DatabaseTransaction,
        person: PersonId,
        now: Timestamp,
    ) -> Result<HashSet<OrganisationId>> {
        let mut scopes = self.0.scopes_of(on, person, now).await?;
        let own = scopes.remove(&Permission::PagePublish);
        Ok(own.map_or_else(HashSet::new, |own| own.organisations.into_keys().collect()))
    }
}
