//! An event as it stands in the form: the way back from types to text.

use torg_kernel::Locale;

use super::form::{AUDIENCES, EASES};
use super::pattern_form;
use crate::model::{Event, EventData, Organiser, Place, Price, Words};
use crate::views::EventFields;

/// The event as it is.
pub(super) fn of(event: &Event) -> EventFields {
    let data = &event.data;
    let mut fields = EventFields::default();
    let mut set = |name: &'static str, value: String| fields.set(name, value);
    let own = |words: &Words, locale| words.own(locale).unwrap_or_default().to_owned();
    set("name_sv", own(&data.name, Locale::SV));
    set("name_en", own(&data.name, Locale::EN));
    set("summary_sv", own(&data.summary, Locale::SV));
    set("summary_en", own(&data.summary, Locale::EN));
    set("text_sv", own(&data.text, Locale::SV));
    set("text_en", own(&data.text, Locale::EN));
    set("price_note_sv", own(&data.price_note, Locale::SV));
    set("price_note_en", own(&data.price_note, Locale::EN));
    set("status_note_sv", own(&data.status_note, Locale::SV));
    set("category", data.category.as_str().to_owned());
    set("status", data.status.as_str().to_owned());
    set("organisation", event.organisation.to_string());
    set("version", event.version.to_string());
    let age = |age: Option<u8>| age.map(|age| age.to_string()).unwrap_or_default();
    set("age_from", age(data.ages.from));
    set("age_to", age(data.ages.to));
    if let Price::Paid { from, to } = data.price {
        set("price", kronor(from));
        set("price_to", to.map(kronor).unwrap_or_default());
    }
    let languages: Vec<String> = data.languages.iter().map(ToString::to_string).collect();
    set("languages", languages.join(", "));
    set("co_organisers", data.co_organisers.join("\n"));
    set("contact_name", data.contact.name.clone());
    set("contact_phone", data.contact.phone.clone());
    set("contact_email", data.contact.email.clone());
    set("more_url", data.more_url.clone());
    set(
        "picture",
        data.picture.map(|id| id.to_string()).unwrap_or_default(),
    );
    set(
        "part_of",
        data.part_of.map(|id| id.to_string()).unwrap_or_default(),
    );
    if !data.open_to_all {
        set("closed", "1".to_owned());
    }
    if let Some(registration) = &data.registration {
        set("registration", "1".to_owned());
        set("registration_url", registration.url.clone());
        let until = registration.until;
        set(
            "registration_until",
            until.map(|day| day.to_string()).unwrap_or_default(),
        );
    }
    for (audience, name) in AUDIENCES {
        if data.audiences.contains(audience) {
            set(name, "1".to_owned());
        }
    }
    for (ease, name) in EASES {
        if data.ease.contains(ease) {
            set(name, "1".to_owned());
        }
    }
    write_place(&mut fields, data);
    pattern_form::write(&mut fields, &data.pattern);
    fields
}

fn write_place(fields: &mut EventFields, data: &EventData) {
    let mut set = |name: &'static str, value: String| fields.set(name, value);
    let own = |words: &Words, locale| words.own(locale).unwrap_or_default().to_owned();
    match &data.place {
        Some(Place::Unit { unit, room }) => {
            set("place_unit", unit.to_string());
            set("room_sv", own(room, Locale::SV));
            set("room_en", own(room, Locale::EN));
        }
        Some(Place::Free {
            name,
            street,
            postcode,
            city,
            spot,
        }) => {
            set("place_unit", "free".to_owned());
            set("place_name", name.get(Locale::SV).to_owned());
            set("place_street", street.clone());
            set("place_postcode", postcode.clone());
            set("place_city", city.clone());
            let point = spot.map(|spot| format!("{}, {}", spot.lat(), spot.lon()));
            set("place_point", point.unwrap_or_default());
        }
        Some(Place::Online { url }) => {
            set("place_unit", "online".to_owned());
            set("online_url", url.clone());
        }
        None => {}
    }
    match &data.organiser {
        Some(Organiser::Unit { unit }) => set("organiser_unit", unit.to_string()),
        Some(Organiser::Free { name, url }) => {
            set("organiser_unit", "free".to_owned());
            set("organiser_name", name.clone());
            set("organiser_url", url.clone());
        }
        None => {}
    }
}

/// Öre as kronor are written in a form: `40` or `40,50`.
pub(super) fn kronor(ore: i64) -> String {
    if ore % 100 == 0 {
        (ore / 100).to_string()
    } else {
        format!("{},{:02}", ore / 100, ore % 100)
    }
}
