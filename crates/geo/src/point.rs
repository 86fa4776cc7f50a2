//! A point, and how far it is to another.

use std::fmt;

use geo::{Distance, Haversine};
use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::grid::{Grid, GridPoint};

/// Where SWEREF 99 TM is meant to be used, in degrees: the country with its waters (the area of use
/// that the EPSG register gives for code 3006).
pub const SWEDEN: Bounds = Bounds {
    west: 10.03,
    south: 54.96,
    east: 24.17,
    north: 69.07,
};

/// A point in degrees of WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// East of Greenwich.
    pub lon: f64,
    /// North of the equator.
    pub lat: f64,
}

impl Point {
    /// A point from its longitude and latitude.
    #[must_use]
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }

    /// How far it is to another point in metres, along the surface of a sphere: within half a per
    /// cent of the truth, which is less than any way there bends.
    #[must_use]
    pub fn distance(self, to: Self) -> f64 {
        Haversine.distance(
            geo::Point::new(self.lon, self.lat),
            geo::Point::new(to.lon, to.lat),
        )
    }

    /// Whether it lies where the national grid is meant to be used.
    #[must_use]
    pub fn in_sweden(self) -> bool {
        SWEDEN.holds(self)
    }

    /// The point in SWEREF 99 TM.
    #[must_use]
    pub fn sweref(self) -> GridPoint {
        Grid::TM.project(self)
    }

    /// The same point with six decimals, a tenth of a metre: what is stored and written.
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        Self::new(round(self.lon), round(self.lat))
    }
}

/// As people write it: `57.708900, 11.974600`, latitude first.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}, {:.6}", self.lat, self.lon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_between_two_squares_is_what_a_map_says() {
        // One minute of latitude is one nautical mile, 1 852 m, within half a per cent.
        let south = Point::new(11.97, 57.70);
        let north = Point::new(11.97, 57.70 + 1.0 / 60.0);
        assert!((south.distance(north) - 1852.0).abs() < 9.0);
        assert!(south.distance(south) < 1e-6);
    }

    #[test]
    fn the_country_holds_its_ends_and_not_its_neighbours() {
        for (lon, lat) in [(20.55, 69.06), (13.36, 55.34), (24.16, 65.8), (11.1, 58.9)] {
            assert!(Point::new(lon, lat).in_sweden(), "{lon} {lat}");
        }
        for (lon, lat) in [(24.94, 60.17), (13.4, 52.5), (-0.1, 51.5), (57.7, 11.97)] {
            assert!(!Point::new(lon, lat).in_sweden(), "{lon} {lat}");
        }
    }
}
