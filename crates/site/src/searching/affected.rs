//! Tells before a page is saved which searches would no longer find what they must.

use std::sync::Arc;

use torg_db::Snapshot;
use torg_kernel::{Result, Timestamp};
use torg_search::must_find::{self, Failure, MustFind};
use torg_search::{Change, Index};
use torg_web::OrganisationList;

use super::settings::MUST_FIND;
use crate::model::Content;
use crate::store::find_setting;

/// The queries that find what they must now and would not once `before` became `after`: because
/// the page itself falls behind or goes, or because it pushes another aside. Looked up in the index
/// as it would be, so that it costs two searches for each query that must find.
///
/// # Errors
/// When the database or the index fails.
pub async fn must_find_affected(
    on: &Snapshot,
    index: &Arc<Index>,
    organisations: &OrganisationList,
    before: &Content,
    after: &Content,
    now: Timestamp,
) -> Result<Vec<Failure>> {
    if !before.published || before.says_the_same_as(after) {
        return Ok(Vec::new());
    }
    let Some(csv) = find_setting(&**on, MUST_FIND).await? else {
        return Ok(Vec::new());
    };
    let lines: Vec<MustFind> = match must_find::parse(&csv) {
        Ok(lines) => lines,
        Err(error) => {
            tracing::warn!(%error, "the queries that must find cannot be read");
            return Ok(Vec::new());
        }
    };
    let page = crate::search::document(after.clone(), organisations, now);
    let change = match page.document {
        Some(document) => Change::put(document),
        None => Change::Delete { key: page.key },
    };
    let (index, was_at) = (index.clone(), before.address.to_string());
    Ok(
        tokio::task::spawn_blocking(move || must_find::affected(&index, &lines, &change, &was_at))
            .await??,
    )
}
