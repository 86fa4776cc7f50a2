//! The parts of the city for the calendar: the districts of the map, kept in memory for as long as they
//! are the same.

use std::sync::{Arc, PoisonError, RwLock};

use torg_calendar::{AreaEntry, Spot};
use torg_db::ConnectionTrait;
use torg_geo::{Point, Shape};
use torg_kernel::{Locale, Result, sort_key};
use torg_map::Words;
use uuid::Uuid;

/// One part of the city.
struct District {
    key: String,
    name: Words,
    shape: Shape,
}

/// Which layers, in which versions.
type Version = Vec<(Uuid, i64)>;

/// The districts as they were read last. Reading shapes costs milliseconds, and each page of the calendar
/// asks; that nothing has changed costs one small question.
#[derive(Default)]
pub(crate) struct Districts(RwLock<Option<(Version, Arc<Vec<District>>)>>);

impl Districts {
    async fn all<C: ConnectionTrait>(&self, on: &C) -> Result<Arc<Vec<District>>> {
        let layers = torg_map::list_layers(on).await?;
        let layers: Vec<_> = layers
            .into_iter()
            .filter(|layer| layer.data.districts)
            .collect();
        let version: Version = layers
            .iter()
            .map(|layer| (layer.id, layer.version))
            .collect();
        {
            let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, districts)) = kept.as_ref().filter(|(own, _)| *own == version) {
                return Ok(districts.clone());
            }
        }
        let mut districts = Vec::new();
        for layer in &layers {
            for feature in torg_map::list_features(on, layer.id).await? {
                districts.push(District {
                    key: feature.key,
                    name: feature.data.name,
                    shape: feature.shape,
                });
            }
        }
        let districts = Arc::new(districts);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((version, districts.clone()));
        Ok(districts)
    }

    /// The parts of the city, by name.
    pub(crate) async fn entries<C: ConnectionTrait>(
        &self,
        on: &C,
        locale: Locale,
    ) -> Result<Vec<AreaEntry>> {
        let mut entries: Vec<AreaEntry> = self
            .all(on)
            .await?
            .iter()
            .map(|district| AreaEntry {
                key: district.key.clone(),
                name: district.name.get(locale).to_owned(),
            })
            .collect();
        entries.sort_by_cached_key(|entry| sort_key(&entry.name));
        entries.dedup_by(|later, earlier| later.key == earlier.key);
        Ok(entries)
    }

    /// The part that a point lies in.
    pub(crate) async fn at<C: ConnectionTrait>(
        &self,
        on: &C,
        spot: Spot,
    ) -> Result<Option<String>> {
        let point = Point {
            lon: spot.lon(),
            lat: spot.lat(),
        };
        let districts = self.all(on).await?;
        let found = districts
            .iter()
            .find(|district| district.shape.holds(point));
        Ok(found.map(|district| district.key.clone()))
    }
}
