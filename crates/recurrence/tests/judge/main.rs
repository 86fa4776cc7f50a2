//! Others' programs (PyPI `icalendar` and `recurring-ical-events`) read what Torg writes and must find
//! the same occasions over two years: all kinds of recurrence, and hundreds of rules made from a fixed
//! seed. What Torg reads back must be what it wrote.

mod random;

use std::collections::BTreeMap;
use std::process::Command;

use jiff::civil::{Date, DateTime, date};
use serde_json::Value;
use torg_kernel::Timestamp;
use torg_recurrence::ical::{self, Calendar, Entry};
use torg_recurrence::{Change, Pattern, Rule, State};

/// The two years.
const FIRST: Date = date(2026, 1, 1);
const LAST: Date = date(2027, 12, 31);

fn at(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> DateTime {
    date(year, month, day).at(hour, minute, 0, 0)
}

/// Asks the judge about a calendar.
fn judged(name: &str, text: &str) -> Value {
    let folder = std::env::temp_dir().join(format!("torg-judge-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let file = folder.join(format!("{name}.ics"));
    std::fs::write(&file, text).expect("the temporary folder can be written");
    let output = Command::new(torg_testkit::judges().join("bin/python"))
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../judges/occasions.py"
        ))
        .arg(&file)
        .args([
            FIRST.to_string(),
            LAST.tomorrow().expect("a day").to_string(),
        ])
        .output()
        .expect("the judge's Python runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {said}");
    std::fs::remove_dir_all(&folder).ok();
    serde_json::from_slice(&output.stdout).expect("the judge answers in JSON")
}

/// Start, end and whether it is cancelled.
type Told = (String, String, bool);

/// Whether an occasion begins a day or more inside the window: at its edges programs differ in what
/// they count, by zone and by what began before.
fn inside(start: &str) -> bool {
    let day = start.parse::<i64>().map_or_else(
        |_| start.parse::<Date>().expect("a day"),
        |seconds| {
            let at = jiff::Timestamp::from_second(seconds).expect("an instant");
            at.to_zoned(jiff::tz::TimeZone::UTC).date()
        },
    );
    day > FIRST && day < LAST
}

/// The hour that does not exist: calendars differ in how they say the end of what begins in it.
fn in_a_gap(pattern: &Pattern, of: DateTime) -> bool {
    !pattern.all_day
        && pattern.time_zone().is_some_and(|zone| {
            matches!(
                zone.to_ambiguous_timestamp(of).offset(),
                jiff::tz::AmbiguousOffset::Gap { .. }
            )
        })
}

fn seconds(at: Timestamp) -> String {
    at.micros().div_euclid(1_000_000).to_string()
}

fn ours(pattern: &Pattern) -> Vec<Told> {
    let mut told: Vec<Told> = pattern
        .occasions(FIRST, LAST, 5_000)
        .expect("fewer than the limit")
        .into_iter()
        .map(|one| {
            let cancelled = one.state == State::Cancelled;
            if pattern.all_day {
                return (
                    one.start.date().to_string(),
                    one.end.date().to_string(),
                    cancelled,
                );
            }
            let nominal = pattern
                .changes
                .iter()
                .find(|c| c.of == one.of)
                .and_then(|c| c.to)
                .unwrap_or(one.of);
            let end = if in_a_gap(pattern, nominal) {
                String::new()
            } else {
                seconds(one.ends_at)
            };
            (seconds(one.begins_at), end, cancelled)
        })
        .collect();
    told.retain(|one| inside(&one.0));
    told.sort();
    told
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn theirs(answer: &Value) -> BTreeMap<String, Vec<Told>> {
    let mut found: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for one in answer["occasions"].as_array().expect("a list") {
        let told = (
            text(&one["start"]),
            text(&one["end"]),
            one["cancelled"] == true,
        );
        let own = found.entry(text(&one["uid"])).or_default();
        own.extend(inside(&told.0).then_some(told));
    }
    for told in found.values_mut() {
        told.sort();
    }
    found
}

/// Writes the patterns as one calendar, lets the judge expand it, and compares occasion by occasion.
fn compare(name: &str, patterns: &[(String, Pattern)]) {
    let entries = patterns
        .iter()
        .map(|(uid, pattern)| Entry::new(uid.clone(), uid.clone(), pattern.clone()))
        .collect();
    let calendar = Calendar {
        name: name.to_owned(),
        entries,
        ..Calendar::default()
    };
    let written = ical::write(&calendar);
    let answer = judged(name, &written);
    assert_eq!(
        answer["wrong_hours"].as_array().map(Vec::len),
        Some(0),
        "{}",
        answer["wrong_hours"]
    );
    let mut theirs = theirs(&answer);
    let back = ical::read(&written);
    assert_eq!(back.errors, [], "what Torg writes it can read");
    let mut wrong = Vec::new();
    let mut compared = 0;
    for ((uid, pattern), read) in patterns.iter().zip(&back.calendar.entries) {
        let own = ours(pattern);
        let mut judge = theirs.remove(uid).unwrap_or_default();
        for (mine, his) in own.iter().zip(&mut judge) {
            if mine.1.is_empty() {
                his.1.clear();
            }
        }
        compared += own.len();
        if own != judge {
            let rules: Vec<String> = pattern.rules.iter().map(Rule::to_string).collect();
            let only = |a: &[Told], b: &[Told]| -> Vec<Told> {
                a.iter()
                    .filter(|told| !b.contains(told))
                    .take(4)
                    .cloned()
                    .collect()
            };
            wrong.push(format!(
                "{uid}: {} from {} in {}: ours alone {:?}, the judge's alone {:?}",
                rules.join(" + "),
                pattern.start,
                pattern.zone,
                only(&own, &judge),
                only(&judge, &own),
            ));
        }
        let unlike = (read.pattern != pattern.clone().canonical())
            .then(|| format!("{uid}: read as {:?}", read.pattern));
        wrong.extend(unlike);
    }
    assert!(
        theirs.is_empty(),
        "{name}: nobody asked for {:?}",
        theirs.keys()
    );
    assert!(
        wrong.is_empty(),
        "{name}: {} of {} differ\n{}",
        wrong.len(),
        patterns.len(),
        wrong.join("\n")
    );
    assert!(
        compared > patterns.len(),
        "{name}: only {compared} occasions were compared"
    );
}

#[test]
fn every_kind_of_recurrence() {
    let kinds = [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=40",
        "FREQ=DAILY;BYMONTH=1,7",
        "FREQ=DAILY;BYDAY=MO,TH",
        "FREQ=DAILY;BYMONTHDAY=1,15,-1",
        "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30;COUNT=100",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=WEEKLY;BYMONTH=6,7,8;BYDAY=SA",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;UNTIL=20260603T235959;BYDAY=TU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1,-3",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=-1FR,2MO",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3,-2",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=2TU;COUNT=6",
        "FREQ=MONTHLY;BYDAY=5WE",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=6,12",
        "FREQ=YEARLY;BYYEARDAY=1,100,-1",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYDAY=-1SU",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYWEEKNO=1,53,-1;BYDAY=MO,SU",
        "FREQ=YEARLY;BYWEEKNO=20;WKST=SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "FREQ=YEARLY;BYMONTH=5,9;BYDAY=1SU,-1SU",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "FREQ=YEARLY;BYMONTHDAY=24",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=10,-10",
    ];
    let patterns: Vec<(String, Pattern)> = kinds
        .iter()
        .enumerate()
        .map(|(number, kind)| {
            let mut pattern = Pattern::once(at(2025, 9, 2, 18, 0), 120);
            pattern.rules = vec![kind.parse().expect(kind)];
            pattern = pattern.aligned();
            assert_eq!(pattern.check(), Ok(()), "{kind}");
            (format!("kind-{number}"), pattern)
        })
        .collect();
    compare("kinds", &patterns);
}

#[test]
fn single_dates_exceptions_moves_and_cancellations() {
    let weekly = Pattern::once(at(2026, 1, 6, 18, 0), 90)
        .with_rule("FREQ=WEEKLY;COUNT=30".parse().expect("a rule"));
    let mut excepted = weekly.clone();
    excepted.except = vec![at(2026, 2, 3, 18, 0), at(2026, 4, 14, 18, 0)];
    excepted.dates = vec![at(2026, 2, 5, 18, 0), at(2027, 5, 5, 17, 30)];
    let mut changed = weekly.clone();
    changed.changes = vec![
        Change::cancelled(at(2026, 3, 3, 18, 0)),
        Change::moved(at(2026, 3, 10, 18, 0), at(2026, 3, 12, 9, 0)),
        // To the day of another occasion, and out of the series' own time.
        Change::moved(at(2026, 3, 31, 18, 0), at(2027, 10, 31, 2, 30)),
        Change {
            minutes: Some(240),
            ..Change::cancelled(at(2026, 4, 7, 18, 0))
        },
    ];
    let mut longer = weekly.clone();
    longer.changes = vec![Change {
        minutes: Some(300),
        cancelled: false,
        ..Change::cancelled(at(2026, 1, 13, 18, 0))
    }];
    let mut listed = Pattern::once(at(2026, 5, 1, 12, 0), 0);
    listed.dates = (2..20)
        .map(|day| at(2026, 5, day, 12, i8::from(day % 2 == 0) * 30))
        .collect();
    let mut two = weekly
        .clone()
        .with_rule("FREQ=MONTHLY;BYDAY=-1SA;BYHOUR=11".parse().expect("a rule"));
    two.except = vec![at(2026, 6, 27, 11, 0)];
    let mut days = Pattern::days(date(2026, 7, 1), date(2026, 7, 3))
        .with_rule("FREQ=MONTHLY;COUNT=12".parse().expect("a rule"));
    days.except = vec![at(2026, 8, 1, 0, 0)];
    days.changes = vec![
        Change::moved(at(2026, 10, 1, 0, 0), at(2026, 10, 5, 0, 0)),
        Change::cancelled(at(2026, 11, 1, 0, 0)),
    ];
    let once = Pattern::days(date(2027, 2, 1), date(2027, 2, 28));
    let patterns = [
        excepted,
        changed,
        longer,
        listed,
        two,
        days,
        once,
        Pattern::once(at(2026, 8, 8, 23, 0), 300),
    ];
    let named: Vec<_> = patterns
        .into_iter()
        .enumerate()
        .map(|(n, p)| (format!("dates-{n}"), p.canonical()))
        .collect();
    compare("dates", &named);
}

#[test]
fn the_hour_that_is_missing_and_the_one_that_comes_twice() {
    let mut patterns = Vec::new();
    for (number, (zone, hour, minute)) in [
        ("Europe/Stockholm", 2, 0),
        ("Europe/Stockholm", 2, 30),
        ("Europe/Stockholm", 1, 30),
        ("Europe/Stockholm", 3, 0),
        ("America/New_York", 2, 30),
        ("America/New_York", 1, 15),
        ("Europe/London", 1, 30),
        ("Asia/Kolkata", 2, 30),
        ("UTC", 2, 30),
    ]
    .into_iter()
    .enumerate()
    {
        let mut pattern = Pattern::once(at(2026, 1, 1, hour, minute), 45)
            .with_rule("FREQ=DAILY".parse().expect("a rule"));
        pattern.zone = zone.to_owned();
        patterns.push((format!("clock-{number}"), pattern));
    }
    compare("clock", &patterns);
}

#[test]
fn hundreds_of_rules_from_a_fixed_seed() {
    compare("random", &random::patterns(20_261_122, 600));
}
