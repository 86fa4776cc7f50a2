//! The rules for what else a unit tells of itself. Field names are those of the import file.

use torg_geo::{Point, PointFault};
use torg_kernel::{FieldError, Locale, Message, squeeze};
use torg_ui::tel_href;

use crate::check::{NAME, TEXT, error, is_key, too_long};
use crate::details::{Entrance, NamedPhone, Notice, WebLink};
use crate::model::{Position, UnitData, Words};

/// Phones, addresses on the web or entrances at most.
const FEW: usize = 20;
/// Related units at most.
const RELATED: usize = 50;

/// Trims and drops what is empty.
pub(crate) fn tidy(data: &mut UnitData) {
    for phone in &mut data.phones {
        phone.name.tidy();
        phone.number = squeeze(&phone.number);
    }
    data.phones.retain(|phone| *phone != NamedPhone::default());
    for link in &mut data.web {
        link.name.tidy();
        link.url = link.url.trim().to_owned();
    }
    data.web.retain(|link| *link != WebLink::default());
    for entrance in &mut data.entrances {
        entrance.name.tidy();
        entrance.note.tidy();
    }
    data.entrances
        .retain(|entrance| *entrance != Entrance::default());
    data.features.sort_unstable();
    data.features.dedup();
    for key in &mut data.related {
        *key = squeeze(key);
    }
    data.related.retain(|key| !key.is_empty());
    let mut seen = std::collections::BTreeSet::new();
    data.related.retain(|key| seen.insert(key.clone()));
    if let Some(notice) = &mut data.notice {
        notice.text.tidy();
    }
    data.notice.take_if(|notice| *notice == Notice::default());
    if let Some(closed) = &mut data.closed {
        closed.reason.tidy();
        closed.instead = closed
            .instead
            .take()
            .map(|key| squeeze(&key))
            .filter(|key| !key.is_empty());
    }
}

/// What is wrong with a point, if anything: the sentence says so when the two numbers seem to have
/// changed places.
pub(crate) fn position_fault(at: Position) -> Option<Message> {
    if Point::new(at.lon, at.lat).in_sweden() {
        return None;
    }
    let (point, meant) = (Point::new(at.lon, at.lat), Point::new(at.lat, at.lon));
    let fault = if meant.in_sweden() {
        PointFault::Swapped(meant)
    } else {
        PointFault::Outside(point)
    };
    Some(fault.message())
}

/// Whether a text can stand as the goal of a link: `https`, `http` or a path of this site.
pub(crate) fn is_web(url: &str) -> bool {
    let path = url.starts_with('/') && !url.starts_with("//");
    let whole = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains('.') && !host.starts_with('.') && !host.contains('@')
        });
    (path || whole)
        && url.len() <= 500
        && !url
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>\"\\`{}|^".contains(c))
}

/// A name that must be there in Swedish.
fn named(errors: &mut Vec<FieldError>, field: &str, name: &Words) {
    if name.own(Locale::SV).is_none() {
        errors.push(error(
            format!("{field}.name.sv"),
            Message::new("error-required"),
        ));
    }
    too_long(errors, &format!("{field}.name"), name, NAME);
}

fn many(errors: &mut Vec<FieldError>, field: &str, count: usize, most: usize) {
    if count > most {
        let message = Message::new("unit-error-most").with("limit", most);
        errors.push(error(field, message));
    }
}

/// All that is wrong with it.
pub(crate) fn check(errors: &mut Vec<FieldError>, key: Option<&str>, data: &UnitData) {
    many(errors, "phones", data.phones.len(), FEW);
    for (at, phone) in data.phones.iter().enumerate() {
        let field = format!("phones[{at}]");
        named(errors, &field, &phone.name);
        if phone.number.len() > 40 || tel_href(&phone.number).is_none() {
            errors.push(error(
                format!("{field}.number"),
                Message::new("unit-error-phone"),
            ));
        }
    }
    many(errors, "web", data.web.len(), FEW);
    for (at, link) in data.web.iter().enumerate() {
        let field = format!("web[{at}]");
        named(errors, &field, &link.name);
        if !is_web(&link.url) {
            errors.push(error(
                format!("{field}.url"),
                Message::new("unit-error-web"),
            ));
        }
    }
    many(errors, "entrances", data.entrances.len(), FEW);
    for (at, entrance) in data.entrances.iter().enumerate() {
        let field = format!("entrances[{at}]");
        named(errors, &field, &entrance.name);
        too_long(errors, &format!("{field}.note"), &entrance.note, TEXT);
        if let Some(message) = entrance.position.and_then(position_fault) {
            errors.push(error(format!("{field}.position"), message));
        }
    }
    check_others(errors, key, data);
    if let Some(notice) = &data.notice {
        if notice.text.own(Locale::SV).is_none() {
            errors.push(error("notice.text.sv", Message::new("error-required")));
        }
        too_long(errors, "notice.text", &notice.text, 400);
        if notice
            .from
            .zip(notice.until)
            .is_some_and(|(from, until)| until < from)
        {
            errors.push(error("notice.until", Message::new("unit-error-days")));
        }
    }
}

/// What points at other units. That they are there is checked where all units are known.
fn check_others(errors: &mut Vec<FieldError>, key: Option<&str>, data: &UnitData) {
    many(errors, "related", data.related.len(), RELATED);
    let own = |other: &str| key == Some(other);
    for other in &data.related {
        if !is_key(other) || own(other) {
            let message = Message::new("unit-error-related").with("value", other);
            errors.push(error("related", message));
        }
    }
    if let Some(closed) = &data.closed {
        too_long(errors, "closed.reason", &closed.reason, TEXT);
        if let Some(instead) = &closed.instead
            && (!is_key(instead) || own(instead))
        {
            let message = Message::new("unit-error-related").with("value", instead);
            errors.push(error("closed.instead", message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(json: &str) -> Vec<(String, &'static str)> {
        let json = format!(r#"{{"name":{{"sv":"A"}},{json}}}"#);
        let mut data: UnitData = serde_json::from_str(&json).expect("the test's own JSON");
        tidy(&mut data);
        let mut errors = Vec::new();
        check(&mut errors, Some("egen"), &data);
        let pair = |error: FieldError| (error.field, error.message.key);
        errors.into_iter().map(pair).collect()
    }

    #[test]
    fn more_phones_addresses_and_entrances_are_judged_one_by_one() {
        assert!(wrong(r#""phones":[{"name":{"sv":"Kassan"},"number":"031-390 06 41"},{"name":{},"number":" "}]"#).is_empty());
        assert_eq!(
            wrong(r#""phones":[{"name":{"en":"Desk"},"number":"ring oss"}]"#),
            [
                ("phones[0].name.sv".to_owned(), "error-required"),
                ("phones[0].number".to_owned(), "unit-error-phone")
            ]
        );
        for url in [
            "javascript:alert(1)",
            "//evil.example",
            "https://",
            "http://a b.se",
            "bad.se",
        ] {
            let json = format!(r#""web":[{{"name":{{"sv":"B"}},"url":"{url}"}}]"#);
            assert_eq!(
                wrong(&json),
                [("web[0].url".to_owned(), "unit-error-web")],
                "{url}"
            );
        }
        assert!(wrong(r#""web":[{"name":{"sv":"B"},"url":"https://göteborg.example/bad?x=1#a"},{"name":{"sv":"C"},"url":"/bad"}]"#).is_empty());
        assert_eq!(
            wrong(r#""entrances":[{"name":{"sv":"Norra"},"position":{"lat":11.97,"lon":57.7}}]"#),
            [("entrances[0].position".to_owned(), "geo-point-swapped")]
        );
        assert_eq!(
            wrong(r#""related":["a","egen","b"]"#),
            [("related".to_owned(), "unit-error-related")]
        );
        assert_eq!(
            wrong(r#""notice":{"text":{"sv":"Stängt"},"from":"2026-05-02","until":"2026-05-01"}"#),
            [("notice.until".to_owned(), "unit-error-days")]
        );
        assert_eq!(
            wrong(r#""closed":{"on":"2026-05-02","instead":"egen"}"#),
            [("closed.instead".to_owned(), "unit-error-related")]
        );
    }
}
