//! One's own second factors. Nothing changes here but in a log-in that is some minutes old at most.

use std::sync::Arc;

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use torg_kernel::{FieldError, Message, Problem, Result};
use torg_ui::{Desk, DeskSection, NavLink, date, date_time};
use torg_web::{Caller, Context, Reply, desk};

use super::{ACCOUNT, APP, AccountPages, FACTORS, LOG_IN, PASSKEY, log_in, next};
use crate::PasskeyEntry;
use crate::views::{AddAppPage, AddPasskeyPage, FactorsPage, PasskeyRow, RecoveryCodesPage};

fn frame(context: &Context, title: &str, below: bool) -> Result<Desk> {
    let t = context.t();
    let mut desk = desk(context, DeskSection::Account, &t.get(title))?;
    desk.crumbs = vec![NavLink::new(t.get("desk-account"), ACCOUNT)];
    if below {
        desk.crumbs
            .push(NavLink::new(t.get("factors-title"), FACTORS));
    }
    Ok(desk)
}

/// Where somebody was going who was sent here at log-in.
fn onward(context: &Context) -> Option<String> {
    let form = context.form().text("next");
    let wanted = match context.query("next") {
        Some(wanted) => wanted.to_owned(),
        None => form,
    };
    (!wanted.is_empty()).then(|| next::after_log_in(&wanted).to_owned())
}

/// A path of these pages that remembers where somebody was going.
fn with_onward(context: &Context, path: &str) -> String {
    onward(context).map_or_else(|| path.to_owned(), |wanted| log_in::address(path, &wanted))
}

/// Back to the list, saying what was done.
fn done(context: &Context, what: &str) -> Reply {
    let to = with_onward(context, FACTORS);
    let mark = if to.contains('?') { '&' } else { '?' };
    Reply::see_other(&format!("{to}{mark}done={what}"))
}

/// Whether the log-in is old; then one logs in again first.
async fn too_old(pages: &AccountPages, caller: &Caller) -> Result<Option<Reply>> {
    let fresh = pages.accounts.is_fresh(caller.session).await?;
    Ok((!fresh).then(|| {
        let to = format!("{}&again=1", log_in::address(LOG_IN, FACTORS));
        Reply::see_other(&to)
    }))
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    Ok(Reply::html(draw(&pages, &context, None).await?))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    if let Some(reply) = too_old(&pages, caller).await? {
        return Ok(reply);
    }
    let form = context.form();
    let (accounts, person) = (&pages.accounts, caller.person);
    let outcome = match form.text("do").as_str() {
        "begin-app" => accounts
            .begin_app(person)
            .await
            .map(|()| Reply::see_other(&with_onward(&context, APP))),
        "remove-app" => accounts
            .remove_app(person)
            .await
            .map(|()| done(&context, "app-removed")),
        "begin-passkey" => accounts
            .begin_passkey(person, caller.session)
            .await
            .map(|()| Reply::see_other(&with_onward(&context, PASSKEY))),
        "remove-passkey" => {
            let id = form
                .text("passkey")
                .parse()
                .map_err(|_| Problem::NotFound)?;
            match accounts.remove_passkey(person, id).await {
                // Gone already: the list on the screen was old.
                Ok(()) | Err(Problem::NotFound) => Ok(done(&context, "passkey-removed")),
                Err(problem) => Err(problem),
            }
        }
        "recovery-codes" => match accounts.make_recovery_codes(person).await {
            Ok(codes) => return show_codes(&context, codes),
            Err(problem) => Err(problem),
        },
        _ => Err(Problem::NotFound),
    };
    match outcome {
        Ok(reply) => Ok(reply),
        Err(Problem::Conflict(message)) => {
            let said = context.t().message(&message);
            let html = draw(&pages, &context, Some(said)).await?;
            Ok(Reply::new(409, "text/html; charset=utf-8", html))
        }
        Err(problem) => Err(problem),
    }
}

fn show_codes(context: &Context, codes: Vec<String>) -> Result<Reply> {
    let page = RecoveryCodesPage {
        desk: frame(context, "recovery-title", true)?,
        codes,
        next_href: onward(context).unwrap_or_else(|| FACTORS.to_owned()),
    };
    Ok(Reply::html(page.render()?))
}

async fn draw(pages: &AccountPages, context: &Context, error: Option<String>) -> Result<String> {
    let t = context.t();
    let caller = context.caller()?;
    let factors = pages.accounts.factors(caller.person).await?;
    let entry = pages.accounts.find_person(caller.person).await?;
    let entry = entry.ok_or(Problem::LogInNeeded)?;
    let missing = factors.demanded && !factors.any();
    let provider = pages.accounts.provider_name();
    let page = FactorsPage {
        desk: frame(context, "factors-title", false)?,
        error,
        missing,
        next: onward(context),
        elsewhere: provider
            .filter(|_| !entry.person.has_password && !factors.any())
            .map(str::to_owned),
        app_since: factors.app_since.map(|since| date_time(t, since)),
        passkeys: factors
            .passkeys
            .iter()
            .map(|own| passkey_row(t, own))
            .collect(),
        recovery_left: factors.any().then_some(factors.recovery_left),
        can_add: factors.can_add,
        can_add_passkey: factors.can_add_passkey,
        action: FACTORS.to_owned(),
    };
    Ok(page.render()?)
}

fn passkey_row(t: torg_ui::T, own: &PasskeyEntry) -> PasskeyRow {
    let day = |at| date(t, torg_kernel::civil_date(at));
    let added = day(own.created_at);
    let about = match own.last_used_at {
        Some(used) => t.two(
            "factors-passkey-used",
            "added",
            added.as_str(),
            "used",
            day(used).as_str(),
        ),
        None => t.one("factors-passkey-added", "added", added.as_str()),
    };
    PasskeyRow {
        id: own.id.to_string(),
        name: own.name.clone(),
        about,
    }
}

pub(super) async fn get_app(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let html = draw_app(&pages, &context, Vec::new()).await?;
    Ok(html.map_or_else(|| Reply::see_other(FACTORS), Reply::html))
}

/// The page that tells an app its secret; nothing when none is being added. The secret is shown
/// only in a fresh log-in, as everything here changes only there.
async fn draw_app(
    pages: &AccountPages,
    context: &Context,
    errors: Vec<FieldError>,
) -> Result<Option<String>> {
    let caller = context.caller()?;
    if !pages.accounts.is_fresh(caller.session).await? {
        return Ok(None);
    }
    let Some(key) = pages.accounts.app_key(caller.person).await? else {
        return Ok(None);
    };
    let picture = utf8_percent_encode(&key.picture, NON_ALPHANUMERIC);
    let page = AddAppPage {
        desk: frame(context, "add-app-title", true)?,
        action: APP.to_owned(),
        next: onward(context),
        cancel_href: FACTORS.to_owned(),
        picture: format!("data:image/svg+xml,{picture}"),
        address: key.address,
        text: key.text,
        errors,
    };
    Ok(Some(page.render()?))
}

pub(super) async fn post_app(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    if let Some(reply) = too_old(&pages, caller).await? {
        return Ok(reply);
    }
    let code = context.form().text("code");
    let added = pages
        .accounts
        .confirm_app(caller.person, caller.session, &code)
        .await;
    match added {
        Ok(()) => Ok(done(&context, "app-added")),
        Err(Problem::Invalid(errors)) => {
            let html = draw_app(&pages, &context, errors).await?;
            Ok(html.map_or_else(|| Reply::see_other(FACTORS), Reply::form_again))
        }
        Err(Problem::NotFound) => Ok(Reply::see_other(FACTORS)),
        Err(problem) => Err(problem),
    }
}

pub(super) async fn get_passkey(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let t = context.t();
    let name = super::browser::in_words(t, &log_in::entry(&context).user_agent);
    let html = draw_passkey(&pages, &context, name, Vec::new()).await?;
    Ok(html.map_or_else(|| Reply::see_other(FACTORS), Reply::html))
}

async fn draw_passkey(
    pages: &AccountPages,
    context: &Context,
    name: String,
    errors: Vec<FieldError>,
) -> Result<Option<String>> {
    let caller = context.caller()?;
    let question = pages.accounts.passkey_question(caller.session).await?;
    let Some(question) = question else {
        return Ok(None);
    };
    let page = AddPasskeyPage {
        desk: frame(context, "add-passkey-title", true)?,
        action: PASSKEY.to_owned(),
        next: onward(context),
        cancel_href: FACTORS.to_owned(),
        question,
        name: name.chars().take(200).collect(),
        errors,
    };
    Ok(Some(page.render()?))
}

pub(super) async fn post_passkey(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    if let Some(reply) = too_old(&pages, caller).await? {
        return Ok(reply);
    }
    let form = context.form();
    let (name, answer) = (form.text("name"), form.text("passkey"));
    let added = if answer.is_empty() {
        let message = Message::new("passkey-script");
        Err(Problem::field("passkey", message))
    } else {
        pages
            .accounts
            .finish_passkey(caller.person, caller.session, &name, &answer)
            .await
    };
    match added {
        Ok(()) => Ok(done(&context, "passkey-added")),
        Err(Problem::Invalid(errors)) => {
            let html = draw_passkey(&pages, &context, name, errors).await?;
            Ok(html.map_or_else(|| Reply::see_other(FACTORS), Reply::form_again))
        }
        Err(Problem::NotFound) => Ok(Reply::see_other(FACTORS)),
        Err(problem) => Err(problem),
    }
}
