//! Giving everything back: canonical JSON, with readable Markdown beside it.

use serde::{Deserialize, Serialize};
use torg_db::ConnectionTrait;
use torg_kernel::{Address, FactId, FileId, Locale, PageId, PictureId, Result, UnitId};
use torg_markup::{FrontMatter, NameLookup, PageType, VacancyFront};
use torg_web::OrganisationList;
use uuid::Uuid;

use crate::import::named;
use crate::model::Content;
use crate::store;

/// A page's file in an export.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedPage {
    /// Version of this form.
    pub format: u16,
    /// Key of the organisation that answers for the page.
    pub owner: String,
    /// The content.
    #[serde(flatten)]
    pub content: Content,
}

impl ExportedPage {
    /// For [`crate::import_canonical`]: the owner's key and the file's path as a name, and the
    /// content.
    #[must_use]
    pub fn into_named(self, path: &str) -> (String, Content) {
        (named(&self.owner, path), self.content)
    }
}

/// The path of a page's files without their ending: `sv/bygga/lov`, `en/housing`. The start page
/// is `sv/_start`, and a page whose address lacks the prefix of its language lies in `en/_other`:
/// no address has an underscore, so that no two pages can meet.
#[must_use]
pub fn page_file(content: &Content) -> String {
    let (locale, address) = (content.locale, content.address.as_str());
    if content.address == Address::start(locale) {
        return format!("{locale}/_start");
    }
    let inner = address.trim_start_matches('/');
    if locale == Locale::SV {
        return format!("{locale}/{inner}");
    }
    let own = inner
        .strip_prefix(locale.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    match (own, inner) {
        (Some(own), _) => format!("{locale}/{own}"),
        (None, "") => format!("{locale}/_other/_start"),
        (None, other) => format!("{locale}/_other/{other}"),
    }
}

/// Walks through all pages in id order and hands each over as its JSON and its Markdown.
///
/// # Errors
/// When the database fails or `write` does.
pub async fn export_pages<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
    names: &(dyn ExportNames + Sync),
    write: &mut (dyn FnMut(&Content, String, String) -> Result<()> + Send),
) -> Result<usize> {
    let known = store::list_known(on).await?;
    let addresses = Addresses {
        known: &known,
        names,
    };
    let mut after = Uuid::nil();
    let mut count = 0;
    loop {
        let contents = store::list_after(on, after, 200).await?;
        let Some(last) = contents.last() else {
            return Ok(count);
        };
        after = last.id.0;
        for content in contents {
            let owner = organisations
                .find(content.organisation)
                .map(|entry| entry.key.clone())
                .unwrap_or_default();
            let front = front(&content, &owner, names);
            let markdown = torg_markup::to_markdown(&content.document, &front, &addresses);
            let page = ExportedPage {
                format: 1,
                owner,
                content,
            };
            let json = serde_json::to_string_pretty(&page)?;
            write(&page.content, json, markdown)?;
            count += 1;
        }
    }
}

/// Knows units and facts by id.
pub trait ExportNames {
    /// Key of a unit.
    fn unit(&self, id: UnitId) -> Option<String>;
    /// Key of a fact.
    fn fact(&self, id: FactId) -> Option<String>;
    /// Key of a picture.
    fn picture(&self, id: PictureId) -> Option<String>;
    /// Key of a file.
    fn file(&self, id: FileId) -> Option<String>;
}

struct Addresses<'a> {
    known: &'a [store::Known],
    names: &'a (dyn ExportNames + Sync),
}

impl NameLookup for Addresses<'_> {
    fn page(&self, id: PageId) -> Option<String> {
        self.known
            .iter()
            .find(|known| known.page_id == id.0)
            .map(|known| known.address.clone())
    }
    fn unit(&self, id: UnitId) -> Option<String> {
        self.names.unit(id)
    }
    fn fact(&self, id: FactId) -> Option<String> {
        self.names.fact(id)
    }
    fn picture(&self, id: PictureId) -> Option<String> {
        self.names.picture(id).map(|key| format!("/pictures/{key}"))
    }
    fn file(&self, id: FileId) -> Option<String> {
        self.names.file(id).map(|key| format!("/files/{key}"))
    }
}

fn front(content: &Content, owner: &str, names: &(dyn ExportNames + Sync)) -> FrontMatter {
    let details = &content.details;
    let picture = details.picture.map(|id| match names.picture(id) {
        Some(key) => format!("/pictures/{key}"),
        None => format!("picture:{id}"),
    });
    FrontMatter {
        title: Some(content.title.clone()),
        address: Some(content.address.clone()),
        page_type: PageType::parse(content.kind.as_str()),
        locale: Some(content.locale),
        owner: Some(owner.to_owned()),
        reviewed: content
            .reviewed
            .as_deref()
            .and_then(|date| date.parse().ok()),
        description: Some(content.description.clone()),
        translates: None,
        variant: Some(content.variant),
        order: i32::try_from(content.order)
            .ok()
            .filter(|order| *order != 0),
        keywords: (!content.keywords.is_empty()).then(|| content.keywords.clone()),
        icon: (!content.icon.is_empty()).then(|| content.icon.clone()),
        published: details.published,
        until: details.until,
        categories: (!details.categories.is_empty()).then(|| details.categories.clone()),
        picture,
        comments: details.comments.then(|| "moderated".to_owned()),
        translated_by: details.machine_translated.then(|| "machine".to_owned()),
        vacancy: details
            .vacancy
            .as_ref()
            .map_or_else(VacancyFront::default, |vacancy| {
                let text = |text: &String| (!text.is_empty()).then(|| text.clone());
                VacancyFront {
                    employment: vacancy.employment.map(|kind| kind.as_str().to_owned()),
                    extent: text(&vacancy.extent),
                    workplace: vacancy.workplace.and_then(|unit| names.unit(unit)),
                    positions: vacancy.positions,
                    starts: text(&vacancy.starts),
                    salary: text(&vacancy.salary),
                    reference: text(&vacancy.reference),
                    apply_until: vacancy.apply_until,
                    apply: text(&vacancy.apply),
                }
            }),
    }
}

/// For the form that edits one page: names for everything its text points at.
pub(crate) struct FormNames {
    pub pages: Vec<store::Elsewhere>,
    pub units: Vec<(UnitId, String)>,
    pub facts: Vec<(FactId, String)>,
    pub pictures: Vec<(PictureId, String)>,
    pub files: Vec<(FileId, String)>,
}

fn key_of<Id: Copy + PartialEq>(known: &[(Id, String)], id: Id) -> Option<&str> {
    let found = known.iter().find(|(own, _)| *own == id);
    found.map(|(_, key)| key.as_str())
}

impl NameLookup for FormNames {
    fn page(&self, id: PageId) -> Option<String> {
        self.pages
            .iter()
            .find(|page| page.page_id == id.0)
            .map(|page| page.address.clone())
    }
    fn unit(&self, id: UnitId) -> Option<String> {
        key_of(&self.units, id).map(str::to_owned)
    }
    fn fact(&self, id: FactId) -> Option<String> {
        key_of(&self.facts, id).map(str::to_owned)
    }
    fn picture(&self, id: PictureId) -> Option<String> {
        key_of(&self.pictures, id).map(|key| format!("/pictures/{key}"))
    }
    fn file(&self, id: FileId) -> Option<String> {
        key_of(&self.files, id).map(|key| format!("/files/{key}"))
    }
}
