//! What the administrators' pages need: who gave a grant and who ended it, organisations that have
//! ended, delegation, which delivered roles and permissions the city was offered, and a number that
//! tells every node that something changed.

use torg_db::sea_orm_migration::{prelude::*, schema::*};
use torg_db::{execute, scalar};

use super::{index, reference};

pub(super) struct Accounts2;

impl MigrationName for Accounts2 {
    fn name(&self) -> &'static str {
        "accounts_0002_grants_and_roles"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Accounts2 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            big_integer_null("granted_at"),
            uuid_null("granted_by"),
            big_integer_null("ended_at"),
            uuid_null("ended_by"),
        ] {
            m.alter_table(add("role_grant", column)).await?;
        }
        m.create_index(index(
            "role_grant_organisation",
            "role_grant",
            "organisation_id",
        ))
        .await?;
        m.alter_table(add("organisation", big_integer_null("ended_at")))
            .await?;
        delegations(m).await?;
        offers(m).await?;
        revision(m).await
    }
}

fn add(table: &'static str, column: ColumnDef) -> TableAlterStatement {
    Table::alter().table(table).add_column(column).to_owned()
}

async fn delegations(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("delegation")
            .col(uuid("id").primary_key())
            .col(uuid("giver_id"))
            .col(uuid("taker_id"))
            .col(text("valid_from"))
            .col(text("valid_to"))
            // All that the giver has, or only what delegation_grant names.
            .col(boolean("whole"))
            .col(big_integer("created_at"))
            .col(big_integer_null("ended_at"))
            .col(uuid_null("ended_by"))
            .foreign_key(&mut reference("delegation", "giver_id", "person"))
            .foreign_key(&mut reference("delegation", "taker_id", "person"))
            .to_owned(),
    )
    .await?;
    m.create_index(index("delegation_giver", "delegation", "giver_id"))
        .await?;
    m.create_index(index("delegation_taker", "delegation", "taker_id"))
        .await?;
    m.create_table(
        Table::create()
            .table("delegation_grant")
            .col(uuid("delegation_id"))
            .col(uuid("grant_id"))
            .primary_key(Index::create().col("delegation_id").col("grant_id"))
            .foreign_key(&mut reference(
                "delegation_grant",
                "delegation_id",
                "delegation",
            ))
            .foreign_key(&mut reference("delegation_grant", "grant_id", "role_grant"))
            .to_owned(),
    )
    .await
}

/// What the roles delivered before this step held: a city that has them was offered this.
const OFFERED: &[(&str, &[&str])] = &[
    (
        "administrator",
        &[
            "workspace.use",
            "page.read",
            "page.edit",
            "page.publish",
            "unit.edit",
            "fact.edit",
            "notice.publish",
            "comment.moderate",
            "log.read",
            "search.manage",
            "person.manage",
            "setting.manage",
        ],
    ),
    (
        "web_strategist",
        &[
            "workspace.use",
            "page.read",
            "page.edit",
            "page.publish",
            "unit.edit",
            "fact.edit",
            "notice.publish",
            "comment.moderate",
            "log.read",
            "search.manage",
        ],
    ),
    (
        "publisher",
        &[
            "workspace.use",
            "page.read",
            "page.edit",
            "page.publish",
            "notice.publish",
            "comment.moderate",
            "log.read",
            "search.manage",
        ],
    ),
    (
        "editor",
        &["workspace.use", "page.read", "page.edit", "log.read"],
    ),
    (
        "unit_editor",
        &["workspace.use", "unit.edit", "fact.edit", "log.read"],
    ),
    ("reader", &["workspace.use", "page.read"]),
];

/// One row for each delivered role (`permission` empty) and for each permission offered to it.
async fn offers(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("role_offer")
            .col(text("role_key"))
            .col(text("permission"))
            .primary_key(Index::create().col("role_key").col("permission"))
            .to_owned(),
    )
    .await?;
    let on = m.get_connection();
    for (role, permissions) in OFFERED {
        let there: i64 = scalar(
            on,
            "SELECT count(*) FROM role WHERE key = $1",
            vec![(*role).into()],
        )
        .await?;
        if there == 0 {
            continue;
        }
        for permission in [""].iter().chain(permissions.iter()) {
            execute(
                on,
                "INSERT INTO role_offer (role_key, permission) VALUES ($1, $2)",
                vec![(*role).into(), (*permission).into()],
            )
            .await?;
        }
    }
    Ok(())
}

/// One row that every change of people, roles, grants and log-ins counts up: a node that has them in
/// memory asks for this number alone.
async fn revision(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("account_revision")
            .col(integer("id").primary_key())
            .col(big_integer("revision"))
            .to_owned(),
    )
    .await?;
    execute(
        m.get_connection(),
        "INSERT INTO account_revision (id, revision) VALUES (1, 0)",
        vec![],
    )
    .await?;
    Ok(())
}
