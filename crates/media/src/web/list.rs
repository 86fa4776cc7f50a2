//! The lists: pictures in parts, and files with the form for a new one below.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use torg_files::{
    LARGEST, Licence, Picture, PictureFilter, PictureShow, StoredFile, count_pictures,
    filter_pictures, search_files,
};
use torg_kernel::{FieldError, Locale, OrganisationId, Permission, PictureId, Result, civil_date};
use torg_ui::{DeskSection, Paging};
use torg_web::{Context, Form, OrganisationList, Reply, desk};

use super::{Media, edit};
use crate::views::{
    Badge, BadgeKind, FileListPage, FileRow, NewFile, PictureListPage, PictureRow, ShowChip,
    licence_name,
};

/// How many on one page.
const ROWS: usize = 24;

/// Parts of the bank: the name in the address, the part, its name, and what it is in a sentence.
const PARTS: [(&str, PictureShow, &str, &str); 7] = [
    ("", PictureShow::All, "media-show-all", ""),
    (
        "standard",
        PictureShow::Standard,
        "media-show-standard",
        "media-about-standard",
    ),
    (
        "no-alt",
        PictureShow::NoAlt,
        "media-show-no-alt",
        "media-about-no-alt",
    ),
    (
        "no-rights",
        PictureShow::NoRights,
        "media-show-no-rights",
        "media-about-no-rights",
    ),
    (
        "ending",
        PictureShow::Ending,
        "media-show-ending",
        "media-about-ending",
    ),
    (
        "ended",
        PictureShow::Ended,
        "media-show-ended",
        "media-about-ended",
    ),
    (
        "unused",
        PictureShow::Unused,
        "media-show-unused",
        "media-about-unused",
    ),
];

/// Whether a part is work, which everybody has for their own organisations only.
const fn is_own(show: PictureShow) -> bool {
    !matches!(
        show,
        PictureShow::All | PictureShow::Public | PictureShow::Standard
    )
}

/// Whether a part says how many there are.
const fn is_counted(show: PictureShow) -> bool {
    is_own(show) && !matches!(show, PictureShow::Unused)
}

/// What is asked for in the address.
struct Asked {
    query: String,
    page: usize,
}

impl Asked {
    fn of(context: &Context) -> Self {
        let page = context.query("page").and_then(|page| page.parse().ok());
        Self {
            query: context.query("q").unwrap_or_default().trim().to_owned(),
            page: page.unwrap_or(1).clamp(1, 1_000_000),
        }
    }

    const fn offset(&self) -> usize {
        (self.page - 1) * ROWS
    }

    fn href(&self, base: &str, show: &str, page: usize) -> String {
        let mut parts = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("show", show), ("q", &self.query)] {
            if !value.is_empty() {
                parts.append_pair(name, value);
            }
        }
        if page > 1 {
            parts.append_pair("page", &page.to_string());
        }
        let parts = parts.finish();
        if parts.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{parts}")
        }
    }

    fn paging(&self, base: &str, show: &str, total: usize) -> Paging {
        let pages = total.div_ceil(ROWS);
        let href = |page| self.href(base, show, page);
        Paging {
            page: self.page,
            pages,
            previous_href: (self.page > 1).then(|| href(self.page - 1)),
            next_href: (self.page < pages).then(|| href(self.page + 1)),
        }
    }
}

pub(super) async fn pictures(media: Arc<Media>, context: Context) -> Result<Reply> {
    let asked = Asked::of(&context);
    let wanted = context.query("show").unwrap_or_default();
    let part = PARTS.iter().find(|part| part.0 == wanted);
    let (name, show, _, about) = *part.unwrap_or(&PARTS[0]);
    let own = edit::own(&context)?;
    let filter = |show, words| PictureFilter {
        words,
        show,
        organisations: is_own(show).then_some(&own[..]),
        now: context.now,
    };
    let reading = context.app.reading();
    let on = reading.snapshot().await?;
    let used = match show {
        PictureShow::Unused => media.used.needed_pictures(on).await?,
        _ => HashSet::new(),
    };
    let found = filter_pictures(
        &**on,
        &filter(show, &asked.query),
        &used,
        asked.offset(),
        ROWS,
    )
    .await?;
    let t = context.t();
    let mut chips = Vec::with_capacity(PARTS.len());
    for (part, show, label, _) in PARTS {
        let count = match is_counted(show) {
            true => count_pictures(&**on, &filter(show, "")).await?,
            false => 0,
        };
        chips.push(ShowChip {
            label: t.get(label).into_owned(),
            href: asked.href("/admin/media", part, 1),
            current: part == name,
            count: (count > 0).then_some(count),
        });
    }
    let ids: Vec<PictureId> = found.items.iter().map(|picture| picture.id).collect();
    let whole = media.facts.pictures(&reading, &ids).await?;
    let (organisations, _) = context.app.organisations(on).await?;
    let rows = found.items.iter().map(|picture| {
        let own = whole.iter().find(|whole| whole.0.id == picture.id);
        let is_public = picture.is_public(context.now);
        let thumb = own.and_then(|whole| edit::thumb(&whole.1, is_public));
        row(&context, picture, thumb, &organisations)
    });
    let rows = rows.collect::<Result<_>>()?;
    reading.end().await?;
    let no_words = Asked {
        query: String::new(),
        page: 1,
    };
    let view = PictureListPage {
        desk: desk(&context, DeskSection::Media, &t.get("desk-media"))?,
        chips,
        show: name,
        about: match about {
            "" => String::new(),
            key => t.one(key, "days", torg_files::WARNING_DAYS),
        },
        clear_href: no_words.href("/admin/media", name, 1),
        total: found.total,
        rows,
        paging: asked.paging("/admin/media", name, found.total),
        query: asked.query,
    };
    Ok(Reply::html(view.render()?))
}

/// What a picture is called in lists: what it shows, else its name; with the language of the words.
pub(super) fn title(picture: &Picture, locale: Locale) -> (String, Option<Locale>) {
    let alt = &picture.data.alt;
    for locale in [locale, Locale::SV] {
        if let Some(words) = alt.own(locale) {
            return (words.to_owned(), Some(locale));
        }
    }
    (picture.key.clone(), None)
}

fn row(
    context: &Context,
    picture: &Picture,
    thumb: Option<(String, u32, u32)>,
    organisations: &OrganisationList,
) -> Result<PictureRow> {
    let t = context.t();
    let (title, lang) = title(picture, t.locale());
    let organisation: OrganisationId = picture.owner.organisation;
    let may = context.caller()?.may(Permission::MediaEdit, organisation);
    let data = &picture.data;
    let licence = match data.rights.licence {
        Licence::Unknown => String::new(),
        known => licence_name(t, known),
    };
    let owner = organisations.find(organisation);
    let owner = owner.map_or("", |entry| entry.name(t.locale()));
    Ok(PictureRow {
        title,
        lang,
        href: may.then(|| format!("/admin/media/pictures/{}", picture.id)),
        thumb,
        badges: badges(context, picture),
        note: [data.credit.as_str(), &licence, owner]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        date: edit::day(context, picture.created_at),
    })
}

/// What is to be seen of a picture at once.
fn badges(context: &Context, picture: &Picture) -> Vec<Badge> {
    let (t, data) = (context.t(), &picture.data);
    let badge = |kind, words: String| Badge { kind, words };
    let say = |kind, key| badge(kind, t.get(key).into_owned());
    let mut badges = Vec::new();
    if !picture.is_public(context.now) {
        badges.push(say(BadgeKind::Stopped, "media-mark-ended"));
    } else if picture.is_ending(context.now)
        && let Some(until) = data.rights.until
    {
        let days = civil_date(context.now).until(until);
        let days = days.map_or(0, |span| span.get_days());
        badges.push(badge(
            BadgeKind::Todo,
            t.one("media-mark-ending", "days", i64::from(days)),
        ));
    }
    if !data.is_described() {
        badges.push(say(BadgeKind::Todo, "media-mark-no-alt"));
    }
    if data.rights.is_incomplete() {
        badges.push(say(BadgeKind::Todo, "media-mark-no-rights"));
    }
    if data.standard {
        badges.push(say(BadgeKind::Plain, "media-mark-standard"));
    }
    if data.decorative {
        badges.push(say(BadgeKind::Plain, "media-mark-decorative"));
    }
    badges
}

pub(super) async fn files(_: Arc<Media>, context: Context) -> Result<Reply> {
    let page = show_files(&context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(page))
}

/// The list of files with the form, as it was sent when something is wrong with it.
pub(super) async fn show_files(
    context: &Context,
    form: &Form,
    errors: Vec<FieldError>,
) -> Result<String> {
    let asked = Asked::of(context);
    let snapshot = context.app.database.snapshot().await?;
    let found = search_files(&*snapshot, &asked.query, asked.offset(), ROWS).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let rows = found.items.iter().map(|file| file_row(context, file));
    let choices = edit::choices(context, &organisations)?;
    let view = FileListPage {
        desk: desk(context, DeskSection::Media, &context.t().get("desk-media"))?,
        total: found.total,
        rows: rows.collect(),
        paging: asked.paging("/admin/media/files", "", found.total),
        query: asked.query,
        new: NewFile {
            organisation: edit::chosen(form, &choices),
            organisations: choices,
            title: form.text("title"),
            request_id: context.new_request_id(),
            limit: LARGEST / 1024 / 1024,
        },
        errors,
    };
    Ok(view.render()?)
}

fn file_row(context: &Context, file: &StoredFile) -> FileRow {
    FileRow {
        title: file.title.clone(),
        href: format!("/admin/media/files/{}", file.id),
        note: vec![file.name.clone(), crate::file_view(file).note(context.t())],
        date: edit::day(context, file.created_at),
    }
}
