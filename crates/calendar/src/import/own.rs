//! Torg's own events out of a calendar that came back: by their UIDs, whole or one occasion at a time.
//!
//! A file holds less than an event: words that were put together, one language, no prices. So what it
//! says is compared with what Torg itself would have said, and only what is otherwise is taken. The price
//! is that an occasion's own place is read only where the event is at no unit.

use jiff::civil::DateTime;
use torg_kernel::{EventId, FieldError, Locale, Message, squeeze};
use torg_recurrence::ical::{Entry, Status as Stands};
use torg_recurrence::{Change, Pattern};
use torg_ui::T;

use super::fault;
use crate::feeds::{described, framing};
use crate::model::{Event, EventData, Organiser, Place};
use crate::vocabulary::Status;
use crate::web::LOCALES;

/// What a calendar says of one of our own events.
#[derive(Default)]
pub struct Own {
    /// The event with its pattern.
    pub whole: Option<Entry>,
    /// Single occasions, by the start they have in the pattern.
    pub single: Vec<(DateTime, Entry)>,
}

/// The event and the occasion that a UID of ours names.
pub fn own_uid(uid: &str) -> Option<(EventId, Option<DateTime>)> {
    if let Ok(id) = uid.parse() {
        return Some((id, None));
    }
    let (id, of) = uid.rsplit_once('-')?;
    let of = DateTime::strptime("%Y%m%dT%H%M%S", of).ok()?;
    Some((id.parse().ok()?, Some(of)))
}

/// A name without what calendars are told of how it stands: `Inställt: Konsert` is Konsert.
pub fn plain_name(summary: &str) -> String {
    const MARK: &str = "\u{1}";
    for t in [T::SV, T::EN] {
        for status in [Status::Cancelled, Status::Postponed, Status::SoldOut] {
            let word = t.get(&status.key()).into_owned();
            let told = t.two("event-ics-status", "status", word, "name", MARK);
            let Some((before, after)) = told.split_once(MARK) else {
                continue;
            };
            let bare = summary.strip_prefix(before);
            if let Some(name) = bare.and_then(|name| name.strip_suffix(after)) {
                return squeeze(name);
            }
        }
    }
    squeeze(summary)
}

impl Own {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        let single = self.single.iter().map(|(_, entry)| entry);
        self.whole.iter().chain(single)
    }

    /// Whether the file was written before the event was last changed here.
    pub fn is_older(&self, known: &Event) -> bool {
        let last = self.entries().map(|entry| entry.sequence).max();
        let changed = self.entries().map(|entry| entry.changed_at).max();
        // Who writes no numbers is believed.
        last.is_some_and(|last| last > 0 && last < known.version)
            && changed.is_some_and(|changed| changed < known.updated_at)
    }

    /// When single occasions alone are known: a list of days.
    pub fn pattern(&self) -> Option<Pattern> {
        if let Some(whole) = &self.whole {
            return Some(whole.pattern.clone());
        }
        let (first, entry) = self.single.iter().min_by_key(|(of, _)| *of)?;
        let mut pattern = entry.pattern.clone();
        pattern.start = *first;
        let others = self.single.iter().map(|(of, _)| *of);
        pattern.dates = others.filter(|of| of != first).collect();
        for (of, entry) in &self.single {
            let change = Change {
                to: Some(entry.pattern.start),
                minutes: Some(entry.pattern.minutes),
                cancelled: entry.status == Stands::Cancelled,
                ..Change::cancelled(*of)
            };
            if change.cancelled
                || entry.pattern.start != *of
                || entry.pattern.minutes != pattern.minutes
            {
                pattern.changes.push(change);
            }
        }
        Some(pattern.canonical())
    }

    /// The known event's data with what the file says otherwise. `owner` is what the organisation is
    /// called in a language.
    ///
    /// # Errors
    /// An occasion that the event does not have.
    pub fn data(
        &self,
        known: &Event,
        owner: &dyn Fn(Locale) -> String,
    ) -> Result<EventData, Vec<FieldError>> {
        let mut data = known.data.clone();
        let mut errors = Vec::new();
        if let Some(whole) = &self.whole {
            words(&mut data, whole, known, owner);
            place(&mut data, whole);
            times(&mut data, whole, known);
        } else if let Some((_, first)) = self.single.first() {
            words(&mut data, first, known, owner);
        }
        for (of, entry) in &self.single {
            if !occasion(&mut data, *of, entry) {
                let at = of.strftime("%Y-%m-%d %H:%M").to_string();
                let message = Message::new("event-import-no-occasion").with("start", at);
                errors.push(fault(entry.line, "UID", message));
            }
        }
        if data.pattern.clone().canonical() == known.data.pattern.clone().canonical() {
            data.pattern.clone_from(&known.data.pattern);
        } else {
            data.pattern = data.pattern.canonical();
        }
        if errors.is_empty() {
            Ok(data)
        } else {
            Err(errors)
        }
    }
}

/// The language that a file was written in: its own address tells.
fn language(entry: &Entry, known: &Event) -> Locale {
    let english = known.href(Locale::EN);
    if english != known.href(Locale::SV) && entry.url.ends_with(&english) {
        Locale::EN
    } else {
        Locale::SV
    }
}

fn words(data: &mut EventData, entry: &Entry, known: &Event, owner: &dyn Fn(Locale) -> String) {
    let locale = language(entry, known);
    let t = T::of(locale);
    let name = plain_name(&entry.summary);
    if name != squeeze(known.name(locale)) {
        data.name.set(locale, &name);
    }
    let expected = described(t, known);
    let said = entry.description.trim();
    // A single occasion has its note before.
    if !said.ends_with(expected.trim()) || (expected.is_empty() && !said.is_empty()) {
        let text = middle(t, known, said);
        if text != known.data.text.get(locale).trim() {
            data.text.set_lines(locale, text);
        }
    }
    let ours = LOCALES
        .iter()
        .any(|own| entry.url.ends_with(&known.href(*own)));
    if entry.url.starts_with("http") && !ours {
        data.more_url.clone_from(&entry.url);
    }
    let organiser = entry.organiser.as_deref().map(squeeze).unwrap_or_default();
    let own = LOCALES
        .iter()
        .any(|locale| squeeze(&owner(*locale)) == organiser);
    if data.organiser.is_none() && !organiser.is_empty() && !own {
        data.organiser = Some(Organiser::Free {
            name: organiser,
            url: String::new(),
        });
    }
}

/// The text of a description, without what stands before and after it in what Torg writes.
fn middle<'a>(t: T, known: &Event, said: &'a str) -> &'a str {
    let (before, after) = framing(t, known);
    let mut text = said;
    for part in before {
        text = text.strip_prefix(part.trim()).unwrap_or(text).trim();
    }
    for part in after.iter().rev() {
        text = text.strip_suffix(part.trim()).unwrap_or(text).trim();
    }
    text
}

/// The words for a place that stands by itself.
fn place_words(place: &Place, locale: Locale) -> Option<String> {
    match place {
        Place::Free { .. } => Some(crate::feeds::free_place(place, locale)),
        Place::Online { url } => Some(url.clone()),
        Place::Unit { .. } => None,
    }
}

/// Whether words say where an event is already.
fn says(place: Option<&Place>, location: &str) -> bool {
    match place {
        // A unit that the staff chose is better than words.
        Some(Place::Unit { .. }) => true,
        Some(place) => LOCALES
            .iter()
            .any(|locale| place_words(place, *locale).is_some_and(|own| squeeze(&own) == location)),
        None => false,
    }
}

fn place(data: &mut EventData, entry: &Entry) {
    let location = squeeze(&entry.location);
    if location.is_empty() || says(data.place.as_ref(), &location) {
        return;
    }
    data.place = Some(super::ical::place_of(entry, location));
}

fn times(data: &mut EventData, entry: &Entry, known: &Event) {
    let pattern = &known.data.pattern;
    if !pattern.repeats() && !entry.pattern.repeats() {
        let start = pattern.start;
        if pattern.changes.iter().any(|change| change.of == start) {
            // What goes out is the one occasion as it is now.
            occasion(data, start, entry);
            return;
        }
    }
    let file = entry.pattern.clone();
    data.pattern = merged(pattern, file);
    match entry.status {
        Stands::Cancelled if !data.status.is_off() => data.status = Status::Cancelled,
        Stands::Confirmed if data.status == Status::Cancelled => data.status = Status::Scheduled,
        _ => {}
    }
}

/// The file's pattern with what only the staff know of single occasions.
fn merged(known: &Pattern, mut file: Pattern) -> Pattern {
    if file.zone != known.zone || file.all_day != known.all_day {
        return file;
    }
    let minutes = |pattern: &Pattern, change: &Change| change.minutes.unwrap_or(pattern.minutes);
    for change in &mut file.changes {
        let own = known.changes.iter().find(|own| own.of == change.of);
        let Some(own) = own else { continue };
        let elsewhere = change.place.is_some() && change.place != own.place;
        let alike = own.to.unwrap_or(own.of) == change.to.unwrap_or(change.of)
            && own.cancelled == change.cancelled
            && minutes(known, own) == change.minutes.unwrap_or(file.minutes);
        if alike && !elsewhere {
            change.clone_from(own);
        }
    }
    for own in &known.changes {
        // Many calendars let go of what is called off: it stays called off here.
        if !file.changes.iter().any(|change| change.of == own.of) && has(&file, own.of) {
            file.changes.push(own.clone());
        }
    }
    file
}

/// Whether an occasion begins so by the pattern.
fn has(pattern: &Pattern, of: DateTime) -> bool {
    let bare = Pattern {
        changes: Vec::new(),
        ..pattern.clone()
    };
    let found = bare.occasions(of.date(), of.date(), 5_000);
    found.is_ok_and(|found| found.iter().any(|own| own.of == of))
}

/// Lays one occasion of a file into the event's; false when the event has none that begins so.
fn occasion(data: &mut EventData, of: DateTime, entry: &Entry) -> bool {
    let pattern = &data.pattern;
    if !has(pattern, of) {
        return false;
    }
    let own = pattern.changes.iter().find(|change| change.of == of);
    let mut change = own.cloned().unwrap_or_else(|| Change {
        cancelled: false,
        ..Change::cancelled(of)
    });
    let start = match (pattern.time_zone(), entry.pattern.time_zone()) {
        (Some(here), Some(there)) if !pattern.all_day && pattern.zone != entry.pattern.zone => {
            there
                .to_timestamp(entry.pattern.start)
                .map_or(entry.pattern.start, |at| at.to_zoned(here).datetime())
        }
        _ => entry.pattern.start,
    };
    change.to = Some(start).filter(|to| *to != of);
    change.minutes = Some(entry.pattern.minutes).filter(|own| *own != pattern.minutes);
    match entry.status {
        // Where all of it is off, its occasions are so without a word of their own.
        Stands::Cancelled => change.cancelled |= !data.status.is_off(),
        Stands::Confirmed | Stands::Tentative => change.cancelled = false,
    }
    let location = squeeze(&entry.location);
    let told = change.place.as_deref().map(squeeze);
    if !location.is_empty()
        && told.as_ref() != Some(&location)
        && !says(data.place.as_ref(), &location)
    {
        change.place = Some(location);
    }
    let plain = Change {
        cancelled: false,
        ..Change::cancelled(of)
    };
    data.pattern.changes.retain(|own| own.of != of);
    if change != plain {
        data.pattern.changes.push(change);
    }
    true
}
