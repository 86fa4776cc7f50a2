//! The lists, with the form for something new below.

use std::sync::Arc;

use askama::Template;
use torg_files::{LARGEST, Picture, PictureFormat, search_files, search_pictures};
use torg_kernel::{FieldError, Permission, PictureId, Result};
use torg_ui::{DeskSection, Paging};
use torg_web::{Context, Form, Reply, desk};

use super::{Media, edit};
use crate::views::{MediaListPage, MediaRow, NewMedia};

/// How many on one page.
const ROWS: usize = 24;

pub(super) async fn pictures(media: Arc<Media>, context: Context) -> Result<Reply> {
    let page = show(&media, &context, false, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(page))
}

pub(super) async fn files(media: Arc<Media>, context: Context) -> Result<Reply> {
    let page = show(&media, &context, true, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(page))
}

/// The list with the form, as it was sent when something is wrong with it.
pub(super) async fn show(
    media: &Media,
    context: &Context,
    files: bool,
    form: &Form,
    errors: Vec<FieldError>,
) -> Result<String> {
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let number = context.query("page").and_then(|page| page.parse().ok());
    let number: usize = number.unwrap_or(1).clamp(1, 1_000_000);
    let offset = (number - 1) * ROWS;
    let reading = context.app.reading();
    let snapshot = reading.snapshot().await?;
    let (rows, total) = if files {
        let found = search_files(&**snapshot, &query, offset, ROWS).await?;
        let rows = found.items.iter().map(|file| file_row(context, file));
        (rows.collect(), found.total)
    } else {
        let found = search_pictures(&**snapshot, &query, offset, ROWS).await?;
        let ids: Vec<PictureId> = found.items.iter().map(|picture| picture.id).collect();
        let whole = media.facts.pictures(&reading, &ids).await?;
        let thumb = |picture: &Picture| {
            let own = whole.iter().find(|whole| whole.0.id == picture.id)?;
            let small = own
                .1
                .iter()
                .filter(|variant| variant.format == PictureFormat::Jpeg)
                .min_by_key(|variant| variant.width)?;
            Some((small.href(), small.width, small.height))
        };
        let rows = found
            .items
            .iter()
            .map(|picture| picture_row(context, picture, thumb(picture)));
        (rows.collect(), found.total)
    };
    let (organisations, _) = context.app.organisations(snapshot).await?;
    reading.end().await?;
    let t = context.t();
    let pages = total.div_ceil(ROWS);
    let base = if files {
        "/admin/media/files"
    } else {
        "/admin/media"
    };
    let href = |page: usize| {
        let mut parts = form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            parts.append_pair("q", &query);
        }
        parts.append_pair("page", &page.to_string());
        format!("{base}?{}", parts.finish())
    };
    let choices = edit::choices(context, &organisations)?;
    let view = MediaListPage {
        desk: desk(context, DeskSection::Media, &t.get("desk-media"))?,
        files,
        total,
        rows,
        paging: Paging {
            page: number,
            pages,
            previous_href: (number > 1).then(|| href(number - 1)),
            next_href: (number < pages).then(|| href(number + 1)),
        },
        new: NewMedia {
            organisation: match form.text("organisation") {
                // The widest that one may edit for is not the likeliest: the first by name is no worse.
                chosen if chosen.is_empty() => choices
                    .first()
                    .map(|(id, _)| id.clone())
                    .unwrap_or_default(),
                chosen => chosen,
            },
            organisations: choices,
            alt_sv: form.text("alt_sv"),
            alt_en: form.text("alt_en"),
            credit: form.text("credit"),
            focus_x: or(form.text("focus_x"), "50"),
            focus_y: or(form.text("focus_y"), "50"),
            title: form.text("title"),
            request_id: context.new_request_id(),
            limit: LARGEST / 1024 / 1024,
        },
        may_add: context.caller()?.has(Permission::MediaEdit),
        query,
        errors,
    };
    Ok(view.render()?)
}

fn or(text: String, usual: &str) -> String {
    if text.is_empty() {
        usual.to_owned()
    } else {
        text
    }
}

fn picture_row(
    context: &Context,
    picture: &Picture,
    thumb: Option<(String, u32, u32)>,
) -> MediaRow {
    let t = context.t();
    let alt = picture.data.alt.get(t.locale());
    MediaRow {
        title: if alt.is_empty() {
            t.get("media-decoration").into_owned()
        } else {
            alt.to_owned()
        },
        href: format!("/admin/media/pictures/{}", picture.id),
        thumb,
        note: [picture.key.as_str(), picture.data.credit.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        date: edit::day(context, picture.created_at),
    }
}

fn file_row(context: &Context, file: &torg_files::StoredFile) -> MediaRow {
    MediaRow {
        title: file.title.clone(),
        href: format!("/admin/media/files/{}", file.id),
        thumb: None,
        note: vec![file.name.clone(), crate::file_view(file).note(context.t())],
        date: edit::day(context, file.created_at),
    }
}
