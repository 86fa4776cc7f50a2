//! A selection on paper: as PDF and as Word, with the city's look, for notice boards and counters.
//!
//! Made anew for each who asks, since it is bytes of one moment; the printer keeps the latest. What
//! cannot be made is told on a page that leads to what can.

mod document;
mod page;

use std::sync::Arc;

use askama::Template;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, HeaderName};
use torg_document::{Document, DocumentError};
use torg_kernel::{Access, Locale, Problem, Result, civil_date};
use torg_ui::{Shell, T};
use torg_web::{Context, PageRequest, Reading, Reply, Routes};

use crate::filter::FILTER_QUERY;
use crate::model::calendar_href;
use crate::web::{Asked, Calendar};
use page::FailedPage;

pub(crate) use document::words;

/// What paper is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Word,
}

impl Kind {
    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Word => "docx",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// The routes of the selection on paper.
#[must_use]
pub(crate) fn routes(calendar: &Arc<Calendar>) -> Routes {
    let mut routes = Routes::new();
    for locale in crate::web::LOCALES {
        for kind in [Kind::Pdf, Kind::Word] {
            let calendar = calendar.clone();
            let path = format!("{}.{}", calendar_href(locale), kind.ending());
            routes = routes.get(&path, Access::Public, move |context| {
                get(calendar.clone(), context, locale, kind)
            });
        }
    }
    routes
}

/// The selection as a file.
async fn get(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
    kind: Kind,
) -> Result<Reply> {
    let mut query: Vec<(String, String)> = context
        .query
        .iter()
        .filter(|(name, _)| FILTER_QUERY.contains(&name.as_str()))
        .cloned()
        .collect();
    query.sort();
    let request = PageRequest {
        app: context.app.clone(),
        path: context.path.clone(),
        params: Vec::new(),
        query,
        reading: Reading::new(&context.app.database),
        now: context.now,
        asker: None,
    };
    let gathered = gather(&calendar, &request, locale).await;
    // The snapshot is let go of before the file is made, which may take seconds.
    let PageRequest { reading, .. } = request;
    reading.end().await?;
    let (document, asked) = gathered?;
    let made = match kind {
        Kind::Pdf => calendar.printer.pdf(&document).await,
        Kind::Word => calendar.printer.word(document).await,
    };
    match made {
        Ok(bytes) => Ok(reply(&context, locale, kind, bytes)),
        Err(error) => failed(&context, locale, kind, &error, &asked).await,
    }
}

/// The document, and the address of the same selection as a list.
async fn gather(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<(Document, Asked)> {
    let asked = Asked::read(calendar, request, locale).await?;
    let document = document::document(calendar, request, locale, &asked).await?;
    Ok((document, asked))
}

fn reply(context: &Context, locale: Locale, kind: Kind, bytes: Bytes) -> Reply {
    let name = if locale == Locale::EN {
        "events"
    } else {
        "kalendarium"
    };
    let day = civil_date(context.now);
    // A browser shows a PDF itself; a Word file is saved.
    let shown = match kind {
        Kind::Pdf => "inline",
        Kind::Word => "attachment",
    };
    let disposition = format!("{shown}; filename=\"{name}-{day}.{}\"", kind.ending());
    Reply::new(200, kind.content_type(), bytes)
        .with(CONTENT_DISPOSITION, &disposition)
        .with(HeaderName::from_static("x-robots-tag"), "noindex")
}

/// A page that says why there is no file, and leads to what there is.
async fn failed(
    context: &Context,
    locale: Locale,
    kind: Kind,
    error: &DocumentError,
    asked: &Asked,
) -> Result<Reply> {
    let status = match error {
        DocumentError::TooManyRows { .. } | DocumentError::TooManyBytes { .. } => 422,
        DocumentError::Built(_) | DocumentError::Failed(_) => {
            return Err(Problem::Internal(error.to_string().into()));
        }
        // This installation has no such file at all; the others may go well in a while.
        DocumentError::NoProgram { .. } => 404,
        _ => 503,
    };
    let t = T::of(locale);
    let path = calendar_href(locale);
    let (chrome, ..) = context.app.chrome(&context.app.reading(), locale).await?;
    let title = t.get(match kind {
        Kind::Pdf => "calendar-print-no-pdf",
        Kind::Word => "calendar-print-no-word",
    });
    let mut shell = Shell::new(chrome, title, path);
    shell.noindex = true;
    let page = FailedPage {
        shell,
        why: t.message(&error.message()),
        list_href: asked.filter.href(path),
        word_href: (kind == Kind::Pdf).then(|| asked.filter.href(&format!("{path}.docx"))),
    };
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        page.render()?,
    ))
}
