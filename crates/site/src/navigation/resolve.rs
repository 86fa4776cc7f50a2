//! What links lead to now: in the words and at the addresses that their pages have today.

use torg_kernel::{Locale, PageId, Timestamp};
use torg_ui::{NavLink, T};

use super::link::{Link, Target};
use super::menu::Menu;
use super::store::{Names, PageName};

/// Why readers do not see a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The page is not there any more.
    Gone,
    /// It is not public.
    Unpublished,
    /// Menus leave it out.
    Hidden,
    /// It has no words in the language.
    Language,
}

impl Why {
    /// The key of the sentence for editors.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Gone => "navigation-why-gone",
            Self::Unpublished => "navigation-why-unpublished",
            Self::Hidden => "navigation-why-hidden",
            Self::Language => "navigation-why-language",
        }
    }
}

/// For whom links are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct For {
    pub locale: Locale,
    pub now: Timestamp,
    /// Whether the links were gathered for readers of this language; else their words are in another
    /// and are left out.
    pub own: bool,
}

/// A link as readers see it.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub nav: NavLink,
    /// A line about it; may be empty.
    pub about: String,
}

impl Names {
    /// The page of a link in the reader's language; in links gathered for that language also in
    /// Swedish, since whoever gathered them chose it.
    fn page(&self, page: PageId, reader: For) -> Result<&PageName, Why> {
        let name = match self.of(page, reader.locale) {
            Some(name) => name,
            None if reader.own => self.best(page, reader.locale).ok_or(Why::Gone)?,
            None if self.all(page).next().is_none() => return Err(Why::Gone),
            None => return Err(Why::Language),
        };
        if name.hidden != 0 {
            return Err(Why::Hidden);
        }
        match name.is_public(reader.now) {
            true => Ok(name),
            false => Err(Why::Unpublished),
        }
    }

    /// A link as readers see it, or why they do not.
    pub(crate) fn shown(&self, link: &Link, reader: For) -> Result<Shown, Why> {
        let words = |usual: &str| match (reader.own, link.text.as_str()) {
            (true, text) if !text.is_empty() => text.to_owned(),
            _ => usual.to_owned(),
        };
        let about = |usual: &str| match reader.own {
            true if !link.about.is_empty() => link.about.clone(),
            _ => usual.to_owned(),
        };
        Ok(match &link.target {
            Target::Room { room } => Shown {
                nav: NavLink::new(
                    words(&room.label(T::of(reader.locale))),
                    room.href(reader.locale),
                ),
                about: about(""),
            },
            Target::Url { .. } if !reader.own => return Err(Why::Language),
            Target::Url { url } => Shown {
                nav: NavLink::new(words(url), url.as_str()),
                about: about(""),
            },
            Target::Page { id } => {
                let name = self.page(*id, reader)?;
                Shown {
                    nav: NavLink::new(words(name.label()), name.address.as_str()),
                    about: about(&name.description),
                }
            }
        })
    }
}

/// The menus as readers see them.
#[derive(Debug, Clone)]
pub(crate) struct Framing {
    pub top: Vec<NavLink>,
    /// All themes that menus do not leave out.
    pub all: Vec<NavLink>,
    pub quick: Vec<NavLink>,
    pub foot: Vec<NavLink>,
}

impl Framing {
    /// Draws a menu with these themes, which are those of the reader's language in the order of the
    /// tree.
    pub(crate) fn of(menu: &Menu, themes: &[PageName], names: &Names, reader: For) -> Self {
        let nav = |name: &PageName| NavLink::new(name.label(), name.address.as_str());
        let seen = |name: &&PageName| name.hidden == 0 && name.is_public(reader.now);
        let all: Vec<NavLink> = themes.iter().filter(seen).map(nav).collect();
        let top = menu.top.as_ref().map(|top| {
            let chosen = top
                .iter()
                .filter_map(|page| themes.iter().find(|name| name.page_id == page.0));
            chosen.filter(seen).map(nav).collect::<Vec<_>>()
        });
        let links = |links: &[Link]| {
            let shown = links
                .iter()
                .filter_map(|link| names.shown(link, reader).ok());
            shown.map(|shown| shown.nav).collect()
        };
        Self {
            // A menu whose themes are all gone is better full than empty.
            top: top
                .filter(|top| !top.is_empty())
                .unwrap_or_else(|| all.clone()),
            all,
            quick: links(&menu.quick),
            foot: links(&menu.foot),
        }
    }
}
