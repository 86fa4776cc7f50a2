//! What can be done with navigation. Each change is an event with the tags of the views that show it.

use sha2::{Digest, Sha256};
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    ContentId, FieldError, Locale, Message, OrganisationId, PageId, Permission, Problem, Result,
    Subject, Variant, hex, squeeze,
};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::{Caller, OrganisationList};
use uuid::Uuid;

use super::layout::Layout;
use super::link::LONGEST_TEXT;
use super::menu::{MENUS, Menu, Menus};
use super::store::{self, Branch, MOST_SIBLINGS, Names};
use crate::desk::publish::Acting;
use crate::model::Content;
use crate::store as pages;

/// The kind of the event of changed menus.
pub(super) const MENUS_CHANGED: &str = "navigation.changed";
/// The kind of the event of a page that was put together in another way.
pub(super) const ARRANGED: &str = "page.arranged";
/// Between two numbers in an order that is written anew, so that a page can come between.
const STEP: i64 = 10;

/// All menus are one thing in the log.
pub(super) fn subject() -> Subject {
    Subject::new("navigation", Uuid::nil())
}

/// Pages below one as they stand, with what they are called.
pub(super) struct Siblings {
    pub list: Vec<Branch>,
    pub names: Names,
    /// Whether there are more than are shown, so that they cannot be ordered.
    pub cut: bool,
}

impl Siblings {
    /// The pages below one, or at the top, in the order in which readers see them: by number, then
    /// by title.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn below<C: ConnectionTrait>(on: &C, parent: Option<PageId>) -> Result<Self> {
        let mut list = store::list_below(on, parent).await?;
        let cut = list.len() > MOST_SIBLINGS;
        list.truncate(MOST_SIBLINGS);
        let names = Names::find(on, list.iter().map(|branch| PageId(branch.id))).await?;
        list.sort_by_cached_key(|branch| {
            let name = names.best(PageId(branch.id), Locale::SV);
            let key = name.map(|name| name.sort_key.clone());
            (branch.sort_order, key.unwrap_or_default(), branch.id)
        });
        Ok(Self { list, names, cut })
    }

    /// Tells one order from another.
    pub(super) fn version(&self) -> String {
        let mut hasher = Sha256::new();
        for branch in &self.list {
            hasher.update(branch.id.as_bytes());
            hasher.update(branch.sort_order.to_be_bytes());
        }
        let mut digest = hex(&hasher.finalize());
        digest.truncate(16);
        digest
    }

    /// Whether somebody may know of a page: readers see it, or it is one's own before they do.
    pub(super) fn is_seen(&self, branch: &Branch, caller: &Caller) -> bool {
        let mut names = self.names.all(PageId(branch.id));
        names.any(|name| name.state == "published")
            || caller.may(Permission::PageRead, OrganisationId(branch.organisation_id))
    }
}

/// Whose menu the pages below one are: the page's own organisation; at the top the city.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such page.
pub(super) async fn owner_below<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
    parent: Option<PageId>,
) -> Result<OrganisationId> {
    match parent {
        Some(parent) => {
            let branch = store::find_branch(on, parent).await?;
            let branch = branch.ok_or(Problem::NotFound)?;
            Ok(OrganisationId(branch.organisation_id))
        }
        None => Ok(organisations.root().ok_or(Problem::NotFound)?.id),
    }
}

/// Whether a caller may change the menu of an organisation, asked again in the transaction.
///
/// # Errors
/// [`Problem::Forbidden`].
pub(super) fn allowed(caller: &Caller, owner: OrganisationId) -> Result<()> {
    caller.acting(Permission::NavigationEdit, owner).map(drop)
}

/// A conflict with what somebody else has just saved.
fn conflict() -> Problem {
    Problem::Conflict(Message::new("navigation-conflict"))
}

/// Puts pages below one in this order. Pages that the caller does not see stay where they are.
///
/// # Errors
/// [`Problem::Conflict`] when the order is no longer the one of `version`; [`Problem::NotFound`] for
/// a page that does not lie there.
pub(super) async fn reorder(
    write: &WriteContext,
    acting: Acting<'_>,
    caller: &Caller,
    parent: Option<PageId>,
    wanted: &[PageId],
    version: &str,
) -> Result<()> {
    allowed(
        caller,
        owner_below(&**write, acting.organisations, parent).await?,
    )?;
    let siblings = Siblings::below(&**write, parent).await?;
    if siblings.version() != version {
        return Err(conflict());
    }
    if siblings.cut {
        let message = Message::new("navigation-siblings-many").with("most", MOST_SIBLINGS);
        return Err(Problem::Conflict(message));
    }
    let mut slots: Vec<usize> = Vec::with_capacity(wanted.len());
    for page in wanted {
        let at = siblings
            .list
            .iter()
            .position(|branch| branch.id == page.0 && siblings.is_seen(branch, caller));
        slots.push(
            at.filter(|at| !slots.contains(at))
                .ok_or(Problem::NotFound)?,
        );
    }
    slots.sort_unstable();
    let mut order: Vec<Uuid> = siblings.list.iter().map(|branch| branch.id).collect();
    for (slot, page) in slots.into_iter().zip(wanted) {
        order[slot] = page.0;
    }
    let before: Vec<i64> = siblings.list.iter().map(|own| own.sort_order).collect();
    for (page, number) in order.into_iter().zip(numbers(&before)) {
        let stands = siblings.list.iter().find(|branch| branch.id == page);
        if stands.is_some_and(|branch| branch.sort_order != number) {
            change_page(write, acting, PageId(page), |page| page.order = number).await?;
        }
    }
    Ok(())
}

/// The numbers of an order: those that there are if they tell all places apart, so that few pages
/// change; else new ones.
fn numbers(before: &[i64]) -> Vec<i64> {
    if before.windows(2).all(|pair| pair[0] < pair[1]) {
        return before.to_vec();
    }
    (1..).map(|n| n * STEP).take(before.len()).collect()
}

/// Changes what a page's languages share.
async fn change_page(
    write: &WriteContext,
    acting: Acting<'_>,
    page: PageId,
    change: impl FnOnce(&mut Content),
) -> Result<()> {
    let mut texts = pages::list_of_pages(&**write, &[page]).await?;
    texts.sort_by_key(|text| {
        (
            text.variant != Variant::Standard,
            text.locale != Locale::SV,
            text.id,
        )
    });
    let before = texts.into_iter().next().ok_or(Problem::NotFound)?;
    change_text(write, acting, &before, "page.changed", change).await
}

async fn change_text(
    write: &WriteContext,
    acting: Acting<'_>,
    before: &Content,
    kind: &'static str,
    change: impl FnOnce(&mut Content),
) -> Result<()> {
    let mut after = before.clone();
    change(&mut after);
    if after == *before {
        return Ok(());
    }
    let after = after.next_after(before, acting.author.now);
    crate::service::put(
        write,
        acting.author,
        acting.organisations,
        kind,
        Some(before),
        &after,
    )
    .await?;
    Ok(())
}

/// How a page stands in menus.
#[derive(Debug, Clone)]
pub(super) struct InMenus {
    pub page: PageId,
    pub hidden: bool,
    /// The short title of each of its texts.
    pub titles: Vec<(ContentId, String)>,
    pub version: String,
}

/// Tells one state of a page in menus from another.
pub(super) fn menus_version(branch: &Branch, names: &Names) -> String {
    let mut hasher = Sha256::new();
    hasher.update(branch.hidden.to_be_bytes());
    for name in names.all(PageId(branch.id)) {
        hasher.update(name.content_id.as_bytes());
        hasher.update(name.menu_title.as_bytes());
    }
    let mut digest = hex(&hasher.finalize());
    digest.truncate(16);
    digest
}

/// Says how a page stands in menus: left out or not, and what it is called there.
///
/// # Errors
/// [`Problem::Invalid`] for a title that is too long; [`Problem::Conflict`] when somebody else has
/// changed it meanwhile.
pub(super) async fn set_in_menus(
    write: &WriteContext,
    acting: Acting<'_>,
    caller: &Caller,
    wanted: InMenus,
) -> Result<()> {
    let branch = store::find_branch(&**write, wanted.page).await?;
    let branch = branch.ok_or(Problem::NotFound)?;
    let parent = branch.parent_id.map(PageId);
    allowed(
        caller,
        owner_below(&**write, acting.organisations, parent).await?,
    )?;
    let names = Names::find(&**write, [wanted.page]).await?;
    if menus_version(&branch, &names) != wanted.version {
        return Err(conflict());
    }
    let mut errors = Vec::new();
    let mut titles = Vec::new();
    for (content, title) in wanted.titles {
        let title = squeeze(&title);
        if title.chars().count() > LONGEST_TEXT {
            errors.push(FieldError {
                field: format!("menu_title_{content}"),
                message: Message::new("navigation-text-long").with("limit", LONGEST_TEXT),
            });
        }
        titles.push((content, title));
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    if (branch.hidden != 0) != wanted.hidden {
        change_page(write, acting, wanted.page, |page| {
            page.hidden = wanted.hidden
        })
        .await?;
    }
    for (content, title) in titles {
        let text = pages::find(&**write, content).await?;
        let text = text.filter(|text| text.page == wanted.page);
        let text = text.ok_or(Problem::NotFound)?;
        change_text(write, acting, &text, "page.changed", |text| {
            text.details.menu_title = title;
        })
        .await?;
    }
    Ok(())
}

/// Saves the menus of a language; none lets it follow the Swedish ones.
///
/// # Errors
/// [`Problem::Conflict`] when the menu is no longer the one of `version`.
pub(super) async fn save_menu(
    write: &WriteContext,
    acting: Acting<'_>,
    caller: &Caller,
    locale: Locale,
    menu: Option<Menu>,
    version: &str,
) -> Result<()> {
    allowed(
        caller,
        owner_below(&**write, acting.organisations, None).await?,
    )?;
    let stored = pages::find_setting(&**write, MENUS).await?;
    let before = Menus::read(stored.as_deref())?;
    let (stands, _) = before.of(locale);
    if stands.version()? != version {
        return Err(conflict());
    }
    let mut after = before.clone();
    after.set(locale, menu);
    save_menus(write, acting.author, acting.organisations, &before, &after).await?;
    Ok(())
}

async fn save_menus(
    write: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    before: &Menus,
    after: &Menus,
) -> Result<bool> {
    if before == after {
        return Ok(false);
    }
    pages::save_setting(write, MENUS, &after.json()?).await?;
    append(
        write,
        author,
        NewEvent {
            kind: MENUS_CHANGED,
            subject: subject(),
            organisation: organisations.root().map(|root| root.id),
            authority: None,
            class: PayloadClass::Public,
            before: Some(serde_json::to_string(before)?),
            after: Some(serde_json::to_string(after)?),
            tags: vec!["frame".to_owned()],
        },
    )
    .await?;
    Ok(true)
}

/// Takes in the menus of an export. Nothing happens when they are so already.
///
/// # Errors
/// When the database fails.
pub async fn import_menus(
    write: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    menus: &Menus,
) -> Result<bool> {
    let stored = pages::find_setting(&**write, MENUS).await?;
    let before = Menus::read(stored.as_deref())?;
    save_menus(write, author, organisations, &before, menus).await
}

/// Puts a page together in another way; none is the usual one.
///
/// # Errors
/// [`Problem::Conflict`] when the page is no longer put together as `version` says.
pub(super) async fn arrange(
    write: &WriteContext,
    acting: Acting<'_>,
    caller: &Caller,
    content: ContentId,
    layout: Option<Layout>,
    version: &str,
) -> Result<()> {
    let before = pages::find(&**write, content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    allowed(caller, before.organisation)?;
    if layout_version(&before)? != version {
        return Err(conflict());
    }
    change_text(write, acting, &before, ARRANGED, |text| {
        text.details.layout = layout;
    })
    .await
}

/// How a page is put together now.
pub(super) fn layout_of(content: &Content) -> Option<Layout> {
    let usual = Layout::usual(content.kind)?;
    Some(match &content.details.layout {
        Some(layout) => layout.clone().complete(content.kind),
        None => usual,
    })
}

/// Tells one way of putting a page together from another.
pub(super) fn layout_version(content: &Content) -> Result<String> {
    let mut digest = hex(&Sha256::digest(serde_json::to_vec(&layout_of(content))?));
    digest.truncate(16);
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_tell_places_apart_stay() {
        assert_eq!(numbers(&[1, 5, 9]), [1, 5, 9]);
        assert_eq!(numbers(&[0, 0, 3]), [10, 20, 30]);
        assert_eq!(numbers(&[]), Vec::<i64>::new());
    }
}
