//! A small town for stories: a library, a pool, an organisation, and the routes of the map.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, Snapshot, scalar};
use torg_geo::{Point, Shape};
use torg_kernel::{
    Actor, Locale, ManualClock, OrganisationId, Result, SeededIds, Subject, SystemIds, Timestamp,
};
use torg_log::Author;
use torg_map::{
    AddressLayers, AddressReport, AreaNews, AreaReport, Atlas, Feature, Group, LayerData,
    LayerInfo, LayerInput, Layers, Loaded, MapRoom, MapSettings, Narrowed, NewsOfAreas, Now,
    OwnLayers, ReadLayer, Sources, TileKind, Tiles, Wanted, Words, export_addresses, export_layers,
    read_addresses, read_layer, remove_layer, write_addresses, write_layer,
};
use torg_ui::{Chrome, OpenStatus, T};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Identity, OrganisationEntry,
    OrganisationList, Organisations, PageRequest, Reading, Settings, service,
};

/// Monday 2026-11-16 13:00 in the city.
pub const NOW: Timestamp = Timestamp::from_micros(1_794_830_400_000_000);

/// Two districts side by side.
pub const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":1,"geometry":{"type":"Polygon","coordinates":[[[11.9,57.65],[12,57.65],[12,57.72],[11.9,57.72],[11.9,57.65]],[[11.95,57.66],[11.95,57.715],[11.99,57.715],[11.99,57.66],[11.95,57.66]]]},"properties":{"namn":"Väster"}},
{"type":"Feature","id":2,"geometry":{"type":"Polygon","coordinates":[[[11.95,57.66],[11.99,57.66],[11.99,57.715],[11.95,57.715],[11.95,57.66]]]},"properties":{"namn":"Öster"}}
]}"#;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_map::migrations::migrations());
        all
    }
}

fn ids() -> [OrganisationId; 2] {
    let seeded = SeededIds::new(7);
    [
        OrganisationId::new(&seeded, NOW),
        OrganisationId::new(&seeded, NOW),
    ]
}

pub fn other_organisation() -> OrganisationId {
    ids()[1]
}

/// The city and one of its committees, with the same ids every time.
pub fn organisations() -> Arc<OrganisationList> {
    let [city, committee] = ids();
    let entry = |id, key: &str, parent| OrganisationEntry {
        id,
        key: key.to_owned(),
        parent,
        authority: None,
        name_sv: key.to_owned(),
        name_en: String::new(),
    };
    Arc::new(OrganisationList::new(vec![
        entry(city, "staden", None),
        entry(committee, "namnden", Some(city)),
    ]))
}

pub fn input() -> LayerInput {
    LayerInput {
        key: "delar".to_owned(),
        organisation: ids()[0],
        data: Some(LayerData {
            name: Words::new("Delar", "Parts"),
            districts: true,
            shown: true,
            ..LayerData::default()
        }),
        name_from: String::new(),
    }
}

#[derive(Debug)]
struct Open;

impl Now for Open {
    fn status(&self, t: T, now: Timestamp) -> Option<(OpenStatus, Timestamp)> {
        let english = t.locale() == Locale::EN;
        let text = if english { "Open" } else { "Öppet" }.to_owned();
        Some((OpenStatus { text, open: true }, now))
    }
}

struct Units;

#[async_trait]
impl Layers for Units {
    async fn load(&self, _: &Snapshot, _: Timestamp) -> Result<Loaded> {
        let layer = |key: &str, name| LayerInfo {
            key: key.to_owned(),
            name,
            about: Words::default(),
            group: Group::Units,
            icon: "map-pin",
            attribution: String::new(),
            shown: true,
            districts: false,
        };
        let unit = |layer: &str, title, lon, lat| Feature {
            id: layer.to_owned(),
            layer: layer.to_owned(),
            title,
            href: Words::new("/hitta/x", "/en/find/x"),
            line: Words::new("Gatan 1", ""),
            words: String::new(),
            shape: Shape::point(Point::new(lon, lat)),
            during: None,
            properties: serde_json::Map::new(),
            now: Some(Arc::new(Open)),
        };
        Ok(Loaded {
            layers: vec![
                layer("library", Words::new("Bibliotek", "Libraries")),
                layer("pool", Words::new("Simhallar", "Pools")),
            ],
            features: vec![
                unit("pool", Words::new("Simhallen", "The pool"), 12.05, 57.75),
                unit(
                    "library",
                    Words::new("Biblioteket", "The library"),
                    11.95,
                    57.7,
                ),
            ],
            tags: vec!["units".to_owned()],
            fresh_until: None,
        })
    }

    /// As the calendar does: who asks for the weekend gets the first only.
    async fn narrowed(
        &self,
        request: &PageRequest,
        _: Locale,
        question: &[(String, String)],
    ) -> Result<Option<Narrowed>> {
        if question != [("when".to_owned(), "weekend".to_owned())] {
            return Ok(None);
        }
        let mut loaded = self.load(request.snapshot().await?, request.now).await?;
        loaded.features.retain(|own| own.layer == "library");
        Ok(Some(Narrowed {
            loaded,
            list_href: "/kalendarium?when=weekend".to_owned(),
        }))
    }
}

/// One piece of news, of one district.
struct Written;

#[async_trait]
impl NewsOfAreas for Written {
    async fn find(
        &self,
        district: &str,
        _: Locale,
        now: Timestamp,
        _: usize,
    ) -> Result<Vec<AreaNews>> {
        let own = AreaNews {
            title: "Bron är lagad".to_owned(),
            href: "/nyheter/bron".to_owned(),
            published_at: Some(now),
        };
        Ok((district == "Väster").then_some(own).into_iter().collect())
    }
}

struct Nobody;

#[async_trait]
impl Identity for Nobody {
    async fn caller(&self, _: &str) -> Result<Option<Caller>> {
        Ok(None)
    }
}

struct Tree;

#[async_trait]
impl Organisations for Tree {
    async fn list(&self, _: &Snapshot) -> Result<Arc<OrganisationList>> {
        Ok(organisations())
    }
}

struct Frame;

#[async_trait]
impl ChromeSource for Frame {
    async fn chrome(
        &self,
        _: &App,
        _: &Reading,
        locale: Locale,
    ) -> Result<(Arc<Chrome>, Vec<String>)> {
        Ok((torg_ui::sample::chrome(T::of(locale)), Vec::new()))
    }
}

struct Plain;

impl ErrorPages for Plain {
    fn draw(&self, draw: Draw) -> String {
        draw.status.to_string()
    }

    fn kept(&self, draw: Draw, fields: Vec<(String, String)>) -> String {
        format!("{} {fields:?}", draw.status)
    }
}

pub struct Town {
    database: Database,
    app: Arc<App>,
    room: Arc<MapRoom>,
    service: torg_web::Service,
}

/// A page that came back.
pub struct Shown(Html);

impl Shown {
    pub fn texts(&self, css: &str) -> Vec<String> {
        let selector = Selector::parse(css).expect("a selector");
        let found = self.0.select(&selector);
        found
            .map(|own| own.text().collect::<String>().trim().to_owned())
            .collect()
    }

    pub fn has(&self, css: &str) -> bool {
        !self.texts(css).is_empty()
    }

    pub fn text(&self) -> String {
        self.0.root_element().text().collect()
    }
}

impl Town {
    pub fn new(database: Database) -> Self {
        Self::with(
            database,
            MapSettings {
                tiles: Some(Tiles {
                    from: "https://tiles.example.org/{z}/{x}/{y}.png".to_owned(),
                    kind: TileKind::Raster,
                    attribution: "© Example".to_owned(),
                }),
                framed_by: vec!["https://example.org".to_owned()],
                ..MapSettings::default()
            },
        )
    }

    pub fn with(database: Database, settings: MapSettings) -> Self {
        let app = App::new(AppParts {
            database: database.clone(),
            clock: Arc::new(ManualClock::new(NOW)),
            ids: Arc::new(SystemIds),
            identity: Arc::new(Nobody),
            facts: Facts(Vec::new()),
            organisations: Arc::new(Tree),
            chrome: Arc::new(Frame),
            errors: Arc::new(Plain),
            settings: Settings {
                base_url: "http://127.0.0.1".to_owned(),
                city: "Göteborgs Stad".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 1_000_000,
            },
            cache_bytes: 10_000_000,
        });
        let room = Arc::new(MapRoom {
            sources: Arc::new(Sources::new(vec![Arc::new(Units), Arc::new(OwnLayers)])),
            for_programs: Some(Arc::new(Sources::new(vec![Arc::new(AddressLayers)]))),
            settings,
            news: Arc::new(Written),
        });
        room.follow(&app);
        Self {
            service: service(&app, room.routes()),
            database,
            app,
            room,
        }
    }

    pub async fn count(&self, sql: &str) -> i64 {
        let snapshot = self.database.snapshot().await.expect("reads");
        scalar(&*snapshot, sql, vec![]).await.expect("counts")
    }

    pub async fn write(&self, read: ReadLayer) -> Result<AreaReport> {
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("import");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    write_layer(context, author, read).await
                })
            })
            .await
    }

    pub async fn layer(&self, text: &str) -> Result<AreaReport> {
        self.layer_as(text, input()).await
    }

    pub async fn layer_as(&self, text: &str, input: LayerInput) -> Result<AreaReport> {
        self.write(read_layer("a.geojson", text.as_bytes(), input)?)
            .await
    }

    pub async fn remove(&self, key: &'static str) -> Result<()> {
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("import");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    remove_layer(context, author, key).await
                })
            })
            .await
    }

    pub async fn addresses(&self, text: &str) -> Result<AddressReport> {
        let all = read_addresses("a.csv", text.as_bytes())?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("import");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    write_addresses(context, author, ids()[0], all, "Registret").await
                })
            })
            .await
    }

    pub async fn find_addresses(&self, wanted: &Wanted) -> Vec<String> {
        let snapshot = self.database.snapshot().await.expect("reads");
        let found = torg_map::find_addresses(&*snapshot, wanted, 10)
            .await
            .expect("reads");
        found.into_iter().map(|(_, own)| own.line()).collect()
    }

    pub async fn export(&self) -> (Vec<(String, String)>, Option<String>) {
        let snapshot = self.database.snapshot().await.expect("reads");
        let layers = export_layers(&*snapshot, &organisations())
            .await
            .expect("writes");
        let addresses = export_addresses(&*snapshot).await.expect("writes");
        (layers, addresses)
    }

    pub async fn canonical(&self) -> Vec<(Subject, String)> {
        let snapshot = self.database.snapshot().await.expect("reads");
        torg_map::list_canonical(&*snapshot).await.expect("reads")
    }

    pub async fn atlas(&self, now: Timestamp) -> Atlas {
        let reading = self.app.reading();
        let atlas = self.room.sources.atlas(&reading, now).await.expect("reads");
        reading.end().await.expect("ends");
        atlas
    }

    pub async fn ask(&self, path: &str, accept: Option<&str>) -> (u16, HeaderMap, String) {
        let headers: Vec<(&str, &str)> = accept.map(|own| ("accept", own)).into_iter().collect();
        let (status, headers, bytes) = self.bytes(path, &headers).await;
        (status, headers, String::from_utf8(bytes).expect("text"))
    }

    pub async fn bytes(&self, path: &str, more: &[(&str, &str)]) -> (u16, HeaderMap, Vec<u8>) {
        let path: String = path
            .chars()
            .map(|sign| {
                if sign.is_ascii() {
                    sign.to_string()
                } else {
                    let mut bytes = [0; 4];
                    let bytes = sign.encode_utf8(&mut bytes).bytes();
                    bytes.map(|byte| format!("%{byte:02X}")).collect()
                }
            })
            .collect();
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(path)
            .header("host", "127.0.0.1")
            .header("accept-language", "sv");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.service.answer(None, request).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        (status, headers, bytes.to_vec())
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        let (status, _, text) = self.ask(path, None).await;
        (status, text)
    }

    pub async fn page(&self, path: &str) -> Shown {
        let (status, text) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        Shown(Html::parse_document(&text))
    }
}
