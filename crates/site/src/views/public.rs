//! The pages that residents read: start, theme, article and information.

use askama::Template;
use torg_kernel::Variant;
use torg_ui::{NavLink, Parts, Shell, T, TocEntry};

use super::dated::DatedLink;

/// The start page: search first, then what most people come for.
#[derive(Template)]
#[template(path = "start.html", whitespace = "minimize")]
pub struct StartPage {
    /// The frame.
    pub shell: Shell,
    /// The heading, a question; empty takes the standard one.
    pub heading: String,
    /// A line below the heading; may be empty.
    pub lede: String,
    /// The document, rendered with [`torg_ui::Place::Start`].
    pub parts: Parts,
    /// What stands below the search, in order.
    pub sections: Vec<Section>,
}

/// A part of a start page or theme page.
#[derive(Debug, Clone)]
pub enum Section {
    /// The page's own text; beside it the contact cards, where they come right after it.
    Text {
        /// Whether the contact cards stand beside it.
        beside: bool,
    },
    /// The contact cards by themselves.
    Contact,
    /// Links that an editor has gathered.
    Links {
        /// The heading's id.
        id: String,
        /// Its heading.
        heading: String,
        /// The links, each with a line about it.
        items: Vec<ChildLink>,
    },
    /// The pages below.
    Children {
        /// In order.
        items: Vec<ChildLink>,
        /// Whether they stand beside groups with headings, and so need one that is seen.
        grouped: bool,
    },
    /// The newest of the dated pages.
    List {
        /// The heading's id.
        id: &'static str,
        /// The key of its usual heading.
        usual: &'static str,
        /// Its heading; empty for the usual one.
        heading: String,
        /// The pages.
        items: Vec<DatedLink>,
    },
    /// All themes.
    Themes {
        /// Its heading; empty for the usual one.
        heading: String,
    },
}

/// A link to a page below, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildLink {
    /// The page's title.
    pub label: String,
    /// Its path.
    pub href: String,
    /// Its description; may be empty.
    pub description: String,
}

/// A theme: what there is below it.
#[derive(Template)]
#[template(path = "theme.html", whitespace = "minimize")]
pub struct ThemePage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Name of the theme's icon; an unknown name shows none.
    pub icon: String,
    /// What the theme is about; may be empty.
    pub lede: String,
    /// The document, rendered with [`torg_ui::Place::Article`].
    pub parts: Parts,
    /// What it shows, in order.
    pub sections: Vec<Section>,
    /// Shown when the page is an older translation.
    pub older: Option<OlderTranslation>,
    /// That a machine translated it: where the Swedish page is.
    pub machine: Option<String>,
    /// Its other variants: easy to read, sign language.
    pub variants: Vec<NavLink>,
    /// When it was reviewed and whose it is.
    pub review: Review,
}

/// A line in the local navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalLink {
    /// The page's title.
    pub label: String,
    /// Its path.
    pub href: String,
    /// Whether it is this page.
    pub current: bool,
}

/// That the page was translated from a version that has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderTranslation {
    /// When the translation was made, in words.
    pub made: String,
    /// The Swedish page.
    pub href: String,
    /// Which text this is: easy to read and sign language are no translations.
    pub variant: Variant,
}

impl OlderTranslation {
    /// That it is older, in words that fit the text.
    pub(crate) fn says(&self, t: impl Into<T>) -> String {
        let t = t.into();
        let key = match self.variant {
            Variant::Standard => "page-older-translation",
            Variant::EasyToRead => "page-older-easy-to-read",
            Variant::SignLanguage => "page-older-sign-language",
        };
        t.one(key, "date", self.made.as_str())
    }

    /// The words of the link to the newer text.
    pub(crate) const fn link_key(&self) -> &'static str {
        match self.variant {
            Variant::Standard => "page-older-link",
            Variant::EasyToRead | Variant::SignLanguage => "page-older-ordinary-link",
        }
    }
}

/// When a page was reviewed and which organisation answers for it; never a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// The date in words: `12 januari 2026`.
    pub reviewed: Option<String>,
    /// The organisation's name.
    pub owner: Option<String>,
}

/// An article, or a page of information: what one can do, the facts, the text, whom to ask.
#[derive(Template)]
#[template(path = "article.html", whitespace = "minimize")]
pub struct ArticlePage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// The lead: the page's description; may be empty.
    pub lede: String,
    /// The document, rendered with [`torg_ui::Place::Article`] (or `Flow` for information).
    pub parts: Parts,
    /// Heading of the local navigation and where it leads: the page above.
    pub above: Option<NavLink>,
    /// The pages beside this one; fewer than two shows none.
    pub local: Vec<LocalLink>,
    /// Whether its headings of level 2 are steps.
    pub guide: bool,
    /// Shown when the page is an older translation.
    pub older: Option<OlderTranslation>,
    /// That a machine translated it: where the Swedish page is.
    pub machine: Option<String>,
    /// Its other variants: easy to read, sign language.
    pub variants: Vec<NavLink>,
    /// When it was reviewed and whose it is.
    pub review: Review,
}

impl ArticlePage {
    fn toc_heading(&self) -> &'static str {
        if self.guide { "page-steps" } else { "page-toc" }
    }

    /// A table of contents helps from three headings on.
    fn toc(&self) -> Vec<&TocEntry> {
        let shown: Vec<&TocEntry> = self
            .parts
            .toc
            .iter()
            .filter(|entry| entry.level <= 3)
            .collect();
        let top = shown.iter().filter(|entry| entry.level == 2).count();
        // Long pages list the main headings only.
        let shown: Vec<&TocEntry> = if shown.len() > 12 || self.guide {
            shown.into_iter().filter(|entry| entry.level == 2).collect()
        } else {
            shown
        };
        if top < 3 { Vec::new() } else { shown }
    }

    fn has_side(&self) -> bool {
        !self.parts.contacts.is_empty() || self.local.len() > 1
    }

    fn grid(&self, toc: &[&TocEntry]) -> &'static str {
        match (toc.is_empty(), self.has_side()) {
            (false, true) => "doc",
            (true, true) => "doc notoc",
            (false, false) => "doc plain",
            (true, false) => "doc plain notoc",
        }
    }
}
