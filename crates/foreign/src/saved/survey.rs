//! The first reading: what pages there are, what they share, and which of them become pages.

use std::collections::{BTreeMap, HashMap, HashSet};

use scraper::Html;
use url::Url;

use super::boilerplate::{Repeats, print};
use super::charset;
use super::look;
use super::titles::Titles;
use super::{Body, Thing, What};
use crate::html::check_nesting;
use crate::old;
use crate::options::Options;
use crate::remark::RemarkKind;
use crate::report::Item;

/// One page of the copy.
#[derive(Debug)]
pub(super) struct Brief {
    pub(super) url: Url,
    /// Its own word on its address, when that is another.
    pub(super) canonical: Option<Url>,
    pub(super) title: String,
    /// Why it is left out.
    pub(super) out: Option<RemarkKind>,
}

/// Everything in a copy, without its texts.
pub(super) struct Survey {
    /// Pages by [`old::key`]; the first of each counts.
    pub(super) pages: BTreeMap<String, Brief>,
    pub(super) repeats: Repeats,
    pub(super) titles: Titles,
    /// Where addresses lead on to, by key.
    pub(super) moved: BTreeMap<String, (Url, Url)>,
    pub(super) hosts: HashSet<String>,
    /// Addresses that are no pages, for pictures that are in the copy.
    pub(super) others: HashSet<u64>,
    pub(super) kinds: BTreeMap<String, usize>,
    pub(super) items: Vec<Item>,
    faults: BTreeMap<String, (Url, RemarkKind)>,
    named_hosts: HashSet<String>,
}

impl Survey {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            pages: BTreeMap::new(),
            repeats: Repeats::default(),
            titles: Titles::default(),
            moved: BTreeMap::new(),
            hosts: HashSet::new(),
            others: HashSet::new(),
            kinds: BTreeMap::new(),
            items: Vec::new(),
            faults: BTreeMap::new(),
            named_hosts: options
                .hosts
                .iter()
                .map(|host| old::host_of(host))
                .collect(),
        }
    }

    pub(super) fn take(&mut self, thing: Thing) {
        let key = old::key(&thing.url);
        match thing.what {
            What::Page(body) => self.page(key, thing.url, &body),
            What::Other(kind, _) => {
                self.others.insert(print("other", thing.url.as_str()));
                *self.kinds.entry(kind).or_default() += 1;
            }
            What::Status(status) => {
                self.faults
                    .insert(key, (thing.url, RemarkKind::Status { status }));
            }
            What::Fault(remark) => {
                self.faults.insert(key, (thing.url, remark));
            }
            What::Moved(to) | What::Same(to) => {
                if old::key(&to) != key {
                    self.moved.insert(key, (thing.url, to));
                }
            }
        }
    }

    fn page(&mut self, key: String, url: Url, body: &Body) {
        if self.pages.contains_key(&key) {
            return;
        }
        let (text, _) = charset::decode(&body.bytes, body.charset.as_deref());
        if !check_nesting(&text) {
            let reason = crate::error::ErrorKind::TooDeep { limit: 900 }.to_string();
            self.faults
                .insert(key, (url, RemarkKind::Unreadable { reason }));
            return;
        }
        let html = Html::parse_document(&text);
        let mut prints: Vec<u64> = look::parts(&html)
            .iter()
            .map(|(_, _, words)| print("part", words))
            .collect();
        let meta = |selector: &str| look::meta(&html, selector);
        if let Some(text) = meta("meta[name='description' i]") {
            prints.push(print("description", &text));
        }
        if let Some(heading) = look::first(&html, "h1").and_then(look::words) {
            prints.push(print("h1", &heading));
        }
        self.repeats.page(prints);
        let title = look::first(&html, "title")
            .and_then(look::words)
            .unwrap_or_default();
        if !title.is_empty() {
            self.titles.take(&title);
        }
        let canonical = look::canonical(&html, &url).filter(|canonical| old::key(canonical) != key);
        let brief = Brief {
            out: out(&html, &url),
            canonical,
            title,
            url,
        };
        self.pages.insert(key, brief);
    }

    /// Sorts out what is left when all is seen.
    pub(super) fn settle(&mut self) {
        let mut hosts: HashMap<String, usize> = HashMap::new();
        for brief in self.pages.values() {
            *hosts.entry(old::host(&brief.url)).or_default() += 1;
        }
        self.hosts = if self.named_hosts.is_empty() {
            hosts.into_keys().collect()
        } else {
            self.named_hosts.clone()
        };
        for (key, (url, remark)) in std::mem::take(&mut self.faults) {
            if !self.pages.contains_key(&key) {
                self.items.push(Item::new(url, "", "page").with(remark));
            }
        }
        // A page that names another as its own address is that other page, where it is here.
        let keys: Vec<String> = self.pages.keys().cloned().collect();
        for key in keys {
            let Some(canonical) = self
                .pages
                .get(&key)
                .and_then(|brief| brief.canonical.clone())
            else {
                continue;
            };
            let own = self.hosts.contains(&old::host(&canonical));
            let there = self.pages.get(&old::key(&canonical));
            let open = there.is_some_and(|there| there.canonical.is_none() && there.out.is_none());
            if let Some(brief) = self.pages.get_mut(&key) {
                if own && open {
                    let of = canonical.to_string();
                    self.moved.insert(key, (brief.url.clone(), canonical));
                    brief.out.get_or_insert(RemarkKind::Duplicate { of });
                } else if !own {
                    // The city's page of another site, or a copy made under another name.
                    brief.canonical = None;
                }
            }
        }
    }

    /// Where an address leads in the end, within the copy.
    pub(super) fn end_of(&self, url: &Url) -> Url {
        let mut at = url.clone();
        for _ in 0..10 {
            match self.moved.get(&old::key(&at)) {
                Some((_, to)) => at = to.clone(),
                None => break,
            }
        }
        at
    }
}

/// Why a page is left out by its own word or kind.
fn out(html: &Html, url: &Url) -> Option<RemarkKind> {
    let robots = look::meta(html, "meta[name='robots' i]").unwrap_or_default();
    if robots.to_ascii_lowercase().contains("noindex") {
        return Some(RemarkKind::NoIndex {});
    }
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let numbered = parts
        .windows(2)
        .any(|pair| pair[0] == "page" && pair[1].parse::<u16>().is_ok());
    let paged = url
        .query_pairs()
        .any(|(name, value)| matches!(&*name, "paged" | "page") && value.parse::<u32>().is_ok());
    let lists = ["category", "tag", "author", "kategori", "etikett"];
    let by_class = look::first(html, "body.archive, body.search-results").is_some();
    let archive = by_class || parts.len() > 1 && parts.iter().any(|part| lists.contains(part));
    if numbered || paged || archive {
        return Some(RemarkKind::ListPage {});
    }
    look::first(html, "input[type='password' i]").map(|_| RemarkKind::LogIn {})
}
