//! What goes back when something is wrong: a page for people, `application/problem+json` (RFC 9457)
//! for programs.

use std::sync::Arc;

use serde_json::json;
use torg_kernel::{Locale, Problem};
use torg_ui::T;

use crate::app::Draw;
use crate::context::Reply;
use crate::{App, preferred, request};

/// Where a wrong request came from.
pub struct Wrong<'a> {
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub headers: &'a http::HeaderMap,
    pub request_id: &'a str,
}

/// Whether a program asks rather than a person.
fn is_program(path: &str) -> bool {
    path.starts_with("/api/")
}

/// The reader's language by the address; in the workspace by what the person prefers.
fn language(wrong: &Wrong<'_>) -> Locale {
    if wrong.path == "/en" || wrong.path.starts_with("/en/") {
        Locale::EN
    } else if wrong.path.starts_with("/admin") {
        preferred(wrong.headers)
    } else {
        Locale::SV
    }
}

/// The reply for a status.
pub async fn reply(app: &Arc<App>, status: u16, wrong: &Wrong<'_>) -> Reply {
    if is_program(wrong.path) {
        return program(status, wrong, json!([]));
    }
    let html = app.errors.draw(draw(app, status, wrong).await);
    Reply::new(status, "text/html; charset=utf-8", html)
}

async fn draw(app: &Arc<App>, status: u16, wrong: &Wrong<'_>) -> Draw {
    let locale = language(wrong);
    let reading = app.reading();
    let chrome = app.chrome(&reading, locale).await;
    let chrome = chrome.ok().map(|(chrome, ..)| chrome);
    Draw {
        status,
        path: wrong.path.to_owned(),
        locale,
        request_id: wrong.request_id.to_owned(),
        chrome,
    }
}

/// The most fields of a form that is shown again; none of ours has so many.
const MOST_FIELDS: usize = 100;

/// Whether a form may be shown to its sender once more: one with a password in it may not.
pub fn can_be_kept(body: &[u8]) -> bool {
    !body.is_empty()
        && form_urlencoded::parse(body).take(MOST_FIELDS + 1).count() <= MOST_FIELDS
        && !form_urlencoded::parse(body).any(|(name, _)| name.contains("password"))
}

/// The reply for a form that could not be taken, with what was written: 401 from somebody who is
/// not logged in any more, 500 when the program failed.
pub async fn kept(app: &Arc<App>, status: u16, wrong: &Wrong<'_>, body: &[u8]) -> Reply {
    let fields = form_urlencoded::parse(body).into_owned().collect();
    let html = app.errors.kept(draw(app, status, wrong).await, fields);
    Reply::new(status, "text/html; charset=utf-8", html)
}

/// Writes down that a request failed.
pub fn log_failure(wrong: &Wrong<'_>, error: &(dyn std::error::Error + Send + Sync)) {
    tracing::error!(request.id = wrong.request_id, path = request::shown_path(wrong.path), %error, "a request failed");
}

fn program(status: u16, wrong: &Wrong<'_>, errors: serde_json::Value) -> Reply {
    let title = http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Error");
    let mut body = json!({
        "type": "about:blank",
        "title": title,
        "status": status,
        "instance": format!("urn:request:{}", wrong.request_id),
    });
    if status == 404 {
        let t = T::of(preferred(wrong.headers));
        body["detail"] = json!(t.get("error-api-404"));
    }
    if errors.as_array().is_some_and(|errors| !errors.is_empty()) {
        body["errors"] = errors;
    }
    Reply::new(status, "application/problem+json", body.to_string())
}

/// The reply for a problem that a handler did not turn into a page of its own.
pub async fn problem(app: &Arc<App>, problem: &Problem, wrong: &Wrong<'_>) -> Reply {
    match problem {
        Problem::Internal(error) => {
            log_failure(wrong, &**error);
        }
        Problem::LogInNeeded if !is_program(wrong.path) => {
            let query = wrong.query.map(|query| format!("?{query}"));
            let wanted = format!("{}{}", wrong.path, query.unwrap_or_default());
            let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
            return Reply::see_other(&format!("/admin/log-in?next={next}"));
        }
        Problem::Invalid(fields) if is_program(wrong.path) => {
            let t = T::of(preferred(wrong.headers));
            let errors: Vec<_> = fields
                .iter()
                .map(|field| json!({"field": field.field, "detail": t.message(&field.message)}))
                .collect();
            return program(422, wrong, json!(errors));
        }
        _ => {}
    }
    reply(app, problem.status(), wrong).await
}
