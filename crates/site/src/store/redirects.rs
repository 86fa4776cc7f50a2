//! Old addresses.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{Address, ContentId, Result, Timestamp};

use super::{COLUMNS, Row};
use crate::model::Content;

/// Names of parameters that say where a reader came from, never what is shown.
const TRACKING: &[&str] = &["fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"];
/// The longest query that tells pages apart, in bytes.
const LONGEST_QUERY: usize = 500;

/// The query of an old address as it is stored and looked up: names in lower case, sorted, and
/// without those that only follow readers about. `None` when nothing is left, or too much.
pub(crate) fn old_query<N, V>(pairs: impl IntoIterator<Item = (N, V)>) -> Option<String>
where
    N: AsRef<str>,
    V: AsRef<str>,
{
    let mut pairs: Vec<(String, V)> = pairs
        .into_iter()
        .map(|(name, value)| (name.as_ref().to_lowercase(), value))
        .filter(|(name, _)| !TRACKING.contains(&name.as_str()) && !name.starts_with("utm_"))
        .collect();
    pairs.sort_by(|a, b| (&a.0, a.1.as_ref()).cmp(&(&b.0, b.1.as_ref())));
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    (1..=LONGEST_QUERY).contains(&query.len()).then_some(query)
}

/// An old address as it is stored: a path as pages have, or the nearest such path to what the old
/// server used, with the query that told its pages apart (`/?p=12`, `/sida-aspx?id=3`). `None` for
/// what no request can ask for.
pub(crate) fn old_address(text: &str) -> Option<String> {
    let Some((path, query)) = text.split_once('?') else {
        return Address::parse(text).ok().map(|address| address.to_string());
    };
    let path = Address::from_words(path);
    Address::parse(path.as_str()).ok()?;
    let query = old_query(form_urlencoded::parse(query.as_bytes()))?;
    Some(format!("{path}?{query}"))
}

/// Every address that a page has, public or not: nothing else can lead on from there.
///
/// # Errors
/// When the database fails.
pub async fn list_taken_addresses<C: ConnectionTrait>(on: &C) -> Result<Vec<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Taken {
        address: String,
    }
    let rows: Vec<Taken> = fetch_all(
        on,
        "SELECT address FROM page_content ORDER BY address",
        vec![],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

/// The content that an old address leads to, public or not.
pub(crate) async fn find_redirected<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<Content>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_redirect r JOIN page_content c ON c.id = r.content_id \
             JOIN page p ON p.id = c.page_id WHERE r.address = $1"
        ),
        vec![address.into()],
    )
    .await?;
    row.map(Row::into_content).transpose()
}

pub(crate) async fn find_redirect<C: ConnectionTrait>(
    on: &C,
    address: &str,
    now: Timestamp,
) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct To {
        address: String,
    }
    let to: Option<To> = fetch_one(
        on,
        "SELECT c.address FROM page_redirect r JOIN page_content c ON c.id = r.content_id \
         WHERE r.address = $1 AND c.state = 'published' \
         AND (c.published_at IS NULL OR c.published_at <= $2) \
         AND (c.until_at IS NULL OR c.until_at > $2)",
        vec![address.into(), now.micros().into()],
    )
    .await?;
    Ok(to.map(|to| to.address))
}

/// All old addresses with where they lead now, sorted. Where a page lies, nothing leads on.
///
/// # Errors
/// When the database fails.
pub async fn list_redirects<C: ConnectionTrait>(on: &C) -> Result<Vec<(String, String)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Redirect {
        address: String,
        target: String,
    }
    let rows: Vec<Redirect> = fetch_all(
        on,
        "SELECT r.address, c.address AS target FROM page_redirect r \
         JOIN page_content c ON c.id = r.content_id \
         WHERE NOT EXISTS (SELECT 1 FROM page_content o WHERE o.address = r.address) \
         ORDER BY r.address",
        vec![],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.address, row.target))
        .collect())
}

pub(crate) async fn insert_redirect(
    context: &WriteContext,
    from: &str,
    to: ContentId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        &**context,
        "INSERT INTO page_redirect (address, content_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (address) DO UPDATE SET content_id = excluded.content_id",
        vec![from.into(), to.0.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_redirect(context: &WriteContext, from: &str) -> Result<(), DbErr> {
    execute(
        &**context,
        "DELETE FROM page_redirect WHERE address = $1",
        vec![from.into()],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_write_one_old_address_are_one() {
        for (text, stored) in [
            ("/gammal", Some("/gammal")),
            ("/?p=12", Some("/?p=12")),
            ("/?P=12&utm_source=brev&fbclid=x", Some("/?p=12")),
            (
                "/Sida.aspx?b=2&ID=3&a=%C3%A5,",
                Some("/sida-aspx?a=%C3%A5%2C&b=2&id=3"),
            ),
            ("/sida-aspx?id=3", Some("/sida-aspx?id=3")),
            ("/Gammal", None),
            ("/?utm_source=brev", None),
            ("/?", None),
            ("/sok?q=bad", None),
        ] {
            assert_eq!(old_address(text).as_deref(), stored, "{text}");
        }
        assert_eq!(old_address(&format!("/?p={}", "1".repeat(600))), None);
    }
}
