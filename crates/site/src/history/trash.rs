//! Away with a text: where it is used, where its address leads then, the trash, and back.

use std::sync::Arc;

use askama::Template;
use torg_db::{Database, Snapshot, WriteContext};
use torg_kernel::{
    ContentId, FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, Timestamp,
    Variant,
};
use torg_log::{NewEvent, PayloadClass, append};
use torg_ui::{DeskSection, NavLink, T, date_time};
use torg_web::{Caller, Context, Form, Reply, desk};
use uuid::Uuid;

use super::store::{self, Linking, Trashed};
use super::versions::about;
use super::views::{DeletePage, LinkView, TrashPage, TrashRow};
use super::{frame, load, names, once, own, owner};
use crate::desk::publish::{Acting, discard};
use crate::desk::store as desk_store;
use crate::model::{Away, Content};
use crate::store as pages;
use crate::web::Site;

/// The most pages that are named as linking here, or lying below.
const MOST: i64 = 50;
/// The most texts of the trash on the page.
const MOST_TRASHED: i64 = 200;

/// Whether somebody may put a text of an organisation into the trash and take it out: who publishes
/// may, and who writes may where readers never saw it.
fn may_for(caller: &Caller, text: &Content, organisation: OrganisationId) -> bool {
    caller.may(Permission::PagePublish, organisation)
        || (text.away == Some(Away::New) && caller.may(Permission::PageEdit, organisation))
}

/// Whether the caller may put a text into the trash, with all that goes with it.
///
/// # Errors
/// When the database fails.
pub(super) async fn deletable(context: &Context, on: &Snapshot, content: &Content) -> Result<bool> {
    let texts = together(&**on, content).await?;
    let caller = context.caller()?;
    Ok(allowed(caller, &texts).is_ok())
}

fn allowed(caller: &Caller, texts: &[Content]) -> Result<()> {
    let may = |text: &Content| may_for(caller, text, text.organisation);
    match texts.iter().all(may) {
        true => Ok(()),
        false => Err(Problem::Forbidden),
    }
}

/// The texts that go with one: all of the page with the ordinary Swedish one, since a translation
/// of nothing is nothing.
async fn together<C: torg_db::ConnectionTrait>(on: &C, content: &Content) -> Result<Vec<Content>> {
    if content.has_source() {
        return Ok(vec![content.clone()]);
    }
    pages::list_of_pages(on, &[content.page]).await
}

fn view(t: T, linking: Linking) -> LinkView {
    LinkView {
        title: linking.title,
        address: linking.address,
        href: format!("/admin/pages/{}", linking.id),
        lang: linking.locale.parse().unwrap_or(Locale::SV),
        state: (linking.state != "published").then(|| t.get("delete-not-public").into_owned()),
    }
}

pub(super) async fn ask(_: Arc<Site>, context: Context) -> Result<Reply> {
    let html = draw(&context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(html))
}

async fn draw(context: &Context, sent: &Form, errors: Vec<FieldError>) -> Result<String> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(context, &snapshot, Permission::PageEdit).await?;
    let caller = context.caller()?;
    let texts = together(&*snapshot, &content).await?;
    allowed(caller, &texts)?;
    let linking = store::list_linking(&*snapshot, content.page, MOST).await?;
    let below = blocking(&*snapshot, &content).await?;
    snapshot.end().await?;
    // Of what others write and nobody sees yet only the number is told.
    let may_see = |linking: &Linking| {
        let organisation = OrganisationId(linking.organisation_id);
        linking.state == "published" || caller.may(Permission::PageRead, organisation)
    };
    let (seen, hidden): (Vec<Linking>, Vec<Linking>) = linking.into_iter().partition(may_see);
    let (below, below_hidden): (Vec<Linking>, Vec<Linking>) = below.into_iter().partition(may_see);
    let page = DeletePage {
        desk: frame(context, &content, &t.get("delete-heading"))?,
        about: about(&content),
        texts: texts
            .iter()
            .map(|text| {
                let words = match text.variant {
                    Variant::Standard => text.locale.endonym().to_owned(),
                    variant => t.get(&format!("variant-{}", variant.as_str())).into_owned(),
                };
                (words, text.title.clone(), text.address.to_string())
            })
            .collect(),
        hidden: hidden.len(),
        linking: seen.into_iter().map(|linking| view(t, linking)).collect(),
        below: below.into_iter().map(|below| view(t, below)).collect(),
        below_hidden: below_hidden.len(),
        lead: sent.text("lead"),
        public: content.published,
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

/// Pages that lie below one that would go.
async fn blocking<C: torg_db::ConnectionTrait>(on: &C, content: &Content) -> Result<Vec<Linking>> {
    let below = store::list_below_page(on, content.page, MOST).await?;
    if content.has_source() {
        let locale = content.locale.as_str();
        return Ok(below
            .into_iter()
            .filter(|below| below.locale == locale)
            .collect());
    }
    Ok(below)
}

pub(super) async fn delete(_: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageEdit).await?;
    let lead = form.text("lead").trim().to_owned();
    let target = goal(&snapshot, &content, &lead).await;
    snapshot.end().await?;
    let target = match target {
        Ok(target) => target,
        Err(Problem::Invalid(errors)) => {
            let html = draw(&context, &form, errors).await?;
            return Ok(Reply::form_again(html));
        }
        Err(other) => return Err(other),
    };
    let request = form.request_id()?;
    match remove(&context, &content, target, request).await {
        Ok(()) => Ok(Reply::see_other("/admin/trash?done=trashed")),
        Err(Problem::Invalid(errors)) => {
            let html = draw(&context, &form, errors).await?;
            Ok(Reply::form_again(html))
        }
        Err(other) => Err(other),
    }
}

/// The text that the old address is to lead to.
async fn goal(on: &Snapshot, content: &Content, lead: &str) -> Result<Option<ContentId>> {
    if lead.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        Problem::field(
            "lead",
            Message::new("delete-lead-wrong").with("address", lead),
        )
    };
    let target = pages::find_by_address(&**on, lead).await?;
    let target = target.ok_or_else(wrong)?;
    if target.page == content.page || !target.published {
        return Err(wrong());
    }
    Ok(Some(target.id))
}

/// Puts a text into the trash. What is wrong with that is told as wrong fields.
pub(super) async fn remove(
    context: &Context,
    content: &Content,
    target: Option<ContentId>,
    request: torg_kernel::RequestId,
) -> Result<()> {
    let caller = context.caller()?.clone();
    let actor = context
        .acting(Permission::PagePublish, content.organisation)
        .or_else(|_| context.acting(Permission::PageEdit, content.organisation))?;
    let operation = format!("page.trash {}", content.id);
    let id = content.id;
    once(context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            let content = pages::find(&**write, id).await?.ok_or(Problem::NotFound)?;
            let texts = together(&**write, &content).await?;
            allowed(&caller, &texts)?;
            bury(write, acting, &content, texts, target).await
        })
    })
    .await?;
    Ok(())
}

async fn bury(
    write: &WriteContext,
    acting: Acting<'_>,
    content: &Content,
    texts: Vec<Content>,
    target: Option<ContentId>,
) -> Result<usize> {
    let refused = |key| Err(Problem::field("content", Message::new(key)));
    if content.kind == crate::PageKind::Start {
        return refused("delete-start");
    }
    if !blocking(&**write, content).await?.is_empty() {
        return refused("delete-below");
    }
    let now = acting.author.now;
    let batch = acting.author.ids.uuid(now);
    for text in &texts {
        if let Some(head) = desk_store::find_head(&**write, text.id).await? {
            discard(write, acting, head).await?;
        }
        let trashed = Trashed {
            batch,
            content: text.clone(),
            person: acting.person(),
            at: now,
        };
        store::insert_trashed(write, &trashed).await?;
        store::delete_rows(write, (text.page, text.id)).await?;
        record(write, acting, "page.trashed", (Some(text), None)).await?;
        if let Some(target) = target {
            store::lead_on(write, text.id, target).await?;
            pages::insert_redirect(write, text.address.as_str(), target, now).await?;
        }
    }
    Ok(texts.len())
}

async fn record(
    write: &WriteContext,
    acting: Acting<'_>,
    kind: &'static str,
    (before, after): (Option<&Content>, Option<&Content>),
) -> Result<()> {
    let Some(content) = before.or(after) else {
        return Ok(());
    };
    append(
        write,
        acting.author,
        NewEvent {
            kind,
            subject: content.subject(),
            organisation: Some(content.organisation),
            authority: acting
                .organisations
                .find(content.organisation)
                .and_then(|entry| entry.authority),
            class: match content.published {
                true => PayloadClass::Public,
                false => PayloadClass::Internal,
            },
            before: before.map(serde_json::to_string).transpose()?,
            after: after.map(serde_json::to_string).transpose()?,
            tags: content.tags(None),
        },
    )
    .await?;
    Ok(())
}

pub(super) async fn list(site: Arc<Site>, context: Context) -> Result<Reply> {
    let html = draw_list(&site, &context, Vec::new()).await?;
    Ok(Reply::html(html))
}

async fn draw_list(site: &Site, context: &Context, errors: Vec<FieldError>) -> Result<String> {
    let t = context.t();
    let own = own(context, Permission::PageEdit)?;
    let snapshot = context.app.database.snapshot().await?;
    let trashed = store::list_trash(&*snapshot, &own, MOST_TRASHED).await?;
    let people = names(
        site,
        &snapshot,
        trashed.iter().map(|trashed| trashed.person),
    )
    .await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let days = site.history.settings.trash_days;
    let rows = trashed
        .into_iter()
        .map(|trashed| TrashRow {
            batch: trashed.batch.to_string(),
            person: people.name(t, trashed.person),
            time: date_time(t, trashed.at),
            gone: torg_ui::date(
                t,
                torg_kernel::civil_date(trashed.at.plus_seconds(days * 86_400)),
            ),
            owner: owner(&organisations, trashed.content.organisation, t),
            address: trashed.content.address.to_string(),
            locale: trashed.content.locale,
            title: trashed.content.title,
        })
        .collect();
    let mut frame = desk(context, DeskSection::Pages, &t.get("trash-heading"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-pages"), DeskSection::Pages.href())];
    let page = TrashPage {
        desk: frame,
        days,
        rows,
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

/// Brings back what went together. It is not public then, wherever it was.
pub(super) async fn restore(site: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let batch: Uuid = form.text("batch").parse().map_err(|_| Problem::NotFound)?;
    let request = form.request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let texts = store::list_batch(&*snapshot, batch).await?;
    snapshot.end().await?;
    let Some(first) = texts.first() else {
        // A form that is sent twice: what it asked for is done.
        return Ok(Reply::see_other("/admin/trash"));
    };
    let caller = context.caller()?.clone();
    let organisation = first.content.organisation;
    let actor = context
        .acting(Permission::PagePublish, organisation)
        .or_else(|_| context.acting(Permission::PageEdit, organisation))?;
    let id = first.content.id;
    let operation = format!("page.untrash {batch}");
    let done = once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            for trashed in store::list_batch(&**write, batch).await? {
                exhume(write, acting, &caller, trashed).await?;
            }
            Ok(())
        })
    })
    .await;
    match done {
        Ok(_) => Ok(Reply::see_other(&format!(
            "/admin/pages/{id}?done=untrashed"
        ))),
        Err(Problem::Invalid(errors)) => {
            let html = draw_list(&site, &context, errors).await?;
            Ok(Reply::form_again(html))
        }
        Err(other) => Err(other),
    }
}

async fn exhume(
    write: &WriteContext,
    acting: Acting<'_>,
    caller: &Caller,
    trashed: Trashed,
) -> Result<()> {
    let before = trashed.content;
    let others = pages::list_of_pages(&**write, &[before.page]).await?;
    // The page may belong to others by now: the text then becomes theirs.
    let owners = others.first().map(|other| other.organisation);
    let mut owners = owners.into_iter().chain([before.organisation]);
    if !owners.all(|owner| may_for(caller, &before, owner)) {
        return Err(Problem::Forbidden);
    }
    let refused = |key| {
        let message = Message::new(key).with("address", &before.address);
        Err(Problem::field("batch", message))
    };
    let address = before.address.as_str();
    if pages::find_by_address(&**write, address).await?.is_some() {
        return refused("trash-address-taken");
    }
    if let Some(parent) = before.parent
        && pages::list_of_pages(&**write, &[parent]).await?.is_empty()
    {
        return refused("trash-parent-gone");
    }
    if others
        .iter()
        .any(|other| other.locale == before.locale && other.variant == before.variant)
    {
        return refused("trash-text-taken");
    }
    let mut after = match others.first() {
        Some(other) => before.with_place_of(other),
        None => before.clone(),
    };
    after.published = false;
    let after = after.next_after(&before, acting.author.now);
    pages::delete_redirect(write, address).await?;
    pages::save(write, &after, acting.author.now).await?;
    store::delete_trashed(write, after.id).await?;
    record(write, acting, "page.untrashed", (None, Some(&after))).await
}

/// Takes away for good what lay in the trash for its days: the text itself and what was kept and
/// said of it. What the log says of it is weeded by decisions of its own.
///
/// # Errors
/// When the database fails; what was taken away before that stays away.
pub(super) async fn weed(database: &Database, days: i64, now: Timestamp) -> Result<()> {
    /// Texts in one transaction.
    const BATCH: i64 = 50;
    let before = now.plus_seconds(-days * 86_400);
    loop {
        let count = database
            .write(move |write| {
                Box::pin(async move {
                    let ripe = store::list_ripe(&**write, before, BATCH).await?;
                    for content in &ripe {
                        store::weed_around(write, *content).await?;
                        store::delete_trashed(write, *content).await?;
                    }
                    Ok(ripe.len())
                })
            })
            .await?;
        if count == 0 {
            return Ok(());
        }
    }
}
