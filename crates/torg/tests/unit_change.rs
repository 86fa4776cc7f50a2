//! One fact, one place: hours that are changed in the form, and a phone number, are everywhere within a
//! second, and no page is dropped that does not show the unit.

mod city;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use city::{City, config, set, within_a_second};
use http::Request;
use http_body_util::BodyExt;
use torg::app::{self, Surroundings};
use torg::assemble;
use torg::migrator::Migrator;
use torg_kernel::SystemIds;
use torg_testkit::{TestDatabase, both};
use torg_web::{Service, service};

/// A unit whose hours and phone stand on pages of the demo by reference.
const KEY: &str = "valhallabadet";
/// A page of the site that says its hours by reference.
const REFERRING: &str = "/uppleva-och-gora/simhallar";

/// Every public page that is in the sitemap, and lists and answers that are not.
async fn addresses(city: &City) -> Vec<String> {
    let sitemap = city.get("/sitemap.xml").await.body;
    let mut all: Vec<String> = sitemap
        .split("<loc>https://stad.example")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .map(str::to_owned)
        .collect();
    assert!(all.len() > 100, "the sitemap has the city: {}", all.len());
    for more in [
        "/hitta?kind=swimming_pool",
        "/hitta?kind=library",
        "/en/find?kind=swimming_pool",
        "/hitta/tjanster",
        "/hitta/andrat.atom",
        "/api/v1/units",
        "/api/v1/units.geojson",
        "/api/v1/units.csv",
        "/api/v1/units/valhallabadet",
        "/api/v1/units/stadsbiblioteket",
        "/api/v1/services",
        "/api/hsds/v3/services",
        "/api/openapi.json",
        "/robots.txt",
        "/sitemap.xml",
    ] {
        all.push(more.to_owned());
    }
    all.sort();
    all.dedup();
    all
}

/// A page with how it came: whether it was kept.
struct Seen {
    body: String,
    kept: bool,
}

async fn look(city: &City, path: &str) -> Seen {
    let answer = city.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    Seen {
        kept: answer.header("x-cache") == "hit",
        body: answer.body,
    }
}

/// Every page twice, so that what can be kept is kept.
async fn warm(city: &City, paths: &[String]) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for path in paths {
        look(city, path).await;
        let seen = look(city, path).await;
        if seen.kept {
            kept.insert(path.clone(), seen.body);
        }
    }
    assert!(kept.len() > 100, "most of them are kept: {}", kept.len());
    kept
}

/// Another node on the same database, which follows the log.
async fn second(city: &City) -> Service {
    let around = Surroundings {
        clock: city.clock.clone(),
        ids: Arc::new(SystemIds),
    };
    let indexes = app::Indexes::in_memory().expect("indexes in memory");
    let database = city.test.database.clone();
    let node = app::start(
        &config(&city.test),
        database,
        indexes,
        "127.0.0.1:2",
        around,
    )
    .await
    .expect("a second node");
    torg_web::spawn_view_follower(&node.app)
        .await
        .expect("follows");
    service(&node.app, assemble::routes(&node))
}

async fn get(service: &Service, path: &str) -> String {
    let request = Request::get(path).header("host", "stad.example");
    let request = request.body(Body::empty()).expect("a request");
    let response = service.answer(None, request).await;
    let bytes = response.into_body().collect().await.expect("a body");
    String::from_utf8_lossy(&bytes.to_bytes()).into_owned()
}

/// How many entries of the cache were dropped so far.
fn dropped(city: &City) -> u64 {
    let said = city.node.app.telemetry.render();
    let lines = said.lines();
    lines
        .filter(|line| line.starts_with("torg_page_cache_dropped_total"))
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        .sum()
}

/// Changes fields of a form of the staff and sends it.
async fn change(city: &City, cookie: &str, form: &str, changes: &[(String, &str)]) {
    city.clock.advance_seconds(1);
    let mut fields = city.get_as(cookie, form).await.fields();
    for (name, value) in changes {
        assert!(
            fields.iter().any(|(own, _)| own == name),
            "{form} has {name}"
        );
        set(&mut fields, name, value);
    }
    set(&mut fields, "do", "save");
    let saved = city.post_as(cookie, form, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

/// What a change did to the pages that were kept.
struct Told<'a> {
    city: &'a City,
    other: &'a Service,
    id: &'a str,
    before: BTreeMap<String, String>,
}

impl Told<'_> {
    /// What shows the unit is new, here at once and on the other node within a second, and as a node
    /// makes it that has kept nothing of it; nothing else was made anew. Gives what was dropped.
    async fn everywhere(&self, is_new: impl Fn(&str) -> bool, sure: &[&str]) -> Vec<String> {
        for path in sure {
            within_a_second(path, async || is_new(&get(self.other, path).await)).await;
        }
        let (mut gone, mut needless) = (Vec::new(), Vec::new());
        for (path, old) in &self.before {
            let seen = look(self.city, path).await;
            if seen.kept {
                assert_eq!(seen.body, *old, "{path}");
            } else {
                let own = |text: &str| old.contains(text);
                let shows = own(self.id) || own(&format!("/{KEY}")) || own(&format!("\"{KEY}\""));
                if !shows && seen.body == *old {
                    needless.push(path.clone());
                }
                gone.push(path.clone());
            }
            assert_eq!(seen.body, get(self.other, path).await, "{path} as it is");
        }
        assert!(needless.is_empty(), "dropped for nothing: {needless:?}");
        for path in sure {
            assert!(gone.iter().any(|own| own == path), "{path}: {gone:?}");
        }
        gone
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_everywhere_within_a_second_and_nothing_else_is_dropped() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let other = second(&city).await;
        let admin = city
            .log_in("enhet@stad.example", Some("administrator"))
            .await;
        let (page, api) = (format!("/hitta/{KEY}"), format!("/api/v1/units/{KEY}"));
        let unit = city.get(&api).await.body;
        let unit: serde_json::Value = serde_json::from_str(&unit).expect("JSON");
        let id = unit["id"].as_str().expect("an id");
        let paths = addresses(&city).await;

        // Hours, in their form: on the unit's page, in lists, in the API, and on a page of the site
        // that says them by reference.
        let before = warm(&city, &paths).await;
        let (kept, counted) = (before.len(), dropped(&city));
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let week = days.map(|day| (format!("hours_{day}"), "10.07–18.43"));
        change(&city, &admin, &format!("/admin/units/{id}/hours"), &week).await;
        let all = dropped(&city) - counted;
        let told = Told {
            city: &city,
            other: &other,
            id,
            before,
        };
        let is_new = |body: &str| ["18.43", "18:43"].iter().any(|own| body.contains(own));
        let sure = [page.as_str(), &api, REFERRING];
        let gone = told.everywhere(is_new, &sure).await;
        assert_eq!(all, gone.len() as u64, "by the figures as well");
        assert!(
            gone.len() < kept / 4,
            "and most of the city stayed: {gone:?}"
        );
        // A list says until when it is open. Tuesday is the first of the month, whose turn stands before
        // the week's hours; on Wednesday they are what holds.
        city.clock.advance_seconds(86_400);
        for path in [
            "/hitta?kind=swimming_pool",
            "/en/find?kind=swimming_pool",
            "/api/v1/units?kind=swimming_pool",
        ] {
            assert!(is_new(&city.get(path).await.body), "{path}");
        }

        // A phone number, in the form of the unit.
        let admin = city
            .log_in("onsdag@stad.example", Some("administrator"))
            .await;
        let before = warm(&city, &paths).await;
        let counted = dropped(&city);
        let phone = [("phone".to_owned(), "031-390 06 47")];
        change(&city, &admin, &format!("/admin/units/{id}"), &phone).await;
        let all = dropped(&city) - counted;
        let told = Told { before, ..told };
        let is_new = |body: &str| body.contains("031-390 06 47");
        let gone = told.everywhere(is_new, &sure[..2]).await;
        assert_eq!(all, gone.len() as u64, "by the figures as well");
        assert!(
            gone.len() < kept / 4,
            "and most of the city stayed: {gone:?}"
        );
    });
}
