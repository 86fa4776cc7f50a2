//! The table of changes of hours for many units.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

pub(crate) struct Hours1;

impl MigrationName for Hours1 {
    fn name(&self) -> &'static str {
        "directory_hours_0001_changes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Hours1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("hours_change")
                .col(uuid("id").primary_key())
                .col(big_integer("made_at"))
                .col(text("person"))
                .col(text("data"))
                .col(big_integer_null("ended_at"))
                .to_owned(),
        )
        .await
    }
}
