//! The form for an event: text on one side, typed data on the other.

use jiff::civil::Date;
use torg_kernel::{
    EventId, FieldError, Locale, Message, OrganisationId, PictureId, Timestamp, civil_date, squeeze,
};
use torg_recurrence::Pattern;
use torg_web::Form;

use super::pattern_form;
use crate::copying::DaysOff;
use crate::model::{
    Ages, Contact, Event, EventData, Organiser, Place, Price, Registration, Spot, Words,
};
use crate::views::EventFields;
use crate::vocabulary::{Audience, Category, Ease, State, Status};

/// What is wrong with a form.
#[derive(Debug, Default)]
pub(super) struct Errors(pub Vec<FieldError>);

impl Errors {
    pub(super) fn add(&mut self, field: &str, key: &'static str) {
        self.push(field, Message::new(key));
    }

    pub(super) fn push(&mut self, field: &str, message: Message) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message,
        });
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let day = text.parse::<Date>().ok().filter(|day| day.year() >= 1900);
        if day.is_none() {
            self.add(field, "event-error-date");
        }
        day
    }
}

/// Fields that are text.
const TEXTS: [&str; 47] = [
    "name_sv",
    "name_en",
    "summary_sv",
    "summary_en",
    "text_sv",
    "text_en",
    "category",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "repeat",
    "until",
    "dates",
    "except",
    "place_unit",
    "room_sv",
    "room_en",
    "place_name",
    "place_street",
    "place_postcode",
    "place_city",
    "place_point",
    "online_url",
    "age_from",
    "age_to",
    "price",
    "price_to",
    "price_note_sv",
    "price_note_en",
    "languages",
    "registration_url",
    "registration_until",
    "more_url",
    "organisation",
    "organiser_unit",
    "organiser_name",
    "organiser_url",
    "co_organisers",
    "contact_name",
    "contact_phone",
    "contact_email",
    "part_of",
    "picture",
    "picture_words",
    "status",
    "status_note_sv",
];

/// Fields that are boxes.
const BOXES: [&str; 12] = [
    "all_day",
    "skip_breaks",
    "skip_holidays",
    "closed",
    "registration",
    "day_mon",
    "day_tue",
    "day_wed",
    "day_thu",
    "day_fri",
    "day_sat",
    "day_sun",
];

/// Names of the boxes for whom and how, as they stand in the form.
macro_rules! boxes {
    ($(#[$about:meta])* $name:ident, $kind:ty { $($value:path = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        pub(super) const $name: &[($kind, &str)] = &[$(($value, $text)),+];
    };
}

boxes!(
    /// For whom.
    AUDIENCES, Audience {
        Audience::Children = "audience_children",
        Audience::Youth = "audience_youth",
        Audience::Adults = "audience_adults",
        Audience::Seniors = "audience_seniors",
        Audience::Families = "audience_families",
        Audience::Newcomers = "audience_newcomers",
    }
);
boxes!(
    /// What makes it possible to come.
    EASES, Ease {
        Ease::StepFree = "ease_step_free",
        Ease::Toilet = "ease_toilet",
        Ease::HearingLoop = "ease_hearing_loop",
        Ease::SignLanguage = "ease_sign_language",
        Ease::Described = "ease_described",
        Ease::EasySwedish = "ease_easy_swedish",
        Ease::Calm = "ease_calm",
        Ease::Companion = "ease_companion",
    }
);

/// What is written, as it was sent. Nothing is cut: what is too long comes back to be cut by whoever
/// wrote it.
pub(super) fn sent(form: &Form) -> EventFields {
    let mut fields = EventFields::default();
    for name in TEXTS.into_iter().chain(["version", "own"]) {
        fields.set(name, form.text(name));
    }
    let whom = AUDIENCES.iter().map(|(_, name)| *name);
    let how = EASES.iter().map(|(_, name)| *name);
    for name in BOXES.into_iter().chain(whom).chain(how) {
        if form.has(name) {
            fields.set(name, "1".to_owned());
        }
    }
    fields
}

/// An empty form: the next full hour of tomorrow, as it mostly is.
pub(super) fn empty(organisation: Option<OrganisationId>, now: Timestamp) -> EventFields {
    let mut fields = EventFields::default();
    let tomorrow = crate::filter::plus(civil_date(now), 1);
    fields.set("start_date", tomorrow.to_string());
    fields.set("repeat", "none".to_owned());
    fields.set("status", Status::Scheduled.as_str().to_owned());
    fields.set("category", Category::Meet.as_str().to_owned());
    fields.set(
        "organisation",
        organisation.map(|id| id.to_string()).unwrap_or_default(),
    );
    fields
}

/// Reads kronor as people write them: `40`, `40,50`, `40:-`, `1 200 kr`. Less than nothing is read too,
/// so that the check can say what is wrong with it.
pub(super) fn read_kronor(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches("kr").trim_end_matches(":-");
    let (sign, text) = text
        .strip_prefix(['-', '−'])
        .map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let ore: i64 = format!("{part:0<2}").parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()? * 100 + ore))
}

/// What a form is read with.
pub(super) struct Reading<'a> {
    pub before: Option<&'a Event>,
    pub off: &'a DaysOff,
    /// The picture that is named, where there is one of that name.
    pub picture: Option<PictureId>,
}

fn words(fields: &EventFields, sv: &str, en: &str) -> Words {
    let mut words = Words::swedish(fields.get(sv));
    words.set(Locale::EN, fields.get(en));
    words
}

fn age(errors: &mut Errors, fields: &EventFields, name: &str) -> Option<u8> {
    let text = fields.get(name).trim();
    if text.is_empty() {
        return None;
    }
    // 200 is read and then refused as too old; 2000 and −1 are no ages at all.
    let age = text.parse::<u8>().ok();
    if age.is_none() {
        errors.push(name, Message::new("event-error-age").with("most", 120));
    }
    age
}

fn price(errors: &mut Errors, fields: &EventFields) -> Price {
    let mut read = |name: &str| {
        let text = fields.get(name).trim();
        if text.is_empty() {
            return None;
        }
        let ore = read_kronor(text);
        if ore.is_none() {
            errors.add(name, "event-error-price-number");
        }
        ore
    };
    let (from, to) = (read("price"), read("price_to"));
    match (from, to) {
        (None, None) => Price::Free,
        (Some(0), None) => Price::Free,
        (Some(from), to) => Price::Paid { from, to },
        (None, Some(to)) => Price::Paid {
            from: 0,
            to: Some(to),
        },
    }
}

pub(super) fn place(errors: &mut Errors, fields: &EventFields) -> Option<Place> {
    let spot = match fields.get("place_point").trim() {
        "" => None,
        text => match torg_geo::read_point(text) {
            Ok(point) => Spot::degrees(point.lat, point.lon),
            Err(fault) => {
                errors.push("place_point", fault.message());
                None
            }
        },
    };
    match fields.get("place_unit") {
        "" => (!fields.get("place_name").is_empty()).then(|| free_place(fields, spot)),
        "free" => Some(free_place(fields, spot)),
        "online" => Some(Place::Online {
            url: squeeze(fields.get("online_url")),
        }),
        id => match id.parse() {
            Ok(unit) => Some(Place::Unit {
                unit,
                room: words(fields, "room_sv", "room_en"),
            }),
            Err(_) => {
                errors.add("place_unit", "event-error-unit");
                None
            }
        },
    }
}

fn free_place(fields: &EventFields, spot: Option<Spot>) -> Place {
    Place::Free {
        name: Words::swedish(fields.get("place_name")),
        street: squeeze(fields.get("place_street")),
        postcode: squeeze(fields.get("place_postcode")),
        city: squeeze(fields.get("place_city")),
        spot,
    }
}

fn organiser(errors: &mut Errors, fields: &EventFields) -> Option<Organiser> {
    let free = || Organiser::Free {
        name: squeeze(fields.get("organiser_name")),
        url: squeeze(fields.get("organiser_url")),
    };
    match fields.get("organiser_unit") {
        "" => (!fields.get("organiser_name").is_empty()).then(free),
        "free" => Some(free()),
        id => match id.parse() {
            Ok(unit) => Some(Organiser::Unit { unit }),
            Err(_) => {
                errors.add("organiser_unit", "event-error-unit");
                None
            }
        },
    }
}

fn languages(errors: &mut Errors, fields: &EventFields) -> Vec<Locale> {
    let mut found: Vec<Locale> = Vec::new();
    for tag in fields
        .get("languages")
        .split([',', ' '])
        .filter(|tag| !tag.is_empty())
    {
        match tag.parse() {
            Ok(language) if found.contains(&language) => {}
            Ok(language) => found.push(language),
            Err(_) => {
                let shown: String = tag.chars().take(20).collect();
                errors.push(
                    "languages",
                    Message::new("event-error-language").with("tag", shown),
                );
                break;
            }
        }
    }
    found
}

/// How one signs up. Places that are given out here have a page of their own and stay as they are.
fn registration(
    errors: &mut Errors,
    fields: &EventFields,
    before: Option<&Event>,
) -> Option<Registration> {
    let url = squeeze(fields.get("registration_url"));
    let until = errors.day("registration_until", fields.get("registration_until"));
    let sign_up = before.and_then(Event::sign_up).cloned();
    let any = !url.is_empty() || until.is_some() || sign_up.is_some();
    (fields.on("registration") || any).then_some(Registration {
        url,
        until,
        sign_up,
    })
}

/// The larger event that it is a part of: an id, or an address that ends with one.
fn part_of(errors: &mut Errors, fields: &EventFields) -> Option<EventId> {
    let text = fields.get("part_of").trim();
    if text.is_empty() {
        return None;
    }
    let id = text.rsplit('/').next().unwrap_or(text).parse().ok();
    if id.is_none() {
        errors.add("part_of", "event-error-part-of");
    }
    id
}

impl Reading<'_> {
    /// When, as it is written.
    pub(super) fn pattern(&self, errors: &mut Errors, fields: &EventFields) -> Option<Pattern> {
        let before = self.before.map(|before| &before.data.pattern);
        pattern_form::read(errors, fields, before, self.off)
    }

    /// What the form says.
    ///
    /// # Errors
    /// What cannot be read, field by field.
    pub(super) fn data(&self, fields: &EventFields) -> Result<EventData, Vec<FieldError>> {
        let mut errors = Errors::default();
        let category = Category::parse(fields.get("category"));
        if category.is_none() {
            errors.add("category", "event-error-category");
        }
        if fields.get("name_sv").trim().is_empty() {
            errors.add("name_sv", "event-error-name");
        }
        let mut times = Errors::default();
        let pattern = self.pattern(&mut times, fields);
        errors.0.extend(times.0);
        let mut data = EventData::new(
            words(fields, "name_sv", "name_en"),
            category.unwrap_or(Category::Meet),
            pattern
                .clone()
                .unwrap_or_else(|| Pattern::once(jiff::civil::date(2000, 1, 1).at(0, 0, 0, 0), 0)),
        );
        data.summary = words(fields, "summary_sv", "summary_en");
        data.text.set_lines(Locale::SV, fields.get("text_sv"));
        data.text.set_lines(Locale::EN, fields.get("text_en"));
        data.price_note = words(fields, "price_note_sv", "price_note_en");
        data.status_note = Words::swedish(fields.get("status_note_sv"));
        data.status = Status::parse(fields.get("status")).unwrap_or(Status::Scheduled);
        data.ages = Ages {
            from: age(&mut errors, fields, "age_from"),
            to: age(&mut errors, fields, "age_to"),
        };
        data.price = price(&mut errors, fields);
        data.place = place(&mut errors, fields);
        data.organiser = organiser(&mut errors, fields);
        data.languages = languages(&mut errors, fields);
        data.registration = registration(&mut errors, fields, self.before);
        data.open_to_all = !fields.on("closed");
        let ticked = AUDIENCES.iter().filter(|(_, name)| fields.on(name));
        data.audiences = ticked.map(|(audience, _)| *audience).collect();
        let ticked = EASES.iter().filter(|(_, name)| fields.on(name));
        data.ease = ticked.map(|(ease, _)| *ease).collect();
        let names = fields.get("co_organisers").lines().map(squeeze);
        data.co_organisers = names.filter(|name| !name.is_empty()).collect();
        data.contact = Contact {
            name: squeeze(fields.get("contact_name")),
            phone: squeeze(fields.get("contact_phone")),
            email: squeeze(fields.get("contact_email")),
        };
        data.more_url = squeeze(fields.get("more_url"));
        data.picture = self.picture;
        if data.picture.is_none() && !fields.get("picture").trim().is_empty() {
            errors.add("picture", "event-error-picture");
        }
        data.part_of = part_of(&mut errors, fields);
        if let Some(before) = self.before {
            data.full.clone_from(&before.data.full);
        }
        if pattern.is_some() && errors.is_empty() {
            Ok(data)
        } else {
            Err(errors.0)
        }
    }
}

/// The state that a button asks for.
pub(super) fn wanted_state(button: &str, before: Option<State>) -> State {
    match button {
        "publish" => State::Published,
        "submit" => State::Waiting,
        _ => before.unwrap_or(State::Draft),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::form_of::kronor;

    #[test]
    fn kronor_are_read_as_people_write_them() {
        for (text, ore) in [
            ("40", 4_000),
            ("40,5", 4_050),
            ("40.50 kr", 4_050),
            ("1 200:-", 120_000),
            ("-1", -100),
            ("0", 0),
        ] {
            assert_eq!(read_kronor(text), Some(ore), "{text}");
        }
        for wrong in ["", "gratis", "40,505", "9999999999", "4 eller 5"] {
            assert_eq!(read_kronor(wrong), None, "{wrong}");
        }
        assert_eq!(kronor(4_050), "40,50");
    }

    #[test]
    fn every_word_has_its_box() {
        let of = |all: Vec<&str>| all.len();
        assert_eq!(
            of(AUDIENCES.iter().map(|(_, name)| *name).collect()),
            Audience::ALL.len()
        );
        assert_eq!(
            of(EASES.iter().map(|(_, name)| *name).collect()),
            Ease::ALL.len()
        );
        for (audience, name) in AUDIENCES {
            assert_eq!(*name, format!("audience_{}", audience.as_str()));
        }
        for (ease, name) in EASES {
            assert_eq!(*name, format!("ease_{}", ease.as_str()));
        }
    }

    #[test]
    fn what_cannot_be_is_told_at_its_field_and_all_at_once() {
        let mut fields = EventFields::default();
        for (name, value) in [
            ("start_date", "2026-12-03"),
            ("start_time", "18"),
            ("category", "dogs"),
            ("age_from", "2000"),
            ("price", "gratis"),
            ("place_unit", "' OR 1=1"),
            // Longitude first.
            ("place_point", "11.95, 57.7"),
            ("languages", "sv svenska-språket"),
            ("picture", "bild-som-inte-finns.jpg"),
        ] {
            fields.set(name, value.to_owned());
        }
        let reading = Reading {
            before: None,
            off: &DaysOff::default(),
            picture: None,
        };
        let errors = reading.data(&fields).expect_err("all of that is wrong");
        let named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            named,
            [
                "category",
                "name_sv",
                "age_from",
                "price",
                "place_point",
                "place_unit",
                "languages",
                "picture"
            ]
        );
        let point = errors.iter().find(|error| error.field == "place_point");
        assert_eq!(point.expect("is told").message.key, "geo-point-swapped");
    }
}
