//! What the pages of units point at, and where their pictures, files and facts stand.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use torg_db::{ConnectionTrait, DatabaseTransaction};
use torg_directory::{PageAddress, UnitNeighbours, UnitPlaces};
use torg_files::{MediaRef, PictureFilter, PictureShow, UsePlace};
use torg_kernel::{FactId, FactSource, Locale, PageId, PictureId, Result, Timestamp};
use torg_site::PublicAddress;

use crate::assemble::Keys;
use crate::city::Importer;

/// Asks the site, the facts and the media bank.
pub struct UnitSurroundings;

fn places(keys: &Keys, pages: Vec<PublicAddress>) -> UnitPlaces {
    let names = keys.import_names(Vec::new());
    UnitPlaces {
        pages: pages
            .into_iter()
            .map(|page| (page.address, PageId(page.page_id)))
            .collect::<HashMap<_, _>>(),
        units: names.units,
        facts: names.facts,
        pictures: names.pictures,
        files: names.files,
    }
}

#[async_trait]
impl UnitNeighbours for UnitSurroundings {
    async fn places(&self, on: &DatabaseTransaction, addresses: &[String]) -> Result<UnitPlaces> {
        let pages = torg_site::list_published_at(on, addresses).await?;
        Ok(places(&Keys::read(on).await?, pages))
    }

    async fn addresses(
        &self,
        on: &DatabaseTransaction,
        pages: &[PageId],
    ) -> Result<Vec<PageAddress>> {
        let found = torg_site::list_addresses_of(on, pages).await?;
        let address = |own: PublicAddress| {
            Some(PageAddress {
                page: PageId(own.page_id),
                locale: own.locale.parse().ok()?,
                address: own.address,
            })
        };
        Ok(found.into_iter().filter_map(address).collect())
    }

    async fn pictures(
        &self,
        on: &DatabaseTransaction,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<PictureId>> {
        let filter = PictureFilter {
            words,
            show: PictureShow::Public,
            organisations: None,
            now,
        };
        let found = torg_files::filter_pictures(on, &filter, &HashSet::new(), 0, most).await?;
        Ok(found.items.iter().map(|picture| picture.id).collect())
    }
}

/// The pages of units that show a picture or offer a file.
pub(crate) async fn using<C: ConnectionTrait>(on: &C, media: MediaRef) -> Result<Vec<UsePlace>> {
    let units = torg_directory::list(on).await?;
    let shows = |unit: &torg_directory::Unit| match media {
        MediaRef::Picture(id) => unit.data.pictures().contains(&id),
        MediaRef::File(id) => unit.data.documents().any(|own| own.files().contains(&id)),
    };
    let place = |unit: &torg_directory::Unit| UsePlace {
        title: unit.name(Locale::SV).to_owned(),
        href: unit.href(Locale::SV),
    };
    Ok(units.iter().filter(|unit| shows(unit)).map(place).collect())
}

/// How many pages of units show a fact.
pub(crate) async fn with_fact<C: ConnectionTrait>(on: &C, fact: FactId) -> Result<usize> {
    let shows = |unit: &torg_directory::Unit| {
        let mut facts = unit.data.documents().flat_map(|own| own.facts());
        facts.any(|own| own.source == FactSource::Fact && own.id == fact.0)
    };
    let units = torg_directory::list(on).await?;
    Ok(units.iter().filter(|unit| shows(unit)).count())
}

/// Every picture that some unit's page shows.
pub(crate) async fn pictures<C: ConnectionTrait>(on: &C) -> Result<Vec<PictureId>> {
    let units = torg_directory::list(on).await?;
    Ok(units.iter().flat_map(|unit| unit.data.pictures()).collect())
}

impl Importer {
    /// Takes in the texts and pictures of units that were written by hand, when the pages, facts and
    /// pictures that they point at are there: all or nothing.
    ///
    /// # Errors
    /// [`torg_kernel::Problem::Invalid`] with a field for each fault.
    pub async fn unit_texts(&self, bytes: &[u8]) -> Result<torg_directory::ImportReport> {
        let units = torg_directory::parse_units(bytes)?;
        if units.iter().all(|unit| unit.by_hand.is_empty()) {
            // An export holds blocks and ids: the units came in whole.
            return Ok(torg_directory::ImportReport::default());
        }
        let importer = self.clone();
        let organisations = self.organisations().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let keys = Keys::read(&**context).await?;
                    let pages = torg_site::list_addresses(&**context).await?;
                    let places = places(&keys, pages);
                    let author = importer.author();
                    torg_directory::import_unit_texts(
                        context,
                        author,
                        units,
                        &organisations,
                        &places,
                    )
                    .await
                })
            })
            .await
    }
}
