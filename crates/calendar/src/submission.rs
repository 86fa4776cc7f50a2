//! Events that people outside send in: taken when the mail address is confirmed, public when somebody
//! has approved them.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{
    AuthorityId, EventId, Locale, Message, OrganisationId, Problem, Result, Subject, Timestamp,
    hex, secret_hex,
};
use torg_log::Author;
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, mark, put_content, put_mails};
use torg_ui::T;

use crate::model::{Event, EventData};
use crate::service;
use crate::store::{self, Submission};
use crate::vocabulary::State;
use crate::web::Calendar;

/// The mark at which a mail's own secret is filled in.
const KEY: &str = "key";
/// Days for which a link can be confirmed.
pub const CONFIRM_DAYS: i64 = 7;
/// Seconds within which no person fills in the form.
const QUICKEST: i64 = 4;
/// Seconds after which a form is too old: its id would soon be forgotten.
const OLDEST: i64 = 86_400;

/// How much people outside may send in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendSettings {
    /// Scheme and host of the site, for the links in mails.
    pub base_url: String,
    /// The city's name.
    pub city: String,
    /// From one source within an hour.
    pub per_source: u32,
    /// Sign-ups from one source within an hour: a school or a library is one source.
    pub sign_ups_per_source: u32,
    /// From one mail address within a day.
    pub per_address: i64,
    /// From everybody within an hour: what a few people can read.
    pub per_hour: i64,
}

impl SendSettings {
    /// What a city of half a million is served by.
    #[must_use]
    pub fn new(base_url: &str, city: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            city: city.to_owned(),
            per_source: 10,
            sign_ups_per_source: 60,
            per_address: 10,
            per_hour: 60,
        }
    }
}

/// Sources that are remembered.
const MOST: usize = 10_000;

/// Counts what sources send within an hour, in memory alone: addresses of people's machines belong in
/// no database. A restart forgets it; the limits of the database stay.
#[derive(Debug, Default)]
pub(crate) struct Sources(Mutex<HashMap<String, (Timestamp, u32)>>);

impl Sources {
    /// Counts one more of a source; false when it has had its share.
    fn admit(&self, source: &str, most: u32, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            let horizon = now.plus_seconds(-3_600);
            seen.retain(|_, (from, _)| *from > horizon);
            if seen.len() >= MOST {
                seen.clear();
            }
        }
        let (from, count) = seen.entry(source.to_owned()).or_insert((now, 0));
        if from.plus_seconds(3_600) <= now {
            (*from, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= most
    }
}

/// Where a request comes from: the other end of the connection or, when that is a proxy on this
/// machine, the last address that it wrote down. IPv6 is cut to what one subscriber has (RFC 6177).
fn source(peer: Option<SocketAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
        return String::new();
    };
    let told = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| {
            value
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse::<IpAddr>()
                .ok()
        })
        .filter(|_| peer.is_loopback());
    match told.map_or(peer, |told| told.to_canonical()) {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string()
        }
    }
}

/// Seconds since a form was made, by the time that its id holds (RFC 9562, section 5.7). It stops
/// programs that fill in whatever form they find; the limits and the people who read stop the others.
fn age(request: &str, now: Timestamp) -> Option<i64> {
    let id: torg_kernel::RequestId = request.parse().ok()?;
    let (seconds, _) = id.0.get_timestamp()?.to_unix();
    Some(now.micros() / 1_000_000 - i64::try_from(seconds).ok()?)
}

fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn refuse(key: &'static str) -> Problem {
    Problem::field("form", Message::new(key))
}

/// What somebody sent in.
pub(crate) struct Sent {
    pub data: EventData,
    pub email: MailAddress,
    pub sender: String,
    pub locale: Locale,
}

fn admit(
    (sources, most): (&Sources, u32),
    trap: &str,
    request: &str,
    (peer, headers): (Option<SocketAddr>, &HeaderMap),
    now: Timestamp,
) -> Result<()> {
    if !trap.is_empty() {
        return Err(refuse("event-error-trap"));
    }
    match age(request, now) {
        Some(age) if (QUICKEST..OLDEST).contains(&age) => {}
        Some(age) if (0..QUICKEST).contains(&age) => return Err(refuse("event-error-quick")),
        _ => return Err(refuse("event-error-old")),
    }
    if sources.admit(&source(peer, headers), most, now) {
        Ok(())
    } else {
        Err(refuse("event-error-busy"))
    }
}

impl Calendar {
    /// Whether a form was filled in by a person who has not sent too much.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the form as a whole.
    pub(crate) fn admit(
        &self,
        trap: &str,
        request: &str,
        from: (Option<SocketAddr>, &HeaderMap),
        now: Timestamp,
    ) -> Result<()> {
        let most = self.sending.per_source;
        admit((&self.sources, most), trap, request, from, now)
    }

    /// The same for signing up.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the form as a whole.
    pub(crate) fn admit_sign_up(
        &self,
        trap: &str,
        request: &str,
        (peer, headers): (Option<SocketAddr>, &HeaderMap),
        now: Timestamp,
    ) -> Result<()> {
        let most = self.sending.sign_ups_per_source;
        let from = (peer, headers);
        admit((&self.sign_up_sources, most), trap, request, from, now)
    }

    /// Keeps what was sent in until its address is confirmed, and sends the mail that asks for it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when too much was sent.
    pub(crate) async fn keep(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        sent: Sent,
    ) -> Result<()> {
        let now = author.now;
        let hour = now.plus_seconds(-3_600);
        let address = sent.email.shown();
        if store::count_submissions_since(&**context, None, hour).await? >= self.sending.per_hour {
            return Err(refuse("event-error-busy"));
        }
        let day = now.plus_seconds(-86_400);
        let own = store::count_submissions_since(&**context, Some(&address), day).await?;
        if own >= self.sending.per_address {
            return Err(refuse("event-error-busy"));
        }
        let secret = secret_hex(author.ids);
        let submission = Submission {
            id: author.ids.uuid(now),
            token_digest: digest(&secret),
            email: address,
            sender: sent.sender,
            locale: sent.locale,
            data: sent.data,
            event: None,
            created_at: now,
            confirmed_at: None,
            answered_at: None,
        };
        store::insert_submission(&**context, &submission).await?;
        let t = T::of(sent.locale);
        let title = submission.data.name.get(sent.locale).to_owned();
        let confirm = if sent.locale == Locale::EN {
            "/en/events/submit/confirm"
        } else {
            "/kalendarium/tipsa/bekrafta"
        };
        let text = t.with(
            "event-mail-confirm",
            &[
                ("title", title.into()),
                ("city", self.sending.city.as_str().into()),
                (
                    "link",
                    format!("{}{confirm}?key={}", self.sending.base_url, mark(KEY)).into(),
                ),
                ("days", CONFIRM_DAYS.into()),
            ],
        );
        let subject = t.one(
            "event-mail-confirm-subject",
            "city",
            self.sending.city.as_str(),
        );
        let mail = Mail {
            kind: "event.confirmation",
            subject,
            text,
            fills: Fills::one(KEY, secret),
        };
        self.mail(context, author, &submission, sent.email, mail)
            .await
    }

    async fn mail(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        submission: &Submission,
        to: MailAddress,
        mail: Mail,
    ) -> Result<()> {
        let id = author.ids.uuid(author.now);
        let content = MailContent {
            locale: submission.locale,
            subject: mail.subject,
            text: mail.text,
            html: None,
            one_click: None,
        };
        put_content(context, id, author.now, &content).await?;
        let new = NewMail {
            kind: mail.kind,
            to,
            content: id,
            fills: mail.fills,
            about: Some(Subject::new("event_submission", submission.id)),
            rank: Rank::Awaited,
        };
        put_mails(context, author.ids, author.now, &[new]).await?;
        Ok(())
    }

    /// Makes what was sent in an event that waits for approval. Doing it twice changes nothing more.
    /// `None` when the link is unknown or too old.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when what was right when it was sent is so no more.
    pub(crate) async fn confirm(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        secret: &str,
        owner: (OrganisationId, Option<AuthorityId>),
    ) -> Result<Option<EventId>> {
        let Some(found) = self.waiting(&**context, secret, author.now).await? else {
            return Ok(None);
        };
        if let Some(id) = found.event {
            return Ok(Some(id));
        }
        let event = Event {
            id: EventId::new(author.ids, author.now),
            key: service::free_key(context, &found.data).await?,
            organisation: owner.0,
            authority: owner.1,
            state: State::Waiting,
            data: found.data,
            version: 1,
            created_at: author.now,
            updated_at: author.now,
        };
        service::create(context, author, &*self.neighbours, &event).await?;
        store::confirm_submission(&**context, found.id, event.id, author.now).await?;
        Ok(Some(event.id))
    }

    /// What was sent in under a secret, while it can be confirmed.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn waiting<C: torg_db::ConnectionTrait>(
        &self,
        on: &C,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Submission>> {
        let found = store::find_submission(on, &digest(secret)).await?;
        let oldest = now.plus_seconds(-CONFIRM_DAYS * 86_400);
        Ok(found.filter(|found| found.created_at > oldest))
    }

    /// Tells who sent an event in what became of it, once.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn answer_sender(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        before: &Event,
        to: State,
    ) -> Result<()> {
        let said = match (before.state, to) {
            (State::Waiting, State::Published) => {
                ("event-mail-public", "event-mail-public-subject")
            }
            (State::Waiting, State::Trash) => ("event-mail-refused", "event-mail-refused-subject"),
            _ => return Ok(()),
        };
        let Some(found) = store::find_submission_of(&**context, before.id).await? else {
            return Ok(());
        };
        let Some(address) = MailAddress::own(&found.email).filter(|_| found.answered_at.is_none())
        else {
            return Ok(());
        };
        let t = T::of(found.locale);
        let title = before.name(found.locale);
        let link = format!("{}{}", self.sending.base_url, before.href(found.locale));
        let text = t.with(
            said.0,
            &[
                ("title", title.into()),
                ("city", self.sending.city.as_str().into()),
                ("link", link.into()),
            ],
        );
        let mail = Mail {
            kind: "event.answer",
            subject: t.one(said.1, "title", title),
            text,
            fills: Fills::default(),
        };
        self.mail(context, author, &found, address, mail).await?;
        store::mark_answered(&**context, found.id, author.now).await
    }
}

struct Mail {
    kind: &'static str,
    subject: String,
    text: String,
    fills: Fills,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_its_share_within_an_hour() {
        let sources = Sources::default();
        let now = Timestamp::from_micros(1_772_539_200_000_000);
        assert!((0..3).all(|_| sources.admit("a", 3, now)));
        assert!(!sources.admit("a", 3, now));
        assert!(sources.admit("b", 3, now));
        assert!(sources.admit("a", 3, now.plus_seconds(3_600)));
    }
}
