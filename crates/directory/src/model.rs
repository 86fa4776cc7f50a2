//! What a unit is, and what it may hold. Everything that only this room reads lies in one JSON
//! text, so that a new property needs no new column; what is searched for in SQL has columns.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::{AuthorityId, Locale, OrganisationId, PictureId, Timestamp, UnitId, squeeze};

use crate::accent::Accent;
use crate::details::{Closure, Entrance, Feature, NamedPhone, Notice, WebLink};
use crate::hours::Hours;
pub use crate::kind::UnitKind;
use crate::profile::Part;

/// A short text in several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<Locale, String>);

impl Words {
    /// The text in a language, or in Swedish; may be empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        self.own(locale)
            .or_else(|| self.own(Locale::SV))
            .unwrap_or_default()
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn own(&self, locale: Locale) -> Option<&str> {
        self.0.get(&locale).map(String::as_str)
    }

    /// Puts a text in; an empty one takes the language away.
    pub fn set(&mut self, locale: Locale, text: &str) {
        let text = squeeze(text);
        if text.is_empty() {
            self.0.remove(&locale);
        } else {
            self.0.insert(locale, text);
        }
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn tidy(&mut self) {
        self.0 = std::mem::take(&mut self.0)
            .into_iter()
            .map(|(locale, text)| (locale, squeeze(&text)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
    }
}

/// A visiting address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// Street and number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// Five digits, written `411 13`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// The place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
}

impl PostalAddress {
    /// Street on one line, postcode and place on the next.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        [
            self.street.clone(),
            squeeze(&format!("{} {}", self.postcode, self.city)),
        ]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.street.is_empty() && self.postcode.is_empty() && self.city.is_empty()
    }
}

/// A point on the map, in degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// North of the equator.
    pub lat: f64,
    /// East of Greenwich.
    pub lon: f64,
}

/// Something that there is at a unit, with a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// In Swedish.
    pub sv: String,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// A note in Swedish.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note_sv: String,
    /// A note in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note_en: String,
}

impl Offer {
    /// What it is, in a language or else in Swedish.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        let foreign = locale == Locale::EN && !self.en.is_empty();
        if foreign { &self.en } else { &self.sv }
    }

    /// The note in the language of the label; may be empty.
    #[must_use]
    pub fn note(&self, locale: Locale) -> &str {
        let foreign = locale == Locale::EN && !self.en.is_empty();
        if foreign {
            &self.note_en
        } else {
            &self.note_sv
        }
    }
}

/// All that a unit tells about itself. Its JSON is canonical: the same data gives the same text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitData {
    /// Its name; Swedish is always there.
    pub name: Words,
    /// What it is, in a sentence or two.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub summary: Words,
    /// The number as it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// More numbers, each with what it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<NamedPhone>,
    /// The mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Addresses on the web.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub web: Vec<WebLink>,
    /// Where one goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<PostalAddress>,
    /// Where that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Its ways in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entrances: Vec<Entrance>,
    /// How one gets there.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub getting_there: Words,
    /// What one can do there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Offer>,
    /// How one gets in and around, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<Offer>,
    /// How one gets in and around, as facts that people filter by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Feature>,
    /// Keys of units that belong together with this one. Those are told of it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Other words by which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The page's accent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Accent>,
    /// The picture that leads the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureId>,
    /// The parts of the page in order; none where nobody arranged them. See [`UnitData::parts`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// When it is open; `None` when that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Said above everything else for a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// Its end, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closure>,
    /// When somebody last said that all this is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Date>,
}

/// A unit as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its key in imports, exports and links between files.
    pub key: String,
    /// Its part of the address; stays when the unit gets another name.
    pub slug: String,
    /// What sort it is.
    pub kind: UnitKind,
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that the organisation belongs to.
    pub authority: Option<AuthorityId>,
    /// The rest.
    pub data: UnitData,
    /// Counts the changes; a form that was opened on another version is refused.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: UnitId,
    key: &'a str,
    slug: &'a str,
    kind: UnitKind,
    organisation: OrganisationId,
    authority: Option<AuthorityId>,
    #[serde(flatten)]
    data: &'a UnitData,
}

impl Unit {
    /// The unit as the log has it before and after a change.
    ///
    /// # Errors
    /// When a number cannot be written as JSON, which the checks keep out.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Canonical {
            id: self.id,
            key: &self.key,
            slug: &self.slug,
            kind: self.kind,
            organisation: self.organisation,
            authority: self.authority,
            data: &self.data,
        })
    }

    /// The name in a language, or in Swedish.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.data.name.get(locale)
    }

    /// The path of its public page: English under `/en/find`, all others in Swedish.
    #[must_use]
    pub fn href(&self, locale: Locale) -> String {
        if locale == Locale::EN {
            format!("/en/find/{}", self.slug)
        } else {
            format!("/hitta/{}", self.slug)
        }
    }

    /// Whether it is no more on a day.
    #[must_use]
    pub fn is_closed_on(&self, day: Date) -> bool {
        let closed = self.data.closed.as_ref();
        closed.is_some_and(|closed| closed.on <= day)
    }

    /// Whether pages that list units show the two alike, and find them by the same filters.
    #[must_use]
    pub fn lists_like(&self, other: &Self) -> bool {
        self.stands_like(other)
            && self.organisation == other.organisation
            && self.data.place() == other.data.place()
            && self.data.hours == other.data.hours
            && self.data.features == other.data.features
    }

    /// Whether pages that name units beside others, as near or related, show the two alike.
    #[must_use]
    pub fn stands_like(&self, other: &Self) -> bool {
        self.slug == other.slug
            && self.key == other.key
            && self.kind == other.kind
            && self.data.name == other.data.name
            && self.data.position == other.data.position
            && self.data.related == other.data.related
            && self.data.closed == other.data.closed
    }

    /// Whether lists for programs, which tell all but the look of the page, have the two alike.
    #[must_use]
    pub fn tells_like(&self, other: &Self) -> bool {
        let told = |unit: &Self| UnitData {
            colour: None,
            picture: None,
            parts: Vec::new(),
            ..unit.data.clone()
        };
        self.lists_like(other) && told(self) == told(other)
    }
}

impl UnitData {
    /// Street and place in one line; may be empty.
    #[must_use]
    pub fn place(&self) -> String {
        let address = self.address.as_ref();
        let parts = address.map(|address| [address.street.as_str(), address.city.as_str()]);
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}
