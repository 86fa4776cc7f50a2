//! The tables of facts.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Facts1), Box::new(Facts2)]
}

struct Facts1;

impl MigrationName for Facts1 {
    fn name(&self) -> &'static str {
        "facts_0001_facts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Facts1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("fact")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("fact_value")
                .col(uuid("id").primary_key())
                .col(uuid("fact_id"))
                .col(text("label_sv"))
                .col(text("label_en"))
                .col(text("value_sv"))
                .col(text("value_en"))
                .col(text_null("valid_from"))
                .col(text_null("valid_to"))
                .col(big_integer("recorded_at"))
                .col(big_integer_null("superseded_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("fact_value", "fact_id")
                        .to("fact", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("fact_value_fact")
                .table("fact_value")
                .col("fact_id")
                .to_owned(),
        )
        .await
    }
}

/// Labels and values in other languages than Swedish and English, as a JSON object by language.
struct Facts2;

impl MigrationName for Facts2 {
    fn name(&self) -> &'static str {
        "facts_0002_languages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Facts2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["label_others", "value_others"] {
            m.alter_table(
                Table::alter()
                    .table("fact_value")
                    .add_column(text_null(column))
                    .to_owned(),
            )
            .await?;
        }
        Ok(())
    }
}
