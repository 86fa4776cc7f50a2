//! Hours of named days of the almanac.

use serde::{Deserialize, Serialize};
use torg_almanac::{DayFacts, Kind, Named, RuleDay};

use super::span::{Span, minutes, written};
use crate::model::Words;

/// Which days of the almanac a rule is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// A day of the city's own, by its key.
    Own(String),
    /// A day by its name.
    Named(RuleDay),
    /// Public holidays. Ordinary Sundays are none.
    Holidays,
    /// Eves.
    Eves,
    /// Bridge days.
    BridgeDays,
}

impl On {
    /// The name that is stored.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Own(key) => key,
            Self::Named(day) => day.key(),
            Self::Holidays => "holidays",
            Self::Eves => "eves",
            Self::BridgeDays => "bridge_days",
        }
    }

    /// The days with a stored name. Whether the city has a day of its own by that key is asked of
    /// the almanac each day: it may come later.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        match key {
            "holidays" => Some(Self::Holidays),
            "eves" => Some(Self::Eves),
            "bridge_days" => Some(Self::BridgeDays),
            key => match RuleDay::parse(key) {
                Some(day) => Some(Self::Named(day)),
                None => torg_almanac::is_key(key).then(|| Self::Own(key.to_owned())),
            },
        }
    }

    pub(super) fn holds(&self, day: &DayFacts<'_>) -> bool {
        day.names.iter().any(|name| match (self, name) {
            (Self::Own(key), Named::Own(entry)) => entry.data.key == *key,
            (Self::Named(own), Named::Rule(rule)) => own == rule,
            (Self::Holidays, name) => name.kind() == Kind::Holiday,
            (Self::Eves, name) => name.kind() == Kind::Eve,
            (Self::BridgeDays, name) => name.kind() == Kind::BridgeDay,
            _ => false,
        })
    }
}

/// What is said of named days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// These hours; none is closed.
    Spans(Vec<Span>),
    /// The usual ones, but not longer than to so many minutes after midnight.
    Until(u16),
    /// The usual ones: somebody has thought of it.
    AsUsual,
}

/// Hours of named days of the almanac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRule", into = "RawRule")]
pub struct DayRule {
    /// Which days.
    pub on: On,
    /// Their hours.
    pub said: Instead,
    /// Why, or what else is so.
    pub note: Words,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spans: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    as_usual: bool,
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    note: Words,
}

impl TryFrom<RawRule> for DayRule {
    type Error = String;

    fn try_from(raw: RawRule) -> Result<Self, String> {
        let on = On::parse(&raw.on).ok_or_else(|| format!("“{}” is no named day", raw.on))?;
        let said = match (raw.spans, raw.until, raw.as_usual) {
            (Some(spans), None, false) => Instead::Spans(spans),
            (None, Some(until), false) => Instead::Until(
                minutes(&until)
                    .filter(|end| *end > 0)
                    .ok_or_else(|| format!("“{until}” is not a time: write 15:00"))?,
            ),
            (None, None, true) => Instead::AsUsual,
            _ => return Err("a named day has one of “spans”, “until” and “as_usual”".to_owned()),
        };
        let note = raw.note;
        Ok(Self { on, said, note })
    }
}

impl From<DayRule> for RawRule {
    fn from(rule: DayRule) -> Self {
        let (spans, until, as_usual) = match rule.said {
            Instead::Spans(spans) => (Some(spans), None, false),
            Instead::Until(end) => (None, Some(written(end)), false),
            Instead::AsUsual => (None, None, true),
        };
        Self {
            on: rule.on.key().to_owned(),
            spans,
            until,
            as_usual,
            note: rule.note,
        }
    }
}
