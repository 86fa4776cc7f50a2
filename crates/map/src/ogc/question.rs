//! What is asked, and how a question is refused.

use jiff::civil::Date;
use torg_geo::{Bounds, BoundsFault};
use torg_kernel::{Message, Problem, Timestamp, zone};
use torg_web::{Context, Reply};

use crate::atlas::Span;

/// Features in one answer when nothing is said, and at most.
pub(super) const USUAL: usize = 100;
pub(super) const MOST: usize = 10_000;

/// In which form an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Html,
}

/// Why a question is not answered.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A parameter that is wrong: which, and why.
    Parameter(String, Message),
    /// No such thing.
    NotFound,
    /// No form that the asker takes.
    NotAcceptable,
    /// Something else.
    Problem(Problem),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NotFound => Self::NotFound,
            other => Self::Problem(other),
        }
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        Self::Problem(error.into())
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Problem(error.into())
    }
}

impl Refusal {
    /// The exception of the standard (section 7.5.1): a code for programs, a sentence for people.
    pub(super) fn reply(self, context: &Context) -> torg_kernel::Result<Reply> {
        let t = context.t();
        let (status, code, description) = match self {
            Self::Parameter(name, message) => {
                let why = t.message(&message);
                (400, "InvalidParameterValue", format!("{name}: {why}"))
            }
            Self::NotFound => (404, "NotFound", t.get("ogc-error-not-found").into_owned()),
            Self::NotAcceptable => (406, "NotAcceptable", t.get("ogc-error-form").into_owned()),
            Self::Problem(problem) => return Err(problem),
        };
        let said = serde_json::json!({ "code": code, "description": description });
        let reply = Reply::new(status, "application/json", serde_json::to_vec(&said)?);
        Ok(super::answer::open(reply))
    }
}

fn wrong(name: &str, key: &'static str) -> Refusal {
    Refusal::Parameter(name.to_owned(), Message::new(key))
}

/// Refuses parameters that a resource does not have (requirement 8), and those given twice.
pub(super) fn only(context: &Context, known: &[&str]) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in &context.query {
        if name != "f" && !known.contains(&name.as_str()) {
            return Err(wrong(name, "ogc-error-unknown"));
        }
        if seen.contains(&name.as_str()) {
            return Err(wrong(name, "ogc-error-twice"));
        }
        seen.push(name);
    }
    Ok(())
}

/// The form: `f` says it, else the first type of `Accept` that we have.
pub(super) fn form(context: &Context) -> Result<Form, Refusal> {
    match context.query("f") {
        Some("json" | "geojson") => return Ok(Form::Json),
        Some("html") => return Ok(Form::Html),
        Some(_) => return Err(wrong("f", "ogc-error-f")),
        None => {}
    }
    let accept = context
        .headers
        .get("accept")
        .and_then(|value| value.to_str().ok());
    accept.map_or(Ok(Form::Json), accepted)
}

fn accepted(accept: &str) -> Result<Form, Refusal> {
    let mut best: Option<(f64, Form)> = None;
    for part in accept.split(',') {
        let mut words = part.split(';').map(str::trim);
        let form = match words.next().unwrap_or_default() {
            "text/html" | "application/xhtml+xml" | "text/*" => Form::Html,
            "application/json"
            | "application/geo+json"
            | "application/*"
            | "*/*"
            | ""
            | "application/vnd.oai.openapi+json" => Form::Json,
            _ => continue,
        };
        let weight = words
            .find_map(|word| word.strip_prefix("q=")?.parse().ok())
            .unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, form));
        }
    }
    best.map(|(_, form)| form).ok_or(Refusal::NotAcceptable)
}

/// A question for features.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ItemsQuestion {
    pub bounds: Option<Bounds>,
    pub during: Option<Span>,
    pub limit: usize,
    pub offset: usize,
}

pub(super) fn items(context: &Context) -> Result<ItemsQuestion, Refusal> {
    only(context, &["bbox", "datetime", "limit", "offset"])?;
    let bounds = match context.query("bbox") {
        None => None,
        Some(text) => Some(Bounds::parse(text).map_err(|fault| {
            wrong(
                "bbox",
                match fault {
                    BoundsFault::NotFourNumbers => "ogc-error-bbox",
                    BoundsFault::OutOfRange => "ogc-error-bbox-range",
                    BoundsFault::UpsideDown => "ogc-error-bbox-upside-down",
                },
            )
        })?),
    };
    let during = context.query("datetime").map(span).transpose()?;
    let number = |name: &str, usual: usize| match context.query(name) {
        None => Ok(usual),
        Some(text) => text
            .parse::<usize>()
            .map_err(|_| wrong(name, "ogc-error-number")),
    };
    let limit = number("limit", USUAL)?;
    if limit == 0 {
        return Err(wrong("limit", "ogc-error-number"));
    }
    Ok(ItemsQuestion {
        bounds,
        during,
        // More than we give is no fault (permission 8 of the standard).
        limit: limit.min(MOST),
        offset: number("offset", 0)?,
    })
}

/// An instant, or the beginning and the end of a day where only a day is given.
fn instant(text: &str) -> Option<(Timestamp, Timestamp)> {
    let at = |own: jiff::Timestamp| Timestamp::from_micros(own.as_microsecond());
    if let Ok(own) = text.parse::<jiff::Timestamp>() {
        return Some((at(own), at(own)));
    }
    let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
    let begins = |day: Date| day.to_zoned(zone()).ok().map(|own| own.timestamp());
    let (from, until) = (begins(day)?, begins(day.tomorrow().ok()?)?);
    Some((at(from), Timestamp::from_micros(until.as_microsecond() - 1)))
}

/// An instant or an interval, open at an end that is `..` or empty (requirement 25).
fn span(text: &str) -> Result<Span, Refusal> {
    let refused = || wrong("datetime", "ogc-error-datetime");
    let Some((from, until)) = text.split_once('/') else {
        let (from, until) = instant(text).ok_or_else(refused)?;
        return Ok(Span {
            from: Some(from),
            until: Some(until),
        });
    };
    let end = |text: &str| match text {
        "" | ".." => Ok(None),
        other => instant(other).map(Some).ok_or_else(refused),
    };
    let (from, until) = (end(from)?, end(until)?);
    let span = Span {
        from: from.map(|(from, _)| from),
        until: until.map(|(_, until)| until),
    };
    let nothing = span.from.is_none() && span.until.is_none();
    let backwards = span
        .from
        .zip(span.until)
        .is_some_and(|(from, until)| until < from);
    if nothing || backwards {
        Err(refused())
    } else {
        Ok(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_standard_says() {
        let read = |text| {
            span(text).ok().map(|own| {
                (
                    own.from.map(Timestamp::micros),
                    own.until.map(Timestamp::micros),
                )
            })
        };
        let second = 1_794_787_200_000_000;
        assert_eq!(
            read("2026-11-16T00:00:00Z"),
            Some((Some(second), Some(second)))
        );
        assert_eq!(
            read("2026-11-16T01:00:00+01:00/.."),
            Some((Some(second), None))
        );
        assert_eq!(read("/2026-11-16T00:00:00Z"), Some((None, Some(second))));
        // A day is a day of the city.
        let (from, until) = read("2026-11-16").expect("reads");
        assert_eq!(from, Some(second - 3_600_000_000));
        assert_eq!(until, Some(second + 23 * 3_600_000_000 - 1));
        for text in [
            "",
            "..",
            "../..",
            "/",
            "idag",
            "2026-13-01",
            "2026-11-17/2026-11-16",
            "2026-11",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn browsers_get_pages_and_programs_get_json() {
        let form = |accept| accepted(accept).ok();
        assert_eq!(
            form("text/html,application/xhtml+xml,*/*;q=0.8"),
            Some(Form::Html)
        );
        assert_eq!(
            form("application/geo+json, application/json"),
            Some(Form::Json)
        );
        assert_eq!(form("*/*"), Some(Form::Json));
        assert_eq!(
            form("text/html;q=0.3, application/json;q=0.9"),
            Some(Form::Json)
        );
        assert_eq!(form("application/xml"), None);
        assert_eq!(form("application/json;q=0"), None);
    }
}
