//! Changes to facts: rows and event in one transaction.

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::{DatabaseTransaction, WriteContext};
use torg_kernel::{AuthorityId, FactId, Locale, Message, OrganisationId, Problem, Result, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::import::is_key;
use crate::model::{Fact, FactValue};
use crate::store;

/// The tag of everything that shows a fact.
#[must_use]
pub fn fact_tag(id: FactId) -> String {
    format!("fact:{id}")
}

/// Knows where facts are used. Owned here, answered by whoever keeps documents.
#[async_trait]
pub trait FactUse: Send + Sync {
    /// How many public pages show a fact.
    ///
    /// # Errors
    /// When the database fails.
    async fn pages_using(&self, on: &DatabaseTransaction, fact: FactId) -> Result<i64>;

    /// How many texts would lack a fact that went for good: public or not, being written, planned,
    /// or thrown away so that they can be brought back. Asked both in a snapshot and within a write,
    /// so that nothing comes in between.
    ///
    /// # Errors
    /// When the database fails.
    async fn texts_needing(&self, on: &DatabaseTransaction, fact: FactId) -> Result<i64>;

    /// The texts that show a fact, with the sentences in which it stands, at most `most`. What is
    /// not public is told only where `may_read` says yes to its organisation.
    ///
    /// # Errors
    /// When the database fails.
    async fn places(
        &self,
        on: &DatabaseTransaction,
        fact: FactId,
        most: usize,
        may_read: MayRead<'_>,
    ) -> Result<FactPlaces>;
}

/// Whether the one who asks may read what an organisation has not made public.
pub type MayRead<'a> = &'a (dyn Fn(OrganisationId) -> bool + Send + Sync);

/// Where a fact stands, as somebody may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactPlaces {
    /// The texts that may be seen.
    pub seen: Vec<FactPlace>,
    /// How many there are besides.
    pub hidden: usize,
}

/// A text that shows a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPlace {
    /// The page's title.
    pub title: String,
    /// Where the page is.
    pub href: String,
    /// The language of the text, which decides in which language the fact stands there.
    pub locale: Locale,
    /// The runs of text in which the fact stands.
    pub runs: Vec<Vec<Piece>>,
}

/// A piece of a text that shows a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// The fact itself.
    ThisFact,
    /// Another fact.
    OtherFact,
}

/// What a form says of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The fact as it was when the form was opened, by its digest; none for a new one.
    pub before: Option<(FactId, String)>,
    /// Its key, which only a new one may choose.
    pub key: String,
    /// Whose it shall be.
    pub organisation: OrganisationId,
    /// That organisation's authority.
    pub authority: Option<AuthorityId>,
    /// What it says, in any order.
    pub values: Vec<FactValue>,
}

/// Saves a fact as a form has it. Nothing is written when nothing differs.
///
/// # Errors
/// [`Problem::Invalid`] for a key that is taken or values of which two hold on one day;
/// [`Problem::Conflict`] when somebody saved since the form was opened; [`Problem::NotFound`].
pub async fn save_fact(context: &WriteContext, author: Author<'_>, saved: Saved) -> Result<FactId> {
    let values = in_order(saved.values)?;
    match saved.before {
        None => {
            if !is_key(&saved.key) {
                return Err(Problem::field("key", Message::new("fact-error-key")));
            }
            if store::find_by_key(&**context, &saved.key).await?.is_some() {
                let message = Message::new("fact-error-key-taken").with("key", &saved.key);
                return Err(Problem::field("key", message));
            }
            let fact = Fact {
                id: FactId::new(author.ids, author.now),
                key: saved.key,
                organisation: saved.organisation,
                authority: saved.authority,
                values,
            };
            create(context, author, &fact).await?;
            Ok(fact.id)
        }
        Some((id, digest)) => {
            let before = store::find(&**context, id)
                .await?
                .ok_or(Problem::NotFound)?;
            if before.digest()? != digest {
                return Err(Problem::Conflict(Message::new("fact-error-conflict")));
            }
            let after = Fact {
                organisation: saved.organisation,
                authority: saved.authority,
                values,
                ..before.clone()
            };
            change(context, author, &before, &after).await?;
            Ok(id)
        }
    }
}

/// Values by their first day. One without a last day ends when the next begins.
pub(crate) fn in_order(mut values: Vec<FactValue>) -> Result<Vec<FactValue>> {
    values.sort_by_key(|value| value.valid_from);
    for at in 1..values.len() {
        if values[at - 1].valid_to.is_none() {
            let begins = values[at].valid_from;
            values[at - 1].valid_to = begins.and_then(|day| day.yesterday().ok());
        }
        let backwards = values[at - 1]
            .valid_from
            .zip(values[at - 1].valid_to)
            .is_some_and(|(from, to)| to < from);
        if backwards || values[at - 1].overlaps(&values[at]) {
            return Err(Problem::field("values", Message::new("fact-error-overlap")));
        }
    }
    Ok(values)
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

/// Takes away a fact that no text needs, with all that it ever said. The log keeps what it was.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] while a text needs it: then it can only be ended.
pub async fn remove_fact(
    context: &WriteContext,
    author: Author<'_>,
    id: FactId,
    used: &dyn FactUse,
) -> Result<()> {
    let fact = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let texts = used.texts_needing(context, id).await?;
    if texts > 0 {
        let message = Message::new("fact-error-in-use").with("count", texts);
        return Err(Problem::field("fact", message));
    }
    store::delete(&**context, id).await?;
    record(context, author, "fact.removed", Some(&fact), None).await
}
