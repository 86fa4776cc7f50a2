//! The sender: takes mails that are due, a batch at a time, and hands them to the transport.
//!
//! At least once: a sender that dies between handing over and writing it down leaves its mails to
//! be sent again after the lease, with the same Message-ID and the same bytes.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::StreamExt;
use tokio::sync::{Notify, watch};
use torg_db::{Database, WriteContext};
use torg_kernel::{Clock, Ids, Result, Timestamp};
use uuid::Uuid;

use crate::MailAddress;
use crate::breaker::{Breaker, Leave};
use crate::message::{Sending, compose};
use crate::model::{MailContent, Outcome, day_of};
use crate::outbox::MAIL_TAG;
use crate::store::{self, Bounce, Due};
use crate::transport::{Parcel, Transport};

/// The sender's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderOptions {
    /// Mails taken at a time. Default 100.
    pub batch: u32,
    /// Mails handed over at the same time, each over a connection of its own. Default 4.
    pub connections: usize,
    /// How long a batch is left to a sender that gives no sign of life, in seconds. Default 600.
    pub lease_seconds: i64,
    /// The wait after a first temporary refusal, in seconds; doubled at each further one. Default
    /// 60: greylisting servers want some minutes.
    pub first_wait_seconds: i64,
    /// The longest wait, in seconds. Default four hours.
    pub longest_wait_seconds: i64,
    /// After so many hours a mail that could not be sent is given up. Default 72.
    pub give_up_hours: i64,
    /// How often to look for mails that another node put in or whose time has come.
    pub look_every: Duration,
}

impl Default for SenderOptions {
    fn default() -> Self {
        Self {
            batch: 100,
            connections: 4,
            lease_seconds: 600,
            first_wait_seconds: 60,
            longest_wait_seconds: 4 * 3_600,
            give_up_hours: 72,
            look_every: Duration::from_secs(1),
        }
    }
}

impl SenderOptions {
    fn wait_after(&self, attempts: i64) -> i64 {
        let doubled = 1_i64 << attempts.saturating_sub(1).clamp(0, 40);
        self.first_wait_seconds
            .saturating_mul(doubled)
            .min(self.longest_wait_seconds)
    }

    fn is_over(&self, since: Timestamp, now: Timestamp) -> bool {
        since.plus_seconds(self.give_up_hours * 3_600) <= now
    }
}

/// Sends what is in the outbox. One for each node; a mail is with one of them at a time.
pub struct Sender {
    database: Database,
    transport: Arc<dyn Transport>,
    sending: Sending,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    options: SenderOptions,
    breaker: Breaker,
    woken: Arc<Notify>,
}

/// One mail of a batch with what became of it; `None` when it was not tried.
struct Tried {
    mail: Due,
    outcome: Option<Outcome>,
}

/// Mails under a lease, with what is written in them.
struct Batch {
    lease: Uuid,
    until: Timestamp,
    mails: Vec<Due>,
    contents: HashMap<Uuid, MailContent>,
}

impl Sender {
    /// A sender. Sends nothing until [`Sender::run`] or [`Sender::turn`].
    #[must_use]
    pub fn new(
        database: Database,
        transport: Arc<dyn Transport>,
        sending: Sending,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        options: SenderOptions,
    ) -> Self {
        let woken = Arc::new(Notify::new());
        let waking = Arc::downgrade(&woken);
        database.writer().on_commit(Arc::new(move |tags| {
            if let Some(woken) = waking.upgrade()
                && tags.iter().any(|tag| tag.name == MAIL_TAG)
            {
                woken.notify_one();
            }
        }));
        Self {
            database,
            transport,
            sending,
            clock,
            ids,
            options,
            breaker: Breaker::default(),
            woken,
        }
    }

    /// Sends until `shutdown` turns true or its sender is gone; a batch that has begun is finished
    /// first.
    pub async fn run(mut self, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() && shutdown.has_changed().is_ok() {
            match self.turn().await {
                Ok(0) => self.transport.rest().await,
                Ok(_) => continue,
                Err(problem) => {
                    tracing::warn!(%problem, "could not look for mail to send; trying again");
                }
            }
            tokio::select! {
                () = self.woken.notified() => {}
                () = tokio::time::sleep(self.options.look_every) => {}
                _ = shutdown.changed() => {}
            }
        }
        self.transport.rest().await;
    }

    /// Sends one batch of what is due. Tells how many mails the transport was asked to take; none
    /// when nothing is due or the transport is being left in peace.
    ///
    /// # Errors
    /// When the database fails. Mails that were handed over by then may be sent again.
    pub async fn turn(&mut self) -> Result<usize> {
        let now = self.clock.now();
        let limit = match self.breaker.leave(now) {
            Leave::All => self.options.batch,
            Leave::One => 1,
            Leave::NoneUntil(_) => return Ok(0),
        };
        let Some(batch) = self.take(limit, now).await? else {
            return Ok(0);
        };
        let (lease, contents) = (batch.lease, batch.contents);
        let tried = self.deliver(batch.mails, &contents, batch.until).await;
        let now = self.clock.now();
        let outcomes: Vec<&Outcome> = tried.iter().filter_map(|t| t.outcome.as_ref()).collect();
        let asked = outcomes.len();
        let own = self.breaker.answered(&outcomes, now);
        if let Leave::NoneUntil(until) = self.breaker.leave(now) {
            tracing::warn!(
                until = %until.rfc3339(),
                mails = asked,
                "the mail server is at fault: sending pauses, and refusals count against nobody"
            );
        } else if asked > 0 {
            tracing::info!(mails = asked, "mail was sent");
        }
        self.settle(lease, tried, own, now).await?;
        Ok(asked)
    }

    /// Takes mails that are due under a lease. Looks first, so that an empty outbox costs no
    /// write. Mails whose time is over are given up on the way.
    async fn take(&self, limit: u32, now: Timestamp) -> Result<Option<Batch>> {
        let snapshot = self.database.snapshot().await?;
        let any = store::any_due(&*snapshot, now).await?;
        snapshot.end().await?;
        if !any {
            return Ok(None);
        }
        let lease = self.ids.uuid(now);
        let until = now.plus_seconds(self.options.lease_seconds);
        let options = self.options.clone();
        let batch = self
            .database
            .write(move |context| {
                Box::pin(async move {
                    let due = store::list_due(&**context, now, i64::from(limit)).await?;
                    let ids: Vec<Uuid> = due.iter().map(|mail| mail.id).collect();
                    store::lease(&**context, &ids, lease, until).await?;
                    let (over, mails): (Vec<Due>, Vec<Due>) = due
                        .into_iter()
                        .partition(|mail| options.is_over(mail.since, now));
                    for mail in over {
                        give_up(context, &mail, lease, &options, now).await?;
                    }
                    let mut wanted: Vec<Uuid> = mails.iter().map(|mail| mail.content).collect();
                    wanted.sort_unstable();
                    wanted.dedup();
                    let contents = store::list_contents(&**context, &wanted).await?;
                    Ok(Batch {
                        lease,
                        until,
                        mails,
                        contents: contents.into_iter().collect(),
                    })
                })
            })
            .await?;
        Ok(Some(batch))
    }

    /// Hands mails over, several at a time. Stops at the first trouble and well before the lease
    /// ends: what is left is not tried.
    async fn deliver(
        &self,
        mails: Vec<Due>,
        contents: &HashMap<Uuid, MailContent>,
        until: Timestamp,
    ) -> Vec<Tried> {
        let stop = AtomicBool::new(false);
        // The longest that one mail takes, twice over.
        let last_start = until.plus_seconds(-300);
        futures::stream::iter(mails)
            .map(|mail| {
                let stop = &stop;
                async move {
                    if stop.load(Ordering::SeqCst) || self.clock.now() > last_start {
                        return Tried {
                            mail,
                            outcome: None,
                        };
                    }
                    let outcome = self.hand_over(&mail, contents.get(&mail.content)).await;
                    if matches!(outcome, Outcome::Trouble(_)) {
                        stop.store(true, Ordering::SeqCst);
                    }
                    Tried {
                        mail,
                        outcome: Some(outcome),
                    }
                }
            })
            .buffer_unordered(self.options.connections.max(1))
            .collect()
            .await
    }

    async fn hand_over(&self, mail: &Due, content: Option<&MailContent>) -> Outcome {
        let Some(content) = content else {
            return Outcome::Rejected("what was to be written is no longer there".to_owned());
        };
        let Ok(to) = MailAddress::parse(&mail.recipient) else {
            return Outcome::Refused("this is no address".to_owned());
        };
        let made = compose(
            &self.sending,
            mail.id,
            &to,
            content,
            &mail.fills,
            mail.created_at,
        );
        match made {
            Ok(bytes) => {
                let parcel = Parcel {
                    id: mail.id,
                    from: self.sending.envelope_from().clone(),
                    to,
                    bytes,
                };
                self.transport.deliver(&parcel).await
            }
            Err(problem) => Outcome::Rejected(format!("the mail cannot be made: {problem}")),
        }
    }

    /// Writes down what became of a batch.
    async fn settle(
        &self,
        lease: Uuid,
        tried: Vec<Tried>,
        own: bool,
        now: Timestamp,
    ) -> Result<()> {
        let options = self.options.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let (mut sent, mut bounces, mut refused) = (Vec::new(), Vec::new(), 0);
                    for Tried { mail, outcome } in tried {
                        match outcome {
                            Some(Outcome::Delivered) => sent.push(mail.id),
                            Some(Outcome::Refused(error)) if own => {
                                if fail(context, &mail, lease, &error, now).await? {
                                    refused += 1;
                                    bounces.extend(bounce(mail, error, now));
                                }
                            }
                            Some(Outcome::Rejected(error)) if own => {
                                fail(context, &mail, lease, &error, now).await?;
                            }
                            Some(Outcome::Later(error)) => {
                                later(context, &mail, lease, &error, &options, now).await?;
                            }
                            // A fault of the transport: no attempt of the mail's.
                            Some(
                                Outcome::Trouble(error)
                                | Outcome::Refused(error)
                                | Outcome::Rejected(error),
                            ) => {
                                let (id, tries) = (mail.id, mail.attempts);
                                store::wait(&**context, id, lease, tries, now, Some(&error))
                                    .await?;
                            }
                            None => {
                                let (id, tries) = (mail.id, mail.attempts);
                                store::wait(&**context, id, lease, tries, now, None).await?;
                            }
                        }
                    }
                    let tried = i64::try_from(sent.len()).unwrap_or(i64::MAX);
                    store::finish_sent(&**context, &sent, lease, now).await?;
                    store::insert_bounces(&**context, &bounces, now).await?;
                    Ok(store::add_day(&**context, day_of(now), tried + refused, refused).await?)
                })
            })
            .await
    }
}

fn bounce(mail: Due, reason: String, now: Timestamp) -> Option<Bounce> {
    Some(Bounce {
        mail: mail.id,
        about: mail.about?,
        day: day_of(now),
        reason,
    })
}

async fn fail(
    context: &WriteContext,
    mail: &Due,
    lease: Uuid,
    error: &str,
    now: Timestamp,
) -> Result<bool> {
    let attempts = mail.attempts + 1;
    Ok(store::finish_failed(&**context, mail.id, lease, attempts, error, now).await?)
}

async fn later(
    context: &WriteContext,
    mail: &Due,
    lease: Uuid,
    error: &str,
    options: &SenderOptions,
    now: Timestamp,
) -> Result<()> {
    let attempts = mail.attempts + 1;
    let next = now.plus_seconds(options.wait_after(attempts));
    Ok(store::wait(&**context, mail.id, lease, attempts, next, Some(error)).await?)
}

async fn give_up(
    context: &WriteContext,
    mail: &Due,
    lease: Uuid,
    options: &SenderOptions,
    now: Timestamp,
) -> Result<()> {
    let last = mail.last_error.as_deref().unwrap_or("it was never tried");
    let error = format!("given up after {} hours: {last}", options.give_up_hours);
    store::finish_failed(&**context, mail.id, lease, mail.attempts, &error, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_end() {
        let options = SenderOptions::default();
        assert_eq!(options.wait_after(1), 60);
        assert_eq!(options.wait_after(2), 120);
        assert_eq!(options.wait_after(5), 960);
        assert_eq!(options.wait_after(60), 14_400);
    }
}
