//! A small town for stories: the demo's units, one person, and the routes of the directory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use http::{Method, Request};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseTransaction, Snapshot, scalar};
use torg_directory::care::{CareRules, UnitPeople, UnitPerson};
use torg_directory::finding::{District, Districts, PlaceFound, Surroundings};
use torg_directory::register::Register;
use torg_directory::{
    Directory, DirectoryParts, ImportReport, Unit, UnitFacts, UnitUse, find_by_key,
    import_unit_texts, import_units, list, parse_units,
};
use torg_kernel::{
    Actor, AuthorityId, Ids, Locale, ManualClock, OrganisationId, Permission, PersonId, RequestId,
    Result, RoleId, SeededIds, SessionId, SystemIds, Timestamp, UnitId,
};
use torg_log::Author;
use torg_ui::{Chrome, T};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Identity, OrganisationEntry,
    OrganisationList, Organisations, Reading, Scope, Settings, service,
};

/// The units of the demo city.
pub const DEMO: &str = include_str!("../../../../demo/units.json");

/// Tuesday 2026-03-03 13:00 in the city.
pub const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

mod around;

pub use around::{Around, page, picture};

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_almanac::migrations::migrations());
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_directory::migrations::migrations());
        all
    }
}

pub fn author(actor: &Actor, now: Timestamp) -> Author<'_> {
    Author {
        actor,
        now,
        ids: &SystemIds,
    }
}

/// The organisations that the demo's units name, with the same ids every time.
pub fn organisations() -> Arc<OrganisationList> {
    let ids = SeededIds::new(7);
    let mut keys: Vec<String> = parse_units(DEMO.as_bytes())
        .expect("the demo is right")
        .into_iter()
        .map(|unit| unit.organisation)
        .collect();
    keys.sort();
    keys.dedup();
    let entries = keys.into_iter().map(|key| OrganisationEntry {
        id: OrganisationId::new(&ids, NOW),
        authority: Some(AuthorityId::new(&ids, NOW)),
        parent: None,
        name_sv: key.clone(),
        name_en: String::new(),
        key,
    });
    Arc::new(OrganisationList::new(entries.collect()))
}

pub async fn import(
    database: &Database,
    list: &Arc<OrganisationList>,
    json: &str,
    now: Timestamp,
) -> Result<ImportReport> {
    let units = parse_units(json.as_bytes())?;
    let list = list.clone();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                import_units(context, author(&actor, now), units, &list).await
            })
        })
        .await
}

/// Takes in what was written by hand, when the rest is there.
pub async fn import_texts(
    database: &Database,
    around: &Arc<Around>,
    json: &str,
) -> Result<ImportReport> {
    let (units, around) = (parse_units(json.as_bytes())?, around.clone());
    let organisations = organisations();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                let places = Around::places(&around, list(&**context).await?);
                import_unit_texts(context, author(&actor, NOW), units, &organisations, &places)
                    .await
            })
        })
        .await
}

pub async fn events(database: &Database) -> i64 {
    let snapshot = database.snapshot().await.expect("reads");
    scalar(&*snapshot, "SELECT count(*) FROM event", vec![])
        .await
        .expect("counts")
}

/// Says that so many pages use every unit.
pub struct Pages(pub i64);

#[async_trait]
impl UnitUse for Pages {
    async fn pages_using(&self, _: &DatabaseTransaction, _: UnitId) -> Result<i64> {
        Ok(self.0)
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

/// The organisations of the town.
pub struct Tree;

#[async_trait]
impl Organisations for Tree {
    async fn list(&self, _: &Snapshot) -> Result<Arc<OrganisationList>> {
        Ok(organisations())
    }
}

/// A city of two halves, and one address that only the map knows.
struct Halves;

struct Two(Vec<District>);

impl Districts for Two {
    fn all(&self) -> &[District] {
        &self.0
    }

    fn at(&self, point: torg_geo::Point) -> Option<usize> {
        Some(usize::from(point.lat < 57.7))
    }
}

#[async_trait]
impl Surroundings for Halves {
    async fn districts(&self, _: &Reading) -> Result<Option<(Arc<dyn Districts>, Vec<String>)>> {
        let district = |key: &str, name: &str| District {
            key: key.to_owned(),
            name: name.to_owned(),
        };
        let two = Two(vec![district("norr", "Norr"), district("soder", "Söder")]);
        Ok(Some((Arc::new(two), vec!["areas".to_owned()])))
    }

    async fn place(&self, _: &Reading, words: &str) -> Result<Option<PlaceFound>> {
        let at = torg_geo::Point::new(11.9110, 57.6922);
        Ok((words == "Kustgatan 8").then(|| PlaceFound::new("Kustgatan 8", at)))
    }
}

/// One who answers for all units of culture.
pub struct Staff;

/// The one of [`Staff`].
pub fn librarian() -> UnitPerson {
    let owner = organisations();
    let owner = owner.by_key("kulturforvaltningen").expect("is there");
    UnitPerson {
        id: PersonId(uuid::Uuid::from_u128(7)),
        name: "Li Berg".to_owned(),
        email: "li.berg@goteborg.example".to_owned(),
        grants: vec![(Permission::UnitEdit, owner.id)],
    }
}

#[async_trait]
impl UnitPeople for Staff {
    async fn people(&self) -> Result<Vec<UnitPerson>> {
        Ok(vec![librarian()])
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
    pub around: Arc<Around>,
    pub database: Database,
    door: Arc<Door>,
    service: torg_web::Service,
}

/// Changes a field of a form.
pub fn set(fields: &mut [(String, String)], name: &str, value: &str) {
    let field = fields.iter_mut().find(|(own, _)| own == name);
    value.clone_into(&mut field.unwrap_or_else(|| panic!("no field {name}")).1);
}

impl Town {
    pub async fn build(database: Database) -> Self {
        import(&database, &organisations(), DEMO, NOW)
            .await
            .expect("the demo can be imported");
        let around = Arc::new(Around::default());
        import_texts(&database, &around, DEMO)
            .await
            .expect("what the demo's units point at is there");
        let clock = Arc::new(ManualClock::new(NOW));
        let door = Arc::new(Door::default());
        let app = App::new(AppParts {
            database: database.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: door.clone(),
            facts: Facts(vec![Arc::new(UnitFacts::default()), around.clone()]),
            organisations: Arc::new(Tree),
            chrome: Arc::new(Frame),
            errors: Arc::new(Plain),
            settings: Settings {
                base_url: "https://torg.example".to_owned(),
                city: "Göteborgs Stad".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 2_000_000,
            },
            cache_bytes: 10_000_000,
        });
        let register = Arc::new(Register::default());
        let watching = register.clone();
        app.watch_tags(move |tag, position| watching.drop_tag(tag, position));
        let directory = Arc::new(Directory::new(DirectoryParts {
            use_count: Arc::new(Pages(3)),
            around: around.clone(),
            register,
            surroundings: Arc::new(Halves),
            people: Arc::new(Staff),
            care: CareRules::default(),
        }));
        let service = service(&app, directory.routes());
        Self {
            clock,
            around,
            database,
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
                .map(|own| (*own, scope.clone()))
                .collect(),
        };
        *self.door.0.lock().expect("nobody panics here") = Some(caller);
    }

    pub async fn unit(&self, key: &str) -> Unit {
        let snapshot = self.database.snapshot().await.expect("reads");
        let unit = find_by_key(&*snapshot, key).await.expect("reads");
        unit.expect("is there")
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

    /// What a browser would send of the form that holds a request id, but for its buttons.
    pub fn fields(&self, html: &str) -> Vec<(String, String)> {
        let form = "form:has(> input[name=request_id])";
        let fields = ["input[name]", "textarea[name]"].map(|own| format!("{form} {own}"));
        let selector = Selector::parse(&fields.join(", ")).expect("a selector");
        Html::parse_document(html)
            .select(&selector)
            .filter(|field| {
                let chosen = matches!(field.attr("type"), Some("radio" | "checkbox"));
                !chosen || field.attr("checked").is_some()
            })
            .map(|field| {
                let own = |name| field.attr(name).unwrap_or_default().to_owned();
                // Browsers leave out the first line end of a text area.
                let text: String = field.text().collect();
                let value = match field.value().name() {
                    "textarea" => text.strip_prefix('\n').unwrap_or(&text).to_owned(),
                    _ => own("value"),
                };
                (own("name"), value)
            })
            .collect()
    }
}
