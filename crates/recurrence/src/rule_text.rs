//! Rules as the text of RFC 5545 (section 3.3.10), and back.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::fault::Fault;
use crate::rule::{End, Frequency, OnWeekday, Rule};

/// Longest text that is looked at.
const MOST_TEXT: usize = 4_000;

impl Frequency {
    /// The name in RFC 5545.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

/// The two letters of a weekday.
const fn letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

fn weekday(letters: &str) -> Option<Weekday> {
    Some(match letters {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// `20260303T180000`.
pub fn basic(at: DateTime) -> String {
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// `20260303`.
pub fn basic_date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A basic date or date with time; whether it ended with `Z`; whether it had a time.
pub fn read_basic(text: &str) -> Option<(DateTime, bool, bool)> {
    let (text, utc) = text
        .strip_suffix(['Z', 'z'])
        .map_or((text, false), |rest| (rest, true));
    let digits = |from: usize, to: usize| -> Option<i16> {
        let part = text.get(from..to)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let small = |from: usize, to: usize| i8::try_from(digits(from, to)?).ok();
    let day = Date::new(digits(0, 4)?, small(4, 6)?, small(6, 8)?).ok()?;
    if text.len() == 8 {
        return (!utc).then(|| (day.to_datetime(Time::midnight()), false, false));
    }
    if text.len() != 15 || !matches!(text.as_bytes()[8], b'T' | b't') {
        return None;
    }
    // A leap second is the last that clocks on walls have.
    let second = small(13, 15)?;
    let second = if second == 60 { 59 } else { second };
    let time = Time::new(small(9, 11)?, small(11, 13)?, second, 0).ok()?;
    Some((day.to_datetime(time), utc, true))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, basic)
    }
}

impl Rule {
    /// The text, with UNTIL as the caller writes it: UTC for times in a zone, a day for whole days.
    pub(crate) fn write(
        &self,
        out: &mut impl fmt::Write,
        until: impl Fn(DateTime) -> String,
    ) -> fmt::Result {
        write!(out, "FREQ={}", self.frequency.name())?;
        if self.interval != 1 {
            write!(out, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(out, ";COUNT={count}")?,
            End::Until(at) => write!(out, ";UNTIL={}", until(at))?,
        }
        list(out, "BYMONTH", &self.months)?;
        list(out, "BYWEEKNO", &self.weeks)?;
        list(out, "BYYEARDAY", &self.year_days)?;
        list(out, "BYMONTHDAY", &self.month_days)?;
        let days: Vec<String> = self
            .weekdays
            .iter()
            .map(|on| match on.nth {
                0 => letters(on.day).to_owned(),
                nth => format!("{nth}{}", letters(on.day)),
            })
            .collect();
        list(out, "BYDAY", &days)?;
        list(out, "BYHOUR", &self.hours)?;
        list(out, "BYMINUTE", &self.minutes)?;
        list(out, "BYSETPOS", &self.positions)?;
        if self.week_start != Weekday::Monday {
            write!(out, ";WKST={}", letters(self.week_start))?;
        }
        Ok(())
    }
}

fn list<N: fmt::Display>(out: &mut impl fmt::Write, name: &str, values: &[N]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 {
            write!(out, ";{name}={value}")?;
        } else {
            write!(out, ",{value}")?;
        }
    }
    Ok(())
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for Rule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|faults: Vec<Fault>| {
            let mut told = format!("“{text}” is no recurrence rule:");
            for fault in faults {
                // Writing into a string cannot fail.
                let _ = write!(told, " {fault:?}");
            }
            told
        })
    }
}

impl FromStr for Rule {
    type Err = Vec<Fault>;

    /// Reads a rule with UNTIL as civil time. All that cannot be read is told; whether the numbers
    /// make sense is told by [`crate::Pattern::check`].
    fn from_str(text: &str) -> Result<Self, Vec<Fault>> {
        Self::read(text, |at, _, _| Some(at))
    }
}

impl Rule {
    /// Reads a rule; `until` makes civil time of what UNTIL says (time, whether it is UTC, whether
    /// it has a time of day).
    pub(crate) fn read(
        text: &str,
        until: impl Fn(DateTime, bool, bool) -> Option<DateTime>,
    ) -> Result<Self, Vec<Fault>> {
        if text.len() > MOST_TEXT {
            return Err(vec![Fault::Text(text.chars().take(40).collect())]);
        }
        let upper = text.trim().to_ascii_uppercase();
        let mut reading = Reading {
            rule: Self::every(Frequency::Yearly),
            frequency: false,
            faults: Vec::new(),
        };
        for part in upper.split(';').filter(|part| !part.is_empty()) {
            let Some((name, value)) = part.split_once('=') else {
                reading.faults.push(Fault::Text(short(part)));
                continue;
            };
            if name == "UNTIL" {
                let read = read_basic(value).and_then(|(at, utc, timed)| until(at, utc, timed));
                match read {
                    Some(at) => reading.end(End::Until(at)),
                    None => reading.wrong("UNTIL", value),
                }
            } else {
                reading.part(name, value);
            }
        }
        if !reading.frequency && reading.faults.is_empty() {
            reading.faults.push(Fault::Text(short(text)));
        }
        if reading.faults.is_empty() {
            Ok(reading.rule)
        } else {
            Err(reading.faults)
        }
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

struct Reading {
    rule: Rule,
    frequency: bool,
    faults: Vec<Fault>,
}

impl Reading {
    fn wrong(&mut self, part: &'static str, value: &str) {
        self.faults.push(Fault::Number {
            part,
            value: short(value),
        });
    }

    fn end(&mut self, end: End) {
        if self.rule.end == End::Never {
            self.rule.end = end;
        } else {
            self.faults.push(Fault::TwoEnds);
        }
    }

    fn part(&mut self, name: &str, value: &str) {
        match name {
            "FREQ" => self.frequency(value),
            "INTERVAL" => match value.parse() {
                Ok(interval) => self.rule.interval = interval,
                Err(_) => self.wrong("INTERVAL", value),
            },
            "COUNT" => match value.parse() {
                Ok(count) => self.end(End::Count(count)),
                Err(_) => self.wrong("COUNT", value),
            },
            "BYMONTH" => self.rule.months = self.numbers("BYMONTH", value),
            "BYMONTHDAY" => self.rule.month_days = self.numbers("BYMONTHDAY", value),
            "BYYEARDAY" => self.rule.year_days = self.numbers("BYYEARDAY", value),
            "BYWEEKNO" => self.rule.weeks = self.numbers("BYWEEKNO", value),
            "BYHOUR" => self.rule.hours = self.numbers("BYHOUR", value),
            "BYMINUTE" => self.rule.minutes = self.numbers("BYMINUTE", value),
            "BYSETPOS" => self.rule.positions = self.numbers("BYSETPOS", value),
            "BYDAY" => self.weekdays(value),
            "WKST" => match weekday(value) {
                Some(day) => self.rule.week_start = day,
                None => self.wrong("WKST", value),
            },
            // What some programs write beside each time, and says nothing.
            "BYSECOND" if value.split(',').all(|second| matches!(second, "0" | "00")) => {}
            other => self.faults.push(Fault::Part(short(other))),
        }
    }

    fn frequency(&mut self, value: &str) {
        self.frequency = true;
        self.rule.frequency = match value {
            "DAILY" => Frequency::Daily,
            "WEEKLY" => Frequency::Weekly,
            "MONTHLY" => Frequency::Monthly,
            "YEARLY" => Frequency::Yearly,
            "HOURLY" | "MINUTELY" | "SECONDLY" => {
                self.faults.push(Fault::TooOften(value.to_owned()));
                return;
            }
            other => {
                self.faults.push(Fault::Text(short(other)));
                return;
            }
        };
    }

    fn numbers<N: FromStr + Ord>(&mut self, part: &'static str, value: &str) -> Vec<N> {
        let mut numbers = Vec::new();
        for number in value.split(',') {
            match number.trim().parse() {
                Ok(number) => numbers.push(number),
                Err(_) => self.wrong(part, number),
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn weekdays(&mut self, value: &str) {
        for word in value.split(',') {
            let word = word.trim();
            let at = word.len().saturating_sub(2);
            let read = word
                .is_char_boundary(at)
                .then(|| word.split_at(at))
                .and_then(|(number, letters)| {
                    let day = weekday(letters)?;
                    let nth = if number.is_empty() {
                        0
                    } else {
                        number.parse().ok().filter(|nth| *nth != 0)?
                    };
                    Some(OnWeekday { nth, day })
                });
            match read {
                Some(on) => self.rule.weekdays.push(on),
                None => self.wrong("BYDAY", word),
            }
        }
        self.rule.tidy();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_back_as_they_were() {
        for text in [
            "FREQ=DAILY",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;BYDAY=MO,TU",
            "FREQ=MONTHLY;UNTIL=20261224T235959;BYDAY=-1FR,1TU",
            "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1,15;BYHOUR=9,14;BYMINUTE=0,30",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ] {
            let rule: Rule = text.parse().expect(text);
            assert_eq!(rule.to_string(), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let told = |text: &str| text.parse::<Rule>().expect_err(text);
        assert_eq!(told(""), [Fault::Text(String::new())]);
        assert_eq!(
            told("varje tisdag"),
            [Fault::Text("VARJE TISDAG".to_owned())]
        );
        assert_eq!(told("FREQ=HOURLY"), [Fault::TooOften("HOURLY".to_owned())]);
        assert_eq!(told("FREQ=WEEKLY;COUNT=2;UNTIL=20260101"), [Fault::TwoEnds]);
        assert_eq!(
            told("FREQ=WEEKLY;BYDAY=XX,å;COUNT=-1;RSCALE=GREGORIAN"),
            [
                Fault::Number {
                    part: "BYDAY",
                    value: "XX".to_owned()
                },
                Fault::Number {
                    part: "BYDAY",
                    value: "å".to_owned()
                },
                Fault::Number {
                    part: "COUNT",
                    value: "-1".to_owned()
                },
                Fault::Part("RSCALE".to_owned()),
            ]
        );
        assert_eq!(told("FREQ=DAILY;UNTIL=20260230").len(), 1);
    }

    #[test]
    fn dates_are_read_strictly() {
        assert!(read_basic("20260303").is_some_and(|(_, utc, timed)| !utc && !timed));
        assert!(read_basic("20260303T180000Z").is_some_and(|(_, utc, timed)| utc && timed));
        for wrong in [
            "",
            "2026",
            "20260231",
            "20260303T",
            "20260303T250000",
            "2026-03-03",
            "+2026033",
            "20260303Z",
            "åååååååå",
        ] {
            assert!(read_basic(wrong).is_none(), "{wrong}");
        }
    }
}
