//! One comment: to whoever wrote it, by its key, and to whoever reports it.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Locale, Message, Problem, Result};
use torg_ui::{NavLink, T};
use torg_web::{Context, Reply};
use uuid::Uuid;

use super::form::key_of;
use super::model::{Comment, Rule, State};
use super::public::{page_of, shell, view};
use super::{Comments, Place, service, store};
use crate::views::{OwnCommentPage, ReportCommentPage};

/// Addresses with a key are told to no other site. Not `no-referrer`: with it a form has
/// `Origin: null` (Fetch, "append a request `Origin` header"), and browsers without
/// `Sec-Fetch-Site`, such as Safari before 16.4, could take nothing back.
fn quiet(mut reply: Reply) -> Reply {
    let own = torg_web::HeaderValue::from_static("same-origin");
    reply.headers.insert("referrer-policy", own);
    reply
}

async fn find(context: &Context, key: &str) -> Result<Comment> {
    let snapshot = context.app.database.snapshot().await?;
    let found = match key {
        "" => None,
        key => store::find_by_key(&*snapshot, &service::key_digest(key)).await?,
    };
    snapshot.end().await?;
    found.ok_or(Problem::NotFound)
}

/// The words for where a comment stands: heading and sentence.
const fn standing(state: State) -> (&'static str, &'static str) {
    match state {
        State::Waiting => ("comment-thanks-title", "comment-thanks-text"),
        State::Approved => ("comment-own-approved-title", "comment-own-approved-text"),
        State::Rejected => ("comment-own-rejected-title", "comment-own-rejected-text"),
        State::Withdrawn => ("comment-own-withdrawn-title", "comment-own-withdrawn-text"),
    }
}

/// "Thank you": what becomes of the comment now, and how it is taken back. The same address shows
/// later what was decided, with the rule that a rejected comment broke.
pub(super) async fn own(context: Context, locale: Locale) -> Result<Reply> {
    let key = key_of(context.query("key"));
    let comment = find(&context, &key).await?;
    let t = T::of(locale);
    let (title, text) = standing(comment.state);
    let shell = shell(&context, Place::Own, t.get(title).into_owned(), locale).await?;
    // The page may have gone since.
    let page = match page_of(&context, comment.content).await {
        Ok(content) => Some(NavLink::new(&*content.title, content.address.as_str())),
        Err(Problem::NotFound) => None,
        Err(other) => return Err(other),
    };
    let own = Place::Own.path(locale);
    let page = OwnCommentPage {
        shell,
        said: t.get(text).into_owned(),
        rule: comment
            .rule
            .filter(|_| comment.state == State::Rejected)
            .map(|rule| t.get(rule.key()).into_owned()),
        paragraphs: comment.paragraphs(),
        page,
        take_back: matches!(comment.state, State::Waiting | State::Approved)
            .then(|| format!("{own}?key={key}")),
    };
    Ok(quiet(Reply::html(page.render()?)))
}

/// Takes one's own comment back.
pub(super) async fn take_back(_: Arc<Comments>, context: Context, locale: Locale) -> Result<Reply> {
    let key = key_of(context.query("key"));
    if key.is_empty() {
        return Err(Problem::NotFound);
    }
    service::take_back(&context, &key).await?;
    let own = Place::Own.path(locale);
    Ok(quiet(Reply::see_other(&format!("{own}?key={key}"))))
}

/// The comment that is reported, as readers see it.
async fn reported(context: &Context) -> Result<Comment> {
    let id: Option<Uuid> = context.query("comment").and_then(|id| id.parse().ok());
    let snapshot = context.app.database.snapshot().await?;
    let found = match id {
        Some(id) => store::find(&*snapshot, id).await?,
        None => None,
    };
    snapshot.end().await?;
    found
        .filter(|comment| comment.state == State::Approved)
        .ok_or(Problem::NotFound)
}

async fn draw_report(
    context: &Context,
    comment: &Comment,
    chosen: &str,
    errors: Vec<FieldError>,
    locale: Locale,
) -> Result<String> {
    let t = T::of(locale);
    let content = page_of(context, comment.content).await?;
    let done = context.query("done").is_some();
    let title = if done {
        "comment-reported-title"
    } else {
        "comment-report-title"
    };
    let mut shell = shell(context, Place::Report, t.get(title).into_owned(), locale).await?;
    shell.crumbs = vec![NavLink::new(&*content.title, content.address.as_str())];
    let path = Place::Report.path(locale);
    let comment = view(t, comment);
    let page = ReportCommentPage {
        shell,
        done,
        back: format!("{}#{}", content.address, comment.anchor),
        lang: content.locale,
        action: format!("{path}?comment={}", &comment.anchor["comment-".len()..]),
        comment,
        chosen: chosen.to_owned(),
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

/// Where a reader says which rule a comment breaks.
pub(super) async fn report_form(
    _: Arc<Comments>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let comment = reported(&context).await?;
    let html = draw_report(&context, &comment, "", Vec::new(), locale).await?;
    Ok(Reply::html(html))
}

/// Puts a comment before the staff once more. It stays until one of them has looked: a report is
/// no way to make others silent.
pub(super) async fn report(
    comments: Arc<Comments>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let comment = reported(&context).await?;
    let form = context.form();
    let chosen = form.text("rule");
    let refused = |field: &str, key| FieldError {
        field: field.to_owned(),
        message: Message::new(key),
    };
    let (error, status) = match (Rule::parse(&chosen), form.request_id()) {
        (None, _) => (refused("rule", "comment-error-rule"), 422),
        (_, Err(_)) => (refused("form", "comment-error-old"), 422),
        (Some(_), Ok(_)) if !comments.admits(&context) => {
            (refused("form", "comment-error-source"), 429)
        }
        (Some(rule), Ok(request)) => {
            service::report(&context, comment.id, rule, request).await?;
            let path = Place::Report.path(locale);
            let to = format!("{path}?comment={}&done=1", comment.id);
            return Ok(Reply::see_other(&to));
        }
    };
    let html = draw_report(&context, &comment, &chosen, vec![error], locale).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}
