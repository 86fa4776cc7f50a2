//! When the time for appeal ends. Pure.
//!
//! Days are the city's civil days; instants are made of them only where something is shown or taken
//! away. The holidays are worked out, so no table has to be kept up to date; the price is that a
//! change of the law on holidays is a change of this file.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use torg_kernel::{Timestamp, zone};

/// The numbers of the notice board, each with the law's own as default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeSettings {
    /// Days from the posting of adjusted minutes to the end of the time for appeal: three weeks by
    /// kommunallagen (2017:725) 13:5.
    pub appeal_days: u16,
    /// Days from the adjustment of minutes to the day by which they must be posted: the second day
    /// by kommunallagen (2017:725) 8:12.
    pub adjusted_days: u16,
    /// Days before a meeting of the full council by which it must be posted: a week by
    /// kommunallagen (2017:725) 5:13.
    pub council_days: u16,
    /// Days that an announcement stays when nothing else is said. No law says it.
    pub announcement_days: u16,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            appeal_days: 21,
            adjusted_days: 2,
            council_days: 7,
            announcement_days: 21,
        }
    }
}

/// The day so many days later; the last day there is at the end of the calendar.
#[must_use]
pub fn plus_days(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}

impl NoticeSettings {
    /// The last day on which an appeal is in time: the number of days counted from the day after the
    /// posting, moved on to the next weekday.
    #[must_use]
    pub fn appeal_until(&self, posted_on: Date) -> Date {
        next_weekday(plus_days(posted_on, i32::from(self.appeal_days)))
    }

    /// The last day on which adjusted minutes are posted in time.
    #[must_use]
    pub fn post_minutes_by(&self, adjusted_on: Date) -> Date {
        plus_days(adjusted_on, i32::from(self.adjusted_days))
    }

    /// The last day on which a meeting of the full council is posted in time.
    #[must_use]
    pub fn post_meeting_by(&self, meeting_on: Date) -> Date {
        plus_days(meeting_on, -i32::from(self.council_days))
    }
}

/// The day itself or, when a time set by law would end on a Saturday, a Sunday, another holiday,
/// Midsummer's Eve, Christmas Eve or New Year's Eve, the next weekday: lag (1930:173) om beräkning av
/// lagstadgad tid, section 2.
#[must_use]
pub fn next_weekday(day: Date) -> Date {
    let mut day = day;
    while day < Date::MAX && !is_weekday(day) {
        day = plus_days(day, 1);
    }
    day
}

fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Holidays by lag (1989:253) om allmänna helgdagar that may fall on a weekday, and the three eves of
/// lag (1930:173). Midsummer's Day, All Saints' Day, Easter Day and Whit Sunday are always on a
/// Saturday or Sunday.
fn is_holiday(day: Date) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1, 1 | 6) | (5, 1) | (6, 6) | (12, 24 | 25 | 26 | 31)
    );
    // The day before Midsummer's Day, which is the Saturday from the 20th to the 26th of June.
    let midsummer_eve =
        day.month() == 6 && (19..=25).contains(&day.day()) && day.weekday() == Weekday::Friday;
    let easter = easter_day(day.year());
    // Good Friday, Easter Monday, Ascension Day.
    let moving = [-2, 1, 39]
        .into_iter()
        .any(|days| plus_days(easter, days) == day);
    fixed || midsummer_eve || moving
}

/// Easter Day in the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Astronomical
/// Algorithms, chapter 8).
fn easter_day(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or(Date::MIN),
        _ => Date::MIN,
    }
}

/// The instant at which a day begins in the city.
#[must_use]
pub fn begins(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or_else(
        // Only at the ends of the calendar.
        |_| Timestamp::from_micros(i64::MAX),
        |zoned| Timestamp::from_micros(zoned.timestamp().as_microsecond()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_is_when_it_was_and_will_be() {
        for (year, month, day) in [
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_day(year), date(year, month, day));
        }
    }

    #[test]
    fn three_weeks_end_on_a_weekday() {
        let settings = NoticeSettings::default();
        for (posted, until) in [
            // Monday to Monday.
            (date(2026, 11, 16), date(2026, 12, 7)),
            // The 21st day is a Saturday, a Sunday.
            (date(2026, 10, 31), date(2026, 11, 23)),
            (date(2026, 11, 1), date(2026, 11, 23)),
            // Christmas Eve on a Thursday: over the holidays to Monday the 28th.
            (date(2026, 12, 3), date(2026, 12, 28)),
            // New Year's Eve on a Thursday; New Year's Day, Saturday, Sunday.
            (date(2026, 12, 10), date(2027, 1, 4)),
            // Epiphany on a Wednesday.
            (date(2026, 12, 16), date(2027, 1, 7)),
            // Good Friday to the Tuesday after Easter.
            (date(2026, 3, 13), date(2026, 4, 7)),
            // Ascension Day, Thursday 14 May 2026.
            (date(2026, 4, 23), date(2026, 5, 15)),
            // The first of May on a Friday.
            (date(2026, 4, 10), date(2026, 5, 4)),
            // Midsummer's Eve, Friday 19 June 2026.
            (date(2026, 5, 29), date(2026, 6, 22)),
            // The national day on a Monday (2022).
            (date(2022, 5, 16), date(2022, 6, 7)),
            // Whit Monday has been an ordinary Monday since 2005.
            (date(2026, 5, 4), date(2026, 5, 25)),
        ] {
            assert_eq!(settings.appeal_until(posted), until, "posted {posted}");
        }
        let longer = NoticeSettings {
            appeal_days: 28,
            ..settings
        };
        assert_eq!(longer.appeal_until(date(2026, 11, 16)), date(2026, 12, 14));
    }

    #[test]
    fn no_end_is_ever_on_a_day_off_or_more_than_five_days_late() {
        let mut day = date(2020, 1, 1);
        while day < date(2045, 1, 1) {
            let end = next_weekday(day);
            assert!(is_weekday(end), "{day}");
            assert!(end >= day && end <= plus_days(day, 5), "{day} → {end}");
            day = plus_days(day, 1);
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_city_whatever_the_clocks_do() {
        for (day, instant) in [
            (date(2026, 3, 3), "2026-03-02T23:00:00Z"),
            (date(2026, 3, 29), "2026-03-28T23:00:00Z"),
            (date(2026, 3, 30), "2026-03-29T22:00:00Z"),
            (date(2026, 10, 25), "2026-10-24T22:00:00Z"),
            (date(2026, 10, 26), "2026-10-25T23:00:00Z"),
        ] {
            assert_eq!(begins(day).rfc3339(), instant);
        }
    }

    #[test]
    fn the_other_days_of_the_law() {
        let settings = NoticeSettings::default();
        assert_eq!(
            settings.post_minutes_by(date(2026, 11, 12)),
            date(2026, 11, 14)
        );
        assert_eq!(
            settings.post_meeting_by(date(2026, 11, 26)),
            date(2026, 11, 19)
        );
    }
}
