//! What menus need to know of pages.

use torg_db::sea_orm_migration::{prelude::*, schema::*};

/// Whether menus leave a page out, and what they call it. The words are those of the details, kept
/// in a column of their own so that a menu is made without reading the details of every page in it.
pub(crate) struct Site10;

impl MigrationName for Site10 {
    fn name(&self) -> &'static str {
        "site_0010_navigation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Site10 {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(
            Table::alter()
                .table("page")
                .add_column(big_integer("hidden").default(0))
                .to_owned(),
        )
        .await?;
        m.alter_table(
            Table::alter()
                .table("page_content")
                .add_column(text("menu_title").default(""))
                .to_owned(),
        )
        .await
    }
}
