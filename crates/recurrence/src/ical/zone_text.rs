//! VTIMEZONE: the zone of a calendar's times, told to programs that have no tables of their own.

use jiff::Timestamp;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::line::fold;
use crate::rule_text::basic;

/// Writes the zone as it is from the year of `from` to the year of `to`. Where its changes follow
/// one rule over those years, as in Europe since 1996, they are told as that rule, which all
/// calendars understand; otherwise each change is told by itself.
pub fn write(name: &str, zone: &TimeZone, from: DateTime, to: DateTime, out: &mut String) {
    fold("BEGIN:VTIMEZONE", out);
    fold(&format!("TZID:{name}"), out);
    fold(&format!("X-LIC-LOCATION:{name}"), out);
    let changes = changes(zone, from, to);
    if changes.is_empty() {
        let info = zone.to_offset_info(instant(zone, from));
        observance(
            "STANDARD",
            &Change {
                at: DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
                before: info.offset(),
                after: info.offset(),
                name: info.abbreviation().to_owned(),
                summer: false,
            },
            None,
            out,
        );
    }
    for summer in [true, false] {
        let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
        let of_kind: Vec<&Change> = changes
            .iter()
            .filter(|change| change.summer == summer)
            .collect();
        match (rule(&of_kind), of_kind.first()) {
            (Some(rule), Some(first)) => {
                observance(kind, &since_1996(first, &rule), Some(&rule.text()), out)
            }
            _ => {
                for change in of_kind {
                    observance(kind, change, None, out);
                }
            }
        }
    }
    fold("END:VTIMEZONE", out);
}

/// A change of a zone's clock.
#[derive(Clone)]
struct Change {
    /// What the clock showed when it was changed.
    at: DateTime,
    before: Offset,
    after: Offset,
    name: String,
    summer: bool,
}

/// The changes that may matter, from the one before the first year.
fn changes(zone: &TimeZone, from: DateTime, to: DateTime) -> Vec<Change> {
    let first = instant(zone, from);
    let last = instant(zone, to);
    let mut found: Vec<Change> = Vec::new();
    let earlier = zone.preceding(first).take(2).collect::<Vec<_>>();
    let later = zone
        .following(first)
        .take(400)
        .take_while(|change| change.timestamp() <= last);
    let after_last = zone.following(last.max(first)).take(2);
    for change in earlier.into_iter().rev().chain(later).chain(after_last) {
        let at = change.timestamp();
        let before = zone.to_offset(
            at.saturating_sub(jiff::SignedDuration::from_secs(1))
                .unwrap_or(at),
        );
        found.push(Change {
            at: before.to_datetime(at),
            before,
            after: change.offset(),
            name: change.abbreviation().to_owned(),
            summer: change.dst().is_dst(),
        });
    }
    found.sort_by_key(|change| change.at);
    found.dedup_by_key(|change| change.at);
    found
}

fn instant(zone: &TimeZone, at: DateTime) -> Timestamp {
    zone.to_timestamp(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The n-th weekday of a month, at the same time of day each year.
struct Yearly {
    month: i8,
    nth: i8,
    day: Weekday,
}

impl Yearly {
    fn text(&self) -> String {
        let rule = crate::Rule {
            months: vec![self.month],
            weekdays: vec![crate::OnWeekday::nth(self.nth, self.day)],
            ..crate::Rule::every(crate::Frequency::Yearly)
        };
        rule.to_string()
    }
}

/// The rule that all the changes follow; at least two years are needed to tell.
fn rule(changes: &[&Change]) -> Option<Yearly> {
    let first = changes.first().filter(|_| changes.len() >= 2)?;
    let (month, day, time) = (first.at.month(), first.at.weekday(), first.at.time());
    let same = changes
        .windows(2)
        .all(|pair| pair[1].at.year() == pair[0].at.year() + 1)
        && changes.iter().all(|change| {
            change.at.month() == month
                && change.at.weekday() == day
                && change.at.time() == time
                && change.before == first.before
                && change.after == first.after
                && change.name == first.name
        });
    let last = |at: DateTime| at.day() + 7 > at.days_in_month();
    let nth = |at: DateTime| (at.day() - 1) / 7 + 1;
    let nth = if changes.iter().all(|change| last(change.at)) {
        -1
    } else if changes.iter().all(|change| nth(change.at) == nth(first.at)) {
        nth(first.at)
    } else {
        return None;
    };
    same.then_some(Yearly { month, nth, day })
}

/// The first change of a rule that all zones of the European Union have followed since 1996; a zone
/// with another rule begins where the calendar does.
fn since_1996(first: &Change, rule: &Yearly) -> Change {
    let european = rule.nth == -1
        && rule.day == Weekday::Sunday
        && ((rule.month == 3 && first.summer) || (rule.month == 10 && !first.summer));
    if !european || first.at.year() < 1996 {
        return first.clone();
    }
    let moved = jiff::civil::Date::new(1996, rule.month, 1)
        .and_then(|month| month.nth_weekday_of_month(rule.nth, rule.day));
    Change {
        at: moved.map_or(first.at, |day| day.to_datetime(first.at.time())),
        ..first.clone()
    }
}

fn observance(kind: &str, change: &Change, rule: Option<&str>, out: &mut String) {
    fold(&format!("BEGIN:{kind}"), out);
    fold(&format!("DTSTART:{}", basic(change.at)), out);
    if let Some(rule) = rule {
        fold(&format!("RRULE:{rule}"), out);
    }
    fold(&format!("TZOFFSETFROM:{}", offset(change.before)), out);
    fold(&format!("TZOFFSETTO:{}", offset(change.after)), out);
    fold(&format!("TZNAME:{}", change.name), out);
    fold(&format!("END:{kind}"), out);
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn text(name: &str) -> String {
        let zone = TimeZone::get(name).expect(name);
        let mut out = String::new();
        write(
            name,
            &zone,
            date(2026, 1, 1).at(0, 0, 0, 0),
            date(2027, 12, 31).at(0, 0, 0, 0),
            &mut out,
        );
        out.replace("\r\n", "\n")
    }

    #[test]
    fn the_city_has_two_rules() {
        assert_eq!(
            text("Europe/Stockholm"),
            "BEGIN:VTIMEZONE\nTZID:Europe/Stockholm\nX-LIC-LOCATION:Europe/Stockholm\n\
             BEGIN:DAYLIGHT\nDTSTART:19960331T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
             TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT\n\
             BEGIN:STANDARD\nDTSTART:19961027T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
             TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD\nEND:VTIMEZONE\n"
        );
    }

    #[test]
    fn other_zones_are_told_too() {
        let india = text("Asia/Kolkata");
        assert!(india.contains("TZOFFSETTO:+0530\n"), "{india}");
        assert_eq!(india.matches("BEGIN:STANDARD").count(), 1, "{india}");
        let york = text("America/New_York");
        assert!(
            york.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
            "{york}"
        );
        assert!(york.contains("TZOFFSETTO:-0400"), "{york}");
        // Summer time by the moon: each change by itself.
        let morocco = text("Africa/Casablanca");
        assert!(!morocco.contains("RRULE"), "{morocco}");
    }
}
