//! The rules for what a unit may hold. Field names are those of the import file.

use std::collections::BTreeSet;

use torg_kernel::{FieldError, Locale, Message, squeeze};
use torg_ui::tel_href;

use crate::accent::{Accent, judge};
use crate::check_details;
use crate::model::{Offer, PostalAddress, UnitData, Words};
use crate::profile::{MOST_SECTIONS, Part};

/// Characters of a name at most.
pub(crate) const NAME: usize = 200;
/// Characters of a sentence or two at most.
pub(crate) const TEXT: usize = 1_000;
const ITEMS: usize = 100;

pub(crate) fn error(field: impl Into<String>, message: Message) -> FieldError {
    FieldError {
        field: field.into(),
        message,
    }
}

/// Trims, drops what is empty, and puts days and hours in order, so that the same things are
/// always written the same way.
#[must_use]
pub fn tidy(mut data: UnitData) -> UnitData {
    for words in [&mut data.name, &mut data.summary, &mut data.getting_there] {
        words.tidy();
    }
    for text in [&mut data.phone, &mut data.email] {
        *text = text.take().map(|text| squeeze(&text));
        text.take_if(|text| text.is_empty());
    }
    data.address = data.address.map(tidy_address).filter(|it| !it.is_empty());
    for offers in [&mut data.services, &mut data.accessibility] {
        for offer in offers.iter_mut() {
            for text in [
                &mut offer.sv,
                &mut offer.en,
                &mut offer.note_sv,
                &mut offer.note_en,
            ] {
                *text = squeeze(text);
            }
        }
        offers.retain(|offer| *offer != Offer::default());
    }
    for word in &mut data.keywords {
        *word = squeeze(word);
    }
    data.keywords.retain(|word| !word.is_empty());
    if let Some(hours) = &mut data.hours {
        hours.tidy();
    }
    check_details::tidy(&mut data);
    data.colour.iter_mut().for_each(Accent::tidy);
    data.colour.take_if(|colour| colour.0.is_empty());
    for part in &mut data.parts {
        if let Part::Section(section) = part {
            section.heading.tidy();
            section.text.0.retain(|_, text| !text.blocks.is_empty());
        }
    }
    data
}

fn tidy_address(address: PostalAddress) -> PostalAddress {
    let digits: String = address
        .postcode
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let others = address
        .postcode
        .chars()
        .any(|c| !c.is_ascii_digit() && !c.is_whitespace());
    let postcode = if digits.len() == 5 && !others {
        format!("{} {}", &digits[..3], &digits[3..])
    } else {
        squeeze(&address.postcode)
    };
    PostalAddress {
        street: squeeze(&address.street),
        postcode,
        city: squeeze(&address.city),
    }
}

/// All that is wrong with a tidy unit; empty when it can be saved.
#[must_use]
pub fn check(data: &UnitData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if data.name.own(Locale::SV).is_none() {
        errors.push(error("name.sv", Message::new("error-required")));
    }
    for (field, words, limit) in [
        ("name", &data.name, NAME),
        ("summary", &data.summary, TEXT),
        ("getting_there", &data.getting_there, TEXT),
    ] {
        too_long(&mut errors, field, words, limit);
    }
    check_contact(&mut errors, data);
    check_details::check(&mut errors, None, data);
    errors.extend(check_accent(data.colour.as_ref()));
    check_parts(&mut errors, &data.parts);
    for (field, offers) in [
        ("services", &data.services),
        ("accessibility", &data.accessibility),
    ] {
        check_offers(&mut errors, field, offers);
    }
    if data.keywords.len() > ITEMS || data.keywords.iter().any(|word| word.len() > NAME) {
        errors.push(error("keywords", Message::new("unit-error-too-many")));
    }
    if let Some(hours) = &data.hours {
        for (field, key) in hours.faults() {
            errors.push(error(format!("hours.{field}"), Message::new(key)));
        }
    }
    errors
}

fn check_contact(errors: &mut Vec<FieldError>, data: &UnitData) {
    if let Some(phone) = &data.phone
        && (phone.len() > 40 || tel_href(phone).is_none())
    {
        errors.push(error("phone", Message::new("unit-error-phone")));
    }
    if let Some(email) = &data.email
        && !is_email(email)
    {
        errors.push(error("email", Message::new("unit-error-email")));
    }
    if let Some(address) = &data.address {
        for (field, text) in [("street", &address.street), ("city", &address.city)] {
            if text.chars().count() > NAME {
                errors.push(error(
                    format!("address.{field}"),
                    Message::new("unit-error-too-long").with("limit", NAME),
                ));
            }
        }
        let fits = address.postcode.len() == 6 && address.postcode.as_bytes()[3] == b' ';
        let digits = address.postcode.bytes().filter(u8::is_ascii_digit).count();
        let right = fits && digits == 5;
        if !address.postcode.is_empty() && !right {
            errors.push(error(
                "address.postcode",
                Message::new("unit-error-postcode"),
            ));
        }
    }
    if let Some(message) = data.position.and_then(check_details::position_fault) {
        errors.push(error("position", message));
    }
}

/// A colour that white text cannot be read on is told with its contrast and with one that can.
fn check_accent(accent: Option<&Accent>) -> Option<FieldError> {
    let accent = accent?;
    let Some(colour) = accent.colour() else {
        let message = Message::new("unit-error-accent").with("value", &accent.0);
        return Some(error("colour", message));
    };
    let judged = judge(colour);
    (!judged.passes).then(|| {
        let message = Message::new("unit-error-accent-weak").with("nearest", judged.nearest);
        error("colour", message)
    })
}

/// Characters in a section's heading at most.
const HEADING: usize = 120;
/// Characters of a section's text at most, without its marks: one that came in a file.
const WORDS: usize = 30_000;

fn check_parts(errors: &mut Vec<FieldError>, parts: &[Part]) {
    if parts.is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    let mut sections = 0;
    for (at, part) in parts.iter().enumerate() {
        let field = |name: &str| format!("parts[{at}].{name}");
        let Part::Section(section) = part else {
            if !seen.insert(part.kind()) {
                errors.push(error(field("part"), Message::new("unit-error-part-twice")));
            }
            continue;
        };
        sections += 1;
        for locale in section.languages() {
            let heading = section.heading.own(locale);
            if heading.is_none() {
                let message = Message::new("unit-error-section-heading");
                errors.push(error(field(&format!("heading.{locale}")), message));
            } else if heading.is_some_and(|heading| heading.chars().count() > HEADING) {
                let message = Message::new("unit-error-too-long").with("limit", HEADING);
                errors.push(error(field(&format!("heading.{locale}")), message));
            }
            match section.text.0.get(&locale) {
                None => {
                    let message = Message::new("unit-error-section-text");
                    errors.push(error(field(&format!("text.{locale}")), message));
                }
                Some(text) if text.body_text().len() > WORDS * 2 => {
                    let message = Message::new("unit-error-too-long").with("limit", WORDS);
                    errors.push(error(field(&format!("text.{locale}")), message));
                }
                Some(_) => {}
            }
        }
    }
    if sections > MOST_SECTIONS {
        let message = Message::new("unit-error-sections").with("limit", MOST_SECTIONS);
        errors.push(error("parts", message));
    }
    if !seen.contains(Part::Contact.kind()) {
        errors.push(error("parts", Message::new("unit-error-contact-hidden")));
    }
}

fn check_offers(errors: &mut Vec<FieldError>, field: &str, offers: &[Offer]) {
    if offers.len() > ITEMS {
        errors.push(error(field, Message::new("unit-error-too-many")));
    }
    for (at, offer) in offers.iter().enumerate() {
        if offer.sv.is_empty() {
            errors.push(error(
                format!("{field}[{at}].sv"),
                Message::new("error-required"),
            ));
        }
        let texts = [&offer.sv, &offer.en, &offer.note_sv, &offer.note_en];
        if texts.iter().any(|text| text.chars().count() > NAME) {
            errors.push(error(
                format!("{field}[{at}]"),
                Message::new("unit-error-too-long").with("limit", NAME),
            ));
        }
    }
}

pub(crate) fn too_long(errors: &mut Vec<FieldError>, field: &str, words: &Words, limit: usize) {
    for (locale, text) in &words.0 {
        if text.chars().count() > limit {
            errors.push(error(
                format!("{field}.{locale}"),
                Message::new("unit-error-too-long").with("limit", limit),
            ));
        }
    }
}

/// A key can stand in links and logs: a–z, 0–9 and hyphens, at most 80 characters.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Catches slips of the pen; only a letter that arrives proves an address (RFC 5321, 4.5.3.1 for
/// the lengths).
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    (1..=64).contains(&local.len())
        && text.len() <= 254
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>\",;:\\()[]".contains(c))
        && domain.contains('.')
        && domain
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<String> {
        let data = serde_json::from_str(json).expect("the test's own JSON");
        check(&tidy(data))
            .into_iter()
            .map(|error| error.field)
            .collect()
    }

    #[test]
    fn slips_of_the_pen_are_named_by_field() {
        assert!(fields(r#"{"name":{"sv":" Klippans  bibliotek "},"phone":"031-390 06 41","email":"a.b@stad.example","address":{"street":"Gatan 1","postcode":"41113","city":"Göteborg"}}"#).is_empty());
        assert_eq!(fields(r#"{"name":{"en":"Library"}}"#), ["name.sv"]);
        assert_eq!(
            fields(
                r#"{"name":{"sv":"A"},"phone":"ring oss","email":"a@b@c.se","address":{"postcode":"4111"},"position":{"lat":157.7,"lon":11.9}}"#
            ),
            ["phone", "email", "address.postcode", "position"]
        );
        assert_eq!(
            fields(r#"{"name":{"sv":"A"},"services":[{"sv":"","en":"Print"}]}"#),
            ["services[0].sv"]
        );
        assert_eq!(
            fields(
                r#"{"name":{"sv":"A"},"hours":{"weekly":{"tue":["10:00-14:00","13:00-15:00"]},"exceptions":[{"date":"2026-12-24","spans":[]},{"date":"2026-12-24","spans":[]}]}}"#
            ),
            ["hours.weekly.tue", "hours.exceptions[1].date"]
        );
    }

    #[test]
    fn the_same_things_are_written_the_same_way() {
        let one: UnitData = serde_json::from_str(
            r#"{"name":{"sv":"A ","en":""},"phone":" ","address":{"street":"","postcode":"","city":" "},"hours":{"weekly":{"mon":["13.00–16.00","9:00-12:00"]}}}"#,
        )
        .expect("reads");
        assert_eq!(
            serde_json::to_string(&tidy(one)).expect("writes"),
            r#"{"name":{"sv":"A"},"hours":{"weekly":{"mon":["09:00-12:00","13:00-16:00"]}}}"#
        );
    }

    #[test]
    fn a_page_keeps_its_limits() {
        let page = |rest: &str| fields(&format!(r#"{{"name":{{"sv":"A"}},{rest}}}"#));
        assert_eq!(page(r##""colour":"#FFD500""##), ["colour"]);
        assert_eq!(page(r#""colour":"red""#), ["colour"]);
        assert!(page(r##""colour":" #1F6F78 ""##).is_empty());
        assert!(page(r#""colour":"tegel","parts":[{"part":"contact"}]"#).is_empty());
        assert_eq!(
            page(r#""parts":[{"part":"hours"}]"#),
            ["parts"],
            "no contact"
        );
        assert_eq!(
            page(r#""parts":[{"part":"contact"},{"part":"contact"}]"#),
            ["parts[1].part"]
        );
        let empty = r#"{"part":"section","heading":{"en":"News"},"text":{}}"#;
        assert_eq!(
            page(&format!(r#""parts":[{{"part":"contact"}},{empty}]"#)),
            [
                "parts[1].heading.sv",
                "parts[1].text.sv",
                "parts[1].text.en"
            ]
        );
        let text = r#"{"blocks":[{"id":"00000000-0000-7000-8000-000000000001","v":1,"type":"paragraph","text":[{"type":"text","text":"Hej"}]}]}"#;
        let section =
            format!(r#"{{"part":"section","heading":{{"sv":"A"}},"text":{{"sv":{text}}}}}"#);
        let many = |count| {
            let sections = vec![section.as_str(); count].join(",");
            page(&format!(r#""parts":[{{"part":"contact"}},{sections}]"#))
        };
        assert!(many(12).is_empty());
        assert_eq!(many(13), ["parts"]);
    }

    #[test]
    fn mail_addresses() {
        for right in ["a@b.se", "förnamn.efternamn@göteborg.example"] {
            assert!(is_email(right), "{right}");
        }
        for wrong in ["a", "@b.se", "a@", "a@b", "a b@c.se", "a@b..se", "a@b.se>"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
