//! A public page from its rows: what is read, and how it becomes a view.

use std::collections::HashMap;
use std::sync::Arc;

mod dated;

pub(crate) use dated::newest;

use askama::Template;
use torg_kernel::{
    FactField, FactRef, FactSource, FileId, LinkTarget, Locale, PageId, PictureId, Result,
    Timestamp, UnitId, Variant,
};
use torg_ui::{
    Alternate, Chrome, ContactCard, FileView, NavLink, PictureView, Place, Resolve, ResolvedLink,
    Shell, Standing, T, date, render_parts,
};
use torg_web::{Outcome, Page, PageRequest, Resolved, Wanted};
use uuid::Uuid;

use crate::json_ld;
use crate::listing::{self, Meaning, Selection};
use crate::model::{Content, PageKind};
use crate::navigation;
use crate::store::{self, BESIDE, Elsewhere, PageRows, Related};
use crate::views::{
    ArticlePage, ChildLink, LocalLink, OlderTranslation, Review, StartPage, ThemePage,
};

/// All that a page shows.
struct Gathered {
    content: Content,
    related: Vec<Related>,
    elsewhere: Vec<Elsewhere>,
    above: Vec<Uuid>,
    resolved: Resolved,
    owner: Option<String>,
    /// Said above it, when it is not as readers see it now.
    standing: Option<Standing>,
    /// The frame round it, when that is not the one that readers see now.
    chrome: Option<Arc<Chrome>>,
}

/// What is said of a page above its text: that it is older than its source, that a machine made it,
/// which other variants it has.
struct Notices {
    older: Option<OlderTranslation>,
    machine: Option<String>,
    variants: Vec<NavLink>,
}

/// The page at an address, where it moved to, or nothing.
pub(crate) async fn page(request: &PageRequest) -> Result<Outcome> {
    let path = request.path.as_str();
    let single = request.reading.database().single();
    let Some(rows) = store::find_page(single, path, request.now).await? else {
        return match listing::meaning(path) {
            Some(meaning) => part_of_section(request, meaning).await,
            None => moved(request, path).await,
        };
    };
    request.reading.made_from(rows.position);
    if !rows.content.is_public_at(request.now) {
        return Ok(Outcome::NotFound);
    }
    let gathered = gather(request, rows).await?;
    draw(request, gathered, &Selection::default()).await
}

/// A text as the page that it would be or was, in the place that the path names today, with what is
/// said above it. It is for one reader and never kept.
pub(crate) async fn drawn(
    request: &PageRequest,
    text: Content,
    standing: Standing,
) -> Result<Outcome> {
    drawn_in(request, text, standing, None).await
}

/// The same in a frame that may be another than the one that readers see now.
pub(crate) async fn drawn_in(
    request: &PageRequest,
    text: Content,
    standing: Standing,
    chrome: Option<Arc<Chrome>>,
) -> Result<Outcome> {
    let single = request.reading.database().single();
    let place = store::find_page(single, &request.path, request.now).await?;
    let Some(mut rows) = place else {
        return Ok(Outcome::NotFound);
    };
    request.reading.made_from(rows.position);
    // The rows know the links of the text that stands there, not of this one.
    let known: Vec<Uuid> = rows.elsewhere.iter().map(|page| page.page_id).collect();
    let mut linked: Vec<Uuid> = text
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Page { id, .. } if !known.contains(&id.0) => Some(id.0),
            _ => None,
        })
        .collect();
    linked.sort_unstable();
    linked.dedup();
    if !linked.is_empty() {
        let more = store::list_elsewhere(single, &linked).await?;
        rows.elsewhere.extend(more);
    }
    rows.content = text;
    let mut gathered = gather(request, rows).await?;
    gathered.standing = Some(standing);
    gathered.chrome = chrome;
    draw(request, gathered, &Selection::default()).await
}

/// Some of the pages of a section, or its feed; an old address when there is no such section.
async fn part_of_section(request: &PageRequest, meaning: Meaning) -> Result<Outcome> {
    let (Meaning::Some(section, _) | Meaning::Feed(section)) = &meaning;
    let single = request.reading.database().single();
    let rows = store::find_page(single, section, request.now).await?;
    let Some(rows) = rows.filter(|rows| rows.content.kind.lists()) else {
        return moved(request, &request.path).await;
    };
    request.reading.made_from(rows.position);
    if !rows.content.is_public_at(request.now) {
        return Ok(Outcome::NotFound);
    }
    let gathered = gather(request, rows).await?;
    match meaning {
        Meaning::Some(_, selection) => draw(request, gathered, &selection).await,
        Meaning::Feed(_) => {
            let owner = gathered.owner.as_deref().unwrap_or_default();
            dated::feed(request, &gathered.content, owner).await
        }
    }
}

/// Where an address leads that an old system told apart by its query (`/?p=12`): one look at an
/// index, only for requests with a query that no page here makes anything of.
pub(crate) async fn with_query(request: &PageRequest) -> Result<Outcome> {
    let pairs = request.query.iter().map(|(name, value)| (name, value));
    let Some(query) = store::old_query(pairs) else {
        return Ok(Outcome::NotFound);
    };
    let path = torg_kernel::Address::from_words(&request.path);
    let single = request.reading.database().single();
    let found = store::find_redirect(single, &format!("{path}?{query}"), request.now).await?;
    Ok(found.map_or(Outcome::NotFound, Outcome::Moved))
}

/// An old address, or one that was nearly right: capitals, å ä ö, a slash at the end.
async fn moved(request: &PageRequest, path: &str) -> Result<Outcome> {
    if let Some(to) = store::find_redirect(&**request.snapshot().await?, path, request.now).await? {
        return Ok(Outcome::Moved(to));
    }
    let near = torg_kernel::Address::from_words(path);
    if near.as_str() == path || near.as_str() == "/" {
        return Ok(Outcome::NotFound);
    }
    let there = store::find_by_address(&**request.snapshot().await?, near.as_str()).await?;
    if there.is_some_and(|content| content.is_public_at(request.now)) {
        return Ok(Outcome::Moved(near.to_string()));
    }
    Ok(
        match store::find_redirect(&**request.snapshot().await?, near.as_str(), request.now).await?
        {
            Some(to) => Outcome::Moved(to),
            None => Outcome::NotFound,
        },
    )
}

async fn gather(request: &PageRequest, rows: PageRows) -> Result<Gathered> {
    let PageRows {
        content,
        related,
        elsewhere,
        above,
        ..
    } = rows;
    let unit_links = content
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Unit { id } => Some(*id),
            _ => None,
        });
    let details = &content.details;
    // Of a workplace its name, its address and its page are told and nothing else, so that a new
    // telephone number leaves the page as it is.
    let vacancy = details.vacancy.as_ref();
    let workplace = vacancy.and_then(|vacancy| vacancy.workplace);
    let mut facts = content.document.facts();
    for field in [FactField::Name, FactField::Address] {
        facts.extend(workplace.map(|unit| unit_fact(unit, field)));
    }
    let mut pictures = content.document.pictures();
    pictures.extend(details.picture);
    let wanted = Wanted {
        facts,
        contacts: content.document.units(),
        unit_links: unit_links.chain(workplace).collect(),
        pictures,
        files: content.document.files(),
    };
    let facts = &request.app.facts;
    let resolved = facts
        .resolve(&request.reading, &wanted, content.locale, request.now)
        .await?;
    let organisations = request.organisations().await?;
    let owner = organisations
        .find(content.organisation)
        .map(|entry| entry.name(content.locale).to_owned());
    Ok(Gathered {
        content,
        related,
        elsewhere,
        above,
        resolved,
        owner,
        standing: None,
        chrome: None,
    })
}

/// One fact of a unit.
pub(crate) const fn unit_fact(unit: UnitId, field: FactField) -> FactRef {
    FactRef {
        source: FactSource::Unit,
        id: unit.0,
        field,
    }
}

/// Answers for a document from what was gathered.
struct Answers<'a> {
    locale: Locale,
    pages: HashMap<Uuid, &'a Elsewhere>,
    resolved: &'a Resolved,
}

impl<'a> Answers<'a> {
    fn new(gathered: &'a Gathered) -> Self {
        let locale = gathered.content.locale;
        let mut pages: HashMap<Uuid, &Elsewhere> = HashMap::new();
        for page in &gathered.elsewhere {
            if page.variant != Variant::Standard.as_str() {
                continue;
            }
            // The reader's own language wins, then Swedish, then what there is.
            let better = pages.get(&page.page_id).is_none_or(|known| {
                known.locale != locale.as_str()
                    && (page.locale == locale.as_str() || page.locale == Locale::SV.as_str())
            });
            if better {
                pages.insert(page.page_id, page);
            }
        }
        Self {
            locale,
            pages,
            resolved: &gathered.resolved,
        }
    }
}

impl Resolve for Answers<'_> {
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink> {
        match target {
            LinkTarget::Page { id, fragment } => {
                let page = self.pages.get(&id.0)?;
                let href = match fragment {
                    Some(fragment) => format!("{}#{fragment}", page.address),
                    None => page.address.clone(),
                };
                let lang = page.locale.parse().ok().filter(|lang| *lang != self.locale);
                Some(ResolvedLink { href, lang })
            }
            LinkTarget::Unit { id } => {
                let href = self.resolved.unit_links.get(id)?.clone();
                Some(ResolvedLink { href, lang: None })
            }
            LinkTarget::Path { path } => Some(ResolvedLink {
                href: self.own_path(path),
                lang: None,
            }),
            LinkTarget::Url { .. } | LinkTarget::Missing { .. } => None,
        }
    }

    fn fact(&self, fact: &FactRef) -> Option<String> {
        self.resolved.facts.get(fact).cloned()
    }

    fn fact_lang(&self, fact: &FactRef) -> Option<Locale> {
        self.resolved.fact_langs.get(fact).copied()
    }

    fn contact(&self, unit: UnitId) -> Option<ContactCard> {
        self.resolved.contacts.get(&unit).cloned()
    }

    fn picture(&self, picture: PictureId) -> Option<PictureView> {
        self.resolved.pictures.get(&picture).cloned()
    }

    fn file(&self, file: FileId) -> Option<FileView> {
        self.resolved.files.get(&file).cloned()
    }
}

impl Answers<'_> {
    /// The program's own pages have an address in each language of the interface.
    fn own_path(&self, path: &str) -> String {
        if self.locale != Locale::EN {
            return path.to_owned();
        }
        for (swedish, english) in [("/hitta", "/en/find"), ("/sok", "/en/search")] {
            if let Some(rest) = path.strip_prefix(swedish)
                && (rest.is_empty() || rest.starts_with(['/', '?']))
            {
                return format!("{english}{rest}");
            }
        }
        path.to_owned()
    }
}

fn sorted(gathered: &Gathered, role: &str) -> Vec<Related> {
    let mut found: Vec<Related> = gathered
        .related
        .iter()
        .filter(|page| page.role == role)
        .cloned()
        .collect();
    match role {
        "up" => found.sort_by_key(|page| -page.depth),
        _ => found.sort_by(|a, b| (a.place, &a.sort_key).cmp(&(b.place, &b.sort_key))),
    }
    found
}

fn tags(gathered: &Gathered, frame: Vec<String>) -> Vec<String> {
    let content = &gathered.content;
    let mut tags = frame;
    tags.extend(gathered.resolved.tags.iter().cloned());
    tags.push(format!("organisation:{}", content.organisation));
    tags.push(format!("below:{}", content.page));
    tags.extend(content.parent.map(|parent| format!("below:{parent}")));
    let shown = gathered.related.iter().map(|page| page.page_id);
    let shown = shown.chain(gathered.above.iter().copied());
    let linked = content
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Page { id, .. } => Some(id.0),
            _ => None,
        });
    tags.extend(
        shown
            .chain(linked)
            .chain([content.page.0])
            .map(|page| format!("page:{}", PageId(page))),
    );
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The page in its languages. Another variant names none: those pages do not name it back, and
/// search engines believe only what both say.
fn alternates(gathered: &Gathered) -> Vec<Alternate> {
    if gathered.content.variant != Variant::Standard {
        return Vec::new();
    }
    gathered
        .elsewhere
        .iter()
        .filter(|page| {
            page.page_id == gathered.content.page.0 && page.variant == Variant::Standard.as_str()
        })
        .filter_map(|page| {
            Some(Alternate {
                locale: page.locale.parse().ok()?,
                href: page.address.clone(),
            })
        })
        .collect()
}

/// That the Swedish text has changed since this one was made from it.
fn older(gathered: &Gathered, t: T) -> Option<OlderTranslation> {
    let content = &gathered.content;
    let made_from = content.source_version?;
    let source = gathered.elsewhere.iter().find(|page| {
        page.page_id == content.page.0
            && page.locale == Locale::SV.as_str()
            && page.variant == Variant::Standard.as_str()
    })?;
    (content.has_source() && source.version > made_from).then(|| OlderTranslation {
        made: date(t, torg_kernel::civil_date(content.updated_at)),
        href: source.address.clone(),
        variant: content.variant,
    })
}

fn reviewed(content: &Content, t: T) -> Option<String> {
    let day: jiff::civil::Date = content.reviewed.as_deref()?.parse().ok()?;
    Some(date(t, day))
}

/// The page's other variants in its own language, or for a variant the ordinary text.
fn variants(gathered: &Gathered, t: T) -> Vec<NavLink> {
    let content = &gathered.content;
    let own = |page: &&Elsewhere| {
        page.page_id == content.page.0
            && page.locale == content.locale.as_str()
            && page.variant != content.variant.as_str()
    };
    let mut others: Vec<&Elsewhere> = gathered.elsewhere.iter().filter(own).collect();
    others.sort_by_key(|page| page.variant != Variant::Standard.as_str());
    let link = |page: &Elsewhere| {
        let words = t.get(&format!("variant-{}", page.variant));
        NavLink::new(words, &*page.address)
    };
    others.into_iter().map(link).collect()
}

fn notices(gathered: &Gathered, t: T) -> Notices {
    let content = &gathered.content;
    let source = gathered.elsewhere.iter().find(|page| {
        page.page_id == content.page.0
            && page.locale == Locale::SV.as_str()
            && page.variant == Variant::Standard.as_str()
    });
    Notices {
        older: older(gathered, t),
        machine: source
            .filter(|_| content.details.machine_translated)
            .map(|page| page.address.clone()),
        variants: variants(gathered, t),
    }
}

fn shell_of(gathered: &Gathered, chrome: Arc<Chrome>, up: &[Related]) -> Shell {
    let content = &gathered.content;
    let is_start = content.kind == PageKind::Start;
    let mut shell = Shell::new(
        chrome,
        if is_start {
            String::new()
        } else {
            content.title.clone()
        },
        content.address.as_str(),
    );
    shell.description.clone_from(&content.description);
    shell.alternates = alternates(gathered);
    // The start page stands first in every frame and is not repeated.
    shell.crumbs = up
        .iter()
        .filter(|page| page.address != shell.chrome.home_href)
        .map(|page| NavLink::new(&*page.label, &*page.address))
        .collect();
    let said = json_ld::Said {
        content,
        owner: gathered.owner.as_deref(),
        resolved: &gathered.resolved,
    };
    shell.json_ld = Some(json_ld::json_ld(&said, &shell));
    shell.standing.clone_from(&gathered.standing);
    shell.noindex = gathered.standing.is_some();
    shell
}

async fn draw(request: &PageRequest, gathered: Gathered, selection: &Selection) -> Result<Outcome> {
    let content = &gathered.content;
    let (chrome, frame) = request.chrome(content.locale).await?;
    let chrome = gathered.chrome.clone().unwrap_or(chrome);
    let t = T::of(content.locale);
    let up = sorted(&gathered, "up");
    let shell = shell_of(&gathered, chrome, &up);
    let place = match content.kind {
        PageKind::Start => Place::Start,
        PageKind::Info => Place::Flow,
        _ => Place::Article,
    };
    let parts = render_parts(
        &content.document,
        &Answers::new(&gathered),
        content.locale,
        place,
    );
    let review = Review {
        reviewed: reviewed(content, t),
        owner: gathered.owner.clone(),
    };
    let notices = notices(&gathered, t);
    if content.kind.lists() || content.kind.is_dated() {
        let own = dated::Own {
            shell,
            parts,
            review,
            frame,
        };
        return if content.kind.lists() {
            dated::section(request, &gathered, own, selection).await
        } else {
            let section = dated::section_of(content, &up);
            dated::item(request, &gathered, own, section, notices).await
        };
    }
    let mut fresh_until: Option<Timestamp> = gathered.resolved.fresh_until;
    let mut tags = tags(&gathered, frame);
    let html = match content.kind {
        PageKind::Start | PageKind::Theme => {
            let contacts = !parts.contacts.is_empty();
            let own = navigation::sections(request, content, children(&gathered), contacts).await?;
            tags.extend(own.tags);
            tags.sort_unstable();
            tags.dedup();
            fresh_until = [fresh_until, own.next].into_iter().flatten().min();
            if content.kind == PageKind::Start {
                StartPage {
                    shell,
                    heading: content.title.clone(),
                    lede: content.description.clone(),
                    parts,
                    sections: own.sections,
                }
                .render()?
            } else {
                ThemePage {
                    shell,
                    icon: content.icon.clone(),
                    lede: content.description.clone(),
                    parts,
                    sections: own.sections,
                    older: notices.older,
                    machine: notices.machine,
                    variants: notices.variants,
                    review,
                }
                .render()?
            }
        }
        _ => ArticlePage {
            shell,
            lede: content.description.clone(),
            parts,
            above: up
                .last()
                .map(|page| NavLink::new(&*page.label, &*page.address)),
            local: local(&gathered),
            guide: content.kind == PageKind::Guide,
            older: notices.older,
            machine: notices.machine,
            variants: notices.variants,
            review,
        }
        .render()?,
    };
    let times = content.details.changes_after(request.now);
    Ok(Outcome::Page(Page {
        fresh_until: [fresh_until, times].into_iter().flatten().min(),
        counted: Some(content.id),
        ..Page::html(html, tags)
    }))
}

fn children(gathered: &Gathered) -> Vec<ChildLink> {
    sorted(gathered, "below")
        .into_iter()
        .map(|page| ChildLink {
            label: page.title,
            href: page.address,
            description: page.description,
        })
        .collect()
}

/// The pages beside this one; for a page with pages below it, those.
fn local(gathered: &Gathered) -> Vec<LocalLink> {
    let below = sorted(gathered, "below");
    let beside = sorted(gathered, "beside");
    let content = &gathered.content;
    let own = (content.kind == PageKind::Article && !below.is_empty()).then(|| LocalLink {
        label: content.label().to_owned(),
        href: content.address.to_string(),
        current: true,
    });
    let list = if own.is_some() { below } else { beside };
    if list.len() > BESIDE || content.kind == PageKind::Info {
        return Vec::new();
    }
    let link = |page: Related| LocalLink {
        current: page.page_id == content.page.0,
        label: page.label,
        href: page.address,
    };
    own.into_iter().chain(list.into_iter().map(link)).collect()
}
