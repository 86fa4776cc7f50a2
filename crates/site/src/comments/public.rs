//! What readers see of comments on a page, and the form for one more.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{ContentId, FieldError, Locale, Message, Problem, Result, civil_date};
use torg_ui::{NavLink, Shell, T, date};
use torg_web::{Context, PageRequest, Reading, Reply};

use super::form::Written;
use super::model::{Comment, LONGEST_NAME, LONGEST_TEXT, Rule, State};
use super::{Comments, Place, page_parameter, service, store, tag};
use crate::model::Content;
use crate::searching::source;
use crate::views::{CommentFormPage, CommentView, CommentsPart};

/// What a page shows of its comments, with the tag for which it must be made anew; nothing on a
/// page that neither takes nor has any. Those that were approved stay when a page takes no more.
pub(crate) async fn shown(
    request: &PageRequest,
    content: &Content,
) -> Result<(Option<CommentsPart>, String)> {
    let comments = store::list_shown(&**request.snapshot().await?, content.id).await?;
    let open = content.details.comments;
    let t = T::of(content.locale);
    let part = (open || !comments.is_empty()).then(|| CommentsPart {
        t,
        write_href: open.then(|| write_href(t, content.id)),
        count: comments
            .iter()
            .filter(|comment| comment.state == State::Approved)
            .count(),
        comments: comments.iter().map(|comment| view(t, comment)).collect(),
    });
    Ok((part, tag(content.id)))
}

fn write_href(t: T, content: ContentId) -> String {
    let locale = t.locale();
    let (path, name) = (Place::Write.path(locale), page_parameter(locale));
    format!("{path}?{name}={content}")
}

/// A comment as readers see it; of one that is gone only that it was there.
pub(super) fn view(t: T, comment: &Comment) -> CommentView {
    let gone = comment.state != State::Approved;
    let day = civil_date(comment.created_at);
    let report = Place::Report.path(t.locale());
    CommentView {
        anchor: format!("comment-{}", comment.id),
        name: (!gone).then(|| comment.name.clone()),
        day: date(t, day),
        iso: day.to_string(),
        paragraphs: if gone {
            Vec::new()
        } else {
            comment.paragraphs()
        },
        report_href: format!("{report}?comment={}", comment.id),
    }
}

/// The frame of a page for one reader.
pub(super) async fn shell(
    context: &Context,
    place: Place,
    title: String,
    locale: Locale,
) -> Result<Shell> {
    let reading = Reading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let mut shell = Shell::new(chrome, title, place.path(locale));
    shell.noindex = true;
    Ok(shell)
}

/// The page of an id, if readers can see it and it is of a kind that can have comments.
pub(super) async fn page_of(context: &Context, id: ContentId) -> Result<Content> {
    let snapshot = context.app.database.snapshot().await?;
    let content = crate::store::find(&*snapshot, id).await?;
    snapshot.end().await?;
    content
        .filter(|content| content.kind.is_dated() && content.is_public_at(context.now))
        .ok_or(Problem::NotFound)
}

async fn draw(
    context: &Context,
    content: &Content,
    written: Written,
    errors: Vec<FieldError>,
    locale: Locale,
) -> Result<String> {
    let t = T::of(locale);
    let title = t.get("comment-title").into_owned();
    let mut shell = shell(context, Place::Write, title, locale).await?;
    shell.crumbs = vec![NavLink::new(&*content.title, content.address.as_str())];
    shell.wrong = !errors.is_empty();
    let page = CommentFormPage {
        privacy_href: shell.chrome.privacy_href.clone(),
        shell,
        page: content.title.clone(),
        page_lang: content.locale,
        back: content.address.to_string(),
        open: content.details.comments,
        action: write_href(t, content.id),
        request_id: written.request.map(|id| id.to_string()).unwrap_or_default(),
        key: written.key,
        name: written.name,
        email: written.email,
        text: written.text,
        longest_name: LONGEST_NAME,
        longest_text: LONGEST_TEXT,
        rules: Rule::ALL
            .map(|rule| t.get(rule.key()).into_owned())
            .to_vec(),
        errors,
    };
    Ok(page.render()?)
}

fn asked(context: &Context, locale: Locale) -> Result<ContentId> {
    context
        .query(page_parameter(locale))
        .and_then(|id| id.parse().ok())
        .ok_or(Problem::NotFound)
}

/// The form, made for one reader.
pub(super) async fn get(_: Arc<Comments>, context: Context, locale: Locale) -> Result<Reply> {
    let content = page_of(&context, asked(&context, locale)?).await?;
    let written = Written::new(&*context.app.ids, context.now);
    let html = draw(&context, &content, written, Vec::new(), locale).await?;
    Ok(Reply::html(html))
}

/// A comment as it comes in.
pub(super) async fn post(
    comments: Arc<Comments>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let content = page_of(&context, asked(&context, locale)?).await?;
    let form = context.form();
    let written = Written::sent(&form);
    let (written, errors, status) = match taken(&comments, &context, &content, &written).await? {
        Ok(()) => {
            let own = Place::Own.path(locale);
            return Ok(Reply::see_other(&format!("{own}?key={}", written.key)));
        }
        Err(refusal) if refusal.anew => (written.renewed(&context), refusal.errors, refusal.status),
        Err(refusal) => (written, refusal.errors, refusal.status),
    };
    let html = draw(&context, &content, written, errors, locale).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

/// Why a comment was not taken.
struct Refusal {
    errors: Vec<FieldError>,
    status: u16,
    /// Whether the form must be made anew before it can be sent again.
    anew: bool,
}

fn refused(key: &'static str, status: u16) -> Refusal {
    let error = FieldError {
        field: "form".to_owned(),
        message: Message::new(key),
    };
    Refusal {
        errors: vec![error],
        status,
        anew: false,
    }
}

/// Takes it, or says why not. Nothing is written for what is refused.
async fn taken(
    comments: &Comments,
    context: &Context,
    content: &Content,
    written: &Written,
) -> Result<Result<(), Refusal>> {
    let settings = &comments.settings;
    if !content.details.comments {
        return Ok(Err(refused("comment-error-closed", 409)));
    }
    if let Some((error, anew)) = written.fault(settings.least_seconds, context.now) {
        return Ok(Err(Refusal {
            errors: vec![error],
            status: 422,
            anew,
        }));
    }
    let words = match written.words() {
        Ok(words) => words,
        Err(errors) => {
            return Ok(Err(Refusal {
                errors,
                status: 422,
                anew: false,
            }));
        }
    };
    let Some(request) = written.request else {
        return Ok(Err(refused("comment-error-old", 422)));
    };
    if !comments.admits(context) {
        return Ok(Err(refused("comment-error-source", 429)));
    }
    if !comments
        .pages
        .admits(content.id, settings.per_page, context.now)
    {
        return Ok(Err(refused("comment-error-page", 429)));
    }
    let sent = service::Sent {
        request,
        key: written.key.clone(),
        digest: context.form().digest(),
    };
    match service::submit(context, settings.clone(), content, words, sent).await {
        Ok(()) => Ok(Ok(())),
        Err(Problem::Invalid(errors)) => Ok(Err(Refusal {
            errors,
            status: 429,
            anew: false,
        })),
        // Somebody went back, wrote something else and sent the same form again.
        Err(Problem::Conflict(_)) => Ok(Err(Refusal {
            anew: true,
            ..refused("comment-error-used", 409)
        })),
        Err(other) => Err(other),
    }
}

impl Comments {
    /// Whether a source may send one more.
    pub(super) fn admits(&self, context: &Context) -> bool {
        let forwarded = context.headers.get_all("x-forwarded-for");
        let forwarded = forwarded
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok());
        let source = source(context.peer, forwarded);
        let most = self.settings.per_source;
        self.sources.admits(source, most, context.now)
    }
}
