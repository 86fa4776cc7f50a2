//! What the staff do about sign-ups: sign somebody up, take somebody off, write to all.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_db::WriteContext;
use torg_forms::read;
use torg_kernel::{EventId, FieldError, Message, Permission, Problem, Result, squeeze};
use torg_log::{Author, NewEvent, PayloadClass, append, write_once};
use torg_notify::MailAddress;
use torg_web::{Context, Form, Reply};
use uuid::Uuid;

use super::list::{Coming, Written, view};
use super::list_href;
use crate::signup::{Asking, SignUpState};
use crate::store;
use crate::web::Calendar;

/// Characters of a text to all.
const TEXT: usize = 5_000;
/// Characters of a name.
const NAME: usize = 150;

enum Deed {
    Add(Asking),
    Cancel(Uuid),
    Mail { text: String, queued: bool },
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

fn adding(context: &Context, coming: &Coming, form: &Form) -> Result<Asking, Vec<FieldError>> {
    let mut errors = Vec::new();
    let Some(rules) = &coming.rules else {
        return Err(vec![wrong("form", Message::new("signup-error-occasion"))]);
    };
    let name = squeeze(&form.text("name").replace(char::is_control, " "));
    if name.is_empty() || name.chars().count() > NAME {
        errors.push(wrong("name", Message::new("signups-error-name")));
    }
    let address = form.text("email");
    let email = if address.trim().is_empty() {
        None
    } else {
        match MailAddress::parse(&address) {
            Ok(email) => Some(email),
            Err(message) => {
                errors.push(wrong("email", message));
                None
            }
        }
    };
    let most = rules.most_in_party();
    let party = form.text("party").trim().parse::<i64>().ok();
    let party = party.filter(|party| (1..=most).contains(party));
    if party.is_none() {
        let message = Message::new("signup-error-party").with("most", most);
        errors.push(wrong("party", message));
    }
    match (read(&rules.form, &form.0), party) {
        (Ok(answers), Some(party)) if errors.is_empty() => Ok(Asking {
            event: coming.event.id,
            of: form.text("occasion"),
            email,
            name,
            party,
            answers,
            locale: context.locale(),
        }),
        (answers, _) => {
            errors.extend(answers.err().into_iter().flatten());
            Err(errors)
        }
    }
}

fn read_deed(context: &Context, coming: &Coming, form: &Form) -> Result<Deed> {
    match form.text("do").as_str() {
        "add" => adding(context, coming, form)
            .map(Deed::Add)
            .map_err(Problem::Invalid),
        "cancel" => {
            let id = form.text("signup").parse().map_err(|_| Problem::NotFound)?;
            Ok(Deed::Cancel(id))
        }
        "mail" => {
            let text = form.text("text").trim().to_owned();
            let letters = text.chars().count();
            if text.is_empty() {
                return Err(Problem::field("text", Message::new("signups-error-text")));
            }
            if letters > TEXT {
                let message = Message::new("form-error-too-long")
                    .with("limit", TEXT)
                    .with("letters", letters);
                return Err(Problem::field("text", message));
            }
            // The marks of a mail's own secrets stand in a place that no text of people's holds.
            let text = text
                .chars()
                .filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
            Ok(Deed::Mail {
                text: text.collect(),
                queued: form.has("queued"),
            })
        }
        _ => Err(Problem::NotFound),
    }
}

/// Does what a button asks for.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let form = context.form();
    let of = form.text("occasion");
    let snapshot = context.app.database.snapshot().await?;
    let coming = Coming::read(&context, &snapshot, &of).await?;
    snapshot.end().await?;
    let done = match read_deed(&context, &coming, &form) {
        Ok(deed) => carry_out(&calendar, &context, &coming, &form, deed).await,
        Err(problem) => Err(problem),
    };
    let errors = match done {
        Ok(key) => {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("occasion", &coming.of)
                .append_pair("done", &key)
                .finish();
            let to = format!("{}?{query}", list_href(&coming.event));
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => errors,
        Err(problem) => return Err(problem),
    };
    let written = Written {
        open: if form.text("do") == "mail" {
            "mail"
        } else {
            "add"
        },
        sent: form.0,
        errors,
    };
    let snapshot = context.app.database.snapshot().await?;
    let coming = Coming::read(&context, &snapshot, &of).await?;
    snapshot.end().await?;
    let page = view(&context, &coming, &written)?;
    Ok(Reply::form_again(page.render()?))
}

async fn carry_out(
    calendar: &Arc<Calendar>,
    context: &Context,
    coming: &Coming,
    form: &Form,
    deed: Deed,
) -> Result<String> {
    let actor = context.acting(Permission::EventEdit, coming.event.organisation)?;
    let request = form.request_id()?;
    let (id, of) = (coming.event.id, coming.of.clone());
    let operation = format!("event.sign_ups {id} {}", form.digest());
    let (app, now, calendar) = (context.app.clone(), context.now, calendar.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<String>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let key = match deed {
                            Deed::Add(asking) => {
                                calendar.sign_up_for(write, author, asking).await?;
                                "signups-added"
                            }
                            Deed::Cancel(own) => {
                                calendar.cancel_for(write, author, id, own).await?;
                                "signups-cancelled"
                            }
                            Deed::Mail { text, queued } => {
                                write_to(&calendar, write, author, (id, &of), &text, queued)
                                    .await?;
                                "signups-mailed"
                            }
                        };
                        Ok(key.to_owned())
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await?;
    Ok(done.answer)
}

/// Sends a text to those who come and, if wanted, those who wait.
async fn write_to(
    calendar: &Calendar,
    context: &WriteContext,
    author: Author<'_>,
    (id, of): (EventId, &str),
    text: &str,
    queued: bool,
) -> Result<()> {
    let event = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let mut to = store::list_sign_ups(&**context, id, of).await?;
    to.retain(|own| match own.state {
        SignUpState::Confirmed => true,
        SignUpState::Queued | SignUpState::Offered => queued,
        SignUpState::WaitingConfirmation | SignUpState::Cancelled => false,
    });
    let count = calendar
        .mail_all(context, author, &event, &to, text)
        .await?;
    if count == 0 {
        return Err(Problem::field("text", Message::new("signups-error-nobody")));
    }
    let after = serde_json::json!({"event": id, "of": of, "count": count});
    let new = NewEvent {
        kind: "signup.message",
        subject: torg_kernel::Subject::new("event_places", id),
        organisation: Some(event.organisation),
        authority: event.authority,
        class: PayloadClass::Internal,
        before: None,
        after: Some(after.to_string()),
        tags: Vec::new(),
    };
    append(context, author, new).await?;
    Ok(())
}
