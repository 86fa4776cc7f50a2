//! The SQL of links to others.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all};
use torg_kernel::{Result, Timestamp, civil_date};

use super::probe::{Answer, Outcome};

/// Times in a row that a server has to be silent before its pages count as dead: it may have been
/// ill for a day.
const SILENT_TIMES: i64 = 3;
/// Days till a link that leads somewhere is tried again.
const GOOD_DAYS: i64 = 7;

/// A link that is to be tried.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct DueLink {
    pub url: String,
    pub host: String,
    pub failures: i64,
}

/// Links whose time has come, the longest waiting first.
pub(crate) async fn list_due<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<DueLink>> {
    Ok(fetch_all(
        on,
        "SELECT url, host, failures FROM outside_link WHERE next_at <= $1 \
         ORDER BY next_at, url LIMIT $2",
        vec![now.micros().into(), limit.into()],
    )
    .await?)
}

/// Keeps what came of trying a link.
pub(crate) async fn save_answer(
    context: &WriteContext,
    link: &DueLink,
    answer: Answer,
    now: Timestamp,
) -> Result<()> {
    let failures = match answer.outcome {
        Outcome::Silent => link.failures + 1,
        _ => 0,
    };
    let dead = answer.outcome == Outcome::Gone || failures >= SILENT_TIMES;
    let outcome = match answer.outcome {
        _ if dead => "dead",
        Outcome::There => "there",
        Outcome::Closed => "closed",
        Outcome::Refused => "refused",
        Outcome::Silent | Outcome::Gone => "silent",
    };
    let days = match answer.outcome {
        Outcome::Silent | Outcome::Gone => 1,
        _ => GOOD_DAYS,
    };
    let answered = (answer.outcome == Outcome::There).then(|| now.micros());
    execute(
        &**context,
        "UPDATE outside_link SET tried_at = $2, answered_at = coalesce($3, answered_at), \
         outcome = $4, status = $5, failures = $6, next_at = $7 WHERE url = $1",
        vec![
            link.url.clone().into(),
            now.micros().into(),
            SqlValue::BigInt(answered),
            outcome.into(),
            SqlValue::BigInt(answer.status.map(i64::from)),
            failures.into(),
            now.plus_seconds(days * 86_400).micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Those of the addresses that are dead, with the day on which they were last tried.
pub(crate) async fn list_dead<C: ConnectionTrait>(
    on: &C,
    urls: &[String],
) -> Result<HashMap<String, String>> {
    #[derive(FromQueryResult)]
    struct Dead {
        url: String,
        tried_at: Option<i64>,
    }
    let mut all = HashMap::new();
    for chunk in urls.chunks(200) {
        let marks: Vec<String> = (1..=chunk.len()).map(|at| format!("${at}")).collect();
        let found: Vec<Dead> = fetch_all(
            on,
            &format!(
                "SELECT url, tried_at FROM outside_link WHERE outcome = 'dead' AND url IN ({})",
                marks.join(", ")
            ),
            chunk.iter().map(|url| url.as_str().into()).collect(),
        )
        .await?;
        all.extend(found.into_iter().map(|dead| {
            let at = Timestamp::from_micros(dead.tried_at.unwrap_or_default());
            (dead.url, civil_date(at).to_string())
        }));
    }
    Ok(all)
}

/// A link as staff look at it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct ListedLink {
    pub url: String,
    pub outcome: String,
    pub status: Option<i64>,
    pub tried_at: Option<i64>,
    pub answered_at: Option<i64>,
}

/// The links of one text to others, those that are dead first.
pub(crate) async fn list_of<C: ConnectionTrait>(
    on: &C,
    urls: &[String],
) -> Result<Vec<ListedLink>> {
    let mut all: Vec<ListedLink> = Vec::new();
    for chunk in urls.chunks(200) {
        let marks: Vec<String> = (1..=chunk.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT url, outcome, status, tried_at, answered_at FROM outside_link \
             WHERE url IN ({}) ORDER BY url",
            marks.join(", ")
        );
        let values = chunk.iter().map(|url| url.as_str().into()).collect();
        all.extend(fetch_all::<ListedLink, _>(on, &sql, values).await?);
    }
    all.sort_by_key(|link| link.outcome != "dead");
    Ok(all)
}
