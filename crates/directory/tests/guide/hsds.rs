//! The answers of HSDS against the schemas of the Human Services Data Specification 3.0
//! (<https://docs.openreferral.org/en/v3.0/hsds/schema_reference.html>): which fields an object has, of
//! which type, and which must be there. The schemas themselves are under CC BY-SA 4.0 and are not
//! carried here; this is the part of them that the answers use.

use serde_json::Value;

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    /// `format: uuid`.
    Id,
    /// `format: uri`.
    Uri,
    /// `format: email`.
    Mail,
    /// A civil date.
    Day,
    /// `format: date-time`.
    Moment,
    /// A time with its offset, `09:00+01:00`.
    Time,
    Number,
    Flag,
    One(&'static [&'static str]),
    /// An object of its own.
    Object(&'static str),
    /// A list of them.
    List(&'static str),
}

use Holds::{Day, Flag, Id, List, Mail, Moment, Number, Object, One, Text, Time, Uri};

/// Field, what it holds, whether it must be there.
type Field = (&'static str, Holds, bool);

const DAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const PLACES: &[&str] = &["physical", "postal", "virtual"];
const STATES: &[&str] = &["active", "inactive", "defunct", "temporarily closed"];

fn schema(name: &str) -> &'static [Field] {
    match name {
        "base" => &[
            ("version", One(&["3.0"]), true),
            ("profile", Uri, true),
            ("openapi_url", Uri, true),
        ],
        "organization" => &[
            ("id", Id, true),
            ("name", Text, true),
            ("alternate_name", Text, false),
            ("description", Text, true),
            ("email", Mail, false),
            ("website", Uri, false),
            ("parent_organization_id", Id, false),
            ("locations", List("location"), false),
        ],
        "service" => &[
            ("id", Id, true),
            ("organization_id", Id, false),
            ("name", Text, true),
            ("alternate_name", Text, false),
            ("description", Text, false),
            ("url", Uri, false),
            ("email", Mail, false),
            ("status", One(STATES), true),
            ("application_process", Text, false),
            ("fees_description", Text, false),
            ("eligibility_description", Text, false),
            ("assured_date", Day, false),
            ("last_modified", Moment, false),
            ("phones", List("phone"), false),
            ("organization", Object("organization"), false),
            ("attributes", List("attribute"), false),
            ("service_at_locations", List("service_at_location"), false),
            ("required_documents", List("required_document"), false),
        ],
        "location" => &[
            ("id", Id, true),
            ("location_type", One(PLACES), true),
            ("url", Uri, false),
            ("organization_id", Id, false),
            ("name", Text, false),
            ("alternate_name", Text, false),
            ("description", Text, false),
            ("transportation", Text, false),
            ("latitude", Number, false),
            ("longitude", Number, false),
            ("external_identifier", Text, false),
            ("addresses", List("address"), false),
            ("phones", List("phone"), false),
            ("accessibility", List("accessibility"), false),
            ("schedules", List("schedule"), false),
        ],
        "address" => &[
            ("id", Id, true),
            ("location_id", Id, false),
            ("address_1", Text, true),
            ("city", Text, true),
            ("state_province", Text, true),
            ("postal_code", Text, true),
            ("country", One(&["SE"]), true),
            ("address_type", One(PLACES), true),
        ],
        "phone" => &[
            ("id", Id, true),
            ("number", Text, true),
            ("type", Text, false),
            ("description", Text, false),
        ],
        "accessibility" => &[
            ("id", Id, true),
            ("location_id", Id, false),
            ("description", Text, false),
        ],
        "schedule" => &[
            ("id", Id, true),
            ("location_id", Id, false),
            ("freq", One(&["WEEKLY", "MONTHLY"]), false),
            ("interval", Number, false),
            ("wkst", One(DAYS), false),
            ("byday", Text, false),
            ("opens_at", Time, false),
            ("closes_at", Time, false),
            ("timezone", Number, false),
            ("description", Text, false),
            ("notes", Text, false),
            ("schedule_link", Uri, false),
        ],
        "service_at_location" => &[
            ("id", Id, true),
            ("service_id", Id, false),
            ("location_id", Id, false),
            ("location", Object("location"), false),
        ],
        "required_document" => &[
            ("id", Id, true),
            ("service_id", Id, false),
            ("document", Text, false),
            ("uri", Uri, false),
        ],
        "attribute" => &[
            ("id", Id, true),
            ("link_id", Id, true),
            ("link_entity", Text, true),
            ("taxonomy_term_id", Id, true),
            ("taxonomy_term", Object("taxonomy_term"), false),
        ],
        "taxonomy_term" => &[
            ("id", Id, true),
            ("code", Text, false),
            ("name", Text, true),
            ("description", Text, true),
            ("language", Text, false),
        ],
        "page" => &[
            ("total_items", Number, true),
            ("total_pages", Number, true),
            ("page_number", Number, true),
            ("size", Number, true),
            ("first_page", Flag, true),
            ("last_page", Flag, true),
            ("empty", Flag, true),
            ("contents", List("any"), true),
        ],
        other => panic!("there is no schema {other}"),
    }
}

/// `09:00+01:00`.
fn is_time(text: &str) -> bool {
    let (Some(clock), Some(offset)) = (text.get(..5), text.get(5..)) else {
        return false;
    };
    let is_clock = |text: &str| text.len() == 5 && text.parse::<jiff::civil::Time>().is_ok();
    is_clock(clock) && offset.strip_prefix(['+', '-']).is_some_and(is_clock)
}

fn holds(holds: Holds, value: &Value, at: &str) -> Vec<String> {
    let text = value.as_str();
    let good = match holds {
        // An empty text says nothing: such fields are to be left out.
        Text => text.is_some_and(|text| !text.is_empty()),
        Id => text.is_some_and(|text| text.parse::<uuid::Uuid>().is_ok()),
        Uri => text.is_some_and(|text| {
            text.parse::<http::Uri>()
                .is_ok_and(|uri| uri.scheme().is_some() && uri.authority().is_some())
        }),
        Mail => text.is_some_and(|text| {
            text.split_once('@')
                .is_some_and(|(_, host)| host.contains('.'))
        }),
        Day => text.is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
        Moment => text.is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        Time => text.is_some_and(is_time),
        Number => value.is_number(),
        Flag => value.is_boolean(),
        One(values) => text.is_some_and(|text| values.contains(&text)),
        Object(name) => return faults(name, value, at),
        List(name) => {
            let Some(list) = value.as_array() else {
                return vec![format!("{at} is no list")];
            };
            let each = list.iter().enumerate().filter(|_| name != "any");
            return each
                .flat_map(|(number, own)| faults(name, own, &format!("{at}[{number}]")))
                .collect();
        }
    };
    match good {
        true => Vec::new(),
        false => vec![format!("{at} is {value}")],
    }
}

/// What is wrong with an object: fields that are missing, of another type, or unknown.
pub fn faults(name: &str, value: &Value, at: &str) -> Vec<String> {
    let Some(object) = value.as_object() else {
        return vec![format!("{at} is no object")];
    };
    let fields = schema(name);
    let mut faults = Vec::new();
    for (field, kind, must) in fields {
        match object.get(*field) {
            Some(value) => faults.extend(holds(*kind, value, &format!("{at}.{field}"))),
            None if *must => faults.push(format!("{at} has no {field}")),
            None => {}
        }
    }
    let unknown = object
        .keys()
        .filter(|key| !fields.iter().any(|(field, ..)| field == key));
    faults.extend(unknown.map(|key| format!("{at}.{key} is no field of {name}")));
    faults
}

#[test]
fn the_checks_bite() {
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("the test's own");
    let id = "0192f0c1-2345-7abc-8def-0123456789ab";
    let good = json(&format!(
        r#"{{"id":"{id}","opens_at":"09:00+01:00","byday":"MO","wkst":"MO","timezone":1}}"#
    ));
    assert_eq!(faults("schedule", &good, "it"), Vec::<String>::new());
    for (field, value) in [
        ("id", "\"7\""),
        ("opens_at", "\"9.00\""),
        ("opens_at", "\"25:00+01:00\""),
        ("byday", "\"\""),
        ("wkst", "\"MON\""),
        ("timezone", "\"1\""),
        ("colour", "\"red\""),
        ("schedule_link", "\"/hitta/x\""),
    ] {
        let mut bad = good.clone();
        bad[field] = json(value);
        assert_eq!(faults("schedule", &bad, "it").len(), 1, "{field} {value}");
    }
    assert_eq!(faults("phone", &json("{}"), "it").len(), 2);
    assert_eq!(faults("phone", &json("[]"), "it").len(), 1);
}
