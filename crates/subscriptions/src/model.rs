//! What a subscription is. Pure.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use torg_kernel::{FieldError, Locale, Message, SubscriptionId, Timestamp, zone};
use torg_notify::MailAddress;

use crate::publications::{ItemVersion, Topic};

/// The most topics of one subscription.
const MOST_TOPICS: usize = 200;

/// How often somebody wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// As soon as there is something.
    AtOnce,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
}

impl Rhythm {
    /// All rhythms in the order of the form.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Weekly];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The rhythm with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.as_str() == name)
    }

    /// The latest time at or before an instant at which digests of this rhythm are due, by the
    /// city's clocks. A time that a day skips comes an hour later.
    #[must_use]
    pub(crate) fn latest(self, now: Timestamp, hour: i8, weekday: Weekday) -> Timestamp {
        let at = |date: Date| {
            let time = Time::new(hour.clamp(0, 23), 0, 0, 0).unwrap_or_default();
            date.to_datetime(time)
                .to_zoned(zone())
                .map(|zoned| Timestamp::from_micros(zoned.timestamp().as_microsecond()))
                .unwrap_or(now)
        };
        let today = now.zoned().date();
        let days = match self {
            Self::AtOnce => return now,
            Self::Daily => 0,
            Self::Weekly => i64::from(weekday.until(today.weekday())),
        };
        let latest = |back: i64| at(today.checked_sub(back.days()).unwrap_or(today));
        let candidate = latest(days);
        if candidate <= now {
            return candidate;
        }
        latest(days + if self == Self::Weekly { 7 } else { 1 })
    }
}

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Digests are made.
    Active,
    /// None are made since the address does not answer.
    Paused,
}

impl SubscriptionState {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
        }
    }
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Keys of topics, sorted.
    pub topics: Vec<String>,
    /// How often.
    pub rhythm: Rhythm,
    /// The language of the mails.
    pub locale: Locale,
}

impl Wish {
    /// Reads what was chosen in the form. Topics that are no longer there are refused.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn read(
        chosen: Vec<String>,
        rhythm: &str,
        locale: &str,
        known: &[Topic],
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, key| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new(key),
            });
        };
        let mut topics = chosen;
        topics.sort();
        topics.dedup();
        if topics.is_empty() {
            wrong("topics", "subscribe-error-topics");
        } else if topics.len() > MOST_TOPICS {
            wrong("topics", "subscribe-error-many");
        } else if !topics
            .iter()
            .all(|topic| known.iter().any(|own| own.key == *topic))
        {
            wrong("topics", "subscribe-error-gone");
        }
        let rhythm = Rhythm::parse(rhythm);
        if rhythm.is_none() {
            wrong("rhythm", "subscribe-error-rhythm");
        }
        let locale = locale
            .parse::<Locale>()
            .ok()
            .filter(|locale| [Locale::SV, Locale::EN].contains(locale));
        if locale.is_none() {
            wrong("language", "subscribe-error-language");
        }
        match (rhythm, locale) {
            (Some(rhythm), Some(locale)) if errors.is_empty() => Ok(Self {
                topics,
                rhythm,
                locale,
            }),
            _ => Err(errors),
        }
    }

    /// This and what was wanted before: topics of both, the rest as it is said now.
    #[must_use]
    pub fn joined(mut self, before: &Self) -> Self {
        self.topics.extend(before.topics.iter().cloned());
        self.topics.sort();
        self.topics.dedup();
        self
    }
}

/// A subscription that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Where its mails go.
    pub address: MailAddress,
    /// What is wanted.
    pub wish: Wish,
    /// Where it stands.
    pub state: SubscriptionState,
    /// The number of the last news that was told.
    pub cursor: i64,
    /// When it was confirmed first.
    pub confirmed_at: Timestamp,
}

impl Subscription {
    /// What the log keeps of it: personal data, weeded when it ends.
    pub(crate) fn canonical(&self) -> String {
        serde_json::json!({
            "address": self.address.to_string(),
            "topics": self.wish.topics,
            "rhythm": self.wish.rhythm,
            "locale": self.wish.locale,
            "state": self.state,
        })
        .to_string()
    }
}

/// News with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted {
    pub number: i64,
    pub subject_kind: String,
    pub subject_id: uuid::Uuid,
    pub topics: Vec<String>,
    pub published_at: Timestamp,
    pub versions: Vec<ItemVersion>,
    pub withdrawn: bool,
}

impl Noted {
    /// The version for readers of a language: theirs, else Swedish, else any.
    pub(crate) fn version(&self, locale: Locale) -> Option<&ItemVersion> {
        let of = |locale| {
            self.versions
                .iter()
                .find(|version| version.locale == locale)
        };
        of(locale)
            .or_else(|| of(Locale::SV))
            .or_else(|| self.versions.first())
    }

    pub(crate) fn is_about(&self, topics: &[&str]) -> bool {
        self.topics
            .iter()
            .any(|topic| topics.contains(&topic.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().expect("an instant");
        Timestamp::from_micros(instant.as_microsecond())
    }

    #[test]
    fn digests_are_due_by_the_citys_clocks() {
        let latest = |rhythm: Rhythm, now| rhythm.latest(at(now), 7, Weekday::Monday);
        // Tuesday 3 March 2026, winter time.
        let now = "2026-03-03T12:00:00Z";
        assert_eq!(latest(Rhythm::AtOnce, now), at(now));
        assert_eq!(latest(Rhythm::Daily, now), at("2026-03-03T06:00:00Z"));
        assert_eq!(latest(Rhythm::Weekly, now), at("2026-03-02T06:00:00Z"));
        let early = "2026-03-03T05:59:59Z";
        assert_eq!(latest(Rhythm::Daily, early), at("2026-03-02T06:00:00Z"));
        // Monday just before and at the time itself.
        let before = "2026-03-02T05:59:59Z";
        assert_eq!(latest(Rhythm::Weekly, before), at("2026-02-23T06:00:00Z"));
        let exact = "2026-03-02T06:00:00Z";
        assert_eq!(latest(Rhythm::Weekly, exact), at(exact));
        // Summer time.
        let summer = "2026-06-30T12:00:00Z";
        assert_eq!(latest(Rhythm::Daily, summer), at("2026-06-30T05:00:00Z"));
    }

    #[test]
    fn a_wish_is_read_whole_or_not_at_all() {
        let known = [Topic {
            key: "board".to_owned(),
            group: crate::TopicGroup::NoticeBoard,
            names: vec![],
        }];
        let read = |topics: &[&str], rhythm, locale| {
            let topics = topics.iter().map(|&topic| topic.to_owned()).collect();
            Wish::read(topics, rhythm, locale, &known)
        };
        assert!(read(&["board", "board"], "daily", "sv").is_ok_and(|w| w.topics == ["board"]));
        let fields = |result: Result<Wish, Vec<FieldError>>| -> Vec<String> {
            let errors = result.expect_err("is refused");
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(
            fields(read(&[], "hourly", "xx")),
            ["topics", "rhythm", "language"]
        );
        assert_eq!(fields(read(&["gone"], "daily", "en")), ["topics"]);
        assert_eq!(fields(read(&["board\n"], "daily", "en")), ["topics"]);
    }
}
