//! What the staff see: who subscribes to what, and how the mail goes.

use std::str::FromStr;
use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{Permission, Problem, Result};
use torg_notify::{MailState, OutboxMail};
use torg_ui::DeskSection;
use torg_web::{Context, Reply, desk};
use uuid::Uuid;

use super::{ADMIN, SubscriptionPages};
use crate::store;
use crate::views::{AdminPage, MailRow, TopicRow};

/// Mails that are shown of each kind.
const ROWS: u32 = 50;

fn row(context: &Context, mail: OutboxMail) -> MailRow {
    let t = context.t();
    MailRow {
        id: mail.id.to_string(),
        recipient: mail.recipient,
        subject: mail.subject,
        since: torg_ui::date_time(t, mail.created_at),
        attempts: mail.attempts,
        reason: mail.last_error.unwrap_or_default(),
    }
}

/// Subscriptions are the city's: addresses of residents are no business of whoever sets what holds
/// for one organisation only.
async fn admit(context: &Context, on: &Snapshot) -> Result<()> {
    let (organisations, _) = context.app.organisations(on).await?;
    let city = organisations.root().ok_or(Problem::Forbidden)?;
    context.acting(Permission::SettingManage, city.id).map(drop)
}

pub(super) async fn get(pages: Arc<SubscriptionPages>, context: Context) -> Result<Reply> {
    let subscriptions = &pages.subscriptions;
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    admit(&context, &snapshot).await?;
    let topics = subscriptions.publications.topics(&snapshot).await?;
    let numbers = store::numbers(&*snapshot).await?;
    let counts = torg_notify::count_mails(&*snapshot).await?;
    let failed = torg_notify::list_mails(&*snapshot, MailState::Failed, ROWS).await?;
    let waiting = torg_notify::list_mails(&*snapshot, MailState::Waiting, ROWS).await?;
    snapshot.end().await?;
    let count = |key: &String| -> i64 {
        numbers
            .by_topics
            .iter()
            .filter(|(topics, _)| topics.contains(key))
            .map(|(_, number)| number)
            .sum()
    };
    let mut rows: Vec<TopicRow> = topics
        .iter()
        .map(|topic| TopicRow {
            name: topic.name(t.locale()).to_owned(),
            group: t.get(topic.group.key()).into_owned(),
            count: torg_ui::number(t, count(&topic.key)),
            sort: count(&topic.key),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.sort));
    let view = AdminPage {
        desk: desk(
            &context,
            DeskSection::Subscriptions,
            &t.get("desk-subscriptions"),
        )?,
        active: torg_ui::number(t, numbers.active),
        paused: torg_ui::number(t, numbers.paused),
        unconfirmed: torg_ui::number(t, numbers.unconfirmed),
        topics: rows,
        sent: torg_ui::number(t, counts.sent),
        waiting_count: torg_ui::number(t, counts.waiting),
        failed_count: torg_ui::number(t, counts.failed),
        // Those that were tried already are the ones to look at.
        waiting: waiting
            .into_iter()
            .filter(|mail| mail.last_error.is_some())
            .map(|mail| row(&context, mail))
            .collect(),
        failed: failed.into_iter().map(|mail| row(&context, mail)).collect(),
        retry: format!("{ADMIN}/retry"),
    };
    Ok(Reply::html(view.render()?))
}

/// Lets mails that were given up be tried anew: one, or all. Done twice it changes nothing more.
pub(super) async fn retry(pages: Arc<SubscriptionPages>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    admit(&context, &snapshot).await?;
    snapshot.end().await?;
    let form = context.form();
    let one = match form.text("mail").as_str() {
        "" => None,
        id => Some(Uuid::from_str(id).map_err(|_| Problem::NotFound)?),
    };
    let now = context.now;
    pages
        .subscriptions
        .database
        .write(move |context| {
            Box::pin(async move {
                match one {
                    Some(id) => match torg_notify::retry_mail(context, id, now).await {
                        Err(Problem::NotFound) | Ok(()) => Ok(()),
                        Err(other) => Err(other),
                    },
                    None => torg_notify::retry_all(context, now).await.map(|_| ()),
                }
            })
        })
        .await?;
    Ok(Reply::see_other(&format!("{ADMIN}?done=mail-retried")))
}
