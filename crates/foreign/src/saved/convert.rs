//! The second reading: pages become pages.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html};
use torg_kernel::{Address, Locale, fold};
use torg_markup::ParsedPage;
use url::Url;

use super::boilerplate::print;
use super::look;
use super::survey::Survey;
use super::{Body, Thing, What, charset};
use crate::html::{Piece, Simple, Simplifier, check_nesting};
use crate::language;
use crate::old;
use crate::options::Options;
use crate::page::{self, Facts, Kind};
use crate::remark::{Remark, RemarkKind};
use crate::report::Item;

/// A page that is made, but for its address.
pub(super) struct Made {
    /// Address that it goes by, and all that lead to it.
    pub(super) url: Url,
    pub(super) ways: Vec<Url>,
    pub(super) page: ParsedPage,
    pub(super) item: Item,
    pub(super) pictures: Vec<Piece>,
    /// The same page in Swedish.
    pub(super) swedish: Option<Url>,
}

pub(super) struct Conversion<'a> {
    pub(super) survey: &'a Survey,
    pub(super) options: &'a Options,
    pub(super) seen: HashSet<String>,
    /// Pages by what they say.
    pub(super) said: HashMap<u64, usize>,
    pub(super) made: Vec<Made>,
    pub(super) items: Vec<Item>,
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
}
