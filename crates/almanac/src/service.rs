//! Changes to the city's own days: the row and its event, in one transaction.

use torg_db::WriteContext;
use torg_kernel::{AlmanacEntryId, FieldError, Message, Problem, Result, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::entry::{Entry, EntryInput};
use crate::store;

/// The tag of everything that shows something of the city's own days and breaks. What follows from
/// a rule alone needs no tag.
pub const ALMANAC_TAG: &str = "almanac";

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Entry>,
    after: Option<&Entry>,
) -> Result<()> {
    let Some(entry) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("almanac_entry", entry.id),
            organisation: None,
            authority: None,
            class: PayloadClass::Public,
            before: before.map(Entry::canonical).transpose()?,
            after: after.map(Entry::canonical).transpose()?,
            tags: vec![ALMANAC_TAG.to_owned()],
        },
    )
    .await?;
    Ok(())
}

/// What is wrong with an entry beside the others: days of one key may not lie over each other.
pub(crate) fn check(
    others: &[Entry],
    own: Option<AlmanacEntryId>,
    data: &EntryInput,
) -> Vec<FieldError> {
    let mut faults = data.faults();
    let over = others.iter().any(|other| {
        Some(other.id) != own
            && other.data.key == data.key
            && other.data.first <= data.last
            && data.first <= other.data.last
    });
    if over {
        faults.push(FieldError {
            field: "first".to_owned(),
            message: Message::new("almanac-error-overlap"),
        });
    }
    let other_sort = others.iter().any(|other| {
        Some(other.id) != own && other.data.key == data.key && other.data.sort != data.sort
    });
    if other_sort {
        faults.push(FieldError {
            field: "key".to_owned(),
            message: Message::new("almanac-error-key-taken"),
        });
    }
    faults
}

/// Adds an entry (`own` is `None`) or changes one. Returns its id, and whether anything changed.
/// The caller has checked that the author may.
///
/// # Errors
/// [`Problem::Invalid`] with the names of the wrong fields; [`Problem::NotFound`].
pub async fn save_entry(
    context: &WriteContext,
    author: Author<'_>,
    own: Option<AlmanacEntryId>,
    data: EntryInput,
) -> Result<(AlmanacEntryId, bool)> {
    let others = store::list(&**context).await?;
    let data = data.tidy();
    let faults = check(&others, own, &data);
    if !faults.is_empty() {
        return Err(Problem::Invalid(faults));
    }
    let Some(id) = own else {
        let id = AlmanacEntryId::new(author.ids, author.now);
        let entry = Entry { id, data };
        store::insert(&**context, &entry).await?;
        record(context, author, "almanac.added", None, Some(&entry)).await?;
        return Ok((id, true));
    };
    let before = others.into_iter().find(|entry| entry.id == id);
    let before = before.ok_or(Problem::NotFound)?;
    if before.data == data {
        return Ok((id, false));
    }
    let after = Entry { id, data };
    store::update(&**context, &after).await?;
    record(
        context,
        author,
        "almanac.changed",
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok((id, true))
}

/// Takes an entry away. Plans of hours that name it go on as if it were not there. The caller has
/// checked that the author may.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove_entry(
    context: &WriteContext,
    author: Author<'_>,
    id: AlmanacEntryId,
) -> Result<()> {
    let others = store::list(&**context).await?;
    let entry = others.into_iter().find(|entry| entry.id == id);
    let entry = entry.ok_or(Problem::NotFound)?;
    store::delete(&**context, id).await?;
    record(context, author, "almanac.removed", Some(&entry), None).await
}
