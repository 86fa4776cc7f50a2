//! Everything that one public page is made from, in one statement.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, fetch_rows, uuid_digits};
use torg_kernel::{Problem, Result, Timestamp};
use uuid::Uuid;

use super::{Elsewhere, Row, Unreadable};
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
    /// What menus call it.
    pub label: String,
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

/// Between the fields of a packed row, and between packed rows: control characters that a text
/// cannot hold, since the statement takes them out.
const FIELD: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// The page at an address with its ancestors, siblings, children, languages and the pages it links
/// to: in one statement, which is a snapshot by itself and costs one way to the database and back.
/// All but the page itself comes packed into one text, since a driver's row costs more than what
/// is in it. Lists are bounded, so that it takes no longer on a large site. `CROSS JOIN` keeps
/// SQLite from beginning with the table of all contents, which it takes for shorter than a
/// recursive list.
fn statement<C: ConnectionTrait>(on: &C) -> String {
    let page = uuid_digits(on, "c.page_id");
    let above = uuid_digits(on, "id");
    // What names a page before its time gives it away, and leads nowhere. Pages are drawn anew when
    // the log is told of the time.
    let public = "c.state = 'published' AND (c.published_at IS NULL OR c.published_at <= $4) \
        AND (c.until_at IS NULL OR c.until_at > $4)";
    let undated = "page_type NOT IN ('news', 'post', 'story', 'vacancy')";
    format!(
        "WITH RECURSIVE own AS ( \
           SELECT c.id, c.page_id, c.locale, p.parent_id \
           FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.address = $1), \
         up(id, parent_id, depth) AS ( \
           SELECT page_id, parent_id, 0 FROM own \
           UNION ALL \
           SELECT p.id, p.parent_id, up.depth + 1 FROM page p JOIN up ON p.id = up.parent_id \
           WHERE up.depth < 20), \
         beside(id, place) AS (SELECT id, sort_order FROM page \
           WHERE parent_id = (SELECT parent_id FROM own) AND hidden = 0 AND {undated} ORDER BY sort_order, id LIMIT 41), \
         below(id, place) AS (SELECT id, sort_order FROM page \
           WHERE parent_id = (SELECT page_id FROM own) AND hidden = 0 AND {undated} ORDER BY sort_order, id LIMIT 200), \
         related(role, id, place, depth) AS ( \
           SELECT 'up', id, 0, depth FROM up WHERE depth > 0 \
           UNION ALL SELECT 'beside', id, place, 0 FROM beside \
           UNION ALL SELECT 'below', id, place, 0 FROM below), \
         linked(id) AS ( \
           SELECT page_id FROM own \
           UNION SELECT r.target_id FROM page_reference r JOIN own ON r.content_id = own.id \
           WHERE r.target_kind = 'page'), \
         packed(line) AS ( \
           SELECT r.role || $2 || {page} || $2 || c.address || $2 || CAST(r.place AS text) || $2 \
             || CAST(r.depth AS text) || $2 || replace(replace(c.title, $2, ''), $3, '') || $2 \
             || replace(replace(c.sort_key, $2, ''), $3, '') || $2 \
             || replace(replace(c.description, $2, ''), $3, '') || $2 || c.menu_title \
           FROM related r CROSS JOIN page_content c WHERE c.page_id = r.id \
             AND c.locale = (SELECT locale FROM own) AND c.variant = 'standard' AND {public} \
           UNION ALL \
           SELECT 'above' || $2 || {above} FROM up WHERE depth > 0 \
           UNION ALL \
           SELECT 'elsewhere' || $2 || {page} || $2 || c.address || $2 || c.locale || $2 \
             || c.variant || $2 || CAST(coalesce(c.text_version, c.version) AS text) \
           FROM linked l CROSS JOIN page_content c \
           WHERE c.page_id = l.id AND {public}) \
         SELECT c.id, c.page_id, c.locale, c.variant, c.address, c.state, c.title, \
           c.description, c.keywords, c.document, c.reviewed_on, c.version, c.text_version, \
           c.source_version, c.updated_at, c.details, p.parent_id, p.organisation_id, p.page_type, p.icon, \
           p.sort_order, p.hidden, (SELECT coalesce(max(position), 0) FROM event) AS position, \
           (SELECT string_agg(line, $3) FROM packed) AS packed \
         FROM own o JOIN page_content c ON c.id = o.id JOIN page p ON p.id = o.page_id"
    )
}

#[derive(FromQueryResult)]
struct Packed {
    position: i64,
    packed: Option<String>,
}

/// Reads packed rows in the order that [`statement`] writes their fields.
#[derive(Default)]
struct Unpacked {
    related: Vec<Related>,
    elsewhere: Vec<Elsewhere>,
    above: Vec<Uuid>,
}

impl Unpacked {
    fn push(&mut self, line: &str) -> Option<()> {
        let mut fields = line.split(FIELD);
        let role = fields.next()?;
        let page_id = Uuid::try_parse(fields.next()?).ok()?;
        if role == "above" {
            self.above.push(page_id);
            return Some(());
        }
        let address = fields.next()?.to_owned();
        let mut next = || fields.next();
        if role == "elsewhere" {
            self.elsewhere.push(Elsewhere {
                page_id,
                address,
                locale: next()?.to_owned(),
                variant: next()?.to_owned(),
                version: next()?.parse().ok()?,
            });
        } else {
            let (place, depth) = (next()?.parse().ok()?, next()?.parse().ok()?);
            let title = next()?.to_owned();
            let (sort_key, description) = (next()?.to_owned(), next()?.to_owned());
            let label = match next()? {
                "" => title.clone(),
                short => short.to_owned(),
            };
            self.related.push(Related {
                role: role.to_owned(),
                page_id,
                address,
                place,
                depth,
                title,
                label,
                sort_key,
                description,
            });
        }
        Some(())
    }
}

/// See [`statement`]. Unpublished pages are found as well, so that they can be told from none.
pub(crate) async fn find_page<C: ConnectionTrait>(
    on: &C,
    address: &str,
    now: Timestamp,
) -> Result<Option<PageRows>> {
    let values = vec![
        address.into(),
        FIELD.to_string().into(),
        RECORD.to_string().into(),
        now.micros().into(),
    ];
    let rows = fetch_rows(on, &statement(on), values).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let content = Row::from_query_result(row, "")?.into_content()?;
    let Packed { position, packed } = Packed::from_query_result(row, "")?;
    let mut unpacked = Unpacked::default();
    for line in packed.iter().flat_map(|packed| packed.split(RECORD)) {
        unpacked.push(line).ok_or_else(|| {
            Problem::internal(Unreadable(content.id.0, "a related page".to_owned()))
        })?;
    }
    let Unpacked {
        related,
        mut elsewhere,
        above,
    } = unpacked;
    elsewhere.sort_by(|a, b| (&a.locale, &a.variant).cmp(&(&b.locale, &b.variant)));
    Ok(Some(PageRows {
        position,
        content,
        related,
        elsewhere,
        above,
    }))
}
