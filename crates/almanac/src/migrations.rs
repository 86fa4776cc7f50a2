//! The table of the city's own days and breaks.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Almanac1)]
}

struct Almanac1;

impl MigrationName for Almanac1 {
    fn name(&self) -> &'static str {
        "almanac_0001_entries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Almanac1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("almanac_entry")
                .col(uuid("id").primary_key())
                .col(text("sort"))
                .col(text("key"))
                .col(text("name_sv"))
                .col(text("name_en"))
                .col(text("first_day"))
                .col(text("last_day"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("almanac_entry_first")
                .table("almanac_entry")
                .col("key")
                .col("first_day")
                .unique()
                .to_owned(),
        )
        .await
    }
}
