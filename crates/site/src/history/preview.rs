//! The draft as the page that it will be, for staff and by secret link.

use std::sync::Arc;

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use torg_kernel::{
    FieldError, Message, Permission, Problem, Result, Timestamp, civil_date, hex, secret_hex, unhex,
};
use torg_ui::{NavLink, Shell, Standing, T, date_time};
use torg_web::{Context, Form, Reading, Reply};
use uuid::Uuid;

use super::store::{self, PreviewLink};
use super::versions::{self, about};
use super::views::{EndedPage, PreviewPage, PreviewRow};
use super::{frame, load, loaded, names, once, shown};
use crate::model::Content;
use crate::store as pages;
use crate::web::Site;

/// The longest word on whom a link is for, in characters.
const LONGEST_NOTE: usize = 200;
/// Bytes of a secret: 128 bits.
const SECRET_BYTES: usize = 16;

fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The links of a draft, and the form for one more.
pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let content = loaded(&context, Permission::PageRead).await?;
    let html = draw(
        &site,
        &context,
        &content,
        &Form::default(),
        Vec::new(),
        None,
    )
    .await?;
    Ok(Reply::html(html))
}

async fn draw(
    site: &Site,
    context: &Context,
    content: &Content,
    sent: &Form,
    errors: Vec<FieldError>,
    secret: Option<String>,
) -> Result<String> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let links = store::list_previews(&*snapshot, content.id).await?;
    let people = names(site, &snapshot, links.iter().map(|link| link.person)).await?;
    snapshot.end().await?;
    let rows = links
        .into_iter()
        .map(|link| PreviewRow {
            open: link.is_open_at(context.now),
            ends: date_time(t, link.ends_at),
            ended: link.ended_at.map(|at| date_time(t, at)),
            made: date_time(t, link.made_at),
            person: people.name(t, link.person),
            id: link.id.to_string(),
            note: link.note,
        })
        .collect();
    let today = civil_date(context.now);
    let in_days = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let most = site.history.settings.preview_days;
    let ends = if sent.has("ends") {
        sent.text("ends")
    } else {
        in_days(most.min(7)).to_string()
    };
    let base = &context.app.settings.base_url;
    let page = PreviewPage {
        desk: frame(context, content, &t.get("preview-heading"))?,
        about: about(content),
        made: secret.map(|secret| format!("{base}/admin/preview/{secret}")),
        secret: secret_hex(&*context.app.ids),
        note: sent.text("note"),
        ends,
        most,
        may_edit: context
            .caller()?
            .may(Permission::PageEdit, content.organisation),
        rows,
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

/// The end of the day on which a link is to end.
fn ends(context: &Context, form: &Form, most: i64) -> Result<Timestamp, Message> {
    let wrong = || Message::new("preview-ends-wrong").with("days", most);
    let date: Date = form.text("ends").trim().parse().map_err(|_| wrong())?;
    let today = civil_date(context.now);
    let last = today.checked_add(most.days()).map_err(|_| wrong())?;
    if date < today || date > last {
        return Err(wrong());
    }
    let end = date
        .tomorrow()
        .and_then(|day| day.to_zoned(torg_kernel::zone()))
        .map_err(|_| wrong())?;
    Ok(Timestamp::from_micros(end.timestamp().as_microsecond()))
}

/// Makes a link. Its secret came with the form, made by the server, so that a form that is sent
/// twice makes one link and both answers show it; stored is its digest.
pub(super) async fn make(site: Arc<Site>, context: Context) -> Result<Reply> {
    let content = loaded(&context, Permission::PageEdit).await?;
    let form = context.form();
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let note = torg_kernel::squeeze(&form.text("note"));
    if note.chars().count() > LONGEST_NOTE {
        wrong(
            "note",
            Message::new("edit-too-long").with("limit", LONGEST_NOTE),
        );
    }
    let most = site.history.settings.preview_days;
    let ends_at = ends(&context, &form, most).unwrap_or_else(|message| {
        wrong("ends", message);
        context.now
    });
    let secret = form.text("secret");
    if unhex(&secret).is_none_or(|bytes| bytes.len() != SECRET_BYTES) {
        wrong("secret", Message::new("form-request-id"));
    }
    if !errors.is_empty() {
        let html = draw(&site, &context, &content, &form, errors, None).await?;
        return Ok(Reply::form_again(html));
    }
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let link = PreviewLink {
        id: context.app.ids.uuid(context.now),
        content: content.id,
        note,
        person: actor.person(),
        made_at: context.now,
        ends_at,
        ended_at: None,
    };
    let stored = digest(&secret);
    let operation = format!("preview.make {} {stored}", content.id);
    let text = content.clone();
    let request = form.request_id()?;
    once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            store::insert_preview(write, &link, &stored).await?;
            let more = serde_json::json!({"link": link.id, "ends": link.ends_at.rfc3339()});
            acting.tell(write, "page.preview_made", &text, more).await
        })
    })
    .await?;
    let made = Some(secret);
    let html = draw(
        &site,
        &context,
        &content,
        &Form::default(),
        Vec::new(),
        made,
    )
    .await?;
    Ok(Reply::html(html))
}

/// Ends a link before its time.
pub(super) async fn end(_: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let id: Uuid = form.text("link").parse().map_err(|_| Problem::NotFound)?;
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageEdit).await?;
    let link = store::find_preview(&*snapshot, id).await?;
    snapshot.end().await?;
    if link.is_none_or(|link| link.content != content.id) {
        return Err(Problem::NotFound);
    }
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let operation = format!("preview.end {id}");
    let text = content.clone();
    let request = form.request_id()?;
    let now = context.now;
    once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            store::end_preview(write, id, now).await?;
            let more = serde_json::json!({ "link": id });
            acting.tell(write, "page.preview_ended", &text, more).await
        })
    })
    .await?;
    let to = format!("{}/preview?done=preview-ended", about(&content));
    Ok(Reply::see_other(&to))
}

/// The draft as the page that it will be, for those who may read it.
pub(super) async fn own(_: Arc<Site>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let text = versions::draft(&snapshot, &content).await?;
    snapshot.end().await?;
    let t = T::of(content.locale);
    let banner = Standing {
        icon: "eye",
        heading: t.get("preview-banner").into_owned(),
        lines: vec![t.get("preview-banner-staff").into_owned()],
        link: Some(NavLink::new(t.get("preview-back"), about(&content))),
    };
    let text = text.unwrap_or_else(|| content.clone());
    shown::reply(&context, &content, text, banner, context.now).await
}

/// The draft by its secret. A secret that never was is no page; one whose time is over is told so.
pub(super) async fn by_link(_: Arc<Site>, context: Context) -> Result<Reply> {
    let secret: String = context.param("secret")?;
    if unhex(&secret).is_none_or(|bytes| bytes.len() != SECRET_BYTES) {
        return Err(Problem::NotFound);
    }
    let snapshot = context.app.database.snapshot().await?;
    let link = store::find_preview_by_digest(&*snapshot, &digest(&secret)).await?;
    let link = link.ok_or(Problem::NotFound)?;
    let content = pages::find(&*snapshot, link.content).await?;
    let content = content.filter(|_| link.is_open_at(context.now));
    let Some(content) = content else {
        snapshot.end().await?;
        return ended(&context).await;
    };
    let text = versions::draft(&snapshot, &content).await?;
    snapshot.end().await?;
    let t = T::of(content.locale);
    let banner = Standing {
        icon: "eye",
        heading: t.get("preview-banner").into_owned(),
        lines: vec![t.one("preview-banner-link", "time", date_time(t, link.ends_at))],
        link: None,
    };
    let text = text.unwrap_or_else(|| content.clone());
    shown::reply(&context, &content, text, banner, context.now).await
}

/// The page that says that a link has ended; it tells nothing of what the link led to.
async fn ended(context: &Context) -> Result<Reply> {
    let t = context.t();
    let reading = Reading::new(&context.app.database);
    let chrome = context.app.chrome(&reading, t.locale()).await?.0;
    reading.end().await?;
    let mut shell = Shell::new(chrome, t.get("preview-ended-heading"), "");
    shell.noindex = true;
    let page = EndedPage { shell };
    let reply = Reply::new(410, "text/html; charset=utf-8", page.render()?);
    Ok(shown::quiet(reply))
}
