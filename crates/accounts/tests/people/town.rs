//! A small city with two nodes, asked as browsers would.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_accounts::{
    AccountPages, AccountSettings, Accounts, DemoAccounts, LogIn, LogInOutcome, NewPerson, Source,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseOptions};
use torg_kernel::{
    Actor, Locale, ManualClock, OrganisationId, Permission, PersonId, Result, RoleId, SystemIds,
    Timestamp,
};
use torg_testkit::TestDatabase;
use torg_ui::{Chrome, T, sample};
use torg_web::{
    App, AppParts, Caller, ChromeSource, Draw, ErrorPages, Facts, Reading, Routes, Settings,
    service,
};

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_accounts::migrations::migrations());
        all
    }
}

/// 3 March 2026, 13.00 in the city.
const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
pub const DAY: i64 = 86_400;
const PASSWORD: &str = "tre gula spårvagnar";

const TREE: &str = "key,kind,parent,name_sv,name_en\n\
    stad,city,,Staden,The City\n\
    a,committee,stad,Äldrenämnden,Elderly Committee\n\
    a-hem,unit,a,Hemtjänsten,Home Care\n\
    b,committee,stad,Byggnadsnämnden,Planning Committee\n\
    b-plan,department,b,Planavdelningen,Planning\n\
    hamn,company,stad,Hamnen AB,The Port\n\
    kran,company,hamn,Kranen AB,The Crane\n";

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

/// One process: it has its own connections and its own memory.
pub struct Node {
    pub accounts: Accounts,
    app: Arc<App>,
    routes: Routes,
}

impl Node {
    fn new(database: Database, clock: Arc<ManualClock>, settings: AccountSettings) -> Self {
        let accounts = Accounts::new(
            database.clone(),
            clock.clone(),
            Arc::new(SystemIds),
            settings,
        );
        let app = App::new(AppParts {
            database,
            clock,
            ids: Arc::new(SystemIds),
            identity: Arc::new(accounts.clone()),
            facts: Facts::default(),
            organisations: Arc::new(accounts.clone()),
            chrome: Arc::new(Frames),
            errors: Arc::new(Frames),
            settings: Settings {
                base_url: "http://localhost".to_owned(),
                city: "Staden".to_owned(),
                demo: false,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 100_000,
            },
            cache_bytes: 0,
        });
        let pages = Arc::new(AccountPages {
            accounts: accounts.clone(),
            demo: DemoAccounts::default(),
        });
        Self {
            routes: pages.routes(),
            accounts,
            app,
        }
    }
}

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    to: String,
    page: Html,
}

impl Seen {
    /// Where the answer leads.
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text("main"));
        &self.to
    }

    pub fn text(&self, selector: &str) -> String {
        let selector = Selector::parse(selector).expect("a selector");
        let found: Vec<String> = self
            .page
            .select(&selector)
            .map(|found| found.text().collect::<Vec<_>>().join(" "))
            .collect();
        found.join("\n")
    }

    pub fn count(&self, selector: &str) -> usize {
        let selector = Selector::parse(selector).expect("a selector");
        self.page.select(&selector).count()
    }

    /// The value of the first field with this name.
    pub fn value(&self, name: &str) -> String {
        let selector = Selector::parse(&format!("[name={name}]")).expect("a selector");
        let found = self.page.select(&selector).next();
        found
            .and_then(|found| found.value().attr("value"))
            .unwrap_or_default()
            .to_owned()
    }
}

/// The city with two nodes on one database.
pub struct Town {
    pub one: Node,
    pub two: Node,
    pub clock: Arc<ManualClock>,
    pub database: Database,
    _test: TestDatabase,
}

pub fn system() -> Actor {
    Actor::system("test")
}

/// Somebody who is logged in.
pub struct Staff {
    pub id: PersonId,
    pub email: String,
    pub token: String,
}

impl Town {
    pub async fn open(test: TestDatabase) -> Self {
        Self::open_with(test, AccountSettings::default()).await
    }

    pub async fn open_with(test: TestDatabase, settings: AccountSettings) -> Self {
        let clock = Arc::new(ManualClock::new(NOON));
        let again = Database::open(&DatabaseOptions::new(&test.url))
            .await
            .expect("a second node on the same database");
        let one = Node::new(test.database.clone(), clock.clone(), settings.clone());
        let two = Node::new(again, clock.clone(), settings);
        one.accounts.ensure_roles(&system()).await.expect("roles");
        one.accounts
            .import_organisations(&system(), TREE.as_bytes())
            .await
            .expect("organisations");
        Self {
            one,
            two,
            clock,
            database: test.database.clone(),
            _test: test,
        }
    }

    /// Somebody with an account and these roles, each for an organisation, logged in.
    pub async fn staff(&self, name: &str, roles: &[(&str, &str)]) -> Staff {
        let email = format!("{}@stad.example", name.to_lowercase());
        let new = NewPerson {
            email: email.clone(),
            name: name.to_owned(),
        };
        let accounts = &self.one.accounts;
        let id = accounts
            .add_person(&system(), &new)
            .await
            .expect("is added");
        accounts
            .set_password(&system(), &email, PASSWORD)
            .await
            .expect("a password");
        for (role, organisation) in roles {
            accounts
                .grant(&system(), &email, role, organisation, None, None)
                .await
                .expect("is granted");
        }
        let token = self.log_in(&email).await;
        Staff { id, email, token }
    }

    pub async fn log_in(&self, email: &str) -> String {
        let outcome = self
            .one
            .accounts
            .log_in(LogIn {
                email: email.to_owned(),
                password: PASSWORD.to_owned(),
                source: Source::from(std::net::IpAddr::from([192, 0, 2, 1])),
                user_agent: String::new(),
            })
            .await
            .expect("an answer");
        match outcome {
            LogInOutcome::LoggedIn { token, .. } => token,
            other => panic!("{other:?}"),
        }
    }

    /// Runs a statement, as somebody else's hand would.
    pub async fn run(&self, statement: &'static str, values: Vec<torg_db::SqlValue>) {
        self.database
            .write(move |context| {
                Box::pin(async move {
                    torg_db::execute(&**context, statement, values).await?;
                    Ok(())
                })
            })
            .await
            .expect("changes");
    }

    /// To whom letters about their accounts went, each with its words.
    pub async fn letters(&self) -> Vec<(String, String)> {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            recipient: String,
            text_body: String,
        }
        let snapshot = self.database.snapshot().await.expect("reads");
        let rows: Vec<Row> = torg_db::fetch_all(
            &*snapshot,
            "SELECT m.recipient, c.text_body FROM mail_outbox m \
             JOIN mail_content c ON c.id = m.content_id ORDER BY m.recipient, m.id",
            vec![],
        )
        .await
        .expect("reads");
        rows.into_iter()
            .map(|row| (row.recipient, row.text_body))
            .collect()
    }

    pub async fn organisation(&self, key: &str) -> OrganisationId {
        let tree = self.one.accounts.organisations().await.expect("a tree");
        tree.find_by_key(key).expect("is there").id
    }

    pub async fn role(&self, key: &str) -> RoleId {
        let roles = self.one.accounts.roles().await.expect("roles");
        roles.iter().find(|role| role.key == key).expect(key).id
    }

    pub async fn caller(&self, node: &Node, who: &Staff) -> Option<Arc<Caller>> {
        node.accounts
            .find_caller(&who.token)
            .await
            .expect("an answer")
    }

    pub async fn may(&self, who: &Staff, permission: Permission, key: &str) -> bool {
        let organisation = self.organisation(key).await;
        self.caller(&self.one, who)
            .await
            .is_some_and(|caller| caller.may(permission, organisation))
    }

    pub async fn get(&self, who: &Staff, path: &str) -> Seen {
        ask(&self.one, who, Method::GET, path, &[]).await
    }

    pub async fn post(&self, who: &Staff, path: &str, form: &[(&str, &str)]) -> Seen {
        ask(&self.one, who, Method::POST, path, form).await
    }

    /// The same at the other node.
    pub async fn get_from_two(&self, who: &Staff, path: &str) -> Seen {
        ask(&self.two, who, Method::GET, path, &[]).await
    }
}

async fn ask(node: &Node, who: &Staff, method: Method, path: &str, form: &[(&str, &str)]) -> Seen {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(COOKIE, format!("torg_session={}", who.token))
        .body(Body::from(body.finish()))
        .expect("a request");
    let response = service(&node.app, node.routes.clone())
        .answer(None, request)
        .await;
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let to = parts.headers.get(LOCATION).and_then(|to| to.to_str().ok());
    Seen {
        status: parts.status,
        to: to.unwrap_or_default().to_owned(),
        page: Html::parse_document(&String::from_utf8_lossy(&bytes)),
    }
}
