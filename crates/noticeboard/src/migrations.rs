//! The notice board's table.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(NoticeBoard1)]
}

struct NoticeBoard1;

impl MigrationName for NoticeBoard1 {
    fn name(&self) -> &'static str {
        "noticeboard_0001_announcements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NoticeBoard1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("announcement")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(text("kind"))
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                // Instants worked out from the data, to ask by: microseconds.
                .col(big_integer("shown_from"))
                .col(big_integer("shown_until"))
                // Which events about its days are written: 0 none, 1 posted, 2 removed.
                .col(big_integer("told"))
                .col(text("data"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
        for column in ["shown_from", "shown_until", "organisation_id"] {
            m.create_index(
                Index::create()
                    .name(format!("announcement_{column}"))
                    .table("announcement")
                    .col(column)
                    .to_owned(),
            )
            .await?;
        }
        Ok(())
    }
}
