//! What search shall know of pages.

use torg_db::Snapshot;
use torg_kernel::{PageId, Result, Timestamp};
use torg_search::SearchDocument;
use torg_web::OrganisationList;
use uuid::Uuid;

use crate::model::Content;
use crate::store;

/// A page for the index, or that it is not public any more.
#[derive(Debug, Clone)]
pub struct PageForSearch {
    /// The key in the index.
    pub key: String,
    /// The document; `None` takes it out.
    pub document: Option<SearchDocument>,
}

/// Which pages to read.
pub enum PagesWanted<'a> {
    /// All languages of these pages, and what went from them into the trash.
    These(&'a [PageId]),
    /// The next 200 contents after this id.
    After(Uuid),
}

/// Pages for the index with the id of the last content, to go on from. What is not public at `now`
/// is taken out; the event of its time brings it in.
///
/// # Errors
/// When the database fails.
pub async fn search_pages(
    on: &Snapshot,
    organisations: &OrganisationList,
    wanted: PagesWanted<'_>,
    now: Timestamp,
) -> Result<(Vec<PageForSearch>, Option<Uuid>)> {
    let mut found = Vec::new();
    let contents = match wanted {
        PagesWanted::These(pages) => {
            let gone = store::list_trashed_of(&**on, pages).await?;
            found.extend(gone.into_iter().map(|id| PageForSearch {
                key: format!("page:{id}"),
                document: None,
            }));
            store::list_of_pages(&**on, pages).await?
        }
        PagesWanted::After(id) => store::list_after(&**on, id, 200).await?,
    };
    let last = contents.last().map(|content| content.id.0);
    let documents = contents.into_iter();
    found.extend(documents.map(|content| document(content, organisations, now)));
    Ok((found, last))
}

pub(crate) fn document(
    content: Content,
    organisations: &OrganisationList,
    now: Timestamp,
) -> PageForSearch {
    let key = format!("page:{}", content.id);
    if !content.is_public_at(now) {
        return PageForSearch {
            key,
            document: None,
        };
    }
    let address = content.address.as_str();
    let mut parts = address.trim_start_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    let theme = if first.len() == 2 {
        parts.next().unwrap_or_default()
    } else {
        first
    };
    let organisation = organisations
        .find(content.organisation)
        .map(|entry| entry.key.clone());
    PageForSearch {
        document: Some(SearchDocument {
            key: key.clone(),
            kind: content.kind.as_str().to_owned(),
            locale: content.locale,
            variant: content.variant,
            url: address.to_owned(),
            title: content.title.clone(),
            headings: content.document.headings(),
            description: content.description.clone(),
            keywords: content.keywords.clone(),
            body: torg_ui::sentences(&content.document.body_text()),
            organisation,
            theme: (!theme.is_empty()).then(|| theme.to_owned()),
            published_at: content.details.published_at(),
            updated_at: content.updated_at,
        }),
        key,
    }
}
