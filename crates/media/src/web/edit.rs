//! What the forms for pictures and files share.

use torg_db::DatabaseTransaction;
use torg_files::{MediaRef, Owner, UsePlace};
use torg_kernel::{
    Actor, FieldError, Locale, Message, OrganisationId, Permission, Problem, RequestId, Result,
};
use torg_web::{Context, Form, OrganisationList, Upload};

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

/// Where it is used, in a snapshot.
pub(super) async fn places(
    media: &Media,
    on: &DatabaseTransaction,
    what: MediaRef,
) -> Result<Vec<UsePlace>> {
    media.used.places(on, what).await
}

/// A day in words.
pub(super) fn day(context: &Context, at: torg_kernel::Timestamp) -> String {
    torg_ui::date(context.t(), torg_kernel::civil_date(at))
}

/// The languages in which the forms ask for words, with their fields.
pub(super) const ALTS: [(&str, Locale); 2] = [("alt_sv", Locale::SV), ("alt_en", Locale::EN)];
