//! From events and occasions to what is drawn: the same words in lists, months, screens and feeds.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use torg_kernel::{
    EventId, FactField, FactRef, FactSource, Locale, PictureId, Result, Timestamp, UnitId,
};
use torg_ui::{T, date_long, date_range};
use torg_web::{PageRequest, Resolved, Wanted};

use super::Calendar;
use crate::model::{Ages, Event, EventData, Place, Price};
use crate::neighbours::AreaEntry;
use crate::store::{self, OccasionRow};
use crate::views::{EventItem, Tag};
use crate::vocabulary::{Audience, Category, Ease, Status};

/// The address of a category's drawing.
#[must_use]
pub fn drawing(category: Category) -> &'static str {
    torg_ui::asset_url(&format!("event-{}.svg", category.as_str()))
}

/// Kronor with öre where there are any: `40 kr`, `40,50 kr`.
#[must_use]
pub fn money(t: T, ore: i64) -> String {
    let amount = if ore % 100 == 0 {
        torg_ui::number(t, ore / 100)
    } else {
        torg_ui::decimal(t, ore, 2)
    };
    t.one("event-kronor", "amount", amount)
}

/// What it costs, in words.
#[must_use]
pub fn price_words(t: T, price: Price) -> String {
    match price {
        Price::Free | Price::Paid { from: 0, to: None } => t.get("event-free").into_owned(),
        Price::Paid { from, to: None } => money(t, from),
        Price::Paid { from, to: Some(to) } if to == from => money(t, from),
        Price::Paid { from, to: Some(to) } => t.two(
            "event-price-span",
            "from",
            money(t, from),
            "to",
            money(t, to),
        ),
    }
}

/// For which ages, in words; empty when nothing is said.
#[must_use]
pub fn age_words(t: T, ages: Ages) -> String {
    match (ages.from, ages.to) {
        (None, None) => String::new(),
        (Some(from), None) => t.one("event-age-from", "from", i64::from(from)),
        (None, Some(to)) => t.one("event-age-to", "to", i64::from(to)),
        (Some(from), Some(to)) => t.two(
            "event-age-span",
            "from",
            i64::from(from),
            "to",
            i64::from(to),
        ),
    }
}

/// For whom, in words; "everybody" when nothing is said.
#[must_use]
pub fn audience_words(t: T, data: &EventData) -> String {
    if data.audiences.is_empty() {
        let key = if data.open_to_all {
            "event-for-all"
        } else {
            "event-not-for-all"
        };
        return t.get(key).into_owned();
    }
    let names = data.audiences.iter();
    let names: Vec<String> = names.map(|it| t.get(&it.key()).into_owned()).collect();
    names.join(", ")
}

fn tags(t: T, data: &EventData) -> Vec<Tag> {
    let mut tags = vec![Tag {
        icon: "ticket",
        text: price_words(t, data.price),
    }];
    let ages = age_words(t, data.ages);
    let young = data.ages.to.is_some_and(|to| to <= 6);
    if ages.is_empty() {
        tags.push(Tag {
            icon: if data.audiences == [Audience::Children] {
                "baby"
            } else {
                "users"
            },
            text: audience_words(t, data),
        });
    } else {
        tags.push(Tag {
            icon: if young { "baby" } else { "users" },
            text: ages,
        });
    }
    if data.ease.contains(&Ease::StepFree) {
        tags.push(Tag {
            icon: "accessibility",
            text: t.get(&Ease::StepFree.key()).into_owned(),
        });
    }
    if data.registration.is_some() {
        tags.push(Tag {
            icon: "pencil",
            text: t.get("event-register-first").into_owned(),
        });
    }
    tags
}

/// The hours of an occasion: `kl. 18.00–20.00`, `hela dagen`, `27 november–3 december 2026`.
#[must_use]
pub fn hours(t: T, row: &OccasionRow) -> String {
    let last = last_day(row);
    if row.all_day {
        return if last > row.start.date() {
            date_range(t, row.start.date(), last)
        } else {
            t.get("event-all-day").into_owned()
        };
    }
    let from = torg_ui::time(t, row.start.time());
    if row.end == row.start {
        return from;
    }
    let until = clock(t, row.end);
    if last > row.start.date() {
        return t.with(
            "event-until-day",
            &[
                ("from", from.into()),
                ("day", date_long(t, last).into()),
                ("until", torg_ui::time(t, row.end.time()).into()),
            ],
        );
    }
    format!("{from}–{until}")
}

/// `18.00` in Swedish, `18:00` in English.
fn clock(t: T, at: DateTime) -> String {
    let dot = match t.language() {
        torg_ui::UiLanguage::Swedish => '.',
        torg_ui::UiLanguage::English => ':',
    };
    format!("{:02}{dot}{:02}", at.hour(), at.minute())
}

/// The last day of an occasion. What ends at midnight or in the small hours ends the evening before.
#[must_use]
pub fn last_day(row: &OccasionRow) -> Date {
    let first = row.start.date();
    let end = row.end;
    if end.date() > first && (end.time() == jiff::civil::Time::midnight() || end.hour() < 5) {
        return end.date().yesterday().unwrap_or(first).max(first);
    }
    end.date().max(first)
}

/// `28 feb`: for the narrow column of hours.
fn tight_day(t: T, day: Date) -> String {
    let month = torg_ui::month_name(t, day.month());
    let month: String = month.chars().take(3).collect();
    format!("{}\u{a0}{month}", day.day())
}

/// What has happened, in words, with what it was moved from.
#[must_use]
pub fn flag(t: T, row: &OccasionRow) -> Option<String> {
    match row.status {
        Status::Scheduled => None,
        Status::Moved if row.of.date() != row.start.date() => {
            Some(t.one("event-moved-from", "day", short_day(t, row.of.date())))
        }
        status => Some(t.get(&status.key()).into_owned()),
    }
}

/// `28 februari`.
fn short_day(t: T, day: Date) -> String {
    format!("{}\u{a0}{}", day.day(), torg_ui::month_name(t, day.month()))
}

/// Start for programs: `2026-03-04T10:00`, or the day alone.
#[must_use]
pub fn datetime(row: &OccasionRow) -> String {
    if row.all_day {
        row.start.date().to_string()
    } else {
        row.start.strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

/// What lists show of others: the events, the names of places, pictures.
pub struct Shown {
    events: HashMap<EventId, Event>,
    resolved: Resolved,
    areas: Vec<AreaEntry>,
    /// What the page must be dropped for.
    pub tags: Vec<String>,
    /// When a part of it becomes untrue.
    pub until: Option<Timestamp>,
}

fn name_of(unit: UnitId) -> FactRef {
    FactRef {
        source: FactSource::Unit,
        id: unit.0,
        field: FactField::Name,
    }
}

impl Shown {
    /// Reads what the occasions are of, and asks for the names of their places.
    pub async fn read(
        calendar: &Calendar,
        request: &PageRequest,
        locale: Locale,
        rows: &[OccasionRow],
    ) -> Result<Self> {
        let mut ids: Vec<EventId> = rows.iter().map(|row| row.event).collect();
        ids.sort_unstable();
        ids.dedup();
        let snapshot = request.snapshot().await?;
        let events = store::list_by_id(&**snapshot, &ids).await?;
        let areas = calendar.neighbours.areas(snapshot, locale).await?;
        Self::of(request, locale, events, areas).await
    }

    /// The same of events that are read.
    pub async fn of(
        request: &PageRequest,
        locale: Locale,
        events: Vec<Event>,
        areas: Vec<AreaEntry>,
    ) -> Result<Self> {
        let places = events
            .iter()
            .filter_map(|it| it.data.place.as_ref()?.unit());
        let mut units: Vec<UnitId> = places.collect();
        units.sort_unstable();
        units.dedup();
        let mut pictures: Vec<PictureId> = events.iter().filter_map(|it| it.data.picture).collect();
        pictures.sort_unstable();
        pictures.dedup();
        let wanted = Wanted {
            facts: units.iter().map(|unit| name_of(*unit)).collect(),
            pictures,
            ..Wanted::default()
        };
        let facts = &request.app.facts;
        let mut resolved = facts
            .resolve(&request.reading, &wanted, locale, request.now)
            .await?;
        Ok(Self {
            tags: std::mem::take(&mut resolved.tags),
            until: resolved.fresh_until,
            resolved,
            areas,
            events: events.into_iter().map(|it| (it.id, it)).collect(),
        })
    }

    /// The event of an occasion.
    #[must_use]
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(&id)
    }

    /// Where an occasion is, in one line: the place and the part of the city.
    #[must_use]
    pub fn place(&self, t: T, event: &Event, row: &OccasionRow) -> String {
        if let Some(instead) = &row.instead {
            return instead.clone();
        }
        let name = match &event.data.place {
            Some(Place::Unit { unit, .. }) => self
                .resolved
                .facts
                .get(&name_of(*unit))
                .cloned()
                .unwrap_or_default(),
            Some(Place::Free { name, .. }) => name.get(t.locale()).to_owned(),
            Some(Place::Online { .. }) => t.get("event-online").into_owned(),
            None => String::new(),
        };
        let area = row.area.as_ref().and_then(|key| {
            let found = self.areas.iter().find(|area| area.key == *key);
            found.map(|area| area.name.as_str())
        });
        match area {
            Some(area) if !name.contains(area) && !name.is_empty() => format!("{name}, {area}"),
            _ => name,
        }
    }

    /// An occasion in a list; nothing when its event is gone.
    #[must_use]
    pub fn item(&self, t: T, row: &OccasionRow) -> Option<EventItem> {
        let event = self.events.get(&row.event)?;
        let data = &event.data;
        let time = if row.all_day {
            t.get("event-all-day").into_owned()
        } else {
            clock(t, row.start)
        };
        Some(EventItem {
            time,
            datetime: datetime(row),
            title: event.name(t.locale()).to_owned(),
            lang: data.name.other_language(t.locale()),
            href: event.href(t.locale()),
            place: self.place(t, event, row),
            flag: flag(t, row),
            off: row.status.is_off(),
            tags: tags(t, data),
            drawing: drawing(data.category),
            picture: data
                .picture
                .and_then(|id| self.resolved.pictures.get(&id).cloned()),
        })
    }

    /// The same for what has begun: with its last day instead of its hour.
    #[must_use]
    pub fn ongoing(&self, t: T, row: &OccasionRow) -> Option<EventItem> {
        let mut item = self.item(t, row)?;
        item.time = t.one("event-until", "day", tight_day(t, last_day(row)));
        Some(item)
    }

    /// The same with its day, for lists that are not by day.
    #[must_use]
    pub fn dated(&self, t: T, row: &OccasionRow) -> Option<EventItem> {
        let mut item = self.item(t, row)?;
        item.time = if row.all_day {
            tight_day(t, row.start.date())
        } else {
            format!(
                "{} {}",
                tight_day(t, row.start.date()),
                torg_ui::time(t, row.start.time())
            )
        };
        Some(item)
    }
}

/// A day of the list as its heading says it.
#[must_use]
pub fn day_heading(t: T, day: Date, today: Date) -> (String, String, String) {
    let named = if day == today {
        Some("calendar-today")
    } else if Some(day) == today.tomorrow().ok() {
        Some("calendar-tomorrow")
    } else {
        None
    };
    let weekday = named.map_or_else(
        || torg_ui::weekday_name(t, day.weekday()).into_owned(),
        |key| {
            let weekday = torg_ui::weekday_name(t, day.weekday());
            t.one(key, "weekday", weekday.as_ref())
        },
    );
    let month = format!("{} {}", torg_ui::month_name(t, day.month()), day.year());
    (weekday, day.day().to_string(), month)
}
