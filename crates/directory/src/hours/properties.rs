//! Whatever a plan is, all that is said of it agrees.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use torg_almanac::{Almanac, RuleDay};
use torg_kernel::{Timestamp, zone};
use torg_ui::T;

use super::schema::AHEAD;
use super::tests::city;
use super::*;
use crate::model::Words;

/// The simplest way to tell: go through the minutes and remember the latest time that the clocks
/// have shown. A span lasts from when its beginning has been shown to when its end has; today's
/// go before last night's.
fn minute_by_minute(plan: Plan<'_>, first: Date, days: i64) -> Vec<(Timestamp, Option<State>)> {
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
        let on = |day: Date| {
            let spans = plan.on(day).spans;
            let midnight = day.to_datetime(jiff::civil::Time::midnight());
            let passed = latest.duration_since(midnight).as_secs();
            let reached = |minutes: u16| passed >= i64::from(minutes) * 60;
            let own = spans
                .iter()
                .rev()
                .find(|span| reached(span.from()) && !reached(span.to()));
            own.map(|span| span.state())
        };
        told.push((now, on(today).or_else(|| on(yesterday))));
    }
    told
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    // Quarters of an hour, with many around the hours when the clocks are moved.
    let edge = prop_oneof![0_u16..96, 6_u16..14];
    let state = prop_oneof![
        3 => Just(State::Open),
        1 => Just(State::SelfService),
        1 => Just(State::Appointment),
        1 => Just(State::Phone),
    ];
    let one = (edge, 1_u16..=96, state).prop_filter_map("too long", |(from, length, state)| {
        Some(Span::new(from * 15, (from + length) * 15)?.with(state))
    });
    prop_oneof![
        2 => Just(Vec::new()),
        1 => Just(vec![Span::new(0, 24 * 60).expect("a whole day")]),
        5 => proptest::collection::vec(one, 1..4),
    ]
    .prop_map(|mut spans| {
        spans.sort_unstable();
        spans.dedup_by(|next, before| next.from() < before.to());
        spans
    })
}

fn weekly() -> impl Strategy<Value = Weekly> {
    proptest::array::uniform7(spans()).prop_map(|week| {
        let mut weekly = Weekly::default();
        for (own, spans) in weekly.days_mut().into_iter().zip(week) {
            *own = spans;
        }
        weekly
    })
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let one = (0..When::ALL.len(), 0_usize..7, spans()).prop_map(|(when, day, spans)| Turn {
        days: vec![DAY_NAMES[day].to_owned()],
        when: When::ALL[when],
        spans,
        note: Words::default(),
    });
    proptest::collection::vec(one, 0..4)
}

/// The clocks are moved on 29 March and 25 October 2026; the other two are about breaks and New Year.
fn firsts() -> impl Strategy<Value = Date> {
    prop_oneof![
        Just(date(2026, 3, 27)),
        Just(date(2026, 10, 23)),
        Just(date(2026, 6, 10)),
        Just(date(2026, 12, 22)),
    ]
}

fn periods(first: Date) -> impl Strategy<Value = Vec<Period>> {
    let during = prop_oneof![
        (0_i64..12, 0_i64..12).prop_map(move |(ahead, length)| {
            let from = first.checked_add(ahead.days()).expect("in the calendar");
            let to = from.checked_add(length.days()).expect("in the calendar");
            During::Dates(from, Some(to))
        }),
        Just(During::Break("autumn_break".to_owned())),
        Just(During::Break("summer_break".to_owned())),
        Just(During::Yearly(
            MonthDay { month: 12, day: 24 },
            MonthDay { month: 4, day: 2 }
        )),
    ];
    let one = (during, weekly(), turns()).prop_map(|(during, weekly, turns)| Period {
        during,
        name: Words::default(),
        weekly,
        turns,
        note: Words::default(),
    });
    proptest::collection::vec(one, 0..3)
}

fn rules() -> impl Strategy<Value = Vec<DayRule>> {
    let on = prop_oneof![
        Just(On::Holidays),
        Just(On::Eves),
        Just(On::BridgeDays),
        Just(On::Named(RuleDay::ChristmasEve)),
        Just(On::Own("culture_night".to_owned())),
    ];
    let said = prop_oneof![
        spans().prop_map(Instead::Spans),
        (1_u16..96).prop_map(|quarter| Instead::Until(quarter * 15)),
        Just(Instead::AsUsual),
    ];
    let one = (on, said).prop_map(|(on, said)| DayRule {
        on,
        said,
        note: Words::default(),
    });
    proptest::collection::vec(one, 0..4)
}

pub(super) fn plans() -> impl Strategy<Value = (Hours, Date)> {
    firsts().prop_flat_map(|first| {
        let exceptions = proptest::collection::btree_map(0_i64..10, spans(), 0..4);
        let parts = (weekly(), turns(), periods(first), rules(), exceptions);
        parts.prop_map(move |(weekly, turns, periods, days, exceptions)| {
            let exceptions = exceptions.into_iter().map(|(ahead, spans)| {
                let date = first.checked_add(ahead.days()).expect("in the calendar");
                Exception::new(date, spans, Words::default())
            });
            let hours = Hours {
                weekly,
                turns,
                periods,
                days,
                exceptions: exceptions.collect(),
                note: Words::default(),
            };
            (hours, first)
        })
    })
}

/// The hours of a date as a search engine would work them out.
fn by_schema(usual: &[serde_json::Value], special: &[serde_json::Value], on: Date) -> Vec<String> {
    let weekday = on.strftime("%A").to_string();
    let about = |it: &&serde_json::Value| {
        let days = it["dayOfWeek"].as_array();
        days.is_none_or(|days| days.iter().any(|day| *day == weekday.as_str()))
    };
    let within = |it: &&serde_json::Value| {
        let day = |name: &str| it[name].as_str().expect("is there").parse::<Date>();
        day("validFrom").expect("a date") <= on && on <= day("validThrough").expect("a date")
    };
    let text = |it: &serde_json::Value| {
        let part = |name: &str| it[name].as_str().expect("is there").to_owned();
        format!("{}-{}", part("opens"), part("closes"))
    };
    let own: Vec<String> = special
        .iter()
        .filter(within)
        .filter(about)
        .map(text)
        .collect();
    let mut found: Vec<String> = if own.is_empty() {
        usual.iter().filter(about).map(text).collect()
    } else {
        own.into_iter().filter(|it| it != "00:00-00:00").collect()
    };
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn status_agrees_with_going_through_the_minutes((hours, first) in plans()) {
        let almanac = city();
        let plan = hours.with(&almanac);
        let told = minute_by_minute(plan, first, 9);
        // The first day lacks a day before it that the walk has seen.
        let mut step = 24 * 60;
        while step < told.len() {
            let (now, state) = told[step];
            let change = told[step..].iter().find(|(_, other)| *other != state);
            let status = plan.status(now);
            prop_assert_eq!(status.state, state, "at {}", now.zoned());
            match (status.until, change) {
                (Some(until), Some((change, then))) => {
                    prop_assert_eq!(until, *change, "asked at {}", now.zoned());
                    prop_assert_eq!(status.then, *then);
                }
                (Some(until), None) => prop_assert!(until > told[told.len() - 1].0),
                (None, change) => prop_assert_eq!(change, None, "asked at {}", now.zoned()),
            }
            let said = open_status(T::SV, plan, now);
            prop_assert_eq!(said.status.open, state.is_some_and(State::lets_in));
            prop_assert!(said.until > now && said.until <= next_midnight(now));
            prop_assert!(change.is_none_or(|(change, _)| said.until <= *change));
            let many = open_now([&hours], &almanac, now);
            prop_assert_eq!(many.states, vec![state], "at {}", now.zoned());
            prop_assert!(many.until > now && many.until <= next_midnight(now));
            prop_assert!(change.is_none_or(|(change, _)| many.until <= *change));
            step += 13;
        }
    }

    #[test]
    fn a_plan_goes_there_and_back((hours, _) in plans()) {
        let json = serde_json::to_string(&hours).expect("writes");
        prop_assert_eq!(serde_json::from_str::<Hours>(&json).expect("reads"), hours);
    }

    #[test]
    fn search_engines_are_told_the_same((hours, first) in plans()) {
        let almanac = city();
        let plan = hours.with(&almanac);
        let (usual, special) = specification(plan, first);
        for ahead in 0..AHEAD {
            let on = first.checked_add(ahead.days()).expect("in the calendar");
            let spans = super::schema::let_in(&plan.on(on).spans);
            let mut real: Vec<String> = spans
                .iter()
                .map(|span| match span.is_whole_day() {
                    true => "00:00-23:59".to_owned(),
                    false => span.to_string().replace("24:00", "00:00"),
                })
                .collect();
            real.sort();
            prop_assert_eq!(by_schema(&usual, &special, on), real, "on {}", on);
        }
    }

    #[test]
    fn the_week_in_words_is_that_of_the_plan((hours, first) in plans()) {
        let almanac: Almanac = city();
        let plan = hours.with(&almanac);
        let noon = first.at(12, 0, 0, 0).to_zoned(zone()).expect("in the calendar");
        let now = Timestamp::from_micros(noon.timestamp().as_microsecond());
        let (_, days) = week(T::EN, plan, now);
        let ahead = i64::from(first.weekday().to_monday_zero_offset());
        for (at, day) in (0_i64..).zip(&days) {
            let date = first.checked_add((at - ahead).days()).expect("in the calendar");
            let spans = plan.on(date).spans;
            prop_assert_eq!(day.spans.len(), spans.len());
            for (said, span) in day.spans.iter().zip(&*spans) {
                let (from, to) = span.clock();
                let hours = torg_ui::hours_span(T::EN, from, to);
                prop_assert!(span.is_whole_day() || said.starts_with(&hours), "{} {}", said, hours);
            }
        }
        let parts = plan_words(T::SV, plan, now);
        prop_assert!(parts.iter().all(|part| !part.heading.is_empty() && !part.lines.is_empty()));
    }

    #[test]
    fn days_told_as_deviating_are_those_that_do((hours, first) in plans()) {
        let almanac = city();
        let plan = hours.with(&almanac);
        let noon = first.at(12, 0, 0, 0).to_zoned(zone()).expect("in the calendar");
        let now = Timestamp::from_micros(noon.timestamp().as_microsecond());
        let told = deviations(T::SV, plan, now);
        let differs = (0..=60_i64).any(|ahead| {
            let on = first.checked_add(ahead.days()).expect("in the calendar");
            plan.on(on).spans != plan.usual(on).spans
        });
        prop_assert_eq!(told.is_empty(), !differs);
    }
}
