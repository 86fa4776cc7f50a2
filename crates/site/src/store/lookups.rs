//! Pages that an editor can link to.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, fetch_all};
use torg_kernel::OrganisationId;
use uuid::Uuid;

/// A page by one of its contents.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Linkable {
    pub page_id: Uuid,
    pub title: String,
    pub address: String,
    pub locale: String,
    pub state: String,
}

/// What may be seen: public pages, and those of the given organisations; `None` is all.
fn seen(own: Option<&[OrganisationId]>, values: &mut Vec<SqlValue>) -> String {
    let Some(own) = own else {
        return "1 = 1".to_owned();
    };
    let mut allowed = "c.state = 'published'".to_owned();
    if !own.is_empty() {
        let marks: Vec<String> = own
            .iter()
            .map(|id| {
                values.push(id.0.into());
                format!("${}", values.len())
            })
            .collect();
        allowed = format!("({allowed} OR p.organisation_id IN ({}))", marks.join(", "));
    }
    allowed
}

/// Pages in whose title or address the words stand, those in a language first, titles that begin so
/// before others.
///
/// # Errors
/// When the database fails.
pub(crate) async fn list_linkable<C: ConnectionTrait>(
    on: &C,
    words: &str,
    locale: &str,
    own: Option<&[OrganisationId]>,
    limit: usize,
) -> Result<Vec<Linkable>, DbErr> {
    let mut values: Vec<SqlValue> = vec![locale.into()];
    let allowed = seen(own, &mut values);
    let mut fits = String::new();
    let mut order = String::new();
    if !words.is_empty() {
        let key = torg_kernel::sort_key(words)
            .replace('!', "!!")
            .replace('%', "!%")
            .replace('_', "!_");
        values.push(format!("%{key}%").into());
        let any = values.len();
        values.push(format!("{key}%").into());
        let begins = values.len();
        fits =
            format!(" AND (c.sort_key LIKE ${any} ESCAPE '!' OR c.address LIKE ${any} ESCAPE '!')");
        order = format!("CASE WHEN c.sort_key LIKE ${begins} ESCAPE '!' THEN 0 ELSE 1 END, ");
    }
    let sql = format!(
        "SELECT c.page_id, c.title, c.address, c.locale, c.state FROM page_content c \
         JOIN page p ON p.id = c.page_id WHERE c.state <> 'archived' AND c.variant = 'standard' AND {allowed}{fits} \
         ORDER BY CASE WHEN c.locale = $1 THEN 0 ELSE 1 END, {order}c.sort_key, c.id LIMIT {limit}"
    );
    fetch_all(on, &sql, values).await
}

/// Those of the pages that may be seen, each with its content in a language first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn list_linked<C: ConnectionTrait>(
    on: &C,
    pages: &[Uuid],
    locale: &str,
    own: Option<&[OrganisationId]>,
) -> Result<Vec<Linkable>, DbErr> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<SqlValue> = vec![locale.into()];
    let allowed = seen(own, &mut values);
    let marks: Vec<String> = pages
        .iter()
        .map(|page| {
            values.push((*page).into());
            format!("${}", values.len())
        })
        .collect();
    let sql = format!(
        "SELECT c.page_id, c.title, c.address, c.locale, c.state FROM page_content c \
         JOIN page p ON p.id = c.page_id WHERE c.page_id IN ({}) AND {allowed} \
         ORDER BY CASE WHEN c.locale = $1 THEN 0 ELSE 1 END, c.variant, c.locale",
        marks.join(", ")
    );
    fetch_all(on, &sql, values).await
}

/// The page at an address.
///
/// # Errors
/// When the database fails.
pub(crate) async fn list_at<C: ConnectionTrait>(
    on: &C,
    addresses: &[String],
    own: Option<&[OrganisationId]>,
) -> Result<Vec<Linkable>, DbErr> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<SqlValue> = Vec::new();
    let allowed = seen(own, &mut values);
    let marks: Vec<String> = addresses
        .iter()
        .map(|address| {
            values.push(address.as_str().into());
            format!("${}", values.len())
        })
        .collect();
    let sql = format!(
        "SELECT c.page_id, c.title, c.address, c.locale, c.state FROM page_content c \
         JOIN page p ON p.id = c.page_id WHERE c.address IN ({}) AND {allowed}",
        marks.join(", ")
    );
    fetch_all(on, &sql, values).await
}
