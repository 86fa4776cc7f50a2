use jiff::civil::{Date, DateTime, date};
use torg_kernel::{Timestamp, civil_date, zone};
use torg_ui::T;

use torg_almanac::{Almanac, Entry, EntryInput, Sort};
use torg_kernel::{AlmanacEntryId, SeededIds};

use super::*;

/// An almanac without anything of a city's own.
static PLAIN: std::sync::LazyLock<Almanac> = std::sync::LazyLock::new(Almanac::default);

impl Hours {
    fn plain(&self) -> Plan<'_> {
        self.with(&PLAIN)
    }
}

/// An almanac with breaks and a day of the city's own.
pub(super) fn city() -> Almanac {
    let ids = SeededIds::new(5);
    let entry = |sort, key: &str, name: &str, first, last| Entry {
        id: AlmanacEntryId::new(&ids, Timestamp::default()),
        data: EntryInput {
            sort,
            key: key.to_owned(),
            name_sv: name.to_owned(),
            name_en: String::new(),
            first,
            last,
        },
    };
    Almanac::new(vec![
        entry(
            Sort::Break,
            "sport_break",
            "",
            date(2026, 2, 9),
            date(2026, 2, 13),
        ),
        entry(
            Sort::Break,
            "summer_break",
            "",
            date(2026, 6, 12),
            date(2026, 8, 16),
        ),
        entry(
            Sort::Break,
            "autumn_break",
            "",
            date(2026, 10, 26),
            date(2026, 10, 30),
        ),
        entry(
            Sort::Own,
            "culture_night",
            "Kulturnatta",
            date(2026, 10, 9),
            date(2026, 10, 9),
        ),
    ])
}

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

fn is(state: Option<State>, until: Option<Timestamp>, then: Option<State>) -> Status {
    Status { state, until, then }
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
        let sv = open_status(T::SV, library().plain(), at(now));
        let en = open_status(T::EN, library().plain(), at(now));
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
    assert_eq!(
        always.plain().status(now),
        is(Some(State::Open), None, None)
    );
    assert_eq!(
        open_status(T::SV, always.plain(), now).status.text,
        "Öppet dygnet runt"
    );
    assert_eq!(short_lines(T::SV, always.plain(), now), ["Dygnet runt"]);
    assert_eq!(
        open_status(T::SV, always.plain(), now).until,
        at("2026-03-03T00:00")
    );

    let never = Hours::default();
    assert_eq!(never.plain().status(now), is(None, None, None));
    assert_eq!(open_status(T::EN, never.plain(), now).status.text, "Closed");

    let once =
        hours(r#"{"weekly":{},"exceptions":[{"date":"2026-06-06","spans":["10:00-12:00"]}]}"#);
    assert_eq!(
        once.plain().status(now),
        is(None, Some(at("2026-06-06T10:00")), Some(State::Open))
    );
    assert_eq!(
        plain(&open_status(T::SV, once.plain(), now).status.text),
        "Öppnar 6 juni kl. 10"
    );
    assert_eq!(
        once.plain().status(at("2026-06-06T12:00")),
        is(None, None, None)
    );
}

#[test]
fn the_week_its_deviations_and_the_short_form() {
    let now = at("2026-12-23T12:00");
    assert_eq!(
        short_lines(T::SV, library().plain(), now),
        [
            "Måndag–tisdag 10–19",
            "Onsdag 9–12 och 13–16.30",
            "Torsdag 10–19",
            "Fredag 10–16 och 22–2"
        ]
    );
    let on_the_day = short_lines(T::EN, library().plain(), at("2026-12-24T08:00"));
    assert_eq!(on_the_day.last().map(String::as_str), Some("Today closed"));
    let (heading, days) = week(T::SV, library().plain(), now);
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
    let told: Vec<(String, String)> = deviations(T::SV, library().plain(), now)
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
        deviations(T::SV, library().plain(), at("2026-10-01T12:00")).is_empty(),
        "too far ahead"
    );
    let first: Vec<String> = deviations(T::EN, library().plain(), at("2026-12-25T12:00"))
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
    let (usual, special) = specification(library().plain(), date(2026, 12, 24));
    assert_eq!(
        usual[0],
        serde_json::json!({"@type":"OpeningHoursSpecification","dayOfWeek":["Monday","Tuesday","Thursday"],"opens":"10:00","closes":"19:00"})
    );
    assert!(
        usual
            .iter()
            .any(|it| it["opens"] == "22:00" && it["closes"] == "02:00")
    );
    assert_eq!(special.len(), 2, "Christmas is closed two days in a row");
    assert_eq!(special[0]["opens"], special[0]["closes"]);
    assert_eq!(special[0]["validThrough"], "2026-12-25");
    assert_eq!(special[1]["validFrom"], "2026-12-31");
    let (_, special) = specification(library().plain(), date(2026, 12, 25));
    assert_eq!(
        special[0]["validFrom"], "2026-12-25",
        "what is past is left out"
    );
}

#[test]
fn the_nights_when_the_clocks_are_moved() {
    // 02.30 does not exist on 29 March: it is reached when the clocks go from 02 to 03.
    let night = hours(r#"{"weekly":{"sat":["22:00-02:30"],"sun":["02:15-04:00"]}}"#);
    let jump = Timestamp::from_micros(1_774_746_000_000_000);
    assert_eq!(jump.rfc3339(), "2026-03-29T01:00:00Z");
    assert_eq!(
        night.plain().status(jump.plus_seconds(-60)),
        is(Some(State::Open), Some(at("2026-03-29T04:00")), None)
    );
    // 02.30 comes twice on 25 October: the first counts.
    let night = hours(r#"{"weekly":{"sat":["22:00-02:30"]}}"#);
    let first = at("2026-10-25T01:30").plus_seconds(3_600);
    assert_eq!(
        night.plain().status(first.plus_seconds(-1)),
        is(Some(State::Open), Some(first), None)
    );
    assert_eq!(night.plain().status(first).state, None);
    assert_eq!(civil_date(first), date(2026, 10, 25));
}

fn chosen(plan: Plan<'_>, on: Date) -> Vec<String> {
    plan.on(on).spans.iter().map(ToString::to_string).collect()
}

/// Every kind of rule, with dates of 2026.
fn pool() -> Hours {
    hours(
        r#"{"weekly":{"mon":["06:30-21:00"],"tue":["06:30-21:00"],"wed":["06:30-21:00"],"thu":["06:30-21:00"],"fri":["06:30-20:00"],"sat":["09:00-17:00"]},
        "turns":[{"days":["tue"],"when":"even_weeks","spans":["06:30-16:00"]},{"days":["tue"],"when":"first","spans":["12:00-21:00"],"note":{"sv":"Städning på förmiddagen"}},{"days":["sun"],"when":"last","spans":["10:00-14:00"]}],
        "periods":[{"break":"summer_break","name":{"sv":"Sommarlov"},"weekly":{"mon":["10:00-18:00"]}},
          {"from":"2026-07-01","to":"2026-07-31","weekly":{}},
          {"from":"06-01","to":"08-31","name":{"sv":"Sommartider"},"weekly":{"mon":["08:00-18:00"],"tue":["08:00-18:00"]}}],
        "days":[{"on":"eves","until":"13:00"},{"on":"holidays","spans":[]},{"on":"christmas_eve","spans":["08:00-12:00"]},{"on":"culture_night","spans":["18:00-24:00"]},{"on":"bridge_days","as_usual":true}],
        "exceptions":[{"date":"2026-11-02","to":"2026-11-04","spans":["12:00-15:00 self_service"],"note":{"sv":"Ny bassäng"}},{"date":"2026-04-03","spans":[],"as_usual":true}]}"#,
    )
}

#[test]
fn what_counts_on_a_day() {
    let (pool, almanac) = (pool(), city());
    assert!(pool.faults().is_empty(), "{:?}", pool.faults());
    let plan = pool.with(&almanac);
    let is = |on: Date, spans: &[&str]| assert_eq!(chosen(plan, on), spans, "{on}");
    // Tuesdays: the first of the month, then an even and an odd week.
    is(date(2026, 3, 3), &["12:00-21:00"]);
    is(date(2026, 3, 10), &["06:30-21:00"]);
    is(date(2026, 3, 17), &["06:30-16:00"]);
    is(date(2026, 3, 22), &[]);
    is(date(2026, 3, 29), &["10:00-14:00"]);
    // Summer: every year, the break before it, dates before both.
    is(date(2026, 6, 8), &["08:00-18:00"]);
    is(date(2026, 6, 15), &["10:00-18:00"]);
    is(date(2026, 7, 6), &[]);
    is(date(2026, 8, 24), &["08:00-18:00"]);
    // Turns belong to their own week.
    is(date(2026, 6, 2), &["08:00-18:00"]);
    // Named days: an eve is cut, Christmas Eve has its own, an exception goes before all.
    is(date(2026, 4, 2), &["06:30-13:00"]);
    is(date(2026, 4, 3), &["06:30-20:00"]);
    is(date(2026, 4, 6), &[]);
    is(date(2026, 12, 24), &["08:00-12:00"]);
    is(date(2026, 10, 9), &["18:00-24:00"]);
    is(date(2026, 1, 2), &["06:30-20:00"]);
    is(date(2026, 11, 3), &["12:00-15:00 self_service"]);
    is(date(2026, 11, 5), &["06:30-21:00"]);
    // Without the city's own days the plan holds all the same.
    let plain = pool.plain();
    assert_eq!(chosen(plain, date(2026, 6, 15)), ["08:00-18:00"]);
    assert_eq!(chosen(plain, date(2026, 10, 9)), ["06:30-20:00"]);
    assert!(pool.asks_city() && !library().asks_city());
}

#[test]
fn states_in_words() {
    let day = hours(
        r#"{"weekly":{"mon":["07:00-10:00 self_service","10:00-16:00","16:00-18:00 phone"],"tue":["09:00-11:00 appointment"]}}"#,
    );
    let said = |now: &str| {
        let said = open_status(T::SV, day.plain(), at(now));
        (plain(&said.status.text), said.status.open)
    };
    let is = |now: &str, text: &str, open| assert_eq!(said(now), (text.to_owned(), open), "{now}");
    is("2026-03-02T06:00", "Självservice i dag från kl. 7", false);
    is(
        "2026-03-02T08:00",
        "Bara självservice till 10, sedan öppet med personal",
        true,
    );
    is("2026-03-02T12:00", "Öppet nu till 16, sedan telefon", true);
    is("2026-03-02T17:00", "Bara telefon till 18", false);
    is(
        "2026-03-02T19:00",
        "Bokade besök i morgon från kl. 9",
        false,
    );
    is("2026-03-03T10:00", "Bara bokade besök till 11", false);
    is("2026-03-03T11:00", "Självservice måndag från kl. 7", false);
    assert_eq!(
        short_lines(T::SV, day.plain(), at("2026-03-02T12:00")),
        [
            "Måndag 7–10 självservice, 10–16 och 16–18 telefon",
            "Tisdag 9–11 bokade besök"
        ]
    );
    let always = Span::new(0, 1440).expect("a day").with(State::SelfService);
    let mut week = Hours::default();
    for spans in week.weekly.days_mut() {
        spans.push(always);
    }
    let said = open_status(T::SV, week.plain(), at("2026-03-02T12:00"));
    assert_eq!(said.status.text, "Självservice dygnet runt");
}

#[test]
fn the_whole_plan_in_words() {
    let (pool, almanac) = (pool(), city());
    let parts = plan_words(T::SV, pool.with(&almanac), at("2026-05-04T12:00"));
    let lines: Vec<String> = parts
        .iter()
        .flat_map(|part| {
            let lines = part.lines.iter();
            std::iter::once(format!("# {}", part.heading))
                .chain(lines.map(|(days, hours)| format!("{days}: {hours}")))
        })
        .map(|line| plain(&line))
        .collect();
    assert_eq!(
        lines,
        [
            "# Ordinarie tider",
            "Måndag–torsdag: 6.30–21",
            "Fredag: 6.30–20",
            "Lördag: 9–17",
            "Första tisdagen i månaden, Städning på förmiddagen: 12–21",
            "Sista söndagen i månaden: 10–14",
            "Tisdag jämna veckor: 6.30–16",
            "# Sommarlov, sommarlov, 12 juni–16 augusti",
            "Måndag: 10–18",
            "# 1–31 juli",
            ": Stängt",
            "# Sommartider, 1 juni–31 augusti varje år",
            "Måndag–tisdag: 8–18",
            "# Helgdagar och andra särskilda dagar",
            "Kulturnatta, fredag 9 oktober: 18–24",
            "Julafton: 8–12",
            "Alla helgdagar: stängt",
            "Alla aftnar: som vanligt, men senast till kl. 13",
            "Klämdagar: som vanligt",
            "# Enstaka dagar",
            "2–4 november, Ny bassäng: 12–15 självservice",
        ]
    );
    let english = plan_words(T::EN, pool.with(&almanac), at("2026-05-04T12:00"));
    assert_eq!(
        english[0].lines[3].0,
        "First Tuesday of the month, Städning på förmiddagen"
    );
}

#[test]
fn faults_are_named_by_place() {
    let places = |json: &str| {
        let faults = hours(json).faults();
        faults
            .into_iter()
            .map(|(place, _)| place)
            .collect::<Vec<_>>()
    };
    let is = |json: &str, expected: &[&str]| assert_eq!(places(json), expected, "{json}");
    is(
        r#"{"weekly":{"tue":["10:00-14:00","13:00-15:00"]}}"#,
        &["weekly.tue"],
    );
    is(
        r#"{"weekly":{"fri":["22:00-02:00"],"sat":["01:00-05:00"]}}"#,
        &["weekly.sat"],
    );
    is(
        r#"{"weekly":{"fri":["22:00-02:00"],"sat":["02:00-05:00"]}}"#,
        &[],
    );
    is(
        r#"{"turns":[{"days":[],"when":"first","spans":[]},{"days":["tis"],"when":"last","spans":["10-12","11-13"]}]}"#,
        &["turns[0].days", "turns[1].days", "turns[1].spans"],
    );
    is(
        r#"{"turns":[{"days":["mon","tue"],"when":"first","spans":[]},{"days":["tue"],"when":"first","spans":[]}]}"#,
        &["turns[1].when"],
    );
    is(
        r#"{"periods":[{"from":"2026-06-01","to":"2026-05-01"},{"from":"2026-07-01"},{"from":"2026-12-01","to":"2026-12-31","weekly":{"mon":["10-12","11-13"]}}]}"#,
        &["periods[0].to", "periods[2].weekly.mon", "periods[2].from"],
    );
    is(
        r#"{"periods":[{"from":"11-01","to":"03-31"},{"from":"03-15","to":"05-01"},{"break":"sport_break"},{"break":"sport_break"}]}"#,
        &["periods[1].from", "periods[3].from"],
    );
    is(
        r#"{"days":[{"on":"eves","spans":[]},{"on":"eves","until":"13"}]}"#,
        &["days[1].on"],
    );
    is(
        r#"{"exceptions":[{"date":"2026-12-20","to":"2026-12-26","spans":[]},{"date":"2026-12-24","spans":["10-12"],"as_usual":true},{"date":"2026-12-28","to":"2026-12-27","spans":[]}]}"#,
        &[
            "exceptions[1].spans",
            "exceptions[1].date",
            "exceptions[2].to",
        ],
    );
    for wrong in [
        r#"{"periods":[{"from":"06-01"}]}"#,
        r#"{"periods":[{"from":"2026-06-01","break":"sport_break"}]}"#,
        r#"{"periods":[{"from":"31-12","to":"01-01"}]}"#,
        r#"{"days":[{"on":"Julafton","spans":[]}]}"#,
        r#"{"days":[{"on":"eves"}]}"#,
        r#"{"days":[{"on":"eves","until":"25:00"}]}"#,
        r#"{"weekly":{"mon":["10:00-18:00 sometimes"]}}"#,
        r#"{"weeks":{}}"#,
    ] {
        assert!(serde_json::from_str::<Hours>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn old_plans_read_and_are_written_as_before() {
    let old = r#"{"weekly":{"mon":["10:00-19:00"],"fri":["22:00-02:00"]},"exceptions":[{"date":"2026-12-24","spans":[],"note":{"sv":"Julafton"}}]}"#;
    assert_eq!(serde_json::to_string(&hours(old)).expect("writes"), old);
}

#[test]
fn holidays_that_nobody_thought_of() {
    let almanac = city();
    let names: Vec<(Date, &str)> = coming(&almanac, date(2026, 12, 20), 14)
        .into_iter()
        .map(|it| (it.date, it.name.key()))
        .collect();
    assert_eq!(
        names,
        [
            (date(2026, 12, 24), "christmas_eve"),
            (date(2026, 12, 25), "christmas_day"),
            (date(2026, 12, 26), "boxing_day"),
            (date(2026, 12, 31), "new_years_eve"),
            (date(2027, 1, 1), "new_years_day"),
        ]
    );
    let silent = |hours: &Hours, on| is_silent(hours.with(&almanac), on);
    // The library has written about Christmas and New Year's Eve, not about 1 January, a Friday.
    assert!(!silent(&library(), date(2026, 12, 24)));
    assert!(
        !silent(&library(), date(2026, 12, 26)),
        "closed on Saturdays"
    );
    assert!(silent(&library(), date(2027, 1, 1)));
    assert!(!silent(&pool(), date(2027, 1, 1)));
    let park = hours(r#"{"weekly":{"fri":["00:00-24:00"]}}"#);
    assert!(!silent(&park, date(2027, 1, 1)));
}
