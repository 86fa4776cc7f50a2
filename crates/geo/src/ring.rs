//! Whether coordinates make a geometry that can be drawn and asked: numbers that are degrees of this
//! country, rings that are closed, have points enough and do not cross.

use geo::algorithm::validation::{InvalidMultiPolygon, InvalidPolygon, RingRole, Validation};
use geo::{Coord, LineString, MultiPolygon, Polygon};

use crate::point::Point;
use crate::reading::Fault;

/// A fault with the place of the number or ring in the coordinates: `[0][17]`.
pub(crate) type Placed = (String, Fault);

/// A position; heights are left out.
pub(crate) fn coordinate(numbers: &[f64], place: &str) -> Result<Coord, Placed> {
    let [lon, lat, ..] = numbers[..] else {
        return Err((place.to_owned(), Fault::TooFewNumbers));
    };
    let point = Point::new(lon, lat);
    let fault = if point.in_sweden() {
        return Ok(Coord { x: lon, y: lat });
    } else if Point::new(lat, lon).in_sweden() {
        Fault::Swapped
    } else if lon.abs() > 180.0 || lat.abs() > 90.0 {
        Fault::NotDegrees
    } else {
        Fault::Outside(point)
    };
    Err((place.to_owned(), fault))
}

/// A line of at least `least` points.
pub(crate) fn line(points: &[Vec<f64>], least: usize, place: &str) -> Result<LineString, Placed> {
    let all = points
        .iter()
        .enumerate()
        .map(|(at, numbers)| coordinate(numbers, &format!("{place}[{at}]")))
        .collect::<Result<Vec<Coord>, Placed>>()?;
    if all.len() < least {
        return Err((place.to_owned(), Fault::TooFewPoints));
    }
    Ok(LineString::new(all))
}

fn ring(points: &[Vec<f64>], place: &str) -> Result<LineString, Placed> {
    let ring = line(points, 4, place)?;
    if ring.is_closed() {
        Ok(ring)
    } else {
        Err((place.to_owned(), Fault::Unclosed))
    }
}

/// A polygon whose rings are each closed; [`check_polygon`] looks at how they lie.
pub(crate) fn polygon(rings: &[Vec<Vec<f64>>], place: &str) -> Result<Polygon, Placed> {
    let mut made = Vec::with_capacity(rings.len());
    for (at, points) in rings.iter().enumerate() {
        made.push(ring(points, &format!("{place}[{at}]"))?);
    }
    if made.is_empty() {
        return Err((place.to_owned(), Fault::TooFewPoints));
    }
    let outer = made.remove(0);
    Ok(Polygon::new(outer, made))
}

fn at_ring(place: &str, role: &RingRole) -> String {
    match role {
        RingRole::Exterior => format!("{place}[0]"),
        RingRole::Interior(at) => format!("{place}[{}]", at + 1),
    }
}

fn placed(fault: &InvalidPolygon, place: &str) -> Placed {
    match fault {
        InvalidPolygon::TooFewPointsInRing(role) => (at_ring(place, role), Fault::TooFewPoints),
        InvalidPolygon::SelfIntersection(role) => (at_ring(place, role), Fault::SelfCrossing),
        InvalidPolygon::InteriorRingNotContainedInExteriorRing(role) => {
            (at_ring(place, role), Fault::HoleOutside)
        }
        InvalidPolygon::IntersectingRingsOnALine(_, role)
        | InvalidPolygon::IntersectingRingsOnAnArea(_, role) => {
            (at_ring(place, role), Fault::RingsCross)
        }
        _ => (place.to_owned(), Fault::SelfCrossing),
    }
}

/// How the rings of a polygon lie.
pub(crate) fn check_polygon(polygon: &Polygon, place: &str) -> Result<(), Placed> {
    polygon
        .check_validation()
        .map_err(|fault| placed(&fault, place))
}

/// How the rings and the parts of a polygon of several parts lie. Parts that share an edge are let
/// through: files have them, and they can be drawn and asked all the same.
pub(crate) fn check_polygons(polygons: &MultiPolygon, place: &str) -> Result<(), Placed> {
    for fault in polygons.validation_errors() {
        match fault {
            InvalidMultiPolygon::InvalidPolygon(at, fault) => {
                return Err(placed(&fault, &format!("{place}[{}]", at.0)));
            }
            InvalidMultiPolygon::ElementsTouchOnALine(..) => {}
            _ => return Err((place.to_owned(), Fault::PartsOverlap)),
        }
    }
    Ok(())
}
