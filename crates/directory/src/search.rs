//! What search knows of units.

use torg_kernel::{Document, Locale, Timestamp, UnitId};
use torg_ui::T;
use torg_web::OrganisationList;

use crate::model::Unit;

/// Languages in which units have pages.
const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

/// A unit in one language as search takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitForSearch {
    /// `unit:ID:LANGUAGE`.
    pub key: String,
    /// The language.
    pub locale: Locale,
    /// Its page.
    pub url: String,
    /// Its name.
    pub title: String,
    /// What one can do there.
    pub headings: Vec<String>,
    /// What it is.
    pub description: String,
    /// Other words by which people look for it.
    pub keywords: Vec<String>,
    /// The rest, with the phone number written both apart and together.
    pub body: String,
    /// Key of the organisation that answers for it.
    pub organisation: Option<String>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

fn key(id: UnitId, locale: Locale) -> String {
    format!("unit:{id}:{locale}")
}

/// The keys of all that search may hold of a unit, for taking it away.
#[must_use]
pub fn search_keys(id: UnitId) -> Vec<String> {
    LOCALES.iter().map(|locale| key(id, *locale)).collect()
}

/// A unit as search takes it in, once for each language.
#[must_use]
pub fn search_documents(unit: &Unit, organisations: &OrganisationList) -> Vec<UnitForSearch> {
    let organisation = organisations.find(unit.organisation);
    LOCALES
        .iter()
        .map(|locale| {
            let locale = *locale;
            let mut keywords = vec![kind_name(unit, locale)];
            if locale == Locale::SV {
                keywords.extend(unit.data.keywords.iter().cloned());
            }
            UnitForSearch {
                key: key(unit.id, locale),
                locale,
                url: unit.href(locale),
                title: unit.name(locale).to_owned(),
                headings: headings(unit, locale),
                description: unit.data.summary.get(locale).to_owned(),
                keywords,
                body: body(unit, locale),
                organisation: organisation.map(|entry| entry.key.clone()),
                updated_at: unit.updated_at,
            }
        })
        .collect()
}

/// What one can do there, and what its sections are about.
fn headings(unit: &Unit, locale: Locale) -> Vec<String> {
    let services = unit.data.services.iter();
    let mut all: Vec<String> = services
        .map(|offer| offer.label(locale).to_owned())
        .collect();
    for (heading, text, _) in shown(unit, locale) {
        all.push(heading.to_owned());
        all.extend(text.headings());
    }
    all
}

/// The unit's own sections as the page of a language shows them.
fn shown(unit: &Unit, locale: Locale) -> impl Iterator<Item = (&str, &Document, Locale)> {
    unit.data
        .sections()
        .filter_map(move |section| section.shown(locale))
}

fn kind_name(unit: &Unit, locale: Locale) -> String {
    let kind = format!("unit-kind-{}", unit.kind.as_str());
    T::of(locale).get(&kind).into_owned()
}

fn body(unit: &Unit, locale: Locale) -> String {
    let data = &unit.data;
    let mut lines = vec![data.summary.get(locale).to_owned()];
    // The index finds a number however it is written.
    lines.extend(data.phone.clone());
    lines.extend(data.email.clone());
    let address = data.address.as_ref();
    lines.extend(address.map(|address| address.lines().join(", ")));
    lines.push(data.getting_there.get(locale).to_owned());
    for offer in data.services.iter().chain(&data.accessibility) {
        lines.push(offer.label(locale).to_owned());
        lines.push(offer.note(locale).to_owned());
    }
    let mut own = String::new();
    for (heading, text, _) in shown(unit, locale) {
        own.push_str(heading);
        own.push('\n');
        own.push_str(&text.body_text());
    }
    lines.push(own.trim_end().to_owned());
    lines.retain(|line| !line.is_empty());
    // Extracts run the lines together: each ends as a sentence.
    torg_ui::sentences(&lines.join("\n"))
}
