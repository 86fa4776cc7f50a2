//! What rooms ask of each other, answered by the room that knows.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use torg_accounts::{AccountPages, Accounts, DemoAccounts};
use torg_db::{DatabaseTransaction, Snapshot};
use torg_directory::UnitUse;
use torg_kernel::{FactId, PersonId, Result, UnitId};
use torg_site::{ExportNames, ImportNames, Neighbours, Site};
use torg_web::Routes;

use crate::app::Node;
use crate::operator;

/// Keys and ids of units and facts, both ways.
#[derive(Debug, Default)]
pub struct Keys {
    units: HashMap<UnitId, String>,
    facts: HashMap<FactId, String>,
}

impl Keys {
    /// Reads them all: a city has thousands, not millions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read<C: torg_db::ConnectionTrait>(on: &C) -> Result<Self> {
        let units = torg_directory::list(on).await?;
        let facts = torg_facts::list(on).await?;
        Ok(Self {
            units: units.into_iter().map(|unit| (unit.id, unit.key)).collect(),
            facts: facts.into_iter().map(|fact| (fact.id, fact.key)).collect(),
        })
    }

    /// For an import: ids by key.
    #[must_use]
    pub fn import_names(&self, hosts: Vec<String>) -> ImportNames {
        ImportNames {
            units: self
                .units
                .iter()
                .map(|(id, key)| (key.clone(), *id))
                .collect(),
            facts: self
                .facts
                .iter()
                .map(|(id, key)| (key.clone(), *id))
                .collect(),
            hosts,
        }
    }
}

impl ExportNames for Keys {
    fn unit(&self, id: UnitId) -> Option<String> {
        self.units.get(&id).cloned()
    }
    fn fact(&self, id: FactId) -> Option<String> {
        self.facts.get(&id).cloned()
    }
}

struct SiteNeighbours {
    accounts: Accounts,
}

#[async_trait]
impl Neighbours for SiteNeighbours {
    async fn names(&self, on: &Snapshot) -> Result<ImportNames> {
        Ok(Keys::read(&**on).await?.import_names(Vec::new()))
    }

    async fn people(&self, on: &Snapshot, ids: &[PersonId]) -> Result<Vec<(PersonId, String)>> {
        self.accounts.people_names(on, ids).await
    }
}

struct SiteUse;

#[async_trait]
impl UnitUse for SiteUse {
    async fn pages_using(&self, on: &DatabaseTransaction, unit: UnitId) -> Result<i64> {
        Ok(torg_site::pages_using(on, "unit", unit.0).await?)
    }
}

/// All routes of a node.
#[must_use]
pub fn routes(node: &Node) -> Routes {
    let site = Arc::new(Site {
        index: node.index.clone(),
        searching: node.searching.clone(),
        neighbours: Arc::new(SiteNeighbours {
            accounts: node.accounts.clone(),
        }),
    });
    let directory = Arc::new(torg_directory::Directory {
        use_count: Arc::new(SiteUse),
    });
    let accounts = Arc::new(AccountPages {
        accounts: node.accounts.clone(),
        demo: DemoAccounts::default(),
    });
    let subscriptions = Arc::new(torg_subscriptions::SubscriptionPages {
        subscriptions: node.subscriptions.clone(),
    });
    site.routes()
        .and(subscriptions.routes())
        .and(directory.routes())
        .and(node.notice_board.routes())
        .and(accounts.routes())
        .and(operator::routes(&node.index))
}
