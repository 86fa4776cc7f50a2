//! The tables of mail.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Notify1)]
}

struct Notify1;

impl MigrationName for Notify1 {
    fn name(&self) -> &'static str {
        "notify_0001_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Notify1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // What is written; shared by all mails that say the same.
        m.create_table(
            Table::create()
                .table("mail_content")
                .col(uuid("id").primary_key())
                .col(text("locale"))
                .col(text("subject"))
                .col(text("text_body"))
                .col(text_null("html_body"))
                .col(text_null("one_click"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
        outbox(m).await?;
        // How a day went, so that a storm is known as one.
        m.create_table(
            Table::create()
                .table("mail_day")
                .col(big_integer("day").primary_key())
                .col(big_integer("tried"))
                .col(big_integer("bounced"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mail_bounce")
                .col(uuid("mail_id").primary_key())
                .col(text("about_kind"))
                .col(uuid("about_id"))
                .col(big_integer("day"))
                .col(text("reason"))
                .col(big_integer("at"))
                .to_owned(),
        )
        .await?;
        index(
            m,
            "mail_bounce",
            "mail_bounce_about",
            &["about_kind", "about_id"],
        )
        .await
    }
}

async fn outbox(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("mail_outbox")
            .col(uuid("id").primary_key())
            .col(text("kind"))
            // Lower goes first: somebody waits for it.
            .col(big_integer("rank"))
            .col(uuid("content_id"))
            .col(text("recipient"))
            // What stands in this mail only, as JSON; emptied when it is sent.
            .col(text("fills"))
            .col(text_null("about_kind"))
            .col(uuid_null("about_id"))
            .col(text("state"))
            .col(big_integer("attempts"))
            .col(big_integer("next_at"))
            // From when on the time is counted after which it is given up.
            .col(big_integer("since"))
            .col(uuid_null("lease_id"))
            .col(big_integer_null("lease_until"))
            .col(text_null("last_error"))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .to_owned(),
    )
    .await?;
    index(
        m,
        "mail_outbox",
        "mail_outbox_due",
        &["state", "rank", "next_at"],
    )
    .await?;
    index(m, "mail_outbox", "mail_outbox_content", &["content_id"]).await?;
    index(
        m,
        "mail_outbox",
        "mail_outbox_about",
        &["about_kind", "about_id"],
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
