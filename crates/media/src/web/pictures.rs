//! Adding, changing and removing pictures.

use std::sync::Arc;

use askama::Template;
use torg_files::{
    Focus, LARGEST, MediaRef, Picture, PictureData, PictureVariant, ReadyPicture, add_picture,
    change_picture, check_picture, find_picture, list_pictures_by_id, ready_picture,
    remove_picture, safe_name,
};
use torg_kernel::{Actor, FieldError, Message, Permission, PictureId, Problem, Result};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Form, Reply, Upload, desk};

use super::edit::{self, ALTS, Faults, Sent};
use super::{Media, list};
use crate::views::PictureEditPage;

/// What was written about a picture; all that the form does not show stays.
fn written(form: &Form, before: PictureData) -> (PictureData, Vec<FieldError>) {
    let mut data = before;
    for (field, locale) in ALTS {
        data.alt.set(locale, &form.text(field));
    }
    data.credit = form.text("credit");
    let mut errors = Vec::new();
    match Focus::parse(&form.text("focus_x"), &form.text("focus_y")) {
        Ok(focus) => data.focus = focus,
        Err(faults) => errors = faults,
    }
    let data = data.tidy();
    errors.extend(data.check());
    (data, errors)
}

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

pub(super) async fn add(media: Arc<Media>, context: Context) -> Result<Reply> {
    let mut faults = Faults::default();
    let Some(sent) = faults.take(edit::sent(&context, "picture.add").await)? else {
        let page = list::show(&media, &context, false, &Form::default(), faults.0).await?;
        return Ok(Reply::form_again(page));
    };
    let form = sent.upload.form.clone();
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let owner = faults.take(edit::owner(&context, &form, &organisations))?;
    let (data, errors) = written(&form, PictureData::default());
    faults.0.extend(errors);
    if sent.upload.file("file").is_none() {
        faults.add("file", Message::new("file-error-missing"));
    }
    let ready = pixels(&media, &sent.upload, &mut faults).await?;
    let (Some((owner, actor)), Some(ready), true) = (owner, ready, faults.0.is_empty()) else {
        let page = list::show(&media, &context, false, &form, faults.0).await?;
        return Ok(Reply::form_again(page));
    };
    let name = sent.upload.file("file").map_or("", |file| &file.name);
    let key = edit::new_key(&context, &safe_name(name, ready.kind));
    let still = ready.animated;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let Sent {
        request, operation, ..
    } = sent;
    let made = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let made = add_picture(context, author, &key, owner, data, &ready).await?;
                        Ok(made.id)
                    })
                })
                .await
            })
        })
        .await?;
    let done = if still {
        "picture-added-still"
    } else {
        "picture-added"
    };
    let to = format!("/admin/media/pictures/{}?done={done}", made.answer);
    Ok(Reply::see_other(&to))
}

struct Loaded {
    picture: Picture,
    variants: Vec<PictureVariant>,
    places: Vec<torg_files::UsePlace>,
    actor: Actor,
}

/// The picture, with the right to change it.
async fn load(media: &Media, context: &Context) -> Result<Loaded> {
    let id: PictureId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let found = list_pictures_by_id(&*snapshot, &[id]).await?;
    let (picture, variants) = found.into_iter().next().ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::MediaEdit, picture.owner.organisation)?;
    let places = edit::places(media, &snapshot, MediaRef::Picture(id)).await?;
    snapshot.end().await?;
    Ok(Loaded {
        picture,
        variants,
        places,
        actor,
    })
}

pub(super) async fn get(media: Arc<Media>, context: Context) -> Result<Reply> {
    let loaded = load(&media, &context).await?;
    let version = loaded.picture.version;
    Ok(Reply::html(show(
        &context,
        &loaded,
        None,
        version,
        Vec::new(),
    )?))
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
    let data = &picture.data;
    let field = |name: &str, saved: String| form.map_or(saved, |form| form.text(name));
    let alt = |at: usize| {
        let (name, locale) = ALTS[at];
        field(name, data.alt.own(locale).unwrap_or_default().to_owned())
    };
    let mut frame = desk(context, DeskSection::Media, &picture.key)?;
    frame.crumbs = vec![NavLink::new(t.get("desk-media"), DeskSection::Media.href())];
    let caller = context.caller()?;
    let may_read_log = caller.may(Permission::LogRead, picture.owner.organisation);
    let page = PictureEditPage {
        desk: frame,
        action: format!("/admin/media/pictures/{}", picture.id),
        log_href: may_read_log.then(|| format!("/admin/log/picture/{}", picture.id)),
        view: crate::picture_view(picture, &loaded.variants, t.locale()),
        key: picture.key.clone(),
        size: (picture.width, picture.height),
        added: edit::day(context, picture.created_at),
        places: loaded.places.clone(),
        alt_sv: alt(0),
        alt_en: alt(1),
        credit: field("credit", data.credit.clone()),
        focus_x: field("focus_x", data.focus.x.to_string()),
        focus_y: field("focus_y", data.focus.y.to_string()),
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
    let (data, errors) = written(&form, loaded.picture.data.clone());
    faults.0.extend(errors);
    let ready = pixels(&media, &sent.upload, &mut faults).await?;
    if !faults.0.is_empty() {
        let page = show(&context, &loaded, Some(&form), version, faults.0)?;
        return Ok(Reply::form_again(page));
    }
    let still = ready.as_ref().is_some_and(|ready| ready.animated);
    match save(
        &context,
        loaded.actor.clone(),
        sent,
        id,
        version,
        data,
        ready,
    )
    .await
    {
        Ok(()) => {
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

async fn save(
    context: &Context,
    actor: Actor,
    sent: Sent,
    id: PictureId,
    version: i64,
    data: PictureData,
    ready: Option<ReadyPicture>,
) -> Result<()> {
    let (ids, now) = (context.app.ids.clone(), context.now);
    let Sent {
        request, operation, ..
    } = sent;
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        change_picture(context, author, id, version, data, ready.as_ref()).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

pub(super) async fn remove(media: Arc<Media>, context: Context) -> Result<Reply> {
    let id: PictureId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let picture = find_picture(&*snapshot, id).await?;
    snapshot.end().await?;
    let Some(picture) = picture else {
        // A double click: it is gone already.
        return Ok(Reply::see_other("/admin/media?done=picture-removed"));
    };
    let actor = context.acting(Permission::MediaEdit, picture.owner.organisation)?;
    let (ids, now, used) = (context.app.ids.clone(), context.now, media.used.clone());
    let removed = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                remove_picture(context, author, id, &*used).await
            })
        })
        .await;
    match removed {
        Ok(()) | Err(Problem::NotFound) => {
            Ok(Reply::see_other("/admin/media?done=picture-removed"))
        }
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
