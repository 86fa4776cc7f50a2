//! What a reading gives.

use std::collections::{HashMap, HashSet};

use torg_kernel::Address;
use torg_markup::ParsedPage;

use crate::old;

use crate::report::Report;

/// Everything that was taken out of an old site, not yet put anywhere.
#[derive(Debug, Default)]
pub struct Migration {
    /// The pages. The path of each is its old address, so that the same page is known again at the
    /// next import; links between them are their new addresses.
    pub pages: Vec<ParsedPage>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Pictures and files that the pages show or link to, and attachments that none does, each once.
    pub files: Vec<ForeignFile>,
    /// Lead pictures: their old addresses by the old addresses of pages.
    pub lead_pictures: HashMap<String, String>,
    /// Hosts of the old site, in the form in which addresses are compared.
    pub(crate) hosts: HashSet<String>,
    /// What became of everything.
    pub report: Report,
    /// Whether the source could be read to its end. What came before the cut is here all the same;
    /// whether that will do is for the one who imports to say.
    pub whole: bool,
}

impl Migration {
    /// Whether an address is one of the old site itself, rather than of a site that it shows
    /// something from.
    #[must_use]
    pub fn is_own(&self, address: &str) -> bool {
        old::parse(address).is_some_and(|url| self.hosts.contains(&old::host(&url)))
    }
}

/// An old address and where it leads now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// Path and query as the old server knew it, beginning with a slash.
    pub from: String,
    /// The page.
    pub to: Address,
}

impl Redirect {
    /// The address under which the site finds it: capitals, å ä ö, endings such as `.html` and a
    /// slash at the end are brought into the form in which they are looked up. A query stays with
    /// it, since it may be all that tells two old pages apart. `None` for what is no old address:
    /// the page's own, the start page's, one of the program itself.
    #[must_use]
    pub fn stored(&self) -> Option<String> {
        let (path, query) = match self.from.split_once('?') {
            Some((path, query)) => (path, query),
            None => (self.from.as_str(), ""),
        };
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let address = Address::parse(Address::from_words(&path).as_str()).ok()?;
        if !query.is_empty() {
            return Some(format!("{address}?{query}"));
        }
        (address.as_str() != "/" && address != self.to).then(|| address.to_string())
    }
}

/// Where the bytes of a file are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileBytes {
    /// In the copy: see [`crate::saved::read_files`].
    InCopy,
    /// Nowhere but with the old server.
    Elsewhere,
}

/// A picture or another file of the old site. The bytes are not here, since a site's pictures do
/// not fit into memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFile {
    /// Its old address, whole.
    pub address: String,
    /// What it shows, for those who do not see it; empty for a decoration, none where nobody said.
    pub alt: Option<String>,
    /// Shown below it.
    pub caption: String,
    /// What it is called.
    pub title: String,
    /// Whether it is shown as a picture, rather than linked to.
    pub picture: bool,
    /// Whether a page links to it.
    pub linked: bool,
    /// Where its bytes are.
    pub bytes: FileBytes,
    /// Old addresses of the pages that use it.
    pub pages: Vec<String>,
}
