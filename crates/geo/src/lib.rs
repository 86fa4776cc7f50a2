//! Where things are: points, the national grid, what people write of a place, areas and the files
//! that bring them. Pure: no database and no network, so that everything may depend on it.
//!
//! Everything inside is WGS 84 in degrees, longitude first as in GeoJSON. SWEREF 99 and WGS 84 are
//! taken as one: they differ by less than a metre, and a city's map needs no more.

mod area;
mod bounds;
mod grid;
mod index;
mod point;
mod read;
mod reading;
mod ring;
mod shape;

pub use area::{Area, AreaIndex};
pub use bounds::{Bounds, BoundsFault};
pub use grid::{Grid, GridPoint};
pub use index::PointIndex;
pub use point::{Point, SWEDEN};
pub use read::{PointFault, read_point};
pub use reading::{
    Fault, FeatureFault, FileFault, Limits, ReadFeature, Reading, read_geojson, read_geometry,
};
pub use shape::Shape;
