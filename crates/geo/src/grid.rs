//! SWEREF 99: plane coordinates in metres, both ways. The formulas are Lantmäteriet's
//! ("Gauss Conformal Projection (Transverse Mercator), Krüger's formulas"), exact to less than a
//! millimetre over the whole country; the ellipsoid is GRS 80.

use crate::point::Point;

/// The ellipsoid GRS 80: half its long axis in metres, and its flattening.
const AXIS: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;

/// A plane position in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridPoint {
    /// Metres north.
    pub north: f64,
    /// Metres east.
    pub east: f64,
}

/// A projection: its middle, its scale there, and what is added to metres east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Degrees east of Greenwich.
    meridian: f64,
    scale: f64,
    false_east: f64,
}

/// Four terms of a series.
type Terms = [f64; 4];

const fn squares() -> (f64, f64) {
    (
        FLATTENING * (2.0 - FLATTENING),
        FLATTENING / (2.0 - FLATTENING),
    )
}

/// The radius that stands for the meridian's length.
fn radius() -> f64 {
    let (_, n) = squares();
    AXIS / (1.0 + n) * (1.0 + n.powi(2) / 4.0 + n.powi(4) / 64.0)
}

/// A sum of sines and cosines of multiples of two angles, as both directions need it.
fn series(terms: Terms, along: f64, across: f64) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    for (term, times) in terms.into_iter().zip([2.0, 4.0, 6.0, 8.0]) {
        sum.0 += term * (times * along).sin() * (times * across).cosh();
        sum.1 += term * (times * along).cos() * (times * across).sinh();
    }
    sum
}

impl Grid {
    /// SWEREF 99 TM, the whole country's (EPSG 3006).
    pub const TM: Self = Self {
        meridian: 15.0,
        scale: 0.9996,
        false_east: 500_000.0,
    };

    /// SWEREF 99 12 00, which Göteborg and its neighbours use for plans (EPSG 3007).
    pub const TWELVE: Self = Self {
        meridian: 12.0,
        scale: 1.0,
        false_east: 150_000.0,
    };

    /// A point in metres.
    #[must_use]
    pub fn project(self, point: Point) -> GridPoint {
        let (e2, n) = squares();
        let latitude = point.lat.to_radians();
        let sine = latitude.sin();
        let bend = [
            e2,
            (5.0 * e2.powi(2) - e2.powi(3)) / 6.0,
            (104.0 * e2.powi(3) - 45.0 * e2.powi(4)) / 120.0,
            1237.0 * e2.powi(4) / 1260.0,
        ];
        let conformal = latitude
            - sine
                * latitude.cos()
                * (bend[0]
                    + bend[1] * sine.powi(2)
                    + bend[2] * sine.powi(4)
                    + bend[3] * sine.powi(6));
        let beside = (point.lon - self.meridian).to_radians();
        let along = conformal.tan().atan2(beside.cos());
        let across = (conformal.cos() * beside.sin()).atanh();
        let terms = [
            n / 2.0 - 2.0 * n.powi(2) / 3.0 + 5.0 * n.powi(3) / 16.0 + 41.0 * n.powi(4) / 180.0,
            13.0 * n.powi(2) / 48.0 - 3.0 * n.powi(3) / 5.0 + 557.0 * n.powi(4) / 1440.0,
            61.0 * n.powi(3) / 240.0 - 103.0 * n.powi(4) / 140.0,
            49_561.0 * n.powi(4) / 161_280.0,
        ];
        let more = series(terms, along, across);
        let metres = self.scale * radius();
        GridPoint {
            north: metres * (along + more.0),
            east: metres * (across + more.1) + self.false_east,
        }
    }

    /// A plane position in degrees.
    #[must_use]
    pub fn locate(self, at: GridPoint) -> Point {
        let (e2, n) = squares();
        let metres = self.scale * radius();
        let along = at.north / metres;
        let across = (at.east - self.false_east) / metres;
        let terms = [
            n / 2.0 - 2.0 * n.powi(2) / 3.0 + 37.0 * n.powi(3) / 96.0 - n.powi(4) / 360.0,
            n.powi(2) / 48.0 + n.powi(3) / 15.0 - 437.0 * n.powi(4) / 1440.0,
            17.0 * n.powi(3) / 480.0 - 37.0 * n.powi(4) / 840.0,
            4397.0 * n.powi(4) / 161_280.0,
        ];
        let more = series(terms, along, across);
        let (along, across) = (along - more.0, across - more.1);
        let conformal = (along.sin() / across.cosh()).asin();
        let beside = across.sinh().atan2(along.cos());
        let sine = conformal.sin();
        let bend = [
            e2 + e2.powi(2) + e2.powi(3) + e2.powi(4),
            -(7.0 * e2.powi(2) + 17.0 * e2.powi(3) + 30.0 * e2.powi(4)) / 6.0,
            (224.0 * e2.powi(3) + 889.0 * e2.powi(4)) / 120.0,
            -(4279.0 * e2.powi(4)) / 1260.0,
        ];
        let latitude = conformal
            + sine
                * conformal.cos()
                * (bend[0]
                    + bend[1] * sine.powi(2)
                    + bend[2] * sine.powi(4)
                    + bend[3] * sine.powi(6));
        Point::new(self.meridian + beside.to_degrees(), latitude.to_degrees())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lantmäteriet's control points for SWEREF 99 TM: latitude and longitude in degrees, north and
    /// east in metres.
    const CONTROL: [(f64, f64, f64, f64); 15] = [
        (55.0, 12.75, 6_097_106.672, 356_083.438),
        (55.0, 14.25, 6_095_048.642, 452_024.069),
        (57.0, 12.75, 6_319_636.937, 363_331.554),
        (57.0, 19.5, 6_326_392.707, 773_251.054),
        (59.0, 11.25, 6_546_096.724, 284_626.066),
        (59.0, 19.5, 6_548_757.206, 758_410.519),
        (61.0, 12.75, 6_764_877.311, 378_323.440),
        (61.0, 18.75, 6_768_593.345, 702_745.127),
        (63.0, 12.0, 6_989_134.048, 348_083.148),
        (63.0, 19.5, 6_993_565.630, 727_798.671),
        (65.0, 13.5, 7_209_293.753, 429_270.201),
        (65.0, 21.75, 7_225_449.115, 817_833.405),
        (67.0, 16.5, 7_432_168.174, 565_398.458),
        (67.0, 24.0, 7_459_745.672, 891_298.142),
        (69.0, 21.0, 7_666_089.698, 739_639.195),
    ];

    #[test]
    fn control_points_agree_to_the_millimetre_both_ways() {
        for (lat, lon, north, east) in CONTROL {
            let made = Point::new(lon, lat).sweref();
            assert!((made.north - north).abs() < 0.001, "{lat} {lon} {made:?}");
            assert!((made.east - east).abs() < 0.001, "{lat} {lon} {made:?}");
            let back = Grid::TM.locate(GridPoint { north, east });
            assert!((back.lat - lat).abs() < 2e-8, "{lat} {lon} {back:?}");
            assert!((back.lon - lon).abs() < 4e-8, "{lat} {lon} {back:?}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_point(lon in 10.03..24.17, lat in 54.96..69.07) {
            for grid in [Grid::TM, Grid::TWELVE] {
                let back = grid.locate(grid.project(Point::new(lon, lat)));
                prop_assert!((back.lon - lon).abs() < 1e-8, "{grid:?} {back:?}");
                prop_assert!((back.lat - lat).abs() < 1e-8, "{grid:?} {back:?}");
            }
        }
    }
}
