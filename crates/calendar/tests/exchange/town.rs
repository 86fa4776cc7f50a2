//! A small town for the exchange with other programs: two units, two organisations, one person.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use jiff::civil::Date;
use torg_calendar::{
    AreaEntry, Calendar, Event, NamedDay, NamedDays, Neighbours, PictureEntry, PlaceEntry,
    SendSettings, Spot, State, create, list_all,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseTransaction, Snapshot};
use torg_kernel::{
    Actor, EventId, Ids, Locale, ManualClock, OrganisationId, Permission, PersonId, RequestId,
    Result, RoleId, SeededIds, SessionId, SystemIds, Timestamp, UnitId,
};
use torg_log::Author;
use torg_ui::{Chrome, T};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Identity, OrganisationEntry,
    OrganisationList, Organisations, Reading, Scope, Settings, service,
};

/// Monday 2026-11-16 13:00 in the city.
pub const NOW: Timestamp = Timestamp::from_micros(1_794_830_400_000_000);

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_jobs::migrations::migrations());
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_calendar::migrations::migrations());
        all
    }
}

/// The city and one of its departments, with the same ids every time.
pub fn organisations() -> Arc<OrganisationList> {
    let ids = SeededIds::new(7);
    let city = OrganisationId::new(&ids, NOW);
    let entry = |key: &str, name: &str, id, parent| OrganisationEntry {
        id,
        key: key.to_owned(),
        parent,
        authority: None,
        name_sv: name.to_owned(),
        name_en: String::new(),
    };
    Arc::new(OrganisationList::new(vec![
        entry("staden", "Staden", city, None),
        entry(
            "kultur",
            "Kulturförvaltningen",
            OrganisationId::new(&ids, NOW),
            Some(city),
        ),
        entry(
            "idrott",
            "Idrott och förening",
            OrganisationId::new(&ids, NOW),
            Some(city),
        ),
    ]))
}

pub fn unit(number: u64) -> UnitId {
    UnitId(SeededIds::new(100 + number).uuid(NOW))
}

struct Others;

fn places() -> Vec<PlaceEntry> {
    let place = |number, key: &str, name: &str, lat, lon| PlaceEntry {
        id: unit(number),
        key: key.to_owned(),
        name: name.to_owned(),
        address: "Götaplatsen 3, Göteborg".to_owned(),
        spot: Spot::degrees(lat, lon),
        organisation: None,
    };
    vec![
        place(1, "stadsbiblioteket", "Stadsbiblioteket", 57.6969, 11.9802),
        place(2, "badhuset", "Badhuset", 57.72, 11.9),
    ]
}

#[async_trait]
impl Neighbours for Others {
    async fn places(&self, _: &DatabaseTransaction, _: Locale) -> Result<Vec<PlaceEntry>> {
        Ok(places())
    }

    async fn known(
        &self,
        _: &DatabaseTransaction,
        units: &[UnitId],
        _: Locale,
    ) -> Result<Vec<PlaceEntry>> {
        Ok(places()
            .into_iter()
            .filter(|place| units.contains(&place.id))
            .collect())
    }

    async fn areas(&self, _: &DatabaseTransaction, _: Locale) -> Result<Vec<AreaEntry>> {
        Ok(vec![AreaEntry {
            key: "centrum".to_owned(),
            name: "Centrum".to_owned(),
        }])
    }

    async fn area_at(&self, _: &DatabaseTransaction, spot: Spot) -> Result<Option<String>> {
        Ok((spot.lon() > 11.95).then(|| "centrum".to_owned()))
    }

    async fn breaks(
        &self,
        _: &DatabaseTransaction,
        _: Locale,
        _: Date,
        _: Date,
    ) -> Result<Vec<NamedDays>> {
        Ok(Vec::new())
    }

    async fn holidays(
        &self,
        _: &DatabaseTransaction,
        _: Locale,
        _: Date,
        _: Date,
    ) -> Result<Vec<NamedDay>> {
        Ok(Vec::new())
    }

    async fn find_pictures(
        &self,
        _: &DatabaseTransaction,
        _: &str,
        _: Timestamp,
        _: usize,
    ) -> Result<Vec<PictureEntry>> {
        Ok(Vec::new())
    }

    async fn picture(&self, _: &DatabaseTransaction, _: &str) -> Result<Option<PictureEntry>> {
        Ok(None)
    }

    async fn find_events(&self, _: &str, _: Locale, _: usize) -> Result<Vec<EventId>> {
        Ok(Vec::new())
    }
}

#[derive(Default)]
struct Door(Mutex<Option<Caller>>);

#[async_trait]
impl Identity for Door {
    async fn caller(&self, token: &str) -> Result<Option<Caller>> {
        let caller = self.0.lock().expect("nobody panics here").clone();
        Ok(caller.filter(|_| token == "inne"))
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
    pub clock: Arc<ManualClock>,
    database: Database,
    door: Arc<Door>,
    service: torg_web::Service,
    app: Arc<App>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Town {
    pub fn build(database: Database) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let door = Arc::new(Door::default());
        let app = App::new(AppParts {
            database: database.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: door.clone(),
            facts: Facts(Vec::new()),
            organisations: Arc::new(Tree),
            chrome: Arc::new(Frame),
            errors: Arc::new(Plain),
            settings: Settings {
                base_url: "https://torg.example".to_owned(),
                city: "Göteborgs Stad".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 1_000_000,
            },
            cache_bytes: 10_000_000,
        });
        let sending = SendSettings::new("https://torg.example", "Göteborgs Stad");
        let calendar = Arc::new(Calendar::new(Arc::new(Others), sending));
        let service = service(&app, calendar.routes());
        Self {
            clock,
            database,
            door,
            service,
            app,
        }
    }

    /// Lets a person in who may write and publish events of one organisation, or only write them.
    pub fn log_in(&self, organisation: &str, publish: bool) {
        let list = organisations();
        let entry = list.by_key(organisation).expect("is there");
        let scope = Scope {
            organisations: HashMap::from([(entry.id, RoleId::new(&SystemIds, NOW))]),
            ..Scope::default()
        };
        let mut scopes = HashMap::from([(Permission::EventEdit, scope.clone())]);
        if publish {
            scopes.insert(Permission::EventPublish, scope);
        }
        let caller = Caller {
            person: PersonId::new(&SystemIds, NOW),
            name: "Maryam Ek".to_owned(),
            session: SessionId::new(&SystemIds, NOW),
            scopes,
        };
        *self.door.0.lock().expect("nobody panics here") = Some(caller);
    }

    /// Puts an event in.
    pub async fn put(
        &self,
        key: &str,
        organisation: &str,
        data: torg_calendar::EventData,
    ) -> EventId {
        let list = organisations();
        let owner = list.by_key(organisation).expect("is there").id;
        let id = EventId::new(&SystemIds, NOW);
        let event = Event {
            id,
            key: key.to_owned(),
            organisation: owner,
            authority: None,
            state: State::Published,
            data,
            version: 1,
            created_at: NOW,
            updated_at: NOW,
        };
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    create(context, author, &Others, &event).await
                })
            })
            .await
            .expect("a good event");
        self.app.drop_tag(torg_calendar::EVENTS_TAG, i64::MAX);
        id
    }

    /// All events, by their keys.
    pub async fn events(&self) -> Vec<Event> {
        let snapshot = self.database.snapshot().await.expect("reads");
        let mut events = list_all(&*snapshot).await.expect("reads");
        snapshot.end().await.expect("ends");
        events.sort_by(|one, other| one.key.cmp(&other.key));
        events
    }

    fn request(method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "torg.example")
            .header("accept-language", "sv")
            .header("cookie", "__Host-torg_session=inne")
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.service.answer(None, request).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        let body = String::from_utf8(bytes.to_vec()).expect("text");
        Answer {
            status,
            headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Self::request(Method::GET, path).body(Body::empty());
        self.ask(request.expect("a request")).await
    }

    /// What is no text.
    pub async fn bytes(&self, path: &str) -> (u16, HeaderMap, Vec<u8>) {
        let request = Self::request(Method::GET, path).body(Body::empty());
        let response = self.service.answer(None, request.expect("a request")).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        (status, headers, bytes.to_vec())
    }

    pub async fn get_if_none_match(&self, path: &str, tag: &str) -> Answer {
        let request = Self::request(Method::GET, path).header("if-none-match", tag);
        self.ask(request.body(Body::empty()).expect("a request"))
            .await
    }

    /// Sends a form with a file from our own pages.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            let head = format!("--grans\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            body.extend(head.bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        };
        for (name, value) in fields {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        part("name=\"file\"; filename=\"fil\"".to_owned(), file);
        body.extend(b"--grans--\r\n");
        let request = Self::request(Method::POST, path)
            .header("content-type", "multipart/form-data; boundary=grans")
            .header("origin", "https://torg.example")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }

    pub fn request_id(&self) -> String {
        RequestId(SystemIds.uuid(NOW)).to_string()
    }
}
