//! Tells the log of pages that became public or ended by the clock.

use torg_db::WriteContext;
use torg_kernel::{Result, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::OrganisationList;

use crate::store::due;

/// The most pages in one go, so that no group of writes grows without bound.
const AT_ONCE: i64 = 200;

/// Writes an event for each page whose time has come since the last go. Doing it again tells
/// nothing twice. Returns how many there were; as long as there are any, there may be more.
///
/// # Errors
/// When the database fails.
pub async fn tell_due(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
) -> Result<usize> {
    let now: Timestamp = author.now;
    let contents = due::list_due(&**context, now, AT_ONCE).await?;
    for content in &contents {
        let over = due::set_told(context, content, now).await?;
        append(
            context,
            author,
            NewEvent {
                kind: if over { "page.ended" } else { "page.shown" },
                subject: content.subject(),
                organisation: Some(content.organisation),
                authority: organisations
                    .find(content.organisation)
                    .and_then(|entry| entry.authority),
                class: PayloadClass::Public,
                before: None,
                after: Some(serde_json::to_string(content)?),
                tags: content.tags(None),
            },
        )
        .await?;
    }
    Ok(contents.len())
}
