//! News, blogs, the magazine and vacancies: lists and the pages in them.

use askama::Template;
use torg_ui::{Html, NavLink, Paging, Parts, Shell};

use super::comments::CommentsPart;
use super::public::{OlderTranslation, Review};

/// A dated page in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedLink {
    /// Its title.
    pub title: String,
    /// Its path.
    pub href: String,
    /// Its lead; may be empty.
    pub lede: String,
    /// The day in words.
    pub day: String,
    /// The day as machines read it.
    pub iso: String,
    /// What stands beside the day: a category, or until when one can apply.
    pub note: Option<String>,
    /// Its picture, cut to the list's shape.
    pub picture: Option<Html>,
}

/// A choice above a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is made.
    pub current: bool,
}

/// A list of dated pages, newest first.
#[derive(Template)]
#[template(path = "section.html", whitespace = "minimize")]
pub struct SectionPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// What the section is about; may be empty.
    pub lede: String,
    /// The section's own text, on its first page.
    pub parts: Parts,
    /// How many pages the list has in all, in words.
    pub count: String,
    /// The pages.
    pub items: Vec<DatedLink>,
    /// Categories; empty for none.
    pub categories: Vec<Choice>,
    /// Years; fewer than two shows none.
    pub years: Vec<Choice>,
    /// To the pages before and after.
    pub paging: Paging,
    /// The feed.
    pub feed: String,
    /// Where one asks for it by mail; `None` where nobody can.
    pub subscribe: Option<String>,
    /// When it was reviewed and whose it is.
    pub review: Review,
}

/// The front page of a magazine: the newest story large, the others below.
#[derive(Template)]
#[template(path = "magazine.html", whitespace = "minimize")]
pub struct MagazinePage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// What the magazine is about; may be empty.
    pub lede: String,
    /// The magazine's own text.
    pub parts: Parts,
    /// The newest story.
    pub first: Option<DatedLink>,
    /// The others.
    pub items: Vec<DatedLink>,
    /// Categories.
    pub categories: Vec<Choice>,
    /// Where older stories are.
    pub paging: Paging,
    /// The feed.
    pub feed: String,
    /// Where one asks for it by mail.
    pub subscribe: Option<String>,
    /// When it was reviewed and whose it is.
    pub review: Review,
}

/// A line of what a vacancy offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
}

/// A piece of news, a post, a story or a vacancy.
#[derive(Template)]
#[template(path = "dated.html", whitespace = "minimize")]
pub struct DatedPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// A story has a wider picture.
    pub story: bool,
    /// The lead; may be empty.
    pub lede: String,
    /// The day in words.
    pub day: String,
    /// The day as machines read it.
    pub iso: String,
    /// The day of a later change, in words.
    pub changed: Option<String>,
    /// The section it belongs to.
    pub section: Option<NavLink>,
    /// Its categories, each a list of the section.
    pub categories: Vec<NavLink>,
    /// The leading picture with its caption.
    pub picture: Option<Html>,
    /// Who took or drew it; may be empty.
    pub credit: String,
    /// What a vacancy offers; empty for others.
    pub offers: Vec<Offer>,
    /// Where one applies.
    pub apply: Option<String>,
    /// The document.
    pub parts: Parts,
    /// Comments; `None` on a page that neither takes nor has any.
    pub comments: Option<CommentsPart>,
    /// Other pages of the section that are about the same.
    pub related: Vec<DatedLink>,
    /// Shown when the page is an older translation.
    pub older: Option<OlderTranslation>,
    /// That a machine translated it, with the Swedish page.
    pub machine: Option<String>,
    /// Its other variants.
    pub variants: Vec<NavLink>,
    /// When it was reviewed and whose it is.
    pub review: Review,
}
