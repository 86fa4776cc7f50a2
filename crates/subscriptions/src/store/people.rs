//! Subscriptions, their links, and wishes that wait.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{Locale, Problem, Result, SubscriptionId, Timestamp};
use torg_notify::MailAddress;
use uuid::Uuid;

use super::{joined, marks, split};
use crate::model::{Rhythm, Subscription, SubscriptionState, Wish};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    address: String,
    locale: String,
    rhythm: String,
    state: String,
    topics: String,
    told: i64,
    confirmed_at: i64,
}

/// What is stored was checked before it was; anything else is a fault of ours.
fn broken(what: &str) -> Problem {
    Problem::internal(format!("a stored subscription has a broken {what}"))
}

fn wish(topics: &str, rhythm: &str, locale: &str) -> Result<Wish> {
    Ok(Wish {
        topics: split(topics),
        rhythm: Rhythm::parse(rhythm).ok_or_else(|| broken("rhythm"))?,
        locale: locale.parse::<Locale>()?,
    })
}

impl Row {
    fn into_subscription(self) -> Result<Subscription> {
        Ok(Subscription {
            id: SubscriptionId(self.id),
            address: MailAddress::parse(&self.address).map_err(|_| broken("address"))?,
            wish: wish(&self.topics, &self.rhythm, &self.locale)?,
            state: if self.state == SubscriptionState::Active.as_str() {
                SubscriptionState::Active
            } else {
                SubscriptionState::Paused
            },
            cursor: self.told,
            confirmed_at: Timestamp::from_micros(self.confirmed_at),
        })
    }
}

const COLUMNS: &str =
    "s.id, s.address, s.locale, s.rhythm, s.state, s.topics, s.told, s.confirmed_at";

async fn find<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    value: SqlValue,
) -> Result<Option<Subscription>> {
    let sql = format!("SELECT {COLUMNS} FROM subscription s {condition}");
    let row: Option<Row> = fetch_one(on, &sql, vec![value]).await?;
    row.map(Row::into_subscription).transpose()
}

pub(crate) async fn find_by_id<C: ConnectionTrait>(
    on: &C,
    id: SubscriptionId,
) -> Result<Option<Subscription>> {
    find(on, "WHERE s.id = $1", id.0.into()).await
}

pub(crate) async fn find_by_address<C: ConnectionTrait>(
    on: &C,
    address: &MailAddress,
) -> Result<Option<Subscription>> {
    find(on, "WHERE s.address_key = $1", address.key().into()).await
}

pub(crate) async fn find_by_link<C: ConnectionTrait>(
    on: &C,
    hash: &[u8],
) -> Result<Option<Subscription>> {
    let join = "JOIN subscription_link l ON l.subscription_id = s.id WHERE l.hash = $1";
    find(on, join, hash.to_vec().into()).await
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, new: &Subscription) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO subscription (id, address, address_key, locale, rhythm, state, topics, told, \
         confirmed_at, paused_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
        vec![
            new.id.0.into(),
            new.address.to_string().into(),
            new.address.key().into(),
            new.wish.locale.to_string().into(),
            new.wish.rhythm.as_str().into(),
            new.state.as_str().into(),
            joined(&new.wish.topics).into(),
            new.cursor.into(),
            new.confirmed_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what is wanted, and where the subscription stands.
pub(crate) async fn update<C: ConnectionTrait>(
    on: &C,
    changed: &Subscription,
    now: Timestamp,
) -> Result<(), DbErr> {
    let paused = (changed.state == SubscriptionState::Paused).then_some(now.micros());
    execute(
        on,
        "UPDATE subscription SET address = $2, locale = $3, rhythm = $4, topics = $5, state = $6, \
         paused_at = $7, told = $8 WHERE id = $1",
        vec![
            changed.id.0.into(),
            changed.address.to_string().into(),
            changed.wish.locale.to_string().into(),
            changed.wish.rhythm.as_str().into(),
            joined(&changed.wish.topics).into(),
            changed.state.as_str().into(),
            paused.into(),
            changed.cursor.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes a subscription away with all that leads to it.
pub(crate) async fn delete<C: ConnectionTrait>(on: &C, gone: &Subscription) -> Result<(), DbErr> {
    for (sql, value) in [
        (
            "DELETE FROM subscription_link WHERE subscription_id = $1",
            SqlValue::from(gone.id.0),
        ),
        (
            "DELETE FROM subscription_request WHERE address_key = $1",
            gone.address.key().into(),
        ),
        ("DELETE FROM subscription WHERE id = $1", gone.id.0.into()),
    ] {
        execute(on, sql, vec![value]).await?;
    }
    Ok(())
}

pub(crate) async fn insert_links<C: ConnectionTrait>(
    on: &C,
    links: &[(Vec<u8>, SubscriptionId)],
    now: Timestamp,
) -> Result<(), DbErr> {
    for part in links.chunks(500) {
        let mut values: Vec<SqlValue> = vec![now.micros().into()];
        let mut rows = Vec::with_capacity(part.len());
        for (hash, id) in part {
            rows.push(format!("({}, $1)", marks(values.len(), 2)));
            values.push(hash.clone().into());
            values.push(id.0.into());
        }
        let sql = format!(
            "INSERT INTO subscription_link (hash, subscription_id, made_at) VALUES {}",
            rows.join(", ")
        );
        execute(on, &sql, values).await?;
    }
    Ok(())
}

/// A wish with what is needed to confirm it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub hash: Vec<u8>,
    pub address: MailAddress,
    pub wish: Wish,
    pub created_at: Timestamp,
    /// The subscription it became.
    pub subscription: Option<SubscriptionId>,
}

pub(crate) async fn insert_request<C: ConnectionTrait>(
    on: &C,
    request: &Request,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO subscription_request (hash, address, address_key, locale, rhythm, topics, \
         created_at, subscription_id) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
        vec![
            request.hash.clone().into(),
            request.address.to_string().into(),
            request.address.key().into(),
            request.wish.locale.to_string().into(),
            request.wish.rhythm.as_str().into(),
            joined(&request.wish.topics).into(),
            request.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn find_request<C: ConnectionTrait>(
    on: &C,
    hash: &[u8],
    after: Timestamp,
) -> Result<Option<Request>> {
    #[derive(FromQueryResult)]
    struct RequestRow {
        address: String,
        locale: String,
        rhythm: String,
        topics: String,
        created_at: i64,
        subscription_id: Option<Uuid>,
    }
    let row: Option<RequestRow> = fetch_one(
        on,
        "SELECT address, locale, rhythm, topics, created_at, subscription_id \
         FROM subscription_request WHERE hash = $1 AND created_at > $2",
        vec![hash.to_vec().into(), after.micros().into()],
    )
    .await?;
    row.map(|row| {
        Ok(Request {
            hash: hash.to_vec(),
            address: MailAddress::parse(&row.address).map_err(|_| broken("address"))?,
            wish: wish(&row.topics, &row.rhythm, &row.locale)?,
            created_at: Timestamp::from_micros(row.created_at),
            subscription: row.subscription_id.map(SubscriptionId),
        })
    })
    .transpose()
}

/// The hashes of all wishes of an address.
pub(crate) async fn list_request_hashes<C: ConnectionTrait>(
    on: &C,
    address: &MailAddress,
) -> Result<Vec<Vec<u8>>, DbErr> {
    #[derive(FromQueryResult)]
    struct Hash {
        hash: Vec<u8>,
    }
    let rows: Vec<Hash> = fetch_all(
        on,
        "SELECT hash FROM subscription_request WHERE address_key = $1",
        vec![address.key().into()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.hash).collect())
}

pub(crate) async fn confirm_request<C: ConnectionTrait>(
    on: &C,
    hash: &[u8],
    id: SubscriptionId,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE subscription_request SET subscription_id = $2 WHERE hash = $1",
        vec![hash.to_vec().into(), id.0.into()],
    )
    .await?;
    Ok(())
}

/// How many wishes there were after a time: of an address, of all, and the same one lately.
pub(crate) struct Asked {
    pub of_address: i64,
    pub of_all: i64,
    pub same: i64,
}

pub(crate) async fn count_requests<C: ConnectionTrait>(
    on: &C,
    address: &MailAddress,
    wish: &Wish,
    now: Timestamp,
) -> Result<Asked, DbErr> {
    let after = |seconds: i64| SqlValue::from(now.plus_seconds(-seconds).micros());
    Ok(Asked {
        of_address: scalar(
            on,
            "SELECT COUNT(*) FROM subscription_request WHERE address_key = $1 AND created_at > $2",
            vec![address.key().into(), after(86_400)],
        )
        .await?,
        of_all: scalar(
            on,
            "SELECT COUNT(*) FROM subscription_request WHERE created_at > $1",
            vec![after(3_600)],
        )
        .await?,
        same: scalar(
            on,
            "SELECT COUNT(*) FROM subscription_request WHERE address_key = $1 AND created_at > $2 \
             AND topics = $3 AND rhythm = $4 AND locale = $5",
            vec![
                address.key().into(),
                after(600),
                joined(&wish.topics).into(),
                wish.rhythm.as_str().into(),
                wish.locale.to_string().into(),
            ],
        )
        .await?,
    })
}

/// Forgets wishes that nobody confirmed, and links in old mails; of each subscription the newest
/// link stays.
pub(crate) async fn weed<C: ConnectionTrait>(
    on: &C,
    requests_before: Timestamp,
    links_before: Timestamp,
) -> Result<u64, DbErr> {
    let gone = execute(
        on,
        "DELETE FROM subscription_request WHERE created_at < $1",
        vec![requests_before.micros().into()],
    )
    .await?;
    execute(
        on,
        "DELETE FROM subscription_link WHERE made_at < $1 AND EXISTS (SELECT 1 FROM \
         subscription_link n WHERE n.subscription_id = subscription_link.subscription_id \
         AND n.made_at > subscription_link.made_at)",
        vec![links_before.micros().into()],
    )
    .await?;
    Ok(gone)
}

pub(crate) async fn list_paused<C: ConnectionTrait>(
    on: &C,
    before: Timestamp,
) -> Result<Vec<Subscription>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM subscription s WHERE s.state = 'paused' AND s.paused_at < $1 \
         ORDER BY s.id LIMIT 500"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![before.micros().into()]).await?;
    rows.into_iter().map(Row::into_subscription).collect()
}

/// The next subscriptions of a rhythm that have not been told up to a number, by id.
pub(crate) async fn list_due<C: ConnectionTrait>(
    on: &C,
    rhythm: Rhythm,
    until: i64,
    after: Option<SubscriptionId>,
    limit: i64,
) -> Result<Vec<Subscription>> {
    let after = after.map_or_else(Uuid::nil, |id| id.0);
    let sql = format!(
        "SELECT {COLUMNS} FROM subscription s WHERE s.rhythm = $1 AND s.state = 'active' \
         AND s.told < $2 AND s.id > $3 ORDER BY s.id LIMIT $4"
    );
    let values = vec![
        rhythm.as_str().into(),
        until.into(),
        after.into(),
        limit.into(),
    ];
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::into_subscription).collect()
}

/// Up to where those of a rhythm that are due were told, the least of them; `None` when none is.
pub(crate) async fn least_told<C: ConnectionTrait>(
    on: &C,
    rhythm: Rhythm,
    until: i64,
) -> Result<Option<i64>, DbErr> {
    #[derive(FromQueryResult)]
    struct Least {
        least: Option<i64>,
    }
    let row: Option<Least> = fetch_one(
        on,
        "SELECT MIN(told) AS least FROM subscription WHERE rhythm = $1 AND state = 'active' \
         AND told < $2",
        vec![rhythm.as_str().into(), until.into()],
    )
    .await?;
    Ok(row.and_then(|row| row.least))
}

/// Where these stand now: those that are active, with the number up to which they were told.
pub(crate) async fn list_told<C: ConnectionTrait>(
    on: &C,
    ids: &[SubscriptionId],
) -> Result<Vec<(SubscriptionId, i64)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Told {
        id: Uuid,
        told: i64,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, told FROM subscription WHERE state = 'active' AND id IN ({})",
        marks(0, ids.len())
    );
    let rows: Vec<Told> = fetch_all(on, &sql, ids.iter().map(|id| id.0.into()).collect()).await?;
    Ok(rows
        .into_iter()
        .map(|row| (SubscriptionId(row.id), row.told))
        .collect())
}

/// Says of these that they were told up to a number.
pub(crate) async fn tell<C: ConnectionTrait>(
    on: &C,
    ids: &[SubscriptionId],
    until: i64,
) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE subscription SET told = $1 WHERE told < $1 AND id IN ({})",
        marks(1, ids.len())
    );
    let mut values: Vec<SqlValue> = vec![until.into()];
    values.extend(ids.iter().map(|id| SqlValue::from(id.0)));
    execute(on, &sql, values).await?;
    Ok(())
}

/// How many subscriptions there are for each set of topics, and how many wait or are paused.
pub(crate) struct Numbers {
    pub by_topics: Vec<(Vec<String>, i64)>,
    pub active: i64,
    pub paused: i64,
    pub unconfirmed: i64,
}

pub(crate) async fn numbers<C: ConnectionTrait>(on: &C) -> Result<Numbers, DbErr> {
    #[derive(FromQueryResult)]
    struct Group {
        topics: String,
        state: String,
        number: i64,
    }
    let groups: Vec<Group> = fetch_all(
        on,
        "SELECT topics, state, COUNT(*) AS number FROM subscription GROUP BY topics, state",
        vec![],
    )
    .await?;
    let sum = |state: SubscriptionState| {
        groups
            .iter()
            .filter(|group| group.state == state.as_str())
            .map(|group| group.number)
            .sum()
    };
    Ok(Numbers {
        active: sum(SubscriptionState::Active),
        paused: sum(SubscriptionState::Paused),
        unconfirmed: scalar(
            on,
            "SELECT COUNT(*) FROM subscription_request WHERE subscription_id IS NULL",
            vec![],
        )
        .await?,
        by_topics: groups
            .into_iter()
            .map(|group| (split(&group.topics), group.number))
            .collect(),
    })
}
