//! Times as iCalendar writes them: days, times in a zone, in UTC or in none, and lengths.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use torg_kernel::Message;

use super::line::Line;
use super::read::Zones;
use crate::rule_text::read_basic;

/// A civil time with its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The clock on the wall in `zone`.
    pub at: DateTime,
    /// Whether it has a time of day.
    pub timed: bool,
    /// Whether it was written in UTC (`Z`).
    pub utc: bool,
    /// The IANA name of its zone.
    pub zone: String,
}

impl Moment {
    /// The clock on the wall in another zone; a day stays the day it is.
    pub fn in_zone(&self, zone: &TimeZone) -> DateTime {
        if !self.timed {
            return self.at.date().to_datetime(Time::midnight());
        }
        if zone.iana_name() == Some(self.zone.as_str()) {
            return self.at;
        }
        let own = if self.utc {
            Ok(TimeZone::UTC)
        } else {
            TimeZone::get(&self.zone)
        };
        let instant = own.and_then(|own| own.to_timestamp(self.at));
        instant.map_or(self.at, |instant| zone.to_datetime(instant))
    }
}

/// The times of a property; of a period its beginning.
pub fn read(line: &Line<'_>, zones: &Zones) -> Result<Vec<Moment>, Message> {
    let zone = match line.parameter("TZID") {
        Some(name) => zones.find(name).ok_or_else(|| {
            Message::new("ical-zone-unknown")
                .with("zone", name.chars().take(60).collect::<String>())
        })?,
        None => zones.floating.clone(),
    };
    let day = line
        .parameter("VALUE")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"));
    line.value
        .split(',')
        .map(|value| {
            let value = value.trim().split('/').next().unwrap_or_default();
            let refuse = || {
                Message::new("ical-time").with("value", value.chars().take(40).collect::<String>())
            };
            let (at, utc, timed) = read_basic(value).ok_or_else(refuse)?;
            let zone = if utc { "UTC".to_owned() } else { zone.clone() };
            Ok(Moment {
                at,
                timed: timed && !day,
                utc,
                zone,
            })
        })
        .collect()
}

/// Minutes of `PT1H30M`, `P2D`, `-PT15M`; seconds are passed over. A day is 24 hours of the clock on
/// the wall. `None` for what is no duration.
pub fn duration(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_uppercase();
    let (sign, text) = match text.split_at_checked(1)? {
        ("-", rest) => (-1, rest),
        ("+", rest) => (1, rest),
        _ => (1, text.as_str()),
    };
    let mut rest = text.strip_prefix('P')?;
    let mut time = false;
    let mut seconds: i64 = 0;
    let mut parts = 0;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            time = true;
            rest = after;
            continue;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: i64 = rest[..end].parse().ok()?;
        let unit = match (rest.as_bytes()[end], time) {
            (b'W', false) => 7 * 86_400,
            (b'D', false) => 86_400,
            (b'H', true) => 3_600,
            (b'M', true) => 60,
            (b'S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        parts += 1;
        rest = &rest[end + 1..];
    }
    (parts > 0).then_some(sign * seconds / 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn lengths() {
        for (text, minutes) in [
            ("PT1H30M", 90),
            ("P2D", 2_880),
            ("P1W", 10_080),
            ("-PT15M", -15),
            ("P1DT2H", 1_560),
            ("PT90S", 1),
        ] {
            assert_eq!(duration(text), Some(minutes), "{text}");
        }
        for wrong in [
            "",
            "P",
            "PT",
            "1H",
            "PT1",
            "P1H",
            "PTåM",
            "P99999999999999999999D",
        ] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_is_said_in_another_zone() {
        let moment = Moment {
            at: date(2026, 7, 1).at(16, 0, 0, 0),
            timed: true,
            utc: true,
            zone: "UTC".to_owned(),
        };
        let city = torg_kernel::zone();
        assert_eq!(moment.in_zone(&city), date(2026, 7, 1).at(18, 0, 0, 0));
        assert_eq!(
            city.to_timestamp(moment.in_zone(&city)).ok(),
            TimeZone::UTC.to_timestamp(moment.at).ok()
        );
    }
}
