//! The map among the other rooms: what stands on it, its settings, and its commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use torg_almanac::{ALMANAC_TAG, Almanac};
use torg_db::Snapshot;
use torg_directory::hours::{Hours, open_status};
use torg_directory::views::kind_icon;
use torg_directory::{UNIT_DETAILS_TAG, UNITS_TAG, Unit, UnitKind};
use torg_geo::{Point, Shape};
use torg_kernel::{Locale, OrganisationId, Problem, Result, Timestamp, civil_date};
use torg_map::{
    AddressLayers, AddressReport, AreaReport, Feature, Group, LayerInfo, LayerInput, Layers,
    Loaded, MapRoom, MapSettings, Now, OwnLayers, Sources, TileKind, Tiles, Words, input_of,
    preview_addresses, preview_layer, read_addresses, read_layer, write_addresses, write_layer,
};
use torg_ui::{OpenStatus, T};

use crate::city::{Files, Importer};
use crate::config::{Config, ConfigError};

/// A unit's hours, asked when somebody looks.
#[derive(Debug)]
struct UnitNow {
    hours: Hours,
    almanac: Arc<Almanac>,
}

impl Now for UnitNow {
    fn status(&self, t: T, now: Timestamp) -> Option<(OpenStatus, Timestamp)> {
        let said = open_status(t, self.hours.with(&self.almanac), now);
        Some((said.status, said.until))
    }
}

/// The directory's units, a layer for each kind.
struct UnitLayers;

/// The layer of a kind: the last word of its address in the directory would change with the language.
fn layer(kind: UnitKind) -> LayerInfo {
    let key = format!("unit-kind-{}", kind.as_str());
    let name = Words::new(&T::SV.get(&key), &T::EN.get(&key));
    LayerInfo {
        key: kind.as_str().to_owned(),
        name,
        about: Words::default(),
        group: Group::Units,
        icon: kind_icon(kind.as_str()),
        attribution: String::new(),
        shown: true,
        districts: false,
    }
}

fn feature(unit: &Unit, point: Point, almanac: &Arc<Almanac>) -> Feature {
    let line = unit.data.place();
    let mut properties = serde_json::Map::new();
    properties.insert("key".to_owned(), unit.key.clone().into());
    properties.insert("kind".to_owned(), unit.kind.as_str().into());
    for (name, value) in [("phone", &unit.data.phone), ("email", &unit.data.email)] {
        if let Some(value) = value {
            properties.insert(name.to_owned(), value.clone().into());
        }
    }
    Feature {
        id: unit.id.to_string(),
        layer: unit.kind.as_str().to_owned(),
        title: Words::new(unit.name(Locale::SV), unit.name(Locale::EN)),
        href: Words::new(&unit.href(Locale::SV), &unit.href(Locale::EN)),
        line: Words::new(&line, ""),
        words: String::new(),
        shape: Shape::point(point),
        during: None,
        properties,
        now: unit.data.hours.clone().map(|hours| {
            let almanac = almanac.clone();
            Arc::new(UnitNow { hours, almanac }) as Arc<dyn Now>
        }),
    }
}

#[async_trait]
impl Layers for UnitLayers {
    async fn load(&self, on: &Snapshot, now: Timestamp) -> Result<Loaded> {
        let almanac = Arc::new(torg_almanac::load(&**on).await?);
        let today = civil_date(now);
        let mut features = Vec::new();
        let mut found: BTreeMap<UnitKind, usize> = BTreeMap::new();
        for unit in torg_directory::list(&**on).await? {
            let position = unit.data.position.filter(|_| !unit.is_closed_on(today));
            let Some(position) = position else { continue };
            *found.entry(unit.kind).or_default() += 1;
            features.push(feature(
                &unit,
                Point::new(position.lon, position.lat),
                &almanac,
            ));
        }
        let kinds = UnitKind::ALL.iter().copied();
        Ok(Loaded {
            layers: kinds
                .filter(|kind| found.contains_key(kind))
                .map(layer)
                .collect(),
            features,
            tags: [UNITS_TAG, UNIT_DETAILS_TAG, ALMANAC_TAG]
                .map(str::to_owned)
                .to_vec(),
            // Units open and close for good by the day.
            fresh_until: Some(torg_directory::hours::next_midnight(now)),
        })
    }
}

/// What the city has settled about its map.
///
/// # Errors
/// When a setting is no good.
pub fn settings(config: &Config) -> Result<MapSettings, ConfigError> {
    let wrong = |name: &'static str, must| config.wrong(name, must);
    let view = MapSettings::read_view(config.text("map_view"));
    let kind = match config.text("map_tiles_kind") {
        "raster" => TileKind::Raster,
        "vector" => TileKind::Vector,
        _ => return Err(wrong("map_tiles_kind", "raster or vector")),
    };
    let from = config.text("map_tiles");
    let is_good = match from.split_once("://") {
        Some((scheme, _)) => {
            matches!(scheme, "http" | "https")
                && ["{z}", "{x}", "{y}"].iter().all(|part| from.contains(part))
        }
        None => from.is_empty() || from.ends_with(".pmtiles"),
    };
    if !is_good {
        return Err(wrong(
            "map_tiles",
            "an address with {z}, {x} and {y}, or the name of a .pmtiles file in the folder tiles of the data folder",
        ));
    }
    Ok(MapSettings {
        view: view.ok_or_else(|| {
            wrong(
                "map_view",
                "latitude, longitude and zoom (7 to 19), parted by commas",
            )
        })?,
        tiles: (!from.is_empty()).then(|| Tiles {
            from: from.to_owned(),
            kind,
            attribution: config.text("map_attribution").to_owned(),
        }),
        folder: config.data().join("tiles"),
        framed_by: config
            .text("map_framed_by")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    })
}

/// The map with what stands on it.
///
/// # Errors
/// When a setting is no good.
pub fn room(
    config: &Config,
    neighbours: Arc<dyn torg_calendar::Neighbours>,
    index: Arc<torg_search::Index>,
) -> Result<Arc<MapRoom>, ConfigError> {
    let sources: Vec<Arc<dyn Layers>> = vec![
        Arc::new(UnitLayers),
        Arc::new(crate::map_events::EventLayers { neighbours }),
        Arc::new(OwnLayers),
    ];
    let addresses: Arc<dyn Layers> = Arc::new(AddressLayers);
    Ok(Arc::new(MapRoom {
        sources: Arc::new(Sources::new(sources)),
        for_programs: config
            .flag("map_addresses_open")?
            .then(|| Arc::new(Sources::new(vec![addresses]))),
        settings: settings(config)?,
        news: Arc::new(crate::map_news::NewsFromSearch(index)),
    }))
}

/// Whose register it is, beside `map/addresses.csv`.
const SOURCE_FILE: &str = "map/source.txt";

impl Importer {
    /// Takes in a layer, or says what that would do. Without an organisation it stays with whoever
    /// answers for it, and a new one is the city's own.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with line, feature and place for each fault.
    pub async fn areas(
        &self,
        file: &str,
        bytes: &[u8],
        layer: &str,
        name_from: &str,
        dry: bool,
    ) -> Result<AreaReport> {
        let organisations = self.organisations().await?;
        let snapshot = self.database.snapshot().await?;
        let before = torg_map::find_layer(&*snapshot, layer).await?;
        snapshot.end().await?;
        let data = before.is_none().then(|| torg_map::LayerData {
            name: Words::new(layer, ""),
            ..torg_map::LayerData::default()
        });
        let owner = match before {
            Some(layer) => layer.organisation,
            None => organisations.root().ok_or(Problem::NotFound)?.id,
        };
        let input = LayerInput {
            key: layer.to_owned(),
            organisation: owner,
            data,
            name_from: name_from.to_owned(),
        };
        self.layer(file, bytes, input, dry).await
    }

    async fn layer(
        &self,
        file: &str,
        bytes: &[u8],
        input: LayerInput,
        dry: bool,
    ) -> Result<AreaReport> {
        let read = read_layer(file, bytes, input)?;
        if dry {
            let snapshot = self.database.snapshot().await?;
            let (report, _) = preview_layer(&*snapshot, &read).await?;
            snapshot.end().await?;
            return Ok(report);
        }
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move { write_layer(context, importer.author(), read).await })
            })
            .await
    }

    /// Takes in the register of addresses, or says what that would do.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the line of each fault.
    pub async fn addresses(
        &self,
        file: &str,
        bytes: &[u8],
        source: &str,
        dry: bool,
    ) -> Result<AddressReport> {
        let all = read_addresses(file, bytes)?;
        if dry {
            let snapshot = self.database.snapshot().await?;
            let report = preview_addresses(&*snapshot, &all).await?;
            snapshot.end().await?;
            return Ok(report);
        }
        let city: OrganisationId = self
            .organisations()
            .await?
            .root()
            .ok_or(Problem::NotFound)?
            .id;
        let (importer, source) = (self.clone(), source.to_owned());
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    write_addresses(context, author, city, all, &source).await
                })
            })
            .await
    }

    /// Takes in what a city's folder has of the map: `map/*.geojson` and `map/addresses.csv`.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with file and place.
    pub(crate) async fn map(&self, files: &Files) -> Result<()> {
        let organisations = self.organisations().await?;
        for (path, bytes) in files {
            let key = path
                .strip_prefix("map/")
                .and_then(|name| name.strip_suffix(".geojson"));
            if let Some(key) = key {
                let input = input_of(key, bytes, &organisations)?;
                self.layer(path, bytes, input, false).await?;
            }
        }
        if let Some(bytes) = files.get("map/addresses.csv") {
            let source = files
                .get(SOURCE_FILE)
                .map(|text| String::from_utf8_lossy(text).into_owned());
            self.addresses(
                "map/addresses.csv",
                bytes,
                source.unwrap_or_default().trim(),
                false,
            )
            .await?;
        }
        Ok(())
    }
}

/// The map as files of an export, by path.
///
/// # Errors
/// When the database fails.
pub(crate) async fn export(
    on: &Snapshot,
    organisations: &torg_web::OrganisationList,
) -> Result<Vec<(String, String)>> {
    let layers = torg_map::export_layers(&**on, organisations).await?;
    let mut files: Vec<(String, String)> = layers
        .into_iter()
        .map(|(key, text)| (format!("map/{key}.geojson"), text))
        .collect();
    if let Some(text) = torg_map::export_addresses(&**on).await? {
        files.push(("map/addresses.csv".to_owned(), text));
        let register = torg_map::find_register(&**on).await?;
        if let Some(register) = register.filter(|own| !own.source.is_empty()) {
            files.push((SOURCE_FILE.to_owned(), format!("{}\n", register.source)));
        }
    }
    Ok(files)
}
