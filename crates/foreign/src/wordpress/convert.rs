//! The second reading: texts become pages.

use std::collections::{BTreeMap, HashMap};

use torg_kernel::{Address, Locale};

use super::content::{self, Shared};
use super::entry::{Entry, Head};
use super::tree::{Plan, Sort, sort};
use crate::html::{Piece, Simple};
use crate::links::is_file;
use crate::migration::{FileBytes, ForeignFile, Migration};
use crate::old;
use crate::options::Options;
use crate::page::{self, Facts, Kind};
use crate::remark::{Remark, RemarkKind};
use crate::report::Item;

pub(crate) struct Conversion<'a> {
    plan: &'a Plan,
    head: &'a Head,
    options: &'a Options,
    locale: Locale,
    at: usize,
    out: Migration,
    files: BTreeMap<String, ForeignFile>,
    /// Attachments by the address of their file.
    by_file: HashMap<&'a str, u64>,
}

impl<'a> Conversion<'a> {
    pub(crate) fn new(plan: &'a Plan, head: &'a Head, options: &'a Options) -> Self {
        let media = plan.media.iter();
        Self {
            plan,
            head,
            options,
            locale: plan.locale.unwrap_or(Locale::SV),
            at: 0,
            out: Migration {
                redirects: plan.redirects.clone(),
                hosts: plan.links.hosts.clone(),
                whole: true,
                ..Migration::default()
            },
            files: BTreeMap::new(),
            by_file: media
                .map(|(id, medium)| (medium.file.as_str(), *id))
                .collect(),
        }
    }

    pub(crate) fn take(&mut self, entry: Entry) {
        let at = self.at;
        self.at += 1;
        let mut item = Item::new(entry.from(), &entry.title, &entry.kind);
        match sort(&entry.kind, self.options) {
            Sort::Settings => return,
            Sort::Attachment => {
                if entry.file.is_empty() {
                    return;
                }
                let address = entry.file.clone();
                self.file(&address, None);
                item = item.with(RemarkKind::FileElsewhere { address });
            }
            Sort::Unknown => {
                let name = entry.kind.clone();
                item = item.with(RemarkKind::UnknownType { name });
            }
            Sort::Page | Sort::Post => {
                if entry.status != "publish" {
                    let status = entry.status.clone();
                    item = item.with(RemarkKind::NotPublished { status });
                } else if entry.password {
                    item = item.with(RemarkKind::Protected {});
                } else if let Some(address) = self.plan.addresses.get(at).cloned().flatten() {
                    self.page(at, &entry, address, &mut item);
                }
            }
        }
        self.out.report.items.push(item);
    }

    fn page(&mut self, at: usize, entry: &Entry, address: Address, item: &mut Item) {
        let mut said: Vec<RemarkKind> = self.plan.remarks[at].clone();
        let base = old::parse(&entry.link).or_else(|| self.plan.site.clone());
        let whole = |href: &str| match &base {
            Some(base) => base
                .join(href.trim())
                .map_or_else(|_| href.to_owned(), Into::into),
            None => href.to_owned(),
        };
        let shared = Shared {
            media: &self.plan.media,
            reusable: &self.plan.reusable,
        };
        let own = self
            .plan
            .own
            .get(&entry.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let simple = content::simple(&entry.content, &shared, own, &whole, &mut said);
        let Ok(mut simple) = simple else {
            let reason = crate::error::ErrorKind::TooDeep { limit: 900 }.to_string();
            item.remarks.push(RemarkKind::Unreadable { reason }.into());
            return;
        };
        self.describe_pictures(&mut simple);
        let facts = self.facts(entry, &address);
        let made = match page::make(&facts, &simple) {
            Ok(made) => made,
            Err(reason) => {
                item.remarks.push(RemarkKind::Unreadable { reason }.into());
                return;
            }
        };
        let mut page = made.page;
        let words = content::words(&simple.html);
        if let Some(read) = crate::language::guess(&words).filter(|read| *read != facts.locale) {
            let lang = read.to_string();
            said.push(RemarkKind::LanguageDiffers { lang });
        }
        for (file, words) in self.plan.links.settle(&mut page) {
            self.file(&file, Some(&facts.path));
            if let Some(known) = self.files.get_mut(&file) {
                known.linked = true;
                if known.title.is_empty() {
                    known.title = words;
                }
            }
            said.push(RemarkKind::FileElsewhere { address: file });
        }
        for piece in &made.pictures {
            self.picture(piece, &facts.path);
        }
        if let Some(picture) = &facts.picture {
            self.file(picture, Some(&facts.path));
            let leads = &mut self.out.lead_pictures;
            leads.insert(facts.path.clone(), picture.clone());
            said.push(RemarkKind::PictureElsewhere {
                address: picture.clone(),
            });
        }
        if entry.comments > 0 {
            said.push(RemarkKind::Comments {
                count: entry.comments,
            });
        }
        if entry.sticky {
            said.push(RemarkKind::Sticky {});
        }
        said.extend(
            entry
                .entities
                .iter()
                .map(|name| RemarkKind::Entity { name: name.clone() }),
        );
        item.to = Some(address);
        let mut known: Vec<RemarkKind> = Vec::with_capacity(said.len());
        for remark in said {
            if !known.contains(&remark) {
                known.push(remark);
            }
        }
        item.remarks.extend(known.into_iter().map(Remark::Own));
        item.remarks.extend(made.remarks);
        self.out.pages.push(page);
    }

    fn facts(&self, entry: &Entry, address: &Address) -> Facts {
        let thumbnail = entry.thumbnail.and_then(|id| self.plan.media.get(&id));
        let mut categories = Vec::new();
        for category in &entry.categories {
            let known = categories.iter().any(|known: &String| known == category);
            // What WordPress calls a post that nobody put anywhere says nothing.
            let nothing = matches!(category.as_str(), "Uncategorized" | "Okategoriserade" | "");
            if !known && !nothing {
                categories.push(category.replace(',', " "));
            }
        }
        Facts {
            path: entry.from(),
            kind: if entry.kind == "page" {
                Kind::Page
            } else {
                Kind::Post
            },
            title: if entry.title.is_empty() {
                format!("#{}", entry.id)
            } else {
                content::words(&entry.title)
            },
            address: address.clone(),
            locale: entry.language.unwrap_or(self.locale),
            owner: self.options.owner.clone(),
            description: content::words(&entry.excerpt),
            order: (entry.kind == "page").then_some(entry.order),
            categories,
            published: published(&entry.date),
            translates: None,
            picture: thumbnail.map(|medium| medium.file.clone()),
        }
    }

    /// Gives pictures the address of their whole size, and those without words the words that their
    /// attachment has.
    fn describe_pictures(&self, simple: &mut Simple) {
        for piece in &mut simple.pieces {
            if let Piece::Picture { address, alt, .. } = piece
                && let Some(medium) = self.medium(address)
            {
                address.clone_from(&medium.file);
                if alt.as_ref().is_none_or(String::is_empty) && medium.alt.is_some() {
                    alt.clone_from(&medium.alt);
                }
            }
        }
    }

    /// The attachment of a picture, also of one of its smaller sizes (`bro-300x200.jpg`).
    fn medium(&self, address: &str) -> Option<&super::media::Medium> {
        let whole = old::full_size(address);
        let id = self
            .by_file
            .get(address)
            .or_else(|| self.by_file.get(whole.as_str()))?;
        self.plan.media.get(id)
    }

    fn picture(&mut self, piece: &Piece, page: &str) {
        if let Piece::Picture {
            address,
            alt,
            caption,
        } = piece
        {
            self.file(address, Some(page));
            if let Some(file) = self.files.get_mut(address) {
                file.picture = true;
                if file.alt.is_none() {
                    file.alt.clone_from(alt);
                }
                if file.caption.is_empty() {
                    file.caption.clone_from(caption);
                }
            }
        }
    }

    fn file(&mut self, address: &str, page: Option<&str>) {
        let medium = self
            .by_file
            .get(address)
            .and_then(|id| self.plan.media.get(id));
        let file = self.files.entry(address.to_owned()).or_insert_with(|| {
            let medium = medium.cloned().unwrap_or_default();
            ForeignFile {
                address: address.to_owned(),
                alt: medium.alt,
                caption: medium.caption,
                title: medium.title,
                picture: is_picture(address),
                linked: false,
                bytes: FileBytes::Elsewhere,
                pages: Vec::new(),
            }
        });
        file.pages.extend(page.map(str::to_owned));
        file.pages.dedup();
    }

    pub(crate) fn finish(mut self) -> Migration {
        let plan = self.plan;
        for (address, title) in &plan.sections {
            self.section(address, title);
        }
        let site = self.plan.site.as_ref().map_or("", |site| site.as_str());
        let mut item = Item::new(site, "", "site");
        let mut tell = |remark: RemarkKind| item.remarks.push(remark.into());
        let (head, report) = (self.head, &mut self.out.report);
        if !matches!(head.version.as_str(), "1.0" | "1.1" | "1.2") {
            let version = head.version.clone();
            tell(RemarkKind::Version { version });
        }
        if head.authors > 0 {
            tell(RemarkKind::Authors {
                count: head.authors,
            });
        }
        if head.document_type {
            tell(RemarkKind::DocumentType {});
        }
        for name in &head.entities {
            tell(RemarkKind::Entity { name: name.clone() });
        }
        if head.bad > 0 {
            tell(RemarkKind::BadCharacters { count: head.bad });
        }
        if !item.remarks.is_empty() {
            report.items.insert(0, item);
        }
        for (name, count) in &self.plan.settings {
            let remark = RemarkKind::Settings {
                name: name.clone(),
                count: *count,
            };
            report.items.push(Item::new("", "", name).with(remark));
        }
        self.out.redirects.sort();
        self.out.redirects.dedup();
        self.out.files = self.files.into_values().collect();
        self.out
    }

    /// A page that lists posts.
    fn section(&mut self, address: &Address, title: &str) {
        let facts = Facts {
            path: format!("{address}/"),
            kind: Kind::Section,
            title: title.to_owned(),
            address: address.clone(),
            locale: self.locale,
            owner: self.options.owner.clone(),
            description: String::new(),
            order: None,
            categories: Vec::new(),
            published: None,
            translates: None,
            picture: None,
        };
        if let Ok(made) = page::make(&facts, &Simple::default()) {
            let mut item = Item::new(&facts.path, &facts.title, "section");
            item.to = Some(address.clone());
            self.out.report.items.push(item);
            self.out.pages.push(made.page);
        }
    }
}

fn published(date: &str) -> Option<jiff::Timestamp> {
    let date: jiff::civil::DateTime = date.replace(' ', "T").parse().ok()?;
    let zoned = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}

fn is_picture(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    is_file(&lower)
        && [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"]
            .iter()
            .any(|ending| lower.ends_with(ending))
}
