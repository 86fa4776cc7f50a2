//! Places and their queue on the database: what is counted, offered and told to the caches.

use serde_json::json;
use torg_db::WriteContext;
use torg_kernel::{EventId, Result, Subject, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};
use uuid::Uuid;

use super::entry::{SignUp, SignUpState};
use super::open::{Opening, name_of, row_of};
use super::rules::SignUpRules;
use super::seats::turn;
use crate::model::Event;
use crate::service::{EVENTS_TAG, event_tag};
use crate::store::{self, OccasionRow};
use crate::web::Calendar;

/// What somebody signs up to: an occasion, or all of a series, as it is now.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub event: Event,
    pub rules: SignUpRules,
    pub rows: Vec<OccasionRow>,
    /// By its start by the pattern; empty for the series.
    pub of: String,
    pub opening: Opening,
}

impl At {
    /// The occasion; nothing for the series.
    pub fn row(&self) -> Option<&OccasionRow> {
        row_of(&self.rows, &self.of)
    }

    /// Places that nobody has, as the lists show it.
    pub fn left(&self) -> Option<i64> {
        match self.row() {
            Some(row) => row.left,
            None => self.rows.iter().find_map(|row| row.left),
        }
    }

    /// Of an event whose rows are read. Nothing where no places are given out, and for an occasion that
    /// there is not.
    pub fn of(event: Event, rows: Vec<OccasionRow>, of: &str) -> Option<Self> {
        let rules = event.sign_up()?.clone();
        let row = row_of(&rows, of);
        if rules.whole_series != of.is_empty() || (row.is_none() && !rules.whole_series) {
            return None;
        }
        let opening = Opening::of(&event, &rules, &rows, row)?;
        Some(Self {
            of: of.to_owned(),
            opening,
            rules,
            rows,
            event,
        })
    }

    /// Reads it.
    pub async fn read<C: torg_db::ConnectionTrait>(
        on: &C,
        event: EventId,
        of: &str,
    ) -> Result<Option<Self>> {
        let Some(event) = store::find(on, event).await? else {
            return Ok(None);
        };
        let rows = store::list_occasions_of(on, event.id).await?;
        Ok(Self::of(event, rows, of))
    }

    /// When everything about those who come is deleted.
    pub fn weed_at(&self) -> Timestamp {
        let days = i64::from(self.rules.keep_days);
        self.opening.ends_at.plus_seconds(days * 86_400)
    }
}

/// What became of the places of an occasion.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tended {
    pub left: i64,
    offered: usize,
    lapsed: usize,
}

impl Tended {
    fn and(self, later: Self) -> Self {
        Self {
            left: later.left,
            offered: self.offered + later.offered,
            lapsed: self.lapsed + later.lapsed,
        }
    }
}

/// Writes into freshly worked out occasions how many places nobody has.
pub(crate) async fn count_places(
    context: &WriteContext,
    event: &Event,
    rows: &mut [OccasionRow],
    now: Timestamp,
) -> Result<()> {
    let Some(rules) = event.sign_up() else {
        return Ok(());
    };
    let taken = store::count_taken(&**context, event.id, now).await?;
    for row in rows {
        let of = if rules.whole_series {
            String::new()
        } else {
            name_of(row)
        };
        let found = taken.iter().find(|(own, _)| *own == of);
        let taken = found.map_or(0, |(_, taken)| *taken);
        row.left = Some((i64::from(rules.places) - taken).max(0));
    }
    Ok(())
}

impl Calendar {
    /// Lets go of what is held too long, offers what is free to those who wait, and writes how many places
    /// are left.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn tend(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
    ) -> Result<Tended> {
        let now = author.now;
        let all = store::list_sign_ups(&**context, at.event.id, &at.of).await?;
        let until = at.opening.offer_until(now).filter(|_| at.event.is_public());
        let turn = turn(&all, i64::from(at.rules.places), now, until.is_some());
        let find = |id: &Uuid| all.iter().find(|own| own.id == *id).cloned();
        for mut own in turn.lapsed.iter().filter_map(find) {
            end(&mut own, now);
            store::update_sign_up(&**context, &own).await?;
        }
        for mut own in turn.freed.iter().filter_map(find) {
            own.place_until = None;
            store::update_sign_up(&**context, &own).await?;
        }
        for mut own in turn.offered.iter().filter_map(find) {
            own.state = SignUpState::Offered;
            own.place_until = until;
            store::update_sign_up(&**context, &own).await?;
            self.mail_offer(context, author, at, &own).await?;
        }
        let row = at.row().map(|row| row.of);
        store::set_places_left(&**context, at.event.id, row, turn.left).await?;
        Ok(Tended {
            left: turn.left,
            offered: turn.offered.len(),
            lapsed: turn.lapsed.len(),
        })
    }

    /// Tends the places again after a change, and writes the change into the log: numbers only. Pages are
    /// dropped when what they show of the places became another, lists only when it became full or free.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn settle_places(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        at: &At,
        before: Tended,
        said: Option<(&'static str, &SignUp)>,
    ) -> Result<Tended> {
        let tended = before.and(self.tend(context, author, at).await?);
        let kind = match said {
            Some((kind, _)) => kind,
            None if tended.offered + tended.lapsed > 0 => "signup.queue",
            None if at.left() != Some(tended.left) => "signup.places",
            None => return Ok(tended),
        };
        let mut tags = Vec::new();
        if at.left() != Some(tended.left) {
            tags.push(event_tag(at.event.id));
            if (at.left() == Some(0)) != (tended.left == 0) {
                tags.push(EVENTS_TAG.to_owned());
            }
        }
        let after = json!({
            "event": at.event.id,
            "of": at.of,
            "party": said.map(|(_, own)| own.party),
            "places": at.rules.places,
            "left": tended.left,
            "offered": tended.offered,
            "lapsed": tended.lapsed,
        });
        let subject = match said {
            Some((_, own)) => Subject::new("event_signup", own.id),
            None => Subject::new("event_places", at.event.id),
        };
        let new = NewEvent {
            kind,
            subject,
            organisation: Some(at.event.organisation),
            authority: at.event.authority,
            class: PayloadClass::Internal,
            before: None,
            after: Some(after.to_string()),
            tags,
        };
        append(context, author, new).await?;
        Ok(tended)
    }
}

/// Takes a sign-up off. What was answered is nobody's business any more.
pub(crate) fn end(own: &mut SignUp, now: Timestamp) {
    own.state = SignUpState::Cancelled;
    own.cancelled_at = Some(now);
    own.place_until = None;
    own.queued_at = None;
    own.answers = torg_forms::Answers::default();
}
