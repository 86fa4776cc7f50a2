//! What a log-in needs beside the password: second factors, log-ins that are half done, and the
//! identities that people have at the city's identity provider.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

use super::{index, reference};

pub(super) struct Factors;

impl MigrationName for Factors {
    fn name(&self) -> &'static str {
        "accounts_0002_factors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Factors {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("session")
                .add_column(text("method").default("password"))
                .to_owned(),
        )
        .await?;
        codes(m).await?;
        passkeys(m).await?;
        steps(m).await?;
        provider(m).await
    }
}

async fn codes(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("totp")
            .col(uuid("person_id").primary_key())
            .col(binary("secret"))
            .col(big_integer("created_at"))
            .col(big_integer_null("confirmed_at"))
            // The last 30-second step whose code was taken: none up to it is taken again.
            .col(big_integer("last_step"))
            .foreign_key(&mut reference("totp", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table("recovery_code")
            .col(uuid("person_id"))
            .col(binary("code_hash"))
            .col(big_integer_null("used_at"))
            .primary_key(Index::create().col("person_id").col("code_hash"))
            .foreign_key(&mut reference("recovery_code", "person_id", "person"))
            .to_owned(),
    )
    .await
}

async fn passkeys(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("passkey")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(binary("credential_id").unique_key())
            .col(text("name"))
            // The public key and the counter, as JSON.
            .col(text("credential"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(&mut reference("passkey", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("passkey_person", "passkey", "person_id"))
        .await
}

/// Log-ins and registrations that wait for their next request; gone after some minutes.
async fn steps(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("log_in_step")
            .col(binary("step_key").primary_key())
            .col(text("state"))
            .col(big_integer("expires_at"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("log_in_step_expires", "log_in_step", "expires_at"))
        .await
}

async fn provider(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("person_identity")
            .col(text("issuer"))
            .col(text("subject"))
            .col(uuid("person_id"))
            .col(big_integer("linked_at"))
            .primary_key(Index::create().col("issuer").col("subject"))
            .foreign_key(&mut reference("person_identity", "person_id", "person"))
            .to_owned(),
    )
    .await?;
    m.create_index(index(
        "person_identity_person",
        "person_identity",
        "person_id",
    ))
    .await?;
    // Grants that a group at the provider gave, and that its loss takes away.
    m.create_table(
        Table::create()
            .table("provider_grant")
            .col(uuid("grant_id").primary_key())
            .col(text("issuer"))
            .col(text("group_name"))
            .foreign_key(
                reference("provider_grant", "grant_id", "role_grant")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned(),
    )
    .await
}
