//! The frame round the staff's pages under `/admin`. Unlike the public frame it knows who is
//! there, so its pages are never kept.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::{NavLink, T};

/// Which part of the workspace a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskSection {
    /// What waits, and the search over everything.
    Start,
    /// Pages of the site.
    Pages,
    /// Menus, the order of the tree, the parts of the start page.
    Navigation,
    /// Units of the directory.
    Units,
    /// Facts that are nobody else's.
    Facts,
    /// Pictures and files.
    Media,
    /// The calendar's events.
    Calendar,
    /// The notice board.
    NoticeBoard,
    /// Comments on pages.
    Comments,
    /// Search: what was not found, and its settings.
    Search,
    /// Subscriptions, and the mail that goes out.
    Subscriptions,
    /// People with accounts, and what they may do.
    People,
    /// The tree of organisations.
    Organisations,
    /// Roles and what they hold.
    Roles,
    /// Care: who goes through which page, and what the rules say.
    Care,
    /// The log.
    Log,
    /// One's own account.
    Account,
}

/// One page's frame in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// The words of the interface: the person's own language.
    pub t: T,
    /// The sender's name.
    pub city: String,
    /// The page's title, which is also its heading.
    pub title: String,
    /// Which part is open.
    pub section: DeskSection,
    /// The name of whoever is logged in.
    pub person: String,
    /// Which parts this person may use, in order; the account is always shown.
    pub sections: Vec<DeskSection>,
    /// From the section down to the page above this.
    pub crumbs: Vec<NavLink>,
    /// The public page that belongs to this one, or the public start page.
    pub public_href: String,
    /// What was just done ("Sparat"), shown once after a redirect.
    pub done: Option<String>,
    /// Whether to say that this is a demonstration.
    pub demo: bool,
}

impl DeskSection {
    /// The section's path.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Start => "/admin",
            Self::Pages => "/admin/pages",
            Self::Navigation => "/admin/navigation",
            Self::Units => "/admin/units",
            Self::Facts => "/admin/facts",
            Self::Media => "/admin/media",
            Self::Calendar => "/admin/calendar",
            Self::NoticeBoard => "/admin/notice-board",
            Self::Comments => "/admin/comments",
            Self::Search => "/admin/search",
            Self::Subscriptions => "/admin/subscriptions",
            Self::People => "/admin/people",
            Self::Organisations => "/admin/organisations",
            Self::Roles => "/admin/roles",
            Self::Care => "/admin/care",
            Self::Log => "/admin/log",
            Self::Account => "/admin/account",
        }
    }

    /// The key of its name in the translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Start => "desk-start",
            Self::Pages => "desk-pages",
            Self::Navigation => "desk-navigation",
            Self::Units => "desk-units",
            Self::Facts => "desk-facts",
            Self::Media => "desk-media",
            Self::Calendar => "desk-calendar",
            Self::NoticeBoard => "desk-notice-board",
            Self::Comments => "desk-comments",
            Self::Search => "desk-search",
            Self::Subscriptions => "desk-subscriptions",
            Self::People => "desk-accounts",
            Self::Organisations => "desk-organisations",
            Self::Roles => "desk-roles",
            Self::Care => "desk-care",
            Self::Log => "desk-log",
            Self::Account => "desk-account",
        }
    }

    const fn symbol(self) -> &'static str {
        match self {
            Self::Start => "house",
            Self::Pages => "file-text",
            Self::Navigation => "menu",
            Self::Units => "building-2",
            Self::Facts => "clipboard-list",
            Self::Media => "image",
            Self::Calendar => "calendar-days",
            Self::NoticeBoard => "megaphone",
            Self::Comments => "message-square",
            Self::Search => "search",
            Self::Subscriptions => "mail",
            Self::People => "users",
            Self::Organisations => "landmark",
            Self::Roles => "key-round",
            Self::Care => "clipboard-list",
            Self::Log => "scroll-text",
            Self::Account => "user",
        }
    }
}

impl Desk {
    /// Where the button for leaving posts to.
    pub const LOG_OUT: &'static str = "/admin/log-out";

    /// Where the button for the other language posts to, with the language as `to`.
    pub const LANGUAGE: &'static str = "/admin/language";

    /// The language of the interface that is not shown now.
    #[must_use]
    pub fn other_language(&self) -> torg_kernel::Locale {
        if self.t.locale() == torg_kernel::Locale::EN {
            torg_kernel::Locale::SV
        } else {
            torg_kernel::Locale::EN
        }
    }

    /// The words of the interface.
    #[must_use]
    pub const fn t(&self) -> T {
        self.t
    }

    /// Everything before the page's own content, its heading included.
    #[must_use]
    pub const fn top(&self) -> DeskTop<'_> {
        DeskTop { desk: self }
    }

    /// Everything after the page's own content.
    #[must_use]
    pub const fn bottom(&self) -> DeskBottom {
        DeskBottom
    }

    /// The parts that this person may use, in the order in which they are shown: the start first, the
    /// account last.
    pub fn items(&self) -> impl Iterator<Item = DeskSection> {
        std::iter::once(DeskSection::Start)
            .chain(
                self.sections.iter().copied().filter(|section| {
                    !matches!(section, DeskSection::Start | DeskSection::Account)
                }),
            )
            .chain(std::iter::once(DeskSection::Account))
    }
}

/// The top of a page in the workspace.
#[derive(Template)]
#[template(path = "desk_top.html", whitespace = "minimize")]
pub struct DeskTop<'a> {
    desk: &'a Desk,
}

/// The bottom of a page in the workspace.
#[derive(Template)]
#[template(source = "</main></div></body></html>\n", ext = "html")]
pub struct DeskBottom;

impl HtmlSafe for DeskTop<'_> {}
impl HtmlSafe for DeskBottom {}
