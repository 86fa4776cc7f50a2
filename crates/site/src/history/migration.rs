//! The tables of history, review and trash.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

pub(crate) struct Site7;

impl MigrationName for Site7 {
    fn name(&self) -> &'static str {
        "site_0007_history"
    }
}

/// Secret links to a draft, of which only the digest is kept; what was said of a draft and what
/// was suggested; what lies in the trash, as it was.
#[async_trait::async_trait]
impl MigrationTrait for Site7 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("preview_link")
                .col(uuid("id").primary_key())
                .col(uuid("content_id"))
                .col(text("digest"))
                .col(text("note"))
                .col(uuid_null("person_id"))
                .col(big_integer("made_at"))
                .col(big_integer("ends_at"))
                .col(big_integer_null("ended_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("review_note")
                .col(uuid("id").primary_key())
                .col(uuid("content_id"))
                .col(text("part"))
                .col(uuid_null("thread_id"))
                .col(text("kind"))
                .col(text("body"))
                .col(text_null("base"))
                .col(text_null("proposal"))
                .col(uuid_null("person_id"))
                .col(big_integer("made_at"))
                .col(text("state"))
                .col(uuid_null("settled_by"))
                .col(big_integer_null("settled_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("page_trash")
                .col(uuid("content_id").primary_key())
                .col(uuid("batch_id"))
                .col(uuid("page_id"))
                .col(uuid("organisation_id"))
                .col(text("locale"))
                .col(text("title"))
                .col(text("address"))
                .col(text("snapshot"))
                .col(uuid_null("person_id"))
                .col(big_integer("trashed_at"))
                .to_owned(),
        )
        .await?;
        for (name, table, columns, unique) in [
            (
                "preview_link_digest",
                "preview_link",
                ["digest"].as_slice(),
                true,
            ),
            (
                "preview_link_content",
                "preview_link",
                &["content_id", "made_at"],
                false,
            ),
            (
                "review_note_content",
                "review_note",
                &["content_id", "made_at"],
                false,
            ),
            ("page_trash_batch", "page_trash", &["batch_id"], false),
            ("page_trash_at", "page_trash", &["trashed_at"], false),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            m.create_index(index).await?;
        }
        Ok(())
    }
}
