//! What somebody looks for in the calendar. It lives in the address, and every view, feed, map and API
//! asks by the same one.
//!
//! Sets are written with commas (`category=music,film`), since an address keeps one value for each
//! name. A name that means nothing is passed over and not an error: addresses are typed and old.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use torg_kernel::{Locale, Timestamp, UnitId, squeeze, zone};

use crate::model::Spot;
use crate::vocabulary::{Audience, Category, Ease, Status, bits};

/// The names that the calendar's addresses may have, for the pages that declare them.
pub const FILTER_QUERY: &[&str] = &[
    "age",
    "area",
    "audience",
    "category",
    "ease",
    "free",
    "from",
    "language",
    "near",
    "organisation",
    "page",
    "place",
    "q",
    "to",
    "when",
    "within",
];

/// The most characters of a search.
const WORDS: usize = 200;
/// The nearest and the farthest that "near" may mean, in metres, and what it means untold.
const WITHIN: (u32, u32, u32) = (100, 50_000, 2_000);
/// The longest span of days that is looked through, counted from its first day.
const LONGEST: i32 = 800;

/// A span of days with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDays {
    /// Its part of the address, such as `hostlov-2026`.
    pub key: String,
    /// What it is called, in the language of the page.
    pub name: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Which days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum When {
    /// From now on.
    #[default]
    Coming,
    /// Today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// From Friday 16 to Sunday; on a Saturday or Sunday what is left of it.
    Weekend,
    /// What is left of this week.
    ThisWeek,
    /// Monday to Sunday of the next.
    NextWeek,
    /// A span with a name, by its key: a school break.
    Named(String),
    /// From one day to another; both belong to it.
    Days(Option<Date>, Option<Date>),
}

impl When {
    /// The choices that need no more, with their names in addresses.
    pub const QUICK: [(Self, &'static str); 5] = [
        (Self::Today, "today"),
        (Self::Tomorrow, "tomorrow"),
        (Self::Weekend, "weekend"),
        (Self::ThisWeek, "week"),
        (Self::NextWeek, "next-week"),
    ];

    /// Its name in addresses; nothing for what has none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(key) => Some(key),
            _ => Self::QUICK
                .iter()
                .find(|(own, _)| own == self)
                .map(|(_, name)| *name),
        }
    }

    /// The days that are meant on a day: the first and, where there is one, the last.
    #[must_use]
    pub fn days(&self, today: Date, named: &[NamedDays]) -> (Date, Option<Date>) {
        let from_monday = i32::from(today.weekday().to_monday_zero_offset());
        match self {
            Self::Coming => (today, None),
            Self::Today => (today, Some(today)),
            Self::Tomorrow => (plus(today, 1), Some(plus(today, 1))),
            Self::Weekend => {
                let begins = plus(today, (4 - from_monday).max(0));
                (begins, Some(plus(today, 6 - from_monday)))
            }
            Self::ThisWeek => (today, Some(plus(today, 6 - from_monday))),
            Self::NextWeek => (
                plus(today, 7 - from_monday),
                Some(plus(today, 13 - from_monday)),
            ),
            Self::Named(key) => named
                .iter()
                .find(|span| span.key == *key)
                .map_or((today, None), |span| (span.first, Some(span.last))),
            Self::Days(from, to) => {
                let first = from.unwrap_or_else(|| to.map_or(today, |to| to.min(today)));
                let last = to.map(|to| to.max(first).min(plus(first, LONGEST)));
                (first, last)
            }
        }
    }
}

/// A day some days on; the calendar's last when there is none.
pub(crate) fn plus(day: Date, days: i32) -> Date {
    let span: Span = i64::from(days).days();
    day.checked_add(span).unwrap_or(Date::MAX)
}

/// The instant at which a day begins in the city.
pub(crate) fn begins(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or_else(
        |_| Timestamp::from_micros(i64::MAX),
        |at| Timestamp::from_micros(at.timestamp().as_microsecond()),
    )
}

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Which days.
    pub when: When,
    /// Any of these categories.
    pub categories: Vec<Category>,
    /// Made for any of these; what is for families is for children too.
    pub audiences: Vec<Audience>,
    /// For somebody of this age.
    pub age: Option<u8>,
    /// Without cost.
    pub free: bool,
    /// With all of these.
    pub ease: Vec<Ease>,
    /// In this language.
    pub language: Option<Locale>,
    /// In this area, by its key.
    pub area: Option<String>,
    /// At this unit.
    pub place: Option<UnitId>,
    /// Of this organisation, by its key.
    pub organisation: Option<String>,
    /// Near this point.
    pub near: Option<Spot>,
    /// How near, in metres.
    pub within: Option<u32>,
    /// Words; found by the site's search.
    pub words: String,
}

fn list<V>(text: &str, parse: impl Fn(&str) -> Option<V>) -> Vec<V>
where
    V: Ord + Copy,
{
    let mut found: Vec<V> = text
        .split(',')
        .take(40)
        .filter_map(|name| parse(name.trim()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A key of an area or organisation, or nothing when it cannot be one: databases refuse some texts.
fn key(text: &str) -> Option<String> {
    let good = (1..=80).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    good.then(|| text.to_owned())
}

fn spot(text: &str) -> Option<Spot> {
    let (lat, lon) = text.split_once(',')?;
    Spot::degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
}

impl Filter {
    /// What an address asks for. `get` gives the first value of a name.
    pub fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default().trim();
        let day = |name: &str| text(name).parse::<Date>().ok();
        let quick = When::QUICK
            .into_iter()
            .find(|(_, name)| *name == text("when"));
        // Days that somebody wrote come before a choice that the form carries along.
        let when = match (day("from"), day("to"), quick) {
            (None, None, Some((when, _))) => when,
            (None, None, None) => key(text("when")).map_or(When::Coming, When::Named),
            (from, to, _) => When::Days(from, to),
        };
        let near = spot(text("near"));
        Self {
            when,
            categories: list(text("category"), Category::parse),
            audiences: list(text("audience"), Audience::parse),
            age: text("age").parse().ok().filter(|age| *age <= 120),
            free: matches!(text("free"), "1" | "true" | "yes" | "on"),
            ease: list(text("ease"), Ease::parse),
            language: text("language").parse().ok(),
            area: key(text("area")),
            place: text("place").parse().ok(),
            organisation: key(text("organisation")),
            near,
            within: near.and_then(|_| {
                let metres: u32 = text("within").parse().ok()?;
                Some(metres.clamp(WITHIN.0, WITHIN.1))
            }),
            words: squeeze(text("q")).chars().take(WORDS).collect(),
        }
    }

    /// The filter as names and values, in the order of their names. Reading them gives the filter
    /// again.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut put = |name, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                pairs.push((name, value));
            }
        };
        put("age", self.age.map(|age| age.to_string()));
        put("area", self.area.clone());
        let audiences: Vec<&str> = self.audiences.iter().map(|it| it.as_str()).collect();
        put("audience", Some(audiences.join(",")));
        let categories: Vec<&str> = self.categories.iter().map(|it| it.as_str()).collect();
        put("category", Some(categories.join(",")));
        let ease: Vec<&str> = self.ease.iter().map(|it| it.as_str()).collect();
        put("ease", Some(ease.join(",")));
        put("free", self.free.then(|| "1".to_owned()));
        if let When::Days(from, _) = self.when {
            put("from", from.map(|day| day.to_string()));
        }
        put("language", self.language.map(|it| it.to_string()));
        put(
            "near",
            self.near.map(|at| format!("{},{}", at.lat(), at.lon())),
        );
        put("organisation", self.organisation.clone());
        put("place", self.place.map(|it| it.to_string()));
        put("q", Some(self.words.clone()));
        if let When::Days(_, to) = self.when {
            put("to", to.map(|day| day.to_string()));
        }
        put("when", self.when.name().map(str::to_owned));
        put("within", self.within.map(|it| it.to_string()));
        pairs
    }

    /// The filter as the query of an address, without `?`; empty when nothing is asked for.
    #[must_use]
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish()
    }

    /// An address with the filter: `/kalendarium.ics?free=1`.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// Whether anything at all is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How near "near" is, in metres.
    #[must_use]
    pub fn radius(&self) -> u32 {
        self.within.unwrap_or(WITHIN.2)
    }

    fn asked_audiences(&self) -> i64 {
        let asked = bits(self.audiences.iter().map(|it| it.bit()));
        if self.audiences.contains(&Audience::Children) {
            asked | Audience::Families.bit()
        } else {
            asked
        }
    }

    /// The question to the table of occasions, at an instant. Words and the organisation are given as
    /// what they were found to be: ids, since their names are others' to know.
    #[must_use]
    pub fn asked(&self, now: Timestamp, named: &[NamedDays]) -> OccasionQuery {
        let today = torg_kernel::civil_date(now);
        let (first, last) = self.when.days(today, named);
        // Today is from now on: what is over is of no use to anybody. Friday belongs to the weekend
        // from the afternoon.
        let mut from = begins(first);
        if self.when == When::Weekend && first.weekday() == Weekday::Friday {
            from = from.plus_seconds(16 * 3_600);
        }
        if first <= today && !matches!(self.when, When::Days(..)) {
            from = from.max(now);
        }
        OccasionQuery {
            from,
            until: last.map(|last| begins(plus(last, 1))),
            categories: bits(self.categories.iter().map(|it| it.bit())),
            audiences: self.asked_audiences(),
            age: self.age,
            free: self.free,
            ease: bits(self.ease.iter().map(|it| it.bit())),
            language: self.language,
            area: self.area.clone(),
            place: self.place,
            organisations: None,
            near: self.near.map(|at| (at, self.radius())),
            ..OccasionQuery::default()
        }
    }
}

/// A question to the table of occasions; see [`crate::list_occasions`]. All that is asked must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OccasionQuery {
    /// Occasions that end after this.
    pub from: Timestamp,
    /// Occasions that begin before this.
    pub until: Option<Timestamp>,
    /// Any of these categories, as bits; 0 is all.
    pub categories: i64,
    /// For any of these, as bits; 0 is all.
    pub audiences: i64,
    /// For somebody of this age.
    pub age: Option<u8>,
    /// Without cost.
    pub free: bool,
    /// With all of these, as bits.
    pub ease: i64,
    /// In this language.
    pub language: Option<Locale>,
    /// In this area.
    pub area: Option<String>,
    /// At this unit.
    pub place: Option<UnitId>,
    /// Of one of these organisations.
    pub organisations: Option<Vec<torg_kernel::OrganisationId>>,
    /// So near a point, in metres.
    pub near: Option<(Spot, u32)>,
    /// Of one of these events.
    pub events: Option<Vec<torg_kernel::EventId>>,
    /// At one of these units; none means all.
    pub places: Vec<UnitId>,
    /// Within these corners: the south-western and the north-eastern.
    pub bounds: Option<(Spot, Spot)>,
    /// Standing so; none means all.
    pub statuses: Vec<Status>,
    /// Of events that were changed then or later.
    pub changed_since: Option<Timestamp>,
    /// Those that begin last before the others.
    pub latest_first: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(query: &str) -> Filter {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Filter::read(|name| {
            let found = pairs.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.as_str())
        })
    }

    #[test]
    fn a_filter_lives_in_the_address() {
        let query = "age=7&area=majorna-linne&audience=children%2Cfamilies&category=music&ease=step_free\
                     &free=1&language=so&near=57.7%2C11.95&organisation=kultur&q=s%C3%A5ng&when=weekend\
                     &within=500";
        let filter = read(query);
        assert_eq!(filter.query(), query);
        assert_eq!(filter.age, Some(7));
        assert_eq!(read("").query(), "");
        assert!(read("").is_empty());
    }

    #[test]
    fn nonsense_is_passed_over() {
        let filter = read(
            "age=200&area=..%2F&audience=dogs,children&category=MUSIC&free=nej&language=svenska-spr\
             &near=1000,5&place=x&from=2026-02-30&within=9&when=%00",
        );
        let children = Filter {
            audiences: vec![Audience::Children],
            ..Filter::default()
        };
        assert_eq!(filter, children);
        let long = read(&format!("q={}", "a".repeat(50_000)));
        assert_eq!(long.words.len(), WORDS);
    }

    #[test]
    fn days_are_worked_out_from_today() {
        // A Thursday.
        let today = date(2026, 11, 26);
        let days = |query: &str| read(query).when.days(today, &named());
        assert_eq!(days("when=today"), (today, Some(today)));
        assert_eq!(
            days("when=weekend"),
            (date(2026, 11, 27), Some(date(2026, 11, 29)))
        );
        assert_eq!(days("when=week"), (today, Some(date(2026, 11, 29))));
        assert_eq!(
            days("when=next-week"),
            (date(2026, 11, 30), Some(date(2026, 12, 6)))
        );
        assert_eq!(
            days("when=jullov-2026"),
            (date(2026, 12, 21), Some(date(2027, 1, 10)))
        );
        assert_eq!(days("when=nothing-known"), (today, None));
        assert_eq!(
            days("from=2026-12-03&to=2026-12-01"),
            (date(2026, 12, 3), Some(date(2026, 12, 3)))
        );
        let sunday = date(2026, 11, 29);
        assert_eq!(When::Weekend.days(sunday, &[]), (sunday, Some(sunday)));
    }

    fn named() -> Vec<NamedDays> {
        vec![NamedDays {
            key: "jullov-2026".to_owned(),
            name: "Jullov".to_owned(),
            first: date(2026, 12, 21),
            last: date(2027, 1, 10),
        }]
    }

    #[test]
    fn what_is_over_today_is_not_asked_for() {
        let now = begins(date(2026, 11, 26)).plus_seconds(15 * 3_600);
        let asked = read("when=today").asked(now, &[]);
        assert_eq!(asked.from, now);
        assert_eq!(asked.until, Some(begins(date(2026, 11, 27))));
        // Days that somebody wrote are whole.
        let asked = read("from=2026-11-26").asked(now, &[]);
        assert_eq!(asked.from, begins(date(2026, 11, 26)));
        let asked = read("when=weekend&near=57.7,11.9").asked(now, &[]);
        assert_eq!(
            asked.from,
            begins(date(2026, 11, 27)).plus_seconds(16 * 3_600)
        );
        assert_eq!(asked.near.map(|(_, metres)| metres), Some(2_000));
    }
}
