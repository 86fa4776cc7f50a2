//! Many pictures at once: what holds for all is said once, each file is judged alone, and what is good
//! stays although another is refused.

use std::sync::Arc;

use askama::Template;
use serde::{Deserialize, Serialize};
use torg_files::{
    BlobId, LARGEST, Owner, PictureData, add_picture, check_picture, find_picture, list_same,
    ready_picture, safe_name,
};
use torg_kernel::{
    Actor, FieldError, Locale, Message, Permission, PictureId, Problem, RequestId, Result,
    civil_date,
};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Form, Reply, UploadedFile, desk};

use super::edit::{self, Faults, Sent};
use super::words::Reader;
use super::{LARGEST_AT_ONCE, MOST_AT_ONCE, Media, report};
use crate::views::{PictureWords, UploadPage};

/// What a file became in the bank; kept, so that sending the form again gives the same.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Became {
    /// A new picture; whether the file moved and only its first frame was taken.
    New { id: PictureId, still: bool },
    /// It was there already.
    Same { id: PictureId },
}

/// What became of a file.
pub(super) enum Verdict {
    Taken(Became),
    Refused(Vec<FieldError>),
}

/// What holds for all files of a form.
struct Common {
    owner: Owner,
    actor: Actor,
    data: PictureData,
}

pub(super) async fn get(_: Arc<Media>, context: Context) -> Result<Reply> {
    let page = show(&context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(page))
}

/// The form, empty or as it was sent when something is wrong with it.
async fn show(context: &Context, form: &Form, errors: Vec<FieldError>) -> Result<String> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let organisations = edit::choices(context, &organisations)?;
    let t = context.t();
    let mut frame = desk(context, DeskSection::Media, &t.get("media-upload"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-media"), DeskSection::Media.href())];
    let page = UploadPage {
        desk: frame,
        words: PictureWords::written(form, &[]),
        organisation: edit::chosen(form, &organisations),
        organisations,
        request_id: context.new_request_id(),
        limits: (LARGEST / 1024 / 1024, LARGEST_AT_ONCE / 1024 / 1024),
        most: MOST_AT_ONCE,
        errors,
    };
    Ok(page.render()?)
}

async fn again(context: &Context, form: &Form, errors: Vec<FieldError>) -> Result<Reply> {
    Ok(Reply::form_again(show(context, form, errors).await?))
}

/// What holds for all, with all that is wrong with it. Words about what is seen come only with a single
/// picture, from the block editor.
async fn common(
    context: &Context,
    form: &Form,
    single: bool,
    faults: &mut Faults,
) -> Result<Option<Common>> {
    let reading = context.app.reading();
    let on = reading.snapshot().await?;
    let (organisations, _) = context.app.organisations(on).await?;
    let languages: Vec<Locale> = if single {
        edit::languages(context, &reading, std::iter::empty()).await?
    } else {
        Vec::new()
    };
    reading.end().await?;
    let owner = faults.take(edit::owner(context, form, &organisations))?;
    let reader = Reader {
        form,
        languages: &languages,
        today: civil_date(context.now),
        complete: true,
    };
    let (data, errors) = reader.read(&PictureData::default());
    faults.0.extend(errors);
    Ok(owner.map(|(owner, actor)| Common { owner, actor, data }))
}

pub(super) async fn post(media: Arc<Media>, context: Context) -> Result<Reply> {
    let mut faults = Faults::default();
    let Some(sent) = faults.take(edit::sent(&context, "picture.add").await)? else {
        return again(&context, &Form::default(), faults.0).await;
    };
    let form = sent.upload.form.clone();
    let files: Vec<&UploadedFile> = sent
        .upload
        .files
        .iter()
        .filter(|file| file.field == "file")
        .collect();
    let common = common(&context, &form, files.len() == 1, &mut faults).await?;
    match files[..] {
        [] => faults.add("file", Message::new("file-error-missing")),
        // Its faults are told with the others.
        [file] if !faults.0.is_empty() => {
            faults.take(check_picture(&file.name, &file.bytes))?;
        }
        _ if files.len() > MOST_AT_ONCE => {
            let message = Message::new("media-error-too-many").with("most", MOST_AT_ONCE);
            faults.add("file", message);
        }
        _ => {}
    }
    let (Some(common), true) = (common, faults.0.is_empty()) else {
        return again(&context, &form, faults.0).await;
    };
    let mut verdicts = Vec::with_capacity(files.len());
    for (at, file) in files.iter().enumerate() {
        let verdict = judge(&media, &context, &common, &sent, at, file).await?;
        verdicts.push((file.name.clone(), verdict));
    }
    match &verdicts[..] {
        [(_, Verdict::Refused(errors))] => again(&context, &form, errors.clone()).await,
        [(_, Verdict::Taken(Became::New { id, still }))] => {
            let done = if *still {
                "picture-added-still"
            } else {
                "picture-added"
            };
            let to = format!("/admin/media/pictures/{id}?done={done}");
            Ok(Reply::see_other(&to))
        }
        [(_, Verdict::Taken(Became::Same { id }))] if may_change(&context, *id).await? => {
            let to = format!("/admin/media/pictures/{id}?done=picture-there");
            Ok(Reply::see_other(&to))
        }
        _ => report::show(&context, &verdicts).await,
    }
}

async fn may_change(context: &Context, id: PictureId) -> Result<bool> {
    let snapshot = context.app.database.snapshot().await?;
    let picture = find_picture(&*snapshot, id).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    Ok(picture.is_some_and(|own| caller.may(Permission::MediaEdit, own.owner.organisation)))
}

/// The id under which one file of a form is written once.
fn file_request(sent: &Sent, at: usize, file: &UploadedFile) -> Result<RequestId> {
    let named = format!("{} {at} {}", sent.request, BlobId::of(&file.bytes));
    let digest = BlobId::of(named.as_bytes()).to_string();
    Ok(digest[..32].parse()?)
}

/// Takes a file in unless it is there already or is no good. Its writes are its own: what happens to
/// the others does not touch it.
async fn judge(
    media: &Media,
    context: &Context,
    common: &Common,
    sent: &Sent,
    at: usize,
    file: &UploadedFile,
) -> Result<Verdict> {
    let request = file_request(sent, at, file)?;
    let (operation, actor) = (sent.operation.clone(), common.actor.clone());
    let source = BlobId::of(&file.bytes);
    // By its bytes first: what is there, or was taken in when this form was sent before, need not be
    // unpacked.
    let known = edit::write(context, actor, request, operation, move |context, _| {
        Box::pin(async move {
            let same = list_same(&**context, source, None).await?;
            let first = same.first().ok_or(Problem::NotFound)?;
            Ok(Became::Same { id: first.id })
        })
    })
    .await;
    match known {
        Ok(became) => return Ok(Verdict::Taken(became)),
        Err(Problem::NotFound) => {}
        Err(other) => return Err(other),
    }
    let ready = ready_picture(&media.blobs, &media.maker, &file.name, file.bytes.clone()).await;
    let ready = match ready {
        Ok(ready) => ready,
        Err(Problem::Invalid(errors)) => return Ok(Verdict::Refused(errors)),
        Err(other) => return Err(other),
    };
    let key = edit::new_key(context, &safe_name(&file.name, ready.kind));
    let (operation, actor) = (sent.operation.clone(), common.actor.clone());
    let (owner, data) = (common.owner, common.data.clone());
    let taken = edit::write(
        context,
        actor,
        request,
        operation,
        move |context, author| {
            Box::pin(async move {
                let same = list_same(&**context, source, Some(&ready)).await?;
                if let Some(first) = same.first() {
                    return Ok(Became::Same { id: first.id });
                }
                let made = add_picture(context, author, &key, owner, data, &ready).await?;
                Ok(Became::New {
                    id: made.id,
                    still: ready.animated,
                })
            })
        },
    )
    .await?;
    Ok(Verdict::Taken(taken))
}
