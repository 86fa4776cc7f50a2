//! Days with a name that follow from a rule. Pure.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

macro_rules! rule_days {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $fluent:literal, $holiday:literal;)+) => {
        /// A day that has a name every year.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleDay { $($(#[$doc])* $name),+ }

        impl RuleDay {
            /// Every named day, in the order of an ordinary year.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// The key of its name in the translations.
            #[must_use]
            pub const fn fluent(self) -> &'static str {
                match self { $(Self::$name => $fluent),+ }
            }

            /// Whether it is a public holiday by law (1989:253); else it is an eve. Sundays are
            /// holidays by the same law, but have no name here.
            #[must_use]
            pub const fn is_holiday(self) -> bool {
                match self { $(Self::$name => $holiday),+ }
            }
        }
    };
}

rule_days! {
    /// Nyårsdagen, 1 January.
    NewYearsDay = "new_years_day", "almanac-new-years-day", true;
    /// Trettondagsafton, 5 January.
    TwelfthNight = "twelfth_night", "almanac-twelfth-night", false;
    /// Trettondedag jul, 6 January.
    Epiphany = "epiphany", "almanac-epiphany", true;
    /// Skärtorsdagen, three days before Easter.
    MaundyThursday = "maundy_thursday", "almanac-maundy-thursday", false;
    /// Långfredagen, two days before Easter.
    GoodFriday = "good_friday", "almanac-good-friday", true;
    /// Påskafton, the day before Easter.
    EasterEve = "easter_eve", "almanac-easter-eve", false;
    /// Påskdagen.
    EasterDay = "easter_day", "almanac-easter-day", true;
    /// Annandag påsk, the day after Easter.
    EasterMonday = "easter_monday", "almanac-easter-monday", true;
    /// Valborgsmässoafton, 30 April.
    WalpurgisEve = "walpurgis_eve", "almanac-walpurgis-eve", false;
    /// Första maj.
    MayDay = "may_day", "almanac-may-day", true;
    /// Kristi himmelsfärdsdag, 39 days after Easter.
    Ascension = "ascension_day", "almanac-ascension-day", true;
    /// Pingstafton, 48 days after Easter.
    PentecostEve = "pentecost_eve", "almanac-pentecost-eve", false;
    /// Pingstdagen, 49 days after Easter.
    Pentecost = "pentecost", "almanac-pentecost", true;
    /// Sveriges nationaldag, 6 June.
    NationalDay = "national_day", "almanac-national-day", true;
    /// Midsommarafton, the Friday before midsummer's day.
    MidsummerEve = "midsummer_eve", "almanac-midsummer-eve", false;
    /// Midsommardagen, the Saturday from 20 to 26 June.
    MidsummerDay = "midsummer_day", "almanac-midsummer-day", true;
    /// Allhelgonaafton, the day before All Saints' Day.
    AllSaintsEve = "all_saints_eve", "almanac-all-saints-eve", false;
    /// Alla helgons dag, the Saturday from 31 October to 6 November.
    AllSaintsDay = "all_saints_day", "almanac-all-saints-day", true;
    /// Julafton, 24 December.
    ChristmasEve = "christmas_eve", "almanac-christmas-eve", false;
    /// Juldagen, 25 December.
    ChristmasDay = "christmas_day", "almanac-christmas-day", true;
    /// Annandag jul, 26 December.
    BoxingDay = "boxing_day", "almanac-boxing-day", true;
    /// Nyårsafton, 31 December.
    NewYearsEve = "new_years_eve", "almanac-new-years-eve", false;
}

impl RuleDay {
    /// The day with a stored name.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|day| day.key() == key)
    }

    /// When it is in a year; `None` outside the calendar that can be counted with.
    #[must_use]
    pub fn date(self, year: i16) -> Option<Date> {
        let from_easter = |days: i64| easter(year)?.checked_add(days.days()).ok();
        let on = |month, day| Date::new(year, month, day).ok();
        let saturday = |month, day| {
            let first = Date::new(year, month, day).ok()?;
            let ahead = (5 - i64::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
            first.checked_add(ahead.days()).ok()
        };
        let before = |day: Option<Date>| day?.yesterday().ok();
        match self {
            Self::NewYearsDay => on(1, 1),
            Self::TwelfthNight => on(1, 5),
            Self::Epiphany => on(1, 6),
            Self::MaundyThursday => from_easter(-3),
            Self::GoodFriday => from_easter(-2),
            Self::EasterEve => from_easter(-1),
            Self::EasterDay => from_easter(0),
            Self::EasterMonday => from_easter(1),
            Self::WalpurgisEve => on(4, 30),
            Self::MayDay => on(5, 1),
            Self::Ascension => from_easter(39),
            Self::PentecostEve => from_easter(48),
            Self::Pentecost => from_easter(49),
            Self::NationalDay => on(6, 6),
            Self::MidsummerEve => before(saturday(6, 20)),
            Self::MidsummerDay => saturday(6, 20),
            Self::AllSaintsEve => before(saturday(10, 31)),
            Self::AllSaintsDay => saturday(10, 31),
            Self::ChristmasEve => on(12, 24),
            Self::ChristmasDay => on(12, 25),
            Self::BoxingDay => on(12, 26),
            Self::NewYearsEve => on(12, 31),
        }
    }

    /// Whether it is a day off for most people without being a holiday by law: the eves that the
    /// act on annual leave (1977:480) counts as Sundays.
    const fn is_free_eve(self) -> bool {
        matches!(
            self,
            Self::MidsummerEve | Self::ChristmasEve | Self::NewYearsEve
        )
    }
}

/// Easter Day of a year in the Gregorian calendar (the anonymous computus in Meeus, Astronomical
/// Algorithms, chapter 8). `None` before the calendar began in 1583.
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let part = |value: i32| i8::try_from(value).ok();
    Date::new(year, part(sum / 31)?, part(sum % 31 + 1)?).ok()
}

/// The named days that fall on a date: none for most, two now and then (1 May 2008 was Ascension
/// Day too).
#[must_use]
pub fn rule_days(on: Date) -> Vec<RuleDay> {
    // No named day lies in these months, and most questions are about such days.
    if matches!(on.month(), 2 | 7 | 8 | 9) {
        return Vec::new();
    }
    let year = on.year();
    let mut found = Vec::new();
    let Some(easter) = easter(year) else {
        return found;
    };
    let after = i64::from((on - easter).get_days());
    if let Some(day) = match after {
        -3 => Some(RuleDay::MaundyThursday),
        -2 => Some(RuleDay::GoodFriday),
        -1 => Some(RuleDay::EasterEve),
        0 => Some(RuleDay::EasterDay),
        1 => Some(RuleDay::EasterMonday),
        39 => Some(RuleDay::Ascension),
        48 => Some(RuleDay::PentecostEve),
        49 => Some(RuleDay::Pentecost),
        _ => None,
    } {
        found.push(day);
    }
    let weekday = on.weekday();
    let (friday, saturday) = (weekday == Weekday::Friday, weekday == Weekday::Saturday);
    if let Some(day) = match (on.month(), on.day()) {
        (1, 1) => Some(RuleDay::NewYearsDay),
        (1, 5) => Some(RuleDay::TwelfthNight),
        (1, 6) => Some(RuleDay::Epiphany),
        (4, 30) => Some(RuleDay::WalpurgisEve),
        (5, 1) => Some(RuleDay::MayDay),
        (6, 6) => Some(RuleDay::NationalDay),
        (6, 19..=25) if friday => Some(RuleDay::MidsummerEve),
        (6, 20..=26) if saturday => Some(RuleDay::MidsummerDay),
        (10, 30 | 31) | (11, 1..=5) if friday => Some(RuleDay::AllSaintsEve),
        (10, 31) | (11, 1..=6) if saturday => Some(RuleDay::AllSaintsDay),
        (12, 24) => Some(RuleDay::ChristmasEve),
        (12, 25) => Some(RuleDay::ChristmasDay),
        (12, 26) => Some(RuleDay::BoxingDay),
        (12, 31) => Some(RuleDay::NewYearsEve),
        _ => None,
    } {
        found.push(day);
    }
    found.sort_unstable_by_key(|day| !day.is_holiday());
    found
}

/// Whether most people are off on a date: Saturdays, Sundays, holidays, and Midsummer's, Christmas
/// and New Year's Eve.
#[must_use]
pub fn is_day_off(on: Date) -> bool {
    matches!(on.weekday(), Weekday::Saturday | Weekday::Sunday)
        || rule_days(on)
            .iter()
            .any(|day| day.is_holiday() || day.is_free_eve())
}

/// Whether a date is a bridge day: a single working day between two days off.
#[must_use]
pub(crate) fn is_bridge_day(on: Date) -> bool {
    let off = |day: Result<Date, jiff::Error>| day.is_ok_and(is_day_off);
    // The days beside it are asked first: most weeks have no holiday in them.
    !is_day_off(on) && off(on.yesterday()) && off(on.tomorrow())
}

/// Years for which rules are asked about at all; the law on the days is of 1989 and the national
/// day is a holiday since 2005.
#[must_use]
pub(crate) const fn first_year() -> Date {
    date(2005, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_where_the_tables_have_it() {
        // Dates of the Church of Sweden's almanac, with the earliest and the latest of the century.
        for (year, month, day) in [
            (2005, 3, 27),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2035, 3, 25),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
        assert_eq!(easter(1582), None);
    }

    #[test]
    fn asking_by_day_and_by_name_gives_the_same() {
        for year in 1990..2100 {
            let mut by_name: Vec<(Date, RuleDay)> = RuleDay::ALL
                .iter()
                .map(|day| (day.date(year).expect("in the calendar"), *day))
                .collect();
            let mut by_date = Vec::new();
            let mut on = date(year, 1, 1);
            while on.year() == year {
                by_date.extend(rule_days(on).into_iter().map(|day| (on, day)));
                on = on.tomorrow().expect("in the calendar");
            }
            by_name.sort_unstable();
            by_date.sort_unstable();
            assert_eq!(by_date, by_name, "{year}");
        }
    }

    #[test]
    fn bridge_days_lie_between_days_off() {
        let bridges = |year: i16| {
            let mut on = date(year, 1, 1);
            let mut found = Vec::new();
            while on.year() == year {
                if is_bridge_day(on) {
                    found.push((on.month(), on.day()));
                }
                on = on.tomorrow().expect("in the calendar");
            }
            found
        };
        // 2 January and 5 January about Epiphany, 15 May after Ascension Day.
        assert_eq!(bridges(2026), [(1, 2), (1, 5), (5, 15)]);
        assert!(bridges(2027).contains(&(5, 7)));
    }

    #[test]
    fn names_are_read_back() {
        for day in RuleDay::ALL {
            assert_eq!(RuleDay::parse(day.key()), Some(*day));
        }
        assert_eq!(RuleDay::parse("christmas"), None);
    }
}
