//! Finding units: what an address asks for, which units that is, and in what order.

mod filter;
mod place;
mod select;

pub(crate) use filter::PARAMETERS;
pub use filter::{Filter, MOST_COMPARED, Near, Sort, View, read_near};
pub use place::{House, Nearness, PlaceFound, known_place, on_street};
pub(crate) use select::point;
pub use select::{Around, District, Districts, Facets, Found, Surroundings, facets, select};
