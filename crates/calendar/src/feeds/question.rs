//! What a program asks for, with the names of the City of Helsinki's Linked Events API
//! (<https://api.hel.fi/linkedevents/v1/>), which other Nordic cities have too. Read strictly: a
//! misspelt keyword is an error and not all keywords.

use jiff::civil::Date;
use torg_kernel::{
    FieldError, Locale, Message, Problem, Result, Timestamp, UnitId, civil_date, squeeze,
};
use torg_web::PageRequest;

use crate::filter::{OccasionQuery, begins, plus};
use crate::model::Spot;
use crate::service::EVENTS_TAG;
use crate::vocabulary::{Audience, Category, Status, bits};
use crate::web::Calendar;

/// The parameters of a question for events.
pub(super) const EVENTS_QUERY: &[&str] = &[
    "bbox",
    "days",
    "division",
    "dwithin_metres",
    "dwithin_origin",
    "end",
    "event_status",
    "ids",
    "include",
    "is_free",
    "keyword",
    "language",
    "last_modified_since",
    "location",
    "page",
    "page_size",
    "publisher",
    "sort",
    "start",
    "text",
];
/// The parameters of a question for one.
pub(super) const INCLUDE_QUERY: &[&str] = &["include"];

/// Occasions on a page, unless told, and at most.
const PAGE: (i64, i64) = (20, 100);
/// The last page that is offered.
const PAGES: i64 = 10_000;
/// Values between commas in one parameter.
const VALUES: usize = 50;
/// Events that words may find.
const FOUND: usize = 1_000;

/// What is told in full instead of by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Include {
    /// The place.
    pub location: bool,
    /// The names of keywords.
    pub keywords: bool,
}

/// A question, worked out.
pub(super) struct Question {
    /// The question to the table.
    pub query: OccasionQuery,
    /// Which page, from 1.
    pub page: i64,
    /// Occasions on it.
    pub page_size: i64,
    /// What is told in full.
    pub include: Include,
    /// What the answer must be dropped for beside what it shows.
    pub tags: Vec<String>,
}

/// Reads parameters and gathers what is wrong.
struct Reader<'a> {
    request: &'a PageRequest,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.request
            .query(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    fn wrong(&mut self, name: &str, message: Message) {
        self.errors.push(FieldError {
            field: name.to_owned(),
            message,
        });
    }

    fn refuse(&mut self, name: &str, value: &str) {
        let value: String = value.chars().take(80).collect();
        let message = Message::new("calendar-api-value")
            .with("name", name)
            .with("value", value);
        self.wrong(name, message);
    }

    /// A value that must be readable where it is given.
    fn one<V>(&mut self, name: &str, read: impl Fn(&str) -> Option<V>) -> Option<V> {
        let text = self.text(name)?;
        let value = read(text);
        if value.is_none() {
            self.refuse(name, text);
        }
        value
    }

    /// All values between commas.
    fn all<V>(&mut self, name: &str, read: impl Fn(&str) -> Option<V>) -> Vec<V> {
        let text = self.text(name).unwrap_or_default();
        let parts: Vec<&str> = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() > VALUES {
            self.wrong(name, Message::new("calendar-api-many").with("most", VALUES));
        }
        let mut values = Vec::new();
        for part in parts.into_iter().take(VALUES) {
            match read(part) {
                Some(value) => values.push(value),
                None => self.refuse(name, part),
            }
        }
        values
    }

    fn number(&mut self, name: &str, usual: i64, most: i64) -> i64 {
        let Some(text) = self.text(name) else {
            return usual;
        };
        match text
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number))
        {
            Some(number) => number,
            None => {
                self.wrong(name, Message::new("calendar-api-number").with("most", most));
                usual
            }
        }
    }

    /// `start` or `end`: a day, an instant, `today` or `now`. A day as an end is the whole of it.
    fn moment(&mut self, name: &str, end: bool) -> Option<Timestamp> {
        let now = self.request.now;
        let day = |day: Date| {
            if end {
                begins(plus(day, 1))
            } else {
                begins(day)
            }
        };
        self.one(name, |text| match text {
            "now" => Some(now),
            "today" => Some(day(civil_date(now))),
            text => match text.parse::<jiff::Timestamp>() {
                Ok(at) => Some(Timestamp::from_micros(at.as_microsecond())),
                Err(_) => text.parse().ok().map(day),
            },
        })
    }

    fn keywords(&mut self, query: &mut OccasionQuery) {
        let names = self.all("keyword", |name| {
            let known = Category::parse(name).is_some() || Audience::parse(name).is_some();
            known.then(|| name.to_owned())
        });
        let categories: Vec<i64> = names
            .iter()
            .filter_map(|name| Some(Category::parse(name)?.bit()))
            .collect();
        let audiences: Vec<i64> = names
            .iter()
            .filter_map(|name| Some(Audience::parse(name)?.bit()))
            .collect();
        if !categories.is_empty() && !audiences.is_empty() {
            self.wrong("keyword", Message::new("calendar-api-keyword-kinds"));
        }
        query.categories = bits(categories);
        query.audiences = bits(audiences);
    }

    fn circle(&mut self) -> Option<(Spot, u32)> {
        let origin = self.one("dwithin_origin", |text| {
            let (lon, lat) = text.split_once(',')?;
            Spot::degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
        });
        let metres = self.one("dwithin_metres", |text| {
            text.parse()
                .ok()
                .filter(|metres| (1..=100_000).contains(metres))
        });
        match (origin, metres) {
            (Some(origin), Some(metres)) => Some((origin, metres)),
            (None, None) => None,
            _ => {
                if self.text("dwithin_origin").is_none() || self.text("dwithin_metres").is_none() {
                    self.wrong("dwithin_origin", Message::new("calendar-api-circle"));
                }
                None
            }
        }
    }

    fn times(&mut self, query: &mut OccasionQuery) {
        let days = self.one("days", |text| {
            text.parse::<i32>()
                .ok()
                .filter(|days| (1..=800).contains(days))
        });
        let (start, end) = (self.moment("start", false), self.moment("end", true));
        if let Some(days) = days {
            if self.text("start").is_some() || self.text("end").is_some() {
                self.wrong("days", Message::new("calendar-api-days"));
            }
            query.from = self.request.now;
            query.until = Some(self.request.now.plus_seconds(i64::from(days) * 86_400));
            return;
        }
        query.from = start.unwrap_or_default();
        query.until = end;
        if start.zip(end).is_some_and(|(start, end)| end < start) {
            self.wrong("end", Message::new("calendar-api-end-before-start"));
        }
    }

    fn include(&mut self) -> Include {
        let names = self.all("include", |name| {
            matches!(name, "location" | "keywords").then(|| name.to_owned())
        });
        Include {
            location: names.iter().any(|name| name == "location"),
            keywords: names.iter().any(|name| name == "keywords"),
        }
    }

    fn end(self) -> Result<()> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::Invalid(self.errors))
        }
    }
}

/// West, south, east, north in degrees.
fn bounds(text: &str) -> Option<(Spot, Spot)> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| number.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [west, south, east, north] = numbers[..] else {
        return None;
    };
    let (low, high) = (Spot::degrees(south, west)?, Spot::degrees(north, east)?);
    (low.lat <= high.lat && low.lon <= high.lon).then_some((low, high))
}

fn status(name: &str) -> Option<Vec<Status>> {
    Some(match name {
        // A full event takes place.
        "EventScheduled" => vec![Status::Scheduled, Status::SoldOut],
        "EventRescheduled" => vec![Status::Moved],
        "EventCancelled" => vec![Status::Cancelled],
        "EventPostponed" => vec![Status::Postponed],
        _ => return None,
    })
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Reads what is told in full of one event.
pub(super) fn include(request: &PageRequest) -> Result<Include> {
    let mut reader = Reader {
        request,
        errors: Vec::new(),
    };
    let include = reader.include();
    reader.end()?;
    Ok(include)
}

/// Reads a question.
pub(super) async fn read(calendar: &Calendar, request: &PageRequest) -> Result<Question> {
    let mut reader = Reader {
        request,
        errors: Vec::new(),
    };
    let mut query = OccasionQuery::default();
    let mut tags = vec![EVENTS_TAG.to_owned()];
    reader.times(&mut query);
    reader.keywords(&mut query);
    query.bounds = reader.one("bbox", bounds);
    query.near = reader.circle();
    query.statuses = reader
        .all("event_status", status)
        .into_iter()
        .flatten()
        .collect();
    query.free = reader.one("is_free", flag).unwrap_or(false);
    query.language = reader.one("language", |text| text.parse().ok());
    query.changed_since = reader.moment("last_modified_since", false);
    query.latest_first = reader
        .one("sort", |text| match text {
            "start_time" => Some(false),
            "-start_time" => Some(true),
            _ => None,
        })
        .unwrap_or(false);
    let ids = reader.all("ids", |text| text.get(..36)?.parse().ok());
    if !ids.is_empty() {
        query.events = Some(ids);
    }
    let include = reader.include();
    let page = reader.number("page", 1, PAGES);
    let page_size = reader.number("page_size", PAGE.0, PAGE.1);
    places(&mut reader, calendar, &mut query).await?;
    if let Some(key) = reader.text("publisher") {
        let organisations = request.organisations().await?;
        match organisations.by_key(key) {
            Some(own) => {
                tags.push(format!("organisation:{}", own.id));
                query.organisations = Some(vec![own.id]);
            }
            None => reader.refuse("publisher", key),
        }
    }
    if let Some(words) = reader.text("text") {
        let words: String = squeeze(words).chars().take(200).collect();
        let found = calendar
            .neighbours
            .find_events(&words, Locale::SV, FOUND)
            .await?;
        query.events = Some(match query.events.take() {
            Some(ids) => found.into_iter().filter(|id| ids.contains(id)).collect(),
            None => found,
        });
    }
    reader.end()?;
    Ok(Question {
        query,
        page,
        page_size,
        include,
        tags,
    })
}

/// `location` and `division`: units by id or key, and a part of the city.
async fn places(
    reader: &mut Reader<'_>,
    calendar: &Calendar,
    query: &mut OccasionQuery,
) -> Result<()> {
    if reader.text("location").is_some() {
        let snapshot = reader.request.snapshot().await?;
        let known = calendar.neighbours.places(snapshot, Locale::SV).await?;
        let units: Vec<UnitId> = reader.all("location", |text| {
            let id = text.parse().ok();
            let found = known
                .iter()
                .find(|own| own.key == text || Some(own.id) == id);
            found.map(|own| own.id)
        });
        query.places = units;
    }
    if reader.text("division").is_some() {
        let snapshot = reader.request.snapshot().await?;
        let areas = calendar.neighbours.areas(snapshot, Locale::SV).await?;
        query.area = reader.one("division", |text| {
            areas
                .iter()
                .any(|own| own.key == text)
                .then(|| text.to_owned())
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_read_strictly() {
        assert!(bounds("11.5,57.5,12.5,57.9").is_some());
        for wrong in [
            "",
            "1,2,3",
            "57.5,11.5,57.9,200",
            "12.5,57.5,11.5,57.9",
            "a,b,c,d",
            "1,2,3,4,5",
            "NaN,1,2,3",
        ] {
            assert!(bounds(wrong).is_none(), "{wrong}");
        }
    }
}
