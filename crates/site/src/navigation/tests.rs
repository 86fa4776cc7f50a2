//! The questions of navigation on both databases.

use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, execute};
use torg_kernel::{Locale, PageId, Timestamp};
use torg_testkit::{TestDatabase, both};
use uuid::Uuid;

use super::service::Siblings;
use super::store::{self, Names};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_jobs::migrations::migrations());
        all.extend(crate::migrations::migrations());
        all
    }
}

fn id(number: u128) -> PageId {
    PageId(Uuid::from_u128(number))
}

/// A page with a Swedish text, below another.
async fn page(database: &Database, number: u128, parent: Option<u128>, kind: &str, order: i64) {
    let (kind, title) = (kind.to_owned(), format!("Sida {number}"));
    database
        .write(move |context| {
            Box::pin(async move {
                let parent = parent.map(Uuid::from_u128);
                execute(
                    &**context,
                    "INSERT INTO page (id, parent_id, organisation_id, page_type, icon, \
                     sort_order, hidden) VALUES ($1, $2, $3, $4, '', $5, 0)",
                    vec![
                        id(number).0.into(),
                        torg_db::SqlValue::Uuid(parent),
                        Uuid::from_u128(1_000).into(),
                        kind.into(),
                        order.into(),
                    ],
                )
                .await?;
                execute(
                    &**context,
                    "INSERT INTO page_content (id, page_id, locale, variant, address, state, \
                     title, sort_key, description, keywords, document, version, updated_at, told) \
                     VALUES ($1, $2, 'sv', 'standard', $3, 'published', $4, $4, '', '', '{}', 1, \
                     0, 1)",
                    vec![
                        Uuid::from_u128(number + 500).into(),
                        id(number).0.into(),
                        format!("/sida-{number}").into(),
                        title.into(),
                    ],
                )
                .await?;
                Ok(())
            })
        })
        .await
        .expect("a page");
}

#[tokio::test]
async fn the_tree_is_asked_level_by_level() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        page(database, 1, None, "start", 0).await;
        page(database, 2, Some(1), "theme", 20).await;
        page(database, 3, Some(1), "theme", 10).await;
        page(database, 4, Some(3), "article", 0).await;
        page(database, 5, Some(3), "news", 0).await;
        page(database, 6, Some(1), "section", 20).await;
        page(database, 7, Some(6), "news", 0).await;
        let snapshot = database.snapshot().await.expect("reads");
        let top = Siblings::below(&*snapshot, None).await.expect("the top");
        assert_eq!(top.list.len(), 1);
        assert!(top.list[0].below != 0 && !top.cut);
        let below = Siblings::below(&*snapshot, Some(id(1))).await;
        let below = below.expect("a level");
        let numbers: Vec<u128> = below.list.iter().map(|own| own.id.as_u128()).collect();
        // By number, then by title; a page with news only has nothing below it in the tree.
        assert_eq!(numbers, [3, 2, 6]);
        let inner: Vec<bool> = below.list.iter().map(|own| own.below != 0).collect();
        assert_eq!(inner, [true, false, false]);
        let path = store::list_path(&*snapshot, id(4)).await.expect("a path");
        assert_eq!(path, [id(1), id(3), id(4)]);
        let none = store::list_path(&*snapshot, id(99)).await.expect("no path");
        assert!(none.is_empty());
        let names = Names::find(&*snapshot, [id(2), id(4)]).await;
        let names = names.expect("names");
        let name = names.best(id(4), Locale::EN).expect("its only name");
        assert!(name.is_public(Timestamp::default()) && name.label() == "Sida 4");
        assert!(names.of(id(4), Locale::EN).is_none());
        assert_ne!(top.version(), below.version());
    });
}
