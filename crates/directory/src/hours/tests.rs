use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;
use torg_kernel::{Timestamp, civil_date, zone};
use torg_ui::T;

use super::*;
use crate::model::Words;

fn at(text: &str) -> Timestamp {
    let civil: DateTime = text.parse().expect("a civil time");
    let zoned = civil.to_zoned(zone()).expect("in the calendar");
    Timestamp::from_micros(zoned.timestamp().as_microsecond())
}

fn hours(json: &str) -> Hours {
    let mut hours: Hours = serde_json::from_str(json).expect("the test's own JSON");
    hours.tidy();
    hours
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// A library with an evening, a lunch break, Christmas and a bar on Fridays.
fn library() -> Hours {
    hours(
        r#"{"weekly":{"mon":["10:00-19:00"],"tue":["10:00-19:00"],"wed":["09:00-12:00","13:00-16:30"],
        "thu":["10:00-19:00"],"fri":["10:00-16:00","22:00-02:00"]},
        "exceptions":[{"date":"2026-12-24","spans":[],"note":{"sv":"Julafton","en":"Christmas Eve"}},
        {"date":"2026-12-25","spans":[],"note":{"sv":"Juldagen","en":"Christmas Day"}},
        {"date":"2026-12-31","spans":["10:00-13:00"],"note":{"sv":"Nyårsafton"}}]}"#,
    )
}

#[test]
fn spans_are_read_as_people_write_them() {
    for (text, written) in [
        ("10:00-18:00", "10:00-18:00"),
        ("8–16.30", "08:00-16:30"),
        (" 10.00 – 18.00 ", "10:00-18:00"),
        ("22:00-02:00", "22:00-02:00"),
        ("0-24", "00:00-24:00"),
        ("18:00-24:00", "18:00-24:00"),
        ("18:00-00:00", "18:00-24:00"),
    ] {
        let span: Span = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(span.to_string(), written, "{text}");
        assert_eq!(written.parse(), Ok(span), "{written}");
    }
    for wrong in [
        "", "10", "10-10", "24-02", "25-26", "10:60-12", "10:5-12", "a-b", "10-12-14",
    ] {
        assert!(wrong.parse::<Span>().is_err(), "{wrong}");
    }
}

#[test]
fn open_or_not_in_words() {
    let said = |now: &str| {
        let sv = open_status(T::SV, &library(), at(now));
        let en = open_status(T::EN, &library(), at(now));
        assert_eq!(sv.until, en.until);
        let until = sv.until.zoned().datetime().to_string();
        (
            plain(&sv.status.text),
            plain(&en.status.text),
            sv.status.open,
            until,
        )
    };
    let case = |sv: &str, en: &str, open, until: &str| {
        (sv.to_owned(), en.to_owned(), open, until.to_owned())
    };
    // 2026-03-02 is a Monday.
    assert_eq!(
        said("2026-03-02T10:00"),
        case(
            "Öppet nu till 19",
            "Open now until 19:00",
            true,
            "2026-03-02T19:00:00"
        )
    );
    assert_eq!(
        said("2026-03-02T09:59"),
        case(
            "Öppnar i dag kl. 10",
            "Opens today at 10:00",
            false,
            "2026-03-02T10:00:00"
        )
    );
    assert_eq!(
        said("2026-03-03T19:00"),
        case(
            "Öppnar i morgon kl. 9",
            "Opens tomorrow at 9:00",
            false,
            "2026-03-04T00:00:00"
        )
    );
    assert_eq!(
        said("2026-03-04T15:00"),
        case(
            "Öppet nu till 16.30",
            "Open now until 16:30",
            true,
            "2026-03-04T16:30:00"
        )
    );
    assert_eq!(
        said("2026-03-06T23:00"),
        case(
            "Öppet nu till 2",
            "Open now until 2:00",
            true,
            "2026-03-07T00:00:00"
        )
    );
    assert_eq!(
        said("2026-03-07T02:00"),
        case(
            "Öppnar måndag kl. 10",
            "Opens Monday at 10:00",
            false,
            "2026-03-08T00:00:00"
        )
    );
    // Christmas Eve is a Thursday, and Christmas Day takes the Friday's bar away.
    assert_eq!(
        said("2026-12-24T12:00"),
        case(
            "Öppnar måndag kl. 10",
            "Opens Monday at 10:00",
            false,
            "2026-12-25T00:00:00"
        )
    );
}

#[test]
fn always_never_and_only_later() {
    let day = r#"["00:00-24:00"]"#;
    let always = hours(&format!(
        r#"{{"weekly":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day},"sat":{day},"sun":{day}}}}}"#
    ));
    let now = at("2026-03-02T12:00");
    assert_eq!(always.status(now), Status::Open(None));
    assert_eq!(
        open_status(T::SV, &always, now).status.text,
        "Öppet dygnet runt"
    );
    assert_eq!(short_lines(T::SV, &always, now), ["Dygnet runt"]);
    assert_eq!(
        open_status(T::SV, &always, now).until,
        at("2026-03-03T00:00")
    );

    let never = Hours::default();
    assert_eq!(never.status(now), Status::Closed(None));
    assert_eq!(open_status(T::EN, &never, now).status.text, "Closed");

    let once =
        hours(r#"{"weekly":{},"exceptions":[{"date":"2026-06-06","spans":["10:00-12:00"]}]}"#);
    assert_eq!(
        once.status(now),
        Status::Closed(Some(at("2026-06-06T10:00")))
    );
    assert_eq!(
        plain(&open_status(T::SV, &once, now).status.text),
        "Öppnar 6 juni kl. 10"
    );
    assert_eq!(once.status(at("2026-06-06T12:00")), Status::Closed(None));
}

#[test]
fn the_week_its_deviations_and_the_short_form() {
    let now = at("2026-12-23T12:00");
    assert_eq!(
        short_lines(T::SV, &library(), now),
        [
            "Måndag–tisdag 10–19",
            "Onsdag 9–12 och 13–16.30",
            "Torsdag 10–19",
            "Fredag 10–16 och 22–2"
        ]
    );
    let on_the_day = short_lines(T::EN, &library(), at("2026-12-24T08:00"));
    assert_eq!(on_the_day.last().map(String::as_str), Some("Today closed"));
    let (heading, days) = week(T::SV, &library(), now);
    assert_eq!(plain(&heading), "Vecka 52, 21–27 december 2026");
    assert_eq!(days.len(), 7);
    assert_eq!(days[2].spans, ["9–12", "13–16.30"]);
    assert_eq!(
        days.iter().map(|day| day.today).collect::<Vec<_>>(),
        [false, false, true, false, false, false, false]
    );
    assert_eq!(days[3].name, "Torsdag");
    assert!(days[3].spans.is_empty());
    assert_eq!(days[3].note.as_deref(), Some("Julafton"));
    let told: Vec<(String, String)> = deviations(T::SV, &library(), now)
        .into_iter()
        .map(|(when, hours)| (plain(&when), hours))
        .collect();
    assert_eq!(
        told,
        [
            (
                "24–25 december, Julafton, Juldagen".to_owned(),
                "Stängt".to_owned()
            ),
            (
                "torsdag 31 december, Nyårsafton".to_owned(),
                "10–13".to_owned()
            ),
        ]
    );
    assert!(
        deviations(T::SV, &library(), at("2026-10-01T12:00")).is_empty(),
        "too far ahead"
    );
    let first: Vec<String> = deviations(T::EN, &library(), at("2026-12-25T12:00"))
        .into_iter()
        .map(|(when, hours)| format!("{}: {hours}", plain(&when)))
        .collect();
    assert_eq!(
        first,
        [
            "Friday 25 December, Christmas Day: Closed",
            "Thursday 31 December, Nyårsafton: 10:00–13:00"
        ]
    );
}

#[test]
fn search_engines_get_the_same_hours() {
    let (usual, special) = specification(&library(), date(2026, 12, 24));
    assert_eq!(
        usual[0],
        serde_json::json!({"@type":"OpeningHoursSpecification","dayOfWeek":["Monday","Tuesday","Thursday"],"opens":"10:00","closes":"19:00"})
    );
    assert!(
        usual
            .iter()
            .any(|it| it["opens"] == "22:00" && it["closes"] == "02:00")
    );
    assert_eq!(special.len(), 3);
    assert_eq!(special[0]["opens"], special[0]["closes"]);
    assert_eq!(special[2]["validFrom"], "2026-12-31");
    let (_, special) = specification(&library(), date(2026, 12, 25));
    assert_eq!(special.len(), 2, "what is past is left out");
}

/// The simplest way to tell: go through the minutes and remember the latest time that the clocks
/// have shown. A span lasts from when its beginning has been shown to when its end has.
fn minute_by_minute(hours: &Hours, first: Date, days: i64) -> Vec<(Timestamp, bool)> {
    let start = Timestamp::from_micros(
        first
            .to_zoned(zone())
            .expect("in the calendar")
            .timestamp()
            .as_microsecond(),
    );
    let mut latest = first.to_datetime(jiff::civil::Time::midnight());
    let mut told = Vec::new();
    for minute in 0..days * 24 * 60 {
        let now = start.plus_seconds(minute * 60);
        latest = latest.max(now.zoned().datetime());
        let today = latest.date();
        let yesterday = today.yesterday().expect("in the calendar");
        let open = [yesterday, today].into_iter().any(|day| {
            hours.on(day).iter().any(|span| {
                let reached = |minutes: u16| {
                    let midnight = day.to_datetime(jiff::civil::Time::midnight());
                    let passed = latest.duration_since(midnight);
                    passed.as_secs() >= i64::from(minutes) * 60
                };
                reached(span.from()) && !reached(span.to())
            })
        });
        told.push((now, open));
    }
    told
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    // Quarters of an hour, with many around the hours when the clocks are moved.
    let edge = prop_oneof![0_u16..96, 6_u16..14];
    let one = (edge, 1_u16..=96).prop_filter_map("too long", |(from, length)| {
        Span::new(from * 15, (from + length) * 15)
    });
    prop_oneof![
        2 => Just(Vec::new()),
        1 => Just(vec![Span::new(0, 24 * 60).expect("a whole day")]),
        5 => proptest::collection::vec(one, 1..3),
    ]
    .prop_map(|mut spans| {
        spans.sort_unstable();
        spans.dedup_by(|next, before| next.from() < before.to());
        spans
    })
}

fn plans() -> impl Strategy<Value = (Hours, Date)> {
    let firsts = prop_oneof![
        // The clocks are moved on 29 March and 25 October 2026.
        Just(date(2026, 3, 27)),
        Just(date(2026, 10, 23)),
        Just(date(2026, 7, 1)),
    ];
    let week = proptest::array::uniform7(spans());
    let exceptions = proptest::collection::btree_map(0_i8..10, spans(), 0..4);
    (firsts, week, exceptions).prop_map(|(first, week, exceptions)| {
        let mut hours = Hours::default();
        for (own, spans) in hours.weekly.days_mut().into_iter().zip(week) {
            *own = spans;
        }
        for (ahead, spans) in exceptions {
            let mut date = first;
            for _ in 0..ahead {
                date = date.tomorrow().expect("in the calendar");
            }
            hours.exceptions.push(Exception {
                date,
                spans,
                note: Words::default(),
            });
        }
        (hours, first)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn status_agrees_with_going_through_the_minutes((hours, first) in plans()) {
        let told = minute_by_minute(&hours, first, 9);
        // The first day lacks a day before it that the walk has seen.
        let mut step = 24 * 60;
        while step < told.len() {
            let (now, open) = told[step];
            let change = told[step..].iter().find(|(_, other)| *other != open).map(|(at, _)| *at);
            let (answer, until) = match hours.status(now) {
                Status::Open(until) => (true, until),
                Status::Closed(until) => (false, until),
            };
            prop_assert_eq!(answer, open, "at {}", now.zoned());
            match (until, change) {
                (Some(until), Some(change)) => {
                    prop_assert_eq!(until, change, "asked at {}", now.zoned());
                }
                (Some(until), None) => prop_assert!(until > told[told.len() - 1].0),
                (None, change) => prop_assert_eq!(change, None, "asked at {}", now.zoned()),
            }
            let said = open_status(T::SV, &hours, now);
            prop_assert!(said.until > now && said.until <= next_midnight(now));
            prop_assert!(change.is_none_or(|change| said.until <= change));
            step += 13;
        }
    }

    #[test]
    fn a_plan_goes_there_and_back((hours, _) in plans()) {
        let json = serde_json::to_string(&hours).expect("writes");
        prop_assert_eq!(serde_json::from_str::<Hours>(&json).expect("reads"), hours);
    }
}

#[test]
fn the_nights_when_the_clocks_are_moved() {
    // 02.30 does not exist on 29 March: it is reached when the clocks go from 02 to 03.
    let night = hours(r#"{"weekly":{"sat":["22:00-02:30"],"sun":["02:15-04:00"]}}"#);
    let jump = Timestamp::from_micros(1_774_746_000_000_000);
    assert_eq!(jump.rfc3339(), "2026-03-29T01:00:00Z");
    assert_eq!(
        night.status(jump.plus_seconds(-60)),
        Status::Open(Some(at("2026-03-29T04:00")))
    );
    // 02.30 comes twice on 25 October: the first counts.
    let night = hours(r#"{"weekly":{"sat":["22:00-02:30"]}}"#);
    let first = at("2026-10-25T01:30").plus_seconds(3_600);
    assert_eq!(
        night.status(first.plus_seconds(-1)),
        Status::Open(Some(first))
    );
    assert!(matches!(night.status(first), Status::Closed(_)));
    assert_eq!(civil_date(first), date(2026, 10, 25));
}
