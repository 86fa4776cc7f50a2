//! The directory's table.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Directory1)]
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
