//! The service guide from a question to an answer: finding, comparing, services, reports, tables and
//! answers to programs, on both databases.

mod hsds;

use crate::town::{Migrator, NOW, Town, author, organisations};
use scraper::{Html, Selector};
use serde_json::Value;
use torg_db::{Database, scalar};
use torg_directory::care::{
    CareRules, Sender, list_due, open_reports, run_reminders, weed_reports,
};
use torg_directory::services::{export_services, import_services, parse_services};
use torg_directory::{ImportReport, list};
use torg_kernel::{Actor, Permission, Problem, Result, Timestamp, civil_date};
use torg_testkit::{TestDatabase, both};

const SERVICES: &str = include_str!("../../../../demo/services.json");

fn texts(html: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("the test's own selector");
    page.select(&selector)
        .map(|found| {
            found
                .text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn links(html: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).expect("the test's own selector");
    let all = page.select(&selector);
    all.filter_map(|found| found.value().attr("href").map(str::to_owned))
        .collect()
}

async fn services(database: &Database, json: &str, now: Timestamp) -> Result<ImportReport> {
    let inputs = parse_services(json.as_bytes())?;
    let list = organisations();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                import_services(context, author(&actor, now), inputs, &list).await
            })
        })
        .await
}

/// Only those whose organisation the town has.
fn town_services() -> String {
    let all: Vec<Value> = serde_json::from_str(SERVICES).expect("JSON");
    let tree = organisations();
    let kept = all.into_iter().filter(|own| {
        own["organisation"]
            .as_str()
            .is_some_and(|key| tree.by_key(key).is_some())
    });
    serde_json::to_string(&kept.collect::<Vec<_>>()).expect("writes")
}

#[tokio::test]
async fn a_resident_finds_what_is_near_open_and_fit() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let (status, first) = town.get("/hitta").await;
        assert_eq!(status, 200);
        assert!(
            texts(&first, "ul.kinds a").len() > 20,
            "kinds to choose from"
        );

        // By words, in names before anything else; without accents; by number.
        let (_, found) = town.get("/hitta?q=angered+bibliotek").await;
        assert_eq!(texts(&found, "ul.units h2")[0], "Angereds bibliotek");
        let (_, found) = town.get("/hitta?q=harlanda").await;
        assert!(texts(&found, "ul.units h2").contains(&"Härlanda bibliotek".to_owned()));
        let (_, none) = town.get("/hitta?q=xyzzy").await;
        assert_eq!(texts(&none, "ul.units h2").len(), 0);
        assert_eq!(texts(&none, ".empty").len(), 1, "and what to do then");

        // Nearest first from an address that only the map knows, from a unit, and from a point.
        for asked in [
            "place=Kustgatan+8",
            "near=57.6922,11.9110",
            "place=Majornas+bibliotek",
        ] {
            let (_, near) = town.get(&format!("/hitta?kind=library&{asked}")).await;
            assert_eq!(
                texts(&near, "ul.units h2")[0],
                "Majornas bibliotek",
                "{asked}"
            );
            assert!(
                texts(&near, "ul.units li:first-child p b")[0].ends_with('m'),
                "{asked}"
            );
        }
        let (_, lost) = town.get("/hitta?place=Ingenstans").await;
        assert_eq!(texts(&lost, ".finder .err").len(), 1);

        // Open now on a Tuesday at one; on Sunday night hardly anything is.
        let count = |html: &str| texts(html, ".tally")[0].clone();
        let (_, open) = town.get("/hitta?kind=museum&open=1").await;
        assert!(!texts(&open, "ul.units h2").is_empty(), "{}", count(&open));
        town.clock.advance_seconds(10 * 3600);
        let (_, night) = town.get("/hitta?kind=museum&open=1").await;
        assert!(
            texts(&night, "ul.units h2").is_empty(),
            "the cache let go of it at closing time"
        );

        // Districts, what is needed to get in, and the two together.
        let (_, south) = town.get("/hitta?kind=library&district=soder").await;
        let south = texts(&south, "ul.units h2");
        assert!(south.contains(&"Majornas bibliotek".to_owned()));
        assert!(!south.contains(&"Angereds bibliotek".to_owned()));
        let (_, lift) = town.get("/hitta?access=lift").await;
        assert!(!texts(&lift, "ul.units h2").is_empty());
        let (_, english) = town.get("/en/find?kind=library").await;
        assert_eq!(texts(&english, "h1"), ["Libraries"]);

        // A list to print, and three side by side.
        let (_, print) = town.get("/hitta?kind=library&view=print").await;
        assert!(texts(&print, "table.printlist tbody tr").len() > 20);
        let (_, chosen) = town
            .get("/hitta?kind=library&compare=majornas-bibliotek,angereds-bibliotek")
            .await;
        let go = links(&chosen, ".comparing a.ds-button");
        assert_eq!(
            go,
            ["/hitta/jamfor?units=majornas-bibliotek,angereds-bibliotek"]
        );
        let (status, beside) = town.get(&go[0]).await;
        assert_eq!(
            (status, texts(&beside, "table.compare thead th").len()),
            (200, 2)
        );
        let (_, alone) = town
            .get("/hitta/jamfor?units=a,b,%00,stadsbiblioteket")
            .await;
        assert!(
            texts(&alone, "table.compare").is_empty(),
            "one is no comparison"
        );

        // What lies near, and a unit that is no more.
        let (_, page) = town.get("/hitta/majornas-bibliotek").await;
        assert_eq!(texts(&page, ".nearby li").len(), 5);
        assert!(
            texts(&page, ".coordinates dd")
                .iter()
                .any(|it| it.starts_with("N 63"))
        );
        town.clock.advance_seconds(200 * 86_400);
        let (status, gone) = town.get("/hitta/isdala-ishall").await;
        assert_eq!(status, 410);
        assert_eq!(links(&gone, ".ended a.ds-button"), ["/hitta/frolundaborg"]);
        let (_, rinks) = town.get("/hitta?kind=ice_rink").await;
        assert!(!rinks.contains("Isdala"));
        let (status, feed) = town.get("/hitta/andrat.atom").await;
        assert!(status == 200 && feed.contains("<entry>"));
    });
}

#[tokio::test]
async fn services_are_given_at_units_and_both_say_so() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let json = town_services();
        let report = services(&test.database, &json, NOW).await.expect("imports");
        assert!(report.created.len() >= 60, "{}", report.created.len());
        let again = services(&test.database, &json, NOW).await.expect("imports");
        assert_eq!((again.created.len(), again.changed.len()), (0, 0));
        let snapshot = test.database.snapshot().await.expect("reads");
        let exported = export_services(&*snapshot, &organisations())
            .await
            .expect("exports");
        drop(snapshot);
        let back = services(&test.database, &exported, NOW)
            .await
            .expect("imports");
        assert_eq!(
            (back.unchanged, back.changed.len()),
            (report.created.len(), 0)
        );

        let (_, all) = town.get("/hitta/tjanster").await;
        assert!(texts(&all, "ul.units h3").len() >= 60);
        let (_, some) = town
            .get("/hitta/tjanster?q=l%C3%A5nekort&category=leisure")
            .await;
        assert_eq!(texts(&some, "ul.units h3"), ["Skaffa lånekort"]);
        let (status, page) = town.get("/hitta/tjanst/skaffa-lanekort").await;
        assert_eq!(status, 200);
        assert!(texts(&page, "ul.units h3").contains(&"Majornas bibliotek".to_owned()));
        let (_, unit) = town.get("/hitta/majornas-bibliotek").await;
        assert!(
            links(&unit, "section[aria-labelledby=unit_given] a")
                .contains(&"/hitta/tjanst/skaffa-lanekort".to_owned())
        );
        let (_, english) = town.get("/en/find/service/skaffa-lanekort").await;
        assert_eq!(texts(&english, "h1"), ["Get a library card"]);
        assert_eq!(town.get("/hitta/tjanst/ingen").await.0, 404);

        // A new number for the unit stands on the service's page at once.
        let changed = crate::town::DEMO.replace("031-390 06 06", "031-390 99 06");
        crate::town::import(
            &test.database,
            &organisations(),
            &changed,
            NOW.plus_seconds(5),
        )
        .await
        .expect("imports");
        let (_, page) = town.get("/hitta/tjanst/skaffa-lanekort").await;
        assert!(page.contains("031-390 99 06"));

        // A service that names what is not there is refused whole.
        let bad = r#"[{"key":"ny","category":"leisure","organisation":"kulturforvaltningen","name":{"sv":"Ny"},"units":["finns-inte"]}]"#;
        let Err(Problem::Invalid(errors)) = services(&test.database, bad, NOW).await else {
            panic!("it was taken");
        };
        assert_eq!(errors[0].field, "1:ny:units");
        for bad in [
            r#"[{"key":"Å","category":"leisure","organisation":"x","name":{"sv":"A"}}]"#,
            r#"[{"key":"a","category":"dogs","organisation":"x","name":{"sv":"A"}}]"#,
            r#"[{"key":"a","category":"leisure","organisation":"x","name":{"sv":"A"},"colour":"red"}]"#,
            "{",
        ] {
            assert!(
                matches!(parse_services(bad.as_bytes()), Err(Problem::Invalid(_))),
                "{bad}"
            );
        }
    });
}

#[tokio::test]
async fn programs_get_units_services_geojson_and_hsds() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        services(&test.database, &town_services(), NOW)
            .await
            .expect("imports");
        let json = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
        let (status, answer) = town
            .get("/api/v1/units?kind=library&near=57.6922,11.9110&limit=3")
            .await;
        assert_eq!(status, 200);
        let answer = json(&answer);
        assert_eq!(answer["units"][0]["key"], "majornas-bibliotek");
        assert!(answer["units"][0]["distance"].as_u64() < Some(500));
        assert!(answer["units"][0]["sweref99tm"]["north"].as_f64() > Some(6_390_000.0));
        assert!(answer["total"].as_u64() > Some(20));
        let (_, few) = town
            .get("/api/v1/units?near=57.6922,11.9110&radius=1000")
            .await;
        assert!(json(&few)["total"].as_u64() < Some(20));
        for (wrong, field) in [
            ("kind=castle", "kind"),
            ("near=11.9110,57.6922", "near"),
            ("limit=0", "limit"),
            ("limit=x", "limit"),
            ("open=maybe", "open"),
            ("bbox=1,2,3", "bbox"),
            ("changed_since=yesterday", "changed_since"),
            ("organisation=nobody", "organisation"),
            ("access=wings", "access"),
        ] {
            let (status, answer) = town.get(&format!("/api/v1/units?{wrong}")).await;
            assert_eq!(status, 422, "{wrong}");
            assert_eq!(json(&answer)["errors"][0]["field"], field, "{wrong}");
        }
        let (_, one) = town.get("/api/v1/units/stadsbiblioteket").await;
        assert_eq!(json(&one)["name"]["sv"], "Stadsbiblioteket");
        assert_eq!(town.get("/api/v1/units/nobody").await.0, 404);
        let (_, given) = town.get("/api/v1/services?unit=stadsbiblioteket").await;
        assert!(json(&given)["total"].as_u64() > Some(2));

        // RFC 7946: longitude first, within the city.
        let (_, features) = town.get("/api/v1/units.geojson").await;
        let features = json(&features);
        assert_eq!(features["type"], "FeatureCollection");
        let all = features["features"].as_array().expect("a list");
        assert!(all.len() > 120);
        for feature in all {
            assert_eq!(
                (&feature["type"], &feature["geometry"]["type"]),
                (&"Feature".into(), &"Point".into())
            );
            let at = feature["geometry"]["coordinates"]
                .as_array()
                .expect("a point");
            let (lon, lat) = (at[0].as_f64().expect("lon"), at[1].as_f64().expect("lat"));
            assert!(
                (11.5..12.4).contains(&lon) && (57.4..58.0).contains(&lat),
                "{feature}"
            );
        }

        let (_, csv) = town.get("/api/v1/units.csv?kind=library").await;
        assert!(csv.starts_with("\u{feff}key;kind;organisation;"));
        let (_, root) = town.get("/api/hsds/v3").await;
        assert_eq!(json(&root)["version"], "3.0");
        let (_, page) = town.get("/api/hsds/v3/services?per_page=10&page=2").await;
        let page = json(&page);
        assert_eq!(
            (page["size"].as_u64(), page["first_page"].as_bool()),
            (Some(10), Some(false))
        );
        let id = page["contents"][0]["id"].as_str().expect("an id");
        let (_, whole) = town.get(&format!("/api/hsds/v3/services/{id}")).await;
        assert_eq!(json(&whole)["status"], "active");
        let (_, places) = town
            .get("/api/hsds/v3/service_at_locations?per_page=3")
            .await;
        assert_eq!(
            json(&places)["contents"][0]["location"]["location_type"],
            "physical"
        );
        let (_, owners) = town.get("/api/hsds/v3/organizations").await;
        assert!(json(&owners)["total_items"].as_u64() > Some(5));
        hsds_is_valid(&town).await;
    });
}

/// Every object of every answer is as the specification has it.
async fn hsds_is_valid(town: &Town) {
    let json = async |path: &str| -> Value {
        let (status, body) = town.get(path).await;
        assert_eq!(status, 200, "{path}");
        serde_json::from_str(&body).expect("JSON")
    };
    let mut faults = hsds::faults("base", &json("/api/hsds/v3").await, "the root");
    let mut ids = std::collections::HashMap::new();
    for (list, name) in [
        ("services", "service"),
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
    ] {
        let page = json(&format!("/api/hsds/v3/{list}?per_page=500")).await;
        faults.extend(hsds::faults("page", &page, list));
        let contents = page["contents"].as_array().expect("a list");
        assert_eq!(page["total_items"].as_u64(), Some(contents.len() as u64));
        for (number, own) in contents.iter().enumerate() {
            faults.extend(hsds::faults(name, own, &format!("{list}[{number}]")));
            let id = own["id"].as_str().unwrap_or_default().to_owned();
            assert!(ids.insert(id.clone(), list).is_none(), "{id} twice");
            // Whole, where it is more than in the list.
            if list != "service_at_locations" {
                let path = format!("/api/hsds/v3/{list}/{id}");
                faults.extend(hsds::faults(name, &json(&path).await, &path));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{}: {:#?}",
        faults.len(),
        &faults[..faults.len().min(20)]
    );
}

#[tokio::test]
async fn what_a_reader_says_is_wrong_becomes_work() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let (_, page) = town.get("/hitta/majornas-bibliotek").await;
        let form_href = "/hitta/majornas-bibliotek/stammer-inte";
        assert!(links(&page, ".meta a").contains(&form_href.to_owned()));
        let (status, form) = town.get(form_href).await;
        assert_eq!(status, 200);
        let mut fields = town.fields(&form);
        crate::town::set(&mut fields, "text", "Telefonen går till fel person.");
        let (status, hasty) = town.post(form_href, &fields).await;
        assert_eq!(status, 422, "nobody writes in no time");
        assert!(
            hasty.contains("Telefonen går till fel person."),
            "what was written stays"
        );
        town.clock.advance_seconds(20);
        let mut robot = town.fields(&hasty);
        crate::town::set(&mut robot, "website", "http://spam.example");
        assert_eq!(town.post(form_href, &robot).await.0, 422);
        let mut empty = town.fields(&hasty);
        crate::town::set(&mut empty, "text", " ");
        crate::town::set(&mut empty, "email", "ingen adress");
        let (status, again) = town.post(form_href, &empty).await;
        assert_eq!((status, texts(&again, ".field.bad").len()), (422, 2));
        let mut fields = town.fields(&hasty);
        crate::town::set(&mut fields, "email", "bo@example.com");
        let (status, to) = town.post(form_href, &fields).await;
        assert_eq!(
            (status, to.as_str()),
            (303, "/hitta/majornas-bibliotek/stammer-inte?sent=1")
        );
        assert_eq!(town.post(form_href, &fields).await.0, 303, "a double click");
        let snapshot = test.database.snapshot().await.expect("reads");
        let reports = open_reports(&*snapshot).await.expect("reads");
        drop(snapshot);
        assert_eq!(reports.len(), 1, "happens once");

        let list = "/admin/units/reports";
        let settle = format!("{list}/{}", reports[0].id);
        assert_ne!(town.get(list).await.0, 200, "nobody is logged in");
        town.log_in("demokrati-och-medborgarservice", &[Permission::UnitEdit]);
        let (_, others) = town.get(list).await;
        assert!(!others.contains("Telefonen"), "it is another's");
        assert_eq!(
            town.post(&settle, &[("do".to_owned(), "closed".to_owned())])
                .await
                .0,
            403
        );
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let (_, mine) = town.get(list).await;
        assert_eq!(
            texts(&mine, ".reports .said"),
            ["Telefonen går till fel person."]
        );
        let mut answer = town.fields(&mine);
        answer.push(("do".to_owned(), "answered".to_owned()));
        let (status, unsaid) = town.post(&settle, &answer).await;
        assert_eq!((status, texts(&unsaid, ".field.bad").len()), (422, 1));
        crate::town::set(&mut answer, "answer", "Tack, numret är rättat.");
        assert_eq!(town.post(&settle, &answer).await.0, 303);
        let snapshot = test.database.snapshot().await.expect("reads");
        assert!(open_reports(&*snapshot).await.expect("reads").is_empty());
        let mails: i64 = scalar(&*snapshot, "SELECT count(*) FROM mail_outbox", vec![])
            .await
            .expect("counts");
        let kept: i64 = scalar(
            &*snapshot,
            "SELECT count(*) FROM unit_report WHERE email IS NOT NULL",
            vec![],
        )
        .await
        .expect("counts");
        assert_eq!(
            (mails, kept),
            (1, 0),
            "answered by mail, and the address forgotten"
        );
        let logged: i64 = scalar(
            &*snapshot,
            "SELECT count(*) FROM event_payload WHERE before LIKE '%bo@example%' OR after LIKE '%bo@example%'",
            vec![],
        )
        .await
        .expect("counts");
        assert_eq!(logged, 0, "the log never held it");
        drop(snapshot);
        let (_, settled) = town.get("/admin/units/reports?state=answered").await;
        assert!(settled.contains("Tack, numret är rättat."));
        weeds(&town, &test.database, "Tack, numret är rättat.").await;
    });
}

/// Settled reports go from rows and log when the city has decided so, and not before.
async fn weeds(town: &Town, database: &Database, answer: &str) {
    let ids: std::sync::Arc<dyn torg_kernel::Ids> = std::sync::Arc::new(torg_kernel::SystemIds);
    let log = |words: &'static str| async move {
        let snapshot = database.snapshot().await.expect("reads");
        let sql = "SELECT count(*) FROM event_payload WHERE after LIKE $1";
        let found: i64 = scalar(&*snapshot, sql, vec![format!("%{words}%").into()])
            .await
            .expect("counts");
        found
    };
    let events = crate::town::events(database).await;
    let kept = log("numret är rättat").await;
    assert!(kept > 0, "the log has the answer");
    let weed = async |rules: CareRules| {
        weed_reports(database, &*town.clock, &ids, &rules)
            .await
            .expect("weeds")
    };
    let rules = CareRules {
        weeding_decision: "KS 2026/17".to_owned(),
        ..CareRules::default()
    };
    assert_eq!(weed(rules.clone()).await, 0, "not yet");
    town.clock.advance_seconds(366 * 86_400);
    assert_eq!(weed(CareRules::default()).await, 0, "nothing was decided");
    assert_eq!(log("numret är rättat").await, kept);
    assert!(weed(rules.clone()).await > 0);
    assert_eq!(weed(rules).await, 0, "once");
    assert_eq!(log("numret är rättat").await, 0);
    assert!(
        crate::town::events(database).await > events,
        "the log tells that"
    );
    let (status, settled) = town.get("/admin/units/reports?state=answered").await;
    assert_eq!(status, 200);
    assert!(!settled.contains(answer));
}

#[tokio::test]
async fn whoever_answers_is_reminded_once_and_confirms_in_one_press() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let rules = CareRules::default();
        let sender = Sender {
            city: "Göteborgs Stad".to_owned(),
            base_url: "https://torg.example".to_owned(),
        };
        let ids: std::sync::Arc<dyn torg_kernel::Ids> = std::sync::Arc::new(torg_kernel::SystemIds);
        let staff = crate::town::Staff;
        let tree = crate::town::Tree;
        town.clock.advance_seconds(400 * 86_400);
        let people = (
            &staff as &dyn torg_directory::care::UnitPeople,
            &tree as &dyn torg_web::Organisations,
        );
        let sent = run_reminders(&test.database, &*town.clock, &ids, &rules, people, &sender).await;
        assert_eq!(
            sent.expect("sends"),
            1,
            "one person answers for all units of culture"
        );
        let again =
            run_reminders(&test.database, &*town.clock, &ids, &rules, people, &sender).await;
        assert_eq!(again.expect("sends"), 0, "each due day once");

        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let (_, due) = town.get("/admin/units/due").await;
        let before = texts(&due, "tbody tr").len();
        assert!(before > 10);
        let unit = town.unit("majornas-bibliotek").await;
        let confirm = format!("/admin/units/{}/confirm", unit.id);
        let press = [
            ("request_id".to_owned(), town.request_id()),
            ("back".to_owned(), "due".to_owned()),
        ];
        let (status, to) = town.post(&confirm, &press).await;
        assert_eq!(
            (status, to.as_str()),
            (303, "/admin/units/due?done=unit-confirmed")
        );
        let confirmed = town.unit("majornas-bibliotek").await;
        assert_eq!(confirmed.updated_at, unit.updated_at, "that is no change");
        let today = civil_date(NOW.plus_seconds(400 * 86_400));
        assert_eq!(confirmed.data.confirmed, Some(today));
        let snapshot = test.database.snapshot().await.expect("reads");
        let left = list_due(&*snapshot, today, 12).await.expect("reads");
        assert!(
            left.iter()
                .all(|(unit, ..)| unit.key != "majornas-bibliotek")
        );
        drop(snapshot);
        let foreign = town.unit("kontaktcenter").await.id;
        assert_eq!(
            town.post(&format!("/admin/units/{foreign}/confirm"), &press)
                .await
                .0,
            403
        );

        // Who answers is named in the form of details; a swapped position is told with what was meant.
        let details = format!("/admin/units/{}/details", unit.id);
        let (_, form) = town.get(&details).await;
        let mut fields = town.fields(&form);
        fields.push((
            "steward".to_owned(),
            crate::town::librarian().id.to_string(),
        ));
        crate::town::set(&mut fields, "position", "11.9148, 57.6904");
        crate::town::set(&mut fields, "phones", "Kassan / Desk | ring oss");
        let (status, wrong) = town.post(&details, &fields).await;
        assert_eq!(status, 422);
        assert!(wrong.contains("57.690400, 11.914800"), "did you swap");
        crate::town::set(&mut fields, "position", "6397600 319500");
        let (status, wrong) = town.post(&details, &fields).await;
        assert_eq!(
            (status, texts(&wrong, ".field.bad").len()),
            (422, 1),
            "letters are no number"
        );
        crate::town::set(&mut fields, "phones", "Kassan / Desk | 031-390 06 41");
        crate::town::set(&mut fields, "notice_sv", "Hissen är trasig.");
        let (status, to) = town.post(&details, &fields).await;
        assert_eq!(status, 303, "{to}");
        let (_, page) = town.get("/hitta/majornas-bibliotek").await;
        assert_eq!(texts(&page, ".unitnotice"), ["Hissen är trasig."]);
        assert!(texts(&page, ".morephones dd").contains(&"031-390 06 41".to_owned()));
    });
}

#[tokio::test]
async fn a_table_changes_hundreds_at_once_or_nothing() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let here = "/admin/units/import";
        let send = |what: &str, csv: &str| {
            vec![
                ("do".to_owned(), what.to_owned()),
                ("csv".to_owned(), csv.to_owned()),
                ("request_id".to_owned(), town.request_id()),
            ]
        };
        let csv = "nyckel;Telefon;stanger;skal\nmajornas-bibliotek;031-390 11 11;;\nangereds-bibliotek;031-390 06 03;;\nstyrso-bibliotek;031-390 12 12;2027-01-01;Flyttar\n";
        let (status, report) = town.post(here, &send("try", csv)).await;
        assert_eq!(status, 200);
        assert_eq!(texts(&report, ".tallies b"), ["0", "1", "1", "1"]);
        assert_eq!(
            town.unit("majornas-bibliotek").await.version,
            1,
            "only tried"
        );
        let order = send("import", csv);
        assert_eq!(town.post(here, &order).await.0, 303);
        assert_eq!(town.post(here, &order).await.0, 303, "a double click");
        let unit = town.unit("majornas-bibliotek").await;
        assert_eq!(
            (unit.version, unit.data.phone.as_deref()),
            (2, Some("031-390 11 11"))
        );
        assert!(unit.data.hours.is_some(), "what has no column stays");
        let moving = town.unit("styrso-bibliotek").await;
        assert!(
            moving
                .data
                .closed
                .is_some_and(|closed| closed.on.to_string() == "2027-01-01")
        );

        // New ones with a position of the national grid; all is refused when one line is wrong.
        let csv = "key,kind,organisation,name_sv,north,east,mon\nny-filial,library,kulturforvaltningen,Nya filialen,6397600,319500,\"10:00-18:00, 19-21\"\n";
        assert_eq!(town.post(here, &send("import", csv)).await.0, 303);
        let new = town.unit("ny-filial").await;
        assert!(
            new.data
                .position
                .is_some_and(|at| (57.6..57.8).contains(&at.lat))
        );
        let faults = |html: &str| texts(html, ".importfaults tbody tr");
        let bad = "key,kind,organisation,name_sv,phone,lat,lon,mon\n\
            a,library,kulturforvaltningen,A,ring oss,57.7,11.97,\n\
            b,castle,nobody,B,,11.97,57.7,10-25\n\
            a,library,kulturforvaltningen,A2,,,,\n\
            kontaktcenter,,,Kontakt,,57.7082,11.969,\n\
            c,library,kulturforvaltningen,,,57.7,,\n";
        let (status, answer) = town.post(here, &send("import", bad)).await;
        assert_eq!(status, 422);
        let said = faults(&answer).join("\n");
        for place in [
            "2phone",
            "3kind",
            "3organisation",
            "3lat",
            "3mon",
            "5organisation",
            "6lon",
            "6name_sv",
        ] {
            assert!(said.contains(place), "{place} in {said}");
        }
        let snapshot = test.database.snapshot().await.expect("reads");
        let keys: Vec<String> = list(&*snapshot)
            .await
            .expect("reads")
            .into_iter()
            .map(|it| it.key)
            .collect();
        drop(snapshot);
        assert!(!keys.contains(&"a".to_owned()), "nothing was taken in");
        for (bad, line) in [
            ("", "1"),
            ("name_sv\nA\n", "1"),
            ("key,colour\na,red\n", "1"),
        ] {
            let (status, answer) = town.post(here, &send("try", bad)).await;
            assert_eq!(
                (status, faults(&answer)[0].starts_with(line)),
                (422, true),
                "{bad}"
            );
        }

        // What goes out comes in again and changes nothing.
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let (_, out) = town
            .get("/api/v1/units.csv?organisation=kulturforvaltningen")
            .await;
        let (status, report) = town.post(here, &send("try", &out)).await;
        assert_eq!(status, 200, "{:?}", faults(&report));
        let tallies = texts(&report, ".tallies b");
        assert_eq!((&*tallies[0], &*tallies[1], &*tallies[2]), ("0", "0", "0"));
    });
}
