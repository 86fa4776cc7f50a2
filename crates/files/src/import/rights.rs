//! Columns of `pictures.csv` about rights and standard pictures. A table without one of them leaves
//! what was said before.
//!
//! `decorative` and `standard` hold `yes` or `no`, `themes` words with commas between, `licence` and
//! `people` the stored names (`own`, `cc0`, `cc_by`, `cc_by_sa`, `bought`, `other`, `ended`; `nobody`,
//! `consent`, `withdrawn`), `until` a day such as `2026-12-31`, the others plain words.

use torg_kernel::Message;

use super::table::Line;
use crate::model::{PictureData, parse_themes};
use crate::rights::{Licence, People, parse_until};

pub(super) const COLUMNS: [&str; 9] = [
    "decorative",
    "standard",
    "themes",
    "licence",
    "terms",
    "people",
    "consent",
    "until",
    "until_reason",
];

/// Yes or no, as people and programs write it; `None` for anything else.
fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "ja" | "true" | "1" => Some(true),
        "no" | "nej" | "false" | "0" => Some(false),
        _ => None,
    }
}

fn flag(line: &mut Line, name: &str) -> bool {
    let Some(text) = line.get(name).map(str::to_owned) else {
        return false;
    };
    yes_or_no(&text).unwrap_or_else(|| {
        line.wrong(
            name,
            Message::new("file-import-yes-no").with("value", &text),
        );
        false
    })
}

/// One of some names; empty means the usual one.
fn named<T: Default>(line: &mut Line, name: &str, parse: fn(&str) -> Option<T>, all: &str) -> T {
    let Some(text) = line.get(name).map(str::to_owned) else {
        return T::default();
    };
    parse(&text).unwrap_or_else(|| {
        let message = Message::new("file-import-name");
        line.wrong(name, message.with("value", &text).with("names", all));
        T::default()
    })
}

/// Reads the columns of a line into what is said of a picture.
pub(super) fn read(line: &mut Line, data: &mut PictureData) {
    data.decorative = flag(line, "decorative");
    data.standard = flag(line, "standard");
    let words = |line: &Line, name: &str| line.get(name).unwrap_or_default().to_owned();
    data.themes = parse_themes(&words(line, "themes"));
    let licences = Licence::ALL.map(Licence::as_str).join(", ");
    data.rights.licence = named(line, "licence", Licence::parse, &licences);
    data.rights.terms = words(line, "terms");
    let people = People::ALL.map(People::as_str).join(", ");
    data.rights.people = named(line, "people", People::parse, &people);
    data.rights.consent = words(line, "consent");
    match parse_until(&words(line, "until")) {
        Ok(until) => data.rights.until = until,
        Err(message) => line.wrong("until", message),
    }
    data.rights.reason = words(line, "until_reason");
}

/// Puts back what was said before wherever the table has no column for it.
pub(super) fn keep(data: &mut PictureData, before: &PictureData, columns: &[String]) {
    let has = |name: &str| columns.iter().any(|own| own == name);
    for name in COLUMNS.into_iter().filter(|name| !has(name)) {
        let (rights, old) = (&mut data.rights, &before.rights);
        match name {
            "decorative" => data.decorative = before.decorative,
            "standard" => data.standard = before.standard,
            "themes" => data.themes.clone_from(&before.themes),
            "licence" => rights.licence = old.licence,
            "terms" => rights.terms.clone_from(&old.terms),
            "people" => rights.people = old.people,
            "consent" => rights.consent.clone_from(&old.consent),
            "until" => rights.until = old.until,
            _ => rights.reason.clone_from(&old.reason),
        }
    }
}

/// What is said of a picture, in the order of [`COLUMNS`].
pub(super) fn written(data: &PictureData) -> [String; 9] {
    let flag = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let rights = &data.rights;
    [
        flag(data.decorative),
        flag(data.standard),
        data.themes.join(", "),
        rights.licence.as_str().to_owned(),
        rights.terms.clone(),
        rights.people.as_str().to_owned(),
        rights.consent.clone(),
        rights
            .until
            .map(|until| until.to_string())
            .unwrap_or_default(),
        rights.reason.clone(),
    ]
}
