//! Bad calendars: every line and property that is wrong is told, and what is right is kept apart.

use std::fmt::Write as _;
use std::time::Instant;

use jiff::civil::date;
use torg_recurrence::ical::{self, LineError};
use torg_recurrence::{End, Pattern, Rule};

fn told(errors: &[LineError]) -> Vec<(usize, &str, &str)> {
    errors
        .iter()
        .map(|error| (error.line, error.property.as_str(), error.message.key))
        .collect()
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

#[test]
fn all_faults_are_told_at_once() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Gothenburg:20260303T180000\nSUMMARY:Okänd zon\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:2\nDTSTART:20260303T180000\nDTEND:20260303T170000\nGEO:91;200\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:3\nDTSTART:20260303T180000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:4\nDTSTART:20260303T180000\nRRULE:FREQ=DAILY;COUNT=1000000000\nstray line\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260230\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:6\nDTSTART;VALUE=DATE:20160101\nDTEND;VALUE=DATE:20260101\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:7\nDTSTART;VALUE=DATE:20260101\nSUMMARY:Rätt\nEND:VEVENT\n",
    );
    let read = ical::read(&text);
    assert_eq!(
        told(&read.errors),
        [
            (5, "DTSTART", "ical-zone-unknown"),
            (11, "DTEND", "ical-end-before-start"),
            (12, "GEO", "ical-value"),
            (17, "RRULE", "recurrence-never"),
            (22, "RRULE", "recurrence-count"),
            (23, "", "ical-broken-line"),
            (25, "UID", "ical-missing"),
            (26, "DTSTART", "ical-time"),
            (31, "DTEND", "recurrence-long"),
        ]
    );
    let kept: Vec<&str> = read
        .calendar
        .entries
        .iter()
        .map(|entry| entry.uid.as_str())
        .collect();
    assert_eq!(kept, ["7"]);
}

#[test]
fn components_that_never_end_are_told() {
    let read = ical::read(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260303T180000Z\nBEGIN:VALARM\nEND:VEVENT\nEND:VTODO\n",
    );
    assert_eq!(
        told(&read.errors),
        [
            (1, "BEGIN", "ical-not-ended"),
            (5, "BEGIN", "ical-not-ended"),
            (7, "END", "ical-not-begun")
        ]
    );
    assert_eq!(
        told(&ical::read("hej").errors),
        [(1, "", "ical-broken-line"), (1, "", "ical-no-calendar")]
    );
    assert_eq!(told(&ical::read("").errors), [(1, "", "ical-no-calendar")]);
}

#[test]
fn what_other_programs_write_is_read() {
    let text = calendar(
        "X-WR-CALNAME:Träffar\nBEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\n\
         BEGIN:DAYLIGHT\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Customized Time Zone:20260707T180000\nDURATION:PT1H30M\nSUMMARY:Sommar\\, sol\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nDTSTART;TZID=W. Europe Standard Time:20260303T180000\nRRULE:FREQ=WEEKLY;UNTIL=20260401T160000Z\n\
         EXDATE;VALUE=DATE:20260310\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nRECURRENCE-ID:20260317T170000Z\nDTSTART;TZID=Europe/Stockholm:20260318T190000\nSTATUS:CONFIRMED\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:c\nDTSTART:20260701T160000Z\nDTEND:20260701T180000Z\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:d\nDTSTART:20260701T160000\nBEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:pip\nEND:VALARM\nEND:VEVENT\n",
    );
    let read = ical::read(&text);
    assert_eq!(told(&read.errors), []);
    assert_eq!(read.calendar.name, "Träffar");
    let [a, b, c, d] = read.calendar.entries.as_slice() else {
        panic!("{:?}", read.calendar.entries);
    };
    assert_eq!(
        (
            a.summary.as_str(),
            a.pattern.zone.as_str(),
            a.pattern.minutes
        ),
        ("Sommar, sol", "Europe/Stockholm", 90)
    );
    // 16:00 UTC on 1 April is 18 in the summer's Stockholm: the last occasion is 31 March.
    let starts: Vec<String> = b
        .pattern
        .occasions(date(2026, 1, 1), date(2026, 12, 31), 20)
        .expect("few")
        .iter()
        .map(|one| one.start.to_string())
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-03T18:00:00",
            "2026-03-18T19:00:00",
            "2026-03-24T18:00:00",
            "2026-03-31T18:00:00"
        ]
    );
    // UTC without a rule is said in the city's clock; a time without zone is the city's.
    assert_eq!(
        c.pattern,
        Pattern::once(date(2026, 7, 1).at(18, 0, 0, 0), 120)
    );
    assert_eq!(
        d.pattern,
        Pattern::once(date(2026, 7, 1).at(16, 0, 0, 0), 0)
    );
    assert_eq!(d.description, "", "an alarm's words are not the event's");
}

#[test]
fn fifty_thousand_events_are_read_and_one_more_is_told() {
    let mut events = String::new();
    for number in 0..50_001 {
        let day = number % 28 + 1;
        write!(
            events,
            "BEGIN:VEVENT\nUID:{number}\nDTSTART;TZID=Europe/Stockholm:202603{day:02}T180000\n\
             DTEND;TZID=Europe/Stockholm:202603{day:02}T200000\nRRULE:FREQ=WEEKLY;COUNT=10\nSUMMARY:Händelse {number}\nEND:VEVENT\n"
        )
        .expect("a string takes it");
    }
    let begun = Instant::now();
    let read = ical::read(&calendar(&events));
    assert_eq!(read.calendar.entries.len(), 50_000);
    assert_eq!(
        told(&read.errors)
            .iter()
            .map(|(_, _, key)| *key)
            .collect::<Vec<_>>(),
        ["ical-many-events"]
    );
    assert!(
        begun.elapsed().as_secs() < 60,
        "{:?} without optimisation",
        begun.elapsed()
    );
}

#[test]
fn a_file_of_faults_is_told_up_to_a_limit() {
    let read = ical::read(&calendar(&"nonsense\n".repeat(100_000)));
    assert_eq!(read.errors.len(), ical::MOST_ERRORS);
}

#[test]
fn a_rule_without_end_stays_in_its_window() {
    let begun = Instant::now();
    let mut pattern = Pattern::once(date(1900, 1, 1).at(12, 0, 0, 0), 60)
        .with_rule("FREQ=DAILY".parse().expect("a rule"));
    assert_eq!(
        pattern
            .occasions(date(2026, 1, 1), date(2027, 12, 31), 730)
            .expect("as many")
            .len(),
        730
    );
    assert_eq!(
        pattern
            .occasions(date(2026, 1, 1), date(2027, 12, 31), 729)
            .expect_err("one more")
            .most,
        729
    );
    // Unchecked and absurd, and still answered at once.
    pattern.rules = vec![
        Rule::weekly([jiff::civil::Weekday::Monday]).end(End::Count(1_000_000_000)),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
            .parse()
            .expect("a rule"),
        "FREQ=DAILY;INTERVAL=0".parse().expect("a rule"),
    ];
    assert!(
        pattern
            .occasions(date(2026, 1, 1), date(9999, 12, 31), 1_000)
            .is_err()
    );
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn the_clock_of_march_and_october() {
    let daily = |hour, minute| {
        Pattern::once(date(2026, 3, 1).at(hour, minute, 0, 0), 60)
            .with_rule("FREQ=DAILY".parse().expect("a rule"))
    };
    // 2.30 does not exist on 29 March: it is 3.30 by the clock, an hour long.
    let spring = daily(2, 30)
        .occasions(date(2026, 3, 29), date(2026, 3, 29), 2)
        .expect("one");
    assert_eq!(
        (spring[0].of, spring[0].start, spring[0].end),
        (
            date(2026, 3, 29).at(2, 30, 0, 0),
            date(2026, 3, 29).at(3, 30, 0, 0),
            date(2026, 3, 29).at(4, 30, 0, 0),
        )
    );
    assert_eq!(spring[0].begins_at.rfc3339(), "2026-03-29T01:30:00Z");
    // 2.30 comes twice on 25 October: the first.
    let autumn = daily(2, 30)
        .occasions(date(2026, 10, 25), date(2026, 10, 25), 2)
        .expect("one");
    assert_eq!(autumn[0].begins_at.rfc3339(), "2026-10-25T00:30:00Z");
    // An evening is at the same time by the clock all year.
    let evening = daily(18, 0)
        .occasions(date(2026, 7, 1), date(2026, 7, 1), 1)
        .expect("one");
    assert_eq!(evening[0].begins_at.rfc3339(), "2026-07-01T16:00:00Z");
}
