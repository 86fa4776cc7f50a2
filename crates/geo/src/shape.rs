//! A geometry of any kind.

use geo::algorithm::validation::Validation;
use geo::{
    BoundingRect, Centroid, Coord, CoordsIter, Geometry, InteriorPoint, Intersects, LineString,
    MapCoords, Orient, Polygon, Simplify,
};
use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::point::Point;
use crate::reading::Fault;
use crate::ring::{Placed, check_polygon, check_polygons, coordinate, line, polygon};

/// A geometry that was checked when it came in: points, lines or polygons.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape(pub(crate) Geometry<f64>);

type Position = Vec<f64>;

/// The geometry object of RFC 7946. Read and written here and not by a general crate, since each
/// fault is to be told with its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type")]
pub(crate) enum Raw {
    Point {
        coordinates: Position,
    },
    MultiPoint {
        coordinates: Vec<Position>,
    },
    LineString {
        coordinates: Vec<Position>,
    },
    MultiLineString {
        coordinates: Vec<Vec<Position>>,
    },
    Polygon {
        coordinates: Vec<Vec<Position>>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Vec<Position>>>,
    },
    GeometryCollection {
        geometries: Vec<Self>,
    },
}

impl Raw {
    /// The checked geometry; `place` is its path in the file.
    pub(crate) fn check(&self, place: &str, depth: usize) -> Result<Geometry<f64>, Placed> {
        let at = format!("{place}.coordinates");
        Ok(match self {
            Self::Point { coordinates } => geo::Point(coordinate(coordinates, &at)?).into(),
            Self::MultiPoint { coordinates } => {
                let points = line(coordinates, 1, &at)?;
                geo::MultiPoint::from(points.0).into()
            }
            Self::LineString { coordinates } => line(coordinates, 2, &at)?.into(),
            Self::MultiLineString { coordinates } => {
                let mut lines = Vec::new();
                for (part, points) in coordinates.iter().enumerate() {
                    lines.push(line(points, 2, &format!("{at}[{part}]"))?);
                }
                if lines.is_empty() {
                    return Err((at, Fault::TooFewPoints));
                }
                geo::MultiLineString::new(lines).into()
            }
            Self::Polygon { coordinates } => {
                let made = polygon(coordinates, &at)?;
                check_polygon(&made, &at)?;
                oriented(&made).into()
            }
            Self::MultiPolygon { coordinates } => {
                let mut parts = Vec::new();
                for (part, rings) in coordinates.iter().enumerate() {
                    parts.push(polygon(rings, &format!("{at}[{part}]"))?);
                }
                if parts.is_empty() {
                    return Err((at, Fault::TooFewPoints));
                }
                let made = geo::MultiPolygon::new(parts);
                check_polygons(&made, &at)?;
                geo::MultiPolygon::new(made.iter().map(oriented).collect()).into()
            }
            Self::GeometryCollection { geometries } => {
                let at = format!("{place}.geometries");
                if geometries.is_empty() || depth > 0 {
                    return Err((at, Fault::Nested));
                }
                let mut made = Vec::new();
                for (part, own) in geometries.iter().enumerate() {
                    made.push(own.check(&format!("{at}[{part}]"), depth + 1)?);
                }
                Geometry::GeometryCollection(made.into_iter().collect())
            }
        })
    }

    /// How many points it has.
    pub(crate) fn points(&self) -> usize {
        match self {
            Self::Point { .. } => 1,
            Self::MultiPoint { coordinates } | Self::LineString { coordinates } => {
                coordinates.len()
            }
            Self::MultiLineString { coordinates } | Self::Polygon { coordinates } => {
                coordinates.iter().map(Vec::len).sum()
            }
            Self::MultiPolygon { coordinates } => coordinates.iter().flatten().map(Vec::len).sum(),
            Self::GeometryCollection { geometries } => geometries.iter().map(Self::points).sum(),
        }
    }
}

/// Outer rings against the clock and inner ones with it (RFC 7946, section 3.1.6). Old files have it
/// the other way, and nobody can tell by looking.
fn oriented(polygon: &Polygon) -> Polygon {
    polygon.orient(geo::algorithm::orient::Direction::Default)
}

fn position(at: Coord) -> Position {
    vec![at.x, at.y]
}

fn positions(line: &LineString) -> Vec<Position> {
    line.coords().map(|at| position(*at)).collect()
}

fn rings(polygon: &Polygon) -> Vec<Vec<Position>> {
    std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .map(positions)
        .collect()
}

fn raw(geometry: &Geometry<f64>) -> Raw {
    match geometry {
        Geometry::Point(point) => Raw::Point {
            coordinates: position(point.0),
        },
        Geometry::MultiPoint(points) => Raw::MultiPoint {
            coordinates: points.iter().map(|point| position(point.0)).collect(),
        },
        Geometry::LineString(line) => Raw::LineString {
            coordinates: positions(line),
        },
        Geometry::Line(line) => Raw::LineString {
            coordinates: vec![position(line.start), position(line.end)],
        },
        Geometry::MultiLineString(lines) => Raw::MultiLineString {
            coordinates: lines.iter().map(positions).collect(),
        },
        Geometry::Polygon(polygon) => Raw::Polygon {
            coordinates: rings(polygon),
        },
        Geometry::Rect(area) => Raw::Polygon {
            coordinates: rings(&area.to_polygon()),
        },
        Geometry::Triangle(area) => Raw::Polygon {
            coordinates: rings(&area.to_polygon()),
        },
        Geometry::MultiPolygon(parts) => Raw::MultiPolygon {
            coordinates: parts.iter().map(rings).collect(),
        },
        Geometry::GeometryCollection(parts) => Raw::GeometryCollection {
            geometries: parts.iter().map(raw).collect(),
        },
    }
}

impl Shape {
    /// A single point.
    #[must_use]
    pub fn point(point: Point) -> Self {
        Self(geo::Point::new(point.lon, point.lat).into())
    }

    /// The point, where the shape is a single one.
    #[must_use]
    pub fn as_point(&self) -> Option<Point> {
        match &self.0 {
            Geometry::Point(point) => Some(Point::new(point.x(), point.y())),
            _ => None,
        }
    }

    /// The kind as RFC 7946 calls it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match &self.0 {
            Geometry::Point(_) => "Point",
            Geometry::MultiPoint(_) => "MultiPoint",
            Geometry::LineString(_) | Geometry::Line(_) => "LineString",
            Geometry::MultiLineString(_) => "MultiLineString",
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
            Geometry::MultiPolygon(_) => "MultiPolygon",
            Geometry::GeometryCollection(_) => "GeometryCollection",
        }
    }

    /// Whether it covers ground: a polygon or several.
    #[must_use]
    pub const fn is_area(&self) -> bool {
        matches!(&self.0, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
    }

    /// The smallest rectangle round it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let middle = self.centre();
        self.0
            .bounding_rect()
            .map_or(Bounds::around(middle), |own| Bounds {
                west: own.min().x,
                south: own.min().y,
                east: own.max().x,
                north: own.max().y,
            })
    }

    /// A point in it, where a mark or a name can stand: for a polygon always inside.
    #[must_use]
    pub fn centre(&self) -> Point {
        let found = self
            .0
            .interior_point()
            .or_else(|| self.0.centroid())
            .unwrap_or_else(|| geo::Point::new(0.0, 0.0));
        Point::new(found.x(), found.y())
    }

    /// Whether a point lies in it or on its edge.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        self.0.intersects(&geo::Point::new(point.lon, point.lat))
    }

    /// Whether any of it lies within bounds.
    #[must_use]
    pub fn meets(&self, bounds: &Bounds) -> bool {
        if let Some(point) = self.as_point() {
            return bounds.holds(point);
        }
        let own = self.bounds();
        if !own.meets(bounds) {
            return false;
        }
        let corner = |x, y| Coord { x, y };
        let area = geo::Rect::new(
            corner(bounds.west, bounds.south),
            corner(bounds.east, bounds.north),
        );
        self.0.intersects(&area.to_polygon())
    }

    /// The shape with no more detail than `degrees` (Douglas and Peucker), for drawing small. An area
    /// that would come to cross itself stays as it is.
    #[must_use]
    pub fn simplified(&self, degrees: f64) -> Self {
        match &self.0 {
            Geometry::Polygon(own) => {
                let made = own.simplify(degrees);
                let good = made.exterior().0.len() >= 4 && made.is_valid();
                if good {
                    Self(made.into())
                } else {
                    self.clone()
                }
            }
            Geometry::MultiPolygon(own) => {
                let made = own.simplify(degrees);
                let good = made.iter().all(|part| part.exterior().0.len() >= 4) && made.is_valid();
                if good {
                    Self(made.into())
                } else {
                    self.clone()
                }
            }
            Geometry::LineString(own) => Self(own.simplify(degrees).into()),
            Geometry::MultiLineString(own) => Self(own.simplify(degrees).into()),
            _ => self.clone(),
        }
    }

    /// The shape with six decimals, a tenth of a metre.
    #[must_use]
    pub fn rounded(&self) -> Self {
        Self(self.0.map_coords(|at| {
            let point = Point::new(at.x, at.y).rounded();
            Coord {
                x: point.lon,
                y: point.lat,
            }
        }))
    }

    /// How many points it has.
    #[must_use]
    pub fn points(&self) -> usize {
        self.0.coords_count()
    }

    /// The lines that draw it: rings of areas (closed), lines, and single points as lines of one.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<Point>> {
        let mut all = Vec::new();
        collect_lines(&self.0, &mut all);
        all
    }

    /// The geometry object of RFC 7946.
    ///
    /// # Panics
    /// Never: numbers of a checked shape are finite.
    #[must_use]
    pub fn to_geojson(&self) -> String {
        serde_json::to_string(&raw(&self.0)).expect("a checked shape has only finite numbers")
    }
}

fn collect_lines(geometry: &Geometry<f64>, all: &mut Vec<Vec<Point>>) {
    let points = |line: &LineString| -> Vec<Point> {
        line.coords().map(|at| Point::new(at.x, at.y)).collect()
    };
    let mut area = |own: &Polygon| {
        all.push(points(own.exterior()));
        all.extend(own.interiors().iter().map(points));
    };
    match geometry {
        Geometry::Polygon(own) => area(own),
        Geometry::MultiPolygon(own) => own.iter().for_each(area),
        Geometry::Rect(own) => area(&own.to_polygon()),
        Geometry::Triangle(own) => area(&own.to_polygon()),
        Geometry::LineString(own) => all.push(points(own)),
        Geometry::Line(own) => all.push(points(&LineString::from(vec![own.start, own.end]))),
        Geometry::MultiLineString(own) => all.extend(own.iter().map(points)),
        Geometry::Point(own) => all.push(vec![Point::new(own.x(), own.y())]),
        Geometry::MultiPoint(own) => {
            all.extend(own.iter().map(|own| vec![Point::new(own.x(), own.y())]));
        }
        Geometry::GeometryCollection(own) => {
            for part in own {
                collect_lines(part, all);
            }
        }
    }
}
