//! A whole city in a test: the demo city on a database of its own, asked as a browser would.
#![expect(dead_code, reason = "each test file uses the parts it needs")]

use std::sync::Arc;

use axum::body::Body;
use http::{Request, Response};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use torg::app::{self, Node, Surroundings};
use torg::city::{self, Files, Importer};
use torg::config::Config;
use torg::{assemble, indexing};
use torg_accounts::NewPerson;
use torg_kernel::{Actor, ManualClock, SystemIds, Timestamp};
use torg_testkit::TestDatabase;
use torg_web::{Service, service};

/// Tuesday 3 March 2026, 14.30 in the city.
pub const TUESDAY: Timestamp = Timestamp::from_micros(1_772_544_600_000_000);

pub const PASSWORD: &str = "ett långt lösenord för prov";

pub struct City {
    pub node: Node,
    pub service: Service,
    pub clock: Arc<ManualClock>,
    pub test: TestDatabase,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The text of all elements that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a selector");
        html.select(&selector)
            .map(|element| element.text().collect::<String>().trim().to_owned())
            .collect()
    }

    /// An attribute of all elements that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a selector");
        html.select(&selector)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    }

    /// The fields of a page's form, as a browser would send them back.
    pub fn fields(&self) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse("main form [name]").expect("a selector");
        let sent = |element: &scraper::ElementRef<'_>| {
            let value = element.value();
            let ticked = matches!(value.attr("type"), Some("checkbox" | "radio"));
            !ticked || value.attr("checked").is_some()
        };
        html.select(&selector)
            .filter(sent)
            .map(|element| {
                let name = element.value().attr("name").unwrap_or_default().to_owned();
                let value = match element.value().name() {
                    // A parser drops one newline after the tag, as browsers do.
                    "textarea" => element.text().collect::<String>(),
                    "select" => {
                        let chosen = Selector::parse("option[selected]").expect("a selector");
                        let chosen = element.select(&chosen).next();
                        let value = chosen.and_then(|option| option.value().attr("value"));
                        value.unwrap_or_default().to_owned()
                    }
                    _ => element.value().attr("value").unwrap_or_default().to_owned(),
                };
                (name, value)
            })
            .collect()
    }
}

/// Replaces a field of a form.
pub fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(own, _)| own == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

pub fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields
        .iter()
        .find(|(own, _)| own == name)
        .map_or("", |(_, value)| value.as_str())
}

/// Settings for a node in a test.
pub fn config(test: &TestDatabase) -> Config {
    let flags = [
        (
            "data",
            Some(test.folder.path().join("data").display().to_string()),
        ),
        ("database", Some(test.url.clone())),
        ("base_url", Some("https://stad.example".to_owned())),
    ];
    Config::load(None, std::iter::empty(), &flags).expect("these settings are good")
}

impl City {
    /// An empty city on a database.
    pub async fn empty(test: TestDatabase) -> Self {
        let clock = Arc::new(ManualClock::new(TUESDAY));
        let around = Surroundings {
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
        };
        let config = config(&test);
        let indexes = app::Indexes::in_memory().expect("indexes in memory");
        let node = app::start(
            &config,
            test.database.clone(),
            indexes,
            "127.0.0.1:1",
            around,
        )
        .await
        .expect("a node starts on an empty database");
        node.accounts
            .ensure_roles(&Actor::system("test"))
            .await
            .expect("roles");
        let service = service(&node.app, assemble::routes(&node));
        Self {
            node,
            service,
            clock,
            test,
        }
    }

    /// The demo city, searchable and followed.
    pub async fn demo(test: TestDatabase) -> Self {
        let city = Self::empty(test).await;
        let mut files = city::demo_files();
        // Large pictures take seconds each to make in all sizes, and are tried where they are made.
        for (path, bytes) in &mut files {
            if path.ends_with(".jpg") {
                *bytes = include_bytes!("small.jpg").to_vec();
            }
        }
        city.take_in(&files).await;
        city.follow().await;
        city
    }

    pub fn clock_now(&self) -> Timestamp {
        torg_kernel::Clock::now(&*self.clock)
    }

    pub fn importer(&self) -> Importer {
        Importer {
            database: self.node.app.database.clone(),
            clock: self.clock.clone(),
            ids: Arc::new(SystemIds),
            accounts: self.node.accounts.clone(),
            blobs: self.node.media.blobs.clone(),
            actor: Actor::system("test"),
            notices: self.node.notice_board.settings,
        }
    }

    pub async fn take_in(&self, files: &Files) {
        let result = self.importer().city(files, &mut |_| {}).await;
        result.unwrap_or_else(|problem| panic!("the city is taken in: {problem}"));
    }

    /// Builds the index and lets it and the caches follow the log.
    pub async fn follow(&self) {
        let database = self.node.app.database.clone();
        torg_web::spawn_view_follower(&self.node.app)
            .await
            .expect("follows");
        let at = indexing::catch_up(
            &database,
            &self.node.accounts,
            &self.node.index,
            &mut |_| {},
        )
        .await
        .expect("the index is built");
        tokio::spawn(indexing::follow(
            database,
            self.node.accounts.clone(),
            self.node.index.clone(),
            at,
        ));
        tokio::spawn(torg::staff_search::follow(
            self.node.app.database.clone(),
            self.node.accounts.clone(),
            self.node.staff_index.clone(),
        ));
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.service.answer(None, request).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_as("", path).await
    }

    pub async fn get_as(&self, cookie: &str, path: &str) -> Answer {
        let request = Request::get(path)
            .header("host", "stad.example")
            .header("cookie", cookie)
            .body(Body::empty())
            .expect("a request");
        self.ask(request).await
    }

    pub async fn post_as(&self, cookie: &str, path: &str, fields: &[(String, String)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(&encoded(name));
            body.push('=');
            body.push_str(&encoded(value));
        }
        let request = Request::post(path)
            .header("host", "stad.example")
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.ask(request).await
    }

    /// Makes somebody with a role for the whole city, and logs in. Gives the cookie.
    pub async fn log_in(&self, email: &str, role: Option<&str>) -> String {
        let accounts = &self.node.accounts;
        let actor = Actor::system("test");
        let new = NewPerson {
            email: email.to_owned(),
            name: format!("Prov {email}"),
        };
        accounts.add_person(&actor, &new).await.expect("a person");
        accounts
            .set_password(&actor, email, PASSWORD)
            .await
            .expect("a password");
        if let Some(role) = role {
            let granted = accounts
                .grant(&actor, email, role, "goteborg", None, None)
                .await;
            granted.expect("a grant");
        }
        let fields = [("email", email), ("password", PASSWORD)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let answer = self.post_as("", "/admin/log-in", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("Secure"),
            "{cookie}"
        );
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// The address of the form for a page.
    pub async fn page_form(&self, cookie: &str, title: &str) -> String {
        let list = self
            .get_as(cookie, &format!("/admin/pages?q={}", encoded(title)))
            .await;
        assert_eq!(list.status, 200);
        list.attributes("main table a", "href")
            .into_iter()
            .find(|href| href.starts_with("/admin/pages/"))
            .unwrap_or_else(|| panic!("{title} is in the list"))
    }

    /// Waits until something holds, for a second at most.
    pub async fn within_a_second<F: AsyncFn() -> bool>(&self, what: &str, holds: F) {
        within_a_second(what, holds).await;
    }
}

/// Waits until something holds, for a second at most.
pub async fn within_a_second<F: AsyncFn() -> bool>(what: &str, holds: F) {
    let started = std::time::Instant::now();
    while started.elapsed() < std::time::Duration::from_secs(1) {
        if holds().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("within a second: {what}");
}

pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
