//! iCalendar as events. What a calendar has no word for (category, audience, price) is for the one who
//! imports to say, and stays as it is when the file comes again.

use std::collections::HashMap;

use torg_kernel::{EventId, FieldError, Locale, Message, squeeze};
use torg_recurrence::ical::{self, Entry, Status as Stands};
use torg_ui::T;

use super::own::{Own, own_uid, plain_name};
use super::record::{Record, key_of};
use super::{ImportFile, fault};
use crate::model::{Organiser, Place, Spot, Words};
use crate::vocabulary::{Category, Status};

/// The events of a calendar, what was read otherwise than it was written, and all that is wrong.
pub fn records(text: &str) -> ImportFile {
    let read = ical::read(text);
    let told = |list: Vec<ical::LineError>| -> Vec<FieldError> {
        list.into_iter()
            .map(|own| fault(own.line, &own.property, own.message))
            .collect()
    };
    let mut errors = told(read.errors);
    let mut records: Vec<Record> = Vec::with_capacity(read.calendar.entries.len());
    let mut ours: HashMap<EventId, usize> = HashMap::new();
    for entry in read.calendar.entries {
        if squeeze(&entry.summary).is_empty() {
            let message = Message::new("ical-missing").with("property", "SUMMARY");
            errors.push(fault(entry.line, "SUMMARY", message));
            continue;
        }
        if let Some((lat, lon)) = entry.position
            && let Err(wrong) = torg_geo::read_point(&format!("{lat}, {lon}"))
        {
            errors.push(fault(entry.line, "GEO", wrong.message()));
            continue;
        }
        let Some((id, of)) = own_uid(&entry.uid) else {
            records.push(record(entry));
            continue;
        };
        let at = *ours.entry(id).or_insert(records.len());
        if at == records.len() {
            let mut first = record(entry.clone());
            first.key = key_of(&id.to_string());
            first.id = Some(id);
            first.own = Some(Own::default());
            records.push(first);
        }
        if let Some(own) = &mut records[at].own {
            match of {
                None => own.whole = Some(entry),
                Some(of) => own.single.push((of, entry)),
            }
        }
    }
    for record in &mut records {
        if let Some(own) = &record.own {
            record.pattern = own.pattern();
        }
    }
    ImportFile {
        records,
        errors,
        notes: told(read.notes),
    }
}

/// The category that a word means: its name in this program, in Swedish or in English.
fn category(words: &[String]) -> Option<Category> {
    let means = |word: &str, category: Category| {
        let word = word.trim().to_lowercase();
        let key = category.key();
        word == category.as_str()
            || [T::SV, T::EN]
                .iter()
                .any(|t| t.get(&key).to_lowercase() == word)
    };
    words
        .iter()
        .find_map(|word| Category::ALL.iter().copied().find(|own| means(word, *own)))
}

/// The property that a field of an event comes from, for what is told of faults.
fn property(field: &str) -> &str {
    match field {
        "start_date" | "start_time" | "moved_date" => "DTSTART",
        "end_date" | "end_time" => "DTEND",
        "repeat" | "until" | "count" => "RRULE",
        "dates" => "RDATE",
        "more_url" => "URL",
        "organiser_name" => "ORGANIZER",
        _ if field.starts_with("name_") => "SUMMARY",
        _ if field.starts_with("text_") => "DESCRIPTION",
        _ if field.starts_with("place_") || field == "online_url" => "LOCATION",
        other => other,
    }
}

/// Where an entry is, by its words.
pub fn place_of(entry: &Entry, words: String) -> Place {
    if words.starts_with("https://") || words.starts_with("http://") {
        return Place::Online { url: words };
    }
    let position = entry.position;
    Place::Free {
        name: Words::swedish(&words),
        street: String::new(),
        postcode: String::new(),
        city: String::new(),
        spot: position.and_then(|(lat, lon)| Spot::degrees(lat, lon)),
    }
}

fn record(entry: Entry) -> Record {
    let mut record = Record::new(entry.line, key_of(&entry.uid));
    record.named = property;
    let ours = own_uid(&entry.uid).is_some();
    record.name = match ours {
        true => plain_name(&entry.summary),
        false => squeeze(&entry.summary),
    };
    record.pattern = Some(entry.pattern.clone());
    record.category = category(&entry.categories);
    if let Some(category) = record.category {
        record.set(move |data| data.category = category);
    }
    let name = record.name.clone();
    record.set(move |data| data.name.set(Locale::SV, &name));
    let description = entry.description.clone();
    record.set(move |data| data.text.set_lines(Locale::SV, &description));
    let status = if entry.status == Stands::Cancelled {
        Status::Cancelled
    } else {
        Status::Scheduled
    };
    record.set(move |data| {
        // A calendar knows no more than this; “full” and “postponed” are the staff's to say.
        if status == Status::Cancelled || data.status == Status::Cancelled {
            data.status = status;
        }
    });
    if entry.url.starts_with("http") {
        let url = entry.url.clone();
        record.set(move |data| data.more_url.clone_from(&url));
    }
    let place = squeeze(&entry.location);
    if !place.is_empty() {
        let place = place_of(&entry, place);
        record.set(move |data| {
            // A unit that the staff chose is better than words.
            if !matches!(data.place, Some(Place::Unit { .. })) {
                data.place = Some(place.clone());
            }
        });
    }
    if let Some(name) = entry.organiser {
        record.set(move |data| {
            if data.organiser.is_none() {
                data.organiser = Some(Organiser::Free {
                    name: squeeze(&name),
                    url: String::new(),
                });
            }
        });
    }
    record
}
