//! A media bank with one person at the desk.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{DatabaseTransaction, Snapshot};
use torg_files::{Blobs, MayRead, MediaRef, MediaUse, PictureMaker, UnseenPlaces, UsePlace};
use torg_kernel::{
    Locale, ManualClock, OrganisationId, Permission, PersonId, PictureId, Result, RoleId,
    SeededIds, SessionId, SystemIds, Timestamp,
};
use torg_media::{Media, MediaFacts};
use torg_testkit::TestDatabase;
use torg_ui::{Chrome, T};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Identity, OrganisationEntry,
    OrganisationList, Organisations, Reading, Scope, Settings, service,
};

pub const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_files::migrations::migrations());
        all
    }
}

fn organisations() -> Arc<OrganisationList> {
    let ids = SeededIds::new(7);
    let entries = ["kultur", "miljo"].map(|key| OrganisationEntry {
        id: OrganisationId::new(&ids, NOW),
        authority: None,
        parent: None,
        name_sv: key.to_owned(),
        name_en: String::new(),
        key: key.to_owned(),
    });
    Arc::new(OrganisationList::new(entries.to_vec()))
}

/// The id of the organisation with a key.
pub fn organisation(key: &str) -> OrganisationId {
    organisations().by_key(key).expect("is there").id
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

/// The pages that use everything, and the drafts that do.
#[derive(Default)]
pub struct Pages(pub Mutex<Vec<UsePlace>>, pub Mutex<UnseenPlaces>);

#[async_trait]
impl MediaUse for Pages {
    async fn places(&self, _: &DatabaseTransaction, _: MediaRef) -> Result<Vec<UsePlace>> {
        Ok(self.0.lock().expect("nobody panics here").clone())
    }

    async fn unseen(
        &self,
        _: &DatabaseTransaction,
        _: MediaRef,
        _: MayRead<'_>,
    ) -> Result<UnseenPlaces> {
        Ok(self.1.lock().expect("nobody panics here").clone())
    }

    async fn used_pictures(&self, _: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        Ok(HashSet::new())
    }

    async fn needed_pictures(&self, _: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        Ok(HashSet::new())
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value.map_or("", |value| value.expect("text"))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("text")
    }

    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(css).expect("a selector");
        Html::parse_document(&self.text())
            .select(&selector)
            .map(|element| element.attr(name).unwrap_or_default().to_owned())
            .collect()
    }

    pub fn texts(&self, css: &str) -> Vec<String> {
        let selector = Selector::parse(css).expect("a selector");
        Html::parse_document(&self.text())
            .select(&selector)
            .map(|element| element.text().collect::<String>().trim().to_owned())
            .collect()
    }
}

pub struct Bank {
    pub app: Arc<App>,
    pub pages: Arc<Pages>,
    pub clock: Arc<ManualClock>,
    door: Arc<Door>,
    service: torg_web::Service,
}

impl Bank {
    pub fn build(test: &TestDatabase) -> Self {
        let door = Arc::new(Door::default());
        let clock = Arc::new(ManualClock::new(NOW));
        let facts = Arc::new(MediaFacts::default());
        let app = App::new(AppParts {
            database: test.database.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: door.clone(),
            facts: Facts(vec![facts.clone()]),
            organisations: Arc::new(Tree),
            chrome: Arc::new(Frame),
            errors: Arc::new(Plain),
            settings: Settings {
                base_url: "http://torg.example".to_owned(),
                city: "Göteborgs Stad".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 10_000,
            },
            cache_bytes: 10_000_000,
        });
        let pages = Arc::new(Pages::default());
        let media = Arc::new(Media {
            blobs: Blobs::folder(&test.folder.path().join("files")).expect("a folder"),
            maker: PictureMaker::new(1),
            used: pages.clone(),
            facts,
        });
        let service = service(&app, media.routes());
        Self {
            app,
            pages,
            clock,
            door,
            service,
        }
    }

    /// Lets a person in who may edit pages for one organisation.
    pub fn log_in(&self, key: &str) {
        let scope = Scope {
            organisations: HashMap::from([(organisation(key), RoleId::new(&SystemIds, NOW))]),
            ..Scope::default()
        };
        let caller = Caller {
            person: PersonId::new(&SystemIds, NOW),
            name: "Maryam Ek".to_owned(),
            session: SessionId::new(&SystemIds, NOW),
            scopes: HashMap::from([(Permission::MediaEdit, scope)]),
        };
        *self.door.0.lock().expect("nobody panics here") = Some(caller);
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.service.answer(None, request).await;
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.expect("a body").to_bytes(),
        }
    }

    pub fn request(method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "torg.example")
            .header("accept-language", "sv")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", "torg_session=inne")
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Self::request(Method::GET, path).body(Body::empty());
        self.ask(request.expect("a request")).await
    }

    /// Sends a form with a file.
    pub async fn send(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        self.send_many(path, fields, &[file.unwrap_or_default()])
            .await
    }

    /// Sends a form with files; one without a name is a field that was left empty.
    pub async fn send_many(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head =
                format!("--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, bytes) in files {
            let head = format!(
                "--grans\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--grans--\r\n");
        self.send_raw(path, "multipart/form-data; boundary=grans", body)
            .await
    }

    pub async fn send_raw(&self, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        let request = Self::request(Method::POST, path)
            .header("content-type", content_type)
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }
}
