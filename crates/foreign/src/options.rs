//! What the one who imports decides.

use torg_kernel::{Address, Locale};

/// How a foreign site is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The address that everything is put below; the start page for a whole site.
    pub under: Address,
    /// The part of the address, below `under`, of dated posts without a place in the page tree.
    pub posts: String,
    /// The heading of the page that lists these posts, made where the site has none at that address.
    pub posts_title: String,
    /// Types that plug-ins of the old system made whose items are taken as dated posts, each type
    /// below an address of its own.
    pub types: Vec<String>,
    /// Key of the organisation that answers for the pages.
    pub owner: Option<String>,
    /// More hosts whose links lead to the old site, beside those that the source names itself.
    pub hosts: Vec<String>,
    /// The language of pages that do not say theirs and do not show it.
    pub locale: Option<Locale>,
    /// Address of a saved folder's top, for one that is not named after its host.
    pub base: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            under: Address::from_words("/"),
            posts: "nyheter".to_owned(),
            posts_title: "Nyheter".to_owned(),
            types: Vec::new(),
            owner: None,
            hosts: Vec::new(),
            locale: None,
            base: None,
        }
    }
}

impl Options {
    /// The language where nothing tells.
    #[must_use]
    pub fn locale_or_swedish(&self) -> Locale {
        self.locale.unwrap_or(Locale::SV)
    }
}
