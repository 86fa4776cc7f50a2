//! The form in which one signs up.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_forms::read;
use torg_kernel::{Actor, FieldError, Locale, Message, Problem, Result, squeeze};
use torg_log::{Author, write_once};
use torg_notify::MailAddress;
use torg_ui::{ErrorSummary, Field, FieldKind, T, date_time};
use torg_web::{Context, Form, Reply};

use super::ask::asks;
use super::block::places_words;
use super::{form_href, sent_href, shell};
use crate::model::Event;
use crate::signup::{Asking, At, Opening, SignUpRules, Standing, name_of, when_words};
use crate::store::{self, OccasionRow};
use crate::views::{SignUpPage, SignUpSaidPage};
use crate::vocabulary::Status;
use crate::web::Calendar;

/// Characters of a name.
const NAME: usize = 150;
/// Occasions that can be chosen.
const MOST: usize = 60;

/// An event that gives places out, with its occasions.
struct Wanted {
    event: Event,
    rules: SignUpRules,
    rows: Vec<OccasionRow>,
    owner: String,
}

async fn load(context: &Context, locale: Locale) -> Result<Wanted> {
    let key: String = context.param("key")?;
    let snapshot = context.app.database.snapshot().await?;
    let found = store::find_by_key(&*snapshot, &key).await?;
    let event = found.filter(Event::is_public).ok_or(Problem::NotFound)?;
    let rules = event.sign_up().cloned().ok_or(Problem::NotFound)?;
    let rows = store::list_occasions_of(&*snapshot, event.id).await?;
    let (all, _) = context.app.organisations(&snapshot).await?;
    let owner = all.find(event.organisation);
    let owner = owner.map_or_else(String::new, |owner| owner.name(locale).to_owned());
    snapshot.end().await?;
    Ok(Wanted {
        event,
        rules,
        rows,
        owner,
    })
}

/// What stands in the form.
#[derive(Default)]
struct Written {
    of: String,
    name: String,
    email: String,
    party: String,
    sent: Vec<(String, String)>,
    errors: Vec<FieldError>,
    request: String,
}

impl Wanted {
    /// Occasions that one can sign up to now: their names and what they say.
    fn choices(&self, t: T, context: &Context) -> Vec<(String, String)> {
        let now = context.now;
        let open = self.rows.iter().filter(|row| {
            let opening = Opening::of(&self.event, &self.rules, &self.rows, Some(row));
            let by_hand = row.status == Status::SoldOut && row.left != Some(0);
            opening.is_some_and(|opening| opening.standing(now) == Standing::Open)
                && !by_hand
                && (row.left != Some(0) || self.rules.waiting_list)
        });
        open.take(MOST)
            .map(|row| {
                let when = when_words(t, &self.event, Some(row));
                let places = places_words(t, &self.rules, row.left);
                (name_of(row), format!("{when} ({places})"))
            })
            .collect()
    }

    /// Why nobody can sign up now.
    fn closed(&self, t: T, context: &Context, choices: &[(String, String)]) -> String {
        let now = context.now;
        let next = if self.rules.whole_series {
            Opening::of(&self.event, &self.rules, &self.rows, None)
        } else {
            let row = self.rows.iter().find(|row| row.ends_at > now);
            row.and_then(|row| Opening::of(&self.event, &self.rules, &self.rows, Some(row)))
        };
        let standing = next.map_or(Standing::Closed, |next| next.standing(now));
        let full = self.rules.whole_series
            && !self.rules.waiting_list
            && self.rows.iter().any(|row| row.left == Some(0));
        let key = match standing {
            Standing::Early => {
                let opens = next.and_then(|next| next.opens_at).unwrap_or(now);
                return t.one("signup-opens", "time", date_time(t, opens));
            }
            Standing::Open if full => "signup-error-full",
            Standing::Open if self.rules.whole_series || !choices.is_empty() => {
                return String::new();
            }
            Standing::Open => "signup-error-full",
            Standing::Closed if !choices.is_empty() => return String::new(),
            Standing::Closed => "signup-error-closed",
        };
        t.get(key).into_owned()
    }

    fn fields(&self, t: T, choices: &[(String, String)], written: &Written) -> Vec<Field> {
        let errors = &written.errors;
        let mut fields = Vec::new();
        if choices.len() > 1 {
            let kind = FieldKind::Choice(choices.to_vec());
            let label = t.get("signup-occasion");
            fields.push(Field::new("occasion", kind, label, written.of.clone()).errors(t, errors));
        }
        let name = Field::new(
            "name",
            FieldKind::Text,
            t.get("signup-name"),
            &*written.name,
        );
        fields.push(name.autocomplete("name").errors(t, errors));
        let email = Field::new(
            "email",
            FieldKind::Email,
            t.get("signup-email"),
            &*written.email,
        );
        let email = email.hint(t.get("signup-email-hint")).autocomplete("email");
        fields.push(email.errors(t, errors));
        if self.rules.most_in_party() > 1 {
            fields.push(party_field(t, &self.rules, &written.party).errors(t, errors));
        }
        fields
    }

    /// What is kept, why, for how long and by whom (GDPR, article 13).
    fn privacy(&self, t: T) -> Vec<String> {
        let asked = if self.rules.form.questions.is_empty() {
            "signup-privacy-what"
        } else {
            "signup-privacy-what-answers"
        };
        let days = i64::from(self.rules.keep_days);
        vec![
            t.get(asked).into_owned(),
            t.one("signup-privacy-days", "days", days),
            t.one("signup-privacy-who", "owner", self.owner.as_str()),
        ]
    }

    async fn page(
        &self,
        context: &Context,
        locale: Locale,
        written: Written,
    ) -> Result<SignUpPage> {
        let t = T::of(locale);
        let choices = if self.rules.whole_series {
            Vec::new()
        } else {
            self.choices(t, context)
        };
        let closed = self.closed(t, context, &choices);
        let fields = self.fields(t, &choices, &written);
        let asks = asks(t, &self.rules.form, &written.sent, &written.errors);
        let mut shown: Vec<&Field> = fields.iter().collect();
        shown.retain(|field| field.error.is_some());
        let own = |error: &&FieldError| !asks.iter().any(|ask| ask.name == error.field);
        let others: Vec<FieldError> = written.errors.iter().filter(own).cloned().collect();
        let mut errors = ErrorSummary::of(t, &shown, &others);
        for ask in &asks {
            if let Some(error) = &ask.error {
                errors
                    .errors
                    .push((ask.id(), format!("{}: {error}", ask.label)));
            }
        }
        let at = At::of(self.event.clone(), self.rows.clone(), &written.of);
        let row = at.as_ref().and_then(At::row);
        let left = at.as_ref().and_then(At::left);
        let mut lines = Vec::new();
        if choices.len() <= 1 {
            lines.push(when_words(t, &self.event, row));
        }
        let note = match left {
            Some(0) if choices.len() <= 1 => t.get("signup-note-queue").into_owned(),
            left if choices.len() <= 1 => places_words(t, &self.rules, left),
            _ => String::new(),
        };
        let title = t.one("signup-form-title", "title", self.event.name(locale));
        let path = form_href(&self.event, locale);
        let mut shell = shell(context, locale, title, path, Some(&self.event)).await?;
        shell.alternates = super::super::list::alternates(|locale| form_href(&self.event, locale));
        shell.wrong = !written.errors.is_empty();
        Ok(SignUpPage {
            action: form_href(&self.event, locale),
            lines,
            closed,
            note,
            of: if choices.len() > 1 {
                String::new()
            } else {
                written.of
            },
            fields,
            asks,
            privacy: self.privacy(t),
            request_id: written.request,
            errors,
            back: self.event.href(locale),
            shell,
        })
    }
}

/// How many people.
pub(in crate::web) fn party_field(t: T, rules: &SignUpRules, value: &str) -> Field {
    let numbers = 1..=rules.most_in_party();
    let choices = numbers.map(|number| (number.to_string(), number.to_string()));
    let kind = FieldKind::Choice(choices.collect());
    Field::new("party", kind, t.get("signup-party"), value)
}

/// An empty form.
pub(super) async fn get(context: Context, locale: Locale) -> Result<Reply> {
    let wanted = load(&context, locale).await?;
    let asked = context.query("occasion").unwrap_or_default().to_owned();
    let choices = wanted.choices(T::of(locale), &context);
    let known = choices.iter().any(|(of, _)| *of == asked);
    let of = match choices.first() {
        _ if wanted.rules.whole_series => String::new(),
        Some(_) if known => asked,
        Some((first, _)) => first.clone(),
        None => String::new(),
    };
    let written = Written {
        of,
        party: "1".to_owned(),
        request: context.new_request_id(),
        ..Written::default()
    };
    let page = wanted.page(&context, locale, written).await?;
    Ok(Reply::html(page.render()?))
}

/// What was sent, checked as far as it can be without asking how many places there are.
fn read_form(wanted: &Wanted, form: &Form, locale: Locale) -> Result<Asking, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let name = squeeze(&form.text("name").replace(char::is_control, " "));
    if name.is_empty() {
        wrong("name", Message::new("signup-error-name"));
    } else if name.chars().count() > NAME {
        let message = Message::new("form-error-too-long")
            .with("limit", NAME)
            .with("letters", name.chars().count());
        wrong("name", message);
    }
    let email = MailAddress::parse(&form.text("email"));
    if let Err(message) = &email {
        wrong("email", message.clone());
    }
    let most = wanted.rules.most_in_party();
    let party = match form.text("party").trim() {
        "" => Some(1),
        text => text
            .parse::<i64>()
            .ok()
            .filter(|it| (1..=most).contains(it)),
    };
    if party.is_none() {
        wrong(
            "party",
            Message::new("signup-error-party").with("most", most),
        );
    }
    let answers = read(&wanted.rules.form, &form.0);
    match (email, party, answers) {
        (Ok(email), Some(party), Ok(answers)) if errors.is_empty() => Ok(Asking {
            event: wanted.event.id,
            of: form.text("occasion"),
            email: Some(email),
            name,
            party,
            answers,
            locale,
        }),
        (_, _, answers) => {
            errors.extend(answers.err().into_iter().flatten());
            Err(errors)
        }
    }
}

/// Takes what was sent, and asks for a confirmation by mail.
pub(super) async fn post(
    calendar: Arc<Calendar>,
    context: Context,
    locale: Locale,
) -> Result<Reply> {
    let wanted = load(&context, locale).await?;
    let form = context.form();
    let done = match read_form(&wanted, &form, locale) {
        Err(errors) => Err(Problem::Invalid(errors)),
        Ok(asking) => {
            let from = (context.peer, &context.headers);
            let request = form.text("request_id");
            match calendar.admit_sign_up(&form.text("website"), &request, from, context.now) {
                Err(problem) => Err(problem),
                Ok(()) => keep(&calendar, &context, &form, asking).await,
            }
        }
    };
    let errors = match done {
        Ok(()) => return Ok(Reply::see_other(&sent_href(&wanted.event, locale))),
        Err(Problem::Invalid(errors)) => errors,
        Err(problem) => return Err(problem),
    };
    // The form keeps its age, unless that is what is wrong with it.
    let old = errors
        .iter()
        .any(|error| error.message.key == "event-error-old");
    let written = Written {
        of: form.text("occasion"),
        name: form.text("name"),
        email: form.text("email"),
        party: form.text("party"),
        sent: form.0.clone(),
        errors,
        request: if old {
            context.new_request_id()
        } else {
            form.text("request_id")
        },
    };
    // As it is now: the last place may just have gone.
    let wanted = load(&context, locale).await?;
    let page = wanted.page(&context, locale, written).await?;
    Ok(Reply::form_again(page.render()?))
}

async fn keep(
    calendar: &Arc<Calendar>,
    context: &Context,
    form: &Form,
    asking: Asking,
) -> Result<()> {
    let request = form.request_id()?;
    let operation = format!("event.sign_up {}", form.digest());
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
                        calendar.sign_up(write, author, asking).await?;
                        Ok(true)
                    })
                };
                write_once(write, request, &operation, &Actor::Anonymous, now, work).await
            })
        })
        .await?;
    Ok(())
}

/// "Look in your mail": the same for everybody.
pub(super) async fn sent(context: Context, locale: Locale) -> Result<Reply> {
    let wanted = load(&context, locale).await?;
    let t = T::of(locale);
    let title = t.get("signup-sent-title").into_owned();
    let path = sent_href(&wanted.event, locale);
    let shell = shell(&context, locale, title, path, Some(&wanted.event)).await?;
    let page = SignUpSaidPage {
        shell,
        text: ["signup-sent-text", "signup-sent-next"]
            .map(|key| t.get(key).into_owned())
            .to_vec(),
        back: wanted.event.href(locale),
        back_label: t.get("signup-back").into_owned(),
    };
    Ok(Reply::html(page.render()?))
}
