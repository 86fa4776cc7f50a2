//! Everything that one public page is made from, in one statement.

use torg_db::{ConnectionTrait, fetch_rows};
use torg_kernel::Result;
use uuid::Uuid;

use super::{Elsewhere, Row};
use crate::model::Content;

/// A page in a list: just enough to name and reach it.
#[derive(Debug, Clone)]
pub(crate) struct Related {
    pub role: String,
    pub page_id: Uuid,
    pub depth: i64,
    pub place: i64,
    pub sort_key: String,
    pub title: String,
    pub address: String,
    pub description: String,
}

/// The most siblings that are shown beside a page; with more, none are.
pub(crate) const BESIDE: usize = 40;

/// All that the site's own tables say of a public page.
pub(crate) struct PageRows {
    /// The log position that the rows are of.
    pub position: i64,
    pub content: Content,
    pub related: Vec<Related>,
    pub elsewhere: Vec<Elsewhere>,
    /// All pages above, also those that are not public in this language: when one becomes so, it
    /// belongs in the way down to this page.
    pub above: Vec<Uuid>,
}

/// The page at an address with its ancestors, siblings, children, languages and the pages it links
/// to: in one statement, which is a snapshot by itself and costs one way to the database and back.
/// Lists are bounded, so that it takes no longer on a large site. The first columns tell what a
/// row is; columns that a kind of row does not need are empty. `CROSS JOIN` keeps SQLite from
/// beginning with the table of all contents, which it takes for shorter than a recursive list.
const PAGE: &str = "WITH RECURSIVE own AS ( \
       SELECT c.id, c.page_id, c.locale, p.parent_id \
       FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.address = $1), \
     up(id, parent_id, depth) AS ( \
       SELECT page_id, parent_id, 0 FROM own \
       UNION ALL \
       SELECT p.id, p.parent_id, up.depth + 1 FROM page p JOIN up ON p.id = up.parent_id \
       WHERE up.depth < 20), \
     beside(id, place) AS (SELECT id, sort_order FROM page \
       WHERE parent_id = (SELECT parent_id FROM own) ORDER BY sort_order, id LIMIT 41), \
     below(id, place) AS (SELECT id, sort_order FROM page \
       WHERE parent_id = (SELECT page_id FROM own) ORDER BY sort_order, id LIMIT 200), \
     related(role, id, place, depth) AS ( \
       SELECT 'up', id, 0, depth FROM up WHERE depth > 0 \
       UNION ALL SELECT 'beside', id, place, 0 FROM beside \
       UNION ALL SELECT 'below', id, place, 0 FROM below), \
     linked(id) AS ( \
       SELECT page_id FROM own \
       UNION SELECT r.target_id FROM page_reference r JOIN own ON r.content_id = own.id \
       WHERE r.target_kind = 'page') \
     SELECT 'own', c.page_id, c.locale, c.variant, c.address, c.title, c.sort_key, \
       c.description, c.version, p.sort_order, (SELECT coalesce(max(position), 0) FROM event), \
       c.id, c.state, c.keywords, c.document, c.reviewed_on, c.source_version, c.updated_at, \
       p.parent_id, p.organisation_id, p.page_type, p.icon, c.text_version \
     FROM own o JOIN page_content c ON c.id = o.id JOIN page p ON p.id = o.page_id \
     UNION ALL \
     SELECT r.role, c.page_id, '', '', c.address, c.title, c.sort_key, c.description, 0, \
       r.place, r.depth, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
     FROM related r CROSS JOIN page_content c WHERE c.page_id = r.id \
       AND c.locale = (SELECT locale FROM own) AND c.variant = 'standard' \
       AND c.state = 'published' \
     UNION ALL \
     SELECT 'above', id, '', '', '', '', '', '', 0, 0, depth, NULL, \
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM up WHERE depth > 0 \
     UNION ALL \
     SELECT 'elsewhere', c.page_id, c.locale, c.variant, c.address, '', '', '', \
       coalesce(c.text_version, c.version), 0, 0, NULL, \
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
     FROM linked l CROSS JOIN page_content c WHERE c.page_id = l.id AND c.state = 'published'";

/// See [`PAGE`]. Unpublished pages are found as well, so that they can be told from none.
pub(crate) async fn find_page<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<PageRows>> {
    let (mut own, mut above) = (None, Vec::new());
    let (mut related, mut elsewhere) = (Vec::new(), Vec::new());
    for row in fetch_rows(on, PAGE, vec![address.into()]).await? {
        let role: String = row.try_get_by_index(0)?;
        match role.as_str() {
            "own" => {
                let content = Row {
                    page_id: row.try_get_by_index(1)?,
                    locale: row.try_get_by_index(2)?,
                    variant: row.try_get_by_index(3)?,
                    address: row.try_get_by_index(4)?,
                    title: row.try_get_by_index(5)?,
                    description: row.try_get_by_index(7)?,
                    version: row.try_get_by_index(8)?,
                    sort_order: row.try_get_by_index(9)?,
                    id: row.try_get_by_index(11)?,
                    state: row.try_get_by_index(12)?,
                    keywords: row.try_get_by_index(13)?,
                    document: row.try_get_by_index(14)?,
                    reviewed_on: row.try_get_by_index(15)?,
                    source_version: row.try_get_by_index(16)?,
                    updated_at: row.try_get_by_index(17)?,
                    parent_id: row.try_get_by_index(18)?,
                    organisation_id: row.try_get_by_index(19)?,
                    page_type: row.try_get_by_index(20)?,
                    icon: row.try_get_by_index(21)?,
                    text_version: row.try_get_by_index(22)?,
                };
                own = Some((row.try_get_by_index::<i64>(10)?, content.into_content()?));
            }
            "above" => above.push(row.try_get_by_index(1)?),
            "elsewhere" => elsewhere.push(Elsewhere {
                page_id: row.try_get_by_index(1)?,
                locale: row.try_get_by_index(2)?,
                variant: row.try_get_by_index(3)?,
                address: row.try_get_by_index(4)?,
                version: row.try_get_by_index(8)?,
            }),
            _ => related.push(Related {
                role,
                page_id: row.try_get_by_index(1)?,
                address: row.try_get_by_index(4)?,
                title: row.try_get_by_index(5)?,
                sort_key: row.try_get_by_index(6)?,
                description: row.try_get_by_index(7)?,
                place: row.try_get_by_index(9)?,
                depth: row.try_get_by_index(10)?,
            }),
        }
    }
    elsewhere.sort_by(|a: &Elsewhere, b| (&a.locale, &a.variant).cmp(&(&b.locale, &b.variant)));
    Ok(own.map(|(position, content)| PageRows {
        position,
        content,
        related,
        elsewhere,
        above,
    }))
}
