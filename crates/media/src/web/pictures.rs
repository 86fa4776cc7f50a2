//! Changing and removing pictures.

use std::sync::Arc;

use askama::Template;
use torg_files::{
    LARGEST, Licence, MediaRef, People, Picture, PictureVariant, ReadyPicture, UnseenPlaces,
    UsePlace, change_picture, check_picture, find_picture, list_alike, list_pictures_by_id,
    ready_picture,
};
use torg_kernel::{Actor, FieldError, Locale, Permission, PictureId, Problem, Result, civil_date};
use torg_ui::{DeskSection, NavLink, PictureView};
use torg_web::{Context, Form, Reply, Upload, desk};

use super::edit::{self, Faults, Sent};
use super::words::Reader;
use super::{Media, list};
use crate::views::{PictureEditPage, PictureWords, Standing};

/// The most pictures that are named as looking alike.
const MOST_ALIKE: usize = 5;

/// The new pixels, if a file was chosen. While something else is wrong the file is only looked at, so
/// that its faults are told with the others.
async fn pixels(
    media: &Media,
    upload: &Upload,
    faults: &mut Faults,
) -> Result<Option<ReadyPicture>> {
    let Some(file) = upload.file("file") else {
        return Ok(None);
    };
    if !faults.0.is_empty() {
        faults.take(check_picture(&file.name, &file.bytes))?;
        return Ok(None);
    }
    let ready = ready_picture(&media.blobs, &media.maker, &file.name, file.bytes.clone()).await;
    faults.take(ready)
}

struct Loaded {
    picture: Picture,
    variants: Vec<PictureVariant>,
    places: Vec<UsePlace>,
    unseen: UnseenPlaces,
    alike: Vec<Picture>,
    languages: Vec<Locale>,
    actor: Actor,
}

/// The picture, with the right to change it.
async fn load(media: &Media, context: &Context) -> Result<Loaded> {
    let id: PictureId = context.param("id")?;
    let reading = context.app.reading();
    let on = reading.snapshot().await?;
    let found = list_pictures_by_id(&**on, &[id]).await?;
    let (picture, variants) = found.into_iter().next().ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::MediaEdit, picture.owner.organisation)?;
    let (places, unseen) = edit::places(media, context, on, MediaRef::Picture(id)).await?;
    let alike = match picture.look {
        Some(look) => list_alike(&**on, look, id, MOST_ALIKE).await?,
        None => Vec::new(),
    };
    let alike = list_pictures_by_id(&**on, &alike).await?;
    let there = picture.data.alt.0.keys().copied();
    let languages = edit::languages(context, &reading, there).await?;
    reading.end().await?;
    Ok(Loaded {
        picture,
        variants,
        places,
        unseen,
        alike: alike.into_iter().map(|(picture, _)| picture).collect(),
        languages,
        actor,
    })
}

pub(super) async fn get(media: Arc<Media>, context: Context) -> Result<Reply> {
    let loaded = load(&media, &context).await?;
    let version = loaded.picture.version;
    let page = show(&context, &loaded, None, version, Vec::new())?;
    Ok(Reply::html(page))
}

/// How long readers see it, when that is not for ever.
fn standing(context: &Context, loaded: &Loaded) -> Option<Standing> {
    let (t, picture) = (context.t(), &loaded.picture);
    let rights = &picture.data.rights;
    let until = rights.until.map(|until| torg_ui::date(t, until));
    let is_stopped = !picture.is_public(context.now);
    let mut words = Vec::new();
    if rights.people == People::Withdrawn {
        words.push(t.get("media-standing-withdrawn").into_owned());
    }
    if rights.licence == Licence::Ended {
        words.push(t.get("media-standing-licence").into_owned());
    }
    if let Some(until) = &until
        && words.is_empty()
    {
        let today = civil_date(context.now);
        let days = rights.until.and_then(|until| today.until(until).ok());
        let days = i64::from(days.map_or(0, |span| span.get_days()));
        if is_stopped {
            words.push(t.one("media-standing-ended", "date", until.as_str()));
        } else if picture.is_ending(context.now) {
            words.push(t.two(
                "media-standing-ending",
                "date",
                until.as_str(),
                "days",
                days,
            ));
        }
    }
    if words.is_empty() {
        return None;
    }
    if !rights.reason.is_empty() {
        words.push(t.one("media-standing-reason", "reason", rights.reason.as_str()));
    }
    if !loaded.places.is_empty() {
        let key = if is_stopped {
            "media-standing-was-used"
        } else {
            "media-standing-used"
        };
        words.push(t.one(key, "count", loaded.places.len()));
    }
    Some(Standing { is_stopped, words })
}

/// The picture as the staff see it, whether readers do or not.
fn view(context: &Context, loaded: &Loaded) -> PictureView {
    let locale = context.locale();
    let mut view = crate::picture_view(&loaded.picture, &loaded.variants, locale);
    if !loaded.picture.is_public(context.now) {
        view.src = edit::staff_href(&view.src);
        let sizes = view.sources.iter_mut().flat_map(|source| &mut source.sizes);
        for (href, _) in sizes {
            *href = edit::staff_href(href);
        }
    }
    view
}

/// The form with what is saved, or with what was written.
fn show(
    context: &Context,
    loaded: &Loaded,
    form: Option<&Form>,
    version: i64,
    errors: Vec<FieldError>,
) -> Result<String> {
    let (picture, t) = (&loaded.picture, context.t());
    let mut frame = desk(context, DeskSection::Media, &picture.key)?;
    frame.crumbs = vec![NavLink::new(t.get("desk-media"), DeskSection::Media.href())];
    let caller = context.caller()?;
    let may_read_log = caller.may(Permission::LogRead, picture.owner.organisation);
    let alike = loaded
        .alike
        .iter()
        .filter(|other| caller.may(Permission::MediaEdit, other.owner.organisation))
        .map(|other| {
            let (title, _) = list::title(other, t.locale());
            (title, format!("/admin/media/pictures/{}", other.id))
        });
    let page = PictureEditPage {
        desk: frame,
        action: format!("/admin/media/pictures/{}", picture.id),
        log_href: may_read_log.then(|| format!("/admin/log/picture/{}", picture.id)),
        view: view(context, loaded),
        key: picture.key.clone(),
        size: (picture.width, picture.height),
        added: edit::day(context, picture.created_at),
        standing: standing(context, loaded),
        places: loaded.places.clone(),
        unseen: loaded.unseen.clone(),
        alike: alike.collect(),
        words: match form {
            Some(form) => PictureWords::written(form, &loaded.languages),
            None => PictureWords::saved(&picture.data, &loaded.languages),
        },
        limit: LARGEST / 1024 / 1024,
        version,
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

pub(super) async fn post(media: Arc<Media>, context: Context) -> Result<Reply> {
    let loaded = load(&media, &context).await?;
    let id = loaded.picture.id;
    let mut faults = Faults::default();
    let what = format!("picture.save {id}");
    let Some(sent) = faults.take(edit::sent(&context, &what).await)? else {
        let version = loaded.picture.version;
        let page = show(&context, &loaded, None, version, faults.0)?;
        return Ok(Reply::form_again(page));
    };
    let form = sent.upload.form.clone();
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let reader = Reader {
        form: &form,
        languages: &loaded.languages,
        today: civil_date(context.now),
        complete: false,
    };
    let (data, errors) = reader.read(&loaded.picture.data);
    faults.0.extend(errors);
    let ready = pixels(&media, &sent.upload, &mut faults).await?;
    if !faults.0.is_empty() {
        let page = show(&context, &loaded, Some(&form), version, faults.0)?;
        return Ok(Reply::form_again(page));
    }
    let still = ready.as_ref().is_some_and(|ready| ready.animated);
    let Sent {
        request, operation, ..
    } = sent;
    let actor = loaded.actor.clone();
    let saved = edit::write(
        &context,
        actor,
        request,
        operation,
        move |context, author| {
            Box::pin(async move {
                change_picture(context, author, id, version, data, ready.as_ref()).await
            })
        },
    )
    .await;
    match saved {
        Ok(_) => {
            let done = if still {
                "picture-added-still"
            } else {
                "picture-saved"
            };
            let to = format!("/admin/media/pictures/{id}?done={done}");
            Ok(Reply::see_other(&to))
        }
        Err(Problem::Conflict(message)) => {
            // Who saves again has seen that it was changed, so the form goes on from there.
            let loaded = load(&media, &context).await?;
            let field = "version".to_owned();
            let errors = vec![FieldError { field, message }];
            let version = loaded.picture.version;
            let page = show(&context, &loaded, Some(&form), version, errors)?;
            Ok(Reply::new(409, "text/html; charset=utf-8", page))
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn remove(media: Arc<Media>, context: Context) -> Result<Reply> {
    const DONE: &str = "/admin/media?done=picture-removed";
    let id: PictureId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let picture = find_picture(&*snapshot, id).await?;
    snapshot.end().await?;
    let Some(picture) = picture else {
        // A double click: it is gone already.
        return Ok(Reply::see_other(DONE));
    };
    let actor = context.acting(Permission::MediaEdit, picture.owner.organisation)?;
    match edit::remove(&media, &context, actor, MediaRef::Picture(id)).await {
        Ok(()) => Ok(Reply::see_other(DONE)),
        Err(Problem::Conflict(message)) => {
            let loaded = load(&media, &context).await?;
            let field = "remove".to_owned();
            let errors = vec![FieldError { field, message }];
            let version = loaded.picture.version;
            let page = show(&context, &loaded, None, version, errors)?;
            Ok(Reply::new(409, "text/html; charset=utf-8", page))
        }
        Err(other) => Err(other),
    }
}
