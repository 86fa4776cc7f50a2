//! What rooms ask of each other, answered by the room that knows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use torg_accounts::{AccountPages, Accounts, DemoAccounts};
use torg_db::{DatabaseTransaction, Snapshot};
use torg_directory::UnitUse;
use torg_files::{MayRead, MediaRef, MediaUse, UnseenPlaces, UsePlace};
use torg_kernel::{FactId, FileId, PersonId, PictureId, Result, UnitId};
use torg_site::{ExportNames, ImportNames, Neighbours, Site};
use torg_web::Routes;

use crate::app::Node;
use crate::{operator, workplaces};

/// Keys and ids of units, facts, pictures and files, both ways.
#[derive(Debug, Default)]
pub struct Keys {
    units: HashMap<UnitId, String>,
    facts: HashMap<FactId, String>,
    pictures: HashMap<PictureId, String>,
    files: HashMap<FileId, String>,
}

fn by_key<Id: Copy>(keys: &HashMap<Id, String>) -> HashMap<String, Id> {
    keys.iter().map(|(id, key)| (key.clone(), *id)).collect()
}

impl Keys {
    /// Reads them all: a city has thousands, not millions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read<C: torg_db::ConnectionTrait>(on: &C) -> Result<Self> {
        let units = torg_directory::list(on).await?;
        let facts = torg_facts::list(on).await?;
        let pictures = torg_files::list_pictures(on).await?;
        let files = torg_files::list_files(on).await?;
        Ok(Self {
            units: units.into_iter().map(|unit| (unit.id, unit.key)).collect(),
            facts: facts.into_iter().map(|fact| (fact.id, fact.key)).collect(),
            pictures: pictures.into_iter().map(|own| (own.id, own.key)).collect(),
            files: files.into_iter().map(|own| (own.id, own.key)).collect(),
        })
    }

    /// For an import: ids by key.
    #[must_use]
    pub fn import_names(&self, hosts: Vec<String>) -> ImportNames {
        ImportNames {
            units: by_key(&self.units),
            facts: by_key(&self.facts),
            pictures: by_key(&self.pictures),
            files: by_key(&self.files),
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
    fn picture(&self, id: PictureId) -> Option<String> {
        self.pictures.get(&id).cloned()
    }
    fn file(&self, id: FileId) -> Option<String> {
        self.files.get(&id).cloned()
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
        Ok(torg_site::texts_needing(on, "unit", unit.0).await?)
    }
}

/// What a picture or a file is called in the references of texts.
const fn target(media: MediaRef) -> (&'static str, uuid::Uuid) {
    match media {
        MediaRef::Picture(id) => ("picture", id.0),
        MediaRef::File(id) => ("file", id.0),
    }
}

/// Where pictures and files are shown.
pub(crate) struct SiteMediaUse;

#[async_trait]
impl MediaUse for SiteMediaUse {
    async fn places(&self, on: &DatabaseTransaction, media: MediaRef) -> Result<Vec<UsePlace>> {
        let (kind, id) = target(media);
        let pages = torg_site::list_pages_using(on, kind, id).await?;
        let mut places: Vec<UsePlace> = pages
            .into_iter()
            .map(|page| UsePlace {
                title: page.title,
                href: page.address,
            })
            .collect();
        places.extend(crate::unit_pages::using(on, media).await?);
        places.extend(crate::calendar_pictures::using(on, media).await?);
        if let MediaRef::File(file) = media {
            places.extend(crate::notice_board::using(on, file).await?);
        }
        Ok(places)
    }

    async fn unseen(
        &self,
        on: &DatabaseTransaction,
        media: MediaRef,
        may_read: MayRead<'_>,
    ) -> Result<UnseenPlaces> {
        let (kind, id) = target(media);
        let mut places = UnseenPlaces::default();
        for text in torg_site::list_unseen_using(on, kind, id).await? {
            if !may_read(text.organisation) {
                places.hidden += 1;
                continue;
            }
            let href = match text.trashed {
                true => "/admin/trash".to_owned(),
                false => format!("/admin/pages/{}", text.content),
            };
            places.seen.push(UsePlace {
                title: text.title,
                href,
            });
        }
        crate::calendar_pictures::unseen(on, media, may_read, &mut places).await?;
        Ok(places)
    }

    async fn needed_pictures(&self, on: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        let mut needed = self.used_pictures(on).await?;
        let unseen = torg_site::ids_in_unseen(on).await?;
        needed.extend(unseen.into_iter().map(PictureId));
        needed.extend(crate::calendar_pictures::pictures(on, false).await?);
        Ok(needed)
    }

    async fn used_pictures(&self, on: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        let used = torg_site::list_used(on, "picture").await?;
        let units = crate::unit_pages::pictures(on).await?;
        let events = crate::calendar_pictures::pictures(on, true).await?;
        let used = used.into_iter().map(PictureId);
        Ok(used.chain(units).chain(events).collect())
    }
}

/// All routes of a node.
#[must_use]
pub fn routes(node: &Node) -> Routes {
    let site = Arc::new(Site {
        index: node.index.clone(),
        searching: node.searching.clone(),
        comments: node.comments.clone(),
        history: node.history.clone(),
        neighbours: Arc::new(SiteNeighbours {
            accounts: node.accounts.clone(),
        }),
        lookups: Arc::new(crate::lookups::EditorLookups),
    });
    let directory = Arc::new(torg_directory::Directory::new(
        torg_directory::DirectoryParts {
            use_count: Arc::new(SiteUse),
            around: Arc::new(crate::unit_pages::UnitSurroundings),
            register: node.register.clone(),
            surroundings: Arc::new(crate::unit_map::MapOfUnits::new(
                node.map.clone(),
                node.app.clock.clone(),
            )),
            people: Arc::new(crate::unit_care::PeopleOfUnits {
                accounts: node.accounts.clone(),
            }),
            care: node.unit_care.clone(),
        },
    ));
    let accounts = Arc::new(AccountPages {
        accounts: node.accounts.clone(),
        demo: DemoAccounts::default(),
    });
    let subscriptions = Arc::new(torg_subscriptions::SubscriptionPages {
        subscriptions: node.subscriptions.clone(),
    });
    let facts = Arc::new(torg_facts::FactPages {
        used: Arc::new(workplaces::SiteFactUse),
    });
    site.routes()
        .and(node.care.routes())
        .and(subscriptions.routes())
        .and(directory.routes())
        .and(node.calendar.routes())
        .and(node.notice_board.routes())
        .and(node.map.routes())
        .and(node.media.routes())
        .and(accounts.routes())
        .and(workplaces::workspace(node).routes())
        .and(facts.routes())
        .and(operator::routes(&node.index))
}
