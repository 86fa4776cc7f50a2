//! What people do: sign up, confirm, take a place that is offered, become more or fewer, and stay away.

use sha2::{Digest, Sha256};
use torg_db::{ConnectionTrait, WriteContext};
use torg_forms::Answers;
use torg_kernel::{EventId, Locale, Message, Problem, Result, Timestamp, hex};
use torg_log::Author;
use torg_notify::MailAddress;
use uuid::Uuid;

use super::entry::{SignUp, SignUpState};
use super::open::{HELD, Standing, told, told_series};
use super::queue::{At, end};
use crate::store;
use crate::vocabulary::Status;
use crate::web::Calendar;

/// Who wants to come to what.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    /// To what.
    pub event: EventId,
    /// To which occasion; empty for the series.
    pub of: String,
    /// The address that is answered to; only the staff sign somebody up without one.
    pub email: Option<MailAddress>,
    /// The name.
    pub name: String,
    /// How many people.
    pub party: i64,
    /// What they answered.
    pub answers: Answers,
    /// The language that they are written to in.
    pub locale: Locale,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// They come.
    Confirmed,
    /// They wait for a place.
    Queued,
    /// There is no place, and nobody waits here.
    Full,
    /// It is over or called off, or the time to answer is.
    Late,
    /// They are as many as they said.
    Changed,
    /// So many have no room.
    NoRoom,
    /// They do not come.
    Cancelled,
}

impl Outcome {
    /// The key of what is said about it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "signup-done-confirmed",
            Self::Queued => "signup-done-queued",
            Self::Full => "signup-done-full",
            Self::Late => "signup-done-late",
            Self::Changed => "signup-done-changed",
            Self::NoRoom => "signup-done-no-room",
            Self::Cancelled => "signup-done-cancelled",
        }
    }

    /// The outcome with such a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        [
            Self::Confirmed,
            Self::Queued,
            Self::Full,
            Self::Late,
            Self::Changed,
            Self::NoRoom,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|own| own.key() == key)
    }
}

/// What somebody does with a sign-up of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Confirm,
    Take,
    Party(i64),
    Cancel,
}

/// A sign-up with what it is to.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    /// The sign-up.
    pub sign_up: SignUp,
    /// What it is to; nothing when there is no such occasion any more.
    pub at: Option<At>,
}

pub(crate) fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn refuse(field: &str, key: &'static str) -> Problem {
    Problem::field(field, Message::new(key))
}

/// A sign-up by a link in a mail.
pub(crate) async fn find_own<C: ConnectionTrait>(on: &C, secret: &str) -> Result<Option<Own>> {
    let Some(sign_up) = store::find_sign_up_by_key(on, &digest(secret)).await? else {
        return Ok(None);
    };
    let at = At::read(on, sign_up.event, &sign_up.of).await?;
    Ok(Some(Own { sign_up, at }))
}

fn new(author: Author<'_>, at: &At, asking: Asking) -> SignUp {
    SignUp {
        id: author.ids.uuid(author.now),
        event: asking.event,
        of: asking.of,
        email: asking
            .email
            .as_ref()
            .map(MailAddress::shown)
            .unwrap_or_default(),
        name: asking.name,
        party: asking.party,
        answers: asking.answers,
        locale: asking.locale,
        state: SignUpState::WaitingConfirmation,
        place_until: None,
        queued_at: None,
        created_at: author.now,
        confirmed_at: None,
        cancelled_at: None,
        told: match at.row() {
            Some(row) => told(row),
            None => told_series(&at.event, &at.rows),
        },
        told_version: at.event.version,
        weed_at: at.weed_at(),
    }
}

/// Whether somebody said by hand that it is full, though places are left.
fn filled_by_hand(at: &At) -> bool {
    let by_hand = |row: &store::OccasionRow| row.status == Status::SoldOut && row.left != Some(0);
    at.row().is_some_and(by_hand)
}

impl Calendar {
    /// Keeps a wish to come, holds a place for it if there is one, and sends the mail that asks for a
    /// confirmation. Who has signed up before is told so by mail: the page says the same to everybody.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when it is closed or full, or too much was sent.
    pub(crate) async fn sign_up(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        asking: Asking,
    ) -> Result<()> {
        let now = author.now;
        let at = At::read(&**context, asking.event, &asking.of).await?;
        let at = at.filter(|at| at.event.is_public());
        let at = at.ok_or_else(|| refuse("occasion", "signup-error-occasion"))?;
        match at.opening.standing(now) {
            Standing::Open if !filled_by_hand(&at) => {}
            Standing::Early => return Err(refuse("form", "signup-error-early")),
            Standing::Open | Standing::Closed => return Err(refuse("form", "signup-error-closed")),
        }
        let Some(email) = asking.email.clone() else {
            return Err(refuse("email", "mail-address-missing"));
        };
        let day = now.plus_seconds(-86_400);
        if store::count_sign_ups_of(&**context, &email.key(), day).await?
            >= self.sending.per_address
        {
            return Err(refuse("form", "event-error-busy"));
        }
        let tended = self.tend(context, author, &at).await?;
        if asking.party > tended.left && !at.rules.waiting_list {
            let key = if tended.left == 0 {
                "signup-error-full"
            } else {
                "signup-error-room"
            };
            return Err(refuse("party", key));
        }
        let all = store::list_sign_ups(&**context, at.event.id, &at.of).await?;
        let same = |own: &&SignUp| {
            MailAddress::own(&own.email).is_some_and(|address| address.key() == email.key())
        };
        let mut left = tended.left;
        if let Some(known) = all.iter().find(same) {
            if known.state != SignUpState::WaitingConfirmation {
                self.mail_already(context, author, &at, known).await?;
                self.settle_places(context, author, &at, tended, None)
                    .await?;
                return Ok(());
            }
            // What nobody confirmed is written over by who writes last: the links before it end.
            if known.holds_place(now) {
                left += known.party;
            }
            store::delete_sign_up(&**context, known.id).await?;
        }
        let mut own = new(author, &at, asking);
        if own.party <= left {
            own.place_until = Some(now.plus_seconds(HELD));
        }
        store::insert_sign_up(&**context, &own, &email.key()).await?;
        if !at.rules.form.questions.is_empty() {
            store::keep_form(&**context, &at.rules.form).await?;
        }
        self.mail_confirm(context, author, &at, &own).await?;
        let said = Some(("signup.received", &own));
        self.settle_places(context, author, &at, tended, said)
            .await?;
        Ok(())
    }

    /// Does what somebody asks for with the link in a mail. Doing it twice changes nothing more. `None`
    /// when there is no such link.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn change_own(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        secret: &str,
        deed: Deed,
    ) -> Result<Option<Outcome>> {
        let Some(own) = find_own(&**context, secret).await? else {
            return Ok(None);
        };
        self.change(context, author, own, deed).await.map(Some)
    }

    async fn change(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        own: Own,
        deed: Deed,
    ) -> Result<Outcome> {
        let now = author.now;
        let Some(at) = own.at else {
            return Ok(Outcome::Late);
        };
        let tended = self.tend(context, author, &at).await?;
        // What was held or offered may just have ended.
        let id = own.sign_up.id;
        let fresh = store::find_sign_up(&**context, id).await?;
        let mut own = fresh.ok_or(Problem::NotFound)?;
        let live = at.event.is_public() && !at.opening.is_over(now) && !at.opening.off;
        let (outcome, kind) = match deed {
            Deed::Cancel => cancel(&mut own, now),
            _ if !live => (Outcome::Late, None),
            Deed::Confirm => confirm(&mut own, &at, tended.left, now),
            Deed::Take => take(&mut own, now),
            Deed::Party(party) => resize(&mut own, &at, party, tended.left),
        };
        let said = kind.map(|kind| (kind, &own));
        if kind.is_some() {
            store::update_sign_up(&**context, &own).await?;
            self.mail_outcome(context, author, &at, &own, outcome)
                .await?;
        }
        self.settle_places(context, author, &at, tended, said)
            .await?;
        Ok(outcome)
    }

    /// Takes somebody off whom the staff name; they are told by mail.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is no such sign-up to this event.
    pub(crate) async fn cancel_for(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: EventId,
        id: Uuid,
    ) -> Result<()> {
        let found = store::find_sign_up(&**context, id).await?;
        let sign_up = found
            .filter(|own| own.event == event)
            .ok_or(Problem::NotFound)?;
        let at = At::read(&**context, event, &sign_up.of).await?;
        if at.is_none() {
            let mut own = sign_up;
            end(&mut own, author.now);
            return store::update_sign_up(&**context, &own).await;
        }
        let own = Own { sign_up, at };
        self.change(context, author, own, Deed::Cancel).await?;
        Ok(())
    }

    /// Signs somebody up who called or came by: at once, and at any time until it is over.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when there is no room, or the address has signed up.
    pub(crate) async fn sign_up_for(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        asking: Asking,
    ) -> Result<Outcome> {
        let now = author.now;
        let at = At::read(&**context, asking.event, &asking.of).await?;
        let at = at.ok_or_else(|| refuse("occasion", "signup-error-occasion"))?;
        if at.opening.is_over(now) || at.opening.off {
            return Err(refuse("occasion", "signup-error-closed"));
        }
        let tended = self.tend(context, author, &at).await?;
        let key = asking
            .email
            .as_ref()
            .map(MailAddress::key)
            .unwrap_or_default();
        if !key.is_empty() {
            let all = store::list_sign_ups(&**context, at.event.id, &at.of).await?;
            let same = |own: &SignUp| {
                MailAddress::own(&own.email).is_some_and(|address| address.key() == key)
            };
            if all.iter().any(same) {
                return Err(refuse("email", "signup-error-twice"));
            }
        }
        let mut own = new(author, &at, asking);
        let (outcome, kind) = confirm(&mut own, &at, tended.left, now);
        let Some(kind) = kind else {
            let key = if tended.left == 0 {
                "signup-error-full"
            } else {
                "signup-error-room"
            };
            return Err(refuse("party", key));
        };
        store::insert_sign_up(&**context, &own, &key).await?;
        if !at.rules.form.questions.is_empty() {
            store::keep_form(&**context, &at.rules.form).await?;
        }
        self.mail_outcome(context, author, &at, &own, outcome)
            .await?;
        let said = Some((kind, &own));
        self.settle_places(context, author, &at, tended, said)
            .await?;
        Ok(outcome)
    }
}

type Done = (Outcome, Option<&'static str>);

fn cancel(own: &mut SignUp, now: Timestamp) -> Done {
    if !own.is_alive() {
        return (Outcome::Cancelled, None);
    }
    end(own, now);
    (Outcome::Cancelled, Some("signup.cancelled"))
}

/// The place that was held, or another that is free now, or a turn in the queue.
fn confirm(own: &mut SignUp, at: &At, left: i64, now: Timestamp) -> Done {
    match own.state {
        SignUpState::WaitingConfirmation => {}
        SignUpState::Confirmed => return (Outcome::Confirmed, None),
        SignUpState::Queued | SignUpState::Offered => return (Outcome::Queued, None),
        SignUpState::Cancelled => return (Outcome::Late, None),
    }
    if own.holds_place(now) || own.party <= left {
        own.state = SignUpState::Confirmed;
        own.confirmed_at = Some(now);
        own.place_until = None;
        return (Outcome::Confirmed, Some("signup.confirmed"));
    }
    if !at.rules.waiting_list {
        return (Outcome::Full, None);
    }
    own.state = SignUpState::Queued;
    own.confirmed_at = Some(now);
    own.queued_at = Some(now);
    own.place_until = None;
    (Outcome::Queued, Some("signup.queued"))
}

fn take(own: &mut SignUp, now: Timestamp) -> Done {
    match own.state {
        SignUpState::Offered if own.holds_place(now) => {
            own.state = SignUpState::Confirmed;
            own.place_until = None;
            own.queued_at = None;
            (Outcome::Confirmed, Some("signup.taken"))
        }
        SignUpState::Confirmed => (Outcome::Confirmed, None),
        _ => (Outcome::Late, None),
    }
}

fn resize(own: &mut SignUp, at: &At, party: i64, left: i64) -> Done {
    let fits = (1..=at.rules.most_in_party()).contains(&party);
    let room = match own.state {
        SignUpState::Confirmed | SignUpState::Offered => left + own.party,
        // Who waits may wait for as many as there are places at all.
        SignUpState::Queued => i64::from(at.rules.places),
        SignUpState::WaitingConfirmation | SignUpState::Cancelled => {
            return (Outcome::Late, None);
        }
    };
    if party == own.party {
        return (Outcome::Changed, None);
    }
    if !fits || party > room {
        return (Outcome::NoRoom, None);
    }
    own.party = party;
    (Outcome::Changed, Some("signup.changed"))
}
