//! Opening hours as schema.org has them, for search engines and assistants.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::schedule::{Hours, Span, clock};

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn opens(span: Span) -> String {
    let at = clock(span.from());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// An end before the beginning lies on the day after; a whole day would seem empty and ends at
/// 23:59.
fn closes(span: Span) -> String {
    if span.is_whole_day() {
        return "23:59".to_owned();
    }
    let at = clock(span.to());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The usual week, and the exceptions from a day on, as lists of `OpeningHoursSpecification`.
#[must_use]
pub fn specification(hours: &Hours, from: Date) -> (Vec<Value>, Vec<Value>) {
    let mut usual: Vec<(Span, Vec<&str>)> = Vec::new();
    for (day, spans) in DAYS.iter().zip(hours.weekly.days()) {
        for span in spans {
            match usual.iter_mut().find(|(own, _)| own == span) {
                Some((_, days)) => days.push(day),
                None => usual.push((*span, vec![day])),
            }
        }
    }
    let usual = usual
        .into_iter()
        .map(|(span, days)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": days,
                "opens": opens(span),
                "closes": closes(span),
            })
        })
        .collect();
    let mut special = Vec::new();
    for other in hours.exceptions.iter().filter(|it| it.date >= from) {
        let mut add = |opens: String, closes: String| {
            special.push(json!({
                "@type": "OpeningHoursSpecification",
                "validFrom": other.date.to_string(),
                "validThrough": other.date.to_string(),
                "opens": opens,
                "closes": closes,
            }));
        };
        if other.spans.is_empty() {
            add("00:00".to_owned(), "00:00".to_owned());
        }
        for span in &other.spans {
            add(opens(*span), closes(*span));
        }
    }
    (usual, special)
}
