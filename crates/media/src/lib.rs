//! The media bank: where readers get pictures and files from, and where the staff look after them.
//!
//! Addresses carry a part of the bytes' digest, so that browsers and proxies keep them for a year;
//! without it they lead to what holds now. The price is that every address is made here, by
//! [`MediaFacts`], and never written by hand.

mod jobs;
mod resolver;
mod views;
mod web;

pub use resolver::{MediaFacts, file_view, picture_view};
pub use web::Media;
