//! One's own sign-up, by the link in a mail. Opening it changes nothing, since mail programs open links.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Actor, Locale, Problem, Result};
use torg_log::Author;
use torg_ui::{T, date_time};
use torg_web::{Context, Reply};

use super::ask::answer_words;
use super::form::party_field;
use super::shell;
use crate::model::calendar_href;
use crate::signup::{Deed, Outcome, Own, SignUpState, find_own, own_href, when_words};
use crate::store;
use crate::views::{OwnPage, SignUpSaidPage};
use crate::web::Calendar;

/// Letters and digits of a secret.
const KEY: usize = 64;

/// The sign-up with its place in the queue.
struct Found {
    own: Own,
    turn: usize,
}

async fn find(context: &Context, key: &str) -> Result<Option<Found>> {
    if key.is_empty() || key.len() > KEY || !key.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let snapshot = context.app.database.snapshot().await?;
    let own = find_own(&*snapshot, key).await?;
    let mut turn = 0;
    if let Some(own) = &own {
        let me = &own.sign_up;
        if me.state == SignUpState::Queued {
            let all = store::list_sign_ups(&*snapshot, me.event, &me.of).await?;
            let queued = all.iter().filter(|it| it.state == SignUpState::Queued);
            turn = queued
                .filter(|it| {
                    (it.queued_at, it.created_at, it.id) <= (me.queued_at, me.created_at, me.id)
                })
                .count();
        }
    }
    snapshot.end().await?;
    Ok(own.map(|own| Found { own, turn }))
}

async fn unknown(context: &Context, locale: Locale) -> Result<Reply> {
    let t = T::of(locale);
    let title = t.get("event-link-old").into_owned();
    let shell = shell(context, locale, title, own_href(locale), None).await?;
    let page = SignUpSaidPage {
        shell,
        text: vec![t.get("signup-link-old").into_owned()],
        back: calendar_href(locale).to_owned(),
        back_label: t.get("calendar-title").into_owned(),
    };
    Ok(Reply::new(404, "text/html; charset=utf-8", page.render()?))
}

/// The sign-up as it stands.
pub(super) async fn get(context: Context, locale: Locale) -> Result<Reply> {
    let key = context.query("key").unwrap_or_default().to_owned();
    let Some(found) = find(&context, &key).await? else {
        return unknown(&context, locale).await;
    };
    let done = context.query("done").and_then(Outcome::of_key);
    let page = page(&context, locale, found, key, done).await?;
    Ok(Reply::html(page.render()?))
}

/// What is said of how it stands, below the heading.
fn text(
    t: T,
    found: &Found,
    live: bool,
    left: Option<i64>,
    now: torg_kernel::Timestamp,
) -> Vec<String> {
    let own = &found.own.sign_up;
    let until = own.place_until.filter(|until| *until > now);
    if !live {
        return vec![t.get("signup-own-over").into_owned()];
    }
    let said = match own.state {
        SignUpState::WaitingConfirmation => match until {
            Some(until) => t.one("signup-own-held", "time", date_time(t, until)),
            None if left.is_some_and(|left| left >= own.party) => {
                t.get("signup-own-free").into_owned()
            }
            None => t.get("signup-own-none").into_owned(),
        },
        SignUpState::Confirmed => t.get("signup-own-come").into_owned(),
        SignUpState::Queued => t.one("signup-own-turn", "number", found.turn),
        SignUpState::Offered => {
            let until = until.unwrap_or(now);
            t.one("signup-own-offer", "time", date_time(t, until))
        }
        SignUpState::Cancelled => t.get("signup-own-gone").into_owned(),
    };
    vec![said]
}

async fn page(
    context: &Context,
    locale: Locale,
    found: Found,
    key: String,
    done: Option<Outcome>,
) -> Result<OwnPage> {
    let t = T::of(locale);
    let now = context.now;
    let (own, at) = (&found.own.sign_up, found.own.at.as_ref());
    let live =
        at.is_some_and(|at| at.event.is_public() && !at.opening.is_over(now) && !at.opening.off);
    let mut facts = Vec::new();
    let title = t.get("signup-own-title").into_owned();
    let mut standing = t.get(own.state.key()).into_owned();
    if let Some(at) = at {
        standing = format!("{}: {standing}", at.event.name(locale));
        let label = t.get("event-when").into_owned();
        facts.push((label, when_words(t, &at.event, at.row())));
    }
    let fact = |key: &str, text: String| (t.get(key).into_owned(), text);
    facts.push(fact("signup-name", own.name.clone()));
    facts.push(fact("signup-party", own.party.to_string()));
    if let Some(at) = at {
        facts.extend(answer_words(t, &at.rules.form, &own.answers));
    }
    let (confirm, deed) = match own.state {
        _ if !live => ("", ""),
        SignUpState::WaitingConfirmation => ("signup-own-confirm", "confirm"),
        SignUpState::Offered => ("signup-own-take", "take"),
        _ => ("", ""),
    };
    let may_resize = matches!(own.state, SignUpState::Confirmed | SignUpState::Queued);
    let party = at.filter(|at| live && may_resize && at.rules.most_in_party() > 1);
    let public = at.filter(|at| at.event.is_public());
    let left = at.and_then(crate::signup::At::left);
    let event = at.map(|at| &at.event);
    let shell = shell(context, locale, title, own_href(locale), event).await?;
    Ok(OwnPage {
        action: own_href(locale),
        done: done
            .map(|done| t.get(done.key()).into_owned())
            .unwrap_or_default(),
        done_badly: matches!(done, Some(Outcome::Full | Outcome::Late | Outcome::NoRoom)),
        state: own.state.as_str(),
        standing,
        text: text(t, &found, live, left, now),
        event_href: public.map(|at| at.event.href(locale)).unwrap_or_default(),
        ics_href: public
            .filter(|_| live && own.state == SignUpState::Confirmed)
            .map(|at| format!("{}.ics", at.event.href(locale)))
            .unwrap_or_default(),
        confirm: if confirm.is_empty() {
            String::new()
        } else {
            t.get(confirm).into_owned()
        },
        deed,
        party: party.map(|at| party_field(t, &at.rules, &own.party.to_string())),
        may_cancel: live && own.is_alive(),
        facts,
        key,
        shell,
    })
}

/// Does what a button asks for, and shows how it stands then.
pub(super) async fn post(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let form = context.form();
    let key = form.text("key");
    if find(&context, &key).await?.is_none() {
        return unknown(&context, locale).await;
    }
    let deed = match form.text("do").as_str() {
        "confirm" => Deed::Confirm,
        "take" => Deed::Take,
        "cancel" => Deed::Cancel,
        "party" => Deed::Party(form.text("party").trim().parse().unwrap_or(0)),
        _ => return Err(Problem::NotFound),
    };
    let (app, now, secret) = (context.app.clone(), context.now, key.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &Actor::Anonymous,
                    now,
                    ids: &*app.ids,
                };
                calendar.change_own(write, author, &secret, deed).await
            })
        })
        .await?;
    let done = done
        .map(|done| format!("&done={}", done.key()))
        .unwrap_or_default();
    let to = format!("{}?key={key}{done}", own_href(locale));
    Ok(Reply::see_other(&to))
}
