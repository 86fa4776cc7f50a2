//! The rules for what an event may say, whoever wrote it. Fields are named as in the form.

use jiff::civil::{Date, DateTime};
use jiff::tz::AmbiguousOffset;
use torg_kernel::{FieldError, Locale, Message, Timestamp, zone};
use torg_recurrence::{Fault, Pattern};

use crate::expand::{MOST_OCCASIONS, window};
use crate::model::{Event, EventData, Place, Price, Words};

/// Characters of a name.
pub(crate) const NAME: usize = 150;
/// Characters of the sentence in lists.
pub(crate) const SUMMARY: usize = 300;
/// Characters of the text.
pub(crate) const TEXT: usize = 10_000;
/// Characters of short notes.
const NOTE: usize = 300;
/// Characters of names of places, rooms and people.
const SHORT: usize = 150;
/// Characters of an address on the web.
const URL: usize = 1_000;
/// Names of other organisers.
const CO_ORGANISERS: usize = 20;
/// The dearest ticket in öre: 100 000 kronor.
const DEAREST: i64 = 10_000_000;
/// The oldest.
const OLDEST: u8 = 120;
/// The longest occasion in minutes: an exhibition of a good year. What lasts longer is a place or a
/// page, and would stand in every list every day.
pub const LONGEST: u32 = 400 * 1_440;

/// A key can stand in addresses and logs: a–z, 0–9 and hyphens, at most 80 characters.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn error(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

/// What is wrong with an event.
#[must_use]
pub fn check(event: &Event, now: Timestamp) -> Vec<FieldError> {
    let data = &event.data;
    let mut errors = Vec::new();
    if !is_key(&event.key) {
        errors.push(error("key", Message::new("event-error-key")));
    }
    errors.extend(texts(data));
    errors.extend(times(&data.pattern, now));
    errors.extend(numbers(data));
    errors.extend(places(data));
    if data.part_of == Some(event.id) {
        errors.push(error("part_of", Message::new("event-error-part-of")));
    }
    errors
}

fn long(field: &str, text: &str, limit: usize) -> Option<FieldError> {
    let letters = text.chars().count();
    (letters > limit).then(|| {
        let message = Message::new("event-error-too-long")
            .with("limit", limit)
            .with("letters", letters);
        error(field, message)
    })
}

fn long_words(field: &str, words: &Words, limit: usize) -> Vec<FieldError> {
    let all = words.0.iter();
    all.filter_map(|(locale, text)| long(&format!("{field}_{locale}"), text, limit))
        .collect()
}

fn texts(data: &EventData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if data.name.own(Locale::SV).is_none() {
        errors.push(error("name_sv", Message::new("event-error-name")));
    }
    errors.extend(long_words("name", &data.name, NAME));
    errors.extend(long_words("summary", &data.summary, SUMMARY));
    errors.extend(long_words("text", &data.text, TEXT));
    errors.extend(long_words("price_note", &data.price_note, NOTE));
    errors.extend(long_words("status_note", &data.status_note, NOTE));
    if data.co_organisers.len() > CO_ORGANISERS {
        let message = Message::new("event-error-many").with("most", CO_ORGANISERS);
        errors.push(error("co_organisers", message));
    }
    let names = data.co_organisers.iter();
    errors.extend(names.filter_map(|name| long("co_organisers", name, SHORT)));
    for (field, text) in [
        ("contact_name", &data.contact.name),
        ("contact_phone", &data.contact.phone),
        ("contact_email", &data.contact.email),
    ] {
        errors.extend(long(field, text, SHORT));
    }
    if !data.contact.phone.is_empty() && torg_ui::tel_href(&data.contact.phone).is_none() {
        errors.push(error("contact_phone", Message::new("event-error-phone")));
    }
    if !data.contact.email.is_empty() && !is_mail(&data.contact.email) {
        errors.push(error("contact_email", Message::new("event-error-email")));
    }
    if let Some(registration) = &data.registration {
        errors.extend(address("registration_url", &registration.url));
        if let Some(rules) = &registration.sign_up {
            errors.extend(crate::signup::check_rules(rules));
        }
    }
    errors.extend(address("more_url", &data.more_url));
    errors
}

/// Whether a text can be a mail address: something, one @, and a host with a dot.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && !"<>(),;:\"[]\\@".contains(c))
    };
    plain(name)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.len() <= 254
}

/// An address on the web; empty is fine.
fn address(field: &str, url: &str) -> Option<FieldError> {
    let host = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let good = url.is_empty()
        || (url.starts_with('/') && !url.starts_with("//"))
        || host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric()));
    if url.chars().count() > URL {
        long(field, url, URL)
    } else if !good || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Some(error(field, Message::new("event-error-url")))
    } else {
        None
    }
}

/// Whether the clocks skip a time in the city, as at 2.30 on the last Sunday of March.
#[must_use]
pub fn is_skipped(at: DateTime) -> bool {
    let ambiguous = zone().to_ambiguous_timestamp(at);
    matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. })
}

/// What is wrong with the times.
pub(crate) fn times(pattern: &Pattern, now: Timestamp) -> Vec<FieldError> {
    if let Err(faults) = pattern.check() {
        let faults = faults.iter();
        return faults
            .map(|fault| error(fault_field(fault), fault.message()))
            .collect();
    }
    let mut errors = Vec::new();
    if pattern.minutes > LONGEST {
        let message = Message::new("event-error-long").with("days", LONGEST / 1_440);
        errors.push(error("end_date", message));
    }
    if !pattern.all_day && is_skipped(pattern.start) {
        let message = Message::new("event-error-skipped")
            .with("time", pattern.start.time().strftime("%H.%M"))
            .with("date", pattern.start.date());
        errors.push(error("start_time", message));
    }
    if errors.is_empty() {
        errors.extend(number_of_occasions(pattern, now));
    }
    errors
}

fn number_of_occasions(pattern: &Pattern, now: Timestamp) -> Option<FieldError> {
    let (from, to) = window(now);
    // A pattern that is over is let in by imports; one that begins later than the table reaches too.
    match pattern.occasions(from.min(pattern.start.date()), to, MOST_OCCASIONS) {
        Err(_) => {
            let message = Message::new("event-error-many-occasions").with("most", MOST_OCCASIONS);
            Some(error("repeat", message))
        }
        Ok(found) if found.is_empty() && pattern.start.date() <= to => {
            Some(error("dates", Message::new("event-error-no-occasion")))
        }
        Ok(_) => None,
    }
}

const fn fault_field(fault: &Fault) -> &'static str {
    match fault {
        Fault::Zone(_) | Fault::Start | Fault::WholeDays => "start_date",
        Fault::Long => "end_date",
        Fault::ManyDates => "dates",
        Fault::Count => "count",
        Fault::TwoEnds | Fault::EndsBeforeStart => "until",
        Fault::Change => "moved_date",
        _ => "repeat",
    }
}

fn numbers(data: &EventData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let Price::Paid { from, to } = data.price {
        let most = Message::new("event-error-price").with("most", DEAREST / 100);
        if !(0..=DEAREST).contains(&from) {
            errors.push(error("price", most.clone()));
        }
        if to.is_some_and(|to| to > DEAREST) {
            errors.push(error("price_to", most));
        } else if to.is_some_and(|to| to < from) {
            errors.push(error("price_to", Message::new("event-error-price-order")));
        }
    }
    for (field, age) in [("age_from", data.ages.from), ("age_to", data.ages.to)] {
        if age.is_some_and(|age| age > OLDEST) {
            let message = Message::new("event-error-age").with("most", OLDEST);
            errors.push(error(field, message));
        }
    }
    if let (Some(from), Some(to)) = (data.ages.from, data.ages.to)
        && to < from
    {
        errors.push(error("age_to", Message::new("event-error-age-order")));
    }
    if data.languages.len() > 20 {
        let message = Message::new("event-error-many").with("most", 20);
        errors.push(error("languages", message));
    }
    errors
}

fn places(data: &EventData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    match &data.place {
        Some(Place::Unit { room, .. }) => errors.extend(long_words("room", room, SHORT)),
        Some(Place::Free {
            name,
            street,
            postcode,
            city,
            ..
        }) => {
            if name.is_empty() {
                errors.push(error("place_name", Message::new("event-error-place-name")));
            }
            for text in name.0.values() {
                errors.extend(long("place_name", text, SHORT));
            }
            errors.extend(long("place_street", street, SHORT));
            errors.extend(long("place_city", city, SHORT));
            let digits = postcode.chars().filter(|c| *c != ' ');
            let five = digits.clone().count() == 5 && digits.clone().all(|c| c.is_ascii_digit());
            if !postcode.is_empty() && !five {
                errors.push(error(
                    "place_postcode",
                    Message::new("event-error-postcode"),
                ));
            }
        }
        Some(Place::Online { url }) => errors.extend(address("online_url", url)),
        None => {}
    }
    if let Some(crate::model::Organiser::Free { name, url }) = &data.organiser {
        if name.is_empty() {
            let message = Message::new("event-error-organiser-name");
            errors.push(error("organiser_name", message));
        }
        errors.extend(long("organiser_name", name, SHORT));
        errors.extend(address("organiser_url", url));
    }
    errors
}

/// The day after the last occasion that a pattern certainly has within the table's days; nothing for
/// one that is over.
#[must_use]
pub fn last_day(pattern: &Pattern, now: Timestamp) -> Option<Date> {
    let (from, to) = window(now);
    let found = pattern.occasions(from, to, MOST_OCCASIONS).ok()?;
    found.iter().map(|occasion| occasion.end.date()).max()
}
