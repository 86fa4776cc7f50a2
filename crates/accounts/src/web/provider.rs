//! Logging in by the city's identity provider.

use std::sync::Arc;

use torg_kernel::{Message, Problem, Result};
use torg_web::{Context, Reply};

use super::{AccountPages, CALLBACK, LOG_IN, cookies, log_in, next};
use crate::{Begin, Begun, Callback, ProviderOutcome, ProviderRefusal};

/// What is said for each reason, with the status for programs that watch.
fn said(pages: &AccountPages, refusal: ProviderRefusal) -> (u16, Message) {
    let name = pages.accounts.provider_name().unwrap_or_default();
    let (status, key) = match refusal {
        ProviderRefusal::Down => (503, "provider-down"),
        ProviderRefusal::Misconfigured => (500, "provider-misconfigured"),
        ProviderRefusal::Cancelled => (422, "provider-cancelled"),
        ProviderRefusal::Stale => (422, "provider-stale"),
        ProviderRefusal::Clock => (500, "provider-clock"),
        ProviderRefusal::Untrusted => (422, "provider-untrusted"),
        ProviderRefusal::NoVerifiedEmail => (403, "provider-no-email"),
        ProviderRefusal::EmailTaken => (403, "provider-email-taken"),
        ProviderRefusal::NoAccess => (403, "provider-no-access"),
        ProviderRefusal::Closed => (403, "provider-closed"),
    };
    (status, Message::new(key).with("name", name))
}

fn callback_address(context: &Context) -> String {
    format!("{}{CALLBACK}", context.app.settings.base_url)
}

/// Sends the browser on to the provider. A link and not a form, since the page's own rules let no
/// form lead to another host.
pub(super) async fn begin(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    if pages.accounts.provider_name().is_none() {
        return Err(Problem::NotFound);
    }
    let wanted = context.query("next").unwrap_or_default().to_owned();
    let begin = Begin {
        callback: callback_address(&context),
        next: next::after_log_in(&wanted).to_owned(),
        browser: cookies::browser(&context),
        again: context.query("again").is_some(),
        locale: context.t().locale(),
    };
    match pages.accounts.begin_provider_log_in(begin).await? {
        Begun::Go {
            address,
            browser,
            seconds,
        } => {
            let cookie = cookies::set_browser(&context, &browser, seconds);
            Ok(Reply::see_other(&address).with_cookie(&cookie))
        }
        Begun::Refused(refusal) => {
            let said = said(&pages, refusal);
            log_in::provider_failed(&pages, &context, &wanted, said).await
        }
    }
}

pub(super) async fn callback(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    if pages.accounts.provider_name().is_none() {
        return Err(Problem::NotFound);
    }
    let part = |name: &str| context.query(name).unwrap_or_default().to_owned();
    let came = Callback {
        callback: callback_address(&context),
        state: part("state"),
        code: part("code"),
        error: part("error"),
        issuer: context.query("iss").map(str::to_owned),
        browser: cookies::browser(&context),
        entry: log_in::entry(&context),
    };
    match pages.accounts.finish_provider_log_in(came).await? {
        ProviderOutcome::LoggedIn { opened, next } => {
            log_in::logged_in(&pages, &context, &opened, &next).await
        }
        ProviderOutcome::Refused { why, next } => {
            let said = said(&pages, why);
            log_in::provider_failed(&pages, &context, &next, said).await
        }
    }
}

/// Sends the browser to where the provider's own log-in is ended, and from there back here.
pub(super) async fn leave(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    if pages.accounts.provider_name().is_none() {
        return Err(Problem::NotFound);
    }
    let back = format!("{}{LOG_IN}?out=here", context.app.settings.base_url);
    match pages.accounts.leave_provider(&back).await? {
        Ok(address) => Ok(Reply::see_other(&address)),
        Err(refusal) => {
            let said = said(&pages, refusal);
            log_in::provider_failed(&pages, &context, "", said).await
        }
    }
}
