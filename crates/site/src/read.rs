//! A public page from its rows: what is read, and how it becomes a view.

use std::collections::HashMap;

use askama::Template;
use torg_kernel::{FactRef, LinkTarget, Locale, PageId, Result, Timestamp, UnitId, Variant};
use torg_ui::{
    Alternate, ContactCard, NavLink, Place, Resolve, ResolvedLink, Shell, T, date, render_parts,
};
use torg_web::{Outcome, Page, PageRequest, Resolved, Wanted};
use uuid::Uuid;

use crate::json_ld::json_ld;
use crate::model::{Content, PageKind};
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
}

/// The page at an address, where it moved to, or nothing.
pub(crate) async fn page(request: &PageRequest) -> Result<Outcome> {
    let path = request.path.as_str();
    let single = request.reading.database().single();
    let Some(rows) = store::find_page(single, path).await? else {
        return moved(request, path).await;
    };
    request.reading.made_from(rows.position);
    if !rows.content.published {
        return Ok(Outcome::NotFound);
    }
    let gathered = gather(request, rows).await?;
    draw(request, gathered).await
}

/// An old address, or one that was nearly right: capitals, å ä ö, a slash at the end.
async fn moved(request: &PageRequest, path: &str) -> Result<Outcome> {
    if let Some(to) = store::find_redirect(&**request.snapshot().await?, path).await? {
        return Ok(Outcome::Moved(to));
    }
    let near = torg_kernel::Address::from_words(path);
    if near.as_str() == path || near.as_str() == "/" {
        return Ok(Outcome::NotFound);
    }
    let there = store::find_by_address(&**request.snapshot().await?, near.as_str()).await?;
    if there.is_some_and(|content| content.published) {
        return Ok(Outcome::Moved(near.to_string()));
    }
    Ok(
        match store::find_redirect(&**request.snapshot().await?, near.as_str()).await? {
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
    let wanted = Wanted {
        facts: content.document.facts(),
        contacts: content.document.units(),
        unit_links: unit_links.collect(),
        ..Wanted::default()
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
    })
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

    fn contact(&self, unit: UnitId) -> Option<ContactCard> {
        self.resolved.contacts.get(&unit).cloned()
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

fn alternates(gathered: &Gathered) -> Vec<Alternate> {
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
    (content.locale != Locale::SV && source.version > made_from).then(|| OlderTranslation {
        made: date(t, torg_kernel::civil_date(content.updated_at)),
        href: source.address.clone(),
    })
}

fn reviewed(content: &Content, t: T) -> Option<String> {
    let day: jiff::civil::Date = content.reviewed.as_deref()?.parse().ok()?;
    Some(date(t, day))
}

async fn draw(request: &PageRequest, gathered: Gathered) -> Result<Outcome> {
    let content = &gathered.content;
    let (chrome, frame) = request.chrome(content.locale).await?;
    let t = T::of(content.locale);
    let up = sorted(&gathered, "up");
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
    shell.alternates = alternates(&gathered);
    // The start page stands first in every frame and is not repeated.
    shell.crumbs = up
        .iter()
        .filter(|page| page.address != shell.chrome.home_href)
        .map(|page| NavLink::new(&*page.title, &*page.address))
        .collect();
    shell.json_ld = Some(json_ld(content, gathered.owner.as_deref(), &shell));
    let place = match content.kind {
        PageKind::Start => Place::Start,
        PageKind::Info => Place::Flow,
        PageKind::Theme | PageKind::Article => Place::Article,
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
    let html = match content.kind {
        PageKind::Start => StartPage {
            shell,
            heading: content.title.clone(),
            lede: content.description.clone(),
            parts,
        }
        .render()?,
        PageKind::Theme => ThemePage {
            shell,
            icon: content.icon.clone(),
            lede: content.description.clone(),
            children: children(&gathered),
            parts,
            older: older(&gathered, t),
            review,
        }
        .render()?,
        PageKind::Article | PageKind::Info => ArticlePage {
            shell,
            lede: content.description.clone(),
            parts,
            above: up
                .last()
                .map(|page| NavLink::new(&*page.title, &*page.address)),
            local: local(&gathered),
            older: older(&gathered, t),
            review,
        }
        .render()?,
    };
    let fresh_until: Option<Timestamp> = gathered.resolved.fresh_until;
    let tags = tags(&gathered, frame);
    Ok(Outcome::Page(Page {
        fresh_until,
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
        label: content.title.clone(),
        href: content.address.to_string(),
        current: true,
    });
    let list = if own.is_some() { below } else { beside };
    if list.len() > BESIDE || content.kind == PageKind::Info {
        return Vec::new();
    }
    let link = |page: Related| LocalLink {
        current: page.page_id == content.page.0,
        label: page.title,
        href: page.address,
    };
    own.into_iter().chain(list.into_iter().map(link)).collect()
}
