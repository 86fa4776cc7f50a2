//! The calendar's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Calendar1), Box::new(Calendar2)]
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

struct Calendar2;

impl MigrationName for Calendar2 {
    fn name(&self) -> &'static str {
        "calendar_0002_signups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Calendar2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Places that nobody has, where places are given out here.
        m.alter_table(
            Table::alter()
                .table("calendar_occasion")
                .add_column(big_integer_null("places_left"))
                .to_owned(),
        )
        .await?;
        sign_ups(m).await
    }
}

/// Who comes to what. What is personal lies here and nowhere else.
async fn sign_ups(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("calendar_signup")
            .col(uuid("id").primary_key())
            .col(uuid("event_id"))
            // The occasion by its start by the pattern; empty for the whole series.
            .col(text("of_start"))
            .col(text("email"))
            // In small letters: two ways of writing one address are one.
            .col(text("email_key"))
            .col(text("name"))
            .col(big_integer("party"))
            .col(text("answers"))
            .col(text("form_version"))
            .col(text("locale"))
            .col(text("state"))
            .col(big_integer_null("place_until"))
            .col(big_integer_null("queued_at"))
            .col(big_integer("created_at"))
            .col(big_integer_null("confirmed_at"))
            .col(big_integer_null("cancelled_at"))
            // What they were told of the occasion, and at which version of the event that was looked at.
            .col(text("told"))
            .col(big_integer("told_version"))
            .col(big_integer("weed_at"))
            .to_owned(),
    )
    .await?;
    index(m, "calendar_signup", &["event_id", "of_start", "state"]).await?;
    index(m, "calendar_signup", &["email_key", "created_at"]).await?;
    index(m, "calendar_signup", &["place_until"]).await?;
    index(m, "calendar_signup", &["weed_at"]).await?;
    // Each mail has a link of its own, since only digests are kept.
    m.create_table(
        Table::create()
            .table("calendar_signup_key")
            .col(text("token_digest").primary_key())
            .col(uuid("signup_id"))
            .to_owned(),
    )
    .await?;
    index(m, "calendar_signup_key", &["signup_id"]).await?;
    // The questions as they were when they were answered.
    m.create_table(
        Table::create()
            .table("calendar_form")
            .col(text("version").primary_key())
            .col(text("form"))
            .to_owned(),
    )
    .await
}
