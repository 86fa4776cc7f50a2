//! The directory for other programs: units and services as JSON, GeoJSON and CSV, and the whole of it
//! as HSDS. What cannot be read in a question is told, field by field.

mod csv;
mod geojson;
mod hsds;
mod hsds_parts;
mod question;
mod services;
mod units;

pub(super) use csv::units as units_csv;
pub(super) use geojson::units as units_geojson;
pub(super) use hsds::{
    organization, organizations, root, service, service_at_locations, services as hsds_services,
};
pub(super) use question::{HSDS_QUERY, SERVICE_QUERY, UNIT_QUERY};
pub(super) use services::{one as one_service, services};
pub(super) use units::{one as one_unit, units};
