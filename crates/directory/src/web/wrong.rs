//! “Is something wrong?”: the form about one unit, made for one reader, and what is sent with it.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{
    Actor, FieldError, Locale, Message, Problem, RequestId, Result, Timestamp, civil_date,
};
use torg_log::{Author, write_once};
use torg_ui::{NavLink, Shell, T};
use torg_web::{Context, Form, Reading, Reply};

use super::unit_more::wrong_href;
use super::{Directory, list_href};
use crate::care::{LONGEST_REPORT, source, submit};
use crate::check::is_email;
use crate::model::Unit;
use crate::store;
use crate::views::WrongPage;

/// Seconds in which nobody can have written anything.
const LEAST: i64 = 3;
/// Seconds after which a form is too old: its id would soon be forgotten.
const OLDEST: i64 = 86_400;
/// Reports of one reader within an hour.
const PER_SOURCE: u32 = 10;
/// Reports about one unit within an hour.
const PER_UNIT: u32 = 20;

/// A form as it was made or sent.
#[derive(Debug, Clone, Default)]
struct Written {
    text: String,
    email: String,
    /// What people do not see and programs fill in.
    trap: String,
    request: Option<RequestId>,
}

impl Written {
    fn sent(form: &Form) -> Self {
        Self {
            text: form.text("text").trim().to_owned(),
            email: form.text("email").trim().to_owned(),
            trap: form.text("website"),
            request: form.request_id().ok(),
        }
    }

    /// Seconds since the form was made, by the time in its id (RFC 9562, section 5.7).
    fn age(&self, now: Timestamp) -> Option<i64> {
        let (seconds, _) = self.request?.0.get_timestamp()?.to_unix();
        let made = i64::try_from(seconds).ok()?;
        Some(now.micros().div_euclid(1_000_000) - made)
    }

    /// What is wrong with it.
    fn faults(&self, now: Timestamp) -> Vec<FieldError> {
        let error = |field: &str, message: Message| FieldError {
            field: field.to_owned(),
            message,
        };
        if !self.trap.is_empty() {
            return vec![error("form", Message::new("wrong-error-trap"))];
        }
        match self.age(now) {
            Some(age) if (0..LEAST).contains(&age) => {
                return vec![error("form", Message::new("wrong-error-quick"))];
            }
            Some(LEAST..OLDEST) => {}
            _ => return vec![error("form", Message::new("wrong-error-old"))],
        }
        let mut errors = Vec::new();
        let length = self.text.chars().count();
        if length < 3 {
            errors.push(error("text", Message::new("wrong-error-empty")));
        }
        if length > LONGEST_REPORT {
            let message = Message::new("unit-error-too-long").with("limit", LONGEST_REPORT);
            errors.push(error("text", message));
        }
        if !self.email.is_empty() && !is_email(&self.email) {
            errors.push(error("email", Message::new("unit-error-email")));
        }
        errors
    }
}

/// The unit of the address, while it is one.
async fn unit_of(context: &Context) -> Result<Unit> {
    let slug: String = context.param("slug")?;
    let snapshot = context.app.database.snapshot().await?;
    let unit = store::find_by_slug(&*snapshot, &slug).await?;
    snapshot.end().await?;
    unit.filter(|unit| !unit.is_closed_on(civil_date(context.now)))
        .ok_or(Problem::NotFound)
}

async fn draw(
    context: &Context,
    unit: &Unit,
    written: Written,
    errors: Vec<FieldError>,
    done: bool,
    locale: Locale,
) -> Result<String> {
    let t = T::of(locale);
    let reading = Reading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let mut shell = Shell::new(chrome, t.get("wrong-title"), wrong_href(unit, locale));
    shell.noindex = true;
    shell.wrong = !errors.is_empty();
    shell.crumbs = vec![
        NavLink::new(t.get("units-title"), list_href(locale)),
        NavLink::new(unit.name(locale), unit.href(locale)),
    ];
    // A form that is too old, or was used, goes on under a new id.
    let again = errors
        .iter()
        .any(|error| matches!(error.message.key, "wrong-error-old" | "wrong-error-used"));
    let request = written
        .request
        .filter(|_| !again)
        .unwrap_or_else(|| RequestId::new(&*context.app.ids, context.now));
    let page = WrongPage {
        privacy_href: shell.chrome.privacy_href.clone(),
        shell,
        unit: NavLink::new(unit.name(locale), unit.href(locale)),
        action: wrong_href(unit, locale),
        request_id: request.to_string(),
        text: written.text,
        email: written.email,
        longest: LONGEST_REPORT,
        errors,
        done,
    };
    Ok(page.render()?)
}

/// The form, or thanks.
pub(super) async fn get(context: Context, locale: Locale) -> Result<Reply> {
    let unit = unit_of(&context).await?;
    let done = context.query("sent").is_some();
    let written = Written::default();
    let html = draw(&context, &unit, written, Vec::new(), done, locale).await?;
    Ok(Reply::html(html))
}

/// What a reader says.
pub(super) async fn post(
    directory: Arc<Directory>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let unit = unit_of(&context).await?;
    let written = Written::sent(&context.form());
    let (errors, status) = match take(&directory, &context, &unit, &written, locale).await {
        Ok(()) => {
            let to = format!("{}?sent=1", wrong_href(&unit, locale));
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => {
            let limited = |error: &FieldError| {
                matches!(error.message.key, "wrong-error-source" | "wrong-error-many")
            };
            let status = if errors.iter().any(limited) { 429 } else { 422 };
            (errors, status)
        }
        // Somebody went back, wrote something else and sent the same form again.
        Err(Problem::Conflict(_)) => {
            let message = Message::new("wrong-error-used");
            let field = "form".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let html = draw(&context, &unit, written, errors, false, locale).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

async fn take(
    directory: &Directory,
    context: &Context,
    unit: &Unit,
    written: &Written,
    locale: Locale,
) -> Result<()> {
    let errors = written.faults(context.now);
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let request = context.form().request_id()?;
    if !directory
        .sources
        .take(source(context), PER_SOURCE, context.now)
    {
        return Err(Problem::field("form", Message::new("wrong-error-source")));
    }
    if !directory.reported.take(unit.id, PER_UNIT, context.now) {
        return Err(Problem::field("form", Message::new("wrong-error-many")));
    }
    let (ids, now, id) = (context.app.ids.clone(), context.now, unit.id);
    let operation = format!("unit.report {id} {}", context.form().digest());
    let (text, email) = (written.text.clone(), written.email.clone());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::Anonymous;
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let email = Some(email).filter(|email| !email.is_empty());
                        submit(write, author, id, locale, text, email).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}
