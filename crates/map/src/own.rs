//! The layers that were imported, as a source of the map like any other.

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{Locale, Result, Timestamp};

use crate::areas::MAP_TAG;
use crate::atlas::{Layers, Loaded};
use crate::model::{Feature, Group, LayerInfo, Words};
use crate::store;

/// Imported layers.
pub struct OwnLayers;

#[async_trait]
impl Layers for OwnLayers {
    async fn load(&self, on: &Snapshot, _now: Timestamp) -> Result<Loaded> {
        let mut loaded = Loaded {
            tags: vec![MAP_TAG.to_owned()],
            ..Loaded::default()
        };
        for layer in store::list_layers(&**on).await? {
            for own in store::list_features(&**on, layer.id).await? {
                let name = &own.data.name;
                let mut properties = own.data.properties;
                properties
                    .entry("name")
                    .or_insert_with(|| name.get(Locale::SV).into());
                loaded.features.push(Feature {
                    id: own.key,
                    layer: layer.key.clone(),
                    title: own.data.name,
                    href: Words::new(&own.data.href, ""),
                    line: Words::default(),
                    words: String::new(),
                    shape: own.shape,
                    during: None,
                    properties,
                    now: None,
                });
            }
            loaded.layers.push(LayerInfo {
                key: layer.key,
                name: layer.data.name,
                about: layer.data.about,
                group: Group::Areas,
                icon: "map",
                attribution: layer.data.attribution,
                shown: layer.data.shown,
                districts: layer.data.districts,
            });
        }
        Ok(loaded)
    }
}
