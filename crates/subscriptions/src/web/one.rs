//! One's own subscription, reached by a secret link: confirming, changing, ending.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Locale, Result};
use torg_ui::T;
use torg_web::{Context, Reply};

use super::form::Fields;
use super::start::shell;
use super::{Place, SubscriptionPages};
use crate::mail::{names, rhythm_key};
use crate::model::SubscriptionState;
use crate::publications::Topic;
use crate::views::{ConfirmPage, EndPage, ManagePage, SaidPage};

/// The secret in the address: 32 hexadecimal digits, else nothing that leads anywhere.
fn key(context: &Context) -> String {
    context
        .query("key")
        .filter(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn action(place: Place, locale: Locale, key: &str) -> String {
    format!("{}?key={key}", place.path(locale))
}

/// Paths with a secret are told to no other site, and what they show is found by no search engine.
/// Not `no-referrer`: with it a form has `Origin: null` (Fetch, "append a request `Origin` header"),
/// and browsers without `Sec-Fetch-Site`, such as Safari before 16.4, could not send it.
fn quiet(reply: Reply) -> Reply {
    let mut reply = reply;
    let own = torg_web::HeaderValue::from_static("same-origin");
    reply.headers.insert("referrer-policy", own);
    reply
}

/// The link leads nowhere: used up, too old, or mistyped. Says what to do.
async fn nowhere(context: &Context, place: Place, locale: Locale) -> Result<Reply> {
    let t = T::of(locale);
    let page = SaidPage {
        shell: shell(context, place, "subscribe-link-title", locale).await?,
        text: t.get("subscribe-link-text").into_owned(),
        next: t.get("subscribe-link-next").into_owned(),
        next_href: Place::Start.path(locale).to_owned(),
    };
    Ok(Reply::new(404, "text/html; charset=utf-8", page.render()?))
}

async fn topics(pages: &SubscriptionPages, context: &Context) -> Result<Vec<Topic>> {
    let snapshot = context.app.database.snapshot().await?;
    let topics = pages.subscriptions.publications.topics(&snapshot).await?;
    snapshot.end().await?;
    Ok(topics)
}

/// Shows what is to be confirmed. Only the button confirms: mail scanners follow links.
pub(super) async fn confirm(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let key = key(&context);
    let Some((address, wish)) = pages.subscriptions.look_at(&key).await? else {
        return nowhere(&context, Place::Confirm, locale).await;
    };
    let topics = topics(&pages, &context).await?;
    let t = T::of(locale);
    let page = ConfirmPage {
        shell: shell(&context, Place::Confirm, "subscribe-confirm-title", locale).await?,
        action: action(Place::Confirm, locale, &key),
        address: address.shown(),
        topics: names(&wish.topics, &topics, locale),
        rhythm: t.get(rhythm_key(wish.rhythm)).into_owned(),
    };
    Ok(quiet(Reply::html(page.render()?)))
}

pub(super) async fn confirmed(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    match pages.subscriptions.confirm(&key(&context)).await? {
        Some(opened) => {
            let locale = opened.subscription.wish.locale;
            let to = action(Place::Manage, locale, &opened.secret);
            Ok(quiet(Reply::see_other(&format!("{to}&done=confirmed"))))
        }
        None => nowhere(&context, Place::Confirm, locale).await,
    }
}

pub(super) async fn manage(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    draw_manage(&pages, &context, locale, None).await
}

/// The form, with what was written when something is wrong with it.
async fn draw_manage(
    pages: &SubscriptionPages,
    context: &Context,
    locale: Locale,
    wrong: Option<(Fields, Vec<torg_kernel::FieldError>)>,
) -> Result<Reply> {
    let key = key(context);
    let Some(subscription) = pages.subscriptions.open(&key).await? else {
        return nowhere(context, Place::Manage, locale).await;
    };
    let topics = topics(pages, context).await?;
    let t = T::of(locale);
    let status = if wrong.is_some() { 422 } else { 200 };
    let (fields, errors) = wrong.unwrap_or_else(|| {
        // A topic that is gone is not shown and goes with the next change.
        let mut fields = Fields::of(&subscription.wish);
        fields
            .topics
            .retain(|key| topics.iter().any(|own| own.key == *key));
        (fields, Vec::new())
    });
    let done = match context.query("done") {
        Some("confirmed") => Some(t.get("subscribe-done-confirmed").into_owned()),
        Some("changed") => Some(t.get("subscribe-done-changed").into_owned()),
        _ => None,
    };
    let mut shell = shell(context, Place::Manage, "subscribe-manage-title", locale).await?;
    shell.wrong = !errors.is_empty();
    let page = ManagePage {
        shell,
        action: action(Place::Manage, locale, &key),
        end_href: action(Place::End, locale, &key),
        address: subscription.address.shown(),
        paused: subscription.state == SubscriptionState::Paused,
        form: fields.view(&topics, t, false, &errors),
        done: done.filter(|_| errors.is_empty()),
    };
    let html = page.render()?;
    Ok(quiet(Reply::new(status, "text/html; charset=utf-8", html)))
}

pub(super) async fn changed(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let fields = Fields::sent(&context.form());
    let topics = topics(&pages, &context).await?;
    match fields.wish(&topics) {
        Err(errors) => draw_manage(&pages, &context, locale, Some((fields, errors))).await,
        Ok(wish) => {
            let key = key(&context);
            let language = wish.locale;
            if !pages.subscriptions.change(&key, wish).await? {
                return nowhere(&context, Place::Manage, locale).await;
            }
            let to = action(Place::Manage, language, &key);
            Ok(quiet(Reply::see_other(&format!("{to}&done=changed"))))
        }
    }
}

/// Asks whether to end. The link in a mail leads here.
pub(super) async fn end(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let key = key(&context);
    let Some(subscription) = pages.subscriptions.open(&key).await? else {
        return nowhere(&context, Place::End, locale).await;
    };
    let page = EndPage {
        shell: shell(&context, Place::End, "subscribe-end-title", locale).await?,
        action: action(Place::End, locale, &key),
        manage_href: action(Place::Manage, locale, &key),
        address: subscription.address.shown(),
    };
    Ok(quiet(Reply::html(page.render()?)))
}

/// Ends. From a mail program (RFC 8058) the answer is plain and no redirect; a link that leads
/// nowhere gets the same answer, since a program that asks twice has done nothing wrong.
pub(super) async fn ended(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    pages.subscriptions.end(&key(&context)).await?;
    if context.form().text("List-Unsubscribe") == "One-Click" {
        let said = T::of(locale).get("subscribe-ended-title").into_owned();
        return Ok(Reply::text(format!("{said}\n")));
    }
    Ok(quiet(Reply::see_other(Place::Ended.path(locale))))
}
