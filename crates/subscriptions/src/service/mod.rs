//! Use cases of subscriptions.

mod digest;
mod keep;
mod news;
mod people;

use std::sync::Arc;

use jiff::civil::Weekday;
use sha2::{Digest, Sha256};
use torg_db::{Database, WriteContext};
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{Actor, Clock, Ids, Result, Subject, SubscriptionId, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};

pub use digest::DigestCounts;

use crate::limit::Sources;
use crate::model::Subscription;
use crate::publications::Publications;

/// The kind of subject in the log, and what mails are about.
pub(crate) const SUBJECT: &str = "subscription";

/// The numbers and words that a city sets.
#[derive(Debug, Clone)]
pub struct SubscriptionSettings {
    /// The sender's name.
    pub city: String,
    /// Scheme and host for whole addresses, without a slash at the end.
    pub base_url: String,
    /// Days after which a wish that nobody confirmed is forgotten. Default 7.
    pub unconfirmed_days: i64,
    /// Confirmation mails to one address in a day. Default 3.
    pub per_address: i64,
    /// Wishes from one source in an hour. Default 20: many sit behind one address.
    pub per_source: u32,
    /// Wishes from everybody together in an hour. Default 2 000.
    pub per_hour: i64,
    /// The hour of daily and weekly digests, by the city's clocks. Default 7.
    pub hour: i8,
    /// The day of weekly digests. Default Monday.
    pub weekday: Weekday,
    /// Days with bounces after which a subscription is paused. Default 3.
    pub bounces: u32,
    /// The decision by which what the log knows of a person is weeded when a subscription ends.
    pub weeding_decision: String,
}

impl Default for SubscriptionSettings {
    fn default() -> Self {
        Self {
            city: String::new(),
            base_url: String::new(),
            unconfirmed_days: 7,
            per_address: 3,
            per_source: 20,
            per_hour: 2_000,
            hour: 7,
            weekday: Weekday::Monday,
            bounces: 3,
            weeding_decision: "ended subscription".to_owned(),
        }
    }
}

/// Subscriptions on a database.
pub struct Subscriptions {
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) publications: Arc<dyn Publications>,
    pub(crate) settings: SubscriptionSettings,
    pub(crate) sources: Sources,
}

/// SHA-256 of a secret link: a stolen database opens none. A secret has 128 random bits, so that
/// no salt and no slow hash is needed.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What a mail about a subscription is about.
pub(crate) fn subject(id: SubscriptionId) -> Subject {
    Subject::new(SUBJECT, id)
}

/// Writes an event about a subscription. The address in it is personal data: class internal, and
/// weeded when the subscription ends.
pub(crate) async fn record(
    context: &WriteContext,
    ids: &dyn Ids,
    now: Timestamp,
    actor: &Actor,
    kind: &'static str,
    before: Option<&Subscription>,
    after: Option<&Subscription>,
) -> Result<()> {
    let Some(about) = after.or(before) else {
        return Ok(());
    };
    let new = NewEvent {
        kind,
        subject: subject(about.id),
        organisation: None,
        authority: None,
        class: PayloadClass::Internal,
        before: before.map(Subscription::canonical),
        after: after.map(Subscription::canonical),
        tags: Vec::new(),
    };
    append(context, Author { actor, now, ids }, new).await?;
    Ok(())
}

impl Subscriptions {
    /// Subscriptions on a database.
    #[must_use]
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        publications: Arc<dyn Publications>,
        settings: SubscriptionSettings,
    ) -> Self {
        Self {
            database,
            clock,
            ids,
            publications,
            settings,
            sources: Sources::default(),
        }
    }

    /// What is done by itself: each minute what is news is noted and digests that are due are
    /// made; each night what is no longer needed is weeded.
    #[must_use]
    pub fn handlers(self: &Arc<Self>) -> Handlers {
        let (digests, keep) = (self.clone(), self.clone());
        let night = Rule::Daily {
            at: jiff::civil::time(2, 30, 0, 0),
        };
        Handlers::new()
            .on("make_digests", move |_| {
                let subscriptions = digests.clone();
                async move {
                    subscriptions.make_digests().await?;
                    Ok(())
                }
            })
            .on("weed_subscriptions", move |_| {
                let subscriptions = keep.clone();
                async move {
                    subscriptions.pause_bouncing().await?;
                    subscriptions.weed().await?;
                    Ok(())
                }
            })
            .schedule(Schedule::new("make_digests", Rule::Every { seconds: 60 }))
            .schedule(Schedule::new("weed_subscriptions", night))
    }
}
