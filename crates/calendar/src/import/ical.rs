//! iCalendar as events. What a calendar has no word for (category, audience, price) is for the one who
//! imports to say, and stays as it is when the file comes again.

use torg_kernel::{FieldError, Locale, Message, squeeze};
use torg_recurrence::ical::{self, Entry, Status as Stands};
use torg_ui::T;

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
    let mut records = Vec::with_capacity(read.calendar.entries.len());
    for entry in read.calendar.entries {
        if squeeze(&entry.summary).is_empty() {
            let message = Message::new("ical-missing").with("property", "SUMMARY");
            errors.push(fault(entry.line, "SUMMARY", message));
        } else {
            records.push(record(entry));
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

fn record(entry: Entry) -> Record {
    // What Torg itself wrote is its own event again.
    let own = entry.uid.parse().ok();
    let mut record = Record::new(entry.line, key_of(&entry.uid));
    record.id = own;
    record.name = squeeze(&entry.summary);
    record.pattern = Some(entry.pattern);
    record.category = category(&entry.categories);
    if let Some(category) = record.category {
        record.set(move |data| data.category = category);
    }
    let name = record.name.clone();
    record.set(move |data| data.name.set(Locale::SV, &name));
    let description = entry.description;
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
        let url = entry.url;
        record.set(move |data| data.more_url.clone_from(&url));
    }
    let spot = entry
        .position
        .and_then(|(lat, lon)| Spot::degrees(lat, lon));
    let place = squeeze(&entry.location);
    if !place.is_empty() {
        record.set(move |data| {
            let online = place.starts_with("https://") || place.starts_with("http://");
            // A unit that the staff chose is better than words.
            if matches!(data.place, Some(Place::Unit { .. })) {
                return;
            }
            data.place = Some(if online {
                Place::Online { url: place.clone() }
            } else {
                Place::Free {
                    name: Words::swedish(&place),
                    street: String::new(),
                    postcode: String::new(),
                    city: String::new(),
                    spot,
                }
            });
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
