//! The staff's list of pages.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, fetch_all, scalar};
use torg_kernel::OrganisationId;
use uuid::Uuid;

use crate::desk::model::DeskState;

/// Which pages are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted<'a> {
    /// Words of the title or address.
    pub query: &'a str,
    pub state: Option<DeskState>,
    pub kind: Option<&'a str>,
    pub locale: Option<&'a str>,
    pub organisation: Option<OrganisationId>,
    /// Whose texts may be seen before they are public; none for all.
    pub own: Option<&'a [OrganisationId]>,
}

/// A page in the list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Listed {
    pub id: Uuid,
    pub title: String,
    pub address: String,
    pub locale: String,
    pub organisation_id: Uuid,
    pub page_type: String,
    pub reviewed_on: Option<String>,
    pub updated_at: i64,
    pub desk_state: String,
}

/// Pages by title, with how many there are.
pub(crate) async fn list_pages<C: ConnectionTrait>(
    on: &C,
    wanted: &Wanted<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Listed>, i64), DbErr> {
    let mut values: Vec<SqlValue> = Vec::new();
    let mut place = |value: SqlValue| {
        values.push(value);
        format!("${}", values.len())
    };
    // What another organisation writes is not seen: neither the draft nor a page that is not public.
    let own = match wanted.own {
        None => "1 = 1".to_owned(),
        Some([]) => "1 = 0".to_owned(),
        Some(own) => {
            let places: Vec<String> = own.iter().map(|id| place(id.0.into())).collect();
            format!("p.organisation_id IN ({})", places.join(", "))
        }
    };
    let mut filters = vec![format!("(c.state = 'published' OR {own})")];
    if !wanted.query.is_empty() {
        let pattern = torg_kernel::sort_key(wanted.query)
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let pattern = place(format!("%{pattern}%").into());
        filters.push(format!(
            "(c.sort_key LIKE {pattern} ESCAPE '\\' OR c.address LIKE {pattern} ESCAPE '\\')"
        ));
    }
    if let Some(wanted) = wanted.state {
        let wanted = place(wanted.as_str().into());
        filters.push(format!("{STATE} = {wanted}"));
    }
    if let Some(kind) = wanted.kind {
        filters.push(format!("p.page_type = {}", place(kind.into())));
    }
    if let Some(locale) = wanted.locale {
        filters.push(format!("c.locale = {}", place(locale.into())));
    }
    if let Some(organisation) = wanted.organisation {
        let organisation = place(organisation.0.into());
        filters.push(format!("p.organisation_id = {organisation}"));
    }
    // What is not asked about is not looked up: ten thousand pages are counted from one index.
    let about_page = wanted.own.is_some() || wanted.kind.is_some() || wanted.organisation.is_some();
    let mut from = "FROM page_content c".to_owned();
    if about_page {
        // In this order: from pages to texts SQLite would read whole rows, documents and all.
        from.push_str(" CROSS JOIN page p");
        filters.push("p.id = c.page_id".to_owned());
    }
    if wanted.state.is_some() {
        from.push_str(&desk_joins(&own));
    }
    let from = format!("{from} WHERE {}", filters.join(" AND "));
    let total = scalar(on, &format!("SELECT count(*) {from}"), values.clone()).await?;
    let at = values.len();
    values.extend([limit.into(), offset.into()]);
    // A page that was never public is known by what its draft calls it.
    let rows = fetch_all(
        on,
        &format!(
            "SELECT c.id, coalesce((SELECT t.body FROM draft_part t WHERE c.state = 'new' \
             AND t.content_id = c.id AND t.part = 'field:title'), c.title) AS title, c.address, \
             c.locale, p.organisation_id, p.page_type, c.reviewed_on, \
             coalesce(d.updated_at, c.updated_at) AS updated_at, {STATE} AS desk_state \
             FROM (SELECT c.id {from} ORDER BY c.sort_key, c.id LIMIT ${} OFFSET ${}) shown \
             JOIN page_content c ON c.id = shown.id JOIN page p ON p.id = c.page_id{} \
             ORDER BY c.sort_key, c.id",
            at + 1,
            at + 2,
            desk_joins(&own),
        ),
        values,
    )
    .await?;
    Ok((rows, total))
}

/// Where a text stands, by its row, its draft and its plan.
const STATE: &str = "CASE WHEN c.state = 'archived' THEN 'archived' \
    WHEN s.at IS NOT NULL THEN 'scheduled' WHEN d.state = 'in_review' THEN 'in_review' \
    WHEN d.state = 'draft' OR c.state = 'new' THEN 'draft' \
    WHEN c.state = 'published' THEN 'published' ELSE 'unpublished' END";

/// The draft and the plan of a text, where the one who asks may see them.
fn desk_joins(own: &str) -> String {
    format!(
        " LEFT JOIN draft d ON d.content_id = c.id AND d.state <> 'closed' AND {own} \
         LEFT JOIN page_schedule s ON s.content_id = c.id AND s.action = 'publish' AND {own}"
    )
}
