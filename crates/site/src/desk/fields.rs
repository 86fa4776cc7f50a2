//! The fields of a draft: everything but the blocks, as text, so that what is half written can be
//! kept; and how they become a content again.

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use torg_kernel::{Address, AddressError, FieldError, Message, squeeze};
use torg_revision::Draft;

use crate::details::{Employment, Vacancy};
use crate::model::{Content, PageKind};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 200;
/// The longest lead, in characters.
const LONGEST_DESCRIPTION: usize = 600;
/// The longest line of any other field, in characters.
const LONGEST_LINE: usize = 300;
/// The most categories or words for search.
const MOST_WORDS: usize = 30;

/// Every field that a draft has, by the name that forms and clients use.
pub(crate) const FIELDS: [&str; 21] = [
    "title",
    "description",
    "address",
    "reviewed",
    "keywords",
    "published",
    "until",
    "categories",
    "picture",
    "comments",
    "organisation",
    "parent",
    "employment",
    "extent",
    "workplace",
    "positions",
    "starts",
    "salary",
    "reference",
    "apply_until",
    "apply",
];

/// Fields that only vacancies have: the last of [`FIELDS`].
pub(crate) const VACANCY: usize = 12;

fn text_of<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A time of the day as forms write it.
pub(crate) fn civil(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What a field of a content says.
pub(crate) fn value(content: &Content, name: &str) -> String {
    let details = &content.details;
    let none = Vacancy::default();
    let vacancy = details.vacancy.as_ref().unwrap_or(&none);
    match name {
        "title" => content.title.clone(),
        "description" => content.description.clone(),
        "address" => content.address.to_string(),
        "reviewed" => content.reviewed.clone().unwrap_or_default(),
        "keywords" => content.keywords.join(", "),
        "published" => details.published.map(civil).unwrap_or_default(),
        "until" => text_of(details.until),
        "categories" => details.categories.join(", "),
        "picture" => text_of(details.picture),
        "comments" => if details.comments { "yes" } else { "" }.to_owned(),
        "organisation" => content.organisation.to_string(),
        "parent" => text_of(content.parent),
        "employment" => vacancy.employment.map_or("", Employment::as_str).to_owned(),
        "extent" => vacancy.extent.clone(),
        "workplace" => text_of(vacancy.workplace),
        "positions" => text_of(vacancy.positions),
        "starts" => vacancy.starts.clone(),
        "salary" => vacancy.salary.clone(),
        "reference" => vacancy.reference.clone(),
        "apply_until" => text_of(vacancy.apply_until),
        "apply" => vacancy.apply.clone(),
        _ => String::new(),
    }
}

/// The fields of a content that say something.
pub(crate) fn of(content: &Content) -> impl Iterator<Item = (String, String)> {
    FIELDS
        .iter()
        .map(|name| ((*name).to_owned(), value(content, name)))
        .filter(|(_, value)| !value.is_empty())
}

/// Whether pages of a kind have a field at all.
pub(crate) fn belongs(name: &str, kind: PageKind) -> bool {
    let at = FIELDS.iter().position(|own| *own == name);
    match (at, name) {
        (None, _) => false,
        (Some(at), _) if at >= VACANCY => kind == PageKind::Vacancy,
        (_, "published" | "until" | "categories" | "comments") => kind.is_dated(),
        (_, "picture") => kind.is_dated() || kind == PageKind::Magazine,
        _ => true,
    }
}

fn limited(value: &str, limit: usize) -> Result<String, Message> {
    let plain: String = value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let value = squeeze(&plain);
    if value.chars().count() > limit {
        return Err(Message::new("edit-too-long").with("limit", limit));
    }
    Ok(value)
}

/// A value that may be left out.
fn optional<T: FromStr>(value: &str, wrong: &'static str) -> Result<Option<T>, Message> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| Message::new(wrong))
}

fn words(value: &str) -> Result<Vec<String>, Message> {
    let mut words: Vec<String> = Vec::new();
    for word in value.split(',') {
        let word = limited(word, LONGEST_LINE)?;
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > MOST_WORDS {
        return Err(Message::new("edit-too-many-words").with("limit", MOST_WORDS));
    }
    Ok(words)
}

fn address(value: &str) -> Result<Address, Message> {
    Address::parse(value.trim()).map_err(|error| match error {
        AddressError::Reserved(address) => {
            Message::new("edit-address-reserved").with("address", address)
        }
        _ => Message::new("edit-address-wrong"),
    })
}

/// Lays one field into a content.
fn lay(content: &mut Content, name: &str, value: &str) -> Result<(), Message> {
    match name {
        "title" => {
            let title = limited(value, LONGEST_TITLE)?;
            if title.is_empty() {
                return Err(Message::new("edit-title-missing"));
            }
            content.title = title;
        }
        "description" => content.description = limited(value, LONGEST_DESCRIPTION)?,
        "address" => content.address = address(value)?,
        "reviewed" => {
            let day: Option<Date> = optional(value, "edit-reviewed-wrong")?;
            content.reviewed = day.map(|day| day.to_string());
        }
        "keywords" => content.keywords = words(value)?,
        "organisation" => {
            content.organisation = optional(value, "edit-organisation-wrong")?
                .ok_or_else(|| Message::new("edit-organisation-wrong"))?;
        }
        "parent" => content.parent = optional(value, "edit-parent-wrong")?,
        _ => return lay_details(content, name, value),
    }
    Ok(())
}

fn lay_details(content: &mut Content, name: &str, value: &str) -> Result<(), Message> {
    if !belongs(name, content.kind) {
        return Ok(());
    }
    let details = &mut content.details;
    match name {
        "published" => details.published = optional(value, "edit-time-wrong")?,
        "until" => details.until = optional(value, "edit-date-wrong")?,
        "categories" => details.categories = words(value)?,
        "picture" => details.picture = optional(value, "edit-picture-wrong")?,
        "comments" => details.comments = !value.trim().is_empty(),
        _ => {
            let mut vacancy = details.vacancy.clone().unwrap_or_default();
            lay_vacancy(&mut vacancy, name, value)?;
            if details.vacancy.is_some() || vacancy != Vacancy::default() {
                details.vacancy = Some(vacancy);
            }
        }
    }
    Ok(())
}

fn lay_vacancy(vacancy: &mut Vacancy, name: &str, value: &str) -> Result<(), Message> {
    match name {
        "employment" => {
            let value = value.trim();
            vacancy.employment = Employment::parse(value);
            if vacancy.employment.is_none() && !value.is_empty() {
                return Err(Message::new("edit-employment-wrong"));
            }
        }
        "extent" => vacancy.extent = limited(value, LONGEST_LINE)?,
        "workplace" => vacancy.workplace = optional(value, "edit-workplace-wrong")?,
        "positions" => vacancy.positions = optional(value, "edit-positions-wrong")?,
        "starts" => vacancy.starts = limited(value, LONGEST_LINE)?,
        "salary" => vacancy.salary = limited(value, LONGEST_LINE)?,
        "reference" => vacancy.reference = limited(value, LONGEST_LINE)?,
        "apply_until" => vacancy.apply_until = optional(value, "edit-date-wrong")?,
        "apply" => vacancy.apply = limited(value, LONGEST_LINE)?,
        _ => {}
    }
    Ok(())
}

/// The content that a draft would make of what is public, with what is wrong with its fields: a
/// field that is wrong stays as it was.
pub(crate) fn content_of(draft: &Draft, before: &Content) -> (Content, Vec<FieldError>) {
    let mut after = before.clone();
    let mut errors = Vec::new();
    for name in FIELDS {
        let written = draft.field(name);
        // What is as it was needs no judging: an old page may have what no new one could.
        if written == value(before, name) {
            continue;
        }
        if let Err(message) = lay(&mut after, name, written) {
            errors.push(FieldError {
                field: name.to_owned(),
                message,
            });
        }
    }
    after.document = std::sync::Arc::new(draft.document());
    (after, errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{ContentId, Locale, OrganisationId, PageId, Timestamp, Variant};
    use uuid::Uuid;

    fn vacancy() -> Content {
        Content {
            id: ContentId(Uuid::from_u128(1)),
            page: PageId(Uuid::from_u128(2)),
            parent: None,
            organisation: OrganisationId(Uuid::from_u128(3)),
            kind: PageKind::Vacancy,
            icon: String::new(),
            order: 0,
            hidden: false,
            locale: Locale::SV,
            variant: Variant::Standard,
            address: Address::parse("/jobb/larare").expect("written here"),
            published: true,
            away: None,
            title: "Lärare".to_owned(),
            description: "Kom och lär ut.".to_owned(),
            keywords: vec!["skola".to_owned()],
            reviewed: Some("2026-03-03".to_owned()),
            version: 4,
            text_version: None,
            source_version: None,
            updated_at: Timestamp::default(),
            details: crate::Details {
                published: Some("2026-03-01T09:00".parse().expect("written here")),
                categories: vec!["Skola".to_owned(), "Lärare".to_owned()],
                comments: true,
                vacancy: Some(Vacancy {
                    employment: Some(Employment::Permanent),
                    positions: Some(2),
                    apply: "https://jobb.example/1".to_owned(),
                    ..Vacancy::default()
                }),
                ..crate::Details::default()
            },
            document: std::sync::Arc::default(),
        }
    }

    #[test]
    fn fields_become_the_content_they_came_from() {
        let content = vacancy();
        let draft = Draft::new(&content.document, of(&content));
        assert_eq!(content_of(&draft, &content), (content.clone(), Vec::new()));
        // Laid into an empty one of its kind, each field finds its place.
        let mut bare = content.clone();
        bare.title = "x".to_owned();
        bare.description.clear();
        bare.keywords.clear();
        bare.reviewed = None;
        bare.details = crate::Details::default();
        assert_eq!(content_of(&draft, &bare), (content, Vec::new()));
    }

    #[test]
    fn what_is_half_written_is_told_and_what_was_stands() {
        let content = vacancy();
        let mut draft = Draft::new(&content.document, of(&content));
        for (name, value) in [
            ("title", "  "),
            ("address", "/Jobb"),
            ("reviewed", "2026-"),
            ("published", "i morgon"),
            ("positions", "många"),
            ("employment", "för evigt"),
            ("keywords", &"a,".repeat(3)),
        ] {
            let held = torg_revision::Held {
                version: 2,
                value: value.to_owned(),
            };
            draft.fields.insert(name.to_owned(), held);
        }
        let (after, errors) = content_of(&draft, &content);
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "title",
                "address",
                "reviewed",
                "published",
                "employment",
                "positions"
            ]
        );
        assert_eq!(after.title, content.title);
        assert_eq!(after.keywords, ["a"]);
    }

    #[test]
    fn only_a_vacancy_has_an_employment() {
        assert!(belongs("employment", PageKind::Vacancy));
        assert!(!belongs("employment", PageKind::News));
        assert!(belongs("categories", PageKind::News));
        assert!(!belongs("categories", PageKind::Article));
        assert!(belongs("title", PageKind::Article));
        assert!(!belongs("password", PageKind::Article));
    }
}
