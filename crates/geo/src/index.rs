//! Many points, asked by rectangle or by nearness.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::bounds::Bounds;
use crate::point::Point;

/// Points by where they are, each with a number that the owner chose. Bulk-loaded and never changed:
/// made anew when the points change, which takes some milliseconds for some thousand.
#[derive(Debug, Default)]
pub struct PointIndex {
    /// In metres of SWEREF 99 TM, where near is near: a degree is longer northward than eastward.
    tree: RTree<GeomWithData<[f64; 2], usize>>,
    points: Vec<Point>,
}

impl PointIndex {
    /// The index of these points; the number of each is its place in the list.
    #[must_use]
    pub fn new(points: Vec<Point>) -> Self {
        let plane = |(at, point): (usize, &Point)| GeomWithData::new(metres(*point), at);
        let tree = RTree::bulk_load(points.iter().enumerate().map(plane).collect());
        Self { tree, points }
    }

    /// Numbers of the points nearest to one, with the distance in metres, nearest first.
    pub fn nearest(&self, to: Point) -> impl Iterator<Item = (usize, f64)> {
        self.tree
            .nearest_neighbor_iter(metres(to))
            .map(move |found| (found.data, self.points[found.data].distance(to)))
    }

    /// Numbers of the points within bounds, in no order.
    pub fn within(&self, bounds: Bounds) -> impl Iterator<Item = usize> {
        let corners = [
            Point::new(bounds.west, bounds.south),
            Point::new(bounds.west, bounds.north),
            Point::new(bounds.east, bounds.south),
            Point::new(bounds.east, bounds.north),
            // A parallel bends northward at its ends in the grid.
            Point::new(15.0_f64.clamp(bounds.west, bounds.east), bounds.south),
        ]
        .map(metres);
        self.tree
            .locate_in_envelope(AABB::from_points(&corners))
            .map(|found| found.data)
            .filter(move |at| bounds.holds(self.points[*at]))
    }
}

fn metres(point: Point) -> [f64; 2] {
    let plane = point.sweref();
    [plane.east, plane.north]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_are_those_of_looking_at_each(
            all in prop::collection::vec((11.6..12.2, 57.5..57.9), 1..60),
            at in (11.6..12.2, 57.5..57.9),
            size in (0.0..0.3, 0.0..0.2),
        ) {
            let points: Vec<Point> = all.iter().map(|(lon, lat)| Point::new(*lon, *lat)).collect();
            let index = PointIndex::new(points.clone());
            let here = Point::new(at.0, at.1);
            let (_, found) = index.nearest(here).next().expect("there is one");
            let least = points.iter().map(|one| one.distance(here)).fold(f64::MAX, f64::min);
            // The plane and the sphere may differ about two that are almost as near.
            prop_assert!(found <= least * 1.004 + 0.01);
            let bounds = Bounds { west: at.0, south: at.1, east: at.0 + size.0, north: at.1 + size.1 };
            let mut within: Vec<usize> = index.within(bounds).collect();
            within.sort_unstable();
            let by_hand: Vec<usize> = points.iter().enumerate()
                .filter(|(_, one)| bounds.holds(**one)).map(|(at, _)| at).collect();
            prop_assert_eq!(within, by_hand);
        }
    }
}
