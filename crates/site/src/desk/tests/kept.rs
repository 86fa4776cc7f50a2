//! What was written and not finished is kept with the version that is made of the draft.

use super::*;
use crate::desk::model::{Rest, SavedVersion};
use crate::model::Away;

/// Writes what no page can say, and what somebody else writes differently.
async fn unfinished(database: &Database, ids: &SeededIds, id: ContentId) -> String {
    let opened = working(database, id).await;
    let lead = "En lång ingress. ".repeat(40);
    let request = || torg_kernel::RequestId::new(ids, NOW);
    let fields = [
        ("description", lead.as_str()),
        ("reviewed", "2026-"),
        ("address", "/Bad och sim"),
    ];
    let document = opened.draft.document();
    let one = patch_between(request(), "a", &opened.draft, &document, &fields);
    let mut two = rewrite(&opened, ids, 1, "den enes text");
    two.client = "a".to_owned();
    let mut three = rewrite(&opened, ids, 1, "den andras text");
    three.client = "b".to_owned();
    let (written, _) = send(database, id, 1, NOW, vec![one, two, three])
        .await
        .expect("is taken");
    assert_eq!(written.conflicts.len(), 1);
    lead
}

async fn latest(database: &Database, id: ContentId) -> (SavedVersion, Content) {
    let versions = desk::list_versions(database.single(), id, 10).await;
    let latest = versions.expect("reads").remove(0);
    let found = desk::find_version(database.single(), latest.id).await;
    found.expect("reads").expect("is there")
}

/// Lays a version into the draft again.
async fn restore(database: &Database, ids: &SeededIds, text: Content, rest: Rest) {
    let request = torg_kernel::RequestId::new(ids, NOW);
    let id = text.id;
    database
        .write(move |context| {
            Box::pin(async move {
                let by = By {
                    person: Some(PersonId(Uuid::from_u128(1))),
                    name: "Någon",
                    now: NOW,
                };
                let head = desk::find_head(&**context, id).await?;
                let head = head.ok_or(Problem::NotFound)?;
                service::put_words(context, by, &SystemIds, head, (&text, &rest), request).await
            })
        })
        .await
        .expect("comes back");
}

async fn is_whole_again(database: &Database, id: ContentId, lead: &str) {
    let again = working(database, id).await;
    assert_eq!(again.draft.field("description"), lead);
    assert_eq!(again.draft.field("reviewed"), "2026-");
    assert_eq!(again.draft.field("address"), "/Bad och sim");
    let block = &again.draft.document().blocks[0];
    assert_eq!(text_of(block), "den enes text");
    assert_eq!(again.conflicts.len(), 1);
    let torg_revision::Words::Block(other) = &again.conflicts[0].conflict.other else {
        panic!("a block")
    };
    assert_eq!(text_of(other), "den andras text");
    assert_eq!(again.conflicts[0].person, "Någon");
    // And as before nothing of it becomes public until it is settled.
    let refused = publish_now(database, id).await.expect("is told");
    assert_eq!(refused, Published::Conflict);
}

#[tokio::test]
async fn what_is_thrown_away_comes_back_finished_or_not() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(41);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let lead = unfinished(database, &ids, id).await;
        acting(database, NOW, move |context, acting| {
            Box::pin(async move {
                let head = desk::find_head(&**context, id).await?;
                let head = head.ok_or(Problem::NotFound)?;
                publish::name_version(context, acting, head.clone(), "Före mötet").await?;
                publish::discard(context, acting, head).await
            })
        })
        .await
        .expect("is thrown away");
        assert!(working(database, id).await.conflicts.is_empty());
        let versions = desk::list_versions(database.single(), id, 10).await;
        let versions = versions.expect("reads");
        assert_eq!(versions.len(), 2);
        for version in versions {
            assert_eq!(version.rest.fields.len(), 3, "{}", version.reason);
            assert_eq!(version.rest.conflicts.len(), 1);
        }
        let (version, text) = latest(database, id).await;
        restore(database, &ids, text, version.rest).await;
        is_whole_again(database, id, &lead).await;
    });
}

#[tokio::test]
async fn the_archive_keeps_what_was_not_finished() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(42);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let lead = unfinished(database, &ids, id).await;
        archive(database, id).await;
        assert_eq!(public(database, id).await.away, Some(Away::Archived));
        acting(database, NOW, move |context, acting| {
            Box::pin(async move {
                let head = desk::find_head(&**context, id).await?;
                publish::bring_back(context, acting, &head.ok_or(Problem::NotFound)?).await
            })
        })
        .await
        .expect("comes back");
        let versions = desk::list_versions(database.single(), id, 10).await;
        let versions = versions.expect("reads").into_iter();
        let discarded = versions
            .filter(|version| version.reason == "discarded")
            .map(|version| version.id)
            .next()
            .expect("is kept");
        let found = desk::find_version(database.single(), discarded).await;
        let (version, text) = found.expect("reads").expect("is there");
        restore(database, &ids, text, version.rest).await;
        is_whole_again(database, id, &lead).await;
    });
}

#[tokio::test]
async fn a_finished_draft_leaves_nothing_besides() {
    both!(Migrator, |test: TestDatabase| async move {
        let ids = SeededIds::new(43);
        let page = page(&ids);
        let (database, id) = (&test.database, page.id);
        put(database, &page).await;
        let opened = working(database, id).await;
        let patch = rewrite(&opened, &ids, 1, "färdigt");
        send(database, id, 1, NOW, vec![patch])
            .await
            .expect("is taken");
        acting(database, NOW, move |context, acting| {
            Box::pin(async move {
                let head = desk::find_head(&**context, id).await?;
                publish::discard(context, acting, head.ok_or(Problem::NotFound)?).await
            })
        })
        .await
        .expect("is thrown away");
        let (version, text) = latest(database, id).await;
        assert_eq!(version.rest, Rest::default());
        assert_eq!(text_of(&text.document.blocks[0]), "färdigt");
    });
}
