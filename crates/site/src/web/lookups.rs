//! What the block editor asks while somebody writes: its words, what one can link to or show, what
//! references show now, and where a fact is shown. Everything goes through the same sight as the
//! lists: drafts of other organisations are not found.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use torg_db::Snapshot;
use torg_kernel::{
    Access, FactField, FactRef, FactSource, FieldError, FileId, Locale, Message, OrganisationId,
    PageId, Permission, PictureId, Problem, Result, Timestamp, UnitId,
};
use torg_ui::PictureView;
use torg_web::{Context, Reading, Reply, Resolved, Routes, Wanted};
use uuid::Uuid;

use super::{Site, page_list};
use crate::store::list_pages_using;
use crate::store::lookups::{Linkable, list_at, list_linkable, list_linked};

/// Most things of a kind in an answer.
const MOST: usize = 24;
/// Most references in one question.
const MOST_REFERENCES: usize = 500;
/// Most pages that are named when it is asked where a fact is shown.
const MOST_PAGES: usize = 100;

/// What the editor finds in other rooms; wired by the binary. Each gives ids; what they are called
/// comes from the rooms' resolvers, as on a public page.
#[async_trait]
pub trait Lookups: Send + Sync {
    /// Units in whose names the words stand.
    ///
    /// # Errors
    /// When the database fails.
    async fn units(&self, on: &Snapshot, words: &str, most: usize) -> Result<Vec<UnitId>>;
    /// Facts in whose labels the words stand.
    ///
    /// # Errors
    /// When the database fails.
    async fn facts(
        &self,
        on: &Snapshot,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<FactRef>>;
    /// Pictures in whose words these stand and that readers may see, standard ones first, else the
    /// latest; or standard ones alone.
    ///
    /// # Errors
    /// When the database fails.
    async fn pictures(
        &self,
        on: &Snapshot,
        words: &str,
        now: Timestamp,
        standard: bool,
        most: usize,
    ) -> Result<Vec<PictureId>>;
    /// Files in whose words these stand, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    async fn files(&self, on: &Snapshot, words: &str, most: usize) -> Result<Vec<FileId>>;
    /// Whose a fact or unit is, and where it is changed.
    ///
    /// # Errors
    /// When the database fails.
    async fn place_of(&self, on: &Snapshot, fact: &FactRef) -> Result<Option<FactPlace>>;
}

/// Where a fact is changed, and who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPlace {
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// What one needs there to change it.
    pub permission: Permission,
    /// The page on which it is changed, if there is one.
    pub href: Option<String>,
}

/// A thing as the editor shows it. What is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Thing {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageId>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    picture: Option<Seen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Seen {
    src: String,
    width: u32,
    height: u32,
    alt: String,
    credit: String,
    focus: (u8, u8),
}

impl Seen {
    fn of(view: &PictureView) -> Self {
        Self {
            src: view.src.clone(),
            width: view.width,
            height: view.height,
            alt: view.alt.clone(),
            credit: view.credit.clone(),
            focus: view.focus,
        }
    }
}

#[derive(Serialize)]
struct Found {
    kind: &'static str,
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<FactSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<FactField>,
    #[serde(flatten)]
    thing: Thing,
}

/// Routes for the editor.
pub(super) fn routes(site: &Arc<Site>) -> Routes {
    let access = Access::Needs(Permission::PageEdit);
    let (one, other) = (site.clone(), site.clone());
    Routes::new()
        .get("/admin/lookups/words", access, words)
        .get("/admin/lookups/search", access, move |context| {
            search(one.clone(), context)
        })
        .post("/admin/lookups/shown", access, shown)
        .get("/admin/lookups/uses", access, move |context| {
            uses(other.clone(), context)
        })
}

/// `GET /admin/lookups/words`: the words of the editor and of the states of a text, and who writes.
async fn words(context: Context) -> Result<Reply> {
    #[derive(Serialize)]
    struct Words {
        person: Uuid,
        words: BTreeMap<&'static str, &'static str>,
    }
    Reply::json(&Words {
        person: context.caller()?.person.0,
        words: ["editor-", "desk-state-"]
            .into_iter()
            .flat_map(|prefix| context.t().beginning(prefix))
            .collect(),
    })
}

fn language(text: Option<&str>) -> Locale {
    text.and_then(|text| text.parse().ok())
        .unwrap_or(Locale::SV)
}

/// `GET /admin/lookups/search?q=…&kinds=page,unit,fact,picture,standard,file&locale=sv`
async fn search(site: Arc<Site>, context: Context) -> Result<Reply> {
    let words: String = context
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let words = torg_kernel::squeeze(&words);
    let locale = language(context.query("locale"));
    let kinds = context.query("kinds").unwrap_or("page").to_owned();
    let reading = context.app.reading();
    let on = reading.snapshot().await?;
    let lookups = &site.lookups;
    let mut items = Vec::new();
    for kind in kinds.split(',') {
        match kind {
            "page" => {
                let (organisations, _) = context.app.organisations(on).await?;
                let own = page_list::own(&context, &organisations)?;
                let found = list_linkable(&**on, &words, locale.as_str(), own.as_deref(), MOST);
                items.extend(found.await?.into_iter().map(page_found));
            }
            "unit" => {
                let units = lookups.units(on, &words, MOST).await?;
                items.extend(units_found(&context, &reading, &units, locale).await?);
            }
            "fact" => {
                let mut facts = lookups.facts(on, &words, context.now, MOST).await?;
                for unit in lookups.units(on, &words, MOST / 3).await? {
                    facts.extend(UNIT_FIELDS.iter().map(|(field, _)| of_unit(unit, *field)));
                }
                items.extend(facts_found(&context, &reading, &facts, locale).await?);
            }
            "picture" | "standard" => {
                let (now, standard) = (context.now, kind == "standard");
                let pictures = lookups.pictures(on, &words, now, standard, MOST).await?;
                items.extend(pictures_found(&context, &reading, pictures, locale).await?);
            }
            "file" => {
                let files = lookups.files(on, &words, MOST).await?;
                items.extend(files_found(&context, &reading, files, locale).await?);
            }
            _ => {}
        }
    }
    reading.end().await?;
    Reply::json(&serde_json::json!({ "items": items }))
}

const UNIT_FIELDS: [(FactField, &str); 4] = [
    (FactField::Phone, "editor-fact-phone"),
    (FactField::Hours, "editor-fact-hours"),
    (FactField::Address, "editor-fact-address"),
    (FactField::Email, "editor-fact-email"),
];

const fn of_unit(unit: UnitId, field: FactField) -> FactRef {
    FactRef {
        source: FactSource::Unit,
        id: unit.0,
        field,
    }
}

/// The reference that says what the thing is called that a fact is a part of.
const fn name_of(fact: &FactRef) -> FactRef {
    FactRef {
        field: FactField::Name,
        ..*fact
    }
}

fn page_thing(page: Linkable) -> Thing {
    Thing {
        title: page.title,
        note: Some(page.address.clone()),
        href: (page.state == "published").then_some(page.address),
        page: Some(PageId(page.page_id)),
        ..Thing::default()
    }
}

fn page_found(page: Linkable) -> Found {
    Found {
        kind: "page",
        id: page.page_id,
        source: None,
        field: None,
        thing: page_thing(page),
    }
}

fn plain(kind: &'static str, id: Uuid, thing: Thing) -> Found {
    Found {
        kind,
        id,
        source: None,
        field: None,
        thing,
    }
}

async fn resolve(
    context: &Context,
    reading: &Reading,
    wanted: &Wanted,
    locale: Locale,
) -> Result<Resolved> {
    let facts = &context.app.facts;
    facts.resolve(reading, wanted, locale, context.now).await
}

async fn units_found(
    context: &Context,
    reading: &Reading,
    units: &[UnitId],
    locale: Locale,
) -> Result<Vec<Found>> {
    let fields = [FactField::Name, FactField::Address];
    let wanted = Wanted {
        facts: units
            .iter()
            .flat_map(|unit| fields.map(|field| of_unit(*unit, field)))
            .collect(),
        ..Wanted::default()
    };
    let resolved = resolve(context, reading, &wanted, locale).await?;
    let say = |unit, field| resolved.facts.get(&of_unit(unit, field)).cloned();
    let found = units.iter().filter_map(|unit| {
        let thing = Thing {
            title: say(*unit, FactField::Name)?,
            note: say(*unit, FactField::Address),
            ..Thing::default()
        };
        Some(plain("unit", unit.0, thing))
    });
    Ok(found.collect())
}

/// What a fact is called: its label, or the unit with the part that is meant.
fn fact_title(context: &Context, fact: &FactRef, name: &str) -> String {
    let part = match (fact.source, fact.field) {
        (FactSource::Unit, FactField::Name) => "editor-fact-name",
        (FactSource::Unit, field) => UNIT_FIELDS
            .iter()
            .find(|(own, _)| *own == field)
            .map_or("", |(_, key)| key),
        (FactSource::Fact, _) => "",
    };
    if part.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {}", context.t().get(part))
    }
}

async fn facts_found(
    context: &Context,
    reading: &Reading,
    facts: &[FactRef],
    locale: Locale,
) -> Result<Vec<Found>> {
    let wanted = Wanted {
        facts: facts
            .iter()
            .flat_map(|fact| [*fact, name_of(fact)])
            .collect(),
        ..Wanted::default()
    };
    let resolved = resolve(context, reading, &wanted, locale).await?;
    let found = facts.iter().filter_map(|fact| {
        let name = resolved.facts.get(&name_of(fact))?;
        Some(Found {
            kind: "fact",
            id: fact.id,
            source: Some(fact.source),
            field: Some(fact.field),
            thing: Thing {
                title: fact_title(context, fact, name),
                value: Some(resolved.facts.get(fact)?.clone()),
                ..Thing::default()
            },
        })
    });
    Ok(found.collect())
}

fn picture_thing(context: &Context, view: &PictureView) -> Thing {
    Thing {
        title: if view.alt.is_empty() {
            context.t().get("editor-alt-missing").into_owned()
        } else {
            view.alt.clone()
        },
        note: Some(view.credit.clone()).filter(|credit| !credit.is_empty()),
        picture: Some(Seen::of(view)),
        ..Thing::default()
    }
}

async fn pictures_found(
    context: &Context,
    reading: &Reading,
    pictures: Vec<PictureId>,
    locale: Locale,
) -> Result<Vec<Found>> {
    let wanted = Wanted {
        pictures: pictures.clone(),
        ..Wanted::default()
    };
    let resolved = resolve(context, reading, &wanted, locale).await?;
    let found = pictures.iter().filter_map(|id| {
        let view = resolved.pictures.get(id)?;
        Some(plain("picture", id.0, picture_thing(context, view)))
    });
    Ok(found.collect())
}

async fn files_found(
    context: &Context,
    reading: &Reading,
    files: Vec<FileId>,
    locale: Locale,
) -> Result<Vec<Found>> {
    let wanted = Wanted {
        files: files.clone(),
        ..Wanted::default()
    };
    let resolved = resolve(context, reading, &wanted, locale).await?;
    let found = files.iter().filter_map(|id| {
        let file = resolved.files.get(id)?;
        Some(plain("file", id.0, file_thing(context, file)))
    });
    Ok(found.collect())
}

fn file_thing(context: &Context, file: &torg_ui::FileView) -> Thing {
    Thing {
        title: file.title.clone(),
        note: Some(file.note(context.t())),
        href: Some(file.href.clone()),
        ..Thing::default()
    }
}

/// What is asked about, taken apart by what it points at.
#[derive(Default)]
struct References {
    wanted: Wanted,
    facts: Vec<FactRef>,
    pages: Vec<Uuid>,
    addresses: Vec<String>,
}

impl References {
    fn read(refs: &[String]) -> Self {
        let mut all = Self::default();
        for one in refs {
            let Some((kind, rest)) = one.split_once(':') else {
                continue;
            };
            let id = Uuid::parse_str(rest).ok();
            match (kind, id) {
                ("page", Some(id)) => all.pages.push(id),
                ("unit", Some(id)) => {
                    all.wanted.contacts.push(UnitId(id));
                    all.wanted.unit_links.push(UnitId(id));
                }
                ("picture", Some(id)) => all.wanted.pictures.push(PictureId(id)),
                ("file", Some(id)) => all.wanted.files.push(FileId(id)),
                ("path", _) => all.addresses.push(rest.to_owned()),
                ("value", _) => {
                    if let Ok(fact) = rest.parse::<FactRef>() {
                        all.wanted.facts.extend([fact, name_of(&fact)]);
                        all.facts.push(fact);
                    }
                }
                _ => {}
            }
        }
        all
    }
}

#[derive(Deserialize)]
struct AskedShown {
    locale: String,
    refs: Vec<String>,
}

/// `POST /admin/lookups/shown` with `{"locale": "sv", "refs": ["page:ID", "value:unit:ID:phone", …]}`:
/// what each shows now. What is not there is left out. Reads only; it is a POST since a text can
/// point at more than an address can hold.
async fn shown(context: Context) -> Result<Reply> {
    let wrong = || {
        Problem::Invalid(vec![FieldError {
            field: "refs".to_owned(),
            message: Message::new("desk-not-understood"),
        }])
    };
    let asked: AskedShown = serde_json::from_slice(&context.body).map_err(|_| wrong())?;
    if asked.refs.len() > MOST_REFERENCES {
        return Err(wrong());
    }
    let locale = language(Some(&asked.locale));
    let references = References::read(&asked.refs);
    let reading = context.app.reading();
    let on = reading.snapshot().await?;
    let (organisations, _) = context.app.organisations(on).await?;
    let own = page_list::own(&context, &organisations)?;
    let pages = list_linked(&**on, &references.pages, locale.as_str(), own.as_deref()).await?;
    let at = list_at(&**on, &references.addresses, own.as_deref()).await?;
    let resolved = resolve(&context, &reading, &references.wanted, locale).await?;
    reading.end().await?;
    let mut shown: HashMap<String, Thing> = HashMap::new();
    for page in pages {
        let name = format!("page:{}", page.page_id);
        shown.entry(name).or_insert_with(|| page_thing(page));
    }
    for page in at {
        let name = format!("path:{}", page.address);
        shown.entry(name).or_insert_with(|| page_thing(page));
    }
    show_resolved(&context, &references.facts, resolved, locale, &mut shown);
    Reply::json(&serde_json::json!({ "shown": shown }))
}

fn show_resolved(
    context: &Context,
    facts: &[FactRef],
    resolved: Resolved,
    locale: Locale,
    shown: &mut HashMap<String, Thing>,
) {
    for (id, card) in &resolved.contacts {
        let thing = Thing {
            title: card.name.clone(),
            href: resolved.unit_links.get(id).cloned(),
            card: Some(
                card.html(torg_ui::T::of(locale), 3, "card_0")
                    .as_str()
                    .to_owned(),
            ),
            ..Thing::default()
        };
        shown.insert(format!("unit:{id}"), thing);
    }
    for (id, view) in &resolved.pictures {
        shown.insert(format!("picture:{id}"), picture_thing(context, view));
    }
    for (id, file) in &resolved.files {
        shown.insert(format!("file:{id}"), file_thing(context, file));
    }
    for fact in facts {
        let (Some(name), Some(value)) =
            (resolved.facts.get(&name_of(fact)), resolved.facts.get(fact))
        else {
            continue;
        };
        let thing = Thing {
            title: fact_title(context, fact, name),
            value: Some(value.clone()),
            ..Thing::default()
        };
        shown.insert(format!("value:{fact}"), thing);
    }
}

/// `GET /admin/lookups/uses?source=unit&id=…&field=phone`: the public pages that show a fact, and
/// where it is changed if the caller may change it.
async fn uses(site: Arc<Site>, context: Context) -> Result<Reply> {
    #[derive(Serialize)]
    struct UsingPage {
        title: String,
        href: String,
    }
    let part = |name| context.query(name).unwrap_or_default();
    let fact: FactRef = format!("{}:{}:{}", part("source"), part("id"), part("field"))
        .parse()
        .map_err(|()| Problem::NotFound)?;
    let kind = match fact.source {
        FactSource::Unit => "unit",
        FactSource::Fact => "fact",
    };
    let snapshot = context.app.database.snapshot().await?;
    let pages = list_pages_using(&*snapshot, kind, fact.id).await?;
    let place = site.lookups.place_of(&snapshot, &fact).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    let edit_href = place
        .filter(|place| caller.may(place.permission, place.organisation))
        .and_then(|place| place.href);
    let total = pages.len();
    let pages: Vec<UsingPage> = pages
        .into_iter()
        .take(MOST_PAGES)
        .map(|page| UsingPage {
            title: page.title,
            href: page.address,
        })
        .collect();
    Reply::json(&serde_json::json!({ "pages": pages, "total": total, "edit_href": edit_href }))
}
