//! Files of an announcement: added and taken away on a form of their own, so that a fault in a text
//! never costs somebody the files that they have just chosen.

use std::sync::Arc;

use torg_files::{Blobs, Owner, ReadyFile, add_file, ready_file};
use torg_kernel::{FileId, Message, Permission, Problem, Result, hex};
use torg_log::{Author, write_once};
use torg_web::{Context, Reply, Upload};

use super::{NoticeBoard, admin};
use crate::model::{Announcement, Attachment};
use crate::service;

/// The field of the files.
const FIELD: &str = "files";

/// What the file is called: its name as it was sent, without folders and ending.
fn title(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    torg_kernel::squeeze(&stem.replace('_', " "))
}

/// Puts the bytes of all files on the disk; says of the first that cannot be taken which it is.
async fn ready(blobs: &Blobs, upload: &Upload) -> Result<Vec<(String, ReadyFile)>> {
    let mut found = Vec::new();
    for file in upload.files.iter().filter(|file| file.field == FIELD) {
        match ready_file(blobs, &file.name, file.bytes.clone()).await {
            Ok(ready) => found.push((title(&file.name), ready)),
            Err(Problem::Invalid(mut errors)) => {
                for error in &mut errors {
                    FIELD.clone_into(&mut error.field);
                }
                return Err(Problem::Invalid(errors));
            }
            Err(other) => return Err(other),
        }
    }
    if found.is_empty() {
        return Err(Problem::field(FIELD, Message::new("file-error-missing")));
    }
    Ok(found)
}

/// Adds files to an announcement.
pub(super) async fn add(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = admin::load(&context, &snapshot).await?;
    snapshot.end().await?;
    let upload = match context.upload().await {
        Ok(upload) => upload,
        Err(problem) => return admin::files_again(&board, &context, &saved, problem).await,
    };
    match ready(&board.blobs, &upload).await {
        Ok(files) => {
            let done = put(&context, &saved, &upload, files).await;
            answer(&board, &context, &saved, done).await
        }
        Err(problem) => admin::files_again(&board, &context, &saved, problem).await,
    }
}

async fn answer(
    board: &NoticeBoard,
    context: &Context,
    saved: &Announcement,
    done: Result<()>,
) -> Result<Reply> {
    match done {
        Ok(()) => Ok(Reply::see_other(&format!(
            "{}/{}?done=notice-saved",
            admin::HREF,
            saved.id
        ))),
        Err(problem) => admin::files_again(board, context, saved, problem).await,
    }
}

async fn put(
    context: &Context,
    saved: &Announcement,
    upload: &Upload,
    files: Vec<(String, ReadyFile)>,
) -> Result<()> {
    let actor = context.acting(Permission::NoticePublish, saved.organisation)?;
    let form = &upload.form;
    let request = form.request_id()?;
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let mut operation = format!("notice.attach {} {}", saved.id, form.digest());
    for (_, file) in &files {
        operation.push(' ');
        operation.push_str(&file.blob.short());
    }
    let (id, now, ids) = (saved.id, context.now, context.app.ids.clone());
    let owner = Owner {
        organisation: saved.organisation,
        authority: saved.authority,
    };
    let folder = format!("anslag/{}", saved.key);
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let mut added = Vec::with_capacity(files.len());
                        for (title, ready) in &files {
                            let mut random = [0_u8; 6];
                            ids.fill(&mut random);
                            let key = format!("{folder}/{}-{}", hex(&random), ready.name);
                            let title = if title.is_empty() { &ready.name } else { title };
                            let file = add_file(write, author, &key, owner, title, ready).await?;
                            added.push(Attachment::of(&file));
                        }
                        service::attach(write, author, id, version, added).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Takes a file away from an announcement. Its bytes stay in the media bank: the proof tells of them.
pub(super) async fn remove(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = admin::load(&context, &snapshot).await?;
    snapshot.end().await?;
    let file: FileId = context.param("file")?;
    let actor = context.acting(Permission::NoticePublish, saved.organisation)?;
    let (id, now, ids) = (saved.id, context.now, context.app.ids.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                service::detach(write, author, id, file).await
            })
        })
        .await;
    answer(&board, &context, &saved, done).await
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_file_is_called_what_its_sender_called_it() {
        assert_eq!(
            title("C:\\Mina\\Protokoll_2026-11-16.pdf"),
            "Protokoll 2026-11-16"
        );
        assert_eq!(title("../../etc/passwd"), "passwd");
        assert_eq!(title(".pdf"), "");
    }
}
