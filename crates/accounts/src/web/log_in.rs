//! The log-in page, and logging out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use askama::Template;
use http::header::{RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName};
use torg_kernel::{FieldError, Message, Result};
use torg_ui::Shell;
use torg_web::{Context, Reading, Reply, session_cookie};

use super::{AccountPages, LOG_IN, next};
use crate::views::LogInPage;
use crate::{LogIn, LogInOutcome, Source};

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let wanted = context.query("next").unwrap_or_default().to_owned();
    let html = draw(&pages, &context, &wanted, String::new(), Vec::new()).await?;
    Ok(Reply::html(html))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let (email, password) = (form.text("email"), form.text("password"));
    let wanted = form.text("next");
    let missing: Vec<FieldError> = [("email", &email), ("password", &password)]
        .into_iter()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(field, _)| error(field, Message::new("error-required")))
        .collect();
    if !missing.is_empty() {
        let html = draw(&pages, &context, &wanted, email, missing).await?;
        return Ok(Reply::form_again(html));
    }
    let outcome = pages
        .accounts
        .log_in(LogIn {
            email: email.clone(),
            password,
            source: source(context.peer, &context.headers),
            user_agent: header(&context.headers, &USER_AGENT),
        })
        .await?;
    match outcome {
        LogInOutcome::LoggedIn {
            token, expires_at, ..
        } => {
            // Whoever logs in anew leaves no older log-in of the same browser behind.
            if let Some(caller) = &context.caller {
                pages
                    .accounts
                    .log_out(caller.person, caller.session)
                    .await?;
            }
            let seconds = (expires_at.micros() - context.now.micros()) / 1_000_000;
            let https = context.app.settings.is_https();
            Ok(Reply::see_other(next::after_log_in(&wanted))
                .with_cookie(&session_cookie(&token, https, seconds)))
        }
        LogInOutcome::Refused => {
            let wrong = vec![error("log-in", Message::new("login-wrong"))];
            let html = draw(&pages, &context, &wanted, email, wrong).await?;
            Ok(Reply::form_again(html))
        }
        LogInOutcome::Wait { seconds } => {
            let wait = if seconds < 100 {
                Message::new("login-wait-seconds").with("seconds", seconds)
            } else {
                Message::new("login-wait-minutes").with("minutes", (seconds + 59) / 60)
            };
            let html = draw(
                &pages,
                &context,
                &wanted,
                email,
                vec![error("log-in", wait)],
            )
            .await?;
            Ok(Reply::new(429, "text/html; charset=utf-8", html)
                .with(RETRY_AFTER, &seconds.to_string()))
        }
    }
}

pub(super) async fn log_out(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    if let Some(caller) = &context.caller {
        pages
            .accounts
            .log_out(caller.person, caller.session)
            .await?;
    }
    let https = context.app.settings.is_https();
    Ok(Reply::see_other(LOG_IN).with_cookie(&session_cookie("", https, 0)))
}

fn error(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

async fn draw(
    pages: &AccountPages,
    context: &Context,
    wanted: &str,
    email: String,
    errors: Vec<FieldError>,
) -> Result<String> {
    let locale = context.t().locale();
    let (chrome, ..) = context
        .app
        .chrome(&Reading::new(&context.app.database), locale)
        .await?;
    let mut shell = Shell::new(chrome, context.t().get("login-title"), LOG_IN);
    shell.noindex = true;
    let page = LogInPage {
        shell,
        action: LOG_IN.to_owned(),
        next: next::after_log_in(wanted).to_owned(),
        email: email.chars().take(254).collect(),
        errors,
        demo_accounts: pages.demo.accounts.clone(),
        demo_password: pages.demo.password.clone(),
    };
    Ok(page.render()?)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> String {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .unwrap_or_default()
}

/// Where a log-in comes from: the other end of the connection or, when that is a proxy on this very
/// machine, the last address in its `X-Forwarded-For`, the one that the proxy itself wrote. A proxy
/// that leaves the header as the client sent it gives attackers as many sources as they like.
fn source(peer: Option<SocketAddr>, headers: &HeaderMap) -> Source {
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let forwarded = headers
        .get_all(&FORWARDED_FOR)
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok())
        .filter(|_| peer.to_canonical().is_loopback());
    Source::from(forwarded.unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let mut headers = HeaderMap::new();
        let add = |headers: &mut HeaderMap, value: &'static str| {
            headers.append(&FORWARDED_FOR, value.parse().expect("a header value"));
        };
        let of = |text: &str| Source::from(text.parse::<IpAddr>().expect("an address"));
        let here = Some(SocketAddr::from(([127, 0, 0, 1], 9)));
        let away = Some(SocketAddr::from(([192, 0, 2, 1], 9)));
        assert_eq!(source(here, &headers), of("127.0.0.1"));
        add(&mut headers, "203.0.113.5, 198.51.100.9");
        assert_eq!(source(here, &headers), of("198.51.100.9"));
        assert_eq!(source(away, &headers), of("192.0.2.1"));
        add(&mut headers, "203.0.113.77");
        assert_eq!(source(here, &headers), of("203.0.113.77"));
        add(&mut headers, "unknown");
        assert_eq!(source(here, &headers), of("127.0.0.1"));
    }
}
