//! What there is to know of a day.

use jiff::civil::Date;
use torg_kernel::Locale;

use crate::entry::{Entry, Sort};
use crate::rules::{RuleDay, is_bridge_day, rule_days};

/// What sort of named day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A day of the city's own.
    Own,
    /// A public holiday by law (1989:253). Ordinary Sundays are not: they have no name.
    Holiday,
    /// The day before a holiday, where it has a name.
    Eve,
    /// A single working day between two days off.
    BridgeDay,
}

/// A name that a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// By rule, every year.
    Rule(RuleDay),
    /// A bridge day.
    Bridge,
    /// By the city.
    Own(&'a Entry),
}

impl<'a> Named<'a> {
    /// What sort it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Rule(day) if day.is_holiday() => Kind::Holiday,
            Self::Rule(_) => Kind::Eve,
            Self::Bridge => Kind::BridgeDay,
            Self::Own(_) => Kind::Own,
        }
    }

    /// What it is called in stored plans.
    #[must_use]
    pub fn key(&self) -> &'a str {
        match self {
            Self::Rule(day) => day.key(),
            Self::Bridge => "bridge_day",
            Self::Own(entry) => &entry.data.key,
        }
    }

    /// The key of its name in the translations; `None` for what the city named itself.
    #[must_use]
    pub const fn fluent(&self) -> Option<&'static str> {
        match self {
            Self::Rule(day) => Some(day.fluent()),
            Self::Bridge => Some("almanac-bridge-day"),
            Self::Own(_) => None,
        }
    }

    /// The name that the city gave it; `None` for those of the translations.
    #[must_use]
    pub fn own_name(&self, locale: Locale) -> Option<&'a str> {
        match self {
            Self::Own(entry) => Some(entry.data.name(locale)),
            _ => None,
        }
    }
}

/// The city's calendar of days. Holds only what is rows; cheap to ask, and small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Almanac {
    /// By first day.
    entries: Vec<Entry>,
}

/// All that plans of hours ask of a day, asked once for many plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFacts<'a> {
    /// The day.
    pub date: Date,
    /// 0 is Monday.
    pub weekday: usize,
    /// Whether the number of its ISO week is odd.
    pub odd_week: bool,
    /// Which of its weekday it is in the month: 1–5.
    pub nth: i8,
    /// Whether it is the last of its weekday in the month.
    pub last: bool,
    /// The names it has, the city's own first.
    pub names: Vec<Named<'a>>,
    /// The breaks it lies in.
    pub breaks: Vec<&'a Entry>,
}

impl Almanac {
    /// From entries in any order.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|one, other| {
            (one.data.first, &one.data.key).cmp(&(other.data.first, &other.data.key))
        });
        Self { entries }
    }

    /// All entries by first day.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The holiday on a day, if it is one by law (1989:253). An ordinary Sunday is none.
    #[must_use]
    pub fn holiday(&self, on: Date) -> Option<Named<'_>> {
        let mut days = rule_days(on).into_iter();
        days.find(|day| day.is_holiday()).map(Named::Rule)
    }

    /// All names of a day: the city's own first, then holiday, eve, bridge day.
    #[must_use]
    pub fn named(&self, on: Date) -> Vec<Named<'_>> {
        let own = self.on(on).filter(|entry| entry.data.sort == Sort::Own);
        let mut names: Vec<Named<'_>> = own.map(Named::Own).collect();
        let by_rule = rule_days(on);
        let ordinary = by_rule.is_empty();
        names.extend(by_rule.into_iter().map(Named::Rule));
        // An eve that is a bridge day too keeps its name; nobody says both.
        if ordinary && is_bridge_day(on) {
            names.push(Named::Bridge);
        }
        names
    }

    fn on(&self, on: Date) -> impl Iterator<Item = &Entry> {
        let begun = self
            .entries
            .iter()
            .take_while(move |it| it.data.first <= on);
        begun.filter(move |entry| entry.data.last >= on)
    }

    /// Breaks of the schools that have a day from one day to another, both included, by first day.
    #[must_use]
    pub fn breaks(&self, from: Date, to: Date) -> Vec<&Entry> {
        let begun = self.entries.iter().take_while(|it| it.data.first <= to);
        begun
            .filter(|entry| entry.data.sort == Sort::Break && entry.data.last >= from)
            .collect()
    }

    /// The break with a key that a day lies in, or else the next one.
    #[must_use]
    pub fn next_break(&self, key: &str, from: Date) -> Option<&Entry> {
        let own = |entry: &&Entry| entry.data.sort == Sort::Break && entry.data.key == key;
        self.entries
            .iter()
            .filter(own)
            .find(|entry| entry.data.last >= from)
    }

    /// What plans of hours ask of a day.
    #[must_use]
    pub fn day(&self, on: Date) -> DayFacts<'_> {
        let breaks = self.on(on).filter(|entry| entry.data.sort == Sort::Break);
        DayFacts {
            date: on,
            weekday: usize::from(on.weekday().to_monday_zero_offset().unsigned_abs()),
            odd_week: on.iso_week_date().week() % 2 != 0,
            nth: (on.day() - 1) / 7 + 1,
            last: on.day() + 7 > on.days_in_month(),
            names: self.named(on),
            breaks: breaks.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::EntryInput;
    use jiff::civil::date;
    use torg_kernel::{AlmanacEntryId, SeededIds, Timestamp};

    fn almanac() -> Almanac {
        let ids = SeededIds::new(1);
        let entry = |sort, key: &str, first, last| Entry {
            id: AlmanacEntryId::new(&ids, Timestamp::default()),
            data: EntryInput {
                sort,
                key: key.to_owned(),
                name_sv: "Eget namn".to_owned(),
                name_en: "Own name".to_owned(),
                first,
                last,
            },
        };
        Almanac::new(vec![
            entry(
                Sort::Break,
                "autumn_break",
                date(2026, 10, 26),
                date(2026, 10, 30),
            ),
            entry(
                Sort::Break,
                "christmas_break",
                date(2025, 12, 22),
                date(2026, 1, 8),
            ),
            entry(
                Sort::Own,
                "staff_day",
                date(2026, 12, 24),
                date(2026, 12, 24),
            ),
        ])
    }

    #[test]
    fn a_day_tells_all_its_names() {
        let almanac = almanac();
        let kinds = |on| {
            let names = almanac.named(on);
            names.iter().map(Named::kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(date(2026, 12, 24)), [Kind::Own, Kind::Eve]);
        assert_eq!(kinds(date(2026, 5, 15)), [Kind::BridgeDay]);
        assert_eq!(kinds(date(2026, 4, 5)), [Kind::Holiday]);
        assert!(kinds(date(2026, 4, 12)).is_empty(), "a Sunday has no name");
        assert_eq!(kinds(date(2008, 5, 1)), [Kind::Holiday, Kind::Holiday]);
        assert_eq!(almanac.holiday(date(2026, 12, 24)), None);
        assert_eq!(
            almanac.holiday(date(2026, 12, 25)).map(|it| it.key()),
            Some("christmas_day")
        );
        let own = almanac.named(date(2026, 12, 24));
        assert_eq!(own[0].own_name(Locale::EN), Some("Own name"));
        assert_eq!(own[1].fluent(), Some("almanac-christmas-eve"));
    }

    #[test]
    fn breaks_and_facts_of_a_day() {
        let almanac = almanac();
        let keys = |from, to| {
            let found = almanac.breaks(from, to);
            found
                .iter()
                .map(|it| it.data.key.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            keys(date(2026, 1, 8), date(2026, 10, 26)),
            ["christmas_break", "autumn_break"]
        );
        assert!(keys(date(2026, 1, 9), date(2026, 10, 25)).is_empty());
        let next = almanac.next_break("autumn_break", date(2026, 10, 30));
        assert_eq!(next.map(|it| it.data.first), Some(date(2026, 10, 26)));
        assert_eq!(almanac.next_break("autumn_break", date(2026, 10, 31)), None);
        let day = almanac.day(date(2026, 10, 27));
        assert_eq!(
            (
                day.weekday,
                day.odd_week,
                day.nth,
                day.last,
                day.breaks.len()
            ),
            (1, false, 4, true, 1)
        );
        let day = almanac.day(date(2027, 1, 1));
        assert!(day.odd_week && day.nth == 1 && !day.last, "week 53 of 2026");
    }
}
