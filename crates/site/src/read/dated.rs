//! Lists of dated pages and the pages in them, as views.

use askama::Template;
use torg_kernel::{FactField, Locale, PageId, PictureId, Result, Timestamp, civil_date};
use torg_notify::feed::{Entry, Feed, atom};
use torg_ui::{NavLink, Paging, Parts, PictureView, Shell, T, date};
use torg_web::{Outcome, Page, PageRequest, Resolved, Wanted};

use super::{Gathered, Notices, unit_fact};
use crate::details::Vacancy;
use crate::listing::Selection;
use crate::model::{Content, PageKind};
use crate::store::dated::{self, Among, Dated};
use crate::views::{Choice, DatedLink, DatedPage, MagazinePage, Offer, Review, SectionPage};

/// Pages on each page of a list.
const ON_A_PAGE: usize = 20;
/// Entries of a feed.
const IN_A_FEED: i64 = 50;
/// How wide a picture in a list is shown. Small on phones, where a list of whole pictures would
/// cost many times what the page does.
const IN_LIST: &str = "(min-width: 58rem) 20rem, (min-width: 48rem) 14rem, 6.5rem";
/// How wide a leading picture is shown.
const LEADING: &str = "(min-width: 72rem) 70rem, 100vw";

/// How wide the first picture of a magazine is shown, beside its words where there is room. A
/// little less than it is on wide windows and on phones, so that the next smaller size is taken:
/// the larger one is half as heavy again and looks the same.
const FIRST: &str = "(min-width: 72rem) 40rem, (min-width: 58rem) 57vw, (min-width: 30rem) calc(100vw - 2rem), 20rem";

/// A list with all that it shows.
struct Listed {
    items: Vec<Dated>,
    total: usize,
    resolved: Resolved,
    next: Option<Timestamp>,
}

async fn listed(request: &PageRequest, wanted: dated::Wanted<'_>) -> Result<Listed> {
    let snapshot = request.snapshot().await?;
    let (items, total) = dated::list(&**snapshot, wanted).await?;
    let next = dated::next_change(&**snapshot, wanted.among, wanted.locale, wanted.now).await?;
    let pictures: Vec<PictureId> = items
        .iter()
        .filter_map(|item| item.details.picture)
        .collect();
    let asked = Wanted {
        pictures,
        ..Wanted::default()
    };
    let facts = &request.app.facts;
    let resolved = facts
        .resolve(&request.reading, &asked, wanted.locale, request.now)
        .await?;
    let next = soonest(&[next, resolved.fresh_until]);
    Ok(Listed {
        items,
        total: usize::try_from(total).unwrap_or(0),
        resolved,
        next,
    })
}

fn link(item: &Dated, pictures: &Resolved, t: T, eager: bool) -> DatedLink {
    let (day, iso) = day_of(item.details.published_at().unwrap_or(item.updated_at), t);
    let until = item.details.vacancy.as_ref().and_then(|v| v.apply_until);
    let picture = item
        .details
        .picture
        .and_then(|id| pictures.pictures.get(&id));
    DatedLink {
        title: item.title.clone(),
        href: item.address.clone(),
        lede: item.description.clone(),
        day,
        iso,
        note: match until {
            Some(until) => Some(t.one("vacancy-until", "date", date(t, until))),
            None => item.details.categories.first().cloned(),
        },
        // The title beside it says what the link is; the picture adds nothing for who cannot see it.
        picture: picture.map(|view| silent(view).html(if eager { FIRST } else { IN_LIST }, eager)),
    }
}

fn silent(view: &PictureView) -> PictureView {
    PictureView {
        alt: String::new(),
        ..view.clone()
    }
}

fn day_of(at: Timestamp, t: T) -> (String, String) {
    let day = civil_date(at);
    (date(t, day), day.to_string())
}

/// What a section shows of itself beside its list.
pub(super) struct Own {
    pub shell: Shell,
    pub parts: Parts,
    pub review: Review,
    pub frame: Vec<String>,
}

/// A section or magazine with some of its pages. Nothing when a choice was made that has no pages.
pub(super) async fn section(
    request: &PageRequest,
    gathered: &Gathered,
    own: Own,
    selection: &Selection,
) -> Result<Outcome> {
    let content = &gathered.content;
    let magazine = content.kind == PageKind::Magazine;
    let among = Among::Below(content.page);
    let page = selection.page.max(1);
    let listed = listed(
        request,
        dated::Wanted {
            among,
            locale: content.locale,
            category: selection.category.as_deref(),
            year: selection.year,
            now: request.now,
            limit: ON_A_PAGE as i64,
            offset: ((page - 1) * ON_A_PAGE) as i64,
        },
    )
    .await?;
    if listed.items.is_empty() && *selection != Selection::default() {
        return Ok(Outcome::NotFound);
    }
    let snapshot = request.snapshot().await?;
    let categories =
        dated::list_categories(&**snapshot, among, content.locale, request.now).await?;
    let years = dated::list_years(&**snapshot, among, content.locale, request.now).await?;
    let t = T::of(content.locale);
    let section = content.address.as_str();
    let hrefs = Hrefs {
        section,
        locale: content.locale,
        selection,
    };
    let chosen = selection.category.as_ref().and_then(|slug| {
        let found = categories.iter().find(|category| category.slug == *slug);
        found.map(|category| category.name.clone())
    });
    let tags = tags(gathered, &own, &listed);
    let fresh_until = soonest(&[gathered.resolved.fresh_until, listed.next]);
    let mut shell = own.shell;
    shell.path = selection.href(section, content.locale);
    shell.feed = Some(NavLink::new(&*content.title, format!("{section}.atom")));
    // A choice has no text in other languages under the same address.
    if *selection != Selection::default() {
        shell.alternates.clear();
    }
    if let Some(name) = &chosen {
        shell.crumbs.push(NavLink::new(&*content.title, section));
        shell.title = format!("{}: {name}", content.title);
    }
    if let Some(year) = selection.year {
        shell.title = format!("{} {year}", shell.title);
    }
    let first_page = *selection == Selection::default();
    let mut links: Vec<DatedLink> = listed
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let large = magazine && first_page && at == 0;
            link(item, &listed.resolved, t, large)
        })
        .collect();
    let pages = listed.total.div_ceil(ON_A_PAGE);
    let paging = hrefs.paging(page, pages);
    let parts = if first_page {
        own.parts
    } else {
        Parts::default()
    };
    let lede = content.description.clone();
    let feed = format!("{section}.atom");
    let subscribe = Some(subscribe_href(content));
    let html = if magazine {
        let first = (first_page && !links.is_empty()).then(|| links.remove(0));
        MagazinePage {
            shell,
            lede,
            parts,
            first,
            items: links,
            categories: hrefs.categories(&categories, t),
            paging,
            feed,
            subscribe,
            review: own.review,
        }
        .render()?
    } else {
        SectionPage {
            shell,
            lede,
            parts,
            count: count(t, &listed, chosen.as_deref()),
            items: links,
            categories: hrefs.categories(&categories, t),
            years: hrefs.years(&years, t),
            paging,
            feed,
            subscribe,
            review: own.review,
        }
        .render()?
    };
    Ok(Outcome::Page(Page {
        fresh_until,
        counted: Some(content.id),
        ..Page::html(html, tags)
    }))
}

/// Where a section is asked for by mail.
/// How many there are, as what they are; "pages" where several kinds stand in one list.
fn count(t: T, listed: &Listed, category: Option<&str>) -> String {
    let kinds = || listed.items.iter().map(|item| item.kind.as_str());
    let kind = kinds()
        .next()
        .filter(|first| kinds().all(|kind| kind == *first));
    let values = [
        ("count", listed.total.into()),
        ("kind", kind.unwrap_or("page").into()),
        ("what", category.unwrap_or_default().into()),
    ];
    match category {
        Some(_) => t.with("dated-count-category", &values),
        None => t.with("dated-count", &values),
    }
}

fn subscribe_href(content: &Content) -> String {
    let path = if content.locale == Locale::SV {
        "/prenumerera"
    } else {
        "/en/subscribe"
    };
    format!("{path}?topic=section:{}", content.page)
}

struct Hrefs<'a> {
    section: &'a str,
    locale: Locale,
    selection: &'a Selection,
}

impl Hrefs<'_> {
    fn to(&self, selection: &Selection) -> String {
        selection.href(self.section, self.locale)
    }

    fn categories(&self, known: &[dated::Category], t: T) -> Vec<Choice> {
        if known.len() < 2 && self.selection.category.is_none() {
            return Vec::new();
        }
        let all = Choice {
            label: t.get("dated-all").into_owned(),
            href: self.section.to_owned(),
            current: self.selection.is_all(),
        };
        let one = |category: &dated::Category| Choice {
            label: category.name.clone(),
            href: self.to(&Selection {
                category: Some(category.slug.clone()),
                ..Selection::default()
            }),
            current: self.selection.category.as_ref() == Some(&category.slug),
        };
        std::iter::once(all).chain(known.iter().map(one)).collect()
    }

    fn years(&self, years: &[i64], t: T) -> Vec<Choice> {
        let all = Choice {
            label: t.get("dated-all").into_owned(),
            href: self.section.to_owned(),
            current: self.selection.is_all(),
        };
        let one = |year: &i64| Choice {
            label: year.to_string(),
            href: self.to(&Selection {
                year: Some(*year),
                ..Selection::default()
            }),
            current: self.selection.year == Some(*year),
        };
        std::iter::once(all).chain(years.iter().map(one)).collect()
    }

    fn paging(&self, page: usize, pages: usize) -> Paging {
        let at = |page: usize| {
            self.to(&Selection {
                page,
                ..self.selection.clone()
            })
        };
        Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| at(page - 1)),
            next_href: (page < pages).then(|| at(page + 1)),
        }
    }
}

fn soonest(times: &[Option<Timestamp>]) -> Option<Timestamp> {
    times.iter().flatten().min().copied()
}

fn tags(gathered: &Gathered, own: &Own, listed: &Listed) -> Vec<String> {
    let mut tags = super::tags(gathered, own.frame.clone());
    tags.extend(listed.resolved.tags.iter().cloned());
    tags.extend(
        listed
            .items
            .iter()
            .map(|item| format!("page:{}", item.page)),
    );
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// A section as a feed.
pub(super) async fn feed(request: &PageRequest, content: &Content, owner: &str) -> Result<Outcome> {
    let (chrome, mut tags) = request.chrome(content.locale).await?;
    let listed = listed(
        request,
        dated::Wanted {
            among: Among::Below(content.page),
            locale: content.locale,
            category: None,
            year: None,
            now: request.now,
            limit: IN_A_FEED,
            offset: 0,
        },
    )
    .await?;
    let base = chrome.base_url.as_str();
    let published = |item: &Dated| item.details.published_at().unwrap_or(item.updated_at);
    let entries = listed.items.iter().map(|item| Entry {
        id: format!("urn:uuid:{}", item.content),
        url: format!("{base}{}", item.address),
        title: item.title.clone(),
        updated: item.updated_at.max(published(item)),
        published: published(item),
        summary: item.description.clone(),
        html: None,
        categories: item.details.categories.clone(),
        author: owner.to_owned(),
    });
    let entries: Vec<Entry> = entries.collect();
    let newest = entries.iter().map(|entry| entry.updated).max();
    let body = atom(&Feed {
        id: format!("urn:uuid:{}", content.id),
        title: format!("{} – {}", content.title, chrome.city),
        subtitle: content.description.clone(),
        self_url: format!("{base}{}.atom", content.address),
        html_url: format!("{base}{}", content.address),
        updated: newest.unwrap_or(content.updated_at),
        lang: content.locale,
        author: owner.to_owned(),
        entries,
    });
    tags.extend([
        format!("page:{}", content.page),
        format!("below:{}", content.page),
        format!("organisation:{}", content.organisation),
    ]);
    tags.extend(
        listed
            .items
            .iter()
            .map(|item| format!("page:{}", item.page)),
    );
    Ok(Outcome::Page(Page {
        content_type: "application/atom+xml; charset=utf-8",
        fresh_until: listed.next,
        ..Page::html(body, tags)
    }))
}

/// A dated page with others that are about the same.
pub(super) async fn item(
    request: &PageRequest,
    gathered: &Gathered,
    own: Own,
    section: Option<NavLink>,
    notices: Notices,
) -> Result<Outcome> {
    let content = &gathered.content;
    let details = &content.details;
    let t = T::of(content.locale);
    let related = related(request, content).await?;
    let published = details.published_at().unwrap_or(content.updated_at);
    let (day, iso) = day_of(published, t);
    let (changed, changed_iso) = day_of(content.updated_at, t);
    let view = details
        .picture
        .and_then(|id| gathered.resolved.pictures.get(&id));
    let mut shell = own.shell;
    shell.og_type = "article";
    shell.og_image = view.cloned();
    if let Some(section) = &section {
        shell.feed = Some(NavLink::new(
            &*section.label,
            format!("{}.atom", section.href),
        ));
    }
    let categories = details
        .category_slugs()
        .into_iter()
        .filter_map(|(slug, name)| {
            let section = section.as_ref()?;
            let selection = Selection {
                category: Some(slug),
                ..Selection::default()
            };
            Some(NavLink::new(
                name,
                selection.href(&section.href, content.locale),
            ))
        });
    let mut tags = super::tags(gathered, own.frame);
    tags.extend(content.parent.map(|parent| format!("below:{parent}")));
    let (comments, commented) = crate::comments::shown(request, content).await?;
    tags.push(commented);
    let fresh_until = match &related {
        Some(listed) => {
            tags.extend(listed.resolved.tags.iter().cloned());
            tags.extend(
                listed
                    .items
                    .iter()
                    .map(|item| format!("page:{}", item.page)),
            );
            soonest(&[gathered.resolved.fresh_until, listed.next])
        }
        None => gathered.resolved.fresh_until,
    };
    let links = related.iter().flat_map(|listed| {
        let others = listed.items.iter().filter(|item| item.page != content.page);
        others
            .take(3)
            .map(|item| link(item, &listed.resolved, t, false))
    });
    let vacancy = details.vacancy.as_ref();
    let html = DatedPage {
        story: content.kind == PageKind::Story,
        lede: content.description.clone(),
        day,
        changed: (changed_iso > iso && content.version > 1).then_some(changed),
        iso,
        categories: categories.collect(),
        section,
        picture: view.map(|view| view.html(LEADING, true)),
        credit: view.map(|view| view.credit.clone()).unwrap_or_default(),
        offers: vacancy
            .map(|vacancy| offers(vacancy, gathered, t))
            .unwrap_or_default(),
        apply: vacancy.and_then(|vacancy| apply_href(&vacancy.apply)),
        parts: own.parts,
        comments,
        related: links.collect(),
        older: notices.older,
        machine: notices.machine,
        variants: notices.variants,
        review: own.review,
        shell,
    }
    .render()?;
    tags.sort_unstable();
    tags.dedup();
    Ok(Outcome::Page(Page {
        fresh_until: soonest(&[fresh_until, details.changes_after(request.now)]),
        counted: Some(content.id),
        ..Page::html(html, tags)
    }))
}

/// Pages of the same section and first category; of the section alone when there is no category.
async fn related(request: &PageRequest, content: &Content) -> Result<Option<Listed>> {
    let Some(parent) = content.parent else {
        return Ok(None);
    };
    let slugs = content.details.category_slugs();
    let wanted = dated::Wanted {
        among: Among::Below(parent),
        locale: content.locale,
        category: slugs.first().map(|(slug, _)| slug.as_str()),
        year: None,
        now: request.now,
        limit: 4,
        offset: 0,
    };
    listed(request, wanted).await.map(Some)
}

/// A whole address or a mail address as a link; nothing for anything else.
fn apply_href(apply: &str) -> Option<String> {
    if apply.is_empty() {
        return None;
    }
    let href = if apply.contains('@') && !apply.contains(['/', ':']) {
        format!("mailto:{apply}")
    } else {
        apply.to_owned()
    };
    torg_ui::safe_href(&href).then_some(href)
}

fn offers(vacancy: &Vacancy, gathered: &Gathered, t: T) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut offer = |key: &str, value: Option<String>, href: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            offers.push(Offer {
                label: t.get(key).into_owned(),
                value,
                href,
            });
        }
    };
    let (workplace, resolved) = (vacancy.workplace, &gathered.resolved);
    let named = |unit| resolved.facts.get(&unit_fact(unit, FactField::Name));
    offer(
        "vacancy-apply-until",
        vacancy.apply_until.map(|day| date(t, day)),
        None,
    );
    offer(
        "vacancy-employment",
        vacancy.employment.map(|kind| {
            let key = format!("vacancy-employment-{}", kind.as_str());
            t.get(&key).into_owned()
        }),
        None,
    );
    offer("vacancy-extent", Some(vacancy.extent.clone()), None);
    offer(
        "vacancy-positions",
        vacancy.positions.map(|count| count.to_string()),
        None,
    );
    offer(
        "vacancy-workplace",
        workplace.and_then(named).cloned(),
        workplace.and_then(|unit| resolved.unit_links.get(&unit).cloned()),
    );
    offer("vacancy-starts", Some(vacancy.starts.clone()), None);
    offer("vacancy-salary", Some(vacancy.salary.clone()), None);
    offer("vacancy-employer", gathered.owner.clone(), None);
    offer("vacancy-reference", Some(vacancy.reference.clone()), None);
    offers
}

/// The newest of a kind, about any of these categories or about anything, with tags and the time of
/// the next change. Each category is asked for by itself: there are few of them.
pub(crate) async fn newest(
    request: &PageRequest,
    kind: PageKind,
    locale: Locale,
    categories: &[String],
    limit: u32,
) -> Result<(Vec<DatedLink>, Vec<String>, Option<Timestamp>)> {
    let slugs: Vec<String> = categories
        .iter()
        .map(|name| torg_kernel::slugify(name))
        .collect();
    let asked: Vec<Option<&str>> = match slugs.as_slice() {
        [] => vec![None],
        slugs => slugs.iter().map(|slug| Some(slug.as_str())).collect(),
    };
    let t = T::of(locale);
    let mut found: Vec<(Timestamp, PageId, DatedLink)> = Vec::new();
    let mut tags = vec![format!("dated:{}", kind.as_str())];
    let mut next = None;
    for category in asked {
        let listed = listed(
            request,
            dated::Wanted {
                among: Among::Kind(kind),
                locale,
                category,
                year: None,
                now: request.now,
                limit: limit.into(),
                offset: 0,
            },
        )
        .await?;
        tags.extend(listed.resolved.tags.iter().cloned());
        next = soonest(&[next, listed.next]);
        for item in &listed.items {
            if found.iter().any(|(_, page, _)| *page == item.page) {
                continue;
            }
            let at = item.details.published_at().unwrap_or(item.updated_at);
            found.push((at, item.page, link(item, &listed.resolved, t, false)));
        }
    }
    if slugs.len() > 1 {
        found.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    }
    found.truncate(usize::try_from(limit)?);
    tags.extend(found.iter().map(|(_, page, _)| format!("page:{page}")));
    let links = found.into_iter().map(|(.., link)| link).collect();
    Ok((links, tags, next))
}

/// The section that a dated page belongs to, in the page's language.
pub(super) fn section_of(content: &Content, up: &[crate::store::Related]) -> Option<NavLink> {
    let parent = content.parent?;
    let section = up.iter().find(|page| PageId(page.page_id) == parent)?;
    Some(NavLink::new(&*section.title, &*section.address))
}
