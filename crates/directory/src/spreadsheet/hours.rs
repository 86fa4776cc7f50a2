//! Hours in cells, beside the seven of the ordinary week: certain weeks, periods, named days and dates,
//! with `|` between them.
//!
//! | column          | a cell                                                                     |
//! |-----------------|----------------------------------------------------------------------------|
//! | `hours_weeks`   | `first tue: 12:00-19:00 \| even_weeks mon,wed: closed`                     |
//! | `hours_periods` | `2026-06-01/2026-08-31: mon 10:00-14:00; last wed closed \| sport_break: closed` |
//! | `hours_days`    | `christmas_eve: closed \| eves: until 13:00 \| holidays: as usual`         |
//! | `hours_dates`   | `2026-12-23: 10:00-15:00 \| 2026-12-24/2026-12-26: closed`                 |
//!
//! Names and notes have no place in a cell: they stay with what is about the same weeks or days.

use jiff::civil::Date;
use torg_kernel::Message;

use super::columns::Refused;
use crate::hours::{
    Cell, DAY_NAMES, DayRule, During, Exception, Hours, Instead, On, Period, Span, Turn, Weekly,
    When,
};
use crate::model::Words;

/// A part of a plan that has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HoursColumn {
    Weeks,
    Periods,
    Days,
    Dates,
}

impl HoursColumn {
    const fn example(self) -> &'static str {
        match self {
            Self::Weeks => "first tue: 12:00-19:00 | even_weeks mon,wed: closed",
            Self::Periods => "2026-06-01/2026-08-31: mon 10:00-14:00; last wed closed",
            Self::Days => "christmas_eve: closed | eves: until 13:00",
            Self::Dates => "2026-12-23: 10:00-15:00 | 2026-12-24/2026-12-26: closed",
        }
    }

    /// What the cell of a plan says.
    pub(super) fn read(self, hours: &Hours) -> String {
        let all: Vec<String> = match self {
            Self::Weeks => hours
                .turns
                .iter()
                .map(|own| format!("{}: {}", weeks(own), spans(&own.spans)))
                .collect(),
            Self::Periods => hours.periods.iter().map(period).collect(),
            Self::Days => hours.days.iter().map(rule).collect(),
            Self::Dates => hours.exceptions.iter().map(exception).collect(),
        };
        all.join(" | ")
    }

    /// Puts what a cell says into a plan.
    pub(super) fn write(self, hours: &mut Hours, cell: &str) -> Result<(), Refused> {
        match self {
            Self::Weeks => hours.turns = self.all(cell, |own| read_turn(own, &hours.turns))?,
            Self::Periods => {
                hours.periods = self.all(cell, |own| read_period(own, &hours.periods))?;
            }
            Self::Days => hours.days = self.all(cell, |own| read_rule(own, &hours.days))?,
            Self::Dates => {
                let before = &hours.exceptions;
                hours.exceptions = self.all(cell, |own| read_exception(own, before))?;
            }
        }
        Ok(())
    }

    /// All parts of a cell.
    fn all<V>(self, cell: &str, read: impl Fn(&str) -> Option<V>) -> Result<Vec<V>, Refused> {
        let parts = cell.split('|').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| {
                read(part).ok_or_else(|| {
                    let short: String = part.chars().take(80).collect();
                    let message = Message::new("csv-error-plan").with("value", short);
                    message.with("example", self.example())
                })
            })
            .collect()
    }
}

fn spans(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    let all: Vec<String> = spans.iter().map(ToString::to_string).collect();
    all.join(", ")
}

fn weeks(turn: &Turn) -> String {
    format!("{} {}", turn.when.as_str(), turn.days.join(","))
}

fn during(during: &During) -> String {
    match during {
        During::Dates(from, to) => {
            let to = to.map_or_else(String::new, |to| to.to_string());
            format!("{from}/{to}")
        }
        During::Yearly(from, to) => format!("{from}/{to}"),
        During::Break(key) => key.clone(),
    }
}

fn period(period: &Period) -> String {
    let days = period.weekly.days().into_iter().zip(DAY_NAMES);
    let days = days.filter(|(spans, _)| !spans.is_empty());
    let days = days.map(|(own, name)| format!("{name} {}", spans(own)));
    let turns = period.turns.iter();
    let turns = turns.map(|own| format!("{} {}", weeks(own), spans(&own.spans)));
    let all: Vec<String> = days.chain(turns).collect();
    let said = match all.is_empty() {
        true => "closed".to_owned(),
        false => all.join("; "),
    };
    format!("{}: {said}", during(&period.during))
}

fn rule(rule: &DayRule) -> String {
    let said = match &rule.said {
        Instead::Spans(own) => spans(own),
        Instead::AsUsual => "as usual".to_owned(),
        Instead::Until(end) => format!("until {:02}:{:02}", end / 60, end % 60),
    };
    format!("{}: {said}", rule.on.key())
}

fn exception(own: &Exception) -> String {
    let days = match own.to {
        Some(to) => format!("{}/{to}", own.date),
        None => own.date.to_string(),
    };
    let said = match own.as_usual {
        true => "as usual".to_owned(),
        false => spans(&own.spans),
    };
    format!("{days}: {said}")
}

/// “What: hours” in two.
fn two(part: &str) -> Option<(&str, &str)> {
    let (what, said) = part.split_once(": ")?;
    Some((what.trim(), said.trim()))
}

/// Hours or closed; no cell is empty here by mistake.
fn read_spans(text: &str) -> Option<Vec<Span>> {
    match Cell::read(text)? {
        Cell::Empty => None,
        cell => cell.spans(),
    }
}

fn read_weeks(when: &str, days: &str) -> Option<(When, Vec<String>)> {
    let when = When::parse(when)?;
    let days = days.split(',').map(str::trim);
    let known = |day: &str| DAY_NAMES.contains(&day).then(|| day.to_owned());
    Some((when, days.map(known).collect::<Option<_>>()?))
}

fn turn_of((when, mut days): (When, Vec<String>), spans: Vec<Span>, before: &[Turn]) -> Turn {
    days.sort_by_key(|day| DAY_NAMES.iter().position(|own| own == day));
    let old = before
        .iter()
        .find(|own| own.when == when && own.days == days);
    Turn {
        note: old.map(|old| old.note.clone()).unwrap_or_default(),
        days,
        when,
        spans,
    }
}

fn read_turn(part: &str, before: &[Turn]) -> Option<Turn> {
    let (weeks, said) = two(part)?;
    let (when, days) = weeks.split_once(' ')?;
    let weeks = read_weeks(when, days)?;
    Some(turn_of(weeks, read_spans(said)?, before))
}

fn read_during(text: &str) -> Option<During> {
    let Some((from, to)) = text.split_once('/') else {
        return torg_almanac::is_key(text).then(|| During::Break(text.to_owned()));
    };
    let (from, to) = (from.trim(), to.trim());
    if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
        return Some(During::Yearly(from, to));
    }
    let to = match to {
        "" => None,
        to => Some(to.parse::<Date>().ok()?),
    };
    Some(During::Dates(from.parse().ok()?, to))
}

fn read_period(part: &str, before: &[Period]) -> Option<Period> {
    let (when, said) = two(part)?;
    let during = read_during(when)?;
    let old = before.iter().find(|own| own.during == during);
    let mut weekly = Weekly::default();
    let mut turns = Vec::new();
    let own = said.split(';').map(str::trim);
    for day in own.filter(|day| !day.is_empty() && *day != "closed") {
        let (name, rest) = day.split_once(' ')?;
        if let Some(at) = DAY_NAMES.iter().position(|own| *own == name) {
            *weekly.days_mut()[at] = read_spans(rest)?;
        } else {
            let (days, said) = rest.trim().split_once(' ')?;
            let before = old.map_or(&[][..], |old| &old.turns);
            turns.push(turn_of(read_weeks(name, days)?, read_spans(said)?, before));
        }
    }
    let words = |words: fn(&Period) -> &Words| old.map(words).cloned().unwrap_or_default();
    Some(Period {
        name: words(|old| &old.name),
        note: words(|old| &old.note),
        during,
        weekly,
        turns,
    })
}

fn read_rule(part: &str, before: &[DayRule]) -> Option<DayRule> {
    let (on, said) = two(part)?;
    let on = On::parse(on)?;
    let said = match Cell::read(said)? {
        Cell::Empty => return None,
        Cell::Closed => Instead::Spans(Vec::new()),
        Cell::Spans(spans) => Instead::Spans(spans),
        Cell::Until(end) => Instead::Until(end),
        Cell::AsUsual => Instead::AsUsual,
    };
    let old = before.iter().find(|own| own.on == on);
    let note = old.map(|old| old.note.clone()).unwrap_or_default();
    Some(DayRule { on, said, note })
}

fn read_exception(part: &str, before: &[Exception]) -> Option<Exception> {
    let (days, said) = two(part)?;
    let (date, to) = match days.split_once('/') {
        Some((date, to)) => (date, Some(to.trim().parse().ok()?)),
        None => (days, None),
    };
    let date = date.trim().parse().ok()?;
    let cell = Cell::read(said)?;
    let as_usual = cell == Cell::AsUsual;
    let spans = match cell {
        Cell::AsUsual => Vec::new(),
        Cell::Empty => return None,
        cell => cell.spans()?,
    };
    let old = before.iter().find(|own| own.date == date && own.to == to);
    let mut own = Exception {
        to,
        as_usual,
        ..Exception::new(date, spans, Words::default())
    };
    if let Some(old) = old {
        own.note = old.note.clone();
        // One that is as it was still belongs to the change that it came with.
        if old.as_usual == own.as_usual && old.spans == own.spans {
            own.change = old.change;
        }
    }
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [HoursColumn; 4] = [
        HoursColumn::Weeks,
        HoursColumn::Periods,
        HoursColumn::Days,
        HoursColumn::Dates,
    ];

    /// The plan without what has no place in a cell.
    fn bare(hours: &Hours) -> Hours {
        let mut hours = hours.clone();
        hours.note = Words::default();
        let periods = hours.periods.iter_mut();
        let inner = periods.flat_map(|own| {
            own.name = Words::default();
            own.note = Words::default();
            own.turns.iter_mut()
        });
        for turn in inner {
            turn.note = Words::default();
        }
        for turn in &mut hours.turns {
            turn.note = Words::default();
        }
        for rule in &mut hours.days {
            rule.note = Words::default();
        }
        for own in &mut hours.exceptions {
            own.note = Words::default();
            own.change = None;
        }
        hours
    }

    fn there_and_back(hours: &Hours, onto: &Hours) -> Hours {
        let mut back = onto.clone();
        back.weekly = hours.weekly.clone();
        for column in ALL {
            let cell = column.read(hours);
            column
                .write(&mut back, &cell)
                .unwrap_or_else(|fault| panic!("{cell}: {fault:?}"));
        }
        back
    }

    #[test]
    fn plans_of_the_demo_go_there_and_back() {
        let units = crate::parse_units(include_bytes!("../../../../demo/units.json"));
        let plans = units.expect("the demo is right").into_iter();
        let plans: Vec<Hours> = plans.filter_map(|unit| unit.data.hours).collect();
        let some = |has: fn(&Hours) -> bool| plans.iter().filter(|own| has(own)).count();
        assert!(
            some(|own| !own.turns.is_empty()) > 2,
            "odd weeks and the like"
        );
        assert!(some(|own| !own.periods.is_empty()) > 2);
        assert!(some(|own| !own.days.is_empty()) > 2);
        for hours in &plans {
            let new = there_and_back(hours, &Hours::default());
            assert_eq!(new, bare(hours), "all but names and notes");
            assert_eq!(there_and_back(hours, hours), *hours, "names and notes stay");
        }
    }

    #[test]
    fn every_kind_of_recurring_exception_goes_there_and_back() {
        let json = r#"{"weekly":{"mon":["22:00-02:00"]},
            "turns":[{"days":["tue","sun"],"when":"first","spans":["12:00-19:00","20:00-21:00 phone"],"note":{"sv":"Städdag"}},
                {"days":["fri"],"when":"odd_weeks","spans":[]}],
            "periods":[{"from":"2026-06-01","name":{"sv":"Sommar"},"weekly":{"mon":["10:00-14:00"]},"turns":[{"days":["wed"],"when":"last","spans":["10:00-12:00 self_service"],"note":{"en":"Late"}}]},
                {"break":"sport_break","weekly":{}},{"from":"11-01","to":"03-31","weekly":{"sun":["00:00-24:00 self_service"]}}],
            "days":[{"on":"christmas_eve","as_usual":true},{"on":"holidays","spans":[]},{"on":"eves","until":"13:30","note":{"sv":"Tidigt"}}],
            "exceptions":[{"date":"2026-12-23","to":"2026-12-24","spans":["10:00-15:00"],"change":"00000000-0000-7000-8000-000000000001"},{"date":"2026-12-30","spans":[],"as_usual":true}]}"#;
        let mut hours: Hours = serde_json::from_str(json).expect("the test's own");
        hours.tidy();
        assert_eq!(there_and_back(&hours, &hours), hours);
        assert_eq!(there_and_back(&hours, &Hours::default()), bare(&hours));
        // Another time on the same days is nobody's bulk change any more; the note stays.
        let mut other = hours.clone();
        let cell = HoursColumn::Dates.read(&hours).replace("15:00", "14:00");
        HoursColumn::Dates.write(&mut other, &cell).expect("reads");
        assert_eq!(other.exceptions[0].change, None);
        // An empty cell takes all away.
        for column in ALL {
            column.write(&mut other, "").expect("empty");
        }
        let (turns, periods) = (other.turns.len(), other.periods.len());
        assert_eq!(
            (turns, periods, other.days.len(), other.exceptions.len()),
            (0, 0, 0, 0)
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let wrong = [
            (HoursColumn::Weeks, "first tue"),
            (HoursColumn::Weeks, "first: 10-12"),
            (HoursColumn::Weeks, "sixth tue: 10-12"),
            (HoursColumn::Weeks, "first tisdag: 10-12"),
            (HoursColumn::Weeks, "first tue: som vanligt"),
            (HoursColumn::Periods, "2026-06-01: mon 10-12"),
            (HoursColumn::Periods, "2026-06-01/juli: mon 10-12"),
            (HoursColumn::Periods, "06-01/2026-08-31: mon 10-12"),
            (HoursColumn::Periods, "sport_break: mon"),
            (HoursColumn::Days, "christmas_eve: kanske"),
            (HoursColumn::Days, "Jul afton: 10-12"),
            (HoursColumn::Dates, "23 december: 10-12"),
            (HoursColumn::Dates, "2026-12-23: till 13"),
            (HoursColumn::Dates, "2026-12-23/: closed"),
        ];
        for (column, cell) in wrong {
            let mut hours = Hours::default();
            assert!(column.write(&mut hours, cell).is_err(), "{cell}");
            assert_eq!(hours, Hours::default());
        }
    }
}
