//! The tables of people, organisations, roles and sessions.

mod desk;
mod factors;

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Accounts1),
        Box::new(desk::Accounts2),
        Box::new(factors::Factors),
    ]
}

struct Accounts1;

impl MigrationName for Accounts1 {
    fn name(&self) -> &'static str {
        "accounts_0001_people"
    }
}

fn reference(
    from: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(from, column)
        .to(to, "id")
        .to_owned()
}

fn index(name: &'static str, table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create()
        .name(name)
        .table(table)
        .col(column)
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Accounts1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        organisations(m).await?;
        people(m).await?;
        roles(m).await?;
        sessions(m).await
    }
}

async fn organisations(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("organisation")
            .col(uuid("id").primary_key())
            .col(text("key").unique_key())
            .col(text("kind"))
            .col(uuid_null("parent_id"))
            .col(uuid_null("authority_id"))
            .col(text("name_sv"))
            .col(text("name_en"))
            .col(text("sort_key"))
            .foreign_key(&mut reference("organisation", "parent_id", "organisation"))
            .foreign_key(&mut reference(
                "organisation",
                "authority_id",
                "organisation",
            ))
            .to_owned(),
    )
    .await
}

async fn people(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("person")
            .col(uuid("id").primary_key())
            .col(text("email").unique_key())
            .col(text("name"))
            .col(text_null("password_hash"))
            .col(big_integer("created_at"))
            .col(big_integer_null("disabled_at"))
            .to_owned(),
    )
    .await
}

async fn roles(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("role")
            .col(uuid("id").primary_key())
            .col(text("key").unique_key())
            .col(text("name_sv"))
            .col(text("name_en"))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table("role_permission")
            .col(uuid("role_id"))
            .col(text("permission"))
            .primary_key(Index::create().col("role_id").col("permission"))
            .foreign_key(&mut reference("role_permission", "role_id", "role"))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table("role_grant")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(uuid("role_id"))
            .col(uuid("organisation_id"))
            .col(text("valid_from"))
            .col(text_null("valid_to"))
            .foreign_key(&mut reference("role_grant", "person_id", "person"))
            .foreign_key(&mut reference("role_grant", "role_id", "role"))
            .foreign_key(&mut reference(
                "role_grant",
                "organisation_id",
                "organisation",
            ))
            .to_owned(),
    )
    .await?;
    m.create_index(index("role_grant_person", "role_grant", "person_id"))
        .await
}

async fn sessions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("session")
            .col(uuid("id").primary_key())
            .col(binary("token_hash").unique_key())
            .col(uuid("person_id"))
            .col(big_integer("created_at"))
            .col(big_integer("last_seen_at"))
            .col(big_integer("expires_at"))
            .col(text("user_agent"))
            .foreign_key(&mut reference("session", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("session_person", "session", "person_id"))
        .await?;
    // The account and its source are kept as a digest: people type passwords into the wrong field.
    m.create_table(
        Table::create()
            .table("login_attempt")
            .col(binary("attempt_key").primary_key())
            .col(big_integer("failures"))
            .col(big_integer("last_at"))
            .col(big_integer("open_at"))
            .to_owned(),
    )
    .await
}
