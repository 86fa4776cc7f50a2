//! Times with weeks of their own.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_almanac::DayFacts;

use super::week::{MonthDay, Turn, Weekly};
use crate::model::Words;

/// When a period is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum During {
    /// From a day to a day, both included; an end that is not given does not come.
    Dates(Date, Option<Date>),
    /// A break of the schools, by its key in the almanac: whenever the city settles that it is.
    Break(String),
    /// Every year, from a day to a day, both included; over New Year when the end is before the
    /// beginning.
    Yearly(MonthDay, MonthDay),
}

impl During {
    pub(super) fn holds(&self, day: &DayFacts<'_>) -> bool {
        match self {
            Self::Dates(from, to) => *from <= day.date && to.is_none_or(|to| day.date <= to),
            Self::Break(key) => day.breaks.iter().any(|own| own.data.key == *key),
            Self::Yearly(from, to) => {
                let own = MonthDay::of(day.date);
                if from <= to {
                    *from <= own && own <= *to
                } else {
                    *from <= own || own <= *to
                }
            }
        }
    }

    /// Which goes first: lower.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Dates(..) => 0,
            Self::Break(_) => 1,
            Self::Yearly(..) => 2,
        }
    }
}

/// A time with a week of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPeriod", into = "RawPeriod")]
pub struct Period {
    /// When it is.
    pub during: During,
    /// What it is called, such as “Sommartider”; may be empty.
    pub name: Words,
    /// Its week.
    pub weekly: Weekly,
    /// Days of it that take turns.
    pub turns: Vec<Turn>,
    /// More about it.
    pub note: Words,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, rename = "break", skip_serializing_if = "Option::is_none")]
    school_break: Option<String>,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    name: Words,
    #[serde(default)]
    weekly: Weekly,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    turns: Vec<Turn>,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    note: Words,
}

impl TryFrom<RawPeriod> for Period {
    type Error = String;

    fn try_from(raw: RawPeriod) -> Result<Self, String> {
        let during = match (&raw.from, &raw.to, raw.school_break) {
            (None, None, Some(key)) => During::Break(key),
            (Some(from), to, None) => match from.parse::<MonthDay>() {
                Ok(from) => {
                    let to = to.as_deref().ok_or("a period of every year needs “to”")?;
                    During::Yearly(from, to.parse()?)
                }
                Err(_) => {
                    let date = |text: &str| {
                        let refuse = |_| {
                            format!(
                                "“{text}” is not a date: write 2026-06-01, or 06-01 for every year"
                            )
                        };
                        text.parse::<Date>().map_err(refuse)
                    };
                    During::Dates(date(from)?, to.as_deref().map(date).transpose()?)
                }
            },
            _ => return Err("a period has either “from” and “to” or “break”".to_owned()),
        };
        Ok(Self {
            during,
            name: raw.name,
            weekly: raw.weekly,
            turns: raw.turns,
            note: raw.note,
        })
    }
}

impl From<Period> for RawPeriod {
    fn from(period: Period) -> Self {
        let (from, to, school_break) = match period.during {
            During::Dates(from, to) => (Some(from.to_string()), to.map(|to| to.to_string()), None),
            During::Yearly(from, to) => (Some(from.to_string()), Some(to.to_string()), None),
            During::Break(key) => (None, None, Some(key)),
        };
        Self {
            from,
            to,
            school_break,
            name: period.name,
            weekly: period.weekly,
            turns: period.turns,
            note: period.note,
        }
    }
}
