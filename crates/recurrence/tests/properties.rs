//! Whatever is written can be read back, and whatever is read, however broken, is answered with errors
//! and never with a fall.

use jiff::civil::{Date, DateTime, Weekday, date};
use proptest::prelude::*;
use torg_kernel::Timestamp;
use torg_recurrence::ical::{self, Calendar, Entry, Status};
use torg_recurrence::{Change, End, Frequency, OnWeekday, Pattern, Rule};

fn weekday() -> impl Strategy<Value = Weekday> {
    (1_i8..=7).prop_map(|day| Weekday::from_monday_one_offset(day).expect("1 to 7"))
}

fn day() -> impl Strategy<Value = Date> {
    (0_i64..20_000).prop_map(|days| date(1980, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn moment() -> impl Strategy<Value = DateTime> {
    (day(), 0_i8..24, 0_i8..60).prop_map(|(day, hour, minute)| day.at(hour, minute, 0, 0))
}

fn rule() -> impl Strategy<Value = Rule> {
    let frequency = prop_oneof![
        Just(Frequency::Daily),
        Just(Frequency::Weekly),
        Just(Frequency::Monthly),
        Just(Frequency::Yearly)
    ];
    let end = prop_oneof![
        Just(End::Never),
        (1_u32..500).prop_map(End::Count),
        // Noon, which no clock skips and none shows twice.
        day().prop_map(|day| End::Until(day.at(12, 0, 0, 0)))
    ];
    let days = prop::collection::vec((-5_i8..=5, weekday()), 0..4);
    (
        frequency,
        1_u16..30,
        end,
        days,
        prop::collection::vec(1_i8..=12, 0..3),
        weekday(),
    )
        .prop_map(|(frequency, interval, end, days, months, week_start)| {
            let nth = matches!(frequency, Frequency::Monthly | Frequency::Yearly);
            Rule {
                weekdays: days
                    .into_iter()
                    .map(|(number, day)| OnWeekday {
                        nth: if nth { number } else { 0 },
                        day,
                    })
                    .collect(),
                months,
                week_start,
                ..Rule::every(frequency).interval(interval).end(end)
            }
        })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let zones = prop::sample::select(vec![
        "Europe/Stockholm",
        "Europe/London",
        "America/New_York",
        "Asia/Kolkata",
    ]);
    let parts = (moment(), 0_u32..3_000, any::<bool>(), zones);
    let lists = (
        prop::collection::vec(rule(), 0..2),
        prop::collection::vec(moment(), 0..4),
        prop::collection::vec(moment(), 0..4),
    );
    let changes = prop::collection::vec((moment(), moment(), any::<bool>(), ".{0,20}"), 0..3);
    (parts, lists, changes).prop_map(
        |((start, minutes, all_day, zone), (rules, dates, except), changes)| {
            let mut pattern = Pattern {
                zone: zone.to_owned(),
                rules,
                dates,
                except,
                ..Pattern::once(start, minutes)
            };
            if all_day {
                pattern.all_day = true;
                pattern.zone = "Europe/Stockholm".to_owned();
                pattern.minutes = (minutes / 1_440 + 1) * 1_440;
            }
            if pattern.repeats() {
                pattern.changes = changes
                    .into_iter()
                    .map(|(of, to, cancelled, note)| Change {
                        cancelled,
                        note: note.trim().chars().filter(|c| !c.is_control()).collect(),
                        ..Change::moved(of, to)
                    })
                    .collect();
            }
            pattern.canonical()
        },
    )
}

fn text() -> impl Strategy<Value = String> {
    "[a-zåäö0-9 ,;:\\\\\"\n🎻\u{85}]{1,120}".prop_map(|text| text.replace('\u{85}', ""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_pattern_comes_back_from_json(pattern in pattern()) {
        let json = serde_json::to_string(&pattern).expect("JSON");
        let back: Pattern = serde_json::from_str(&json).expect("what was written");
        prop_assert_eq!(&back, &pattern);
        prop_assert_eq!(back.clone().canonical(), back);
    }

    #[test]
    fn a_rule_comes_back_from_its_text(rule in rule()) {
        let text = rule.to_string();
        let back: Rule = text.parse().expect("what was written");
        prop_assert_eq!(back.to_string().parse::<Rule>().expect("again").to_string(), back.to_string());
        prop_assert_eq!(back.frequency, rule.frequency);
        prop_assert_eq!(back.end, rule.end);
    }

    #[test]
    fn a_calendar_comes_back(pattern in pattern(), name in text(), about in text(), sequence in 0_i64..9, off in any::<bool>()) {
        prop_assume!(pattern.check().is_ok());
        let mut entry = Entry::new("01890a5d-ac96-774b-bcce-b302099a8057", name.trim(), pattern);
        entry.description = about;
        entry.sequence = sequence;
        entry.status = if off { Status::Cancelled } else { Status::Confirmed };
        entry.categories = vec!["Musik, dans".to_owned(), "Fest; kalas".to_owned()];
        entry.position = Some((57.7, 11.97));
        entry.organiser = Some("Kultur: \"Göteborg\"".replace('"', "'"));
        entry.changed_at = Timestamp::from_micros(1_790_000_000_000_000);
        let calendar = Calendar { name: "Kalendarium".to_owned(), entries: vec![entry.clone()], ..Calendar::default() };
        let written = ical::write(&calendar);
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        let read = ical::read(&written);
        prop_assert_eq!(&read.errors, &vec![]);
        let back = &read.calendar.entries[0];
        prop_assert_eq!(&back.pattern.rules, &entry.pattern.rules);
        prop_assert_eq!(&back.pattern.except, &entry.pattern.except);
        prop_assert_eq!(&back.pattern.start, &entry.pattern.start);
        prop_assert_eq!(back.pattern.minutes, entry.pattern.minutes);
        prop_assert_eq!(&back.summary, &entry.summary);
        prop_assert_eq!(&back.description, &entry.description);
        prop_assert_eq!(&back.categories, &entry.categories);
        prop_assert_eq!(&back.organiser, &entry.organiser);
        prop_assert_eq!(back.status, entry.status);
        prop_assert_eq!(back.sequence, entry.sequence);
        prop_assert_eq!(back.position, entry.position);
        let window = (date(2000, 1, 1), date(2001, 1, 1));
        let occasions = |pattern: &Pattern| {
            pattern.occasions(window.0, window.1, 2_000).map(|all| all.into_iter().map(|one| (one.of, one.begins_at, one.ends_at)).collect::<Vec<_>>())
        };
        prop_assert_eq!(occasions(&back.pattern), occasions(&entry.pattern));
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        let read = ical::read(&text);
        prop_assert!(!read.errors.is_empty() || read.calendar.entries.is_empty());
    }

    #[test]
    fn a_broken_calendar_is_answered_by_line(cut in 0_usize..4_000, with in "[\\x00-\\x7f]{0,3}", pattern in pattern()) {
        let entry = Entry::new("a", "b", pattern);
        let mut written = ical::write(&Calendar { entries: vec![entry; 2], ..Calendar::default() });
        let mut at = cut % written.len();
        while !written.is_char_boundary(at) {
            at -= 1;
        }
        let one = written[at..].chars().next().map_or(0, char::len_utf8);
        written.replace_range(at..at + one, &with);
        let read = ical::read(&written);
        let lines = written.lines().count();
        for error in &read.errors {
            prop_assert!(error.line <= lines + 1);
        }
        for entry in &read.calendar.entries {
            prop_assert_eq!(entry.pattern.check(), Ok(()));
        }
    }

    #[test]
    fn rules_of_any_letters_are_answered(text in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY);)?([A-Z]{2,9}=[-+0-9A-Z,]{0,9};?){0,5}") {
        if let Ok(rule) = text.parse::<Rule>() {
            let mut pattern = Pattern::once(date(2026, 3, 3).at(18, 0, 0, 0), 60);
            pattern.rules = vec![rule];
            let checked = pattern.check();
            let found = pattern.occasions(date(2026, 1, 1), date(2027, 12, 31), 2_000);
            if checked.is_ok() {
                prop_assert!(found.is_ok() || found.is_err_and(|many| many.most == 2_000));
            }
            prop_assert!(!pattern.words(torg_ui::T::SV).is_empty());
        }
    }

    #[test]
    fn occasions_lie_in_the_window_and_in_order(pattern in pattern()) {
        let (from, to) = (date(2000, 1, 1), date(2000, 12, 31));
        if let Ok(found) = pattern.occasions(from, to, 3_000) {
            prop_assert!(found.windows(2).all(|pair| pair[0].begins_at <= pair[1].begins_at));
            for one in &found {
                prop_assert!(one.start.date() <= to && one.end.date() >= from);
                prop_assert!(one.begins_at <= one.ends_at);
            }
            // A part of the window gives a part of the occasions.
            let half = pattern.occasions(from, date(2000, 6, 30), 3_000).expect("fewer than in all");
            prop_assert!(half.iter().all(|one| found.contains(one)));
            // A limit is told and not silently kept.
            if found.len() > 1 {
                prop_assert!(pattern.occasions(from, to, found.len() - 1).is_err());
            }
        }
    }
}
