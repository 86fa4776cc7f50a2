//! The frame round every public page: head, header with the themes, breadcrumbs, footer. Holds
//! nothing about the reader, so that a finished page can be kept for everybody.

use std::sync::Arc;

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::Locale;

use crate::{Html, PictureView, T, tel_href};

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl NavLink {
    /// A link with its words.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The same page in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// The language.
    pub locale: Locale,
    /// Path on this site, such as `/en/housing`.
    pub href: String,
}

/// What is the same on all pages of a language; made once and shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chrome {
    /// The language.
    pub locale: Locale,
    /// The sender's name: "Göteborgs Stad".
    pub city: String,
    /// Scheme and host without a slash at the end, for whole addresses.
    pub base_url: String,
    /// The start page of this language.
    pub home_href: String,
    /// The themes of the top menu, in order.
    pub themes: Vec<NavLink>,
    /// All themes, in order, also those for which the top menu has no room.
    pub all_themes: Vec<NavLink>,
    /// Shortcuts in the header, such as the directory.
    pub quick: Vec<NavLink>,
    /// Links under "Hitta" in the footer.
    pub find: Vec<NavLink>,
    /// The search page; `?lang=…` asks for it in a language without a search page of its own.
    pub search_href: String,
    /// The start page in each language there is, this one included.
    pub languages: Vec<Alternate>,
    /// The contact centre's number, from its fact.
    pub phone: Option<String>,
    /// When the contact centre answers, in a sentence.
    pub phone_hours: Option<String>,
    /// The accessibility statement.
    pub accessibility_href: String,
    /// The page on personal data.
    pub privacy_href: String,
    /// Whether to say on every page that this is a demonstration.
    pub demo: bool,
}

impl Chrome {
    /// The search page's path, for the `action` of a form: a browser drops the query of it.
    #[must_use]
    pub fn search_action(&self) -> &str {
        let (path, _) = self.search_parts();
        path
    }

    /// The language that the search page is asked for, where it has no address of its own.
    #[must_use]
    pub fn search_language(&self) -> Option<&str> {
        self.search_parts().1
    }

    fn search_parts(&self) -> (&str, Option<&str>) {
        let href = self.search_href.as_str();
        href.split_once("?lang=")
            .map_or((href, None), |(path, tag)| (path, Some(tag)))
    }
}

/// What stands above a page that is not as readers see it now: a preview, or how it once was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Name of an icon.
    pub icon: &'static str,
    /// What this is.
    pub heading: String,
    /// What one should know about it.
    pub lines: Vec<String>,
    /// Where one came from.
    pub link: Option<NavLink>,
}

/// One page's frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// What all pages share.
    pub chrome: Arc<Chrome>,
    /// The page's title without the city's name; empty on the start page.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// The page's own path, such as `/bygga-och-bo/lov`; the canonical address.
    pub path: String,
    /// The page in all its languages, this one included; fewer than two gives no `hreflang`.
    pub alternates: Vec<Alternate>,
    /// From the start page (not included) down to the page above this.
    pub crumbs: Vec<NavLink>,
    /// Whether search engines shall leave it alone: searches, errors.
    pub noindex: bool,
    /// Structured data as JSON text; made safe for its place here.
    pub json_ld: Option<String>,
    /// What cards of links call it (<https://ogp.me>).
    pub og_type: &'static str,
    /// The picture for cards of links.
    pub og_image: Option<PictureView>,
    /// The page's feed: its title and path.
    pub feed: Option<NavLink>,
    /// Said above the page when it is not as readers see it now.
    pub standing: Option<Standing>,
    /// Whether something in the page's form must be changed: its title says so first, since that
    /// is what a screen reader reads when the page comes back.
    pub wrong: bool,
}

impl Shell {
    /// A frame with a title and a path; the rest empty.
    #[must_use]
    pub fn new(chrome: Arc<Chrome>, title: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            chrome,
            title: title.into(),
            description: String::new(),
            path: path.into(),
            alternates: Vec::new(),
            crumbs: Vec::new(),
            noindex: false,
            json_ld: None,
            og_type: "website",
            og_image: None,
            feed: None,
            standing: None,
            wrong: false,
        }
    }

    /// The words of the interface round this page.
    #[must_use]
    pub fn t(&self) -> T {
        T::of(self.chrome.locale)
    }

    /// Everything before the page's own content.
    #[must_use]
    pub const fn top(&self) -> ShellTop<'_> {
        ShellTop { shell: self }
    }

    /// Everything after the page's own content.
    #[must_use]
    pub const fn bottom(&self) -> ShellBottom<'_> {
        ShellBottom { shell: self }
    }

    /// The way down to this page.
    #[must_use]
    pub const fn crumbs(&self) -> Crumbs<'_> {
        Crumbs { shell: self }
    }
}

/// The top of a page.
#[derive(Template)]
#[template(path = "shell_top.html", whitespace = "minimize")]
pub struct ShellTop<'a> {
    shell: &'a Shell,
}

/// The bottom of a page.
#[derive(Template)]
#[template(path = "shell_bottom.html", whitespace = "minimize")]
pub struct ShellBottom<'a> {
    shell: &'a Shell,
}

/// Breadcrumbs.
#[derive(Template)]
#[template(path = "crumbs.html", whitespace = "minimize")]
pub struct Crumbs<'a> {
    shell: &'a Shell,
}

impl HtmlSafe for ShellTop<'_> {}
impl HtmlSafe for ShellBottom<'_> {}
impl HtmlSafe for Crumbs<'_> {}

impl ShellTop<'_> {
    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.shell.chrome.base_url)
    }

    fn og_title(&self) -> &str {
        if self.shell.title.is_empty() {
            &self.shell.chrome.city
        } else {
            &self.shell.title
        }
    }

    /// The language with its country as cards of links want it (`sv_SE`); the tag alone where the
    /// country is anybody's guess.
    fn og_locale(&self) -> String {
        let tag = self.shell.chrome.locale;
        match tag.as_str() {
            "sv" => "sv_SE".to_owned(),
            "en" => "en_GB".to_owned(),
            "fi" => "fi_FI".to_owned(),
            "ar" => "ar_AR".to_owned(),
            other => other.replace('-', "_"),
        }
    }

    /// The page for readers whose language is not among its own: the Swedish one.
    fn default_href(&self) -> Option<&str> {
        self.shell
            .alternates
            .iter()
            .find(|alternate| alternate.locale == Locale::SV)
            .map(|alternate| alternate.href.as_str())
    }

    /// The page in the other languages, or their start pages.
    fn other_languages(&self) -> Vec<&Alternate> {
        self.shell
            .chrome
            .languages
            .iter()
            .filter(|language| language.locale != self.shell.chrome.locale)
            .map(|language| {
                self.shell
                    .alternates
                    .iter()
                    .find(|alternate| alternate.locale == language.locale)
                    .unwrap_or(language)
            })
            .collect()
    }

    /// JSON that cannot end its own `<script>`.
    fn data(&self) -> Html {
        let json = self.shell.json_ld.as_deref().unwrap_or_default();
        Html::trusted(
            json.replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
        )
    }

    /// The city's name broken after its first word, as the mark wants it.
    fn city_lines(&self) -> (&str, &str) {
        let city = self.shell.chrome.city.as_str();
        city.split_once(' ').unwrap_or((city, ""))
    }
}

impl ShellBottom<'_> {
    fn tel(&self) -> Option<String> {
        self.shell.chrome.phone.as_deref().and_then(tel_href)
    }
}

/// Where one is in a list of several pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paging {
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The page before.
    pub previous_href: Option<String>,
    /// The page after.
    pub next_href: Option<String>,
}

#[derive(Template)]
#[template(path = "paging.html", whitespace = "minimize")]
struct PagingTemplate<'a> {
    t: T,
    paging: &'a Paging,
}

impl Paging {
    /// Links to the pages before and after; empty when there is one page.
    #[must_use]
    pub fn html(&self, t: impl Into<T>) -> Html {
        let t = t.into();
        if self.pages < 2 {
            return Html::default();
        }
        Html::trusted(
            PagingTemplate { t, paging: self }
                .render()
                .expect("writing to memory cannot fail"),
        )
    }
}
