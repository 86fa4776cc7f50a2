//! Changes that time alone makes: a page becomes public at its time, and ends after its last day.
//! Readers are answered by the clock; the log is told by a job, so that search, subscriptions and
//! whatever else follows it hears of these changes as of all others.

use torg_db::{ConnectionTrait, WriteContext, execute, fetch_all};
use torg_kernel::{Result, Timestamp};

use super::{COLUMNS, Row};
use crate::model::Content;

/// What the log knows of a content's times once it is told of it at an instant: 0 that it is to
/// come, 1 that it is public, 2 that it is over.
pub(super) fn told_at(content: &Content, now: Timestamp) -> i64 {
    if content.details.until_at().is_some_and(|until| until <= now) {
        2
    } else {
        i64::from(content.details.published_at().is_none_or(|at| at <= now))
    }
}

/// Contents whose time has come and of which the log has not been told, at most `limit`.
pub(crate) async fn list_due<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Content>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.state = 'published' AND ((c.told = 0 AND c.published_at <= $1) \
             OR (c.told < 2 AND c.until_at <= $1)) ORDER BY c.published_at, c.id LIMIT $2"
        ),
        vec![now.micros().into(), limit.into()],
    )
    .await?;
    rows.into_iter().map(Row::into_content).collect()
}

/// Notes that the log has been told. Returns whether it is over.
pub(crate) async fn set_told(
    context: &WriteContext,
    content: &Content,
    now: Timestamp,
) -> Result<bool> {
    let told = told_at(content, now);
    execute(
        &**context,
        "UPDATE page_content SET told = $1 WHERE id = $2",
        vec![told.into(), content.id.0.into()],
    )
    .await?;
    Ok(told == 2)
}
