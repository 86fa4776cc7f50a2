//! What an export holds and where each page of it goes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use torg_kernel::{Address, Locale};
use url::Url;

use super::entry::{Entry, Head};
use super::media::Medium;
use crate::error::ErrorKind;
use crate::language;
use crate::links::Links;
use crate::migration::Redirect;
use crate::old;
use crate::options::Options;
use crate::place::Places;
use crate::remark::RemarkKind;

/// Pages above a page that are followed; a circle of parents ends here.
const DEEPEST: usize = 12;

/// The most text of reusable blocks that is kept, in bytes.
const REUSABLE: usize = 16 * 1024 * 1024;

/// Types that are WordPress' own looks and settings.
const SETTINGS: &[&str] = &[
    "nav_menu_item",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "revision",
    "wp_font_family",
    "wp_font_face",
    "wp_block",
];

/// What an item is to the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Page,
    Post,
    Attachment,
    Settings,
    Unknown,
}

pub(crate) fn sort(kind: &str, options: &Options) -> Sort {
    match kind {
        "page" => Sort::Page,
        "post" => Sort::Post,
        "attachment" => Sort::Attachment,
        kind if SETTINGS.contains(&kind) => Sort::Settings,
        kind if options.types.iter().any(|known| known == kind) => Sort::Post,
        _ => Sort::Unknown,
    }
}

/// One item without its texts.
#[derive(Debug)]
pub(crate) struct Brief {
    sort: Sort,
    id: u64,
    title: String,
    link: String,
    guid: String,
    kind: String,
    slug: String,
    parent: u64,
    /// Its own language.
    language: Option<Locale>,
    /// Whether it becomes a page.
    public: bool,
}

/// Everything in an export, without its texts.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) entries: Vec<Brief>,
    media: HashMap<u64, Medium>,
    /// Pictures by the page that they were uploaded for.
    own: HashMap<u64, Vec<u64>>,
    reusable: HashMap<u64, String>,
    reusable_size: usize,
    settings: BTreeMap<String, usize>,
}

impl Survey {
    pub(crate) fn take(&mut self, entry: Entry, options: &Options) {
        let sort = sort(&entry.kind, options);
        let public =
            matches!(sort, Sort::Page | Sort::Post) && entry.status == "publish" && !entry.password;
        match sort {
            Sort::Settings => {
                *self.settings.entry(entry.kind.clone()).or_default() += 1;
                let published = entry.status == "publish" && entry.kind == "wp_block";
                if published && self.reusable_size + entry.content.len() < REUSABLE {
                    self.reusable_size += entry.content.len();
                    self.reusable.insert(entry.id, entry.content);
                }
            }
            Sort::Attachment => {
                self.own.entry(entry.parent).or_default().push(entry.id);
                let medium = Medium {
                    file: entry.file,
                    alt: entry.alt,
                    caption: super::content::words(&entry.excerpt),
                    title: entry.title.clone(),
                };
                self.media.insert(entry.id, medium);
            }
            _ => {}
        }
        self.entries.push(Brief {
            sort,
            id: entry.id,
            title: entry.title,
            link: entry.link,
            guid: entry.guid,
            kind: entry.kind,
            slug: entry.slug,
            parent: entry.parent,
            language: entry.language,
            public,
        });
    }
}

/// Where everything goes.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) locale: Option<Locale>,
    /// New addresses of the items that become pages, by their place in the file.
    pub(crate) addresses: Vec<Option<Address>>,
    /// What there is to say of these.
    pub(crate) remarks: Vec<Vec<RemarkKind>>,
    pub(crate) media: HashMap<u64, Medium>,
    pub(crate) own: HashMap<u64, Vec<u64>>,
    pub(crate) reusable: HashMap<u64, String>,
    pub(crate) settings: BTreeMap<String, usize>,
    pub(crate) links: Links,
    pub(crate) redirects: Vec<Redirect>,
    /// Addresses and titles of the lists of posts that have to be made.
    pub(crate) sections: Vec<(Address, String)>,
    pub(crate) site: Option<Url>,
}

/// Decides where everything goes: pages by their tree, posts below the list of posts.
///
/// # Errors
/// When an item can have no address.
pub(crate) fn plan(survey: Survey, head: &Head, options: &Options) -> Result<Plan, ErrorKind> {
    let site = [&head.blog, &head.site]
        .into_iter()
        .find_map(|text| old::parse(text));
    let locale = options
        .locale
        .or_else(|| language::locale(&head.language))
        .unwrap_or(Locale::SV);
    let mut links = Links::default();
    links.hosts.extend(site.iter().map(old::host));
    links
        .hosts
        .extend(options.hosts.iter().map(|host| old::host_of(host)));
    let mut plan = Plan {
        locale: Some(locale),
        addresses: vec![None; survey.entries.len()],
        remarks: vec![Vec::new(); survey.entries.len()],
        links,
        site,
        ..Plan::default()
    };
    let mut places = Places::new(options);
    let by_id: HashMap<u64, usize> = survey
        .entries
        .iter()
        .enumerate()
        .filter(|(_, brief)| brief.sort == Sort::Page)
        .map(|(at, brief)| (brief.id, at))
        .collect();
    let taken = |wanted: Sort| {
        let entries = survey.entries.iter().enumerate();
        entries.filter(move |(_, brief)| brief.public && brief.sort == wanted)
    };
    for (at, brief) in taken(Sort::Page) {
        let words = plan.page_words(&survey.entries, &by_id, brief);
        let spare = format!("sida-{}", brief.id);
        plan.addresses[at] = Some(places.claim(
            &words,
            &spare,
            brief.language.unwrap_or(locale),
            &mut plan.remarks[at],
        )?);
    }
    let kinds: BTreeSet<&str> = taken(Sort::Post)
        .map(|(_, brief)| brief.kind.as_str())
        .collect();
    for kind in kinds {
        let post = kind == "post";
        let words = if post { &options.posts } else { kind };
        let mut said = Vec::new();
        let section = places.claim(words, kind, locale, &mut said)?;
        // A page that lies where the list would lie is the list's page.
        let taken = |remark: &RemarkKind| matches!(remark, RemarkKind::AddressTaken { .. });
        if !said.iter().any(taken) {
            let title = if post { &options.posts_title } else { kind };
            plan.sections.push((section, title.to_owned()));
        }
    }
    for (at, brief) in taken(Sort::Post) {
        let list = if brief.kind == "post" {
            &options.posts
        } else {
            &brief.kind
        };
        let words = format!("{list}/{}", part(brief));
        let spare = format!("post-{}", brief.id);
        let locale = brief.language.unwrap_or(locale);
        plan.addresses[at] = Some(places.claim(&words, &spare, locale, &mut plan.remarks[at])?);
    }
    plan.lead_on(&survey.entries, &by_id);
    plan.media = survey.media;
    plan.own = survey.own;
    plan.reusable = survey.reusable;
    plan.settings = survey.settings;
    Ok(plan)
}

/// The part of an address that an item gives: its slug, else its title.
fn part(brief: &Brief) -> String {
    let slug = percent_encoding::percent_decode_str(&brief.slug).decode_utf8_lossy();
    let part = torg_kernel::slugify(&slug);
    if part.is_empty() && !brief.slug.is_empty() {
        // A slug in a script of its own: an empty part tells the giver of addresses to use the number.
        return "\u{2026}".to_owned();
    }
    if part.is_empty() {
        let part = torg_kernel::slugify(&brief.title);
        return if part.is_empty() {
            "\u{2026}".to_owned()
        } else {
            part
        };
    }
    part
}

impl Plan {
    fn page_words(&self, entries: &[Brief], by_id: &HashMap<u64, usize>, brief: &Brief) -> String {
        let front = old::parse(&brief.link).zip(self.site.as_ref());
        if front.is_some_and(|(link, site)| old::key(&link) == old::key(site)) {
            return String::new();
        }
        let mut parts = vec![part(brief)];
        let mut seen = HashSet::from([brief.id]);
        let mut above = brief.parent;
        while let Some(at) = by_id.get(&above) {
            let parent = &entries[*at];
            if parts.len() >= DEEPEST || !seen.insert(parent.id) {
                break;
            }
            parts.push(part(parent));
            above = parent.parent;
        }
        parts.reverse();
        parts.join("/")
    }

    /// The ways in which WordPress knows an item.
    fn ways(&self, brief: &Brief) -> Vec<Url> {
        let mut ways: Vec<Url> = [&brief.link, &brief.guid]
            .into_iter()
            .filter_map(|text| old::parse(text))
            .filter(|url| self.links.hosts.contains(&old::host(url)))
            .collect();
        if let Some(site) = self.site.as_ref().filter(|_| brief.id > 0) {
            for query in ["p", "page_id"] {
                let mut way = site.clone();
                way.set_query(Some(&format!("{query}={}", brief.id)));
                if !way.path().ends_with('/') {
                    way.set_path(&format!("{}/", site.path()));
                }
                ways.push(way);
            }
        }
        ways
    }

    /// Makes old addresses lead to new ones.
    fn lead_on(&mut self, entries: &[Brief], by_id: &HashMap<u64, usize>) {
        for (at, brief) in entries.iter().enumerate() {
            let to = match brief.sort {
                // The page of an attachment leads to the page that it was uploaded for.
                Sort::Attachment => by_id
                    .get(&brief.parent)
                    .and_then(|at| self.addresses[*at].clone()),
                _ => self.addresses[at].clone(),
            };
            let Some(to) = to else { continue };
            for way in self.ways(brief) {
                let site = self.site.as_ref().map(old::key);
                let key = old::key(&way);
                let from = old::path_and_query(&way);
                if Some(&key) == site.as_ref() || self.links.pages.contains_key(&key) {
                    self.links.pages.entry(key).or_insert(to.clone());
                    continue;
                }
                self.links.pages.insert(key, to.clone());
                self.redirects.push(Redirect {
                    from,
                    to: to.clone(),
                });
            }
        }
    }
}
