//! One's own absence: handing one's roles to a colleague.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, GrantId, Message, Problem, Result, civil_date};
use torg_ui::DeskSection;
use torg_web::{Context, Form, Reply, desk};

use super::{AWAY, crumb, day, grant_words, handed_rows, said};
use crate::NewDelegation;
use crate::model::own;
use crate::views::{AwayPage, OwnGrant};
use crate::web::{AccountPages, LOG_IN, log_in};

async fn draw(
    pages: &AccountPages,
    context: &Context,
    sent: Option<&Form>,
    errors: Vec<FieldError>,
) -> Result<String> {
    let (t, caller, today) = (context.t(), context.caller()?, civil_date(context.now));
    let offer = pages
        .accounts
        .to_hand_over(caller.person, caller.session)
        .await?;
    let field = |name: &str| sent.map(|form| form.text(name)).unwrap_or_default();
    let chosen = chosen(sent);
    let delegations = pages.accounts.list_delegations(caller.person).await?;
    let mut frame = desk(context, DeskSection::Account, &t.get("away-title"))?;
    frame.crumbs = vec![crumb(t, "desk-account", DeskSection::Account.href())];
    let page = AwayPage {
        desk: frame,
        href: AWAY.to_owned(),
        log_in_href: (!offer.fresh).then(|| format!("{}&again=1", log_in::address(LOG_IN, AWAY))),
        form: offer.fresh || sent.is_some(),
        whole_offered: offer.whole,
        own: offer
            .grants
            .iter()
            .map(|own| OwnGrant {
                id: own.grant.id.to_string(),
                name: grant_words(t, &own.role, own.organisation.name(t.locale())),
                chosen: chosen.contains(&own.grant.id),
            })
            .collect(),
        whole: offer.whole && field("which") != "some",
        taker: field("taker"),
        valid_from: match sent {
            Some(form) => form.text("valid_from"),
            None => today.to_string(),
        },
        valid_to: field("valid_to"),
        handed: handed_rows(t, &delegations, today, |_| true),
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

fn chosen(form: Option<&Form>) -> Vec<GrantId> {
    form.into_iter()
        .flat_map(|form| &form.0)
        .filter(|(name, _)| name == "grant")
        .filter_map(|(_, value)| value.parse().ok().map(GrantId))
        .collect()
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    Ok(Reply::html(draw(&pages, &context, None, Vec::new()).await?))
}

fn wanted(form: &Form) -> Result<NewDelegation> {
    let mut errors = Vec::new();
    let valid_from = day(&form.text("valid_from"), "valid_from", &mut errors);
    let valid_to = day(&form.text("valid_to"), "valid_to", &mut errors);
    let taker = form.text("taker");
    for (field, missing) in [
        ("taker", taker.trim().is_empty()),
        ("valid_from", valid_from.is_none()),
        ("valid_to", valid_to.is_none()),
    ] {
        if missing && !errors.iter().any(|error| error.field == field) {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new("error-required"),
            });
        }
    }
    match (valid_from, valid_to) {
        (Some(valid_from), Some(valid_to)) if errors.is_empty() => Ok(NewDelegation {
            taker,
            grants: (form.text("which") == "some").then(|| chosen(Some(form))),
            valid_from,
            valid_to,
        }),
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (form, caller) = (context.form(), context.caller()?);
    let (person, session) = (caller.person, caller.session);
    let done = match (wanted(&form), form.request_id()) {
        (Ok(wanted), Ok(request)) => {
            let digest = form.digest();
            pages
                .accounts
                .hand_over(person, session, request, &digest, wanted)
                .await
        }
        (Err(problem), _) | (_, Err(problem)) => Err(problem),
    };
    match done {
        Ok(_) => Ok(Reply::see_other(&format!("{AWAY}?done=handed-over"))),
        Err(Problem::Invalid(errors)) => {
            let html = draw(&pages, &context, Some(&form), errors).await?;
            Ok(Reply::form_again(html))
        }
        Err(Problem::Conflict(message)) => {
            let html = draw(&pages, &context, Some(&form), said(message)).await?;
            Ok(Reply::new(409, "text/html; charset=utf-8", html))
        }
        Err(problem) => Err(problem),
    }
}

/// Ends what one has handed over or been handed.
pub(super) async fn end(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let id = context.form().text("delegation").parse();
    let id = id.map_err(|_| Problem::NotFound)?;
    let person = context.caller()?.person;
    let accounts = pages.for_caller(&context)?;
    accounts.end_delegation(&own(person), id).await?;
    Ok(Reply::see_other(&format!("{AWAY}?done=delegation-ended")))
}
