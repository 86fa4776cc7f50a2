//! What lies round the directory in the town.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use torg_db::DatabaseTransaction;
use torg_directory::{PageAddress, Unit, UnitNeighbours, UnitPlaces, list};
use torg_kernel::{FactId, Locale, PageId, PictureId, Result, Timestamp};
use torg_ui::{PictureSource, PictureView};
use torg_web::{FactResolver, Reading, Resolved, Wanted};
use uuid::Uuid;

/// Pages that units link to, as they are called when the town is made.
const PAGES: [&str; 6] = [
    "/uppleva-och-gora/bibliotek",
    "/uppleva-och-gora/simhallar",
    "/uppleva-och-gora/museer",
    "/en/libraries",
    "/en/swimming-pools",
    "/en/museums",
];
const PICTURES: [&str; 3] = ["bibliotek.jpg", "simhall.jpg", "museum.jpg"];
const FACTS: [&str; 4] = [
    "bibliotek-lanetid",
    "bibliotek-forsening",
    "simhall-vuxen",
    "simhall-barn",
];

/// The page with a number: Swedish and English are one.
pub fn page(number: usize) -> PageId {
    PageId(Uuid::from_u128(0x100 + number as u128))
}

pub fn picture(number: usize) -> PictureId {
    PictureId(Uuid::from_u128(0x200 + number as u128))
}

/// What lies round the directory: some pages that can be moved, pictures that can be removed.
#[derive(Default)]
pub struct Around {
    moved: Mutex<HashMap<&'static str, String>>,
    pub gone: Mutex<bool>,
}

impl Around {
    pub fn move_page(&self, from: &'static str, to: &str) {
        let mut moved = self.moved.lock().expect("nobody panics here");
        moved.insert(from, to.to_owned());
    }

    fn address(&self, own: &'static str) -> String {
        let moved = self.moved.lock().expect("nobody panics here");
        moved.get(own).cloned().unwrap_or_else(|| own.to_owned())
    }

    fn pictures(&self) -> Vec<(&'static str, PictureId)> {
        let gone = *self.gone.lock().expect("nobody panics here");
        let all = PICTURES.iter().enumerate();
        all.filter(|_| !gone)
            .map(|(number, key)| (*key, picture(number)))
            .collect()
    }

    pub fn places(&self, units: Vec<Unit>) -> UnitPlaces {
        let facts = FACTS.iter().enumerate();
        UnitPlaces {
            pages: PAGES
                .iter()
                .enumerate()
                .map(|(number, own)| (self.address(own), page(number % 3)))
                .collect(),
            units: units.into_iter().map(|unit| (unit.key, unit.id)).collect(),
            facts: facts
                .map(|(number, key)| {
                    (
                        (*key).to_owned(),
                        FactId(Uuid::from_u128(number as u128 + 1)),
                    )
                })
                .collect(),
            pictures: self
                .pictures()
                .into_iter()
                .map(|(key, id)| (key.to_owned(), id))
                .collect(),
            files: HashMap::new(),
        }
    }
}

#[async_trait]
impl UnitNeighbours for Around {
    async fn places(&self, on: &DatabaseTransaction, _: &[String]) -> Result<UnitPlaces> {
        Ok(Self::places(self, list(on).await?))
    }

    async fn addresses(
        &self,
        _: &DatabaseTransaction,
        pages: &[PageId],
    ) -> Result<Vec<PageAddress>> {
        let all = PAGES.iter().enumerate();
        Ok(all
            .map(|(number, own)| PageAddress {
                page: page(number % 3),
                locale: if number < 3 { Locale::SV } else { Locale::EN },
                address: self.address(own),
            })
            .filter(|own| pages.contains(&own.page))
            .collect())
    }

    async fn pictures(
        &self,
        _: &DatabaseTransaction,
        words: &str,
        _: Timestamp,
        most: usize,
    ) -> Result<Vec<PictureId>> {
        let all = Self::pictures(self).into_iter();
        let fitting = all.filter(|(key, _)| key.contains(words));
        Ok(fitting.take(most).map(|(_, id)| id).collect())
    }
}

#[async_trait]
impl FactResolver for Around {
    async fn resolve(
        &self,
        _: &Reading,
        wanted: &Wanted,
        _: Locale,
        _: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()> {
        for (key, id) in self.pictures() {
            if wanted.pictures.contains(&id) {
                let src = format!("/media/{id}/640.jpg");
                let view = PictureView {
                    sources: vec![PictureSource {
                        mime: "image/jpeg",
                        sizes: vec![(src.clone(), 640), (src.replace("640", "1280"), 1_280)],
                    }],
                    src,
                    width: 1_280,
                    height: 853,
                    alt: format!("Bilden {key}"),
                    credit: "Illustration: Torg".to_owned(),
                    focus: (30, 70),
                };
                resolved.pictures.insert(id, view);
            }
        }
        Ok(())
    }
}
