//! The tables of pictures and files.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Files1)]
}

struct Files1;

impl MigrationName for Files1 {
    fn name(&self) -> &'static str {
        "files_0001_pictures_and_files"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Files1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("picture")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                .col(text("blob"))
                .col(text("source"))
                .col(text("kind"))
                .col(integer("width"))
                .col(integer("height"))
                .col(text("alt"))
                .col(text("credit"))
                .col(integer("focus_x"))
                .col(integer("focus_y"))
                .col(text("searched"))
                .col(big_integer("version"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("picture_variant")
                .col(uuid("picture_id"))
                .col(text("format"))
                .col(integer("width"))
                .col(integer("height"))
                .col(text("blob"))
                .col(big_integer("bytes"))
                .primary_key(Index::create().col("picture_id").col("format").col("width"))
                .foreign_key(
                    ForeignKey::create()
                        .from("picture_variant", "picture_id")
                        .to("picture", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("file")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(uuid("organisation_id"))
                .col(uuid_null("authority_id"))
                .col(text("blob"))
                .col(text("name"))
                .col(text("kind"))
                .col(big_integer("bytes"))
                .col(text("title"))
                .col(text("searched"))
                .col(big_integer("version"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await
    }
}
