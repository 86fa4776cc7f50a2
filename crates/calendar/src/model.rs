//! What an event is. Pure. Everything but its place in the lists lies in one JSON text, so that the
//! log, the export and the row hold the same; what is asked by lies in the table of occasions.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use torg_kernel::{
    AuthorityId, EventId, Locale, OrganisationId, PictureId, Result, Subject, Timestamp, UnitId,
};
use torg_recurrence::Pattern;

pub use torg_forms::Words;

use crate::signup::SignUpRules;
use crate::vocabulary::{Audience, Category, Ease, State, Status};

/// What it costs to come. Amounts are in öre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Price {
    /// Nothing.
    #[default]
    Free,
    /// Something.
    Paid {
        /// The lowest price.
        from: i64,
        /// The highest, where there are several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
}

/// The ages that something is made for, in years; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The youngest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u8>,
    /// The oldest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u8>,
}

impl Ages {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// A point on the map in millionths of a degree of WGS 84: whole numbers compare and store the same
/// on both engines; a millionth is about 10 cm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// North of the equator.
    pub lat: i64,
    /// East of Greenwich.
    pub lon: i64,
}

impl Spot {
    /// From degrees; nothing for what is no place on earth.
    #[must_use]
    pub fn degrees(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then(|| Self {
            lat: micro(lat),
            lon: micro(lon),
        })
    }

    /// North of the equator, in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat as f64 / 1e6
    }

    /// East of Greenwich, in degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon as f64 / 1e6
    }

    /// Metres to another point as the crow flies, on a plane that touches the earth here: right to
    /// a thousandth within a city.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        const METRES: f64 = 111_320.0;
        let north = (other.lat - self.lat) as f64 / 1e6 * METRES;
        let east = (other.lon - self.lon) as f64 / 1e6 * METRES * self.lat().to_radians().cos();
        north.hypot(east)
    }
}

fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// At a unit of the directory, by reference: its name, address and phone are never copied.
    Unit {
        /// Which.
        unit: UnitId,
        /// Where in it, such as "Sal 3".
        #[serde(default, skip_serializing_if = "Words::is_empty")]
        room: Words,
    },
    /// Somewhere else.
    Free {
        /// What the place is called.
        name: Words,
        /// Street and number.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        street: String,
        /// Five digits, written `411 13`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        postcode: String,
        /// The postal town.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        city: String,
        /// The point.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spot: Option<Spot>,
    },
    /// On the internet.
    Online {
        /// Where one watches or takes part.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        url: String,
    },
}

impl Place {
    /// The unit, if it is one.
    #[must_use]
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Unit { unit, .. } => Some(*unit),
            _ => None,
        }
    }
}

/// Who arranges it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Organiser {
    /// A unit of the directory.
    Unit {
        /// Which.
        unit: UnitId,
    },
    /// Somebody else, such as an association.
    Free {
        /// The name.
        name: String,
        /// Its website.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        url: String,
    },
}

/// Whom to ask, where it is not the unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// A name or a function.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The number as it is written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The mail address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

impl Contact {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_empty() && self.email.is_empty()
    }
}

/// How one signs up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Where; empty when it is by phone or on the spot.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Places that are given out here; nothing where one signs up elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_up: Option<SignUpRules>,
}

/// All that an event says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventData {
    /// Its name; Swedish always.
    pub name: Words,
    /// What it is, in a sentence: shown in lists.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub summary: Words,
    /// What it is, in paragraphs of plain text; lines that begin with `- ` are a list.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub text: Words,
    /// What sort it is.
    pub category: Category,
    /// For whom; none means everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// For which ages.
    #[serde(default, skip_serializing_if = "Ages::is_empty")]
    pub ages: Ages,
    /// What it costs.
    #[serde(default)]
    pub price: Price,
    /// More about the price.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub price_note: Words,
    /// Whether anybody may come; else members, pupils and the like.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub open_to_all: bool,
    /// The languages that are spoken; none means Swedish.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Locale>,
    /// What makes it possible for more people to come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ease: Vec<Ease>,
    /// Where it is; nothing when that is not settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who arranges it; nothing means the organisation that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<Organiser>,
    /// Medarrangörer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_organisers: Vec<String>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// How one signs up, where one must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// A page with more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub more_url: String,
    /// A picture of the media bank; else the category's own drawing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureId>,
    /// The larger event that this is a part of, such as a festival or a series of lectures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<EventId>,
    /// When, with what is moved and called off.
    pub pattern: Pattern,
    /// How all of it stands.
    #[serde(default = "scheduled", skip_serializing_if = "is_scheduled")]
    pub status: Status,
    /// Why, in a sentence.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub status_note: Words,
    /// Occasions that are full, by when they would begin by the pattern. What is moved or called off
    /// stands in the pattern itself, as calendars have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full: Vec<DateTime>,
}

const fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
const fn is_yes(value: &bool) -> bool {
    *value
}

const fn scheduled() -> Status {
    Status::Scheduled
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields over by reference"
)]
fn is_scheduled(status: &Status) -> bool {
    *status == Status::Scheduled
}

impl EventData {
    /// An event with a name, a category and a time; the rest as it mostly is.
    #[must_use]
    pub fn new(name: Words, category: Category, pattern: Pattern) -> Self {
        Self {
            name,
            summary: Words::default(),
            text: Words::default(),
            category,
            audiences: Vec::new(),
            ages: Ages::default(),
            price: Price::Free,
            price_note: Words::default(),
            open_to_all: true,
            languages: Vec::new(),
            ease: Vec::new(),
            place: None,
            organiser: None,
            co_organisers: Vec::new(),
            contact: Contact::default(),
            registration: None,
            more_url: String::new(),
            picture: None,
            part_of: None,
            pattern,
            status: Status::Scheduled,
            status_note: Words::default(),
            full: Vec::new(),
        }
    }

    /// The units that it points at, each once.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let place = self.place.as_ref().and_then(Place::unit);
        let organiser = match self.organiser {
            Some(Organiser::Unit { unit }) => Some(unit),
            _ => None,
        };
        let mut units: Vec<UnitId> = [place, organiser].into_iter().flatten().collect();
        units.dedup();
        units
    }
}

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id; also its UID in calendars, which therefore never changes.
    pub id: EventId,
    /// Its key in files, and the last part of its address. An import from another system takes a key
    /// made from the other's id, so that it finds the event again.
    pub key: String,
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that the organisation belongs to.
    pub authority: Option<AuthorityId>,
    /// Where it stands on its way to the public.
    pub state: State,
    /// What it says.
    pub data: EventData,
    /// Counted up by each change; the SEQUENCE of calendars.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: EventId,
    key: &'a str,
    organisation: OrganisationId,
    authority: Option<AuthorityId>,
    state: State,
    version: i64,
    created_at: Timestamp,
    data: &'a EventData,
}

impl Event {
    /// The event as a subject of log events.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("event", self.id)
    }

    /// All of it as JSON, the same text for the same content.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(&Canonical {
            id: self.id,
            key: &self.key,
            organisation: self.organisation,
            authority: self.authority,
            state: self.state,
            version: self.version,
            created_at: self.created_at,
            data: &self.data,
        })?)
    }

    /// Its name in a language, or in Swedish.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.data.name.get(locale)
    }

    /// Its page for readers of a language.
    #[must_use]
    pub fn href(&self, locale: Locale) -> String {
        format!("{}/{}", calendar_href(locale), self.key)
    }

    /// How places are given out here, where they are.
    #[must_use]
    pub fn sign_up(&self) -> Option<&SignUpRules> {
        self.data.registration.as_ref()?.sign_up.as_ref()
    }

    /// Whether everybody may see it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.state == State::Published
    }
}

/// The calendar's address for readers of a language.
#[must_use]
pub fn calendar_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/events"
    } else {
        "/kalendarium"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_are_metres() {
        let spot = |lat, lon| Spot::degrees(lat, lon).expect("on earth");
        // Stora Teatern to Göteborg Central, 900 m by any map.
        let metres = spot(57.702_9, 11.971_4).metres_to(spot(57.708_9, 11.973_5));
        assert!((650.0..700.0).contains(&metres), "{metres}");
        assert_eq!(Spot::degrees(91.0, 0.0), None);
        assert_eq!(Spot::degrees(f64::NAN, 0.0), None);
    }
}
