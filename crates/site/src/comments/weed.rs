//! Weeding of what was not shown.

use std::sync::Arc;

use torg_db::Database;
use torg_kernel::{Clock, Ids, Result};

use super::{Comments, service};

impl Comments {
    /// Takes names, mail addresses and texts of rejected and withdrawn comments out of rows and log
    /// when their days are over. Does nothing without the number of a decision: comments to an
    /// authority are public records, and arkivlagen (1990:782), section 10, lets them be weeded by
    /// a decision only.
    ///
    /// # Errors
    /// When the database fails; what was weeded before that stays weeded.
    pub async fn weed(
        &self,
        database: &Database,
        clock: &Arc<dyn Clock>,
        ids: &Arc<dyn Ids>,
    ) -> Result<()> {
        let decision = self.settings.weeding_decision.trim();
        if decision.is_empty() {
            return Ok(());
        }
        let now = clock.now();
        let before = now.plus_seconds(-self.settings.weeding_days * 86_400);
        loop {
            let ids = ids.clone();
            if service::weed(database, before, now, ids, decision.to_owned()).await? == 0 {
                return Ok(());
            }
        }
    }
}
