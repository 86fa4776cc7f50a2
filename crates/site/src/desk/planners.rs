//! What those who plan may do when the time comes.

use std::collections::HashSet;

use async_trait::async_trait;
use torg_db::DatabaseTransaction;
use torg_kernel::{OrganisationId, PersonId, Result, Timestamp};

/// Knows what somebody may do who is not there. Owned here, answered by whoever keeps accounts.
#[async_trait]
pub trait Planners: Send + Sync {
    /// The organisations for which somebody may publish pages at an instant; none for somebody whose
    /// account is closed or gone. Asked within the write that does what was planned, so that a
    /// permission that was taken away a moment before does not slip through.
    ///
    /// # Errors
    /// When the database fails.
    async fn publishes_for(
        &self,
        on: &DatabaseTransaction,
        person: PersonId,
        now: Timestamp,
    ) -> Result<HashSet<OrganisationId>>;
}
