//! What can be done with pages.

use torg_db::WriteContext;
use torg_kernel::{Address, ContentId, Message, OrganisationId, Problem, Result, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::OrganisationList;
use uuid::Uuid;

use crate::model::{Away, Content};
use crate::{comments, store};

/// Writes a content with its event. `before` is what is stored now. Where a page stands and whose it
/// is holds for all its languages and variants: when that changes, each of them changes too.
pub(crate) async fn put(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    kind: &'static str,
    before: Option<&Content>,
    after: &Content,
) -> Result<i64> {
    let others = store::list_of_pages(&**context, &[after.page]).await?;
    store::save(context, after, author.now).await?;
    if others
        .iter()
        .any(|other| other.organisation != after.organisation)
    {
        comments::hand_over(&**context, after.page, after.organisation).await?;
    }
    for other in others.iter().filter(|other| other.id != after.id) {
        let moved = other.with_place_of(after);
        if !moved.says_the_same_as(other) {
            let moved = moved.next_after(other, author.now);
            store::save(context, &moved, author.now).await?;
            record(
                context,
                author,
                organisations,
                "page.changed",
                Some(other),
                &moved,
            )
            .await?;
        }
    }
    record(context, author, organisations, kind, before, after).await
}

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    kind: &'static str,
    before: Option<&Content>,
    after: &Content,
) -> Result<i64> {
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: after.subject(),
            organisation: Some(after.organisation),
            authority: organisations
                .find(after.organisation)
                .and_then(|entry| entry.authority),
            // What no reader saw or sees is the city's own business.
            class: if after.published || before.is_some_and(|before| before.published) {
                PayloadClass::Public
            } else {
                PayloadClass::Internal
            },
            before: before.map(serde_json::to_string).transpose()?,
            after: Some(serde_json::to_string(after)?),
            tags: after.tags(before),
        },
    )
    .await
}

/// Whether the one who asks may publish for an organisation.
pub type MayPublish<'a> = &'a (dyn Fn(OrganisationId) -> bool + Send + Sync);

/// Makes a content say what `after` says. A new address moves it and all that lies below it, if
/// `may_publish` says yes to the owner of each, and leaves redirects. Returns what is stored now.
///
/// # Errors
/// [`Problem::Invalid`] with the address when it cannot move.
pub(crate) async fn make_public(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    before: &Content,
    after: Content,
    may_publish: MayPublish<'_>,
) -> Result<Content> {
    let moved = before.address != after.address;
    let after = next(context, author, before, after).await?;
    if moved {
        move_below(
            context,
            author,
            organisations,
            (before, &after),
            may_publish,
        )
        .await?;
        leave_redirect(context, author, before, &after).await?;
    }
    let kind = match (before.published, moved) {
        (false, _) => "page.published",
        (true, true) => "page.moved",
        (true, false) => "page.changed",
    };
    put(context, author, organisations, kind, Some(before), &after).await?;
    Ok(after)
}

/// A content as the next version of what it was, told from which Swedish text its words were made.
pub(crate) async fn next(
    context: &WriteContext,
    author: Author<'_>,
    before: &Content,
    after: Content,
) -> Result<Content> {
    let mut after = after.next_after(before, author.now);
    if after.has_source() && !after.has_the_words_of(before) {
        after.source_version = store::source_version(&**context, after.page).await?;
    }
    Ok(after)
}

/// Whether a content's address is its own or nobody's, when some others have gone.
async fn free(context: &WriteContext, content: &Content, gone: &[ContentId]) -> Result<()> {
    let taken = store::find_by_address(&**context, content.address.as_str()).await?;
    if taken.is_some_and(|taken| taken.id != content.id && !gone.contains(&taken.id)) {
        return Err(Problem::field(
            "address",
            Message::new("edit-address-taken").with("address", &content.address),
        ));
    }
    Ok(())
}

async fn leave_redirect(
    context: &WriteContext,
    author: Author<'_>,
    before: &Content,
    after: &Content,
) -> Result<()> {
    free(context, after, &[]).await?;
    // A page that comes back to where it was needs no redirect from there.
    store::delete_redirect(context, after.address.as_str()).await?;
    if before.away == Some(Away::New) {
        return Ok(());
    }
    store::insert_redirect(context, before.address.as_str(), before.id, author.now).await?;
    Ok(())
}

/// Whether a content may be made to say what `after` says: by whoever would own it, and by the owner
/// of each page that would move along. What [`make_public`] asks, asked beforehand.
///
/// # Errors
/// [`Problem::Forbidden`] when it would become somebody else's; [`Problem::Invalid`] with the address
/// when it cannot move.
pub(crate) async fn permitted(
    context: &WriteContext,
    before: &Content,
    after: &Content,
    may_publish: MayPublish<'_>,
) -> Result<()> {
    if after.organisation != before.organisation && !may_publish(after.organisation) {
        return Err(Problem::Forbidden);
    }
    if after.address != before.address {
        let along = moving_along(context, (before, after), may_publish).await?;
        let along: Vec<ContentId> = along.iter().map(|(child, _)| child.id).collect();
        free(context, after, &along).await?;
    }
    Ok(())
}

/// What lies below a content, each with the address that it would come to.
async fn moving_along(
    context: &WriteContext,
    (before, after): (&Content, &Content),
    may_publish: MayPublish<'_>,
) -> Result<Vec<(Content, Address)>> {
    if before.address.as_str() == "/" || before.address == Address::start(before.locale) {
        return Err(Problem::field(
            "address",
            Message::new("edit-address-start"),
        ));
    }
    let mut along = Vec::new();
    for child in store::list_below(context, &before.address).await? {
        if !may_publish(child.organisation) {
            return Err(Problem::field(
                "address",
                Message::new("edit-address-below").with("address", &child.address),
            ));
        }
        let rest = &child.address.as_str()[before.address.as_str().len()..];
        let address = Address::parse(&format!("{}{rest}", after.address))
            .map_err(|_| Problem::field("address", Message::new("edit-address-wrong")))?;
        along.push((child, address));
    }
    Ok(along)
}

async fn move_below(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    both: (&Content, &Content),
    may_publish: MayPublish<'_>,
) -> Result<()> {
    for (child, address) in moving_along(context, both, may_publish).await? {
        let moved = Content {
            address,
            ..child.clone()
        }
        .next_after(&child, author.now);
        leave_redirect(context, author, &child, &moved).await?;
        put(
            context,
            author,
            organisations,
            "page.moved",
            Some(&child),
            &moved,
        )
        .await?;
    }
    Ok(())
}

/// Takes in old addresses with where they lead now. All or nothing; importing again changes
/// nothing. Returns how many there were.
///
/// # Errors
/// [`Problem::Invalid`] with the number of the row for an address that is no address, is a page
/// of its own, or leads nowhere.
pub async fn import_redirects(
    context: &WriteContext,
    author: Author<'_>,
    redirects: &[(String, String)],
) -> Result<usize> {
    for (row, (from, to)) in redirects.iter().enumerate() {
        let wrong = |key: &'static str| {
            Problem::field(
                "redirects",
                Message::new(key).with("row", row + 1).with("address", from),
            )
        };
        let stored = store::old_address(from).ok_or_else(|| wrong("redirect-wrong"))?;
        let from = stored.as_str();
        if store::find_by_address(&**context, from).await?.is_some() {
            return Err(wrong("redirect-is-page"));
        }
        let target = store::find_by_address(&**context, to).await?;
        let target = target.ok_or_else(|| wrong("redirect-leads-nowhere"))?;
        let before = store::find_redirected(&**context, from).await?;
        if before.as_ref().is_some_and(|before| before.id == target.id) {
            continue;
        }
        store::insert_redirect(context, from, target.id, author.now).await?;
        redirected(context, author, from, before.as_ref(), &target).await?;
    }
    Ok(redirects.len())
}

/// Writes the event of an old address that leads to another page than before. It has no `id`: the
/// page itself is as it was.
async fn redirected(
    context: &WriteContext,
    author: Author<'_>,
    from: &str,
    before: Option<&Content>,
    target: &Content,
) -> Result<()> {
    let told =
        |to: &Content| serde_json::json!({"from": from, "to": to.address.as_str()}).to_string();
    append(
        context,
        author,
        NewEvent {
            kind: "page.redirected",
            subject: target.subject(),
            organisation: Some(target.organisation),
            authority: None,
            class: PayloadClass::Public,
            before: before.map(told),
            after: Some(told(target)),
            tags: vec![format!("page:{}", target.page)],
        },
    )
    .await?;
    Ok(())
}

/// Settles something under a name. Nothing happens when it was settled so already.
///
/// # Errors
/// When the database fails.
pub async fn save_setting(
    context: &WriteContext,
    author: Author<'_>,
    name: &str,
    content: &str,
) -> Result<bool> {
    let before = store::find_setting(&**context, name).await?;
    if before.as_deref() == Some(content) {
        return Ok(false);
    }
    store::save_setting(context, name, content).await?;
    let told = |content: &str| serde_json::json!({"name": name, "content": content}).to_string();
    append(
        context,
        author,
        NewEvent {
            kind: "setting.changed",
            // Settings have names, not ids: all of them are one subject.
            subject: Subject::new("setting", Uuid::nil()),
            organisation: None,
            authority: None,
            class: PayloadClass::Internal,
            before: before.as_deref().map(told),
            after: Some(told(content)),
            tags: vec![format!("setting:{name}")],
        },
    )
    .await?;
    Ok(true)
}
