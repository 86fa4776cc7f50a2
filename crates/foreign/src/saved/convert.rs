//! The second reading: pages become pages.

use std::collections::{BTreeMap, HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html};
use torg_kernel::{Address, Locale, fold};
use torg_markup::{PageType, ParsedPage};
use url::Url;

use super::boilerplate::print;
use super::look;
use super::survey::Survey;
use super::{Body, Thing, What, charset};
use crate::html::{Piece, Simple, Simplifier, check_nesting};
use crate::language;
use crate::links::Links;
use crate::migration::{FileBytes, ForeignFile, Migration, Redirect};
use crate::old;
use crate::options::Options;
use crate::page::{self, Facts, Kind};
use crate::place::Places;
use crate::remark::{Remark, RemarkKind};
use crate::report::Item;

/// A page that is made, but for its address.
struct Made {
    /// Address that it goes by, and all that lead to it.
    url: Url,
    ways: Vec<Url>,
    page: ParsedPage,
    item: Item,
    pictures: Vec<Piece>,
    /// The same page in Swedish.
    swedish: Option<Url>,
}

pub(super) struct Conversion<'a> {
    survey: &'a Survey,
    options: &'a Options,
    seen: HashSet<String>,
    /// Pages by what they say.
    said: HashMap<u64, usize>,
    made: Vec<Made>,
    items: Vec<Item>,
}

/// What was found on one page.
struct Found {
    title: String,
    description: String,
    locale: Locale,
    simple: Simple,
    remarks: Vec<RemarkKind>,
    swedish: Option<Url>,
    short: Option<Url>,
}

impl<'a> Conversion<'a> {
    pub(super) fn new(survey: &'a Survey, options: &'a Options) -> Self {
        Self {
            survey,
            options,
            seen: HashSet::new(),
            said: HashMap::new(),
            made: Vec::new(),
            items: survey.items.clone(),
        }
    }

    pub(super) fn take(&mut self, thing: Thing) {
        let key = old::key(&thing.url);
        let (Some(brief), What::Page(body)) = (self.survey.pages.get(&key), thing.what) else {
            return;
        };
        if !self.seen.insert(key) {
            // The same address written in another way: it leads to the same page.
            if let Some(made) = self
                .made
                .iter_mut()
                .rev()
                .find(|made| old::key(&made.url) == old::key(&thing.url))
            {
                made.ways.push(thing.url);
            }
            return;
        }
        let mut item = Item::new(
            thing.url.clone(),
            &self.survey.titles.own(&brief.title),
            "page",
        );
        if let Some(out) = &brief.out {
            self.items.push(item.with(out.clone()));
            return;
        }
        let found = self.find(&thing.url, &body);
        item.title.clone_from(&found.title);
        let url = brief.canonical.clone().unwrap_or_else(|| thing.url.clone());
        let facts = Facts {
            path: url.to_string(),
            kind: Kind::Page,
            title: found.title,
            address: Address::from_words("/"),
            locale: found.locale,
            owner: self.options.owner.clone(),
            description: found.description,
            order: None,
            categories: Vec::new(),
            published: None,
            translates: None,
            picture: None,
        };
        let made = match page::make(&facts, &found.simple) {
            Ok(made) => made,
            Err(reason) => {
                self.items
                    .push(item.with(RemarkKind::Unreadable { reason }));
                return;
            }
        };
        let says = print(&facts.title, &found.simple.html);
        // Pages without any text are not the same page.
        let has_text = !made.page.blocks.is_empty();
        if let Some(at) = self.said.get(&says).copied().filter(|_| has_text) {
            let same = &mut self.made[at];
            same.ways.push(thing.url);
            let of = same.url.to_string();
            self.items.push(item.with(RemarkKind::Duplicate { of }));
            return;
        }
        self.said.insert(says, self.made.len());
        item.remarks
            .extend(found.remarks.into_iter().map(Remark::Own));
        item.remarks.extend(made.remarks);
        self.made.push(Made {
            ways: [thing.url, url.clone()]
                .into_iter()
                .chain(found.short)
                .collect(),
            url,
            page: made.page,
            item,
            pictures: made.pictures,
            swedish: found.swedish,
        });
    }

    /// Finds a page's own text, title, lead and language.
    fn find(&self, url: &Url, body: &Body) -> Found {
        let mut remarks = Vec::new();
        let (text, encoding) = charset::decode(&body.bytes, body.charset.as_deref());
        if let Some(encoding) = encoding {
            let encoding = encoding.to_owned();
            remarks.push(RemarkKind::Encoding { encoding });
        }
        let text = if check_nesting(&text) {
            text
        } else {
            String::new()
        };
        let html = Html::parse_document(&text);
        let marked = look::marked_main(&html);
        let mut dropped = self.repeated(&html, marked, &mut remarks);
        let main = marked.or_else(|| look::dense_main(&html, &dropped));
        if marked.is_none() {
            remarks.push(RemarkKind::MainGuessed {});
        }
        let (title, heading) = self.title(&html, main, url);
        dropped.extend(heading);
        let base = look::first(&html, "base[href]")
            .and_then(|base| url.join(base.value().attr("href")?).ok())
            .unwrap_or_else(|| url.clone());
        let whole = |href: &str| {
            base.join(href.trim())
                .map_or_else(|_| href.to_owned(), Into::into)
        };
        let skip =
            |element: ElementRef<'_>| dropped.contains(&element.id()) || look::is_around(element);
        let text = main.map(|main| look::text_of_main(main).unwrap_or(main));
        let mut simple = text
            .map(|main| Simplifier::new(&whole, &skip).inside(main))
            .unwrap_or_default();
        for piece in &mut simple.pieces {
            if let Piece::Picture { address, .. } = piece {
                let whole = old::full_size(address);
                if self.survey.others.contains(&print("other", &whole)) {
                    *address = whole;
                }
            }
        }
        let locale = self.locale(&html, body, &simple, &mut remarks);
        let description = [
            "meta[name='description' i]",
            "meta[property='og:description']",
        ]
        .iter()
        .find_map(|selector| look::meta(&html, selector))
        .filter(|text| {
            !self
                .survey
                .repeats
                .is_common(print("description", text), 30, 2)
        })
        .unwrap_or_default();
        let swedish = look::alternates(&html, url)
            .into_iter()
            .find(|(tag, _)| tag == "sv" || tag.starts_with("sv-"))
            .map(|(_, url)| url);
        Found {
            title,
            description,
            locale,
            simple,
            remarks,
            swedish,
            short: look::short_link(&html, url),
        }
    }

    /// Parts that stand on many pages. In a marked main part headings are spared and more pages are
    /// asked for: “Öppettider” may well stand on most of them.
    fn repeated(
        &self,
        html: &Html,
        marked: Option<ElementRef<'_>>,
        remarks: &mut Vec<RemarkKind>,
    ) -> HashSet<NodeId> {
        let mut dropped = HashSet::new();
        let (mut count, mut sample) = (0, String::new());
        for (id, heading, words) in look::parts(html) {
            let common = |percent, least| {
                self.survey
                    .repeats
                    .is_common(print("part", &words), percent, least)
            };
            let inside = marked.is_some_and(|main| {
                html.tree
                    .get(id)
                    .is_some_and(|node| node.ancestors().any(|above| above.id() == main.id()))
            });
            let drop = match (marked.is_some(), inside) {
                (true, true) => !heading && common(60, 5),
                (true, false) => true,
                (false, _) => common(30, 3),
            };
            if drop {
                dropped.insert(id);
                if marked.is_none() || inside {
                    count += 1;
                    if sample.is_empty() {
                        sample = words.chars().take(80).collect();
                    }
                }
            }
        }
        if count > 0 {
            remarks.push(RemarkKind::Repeated { count, sample });
        }
        dropped
    }

    /// The title, and the heading that says it.
    fn title(
        &self,
        html: &Html,
        main: Option<ElementRef<'_>>,
        url: &Url,
    ) -> (String, Option<NodeId>) {
        let repeats = &self.survey.repeats;
        let own = |heading: &ElementRef<'_>| {
            look::words(*heading)
                .is_some_and(|words| !repeats.is_common(print("h1", &words), 40, 3))
        };
        let in_main = main.and_then(|main| {
            main.descendent_elements()
                .filter(|element| element.value().name() == "h1")
                .find(own)
        });
        let heading = in_main.or_else(|| look::first(html, "h1").filter(own));
        if let Some(heading) = heading
            && let Some(words) = look::words(heading)
        {
            return (words, Some(heading.id()));
        }
        let told = look::first(html, "title")
            .and_then(look::words)
            .or_else(|| look::meta(html, "meta[property='og:title']"))
            .map(|title| self.survey.titles.own(&title))
            .filter(|title| !title.is_empty());
        let title = told.unwrap_or_else(|| {
            let words = old::words(url);
            words
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace(['-', '_'], " ")
        });
        // The same words as a heading of the text would stand there twice.
        let twice = main.and_then(|main| {
            main.descendent_elements()
                .filter(|element| matches!(element.value().name(), "h1" | "h2"))
                .find(|element| {
                    look::words(*element).is_some_and(|words| fold(&words) == fold(&title))
                })
        });
        let title = if title.is_empty() {
            url.to_string()
        } else {
            title
        };
        (title, twice.map(|element| element.id()))
    }

    fn locale(
        &self,
        html: &Html,
        body: &Body,
        simple: &Simple,
        remarks: &mut Vec<RemarkKind>,
    ) -> Locale {
        let said = html
            .root_element()
            .value()
            .attr("lang")
            .map(str::to_owned)
            .or_else(|| look::meta(html, "meta[http-equiv='content-language' i]"))
            .or_else(|| body.language.clone());
        if let Some(locale) = said.as_deref().and_then(language::locale) {
            return locale;
        }
        let plain = Html::parse_fragment(&simple.html);
        let words: String = plain.root_element().text().collect();
        if let Some(locale) = language::guess(&words) {
            let lang = locale.to_string();
            remarks.push(RemarkKind::LanguageGuessed { lang });
            return locale;
        }
        self.options.locale_or_swedish()
    }

    pub(super) fn finish(mut self, cut: Option<u64>) -> Migration {
        let mut made = std::mem::take(&mut self.made);
        made.sort_by_key(|made| {
            let key = old::key(&made.url);
            (key.matches('/').count(), key)
        });
        let mut out = Migration {
            whole: cut.is_none(),
            ..Migration::default()
        };
        let links = self.place(&mut made);
        translate(&mut made, &links);
        self.lead_on(&made, &links, &mut out);
        let mut files: BTreeMap<String, ForeignFile> = BTreeMap::new();
        for one in &mut made {
            for (file, words) in links.settle(&mut one.page) {
                let from = one.item.from.clone();
                self.file(&mut files, &file, &from).title = words;
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
        out
    }

    /// Gives pages their addresses and makes links lead there.
    fn place(&self, made: &mut [Made]) -> Links {
        let mut places = Places::new(self.options);
        let mut links = Links {
            hosts: self.survey.hosts.clone(),
            ..Links::default()
        };
        for (number, one) in made.iter_mut().enumerate() {
            let locale = one.page.front.locale.unwrap_or(Locale::SV);
            let mut said = Vec::new();
            let spare = format!("sida-{}", number + 1);
            let address = places.claim(&old::words(&one.url), &spare, locale, &mut said);
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
        links
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
