//! Asking for a subscription, confirming, changing and ending it.

use torg_db::WriteContext;
use torg_kernel::{Actor, Ids, Message, Problem, Result, Subject, SubscriptionId, secret_hex};
use torg_log::Author;
use torg_notify::{Fills, MailAddress, NewMail, Rank, put_content, put_mails};

use uuid::Uuid;

use super::{Subscriptions, hash, record, subject};
use crate::mail;
use crate::model::{Subscription, SubscriptionState, Wish};
use crate::store::{self, Request};

/// A subscription with a new secret link to it, which is not kept anywhere.
pub(crate) struct Opened {
    pub subscription: Subscription,
    pub secret: String,
}

/// What the mail that asks for a confirmation is about: there is no subscription yet. Named by half
/// of the hash of its secret, which tells nothing of the secret.
fn request_subject(hash: &[u8]) -> Subject {
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = *from;
    }
    Subject::new("subscription_request", Uuid::from_bytes(bytes))
}

async fn new_link(
    context: &WriteContext,
    ids: &dyn Ids,
    now: torg_kernel::Timestamp,
    id: SubscriptionId,
) -> Result<String> {
    let secret = secret_hex(ids);
    store::insert_links(&**context, &[(hash(&secret), id)], now).await?;
    Ok(secret)
}

impl Subscriptions {
    /// Takes a wish: a mail with a link goes to the address. The answer is the same whether the
    /// address has a subscription, has had its share of mails for today, or asked just now.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when everybody together has asked too much within the hour.
    pub(crate) async fn ask(&self, address: MailAddress, wish: Wish) -> Result<()> {
        let now = self.clock.now();
        let snapshot = self.database.snapshot().await?;
        let topics = self.publications.topics(&snapshot).await?;
        snapshot.end().await?;
        let content = mail::confirmation(&self.settings, &wish, &topics)?;
        let (ids, settings) = (self.ids.clone(), self.settings.clone());
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let asked = store::count_requests(&**context, &address, &wish, now).await?;
                    if asked.of_all >= settings.per_hour {
                        let message = Message::new("subscribe-error-busy");
                        return Err(Problem::field("form", message));
                    }
                    if asked.same > 0 || asked.of_address >= settings.per_address {
                        return Ok(());
                    }
                    let secret = secret_hex(&*ids);
                    let request = Request {
                        hash: hash(&secret),
                        address: address.clone(),
                        wish,
                        created_at: now,
                        subscription: None,
                    };
                    store::insert_request(&**context, &request).await?;
                    let id = ids.uuid(now);
                    put_content(context, id, now, &content).await?;
                    let new = NewMail {
                        kind: "subscription.confirmation",
                        to: address,
                        content: id,
                        fills: Fills::one(mail::KEY, secret),
                        about: Some(request_subject(&request.hash)),
                        rank: Rank::Awaited,
                    };
                    put_mails(context, &*ids, now, &[new]).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The wish behind a link, with what its subscription will be; `None` when the link is
    /// unknown or too old.
    pub(crate) async fn look_at(&self, secret: &str) -> Result<Option<(MailAddress, Wish)>> {
        let after = self.requests_after();
        let snapshot = self.database.snapshot().await?;
        let found = match store::find_request(&*snapshot, &hash(secret), after).await? {
            Some(request) => {
                let before = store::find_by_address(&*snapshot, &request.address).await?;
                let wish = match &before {
                    Some(before) => request.wish.joined(&before.wish),
                    None => request.wish,
                };
                Some((request.address, wish))
            }
            None => None,
        };
        snapshot.end().await?;
        Ok(found)
    }

    pub(super) fn requests_after(&self) -> torg_kernel::Timestamp {
        let days = self.settings.unconfirmed_days;
        self.clock.now().plus_seconds(-days * 86_400)
    }

    /// Confirms a wish. Doing it twice changes nothing more. `None` when the link is unknown, too
    /// old, or its subscription has ended.
    pub(crate) async fn confirm(&self, secret: &str) -> Result<Option<Opened>> {
        let (now, after, hash) = (self.clock.now(), self.requests_after(), hash(secret));
        let ids = self.ids.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let Some(request) = store::find_request(&**context, &hash, after).await? else {
                        return Ok(None);
                    };
                    let subscription = match request.subscription {
                        Some(id) => match store::find_by_id(&**context, id).await? {
                            Some(there) => there,
                            None => return Ok(None),
                        },
                        None => keep(context, &*ids, now, request).await?,
                    };
                    let secret = new_link(context, &*ids, now, subscription.id).await?;
                    Ok(Some(Opened {
                        subscription,
                        secret,
                    }))
                })
            })
            .await
    }

    /// The subscription behind a link.
    pub(crate) async fn open(&self, secret: &str) -> Result<Option<Subscription>> {
        let snapshot = self.database.snapshot().await?;
        let found = store::find_by_link(&*snapshot, &hash(secret)).await?;
        snapshot.end().await?;
        Ok(found)
    }

    /// Changes what is wanted; one that was paused goes on. False when the link leads nowhere.
    pub(crate) async fn change(&self, secret: &str, wish: Wish) -> Result<bool> {
        let (now, hash, ids) = (self.clock.now(), hash(secret), self.ids.clone());
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let Some(before) = store::find_by_link(&**context, &hash).await? else {
                        return Ok(false);
                    };
                    let mut after = before.clone();
                    after.wish = wish;
                    resume(context, &mut after).await?;
                    if after != before {
                        store::update(&**context, &after, now).await?;
                        let (old, new) = (Some(&before), Some(&after));
                        let kind = "subscription.changed";
                        record(context, &*ids, now, &Actor::Anonymous, kind, old, new).await?;
                    }
                    Ok(true)
                })
            })
            .await
    }

    /// Ends a subscription and forgets the person. False when the link leads nowhere, as after
    /// the first time.
    pub(crate) async fn end(&self, secret: &str) -> Result<bool> {
        let (now, hash, ids) = (self.clock.now(), hash(secret), self.ids.clone());
        let decision = self.settings.weeding_decision.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let Some(gone) = store::find_by_link(&**context, &hash).await? else {
                        return Ok(false);
                    };
                    let actor = Actor::Anonymous;
                    let author = Author {
                        actor: &actor,
                        now,
                        ids: &*ids,
                    };
                    forget(context, author, &gone, &decision).await?;
                    Ok(true)
                })
            })
            .await
    }
}

/// Makes a confirmed wish a subscription, or changes the one that the address has.
async fn keep(
    context: &WriteContext,
    ids: &dyn Ids,
    now: torg_kernel::Timestamp,
    request: Request,
) -> Result<Subscription> {
    let before = store::find_by_address(&**context, &request.address).await?;
    let after = match &before {
        Some(before) => {
            let mut after = before.clone();
            after.address = request.address.clone();
            after.wish = request.wish.clone().joined(&before.wish);
            resume(context, &mut after).await?;
            store::update(&**context, &after, now).await?;
            after
        }
        None => {
            let new = Subscription {
                id: SubscriptionId::new(ids, now),
                address: request.address.clone(),
                wish: request.wish.clone(),
                state: SubscriptionState::Active,
                // What is news already is not told again.
                cursor: store::last_number(&**context).await?,
                confirmed_at: now,
            };
            store::insert(&**context, &new).await?;
            new
        }
    };
    store::confirm_request(&**context, &request.hash, after.id).await?;
    let kind = if before.is_some() {
        "subscription.changed"
    } else {
        "subscription.confirmed"
    };
    let (old, new) = (before.as_ref(), Some(&after));
    record(context, ids, now, &Actor::Anonymous, kind, old, new).await?;
    Ok(after)
}

/// Lets a paused subscription go on, from what is new from now on.
async fn resume(context: &WriteContext, subscription: &mut Subscription) -> Result<()> {
    if subscription.state == SubscriptionState::Paused {
        subscription.state = SubscriptionState::Active;
        subscription.cursor = store::last_number(&**context).await?;
        torg_notify::forget_bounces(context, &subject(subscription.id)).await?;
    }
    Ok(())
}

/// Takes a subscription away with all that is known of the person: rows, mails, and what the log
/// kept.
pub(super) async fn forget(
    context: &WriteContext,
    author: Author<'_>,
    gone: &Subscription,
    decision: &str,
) -> Result<()> {
    for hash in store::list_request_hashes(&**context, &gone.address).await? {
        torg_notify::forget_mail(context, &request_subject(&hash)).await?;
    }
    store::delete(&**context, gone).await?;
    torg_notify::forget_mail(context, &subject(gone.id)).await?;
    let Author { actor, now, ids } = author;
    let kind = "subscription.ended";
    record(context, ids, now, actor, kind, Some(gone), None).await?;
    torg_log::weed(
        context,
        Author { actor, now, ids },
        &subject(gone.id),
        decision,
    )
    .await?;
    Ok(())
}
