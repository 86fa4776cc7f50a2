//! Changes to facts: rows and event in one transaction.

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::{DatabaseTransaction, WriteContext};
use torg_kernel::{FactId, Message, Problem, Result, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::model::Fact;
use crate::store;

/// The tag of everything that shows a fact.
#[must_use]
pub fn fact_tag(id: FactId) -> String {
    format!("fact:{id}")
}

/// Knows where facts are used. Owned here, answered by whoever keeps documents.
#[async_trait]
pub trait FactUse: Send + Sync {
    /// How many pages show a fact. Asked both in a snapshot and within a write, so that nothing
    /// comes in between.
    ///
    /// # Errors
    /// When the database fails.
    async fn pages_using(&self, on: &DatabaseTransaction, fact: FactId) -> Result<i64>;
}

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Fact>,
    after: Option<&Fact>,
) -> Result<()> {
    let Some(fact) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("fact", fact.id),
            organisation: Some(fact.organisation),
            authority: fact.authority,
            class: PayloadClass::Public,
            before: before.map(Fact::canonical).transpose()?,
            after: after.map(Fact::canonical).transpose()?,
            tags: vec![fact_tag(fact.id)],
        },
    )
    .await?;
    Ok(())
}

pub(crate) async fn create(context: &WriteContext, author: Author<'_>, fact: &Fact) -> Result<()> {
    store::insert(&**context, fact).await?;
    for value in &fact.values {
        store::insert_value(&**context, author.ids, fact.id, value, author.now).await?;
    }
    record(context, author, "fact.created", None, Some(fact)).await
}

/// Writes a fact over the one before. Values that stay the same keep the time at which they were
/// recorded.
pub(crate) async fn change(
    context: &WriteContext,
    author: Author<'_>,
    before: &Fact,
    after: &Fact,
) -> Result<bool> {
    if before == after {
        return Ok(false);
    }
    store::update(&**context, after).await?;
    for value in &before.values {
        if !after.values.contains(value) {
            store::supersede(&**context, before.id, value, author.now).await?;
        }
    }
    for value in &after.values {
        if !before.values.contains(value) {
            store::insert_value(&**context, author.ids, after.id, value, author.now).await?;
        }
    }
    record(context, author, "fact.changed", Some(before), Some(after)).await?;
    Ok(true)
}

/// Says that a fact holds no longer than to a day, that day included. What it said before stays.
/// True when that changed anything.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn end_fact(
    context: &WriteContext,
    author: Author<'_>,
    id: FactId,
    last_day: Date,
) -> Result<bool> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let mut after = before.clone();
    after
        .values
        .retain(|value| value.valid_from.is_none_or(|from| from <= last_day));
    for value in &mut after.values {
        if value.valid_to.is_none_or(|to| to > last_day) {
            value.valid_to = Some(last_day);
        }
    }
    change(context, author, &before, &after).await
}

/// Takes away a fact that no page uses, with all that it ever said. The log keeps what it was.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] while pages use it: then it can only be ended.
pub async fn remove_fact(
    context: &WriteContext,
    author: Author<'_>,
    id: FactId,
    used: &dyn FactUse,
) -> Result<()> {
    let fact = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let pages = used.pages_using(context, id).await?;
    if pages > 0 {
        let message = Message::new("fact-error-in-use").with("count", pages);
        return Err(Problem::field("fact", message));
    }
    store::delete(&**context, id).await?;
    record(context, author, "fact.removed", Some(&fact), None).await
}
