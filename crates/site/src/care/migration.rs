//! The tables of care.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// Who looks after a text, what the rules last said of it, where its outside links lead, and how
/// each organisation stood week by week.
pub(crate) struct Site8;

impl MigrationName for Site8 {
    fn name(&self) -> &'static str {
        "site_0008_care"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Site8 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("page_care")
                .col(uuid("content_id").primary_key())
                .col(uuid_null("reviewer_id"))
                .col(text_null("reminded_for"))
                .col(text_null("told_above_for"))
                .to_owned(),
        )
        .await?;
        m.create_index(index("page_care_reviewer", "page_care", "reviewer_id"))
            .await?;
        looked_at(m).await?;
        links(m).await?;
        m.create_table(
            Table::create()
                .table("care_week")
                .col(text("week"))
                .col(uuid("organisation_id"))
                .col(big_integer("pages"))
                .col(big_integer("without_reviewer"))
                .col(big_integer("overdue"))
                .col(big_integer("failing"))
                .col(big_integer("dead"))
                .col(big_integer("lix_sum"))
                .col(big_integer("lix_pages"))
                .primary_key(Index::create().col("week").col("organisation_id"))
                .to_owned(),
        )
        .await
    }
}

/// What the rules said of the version that is public.
async fn looked_at(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("page_quality")
            .col(uuid("content_id").primary_key())
            .col(big_integer("version"))
            .col(text("settings"))
            .col(big_integer("must"))
            .col(big_integer("should"))
            .col(big_integer("hint"))
            .col(big_integer_null("lix"))
            .col(text("rules"))
            .col(big_integer("checked_at"))
            .to_owned(),
    )
    .await
}

async fn links(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("outside_link")
            .col(text("url").primary_key())
            .col(text("host"))
            .col(big_integer("found_at"))
            .col(big_integer_null("tried_at"))
            .col(big_integer_null("answered_at"))
            .col(text("outcome"))
            .col(big_integer_null("status"))
            .col(big_integer("failures"))
            .col(big_integer("next_at"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("outside_link_next", "outside_link", "next_at"))
        .await?;
    m.create_table(
        Table::create()
            .table("page_link")
            .col(uuid("content_id"))
            .col(text("url"))
            .primary_key(Index::create().col("content_id").col("url"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("page_link_url", "page_link", "url"))
        .await
}

fn index(name: &str, table: &'static str, column: &'static str) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table).col(column);
    index
}

/// How often texts are read by month, the day of the last reading, and from which day readings are
/// counted; and how many nobody reads, week by week.
pub(crate) struct Site9;

impl MigrationName for Site9 {
    fn name(&self) -> &'static str {
        "site_0009_reads"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Site9 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("page_reads")
                .col(uuid("content_id"))
                .col(text("month"))
                .col(big_integer("reads"))
                .primary_key(Index::create().col("content_id").col("month"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("page_reading")
                .col(uuid("content_id").primary_key())
                .col(text("since"))
                .col(text_null("last_read"))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("care_week")
                .add_column(big_integer("unread").default(0))
                .to_owned(),
        )
        .await
    }
}
