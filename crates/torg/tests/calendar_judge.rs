//! The demo city's own calendar, as anybody subscribes to it, read and expanded by PyPI's `icalendar` and
//! `recurring-ical-events`: the same occasions as Torg answers programs with, over two years. And read by
//! Torg itself: it changes nothing.

mod city;

use std::process::Command;

use city::City;
use jiff::ToSpan;
use serde_json::Value;
use torg::calendar_links::CalendarNeighbours;
use torg::migrator::Migrator;
use torg_calendar::{Category, ImportFile, ImportOptions, LineReport, State, What, plan};
use torg_kernel::{Actor, Clock, SystemIds, civil_date};
use torg_log::Author;
use torg_testkit::{TestDatabase, both};

/// Start and end in seconds, or days, and whether it is cancelled.
type Told = (String, String, bool);

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn seconds(value: &Value) -> String {
    let text = text(value);
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => at.as_second().to_string(),
        Err(_) => text,
    }
}

/// What the API tells of all occasions that begin within the days.
async fn ours(city: &City, first: &str, last: &str) -> Vec<Told> {
    let mut told = Vec::new();
    let mut page = 1;
    loop {
        let path = format!("/api/v1/events?start={first}&end={last}&page_size=100&page={page}");
        let answer = city.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
        for one in answer["data"].as_array().expect("a list") {
            let off =
                ["EventCancelled", "EventPostponed"].contains(&text(&one["event_status"]).as_str());
            let end = if one["end_time"].is_null() {
                seconds(&one["start_time"])
            } else {
                seconds(&one["end_time"])
            };
            told.push((seconds(&one["start_time"]), end, off));
        }
        if answer["meta"]["next"].is_null() {
            return told;
        }
        page += 1;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_calendar_is_expanded_alike() {
    let test = torg_testkit::sqlite::<Migrator>().await;
    let city = City::demo(test).await;
    city.importer()
        .demo_events()
        .await
        .expect("the calendar is filled");
    city.follow().await;
    // From tomorrow, since what is over today is in the one and not the other.
    let first = civil_date(city.clock.now()).saturating_add(1.day());
    let last = first.saturating_add(2.years()).saturating_sub(10.days());
    let calendar = city.get("/kalendarium.ics").await;
    assert_eq!(calendar.status, 200);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kalendarium.ics");
    std::fs::write(&file, &calendar.body).expect("a file");
    let output = Command::new(torg_testkit::judges().join("bin/python"))
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../judges/occasions.py"
        ))
        .arg(&file)
        .args([first.to_string(), last.saturating_add(1.day()).to_string()])
        .output()
        .expect("the judge's Python runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["wrong_hours"].as_array().map(Vec::len), Some(0));
    let begins = |told: &Told| {
        told.0.parse::<i64>().map_or_else(
            |_| told.0.parse::<jiff::civil::Date>().expect("a day"),
            |seconds| {
                let at = jiff::Timestamp::from_second(seconds).expect("an instant");
                at.to_zoned(torg_kernel::zone()).date()
            },
        )
    };
    let inside = |told: &Told| (first..=last).contains(&begins(told));
    let mut theirs: Vec<Told> = answer["occasions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            (
                text(&one["start"]),
                days_end(&one["end"]),
                one["cancelled"] == true,
            )
        })
        .filter(inside)
        .collect();
    let mut own: Vec<Told> = ours(&city, &first.to_string(), &last.to_string()).await;
    own.retain(inside);
    own.sort();
    theirs.sort();
    let only = |a: &[Told], b: &[Told]| -> Vec<Told> {
        a.iter()
            .filter(|told| !b.contains(told))
            .take(10)
            .cloned()
            .collect()
    };
    assert!(own.len() > 300, "{} occasions", own.len());
    assert_eq!(only(&own, &theirs), [], "Torg's alone");
    assert_eq!(only(&theirs, &own), [], "the judge's alone");
    assert_eq!(own.len(), theirs.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_calendar_comes_in_as_it_was() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let filled = city.importer().demo_events().await;
        filled.expect("the calendar is filled");
        city.follow().await;
        let neighbours = CalendarNeighbours::new(city.node.index.clone());
        let actor = Actor::system("test");
        let author = Author {
            actor: &actor,
            now: city.clock.now(),
            ids: &SystemIds,
        };
        let options = ImportOptions {
            organisation: None,
            category: Category::Meet,
            state: State::Draft,
        };
        for path in [
            "/kalendarium.ics",
            "/en/events.ics",
            "/kalendarium.ics?when=month",
        ] {
            let calendar = city.get(path).await;
            assert_eq!(calendar.status, 200);
            let file = ImportFile::read(calendar.body.as_bytes()).expect("reads");
            assert!(file.len() > 20, "{path}: {}", file.len());
            let snapshot = city.test.database.snapshot().await.expect("reads");
            let (organisations, _) = city.node.app.organisations(&snapshot).await.expect("reads");
            let planned = plan(
                &snapshot,
                author,
                &neighbours,
                &file,
                &options,
                &organisations,
                // Nobody's right is needed for what stays as it is.
                &|_, _| false,
            )
            .await;
            let planned = planned.expect("a plan");
            let other: Vec<_> = planned
                .lines
                .iter()
                .filter(|line| line.what != What::Same)
                .collect();
            assert_eq!(other, Vec::<&LineReport>::new(), "{path}");
            snapshot.end().await.expect("ends");
        }
    });
}

/// iCalendar ends whole days with the day after, the API with the last.
fn days_end(value: &Value) -> String {
    let text = text(value);
    match text.parse::<jiff::civil::Date>() {
        Ok(day) => day.saturating_sub(1.day()).to_string(),
        Err(_) => text,
    }
}
