//! Takes pages out of other systems: exports of WordPress (WXR) and saved copies of sites (a folder
//! as `wget --mirror` leaves it, or a WARC file). It reads only: out come pages as
//! [`torg_markup::ParsedPage`], old addresses with where they lead now, the pictures and files that
//! the pages show, and a [`Report`] that says of each thing what became of it and what to do.
//!
//! The price of reading everything before anything is written: the pages lie in memory, about five
//! times the size of their text. Everything else (comments, pictures, records that are no
//! pages) is streamed past.
//!
//! ```
//! use torg_foreign::{Options, wordpress};
//!
//! let xml = r#"<rss xmlns:wp="http://wordpress.org/export/1.2/"
//!      xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
//!   <wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
//!   <item><title>Bygglov</title><link>https://old.example/bygglov/</link>
//!     <content:encoded><![CDATA[<p>Du behöver lov.</p><p>Sök i tid.</p>]]></content:encoded>
//!     <wp:post_id>7</wp:post_id><wp:post_name>bygglov</wp:post_name><wp:status>publish</wp:status>
//!     <wp:post_type>page</wp:post_type></item></channel></rss>"#;
//! let taken = wordpress::read(&wordpress::Source::Bytes(xml.into()), &Options::default())?;
//! assert_eq!(taken.pages[0].title, "Bygglov");
//! assert_eq!(taken.pages[0].front.address.as_ref().map(|a| a.as_str()), Some("/bygglov"));
//! # Ok::<(), torg_foreign::ForeignError>(())
//! ```

mod error;
mod html;
mod language;
mod links;
mod media;
mod migration;
mod old;
mod options;
mod page;
mod place;
mod remark;
mod report;
pub mod saved;
pub mod wordpress;

pub use error::{ErrorKind, ForeignError};
pub use media::{TakenMedia, in_folder};
pub use migration::{FileBytes, ForeignFile, Migration, Redirect};
pub use options::Options;
pub use remark::{Remark, RemarkKind, Weight};
pub use report::{Item, Outcome, Report};
