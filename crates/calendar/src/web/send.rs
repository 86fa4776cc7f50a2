//! Where people outside send events in, and the link in the mail that they get.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_kernel::{
    Actor, AuthorityId, EventId, FieldError, Locale, Message, OrganisationId, Problem, Result,
    squeeze,
};
use torg_log::{Author, write_once};
use torg_notify::MailAddress;
use torg_ui::{ErrorSummary, Field, FieldKind, NavLink, Shell, T};
use torg_web::{Context, Form, Reading as WebReading, Reply};

use super::Calendar;
use super::admin::category_choices;
use super::choices::view_path;
use super::form::{Reading, empty, sent as fields_sent};
use super::list::alternates;
use crate::check::check;
use crate::copying::DaysOff;
use crate::model::{Event, Organiser, Place, calendar_href};
use crate::submission::{CONFIRM_DAYS, Sent};
use crate::views::{EventFields, SendPage, SentPage};
use crate::vocabulary::State;

async fn shell(context: &Context, locale: Locale, key: &str) -> Result<Shell> {
    let reading = WebReading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get(key), view_path(locale, "submit"));
    shell.alternates = alternates(|locale| view_path(locale, "submit"));
    shell.crumbs = vec![NavLink::new(t.get("calendar-title"), calendar_href(locale))];
    Ok(shell)
}

/// What the form is drawn from.
struct Written<'a> {
    t: T,
    fields: &'a EventFields,
    email: String,
    sender: String,
    errors: &'a [FieldError],
    places: Vec<(String, String)>,
}

impl Written<'_> {
    fn field(&self, name: &'static str, kind: FieldKind, value: &str) -> Field {
        let key = format!("event-send-{}", name.replace('_', "-"));
        let own = format!("event-edit-{}", name.replace('_', "-"));
        // What is asked as in the staff's form is called the same.
        let label = self.t.find(&key).or_else(|| self.t.find(&own));
        let label = label.unwrap_or(name);
        let mut field = Field::new(name, kind, label, value).errors(self.t, self.errors);
        let hint = self.t.find(&format!("{key}-hint"));
        if let Some(hint) = hint.or_else(|| self.t.find(&format!("{own}-hint"))) {
            field = field.hint(hint);
        }
        field
    }

    fn text(&self, name: &'static str) -> Field {
        self.field(name, FieldKind::Text, self.fields.get(name))
    }

    fn page(&self, shell: Shell, request_id: String, trap: String) -> SendPage {
        let own = |name: &'static str, kind| self.field(name, kind, self.fields.get(name));
        let free = |name| self.text(name).optional();
        let what = vec![
            self.text("name_sv"),
            own("category", FieldKind::Choice(category_choices(self.t))),
            free("summary_sv"),
            own("text_sv", FieldKind::Lines(6)).optional(),
        ];
        let when = vec![
            own("start_date", FieldKind::Date),
            self.text("start_time"),
            free("end_time"),
            own("dates", FieldKind::Lines(3)).optional(),
        ];
        let place = vec![
            own("place_unit", FieldKind::Choice(self.places.clone())),
            free("place_name"),
            free("place_street"),
        ];
        let more = vec![
            free("price"),
            free("age_from"),
            free("age_to"),
            free("registration_url"),
            free("more_url"),
        ];
        let sender = vec![
            self.text("organiser_name"),
            self.field("sender", FieldKind::Text, &self.sender)
                .autocomplete("name"),
            self.field("email", FieldKind::Email, &self.email)
                .autocomplete("email"),
        ];
        let groups = [&what, &when, &place, &more, &sender];
        let all: Vec<&Field> = groups.into_iter().flatten().collect();
        SendPage {
            errors: ErrorSummary::of(self.t, &all, self.errors),
            what,
            when,
            place,
            more,
            sender,
            trap,
            request_id,
            shell,
        }
    }
}

async fn places(
    calendar: &Calendar,
    context: &Context,
    locale: Locale,
) -> Result<Vec<(String, String)>> {
    let snapshot = context.app.database.snapshot().await?;
    let units = calendar.neighbours.places(&snapshot, locale).await?;
    snapshot.end().await?;
    let mut places = vec![(
        "free".to_owned(),
        T::of(locale).get("event-edit-place-free").into_owned(),
    )];
    places.extend(units.into_iter().map(|it| (it.id.to_string(), it.name)));
    Ok(places)
}

/// An empty form.
pub(super) async fn get(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let mut fields = empty(None, context.now);
    fields.set("place_unit", "free".to_owned());
    let written = Written {
        t: T::of(locale),
        fields: &fields,
        email: String::new(),
        sender: String::new(),
        errors: &[],
        places: places(&calendar, &context, locale).await?,
    };
    let mut shell = shell(&context, locale, "event-send-title").await?;
    shell.description = written.t.get("event-send-lede").into_owned();
    let page = written.page(shell, context.new_request_id(), String::new());
    Ok(Reply::html(page.render()?))
}

/// What was sent, read and checked as anything else.
fn read(
    context: &Context,
    form: &Form,
    fields: &EventFields,
    locale: Locale,
) -> Result<Sent, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let email = MailAddress::parse(&form.text("email"));
    if let Err(message) = &email {
        wrong("email", message.clone());
    }
    let sender = squeeze(&form.text("sender"));
    if sender.is_empty() || sender.chars().count() > 150 {
        wrong("sender", Message::new("event-error-sender"));
    }
    if squeeze(fields.get("organiser_name")).is_empty() {
        wrong("organiser_name", Message::new("event-error-organiser-name"));
    }
    let reading = Reading {
        before: None,
        off: &DaysOff::default(),
        picture: None,
    };
    match reading.data(fields) {
        Err(more) => {
            errors.extend(more);
            Err(errors)
        }
        Ok(mut data) => {
            // What only the staff may say is not taken from here.
            data.part_of = None;
            data.picture = None;
            data.organiser = Some(Organiser::Free {
                name: squeeze(fields.get("organiser_name")),
                url: String::new(),
            });
            let event = Event {
                id: EventId::new(&*context.app.ids, context.now),
                key: "ny".to_owned(),
                organisation: OrganisationId(uuid::Uuid::nil()),
                authority: None,
                state: State::Waiting,
                data,
                version: 1,
                created_at: context.now,
                updated_at: context.now,
            };
            errors.extend(check(&event, context.now));
            match email {
                Ok(email) if errors.is_empty() => Ok(Sent {
                    data: event.data,
                    email,
                    sender,
                    locale,
                }),
                _ => Err(errors),
            }
        }
    }
}

/// Takes what was sent, and asks for a confirmation by mail.
pub(super) async fn post(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let form = context.form();
    let mut fields = fields_sent(&form);
    let several = !fields.get("dates").trim().is_empty();
    fields.set("repeat", if several { "dates" } else { "none" }.to_owned());
    fields.set("organiser_unit", "free".to_owned());
    let done = match read(&context, &form, &fields, locale) {
        Err(errors) => Err(Problem::Invalid(errors)),
        Ok(sent) => {
            let from = (context.peer, &context.headers);
            let request = form.text("request_id");
            match calendar.admit(&form.text("website"), &request, from, context.now) {
                Err(problem) => Err(problem),
                Ok(()) => keep(&calendar, &context, &form, sent).await,
            }
        }
    };
    let errors = match done {
        Ok(()) => {
            let path = view_path(locale, "submit");
            let thanks = if locale == Locale::EN {
                "thanks"
            } else {
                "tack"
            };
            return Ok(Reply::see_other(&format!("{path}/{thanks}")));
        }
        Err(Problem::Invalid(errors)) => errors,
        Err(problem) => return Err(problem),
    };
    let written = Written {
        t: T::of(locale),
        fields: &fields,
        email: form.text("email"),
        sender: form.text("sender"),
        errors: &errors,
        places: places(&calendar, &context, locale).await?,
    };
    let mut shell = shell(&context, locale, "event-send-title").await?;
    shell.wrong = true;
    shell.noindex = true;
    // The form keeps its age, unless that is what is wrong with it.
    let old = errors
        .iter()
        .any(|error| error.message.key == "event-error-old");
    let request = if old {
        context.new_request_id()
    } else {
        form.text("request_id")
    };
    let page = written.page(shell, request, String::new());
    Ok(Reply::form_again(page.render()?))
}

async fn keep(calendar: &Arc<Calendar>, context: &Context, form: &Form, sent: Sent) -> Result<()> {
    let request = form.request_id()?;
    let operation = format!("event.send {}", form.digest());
    let (app, now, calendar) = (context.app.clone(), context.now, calendar.clone());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let work = || -> BoxFuture<'_, Result<bool>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &Actor::Anonymous,
                            now,
                            ids: &*app.ids,
                        };
                        calendar.keep(write, author, sent).await?;
                        Ok(true)
                    })
                };
                write_once(write, request, &operation, &Actor::Anonymous, now, work).await
            })
        })
        .await?;
    Ok(())
}

async fn said(
    context: &Context,
    locale: Locale,
    title: &str,
    text: &[&str],
    confirm: Option<String>,
) -> Result<Reply> {
    let t = T::of(locale);
    let mut shell = shell(context, locale, title).await?;
    shell.noindex = true;
    let text = text
        .iter()
        .map(|key| t.one(key, "days", CONFIRM_DAYS))
        .collect();
    let page = SentPage {
        shell,
        text,
        confirm,
    };
    Ok(Reply::html(page.render()?))
}

/// "Look in your mail": the same for everybody.
pub(super) async fn sent(context: Context, locale: Locale) -> Result<Reply> {
    let text = ["event-sent-text", "event-sent-next"];
    said(&context, locale, "event-sent-title", &text, None).await
}

/// What the link in the mail leads to. A mail program that opens links confirms nothing.
pub(super) async fn get_confirm(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let key = context.query("key").unwrap_or_default().to_owned();
    let snapshot = context.app.database.snapshot().await?;
    let found = calendar.waiting(&*snapshot, &key, context.now).await?;
    snapshot.end().await?;
    match found {
        Some(found) if found.event.is_none() => {
            let text = ["event-confirm-text"];
            said(&context, locale, "event-confirm-title", &text, Some(key)).await
        }
        Some(_) => {
            let text = ["event-confirmed-text"];
            said(&context, locale, "event-confirmed-title", &text, None).await
        }
        None => {
            said(
                &context,
                locale,
                "event-link-old",
                &["event-link-old-text"],
                None,
            )
            .await
        }
    }
}

/// Who gets what was sent in: whoever answers for the place, else the city.
async fn owner(
    calendar: &Calendar,
    context: &Context,
    key: &str,
) -> Result<Option<(OrganisationId, Option<AuthorityId>)>> {
    let snapshot = context.app.database.snapshot().await?;
    let found = calendar.waiting(&*snapshot, key, context.now).await?;
    let (all, _) = context.app.organisations(&snapshot).await?;
    let mut owner = None;
    if let Some(Place::Unit { unit, .. }) = found.as_ref().and_then(|it| it.data.place.as_ref()) {
        let known = calendar
            .neighbours
            .known(&snapshot, &[*unit], Locale::SV)
            .await?;
        owner = known.first().and_then(|place| place.organisation);
    }
    snapshot.end().await?;
    let entry = owner
        .and_then(|id| all.find(id))
        .filter(|entry| !all.has_ended(entry.id))
        .or_else(|| all.root());
    Ok(entry.map(|entry| (entry.id, entry.authority)))
}

/// Confirms.
pub(super) async fn post_confirm(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let key = context.form().text("key");
    let Some(owner) = owner(&calendar, &context, &key).await? else {
        return Err(Problem::NotFound);
    };
    let (app, now, own) = (context.app.clone(), context.now, calendar.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &Actor::Anonymous,
                    now,
                    ids: &*app.ids,
                };
                own.confirm(write, author, &key, owner).await
            })
        })
        .await;
    match done {
        Ok(Some(_)) => {
            let text = ["event-confirmed-text"];
            said(&context, locale, "event-confirmed-title", &text, None).await
        }
        // What can no more be, such as a place that is gone, is as good as too old.
        Ok(None) | Err(Problem::Invalid(_)) => {
            said(
                &context,
                locale,
                "event-link-old",
                &["event-link-old-text"],
                None,
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}
