//! A city with subscriptions, as residents and their mail programs meet it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::Body;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Snapshot, fetch_rows, scalar};
use torg_kernel::{
    Clock, Ids, Locale, ManualClock, OrganisationId, Permission, PersonId, Result, RoleId,
    SessionId, Subject, SystemIds, Timestamp,
};
use torg_notify::{FolderTransport, MailAddress, Sender, SenderOptions, Sending};
use torg_subscriptions::{
    Item, ItemVersion, Publications, SubscriptionPages, SubscriptionSettings, Subscriptions, Topic,
    TopicGroup,
};
use torg_testkit::TestDatabase;
use torg_ui::{Chrome, T, sample};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Identity, OrganisationEntry,
    OrganisationList, Organisations, Reading, Settings, service,
};

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_jobs::migrations::migrations());
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_subscriptions::migrations::migrations());
        all
    }
}

/// Tuesday 3 March 2026, 13:00 in the city.
pub const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 86_400;

struct Frames;

#[async_trait]
impl ChromeSource for Frames {
    async fn chrome(
        &self,
        _: &App,
        _: &Reading,
        locale: Locale,
    ) -> Result<(Arc<Chrome>, Vec<String>)> {
        Ok((sample::chrome(T::of(locale)), Vec::new()))
    }
}

impl ErrorPages for Frames {
    fn draw(&self, draw: Draw) -> String {
        format!("<h1>{}</h1>", draw.status)
    }

    fn kept(&self, draw: Draw, fields: Vec<(String, String)>) -> String {
        format!("{} {fields:?}", draw.status)
    }
}

/// Lets whoever shows the token in as somebody who sets the settings of the city, or of one of its
/// organisations.
struct Staff {
    city: OrganisationId,
    branch: OrganisationId,
}

impl Default for Staff {
    fn default() -> Self {
        Self {
            city: OrganisationId::new(&SystemIds, NOON),
            branch: OrganisationId::new(&SystemIds, NOON),
        }
    }
}

#[async_trait]
impl Identity for Staff {
    async fn caller(&self, token: &str) -> Result<Option<Caller>> {
        let now = NOON;
        let scope = |organisation: OrganisationId| torg_web::Scope {
            organisations: [(organisation, RoleId::new(&SystemIds, now))].into(),
            ..torg_web::Scope::default()
        };
        let scope = match token {
            "staff" => scope(self.city),
            "branch" => scope(self.branch),
            _ => return Ok(None),
        };
        Ok(Some(Caller {
            person: PersonId::new(&SystemIds, now),
            name: "Maryam".to_owned(),
            session: SessionId::new(&SystemIds, now),
            scopes: [(Permission::SettingManage, scope)].into(),
        }))
    }
}

#[async_trait]
impl Organisations for Staff {
    async fn list(&self, _: &Snapshot) -> Result<Arc<OrganisationList>> {
        let entry = |id, key: &str, parent| OrganisationEntry {
            id,
            key: key.to_owned(),
            parent,
            authority: None,
            name_sv: key.to_owned(),
            name_en: String::new(),
        };
        Ok(Arc::new(OrganisationList::new(vec![
            entry(self.city, "city", None),
            entry(self.branch, "branch", Some(self.city)),
        ])))
    }
}

/// What is public, as the test says.
#[derive(Default)]
pub struct Press(pub Mutex<Vec<Item>>);

#[async_trait]
impl Publications for Press {
    async fn topics(&self, _: &Snapshot) -> Result<Vec<Topic>> {
        let topic = |key: &str, group, sv: &str, en: &str| Topic {
            key: key.to_owned(),
            group,
            names: vec![(Locale::SV, sv.to_owned()), (Locale::EN, en.to_owned())],
        };
        Ok(vec![
            topic("section:news", TopicGroup::Sections, "Nyheter", "News"),
            topic("section:blog", TopicGroup::Sections, "Bloggen", "The blog"),
            topic(
                "board",
                TopicGroup::NoticeBoard,
                "Hela anslagstavlan",
                "All notices",
            ),
        ])
    }

    async fn items(&self, _: &Snapshot, from: Timestamp, to: Timestamp) -> Result<Vec<Item>> {
        let items = self.0.lock().expect("is free");
        Ok(items
            .iter()
            .filter(|item| item.published_at > from && item.published_at <= to)
            .cloned()
            .collect())
    }
}

pub fn version(locale: Locale, title: &str) -> ItemVersion {
    ItemVersion {
        locale,
        title: title.to_owned(),
        summary: format!("Om {title}"),
        path: format!("/{locale}/{}", torg_kernel::slugify(title)),
    }
}

pub struct City {
    pub test: TestDatabase,
    pub clock: Arc<ManualClock>,
    pub press: Arc<Press>,
    pub subscriptions: Arc<Subscriptions>,
    pub pages: Arc<SubscriptionPages>,
    pub app: Arc<App>,
    pub mails: PathBuf,
    sender: tokio::sync::Mutex<Sender>,
    seen: Mutex<BTreeSet<PathBuf>>,
}

pub struct Seen {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub html: String,
}

impl Seen {
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        self.headers[LOCATION].to_str().expect("an address")
    }

    pub fn text(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector)
            .map(|found| found.text().collect::<String>())
            .collect()
    }

    pub fn values(&self, selector: &str, attribute: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector)
            .filter_map(|found| found.attr(attribute).map(str::to_owned))
            .collect()
    }
}

/// A mail as its receiver gets it.
pub struct Got {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub raw: String,
}

impl Got {
    /// The path of the first link in the mail that leads to a place.
    pub fn link(&self, place: &str) -> String {
        let start = format!("https://stad.example{place}?key=");
        let at = self
            .text
            .find(&start)
            .unwrap_or_else(|| panic!("no {place} in {}", self.text));
        let rest = &self.text[at + "https://stad.example".len()..];
        rest.split_whitespace().next().expect("a link").to_owned()
    }
}

impl City {
    pub async fn new(test: TestDatabase, settings: SubscriptionSettings) -> Self {
        let clock = Arc::new(ManualClock::new(NOON));
        let press = Arc::new(Press::default());
        let settings = SubscriptionSettings {
            city: "Göteborgs Stad".to_owned(),
            base_url: "https://stad.example".to_owned(),
            ..settings
        };
        let subscriptions = Arc::new(Subscriptions::new(
            test.database.clone(),
            clock.clone(),
            Arc::new(SystemIds),
            press.clone(),
            settings,
        ));
        let staff = Arc::new(Staff::default());
        let app = App::new(AppParts {
            database: test.database.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: staff.clone(),
            facts: Facts::default(),
            organisations: staff,
            chrome: Arc::new(Frames),
            errors: Arc::new(Frames),
            settings: Settings {
                base_url: "http://stad.example".to_owned(),
                city: "Göteborgs Stad".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 100_000,
            },
            cache_bytes: 0,
        });
        let mails = test.folder.path().join("mail");
        let sender = Sender::new(
            test.database.clone(),
            Arc::new(FolderTransport::new(&mails)),
            Sending {
                name: "Göteborgs Stad".to_owned(),
                from: MailAddress::own("no-reply@stad.example").expect("an address"),
                reply_to: None,
                bounces: None,
            },
            clock.clone(),
            Arc::new(SystemIds),
            SenderOptions::default(),
        );
        Self {
            pages: Arc::new(SubscriptionPages {
                subscriptions: subscriptions.clone(),
            }),
            subscriptions,
            press,
            clock,
            app,
            mails,
            sender: tokio::sync::Mutex::new(sender),
            seen: Mutex::default(),
            test,
        }
    }

    pub async fn ask(&self, request: Request<Body>) -> Seen {
        let response = service(&self.app, self.pages.routes())
            .answer(None, request)
            .await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Seen {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Seen {
        let request = Request::get(path).header("cookie", "torg_session=staff");
        self.ask(request.body(Body::empty()).expect("a request"))
            .await
    }

    /// A form of ours, sent by a browser.
    pub async fn post(&self, path: &str, form: &str) -> Seen {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", "torg_session=staff")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .expect("a request");
        self.ask(request).await
    }

    /// A POST by a program elsewhere.
    pub async fn post_from_outside(&self, path: &str, form: &str) -> Seen {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .expect("a request");
        self.ask(request).await
    }

    /// Sends what is in the outbox and gives what came since the last time.
    pub async fn mail(&self) -> Vec<Got> {
        let mut sender = self.sender.lock().await;
        while sender.turn().await.expect("sends") > 0 {}
        drop(sender);
        let Ok(folder) = std::fs::read_dir(&self.mails) else {
            return Vec::new();
        };
        let mut seen = self.seen.lock().expect("is free");
        let mut paths: Vec<PathBuf> = folder
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .filter(|path| seen.insert(path.clone()))
            .collect();
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }

    pub fn publish(&self, topics: &[&str], versions: Vec<ItemVersion>) -> Subject {
        let now = self.clock.now();
        let subject = Subject::new("page", SystemIds.uuid(now));
        self.press.0.lock().expect("is free").push(Item {
            subject: subject.clone(),
            topics: topics.iter().map(|&topic| topic.to_owned()).collect(),
            published_at: now,
            versions,
        });
        subject
    }

    pub async fn count(&self, table: &str) -> i64 {
        let snapshot = self.test.database.snapshot().await.expect("a snapshot");
        let sql = format!("SELECT COUNT(*) FROM {table}");
        scalar(&*snapshot, &sql, vec![]).await.expect("a number")
    }

    /// All text in all tables, to look for what must be gone.
    pub async fn everything(&self) -> String {
        let snapshot = self.test.database.snapshot().await.expect("a snapshot");
        let mut all = String::new();
        for (table, columns) in [
            ("subscription", "address"),
            ("subscription_request", "address"),
            ("mail_outbox", "recipient || fills"),
            (
                "event_payload",
                "COALESCE(before, '') || COALESCE(after, '')",
            ),
        ] {
            let sql = format!("SELECT {columns} AS words FROM {table}");
            for row in fetch_rows(&*snapshot, &sql, vec![]).await.expect("rows") {
                let words: String = row.try_get("", "words").expect("text");
                all.push_str(&words);
                all.push('\n');
            }
        }
        all
    }

    /// Subscribes and confirms, and gives the path of the page for changing it.
    pub async fn subscribe(&self, form: &str) -> String {
        assert_eq!(
            self.post("/prenumerera", form).await.to(),
            "/prenumerera/skickat"
        );
        let mails = self.mail().await;
        let place = if mails[0].text.contains("/en/") {
            "/en/subscribe/confirm"
        } else {
            "/prenumerera/bekrafta"
        };
        let link = mails[0].link(place);
        self.post(&link, "").await.to().to_owned()
    }
}

fn read(path: &std::path::Path) -> Got {
    let bytes = std::fs::read(path).expect("a mail");
    let mail = mail_parser::MessageParser::new()
        .parse(&bytes)
        .expect("a mail");
    let to = mail
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address());
    Got {
        to: to.unwrap_or_default().to_owned(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        text: mail.body_text(0).unwrap_or_default().into_owned(),
        raw: String::from_utf8_lossy(&bytes).into_owned(),
    }
}
