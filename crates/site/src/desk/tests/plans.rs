//! What is planned is done once, by whichever node is there.

use std::collections::HashSet;

use async_trait::async_trait;
use torg_db::{DatabaseOptions, DatabaseTransaction, Snapshot, scalar};
use torg_kernel::{Clock, Ids, ManualClock};
use torg_web::Organisations;

use super::*;
use crate::desk::schedule::{Times, plan};
use crate::desk::{Planners, run_due, run_schedule};

struct City;

/// Those who may publish everything.
struct Anybody;

#[async_trait]
impl Planners for Anybody {
    async fn publishes_for(
        &self,
        _: &DatabaseTransaction,
        _: PersonId,
        _: Timestamp,
    ) -> Result<HashSet<OrganisationId>> {
        Ok([7, 8].map(|id| OrganisationId(Uuid::from_u128(id))).into())
    }
}

fn anybody() -> Arc<dyn Planners> {
    Arc::new(Anybody)
}

#[async_trait]
impl Organisations for City {
    async fn list(&self, _: &Snapshot) -> Result<Arc<OrganisationList>> {
        Ok(organisations())
    }
}

async fn planned(database: &Database, id: ContentId, publish: &str, unpublish: &str) -> Result<()> {
    let times = Times {
        publish: publish.to_owned(),
        unpublish: unpublish.to_owned(),
    };
    acting(database, NOW, move |context, acting| {
        Box::pin(async move {
            let head = desk::find_head(&**context, id).await?;
            let head = head.ok_or(Problem::NotFound)?;
            plan(context, acting, head, &times, &|_| true, Gate::Ask("prov")).await
        })
    })
    .await
}

async fn events(database: &Database, kind: &str) -> i64 {
    let sql = "SELECT count(*) FROM event WHERE kind = $1";
    scalar(database.single(), sql, vec![kind.into()])
        .await
        .expect("counts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_do_what_is_planned_once_and_in_time() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(5);
        let page = page(&ids);
        let id = page.id;
        put(&test.database, &page).await;
        let opened = working(&test.database, id).await;
        let patch = rewrite(&opened, &ids, 1, "ett två tre");
        send(&test.database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        for (publish, unpublish, field) in [
            ("2026-03-03T14:00", "", "publish_at"),
            ("i morgon", "", "publish_at"),
            ("", "", "publish_at"),
            ("2026-03-04T09:00", "2026-03-04T09:00", "unpublish_at"),
        ] {
            let refused = planned(&test.database, id, publish, unpublish).await;
            let Err(Problem::Invalid(errors)) = refused else {
                panic!("{publish} {unpublish}")
            };
            assert_eq!(errors[0].field, field);
        }
        planned(&test.database, id, "2026-03-03T14:31", "2026-03-03T14:32")
            .await
            .expect("is planned");
        assert_eq!(
            working(&test.database, id).await.head.state(),
            DeskState::Scheduled
        );

        let clock = Arc::new(ManualClock::new(NOW));
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let mut nodes = Vec::new();
        for _ in 0..2 {
            let database = Database::open(&DatabaseOptions::new(&test.url))
                .await
                .expect("opens");
            let own = database.clone();
            let running = tokio::spawn(run_schedule(
                own,
                Arc::new(City),
                anybody(),
                clock.clone(),
                Arc::new(SystemIds),
                stopping.clone(),
            ));
            nodes.push((database, running));
        }
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        assert_eq!(
            public(&test.database, id).await.version,
            1,
            "not before its time"
        );
        clock.advance_seconds(60);
        let started = std::time::Instant::now();
        while public(&test.database, id).await.version == 1 {
            assert!(started.elapsed().as_secs() < 5, "within five seconds");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let now = public(&test.database, id).await;
        assert_eq!(text_of(&now.document.blocks[0]), "ett två tre");
        // One node dies; the other does the rest.
        nodes[0].1.abort();
        clock.advance_seconds(60);
        let started = std::time::Instant::now();
        while public(&test.database, id).await.published {
            assert!(started.elapsed().as_secs() < 5, "within five seconds");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        stop.send(true).expect("a node listens");
        nodes.remove(1).1.await.expect("the node ends");
        nodes[0].0.close().await;
        assert_eq!(events(&test.database, "page.changed").await, 1);
        assert_eq!(events(&test.database, "page.unpublished").await, 1);
        assert_eq!(
            working(&test.database, id).await.head.state(),
            DeskState::Unpublished
        );
    });
}

#[tokio::test]
async fn what_is_written_after_planning_stays_a_draft() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(6);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 1, "planerat");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        planned(database, id, "2026-03-03T15:00", "")
            .await
            .expect("is planned");
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 2, "senare");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW.plus_seconds(3_600)));
        let own: Arc<dyn Ids> = Arc::new(SystemIds);
        let done = run_due(database, &organisations(), &anybody(), &clock, &own).await;
        assert_eq!(done.expect("is done"), 1);
        let texts: Vec<String> = public(database, id)
            .await
            .document
            .blocks
            .iter()
            .map(text_of)
            .collect();
        assert_eq!(texts, ["planerat", "tre fyra", "fem sex"]);
        let left = working(database, id).await;
        assert_eq!(left.head.state(), DeskState::Draft);
        publish_now(database, id).await.expect("is published");
        let texts: Vec<String> = public(database, id)
            .await
            .document
            .blocks
            .iter()
            .map(text_of)
            .collect();
        assert_eq!(texts, ["planerat", "senare", "fem sex"]);
    });
}

#[tokio::test]
async fn a_plan_that_cannot_be_done_is_told_and_tried_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(8);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 1, "utkast");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        planned(database, id, "2026-03-03T15:00", "")
            .await
            .expect("is planned");
        // The page becomes public with other words in the same place.
        let mut imported = page.clone();
        imported.document = Arc::new(Document {
            blocks: vec![paragraph(1, "importerat")],
        });
        replace(database, &page, imported).await;
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW.plus_seconds(3_600)));
        let own: Arc<dyn Ids> = Arc::new(SystemIds);
        for _ in 0..2 {
            let done = run_due(database, &organisations(), &anybody(), &clock, &own).await;
            assert_eq!(done.expect("is looked at"), 0);
        }
        let plans = desk::list_schedule(database.single(), id)
            .await
            .expect("reads");
        assert_eq!(plans[0].failure.as_deref(), Some("desk-conflicts-open"));
        assert_eq!(
            text_of(&public(database, id).await.document.blocks[0]),
            "importerat"
        );
        // Planned anew once it is settled, it is done.
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 2, "annat");
        let (met, _) = send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        let mut patch = rewrite(&met, &ids, 1, "båda");
        patch.settled = met
            .conflicts
            .iter()
            .map(|kept| kept.conflict.name.clone())
            .collect();
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        planned(database, id, "2026-03-03T15:00", "")
            .await
            .expect("is planned");
        let done = run_due(database, &organisations(), &anybody(), &clock, &own).await;
        assert_eq!(done.expect("is done"), 1);
        assert_eq!(
            text_of(&public(database, id).await.document.blocks[0]),
            "båda"
        );
    });
}

/// Plans a text, writes on, and lets something else become public; then the time comes.
async fn planned_and_written_on(
    test: &TestDatabase,
    seed: u64,
    imported: Document,
) -> (Content, usize) {
    let ids = SeededIds::new(seed);
    let page = page(&ids);
    let (database, id) = (&test.database, page.id);
    put(database, &page).await;
    let opened = working(database, id).await;
    let patch = rewrite(&opened, &ids, 1, "planerat");
    send(database, id, 1, NOW, vec![patch])
        .await
        .expect("is taken");
    planned(database, id, "2026-03-03T15:00", "")
        .await
        .expect("is planned");
    let opened = working(database, id).await;
    let patch = rewrite(&opened, &ids, 2, "senare");
    send(database, id, 1, NOW, vec![patch])
        .await
        .expect("is taken");
    let mut changed = page.clone();
    changed.document = Arc::new(imported);
    replace(database, &page, changed).await;
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW.plus_seconds(3_600)));
    let own: Arc<dyn Ids> = Arc::new(SystemIds);
    let done = run_due(database, &organisations(), &anybody(), &clock, &own).await;
    (page, done.expect("is looked at"))
}

async fn texts(database: &Database, id: ContentId) -> Vec<String> {
    let public = public(database, id).await;
    public.document.blocks.iter().map(text_of).collect()
}

#[tokio::test]
async fn what_became_public_meanwhile_is_merged_into_what_was_planned() {
    both!(Migrator, |test: TestDatabase| async move {
        // The third paragraph became public with other words; nobody else touched it.
        let imported = Document {
            blocks: vec![
                paragraph(1, "ett två"),
                paragraph(2, "tre fyra"),
                paragraph(3, "importerat"),
            ],
        };
        let (page, done) = planned_and_written_on(&test, 21, imported).await;
        let (database, id) = (&test.database, page.id);
        assert_eq!(done, 1);
        assert_eq!(
            texts(database, id).await,
            ["planerat", "tre fyra", "importerat"]
        );
        // What was written afterwards is still a draft, and brings nothing old back.
        assert_eq!(working(database, id).await.head.state(), DeskState::Draft);
        publish_now(database, id).await.expect("is published");
        assert_eq!(
            texts(database, id).await,
            ["planerat", "senare", "importerat"]
        );
    });
}

#[tokio::test]
async fn a_plan_fails_only_where_both_changed_the_same() {
    both!(Migrator, |test: TestDatabase| async move {
        let imported = Document {
            blocks: vec![
                paragraph(1, "något helt annat"),
                paragraph(2, "tre fyra"),
                paragraph(3, "fem sex"),
            ],
        };
        let (page, done) = planned_and_written_on(&test, 22, imported).await;
        let (database, id) = (&test.database, page.id);
        assert_eq!(done, 0);
        assert_eq!(texts(database, id).await[0], "något helt annat");
        let plans = desk::list_schedule(database.single(), id).await;
        let plans = plans.expect("reads");
        assert_eq!(plans[0].failure.as_deref(), Some("desk-changed-both"));
    });
}
