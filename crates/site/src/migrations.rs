//! The site's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

use crate::care::migration::{Site8, Site9};
use crate::desk::migration::{Site6, Site11};
use crate::history::migration::Site7;
use crate::navigation::migration::Site10;

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Site1),
        Box::new(Site2),
        Box::new(Site3),
        Box::new(Site4),
        Box::new(Site5),
        Box::new(Site6),
        Box::new(Site7),
        Box::new(Site8),
        Box::new(Site9),
        Box::new(Site10),
        Box::new(Site11),
        Box::new(Site12),
    ]
}

struct Site1;
struct Site2;
struct Site3;
struct Site4;
struct Site5;

impl MigrationName for Site1 {
    fn name(&self) -> &'static str {
        "site_0001_pages"
    }
}

impl MigrationName for Site2 {
    fn name(&self) -> &'static str {
        "site_0002_text_version"
    }
}

impl MigrationName for Site3 {
    fn name(&self) -> &'static str {
        "site_0003_searching"
    }
}

fn index(
    name: &str,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index
}

#[async_trait::async_trait]
impl MigrationTrait for Site1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("page")
                .col(uuid("id").primary_key())
                .col(uuid_null("parent_id"))
                .col(uuid("organisation_id"))
                .col(text("page_type"))
                .col(text("icon"))
                .col(big_integer("sort_order"))
                .to_owned(),
        )
        .await?;
        m.create_index(index(
            "page_parent",
            "page",
            &["parent_id", "sort_order", "id"],
            false,
        ))
        .await?;
        m.create_index(index("page_by_type", "page", &["page_type"], false))
            .await?;
        m.create_table(
            Table::create()
                .table("page_content")
                .col(uuid("id").primary_key())
                .col(uuid("page_id"))
                .col(text("locale"))
                .col(text("variant"))
                .col(text("address"))
                .col(text("state"))
                .col(text("title"))
                .col(text("sort_key"))
                .col(text("description"))
                .col(text("keywords"))
                .col(text("document"))
                .col(text_null("reviewed_on"))
                .col(big_integer("version"))
                .col(big_integer_null("source_version"))
                .col(big_integer("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("page_content", "page_id")
                        .to("page", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(index(
            "page_content_address",
            "page_content",
            &["address"],
            true,
        ))
        .await?;
        m.create_index(index(
            "page_content_page",
            "page_content",
            &["page_id", "locale", "variant"],
            true,
        ))
        .await?;
        m.create_index(index(
            "page_content_title",
            "page_content",
            &["sort_key", "id"],
            false,
        ))
        .await?;
        m.create_table(
            Table::create()
                .table("page_reference")
                .col(uuid("content_id"))
                .col(text("target_kind"))
                .col(uuid("target_id"))
                .primary_key(
                    Index::create()
                        .col("content_id")
                        .col("target_kind")
                        .col("target_id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(index(
            "page_reference_target",
            "page_reference",
            &["target_kind", "target_id"],
            false,
        ))
        .await?;
        m.create_table(
            Table::create()
                .table("page_redirect")
                .col(text("address").primary_key())
                .col(uuid("content_id"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("site_setting")
                .col(text("name").primary_key())
                .col(text("content"))
                .to_owned(),
        )
        .await
    }
}

/// The version at which a text's words were last changed. None means the present version, which is
/// what is known of the rows that were there before, and what the log says of them.
#[async_trait::async_trait]
impl MigrationTrait for Site2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("page_content")
                .add_column(big_integer_null("text_version"))
                .to_owned(),
        )
        .await
    }
}

/// Counts of searches by day, language and query, without anything about who searched; and what
/// was done about queries that found nothing.
#[async_trait::async_trait]
impl MigrationTrait for Site3 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("search_count")
                .col(text("day"))
                .col(text("locale"))
                .col(text("query"))
                .col(big_integer("searches"))
                .col(big_integer("results"))
                .col(big_integer("clicks"))
                .col(big_integer("no_result"))
                .primary_key(Index::create().col("day").col("locale").col("query"))
                .to_owned(),
        )
        .await?;
        m.create_index(index(
            "search_count_query",
            "search_count",
            &["locale", "query"],
            false,
        ))
        .await?;
        m.create_table(
            Table::create()
                .table("search_handled")
                .col(text("locale"))
                .col(text("query"))
                .col(text("day"))
                .col(text("how"))
                .col(text("note"))
                .primary_key(Index::create().col("locale").col("query"))
                .to_owned(),
        )
        .await
    }
}

impl MigrationName for Site4 {
    fn name(&self) -> &'static str {
        "site_0004_dated_pages"
    }
}

/// What dated pages say, with the columns that their lists ask for; and how far the log has been
/// told of changes that time alone makes: 0 for not yet public, 1 for public, 2 for over.
#[async_trait::async_trait]
impl MigrationTrait for Site4 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text_null("details"),
            big_integer_null("published_at"),
            big_integer_null("until_at"),
            big_integer_null("published_year"),
            big_integer("told").default(1).to_owned(),
        ] {
            m.alter_table(
                Table::alter()
                    .table("page_content")
                    .add_column(column)
                    .to_owned(),
            )
            .await?;
        }
        m.create_index(index(
            "page_content_due",
            "page_content",
            &["told", "published_at"],
            false,
        ))
        .await?;
        m.create_table(
            Table::create()
                .table("page_category")
                .col(uuid("content_id"))
                .col(text("slug"))
                .col(text("name"))
                .primary_key(Index::create().col("content_id").col("slug"))
                .to_owned(),
        )
        .await?;
        m.create_index(index(
            "page_category_slug",
            "page_category",
            &["slug"],
            false,
        ))
        .await
    }
}

impl MigrationName for Site5 {
    fn name(&self) -> &'static str {
        "site_0005_comments"
    }
}

/// Comments. What was before the last decision lies beside them, so that it can be undone.
#[async_trait::async_trait]
impl MigrationTrait for Site5 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("comment")
                .col(uuid("id").primary_key())
                .col(uuid("page_id"))
                .col(uuid("content_id"))
                .col(uuid("organisation_id"))
                .col(text("locale"))
                .col(text("state"))
                .col(big_integer("held"))
                .col(text("name"))
                .col(text("email"))
                .col(text("body"))
                .col(text("key_digest"))
                .col(big_integer("created_at"))
                .col(big_integer_null("shown_at"))
                .col(big_integer_null("decided_at"))
                .col(uuid_null("decision_id"))
                .col(text("rule"))
                .col(text("note"))
                .col(big_integer("reports"))
                .col(text("report_rule"))
                .col(text("before_state"))
                .col(big_integer("before_reports"))
                .col(big_integer_null("weeded_at"))
                .to_owned(),
        )
        .await?;
        for (name, columns) in [
            (
                "comment_content",
                ["content_id", "state", "created_at"].as_slice(),
            ),
            ("comment_state", &["state", "organisation_id", "created_at"]),
            ("comment_key", &["key_digest"]),
            ("comment_decision", &["decision_id"]),
        ] {
            m.create_index(index(name, "comment", columns, false))
                .await?;
        }
        Ok(())
    }
}

/// What the staff's list needs of each text, apart from the text itself: rows with whole documents
/// are read for those that are shown, not for all that are counted.
struct Site12;

impl MigrationName for Site12 {
    fn name(&self) -> &'static str {
        "site_0012_page_list"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Site12 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_index(index(
            "page_content_list",
            "page_content",
            &["sort_key", "id", "page_id", "locale", "state", "address"],
            false,
        ))
        .await
    }
}
