//! The way in: routes that declare what they need, the context of a request, the page cache, facts
//! by reference, error pages, and the server itself. It knows no feature; features hand it their
//! routes and answer its traits, and the binary wires both, so that no feature needs another.

mod app;
mod cache;
mod context;
mod desk;
mod encode;
mod errors;
mod facts;
mod flights;
mod identity;
mod language;
mod negotiate;
mod organisations;
mod page;
mod pagecache;
mod query;
mod reading;
mod reads;
mod request;
mod routes;
mod serve;
mod server;
mod telemetry;
mod upload;
mod views;

pub use app::{App, AppParts, ChromeSource, Draw, ErrorPages, Settings};
pub use cache::TagCache;
pub use context::{Context, Form, Reply, SESSION_COOKIE, cookie, session_cookie};
pub use desk::desk;
pub use facts::{FactResolver, Facts, Resolved, Wanted};
pub use http::{HeaderValue, StatusCode};
pub use identity::{Caller, Identity, Scope, admit};
pub use language::{language_cookie, preferred};
pub use organisations::{ORGANISATIONS_TAG, OrganisationEntry, OrganisationList, Organisations};
pub use page::{Asker, Elsewhere, Outcome, Page, PageRequest};
pub use pagecache::PageCache;
pub use reading::Reading;
pub use reads::Reads;
pub use routes::{Declared, Routes};
pub use serve::{Service, service};
pub use server::Server;
pub use telemetry::Telemetry;
pub use upload::{Upload, UploadedFile};
pub use views::{follow_views, spawn_view_follower};
