//! Logging in and one's own account, as a browser meets them.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE, USER_AGENT};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg_accounts::views::DemoAccount;
use torg_accounts::{
    AccountPages, AccountSettings, Accounts, DemoAccounts, NewPerson, SecondFactorRule,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_kernel::{Actor, Locale, ManualClock, Result, SystemIds, Timestamp};
use torg_testkit::TestDatabase;
use torg_ui::{Chrome, T, sample};
use torg_web::{
    App, AppParts, ChromeSource, Draw, ErrorPages, Facts, Reading, Routes, Settings, service,
};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_accounts::migrations::migrations());
        all
    }
}

const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
const PASSWORD: &str = "tre gula spårvagnar";
const EMAIL: &str = "asa@stad.example";

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

/// A browser at the city's door.
struct Browser {
    app: Arc<App>,
    routes: Routes,
    accounts: Accounts,
    clock: Arc<ManualClock>,
    cookie: Option<String>,
    _test: TestDatabase,
}

struct Seen {
    status: StatusCode,
    headers: http::HeaderMap,
    page: Html,
}

impl Seen {
    fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER);
        self.headers[LOCATION].to_str().expect("an address")
    }

    fn text(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.page
            .select(&selector)
            .map(|found| found.text().collect::<String>())
            .collect()
    }

    fn value(&self, name: &str) -> Option<String> {
        let selector = Selector::parse(&format!("[name={name}]")).expect("a selector");
        let found = self.page.select(&selector).next()?;
        found.value().attr("value").map(str::to_owned)
    }
}

impl Browser {
    async fn open(base_url: &str) -> Self {
        Self::open_with(base_url, AccountSettings::default()).await
    }

    async fn open_with(base_url: &str, settings: AccountSettings) -> Self {
        let test = torg_testkit::sqlite::<Migrator>().await;
        let clock = Arc::new(ManualClock::new(NOON));
        let accounts = Accounts::new(
            test.database.clone(),
            clock.clone(),
            Arc::new(SystemIds),
            settings,
        );
        let system = Actor::system("test");
        let tree = "key,kind,parent,name_sv,name_en\nstad,city,,Staden,The City\n";
        accounts.ensure_roles(&system).await.expect("roles");
        accounts
            .import_organisations(&system, tree.as_bytes())
            .await
            .expect("organisations");
        let person = NewPerson {
            email: EMAIL.to_owned(),
            name: "Åsa <Öberg>".to_owned(),
        };
        accounts
            .add_person(&system, &person)
            .await
            .expect("is added");
        accounts
            .set_password(&system, EMAIL, PASSWORD)
            .await
            .expect("is set");
        let app = App::new(AppParts {
            database: test.database.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            identity: Arc::new(accounts.clone()),
            facts: Facts::default(),
            organisations: Arc::new(accounts.clone()),
            chrome: Arc::new(Frames),
            errors: Arc::new(Frames),
            settings: Settings {
                base_url: base_url.to_owned(),
                city: "Staden".to_owned(),
                demo: true,
                hosts: Vec::new(),
                operator_token: None,
                body_limit: 100_000,
            },
            cache_bytes: 0,
        });
        let pages = Arc::new(AccountPages {
            accounts: accounts.clone(),
            demo: DemoAccounts {
                accounts: vec![DemoAccount {
                    email: EMAIL.to_owned(),
                    role: "Redaktör".to_owned(),
                }],
                password: PASSWORD.to_owned(),
            },
        });
        Self {
            routes: pages.routes(),
            app,
            accounts,
            clock,
            cookie: None,
            _test: test,
        }
    }

    async fn send(&mut self, method: Method, path: &str, form: &str) -> Seen {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(
                USER_AGENT,
                "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
            )
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let request = request
            .body(Body::from(form.to_owned()))
            .expect("a request");
        let response = service(&self.app, self.routes.clone())
            .answer(None, request)
            .await;
        let seen = read(response).await;
        if let Some(set) = seen.headers.get(SET_COOKIE) {
            let set = set.to_str().expect("a cookie");
            let pair = set.split(';').next().expect("a pair");
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        seen
    }

    async fn get(&mut self, path: &str) -> Seen {
        self.send(Method::GET, path, "").await
    }

    async fn log_in(&mut self, password: &str, next: &str) -> Seen {
        let form = format!(
            "email=asa%40stad.example&password={}&next={next}",
            password.replace(' ', "+").replace('å', "%C3%A5")
        );
        self.send(Method::POST, "/admin/log-in", &form).await
    }
}

async fn read(response: Response<Body>) -> Seen {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    Seen {
        status: parts.status,
        headers: parts.headers,
        page: Html::parse_document(&String::from_utf8_lossy(&bytes)),
    }
}

#[tokio::test]
async fn from_a_page_through_the_log_in_and_back() {
    let mut browser = Browser::open("http://localhost").await;
    let away = browser.get("/admin/account").await;
    assert_eq!(away.to(), "/admin/log-in?next=%2Fadmin%2Faccount");
    let page = browser.get(away.to()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.value("next").as_deref(), Some("/admin/account"));
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(
        page.text("body").concat().contains(EMAIL),
        "the demo tells its accounts"
    );

    let wrong = browser.log_in("fel lösenord", "/admin/account").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.value("email").as_deref(),
        Some(EMAIL),
        "what was written stays"
    );
    assert_eq!(wrong.value("next").as_deref(), Some("/admin/account"));
    assert!(wrong.value("password").is_none_or(|value| value.is_empty()));
    let told = wrong.text("[role=alert]").concat();
    assert!(told.contains("hör inte ihop"), "{told}");
    assert!(browser.cookie.is_none());
    let empty = browser
        .send(Method::POST, "/admin/log-in", "email=&password=")
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    let right = browser.log_in(PASSWORD, "/admin/account").await;
    assert_eq!(right.to(), "/admin/account");
    let cookie = right.headers[SET_COOKIE].to_str().expect("a cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("Max-Age=86400"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"));
    let account = browser.get("/admin/account").await;
    assert_eq!(account.status, StatusCode::OK);
    let text = account.text("body").concat();
    assert!(
        text.contains("Åsa <Öberg>") && text.contains("Firefox på Linux"),
        "{text}"
    );

    let elsewhere = browser.log_in(PASSWORD, "//evil.example").await;
    assert_eq!(elsewhere.to(), "/admin");
    let account = browser.get("/admin/account").await;
    assert_eq!(
        account.text(".sessions li").len(),
        1,
        "the older log-in is not left behind"
    );

    let out = browser.send(Method::POST, "/admin/log-out", "").await;
    assert_eq!(out.to(), "/admin/log-in?out=here");
    assert!(browser.cookie.is_none());
    let again = browser.send(Method::POST, "/admin/log-out", "").await;
    assert_eq!(again.to(), "/admin/log-in?out=here", "out already");
}

#[tokio::test]
async fn too_many_wrong_ones_wait() {
    let mut browser = Browser::open("http://localhost").await;
    for _ in 0..3 {
        let wrong = browser.log_in("fel lösenord", "").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wait = browser.log_in(PASSWORD, "").await;
    assert_eq!(wait.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(wait.headers[RETRY_AFTER], "1");
    let told = wait.text("[role=alert]").concat();
    assert!(told.contains("Vänta 1 sekund och"), "{told}");
    browser.clock.advance_seconds(1);
    assert_eq!(browser.log_in(PASSWORD, "").await.to(), "/admin");
}

#[tokio::test]
async fn grants_are_shown_and_other_log_ins_ended() {
    let mut browser = Browser::open("https://stad.example").await;
    let system = Actor::system("test");
    let date = |text: &str| Some(text.parse().expect("a date"));
    let grants = [
        ("editor", None, None),
        ("publisher", date("2026-02-01"), date("2026-03-02")),
        ("reader", date("2026-04-01"), date("2026-04-30")),
    ];
    for (role, from, to) in grants {
        browser
            .accounts
            .grant(&system, EMAIL, role, "stad", from, to)
            .await
            .expect("is granted");
    }
    let mut cookies = Vec::new();
    for _ in 0..3 {
        browser.cookie = None;
        let right = browser.log_in(PASSWORD, "").await;
        let set = right.headers[SET_COOKIE].to_str().expect("a cookie");
        assert!(
            set.starts_with("__Host-torg_session=") && set.ends_with("; Secure"),
            "{set}"
        );
        cookies.push(browser.cookie.clone());
    }
    let account = browser.get("/admin/account").await;
    let roles = account.text("tbody th");
    assert_eq!(roles, ["Redaktör", "Läsare"], "past ones are not shown");
    assert_eq!(account.text(".sessions li").len(), 3);

    let other = account.value("session").expect("one to end");
    let form = format!("session={other}");
    let ended = browser
        .send(Method::POST, "/admin/account/sessions/end", &form)
        .await;
    assert_eq!(ended.to(), "/admin/account?done=session-ended");
    let account = browser.get(ended.to()).await;
    assert_eq!(account.text(".sessions li").len(), 2);
    assert!(
        account
            .text("body")
            .concat()
            .contains("Inloggningen är avslutad.")
    );
    let again = browser
        .send(Method::POST, "/admin/account/sessions/end", &form)
        .await;
    assert_eq!(
        again.to(),
        "/admin/account?done=session-ended",
        "over already"
    );
    let strange = browser
        .send(Method::POST, "/admin/account/sessions/end", "session=x")
        .await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);

    browser
        .send(
            Method::POST,
            "/admin/account/sessions/end",
            "session=others",
        )
        .await;
    assert_eq!(browser.get("/admin/account").await.status, StatusCode::OK);
    for cookie in &cookies[..2] {
        browser.cookie = cookie.clone();
        let out = browser.get("/admin/account").await;
        assert_eq!(out.to(), "/admin/log-in?next=%2Fadmin%2Faccount");
    }
}

/// What the code app shows that was told this page's key.
fn code(browser: &Browser, page: &Seen) -> String {
    let selector = Selector::parse("a[href^='otpauth:']").expect("a selector");
    let link = page.page.select(&selector).next().expect("a link");
    let address = link.value().attr("href").expect("an address");
    let app = totp_rs::Totp::from_url(address).expect("an app");
    let seconds = browser.accounts.now().micros() / 1_000_000;
    app.generate(u64::try_from(seconds).expect("after 1970"))
        .to_string()
}

#[tokio::test]
async fn whose_role_demands_a_second_step_is_led_to_it_and_then_on() {
    let settings = AccountSettings {
        second_factor: SecondFactorRule::Required,
        ..AccountSettings::default()
    };
    let mut browser = Browser::open_with("http://localhost", settings).await;
    browser
        .accounts
        .grant(&Actor::system("test"), EMAIL, "editor", "stad", None, None)
        .await
        .expect("is granted");
    let inside = browser.log_in(PASSWORD, "/admin/units").await;
    let to = inside.to().to_owned();
    assert_eq!(to, "/admin/account/second-factor?next=%2Fadmin%2Funits");
    let page = browser.get(&to).await;
    assert!(page.text(".asks").concat().contains("Din roll kräver"));
    assert_eq!(page.value("next").as_deref(), Some("/admin/units"));

    let form = "do=begin-app&next=%2Fadmin%2Funits";
    let begun = browser
        .send(Method::POST, "/admin/account/second-factor", form)
        .await;
    let adding = browser.get(begun.to()).await;
    let right = code(&browser, &adding);
    let sent = format!("code={right}&next=%2Fadmin%2Funits");
    let added = browser
        .send(Method::POST, "/admin/account/second-factor/app", &sent)
        .await;
    let to = added.to().to_owned();
    assert_eq!(
        to,
        "/admin/account/second-factor?next=%2Fadmin%2Funits&done=app-added"
    );
    let again = browser
        .send(Method::POST, "/admin/account/second-factor/app", &sent)
        .await;
    assert_eq!(again.to(), to, "a double click");
    let page = browser.get(&to).await;
    assert!(page.text(".done").concat().contains("Appen är kopplad"));
    let codes = browser
        .send(
            Method::POST,
            "/admin/account/second-factor",
            "do=recovery-codes&next=%2Fadmin%2Funits",
        )
        .await;
    assert_eq!(codes.text(".codes li").len(), 10);
    let recovery = codes.text(".codes li").swap_remove(0);
    let last = browser
        .send(
            Method::POST,
            "/admin/account/second-factor",
            "do=remove-app",
        )
        .await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert!(
        last.text("[role=alert]")
            .concat()
            .contains("Din roll kräver")
    );

    // The next time it is asked for, and leads on to where one was going.
    browser.send(Method::POST, "/admin/log-out", "").await;
    let half = browser.log_in(PASSWORD, "/admin/units").await;
    assert_eq!(
        half.to(),
        "/admin/log-in/second-factor?next=%2Fadmin%2Funits"
    );
    let to = half.to().to_owned();
    let away = browser.get("/admin/account").await;
    assert!(away.to().starts_with("/admin/log-in"), "not in yet");
    browser.cookie = half.headers[SET_COOKIE]
        .to_str()
        .ok()
        .and_then(|set| set.split(';').next())
        .map(str::to_owned);
    let page = browser.get(&to).await;
    assert_eq!(page.status, StatusCode::OK);
    let empty = browser
        .send(Method::POST, "/admin/log-in/second-factor", "code=")
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("code={recovery}&next=%2Fadmin%2Funits");
    let inside = browser
        .send(Method::POST, "/admin/log-in/second-factor", &form)
        .await;
    assert_eq!(inside.to(), "/admin/units");
    let over = browser
        .send(Method::POST, "/admin/log-in/second-factor", &form)
        .await;
    assert_eq!(
        over.to(),
        "/admin/log-in?next=%2Fadmin%2Funits&over=1",
        "a half log-in is used up"
    );
}

#[tokio::test]
async fn how_one_logs_in_changes_in_a_fresh_log_in_only() {
    let mut browser = Browser::open("http://localhost").await;
    browser.log_in(PASSWORD, "").await;
    browser.clock.advance_seconds(899);
    let begun = browser
        .send(Method::POST, "/admin/account/second-factor", "do=begin-app")
        .await;
    assert_eq!(begun.to(), "/admin/account/second-factor/app");
    browser.clock.advance_seconds(1);
    for (path, form) in [
        ("/admin/account/second-factor", "do=begin-app"),
        ("/admin/account/second-factor", "do=recovery-codes"),
        ("/admin/account/second-factor/app", "code=123456"),
        ("/admin/account/second-factor/passkey", "name=a&passkey=b"),
    ] {
        let late = browser.send(Method::POST, path, form).await;
        assert_eq!(
            late.to(),
            "/admin/log-in?next=%2Fadmin%2Faccount%2Fsecond-factor&again=1",
            "{path} {form}"
        );
    }
    let hidden = browser.get("/admin/account/second-factor/app").await;
    assert_eq!(hidden.to(), "/admin/account/second-factor", "the key too");
    let door = browser
        .get("/admin/log-in?next=%2Fadmin%2Faccount%2Fsecond-factor&again=1")
        .await;
    assert!(door.text(".notice").concat().contains("Logga in igen"));
}

#[tokio::test]
async fn the_password_is_changed_by_whoever_knows_it() {
    let mut browser = Browser::open("http://localhost").await;
    browser.log_in(PASSWORD, "").await;
    let send = |current: &str, new: &str| {
        let text: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("current", current)
            .append_pair("password", new)
            .finish();
        text
    };
    let path = "/admin/account/password";
    for (current, new) in [("fel", "fyra blå båtar i hamnen"), (PASSWORD, "kort")] {
        let form = send(current, new);
        let wrong = browser.send(Method::POST, path, &form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.text("[role=alert] li").len(), 1);
    }
    let form = send(PASSWORD, "fyra blå båtar i hamnen");
    let changed = browser.send(Method::POST, path, &form).await;
    assert_eq!(changed.to(), "/admin/account?done=password-changed");
    let account = browser.get(changed.to()).await;
    assert_eq!(account.status, StatusCode::OK, "this log-in stays");
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_it() {
    let mut browser = Browser::open("http://localhost").await;
    for path in ["", "/callback?state=a&code=b", "/leave"] {
        let none = browser.get(&format!("/admin/log-in/provider{path}")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{path}");
    }
}
