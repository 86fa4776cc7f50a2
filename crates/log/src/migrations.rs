//! The log's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Log1), Box::new(Log2), Box::new(Log3)]
}

struct Log1;

/// On whose behalf somebody acted, for roles that are handed over for a time.
struct Log2;

/// What a person did is asked for at each opening of the workspace.
struct Log3;

impl MigrationName for Log3 {
    fn name(&self) -> &'static str {
        "log_0003_by_actor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Log3 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_index(
            Index::create()
                .name("event_actor")
                .table("event")
                .col("actor_id")
                .col("position")
                .to_owned(),
        )
        .await
    }
}

impl MigrationName for Log2 {
    fn name(&self) -> &'static str {
        "log_0002_on_behalf_of"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Log2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("event")
                .add_column(uuid_null("on_behalf_of"))
                .to_owned(),
        )
        .await
    }
}

impl MigrationName for Log1 {
    fn name(&self) -> &'static str {
        "log_0001_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Log1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("event")
                .col(big_integer("position").primary_key())
                .col(big_integer("at"))
                .col(text("actor_kind"))
                .col(uuid_null("actor_id"))
                .col(text_null("actor_name"))
                .col(uuid_null("role_id"))
                .col(uuid_null("organisation_id"))
                .col(uuid_null("authority_id"))
                .col(text("kind"))
                .col(text("subject_kind"))
                .col(uuid("subject_id"))
                .col(text("tags"))
                .col(text("class"))
                .col(binary("digest"))
                .col(binary("chain"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("event_subject")
                .table("event")
                .col("subject_kind")
                .col("subject_id")
                .col("position")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("event_payload")
                .col(big_integer("position").primary_key())
                .col(text("class"))
                .col(binary_null("salt"))
                .col(text_null("before"))
                .col(text_null("after"))
                .col(big_integer_null("weeded_by"))
                .foreign_key(
                    ForeignKey::create()
                        .from("event_payload", "position")
                        .to("event", "position"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("log_cursor")
                .col(text("consumer").primary_key())
                .col(big_integer("position"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("log_seal")
                .col(text("day").primary_key())
                .col(big_integer("first_position"))
                .col(big_integer("last_position"))
                .col(binary("root"))
                .col(binary("chain"))
                .col(big_integer("sealed_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("request_result")
                .col(uuid("id").primary_key())
                .col(text("operation"))
                .col(text("actor"))
                .col(text("answer"))
                .col(big_integer("at"))
                .to_owned(),
        )
        .await
    }
}
