//! Telling those who come what became another: looked for by comparing what they were told with what is,
//! so that it happens once whoever changed it and however, and a change that is taken back within the
//! minute is told to nobody.

use jiff::civil::DateTime;
use torg_db::WriteContext;
use torg_kernel::{Result, Timestamp};
use torg_log::Author;
use torg_ui::{T, date_long};

use super::entry::{SignUp, SignUpState};
use super::open::{name_of, row_of, told, told_series};
use super::queue::{At, end};
use crate::model::Event;
use crate::store::{self, OccasionRow};
use crate::vocabulary::State;
use crate::web::Calendar;

/// Sign-ups that are looked at in one transaction.
const AT_ONCE: i64 = 100;

/// The start that somebody was told.
fn told_start(own: &SignUp) -> Option<DateTime> {
    own.told.split('|').next()?.parse().ok()
}

fn is_on(told: &str) -> bool {
    told.split('|').nth(1) == Some("on")
}

/// The occasion that took the place of one that the pattern gives no more: the one of the day that was
/// told, or of the day that it would have been by the pattern.
fn instead<'a>(rows: &'a [OccasionRow], own: &SignUp) -> Option<&'a OccasionRow> {
    let only = |is_it: &dyn Fn(&OccasionRow) -> bool| {
        let mut same = rows.iter().filter(|row| is_it(row));
        let found = same.next()?;
        // With two of them nobody knows which.
        same.next().is_none().then_some(found)
    };
    let told = told_start(own)?.date();
    let planned = own.of.parse::<DateTime>().ok()?.date();
    only(&|row| row.start.date() == told).or_else(|| only(&|row| row.of.date() == planned))
}

/// The occasions of a series that are not as the pattern has them, a line for each.
fn series_note(t: T, at: &At, now: Timestamp) -> String {
    let rows = at.rows.iter().filter(|row| row.ends_at > now);
    let lines = rows.filter_map(|row| {
        let changed = row.status.is_off() || row.of != row.start || row.instead.is_some();
        let when = super::mail::when_words(t, &at.event, Some(row));
        let flag = crate::web::draw::flag(t, row).filter(|_| changed)?;
        Some(format!("{when}: {flag}. {}", row.note))
    });
    lines.collect::<Vec<_>>().join("\n")
}

impl Calendar {
    /// Looks at sign-ups whose event was changed, and tells those for whom it matters. True when there may
    /// be more.
    pub(super) async fn tell_changes(
        &self,
        context: &WriteContext,
        author: Author<'_>,
    ) -> Result<bool> {
        let all = store::list_untold(&**context, AT_ONCE).await?;
        let mut seen: Option<(Event, Vec<OccasionRow>)> = None;
        let mut touched: Vec<(torg_kernel::EventId, String)> = Vec::new();
        for own in &all {
            if seen.as_ref().is_none_or(|(event, _)| event.id != own.event) {
                seen = match store::find(&**context, own.event).await? {
                    Some(event) => {
                        let rows = store::list_occasions_of(&**context, event.id).await?;
                        Some((event, rows))
                    }
                    None => None,
                };
            }
            let Some((event, rows)) = &seen else { continue };
            let mut own = own.clone();
            self.tell(context, author, event, rows, &mut own).await?;
            let key = (own.event, own.of.clone());
            if !touched.contains(&key) {
                touched.push(key);
            }
        }
        for (event, of) in touched {
            // More places may have been added, or some taken away.
            if let Some(at) = At::read(&**context, event, &of).await? {
                let none = super::queue::Tended::default();
                self.settle_places(context, author, &at, none, None).await?;
            }
        }
        Ok(i64::try_from(all.len())? == AT_ONCE)
    }

    async fn tell(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: &Event,
        rows: &[OccasionRow],
        own: &mut SignUp,
    ) -> Result<()> {
        own.told_version = event.version;
        let row = row_of(rows, &own.of);
        let row = row.or_else(|| {
            if own.of.is_empty() {
                None
            } else {
                instead(rows, own)
            }
        });
        if let Some(row) = row {
            own.of = name_of(row);
        }
        let gone = event.state == State::Trash || (row.is_none() && !own.of.is_empty());
        let now_told = match row {
            _ if gone => {
                let start = own.told.split('|').next().unwrap_or_default();
                format!("{start}|cancelled|")
            }
            Some(row) => told(row),
            None => told_series(event, rows),
        };
        let at = At::of(event.clone(), rows.to_vec(), &own.of);
        if let Some(at) = &at {
            own.weed_at = at.weed_at();
        }
        // A draft is being worked on: they are told when it is public again.
        let tells = event.is_public() || event.state == State::Trash;
        let waits = matches!(
            own.state,
            SignUpState::Confirmed | SignUpState::Queued | SignUpState::Offered
        );
        if now_told != own.told && tells {
            let coming = self.is_coming(own, row, author.now);
            let was_on = is_on(&own.told);
            if waits && coming && (was_on || is_on(&now_told)) {
                self.tell_one(context, author, event, (row, at.as_ref()), own, &now_told)
                    .await?;
            }
            own.told = now_told;
            if gone && coming && own.is_alive() {
                end(own, author.now);
            }
        }
        store::update_sign_up(&**context, own).await
    }

    /// Whether it lies ahead, as it was told or as it is.
    fn is_coming(&self, own: &SignUp, row: Option<&OccasionRow>, now: Timestamp) -> bool {
        let today = torg_kernel::civil_date(now);
        row.is_some_and(|row| row.ends_at > now)
            || told_start(own).is_some_and(|start| start.date() >= today)
            || own.of.is_empty()
    }

    async fn tell_one(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        event: &Event,
        (row, at): (Option<&OccasionRow>, Option<&At>),
        own: &SignUp,
        now_told: &str,
    ) -> Result<()> {
        let t = T::of(own.locale);
        let mut note = match (row, at) {
            (Some(row), _) => row.note.clone(),
            (None, Some(at)) => series_note(t, at, author.now),
            (None, None) => String::new(),
        };
        if note.is_empty() {
            event.data.status_note.get(own.locale).clone_into(&mut note);
        }
        let note = note.as_str();
        match (at, is_on(now_told)) {
            (Some(at), true) => self.mail_moved(context, author, at, own, note).await,
            // No places are given out there any more, and it takes place as it was.
            (None, true) => Ok(()),
            (_, false) => {
                let when = told_start(own).map(|start| date_long(t, start.date()));
                let when = (when.unwrap_or_default(), note);
                self.mail_called_off(context, author, event, own, when)
                    .await
            }
        }
    }
}
