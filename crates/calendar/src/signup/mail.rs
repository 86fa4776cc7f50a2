//! The mails of a sign-up, in the language of who signed up. What asks for a confirmation holds nothing
//! that was written in the form: it goes to addresses that may be somebody else's.

use std::collections::HashMap;

use torg_db::WriteContext;
use torg_kernel::{Locale, Result, Subject, secret_hex};
use torg_log::Author;
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, mark, put_content, put_mails};
use torg_ui::{Arg, T, date_long, date_time};
use uuid::Uuid;

use super::deed::{Outcome, digest};
use super::entry::SignUp;
use super::open::HELD;
use super::queue::At;
use crate::model::{Event, Place, calendar_href};
use crate::store::{self, OccasionRow};
use crate::web::{Calendar, hours};

/// The mark at which a mail's own secret is filled in.
const KEY: &str = "key";

/// Where one sees one's own sign-up.
pub(crate) fn own_href(locale: Locale) -> String {
    let name = if locale == Locale::EN {
        "sign-up"
    } else {
        "anmalan"
    };
    format!("{}/{name}", calendar_href(locale))
}

/// When it is, in words: the occasion, or how the series comes back.
pub(crate) fn when_words(t: T, event: &Event, row: Option<&OccasionRow>) -> String {
    match row {
        Some(row) => format!("{}, {}", date_long(t, row.start.date()), hours(t, row)),
        None if event.data.pattern.repeats() => event.data.pattern.words(t),
        None => date_long(t, event.data.pattern.start.date()),
    }
}

/// What a mail is about, in words that all mails share.
struct Facts {
    title: String,
    when: String,
    place: String,
}

/// A mail to one person.
struct Mail<'a> {
    kind: &'static str,
    subject: &'static str,
    text: &'static str,
    /// Values of its own.
    more: Vec<(&'static str, String)>,
    own: &'a SignUp,
}

impl Calendar {
    /// Where an occasion is, in one line; may be empty.
    async fn place_words(
        &self,
        context: &WriteContext,
        event: &Event,
        row: Option<&OccasionRow>,
        t: T,
    ) -> Result<String> {
        if let Some(instead) = row.and_then(|row| row.instead.clone()) {
            return Ok(instead);
        }
        Ok(match &event.data.place {
            Some(Place::Unit { unit, room }) => {
                let known = self.neighbours.known(context, &[*unit], t.locale()).await?;
                let parts = known
                    .first()
                    .map(|unit| [unit.name.clone(), unit.address.clone()])
                    .unwrap_or_default();
                let room = room.get(t.locale()).to_owned();
                let parts = parts.into_iter().chain([room]);
                let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
                parts.join(", ")
            }
            Some(Place::Free { name, street, .. }) => {
                let parts = [name.get(t.locale()), street.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
                parts.join(", ")
            }
            Some(Place::Online { .. }) => t.get("event-online").into_owned(),
            None => String::new(),
        })
    }

    async fn facts(&self, context: &WriteContext, at: &At, t: T) -> Result<Facts> {
        let row = at.row();
        Ok(Facts {
            title: at.event.name(t.locale()).to_owned(),
            when: when_words(t, &at.event, row),
            place: self.place_words(context, &at.event, row, t).await?,
        })
    }

    async fn post(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        mail: Mail<'_>,
    ) -> Result<()> {
        let t = T::of(mail.own.locale);
        let facts = self.facts(context, at, t).await?;
        self.post_facts(context, author, &at.event, mail, facts)
            .await
    }

    async fn post_facts(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: &Event,
        mail: Mail<'_>,
        facts: Facts,
    ) -> Result<()> {
        let own = mail.own;
        let Some(to) = MailAddress::own(&own.email) else {
            return Ok(());
        };
        let t = T::of(own.locale);
        let base = &self.sending.base_url;
        let link = format!("{base}{}?key={}", own_href(own.locale), mark(KEY));
        let mut values: HashMap<&'static str, String> = HashMap::from([
            ("title", facts.title.clone()),
            ("when", facts.when),
            ("place", facts.place),
            ("city", self.sending.city.clone()),
            ("name", own.name.clone()),
            ("link", link),
            ("event", format!("{base}{}", event.href(own.locale))),
            ("ics", format!("{base}{}.ics", event.href(own.locale))),
        ]);
        values.extend(mail.more);
        let mut args: Vec<(&str, Arg)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        args.push(("party", own.party.into()));
        let content = MailContent {
            locale: own.locale,
            subject: t.one(mail.subject, "title", facts.title.as_str()),
            text: t.with(mail.text, &args),
            html: None,
            one_click: None,
        };
        let secret = secret_hex(author.ids);
        store::insert_key(&**context, &digest(&secret), own.id).await?;
        let id = author.ids.uuid(author.now);
        put_content(context, id, author.now, &content).await?;
        let new = NewMail {
            kind: mail.kind,
            to,
            content: id,
            fills: Fills::one(KEY, secret),
            about: Some(about(own.id)),
            rank: Rank::Awaited,
        };
        put_mails(context, author.ids, author.now, &[new]).await?;
        Ok(())
    }

    pub(super) async fn mail_confirm(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        own: &SignUp,
    ) -> Result<()> {
        let mail = Mail {
            kind: "signup.confirmation",
            subject: "signup-mail-confirm-subject",
            text: if own.place_until.is_some() {
                "signup-mail-confirm"
            } else {
                "signup-mail-confirm-queue"
            },
            more: vec![("minutes", (HELD / 60).to_string())],
            own,
        };
        self.post(context, author, at, mail).await
    }

    pub(super) async fn mail_already(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        own: &SignUp,
    ) -> Result<()> {
        let mail = Mail {
            kind: "signup.known",
            subject: "signup-mail-already-subject",
            text: "signup-mail-already",
            more: Vec::new(),
            own,
        };
        self.post(context, author, at, mail).await
    }

    pub(super) async fn mail_offer(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        own: &SignUp,
    ) -> Result<()> {
        let t = T::of(own.locale);
        let until = own.place_until.unwrap_or(author.now);
        let mail = Mail {
            kind: "signup.offer",
            subject: "signup-mail-offer-subject",
            text: "signup-mail-offer",
            more: vec![("until", date_time(t, until))],
            own,
        };
        self.post(context, author, at, mail).await
    }

    pub(super) async fn mail_outcome(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        own: &SignUp,
        outcome: Outcome,
    ) -> Result<()> {
        let (subject, text) = match outcome {
            Outcome::Confirmed => ("signup-mail-done-subject", "signup-mail-done"),
            Outcome::Queued => ("signup-mail-queued-subject", "signup-mail-queued"),
            Outcome::Changed => ("signup-mail-changed-subject", "signup-mail-changed"),
            Outcome::Cancelled => ("signup-mail-cancelled-subject", "signup-mail-cancelled"),
            Outcome::Full | Outcome::Late | Outcome::NoRoom => return Ok(()),
        };
        let mail = Mail {
            kind: "signup.answer",
            subject,
            text,
            more: Vec::new(),
            own,
        };
        self.post(context, author, at, mail).await
    }

    /// Tells somebody that it is at another time or place.
    pub(super) async fn mail_moved(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        own: &SignUp,
        note: &str,
    ) -> Result<()> {
        let mail = Mail {
            kind: "signup.moved",
            subject: "signup-mail-moved-subject",
            text: "signup-mail-moved",
            more: vec![("note", note.to_owned())],
            own,
        };
        self.post(context, author, at, mail).await
    }

    /// Tells somebody that it is called off. `when` is what they knew.
    pub(super) async fn mail_called_off(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: &Event,
        own: &SignUp,
        (when, note): (String, &str),
    ) -> Result<()> {
        let facts = Facts {
            title: event.name(own.locale).to_owned(),
            when,
            place: String::new(),
        };
        let mail = Mail {
            kind: "signup.called_off",
            subject: "signup-mail-off-subject",
            text: "signup-mail-off",
            more: vec![("note", note.to_owned())],
            own,
        };
        self.post_facts(context, author, event, mail, facts).await
    }

    /// Sends a text of the staff's to some of those who signed up. Returns how many got it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn mail_all(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: &Event,
        to: &[SignUp],
        text: &str,
    ) -> Result<usize> {
        let mut contents: HashMap<Locale, Uuid> = HashMap::new();
        let mut mails = Vec::new();
        for own in to {
            let Some(address) = MailAddress::own(&own.email) else {
                continue;
            };
            let content = match contents.get(&own.locale) {
                Some(id) => *id,
                None => {
                    let content = self.message(event, own.locale, text);
                    let id = author.ids.uuid(author.now);
                    put_content(context, id, author.now, &content).await?;
                    contents.insert(own.locale, id);
                    id
                }
            };
            let secret = secret_hex(author.ids);
            store::insert_key(&**context, &digest(&secret), own.id).await?;
            mails.push(NewMail {
                kind: "signup.message",
                to: address,
                content,
                fills: Fills::one(KEY, secret),
                about: Some(about(own.id)),
                rank: Rank::Bulk,
            });
        }
        put_mails(context, author.ids, author.now, &mails).await?;
        Ok(mails.len())
    }

    fn message(&self, event: &Event, locale: Locale, text: &str) -> MailContent {
        let t = T::of(locale);
        let title = event.name(locale);
        let link = format!(
            "{}{}?key={}",
            self.sending.base_url,
            own_href(locale),
            mark(KEY)
        );
        MailContent {
            locale,
            subject: t.one("signup-mail-message-subject", "title", title),
            text: t.with(
                "signup-mail-message",
                &[
                    ("title", title.into()),
                    ("city", self.sending.city.as_str().into()),
                    ("text", text.into()),
                    ("link", link.into()),
                ],
            ),
            html: None,
            one_click: None,
        }
    }
}

/// What a mail about a sign-up is about.
pub(crate) fn about(id: Uuid) -> Subject {
    Subject::new("event_signup", id)
}
