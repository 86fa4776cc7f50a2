//! Drafts on both databases: what clients write, what is planned, what meets what.

mod clients;
mod kept;
mod plans;
mod rights;

use std::sync::Arc;

use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, WriteContext};
use torg_kernel::{
    Actor, Address, Block, BlockContent, BlockId, ContentId, Document, Inline, Locale,
    OrganisationId, PageId, PersonId, Problem, Result, SeededIds, SystemIds, Timestamp, Variant,
};
use torg_log::Author;
use torg_revision::{Patch, patch_between};
use torg_testkit::{TestDatabase, both};
use torg_web::{OrganisationEntry, OrganisationList};
use uuid::Uuid;

use super::model::{DeskState, Working};
use super::publish::{self, Acting, Gate, Published};
use super::service::{self, By, Done};
use super::store as desk;
use crate::model::{Content, PageKind};
use crate::store;

/// Tuesday 3 March 2026, 14.30 in the city.
const NOW: Timestamp = Timestamp::from_micros(1_772_544_600_000_000);

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_jobs::migrations::migrations());
        all.extend(crate::migrations::migrations());
        all
    }
}

fn organisations() -> Arc<OrganisationList> {
    let entry = |id, key: &str| OrganisationEntry {
        id: OrganisationId(Uuid::from_u128(id)),
        key: key.to_owned(),
        parent: None,
        authority: None,
        name_sv: key.to_owned(),
        name_en: String::new(),
    };
    Arc::new(OrganisationList::new(vec![
        entry(7, "staden"),
        entry(8, "bolaget"),
    ]))
}

fn paragraph(id: u128, text: &str) -> Block {
    Block {
        id: BlockId(Uuid::from_u128(id)),
        v: BlockContent::VERSION,
        content: BlockContent::Paragraph {
            text: vec![Inline::text(text)],
        },
    }
}

fn text_of(block: &Block) -> String {
    match &block.content {
        BlockContent::Paragraph { text } => Inline::plain(text),
        _ => String::new(),
    }
}

/// A public page of three paragraphs.
fn page(ids: &SeededIds) -> Content {
    Content {
        id: ContentId::new(ids, NOW),
        page: PageId::new(ids, NOW),
        parent: None,
        organisation: OrganisationId(Uuid::from_u128(7)),
        kind: PageKind::Theme,
        icon: String::new(),
        order: 0,
        hidden: false,
        locale: Locale::SV,
        variant: Variant::Standard,
        address: Address::parse("/bad").expect("written here"),
        published: true,
        away: None,
        title: "Bad".to_owned(),
        description: "Var man badar.".to_owned(),
        keywords: Vec::new(),
        reviewed: None,
        version: 1,
        text_version: None,
        source_version: None,
        updated_at: NOW,
        details: crate::Details::default(),
        document: Arc::new(Document {
            blocks: vec![
                paragraph(1, "ett två"),
                paragraph(2, "tre fyra"),
                paragraph(3, "fem sex"),
            ],
        }),
    }
}

/// Does something as the program, at an instant.
async fn acting<T, F>(database: &Database, now: Timestamp, work: F) -> Result<T>
where
    T: Send + 'static,
    F: for<'a> FnOnce(&'a WriteContext, Acting<'a>) -> futures::future::BoxFuture<'a, Result<T>>
        + Send
        + 'static,
{
    let organisations = organisations();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("test");
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now,
                        ids: &SystemIds,
                    },
                    organisations: &organisations,
                };
                work(context, acting).await
            })
        })
        .await
}

/// Puts a page on the site.
async fn put(database: &Database, page: &Content) {
    let page = page.clone();
    acting(database, NOW, move |context, acting| {
        Box::pin(async move {
            let (author, organisations) = (acting.author, acting.organisations);
            crate::service::put(context, author, organisations, "page.created", None, &page).await
        })
    })
    .await
    .expect("the page is made");
}

/// Sends patches as a person's client does.
async fn send(
    database: &Database,
    id: ContentId,
    who: u128,
    now: Timestamp,
    patches: Vec<Patch>,
) -> Result<(Working, Vec<Done>)> {
    database
        .write(move |context| {
            Box::pin(async move {
                let head = desk::find_head(&**context, id).await?;
                let by = By {
                    person: Some(PersonId(Uuid::from_u128(who))),
                    name: "Någon",
                    now,
                };
                let head = head.ok_or(Problem::NotFound)?;
                service::change(context, by, &SystemIds, head, &patches).await
            })
        })
        .await
}

async fn working(database: &Database, id: ContentId) -> Working {
    let head = desk::find_head(database.single(), id).await.expect("reads");
    let head = head.expect("is there");
    service::working_of(database.single(), head)
        .await
        .expect("reads")
}

async fn public(database: &Database, id: ContentId) -> Content {
    let content = store::find(database.single(), id).await.expect("reads");
    content.expect("is there")
}

async fn publish_now(database: &Database, id: ContentId) -> Result<Published> {
    acting(database, NOW, move |context, acting| {
        Box::pin(async move {
            let head = desk::find_head(&**context, id).await?;
            let may = |_| true;
            let head = head.ok_or(Problem::NotFound)?;
            publish::publish(context, acting, head, &may, Gate::Ask("prov")).await
        })
    })
    .await
}

/// A patch that makes one block of a draft say something else.
fn rewrite(working: &Working, ids: &SeededIds, block: u128, text: &str) -> Patch {
    let mut document = working.draft.document();
    for own in &mut document.blocks {
        if own.id.0 == Uuid::from_u128(block) {
            *own = paragraph(block, text);
        }
    }
    let id = torg_kernel::RequestId::new(ids, NOW);
    patch_between(id, "fönster", &working.draft, &document, &[])
}

#[tokio::test]
async fn a_draft_is_beside_the_public_text_until_it_is_published() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(1);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        assert_eq!(opened.head.state(), DeskState::Published);
        assert_eq!(opened.draft.revision, 1);
        let patch = rewrite(&opened, &ids, 2, "tre fyra fjorton");
        let (written, done) = send(database, id, 1, NOW, vec![patch.clone()])
            .await
            .expect("is taken");
        assert!(!done[0].repeated);
        assert_eq!(written.draft.revision, 2);
        assert_eq!(written.head.state(), DeskState::Draft);
        // The answer was lost, and the patch is sent again.
        let (again, done) = send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        assert!(done[0].repeated);
        assert_eq!(again.draft.document(), written.draft.document());
        assert_eq!(again.draft.revision, 2);
        assert_eq!(public(database, id).await, page);
        assert_eq!(
            working(database, id).await.draft.document(),
            written.draft.document()
        );
        let version = publish_now(database, id).await.expect("is published");
        assert_eq!(version, Published::Version(2));
        let now = public(database, id).await;
        assert_eq!(text_of(&now.document.blocks[1]), "tre fyra fjorton");
        let closed = working(database, id).await;
        assert_eq!(closed.head.state(), DeskState::Published);
        assert_ne!(closed.head.generation_name(), opened.head.generation_name());
        let kept = desk::list_versions(database.single(), id, 10)
            .await
            .expect("reads");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].reason, "published");
        let (_, text) = desk::find_version(database.single(), kept[0].id)
            .await
            .expect("reads")
            .expect("is kept");
        assert_eq!(text, now);
        // Nothing was written since: there is nothing to publish.
        let same = publish_now(database, id).await.expect("nothing happens");
        assert_eq!(same, Published::Version(2));
    });
}

#[tokio::test]
async fn an_import_meanwhile_is_merged_or_a_conflict_and_never_overwritten() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(2);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 1, "ett två utkast");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        // An import changes another paragraph and the title.
        let mut imported = page.clone();
        imported.title = "Bad och bastu".to_owned();
        imported.document = Arc::new(Document {
            blocks: vec![
                paragraph(1, "ett två"),
                paragraph(2, "tre fyra importerat"),
                paragraph(3, "fem sex"),
            ],
        });
        replace(database, &page, imported).await;
        assert_eq!(
            publish_now(database, id).await.expect("merges"),
            Published::Version(3)
        );
        let now = public(database, id).await;
        assert_eq!(now.title, "Bad och bastu");
        let texts: Vec<String> = now.document.blocks.iter().map(text_of).collect();
        assert_eq!(texts, ["ett två utkast", "tre fyra importerat", "fem sex"]);

        // Both change the same words: the public text stands and the other is a conflict.
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 3, "fem åtta");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        let mut imported = now.clone();
        imported.document = Arc::new(Document {
            blocks: now
                .document
                .blocks
                .iter()
                .map(|block| match text_of(block).as_str() {
                    "fem sex" => paragraph(3, "fem nio"),
                    _ => block.clone(),
                })
                .collect(),
        });
        replace(database, &now, imported).await;
        let refused = publish_now(database, id).await.expect("is told");
        assert_eq!(refused, Published::Conflict);
        let now = public(database, id).await;
        assert_eq!(text_of(&now.document.blocks[2]), "fem nio");
        let met = working(database, id).await;
        assert_eq!(met.conflicts.len(), 1);
        let conflict = &met.conflicts[0].conflict;
        let torg_revision::Words::Block(other) = &conflict.other else {
            panic!("a block")
        };
        assert_eq!(text_of(other), "fem nio");
        // Settled with a text that has both: then it is published.
        let mut patch = rewrite(&met, &ids, 3, "fem åtta nio");
        patch.settled = vec![conflict.name.clone()];
        let (settled, _) = send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        assert!(settled.conflicts.is_empty());
        publish_now(database, id).await.expect("is published");
        let now = public(database, id).await;
        assert_eq!(text_of(&now.document.blocks[2]), "fem åtta nio");
    });
}

/// Changes the public row as an import does.
async fn replace(database: &Database, before: &Content, after: Content) {
    let before = before.clone();
    acting(database, NOW, move |context, acting| {
        Box::pin(async move {
            let after = after.next_after(&before, NOW);
            let (author, organisations) = (acting.author, acting.organisations);
            let kind = "page.changed";
            crate::service::put(context, author, organisations, kind, Some(&before), &after).await
        })
    })
    .await
    .expect("imports");
}

#[tokio::test]
async fn what_is_larger_than_any_page_is_refused_and_the_archive_is_closed() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(3);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        let many = Document {
            blocks: (0..20_000).map(|at| paragraph(at + 10, "x")).collect(),
        };
        let request = |_: u8| torg_kernel::RequestId::new(&ids, NOW);
        let patch = patch_between(request(1), "f", &opened.draft, &many, &[]);
        let refused = send(database, id, 1, NOW, vec![patch]).await;
        assert!(matches!(refused, Err(Problem::Invalid(_))), "{refused:?}");
        let long = rewrite(&opened, &ids, 1, &"ord ".repeat(100_000));
        let refused = send(database, id, 1, NOW, vec![long]).await;
        assert!(matches!(refused, Err(Problem::Invalid(_))), "{refused:?}");
        let unknown = patch_between(
            request(2),
            "f",
            &opened.draft,
            &opened.draft.document(),
            &[("password", "x")],
        );
        let refused = send(database, id, 1, NOW, vec![unknown]).await;
        assert!(matches!(refused, Err(Problem::Invalid(_))), "{refused:?}");
        assert_eq!(
            working(database, id).await.draft.document(),
            opened.draft.document()
        );
        archive(database, id).await;
        let patch = rewrite(&opened, &ids, 1, "för sent");
        let refused = send(database, id, 1, NOW, vec![patch]).await;
        assert!(matches!(refused, Err(Problem::Conflict(_))), "{refused:?}");
        let archived = working(database, id).await;
        assert_eq!(archived.head.state(), DeskState::Archived);
        assert!(!public(database, id).await.published);
    });
}

async fn archive(database: &Database, id: ContentId) {
    acting(database, NOW, move |context, acting| {
        Box::pin(async move {
            let head = desk::find_head(&**context, id).await?;
            let head = head.ok_or(Problem::NotFound)?;
            let away = Some(crate::model::Away::Archived);
            publish::unpublish(context, acting, &head, away).await
        })
    })
    .await
    .expect("is archived");
}
