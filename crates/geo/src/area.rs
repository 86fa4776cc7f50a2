//! Areas: which one is a point in?

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::bounds::Bounds;
use crate::point::Point;
use crate::shape::Shape;

/// A shape that covers ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Area(Shape);

impl Area {
    /// The area of a polygon or several, holes and all; none for points and lines.
    #[must_use]
    pub fn new(shape: Shape) -> Option<Self> {
        shape.is_area().then_some(Self(shape))
    }

    /// Whether a point lies in it, on its edge included and its holes not.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        self.0.holds(point)
    }

    /// Its shape.
    #[must_use]
    pub const fn shape(&self) -> &Shape {
        &self.0
    }
}

/// Shapes by the rectangles round them, each with a number that is its place in the list.
#[derive(Debug, Default)]
pub struct AreaIndex {
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    shapes: Vec<Shape>,
}

impl AreaIndex {
    /// The index of these shapes.
    #[must_use]
    pub fn new(shapes: Vec<Shape>) -> Self {
        let boxed = |(at, shape): (usize, &Shape)| {
            let bounds = shape.bounds();
            let corners =
                Rectangle::from_corners([bounds.west, bounds.south], [bounds.east, bounds.north]);
            GeomWithData::new(corners, at)
        };
        let tree = RTree::bulk_load(shapes.iter().enumerate().map(boxed).collect());
        Self { tree, shapes }
    }

    /// Numbers of the shapes that a point lies in, lowest first.
    #[must_use]
    pub fn at(&self, point: Point) -> Vec<usize> {
        let spot = AABB::from_point([point.lon, point.lat]);
        let mut found: Vec<usize> = self
            .tree
            .locate_in_envelope_intersecting(spot)
            .map(|one| one.data)
            .filter(|at| self.shapes[*at].holds(point))
            .collect();
        found.sort_unstable();
        found
    }

    /// Numbers of the shapes of which any part lies within bounds, lowest first.
    #[must_use]
    pub fn within(&self, bounds: &Bounds) -> Vec<usize> {
        let edges = AABB::from_corners([bounds.west, bounds.south], [bounds.east, bounds.north]);
        let mut found: Vec<usize> = self
            .tree
            .locate_in_envelope_intersecting(edges)
            .map(|one| one.data)
            .filter(|at| self.shapes[*at].meets(bounds))
            .collect();
        found.sort_unstable();
        found
    }

    /// The shape with a number.
    #[must_use]
    pub fn shape(&self, at: usize) -> Option<&Shape> {
        self.shapes.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::read_geometry;

    fn square(west: f64, south: f64, size: f64) -> String {
        let (east, north) = (west + size, south + size);
        format!(
            "[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]"
        )
    }

    fn shape(rings: &[String]) -> Shape {
        let text = format!(
            r#"{{"type":"Polygon","coordinates":[{}]}}"#,
            rings.join(",")
        );
        read_geometry(&text).expect("reads")
    }

    #[test]
    fn a_point_is_in_the_areas_that_hold_it_and_in_no_hole() {
        let index = AreaIndex::new(vec![
            shape(&[square(11.0, 57.0, 1.0), square(11.4, 57.4, 0.2)]),
            shape(&[square(11.4, 57.4, 0.2)]),
            shape(&[square(13.0, 57.0, 1.0)]),
        ]);
        assert_eq!(index.at(Point::new(11.1, 57.1)), [0]);
        assert_eq!(index.at(Point::new(11.5, 57.5)), [1]);
        // On the common edge of hole and area it is in both.
        assert_eq!(index.at(Point::new(11.4, 57.5)), [0, 1]);
        assert!(index.at(Point::new(12.5, 57.5)).is_empty());
        let bounds = Bounds::parse("11.45,57.45,13.1,57.5").expect("reads");
        assert_eq!(index.within(&bounds), [0, 1, 2]);
        // The rectangle of the first area meets these bounds; the area itself is a hole there.
        let hole = Bounds::parse("11.45,57.45,11.5,57.5").expect("reads");
        assert_eq!(index.within(&hole), [1]);
    }

    #[test]
    fn a_line_is_no_area() {
        let line = read_geometry(r#"{"type":"LineString","coordinates":[[11,57],[12,58]]}"#);
        assert!(Area::new(line.expect("reads")).is_none());
        assert!(Area::new(shape(&[square(11.0, 57.0, 1.0)])).is_some());
    }
}
