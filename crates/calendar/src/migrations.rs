//! The calendar's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Calendar1)]
}

struct Calendar1;

impl MigrationName for Calendar1 {
    fn name(&self) -> &'static str {
        "calendar_0001_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Calendar1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        events(m).await?;
        occasions(m).await?;
        submissions(m).await
    }
}

async fn index(
    m: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index
        .name(format!("{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    m.create_index(index).await
}

async fn events(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("calendar_event")
            .col(uuid("id").primary_key())
            .col(text("key").unique_key())
            .col(uuid("organisation_id"))
            .col(uuid_null("authority_id"))
            .col(text("state"))
            .col(text("category"))
            // The larger event, and the units that it points at.
            .col(uuid_null("part_of"))
            .col(uuid_null("place_unit_id"))
            .col(uuid_null("organiser_unit_id"))
            // Lower case without accents: name and place, for the staff's list.
            .col(text("words"))
            .col(text("data"))
            .col(big_integer("version"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .to_owned(),
    )
    .await?;
    index(m, "calendar_event", &["state"]).await?;
    index(m, "calendar_event", &["part_of"]).await?;
    index(m, "calendar_event", &["place_unit_id"]).await
}

/// Each occasion of each event within some months of now, worked out from the events' patterns, so that
/// any question about the calendar is one walk along an index.
async fn occasions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("calendar_occasion")
            .col(uuid("event_id"))
            // The start by the pattern, as civil time: which occasion it is, also when it is moved.
            .col(text("of_start"))
            .col(text("start_civil"))
            .col(text("end_civil"))
            .col(big_integer("begins_at"))
            .col(big_integer("ends_at"))
            .col(big_integer("all_day"))
            // 1 when everybody may see it.
            .col(big_integer("public"))
            .col(text("status"))
            .col(text("note"))
            .col(text_null("instead"))
            // What it is asked by: sets as bits, ages 0 and 200 when untold.
            .col(big_integer("category"))
            .col(big_integer("audiences"))
            .col(big_integer("age_from"))
            .col(big_integer("age_to"))
            .col(big_integer("free"))
            .col(big_integer("ease"))
            // ` sv so `.
            .col(text("languages"))
            .col(uuid("organisation_id"))
            .col(uuid_null("place_unit_id"))
            .col(text_null("area"))
            // Millionths of a degree.
            .col(big_integer_null("lat"))
            .col(big_integer_null("lon"))
            .primary_key(Index::create().col("event_id").col("of_start"))
            .to_owned(),
    )
    .await?;
    index(m, "calendar_occasion", &["public", "begins_at", "ends_at"]).await?;
    index(m, "calendar_occasion", &["place_unit_id", "begins_at"]).await
}

/// What people outside send in. The mail address lies here and nowhere else.
async fn submissions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("calendar_submission")
            .col(uuid("id").primary_key())
            .col(text("token_digest").unique_key())
            .col(text("email"))
            .col(text("sender"))
            .col(text("locale"))
            .col(text("data"))
            // The event it became when the address was confirmed.
            .col(uuid_null("event_id"))
            .col(big_integer("created_at"))
            .col(big_integer_null("confirmed_at"))
            .col(big_integer_null("answered_at"))
            .to_owned(),
    )
    .await?;
    index(m, "calendar_submission", &["event_id"]).await?;
    index(m, "calendar_submission", &["created_at"]).await
}
