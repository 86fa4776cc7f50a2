//! A start page or theme page, part by part, as readers see it.

use torg_kernel::{Locale, Result, Timestamp};
use torg_web::PageRequest;

use super::layout::{Layout, Part, PartKind};
use super::resolve::For;
use super::store::Names;
use crate::model::{Content, PageKind};
use crate::read::newest;
use crate::views::{ChildLink, Section};

/// What the parts of a page add to it.
#[derive(Default)]
pub(crate) struct Gathered {
    pub sections: Vec<Section>,
    pub tags: Vec<String>,
    /// When one of them changes by itself.
    pub next: Option<Timestamp>,
}

/// The parts of a page in their order. What is left out is not asked for.
///
/// # Errors
/// When the database fails.
pub(crate) async fn sections(
    request: &PageRequest,
    content: &Content,
    children: Vec<ChildLink>,
    has_contacts: bool,
) -> Result<Gathered> {
    let kind = content.kind;
    let layout = match &content.details.layout {
        Some(layout) => layout.clone().complete(kind),
        None => Layout::usual(kind).unwrap_or(Layout(Vec::new())),
    };
    let names = match layout.pages().next() {
        Some(_) => Names::find(&**request.snapshot().await?, layout.pages()).await?,
        None => Names::default(),
    };
    let mut gathered = Gathered::default();
    gathered
        .tags
        .extend(layout.pages().map(|page| format!("page:{page}")));
    let shown: Vec<&Part> = layout.0.iter().filter(|part| !part.hidden).collect();
    let grouped = shown.iter().any(|part| part.part == PartKind::Links);
    let mut children = Some(children);
    let reader = For {
        locale: content.locale,
        now: request.now,
        own: true,
    };
    let mut before = None;
    for (at, part) in shown.iter().enumerate() {
        let next = shown.get(at + 1).map(|part| part.part);
        match part.part {
            PartKind::Text => gathered.sections.push(Section::Text {
                beside: has_contacts && next == Some(PartKind::Contact),
            }),
            PartKind::Contact if before != Some(PartKind::Text) && has_contacts => {
                gathered.sections.push(Section::Contact);
            }
            PartKind::Contact => {}
            PartKind::Links => gathered.sections.extend(links(part, at, &names, reader)),
            PartKind::Children => {
                let items = children.take().unwrap_or_default();
                gathered.sections.extend(below(items, part, grouped));
            }
            PartKind::News | PartKind::Stories => {
                list(request, content.locale, part, &mut gathered).await?;
            }
            PartKind::Themes => gathered.sections.push(Section::Themes {
                heading: part.heading.clone(),
            }),
        }
        before = Some(part.part);
    }
    Ok(gathered)
}

fn links(part: &Part, at: usize, names: &Names, reader: For) -> Option<Section> {
    let items: Vec<ChildLink> = part
        .links
        .iter()
        .filter_map(|link| names.shown(link, reader).ok())
        .map(|shown| ChildLink {
            label: shown.nav.label,
            href: shown.nav.href,
            description: shown.about,
        })
        .collect();
    (!items.is_empty()).then(|| Section::Links {
        id: format!("links_{}", at + 1),
        heading: part.heading.clone(),
        items,
    })
}

fn below(mut items: Vec<ChildLink>, part: &Part, grouped: bool) -> Option<Section> {
    if part.bare {
        for item in &mut items {
            item.description.clear();
        }
    }
    (!items.is_empty()).then_some(Section::Children { items, grouped })
}

/// The newest pages of a list, all categories that it asks for together.
async fn list(
    request: &PageRequest,
    locale: Locale,
    part: &Part,
    gathered: &mut Gathered,
) -> Result<()> {
    let (kind, id, usual) = match part.part {
        PartKind::Stories => (PageKind::Story, "start_stories", "start-stories"),
        _ => (PageKind::News, "start_news", "start-news"),
    };
    let (items, tags, next) = newest(request, kind, locale, &part.categories, part.shown()).await?;
    gathered.tags.extend(tags);
    gathered.next = [gathered.next, next].into_iter().flatten().min();
    if items.is_empty() {
        return Ok(());
    }
    gathered.sections.push(Section::List {
        id,
        usual,
        heading: part.heading.clone(),
        items,
    });
    Ok(())
}
