//! The public page of one unit: what it shows is gathered first, then drawn. The preview of a page
//! that is not saved goes the same way.

use std::collections::HashMap;

use askama::Template;
use torg_almanac::{ALMANAC_TAG, Almanac};
use torg_kernel::{
    Document, FactRef, FileId, LinkTarget, Locale, PageId, PictureId, Result, Timestamp, UnitId,
    civil_date,
};
use torg_ui::{
    ContactCard, FileView, NavLink, PictureView, Resolve, ResolvedLink, Shell, T, render_sections,
};
use torg_web::{Outcome, Page, PageRequest, Resolved, Wanted};

use super::json_ld::json_ld;
use super::public::alternates;
use super::unit_more::more;
use super::{Directory, list_href};
use crate::accent::{Accent, stylesheet_href};
use crate::hours::{deviations, week};
use crate::model::{Offer, Unit, UnitData};
use crate::profile::Part;
use crate::resolver::contact_card;
use crate::service::{STANDING_TAG, unit_tag};
use crate::services::SERVICES_TAG;
use crate::store;
use crate::text::PageAddress;
use crate::views::{
    DayRow, Deviation, PartView, Point, PreviewBar, UnitGonePage, UnitMore, UnitPage,
};

/// One unit.
pub(super) async fn unit(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let slug = request.param("slug");
    let Some(unit) = store::find_by_slug(&**request.snapshot().await?, slug).await? else {
        return Ok(Outcome::NotFound);
    };
    if unit.is_closed_on(civil_date(request.now)) {
        return Ok(Outcome::Gone(
            gone(directory, request, &unit, locale).await?,
        ));
    }
    let page = drawn(directory, request, &unit, locale, None).await?;
    Ok(Outcome::Page(page))
}

/// What stands where a unit was.
async fn gone(
    directory: &Directory,
    request: &PageRequest,
    unit: &Unit,
    locale: Locale,
) -> Result<Page> {
    let (chrome, tags) = request.chrome(locale).await?;
    let all = directory.register.read(&request.reading).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, unit.name(locale), unit.href(locale));
    shell.alternates = alternates(|locale| unit.href(locale));
    shell.crumbs = vec![NavLink::new(t.get("units-title"), list_href(locale))];
    shell.noindex = true;
    let (more, _) = more(t, &all, unit, request.now);
    Ok(Page::html(UnitGonePage { shell, more }.render()?, tags))
}

/// The page of a unit as it is given, saved or not.
pub(super) async fn drawn(
    directory: &Directory,
    request: &PageRequest,
    unit: &Unit,
    locale: Locale,
    preview: Option<PreviewBar>,
) -> Result<Page> {
    let organisations = request.organisations().await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.push(unit_tag(unit.id));
    tags.push(format!("organisation:{}", unit.organisation));
    tags.extend([STANDING_TAG, SERVICES_TAG, ALMANAC_TAG].map(str::to_owned));
    let all = directory.register.read(&request.reading).await?;
    let owner = organisations
        .find(unit.organisation)
        .map(|entry| entry.name(locale).to_owned());
    let gathered = gather(directory, request, unit, locale).await?;
    tags.extend(gathered.tags(&unit.data));
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, unit.name(locale), unit.href(locale));
    shell.description = description(unit, locale);
    shell.alternates = alternates(|locale| unit.href(locale));
    shell.crumbs = vec![NavLink::new(t.get("units-title"), list_href(locale))];
    let lead = gathered.lead(&unit.data);
    let base_url = &shell.chrome.base_url;
    let plan = unit
        .data
        .hours
        .as_ref()
        .map(|hours| hours.with(&all.almanac));
    let data = json_ld(unit, locale, request.now, base_url, lead.as_ref(), plan);
    shell.json_ld = Some(data.to_string());
    shell.og_image.clone_from(&lead);
    shell.noindex = preview.is_some();
    let (mut page, until) = view(unit, &all.almanac, locale, request.now, shell, owner);
    let (more, dated) = more(t, &all, unit, request.now);
    page.more = more;
    page.lead = lead;
    page.parts = parts(&unit.data, locale, &gathered);
    page.preview = preview;
    let mut page = Page::html(page.render()?, tags);
    page.fresh_until = [until, dated, gathered.resolved.fresh_until]
        .into_iter()
        .flatten()
        .min();
    Ok(page)
}

/// What the sections show of other things.
struct Gathered {
    locale: Locale,
    pages: HashMap<PageId, PageAddress>,
    resolved: Resolved,
}

async fn gather(
    directory: &Directory,
    request: &PageRequest,
    unit: &Unit,
    locale: Locale,
) -> Result<Gathered> {
    let data = &unit.data;
    let mut wanted = Wanted {
        pictures: data.pictures(),
        ..Wanted::default()
    };
    for document in data.documents() {
        wanted.facts.extend(document.facts());
        wanted.contacts.extend(document.units());
        wanted.files.extend(document.files());
        let links = document.links().into_iter();
        wanted
            .unit_links
            .extend(links.filter_map(|link| match link {
                LinkTarget::Unit { id } => Some(*id),
                _ => None,
            }));
    }
    let facts = &request.app.facts;
    let resolved = facts
        .resolve(&request.reading, &wanted, locale, request.now)
        .await?;
    let linked = data.linked_pages();
    let mut pages: HashMap<PageId, PageAddress> = HashMap::new();
    if !linked.is_empty() {
        let on = request.snapshot().await?;
        for page in directory.around.addresses(on, &linked).await? {
            // The reader's own language wins, then Swedish, then what there is.
            let better = pages.get(&page.page).is_none_or(|known| {
                known.locale != locale && (page.locale == locale || page.locale == Locale::SV)
            });
            if better {
                pages.insert(page.page, page);
            }
        }
    }
    Ok(Gathered {
        locale,
        pages,
        resolved,
    })
}

impl Gathered {
    /// What the page must be dropped for.
    fn tags(&self, data: &UnitData) -> Vec<String> {
        let pages = data.linked_pages().into_iter();
        let pages = pages.map(|page| format!("page:{page}"));
        let mut tags: Vec<String> = self.resolved.tags.iter().cloned().chain(pages).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn lead(&self, data: &UnitData) -> Option<PictureView> {
        self.resolved.pictures.get(&data.picture?).cloned()
    }
}

impl Resolve for Gathered {
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink> {
        let own = |href: String| Some(ResolvedLink { href, lang: None });
        match target {
            LinkTarget::Page { id, fragment } => {
                let page = self.pages.get(id)?;
                let href = match fragment {
                    Some(fragment) => format!("{}#{fragment}", page.address),
                    None => page.address.clone(),
                };
                let lang = Some(page.locale).filter(|lang| *lang != self.locale);
                Some(ResolvedLink { href, lang })
            }
            LinkTarget::Unit { id } => own(self.resolved.unit_links.get(id)?.clone()),
            LinkTarget::Path { path } => own(path.clone()),
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

/// The parts of the page in the unit's order; its own sections are drawn together, so that no two
/// headings get the same id.
fn parts(data: &UnitData, locale: Locale, gathered: &Gathered) -> Vec<PartView> {
    let shown: Vec<(&str, &Document, Locale)> = data
        .sections()
        .filter_map(|section| section.shown(locale))
        .collect();
    let mut drawn = render_sections(&shown, gathered).into_iter().zip(shown);
    let part = |part: &Part| match part {
        Part::Hours => Some(PartView::Hours),
        Part::Services => Some(PartView::Services),
        Part::FindHere => Some(PartView::FindHere),
        Part::Accessibility => Some(PartView::Accessibility),
        Part::Contact => Some(PartView::Contact),
        Part::Section(section) => {
            section.shown(locale)?;
            let (rendered, (_, _, lang)) = drawn.next()?;
            Some(PartView::Own {
                id: rendered.toc.first().map(|entry| entry.id.clone())?,
                html: rendered.html,
                lang: Some(lang).filter(|lang| *lang != locale),
            })
        }
    };
    data.parts().into_iter().filter_map(part).collect()
}

fn description(unit: &Unit, locale: Locale) -> String {
    let summary = unit.data.summary.get(locale);
    if summary.is_empty() {
        unit.data.place()
    } else {
        summary.to_owned()
    }
}

fn points(offers: &[Offer], locale: Locale) -> Vec<Point> {
    offers
        .iter()
        .map(|offer| Point {
            label: offer.label(locale).to_owned(),
            note: offer.note(locale).to_owned(),
        })
        .collect()
}

fn view(
    unit: &Unit,
    almanac: &Almanac,
    locale: Locale,
    now: Timestamp,
    shell: Shell,
    owner: Option<String>,
) -> (UnitPage, Option<Timestamp>) {
    let t = T::of(locale);
    let data = &unit.data;
    let (contact, until) = contact_card(unit, almanac, locale, now);
    let (heading, days) = data
        .hours
        .as_ref()
        .map(|hours| week(t, hours.with(almanac), now))
        .unwrap_or_default();
    let deviating = data
        .hours
        .as_ref()
        .map(|hours| deviations(t, hours.with(almanac), now))
        .unwrap_or_default();
    let colour = data.colour.as_ref().and_then(Accent::colour);
    let page = UnitPage {
        shell,
        kind: unit.kind.as_str().to_owned(),
        accent_href: colour.map(stylesheet_href),
        lead: None,
        summary: data.summary.get(locale).to_owned(),
        open: contact.open.clone(),
        week: heading,
        days: days
            .into_iter()
            .map(|day| DayRow {
                day: day.name,
                spans: day.spans,
                today: day.today,
                note: day.note,
            })
            .collect(),
        deviations: deviating
            .into_iter()
            .map(|(when, hours)| Deviation { when, hours })
            .collect(),
        services: points(&data.services, locale),
        accessibility: points(&data.accessibility, locale),
        contact,
        parts: Vec::new(),
        confirmed: data.confirmed.map(|day| torg_ui::date(t, day)),
        owner,
        preview: None,
        more: UnitMore::default(),
    };
    (page, until)
}
