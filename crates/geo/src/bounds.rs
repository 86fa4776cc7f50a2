//! Rectangles along meridians and parallels.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::point::Point;

/// A rectangle in degrees. It never crosses the meridian of 180 degrees: no city of ours does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Its western edge.
    pub west: f64,
    /// Its southern edge.
    pub south: f64,
    /// Its eastern edge.
    pub east: f64,
    /// Its northern edge.
    pub north: f64,
}

/// Why a text is no rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundsFault {
    /// Not four numbers, nor six.
    NotFourNumbers,
    /// A number outside the globe.
    OutOfRange,
    /// The southern edge lies north of the northern one.
    UpsideDown,
}

impl Bounds {
    /// The smallest rectangle round one point.
    #[must_use]
    pub const fn around(point: Point) -> Self {
        Self {
            west: point.lon,
            south: point.lat,
            east: point.lon,
            north: point.lat,
        }
    }

    /// The smallest rectangle that holds all points; none when there are none.
    #[must_use]
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points
            .into_iter()
            .map(Self::around)
            .reduce(|all, one| all.with(&one))
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether a point lies in it or on its edge.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        (self.west..=self.east).contains(&point.lon)
            && (self.south..=self.north).contains(&point.lat)
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// The point in its middle.
    #[must_use]
    pub const fn centre(&self) -> Point {
        Point::new(
            f64::midpoint(self.west, self.east),
            f64::midpoint(self.south, self.north),
        )
    }

    /// Reads `west,south,east,north` in degrees. Six numbers hold heights too, which say nothing here
    /// (RFC 7946, section 5). A western edge east of the eastern one would cross the meridian of 180
    /// degrees: such a rectangle is read as two, of which the first is this side's.
    ///
    /// # Errors
    /// [`BoundsFault`].
    pub fn parse(text: &str) -> Result<Self, BoundsFault> {
        let numbers: Vec<f64> = text
            .split(',')
            .map(|number| number.trim().parse::<f64>())
            .collect::<Result<_, _>>()
            .map_err(|_| BoundsFault::NotFourNumbers)?;
        let (west, south, east, north) = match numbers[..] {
            [west, south, east, north] | [west, south, _, east, north, _] => {
                (west, south, east, north)
            }
            _ => return Err(BoundsFault::NotFourNumbers),
        };
        let far = |number: f64, most: f64| !(-most..=most).contains(&number);
        if far(west, 180.0) || far(east, 180.0) || far(south, 90.0) || far(north, 90.0) {
            return Err(BoundsFault::OutOfRange);
        }
        if south > north {
            return Err(BoundsFault::UpsideDown);
        }
        let east = if west > east { 180.0 } else { east };
        Ok(Self {
            west,
            south,
            east,
            north,
        })
    }
}

/// As in addresses: `west,south,east,north` with six decimals.
impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.6},{:.6},{:.6},{:.6}",
            self.west, self.south, self.east, self.north
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_numbers_are_read_and_six_as_well() {
        let read = Bounds::parse("11.5, 57.5,12.1,57.9").expect("reads");
        assert_eq!(
            read,
            Bounds::parse("11.5,57.5,0,12.1,57.9,99").expect("reads")
        );
        assert!(read.holds(Point::new(11.97, 57.7)));
        assert!(!read.holds(Point::new(57.7, 11.97)));
    }

    #[test]
    fn what_is_no_rectangle_is_said() {
        for (text, fault) in [
            ("", BoundsFault::NotFourNumbers),
            ("1,2,3", BoundsFault::NotFourNumbers),
            ("1,2,3,4,5", BoundsFault::NotFourNumbers),
            ("a,2,3,4", BoundsFault::NotFourNumbers),
            ("319000,6399000,320000,6400000", BoundsFault::OutOfRange),
            ("NaN,1,2,3", BoundsFault::OutOfRange),
            ("11,58,12,57", BoundsFault::UpsideDown),
        ] {
            assert_eq!(Bounds::parse(text), Err(fault), "{text}");
        }
    }
}
