//! Making recovery codes.

use serde_json::json;
use torg_kernel::{Message, PersonId, Problem, Result};

use super::factor_event;
use crate::factor::recovery;
use crate::model;
use crate::service::Accounts;
use crate::store;

impl Accounts {
    /// Makes ten new recovery codes in the place of all older ones. Only their digests are kept, so
    /// this answer is the only time that they can be shown.
    ///
    /// # Errors
    /// [`Problem::Conflict`] for somebody without a second factor, whom no code is asked for.
    pub async fn make_recovery_codes(&self, person: PersonId) -> Result<Vec<String>> {
        let pen = self.pen(&model::own(person));
        let codes = recovery::generate(&*self.0.ids);
        let hashes: Vec<Vec<u8>> = codes
            .iter()
            .filter_map(|code| recovery::hash(person.0, code))
            .collect();
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    if !store::second_factor::has_factor(&**context, person).await? {
                        return Err(Problem::Conflict(Message::new("recovery-without-factor")));
                    }
                    store::second_factor::save_recovery_codes(&**context, person, &hashes).await?;
                    let what = json!({"codes": hashes.len()});
                    let event = factor_event("person.recovery_codes_made", person, what);
                    pen.note(context, event).await?;
                    Ok(())
                })
            })
            .await?;
        Ok(codes)
    }
}
