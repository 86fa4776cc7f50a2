//! GeoJSON files (RFC 7946) with all that is wrong in them: by feature, with the line it begins on and
//! the place in its geometry. A file is judged whole, so that it can be put right in one go.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use torg_kernel::Message;

use crate::point::Point;
use crate::shape::{Raw, Shape};

/// How much a file may hold. More would take memory and time from everybody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Features in it.
    pub features: usize,
    /// Points of one feature.
    pub points_each: usize,
    /// Points in all.
    pub points: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 * 1024 * 1024,
            features: 20_000,
            points_each: 50_000,
            points: 1_000_000,
        }
    }
}

/// What is wrong with a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// No object with `"type": "Feature"`, or one that cannot be read; the reader's own words.
    Unreadable(String),
    /// No geometry: it could be drawn nowhere.
    NoGeometry,
    /// A position of fewer than two numbers.
    TooFewNumbers,
    /// A line of one point, a ring of fewer than four, or nothing at all.
    TooFewPoints,
    /// More points than this.
    TooManyPoints(usize),
    /// Latitude before longitude.
    Swapped,
    /// Outside the country.
    Outside(Point),
    /// Numbers that are no degrees: metres of a grid, most likely.
    NotDegrees,
    /// A ring that does not end where it began.
    Unclosed,
    /// A ring that crosses or touches itself.
    SelfCrossing,
    /// A hole that lies outside of what it is a hole in.
    HoleOutside,
    /// Two rings that cross.
    RingsCross,
    /// Parts that lie over each other.
    PartsOverlap,
    /// A collection of geometries that is empty or holds another.
    Nested,
}

impl Fault {
    /// What is wrong and what to do, as a key with its values.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable(reason) => Message::new("geo-fault-unreadable").with("reason", reason),
            Self::NoGeometry => Message::new("geo-fault-no-geometry"),
            Self::TooFewNumbers => Message::new("geo-fault-few-numbers"),
            Self::TooFewPoints => Message::new("geo-fault-few-points"),
            Self::TooManyPoints(most) => Message::new("geo-fault-many-points").with("most", most),
            Self::Swapped => Message::new("geo-fault-swapped"),
            Self::Outside(point) => Message::new("geo-fault-outside").with("point", point),
            Self::NotDegrees => Message::new("geo-fault-not-degrees"),
            Self::Unclosed => Message::new("geo-fault-unclosed"),
            Self::SelfCrossing => Message::new("geo-fault-self-crossing"),
            Self::HoleOutside => Message::new("geo-fault-hole-outside"),
            Self::RingsCross => Message::new("geo-fault-rings-cross"),
            Self::PartsOverlap => Message::new("geo-fault-parts-overlap"),
            Self::Nested => Message::new("geo-fault-nested"),
        }
    }
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureFault {
    /// Which feature of the file, from 1.
    pub number: usize,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Where in it: `geometry.coordinates[0][17]`; may be empty.
    pub place: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// More than this many bytes.
    TooLarge(usize),
    /// No JSON: line, column and the reader's words.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the reader says.
        reason: String,
    },
    /// JSON, but no FeatureCollection and no Feature.
    NotGeoJson,
    /// Coordinates of another system than WGS 84, as its `crs` says.
    ForeignSystem(String),
    /// More features than this.
    TooManyFeatures(usize),
    /// More points in all than this.
    TooManyPoints(usize),
    /// Nothing in it.
    Empty,
}

impl FileFault {
    /// What is wrong and what to do, as a key with its values.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::TooLarge(most) => {
                Message::new("geo-file-large").with("most", most / (1024 * 1024))
            }
            Self::NotJson {
                line,
                column,
                reason,
            } => Message::new("geo-file-not-json")
                .with("line", line)
                .with("column", column)
                .with("reason", reason),
            Self::NotGeoJson => Message::new("geo-file-not-geojson"),
            Self::ForeignSystem(name) => Message::new("geo-file-system").with("name", name),
            Self::TooManyFeatures(most) => Message::new("geo-file-features").with("most", most),
            Self::TooManyPoints(most) => Message::new("geo-file-points").with("most", most),
            Self::Empty => Message::new("geo-file-empty"),
        }
    }
}

/// A feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFeature {
    /// Which of the file, from 1.
    pub number: usize,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its `id`, as text.
    pub id: Option<String>,
    /// Where it is.
    pub shape: Shape,
    /// What is said of it.
    pub properties: Map<String, Value>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// Features that are good.
    pub features: Vec<ReadFeature>,
    /// What is wrong with the others, in the order of the file.
    pub faults: Vec<FeatureFault>,
}

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(rename = "type")]
    kind: String,
    id: Option<Value>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    properties: Option<Map<String, Value>>,
}

/// Reads a FeatureCollection, or one Feature. The limits hold before anything is made of it.
///
/// # Errors
/// [`FileFault`] when nothing of it can be read.
pub fn read_geojson(bytes: &[u8], limits: Limits) -> Result<Reading, FileFault> {
    if bytes.len() > limits.bytes {
        return Err(FileFault::TooLarge(limits.bytes));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let outer: Outer<'_> = serde_json::from_slice(bytes).map_err(|error| {
        if error.is_data() {
            FileFault::NotGeoJson
        } else {
            FileFault::NotJson {
                line: error.line(),
                column: error.column(),
                reason: error.to_string(),
            }
        }
    })?;
    if let Some(name) = outer.crs.as_ref().and_then(foreign_system) {
        return Err(FileFault::ForeignSystem(name));
    }
    let whole: &RawValue;
    let features = match (outer.kind.as_deref(), outer.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (Some("Feature"), _) => {
            whole = serde_json::from_slice(bytes).map_err(|_| FileFault::NotGeoJson)?;
            vec![whole]
        }
        _ => return Err(FileFault::NotGeoJson),
    };
    if features.is_empty() {
        return Err(FileFault::Empty);
    }
    if features.len() > limits.features {
        return Err(FileFault::TooManyFeatures(limits.features));
    }
    read_all(bytes, &features, limits)
}

fn read_all(bytes: &[u8], features: &[&RawValue], limits: Limits) -> Result<Reading, FileFault> {
    let mut reading = Reading::default();
    let mut points = 0;
    let (mut line, mut seen) = (1, 0);
    for (at, raw) in features.iter().enumerate() {
        // Where the raw text lies in the file: both are slices of the same bytes.
        let begins = raw
            .get()
            .as_ptr()
            .addr()
            .saturating_sub(bytes.as_ptr().addr());
        let begins = begins.min(bytes.len());
        line += bytes[seen..begins]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        seen = begins;
        let number = at + 1;
        match read_feature(raw.get(), number, line, limits, &mut points) {
            Ok(feature) => reading.features.push(feature),
            Err((place, fault)) => reading.faults.push(FeatureFault {
                number,
                line,
                place,
                fault,
            }),
        }
        if points > limits.points {
            return Err(FileFault::TooManyPoints(limits.points));
        }
    }
    Ok(reading)
}

fn read_feature(
    text: &str,
    number: usize,
    line: usize,
    limits: Limits,
    points: &mut usize,
) -> Result<ReadFeature, (String, Fault)> {
    let unreadable = |place: &str, reason: String| (place.to_owned(), Fault::Unreadable(reason));
    let raw: RawFeature<'_> =
        serde_json::from_str(text).map_err(|error| unreadable("", error.to_string()))?;
    if raw.kind != "Feature" {
        return Err(unreadable("type", raw.kind));
    }
    let geometry = raw
        .geometry
        .map(RawValue::get)
        .filter(|text| *text != "null");
    let geometry = geometry.ok_or_else(|| ("geometry".to_owned(), Fault::NoGeometry))?;
    let geometry: Raw = serde_json::from_str(geometry)
        .map_err(|error| unreadable("geometry", error.to_string()))?;
    let own = geometry.points();
    *points += own;
    if own > limits.points_each {
        let fault = Fault::TooManyPoints(limits.points_each);
        return Err(("geometry".to_owned(), fault));
    }
    Ok(ReadFeature {
        number,
        line,
        id: raw.id.as_ref().and_then(text_of),
        shape: Shape(geometry.check("geometry", 0)?),
        properties: raw.properties.unwrap_or_default(),
    })
}

/// Reads a geometry object, with the checks of [`read_geojson`] but those of size.
///
/// # Errors
/// The fault.
pub fn read_geometry(text: &str) -> Result<Shape, Fault> {
    let raw: Raw =
        serde_json::from_str(text).map_err(|error| Fault::Unreadable(error.to_string()))?;
    raw.check("geometry", 0)
        .map(Shape)
        .map_err(|(_, fault)| fault)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The name of a system that is not WGS 84 by longitude and latitude. GeoJSON of 2008 could name one
/// (RFC 7946, section 4, has taken it away); programs still write it.
fn foreign_system(crs: &Value) -> Option<String> {
    if crs.is_null() {
        return None;
    }
    let name = crs
        .pointer("/properties/name")
        .or_else(|| crs.pointer("/properties/href"))
        .or_else(|| crs.pointer("/properties/code"))
        .and_then(text_of)
        .unwrap_or_else(|| crs.to_string());
    let plain = name.to_ascii_uppercase();
    let ours = plain.ends_with("CRS84") || plain.ends_with(":4326") || plain == "4326";
    (!ours).then_some(name)
}

#[cfg(test)]
mod tests;
