//! A small town for stories: two organisations, two units, one person, and the routes of the calendar.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use http::{Method, Request};
use http_body_util::BodyExt;
use jiff::civil::{Date, date};
use scraper::{Html, Selector};
use torg_calendar::{
    AreaEntry, Calendar, NamedDay, NamedDays, Neighbours, PictureEntry, PlaceEntry, SendSettings,
    Spot,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseTransaction, Snapshot, scalar};
use torg_kernel::{
    AuthorityId, EventId, FactField, Ids, Locale, ManualClock, OrganisationId, Permission,
    PersonId, PictureId, RequestId, Result, RoleId, SeededIds, SessionId, SystemIds, Timestamp,
    UnitId,
};
use torg_ui::{Chrome, ContactCard, PictureSource, PictureView, T};
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
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_calendar::migrations::migrations());
        all
    }
}

/// An instant of the city's clocks.
pub fn at(text: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = text.parse().expect("a date and time");
    let zoned = civil.to_zoned(torg_kernel::zone()).expect("is there");
    Timestamp::from_micros(zoned.timestamp().as_microsecond())
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

/// The library, at Götaplatsen.
pub fn library() -> UnitId {
    UnitId(SeededIds::new(9).uuid(NOW))
}

/// The bath, some kilometres away.
pub fn bath() -> UnitId {
    UnitId(SeededIds::new(10).uuid(NOW))
}

pub async fn count(database: &Database, sql: &str) -> i64 {
    let snapshot = database.snapshot().await.expect("reads");
    scalar(&*snapshot, sql, vec![]).await.expect("counts")
}

/// A picture that may be shown, and one whose time has gone out.
pub fn picture_entries() -> [PictureEntry; 2] {
    [(11, "sagostund.jpg"), (12, "gammal-affisch.jpg")].map(|(seed, name)| PictureEntry {
        id: PictureId(SeededIds::new(seed).uuid(NOW)),
        name: name.to_owned(),
    })
}

pub struct Units;

fn place(id: UnitId) -> Option<PlaceEntry> {
    let (key, name, lat, lon) = if id == library() {
        ("stadsbiblioteket", "Stadsbiblioteket", 57.697, 11.979)
    } else if id == bath() {
        ("badet", "Badet", 57.740, 11.940)
    } else {
        return None;
    };
    Some(PlaceEntry {
        id,
        key: key.to_owned(),
        name: name.to_owned(),
        address: "Götaplatsen 3".to_owned(),
        spot: Spot::degrees(lat, lon),
        organisation: organisations().by_key("kulturnamnden").map(|it| it.id),
    })
}

#[async_trait]
impl Neighbours for Units {
    async fn places(&self, _: &DatabaseTransaction, _: Locale) -> Result<Vec<PlaceEntry>> {
        Ok([bath(), library()].into_iter().filter_map(place).collect())
    }

    async fn known(
        &self,
        _: &DatabaseTransaction,
        units: &[UnitId],
        _: Locale,
    ) -> Result<Vec<PlaceEntry>> {
        Ok(units.iter().copied().filter_map(place).collect())
    }

    async fn areas(&self, _: &DatabaseTransaction, _: Locale) -> Result<Vec<AreaEntry>> {
        Ok([("centrum", "Centrum"), ("hisingen", "Hisingen")]
            .map(|(key, name)| AreaEntry {
                key: key.to_owned(),
                name: name.to_owned(),
            })
            .to_vec())
    }

    async fn area_at(&self, _: &DatabaseTransaction, spot: Spot) -> Result<Option<String>> {
        let north = spot.lat() > 57.72;
        Ok(Some(if north { "hisingen" } else { "centrum" }.to_owned()))
    }

    async fn breaks(
        &self,
        _: &DatabaseTransaction,
        _: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDays>> {
        let christmas = NamedDays {
            key: "christmas_break-2026".to_owned(),
            name: "Jullov".to_owned(),
            first: date(2026, 12, 21),
            last: date(2027, 1, 10),
        };
        let touches = christmas.first <= to && christmas.last >= from;
        Ok(touches.then_some(christmas).into_iter().collect())
    }

    async fn holidays(
        &self,
        _: &DatabaseTransaction,
        _: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDay>> {
        let day = date(2027, 1, 6);
        let epiphany = NamedDay {
            day,
            name: "Trettondedag jul".to_owned(),
        };
        Ok((from <= day && day <= to)
            .then_some(epiphany)
            .into_iter()
            .collect())
    }

    async fn find_pictures(
        &self,
        _: &DatabaseTransaction,
        words: &str,
        _: Timestamp,
        _: usize,
    ) -> Result<Vec<PictureEntry>> {
        let all = picture_entries().into_iter();
        Ok(all.filter(|own| own.name.contains(words)).collect())
    }

    async fn picture(&self, _: &DatabaseTransaction, name: &str) -> Result<Option<PictureEntry>> {
        let mut all = picture_entries().into_iter();
        Ok(all.find(|own| own.name == name || own.id.to_string() == name))
    }

    async fn find_events(&self, words: &str, _: Locale, _: usize) -> Result<Vec<EventId>> {
        // What the index would find is the index's to test; this one finds nothing.
        assert!(!words.is_empty());
        Ok(Vec::new())
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
        for fact in wanted
            .facts
            .iter()
            .filter(|fact| fact.field == FactField::Name)
        {
            if let Some(place) = place(UnitId(fact.id)) {
                resolved.facts.insert(*fact, place.name);
            }
        }
        let shown = &picture_entries()[0];
        if wanted.pictures.contains(&shown.id) {
            let view = PictureView {
                sources: vec![PictureSource {
                    mime: "image/jpeg",
                    sizes: vec![(format!("/pictures/{}", shown.name), 640)],
                }],
                src: format!("/pictures/{}", shown.name),
                width: 640,
                height: 480,
                alt: "En bok och tre barn.".to_owned(),
                credit: String::new(),
                focus: (50, 50),
            };
            resolved.pictures.insert(shown.id, view);
        }
        for id in &wanted.contacts {
            let card = ContactCard {
                name: place(*id).map(|place| place.name).unwrap_or_default(),
                phone: Some("031-390 06 00".to_owned()),
                ..ContactCard::default()
            };
            resolved.contacts.insert(*id, card);
            resolved.tags.push(format!("unit:{id}"));
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
}

/// Changes a field of a form, or ticks a box.
pub fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(own, _)| own == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

impl Town {
    pub fn build(database: Database) -> Self {
        let clock = Arc::new(ManualClock::new(NOW));
        let door = Arc::new(Door::default());
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
        let sending = SendSettings::new("https://torg.example", "Göteborgs Stad");
        let calendar = Arc::new(Calendar::new(Arc::new(Units), sending));
        let service = service(&app, calendar.routes());
        Self {
            clock,
            door,
            service,
        }
    }

    /// Lets a person in who may do these things for one organisation.
    pub fn log_in(&self, organisation: &str, permissions: &[Permission]) {
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
            scopes: permissions
                .iter()
                .map(|permission| (*permission, scope.clone()))
                .collect(),
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
        .filter(|input| input.attr("type") != Some("checkbox") || input.attr("checked").is_some())
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
