//! Making digests.
//!
//! A slot says up to which number a rhythm is due; whoever was told less gets a mail when any of
//! the news in between is about his topics, and counts as told either way. Mails and numbers go
//! into one transaction for each batch, so that a run that dies goes on where it was: nobody gets
//! two mails and nobody none. What is written is drawn once for all who get the same.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use torg_kernel::{Locale, Result, SubscriptionId, secret_hex};
use torg_notify::{Fills, MailContent, NewMail, Rank, put_content, put_mails};
use uuid::Uuid;

use super::{Subscriptions, hash, subject};
use crate::mail;
use crate::model::{Noted, Rhythm, Subscription};
use crate::publications::Topic;
use crate::store;

/// Subscriptions that are read at a time.
const READ: i64 = 100;
/// Subscriptions in one write. On a machine with one processor a reader waits for as long as a
/// write takes: ten are about two milliseconds. With 25 the same mails cost half the work, and a page
/// beside them has 2.7 times its usual p99 instead of less than twice.
const STEP: usize = 10;
/// The least time for one subscription: 10 000 take 20 seconds, and readers have the rest of each
/// of them.
const PACE: Duration = Duration::from_millis(2);
/// After a step comes a pause of so many times what it took, so that a slow machine, or one that is
/// busy, is left to its readers for three quarters of the time.
const PAUSES: u32 = 3;
/// The most news that is looked at for a digest; who was away for longer is told the newest.
const MOST_NEWS: i64 = 1_000;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DigestCounts {
    /// News that was noted.
    pub noted: usize,
    /// Subscriptions that were due.
    pub due: usize,
    /// Mails put into the outbox.
    pub mails: usize,
    /// Different contents that were drawn for them.
    pub drawn: usize,
}

/// What is known already in a run, so that nothing is decided or drawn twice.
#[derive(Default)]
struct Drawn {
    /// Contents that are stored or go into the next write, by numbers of news and language.
    ids: HashMap<(Arc<Vec<i64>>, Locale), Uuid>,
    /// Which news somebody gets who wants these topics and was told up to this number.
    chosen: HashMap<(Vec<String>, i64), Arc<Vec<i64>>>,
}

/// One mail of a batch as the writer takes it along.
struct Letter {
    mail: NewMail,
    link: (Vec<u8>, SubscriptionId),
}

struct Batch {
    told: Vec<(SubscriptionId, i64)>,
    letters: Vec<Letter>,
    contents: Vec<(Uuid, MailContent)>,
}

impl Subscriptions {
    /// Notes what is news and makes all digests that are due.
    ///
    /// # Errors
    /// When the database fails. What was made by then is kept, and the rest is made the next time.
    pub async fn make_digests(&self) -> Result<DigestCounts> {
        let mut counts = DigestCounts {
            noted: self.note_news().await?,
            ..DigestCounts::default()
        };
        let mut topics = None;
        for rhythm in Rhythm::ALL {
            let until = self.open_slot(rhythm).await?;
            let snapshot = self.database.snapshot().await?;
            let least = store::least_told(&*snapshot, rhythm, until).await?;
            if let Some(least) = least {
                let news = store::list_news(&*snapshot, least, until, MOST_NEWS).await?;
                if topics.is_none() {
                    topics = Some(self.publications.topics(&snapshot).await?);
                }
                snapshot.end().await?;
                let topics = topics.as_deref().unwrap_or_default();
                self.make_rhythm(rhythm, until, &news, topics, &mut counts)
                    .await?;
            }
        }
        if counts.due > 0 {
            tracing::info!(
                due = counts.due,
                mails = counts.mails,
                drawn = counts.drawn,
                "digests are made"
            );
        }
        Ok(counts)
    }

    /// Moves a rhythm's slot when its time has come. Returns up to which number it is due.
    async fn open_slot(&self, rhythm: Rhythm) -> Result<i64> {
        let now = self.clock.now();
        let at = rhythm.latest(now, self.settings.hour, self.settings.weekday);
        let snapshot = self.database.snapshot().await?;
        let slot = store::find_slot(&*snapshot, rhythm).await?;
        let last = store::last_number(&*snapshot).await?;
        snapshot.end().await?;
        let due = match slot {
            None => true,
            Some((until, _)) if rhythm == Rhythm::AtOnce => until < last,
            Some((_, opened)) => opened < at,
        };
        match slot {
            Some((until, _)) if !due => Ok(until),
            _ => {
                self.database
                    .write(move |context| {
                        Box::pin(async move {
                            Ok(store::save_slot(&**context, rhythm, last, at).await?)
                        })
                    })
                    .await?;
                Ok(last)
            }
        }
    }

    async fn make_rhythm(
        &self,
        rhythm: Rhythm,
        until: i64,
        news: &[Noted],
        topics: &[Topic],
        counts: &mut DigestCounts,
    ) -> Result<()> {
        let mut drawn = Drawn::default();
        let mut after = None;
        loop {
            let snapshot = self.database.snapshot().await?;
            let due = store::list_due(&*snapshot, rhythm, until, after, READ).await?;
            snapshot.end().await?;
            let Some(last) = due.last() else {
                return Ok(());
            };
            after = Some(last.id);
            counts.due += due.len();
            for step in due.chunks(STEP) {
                let started = Instant::now();
                let batch = self.draw_step(step, news, topics, &mut drawn).await?;
                counts.drawn += batch.contents.len();
                counts.mails += self.put_in(batch, until).await?;
                tokio::time::sleep(pause(step.len(), started.elapsed())).await;
            }
        }
    }

    /// Decides who gets what, and draws what nobody got before. Others are let in between two
    /// drawings.
    async fn draw_step(
        &self,
        due: &[Subscription],
        news: &[Noted],
        topics: &[Topic],
        drawn: &mut Drawn,
    ) -> Result<Batch> {
        let now = self.clock.now();
        let mut contents = Vec::new();
        let mut letters = Vec::new();
        for one in due {
            let wish = (one.wish.topics.clone(), one.cursor);
            let numbers = drawn
                .chosen
                .entry(wish)
                .or_insert_with(|| Arc::new(choose(news, one)))
                .clone();
            if numbers.is_empty() {
                continue;
            }
            let locale = one.wish.locale;
            let key = (numbers, locale);
            let content = if let Some(id) = drawn.ids.get(&key) {
                *id
            } else {
                let id = self.ids.uuid(now);
                let told = told(news, &key.0);
                contents.push((id, mail::digest(&self.settings, &told, topics, locale)?));
                drawn.ids.insert(key, id);
                tokio::task::yield_now().await;
                id
            };
            letters.push(self.letter(one, content));
        }
        Ok(Batch {
            told: due.iter().map(|one| (one.id, one.cursor)).collect(),
            letters,
            contents,
        })
    }

    fn letter(&self, one: &Subscription, content: Uuid) -> Letter {
        let secret = secret_hex(&*self.ids);
        Letter {
            link: (hash(&secret), one.id),
            mail: NewMail {
                kind: "subscription.digest",
                to: one.address.clone(),
                content,
                fills: Fills::one(mail::KEY, secret),
                about: Some(subject(one.id)),
                rank: Rank::Bulk,
            },
        }
    }

    /// Puts a batch into the outbox and says of all in it that they were told. Whoever changed,
    /// ended or was told by another node meanwhile is left out.
    async fn put_in(&self, batch: Batch, until: i64) -> Result<usize> {
        let (now, ids) = (self.clock.now(), self.ids.clone());
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let ids_in: Vec<SubscriptionId> =
                        batch.told.iter().map(|(id, _)| *id).collect();
                    let there: HashMap<SubscriptionId, i64> = store::list_told(&**context, &ids_in)
                        .await?
                        .into_iter()
                        .collect();
                    let same: HashMap<SubscriptionId, bool> = batch
                        .told
                        .iter()
                        .map(|(id, told)| (*id, there.get(id) == Some(told)))
                        .collect();
                    for (id, content) in &batch.contents {
                        put_content(context, *id, now, content).await?;
                    }
                    let letters: Vec<Letter> = batch
                        .letters
                        .into_iter()
                        .filter(|letter| same.get(&letter.link.1) == Some(&true))
                        .collect();
                    let (mails, links): (Vec<NewMail>, Vec<_>) = letters
                        .into_iter()
                        .map(|letter| (letter.mail, letter.link))
                        .unzip();
                    put_mails(context, &*ids, now, &mails).await?;
                    store::insert_links(&**context, &links, now).await?;
                    let told: Vec<SubscriptionId> =
                        ids_in.into_iter().filter(|id| same[id]).collect();
                    store::tell(&**context, &told, until).await?;
                    Ok(mails.len())
                })
            })
            .await
    }
}

/// How long to wait after a step with so many subscriptions that took so long.
fn pause(subscriptions: usize, took: Duration) -> Duration {
    let least = PACE * u32::try_from(subscriptions).unwrap_or(u32::MAX);
    least.saturating_sub(took).max(took * PAUSES)
}

/// The numbers of the news that somebody gets, the newest first.
fn choose(news: &[Noted], one: &Subscription) -> Vec<i64> {
    let topics: Vec<&str> = one.wish.topics.iter().map(String::as_str).collect();
    news.iter()
        .filter(|item| item.number > one.cursor && item.is_about(&topics))
        .map(|item| item.number)
        .collect()
}

fn told<'a>(news: &'a [Noted], numbers: &[i64]) -> Vec<&'a Noted> {
    news.iter()
        .filter(|item| numbers.contains(&item.number))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_have_most_of_the_time() {
        let ms = Duration::from_millis;
        assert_eq!(pause(10, ms(2)), ms(18), "ten in 20 ms");
        assert_eq!(pause(10, ms(5)), ms(15));
        assert_eq!(pause(10, ms(12)), ms(36), "a slow machine waits for longer");
        assert_eq!(pause(1, ms(1)), ms(3));
        assert_eq!(pause(0, ms(0)), ms(0));
    }
}
