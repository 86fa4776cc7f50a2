//! What is done by itself: places that are held too long come free, the queue moves up, changes are told,
//! and what is personal is deleted when it is no longer needed.

use std::sync::Arc;

use torg_db::WriteContext;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{Actor, Result};
use torg_log::Author;
use torg_notify::forget_mail;

use super::mail::about;
use super::queue::{At, Tended};
use crate::store;
use crate::web::Calendar;

/// Occasions that are looked after in one transaction.
const AT_ONCE: i64 = 50;

impl Calendar {
    /// Looks after some of what is due. True when there may be more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tend_sign_ups(&self, context: &WriteContext, author: Author<'_>) -> Result<bool> {
        let late = store::list_late(&**context, author.now, AT_ONCE).await?;
        for (event, of) in &late {
            match At::read(&**context, *event, of).await? {
                Some(at) => {
                    let none = Tended::default();
                    self.settle_places(context, author, &at, none, None).await?;
                }
                // No places are given out there any more: nothing is held either.
                None => {
                    for mut own in store::list_sign_ups(&**context, *event, of).await? {
                        own.place_until = None;
                        store::update_sign_up(&**context, &own).await?;
                    }
                }
            }
        }
        let more = self.tell_changes(context, author).await?;
        Ok(more || i64::try_from(late.len())? == AT_ONCE)
    }

    /// Deletes what is personal and no longer needed. Returns how many sign-ups.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn weed_sign_ups(&self, context: &WriteContext, author: Author<'_>) -> Result<usize> {
        let gone = store::delete_old_sign_ups(&**context, author.now).await?;
        for id in &gone {
            forget_mail(context, &about(*id)).await?;
        }
        Ok(gone.len())
    }
}

/// The work of sign-ups that comes back: each minute what is due, each night what is to be forgotten.
///
/// # Panics
/// Never: the time of day is written here.
#[must_use]
pub fn sign_up_jobs(calendar: Arc<Calendar>) -> Handlers {
    let (minute, night) = (calendar.clone(), calendar);
    Handlers::new()
        .on("tend_sign_ups", move |job| {
            let calendar = minute.clone();
            async move {
                loop {
                    let (calendar, ids, now) = (calendar.clone(), job.ids.clone(), job.clock.now());
                    let more = job
                        .database
                        .write(move |context| {
                            Box::pin(async move {
                                let actor = Actor::system("job:tend_sign_ups");
                                let author = Author {
                                    actor: &actor,
                                    now,
                                    ids: &*ids,
                                };
                                calendar.tend_sign_ups(context, author).await
                            })
                        })
                        .await?;
                    if !more {
                        return Ok(());
                    }
                }
            }
        })
        .on("weed_sign_ups", move |job| {
            let calendar = night.clone();
            async move {
                let (ids, now) = (job.ids.clone(), job.clock.now());
                job.database
                    .write(move |context| {
                        Box::pin(async move {
                            let actor = Actor::system("job:weed_sign_ups");
                            let author = Author {
                                actor: &actor,
                                now,
                                ids: &*ids,
                            };
                            calendar.weed_sign_ups(context, author).await
                        })
                    })
                    .await?;
                Ok(())
            }
        })
        .schedule(Schedule::new("tend_sign_ups", Rule::Every { seconds: 60 }))
        .schedule(Schedule::new(
            "weed_sign_ups",
            Rule::Daily {
                at: jiff::civil::Time::constant(3, 50, 0, 0),
            },
        ))
}
