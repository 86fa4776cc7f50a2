//! How a start page or theme page is put together: its parts, moved, left out and filled.

use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{ContentId, FieldError, Locale, Permission, Problem, Result, Subject, squeeze};
use torg_ui::{DeskSection, T, date_time};
use torg_web::{Context, Form, Reply, StatusCode, desk};

use super::form::{self, Drawing, Places, Step, Written};
use super::menus::summary;
use super::{START, layout_href, may_menus, tabs, version_rows};
use crate::history::once;
use crate::model::{Content, PageKind};
use crate::navigation::layout::{Layout, MOST_GROUPS, MOST_LINKS, MOST_SHOWN, Part, PartKind};
use crate::navigation::resolve::For;
use crate::navigation::service::{self, ARRANGED, layout_of, layout_version};
use crate::navigation::store::{self, Names, beginning};
use crate::navigation::views::{LayoutPage, PartForm, Tab};
use crate::store as pages;
use crate::store::dated::{Among, list_categories};
use crate::web::Site;

/// The most parts of a form that are looked at.
const LOOKED_AT: usize = 40;

/// A part as it was written: its links and numbers may be wrong.
#[derive(Debug, Clone)]
struct Drafted {
    part: Part,
    /// How many of a list, as it was written.
    count: String,
    lines: Vec<Written>,
}

/// What stands in the form.
struct Filled {
    parts: Vec<Drafted>,
    version: String,
    warnings: Vec<String>,
    earlier: Option<String>,
    errors: Vec<FieldError>,
}

/// Leads to the parts of the Swedish start page.
pub(super) async fn start(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let start = store::find_start(&*snapshot, Locale::SV).await?;
    snapshot.end().await?;
    let start = start.ok_or(Problem::NotFound)?;
    Ok(Reply::see_other(&layout_href(start.id)))
}

/// The text of the address, if it has parts and the caller may put them together.
async fn load(context: &Context, on: &Snapshot) -> Result<Content> {
    let id: ContentId = context.param("id")?;
    let content = pages::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    // Whose page it is decides before what kind of page it is: others learn nothing of it.
    context.acting(Permission::NavigationEdit, content.organisation)?;
    match Layout::usual(content.kind) {
        Some(_) => Ok(content),
        None => Err(Problem::NotFound),
    }
}

pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot).await?;
    let t = context.t();
    let mut layout = layout_of(&content).ok_or(Problem::NotFound)?;
    let mut earlier = None;
    if let Some(asked) = context.query("version") {
        let (found, words) = earlier_layout(&snapshot, &content, asked, t).await?;
        layout = found;
        earlier = Some(words);
    }
    let names = Names::find(&*snapshot, layout.pages()).await?;
    let links = layout.0.iter().flat_map(|part| &part.links);
    let filled = Filled {
        warnings: form::gone(t, links, &names),
        parts: drafted(&layout, &names, content.locale),
        version: layout_version(&content)?,
        earlier,
        errors: Vec::new(),
    };
    let html = draw(&site, &context, &snapshot, &content, filled).await?;
    snapshot.end().await?;
    Ok(Reply::html(html))
}

/// How the page was put together after a change, or before any.
async fn earlier_layout(
    on: &Snapshot,
    content: &Content,
    asked: &str,
    t: T,
) -> Result<(Layout, String)> {
    let usual = Layout::usual(content.kind).ok_or(Problem::NotFound)?;
    if asked == "usual" {
        return Ok((usual, t.get("navigation-usual").into_owned()));
    }
    let position = asked.parse().map_err(|_| Problem::NotFound)?;
    let subject = content.subject();
    let found = store::find_version(&**on, &subject, ARRANGED, position).await?;
    let (version, after) = found.ok_or(Problem::NotFound)?;
    let was: Content = serde_json::from_str(&after)?;
    if was.id != content.id {
        return Err(Problem::NotFound);
    }
    let time = date_time(t, version.at);
    let words = t.one("navigation-earlier", "time", time.as_str());
    Ok((layout_of(&was).unwrap_or(usual), words))
}

fn drafted(layout: &Layout, names: &Names, locale: Locale) -> Vec<Drafted> {
    let one = |part: &Part| Drafted {
        count: part.shown().to_string(),
        lines: part
            .links
            .iter()
            .filter_map(|link| form::written(link, names, locale))
            .collect(),
        part: part.clone(),
    };
    layout.0.iter().map(one).collect()
}

/// The form as it was sent, after what its button asks for.
fn filled_of(sent: &Form, kind: PageKind, step: &Step) -> Filled {
    let version = sent.text("version");
    let mut parts = Vec::new();
    for at in 0..LOOKED_AT {
        let name = |what: &str| format!("part_{at}_{what}");
        let Some(kind) = PartKind::parse(&sent.text(&name("kind"))) else {
            break;
        };
        let mut lines = form::lines(sent, &name("links"));
        step.on(&name("links"), &mut lines);
        let categories = sent.text(&name("categories"));
        let categories = categories.split(',').map(squeeze);
        let part = Part {
            hidden: !sent.has(&name("shown")),
            heading: squeeze(&sent.text(&name("heading"))),
            bare: kind == PartKind::Children && !sent.has(&name("descriptions")),
            categories: categories.filter(|name| !name.is_empty()).collect(),
            ..Part::new(kind)
        };
        parts.push(Drafted {
            count: sent.text(&name("count")),
            lines,
            part,
        });
    }
    // Only groups of links are taken away; what a page has is left out instead.
    let removes = match step {
        Step::Remove(list, at) if list == "part" => parts
            .get(*at)
            .is_some_and(|part| part.part.part == PartKind::Links),
        _ => true,
    };
    if removes {
        step.on("part", &mut parts);
    }
    if *step == Step::Add {
        parts.insert(0, empty_group());
    }
    let present: Vec<Part> = parts.iter().map(|part| part.part.clone()).collect();
    for part in Layout(present).complete(kind).0 {
        if part.part != PartKind::Links && !parts.iter().any(|own| own.part.part == part.part) {
            parts.push(Drafted {
                count: part.shown().to_string(),
                lines: Vec::new(),
                part,
            });
        }
    }
    Filled {
        parts,
        version,
        warnings: Vec::new(),
        earlier: None,
        errors: Vec::new(),
    }
}

fn empty_group() -> Drafted {
    Drafted {
        part: Part::new(PartKind::Links),
        count: String::new(),
        lines: Vec::new(),
    }
}

impl Filled {
    fn written(&self) -> impl Iterator<Item = &Written> {
        self.parts.iter().flat_map(|part| &part.lines)
    }

    /// The layout that the form says, with what is wrong with it.
    fn layout(&self, kind: PageKind, places: &Places) -> (Layout, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut parts = Vec::with_capacity(self.parts.len());
        for (at, drafted) in self.parts.iter().enumerate() {
            let mut part = drafted.part.clone();
            let (links, wrong) = places.links(&format!("part_{at}_links"), &drafted.lines);
            if drafted.lines.len() > MOST_LINKS {
                let message = torg_kernel::Message::new("navigation-too-many");
                errors.push(FieldError {
                    field: format!("part_{at}_links"),
                    message: message.with("most", MOST_LINKS),
                });
            } else {
                errors.extend(wrong);
                part.links = links;
            }
            if part.part.is_list() {
                let count = drafted.count.trim().parse::<u32>().ok();
                match count.filter(|count| (1..=MOST_SHOWN).contains(count)) {
                    // The usual number is not stored, so that nothing changes when nothing does.
                    Some(3) => {}
                    Some(count) => part.count = count,
                    None => errors.push(FieldError {
                        field: format!("part_{at}_count"),
                        message: torg_kernel::Message::new("navigation-count")
                            .with("most", MOST_SHOWN),
                    }),
                }
            }
            if !part.part.has_heading() {
                part.heading.clear();
            }
            parts.push(part);
        }
        let layout = Layout(parts);
        for error in layout.errors() {
            if !errors.iter().any(|own| own.field == error.field) {
                errors.push(error);
            }
        }
        (layout.complete(kind), errors)
    }
}

pub(super) async fn post(site: Arc<Site>, context: Context) -> Result<Reply> {
    let sent = context.form();
    let step = Step::of(&sent);
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot).await?;
    let mut filled = filled_of(&sent, content.kind, &step);
    let places = Places::find(&context, &snapshot, filled.written()).await?;
    snapshot.end().await?;
    let mut status = StatusCode::OK;
    if step == Step::Save || step == Step::Look {
        let (layout, errors) = filled.layout(content.kind, &places);
        if !errors.is_empty() {
            filled.errors = errors;
            status = StatusCode::UNPROCESSABLE_ENTITY;
        } else if step == Step::Save {
            let layout = (Some(&layout) != Layout::usual(content.kind).as_ref()).then_some(layout);
            match save(&context, &sent, &content, layout).await {
                Ok(()) => {
                    let to = layout_href(content.id);
                    return Ok(Reply::see_other(&format!("{to}?done=navigation-saved")));
                }
                Err(Problem::Conflict(message)) => {
                    let field = String::new();
                    filled.errors = vec![FieldError { field, message }];
                    let snapshot = context.app.database.snapshot().await?;
                    filled.version = layout_version(&load(&context, &snapshot).await?)?;
                    snapshot.end().await?;
                    status = StatusCode::CONFLICT;
                }
                Err(problem) => return Err(problem),
            }
        }
    }
    let snapshot = context.app.database.snapshot().await?;
    let html = draw(&site, &context, &snapshot, &content, filled).await?;
    snapshot.end().await?;
    let mut reply = Reply::html(html);
    reply.status = status;
    Ok(reply)
}

async fn save(
    context: &Context,
    sent: &Form,
    content: &Content,
    layout: Option<Layout>,
) -> Result<()> {
    let request = sent.request_id()?;
    let version = sent.text("version");
    let actor = context.acting(Permission::NavigationEdit, content.organisation)?;
    let caller = context.caller()?.clone();
    let id = content.id;
    let operation = format!("navigation.layout {id} {}", sent.digest());
    once(context, actor, operation, request, move |write, acting| {
        Box::pin(
            async move { service::arrange(write, acting, &caller, id, layout, &version).await },
        )
    })
    .await?;
    Ok(())
}

/// The page as the form says.
pub(super) async fn preview(site: Arc<Site>, context: Context) -> Result<Reply> {
    let sent = context.form();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot).await?;
    let mut filled = filled_of(&sent, content.kind, &Step::Look);
    let places = Places::find(&context, &snapshot, filled.written()).await?;
    let (layout, errors) = filled.layout(content.kind, &places);
    if !errors.is_empty() {
        filled.errors = errors;
        let html = draw(&site, &context, &snapshot, &content, filled).await?;
        snapshot.end().await?;
        return Ok(Reply::form_again(html));
    }
    snapshot.end().await?;
    let back = layout_href(content.id);
    let mut text = content;
    text.details.layout = Some(layout);
    super::preview(&context, text, None, back).await
}

async fn draw(
    site: &Site,
    context: &Context,
    on: &Snapshot,
    content: &Content,
    filled: Filled,
) -> Result<String> {
    let t = context.t();
    let caller = context.caller()?;
    let (organisations, _) = context.app.organisations(on).await?;
    let places = Places::find(context, on, filled.written()).await?;
    let (layout, _) = filled.layout(content.kind, &places);
    let names = Names::find(&**on, layout.pages()).await?;
    let texts = Names::find(&**on, [content.page]).await?;
    let themes = store::list_themes(&**on, content.locale).await?;
    let news = Among::Kind(PageKind::News);
    let categories = list_categories(&**on, news, content.locale, context.now).await?;
    let to = layout_href(content.id);
    let subject: Subject = content.subject();
    let start = beginning(content.id);
    let versions = store::list_versions(&**on, &subject, ARRANGED, &start).await?;
    let versions = version_rows(site, context, on, versions, |position| {
        format!("{to}?version={position}")
    })
    .await?;
    let parts_form = PartsForm {
        t,
        action: &to,
        filled: &filled,
        places: &places,
        names: &names,
        reader: For {
            locale: content.locale,
            now: context.now,
            own: true,
        },
    };
    let is_start = content.kind == PageKind::Start;
    let groups = filled
        .parts
        .iter()
        .filter(|part| part.part.part == PartKind::Links)
        .count();
    let parts_error = filled.errors.iter().find(|error| error.field == "parts");
    let language = |name: &store::PageName| {
        let locale: Locale = name.locale.parse().ok()?;
        let id = ContentId(name.content_id);
        Some(Tab {
            label: locale.endonym().to_owned(),
            href: layout_href(id),
            current: id == content.id,
        })
    };
    let mut languages: Vec<&store::PageName> = texts.all(content.page).collect();
    languages.sort_by_key(|name| (name.locale != "sv", name.locale != "en"));
    let mut frame = desk(
        context,
        DeskSection::Navigation,
        &t.one("navigation-layout", "title", content.title.as_str()),
    )?;
    frame.crumbs = super::crumbs(t);
    frame.public_href = content.address.to_string();
    let here = if is_start { START } else { "" };
    let page = LayoutPage {
        desk: frame,
        tabs: tabs(t, here, may_menus(caller, &organisations)),
        languages: languages.into_iter().filter_map(language).collect(),
        lang: content.locale,
        preview: format!("{to}/preview"),
        usual: format!("{to}?version=usual"),
        start: is_start,
        parts: parts_form.parts(),
        parts_error: parts_error.map(|error| t.message(&error.message)),
        may_add: groups < MOST_GROUPS,
        known: form::offered(content.locale, t, &themes),
        categories: categories.into_iter().map(|own| own.name).collect(),
        warnings: filled.warnings.clone(),
        earlier: filled.earlier.clone(),
        versions,
        version: filled.version.clone(),
        request_id: context.new_request_id(),
        summary: summary(t, &filled.errors),
        action: to.clone(),
    };
    Ok(page.render()?)
}

/// The parts as fields.
struct PartsForm<'a> {
    t: T,
    action: &'a str,
    filled: &'a Filled,
    places: &'a Places,
    names: &'a Names,
    reader: For,
}

impl PartsForm<'_> {
    fn parts(&self) -> Vec<PartForm> {
        let parts = &self.filled.parts;
        let one = |(at, drafted)| self.part(at, drafted, at + 1 == parts.len());
        parts.iter().enumerate().map(one).collect()
    }

    fn error(&self, at: usize, what: &str) -> Option<String> {
        let field = format!("part_{at}_{what}");
        let found = self.filled.errors.iter().find(|error| error.field == field);
        found.map(|error| self.t.message(&error.message))
    }

    fn part(&self, at: usize, drafted: &Drafted, last: bool) -> PartForm {
        let t = self.t;
        let part = &drafted.part;
        let kind = part.part.as_str();
        let group = part.part == PartKind::Links;
        let list = part.part.is_list();
        let title = match group && !part.heading.is_empty() {
            true => part.heading.clone(),
            false => t.get(&format!("navigation-part-{kind}")).into_owned(),
        };
        let name = format!("part_{at}_links");
        PartForm {
            name: format!("part_{at}"),
            number: at,
            kind,
            about: t.get(&format!("navigation-part-{kind}-about")).into_owned(),
            shown: !part.hidden,
            heading: part.part.has_heading().then(|| part.heading.clone()),
            heading_hint: match group {
                true => String::new(),
                false => t.get("navigation-heading-hint").into_owned(),
            },
            heading_error: self.error(at, "heading"),
            count: list.then(|| drafted.count.clone()),
            count_error: self.error(at, "count"),
            categories: (part.part == PartKind::News).then(|| part.categories.join(", ")),
            categories_error: self.error(at, "categories"),
            descriptions: (part.part == PartKind::Children).then_some(!part.bare),
            lines: group.then(|| {
                let drawing = Drawing {
                    t,
                    name: &name,
                    label: title.clone(),
                    most: MOST_LINKS,
                    about: true,
                    action: self.action,
                    errors: &self.filled.errors,
                    reader: self.reader,
                };
                form::draw(&drawing, &drafted.lines, self.places, self.names)
            }),
            first: at == 0,
            last,
            title,
        }
    }
}
