//! Finding units: what an address asks for, which units that is, and in what order.

mod filter;
mod select;

pub use filter::{Filter, MOST_COMPARED, Near, Sort, View, read_near};
pub(crate) use filter::PARAMETERS;
pub use select::{
    Around, District, Districts, Facets, Found, PlaceFound, Surroundings, facets, known_place,
    select,
};
pub(crate) use select::point;
