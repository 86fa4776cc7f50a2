//! What there is in which language.

use askama::Template;
use torg_kernel::Locale;
use torg_ui::Shell;

/// A page in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageLink {
    /// Its title, in its own language.
    pub title: String,
    /// Its path.
    pub href: String,
}

/// A language or a variant of Swedish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageGroup {
    /// Its place on the page.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// The language of its name, when that is not the page's.
    pub name_lang: Option<Locale>,
    /// The language of its pages.
    pub lang: Locale,
    /// How many pages there are, in words.
    pub count: String,
    /// Its start page.
    pub start: Option<String>,
    /// Its pages.
    pub links: Vec<LanguageLink>,
}

/// The page that says what there is in which language.
#[derive(Template)]
#[template(path = "languages.html", whitespace = "minimize")]
pub struct LanguagesPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Variants first, then languages.
    pub groups: Vec<LanguageGroup>,
}
