//! The two nights a year when the clocks are moved, where a plan meets them: the hour that does not
//! exist in March, and the one that comes twice in October. Nothing is forbidden then; it is told, so
//! that nobody is surprised at the door.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use torg_kernel::{Timestamp, civil_date, zone};
use torg_ui::{Arg, T, date_long};

use super::schedule::Plan;
use super::span::{DAY, clock};
use super::words::on_the_clock;

/// Days ahead in which the clocks are moved both ways.
const AHEAD: i64 = 370;

/// A night when the clocks are moved.
struct Night {
    /// The day that it ends in.
    date: Date,
    /// Whether they are moved forward.
    forward: bool,
    /// The hour that is left out or comes twice, in minutes after midnight; its end is no part of it.
    hour: (u16, u16),
}

fn minutes(at: DateTime) -> u16 {
    // Both are small and not negative.
    let part = |value: i8| u16::try_from(value).unwrap_or_default();
    part(at.hour()) * 60 + part(at.minute())
}

/// The coming nights, within a little more than a year.
fn nights(now: Timestamp) -> Vec<Night> {
    let zone = zone();
    let from = now.zoned().timestamp();
    let last = civil_date(now).saturating_add(AHEAD.days());
    zone.following(from)
        .map(|jump| {
            let at = jump.timestamp();
            let before = at.checked_sub(1.second()).unwrap_or(at);
            let (old, new) = (zone.to_offset(before), jump.offset());
            let (left, right) = (old.to_datetime(at), new.to_datetime(at));
            Night {
                date: right.date(),
                forward: left < right,
                hour: (minutes(left.min(right)), minutes(left.max(right))),
            }
        })
        .take_while(|night| night.date <= last)
        .filter(|night| night.hour.0 < night.hour.1)
        .collect()
}

impl Night {
    /// The times of a plan within the hour, and whether hours go on through all of it.
    fn met(&self, plan: Plan<'_>) -> (Vec<u16>, bool) {
        let (first, end) = self.hour;
        // As minutes after the midnight that the night ends in; those of the evening before run on.
        let own = |date: Date, past: u16| {
            let spans = plan.on(date).spans.into_owned().into_iter();
            spans.map(move |span| {
                let at = |minutes: u16| i32::from(minutes) - i32::from(past);
                (at(span.from()), at(span.to()), span.is_whole_day())
            })
        };
        let evening = self.date.yesterday().unwrap_or(self.date);
        let spans: Vec<(i32, i32, bool)> = own(evening, DAY).chain(own(self.date, 0)).collect();
        let within = |at: i32| {
            let at = u16::try_from(at).ok()?;
            // When the clocks go forward, the beginning of the hour is its end.
            let begun = if self.forward {
                first < at
            } else {
                first <= at
            };
            (begun && at < end).then_some(at)
        };
        let edges = spans.iter().flat_map(|(from, to, _)| [*from, *to]);
        let mut times: Vec<u16> = edges.filter_map(within).collect();
        times.sort_unstable();
        times.dedup();
        let through = spans
            .iter()
            .any(|(from, to, whole)| !whole && *from <= i32::from(first) && i32::from(end) <= *to);
        (times, through)
    }
}

/// What becomes of a plan in the coming nights when the clocks are moved, in words; nothing where the
/// unit is closed then anyway, or open round the clock.
#[must_use]
pub fn clock_words(t: T, plan: Plan<'_>, now: Timestamp) -> Vec<String> {
    let said = nights(now).into_iter().filter_map(|night| {
        let (times, through) = night.met(plan);
        let date = date_long(t, night.date);
        if times.is_empty() {
            let key = match (through, night.forward) {
                (false, _) => return None,
                (true, true) => "hours-clock-shorter",
                (true, false) => "hours-clock-longer",
            };
            return Some(t.one(key, "date", date));
        }
        let times: Vec<String> = times
            .into_iter()
            .map(|at| on_the_clock(t, clock(at), true))
            .collect();
        let key = match night.forward {
            true => "hours-clock-gone",
            false => "hours-clock-twice",
        };
        let values = [
            ("date", Arg::Text(date)),
            ("times", Arg::Text(times.join(", "))),
            (
                "after",
                Arg::Text(on_the_clock(t, clock(night.hour.1), true)),
            ),
        ];
        Some(t.with(key, &values))
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use torg_almanac::Almanac;

    use super::super::Hours;
    use super::*;

    fn said(weekly: &str) -> Vec<String> {
        let json = format!(r#"{{"weekly":{{{weekly}}}}}"#);
        let hours: Hours = serde_json::from_str(&json).expect("the test's own");
        let almanac = Almanac::new(Vec::new());
        // Tuesday 3 March 2026: the clocks go forward on 29 March and back on 25 October.
        let now = Timestamp::from_micros(1_772_539_200_000_000);
        let said = clock_words(T::SV, hours.with(&almanac), now).into_iter();
        said.map(|text| text.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn the_hour_that_is_not_there_and_the_one_that_comes_twice() {
        let nothing: [&str; 3] = [r#""mon":["10:00-18:00"]"#, "", r#""sun":["03:00-10:00"]"#];
        for weekly in nothing {
            assert_eq!(said(weekly), Vec::<String>::new(), "{weekly}");
        }
        let half = said(r#""sat":["22:00-02:30"]"#);
        assert_eq!(half.len(), 2, "{half:?}");
        assert!(
            half[0].contains("29 mars") && half[0].contains("2.30"),
            "{half:?}"
        );
        assert!(half[0].contains("finns inte"), "{half:?}");
        assert!(
            half[1].contains("25 oktober") && half[1].contains("två gånger"),
            "{half:?}"
        );
        // To two: in March that is when the clocks jump, in October it comes twice.
        let two = said(r#""sat":["22:00-02:00"]"#);
        assert_eq!(two.len(), 1, "{two:?}");
        assert!(two[0].contains("25 oktober"));
        let early = said(r#""sun":["02:15-02:45"]"#);
        assert!(early[0].contains("2.15, 2.45"), "{early:?}");
        let late = said(r#""sat":["21:00-04:00"]"#);
        assert!(
            late[0].contains("kortare") && late[1].contains("längre"),
            "{late:?}"
        );
        let always = r#""sat":["00:00-24:00"],"sun":["00:00-24:00"]"#;
        assert_eq!(said(always), Vec::<String>::new());
    }
}
