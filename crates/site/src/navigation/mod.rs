//! Navigation: the order of the tree, the menus, and how the start page and theme pages are put
//! together.
//!
//! Links are references to pages, so that a move breaks none and a page that goes drops out by
//! itself, with a word to whoever edits the menu next. What an editor settles is public when it is
//! saved, since a menu that is half changed is no menu; before that it is looked at as readers will
//! see it, and afterwards every earlier version can be fetched from the log. The order of the tree
//! and the names in menus belong to whoever answers for the page above, the menus of the whole site
//! to the city.

mod layout;
mod link;
mod menu;
pub(crate) mod migration;
mod resolve;
mod sections;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

use torg_db::ConnectionTrait;
use torg_kernel::{Locale, Result, Timestamp};

pub use layout::{Layout, Part, PartKind};
pub use link::{Link, Room, Target};
pub use menu::{MENUS, Menu, Menus};
pub(crate) use sections::sections;
pub use service::import_menus;
pub(crate) use web::routes;

use crate::store::find_setting;
use resolve::{For, Framing};
use store::Names;

/// The menus as readers see them, and what they are made from.
pub(crate) struct Framed {
    pub shown: Framing,
    pub tags: Vec<String>,
}

/// The menus for readers of a language.
///
/// # Errors
/// When the database fails, or what is stored cannot be read.
pub(crate) async fn framing<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
    now: Timestamp,
) -> Result<Framed> {
    let stored = find_setting(on, MENUS).await?;
    let (menu, own) = Menus::read(stored.as_deref())?.of(locale);
    let reader = For { locale, now, own };
    frame(on, &menu, reader).await
}

/// A menu for readers of a language, stored or not.
async fn frame<C: ConnectionTrait>(on: &C, menu: &Menu, reader: For) -> Result<Framed> {
    let themes = store::list_themes(on, reader.locale).await?;
    let names = Names::find(on, menu.pages()).await?;
    Ok(Framed {
        shown: Framing::of(menu, &themes, &names, reader),
        tags: menu.pages().map(|page| format!("page:{page}")).collect(),
    })
}
