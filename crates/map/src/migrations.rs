//! The map's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Map1)]
}

struct Map1;

impl MigrationName for Map1 {
    fn name(&self) -> &'static str {
        "map_0001_layers_addresses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Map1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("map_layer")
                .col(uuid("id").primary_key())
                .col(text("key").unique_key())
                .col(uuid("organisation_id"))
                .col(text("data"))
                // How many features it holds, and the digest of all of them.
                .col(big_integer("features"))
                .col(text("digest"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("map_feature")
                .col(uuid("layer_id"))
                .col(text("key"))
                // Its place in the file.
                .col(big_integer("position"))
                .col(text("data"))
                .col(text("geometry"))
                .primary_key(Index::create().col("layer_id").col("key"))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("map_address")
                .col(big_integer("id").primary_key())
                .col(text("street"))
                // As it is looked for: small letters without marks, abbreviations written out.
                .col(text("street_key"))
                .col(big_integer("number"))
                .col(text("letter"))
                .col(text("postcode"))
                .col(text("city"))
                // Millionths of a degree.
                .col(big_integer("lon"))
                .col(big_integer("lat"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("map_address_street")
                .table("map_address")
                .col("street_key")
                .col("number")
                .col("letter")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("map_register")
                .col(uuid("id").primary_key())
                .col(big_integer("addresses"))
                .col(text("digest"))
                .col(text("source"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await
    }
}
