//! What is known around a text: looked up for one text in a few questions, or for all of them at
//! once.

use std::collections::{HashMap, HashSet};

use torg_db::ConnectionTrait;
use torg_files::{Picture, PictureVariant};
use torg_kernel::{Address, AddressError, LinkTarget, Locale, PageId, PictureId, Result, Variant};
use torg_quality::{Around, PictureFacts, Report, Rule, Settings, Text, Weight, check};

use super::links;
use super::store::{self, Same};
use crate::model::{Content, PageKind};

/// Width up to which a reader's browser usually fetches a picture, in pixels.
const USUAL_WIDTH: u32 = 1_280;

/// What is known around one text.
#[derive(Debug, Default)]
pub(crate) struct Known {
    gone_pages: HashSet<PageId>,
    gone_paths: HashSet<String>,
    dead: HashMap<String, String>,
    pictures: HashMap<PictureId, PictureFacts>,
    same_title: Option<String>,
    same_description: Option<String>,
}

/// The part of a path that says which page it is; a list's feed is the list.
fn place(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_suffix(".atom").unwrap_or(path);
    if path.len() > 1 {
        path.trim_end_matches('/')
    } else {
        path
    }
}

/// The page's own address and those above it: a list answers for addresses below its own.
fn and_above(address: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(address), |address| {
        let at = address.rfind('/')?;
        (at > 0).then(|| &address[..at])
    })
}

/// Whether a path can be a page's at all; what is the program's own always leads somewhere.
fn may_be_page(path: &str) -> bool {
    !path.is_empty() && !matches!(Address::parse(path), Err(AddressError::Reserved(_)))
}

/// Paths of links that have to be looked up.
fn paths(content: &Content) -> Vec<String> {
    let mut paths: Vec<String> = content
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Path { path } => Some(place(path)),
            _ => None,
        })
        .filter(|path| may_be_page(path))
        .map(str::to_owned)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn pages(content: &Content) -> Vec<PageId> {
    let mut pages: Vec<PageId> = content
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Page { id, .. } if *id != content.page => Some(*id),
            _ => None,
        })
        .collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

fn pictures(content: &Content) -> Vec<PictureId> {
    let mut pictures = content.document.pictures();
    pictures.extend(content.details.picture);
    pictures.sort_unstable();
    pictures.dedup();
    pictures
}

fn facts(locale: Locale, picture: &Picture, variants: &[PictureVariant]) -> PictureFacts {
    let alt = picture
        .data
        .alt
        .own(locale)
        .filter(|words| !words.trim().is_empty());
    let usual = variants
        .iter()
        .filter(|own| own.width <= USUAL_WIDTH)
        .max_by_key(|own| (own.width, std::cmp::Reverse(own.bytes)))
        .or_else(|| variants.iter().min_by_key(|own| own.width));
    PictureFacts {
        alt: alt.map(str::to_owned),
        alt_elsewhere: picture
            .data
            .alt
            .0
            .values()
            .any(|words| !words.trim().is_empty()),
        decorative: picture.data.decorative,
        bytes: usual.map_or(0, |own| own.bytes),
    }
}

async fn pictures_of<C: ConnectionTrait>(
    on: &C,
    content: &Content,
) -> Result<HashMap<PictureId, PictureFacts>> {
    let ids = pictures(content);
    let mut found = HashMap::new();
    for chunk in ids.chunks(200) {
        for (picture, variants) in torg_files::list_pictures_by_id(on, chunk).await? {
            found.insert(picture.id, facts(content.locale, &picture, &variants));
        }
    }
    Ok(found)
}

impl Known {
    /// Looks up what one text needs for the rules that weigh at least `least`: a gate need not ask
    /// for what stops nobody.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of<C: ConnectionTrait>(
        on: &C,
        content: &Content,
        settings: &Settings,
        least: Weight,
    ) -> Result<Self> {
        let wanted = |rule: Rule| settings.weight(rule) <= least;
        let mut known = Self::default();
        if wanted(Rule::LinkBroken) {
            known.look_up_links(on, content).await?;
        }
        if wanted(Rule::LinkDead) {
            let urls = links::outside(&content.document);
            known.dead = links::store::list_dead(on, &urls).await?;
        }
        known.pictures = pictures_of(on, content).await?;
        let own = (content.page, content.locale, content.variant);
        if wanted(Rule::TitleSame) && !content.kind.is_dated() {
            known.same_title = store::find_same(on, Same::Title, own, &content.title).await?;
        }
        if wanted(Rule::DescriptionSame) && !content.kind.is_dated() {
            let words = &content.description;
            known.same_description = store::find_same(on, Same::Description, own, words).await?;
        }
        Ok(known)
    }

    async fn look_up_links<C: ConnectionTrait>(&mut self, on: &C, content: &Content) -> Result<()> {
        let pages = pages(content);
        let ids: Vec<_> = pages.iter().map(|page| page.0).collect();
        let there = store::public_pages(on, &ids).await?;
        self.gone_pages = pages
            .into_iter()
            .filter(|page| !there.contains(&page.0))
            .collect();
        let paths = paths(content);
        let mut asked: Vec<String> = paths
            .iter()
            .flat_map(|path| and_above(path))
            .map(str::to_owned)
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let there = store::public_addresses(on, &asked).await?;
        let own = content.address.as_str();
        let leads = |path: &str| path == own || there.iter().any(|address| address == path);
        for path in paths.into_iter().filter(|path| !leads(path)) {
            // Only a list answers for what lies below it, and which addresses it knows it knows
            // best itself.
            let below = and_above(&path).skip(1).find(|above| leads(above));
            let listed = match below {
                Some(above) => crate::store::find_by_address(on, above)
                    .await?
                    .is_some_and(|above| above.kind.lists()),
                None => false,
            };
            if !listed {
                self.gone_paths.insert(path);
            }
        }
        Ok(())
    }

    fn leads_nowhere(&self, target: &LinkTarget) -> bool {
        match target {
            LinkTarget::Page { id, .. } => self.gone_pages.contains(id),
            LinkTarget::Path { path } => self.gone_paths.contains(place(path)),
            LinkTarget::Missing { .. } => true,
            _ => false,
        }
    }

    /// What the rules say of a text.
    #[must_use]
    pub(crate) fn report(&self, content: &Content, settings: &Settings) -> Report {
        let text = Text {
            locale: content.locale,
            title: &content.title,
            description: &content.description,
            document: &content.document,
            picture: content.details.picture,
        };
        let around = Around {
            leads_nowhere: &|target| self.leads_nowhere(target),
            dead: &|url| self.dead.get(url).cloned(),
            picture: &|id| self.pictures.get(&id).cloned(),
            same_title: self.same_title.as_deref(),
            same_description: self.same_description.as_deref(),
        };
        check(&text, &around, settings)
    }
}

/// Pages that have the same words, by language, variant and words.
type SameWords = HashMap<(String, String, String), Vec<(PageId, String)>>;

/// What all public texts know of each other, looked up once for many.
pub(crate) struct Everything {
    pages: HashSet<PageId>,
    addresses: HashMap<String, bool>,
    titles: SameWords,
    leads: SameWords,
}

impl Everything {
    /// Reads it: a city has ten thousand pages, which is a few megabytes.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn read<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let mut all = Self {
            pages: HashSet::new(),
            addresses: HashMap::new(),
            titles: HashMap::new(),
            leads: HashMap::new(),
        };
        for known in store::list_known(on).await? {
            let kind = PageKind::parse(&known.page_type);
            let page = PageId(known.page_id);
            all.pages.insert(page);
            let lists = kind.is_some_and(PageKind::lists);
            all.addresses.insert(known.address.clone(), lists);
            if kind.is_none_or(PageKind::is_dated) {
                continue;
            }
            let key = |words: String| (known.locale.clone(), known.variant.clone(), words);
            let own = (page, known.address.clone());
            all.titles
                .entry(key(known.title.clone()))
                .or_default()
                .push(own.clone());
            if !known.description.is_empty() {
                all.leads
                    .entry(key(known.description.clone()))
                    .or_default()
                    .push(own);
            }
        }
        for (from, _) in crate::store::list_redirects(on).await? {
            all.addresses.entry(from).or_insert(false);
        }
        Ok(all)
    }

    fn leads_nowhere(&self, path: &str) -> bool {
        !self.addresses.contains_key(path)
            && !and_above(path)
                .skip(1)
                .find_map(|above| self.addresses.get(above))
                .is_some_and(|lists| *lists)
    }

    /// What is known around one of the texts.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn around<C: ConnectionTrait>(
        &self,
        on: &C,
        content: &Content,
    ) -> Result<Known> {
        let urls = links::outside(&content.document);
        let other = |map: &SameWords, words: &str| {
            let variant: Variant = content.variant;
            let key = (
                content.locale.to_string(),
                variant.as_str().to_owned(),
                words.to_owned(),
            );
            let others = map.get(&key).filter(|_| !content.kind.is_dated())?;
            let other = others.iter().find(|(page, _)| *page != content.page)?;
            Some(other.1.clone())
        };
        Ok(Known {
            gone_pages: pages(content)
                .into_iter()
                .filter(|page| !self.pages.contains(page))
                .collect(),
            gone_paths: paths(content)
                .into_iter()
                .filter(|path| self.leads_nowhere(path))
                .collect(),
            dead: links::store::list_dead(on, &urls).await?,
            pictures: pictures_of(on, content).await?,
            same_title: other(&self.titles, &content.title),
            same_description: other(&self.leads, &content.description),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_looked_up_without_what_follows_it() {
        assert_eq!(place("/nyheter/?sida=2#topp"), "/nyheter");
        assert_eq!(place("/nyheter.atom"), "/nyheter");
        assert_eq!(place("/"), "/");
        let above: Vec<&str> = and_above("/a/b/c").collect();
        assert_eq!(above, ["/a/b/c", "/a/b", "/a"]);
        assert!(may_be_page("/bygga") && may_be_page("/Gammal.aspx"));
        assert!(!may_be_page("/sok") && !may_be_page("/admin/pages"));
    }
}
