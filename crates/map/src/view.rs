//! What part of the world a picture shows: a middle and a zoom level as web maps count them, drawn in
//! the projection that all web maps use (EPSG 3857).

use std::f64::consts::PI;

use torg_geo::{Bounds, Point};

/// Pixels of the whole world at zoom 0, as MapLibre counts: tiles of 512.
const TILE: f64 = 512.0;
/// The least and most detailed view.
pub const ZOOMS: (f64, f64) = (7.0, 19.0);

/// A view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The point in its middle.
    pub centre: Point,
    /// The zoom level; a whole number is twice as near as the one before.
    pub zoom: f64,
}

/// A size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

fn world(point: Point, zoom: f64) -> (f64, f64) {
    let scale = TILE * zoom.exp2();
    let latitude = point.lat.clamp(-85.0, 85.0).to_radians();
    let x = (point.lon + 180.0) / 360.0;
    let y = (1.0 - (latitude.tan() + 1.0 / latitude.cos()).ln() / PI) / 2.0;
    (x * scale, y * scale)
}

fn unworld(x: f64, y: f64, zoom: f64) -> Point {
    let scale = TILE * zoom.exp2();
    let lon = x / scale * 360.0 - 180.0;
    let lat = (PI * (1.0 - 2.0 * y / scale)).sinh().atan().to_degrees();
    Point::new(lon, lat)
}

impl View {
    /// The view that shows all of these bounds with some room round them.
    #[must_use]
    pub fn of(bounds: &Bounds, size: Size) -> Self {
        let centre_of = |zoom| {
            let (west, north) = world(Point::new(bounds.west, bounds.north), zoom);
            let (east, south) = world(Point::new(bounds.east, bounds.south), zoom);
            (west, north, east, south)
        };
        let (west, north, east, south) = centre_of(0.0);
        let room = 0.86;
        let across = f64::from(size.width) * room / (east - west).max(1e-9);
        let down = f64::from(size.height) * room / (south - north).max(1e-9);
        let zoom = across.min(down).log2();
        let centre = unworld(f64::midpoint(west, east), f64::midpoint(north, south), 0.0);
        // A single point is shown with the streets round it.
        Self {
            centre,
            zoom: (zoom.min(15.0) * 100.0).floor() / 100.0,
        }
        .kept()
    }

    /// The same within what can be drawn.
    #[must_use]
    pub fn kept(self) -> Self {
        Self {
            centre: self.centre,
            zoom: self.zoom.clamp(ZOOMS.0, ZOOMS.1),
        }
    }

    /// Where a point is in a picture of this size, from its top left corner.
    #[must_use]
    pub fn place(&self, point: Point, size: Size) -> (f64, f64) {
        let (x, y) = world(point, self.zoom);
        let (middle_x, middle_y) = world(self.centre, self.zoom);
        (
            x - middle_x + f64::from(size.width) / 2.0,
            y - middle_y + f64::from(size.height) / 2.0,
        )
    }

    /// What a picture of this size shows.
    #[must_use]
    pub fn bounds(&self, size: Size) -> Bounds {
        let (x, y) = world(self.centre, self.zoom);
        let (half_x, half_y) = (f64::from(size.width) / 2.0, f64::from(size.height) / 2.0);
        let north_west = unworld(x - half_x, y - half_y, self.zoom);
        let south_east = unworld(x + half_x, y + half_y, self.zoom);
        Bounds {
            west: north_west.lon,
            south: south_east.lat,
            east: south_east.lon,
            north: north_west.lat,
        }
    }

    /// Degrees of longitude in one pixel.
    #[must_use]
    pub fn pixel(&self) -> f64 {
        360.0 / (TILE * self.zoom.exp2())
    }

    /// Metres in one pixel, in the middle.
    #[must_use]
    pub fn metres(&self) -> f64 {
        40_075_016.686 * self.centre.lat.to_radians().cos() / (TILE * self.zoom.exp2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size {
        width: 800,
        height: 600,
    };

    #[test]
    fn a_view_of_bounds_shows_all_of_them() {
        let bounds = Bounds::parse("11.6,57.55,12.15,57.85").expect("reads");
        let view = View::of(&bounds, SIZE);
        let shown = view.bounds(SIZE);
        assert!(
            shown.west < bounds.west && shown.east > bounds.east,
            "{shown:?}"
        );
        assert!(
            shown.south < bounds.south && shown.north > bounds.north,
            "{shown:?}"
        );
        // And not much more than that.
        let across = (bounds.east - bounds.west) / (shown.east - shown.west);
        let down = (bounds.north - bounds.south) / (shown.north - shown.south);
        assert!(across.max(down) > 0.8, "{across} {down}");
    }

    #[test]
    fn the_middle_is_in_the_middle_and_a_kilometre_is_one() {
        let view = View {
            centre: Point::new(11.97, 57.7),
            zoom: 12.0,
        };
        assert_eq!(view.place(view.centre, SIZE), (400.0, 300.0));
        let east = Point::new(11.97 + 100.0 * view.pixel(), 57.7);
        let (x, y) = view.place(east, SIZE);
        assert!((x - 500.0).abs() < 1e-6 && (y - 300.0).abs() < 1e-6);
        let off = view.centre.distance(east) / (100.0 * view.metres());
        assert!((off - 1.0).abs() < 0.005, "{off}");
    }
}
