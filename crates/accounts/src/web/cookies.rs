//! Cookies of a log-in that is half done.

use http::HeaderMap;
use torg_web::{Context, cookie};

/// The log-in whose password was right and whose second factor is asked for.
const STEP: &str = "torg_log_in";
/// The browser in which a log-in by the identity provider was begun.
const BROWSER: &str = "torg_provider";

fn name(own: &str, https: bool) -> String {
    if https {
        format!("__Host-{own}")
    } else {
        own.to_owned()
    }
}

fn set(context: &Context, own: &str, value: &str, seconds: i64) -> String {
    let https = context.app.settings.is_https();
    let secure = if https { "; Secure" } else { "" };
    // Lax, not Strict: the provider sends people back from another site.
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
        name(own, https)
    )
}

/// A secret from a cookie; nothing for what is none of ours.
fn secret(headers: &HeaderMap, own: &str, https: bool) -> Option<String> {
    cookie(headers, &name(own, https))
        .filter(|value| value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

pub(super) fn set_step(context: &Context, token: &str, seconds: i64) -> String {
    set(context, STEP, token, seconds)
}

pub(super) fn step(context: &Context) -> Option<String> {
    secret(&context.headers, STEP, context.app.settings.is_https())
}

pub(super) fn set_browser(context: &Context, secret: &str, seconds: i64) -> String {
    set(context, BROWSER, secret, seconds)
}

pub(super) fn browser(context: &Context) -> Option<String> {
    secret(&context.headers, BROWSER, context.app.settings.is_https())
}
