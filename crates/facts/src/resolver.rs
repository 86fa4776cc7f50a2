//! What documents show of facts.

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{FactField, FactId, FactSource, Locale, Result, Timestamp, civil_date};
use torg_web::{FactResolver, Resolved, Wanted};

use crate::model::day_begins;
use crate::service::fact_tag;
use crate::store;

/// Finds what facts say today. One question to the database for a whole document.
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnFacts;

#[async_trait]
impl FactResolver for OwnFacts {
    async fn resolve(
        &self,
        on: &Snapshot,
        wanted: &Wanted,
        locale: Locale,
        now: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()> {
        let asked = || {
            let all = wanted.facts.iter();
            all.filter(|fact| fact.source == FactSource::Fact)
        };
        let mut ids: Vec<FactId> = asked().map(|fact| FactId(fact.id)).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let today = civil_date(now);
        // Also what is not there may come.
        resolved.tags.extend(ids.iter().map(|id| fact_tag(*id)));
        for fact in store::list_by_id(&**on, &ids).await? {
            let value = fact.on(today);
            for reference in asked().filter(|it| it.id == fact.id.0) {
                let said = match reference.field {
                    FactField::Value => value.map(|value| value.value.get(locale)),
                    FactField::Name => value.map(|value| value.label.get(locale)),
                    _ => None,
                };
                if let Some(said) = said {
                    resolved.facts.insert(*reference, said.to_owned());
                }
            }
            resolved.until(fact.next_change(today).map(day_begins));
        }
        Ok(())
    }
}
