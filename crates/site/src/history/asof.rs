//! The page as it stood on a day.

use std::sync::Arc;

use askama::Template;
use jiff::civil::{Date, Time};
use torg_kernel::{FieldError, Message, Permission, Problem, Result, Timestamp};
use torg_ui::{Standing, date_time};
use torg_web::{Context, Reply};

use super::store;
use super::versions::about;
use super::views::AsOfPage;
use super::{frame, load, shown};
use crate::web::Site;

/// The instant that is asked for: a day, and a time of it or its end.
fn asked(context: &Context) -> Result<Timestamp, Message> {
    let wrong = || Message::new("as-of-date-wrong");
    let date: Date = context
        .query("date")
        .unwrap_or_default()
        .trim()
        .parse()
        .map_err(|_| wrong())?;
    let time: Time = match context.query("time").map(str::trim) {
        None | Some("") => jiff::civil::time(23, 59, 59, 0),
        // In Swedish a time is written with a full stop.
        Some(time) => time.replace('.', ":").parse().map_err(|_| wrong())?,
    };
    let zoned = date
        .to_datetime(time)
        .to_zoned(torg_kernel::zone())
        .map_err(|_| wrong())?;
    Ok(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
}

/// Asks for the day; leads on to the page when one is given.
pub(super) async fn get(_: Arc<Site>, context: Context) -> Result<Reply> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let mut errors = Vec::new();
    if context.query("date").is_some() {
        let field = "date".to_owned();
        match asked(&context) {
            Err(message) => errors.push(FieldError { field, message }),
            Ok(at) => {
                let ids = (content.page, content.id);
                if store::stood_at(&*snapshot, ids, at).await?.is_some() {
                    snapshot.end().await?;
                    let query = form_urlencoded::Serializer::new(String::new())
                        .append_pair("date", context.query("date").unwrap_or_default())
                        .append_pair("time", context.query("time").unwrap_or_default())
                        .finish();
                    let to = format!("{}/as-of/page?{query}", about(&content));
                    return Ok(Reply::see_other(&to));
                }
                let message = Message::new("as-of-not-yet");
                errors.push(FieldError { field, message });
            }
        }
    }
    snapshot.end().await?;
    let page = AsOfPage {
        desk: frame(&context, &content, &t.get("as-of-heading"))?,
        action: format!("{}/as-of", about(&content)),
        date: context.query("date").unwrap_or_default().to_owned(),
        time: context.query("time").unwrap_or_default().to_owned(),
        errors,
    };
    let html = page.render()?;
    Ok(if page.errors.is_empty() {
        Reply::html(html)
    } else {
        Reply::form_again(html)
    })
}

/// The page itself. Its words, title and own facts are of that day; units, pictures and the frame
/// are as they are now, and the banner says so.
pub(super) async fn page(_: Arc<Site>, context: Context) -> Result<Reply> {
    let at = asked(&context).map_err(|_| Problem::NotFound)?;
    let at = at.min(context.now);
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let stood = store::stood_at(&*snapshot, (content.page, content.id), at).await?;
    snapshot.end().await?;
    let (since, text) = stood.ok_or(Problem::NotFound)?;
    let t = torg_ui::T::of(text.locale);
    let public = if text.is_public_at(at) {
        "as-of-public"
    } else {
        "as-of-not-public"
    };
    let banner = Standing {
        icon: "clock",
        heading: t.one("as-of-banner", "time", date_time(t, at)),
        lines: vec![
            t.one(public, "since", date_time(t, since)),
            t.get("as-of-facts").into_owned(),
        ],
        link: Some(torg_ui::NavLink::new(
            t.get("as-of-back"),
            format!("{}/history", about(&content)),
        )),
    };
    shown::reply(&context, &content, text, banner, at).await
}
