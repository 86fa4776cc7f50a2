//! What the city has brought in, layers and addresses, as sources of the map like any other.

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_geo::Shape;
use torg_kernel::{Locale, Result, Timestamp, slugify};
use torg_ui::T;

use crate::areas::MAP_TAG;
use crate::atlas::{Layers, Loaded};
use crate::model::{Feature, Group, LayerInfo, Words};
use crate::register::ADDRESSES_TAG;
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

/// The key of the addresses' collection.
const ADDRESSES: &str = "addresses";

/// The register of addresses as a layer of its own, for cities whose register is open. It is held in
/// memory as everything on the map: some hundred megabytes for the addresses of a large city.
pub struct AddressLayers;

#[async_trait]
impl Layers for AddressLayers {
    async fn load(&self, on: &Snapshot, _now: Timestamp) -> Result<Loaded> {
        let mut loaded = Loaded {
            tags: vec![ADDRESSES_TAG.to_owned()],
            ..Loaded::default()
        };
        let Some(register) = store::find_register(&**on).await? else {
            return Ok(loaded);
        };
        let name = |t: T| t.get("map-places");
        loaded.layers.push(LayerInfo {
            key: ADDRESSES.to_owned(),
            name: Words::new(&name(T::SV), &name(T::EN)),
            about: Words::default(),
            group: Group::Areas,
            icon: "map-pin",
            attribution: register.source,
            shown: false,
            districts: false,
        });
        let all = store::list_addresses(&**on).await?;
        loaded.features.extend(all.into_iter().map(|own| {
            let whole = own.whole();
            let mut properties = serde_json::Map::new();
            properties.insert("street".to_owned(), own.street.into());
            properties.insert("number".to_owned(), own.number.into());
            for (name, value) in [
                ("letter", own.letter),
                ("postcode", own.postcode),
                ("city", own.city),
            ] {
                if !value.is_empty() {
                    properties.insert(name.to_owned(), value.into());
                }
            }
            Feature {
                // An address stands once in its register, so that what it says names it.
                id: slugify(&whole),
                layer: ADDRESSES.to_owned(),
                title: Words::new(&whole, ""),
                href: Words::default(),
                line: Words::default(),
                words: String::new(),
                shape: Shape::point(own.point),
                during: None,
                properties,
                now: None,
            }
        }));
        Ok(loaded)
    }
}
