//! Services: what people can do or get, wherever it is given. A unit is a place; a service is asked
//! for by its name, and says at which units, by which link or number it is had, and what it costs.

mod change;
mod check;
mod import;
mod model;
mod search;
mod store;

pub use change::{SERVICE_DETAILS_TAG, SERVICES_TAG, service_tag};
pub(crate) use change::{create, order, save};
pub use check::{check, tidy};
pub use import::{ServiceInput, export_services, import_services, parse_services};
pub use model::{Audience, Category, Link, LinkKind, Service, ServiceData};
pub use search::{search_documents, search_keys};
pub use store::{find, find_by_slug, list, list_by_id, list_canonical};
