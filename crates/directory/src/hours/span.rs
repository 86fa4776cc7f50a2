//! From one time to another, and what one meets there between them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// Minutes of a civil day.
pub(super) const DAY: u16 = 24 * 60;

/// What one meets during a span. Closed is no state of a span: it is where no span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// Open, with staff.
    #[default]
    Open,
    /// One may come in, but nobody is there to help.
    SelfService,
    /// Only for those who have booked.
    Appointment,
    /// The doors are closed, but one may call.
    Phone,
}

impl State {
    /// Every state, from the most to the least.
    pub const ALL: [Self; 4] = [
        Self::Open,
        Self::SelfService,
        Self::Appointment,
        Self::Phone,
    ];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::SelfService => "self_service",
            Self::Appointment => "appointment",
            Self::Phone => "phone",
        }
    }

    /// Whether anybody may come in without having booked.
    #[must_use]
    pub const fn lets_in(self) -> bool {
        matches!(self, Self::Open | Self::SelfService)
    }

    /// The state that is meant: as stored, or as people write it in Swedish or English.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("bara ").unwrap_or(&text);
        let text = text.strip_prefix("only ").unwrap_or(text);
        match text {
            "" | "open" | "öppet" | "personal" | "med personal" => Some(Self::Open),
            "self_service" | "self-service" | "self service" | "självservice" | "meröppet" => {
                Some(Self::SelfService)
            }
            "appointment" | "by appointment" | "bokat" | "bokade besök" | "bokade" => {
                Some(Self::Appointment)
            }
            "phone" | "by phone" | "phone only" | "telefon" | "på telefon" => Some(Self::Phone),
            _ => None,
        }
    }
}

/// From one time to another less than 24 hours later, or a whole day. Written `10:00-18:00`, with
/// the state behind it unless it is open: `18:00-22:00 self_service`; `24:00` is the end of the day,
/// and an end before the beginning lies on the day after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: u16,
    to: u16,
    state: State,
}

/// Why a span was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanError(pub String);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” is not a span of time: write 10:00-18:00 or 18:00-22:00 self_service",
            self.0
        )
    }
}

impl std::error::Error for SpanError {}

impl Span {
    /// From minutes after midnight to minutes after the same midnight, open; `None` when the end is
    /// not after the beginning, or so long after it that it could not be written.
    #[must_use]
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        if from < DAY && from < to && (to - from < DAY || to == DAY) {
            let state = State::Open;
            Some(Self { from, to, state })
        } else {
            None
        }
    }

    /// The same with another state.
    #[must_use]
    pub const fn with(self, state: State) -> Self {
        Self { state, ..self }
    }

    /// What one meets.
    #[must_use]
    pub const fn state(self) -> State {
        self.state
    }

    /// The beginning, in minutes after midnight: 0–1439.
    #[must_use]
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The end, in minutes after the midnight before the beginning: 1–2879.
    #[must_use]
    pub const fn to(self) -> u16 {
        self.to
    }

    /// Whether it is a whole day from midnight to midnight.
    #[must_use]
    pub const fn is_whole_day(self) -> bool {
        self.from == 0 && self.to == DAY
    }

    /// The same, ended at a time; `None` when nothing is left of it.
    #[must_use]
    pub fn until(self, end: u16) -> Option<Self> {
        let to = self.to.min(end);
        (self.from < to).then_some(Self { to, ..self })
    }

    /// The times on the clock at the beginning and the end.
    #[must_use]
    pub fn clock(self) -> (Time, Time) {
        (clock(self.from), clock(self.to))
    }
}

/// The time on the clock, so many minutes after midnight.
pub(super) fn clock(minutes: u16) -> Time {
    let minutes = minutes % DAY;
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    Time::constant(part(minutes / 60), part(minutes % 60), 0, 0)
}

/// `07:30`, and `24:00` for the end of the day.
pub(super) fn written(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.to > DAY {
            self.to - DAY
        } else {
            self.to
        };
        write!(f, "{}-{}", written(self.from), written(end))?;
        match self.state {
            State::Open => Ok(()),
            state => write!(f, " {}", state.as_str()),
        }
    }
}

impl FromStr for Span {
    type Err = SpanError;

    /// Takes also what people write by hand: `10.00–18.00`, `8-16`, `18–22 självservice`.
    fn from_str(text: &str) -> Result<Self, SpanError> {
        let refuse = || SpanError(text.chars().take(40).collect());
        let words = text.find(char::is_alphabetic).unwrap_or(text.len());
        let (times, state) = text.split_at(words);
        let state = State::parse(state).ok_or_else(refuse)?;
        let (from, to) = times.split_once(['-', '–', '—']).ok_or_else(refuse)?;
        let from = minutes(from)
            .filter(|from| *from < DAY)
            .ok_or_else(refuse)?;
        let to = minutes(to).ok_or_else(refuse)?;
        let to = if to < from { to + DAY } else { to };
        let span = Self::new(from, to).ok_or_else(refuse)?;
        Ok(span.with(state))
    }
}

impl TryFrom<String> for Span {
    type Error = SpanError;
    fn try_from(text: String) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

/// A time as people write it, in minutes after midnight: 0–1440.
pub(crate) fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text, "00"));
    let digits = |text: &str, most: usize| {
        let text = text.trim();
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let hour = digits(hour, 2)?;
    let minute = digits(minute, 2).filter(|it| minute.trim().len() == 2 && *it < 60)?;
    (hour < 24 || (hour == 24 && minute == 0)).then_some(hour * 60 + minute)
}
