//! What may not be published cannot be planned either, and what fails keeps nothing else waiting.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use torg_db::{DatabaseTransaction, execute};
use torg_kernel::{Clock, Ids, ManualClock};

use super::*;
use crate::desk::schedule::{Times, plan};
use crate::desk::{Planners, run_due};

const OWN: OrganisationId = OrganisationId(Uuid::from_u128(7));
const THEIRS: OrganisationId = OrganisationId(Uuid::from_u128(8));

/// What the one who plans may publish for, as long as it is not changed.
#[derive(Default)]
struct Rights(Mutex<HashSet<OrganisationId>>);

impl Rights {
    fn set(&self, own: &[OrganisationId]) {
        let mut rights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *rights = own.iter().copied().collect();
    }
}

#[async_trait]
impl Planners for Rights {
    async fn publishes_for(
        &self,
        _: &DatabaseTransaction,
        person: PersonId,
        _: Timestamp,
    ) -> Result<HashSet<OrganisationId>> {
        assert_eq!(
            person,
            PersonId(Uuid::from_u128(1)),
            "who planned is asked for"
        );
        let rights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(rights.clone())
    }
}

/// Plans a text as somebody who may publish for some.
async fn planned(database: &Database, id: ContentId, own: &[OrganisationId]) -> Result<()> {
    let own: HashSet<OrganisationId> = own.iter().copied().collect();
    let organisations = organisations();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::Person {
                    id: PersonId(Uuid::from_u128(1)),
                    role: None,
                    organisation: Some(OWN),
                    on_behalf_of: None,
                };
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    },
                    organisations: &organisations,
                };
                let times = Times {
                    publish: "2026-03-03T15:00".to_owned(),
                    unpublish: String::new(),
                };
                let head = desk::find_head(&**context, id).await?;
                let head = head.ok_or(Problem::NotFound)?;
                let may = |owner: OrganisationId| own.contains(&owner);
                plan(context, acting, head, &times, &may, Gate::Ask("prov")).await
            })
        })
        .await
}

/// Writes in fields of a draft.
async fn fill(database: &Database, ids: &SeededIds, id: ContentId, fields: &[(&str, &str)]) {
    let opened = working(database, id).await;
    let request = torg_kernel::RequestId::new(ids, NOW);
    let document = opened.draft.document();
    let patch = patch_between(request, "f", &opened.draft, &document, fields);
    send(database, id, 1, NOW, vec![patch])
        .await
        .expect("is taken");
}

/// A page of ours and one that lies below it.
async fn two_pages(
    database: &Database,
    ids: &SeededIds,
    below: OrganisationId,
) -> (Content, Content) {
    let top = page(ids);
    let mut under = page(ids);
    under.parent = Some(top.page);
    under.organisation = below;
    under.address = Address::parse("/bad/under").expect("written here");
    put(database, &top).await;
    put(database, &under).await;
    (top, under)
}

async fn due(database: &Database, rights: &Arc<Rights>, seconds: i64) -> usize {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::new(NOW.plus_seconds(seconds)));
    let ids: Arc<dyn Ids> = Arc::new(SystemIds);
    let planners: Arc<dyn Planners> = rights.clone();
    run_due(database, &organisations(), &planners, &clock, &ids)
        .await
        .expect("is looked at")
}

async fn failure(database: &Database, id: ContentId) -> Option<String> {
    let plans = desk::list_schedule(database.single(), id).await;
    plans.expect("reads").remove(0).failure
}

#[tokio::test]
async fn what_may_not_be_published_cannot_be_planned_either() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(31);
        let (top, under) = two_pages(&test.database, &ids, THEIRS).await;
        let database = &test.database;
        // It would become somebody else's.
        fill(
            database,
            &ids,
            top.id,
            &[("organisation", &THEIRS.to_string())],
        )
        .await;
        let refused = planned(database, top.id, &[OWN]).await;
        assert!(matches!(refused, Err(Problem::Forbidden)), "{refused:?}");
        // Somebody else's page would move along.
        let moved = [
            ("organisation", OWN.to_string()),
            ("address", "/simma".to_owned()),
        ];
        let moved: Vec<(&str, &str)> = moved.iter().map(|(a, b)| (*a, b.as_str())).collect();
        fill(database, &ids, top.id, &moved).await;
        let Err(Problem::Invalid(errors)) = planned(database, top.id, &[OWN]).await else {
            panic!("is refused")
        };
        assert_eq!(errors[0].message.key, "edit-address-below");
        // It would lie below itself.
        let placed = [
            ("address", "/bad".to_owned()),
            ("parent", under.page.to_string()),
        ];
        let placed: Vec<(&str, &str)> = placed.iter().map(|(a, b)| (*a, b.as_str())).collect();
        fill(database, &ids, top.id, &placed).await;
        let Err(Problem::Invalid(errors)) = planned(database, top.id, &[OWN, THEIRS]).await else {
            panic!("is refused")
        };
        assert_eq!(errors[0].message.key, "edit-parent-below");
        let plans = desk::list_schedule(database.single(), top.id).await;
        assert!(plans.expect("reads").is_empty());
        // Where all that moves along is one's own, it is planned and done.
        fill(
            database,
            &ids,
            top.id,
            &[("parent", ""), ("address", "/simma")],
        )
        .await;
        planned(database, top.id, &[OWN, THEIRS])
            .await
            .expect("is planned");
        let rights = Arc::new(Rights::default());
        rights.set(&[OWN, THEIRS]);
        assert_eq!(due(database, &rights, 3_600).await, 1);
        let below = public(database, under.id).await;
        assert_eq!(below.address.as_str(), "/simma/under");
    });
}

#[tokio::test]
async fn a_permission_that_is_lost_meanwhile_fails_the_plan_and_that_is_told() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(32);
        let (top, under) = two_pages(&test.database, &ids, OWN).await;
        let database = &test.database;
        let rights = Arc::new(Rights::default());
        fill(database, &ids, top.id, &[("title", "Planerad")]).await;
        planned(database, top.id, &[OWN]).await.expect("is planned");
        assert_eq!(due(database, &rights, 3_600).await, 0);
        let told = failure(database, top.id).await;
        assert_eq!(told.as_deref(), Some("desk-plan-forbidden"));
        assert_eq!(public(database, top.id).await.title, "Bad");
        // What lies below was given to somebody else since it was planned that it moves along.
        fill(database, &ids, top.id, &[("address", "/simma")]).await;
        planned(database, top.id, &[OWN]).await.expect("is planned");
        rights.set(&[OWN]);
        let mut given = under.clone();
        given.organisation = THEIRS;
        replace(database, &under, given).await;
        assert_eq!(due(database, &rights, 3_600).await, 0);
        let told = failure(database, top.id).await;
        assert_eq!(told.as_deref(), Some("desk-plan-forbidden"));
        assert_eq!(
            public(database, under.id).await.address.as_str(),
            "/bad/under"
        );
        // What was written on since it was planned goes another way, and is asked the same.
        planned(database, top.id, &[OWN, THEIRS])
            .await
            .expect("is planned");
        fill(
            database,
            &ids,
            top.id,
            &[("description", "Skrivet efteråt.")],
        )
        .await;
        assert_eq!(due(database, &rights, 3_600).await, 0);
        let told = failure(database, top.id).await;
        assert_eq!(told.as_deref(), Some("desk-plan-forbidden"));
        let told = torg_ui::T::of(Locale::SV).find("desk-plan-forbidden");
        assert!(told.is_some(), "the calendar has words for it");
    });
}

#[tokio::test]
async fn a_deed_at_which_the_program_fails_keeps_no_other_waiting() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(33);
        let (broken, whole) = two_pages(&test.database, &ids, OWN).await;
        let database = &test.database;
        let rights = Arc::new(Rights::default());
        rights.set(&[OWN]);
        for page in [&broken, &whole] {
            fill(database, &ids, page.id, &[("title", "Planerad")]).await;
            planned(database, page.id, &[OWN])
                .await
                .expect("is planned");
        }
        let (id, earlier) = (broken.id, NOW.plus_seconds(60).micros());
        database
            .write(move |context| {
                Box::pin(async move {
                    let sql = "UPDATE page_content SET document = '{' WHERE id = $1";
                    execute(&**context, sql, vec![id.0.into()]).await?;
                    let sql = "UPDATE page_schedule SET at = $2 WHERE content_id = $1";
                    execute(&**context, sql, vec![id.0.into(), earlier.into()]).await?;
                    Ok(())
                })
            })
            .await
            .expect("breaks");
        assert_eq!(due(database, &rights, 3_600).await, 1, "the other is done");
        assert_eq!(public(database, whole.id).await.title, "Planerad");
        let plan = async || {
            let plans = desk::list_schedule(database.single(), id).await;
            plans.expect("reads").remove(0)
        };
        assert_eq!((plan().await.tries, plan().await.failure), (1, None));
        // Not again at once, but some times more; then it is told.
        due(database, &rights, 3_605).await;
        assert_eq!(plan().await.tries, 1);
        due(database, &rights, 3_611).await;
        assert_eq!((plan().await.tries, plan().await.failure), (2, None));
        due(database, &rights, 3_672).await;
        assert_eq!(plan().await.failure.as_deref(), Some("desk-failed-program"));
        assert_eq!(due(database, &rights, 9_000).await, 0);
    });
}
