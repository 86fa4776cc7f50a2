//! What the forms for pictures and files share.

use std::sync::Arc;

use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use torg_db::{DatabaseTransaction, WriteContext};
use torg_files::{MediaRef, Owner, PictureFormat, PictureVariant, UnseenPlaces, UsePlace};
use torg_kernel::{
    Actor, FieldError, Locale, Message, OrganisationId, Permission, Problem, RequestId, Result,
};
use torg_log::{Author, write_once};
use torg_web::{Context, Form, OrganisationList, Reading, Upload};

use super::Media;

/// A form as it was sent, taken apart.
pub(super) struct Sent {
    pub upload: Upload,
    pub request: RequestId,
    pub operation: String,
}

/// Takes a form apart. The operation names all that was sent, files included.
pub(super) async fn sent(context: &Context, what: &str) -> Result<Sent> {
    let upload = context.upload().await?;
    let request = upload.form.request_id()?;
    let mut operation = format!("{what} {}", upload.form.digest());
    for file in &upload.files {
        operation.push(' ');
        operation.push_str(&torg_files::BlobId::of(&file.bytes).short());
    }
    Ok(Sent {
        upload,
        request,
        operation,
    })
}

/// Faults, each with its field; anything else stops the request.
#[derive(Default)]
pub(super) struct Faults(pub Vec<FieldError>);

impl Faults {
    /// The value, or `None` with its faults noted.
    pub(super) fn take<T>(&mut self, result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Problem::Invalid(errors)) => {
                self.0.extend(errors);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    pub(super) fn add(&mut self, field: &str, message: Message) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message,
        });
    }
}

/// The organisations for which the person may change the media bank: id and name, in the language's order.
pub(super) fn choices(
    context: &Context,
    organisations: &OrganisationList,
) -> Result<Vec<(String, String)>> {
    let scope = context.caller()?.scopes.get(&Permission::MediaEdit);
    let locale = context.locale();
    let mut choices: Vec<(String, String)> = scope
        .into_iter()
        .flat_map(|scope| scope.organisations.keys())
        .filter_map(|id| organisations.find(*id))
        .map(|entry| (entry.id.to_string(), entry.name(locale).to_owned()))
        .collect();
    choices.sort_by_cached_key(|(_, name)| torg_kernel::sort_key(name));
    Ok(choices)
}

/// Whose the new thing becomes, and who makes it.
pub(super) fn owner(
    context: &Context,
    form: &Form,
    organisations: &OrganisationList,
) -> Result<(Owner, Actor)> {
    let wrong = || Problem::field("organisation", Message::new("file-error-organisation"));
    let id: OrganisationId = form.text("organisation").parse().map_err(|_| wrong())?;
    let entry = organisations.find(id).ok_or_else(wrong)?;
    let actor = context
        .acting(Permission::MediaEdit, id)
        .map_err(|_| wrong())?;
    let owner = Owner {
        organisation: id,
        authority: entry.authority,
    };
    Ok((owner, actor))
}

/// A key for something that was sent by a form: its name, and enough chance that none is there twice.
pub(super) fn new_key(context: &Context, name: &str) -> String {
    let mut random = [0_u8; 6];
    context.app.ids.fill(&mut random);
    let random = torg_kernel::hex(&random);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{random}.{ending}"),
        None => format!("{name}-{random}"),
    }
}

/// Where it is used, in a snapshot: pages that readers see, and texts that they do not, of which
/// those are named that the caller may read.
pub(super) async fn places(
    media: &Media,
    context: &Context,
    on: &DatabaseTransaction,
    what: MediaRef,
) -> Result<(Vec<UsePlace>, UnseenPlaces)> {
    let places = media.used.places(on, what).await?;
    let caller = context.caller()?.clone();
    let may_read = move |own| caller.may(Permission::PageRead, own);
    let unseen = media.used.unseen(on, what, &may_read).await?;
    Ok((places, unseen))
}

/// A day in words.
pub(super) fn day(context: &Context, at: torg_kernel::Timestamp) -> String {
    torg_ui::date(context.t(), torg_kernel::civil_date(at))
}

/// The languages in which the forms ask for words: Swedish, those in which the city has a start page,
/// and those in which there are words already.
pub(super) async fn languages(
    context: &Context,
    reading: &Reading,
    there: impl Iterator<Item = Locale>,
) -> Result<Vec<Locale>> {
    let (chrome, ..) = context.app.chrome(reading, Locale::SV).await?;
    let mut languages = vec![Locale::SV];
    let others = chrome.languages.iter().map(|own| own.locale).chain(there);
    for locale in others {
        if !languages.contains(&locale) {
            languages.push(locale);
        }
    }
    Ok(languages)
}

/// The organisations for which the person may change the media bank.
pub(super) fn own(context: &Context) -> Result<Vec<OrganisationId>> {
    let scope = context.caller()?.scopes.get(&Permission::MediaEdit);
    Ok(scope.map_or_else(Vec::new, |scope| {
        scope.organisations.keys().copied().collect()
    }))
}

/// A small size of a picture: address, width and height. One that readers do not get comes from an
/// address of the staff's.
pub(super) fn thumb(variants: &[PictureVariant], is_public: bool) -> Option<(String, u32, u32)> {
    let small = variants
        .iter()
        .filter(|variant| variant.format == PictureFormat::Jpeg)
        .min_by_key(|variant| variant.width)?;
    let href = if is_public {
        small.href()
    } else {
        staff_href(&small.href())
    };
    Some((href, small.width, small.height))
}

/// The staff's address of what has a public one.
pub(super) fn staff_href(href: &str) -> String {
    href.replacen("/media/", "/admin/media/sizes/", 1)
}

/// Writes once what a form asks for, and gives its answer again when it is sent again.
pub(super) async fn write<T>(
    context: &Context,
    actor: Actor,
    request: RequestId,
    operation: String,
    work: impl for<'a> FnOnce(&'a WriteContext, Author<'a>) -> BoxFuture<'a, Result<T>> + Send + 'static,
) -> Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let (ids, now) = (context.app.ids.clone(), context.now);
    let done = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                let work = || work(context, author);
                write_once(context, request, &operation, &actor, now, work).await
            })
        })
        .await?;
    Ok(done.answer)
}

/// Removes something unless a page or a draft needs it; whoever sends it again finds it gone.
pub(super) async fn remove(
    media: &Media,
    context: &Context,
    actor: Actor,
    what: MediaRef,
) -> Result<()> {
    let (ids, now) = (context.app.ids.clone(), context.now);
    let used: Arc<dyn torg_files::MediaUse> = media.used.clone();
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
                match what {
                    MediaRef::Picture(id) => {
                        torg_files::remove_picture(context, author, id, &*used).await
                    }
                    MediaRef::File(id) => {
                        torg_files::remove_file(context, author, id, &*used).await
                    }
                }
            })
        })
        .await;
    match removed {
        Err(Problem::NotFound) => Ok(()),
        other => other,
    }
}

/// The organisation that was chosen, else the first: the widest that one may edit for is not the
/// likeliest.
pub(super) fn chosen(form: &Form, choices: &[(String, String)]) -> String {
    match form.text("organisation") {
        chosen if chosen.is_empty() => {
            let first = choices.first();
            first.map(|(id, _)| id.clone()).unwrap_or_default()
        }
        chosen => chosen,
    }
}
