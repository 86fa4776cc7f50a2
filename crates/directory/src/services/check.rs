//! The rules for what a service may hold. Field names are those of the import file.

use torg_kernel::{FieldError, Locale, Message, squeeze};
use torg_ui::tel_href;

use super::model::{Link, LinkKind, ServiceData};
use crate::check::{NAME, TEXT, error, is_email, is_key, too_long};
use crate::check_details::is_web;

/// Units, links or words at most.
const MANY: usize = 200;
/// Characters of how it is done at most.
const HOW: usize = 5_000;

/// Paragraphs parted by one empty line, each line without white space at its ends.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(squeeze).collect();
    let parts = lines
        .split(String::is_empty)
        .filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(|part| part.join(" ")).collect();
    parts.join("\n\n")
}

fn tidy_list(list: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    *list = std::mem::take(list)
        .iter()
        .map(|text| squeeze(text))
        .filter(|text| !text.is_empty() && seen.insert(text.clone()))
        .collect();
}

/// Trims and drops what is empty, so that the same things are always written the same way.
#[must_use]
pub fn tidy(mut data: ServiceData) -> ServiceData {
    for words in [
        &mut data.name,
        &mut data.summary,
        &mut data.fees,
        &mut data.eligibility,
    ] {
        words.tidy();
    }
    for text in data.how.0.values_mut() {
        *text = paragraphs(text);
    }
    data.how.0.retain(|_, text| !text.is_empty());
    data.audiences.sort_unstable();
    data.audiences.dedup();
    for list in [&mut data.units, &mut data.related, &mut data.keywords] {
        tidy_list(list);
    }
    for link in &mut data.links {
        link.name.tidy();
        link.url = link.url.trim().to_owned();
    }
    let empty = |link: &Link| link.name.is_empty() && link.url.is_empty();
    data.links.retain(|link| !empty(link));
    for text in [&mut data.phone, &mut data.email] {
        *text = text.take().map(|text| squeeze(&text));
        text.take_if(|text| text.is_empty());
    }
    if let Some(closed) = &mut data.closed {
        closed.reason.tidy();
    }
    data
}

/// All that is wrong with a tidy service; empty when it can be saved. That units and services which
/// it names are there is checked where they are known.
#[must_use]
pub fn check(data: &ServiceData) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if data.name.own(Locale::SV).is_none() {
        errors.push(error("name.sv", Message::new("error-required")));
    }
    for (field, words, limit) in [
        ("name", &data.name, NAME),
        ("summary", &data.summary, TEXT),
        ("how", &data.how, HOW),
        ("fees", &data.fees, TEXT),
        ("eligibility", &data.eligibility, TEXT),
    ] {
        too_long(&mut errors, field, words, limit);
    }
    for (field, keys) in [("units", &data.units), ("related", &data.related)] {
        for key in keys.iter().filter(|key| !is_key(key)) {
            let message = Message::new("unit-error-related").with("value", key);
            errors.push(error(field, message));
        }
    }
    for (field, count) in [
        ("units", data.units.len()),
        ("links", data.links.len()),
        ("related", data.related.len()),
        ("keywords", data.keywords.len()),
    ] {
        if count > MANY {
            let message = Message::new("unit-error-most").with("limit", MANY);
            errors.push(error(field, message));
        }
    }
    for (at, link) in data.links.iter().enumerate() {
        check_link(&mut errors, at, link);
    }
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
    errors
}

fn check_link(errors: &mut Vec<FieldError>, at: usize, link: &Link) {
    if link.name.own(Locale::SV).is_none() {
        let field = format!("links[{at}].name.sv");
        errors.push(error(field, Message::new("error-required")));
    }
    too_long(errors, &format!("links[{at}].name"), &link.name, NAME);
    // An e-service may be this site's own or another's; the browser must be able to go there.
    if !is_web(&link.url) {
        let field = format!("links[{at}].url");
        errors.push(error(field, Message::new("unit-error-web")));
    }
}

impl LinkKind {
    /// The icon before a link of this kind.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::EService => "laptop",
            Self::Page => "file-text",
            Self::Form => "download",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> ServiceData {
        tidy(serde_json::from_str(json).expect("the test's own JSON"))
    }

    #[test]
    fn a_service_is_tidied_and_judged() {
        let data = read(
            r#"{"name":{"sv":" Hämta  sopor "},"how":{"sv":"Ring.\n\n\n  Vänta \n lite."},
                "units":["a","a"," "],"keywords":["sopor"],"phone":" "}"#,
        );
        assert_eq!(data.name.get(Locale::SV), "Hämta sopor");
        assert_eq!(data.how.get(Locale::SV), "Ring.\n\nVänta lite.");
        assert_eq!((data.units.len(), data.phone.clone()), (1, None));
        assert!(check(&data).is_empty());
        let fields = |json: &str| -> Vec<String> {
            check(&read(json)).into_iter().map(|it| it.field).collect()
        };
        assert_eq!(
            fields(r#"{"name":{"en":"x"},"units":["Å"]}"#),
            ["name.sv", "units"]
        );
        assert_eq!(
            fields(
                r#"{"name":{"sv":"A"},"email":"a","phone":"ring","links":[{"kind":"page","name":{},"url":"javascript:x"}]}"#
            ),
            ["links[0].name.sv", "links[0].url", "phone", "email"]
        );
        assert!(
            serde_json::from_str::<ServiceData>(r#"{"name":{},"audiences":["dogs"]}"#).is_err()
        );
    }
}
