//! A small town for stories: two committees, one unit, one person, and the routes of the board.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use http::{Method, Request};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, Snapshot, scalar};
use torg_files::Blobs;
use torg_kernel::{
    Actor, AuthorityId, Ids, Locale, ManualClock, OrganisationId, Permission, PersonId, RequestId,
    Result, RoleId, SeededIds, SessionId, SystemIds, Timestamp, UnitId,
};
use torg_log::Author;
use torg_noticeboard::{
    BoardUnit, FileDays, ImportReport, Neighbours, NoticeBoard, NoticeSettings,
    import_announcements, parse_announcements, write_due,
};
use torg_ui::{Chrome, ContactCard, T};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, FactResolver, Facts, Identity,
    OrganisationEntry, OrganisationList, Organisations, Reading, Resolved, Scope, Settings, Wanted,
    service,
};

/// Monday 2026-11-16 13:00 in the city.
pub const NOW: Timestamp = Timestamp::from_micros(1_794_830_400_000_000);

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_jobs::migrations::migrations());
        all.extend(torg_files::migrations::migrations());
        all.extend(torg_noticeboard::migrations::migrations());
        all
    }
}

/// An instant of the city's clocks.
pub fn at(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.parse().expect("a date and time");
    let zoned = civil.to_zoned(torg_kernel::zone()).expect("is there");
    Timestamp::from_micros(zoned.timestamp().as_microsecond())
}

pub fn author(actor: &Actor, now: Timestamp) -> Author<'_> {
    Author {
        actor,
        now,
        ids: &SystemIds,
    }
}

/// The city and its committees, with the same ids every time.
pub fn organisations() -> Arc<OrganisationList> {
    let ids = SeededIds::new(7);
    let city = OrganisationId::new(&ids, NOW);
    let mut entries = vec![OrganisationEntry {
        id: city,
        key: "staden".to_owned(),
        parent: None,
        authority: None,
        name_sv: "Staden".to_owned(),
        name_en: "The City".to_owned(),
    }];
    for (key, sv, en) in [
        (
            "kulturnamnden",
            "Kulturnämnden",
            "Cultural Affairs Committee",
        ),
        ("miljonamnden", "Miljönämnden", ""),
    ] {
        entries.push(OrganisationEntry {
            id: OrganisationId::new(&ids, NOW),
            key: key.to_owned(),
            parent: Some(city),
            authority: Some(AuthorityId::new(&ids, NOW)),
            name_sv: sv.to_owned(),
            name_en: en.to_owned(),
        });
    }
    Arc::new(OrganisationList::new(entries))
}

pub fn unit() -> UnitId {
    UnitId(SeededIds::new(9).uuid(NOW))
}

pub async fn import(database: &Database, json: &str, now: Timestamp) -> Result<ImportReport> {
    let settings = NoticeSettings::default();
    let inputs = parse_announcements(json.as_bytes(), FileDays::Calendar, &settings)?;
    let units = HashMap::from([("kontaktcenter".to_owned(), unit())]);
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                let list = organisations();
                import_announcements(context, author(&actor, now), inputs, &list, &units).await
            })
        })
        .await
}

pub async fn count(database: &Database, sql: &str) -> i64 {
    let snapshot = database.snapshot().await.expect("reads");
    scalar(&*snapshot, sql, vec![]).await.expect("counts")
}

/// What the job does, once.
pub async fn tell(database: &Database, now: Timestamp) -> usize {
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("job");
                write_due(context, author(&actor, now), now).await
            })
        })
        .await
        .expect("writes")
}

struct Units;

#[async_trait]
impl Neighbours for Units {
    async fn units(&self, _: &Snapshot, _: Locale) -> Result<Vec<BoardUnit>> {
        Ok(vec![BoardUnit {
            id: unit(),
            name: "Kontaktcenter".to_owned(),
        }])
    }
}

#[async_trait]
impl FactResolver for Units {
    async fn resolve(
        &self,
        _: &Reading,
        wanted: &Wanted,
        _: Locale,
        _: Timestamp,
        resolved: &mut Resolved,
    ) -> Result<()> {
        for id in &wanted.contacts {
            let card = ContactCard {
                name: "Kontaktcenter".to_owned(),
                phone: Some("031-390 06 00".to_owned()),
                ..ContactCard::default()
            };
            resolved.contacts.insert(*id, card);
        }
        Ok(())
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
    door: Arc<Door>,
    service: torg_web::Service,
    /// Where the bytes of files lie.
    _folder: tempfile::TempDir,
}

/// Changes a field of a form.
pub fn set(fields: &mut [(String, String)], name: &str, value: &str) {
    let field = fields.iter_mut().find(|(own, _)| own == name);
    value.clone_into(&mut field.unwrap_or_else(|| panic!("no field {name}")).1);
}

impl Town {
    pub fn build(database: Database) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let door = Arc::new(Door::default());
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::new(AppParts {
            database,
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: door.clone(),
            facts: Facts(vec![Arc::new(Units)]),
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
        let board = Arc::new(NoticeBoard {
            settings: NoticeSettings::default(),
            appeal_pages: vec![(Locale::SV, "/overklaga".to_owned())],
            blobs: Blobs::folder(folder.path()).expect("a folder"),
            neighbours: Arc::new(Units),
        });
        let service = service(&app, board.routes());
        Self {
            clock,
            door,
            service,
            _folder: folder,
        }
    }

    /// Lets a person in who may put things up for one organisation.
    pub fn log_in(&self, organisation: &str) {
        let list = organisations();
        let entry = list.by_key(organisation).expect("is there");
        let role = RoleId::new(&SystemIds, NOW);
        let scope = Scope {
            organisations: HashMap::from([(entry.id, role)]),
            ..Scope::default()
        };
        let caller = Caller {
            person: PersonId::new(&SystemIds, NOW),
            name: "Maryam Ek".to_owned(),
            session: SessionId::new(&SystemIds, NOW),
            scopes: HashMap::from([(Permission::NoticePublish, scope)]),
        };
        *self.door.0.lock().expect("nobody panics here") = Some(caller);
    }

    pub fn request_id(&self) -> String {
        RequestId(SystemIds.uuid(NOW)).to_string()
    }

    async fn ask(&self, request: Request<Body>) -> (u16, String) {
        let response = self.service.answer(None, request).await;
        let status = response.status().as_u16();
        let location = response.headers().get("location").cloned();
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        let body = String::from_utf8(bytes.to_vec()).expect("text");
        let location = location.map(|to| to.to_str().expect("text").to_owned());
        (status, location.unwrap_or(body))
    }

    fn request(method: Method, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "torg.example")
            .header("accept-language", "sv")
            .header("cookie", "__Host-torg_session=inne")
    }

    /// The status and the body, or where to.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let request = Self::request(Method::GET, path).body(Body::empty());
        self.ask(request.expect("a request")).await
    }

    /// Sends a form with files from our own pages.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(String, String)],
        files: &[(&str, &[u8])],
    ) -> (u16, String) {
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            body.extend(
                format!("--grans\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes(),
            );
            body.extend(bytes);
            body.extend(b"\r\n");
        };
        for (name, value) in fields {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        for (name, bytes) in files {
            part(format!("name=\"files\"; filename=\"{name}\""), bytes);
        }
        body.extend(b"--grans--\r\n");
        let request = Self::request(Method::POST, path)
            .header("content-type", "multipart/form-data; boundary=grans")
            .header("origin", "https://torg.example")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }

    /// Sends a form from our own pages.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> (u16, String) {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Self::request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://torg.example")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }
}

/// The fields of the first form that posts to an address.
pub fn fields(html: &str, action: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(html);
    let css = format!("form[action='{action}'] [name]:not(button)");
    let inner = |css: &str| Selector::parse(css).expect("a selector");
    page.select(&inner(&css))
        .map(|input| {
            let name = input.attr("name").unwrap_or_default().to_owned();
            let value = match input.value().name() {
                "textarea" => {
                    let text: String = input.text().collect();
                    text.strip_prefix('\n').unwrap_or(&text).to_owned()
                }
                "select" => input
                    .select(&inner("option[selected]"))
                    .next()
                    .or_else(|| input.select(&inner("option")).next())
                    .and_then(|option| option.attr("value"))
                    .unwrap_or_default()
                    .to_owned(),
                _ => input.attr("value").unwrap_or_default().to_owned(),
            };
            (name, value)
        })
        .collect()
}

pub fn texts(html: &str, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .map(|found| {
            let text: String = found.text().collect();
            text.trim().replace('\u{a0}', " ")
        })
        .collect()
}

pub fn attribute(html: &str, css: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .filter_map(|found| found.attr(name).map(str::to_owned))
        .collect()
}
