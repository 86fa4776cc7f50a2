//! What documents show of facts.

use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{FactField, FactId, FactSource, Locale, Result, Timestamp, civil_date};
use torg_web::{FactResolver, Reading, Resolved, TagCache, Wanted};

use crate::model::{Fact, day_begins};
use crate::service::fact_tag;
use crate::store;

/// Finds what facts say today. Facts are kept in memory; what is not there is asked for in one
/// question for a whole document.
pub struct OwnFacts {
    kept: TagCache<FactId, Arc<Fact>>,
}

/// Facts kept in memory at most.
const KEPT: usize = 10_000;

impl Default for OwnFacts {
    fn default() -> Self {
        Self {
            kept: TagCache::new(KEPT, KEPT as u64),
        }
    }
}

impl OwnFacts {
    /// The facts with these ids, from memory where they are there.
    async fn facts(&self, reading: &Reading, ids: &[FactId]) -> Result<Vec<Arc<Fact>>> {
        let mut facts = Vec::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.kept.get(id) {
                Some((fact, position)) => {
                    reading.made_from_kept(position);
                    facts.push(fact);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let position = reading.snapshot_position().await?;
            for fact in store::list_by_id(&**reading.snapshot().await?, &missing).await? {
                let fact = Arc::new(fact);
                let tags = vec![fact_tag(fact.id)];
                self.kept.insert(fact.id, fact.clone(), tags, position, 1);
                facts.push(fact);
            }
        }
        Ok(facts)
    }
}

#[async_trait]
impl FactResolver for OwnFacts {
    async fn resolve(
        &self,
        reading: &Reading,
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
        for fact in self.facts(reading, &ids).await? {
            let value = fact.on(today);
            for reference in asked().filter(|it| it.id == fact.id.0) {
                let said = match reference.field {
                    FactField::Value => value.map(|value| value.value.get(locale)),
                    FactField::Name => value.map(|value| value.label.get(locale)),
                    _ => None,
                };
                if let Some((said, lang)) = said {
                    resolved.facts.insert(*reference, said.to_owned());
                    if !locale.as_str().starts_with(lang.as_str()) {
                        resolved.fact_langs.insert(*reference, lang);
                    }
                }
            }
            resolved.until(fact.next_change(today).map(day_begins));
        }
        Ok(())
    }

    fn drop_tag(&self, tag: &str, position: i64) {
        self.kept.drop_tag(tag, position);
    }
}
