//! The tables of pictures and files.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Files1), Box::new(Files2)]
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

struct Files2;

impl MigrationName for Files2 {
    fn name(&self) -> &'static str {
        "files_0002_rights"
    }
}

/// Rights, standard pictures and looks. `public_until` is the instant that the rights amount to and
/// `told_until` the one that the log was told of. Pictures that were there before have nothing said of
/// their rights, and no look until their pixels are changed.
#[async_trait::async_trait]
impl MigrationTrait for Files2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            boolean("decorative").default(false).to_owned(),
            boolean("described").default(false).to_owned(),
            boolean("standard").default(false).to_owned(),
            text("themes").default("").to_owned(),
            text("licence").default("unknown").to_owned(),
            text("terms").default("").to_owned(),
            text("people").default("unknown").to_owned(),
            text("consent").default("").to_owned(),
            text_null("valid_until"),
            text("until_reason").default("").to_owned(),
            big_integer_null("public_until"),
            big_integer_null("told_until"),
            big_integer_null("look"),
        ] {
            m.alter_table(
                Table::alter()
                    .table("picture")
                    .add_column(column)
                    .to_owned(),
            )
            .await?;
        }
        // Quotes within the words stand with a backslash before them, so this is the language's name.
        m.get_connection()
            .execute_unprepared("UPDATE picture SET described = TRUE WHERE alt LIKE '%\"sv\":\"%'")
            .await?;
        for (name, table, column) in [
            ("picture_source", "picture", "source"),
            ("picture_public_until", "picture", "public_until"),
            ("picture_variant_blob", "picture_variant", "blob"),
        ] {
            m.create_index(
                Index::create()
                    .name(name)
                    .table(table)
                    .col(column)
                    .to_owned(),
            )
            .await?;
        }
        Ok(())
    }
}
