//! Districts and addresses for the directory, from the map.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use async_trait::async_trait;
use torg_directory::finding::{District, Districts, House, PlaceFound, Surroundings, on_street};
use torg_geo::Point;
use torg_kernel::{Clock, Locale, Result, sort_key};
use torg_map::{MAP_TAG, MapRoom, Sheet, Wanted, find_addresses, wanted};
use torg_web::Reading;

/// The districts of one state of the map. Where a point lies is kept: units seldom move.
struct Areas {
    sheet: Arc<Sheet>,
    layer: String,
    all: Vec<District>,
    by_id: HashMap<String, usize>,
    seen: Mutex<HashMap<(u64, u64), Option<usize>>>,
}

/// Houses of a street that are looked at.
const MOST_HOUSES: i64 = 2_000;

/// Points that are remembered at most.
const MOST: usize = 50_000;

impl Districts for Areas {
    fn all(&self) -> &[District] {
        &self.all
    }

    fn at(&self, point: Point) -> Option<usize> {
        let key = (point.lon.to_bits(), point.lat.to_bits());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen.get(&key) {
            return *known;
        }
        let first = self.sheet.at(point, &self.layer).next();
        let found = first.and_then(|own| self.by_id.get(&own.id).copied());
        if seen.len() < MOST {
            seen.insert(key, found);
        }
        found
    }
}

impl Areas {
    /// The finest of the layers whose areas are districts.
    fn of(sheet: &Arc<Sheet>) -> Option<Self> {
        let count = |layer: &str| {
            let features = sheet.features.iter();
            features.filter(|own| own.layer == layer).count()
        };
        let layers = sheet.layers.iter().filter(|own| own.districts);
        let layer = layers.max_by_key(|own| count(&own.key))?.key.clone();
        let mut all: Vec<District> = sheet
            .features
            .iter()
            .filter(|own| own.layer == layer)
            .map(|own| District {
                key: own.id.clone(),
                name: own.title.get(Locale::SV).to_owned(),
            })
            .collect();
        all.sort_by_cached_key(|own| sort_key(&own.name));
        Some(Self {
            by_id: all
                .iter()
                .enumerate()
                .map(|(at, own)| (own.key.clone(), at))
                .collect(),
            sheet: sheet.clone(),
            layer,
            all,
            seen: Mutex::default(),
        })
    }
}

fn is_district(atlas: &torg_map::Atlas, key: &str) -> bool {
    atlas.layer(key).is_some_and(|layer| layer.districts)
}

/// The map as the directory asks it.
pub(crate) struct MapOfUnits {
    map: Arc<MapRoom>,
    clock: Arc<dyn Clock>,
    kept: RwLock<Option<Arc<Areas>>>,
}

impl MapOfUnits {
    pub(crate) fn new(map: Arc<MapRoom>, clock: Arc<dyn Clock>) -> Self {
        Self {
            map,
            clock,
            kept: RwLock::default(),
        }
    }

    /// What was made of the same state of the map, or made now.
    fn areas(&self, sheet: &Arc<Sheet>) -> Option<Arc<Areas>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|own| Arc::ptr_eq(&own.sheet, sheet)) {
            return Some(kept.clone());
        }
        drop(kept);
        let made = Arc::new(Areas::of(sheet)?);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
        Some(made)
    }
}

/// The address in the register, or what stands for it: the nearest number on its street, or the middle
/// of a street whose number was not given.
async fn addressed(reading: &Reading, words: &str) -> Result<Option<PlaceFound>> {
    let wanted = wanted(words);
    let on = reading.snapshot().await?;
    if wanted.number.is_some() {
        let found = find_addresses(&**on, &wanted, 1).await?;
        if let Some((_, address)) = found.into_iter().next() {
            return Ok(Some(PlaceFound::new(address.line(), address.point)));
        }
    }
    let street = Wanted {
        number: None,
        letter: None,
        ..wanted.clone()
    };
    let found = find_addresses(&**on, &street, MOST_HOUSES).await?;
    // The street that is called so comes first, or else one whose name begins so.
    let Some(name) = found.first().map(|(_, own)| own.street.clone()) else {
        return Ok(None);
    };
    let houses: Vec<House> = found
        .into_iter()
        .filter(|(_, own)| own.street == name)
        .map(|(_, own)| House {
            line: own.line(),
            number: Some(own.number),
            point: own.point,
            street: own.street,
        })
        .collect();
    Ok(on_street(&houses, wanted.number))
}

#[async_trait]
impl Surroundings for MapOfUnits {
    async fn districts(
        &self,
        reading: &Reading,
    ) -> Result<Option<(Arc<dyn Districts>, Vec<String>)>> {
        let atlas = self.map.sources.atlas(reading, self.clock.now()).await?;
        let mut sheets = atlas.0.iter();
        let sheet = sheets.find(|own| own.layers.iter().any(|layer| layer.districts));
        let areas = sheet.and_then(|sheet| self.areas(sheet));
        Ok(areas.map(|areas| (areas as Arc<dyn Districts>, vec![MAP_TAG.to_owned()])))
    }

    async fn place(&self, reading: &Reading, words: &str) -> Result<Option<PlaceFound>> {
        if let Some(found) = addressed(reading, words).await? {
            return Ok(Some(found));
        }
        let atlas = self.map.sources.atlas(reading, self.clock.now()).await?;
        let folded = torg_kernel::fold(words);
        let mut features = atlas.0.iter().flat_map(|own| &own.features);
        let district = features.find(|own| {
            let mut names = own.title.0.values();
            is_district(&atlas, &own.layer) && names.any(|name| torg_kernel::fold(name) == folded)
        });
        Ok(district.map(|own| PlaceFound::new(own.title.get(Locale::SV), own.shape.centre())))
    }
}
