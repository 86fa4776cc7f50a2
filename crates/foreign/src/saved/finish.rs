//! When all pages are made: their addresses, their links, and where old addresses lead.

use std::collections::{BTreeMap, HashSet};

use torg_kernel::{Address, Locale};
use torg_markup::PageType;

use super::boilerplate::print;
use super::convert::{Conversion, Made};
use crate::error::ErrorKind;
use crate::html::Piece;
use crate::links::Links;
use crate::migration::{FileBytes, ForeignFile, Migration, Redirect};
use crate::old;
use crate::place::Places;
use crate::remark::{Remark, RemarkKind};
use crate::report::Item;

impl Conversion<'_> {
    pub(super) fn finish(mut self, cut: Option<u64>) -> Result<Migration, ErrorKind> {
        let mut made = std::mem::take(&mut self.made);
        made.sort_by_key(|made| {
            let key = old::key(&made.url);
            (key.matches('/').count(), key)
        });
        let mut out = Migration {
            whole: cut.is_none(),
            hosts: self.survey.hosts.clone(),
            ..Migration::default()
        };
        let links = self.place(&mut made)?;
        translate(&mut made, &links);
        self.lead_on(&made, &links, &mut out);
        let mut files: BTreeMap<String, ForeignFile> = BTreeMap::new();
        for one in &mut made {
            for (file, words) in links.settle(&mut one.page) {
                let from = one.item.from.clone();
                let known = self.file(&mut files, &file, &from);
                known.title = words;
                known.linked = true;
                one.item
                    .remarks
                    .push(RemarkKind::FileElsewhere { address: file }.into());
            }
            for piece in &one.pictures {
                if let Piece::Picture {
                    address,
                    alt,
                    caption,
                } = piece
                {
                    let from = one.item.from.clone();
                    let file = self.file(&mut files, address, &from);
                    file.picture = true;
                    file.caption.clone_from(caption);
                    if file.alt.is_none() {
                        file.alt.clone_from(alt);
                    }
                }
            }
        }
        out.files = files.into_values().collect();
        for one in made {
            out.pages.push(one.page);
            out.report.items.push(one.item);
        }
        out.report.items.append(&mut self.items);
        for (kind, count) in &self.survey.kinds {
            let remark = RemarkKind::NotPages {
                kind: kind.clone(),
                count: *count,
            };
            out.report
                .items
                .push(Item::new("", "", "file").with(remark));
        }
        if let Some(offset) = cut {
            let item = Item::new("", "", "archive").with(RemarkKind::CutShort { offset });
            out.report.items.insert(0, item);
        }
        Ok(out)
    }

    /// Gives pages their addresses and makes links lead there.
    fn place(&self, made: &mut [Made]) -> Result<Links, ErrorKind> {
        let mut places = Places::new(self.options);
        let mut links = Links {
            hosts: self.survey.hosts.clone(),
            ..Links::default()
        };
        for (number, one) in made.iter_mut().enumerate() {
            let locale = one.page.front.locale.unwrap_or(Locale::SV);
            let mut said = Vec::new();
            let spare = format!("sida-{}", number + 1);
            let address = places.claim(&old::words(&one.url), &spare, locale, &mut said)?;
            let start = address == Address::start(locale);
            one.page.front.page_type = start.then_some(PageType::Start);
            one.page.front.address = Some(address.clone());
            one.item.to = Some(address.clone());
            one.item.remarks.extend(said.into_iter().map(Remark::Own));
            for way in &one.ways {
                links.pages.insert(old::key(way), address.clone());
            }
        }
        for (key, (_, to)) in &self.survey.moved {
            let end = old::key(&self.survey.end_of(to));
            if let Some(address) = links.pages.get(&end).cloned() {
                links.pages.entry(key.clone()).or_insert(address);
            }
        }
        Ok(links)
    }

    /// Old addresses, and what is said of those that lead nowhere.
    fn lead_on(&mut self, made: &[Made], links: &Links, out: &mut Migration) {
        for one in made {
            let Some(to) = &one.item.to else { continue };
            for way in one
                .ways
                .iter()
                .filter(|way| links.hosts.contains(&old::host(way)))
            {
                let from = old::path_and_query(way);
                // What was saved as a file may have been asked for by a shorter name.
                let short = from
                    .strip_suffix("index.html")
                    .or_else(|| from.strip_suffix(".html"))
                    .filter(|short| !short.is_empty())
                    .map(str::to_owned);
                out.redirects
                    .extend(
                        [Some(from), short]
                            .into_iter()
                            .flatten()
                            .map(|from| Redirect {
                                from,
                                to: to.clone(),
                            }),
                    );
            }
        }
        for (key, (from, to)) in &self.survey.moved {
            match links.pages.get(key) {
                Some(address) if links.hosts.contains(&old::host(from)) => {
                    out.redirects.push(Redirect {
                        from: old::path_and_query(from),
                        to: address.clone(),
                    });
                }
                Some(_) => {}
                None => {
                    let to = to.to_string();
                    let item = Item::new(from.clone(), "", "redirect");
                    self.items
                        .push(item.with(RemarkKind::RedirectBroken { to }));
                }
            }
        }
        out.redirects
            .retain(|redirect| redirect.from != redirect.to.as_str());
        out.redirects.sort();
        out.redirects.dedup_by(|a, b| a.from == b.from);
    }

    fn file<'f>(
        &self,
        files: &'f mut BTreeMap<String, ForeignFile>,
        address: &str,
        page: &str,
    ) -> &'f mut ForeignFile {
        let there = self.survey.others.contains(&print("other", address));
        let file = files
            .entry(address.to_owned())
            .or_insert_with(|| ForeignFile {
                address: address.to_owned(),
                alt: None,
                caption: String::new(),
                title: String::new(),
                picture: false,
                linked: false,
                bytes: if there {
                    FileBytes::InCopy
                } else {
                    FileBytes::Elsewhere
                },
                pages: Vec::new(),
            });
        file.pages.push(page.to_owned());
        file.pages.dedup();
        file
    }
}

/// Ties translations to their Swedish pages, one for each language of a page.
fn translate(made: &mut [Made], links: &Links) {
    let swedish: HashSet<Address> = made
        .iter()
        .filter(|one| one.page.front.locale == Some(Locale::SV))
        .filter_map(|one| one.item.to.clone())
        .collect();
    let mut taken: HashSet<(Address, Locale)> = HashSet::new();
    for one in made {
        let Some(locale) = one.page.front.locale.filter(|locale| *locale != Locale::SV) else {
            continue;
        };
        let of = one
            .swedish
            .as_ref()
            .and_then(|url| links.pages.get(&old::key(url)));
        one.page.front.translates = of
            .filter(|of| swedish.contains(*of) && taken.insert(((*of).clone(), locale)))
            .cloned();
    }
}
