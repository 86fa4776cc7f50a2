//! Pausing what does not answer, and forgetting what is no longer needed.

use torg_kernel::{Actor, Result, SubscriptionId};
use torg_log::Author;

use super::people::forget;
use super::{SUBJECT, Subscriptions, record};
use crate::model::SubscriptionState;
use crate::store;

/// Days that the links in old mails work; the newest works always.
const LINK_DAYS: i64 = 90;
/// Days that news is kept.
const NEWS_DAYS: i64 = 60;
/// Days after which a paused subscription has ended.
const PAUSED_DAYS: i64 = 90;

impl Subscriptions {
    /// Pauses the subscriptions whose mails keep coming back. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause_bouncing(&self) -> Result<usize> {
        let (now, ids) = (self.clock.now(), self.ids.clone());
        let snapshot = self.database.snapshot().await?;
        let bouncing =
            torg_notify::list_bouncing(&*snapshot, SUBJECT, self.settings.bounces, now).await?;
        snapshot.end().await?;
        let mut paused = 0;
        for part in bouncing.chunks(100) {
            let part: Vec<SubscriptionId> =
                part.iter().map(|(id, _)| SubscriptionId(*id)).collect();
            let ids = ids.clone();
            paused += self
                .database
                .write(move |context| {
                    Box::pin(async move {
                        let actor = Actor::system("job:weed_subscriptions");
                        let mut paused = 0;
                        for id in part {
                            let Some(before) = store::find_by_id(&**context, id).await? else {
                                continue;
                            };
                            if before.state == SubscriptionState::Paused {
                                continue;
                            }
                            let mut after = before.clone();
                            after.state = SubscriptionState::Paused;
                            store::update(&**context, &after, now).await?;
                            let (old, new) = (Some(&before), Some(&after));
                            let kind = "subscription.paused";
                            record(context, &*ids, now, &actor, kind, old, new).await?;
                            paused += 1;
                        }
                        Ok(paused)
                    })
                })
                .await?;
        }
        Ok(paused)
    }

    /// Forgets wishes that nobody confirmed, links in old mails, old news, and people whose
    /// address has not answered for three months. Returns how many wishes and people.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn weed(&self) -> Result<u64> {
        let now = self.clock.now();
        let before = |days: i64| now.plus_seconds(-days * 86_400);
        let (requests, links, news) = (self.requests_after(), before(LINK_DAYS), before(NEWS_DAYS));
        let mut gone = self
            .database
            .write(move |context| {
                Box::pin(async move {
                    store::weed_items(&**context, news).await?;
                    Ok(store::weed(&**context, requests, links).await?)
                })
            })
            .await?;
        loop {
            let (ids, decision) = (self.ids.clone(), self.settings.weeding_decision.clone());
            let paused_before = before(PAUSED_DAYS);
            let ended = self
                .database
                .write(move |context| {
                    Box::pin(async move {
                        let actor = Actor::system("job:weed_subscriptions");
                        let list = store::list_paused(&**context, paused_before).await?;
                        for one in &list {
                            let author = Author {
                                actor: &actor,
                                now,
                                ids: &*ids,
                            };
                            forget(context, author, one, &decision).await?;
                        }
                        Ok(list.len())
                    })
                })
                .await?;
            if ended == 0 {
                return Ok(gone);
            }
            gone += u64::try_from(ended).unwrap_or_default();
        }
    }
}
