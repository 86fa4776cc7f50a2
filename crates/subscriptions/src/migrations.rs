//! The tables of subscriptions.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Subscriptions1)]
}

struct Subscriptions1;

impl MigrationName for Subscriptions1 {
    fn name(&self) -> &'static str {
        "subscriptions_0001_subscriptions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Subscriptions1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        people(m).await?;
        news(m).await
    }
}

async fn people(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("subscription")
            .col(uuid("id").primary_key())
            .col(text("address"))
            .col(text("address_key").unique_key())
            .col(text("locale"))
            .col(text("rhythm"))
            .col(text("state"))
            // Keys of topics, sorted, a space between.
            .col(text("topics"))
            // The number of the last news that was told.
            .col(big_integer("told"))
            .col(big_integer("confirmed_at"))
            .col(big_integer_null("paused_at"))
            .to_owned(),
    )
    .await?;
    index(
        m,
        "subscription",
        "subscription_due",
        &["rhythm", "state", "told"],
    )
    .await?;
    // A secret link to a subscription, as its hash.
    m.create_table(
        Table::create()
            .table("subscription_link")
            .col(binary("hash").primary_key())
            .col(uuid("subscription_id"))
            .col(big_integer("made_at"))
            .to_owned(),
    )
    .await?;
    index(
        m,
        "subscription_link",
        "subscription_link_subscription",
        &["subscription_id", "made_at"],
    )
    .await?;
    // A wish that waits for its confirmation.
    m.create_table(
        Table::create()
            .table("subscription_request")
            .col(binary("hash").primary_key())
            .col(text("address"))
            .col(text("address_key"))
            .col(text("locale"))
            .col(text("rhythm"))
            .col(text("topics"))
            .col(big_integer("created_at"))
            .col(uuid_null("subscription_id"))
            .to_owned(),
    )
    .await?;
    index(
        m,
        "subscription_request",
        "subscription_request_address",
        &["address_key", "created_at"],
    )
    .await?;
    index(
        m,
        "subscription_request",
        "subscription_request_created",
        &["created_at"],
    )
    .await
}

async fn news(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("subscription_item")
            .col(big_integer("number").primary_key())
            .col(text("subject_kind"))
            .col(uuid("subject_id"))
            .col(text("topics"))
            .col(big_integer("published_at"))
            .col(text("versions"))
            .col(boolean("withdrawn"))
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .unique()
            .name("subscription_item_subject")
            .table("subscription_item")
            .col("subject_kind")
            .col("subject_id")
            .to_owned(),
    )
    .await?;
    index(
        m,
        "subscription_item",
        "subscription_item_published",
        &["published_at"],
    )
    .await?;
    // Up to which number each rhythm is due.
    m.create_table(
        Table::create()
            .table("subscription_slot")
            .col(text("rhythm").primary_key())
            .col(big_integer("until_number"))
            .col(big_integer("at"))
            .to_owned(),
    )
    .await
}

async fn index(
    m: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    m.create_index(index.to_owned()).await
}
