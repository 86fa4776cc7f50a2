//! SQL of counts and of what was done about them. Counts are figures, not facts: they have no
//! events, and nothing is rebuilt from them.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_all, fetch_one};
use torg_kernel::{Locale, Timestamp};

use super::counts::{Key, Tally};
use super::popular::CommonSearch;

/// Days back that count as lately.
pub(super) const LATELY_DAYS: i64 = 90;
/// Searches that a query must have had to be shown to anybody: what only one or two have asked may
/// say who they are.
pub(super) const THRESHOLD: i64 = 3;
/// Searches of a query that is suggested to others.
const COMMON: i64 = 5;
/// Most common searches kept in memory.
const MOST_COMMON: i64 = 1_000;
/// Days after which counts of rare queries go, and after which all go.
const RARE_DAYS: i64 = 30;
const ALL_DAYS: i64 = 400;

pub(super) fn days_before(now: Timestamp, days: i64) -> String {
    now.plus_seconds(-days * 86_400).zoned().date().to_string()
}

/// Adds counts to the rows. A click without a search of the day is added only to a row that is
/// there: nobody can put a query into the table by clicks.
pub(super) async fn add_counts<C: ConnectionTrait>(
    on: &C,
    rows: &[(Key, Tally)],
) -> Result<(), DbErr> {
    for ((day, locale, query), tally) in rows {
        let key = [
            day.to_string().into(),
            locale.as_str().into(),
            query.as_str().into(),
        ];
        if tally.searches == 0 {
            let mut values = key.to_vec();
            values.push(tally.clicks.into());
            execute(
                on,
                "UPDATE search_count SET clicks = clicks + $4 \
                 WHERE day = $1 AND locale = $2 AND query = $3",
                values,
            )
            .await?;
            continue;
        }
        let mut values = key.to_vec();
        for number in [tally.searches, tally.results, tally.clicks, tally.no_result] {
            values.push(number.into());
        }
        execute(
            on,
            "INSERT INTO search_count (day, locale, query, searches, results, clicks, no_result) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (day, locale, query) DO UPDATE SET \
             searches = search_count.searches + excluded.searches, results = excluded.results, \
             clicks = search_count.clicks + excluded.clicks, \
             no_result = search_count.no_result + excluded.no_result",
            values,
        )
        .await?;
    }
    Ok(())
}

/// Searches that many asked lately, most of them with results.
pub(super) async fn common_searches<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<CommonSearch>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        locale: String,
        query: String,
        searches: i64,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT locale, query, CAST(SUM(searches) AS BIGINT) AS searches FROM search_count \
         WHERE day >= $1 GROUP BY locale, query \
         HAVING SUM(searches) >= $2 AND SUM(no_result) * 2 < SUM(searches) \
         ORDER BY 3 DESC, query LIMIT $3",
        vec![
            days_before(now, LATELY_DAYS).into(),
            COMMON.into(),
            MOST_COMMON.into(),
        ],
    )
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(CommonSearch {
                locale: row.locale.parse::<Locale>().ok()?,
                query: row.query,
                searches: row.searches,
            })
        })
        .collect())
}

/// A query with its counts since it was last handled.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(super) struct Counted {
    pub locale: String,
    pub query: String,
    pub searches: i64,
    pub clicks: i64,
    pub no_result: i64,
}

/// Queries that find nothing or whose results nobody chooses, the worst first. A handled query
/// counts from the day after.
pub(super) async fn failing<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Counted>, DbErr> {
    fetch_all(
        on,
        "SELECT c.locale, c.query, CAST(SUM(c.searches) AS BIGINT) AS searches, \
         CAST(SUM(c.clicks) AS BIGINT) AS clicks, CAST(SUM(c.no_result) AS BIGINT) AS no_result \
         FROM search_count c LEFT JOIN search_handled h \
         ON h.locale = c.locale AND h.query = c.query \
         WHERE c.day >= $1 AND (h.day IS NULL OR c.day > h.day) GROUP BY c.locale, c.query \
         HAVING SUM(c.searches) >= $2 AND (SUM(c.no_result) > 0 OR SUM(c.clicks) = 0) \
         ORDER BY SUM(c.no_result) DESC, SUM(c.searches) DESC, c.query LIMIT $3",
        vec![
            days_before(now, LATELY_DAYS).into(),
            THRESHOLD.into(),
            limit.into(),
        ],
    )
    .await
}

/// Whether a query is counted often enough to be shown.
pub(super) async fn is_shown<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
    query: &str,
) -> Result<bool, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        searches: Option<i64>,
    }
    let row: Option<Row> = fetch_one(
        on,
        "SELECT CAST(SUM(searches) AS BIGINT) AS searches FROM search_count \
         WHERE locale = $1 AND query = $2",
        vec![locale.as_str().into(), query.into()],
    )
    .await?;
    Ok(row.and_then(|row| row.searches).unwrap_or(0) >= THRESHOLD)
}

/// When a query was last handled, and how.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(super) struct HandledRow {
    pub day: String,
    pub how: String,
    pub note: String,
}

pub(super) async fn find_handled<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
    query: &str,
) -> Result<Option<HandledRow>, DbErr> {
    fetch_one(
        on,
        "SELECT day, how, note FROM search_handled WHERE locale = $1 AND query = $2",
        vec![locale.as_str().into(), query.into()],
    )
    .await
}

pub(super) async fn save_handled<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
    query: &str,
    row: &HandledRow,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO search_handled (locale, query, day, how, note) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (locale, query) DO UPDATE SET day = excluded.day, how = excluded.how, \
         note = excluded.note",
        vec![
            locale.as_str().into(),
            query.into(),
            row.day.as_str().into(),
            row.how.as_str().into(),
            row.note.as_str().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes away counts that are not needed any more: of rare queries after 30 days, of all after
/// 400. Returns how many rows went.
///
/// # Errors
/// When the database fails.
pub async fn weed_counts<C: ConnectionTrait>(on: &C, now: Timestamp) -> Result<u64, DbErr> {
    let rare = execute(
        on,
        "DELETE FROM search_count WHERE day < $1 AND (locale, query) IN \
         (SELECT locale, query FROM search_count GROUP BY locale, query HAVING SUM(searches) < $2)",
        vec![days_before(now, RARE_DAYS).into(), THRESHOLD.into()],
    )
    .await?;
    let old = execute(
        on,
        "DELETE FROM search_count WHERE day < $1",
        vec![days_before(now, ALL_DAYS).into()],
    )
    .await?;
    Ok(rare + old)
}
