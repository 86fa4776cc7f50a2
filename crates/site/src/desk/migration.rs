//! The desk's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

pub(crate) struct Site6;

impl MigrationName for Site6 {
    fn name(&self) -> &'static str {
        "site_0006_desk"
    }
}

fn by_content(columns: [&'static str; 2]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.col(columns[0]).col(columns[1]);
    index
}

/// What is being written, beside the public rows: a draft for each content, its blocks and fields
/// with their versions, the patches that came through, conflicts, who is there; what texts were
/// handed on, and what shall happen at a time.
#[async_trait::async_trait]
impl MigrationTrait for Site6 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("draft")
                .col(uuid("content_id").primary_key())
                .col(big_integer("generation"))
                .col(text("state"))
                .col(big_integer("revision"))
                .col(text("block_order"))
                .col(big_integer("base_version"))
                .col(text_null("base"))
                .col(text("note"))
                .col(big_integer_null("approved_revision"))
                .col(uuid_null("person_id"))
                .col(big_integer("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("draft", "content_id")
                        .to("page_content", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("draft_state")
                .table("draft")
                .col("state")
                .col("updated_at")
                .to_owned(),
        )
        .await?;
        for table in tables() {
            m.create_table(table).await?;
        }
        m.create_index(
            Index::create()
                .name("page_version_content")
                .table("page_version")
                .col("content_id")
                .col("made_at")
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("page_schedule_at")
                .table("page_schedule")
                .col("failed")
                .col("at")
                .to_owned(),
        )
        .await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("draft_part")
            .col(uuid("content_id"))
            .col(text("part"))
            .col(big_integer("version"))
            .col(text_null("body"))
            .col(uuid_null("after_id"))
            .primary_key(&mut by_content(["content_id", "part"]))
            .to_owned(),
        Table::create()
            .table("draft_patch")
            .col(uuid("content_id"))
            .col(uuid("patch_id"))
            .col(big_integer("revision"))
            .col(big_integer("at"))
            .primary_key(&mut by_content(["content_id", "patch_id"]))
            .to_owned(),
        Table::create()
            .table("draft_conflict")
            .col(uuid("content_id"))
            .col(text("name"))
            .col(text("body"))
            .col(uuid_null("person_id"))
            .col(text("person"))
            .col(big_integer("at"))
            .primary_key(&mut by_content(["content_id", "name"]))
            .to_owned(),
        Table::create()
            .table("draft_presence")
            .col(uuid("content_id"))
            .col(text("client"))
            .col(uuid("person_id"))
            .col(text("person"))
            .col(text_null("part"))
            .col(big_integer("seen_at"))
            .primary_key(&mut by_content(["content_id", "client"]))
            .to_owned(),
        Table::create()
            .table("page_version")
            .col(uuid("id").primary_key())
            .col(uuid("content_id"))
            .col(big_integer("version"))
            .col(text("reason"))
            .col(text("name"))
            .col(uuid_null("person_id"))
            .col(big_integer("made_at"))
            .col(text("snapshot"))
            .to_owned(),
        Table::create()
            .table("page_schedule")
            .col(uuid("content_id"))
            .col(text("action"))
            .col(big_integer("at"))
            .col(text("local_time"))
            .col(uuid_null("version_id"))
            .col(big_integer("draft_revision"))
            .col(uuid_null("person_id"))
            .col(boolean("failed"))
            .col(text("failure"))
            .primary_key(&mut by_content(["content_id", "action"]))
            .to_owned(),
    ]
}

/// What was written in a draft and no text holds, beside the version that was made of it; how often
/// the program failed at what was planned, and when it tries again.
pub(crate) struct Site11;

impl MigrationName for Site11 {
    fn name(&self) -> &'static str {
        "site_0011_rest_of_drafts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Site11 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("page_version", text_null("rest")),
            ("page_schedule", big_integer("tries").default(0).to_owned()),
            (
                "page_schedule",
                big_integer("next_try_at").default(0).to_owned(),
            ),
        ] {
            m.alter_table(Table::alter().table(table).add_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
