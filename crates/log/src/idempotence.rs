//! Writes that happen once, however often they are sent.

use futures::future::BoxFuture;
use sea_orm::FromQueryResult;
use serde::{Serialize, de::DeserializeOwned};
use torg_db::{ConnectionTrait, DbErr, WriteContext, execute, fetch_one};
use torg_kernel::{Actor, Message, Problem, RequestId, Result, Timestamp};

/// An answer, and whether it was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once<T> {
    /// The answer, the same every time.
    pub answer: T,
    /// True when the write had happened already.
    pub repeated: bool,
}

#[derive(FromQueryResult)]
struct Row {
    operation: String,
    actor: String,
    answer: String,
}

/// Runs `work` unless a write with this id was committed before, in which case its answer is given
/// again. The answer is stored in the same transaction as the work. An id that was used by somebody
/// else or for something else is refused, so that nobody can read another's answer by guessing.
///
/// # Errors
/// What `work` answers (an error is not stored: the same id may be sent again, mended), or
/// [`Problem::Conflict`] for an id used otherwise.
pub async fn write_once<'a, T, F>(
    context: &'a WriteContext,
    request: RequestId,
    operation: &str,
    actor: &Actor,
    now: Timestamp,
    work: F,
) -> Result<Once<T>>
where
    T: Serialize + DeserializeOwned + Send,
    F: FnOnce() -> BoxFuture<'a, Result<T>>,
{
    let who = serde_json::to_string(&actor.person())?;
    let row: Option<Row> = fetch_one(
        &**context,
        "SELECT operation, actor, answer FROM request_result WHERE id = $1",
        vec![request.0.into()],
    )
    .await?;
    if let Some(row) = row {
        if row.operation != operation || row.actor != who {
            return Err(Problem::Conflict(Message::new("request-id-used")));
        }
        return Ok(Once {
            answer: serde_json::from_str(&row.answer)?,
            repeated: true,
        });
    }
    let answer = work().await?;
    execute(
        &**context,
        "INSERT INTO request_result (id, operation, actor, answer, at) VALUES ($1, $2, $3, $4, $5)",
        vec![
            request.0.into(),
            operation.into(),
            who.into(),
            serde_json::to_string(&answer)?.into(),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(Once {
        answer,
        repeated: false,
    })
}

/// Forgets answers given before `before`. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn purge_results<C: ConnectionTrait>(on: &C, before: Timestamp) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM request_result WHERE at < $1",
        vec![before.micros().into()],
    )
    .await
}
