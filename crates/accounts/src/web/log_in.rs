//! The log-in page, and logging out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use askama::Template;
use http::header::{RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName};
use torg_kernel::{FieldError, Message, Result};
use torg_ui::{NavLink, Shell};
use torg_web::{Context, Reading, Reply, session_cookie};

use super::{AccountPages, FACTORS, LEAVE_PROVIDER, LOG_IN, PROVIDER, SECOND_STEP, cookies, next};
use crate::views::LogInPage;
use crate::{Entry, LogIn, LogInMethod, LogInOutcome, Opened, Source};

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The log-in page as it is drawn.
#[derive(Default)]
struct Drawn {
    wanted: String,
    email: String,
    errors: Vec<FieldError>,
    said: Option<String>,
    failed: Option<String>,
    left_provider: bool,
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let t = context.t();
    let left_provider = context.query("out") == Some("provider");
    let said = if context.query("again").is_some() {
        Some("login-again")
    } else if context.query("out").is_some() {
        Some("login-out")
    } else if context.query("over").is_some() {
        Some("login-over")
    } else {
        None
    };
    let drawn = Drawn {
        wanted: context.query("next").unwrap_or_default().to_owned(),
        said: said.map(|key| t.get(key).into_owned()),
        left_provider,
        ..Drawn::default()
    };
    Ok(Reply::html(draw(&pages, &context, drawn).await?))
}

/// The log-in page after a log-in by the provider that came to nothing.
pub(super) async fn provider_failed(
    pages: &AccountPages,
    context: &Context,
    wanted: &str,
    (status, message): (u16, Message),
) -> Result<Reply> {
    let drawn = Drawn {
        wanted: wanted.to_owned(),
        failed: Some(context.t().message(&message)),
        ..Drawn::default()
    };
    let html = draw(pages, context, drawn).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let (email, password) = (form.text("email"), form.text("password"));
    let mut drawn = Drawn {
        wanted: form.text("next"),
        email: email.clone(),
        ..Drawn::default()
    };
    drawn.errors = [("email", &email), ("password", &password)]
        .into_iter()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(field, _)| error(field, Message::new("error-required")))
        .collect();
    if !drawn.errors.is_empty() {
        return Ok(Reply::form_again(draw(&pages, &context, drawn).await?));
    }
    let entry = entry(&context);
    let outcome = pages
        .accounts
        .log_in(LogIn {
            email,
            password,
            source: entry.source,
            user_agent: entry.user_agent,
        })
        .await?;
    match outcome {
        LogInOutcome::LoggedIn {
            token,
            session,
            person,
            expires_at,
        } => {
            let opened = Opened {
                token,
                session,
                person,
                expires_at,
            };
            logged_in(&pages, &context, &opened, &drawn.wanted).await
        }
        LogInOutcome::SecondFactor { token, expires_at } => {
            let seconds = (expires_at.micros() - context.now.micros()) / 1_000_000;
            let to = address(SECOND_STEP, &drawn.wanted);
            Ok(Reply::see_other(&to).with_cookie(&cookies::set_step(&context, &token, seconds)))
        }
        LogInOutcome::Refused => {
            drawn.errors = vec![error("log-in", Message::new("login-wrong"))];
            Ok(Reply::form_again(draw(&pages, &context, drawn).await?))
        }
        LogInOutcome::Wait { seconds } => {
            drawn.errors = vec![error("log-in", wait(seconds))];
            let html = draw(&pages, &context, drawn).await?;
            Ok(must_wait(html, seconds))
        }
    }
}

/// A path with where one was going.
pub(super) fn address(path: &str, wanted: &str) -> String {
    let next = next::after_log_in(wanted);
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}

/// How long to wait, in words.
pub(super) fn wait(seconds: i64) -> Message {
    if seconds < 100 {
        Message::new("login-wait-seconds").with("seconds", seconds)
    } else {
        Message::new("login-wait-minutes").with("minutes", (seconds + 59) / 60)
    }
}

/// The form again, with the time to wait for programs too.
pub(super) fn must_wait(html: String, seconds: i64) -> Reply {
    Reply::new(429, "text/html; charset=utf-8", html).with(RETRY_AFTER, &seconds.to_string())
}

/// Where somebody comes in.
pub(super) fn entry(context: &Context) -> Entry {
    Entry {
        source: source(context.peer, &context.headers),
        user_agent: header(&context.headers, &USER_AGENT),
    }
}

/// Sends somebody on who has just logged in: where they were going or, when their roles demand a
/// second factor that they do not have, to where it is added.
pub(super) async fn logged_in(
    pages: &AccountPages,
    context: &Context,
    opened: &Opened,
    wanted: &str,
) -> Result<Reply> {
    // Whoever logs in anew leaves no older log-in of the same browser behind.
    if let Some(caller) = &context.caller {
        pages
            .accounts
            .log_out(caller.person, caller.session)
            .await?;
    }
    let lacks = pages
        .accounts
        .lacks_factor(opened.person, opened.session)
        .await?;
    let to = if lacks {
        address(FACTORS, wanted)
    } else {
        next::after_log_in(wanted).to_owned()
    };
    let seconds = (opened.expires_at.micros() - context.now.micros()) / 1_000_000;
    let https = context.app.settings.is_https();
    Ok(Reply::see_other(&to)
        .with_cookie(&session_cookie(&opened.token, https, seconds))
        .with_cookie(&cookies::set_step(context, "", 0)))
}

/// Ends the log-in. The city's own log-in goes on, in which other programs may be open: the page
/// that follows offers to end that as well.
pub(super) async fn log_out(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let mut by_provider = false;
    if let Some(caller) = &context.caller {
        let method = pages.accounts.log_in_method(caller.session).await?;
        by_provider = method == Some(LogInMethod::Provider);
        pages
            .accounts
            .log_out(caller.person, caller.session)
            .await?;
    }
    let https = context.app.settings.is_https();
    let out = if by_provider { "provider" } else { "here" };
    Ok(Reply::see_other(&format!("{LOG_IN}?out={out}")).with_cookie(&session_cookie("", https, 0)))
}

fn error(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

async fn draw(pages: &AccountPages, context: &Context, drawn: Drawn) -> Result<String> {
    let t = context.t();
    let (chrome, ..) = context
        .app
        .chrome(&Reading::new(&context.app.database), t.locale())
        .await?;
    let mut shell = Shell::new(chrome, t.get("login-title"), LOG_IN);
    shell.noindex = true;
    let provider = pages.accounts.provider_name();
    let again = if context.query("again").is_some() {
        "&again=1"
    } else {
        ""
    };
    let page = LogInPage {
        shell,
        action: LOG_IN.to_owned(),
        next: next::after_log_in(&drawn.wanted).to_owned(),
        email: drawn.email.chars().take(254).collect(),
        errors: drawn.errors,
        said: drawn.said,
        failed: drawn.failed,
        leave: provider
            .filter(|_| drawn.left_provider)
            .map(|name| NavLink::new(t.one("login-leave-provider", "name", name), LEAVE_PROVIDER)),
        provider: provider.map(|name| {
            let href = format!("{}{again}", address(PROVIDER, &drawn.wanted));
            NavLink::new(name, href)
        }),
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
