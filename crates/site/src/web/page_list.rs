//! The staff's list of pages.

use askama::Template;
use torg_kernel::{Locale, OrganisationId, Result};
use torg_ui::{DeskSection, date};
use torg_web::{Context, Reply, desk};

use super::{page_number, paging};
use crate::store::{self, Listed};
use crate::views::{PageRow, PagesListPage};

/// Rows on a page.
const ROWS: usize = 50;

pub(super) async fn get(context: Context) -> Result<Reply> {
    let t = context.t();
    let query: String = context
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let query = torg_kernel::squeeze(&query);
    let number = page_number(context.query("page"));
    let snapshot = context.app.database.snapshot().await?;
    let offset = i64::try_from((number - 1) * ROWS)?;
    let (rows, total) =
        store::list_filtered(&*snapshot, &query, i64::try_from(ROWS)?, offset).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let total = usize::try_from(total)?;
    let row = |row: Listed| PageRow {
        title: row.title,
        edit_href: format!("/admin/pages/{}", row.id),
        address: row.address,
        locale: row.locale.parse().unwrap_or(Locale::SV),
        owner: organisations
            .find(OrganisationId(row.organisation_id))
            .map(|entry| entry.name(context.locale()).to_owned())
            .unwrap_or_default(),
        reviewed: row
            .reviewed_on
            .and_then(|day| day.parse().ok())
            .map(|day: jiff::civil::Date| date(t, day)),
    };
    let page = PagesListPage {
        desk: desk(&context, DeskSection::Pages, &t.get("desk-pages"))?,
        paging: paging("/admin/pages", &query, number, total.div_ceil(ROWS)),
        query,
        total,
        rows: rows.into_iter().map(row).collect(),
    };
    Ok(Reply::html(page.render()?))
}
