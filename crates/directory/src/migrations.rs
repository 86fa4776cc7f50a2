//! The directory's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Directory1),
        Box::new(Directory2),
        Box::new(crate::migrations_hours::Hours1),
    ]
}

struct Directory1;

impl MigrationName for Directory1 {
    fn name(&self) -> &'static str {
        "directory_0001_units"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Directory1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("unit")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(text("slug").unique_key())
                .col(text("kind"))
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                .col(text("sort_key"))
                .col(text("data"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("unit_organisation")
                .table("unit")
                .col("organisation_id")
                .to_owned(),
        )
        .await
    }
}

struct Directory2;

impl MigrationName for Directory2 {
    fn name(&self) -> &'static str {
        "directory_0002_services_and_care"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Directory2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("service")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(text("slug").unique_key())
                .col(text("category"))
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                .col(text("sort_key"))
                .col(text("data"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
        // Who answers for a unit beside its organisation. No part of what is public.
        m.create_table(
            Table::create()
                .table("unit_care")
                .col(uuid("unit_id").primary_key())
                .col(uuid_null("person_id"))
                .col(text("role"))
                .col(text_null("reminded_for"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("unit_report")
                .col(uuid("id").primary_key())
                .col(uuid("unit_id"))
                .col(uuid("organisation_id"))
                .col(text("locale"))
                .col(text("state"))
                .col(text("text"))
                .col(text_null("email"))
                .col(text("answer"))
                .col(big_integer("created_at"))
                .col(big_integer_null("decided_at"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("unit_report_state")
                .table("unit_report")
                .col("state")
                .col("organisation_id")
                .to_owned(),
        )
        .await
    }
}
