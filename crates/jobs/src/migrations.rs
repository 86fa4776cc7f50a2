//! The queue's tables.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// The steps of this room, in order.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Jobs1)]
}

struct Jobs1;

impl MigrationName for Jobs1 {
    fn name(&self) -> &'static str {
        "jobs_0001_queue"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Jobs1 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("job")
                .col(uuid("id").primary_key())
                .col(text("kind"))
                .col(text("payload"))
                .col(text("state"))
                // The key of a job that may not run beside another of the same key.
                .col(text_null("job_key"))
                // The same while the job waits: of those there is one at most.
                .col(text_null("waiting_key").unique_key())
                .col(big_integer("run_at"))
                .col(big_integer("attempts"))
                .col(big_integer("max_attempts"))
                .col(uuid_null("lease_id"))
                .col(big_integer_null("lease_until"))
                .col(text_null("last_error"))
                .col(big_integer("created_at"))
                .col(big_integer_null("finished_at"))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("job_state")
                .table("job")
                .col("state")
                .col("run_at")
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("job_schedule")
                .col(text("name").primary_key())
                .col(text("rule_text"))
                .col(big_integer("next_at"))
                .to_owned(),
        )
        .await
    }
}
