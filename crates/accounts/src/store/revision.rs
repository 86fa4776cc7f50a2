//! A number that every change of people, roles, grants, organisations and log-ins counts up, so that
//! a node that has them in memory needs to ask for one row to know that they still hold.

use torg_db::{ConnectionTrait, DbErr, execute, scalar};

pub(crate) async fn current<C: ConnectionTrait>(on: &C) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT revision FROM account_revision WHERE id = 1",
        vec![],
    )
    .await
}

pub(crate) async fn count_up<C: ConnectionTrait>(on: &C) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE account_revision SET revision = revision + 1 WHERE id = 1",
        vec![],
    )
    .await?;
    Ok(())
}
