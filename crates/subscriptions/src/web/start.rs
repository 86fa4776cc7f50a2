//! Where a subscription begins: the form, and the page after it.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Locale, Problem, Result};
use torg_ui::{Alternate, Shell, T};
use torg_web::{Context, Outcome, Page, PageRequest, Reading, Reply};

use super::form::{Fields, too_much};
use super::{Place, SubscriptionPages};
use crate::limit;
use crate::views::{SaidPage, SubscribePage, WishForm};

pub(super) fn alternates(place: Place) -> Vec<Alternate> {
    [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: place.path(locale).to_owned(),
        })
        .collect()
}

fn page(mut shell: Shell, form: WishForm, locale: Locale) -> Result<String> {
    shell.alternates = alternates(Place::Start);
    shell.description = T::of(locale).get("subscribe-lede").into_owned();
    let page = SubscribePage {
        privacy_href: shell.chrome.privacy_href.clone(),
        action: Place::Start.path(locale).to_owned(),
        shell,
        form,
    };
    Ok(page.render()?)
}

pub(super) async fn get(
    pages: &SubscriptionPages,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let snapshot = request.snapshot().await?;
    let topics = pages.subscriptions.publications.topics(snapshot).await?;
    let (chrome, _) = request.chrome(locale).await?;
    let t = T::of(locale);
    let chosen = request.query("topic").map(str::to_owned);
    let chosen = chosen
        .into_iter()
        .filter(|key| topics.iter().any(|own| own.key == *key));
    let fields = Fields::new(chosen.collect(), locale);
    let shell = Shell::new(chrome, t.get("subscribe-title"), Place::Start.path(locale));
    let html = page(shell, fields.view(&topics, t, true, &[]), locale)?;
    Ok(Outcome::Page(Page {
        keep: false,
        ..Page::html(html, Vec::new())
    }))
}

pub(super) async fn post(
    pages: Arc<SubscriptionPages>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let subscriptions = &pages.subscriptions;
    let fields = Fields::sent(&context.form());
    let snapshot = context.app.database.snapshot().await?;
    let topics = subscriptions.publications.topics(&snapshot).await?;
    snapshot.end().await?;
    let (errors, status) = match (fields.wish(&topics), fields.address()) {
        (Ok(wish), Ok(address)) => {
            let source = limit::source(context.peer, &context.headers);
            let most = subscriptions.settings.per_source;
            if !subscriptions.sources.admit(&source, most, context.now) {
                (vec![too_much()], 429)
            } else {
                match subscriptions.ask(address, wish).await {
                    Ok(()) => return Ok(Reply::see_other(Place::Sent.path(locale))),
                    Err(Problem::Invalid(errors)) => (errors, 429),
                    Err(other) => return Err(other),
                }
            }
        }
        (wish, address) => {
            let errors: Vec<FieldError> = [wish.err(), address.err()]
                .into_iter()
                .flatten()
                .flatten()
                .collect();
            (errors, 422)
        }
    };
    let t = T::of(locale);
    let mut shell = shell(&context, Place::Start, "subscribe-title", locale).await?;
    shell.wrong = true;
    let html = page(shell, fields.view(&topics, t, true, &errors), locale)?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

/// The frame of a page that is for one reader.
pub(super) async fn shell(
    context: &Context,
    place: Place,
    title: &str,
    locale: Locale,
) -> Result<Shell> {
    let reading = Reading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let mut shell = Shell::new(chrome, T::of(locale).get(title), place.path(locale));
    shell.noindex = true;
    Ok(shell)
}

/// "Look in your mail" and "It has ended": the same for everybody.
pub(super) async fn said(request: &PageRequest, place: Place, locale: Locale) -> Result<Outcome> {
    let (chrome, tags) = request.chrome(locale).await?;
    let (title, text, next) = if place == Place::Sent {
        (
            "subscribe-sent-title",
            "subscribe-sent-text",
            "subscribe-sent-next",
        )
    } else {
        (
            "subscribe-ended-title",
            "subscribe-ended-text",
            "subscribe-ended-next",
        )
    };
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get(title), place.path(locale));
    shell.noindex = true;
    shell.alternates = alternates(place);
    let page = SaidPage {
        text: t.get(text).into_owned(),
        next: t.get(next).into_owned(),
        next_href: Place::Start.path(locale).to_owned(),
        shell,
    };
    Ok(Outcome::Page(Page::html(page.render()?, tags)))
}
