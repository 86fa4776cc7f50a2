//! Facts from a file to a page, on both databases.

use std::sync::Arc;

use async_trait::async_trait;
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseTransaction, scalar};
use torg_facts::{
    FactPlaces, FactUse, ImportReport, MayRead, OwnFacts, end_fact, export_facts, find,
    find_as_known, find_by_key, import_facts, list, list_canonical, parse_facts, preview_facts,
    remove_fact,
};
use torg_kernel::{
    Actor, FactField, FactId, FactRef, FactSource, Locale, OrganisationId, Problem, Result,
    SystemIds, Timestamp,
};
use torg_log::{Author, PayloadClass, PayloadState, history};
use torg_testkit::{TestDatabase, both};
use torg_web::{FactResolver, OrganisationEntry, OrganisationList, Reading, Resolved, Wanted};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_facts::migrations::migrations());
        all
    }
}

/// 2026-03-03 13:00 in the city.
const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

fn author(actor: &Actor, now: Timestamp) -> Author<'_> {
    Author {
        actor,
        now,
        ids: &SystemIds,
    }
}

fn organisations(keys: &[&str]) -> Arc<OrganisationList> {
    let entry = |key: &&str| OrganisationEntry {
        id: OrganisationId::new(&SystemIds, NOW),
        key: (*key).to_owned(),
        parent: None,
        authority: None,
        name_sv: (*key).to_owned(),
        name_en: String::new(),
    };
    Arc::new(OrganisationList::new(keys.iter().map(entry).collect()))
}

async fn import(
    database: &Database,
    list: &Arc<OrganisationList>,
    json: &str,
    now: Timestamp,
) -> Result<ImportReport> {
    let facts = parse_facts(json.as_bytes())?;
    let list = list.clone();
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                import_facts(context, author(&actor, now), facts, &list).await
            })
        })
        .await
}

async fn events(database: &Database) -> i64 {
    let snapshot = database.snapshot().await.expect("reads");
    scalar(&*snapshot, "SELECT count(*) FROM event", vec![])
        .await
        .expect("counts")
}

async fn resolve(
    database: &Database,
    id: FactId,
    locale: Locale,
    now: Timestamp,
) -> (Option<String>, Resolved) {
    let reference = FactRef {
        source: FactSource::Fact,
        id: id.0,
        field: FactField::Value,
    };
    let wanted = Wanted {
        facts: vec![reference],
        ..Wanted::default()
    };
    let mut resolved = Resolved::default();
    OwnFacts::default()
        .resolve(&Reading::new(database), &wanted, locale, now, &mut resolved)
        .await
        .expect("resolves");
    (resolved.facts.get(&reference).cloned(), resolved)
}

const OLD: &str = r#"[{"key":"avgift","organisation":"miljo","label":{"sv":"Avgift","en":"Fee"},"value":{"sv":"450 kronor","en":"SEK 450"},"valid_from":"2026-01-01","valid_to":null}]"#;
const NEW: &str = r#"[{"key":"avgift","organisation":"miljo","label":{"sv":"Avgift","en":"Fee"},"value":{"sv":"475 kronor","en":"SEK 475"},"valid_from":"2026-04-01","valid_to":null}]"#;
const MENDED: &str = r#"[{"key":"avgift","organisation":"miljo","label":{"sv":"Avgift","en":"Fee"},"value":{"sv":"455 kronor","en":"SEK 455"},"valid_from":"2026-01-01","valid_to":null}]"#;

#[tokio::test]
async fn a_fee_is_raised_and_mended_and_nothing_is_forgotten() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let list = organisations(&["miljo"]);
        let first = import(database, &list, OLD, NOW).await.expect("imports");
        assert_eq!(first.created, ["avgift"]);
        let snapshot = database.snapshot().await.expect("reads");
        let fact = find_by_key(&*snapshot, "avgift").await.expect("reads");
        let id = fact.expect("is there").id;
        drop(snapshot);

        let later = NOW.plus_seconds(3_600);
        let report = import(database, &list, NEW, later).await.expect("imports");
        assert_eq!(report.changed, ["avgift"]);
        let before = events(database).await;
        let again = import(database, &list, OLD, later).await.expect("imports");
        assert_eq!((again.unchanged, again.changed.len()), (1, 0));
        assert_eq!(
            events(database).await,
            before,
            "nothing changed, nothing logged"
        );

        let (said, resolved) = resolve(database, id, Locale::SV, later).await;
        assert_eq!(said.as_deref(), Some("450 kronor"));
        assert_eq!(resolved.tags, [format!("fact:{id}")]);
        let april = resolved.fresh_until.expect("something is to come");
        assert_eq!(april.rfc3339(), "2026-03-31T22:00:00Z");
        let (said, _) = resolve(database, id, Locale::EN, april.plus_seconds(-1)).await;
        assert_eq!(said.as_deref(), Some("SEK 450"));
        let (said, resolved) = resolve(database, id, Locale::EN, april).await;
        assert_eq!(said.as_deref(), Some("SEK 475"));
        assert_eq!(resolved.fresh_until, None);

        let mended = later.plus_seconds(3_600);
        import(database, &list, MENDED, mended)
            .await
            .expect("imports");
        let (said, _) = resolve(database, id, Locale::SV, mended).await;
        assert_eq!(said.as_deref(), Some("455 kronor"));
        let snapshot = database.snapshot().await.expect("reads");
        for (at, values) in [
            (NOW.plus_seconds(-1), vec![]),
            (NOW, vec!["450 kronor"]),
            (later, vec!["450 kronor", "475 kronor"]),
            (mended, vec!["455 kronor", "475 kronor"]),
        ] {
            let known = find_as_known(&*snapshot, id, at).await.expect("reads");
            let known = known.expect("is there");
            let said = known.values.iter().map(|it| it.value.get(Locale::SV).0);
            let said: Vec<&str> = said.collect();
            assert_eq!(said, values, "{} on {}", at.rfc3339(), test.engine);
        }
        // The last event of each fact says what its rows say.
        for (subject, now) in list_canonical(&*snapshot).await.expect("reads") {
            let last = history(&*snapshot, &subject, &[PayloadClass::Public], 1)
                .await
                .expect("reads");
            let PayloadState::Whole { after, .. } = &last[0].payload else {
                panic!("the payload is there");
            };
            assert_eq!(after.as_deref(), Some(now.as_str()));
        }
    });
}

const FINNISH: &str = r#"[{"key":"avgift","organisation":"miljo","label":{"sv":"Avgift","fi":"Maksu"},"value":{"sv":"450 kronor","en":"SEK 450","fi":"450 kruunua"},"valid_from":"2026-01-01","valid_to":null}]"#;

#[tokio::test]
async fn a_fact_speaks_any_language_and_says_when_it_answers_in_swedish() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let list = organisations(&["miljo"]);
        import(database, &list, OLD, NOW).await.expect("imports");
        let snapshot = database.snapshot().await.expect("reads");
        let fact = find_by_key(&*snapshot, "avgift").await.expect("reads");
        let id = fact.expect("is there").id;
        drop(snapshot);
        let finnish: Locale = "fi".parse().expect("a tag");
        let (said, resolved) = resolve(database, id, finnish, NOW).await;
        assert_eq!(said.as_deref(), Some("450 kronor"));
        let langs: Vec<Locale> = resolved.fact_langs.into_values().collect();
        assert_eq!(langs, [Locale::SV], "the page can say that it is Swedish");

        let report = import(database, &list, FINNISH, NOW.plus_seconds(60)).await;
        assert_eq!(report.expect("imports").changed, ["avgift"]);
        let (said, resolved) = resolve(database, id, finnish, NOW.plus_seconds(61)).await;
        assert_eq!(said.as_deref(), Some("450 kruunua"), "{}", test.engine);
        assert!(resolved.fact_langs.is_empty());
        let (said, resolved) = resolve(database, id, Locale::EN, NOW.plus_seconds(61)).await;
        assert_eq!(said.as_deref(), Some("SEK 450"));
        assert!(resolved.fact_langs.is_empty());
        let snapshot = database.snapshot().await.expect("reads");
        let exported = export_facts(&*snapshot, &list).await.expect("exports");
        assert!(exported.contains("450 kruunua"), "{exported}");
    });
}

struct Pages(i64);

#[async_trait]
impl FactUse for Pages {
    async fn pages_using(&self, _: &DatabaseTransaction, _: FactId) -> Result<i64> {
        Ok(0)
    }

    async fn texts_needing(&self, _: &DatabaseTransaction, _: FactId) -> Result<i64> {
        Ok(self.0)
    }

    async fn places(
        &self,
        _: &DatabaseTransaction,
        _: FactId,
        _: usize,
        _: MayRead<'_>,
    ) -> Result<FactPlaces> {
        Ok(FactPlaces::default())
    }
}

#[tokio::test]
async fn a_fact_in_use_can_only_be_ended() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let list = organisations(&["miljo"]);
        import(database, &list, OLD, NOW).await.expect("imports");
        let snapshot = database.snapshot().await.expect("reads");
        let fact = find_by_key(&*snapshot, "avgift").await.expect("reads");
        let id = fact.expect("is there").id;
        drop(snapshot);
        let remove = |pages: i64| {
            database.write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    remove_fact(context, author(&actor, NOW), id, &Pages(pages)).await
                })
            })
        };
        assert!(matches!(remove(2).await, Err(Problem::Invalid(_))));
        let last_day = "2026-03-03".parse().expect("a date");
        let ended = database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    end_fact(context, author(&actor, NOW), id, last_day).await
                })
            })
            .await
            .expect("ends");
        assert!(ended);
        let (said, resolved) = resolve(database, id, Locale::SV, NOW).await;
        assert_eq!(said.as_deref(), Some("450 kronor"), "holds today");
        let tomorrow = resolved.fresh_until.expect("it ends");
        assert_eq!(resolve(database, id, Locale::SV, tomorrow).await.0, None);
        remove(0).await.expect("nobody uses it");
        let snapshot = database.snapshot().await.expect("reads");
        assert_eq!(find(&*snapshot, id).await.expect("reads"), None);
    });
}

#[tokio::test]
async fn a_file_comes_back_as_it_went_and_faults_are_named() {
    both!(Migrator, |test: TestDatabase| async move {
        let demo = include_str!("../../../demo/facts.json");
        let inputs = parse_facts(demo.as_bytes()).expect("the demo is right");
        let keys: Vec<&str> = inputs.iter().map(|it| it.organisation.as_str()).collect();
        let list_of = organisations(&keys);
        let count = inputs.len();
        let report = import(&test.database, &list_of, demo, NOW)
            .await
            .expect("imports");
        assert_eq!(report.created.len(), count);
        let snapshot = test.database.snapshot().await.expect("reads");
        let exported = export_facts(&*snapshot, &list_of).await.expect("exports");
        let actor = Actor::system("test");
        let inputs = parse_facts(exported.as_bytes()).expect("our own file is right");
        let preview = preview_facts(&*snapshot, author(&actor, NOW), inputs, &list_of)
            .await
            .expect("plans");
        assert_eq!(preview.unchanged, count, "an export changes nothing");
        drop(snapshot);

        let empty = torg_testkit::sqlite::<Migrator>().await;
        import(&empty.database, &list_of, &exported, NOW)
            .await
            .expect("imports");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = export_facts(&*snapshot, &list_of).await.expect("exports");
        assert_eq!(copy, exported, "ids are kept");

        let wrong = r#"[
            {"key":"a","organisation":"nowhere","label":{"sv":"A"},"value":{"sv":"1"}},
            {"key":"b","organisation":"miljo","label":{"sv":"B"},"value":{"sv":"1"},"valid_to":"2026-01-31"},
            {"key":"b","organisation":"miljo","label":{"sv":"B"},"value":{"sv":"2"},"valid_from":"2026-01-31"}
        ]"#;
        let fresh = organisations(&["miljo"]);
        let before = events(&test.database).await;
        let Err(Problem::Invalid(errors)) = import(&test.database, &fresh, wrong, NOW).await else {
            panic!("the file is refused");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["1:a:organisation", "2:b:valid_from"]);
        assert_eq!(events(&test.database).await, before, "all or nothing");
        let snapshot = test.database.snapshot().await.expect("reads");
        assert_eq!(list(&*snapshot).await.expect("reads").len(), count);
    });
}

#[test]
fn faults_in_a_file_are_told_by_item_and_field() {
    let fields = |json: &str| match parse_facts(json.as_bytes()) {
        Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields("{}"), ["file"]);
    assert_eq!(
        fields(
            r#"[7,{"key":"A b","id":"x","label":{"sv":"A"},"value":{"sv":""}},{"key":"c","label":{"sv":"A"},"value":{"sv":"1"},"valid_from":"2026-02-30"},{"key":"d","label":{"sv":"A"},"value":{"sv":"1"},"valid_form":null}]"#
        ),
        [
            "1::",
            "2:A b:key",
            "2:A b:id",
            "2:A b:value.sv",
            "3:c:valid_from",
            "4:d:valid_form"
        ]
    );
}
