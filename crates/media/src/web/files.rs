//! Adding, changing and removing files.

use std::sync::Arc;

use askama::Template;
use torg_files::{
    LARGEST, MediaRef, ReadyFile, StoredFile, UnseenPlaces, UsePlace, add_file, change_file,
    find_file, ready_file,
};
use torg_kernel::{Actor, FieldError, FileId, Message, Permission, Problem, Result};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Form, Reply, Upload, desk};

use super::edit::{self, Faults, Sent};
use super::{Media, list};
use crate::views::FileEditPage;

async fn bytes(media: &Media, upload: &Upload, faults: &mut Faults) -> Result<Option<ReadyFile>> {
    let Some(file) = upload.file("file") else {
        return Ok(None);
    };
    faults.take(ready_file(&media.blobs, &file.name, file.bytes.clone()).await)
}

/// The title as it must be: not empty.
fn check_title(form: &Form, faults: &mut Faults) -> String {
    let title = form.text("title");
    if title.trim().is_empty() {
        faults.add("title", Message::new("file-error-title"));
    }
    title
}

pub(super) async fn add(media: Arc<Media>, context: Context) -> Result<Reply> {
    let mut faults = Faults::default();
    let Some(sent) = faults.take(edit::sent(&context, "file.add").await)? else {
        let page = list::show_files(&context, &Form::default(), faults.0).await?;
        return Ok(Reply::form_again(page));
    };
    let form = sent.upload.form.clone();
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let title = check_title(&form, &mut faults);
    let owner = faults.take(edit::owner(&context, &form, &organisations))?;
    if sent.upload.file("file").is_none() {
        faults.add("file", Message::new("file-error-missing"));
    }
    let ready = bytes(&media, &sent.upload, &mut faults).await?;
    let (Some((owner, actor)), Some(ready), true) = (owner, ready, faults.0.is_empty()) else {
        let page = list::show_files(&context, &form, faults.0).await?;
        return Ok(Reply::form_again(page));
    };
    let key = edit::new_key(&context, &ready.name);
    let Sent {
        request, operation, ..
    } = sent;
    let made = edit::write(
        &context,
        actor,
        request,
        operation,
        move |context, author| {
            Box::pin(async move {
                let made = add_file(context, author, &key, owner, &title, &ready).await?;
                Ok(made.id)
            })
        },
    )
    .await;
    match made {
        Ok(made) => {
            let to = format!("/admin/media/files/{}?done=file-added", made);
            Ok(Reply::see_other(&to))
        }
        Err(Problem::Invalid(errors)) => {
            let page = list::show_files(&context, &form, errors).await?;
            Ok(Reply::form_again(page))
        }
        Err(other) => Err(other),
    }
}

struct Loaded {
    file: StoredFile,
    places: Vec<UsePlace>,
    unseen: UnseenPlaces,
    actor: Actor,
}

/// The file, with the right to change it.
async fn load(media: &Media, context: &Context) -> Result<Loaded> {
    let id: FileId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let file = find_file(&*snapshot, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::MediaEdit, file.owner.organisation)?;
    let (places, unseen) = edit::places(media, context, &snapshot, MediaRef::File(id)).await?;
    snapshot.end().await?;
    Ok(Loaded {
        file,
        places,
        unseen,
        actor,
    })
}

pub(super) async fn get(media: Arc<Media>, context: Context) -> Result<Reply> {
    let loaded = load(&media, &context).await?;
    let version = loaded.file.version;
    let page = show(&context, &loaded, None, version, Vec::new())?;
    Ok(Reply::html(page))
}

fn show(
    context: &Context,
    loaded: &Loaded,
    form: Option<&Form>,
    version: i64,
    errors: Vec<FieldError>,
) -> Result<String> {
    let (file, t) = (&loaded.file, context.t());
    let mut frame = desk(context, DeskSection::Media, &file.title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-media"), DeskSection::Media.href()),
        NavLink::new(t.get("media-files"), "/admin/media/files"),
    ];
    let caller = context.caller()?;
    let may_read_log = caller.may(Permission::LogRead, file.owner.organisation);
    let page = FileEditPage {
        desk: frame,
        action: format!("/admin/media/files/{}", file.id),
        log_href: may_read_log.then(|| format!("/admin/log/file/{}", file.id)),
        href: file.href(),
        name: file.name.clone(),
        note: crate::file_view(file).note(t),
        added: edit::day(context, file.created_at),
        places: loaded.places.clone(),
        unseen: loaded.unseen.clone(),
        title: form.map_or_else(|| file.title.clone(), |form| form.text("title")),
        limit: LARGEST / 1024 / 1024,
        version,
        request_id: context.new_request_id(),
        errors,
    };
    Ok(page.render()?)
}

pub(super) async fn post(media: Arc<Media>, context: Context) -> Result<Reply> {
    let loaded = load(&media, &context).await?;
    let id = loaded.file.id;
    let mut faults = Faults::default();
    let what = format!("file.save {id}");
    let Some(sent) = faults.take(edit::sent(&context, &what).await)? else {
        let version = loaded.file.version;
        let page = show(&context, &loaded, None, version, faults.0)?;
        return Ok(Reply::form_again(page));
    };
    let form = sent.upload.form.clone();
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let title = check_title(&form, &mut faults);
    let ready = bytes(&media, &sent.upload, &mut faults).await?;
    let saved = if faults.0.is_empty() {
        let Sent {
            request, operation, ..
        } = sent;
        let actor = loaded.actor.clone();
        edit::write(
            &context,
            actor,
            request,
            operation,
            move |context, author| {
                Box::pin(async move {
                    change_file(context, author, id, version, &title, ready.as_ref()).await
                })
            },
        )
        .await
    } else {
        Err(Problem::Invalid(faults.0))
    };
    match saved {
        Ok(_) => {
            let to = format!("/admin/media/files/{id}?done=file-saved");
            Ok(Reply::see_other(&to))
        }
        Err(Problem::Invalid(errors)) => {
            let page = show(&context, &loaded, Some(&form), version, errors)?;
            Ok(Reply::form_again(page))
        }
        Err(Problem::Conflict(message)) => {
            let loaded = load(&media, &context).await?;
            let field = "version".to_owned();
            let errors = vec![FieldError { field, message }];
            let version = loaded.file.version;
            let page = show(&context, &loaded, Some(&form), version, errors)?;
            Ok(Reply::new(409, "text/html; charset=utf-8", page))
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn remove(media: Arc<Media>, context: Context) -> Result<Reply> {
    const DONE: &str = "/admin/media/files?done=file-removed";
    let id: FileId = context.param("id")?;
    let snapshot = context.app.database.snapshot().await?;
    let file = find_file(&*snapshot, id).await?;
    snapshot.end().await?;
    let Some(file) = file else {
        // A double click: it is gone already.
        return Ok(Reply::see_other(DONE));
    };
    let actor = context.acting(Permission::MediaEdit, file.owner.organisation)?;
    match edit::remove(&media, &context, actor, MediaRef::File(id)).await {
        Ok(()) => Ok(Reply::see_other(DONE)),
        Err(Problem::Conflict(message)) => {
            let loaded = load(&media, &context).await?;
            let field = "remove".to_owned();
            let errors = vec![FieldError { field, message }];
            let version = loaded.file.version;
            let page = show(&context, &loaded, None, version, errors)?;
            Ok(Reply::new(409, "text/html; charset=utf-8", page))
        }
        Err(other) => Err(other),
    }
}
