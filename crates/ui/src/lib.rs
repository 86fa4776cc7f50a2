//! How Torg looks and speaks: the frame around every page, documents as HTML, forms, icons, dates
//! and numbers, translations and the embedded static files. Pure data in, HTML out; what it
//! cannot know (addresses, facts, who is asking) comes in through parameters, so that a page can
//! be drawn in a test without a database or a server.

mod assets;
mod contact;
mod desk;
mod document;
mod form;
mod format;
mod html;
mod icon;
mod inline;
mod picture;
#[cfg(feature = "sample")]
pub mod sample;
mod shell;
mod text;

pub use assets::{Asset, Encoding, asset, asset_url, assets};
pub use contact::{ContactCard, OpenStatus};
pub use desk::{Desk, DeskSection};
pub use document::{
    Parts, Place, Rendered, TocEntry, render_document, render_parts, render_sections,
};
pub use form::{ErrorSummary, Field, FieldKind};
pub use format::{
    date, date_long, date_range, date_time, decimal, hours_span, month_name, number, sentences,
    tel_href, time, weekday_name,
};
pub use html::{Html, escape, mailto, push_escaped, safe_href};
pub use icon::{icon, icon_names};
pub use inline::{Resolve, ResolvedLink};
pub use picture::{FileView, PictureSource, PictureView, file_size};
pub use shell::{Alternate, Chrome, Crumbs, NavLink, Paging, Shell, Standing};
pub use text::{Arg, T, UiLanguage};
