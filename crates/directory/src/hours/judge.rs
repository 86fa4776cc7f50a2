//! The npm package `opening_hours` reads our text as we mean it: minute by minute over a year, for every
//! unit of the demo and for plans made by chance.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use torg_almanac::{Almanac, Entry, parse_almanac};
use torg_kernel::{AlmanacEntryId, SeededIds, Timestamp, zone};

use super::properties::plans;
use super::tests::city;
use super::*;

/// Days that are compared.
const DAYS: i64 = 366;
/// Minutes of a day.
const DAY: usize = 1_440;

/// The demo city's almanac.
fn demo_almanac() -> Almanac {
    let ids = SeededIds::new(9);
    let inputs = parse_almanac(include_bytes!("../../../../demo/almanac.json"));
    let entries = inputs.expect("the demo is right").into_iter();
    let entries = entries.map(|data| Entry {
        id: AlmanacEntryId::new(&ids, Timestamp::default()),
        data,
    });
    Almanac::new(entries.collect())
}

#[derive(Deserialize)]
struct Answer {
    key: String,
    #[serde(default)]
    intervals: Vec<(String, String, String)>,
    #[serde(default)]
    error: Option<String>,
}

fn ask(questions: &str) -> Vec<Answer> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../judges/opening_hours.mjs");
    let mut child = Command::new("node")
        .arg(script)
        .arg(torg_testkit::judges())
        .env("TZ", torg_kernel::ZONE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = child.stdin.take().expect("piped");
    let questions = questions.to_owned();
    let writer = std::thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = child.wait_with_output().expect("the judge ends");
    writer.join().expect("no panic").expect("the judge reads");
    assert!(output.status.success(), "the judge failed");
    String::from_utf8(output.stdout)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("the judge writes JSON"))
        .collect()
}

fn put(minutes: &mut [u8], from: Date, start: DateTime, end: DateTime, mark: u8) {
    let midnight = from.to_datetime(jiff::civil::Time::midnight());
    let index = |at: DateTime| {
        let passed = at.duration_since(midnight).as_secs().max(0) / 60;
        usize::try_from(passed)
            .expect("not negative")
            .min(minutes.len())
    };
    let (start, end) = (index(start), index(end));
    if start < end {
        minutes[start..end].fill(mark);
    }
}

/// The hour that does not exist in March and the one that comes twice in October are left out: the
/// notation knows nothing of them.
fn leave_out(minutes: &mut [u8], from: Date) {
    let year = from.year();
    for day in [(year, 3), (year + 1, 3), (year, 10), (year + 1, 10)] {
        let last = date(day.0, day.1, 31);
        let back = i64::from(last.weekday().to_sunday_zero_offset());
        let sunday = last.checked_sub(back.days()).expect("in the calendar");
        put(
            minutes,
            from,
            sunday.at(2, 0, 0, 0),
            sunday.at(4, 0, 0, 0),
            9,
        );
    }
}

/// What our plan says, from change to change.
fn ours(plan: Plan<'_>, from: Date) -> Vec<u8> {
    let mut minutes = vec![0; DAY * usize::try_from(DAYS).expect("small")];
    let instant = |on: Date| {
        let zoned = on.to_zoned(zone()).expect("in the calendar");
        Timestamp::from_micros(zoned.timestamp().as_microsecond())
    };
    let end = instant(from.checked_add(DAYS.days()).expect("in the calendar"));
    let mut now = instant(from);
    while now < end {
        let status = plan.status(now);
        // What does not change for a week is asked again after it.
        let until = status.until.unwrap_or_else(|| now.plus_seconds(7 * 86_400));
        let until = until.min(end);
        let mark = match status.state {
            Some(State::Open | State::SelfService) => 1,
            Some(State::Appointment) => 2,
            Some(State::Phone) | None => 0,
        };
        put(
            &mut minutes,
            from,
            now.zoned().datetime(),
            until.zoned().datetime(),
            mark,
        );
        now = until;
    }
    minutes
}

fn theirs(answer: &Answer, from: Date) -> Vec<u8> {
    let mut minutes = vec![0; DAY * usize::try_from(DAYS).expect("small")];
    for (start, end, what) in &answer.intervals {
        let at = |text: &str| text.parse::<DateTime>().expect("a civil time");
        let mark = if what == "open" { 1 } else { 2 };
        put(&mut minutes, from, at(start), at(end), mark);
    }
    minutes
}

/// Compares all plans with what the judge reads in their texts.
fn compare(plans: &BTreeMap<String, (Hours, Date)>, almanac: &Almanac) {
    let mut questions = String::new();
    for (key, (hours, from)) in plans {
        let to = from.checked_add(DAYS.days()).expect("in the calendar");
        let question = serde_json::json!({
            "key": key,
            "text": osm(hours.with(almanac), *from),
            "from": from.at(0, 0, 0, 0).to_string(),
            "to": to.at(0, 0, 0, 0).to_string(),
        });
        questions.push_str(&format!("{question}\n"));
    }
    let answers = ask(&questions);
    assert_eq!(answers.len(), plans.len());
    for answer in answers {
        let (hours, from) = &plans[&answer.key];
        let plan = hours.with(almanac);
        let text = osm(plan, *from);
        assert_eq!(answer.error, None, "{}: {text}", answer.key);
        let (mut own, mut other) = (ours(plan, *from), theirs(&answer, *from));
        leave_out(&mut own, *from);
        leave_out(&mut other, *from);
        if let Some(at) = (0..own.len()).find(|at| own[*at] != other[*at]) {
            let minute = i64::try_from(at).expect("small");
            let midnight = from.at(0, 0, 0, 0);
            let when = midnight
                .checked_add(minute.minutes())
                .expect("in the calendar");
            panic!(
                "{} at {when}: {} by the plan, {} by the judge, in {text}",
                answer.key, own[at], other[at]
            );
        }
    }
}

#[test]
fn the_judge_reads_the_hours_of_every_unit_of_the_demo_as_we_do() {
    let units = crate::parse_units(include_bytes!("../../../../demo/units.json"));
    let plans: BTreeMap<String, (Hours, Date)> = units
        .expect("the demo is right")
        .into_iter()
        .filter_map(|unit| Some((unit.key, (unit.data.hours?, date(2026, 10, 1)))))
        .collect();
    assert!(plans.len() >= 40, "the demo's units have hours");
    compare(&plans, &demo_almanac());
}

#[test]
fn the_judge_reads_plans_made_by_chance_as_we_do() {
    let mut runner = TestRunner::deterministic();
    let strategy = plans();
    let plans = (0..40)
        .map(|number| {
            let tree = strategy.new_tree(&mut runner).expect("a plan");
            (format!("plan {number}"), tree.current())
        })
        .collect();
    compare(&plans, &city());
}
